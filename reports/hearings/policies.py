"""Who may open and do what with briefings, the yearly report and the hearing."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, ABOVE = (Audience.READERS,), (Audience.CSO, Audience.LEADERS)
WRITERS = (Audience.DRAFTERS, Audience.CSO, Audience.LEADERS)
YEARLY = (Audience.CSO, Audience.LEADERS, Audience.SC_SECRETARY)
TABLED = (Permission.READ, Permission.RECORD_RESOLUTION)

declare(
    {
        "reports:briefings": Page(get=READERS, article="A10.4c"),
        "reports:briefing_coverage": Page(get=ABOVE, article="A10.4c"),
        "reports:briefing_new": Page(get=WRITERS, post=WRITERS, article="A10.4c"),
        "reports:briefing": Page(get=READERS, sample="briefing", article="A10.4c"),
        "reports:briefing_pdf": Page(get=READERS, sample="briefing", article="A10.4c"),
        "reports:briefing_edit": Page(get=WRITERS, post=WRITERS, sample="briefing", article="A10.4c"),
        "reports:briefing_confirm": Page(post=(Audience.LEADERS,), sample="briefing", article="A10.4c"),
        "reports:briefing_files": Page(post=WRITERS, sample="briefing", article="A10.4c"),
        "reports:briefing_sheet": Page(get=ABOVE, sample="briefing_sheet", article="A10.4c"),
        "reports:briefing_sheet_pdf": Page(get=ABOVE, sample="briefing_sheet", article="A10.4c"),
        "reports:hearings": Page(get=YEARLY, article="A10.4d"),
        "reports:hearing_record": Page(get=(Audience.SC_SECRETARY,), post=(Audience.SC_SECRETARY,), article="A10.4d"),
        "reports:annual_new": Page(post=(Audience.CSO,), article="A10.4b"),
        "reports:annual": Page(get=YEARLY, sample="annual", scope=TABLED, article="A10.4b"),
        "reports:annual_paper": Page(get=YEARLY, sample="annual_paper", scope=TABLED, article="A10.4b"),
        "reports:annual_submit": Page(post=(Audience.CSO,), sample="annual", article="A10.4b"),
        "reports:annual_correct": Page(post=(Audience.CSO,), sample="annual", article="A10.4b"),
        "reports:annual_section": Page(
            get=(Audience.CSO,),
            post=(Audience.CSO,),
            sample="annual_section",
            scope=(Permission.DRAFT,),
            article="A10.4b",
        ),
    }
)
