"""Silence and contradictions of the demo county: each standing check finds something, brought about by the product's own verbs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from accounts.models import Organ, SupervisedUnit, User
from accounts.roles import Role
from checklists.actions import changes
from checklists.models import ChecklistItem
from checklists.states import ChangeKind
from ledgers.actions.rows import Change, write_cells
from reports.actions.checks import dismiss
from reports.demo import documents, rounds
from reports.demo.county import person
from reports.demo.documents import YEAR, at
from reports.demo.files import same_file
from supervision.actions import rectification as acts
from supervision.actions.documents.replies import read_reply, record_reply
from supervision.actions.plan import accept_plan
from supervision.actions.problems import create_problem
from supervision.actions.proofs import add_proofs
from supervision.models import Problem
from supervision.rounds.states import RoundStep

PLAN: dict[str, Any] = {
    "goal": "问题整改到位。", "measures": "逐项核对，限期纠正。", "responsible_leader": "分管副职", "responsible_department": "办公室",
}  # fmt: skip


def build_checks() -> None:
    """One story for each check; the last is cleared by 党风政风监督室."""
    _closed_before_its_notice_was_served()
    _reply_entered_long_after()
    _clue_numbers()
    _nothing_found_beside_a_problem()
    _silent_round_of_a_withdrawn_project()


def _found(username: str, unit: str, text: str, day: date, **fields: Any) -> Problem:
    clerk = person(username)
    return create_problem(organ=clerk.organ, unit=SupervisedUnit.objects.get(name=unit), description=text, year=YEAR, by=clerk,
                          at=at(day.month, day.day), found_on=day, due_on=day + timedelta(days=30), **{**PLAN, **fields})  # fmt: skip


def _closed_before_its_notice_was_served() -> None:
    """Two problems struck off with one and the same file, the second before its notice had reached the unit."""
    first = _found("weijian", "县人民医院", "设备采购验收资料不齐，涉及3台", date(YEAR, 9, 1))
    second = _found("weijian", "县疾病预防控制中心", "冷链温度记录缺失，涉及2个月", date(YEAR, 9, 1))
    paper = documents.draft("weijian", "rectification_notice", [second], "关于整改冷链温度记录问题的通知", at(9, 2), 25)
    documents.sign(documents.send_up(paper, at(9, 2)), at(9, 2))
    documents.issue(paper, at(9, 8))
    for problem, day in ((first, 20), (second, 10)):
        _strike_off(problem, day)
    documents.serve(paper, at(9, 15), "办公室主任")


def _strike_off(problem: Problem, day: int) -> None:
    clerk, head = person("weijian"), User.objects.get(organ_id=problem.organ_id, role=Role.ORGAN_HEAD)
    item: Any = problem.rectification  # type: ignore[attr-defined]
    accept_plan(item, by=clerk, at=at(9, 3))
    add_proofs(item, [same_file("整改情况说明.pdf")], by=clerk, at=at(9, day - 1))
    acts.submit_closure(
        item, by=clerk, at=at(9, day - 1, 15), claimed_on=date(YEAR, 9, day - 1), situation="已补齐资料。"
    )
    acts.close(item, by=head, at=at(9, day), opinion="查看补齐的资料，同意销号。")


def _reply_entered_long_after() -> None:
    """A reply that is said to have come in time, and was entered three weeks after the day."""
    problem = _found("liuhe", "柳河镇人民政府", "村级小额工程结算超期，涉及4个项目", date(YEAR, 6, 1))
    paper = documents.sent(
        "liuhe", "rectification_notice", [problem], "关于整改村级小额工程结算问题的通知", at(6, 2), 20
    )
    made = record_reply(paper, by=paper.created_by, at=at(7, 20), received_on=date(YEAR, 6, 25), sender="柳河镇人民政府",
                        answers={1: "4个项目已全部完成结算。"})  # fmt: skip
    read_reply(made, {1: "answered"}, by=paper.created_by, at=at(7, 20))


def _clue_numbers() -> None:
    """Two numbers in the ledger without any transfer; one is only the number of a letter, and cleared."""
    _found("liuhe", "柳河镇财政所", "惠农资金由他人代领未核实，涉及6户", date(YEAR, 11, 3), clue_ref="示线〔2026〕9号")
    letter = _found(
        "weijian", "县卫生健康委", "值班记录代签，涉及2人次", date(YEAR, 10, 20), clue_ref="信访〔2026〕31号"
    )
    dismiss("clue_not_transferred", f"problem:{letter.pk}", reason="经与经办人核对，所填为信访件编号，不是问题线索。", by=person("dangfeng"),
            at=at(11, 16))  # fmt: skip


def _nothing_found_beside_a_problem() -> None:
    organ = Organ.objects.get(name="驻县卫生健康委纪检监察组")
    typed = {"task": "项目建设招投标监督", "unit": "县人民医院", "found_on": f"{YEAR}-10-26", "problem": "未发现问题"}
    cells = [Change(f"demo-{column}", None, "demo-nothing", column, "", text) for column, text in typed.items()]
    write_cells(organ, YEAR, cells, by=person("weijian"), at=at(10, 27))


def _silent_round_of_a_withdrawn_project() -> None:
    """A group went out in the third quarter, found nothing, and had its project taken off the list; the round still stands."""
    organ = Organ.objects.get(name="驻县财政局纪检监察组")
    clerk = User.objects.select_related("organ").get(organ=organ, role=Role.CLERK)
    item = ChecklistItem.objects.get(title="政府采购监督")
    round = rounds.walk(item, clerk, 8, 20, RoundStep.READY)
    rounds.begin(round, clerk, 8)
    change = changes.propose_change(
        item, ChangeKind.WITHDRAW, reason="与省级专项检查重复，避免重复监督。", by=clerk, at=at(10, 12)
    )
    approval = changes.submit_change(change, by=clerk, at=at(10, 12))
    documents.sign(approval, at(10, 13))
