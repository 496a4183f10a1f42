"""Meetings of the standing committee as the tests live them: what waits, an agenda, a fixed one, one that was held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts import approvals
from accounts.models import Approval
from checklists import actions as lists
from checklists.models import AnnualChecklist
from reports.actions.committee import agenda, decisions, meetings
from reports.actions.committee.decisions import Ruling
from reports.models import AgendaItem, CommitteeMeeting
from supervision.actions import plans
from supervision.models import InspectionReport, Plan
from tests.checklists.story import filed, issue_points
from tests.factories import NOW, County, moment
from tests.supervision.report_cases import find, make_round, ready, signed, tabled
from tests.supervision.rounds import opened, planned

CALLED, EVENING = moment(2026, 3, 11), moment(2026, 3, 12, 17)
DAY = date(2026, 3, 12)
PEOPLE = {"place": "三楼会议室", "chair": "马书记", "present": "马书记\n高副\n钱协\n冯协\n林一", "absent": "林二"}


def major_plan(cast: County) -> Plan:
    """A plan that waits for the committee: head, AM and DS have signed."""
    plan = planned(opened(cast), cast.nongye, is_major=True)
    approval = plans.submit_plan(plan, by=cast.nongye, at=NOW)
    for person in (cast.nongye_head, cast.xieguan1, cast.fenguan):
        approvals.decide(approval, "approve", by=person, at=NOW)
    plan.refresh_from_db()
    return plan


def tabled_report(cast: County, **fields: Any) -> InspectionReport:
    """A report before the committee since 10 March; its ten days end on Monday 16 March."""
    round = make_round(cast.agri, **fields)
    find(round)
    return tabled(cast, signed(cast, ready(round)))


def submitted_list(cast: County) -> AnnualChecklist:
    """The year's list before the committee."""
    issue_points(cast)
    filed(cast)
    made = lists.start_compilation(cast.cso, 2026, by=cast.dangfeng, at=CALLED)
    return lists.submit_checklist(made, by=cast.dangfeng_head, at=CALLED)


def called(cast: County, **values: Any) -> CommitteeMeeting:
    """A meeting on 12 March."""
    return meetings.call_meeting(cast.cso, {**PEOPLE, "held_on": DAY, **values}, by=cast.changweihui, at=CALLED)


def put(cast: County, meeting: CommitteeMeeting, key: str) -> AgendaItem:
    """Something that waits."""
    return agenda.add_waiting(meeting, key, by=cast.changweihui, at=CALLED)


def ask(cast: County, meeting: CommitteeMeeting, title: str = "分工问题", **values: Any) -> AgendaItem:
    """A question of the head of 党风政风监督室."""
    fields = {"kind": "question", "reporter": cast.cso, "text": "牵头单位不清。建议明确。", **values}
    return agenda.add_written(meeting, title=title, by=cast.dangfeng_head, at=CALLED, **fields)


def fixed(cast: County, meeting: CommitteeMeeting) -> CommitteeMeeting:
    """The agenda stands; the packet is ordered."""
    return meetings.table_agenda(meeting, by=cast.changweihui, at=CALLED)


def held(cast: County, meeting: CommitteeMeeting) -> CommitteeMeeting:
    """The meeting took place."""
    return meetings.hold_meeting(fixed(cast, meeting), by=cast.changweihui, at=EVENING)


def decide(
    cast: County, item: AgendaItem, decision: str, opinion: str = "", *, at: datetime = EVENING, **votes: Any
) -> AgendaItem:
    """What the secretary records."""
    return decisions.decide_item(item, Ruling(decision, opinion, **votes), by=cast.changweihui, at=at)


def approval_of(plan: Plan) -> Approval:
    """The last round of a plan."""
    return Approval.objects.of(plan).latest("pk")
