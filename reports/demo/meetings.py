"""Consultations, meetings and monthly lists of the demo county: halves with a gap and a late entry, tasks carried over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import REPORTING_KINDS, OrganKind, Role
from checklists.actions import meetings, months
from checklists.actions.tasks import complete_task
from checklists.models import ChecklistItem, Meeting, MonthlyList, TaskAssignment
from ledgers.actions import consultations
from ledgers.actions.registers import acknowledge, share_information
from ledgers.models import Consultation
from reports.demo.county import person
from reports.demo.findings import YEAR
from supervision.models import Problem

MISSING, LATE = "徐镇镇纪委", "驻县民政局纪检监察组"  # no consultation in the first half; written down after its end
WORDS = {
    "place": "单位会议室",
    "common_problems": "重点项目资料归档滞后，台账与现场核对不够及时。\n工作人员变动后交接手续不完整。",
    "prominent_problems": "个别项目管护责任没有落实到人。",
    "suggestions": "逐项目明确管护责任人并公示，一个月内补齐归档资料。\n修订岗位交接办法，离岗前由分管负责人签字确认。",
    "unit_statement": "完全接受会商意见，列出清单、明确专人，按期整改并书面报告。",
    "follow_up": "一个月后到现场核对整改情况，结果纳入下半年会商。",
}
# clerk, month, day, units (by position among the organ's), day of the follow-up, its result
OWN = (
    ("nongye", 5, 14, (0, 1, 2), (6, 15), "已核对，3个项目资料补齐，管护责任人已公示。"),
    ("nongye", 10, 20, (0, 1), (11, 30), ""),
    ("jiaoyu", 6, 10, (0, 1, 2), (7, 15), "营养餐采购台账已补齐。"),
    ("weijian", 4, 22, (0, 1, 2, 3, 4), (5, 25), "药品验收双人签字已落实。"),
    ("weijian", 9, 16, (0, 1), (12, 4), ""),
    ("liuhe", 6, 3, (0, 1, 2), None, ""),
)
# month, day, quarter; (decision, organ, days to its term, result where it is finished)
DISPATCH = (
    (3, 25, 1, (("报送春耕备耕监督情况", "驻县农业农村局纪检监察组", 20, "已报送，发现问题2个。"),
                ("排查开学前校园食堂安全责任", "驻县教育局纪检监察组", 15, "已排查34所学校。"))),
    (6, 24, 2, (("汇总上半年专题会商情况", "党风政风监督室", 21, "已汇总通报。"),
                ("核对医保基金问题整改台账", "驻县卫生健康委纪检监察组", 30, "已核对，7份病历全部追回。"))),
    (9, 23, 3, (("高标准农田管护责任逐项目公示", "驻县农业农村局纪检监察组", 45, ""),
                ("营养餐采购合同全部复查", "驻县教育局纪检监察组", 90, ""),
                ("耕地违建排查回头看", "柳河镇纪委", 30, "已完成，无反弹。"))),
)  # fmt: skip
# month, day; (task, organ, day of its term, progress, result where it is finished)
MONTHS = (
    (9, 2, (("完成秋粮收购监督检查", "驻县发展和改革委纪检监察组", (9, 28), "", "已检查6个收购点。"),
            ("清理惠农补贴“一卡通”重复账户", "驻县农业农村局纪检监察组", (9, 30), "已清理12个乡镇，余8个。", ""))),
    (10, 9, (("梳理三季度问题线索移送情况", "党风政风监督室", (10, 20), "", "已梳理，移送4件。"),
             ("开展秋冬季校车安全责任监督", "驻县教育局纪检监察组", (12, 10), "已检查9所学校。", ""))),
)  # fmt: skip


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of the demo year."""
    return datetime(YEAR, month, day, hour, tzinfo=SHANGHAI)


def build_meetings() -> None:
    """Everything by the office's own verbs, on the days on which it would have happened."""
    for clerk, month, day, positions, follow_up, result in OWN:
        _own_consultation(clerk, month, day, positions, follow_up, result)
    _others()
    for month, day, quarter, decisions in DISPATCH:
        _dispatch(month, day, quarter, decisions)
    _liaison()
    for month, day, tasks in MONTHS:
        _month(month, day, tasks)
    _notices()
    months.open_month(_cso(), YEAR, 11, by=person("dangfeng"), at=at(11, 3))


def _notices() -> None:
    """案件监督管理室 has informed twice; the second notice still waits for its signature."""
    clerk = person("anguan")
    unit = SupervisedUnit.objects.get(name="县农业农村局")
    first = share_information(
        organ=clerk.organ, subject="三季度问题线索受理和处置情况", figures="受理问题线索18件，处置15件，涉及农业农村领域6件。",
        shared_on=date(YEAR, 10, 9), by=clerk, at=at(10, 9), unit=unit,
    )  # fmt: skip
    acknowledge(first.pk, by=person("dangfeng"), at=at(10, 12))
    share_information(organ=clerk.organ, subject="10月信访举报分析", figures="来信来访23件次，反映村级“三资”管理7件。",
                      shared_on=date(YEAR, 11, 10), by=clerk, at=at(11, 10))  # fmt: skip


def _cso() -> Organ:
    return Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)


