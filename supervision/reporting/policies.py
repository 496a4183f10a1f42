"""Who may open the pages of reports, assessments, copies, disposal and clues."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, DRAFTERS, CSO = (Audience.READERS,), (Audience.DRAFTERS,), (Audience.CSO,)
SECRETARY = (Audience.SC_SECRETARY,)
DRAFT, RESOLVE = (Permission.DRAFT,), (Permission.RECORD_RESOLUTION,)
BUSINESS, NUMBERED = (Audience.BUSINESS,), (Permission.READ, Permission.NUMBER)
RESTRICTED = (Permission.DRAFT, Permission.READ_RESTRICTED)

declare(
    {
        "supervision:reports": Page(get=READERS, article="A9.6a"),
        "supervision:report": Page(get=READERS, sample="report", article="A9.6a"),
        "supervision:report_new": Page(get=DRAFTERS, post=DRAFTERS, sample="reported_round", scope=DRAFT, article="A9.6a"),
        "supervision:report_edit": Page(get=DRAFTERS, post=DRAFTERS, sample="report", scope=DRAFT, article="A9.6b"),
        "supervision:report_section": Page(get=DRAFTERS, post=DRAFTERS, sample="report_section", scope=DRAFT, article="A9.6b"),
        "supervision:report_submit": Page(post=READERS, sample="report", article="A9.6d"),
        "supervision:report_important": Page(post=READERS, sample="report", article="A9.7c"),
        "supervision:report_table": Page(post=READERS, sample="report", article="A9.7a"),
        "supervision:committee_reports": Page(get=SECRETARY, article="A9.7a"),
        "supervision:report_study": Page(get=SECRETARY, post=SECRETARY, sample="tabled_report", scope=RESOLVE, article="A9.7a"),
        "supervision:report_send_back": Page(post=SECRETARY, sample="tabled_report", scope=RESOLVE, article="A9.7a"),
        "supervision:assessments": Page(get=READERS, sample="report", scope=RESTRICTED, article="A9.6c"),
        "supervision:assessment_new": Page(get=DRAFTERS, post=DRAFTERS, sample="report", scope=DRAFT, article="A9.6c"),
        # Its author is nobody of the personas: only the restricted right opens it to them.
        "supervision:assessment": Page(
            get=READERS, post=READERS, sample="assessment", scope=(Permission.READ_RESTRICTED,), article="A9.6c"
        ),
        "supervision:looks": Page(get=CSO, post=CSO, article="A9.6c"),
        "supervision:copies": Page(get=READERS, article="A9.7b"),
        "supervision:copy_new": Page(post=READERS, sample="report", article="A9.7b"),
        "supervision:copy": Page(get=BUSINESS, post=READERS, sample="copy", scope=NUMBERED, article="A9.7b"),
        "supervision:copy_number": Page(post=BUSINESS, sample="copy", scope=NUMBERED, article="A9.7b"),
        "supervision:copy_void": Page(post=BUSINESS, sample="copy", scope=NUMBERED, article="A9.7b"),
        "supervision:copy_issue": Page(post=READERS, sample="copy", article="A9.7b"),
        "supervision:copy_meeting": Page(post=READERS, sample="copy", article="A9.7c"),
        "supervision:copy_instruction": Page(post=READERS, sample="copy", article="A9.7b"),
        "supervision:instruction_follow_up": Page(
            post=READERS, sample="leader_instruction", scope=(Permission.DRAFT, Permission.COORDINATE), article="A9.7b"
        ),
        "supervision:disposal": Page(get=READERS, sample="reported_round", article="A9.7d"),
        "supervision:disposal_routes": Page(post=READERS, sample="reported_round", article="A9.7d"),
        "supervision:feed_back": Page(get=READERS, post=READERS, sample="round_unit", article="A9.7d"),
        "supervision:accountability": Page(get=READERS, article="A9.7f"),
        "supervision:accountability_new": Page(
            get=READERS, post=READERS, sample="problem", scope=(Permission.DRAFT, Permission.DIRECT), article="A9.7f"
        ),
        "supervision:accountability_decide": Page(get=READERS, post=READERS, sample="accountability", scope=RESTRICTED, article="A9.7f"),
        "supervision:accountability_tag": Page(post=READERS, sample="accountability", scope=RESTRICTED, article="A9.7f"),
        "supervision:accountability_withdraw": Page(post=READERS, sample="accountability", scope=RESTRICTED, article="A9.7f"),
        "supervision:accountability_verify": Page(post=READERS, sample="accountability", scope=RESTRICTED, article="A10.5"),
        "supervision:clues": Page(get=READERS, article="A9.7g"),
        "supervision:clue_new": Page(get=DRAFTERS, post=DRAFTERS, article="A9.7g"),
        **{
            name: Page(get=READERS if name.endswith("clue") else (), post=() if name.endswith("clue") else READERS,
                       sample="clue", scope=(Permission.READ, Permission.DRAFT), article="A9.7g")
            for name in ("supervision:clue", "supervision:clue_open", "supervision:clue_receive", "supervision:clue_status")
        },
    }
)  # fmt: skip
