"""Documents to units: drafted from problems, sent up, served, followed until each point is answered (A9.7e, A9.8c)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import approvals
from accounts.calendar import local_day
from accounts.citations import titled
from accounts.models import Approval, Event, Organ, SupervisedUnit
from accounts.notifications import holders, told_by
from accounts.permissions import Permission, has
from accounts.roles import Rung
from accounts.workflow import Refused, move, record
from supervision.actions.documents.numbering import note_edit
from supervision.documents import rules
from supervision.documents.kinds import EDITABLE, DocumentKind, DocumentStep, RecommendationKind, filled
from supervision.documents.words import as_submitted
from supervision.models import DocumentCopy, DocumentPoint, IssuedDocument, Problem
from supervision.states import RectificationStep

FIELDS = frozenset(
    {"title", "recommendation_kind", "due_on", "reply_due_on", "in_name_of_commission", "secrecy", "copies_to",
     "follows", "urge_no"}
)  # fmt: skip
TITLE_LENGTH = 200
PointValues = Mapping[str, Any]  # problem (or None), text, demand, due_on (or None)


# --- the text ---


@transaction.atomic
def draft_document(
    organ: Organ, kind: str, *, unit: SupervisedUnit, title: str, by: Any, at: datetime,
    sections: Mapping[str, str] | None = None, points: Sequence[PointValues] = (), **fields: Any,
) -> IssuedDocument:  # fmt: skip
    """Begin a document; half of it may still be missing. `sections` is heading key -> text, `fields` are those of FIELDS.

    Raises `Refused` for strangers, for another organ's unit or problem, and for a formula instead of words.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"您不能为{organ.name}起草文书，请由该单位人员办理。", "A9.7e")
    if kind not in DocumentKind.values:
        raise Refused("请选择文种。", "A9.7e")
    made = IssuedDocument(organ=organ, kind=kind, unit=unit, created_by=by, created_at=at)
    _take(made, {**fields, "title": title, "sections": sections or {}})
    rules.may_address(organ, unit).enforce()
    made.save()
    _set_points(made, points)
    _count_letter(made)
    record(made, "draft", by=by, at=at, label="起草", article="A9.7e", to_step=made.step)
    return made


@transaction.atomic
def edit_document(
    document: IssuedDocument, *, by: Any, at: datetime, unit: SupervisedUnit | None = None,
    points: Sequence[PointValues] | None = None, **values: Any,
) -> IssuedDocument:  # fmt: skip
    """Rewrite a document that is still, or again, with its author; who does so cannot sign it. Raises `Refused`."""
    fresh = IssuedDocument.objects.select_for_update().select_related("organ", "unit__organ").get(pk=document.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"您不能修改{fresh.organ.name}的文书，请由该单位人员办理。", "A9.7e")
    if fresh.step not in EDITABLE:
        raise Refused(
            f"“{fresh}”当前为“{fresh.get_step_display()}”，文本已锁定。如需修改，请先撤回或者等签批人退回。", "A9.7e"
        )
    fresh.unit = unit or fresh.unit
    _take(fresh, values)
    rules.may_address(fresh.organ, fresh.unit).enforce()
    fresh.save()
    if points is not None:
        _set_points(fresh, points)
    note_edit(fresh, by=by, at=at, article="A9.7e")
    return fresh


def _take(document: IssuedDocument, values: Mapping[str, Any]) -> None:
    for name in FIELDS & values.keys():
        value = values[name]
        setattr(document, name, value.strip() if isinstance(value, str) else value)
    if "sections" in values:
        document.sections = filled(document.kind, dict(values["sections"]))
    if not document.title:
        raise Refused("请填写标题。", "A9.7e")
    if document.kind != DocumentKind.RECOMMENDATION:
        document.recommendation_kind = ""
    elif document.recommendation_kind and document.recommendation_kind not in RecommendationKind.values:
        raise Refused("请选择建议类别。", "A9.7e")
    rules.words_only(document.title, *(section["text"] for section in document.sections)).enforce()


