"""Who may take which paper away."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

BUSINESS, READERS = (Audience.BUSINESS,), (Audience.READERS,)
TABLED = (Permission.READ, Permission.RECORD_RESOLUTION)

declare(
    {
        "reports:home": Page(get=BUSINESS),
        "reports:checklist": Page(get=BUSINESS, sample="checklist_paper", article="A6.1e"),
        "reports:points": Page(get=BUSINESS, sample="points_paper", article="A6.1a"),
        "reports:approval_sheet": Page(
            get=BUSINESS, sample="approval", scope=(Permission.READ, Permission.RECORD_RESOLUTION), article="A6.1c"
        ),
        "reports:document": Page(
            get=BUSINESS, sample="document", scope=(Permission.READ, Permission.NUMBER), article="A9.7e"
        ),
        "reports:bulletin": Page(
            get=BUSINESS, sample="bulletin", scope=(Permission.READ, Permission.NUMBER), article="A9.8d"
        ),
        "reports:unit_ledger": Page(get=READERS, sample="ledger_paper", article="A6.2b"),
        "reports:master_ledger": Page(get=READERS, article="A6.2a", sample="master_paper", scope=()),
        "reports:instructions": Page(get=READERS, article="A5.2"),
        "reports:plan": Page(get=READERS, sample="plan_paper", article="A9.3"),
        "reports:work_plan": Page(get=READERS, sample="item", article="A6.2a"),
        "reports:look_back": Page(get=READERS, sample="look_back", article="A9.8e"),
        "reports:word": Page(get=BUSINESS, sample="word_paper", article="A9.8"),
        "reports:templates": Page(get=READERS, post=(Audience.CSO_HEAD,), article="A9.7e"),
        "reports:template_example": Page(get=READERS, sample="paper_template", article="A9.7e"),
        "reports:template_drop": Page(post=(Audience.CSO_HEAD,), sample="paper_template", article="A9.7e"),
        "reports:dossier": Page(get=READERS, sample="problem", article="A9.8"),
        "reports:rectification": Page(get=READERS, sample="rectification_paper", article="A9.8a"),
        "reports:inspection_report": Page(get=BUSINESS, sample="tabled_report", scope=TABLED, article="A9.6a"),
        "reports:problem_list": Page(get=BUSINESS, sample="problem_list_paper", scope=TABLED, article="A9.6a"),
        "reports:assessments": Page(
            get=READERS, sample="report", scope=(Permission.DRAFT, Permission.READ_RESTRICTED), article="A9.6c"
        ),
        "reports:copy_out": Page(
            get=BUSINESS, sample="copy", scope=(Permission.READ, Permission.NUMBER), article="A9.7b"
        ),
        "reports:duty_matrix": Page(get=READERS, article="A10.1b"),
        "reports:consultation": Page(get=READERS, sample="consultation", article="A10.3a"),
        "reports:meeting": Page(get=READERS, sample="meeting", article="A10.1b"),
        "reports:month": Page(get=READERS, sample="month", article="A10.1b"),
        "reports:clue_slip": Page(
            get=READERS, sample="clue", scope=(Permission.DRAFT, Permission.READ_RESTRICTED), article="A9.7g"
        ),
    }
)
