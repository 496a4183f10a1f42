"""Questions asked of register records: what may be written at all, and what today says about an open one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from accounts.calendar import local_day
from accounts.permissions import Permission, has
from accounts.workflow import ALLOWED, Verdict, denied
from ledgers.books.register import Standing
from ledgers.register_states import PriorReportKind
from supervision.rules import is_text

# Marks between names. 和 and 与 stand inside names as well (张和平, 发展和改革委员会), so what is before them decides.
_MARKS = re.compile("[、，,；;/／]")
_TWO_LEADERS = re.compile(r"\S{2,}[和与]\S{2,}")
_TWO_DEPARTMENTS = re.compile("(?:室|局|委|办|部|组|处|科|股|中心|院|会|大队)[和与].")
_ASIDE = re.compile("（[^（）]*）|\\([^()]*\\)")
_FAMILY = re.compile("配偶|丈夫|妻子|儿子|女儿|父亲|母亲|岳父|岳母|家庭成员")


def texts_can_stand(record: models.Model) -> Verdict:
    """Every text of a record: words, not a formula (A6.2b), and no identity number (A4)."""
    for field in record._meta.concrete_fields:
        value = getattr(record, field.attname)
        if isinstance(value, str):
            verdict = is_text(value.strip())
            if not verdict:
                return denied(f"{field.verbose_name}：{verdict.sentence}", verdict.article)
    return ALLOWED


def names_family(record: Any) -> bool:
    """Whether a record about a person, or a line inside it, speaks of the family; a person judges the need (A4)."""
    texts = (getattr(record, field.attname) for field in record._meta.concrete_fields)
    return getattr(record, "record", record).PERSONS and mentions_family(
        *(text for text in texts if isinstance(text, str))
    )


def mentions_family(*texts: str) -> bool:
    """Whether a text speaks of relatives, whom the product does not keep."""
    return any(_FAMILY.search(text) for text in texts)


def may_take_out(record: Any, *, by: Any) -> Verdict:
    """Its own organ's people take a record out, not once 党风政风监督室 has counted it (A10.5)."""
    if not has(by, Permission.DRAFT, record.organ_id):
        return denied(f"您不能删除{record.organ.label}的记录，请由该单位人员办理。", "A6.2b")
    if record.removed_at:
        return denied("这条记录已经删除，可以恢复。", "A6.2b")
    if record.verified_at:
        return denied("这条记录已由党风政风监督室核实，不能删除；确有错误的，先修改，修改后须重新核实。", "A10.5")
    return ALLOWED


def may_verify(record: Any, *, by: Any) -> Verdict:
    """党风政风监督室 checks what the evaluation counts, nobody his own entry; about persons only its head (A10.5)."""
    right = Permission.DIRECT if record.PERSONS else Permission.COORDINATE
    if not has(by, right, record.organ_id):
        return denied(
            "登记记录由党风政风监督室核实。" if not record.PERSONS else "涉及人员的记录由党风政风监督室负责人核实。",
            "A10.5",
        )
    if record.removed_at:
        return denied("这条记录已经删除，不用核实。", "A10.5")
    if record.verified_at:
        return denied(f"{record.verified_by}已于{local_day(record.verified_at):%Y-%m-%d}核实。", "A10.5")
    if by.pk in {record.created_by_id, record.updated_by_id}:
        return denied("本人登记或修改的记录，须由另一名工作人员核实。", "A10.5")
    return ALLOWED


# --- single registers ---------------------------------------------------------------------------------------------------


def advance_report_is_early(record: Any, at: datetime) -> Verdict:
    """提前报备 comes before the event; what comes after it is another kind (S1-10)."""
    if record.kind == PriorReportKind.ADVANCE and record.filed_at >= record.event_at:
        return denied("提前报备须早于事项时间。事后报送的请选“即时报备”，并在说明中写明原因。", "A10.2")
    return ALLOWED


def case_follows_clue(record: Any, at: datetime) -> Verdict:
    """A case is filed on the day its clue was handed over or later (S1-6)."""
    if record.clue and record.filed_on < record.clue.transferred_on:
        day = f"{record.clue.transferred_on:%Y-%m-%d}"
        return denied(f"立案日期早于线索{record.clue.code}的移送日期{day}，请核对立案日期或来源线索。", "A9.7g")
    return ALLOWED


def filed_before_now(record: Any, at: datetime) -> Verdict:
    """Nothing was filed in the future."""
    return denied("报备时间晚于现在，请核对。", "A10.2") if record.filed_at > at else ALLOWED


def one_leader_one_department(record: Any, at: datetime) -> Verdict:
    """One campaign, one leader, one lead department: two of them are none that answers for it (S0-16)."""
    leader, department = _ASIDE.sub("", record.leader).strip(), _ASIDE.sub("", record.department).strip()
    rule = "一个专项整治由一名领导分管、一个部门牵头"
    if _MARKS.search(leader) or _TWO_LEADERS.search(leader):
        return denied(f"分管领导只能填一人：{rule}。现填“{leader}”，请留下分管的一人，其余的写入工作专班。", "A5.3")
    if _MARKS.search(department) or _TWO_DEPARTMENTS.search(department):
        return denied(f"牵头部门只能填一个：{rule}。现填“{department}”，请留下牵头的一个，其余的写入工作专班。", "A5.3")
    return ALLOWED


def named_among_attendees(record: Any, many: Mapping[str, Any]) -> Verdict:
    """Middle cadres are named or counted, not both; together they are no more than those who came (S1-5)."""
    named = len(many["officials"]) if "officials" in many else record.officials.count() if record.pk else 0
    if named and named + record.middle_cadres > record.attendees:
        return denied(
            f"列名的{named}人和未列名的{record.middle_cadres}人合计多于参加人数{record.attendees}人，已列名的不再计入人数。",
            "A10.3",
        )
    return ALLOWED


def report_standing(row: dict[str, Any], today: date, limit: int) -> tuple[str, Any, Any]:
    """即时报备 within the hours that held when it was entered; the others are judged by their kind alone (S1-10)."""
    if row["kind"] != PriorReportKind.IMMEDIATE:
        return "", None, None
    hours = row["hours_allowed"]
    late = row["filed_at"] - row["event_at"] > timedelta(hours=hours)
    return (f"超过{hours}小时" if late else f"{hours}小时内", None, None)


def waits(word: str, due: str, done: str) -> Standing:
    """A standing that judges time: open until `done` is filled, due on `due`."""

    def standing(row: dict[str, Any], today: date, limit: int) -> tuple[str, Any, Any]:
        return ("" if row[done] else word, row[due], row[done])

    return standing


def open_until(word: str, done: str) -> Standing:
    """A standing without a term: the word while `done` is empty."""

    def standing(row: dict[str, Any], today: date, limit: int) -> tuple[str, Any, Any]:
        return ("" if row[done] else word, None, None)

    return standing


def kept_fresh(row: dict[str, Any], today: date, limit: int) -> tuple[str, Any, Any]:
    """A profile or a file that nobody has looked at for more than `limit` days (S2-5, S0-11)."""
    return (f"超过{limit}天未更新" if (today - row["checked_on"]).days > limit else "", None, None)