def _set_points(document: IssuedDocument, points: Sequence[PointValues]) -> None:
    document.points.all().delete()
    wanted = [point for point in points if point["text"].strip()]
    for seq, point in enumerate(wanted, 1):
        problem = point.get("problem")
        if problem is not None:
            rules.may_cite(document.organ, document.unit, problem).enforce()
        rules.words_only(point["text"], point.get("demand", "")).enforce()
        DocumentPoint.objects.create(
            document=document, seq=seq, problem=problem, text=point["text"].strip(),
            demand=point.get("demand", "").strip(), due_on=point.get("due_on"),
        )  # fmt: skip


def _count_letter(document: IssuedDocument) -> None:
    """第几次督办 of a letter about problems: one more than the living letters that pressed any of them before (A9.8c)."""
    if document.kind == DocumentKind.SUPERVISION_LETTER and not document.urge_no:
        same = IssuedDocument.objects.live().filter(kind=document.kind, problems__in=document.problems.all())
        document.urge_no = same.exclude(pk=document.pk).distinct().count() + 1
        document.save()


def points_from(problems: Sequence[Problem], *, on: date | None = None) -> list[dict[str, Any]]:
    """Points prefilled from problems: what was found, what was suggested, the term in the books if it lies ahead of `on`."""
    return [
        {"problem": problem, "text": problem.description, "demand": problem.suggestion, "due_on": _term(problem, on)}
        for problem in problems
    ]


def _term(problem: Problem, on: date | None) -> date | None:
    item: Any = getattr(problem, "rectification", None)
    if item is None or item.step == RectificationStep.CLOSED or item.due_on is None:
        return None
    return item.due_on if on is None or item.due_on >= on else None


# --- going up ---


