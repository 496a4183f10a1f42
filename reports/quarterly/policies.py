"""Who may open which page of the quarterly reports."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

READERS, DRAFTERS, CSO = (Audience.READERS,), (Audience.DRAFTERS,), (Audience.CSO,)
WRITTEN, TAKEN = (Permission.DRAFT,), (Permission.COORDINATE,)
ARTICLE = "A10.4a"

declare(
    {
        "reports:quarterly": Page(get=READERS, article=ARTICLE),
        "reports:quarterly_start": Page(post=DRAFTERS, article=ARTICLE),
        "reports:quarterly_urge": Page(post=CSO, sample="organ", scope=TAKEN, article="A10.1b"),
        "reports:quarterly_merge": Page(post=CSO, article="A10.1b"),
        "reports:quarterly_report": Page(get=READERS, sample="quarterly_report", article=ARTICLE),
        "reports:quarterly_figure": Page(get=READERS, sample="quarterly_figure", article=ARTICLE),
        "reports:county_quarter_figure": Page(get=READERS, sample="county_quarter_figure", article=ARTICLE),
        "reports:quarterly_edit": Page(
            get=DRAFTERS, post=DRAFTERS, sample="quarterly_report", scope=WRITTEN, article=ARTICLE
        ),
        "reports:quarterly_section": Page(
            get=DRAFTERS, post=DRAFTERS, sample="quarterly_section", scope=WRITTEN, article=ARTICLE
        ),
        "reports:quarterly_marks": Page(post=DRAFTERS, sample="quarterly_section", scope=WRITTEN, article=ARTICLE),
        "reports:quarterly_submit": Page(post=READERS, sample="quarterly_report", article=ARTICLE),
        "reports:quarterly_accept": Page(post=CSO, sample="quarterly_sent", article=ARTICLE),
        "reports:quarterly_return": Page(post=CSO, sample="quarterly_sent", article=ARTICLE),
        "reports:quarterly_addendum": Page(post=READERS, sample="quarterly_report", article=ARTICLE),
        "reports:quarterly_file": Page(get=READERS, sample="quarterly_paper", article=ARTICLE),
        "reports:county_quarter": Page(get=READERS, sample="county_quarter", article=ARTICLE),
        "reports:county_quarter_edit": Page(get=CSO, post=CSO, sample="county_quarter", scope=TAKEN, article="A10.1b"),
        "reports:county_quarter_finalise": Page(post=CSO, sample="county_quarter", scope=TAKEN, article="A10.1b"),
        "reports:county_quarter_reopen": Page(post=CSO, sample="county_quarter", scope=TAKEN, article="A10.1b"),
        "reports:county_quarter_file": Page(get=READERS, sample="county_quarter_paper", article=ARTICLE),
    }
)
