"""Problems of the demo county in every state of rectification, so that each page has something to show.

The agriculture and education groups' ledgers of 2026 stay empty: their workbooks are there to be imported.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import Role
from accounts.uploads import attach
from checklists.models import ChecklistItem
from reports.demo.files import paper_file
from supervision.actions import rectification as acts
from supervision.actions.feedback import record_feedback
from supervision.actions.problems import create_problem
from supervision.models import Problem
from supervision.states import InspectionLevel

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
