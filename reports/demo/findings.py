"""Problems of the demo county in every state of rectification, so that each page has something to show.

The agriculture and education groups' ledgers of 2026 stay empty: their workbooks are there to be imported.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.models import Official, Organ, SupervisedUnit, User
from accounts.roles import Role
from accounts.uploads import attach
from checklists.models import ChecklistItem, Topic
from ledgers.actions.registers import record_disposition
from reports.demo.county import person
from reports.demo.files import paper_file
from supervision.actions import rectification as acts
from supervision.actions.feedback import record_feedback
from supervision.actions.problems import change_problem, create_problem
from supervision.actions.reporting.disposal import decide_accountability, start_accountability
from supervision.models import Problem
from supervision.rounds.states import AccountabilityObject, Responsibility
from supervision.states import InspectionLevel, RectificationStep

YEAR = 2026
PLAN: dict[str, Any] = {
    "goal": "问题全部整改到位，不再发生同类问题。", "measures": "逐项核对原始资料，限期纠正；对同类事项全面自查。",
    "responsible_leader": "分管副职", "responsible_department": "办公室",
}  # fmt: skip
# organ, task, unit, problem, month, days to the term, what became of it
FINDINGS = (
    (
        "驻县卫生健康委纪检监察组",
        "医保基金使用突出问题监督",
        "县人民医院",
        "超范围使用医保基金，涉及7份病历",
        4,
        30,
        "closed",
    ),
    (
        "驻县卫生健康委纪检监察组",
        "乡镇卫生院药品采购监督",
        "县卫生健康委",
        "药品验收单缺少双人签字，涉及12份",
        5,
        45,
        "submitted",
    ),
    (
        "驻县卫生健康委纪检监察组",
        "项目建设招投标监督",
        "县疾病预防控制中心",
        "招标文件未经集体研究，涉及2个项目",
        6,
        30,
        "extension",
    ),
    ("驻县卫生健康委纪检监察组", "项目建设招投标监督", "县人民医院", "工程变更未履行审批手续", 10, 60, "open"),
    (
        "柳河镇纪委",
        "耕地保护和违建排查整改监督",
        "柳河镇自然资源所",
        "违建排查台账更新不及时，缺3个月记录",
        4,
        20,
        "closed",
    ),
    ("柳河镇纪委", "乡村振兴项目资金使用监督", "柳河镇财政所", "衔接资金拨付滞后，涉及4个村", 7, 30, "overdue"),
    ("柳河镇纪委", "乡村振兴项目资金使用监督", "柳河镇人民政府", "项目公示栏更新不及时，6项事项未公开", 11, 40, "open"),
)
LAST_YEAR = (
    ("驻县农业农村局纪检监察组", "县农业农村局", "惠农补贴公示不规范，涉及9个村"),
    ("驻县教育局纪检监察组", "县教育局", "食堂采购台账不完整，缺5个月记录"),
)

# topics that indicators count by name
TOPICS = ("五难", "四个不摘", "疫情防控", "环保督察", "违规用地", "扫黑除恶")
# projects that bear a topic from the start
OF_PROJECTS = {"医保基金使用突出问题监督": ("疫情防控",), "乡村振兴项目资金使用监督": ("乡村振兴", "四个不摘")}
LOCKED = (RectificationStep.SUBMITTED, RectificationStep.CLOSED)
# clerk, what tells the problem from others, topic
TAGGED: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("weijian", {"description__startswith": "疫苗出入库"}, "疫情防控"),
    ("weijian", {"round__item__title": "项目建设招投标监督"}, "五难"),
    ("dangfeng", {"round__item__title": "粮食购销领域突出问题集中监督"}, "乡村振兴"),
)
# topic, problem, month of finding, who answers for it, whether a superior was helped
ANSWERED = (
    ("环保督察", "省环保督察交办的2处扬尘问题整改后反弹", 6, "镇人民政府分管环保工作的副镇长", False),
    ("违规用地", "1家企业未批先建占用耕地，镇里巡查未上报", 7, "镇自然资源所所长", True),
)


def at(month: int, day: int, *, year: int = YEAR) -> datetime:
    """A moment of the demo year."""
    return datetime(year, month, day, 10, tzinfo=SHANGHAI)


def build_findings() -> None:
    """This year's problems with what became of them, last year's uncured ones, and inspection feedback."""
    for row in FINDINGS:
        _finding(*row)
    for organ_name, unit, text in LAST_YEAR:
        organ = Organ.objects.get(name=organ_name)
        create_problem(organ=organ, unit=_unit(unit), description=text, year=YEAR - 1, by=_clerk(organ), at=at(10, 20, year=YEAR - 1),
                       found_on=date(YEAR - 1, 10, 18), due_on=date(YEAR - 1, 12, 20))  # fmt: skip
    record_feedback(unit=_unit("县农业农村局"), level=InspectionLevel.COUNTY, feedback_on=date(YEAR - 1, 11, 6), item_no="3",
                    text="农村集体“三资”监管不到位，部分合同未清理。", by=_clerk(Organ.objects.get(name=LAST_YEAR[0][0])), at=at(1, 8))  # fmt: skip


def _unit(name: str) -> SupervisedUnit:
    return SupervisedUnit.objects.get(name=name)


def _clerk(organ: Organ) -> User:
    return User.objects.select_related("organ").get(
        organ=organ, role=Role.CLERK, username__in=("nongye", "jiaoyu", "weijian", "liuhe")
    )


def _finding(organ_name: str, task: str, unit: str, text: str, month: int, days: int, fate: str) -> None:
    organ = Organ.objects.get(name=organ_name)
    clerk, item = _clerk(organ), ChecklistItem.objects.get(title=task)
    found = date(YEAR, month, 9)
    problem = create_problem(
        organ=organ, unit=_unit(unit), description=text, year=YEAR, item=item, by=clerk, at=at(month, 10), found_on=found,
        suggestion="限期整改，完善制度，举一反三开展排查。", due_on=found + timedelta(days=days), handler=clerk.full_name,
        **(PLAN if fate != "open" else {}),
    )  # fmt: skip
    FATES[fate](problem, clerk, month)


def _submitted(problem: Problem, clerk: User, month: int) -> None:
    item: Any = problem.rectification
    acts.add_progress(
        item, by=clerk, at=at(month, 20), reported_on=date(YEAR, month, 20), text="已召开会议研究，明确责任人。"
    )
    attach(item, paper_file("整改佐证.pdf"), organ_id=problem.organ_id, by=clerk, at=at(month, 25))
    acts.submit_closure(
        item, by=clerk, at=at(month, 26), claimed_on=date(YEAR, month, 25), situation="已整改到位，建立长效机制。"
    )


def _closed(problem: Problem, clerk: User, month: int) -> None:
    _submitted(problem, clerk, month)
    head = User.objects.select_related("organ").get(organ_id=problem.organ_id, role=Role.ORGAN_HEAD)
    item: Any = problem.rectification
    acts.close(item, by=head, at=at(month, 28), opinion="经实地核查，整改到位，同意销号。")


def _extension(problem: Problem, clerk: User, month: int) -> None:
    item: Any = problem.rectification
    acts.request_extension(
        item, by=clerk, at=at(month + 1, 5), new_due_on=date(YEAR, 12, 15), reason="招标代理机构更换，需重新论证。"
    )


def _nothing(problem: Problem, clerk: User, month: int) -> None:
    """Still open; time makes some of them overdue."""


FATES = {"closed": _closed, "submitted": _submitted, "extension": _extension, "open": _nothing, "overdue": _nothing}


def build_topics() -> None:
    """Tags on problems that stand, two officials answering for what they left undone, one sanction after a “一案三查”."""
    for username, which, topic in TAGGED:
        _tag(person(username), which, Topic.objects.get(name=topic))
    for row in ANSWERED:
        _answered(person("liuhe"), *row)
    clerk = person("liuhe")
    official = Official.objects.filter(unit__organ=clerk.organ, is_top_leader=False).order_by("pk")[0]
    record_disposition(organ=clerk.organ, official=official, form=2, measure="警告", decided_on=date(YEAR, 9, 10), by=clerk,
                       at=at(9, 10), topics=[Topic.objects.get(name="扫黑除恶")], triple_check=True)  # fmt: skip


def _tag(clerk: Any, which: dict[str, Any], topic: Topic) -> None:
    """Only what is still open can be corrected."""
    found = Problem.objects.live().filter(organ=clerk.organ, **which)
    for problem in found.exclude(rectification__step__in=LOCKED).order_by("pk"):
        change_problem(problem, {"topics": [topic]}, by=clerk, at=at(11, 12))


def _answered(clerk: Any, name: str, text: str, month: int, who: str, helped: bool) -> None:
    topic, found = Topic.objects.get(name=name), date(YEAR, month, 3)
    unit = _unit("柳河镇人民政府")
    problem = create_problem(organ=clerk.organ, unit=unit, description=text, year=YEAR, by=clerk, at=at(month, 3), found_on=found,
                             suggestion="立即整改，明确责任人。", due_on=date(YEAR, 12, 20), topics=[topic])  # fmt: skip
    started = found + timedelta(days=14)
    action = start_accountability(
        problem, by=clerk, at=at(started.month, started.day), object_kind=AccountabilityObject.PERSON, object_name=f"柳河{who}",
        responsibility=Responsibility.LEADERSHIP, competent_organ="县纪委监委", started_on=started, in_cooperation=helped, topics=[topic],
    )  # fmt: skip
    decided = started + timedelta(days=30)
    decide_accountability(action, by=clerk, at=at(decided.month, decided.day), decided_on=decided, result="诫勉")
