"""Who may open and do what with the evaluation: 党风政风监督室 works, the committee decides, an organ reads its own row."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, CSO, HEAD = (Audience.READERS,), (Audience.CSO,), (Audience.CSO_HEAD,)
BUSINESS = (Audience.BUSINESS,)
TABLED = (Permission.READ, Permission.RECORD_RESOLUTION)

declare(
    {
        "reports:evaluation": Page(get=READERS, article="A10.5"),
        "reports:evaluation_scheme_new": Page(get=CSO, post=CSO, article="A10.5a"),
        "reports:evaluation_scheme": Page(get=BUSINESS, sample="evaluation_scheme", scope=TABLED, article="A10.5a"),
        "reports:evaluation_scheme_pdf": Page(get=BUSINESS, sample="evaluation_scheme", scope=TABLED, article="A10.5a"),
        "reports:evaluation_scheme_edit": Page(get=CSO, post=CSO, sample="evaluation_scheme", article="A10.5a"),
        "reports:evaluation_scheme_submit": Page(post=CSO, sample="evaluation_scheme", article="A10.5a"),
        "reports:evaluation_scheme_drop": Page(post=CSO, sample="evaluation_scheme", article="A10.5a"),
        "reports:evaluation_table_new": Page(post=CSO, article="A10.5a"),
        "reports:evaluation_table": Page(get=BUSINESS, sample="evaluation_table", scope=TABLED, article="A10.5a"),
        "reports:evaluation_paper": Page(get=BUSINESS, sample="evaluation_paper", scope=TABLED, article="A10.5a"),
        "reports:evaluation_step": Page(post=CSO, sample="evaluation_table", article="A10.5a"),
        "reports:evaluation_deliver": Page(post=CSO, sample="evaluation_table", article="A10.5b"),
        "reports:evaluation_row": Page(get=READERS, sample="evaluation_row", article="A10.5a"),
        "reports:evaluation_adjust": Page(get=CSO, post=CSO, sample="evaluation_row", article="A10.5a"),
        "reports:evaluation_object": Page(post=(Audience.DRAFTERS,), sample="evaluation_row", article="A10.5a"),
        "reports:evaluation_notice": Page(get=READERS, sample="evaluation_row", article="A10.5b"),
        "reports:evaluation_objection": Page(get=CSO, post=CSO, sample="evaluation_objection", article="A10.5a"),
        "reports:evaluation_decide": Page(post=HEAD, sample="evaluation_objection", article="A10.5a"),
    }
)
