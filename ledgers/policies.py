"""Who may open which page of this app."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

DRAFT = (Permission.DRAFT,)

declare(
    {
        "ledgers:import": Page(
            get=(Audience.DRAFTERS,), post=(Audience.DRAFTERS,), sample="organ", scope=DRAFT, article="A6.2b"
        ),
        "ledgers:import_template": Page(get=(Audience.DRAFTERS,), sample="organ", scope=DRAFT, article="A6.2b"),
        "ledgers:import_preview": Page(get=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_decide": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_confirm": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_discard": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_errors": Page(get=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
    }
)
