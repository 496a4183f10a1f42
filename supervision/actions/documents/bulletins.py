"""典型问题通报: cases chosen and worded by people, masked where asked, by leave of the standing committee (A9.8d)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import approvals
from accounts.models import Approval, Organ, ScResolutionKind
from accounts.permissions import Permission, has
from accounts.roles import CHAIN, Rung
from accounts.workflow import Refused, move, record
from supervision.actions.documents.drafting import approved, authors, returned, withdrawn
from supervision.actions.documents.numbering import note_edit
from supervision.documents import rules
from supervision.documents.kinds import EDITABLE, BulletinScope
from supervision.documents.words import as_submitted, masked
from supervision.models import BulletinCase, Problem, TypicalBulletin

FIELDS = frozenset({"title", "scope", "recipients", "opening", "demands", "names_masked", "secrecy", "copies_to"})


def suggested_case(problem: Problem, *, names_masked: bool) -> str:
    """The first words of a case, for a person to rewrite; masked ones carry neither the unit nor its people."""
    text = f"{problem.unit}：{problem.description}"
    if not names_masked:
        return text
    units = [problem.unit.name, problem.unit.short_name, problem.unit.party_organ]
    persons = [name for name in rules.names_of(problem) if name not in units]
    return masked(text, units=units, persons=persons)


@transaction.atomic
def draft_bulletin(
    organ: Organ, *, title: str, by: Any, at: datetime, cases: Sequence[tuple[Problem, str]] = (), **fields: Any
) -> TypicalBulletin:
    """Begin a bulletin; `cases` are problems with the words chosen for them. Raises `Refused`."""
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您不能为{organ.name}起草通报，请由该单位人员办理。", "A9.8d")
    made = TypicalBulletin(organ=organ, created_by=by, created_at=at)
    _take(made, {**fields, "title": title})
    made.save()
    _set_cases(made, cases, by=by)
    record(made, "draft", by=by, at=at, label="起草", article="A9.8d", to_step=made.step)
    return made


@transaction.atomic
def edit_bulletin(
    bulletin: TypicalBulletin,
    *,
    by: Any,
    at: datetime,
    cases: Sequence[tuple[Problem, str]] | None = None,
    **fields: Any,
) -> TypicalBulletin:
    """Rewrite a bulletin that is still, or again, with its author. Raises `Refused`."""
    fresh = TypicalBulletin.objects.select_for_update().get(pk=bulletin.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能修改{fresh.organ.name}的通报，请由该单位人员办理。", "A9.8d")
    if fresh.step not in EDITABLE:
        raise Refused(
            f"“{fresh}”当前为“{fresh.get_step_display()}”，文本已锁定。如需修改，请先撤回或者等签批人退回。", "A9.8d"
        )
    _take(fresh, fields)
    fresh.save()
    if cases is not None:
        _set_cases(fresh, cases, by=by)
    note_edit(fresh, by=by, at=at, article="A9.8d")
    return fresh


def _take(bulletin: TypicalBulletin, values: Mapping[str, Any]) -> None:
    for name in FIELDS & values.keys():
        value = values[name]
        setattr(bulletin, name, value.strip() if isinstance(value, str) else value)
    if not bulletin.title:
        raise Refused("请填写通报标题。", "A9.8d")
    if bulletin.scope not in BulletinScope.values:
        raise Refused("请选择内部通报或者公开曝光。", "A9.8d")
    rules.words_only(bulletin.title, bulletin.opening, bulletin.demands).enforce()


def _set_cases(bulletin: TypicalBulletin, cases: Sequence[tuple[Problem, str]], *, by: Any) -> None:
    bulletin.cases.all().delete()
    for seq, (problem, text) in enumerate(cases, 1):
        if not has(by, Permission.READ, problem.organ_id):
            raise Refused(f"问题{problem.pk}不在您可以查看的范围内，不能写进通报。", "A9.8d")
        words = text.strip() or suggested_case(problem, names_masked=bulletin.names_masked)
        rules.words_only(words).enforce()
        BulletinCase.objects.create(bulletin=bulletin, seq=seq, problem=problem, text=words)


@transaction.atomic
def submit_bulletin(bulletin: TypicalBulletin, *, by: Any, at: datetime) -> Approval:
    """Send a bulletin up to the standing committee. Raises `Refused` where it is not written or a name still shows."""
    event = move(bulletin, "submit", by=by, at=at)
    bulletin.refresh_from_db()
    approval = approvals.submit(bulletin, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


approvals.register_route(
    TypicalBulletin,
    approvals.Route(
        article="A9.8d",
        title=lambda bulletin: f"典型问题通报：{bulletin.title}（{bulletin.get_scope_display()}）",
        rungs=lambda bulletin: (*CHAIN, Rung.STANDING_COMMITTEE),
        snapshot=as_submitted,
        template="",
        approved=approved,
        returned=returned,
        withdrawn=withdrawn,
        authors=authors,
        filed="送文书编号",
        matter=ScResolutionKind.BULLETIN,
    ),
)
