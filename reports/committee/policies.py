"""Who may open the pages of the standing committee: its secretary records, the head of 党风政风监督室 proposes, leaders read."""

from accounts.permissions import Permission
from accounts.policy import Audience, Page, declare

CIRCLE, SECRETARY, PROPOSERS = (
    (Audience.COMMITTEE,),
    (Audience.SC_SECRETARY,),
    (Audience.SC_SECRETARY, Audience.CSO_HEAD),
)
READ = (Permission.READ, Permission.RECORD_RESOLUTION)
RECORD, PROPOSE = (Permission.RECORD_RESOLUTION,), (Permission.RECORD_RESOLUTION, Permission.DIRECT)

declare(
    {
        "reports:committee": Page(get=CIRCLE, article="A6.1f"),
        "reports:committee_new": Page(get=SECRETARY, post=SECRETARY, article="A6.1f"),
        "reports:committee_meeting": Page(get=CIRCLE, sample="committee_meeting", scope=READ, article="A6.1f"),
        "reports:committee_edit": Page(get=SECRETARY, post=SECRETARY, sample="committee_meeting", scope=RECORD, article="A6.1f"),
        "reports:committee_step": Page(post=SECRETARY, sample="committee_meeting", scope=RECORD, article="A6.1f"),
        "reports:committee_add": Page(post=PROPOSERS, sample="committee_meeting", scope=PROPOSE, article="A6.1f"),
        "reports:committee_bind": Page(post=SECRETARY, sample="committee_meeting", scope=RECORD, article="A6.1f"),
        "reports:committee_paper": Page(get=CIRCLE, sample="committee_paper", scope=READ, article="A6.1f"),
        "reports:committee_item": Page(post=PROPOSERS, sample="agenda_item", scope=PROPOSE, article="A6.1f"),
        "reports:committee_decide": Page(post=SECRETARY, sample="agenda_item", scope=RECORD, article="A9.7a"),
        "reports:committee_correct": Page(post=SECRETARY, sample="agenda_item", scope=RECORD, article="A6.1f"),
        "reports:committee_task": Page(post=SECRETARY, sample="agenda_item", scope=RECORD, article="A6.1f"),
        "reports:committee_packet": Page(get=CIRCLE, sample="meeting_packet", scope=READ, article="A6.1f"),
    }
)  # fmt: skip
