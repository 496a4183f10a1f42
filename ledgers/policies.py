"""Who may open which page of this app."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

DRAFT = (Permission.DRAFT,)

RESTRICTED = (Audience.DRAFTERS, Audience.LEADERS)
READERS, DRAFTERS, CSO = (Audience.READERS,), (Audience.DRAFTERS,), (Audience.CSO,)

declare(
    {
        "ledgers:home": Page(get=READERS, article="A6.2b"),
        "ledgers:dispositions": Page(get=RESTRICTED, post=RESTRICTED, article="A3.4"),
        "ledgers:disposition": Page(get=DRAFTERS, post=DRAFTERS, sample="disposition", scope=DRAFT, article="A3.4"),
        "ledgers:shares": Page(get=READERS, post=READERS, article="A10.1c"),
        "ledgers:share_sign": Page(post=CSO, article="A10.1c"),
        "ledgers:consultations": Page(get=READERS, article="A10.3a"),
        "ledgers:coverage": Page(get=READERS, article="A10.3a"),
        "ledgers:consultation_new": Page(get=DRAFTERS, post=DRAFTERS, article="A10.3a"),
        "ledgers:consultation": Page(get=READERS, sample="consultation", article="A10.3a"),
        "ledgers:consultation_edit": Page(
            get=DRAFTERS, post=DRAFTERS, sample="consultation", scope=DRAFT, article="A10.3a"
        ),
        "ledgers:consultation_act": Page(post=DRAFTERS, sample="consultation", scope=DRAFT, article="A10.3a"),
        "ledgers:consultation_attach": Page(post=DRAFTERS, sample="consultation", scope=DRAFT, article="A10.3a"),
        "ledgers:master": Page(get=READERS, article="A6.2a"),
        "ledgers:ledger": Page(get=READERS, sample="organ", article="A6.2b"),
        "ledgers:guidance": Page(post=CSO, sample="organ", scope=(Permission.COORDINATE,), article="A6.2c"),
        "ledgers:guidance_read": Page(post=DRAFTERS, sample="guidance", scope=DRAFT, article="A6.2c"),
        "ledgers:row": Page(get=DRAFTERS, post=DRAFTERS, sample="ledger_row", scope=DRAFT, article="A6.2b"),
        "ledgers:row_new": Page(get=DRAFTERS, post=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:grid": Page(get=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:grid_rows": Page(get=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:grid_cells": Page(post=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:grid_remove": Page(post=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:grid_restore": Page(post=DRAFTERS, sample="organ_year", scope=DRAFT, article="A6.2b"),
        "ledgers:import": Page(
            get=(Audience.DRAFTERS,), post=(Audience.DRAFTERS,), sample="organ", scope=DRAFT, article="A6.2b"
        ),
        "ledgers:import_template": Page(get=(Audience.DRAFTERS,), sample="organ", scope=DRAFT, article="A6.2b"),
        "ledgers:import_preview": Page(get=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_decide": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_confirm": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_discard": Page(post=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:import_errors": Page(get=(Audience.DRAFTERS,), sample="import_run", scope=DRAFT, article="A6.2b"),
        "ledgers:to_verify": Page(get=CSO, article="A10.5"),
        "ledgers:verify_chosen": Page(post=CSO, article="A10.5"),
        "ledgers:talk_coverage": Page(get=READERS, article="A8"),
        "ledgers:talk_gaps": Page(get=READERS, article="A8"),
        "ledgers:talk_posts": Page(get=READERS, article="A8"),
        "ledgers:register_home": Page(get=READERS, article="A6.2b"),
        "ledgers:register": Page(get=READERS, post=DRAFTERS, sample="register", scope=(), article="A8"),
        "ledgers:register_new": Page(get=DRAFTERS, post=DRAFTERS, sample="register", scope=(), article="A8"),
        "ledgers:register_paste": Page(get=DRAFTERS, post=DRAFTERS, sample="register", scope=(), article="A8"),
        "ledgers:register_record": Page(get=READERS, sample="register_record", article="A8"),
        "ledgers:register_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="register_record", scope=DRAFT, article="A8"),
        "ledgers:register_problem": Page(
            get=DRAFTERS, post=DRAFTERS, sample="register_record", scope=DRAFT, article="A3.1"
        ),
        **{
            f"ledgers:register_{name}": Page(post=DRAFTERS, sample="register_record", scope=DRAFT, article="A6.2b")
            for name in ("remove", "restore", "attach")
        },
        "ledgers:register_verify": Page(
            post=CSO, sample="register_record", scope=(Permission.COORDINATE,), article="A10.5"
        ),
    }
)