@transaction.atomic
def submit_document(document: IssuedDocument, *, by: Any, at: datetime) -> Approval:
    """Send a document up, as far as its kind goes (AMB-19). Raises `Refused` where the text or a term is missing."""
    day = local_day(at)
    rules.days_ahead(document, on=day).enforce()
    reach = len(rules.rungs_for(document, on=day))
    event = move(document, "submit", by=by, at=at, along={"rungs": reach})
    document.refresh_from_db()
    approval = approvals.submit(document, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


# --- to the unit ---


@transaction.atomic
def serve_document(
    document: IssuedDocument, *, by: Any, at: datetime, served_on: date, served_to: str, served_manner: str
) -> None:
    """送达: who signed for it, when, in what manner. Raises `Refused` before issue and for days out of order."""
    if not served_to.strip() or not served_manner:
        raise Refused("请填写签收人和送达方式，作为督促整改的依据。", "A9.7e")
    if served_on > local_day(at):
        raise Refused("送达日期不能晚于今天。", "A9.7e")
    if document.issued_on and served_on < document.issued_on:
        raise Refused(f"送达日期早于印发日期{document.issued_on:%Y-%m-%d}，请核对。", "A9.7e")
    along = {"served_on": served_on, "served_to": served_to.strip(), "served_manner": served_manner}
    move(document, "serve", by=by, at=at, note=f"{served_to.strip()}签收", along=along)


@transaction.atomic
def note_copy(
    document: IssuedDocument, *, by: Any, at: datetime, recipient: str, sent_on: date, received_by: str = ""
) -> DocumentCopy:
    """抄送: one recipient of a copy, with the day and who signed for it. Raises `Refused` before issue and for doubles."""
    fresh = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    if not (has(by, Permission.DRAFT, fresh.organ_id) or has(by, Permission.NUMBER, fresh.organ_id)):
        raise Refused("抄送由起草单位或者文书登记。", "A9.7e")
    if fresh.issued_on is None or fresh.step == DocumentStep.VOIDED:
        raise Refused("文书印发以后才能登记抄送。", "A9.7e")
    if not recipient.strip() or not fresh.issued_on <= sent_on <= local_day(at):
        raise Refused("请填写抄送单位；抄送日期应在印发日期和今天之间。", "A9.7e")
    if fresh.copies.filter(recipient=recipient.strip()).exists():  # type: ignore[attr-defined]
        raise Refused(f"已登记抄送{recipient.strip()}，不重复登记。", "A9.7e")
    rules.words_only(recipient, received_by).enforce()
    made = DocumentCopy.objects.create(document=fresh, recipient=recipient.strip(), sent_on=sent_on,
                                       received_by=received_by.strip(), recorded_by=by, recorded_at=at)  # fmt: skip
    record(fresh, "copy", by=by, at=at, label="登记抄送", note=made.recipient, article="A9.7e")
    return made


@transaction.atomic
def close_document(document: IssuedDocument, *, by: Any, at: datetime, effect: str) -> None:
    """办结: every point is answered and read, and the effect is put down ("谁建议谁跟踪"). Raises `Refused`."""
    if not effect.strip():
        raise Refused("请写明落实成效：问题是否整改、制度是否建立。", "A9.7e")
    rules.words_only(effect).enforce()
    move(document, "close", by=by, at=at, note=effect.strip(), along={"effect": effect.strip()})


# --- pressing what is late ---


@transaction.atomic
def draft_letter(document: IssuedDocument, *, by: Any, at: datetime) -> IssuedDocument:
    """督办函 about a document whose reply is overdue: number, days and 第几次 are filled in (A9.8c). Raises `Refused`.

    One letter at a time: while the last one is not served there is no next one.
    """
    day = local_day(at)
    first = document.follows or document
    locked = IssuedDocument.objects.select_for_update().get(pk=first.pk)
    rules.may_be_urged(locked, on=day).enforce()
    letters = locked.letters.live()  # type: ignore[attr-defined]
    waiting = letters.filter(served_on__isnull=True).first()
    if waiting is not None:
        raise Refused(f"第{waiting.urge_no}次督办函还在办理（{waiting.get_step_display()}），不需要再起草。", "A9.8c")
    count = letters.count() + 1
    term = rules.letter_term(day)
    return draft_document(
        locked.organ, DocumentKind.SUPERVISION_LETTER, unit=locked.unit, by=by, at=at,
        title=_letter_title(locked.title), sections=rules.letter_sections(locked, on=day, by=by),
        points=_late_points(locked, term), follows=locked, urge_no=count, due_on=term, reply_due_on=term,
        in_name_of_commission=locked.in_name_of_commission,
    )  # fmt: skip


def _letter_title(title: str) -> str:
    """The title of the pressed document in that of the letter; one that would burst the line is cut, never the letter's own words."""
    room = TITLE_LENGTH - len("关于督促落实《》的督办函")
    kept = title if len(title) <= room else f"{title[: room - 2]}……"
    return f"关于督促落实{titled(kept)}的督办函"


def _late_points(document: IssuedDocument, term: date) -> list[dict[str, Any]]:
    late = set(rules.unanswered_points(document)) or set(document.points.values_list("seq", flat=True))
    return [
        {"problem": point.problem, "text": point.text, "demand": point.demand, "due_on": term}
        for point in document.points.select_related("problem__item")
        if point.seq in late
    ]


# --- what the chain causes ---


def approved(paper: Any, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """The last signature: 签发人 is the last leader who signed, not the secretary who wrote the committee's decision down."""
    last = step.approval.steps.exclude(rung=Rung.STANDING_COMMITTEE).filter(acted_by__isnull=False).last()
    signer = (last.on_behalf_of or last.acted_by) if last is not None else by
    event = move(paper, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"signed_by": signer})  # fmt: skip
    told_by(event, holders(Permission.NUMBER, paper.organ_id), f"{paper.kind_word}“{paper}”已批准，请编号印发。",
            link=paper.get_absolute_url())  # fmt: skip


def returned(paper: Any, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """Back to its author with the reason."""
    move(paper, "return", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of)


def withdrawn(paper: Any, *, by: Any, at: datetime) -> None:
    """Taken back by its author."""
    move(paper, "take_back", by=by, at=at, by_chain=True)


def authors(paper: Any) -> set[int]:
    """Whoever wrote or rewrote the text; none of them signs it."""
    wrote = Event.objects.of(paper).filter(verb__in=("draft", "edit")).values_list("by_id", flat=True)
    return {paper.created_by_id, *wrote}


def _rungs(document: IssuedDocument) -> Sequence[Rung]:
    chain = (Rung.HEAD, Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY, Rung.STANDING_COMMITTEE)
    return chain[: document.rungs]


approvals.register_route(
    IssuedDocument,
    approvals.Route(
        article="A9.7e",
        title=lambda document: f"{document.kind_word}：{document.title}（致{document.unit}）",
        rungs=_rungs,
        snapshot=as_submitted,
        template="",
        approved=approved,
        returned=returned,
        withdrawn=withdrawn,
        authors=authors,
        filed="送文书编号",
    ),
)
