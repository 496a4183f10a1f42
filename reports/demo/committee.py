"""Two meetings of the standing committee: one held and closed with its decisions, one fixed for next week with its packet."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts import approvals, jobs
from accounts.calendar import SHANGHAI, local_day
from accounts.models import Approval, Organ, User, work_calendar
from accounts.roles import OrganKind, Rung
from checklists.actions.changes import propose_change, submit_change
from checklists.models import ChecklistItem
from checklists.states import ChangeKind, Form
from reports.actions.committee import agenda, decisions, meetings
from reports.actions.committee.decisions import Ruling
from reports.committee.candidates import candidates
from reports.committee.states import ItemDecision, ItemKind
from reports.demo.county import person
from reports.models import AgendaItem, CommitteeMeeting
from supervision.actions.documents.bulletins import draft_bulletin, submit_bulletin
from supervision.documents.kinds import BulletinScope
from supervision.models import Problem

YEAR = 2026
PEOPLE = {
    "place": "县纪委三楼会议室", "chair": "马正", "present": "马正\n高远\n陈立\n钱明\n冯涛\n宋平\n董华\n何川", "absent": "吕刚",
    "attending": "郑岩\n林静",
}  # fmt: skip
QUESTION = (
    "部分驻点式监督项目涉及两个以上单位，牵头单位和配合单位的分工不够清楚。\n"
    "建议：由党风政风监督室牵头提出分工意见，报分管副书记同意后执行。"
)
LATER = "乡镇纪委监督力量不足，交叉检查时人员抽调困难。\n建议：按片区建立交叉监督人员库，每季度调配一次。"


def at(month: int, day: int, hour: int = 9) -> datetime:
    """A moment of the demo year."""
    return datetime(YEAR, month, day, hour, tzinfo=SHANGHAI)


def build_committee() -> None:
    """The last meeting, then the next one."""
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    _held(cso)
    _next(cso)


def _meeting(cso: Organ, day: date, moment: datetime, **values: Any) -> CommitteeMeeting:
    return meetings.call_meeting(cso, {**PEOPLE, "held_on": day, **values}, by=person("changweihui"), at=moment)


def _held(cso: Organ) -> None:
    """Four matters: a bulletin passed, the yearly hearing, a question that became a task, a question put off."""
    clerk, head = person("changweihui"), person("dangfeng_head")
    _up(_bulletin())
    meeting = _meeting(cso, date(YEAR, 11, 18), at(11, 16), number=10)
    _take_all(meeting, clerk, at(11, 16, 15), kinds=(ItemKind.APPROVAL,))
    agenda.add_written(
        meeting,
        kind=ItemKind.HEARING,
        title="2026年全县政治监督工作综合情况汇报",
        reporter=cso,
        by=clerk,
        at=at(11, 16, 15),
    )
    agenda.add_written(meeting, kind=ItemKind.QUESTION, title="驻点式监督项目牵头和配合单位分工问题", reporter=cso, text=QUESTION, by=head,
                       at=at(11, 16, 16))  # fmt: skip
    agenda.add_written(meeting, kind=ItemKind.QUESTION, title="乡镇纪委交叉监督人员调配问题", reporter=cso, text=LATER, by=head,
                       at=at(11, 16, 16))  # fmt: skip
    meetings.table_agenda(meeting, by=clerk, at=at(11, 16, 17))
    jobs.run_waiting(at=at(11, 16, 18))
    meetings.hold_meeting(meeting, by=clerk, at=at(11, 18, 17))
    for item in meeting.items.order_by("position"):
        decisions.decide_item(item, _ruling(item), by=clerk, at=at(11, 18, 17))
    question = meeting.items.get(kind=ItemKind.QUESTION, decision=ItemDecision.APPROVE)
    decisions.task_from(question, cso, task="提出驻点式监督项目牵头和配合单位分工意见，报分管副书记审定。", due_on=date(YEAR, 12, 10), by=clerk,
                        at=at(11, 18, 17))  # fmt: skip
    meetings.close_meeting(meeting, by=clerk, at=at(11, 19))


def _ruling(item: AgendaItem) -> Ruling:
    if item.kind == ItemKind.HEARING:
        return Ruling(
            ItemDecision.NOTED,
            "会议肯定一年来全县政治监督工作，要求紧盯粮食安全、乡村振兴等重点持续跟进监督，抓好问题整改。",
        )
    if item.text == LATER:
        return Ruling(ItemDecision.DEFER, "请党风政风监督室进一步摸清各乡镇人员底数，提出调配方案后再议。")
    words = (
        "同意党风政风监督室的建议，尽快明确分工。"
        if item.kind == ItemKind.QUESTION
        else "同意印发，印发前再核对案例事实。"
    )
    return Ruling(ItemDecision.APPROVE, words, votes_for=8, votes_against=0, votes_abstain=0)


def _next(cso: Organ) -> None:
    """What waits, the question that was put off, and an arrangement; fixed yesterday, held in a week."""
    clerk, head, today = person("changweihui"), person("dangfeng_head"), timezone.localdate()
    moment = datetime.combine(today - timedelta(days=1), at(1, 1, 15).timetz())
    _up(_change(), moment - timedelta(hours=3))
    meeting = _meeting(cso, work_calendar().next_workday(today + timedelta(days=7)), moment)
    _take_all(meeting, clerk, moment)
    agenda.add_written(meeting, kind=ItemKind.ARRANGEMENT, title="开展岁末年初惠民资金发放集中监督", reporter=cso, by=head, at=moment,
                       text="拟于12月上旬至次年1月，由党风政风监督室牵头，会同有关派驻机构和乡镇纪委，对惠民资金发放情况开展集中监督。")  # fmt: skip
    meetings.table_agenda(meeting, by=clerk, at=moment)
    jobs.run_waiting(at=moment + timedelta(minutes=1))


def _take_all(
    meeting: CommitteeMeeting, clerk: User, moment: datetime, *, kinds: tuple[str, ...] = tuple(ItemKind)
) -> None:
    for row in candidates(clerk):
        if row.ready and row.kind in kinds:
            agenda.add_waiting(meeting, row.key, by=clerk, at=moment)


def _bulletin() -> Approval:
    clerk = person("dangfeng")
    rows = list(Problem.objects.live().order_by("pk").select_related("unit", "organ")[:2])
    made = draft_bulletin(
        clerk.organ, title="关于2起工程项目管理失责典型问题的通报", by=clerk, at=at(11, 9), cases=[(row, "") for row in rows],
        scope=BulletinScope.INTERNAL, recipients="各派驻纪检监察组，各乡（镇、办）纪（工）委",
        opening="为发挥典型案例警示作用，现将2起典型问题通报如下。",
        demands="各级各单位要引以为戒，压实主体责任，举一反三抓好排查整改。",
    )  # fmt: skip
    return submit_bulletin(made, by=clerk, at=at(11, 9))


def _change() -> Approval:
    """More to be supervised on the project of the whole county: a change that the committee decides (A5.7)."""
    clerk = person("dangfeng")
    item = ChecklistItem.objects.filter(form=Form.CENTRALIZED, step="listed").select_related("organ").order_by("pk")[0]
    moment = datetime.combine(timezone.localdate() - timedelta(days=3), at(1, 1).timetz())
    change = propose_change(
        item, ChangeKind.MODIFY, by=clerk, at=moment, reason="上级部署将地方储备粮轮换纳入监督范围，需要补充监督内容。",
        values={"content": f"{item.content}补充检查地方储备粮轮换、库存管理情况。"},
    )  # fmt: skip
    return submit_change(change, by=clerk, at=moment)


def _up(approval: Approval, moment: datetime | None = None) -> None:
    """Every rung below the committee agrees."""
    start = moment or approval.submitted_at
    for hours, step in enumerate(approval.steps.exclude(rung=Rung.STANDING_COMMITTEE).order_by("seq"), 1):
        when = start + timedelta(minutes=20 * hours)
        signer = approvals.signers(approval.organ_id, step.rung, on=local_day(when))[0]
        approvals.decide(approval, "approve", by=person(signer.username), at=when, note="同意。")
