"""What became of the demo county's problems later: checks, looks back, a draw, a workbook for a unit, failures, repeats."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts.calendar import SHANGHAI
from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import Role
from reports.demo.files import paper_file
from supervision.actions import rectification as acts
from supervision.actions.exchange import make_package
from supervision.actions.failures import link_repeat, set_failure
from supervision.actions.look_backs import Answers, plan_look_back, save_answers
from supervision.actions.plan import accept_plan, confirm_unit_ledger
from supervision.actions.problems import create_problem
from supervision.actions.proofs import add_proofs
from supervision.actions.sampling import check_sample, draw_samples
from supervision.models import Problem, RectificationItem
from supervision.states import LookBackVerdict, ProofKind, SampleVerdict, Severity

# organ, unit, problem, day found (month, day of 2026), days to the term, severity, day struck off or None
FOUND = (
    ("柳河镇纪委", "柳河镇财政所", "惠农补贴发放名单未公示，涉及5个村", (1, 12), 30, Severity.GENERAL, (2, 20)),
    ("柳河镇纪委", "柳河镇人民政府", "耕地保护巡查记录不完整，缺2个月", (1, 15), 40, Severity.GENERAL, (2, 12)),
    ("柳河镇纪委", "柳河镇人民政府", "村级工程未经集体研究即开工", (2, 3), 45, Severity.PROMINENT, (3, 12)),
    ("柳河镇纪委", "柳河镇财政所", "惠农补贴发放名单未公示，涉及3个村", (8, 5), 30, Severity.GENERAL, None),
    ("驻县卫生健康委纪检监察组", "县人民医院", "高值耗材采购比价记录缺失，涉及6批次", (1, 20), 30, Severity.GENERAL, (3, 5)),
    ("驻县卫生健康委纪检监察组", "县卫生健康委", "公务接待审批手续补办，涉及4批次", (2, 8), 30, Severity.GENERAL, (3, 9)),
    ("驻县卫生健康委纪检监察组", "县疾病预防控制中心", "疫苗出入库登记不及时", (9, 10), 45, Severity.GENERAL, None),
)  # fmt: skip
PLAN: dict[str, Any] = {
    "goal": "问题全部整改到位，同类问题不再发生。",
    "measures": "逐项核对原始资料，限期纠正；对同类事项全面自查，修订管理制度。",
    "responsible_leader": "分管副职",
    "responsible_department": "办公室",
}


def at(month: int, day: int) -> datetime:
    """A moment of 2026."""
    return datetime(2026, month, day, 15, tzinfo=SHANGHAI)


def build_rectification() -> None:
    """Problems of the year's first months with all that followed."""
    made = [_problem(*row) for row in FOUND]
    _draw()
    _look_backs(made)
    _open_ones(made)


def _people(organ: Organ) -> tuple[User, User]:
    staff = User.objects.select_related("organ").filter(organ=organ)
    return staff.get(role=Role.CLERK), staff.get(role=Role.ORGAN_HEAD)


def _problem(
    organ_name: str, unit: str, text: str, found: tuple[int, int], days: int, severity: str, closed: Any
) -> Problem:
    organ, day = Organ.objects.get(name=organ_name), date(2026, *found)
    clerk, head = _people(organ)
    problem = create_problem(
        organ=organ, unit=SupervisedUnit.objects.get(name=unit), description=text, year=2026, by=clerk, at=at(*found),
        found_on=day, due_on=day + timedelta(days=days), severity=severity, suggestion="立即纠正，举一反三。", **PLAN,
    )  # fmt: skip
    item: Any = problem.rectification  # type: ignore[attr-defined]
    accept_plan(item, by=clerk, at=at(*found) + timedelta(days=2))
    if closed:
        _strike_off(item, clerk, head, at(*closed))
    return problem