def _own_consultation(
    username: str, month: int, day: int, positions: tuple[int, ...], follow_up: Any, result: str
) -> Consultation:
    clerk = person(username)
    units = list(SupervisedUnit.objects.filter(organ=clerk.organ).order_by("pk"))
    chosen = [units[position] for position in positions if position < len(units)]
    found = Problem.objects.live().filter(organ=clerk.organ, unit__in=chosen, found_on__lte=date(YEAR, month, day))
    extra: dict[str, Any] = {
        "problems": found.order_by("pk")[:2],
        "follow_up_on": date(YEAR, *follow_up) if follow_up else None,
    }
    made = _consult(clerk, chosen, date(YEAR, month, day), at(month, day, 16), **extra)
    if result:
        done = date(YEAR, *follow_up)
        consultations.note_follow_up(made, done_on=done, result=result, by=clerk, at=at(done.month, done.day, 17))
    return made


def _consult(clerk: User, units: list[SupervisedUnit], held_on: date, moment: Any, **extra: Any) -> Consultation:
    people = {"attendees_organ": f"{clerk.organ.label}负责人、{clerk.full_name}",
              "attendees_unit": "、".join(f"{unit.name}党组书记和班子成员" for unit in units)}  # fmt: skip
    made = consultations.save_consultation(
        None, organ=clerk.organ, units=units, held_on=held_on, by=clerk, at=moment, **{**WORDS, **people, **extra}
    )
    return consultations.record_consultation(made, by=clerk, at=moment)


def _others() -> None:
    """The first half of the organs whose clerks have no account: one has none, one was written down too late."""
    own = {person(row[0]).organ_id for row in OWN}
    organs = Organ.objects.filter(kind__in=REPORTING_KINDS).exclude(pk__in=own).exclude(name=MISSING)
    for offset, organ in enumerate(organs.order_by("sort_order", "pk")):
        head = User.objects.select_related("organ").filter(organ=organ, role=Role.ORGAN_HEAD).first()
        if head is None:
            continue
        held_on = date(YEAR, 5, 6) + timedelta(days=offset * 2 % 50)
        moment = at(7, 9) if organ.name == LATE else at(held_on.month, held_on.day, 17)
        _consult(head, list(organ.units.order_by("pk")), held_on, moment)


def _dispatch(month: int, day: int, quarter: int, decisions: Any) -> Meeting:
    clerk, moment = person("dangfeng"), at(month, day)
    made = meetings.save_meeting(
        None, organ=clerk.organ, kind="quarterly", year=YEAR, quarter=quarter, held_on=date(YEAR, month, day), by=clerk, at=moment,
        place="县纪委监委三楼会议室", attendees="党风政风监督室全体人员\n各派驻纪检监察组组长\n各乡（镇、办）纪（工）委书记",
    )  # fmt: skip
    item = ChecklistItem.objects.filter(title="粮食购销领域突出问题集中监督").first()
    meetings.add_topic(made, text="重点监督项目推进情况和存在问题。", item=item, by=clerk, at=moment)
    meetings.add_topic(made, text="发现问题整改销号情况，逾期未整改事项的督办。", by=clerk, at=moment)
    for text, organ, days, _ in decisions:
        due = date(YEAR, month, day) + timedelta(days=days)
        meetings.add_decision(made, text=text, organ=_organ(organ), due_on=due, by=clerk, at=moment)
    meetings.hold_meeting(made, by=clerk, at=at(month, day, 17))
    for text, _, days, result in decisions:
        _finish(text, result, date(YEAR, month, day) + timedelta(days=days - 2))
    return made


def _organ(name: str) -> Organ:
    return Organ.objects.get(name=name)


def _finish(text: str, result: str, day: date) -> None:
    """The organ's head reports what was done."""
    if result:
        task = TaskAssignment.objects.get(task=text)
        head = User.objects.select_related("organ").filter(organ=task.organ, role=Role.ORGAN_HEAD)[0]
        complete_task(task, by=head, at=at(day.month, day.day, 17), done_on=day, result=result)


def _liaison() -> None:
    clerk, moment = person("nongye"), at(8, 12)
    made = meetings.save_meeting(
        None, organ=clerk.organ, kind="liaison", year=YEAR, quarter=3, held_on=date(YEAR, 8, 12), by=clerk, at=moment,
        place="县农业农村局五楼会议室", attendees="各综合监督单位党风廉政建设工作联络员",
    )  # fmt: skip
    meetings.add_topic(made, text="传达党风廉政建设最新要求，布置节前廉政教育。", by=clerk, at=moment)
    meetings.hold_meeting(made, by=clerk, at=moment)


def _month(month: int, day: int, tasks: Any) -> MonthlyList:
    clerk, moment = person("dangfeng"), at(month, day)
    made = months.open_month(_cso(), YEAR, month, by=clerk, at=moment)
    months.carry_over(made, by=clerk, at=moment)
    for text, organ, due, _, _ in tasks:
        months.add_line(made, task=text, organ=_organ(organ), due_on=date(YEAR, *due), by=clerk, at=moment)
    months.issue_month(made, by=clerk, at=moment)
    for line in made.tasks.filter(carries=0).select_related("list"):
        _, _, due, progress, result = next(row for row in tasks if row[0] == line.task)
        if progress:
            months.note_progress(line, text=progress, by=clerk, at=at(month, 26))
        _finish(line.task, result, date(YEAR, *due) - timedelta(days=1))
    return made
