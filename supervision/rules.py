"""Questions asked of a rectification and of a problem; each quotes its article."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Attachment
from accounts.workflow import ALLOWED, Verdict, denied, has_no_id_number
from supervision.models import Extension, RectificationItem
from supervision.states import ExtensionStep, Origin, RectificationStep

SECOND_THOUGHTS = timedelta(hours=24)
FORMULA_SIGNS = ("=", "＝")
PLAN_FIELDS = {
    "goal": "整改目标", "measures": "整改措施", "responsible_leader": "责任领导",
    "responsible_department": "责任部门/责任人", "due_on": "整改时限",
}  # fmt: skip


def is_text(value: str) -> Verdict:
    """Words that may be kept: no identity number (A4), no leading "=", which would run in the next person's spreadsheet (A6.2b)."""
    if value.startswith(FORMULA_SIGNS):
        return denied("内容以“=”开头，是公式，不是文字。请改写成文字。")
    return has_no_id_number(value)


def are_texts(*texts: str) -> Verdict:
    """Whether every text may be kept; the first one that may not gives the sentence."""
    return next((verdict for text in texts if not (verdict := is_text(text.strip()))), ALLOWED)


def missing_plan(item: RectificationItem) -> list[str]:
    """The fields of the plan that are still empty, in the office's words."""
    return [label for name, label in PLAN_FIELDS.items() if not str(getattr(item, name) or "").strip()]


def has_plan(item: RectificationItem) -> Verdict:
    """A9.8a: goal, measures, leader, department and term before work starts; history brought in from a workbook is as it is."""
    missing = missing_plan(item)
    if not missing or item.problem.origin == Origin.IMPORTED:
        return ALLOWED
    return denied(f"整改方案还缺{'、'.join(missing)}。请在“整改方案”中补齐，再办理。", "A9.8a")


def keeps_plan(before: RectificationItem, after: RectificationItem) -> Verdict:
    """A9.8a: what was accepted as a plan may be changed, not emptied, once work has started."""
    if after.step == RectificationStep.ISSUED or missing_plan(before) or not missing_plan(after):
        return ALLOWED
    return denied(f"整改已经开始，{'、'.join(missing_plan(after))}不能清空，只能修改。", "A9.8a")


def has_evidence(item: RectificationItem) -> Verdict:
    """A9.8b: 销号 rests on evidence, at least one file with the rectification."""
    if Attachment.objects.of(item).filter(purpose="evidence").exists():
        return ALLOWED
    return denied("还没有佐证材料。请先上传整改佐证（文件、照片、票据等），再提请销号。", "A9.8b")


def has_situation(item: RectificationItem) -> Verdict:
    """A9.8b: what the unit did, in words."""
    if item.situation.strip():
        return ALLOWED
    return denied("整改情况还是空的。请写明怎样整改、结果如何，再提请销号。", "A9.8b")


def no_extension_pending(item: RectificationItem) -> Verdict:
    """A9.8b: a request for a later day is decided before the item is closed."""
    if Extension.objects.filter(rectification=item, step=ExtensionStep.REQUESTED).exists():
        return denied("延期申请还没有审批。请先由负责人审批延期，或由申请人在“延期”中撤回，再提请销号。", "A9.8b")
    return ALLOWED


def is_second_person(item: RectificationItem, user: Any) -> Verdict:
    """A9.8b: whoever asked for 销号, or found and kept the problem, does not strike it off himself."""
    if user.pk == item.submitted_by_id:
        return denied("您是提请销号的经办人，不能自己审核销号。请由本单位负责人或其代理人审核。", "A9.8b")
    if user.pk == item.problem.created_by_id:
        return denied("您是这个问题的登记人，不能自己审核销号。请由本单位其他负责人或代理人审核。", "A9.8b")
    return ALLOWED


def is_another_verifier(item: RectificationItem, user: Any) -> Verdict:
    """A9.8b: the check on the spot is made by somebody who neither found the problem nor asked for 销号."""
    if user.pk in (item.submitted_by_id, item.problem.created_by_id):
        return denied("您是这个问题的经办人，不能自己核查。请由本单位另一名同志或负责人核查。", "A9.8b")
    return ALLOWED


def not_yet_verified(item: RectificationItem) -> Verdict:
    """A9.8b: one check per round; what was checked waits for the head."""
    if item.verified_by_id is None:
        return ALLOWED
    return denied(f"{item.verified_by}已核查通过，等待本单位负责人审核销号，无须再核查。", "A9.8b")


def may_retype_due_day(item: RectificationItem, *, by: Any, at: datetime) -> Verdict:
    """A9.8b: a given term moves only by an approved extension; a slip of the pen is mended within a day by its author."""
    fresh = item.problem.created_by_id == by.pk and at - item.problem.created_at <= SECOND_THOUGHTS
    if item.due_on is None or (fresh and item.extension_count == 0):
        return ALLOWED
    return denied(
        f"整改时限已定为{item.due_on:%Y-%m-%d}，不能直接改。如需推后，请在问题页面申请延期，写明理由，由负责人审批；首次时限会保留。",
        "A9.8b",
    )


def is_open(item: RectificationItem) -> Verdict:
    """A9.8b: what is struck off, or waits to be, is no longer edited."""
    if item.step == RectificationStep.CLOSED:
        return denied(f"该问题已于{item.closed_on:%Y-%m-%d}销号，内容已锁定。如有反弹，请由负责人重新开启。", "A9.8b")
    if item.step == RectificationStep.SUBMITTED:
        return denied("该问题已提请销号，等待审核，内容暂时锁定。如需修改，请由审核人退回。", "A9.8b")
    return ALLOWED


def later_day(item: RectificationItem, new_due_on: date) -> Verdict:
    """A9.8b: an extension asks for a later day than the one in force."""
    if item.due_on is None:
        return denied("还没有整改时限，不需要延期。请直接填写整改时限。", "A9.8b")
    if new_due_on <= item.due_on:
        return denied(f"延期后的日期应晚于现在的时限{item.due_on:%Y-%m-%d}。", "A9.8b")
    return ALLOWED