def _strike_off(item: Any, clerk: User, head: User, day: datetime) -> None:
    """Progress, evidence of three kinds, the request, and the head's decision."""
    acts.add_progress(item, by=clerk, at=day - timedelta(days=6), reported_on=(day - timedelta(days=6)).date(),
                      text="责任单位已召开专题会议，逐项核对资料。")  # fmt: skip
    add_proofs(item, [paper_file("整改报告.pdf")], by=clerk, at=day - timedelta(days=3))
    add_proofs(item, [paper_file("管理办法.pdf")], by=clerk, at=day - timedelta(days=3), kind=ProofKind.INSTITUTION,
               institution="内部控制管理办法")  # fmt: skip
    acts.submit_closure(item, by=clerk, at=day - timedelta(days=2), claimed_on=(day - timedelta(days=3)).date(),
                        situation="已逐项纠正，修订了管理办法。")  # fmt: skip
    acts.close(item, by=head, at=day, opinion="实地核查原始资料，整改到位，同意销号。")


def _look_backs(made: list[Problem]) -> None:
    """Of what is still struck off after the draw: one look back held with a rebound, one planned."""
    keys = RectificationItem.objects.filter(problem__in=made, step="closed").order_by("pk")
    items = list(keys.select_related("problem__unit", "organ"))
    clerk, head = _people(items[0].organ)
    look = plan_look_back([items[0]], planned_on=date(2026, 6, 10), by=clerk, at=at(5, 20))
    finding = "抽查新近办理的事项，仍有1项没有按整改要求办理。"
    results = {row.pk: (LookBackVerdict.REBOUND.value, finding) for row in look.results.all()}
    answers = Answers(date(2026, 6, 10), f"{head}、{clerk}", "规定任务基本完成。", f"原有问题已纠正；{finding}",
                      "制度已建立，执行情况检查不够。", results)  # fmt: skip
    save_answers(look, answers, by=clerk, at=at(6, 11), finish=True)
    clerk, _ = _people(items[-1].organ)
    plan_look_back([items[-1]], planned_on=date(2026, 12, 10), by=clerk, at=at(11, 9))


def _draw() -> None:
    """The first quarter's draw: one found true, one false, the rest still to be checked."""
    head, clerk = User.objects.get(username="dangfeng_head"), User.objects.get(username="dangfeng")
    drawn = draw_samples(year=2026, quarter=1, size=3, seed="2026Q1-示范县", by=head, at=at(4, 8))
    first, second = drawn.items.order_by("position")[:2]
    check_sample(
        first,
        SampleVerdict.OK,
        by=clerk,
        at=at(4, 15),
        checked_on=date(2026, 4, 14),
        finding="查看原始资料，整改属实。",
    )
    check_sample(second, SampleVerdict.FALSE, by=clerk, at=at(4, 15), checked_on=date(2026, 4, 14),
                 finding="佐证材料为事后补写，实际未纠正。")  # fmt: skip


def _open_ones(made: list[Problem]) -> None:
    """A repeat, a failure named by a person, a stamped ledger and a workbook on its way to a unit."""
    clerk, _ = _people(made[3].organ)
    link_repeat(made[3], made[0], by=clerk, at=at(8, 6))
    item: Any = made[3].rectification  # type: ignore[attr-defined]
    set_failure(item, "late", by=clerk, at=at(9, 20), reason="整改时限已过，责任单位未报送任何进展。")
    clerk, _ = _people(made[6].organ)
    unit = SupervisedUnit.objects.get(name="县人民医院")
    make_package(unit, by=clerk, at=at(11, 12))
    _confirm(made[6], clerk)


def _confirm(problem: Problem, clerk: User) -> None:
    others = Problem.objects.filter(unit=problem.unit).exclude(pk=problem.pk).exclude(rectification__step="closed")
    if all(row.rectification.goal for row in others.select_related("rectification")):  # type: ignore[attr-defined]
        confirm_unit_ledger(
            problem.unit, paper_file("盖章整改台账.pdf"), confirmed_on=date(2026, 9, 20), by=clerk, at=at(9, 22)
        )
