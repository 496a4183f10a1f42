"""Readings over documents: the list, the register, points without an answer, problems without a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from accounts.models import Event
from supervision.documents.kinds import (
    BULLETIN,
    COPY_OUT,
    BulletinStep,
    DocumentKind,
    DocumentStep,
    RecommendationKind,
    ReplyVerdict,
)
from supervision.documents.rules import points_in_words
from supervision.models import (
    CopyOut,
    DocumentPoint,
    DocumentReply,
    IssuedDocument,
    NumberSeries,
    Problem,
    ReplyPoint,
    TypicalBulletin,
)
from supervision.states import RectificationStep

FAR = date(9999, 12, 31)
WAITING = (DocumentStep.SERVED, DocumentStep.REPLIED)
COLUMNS = (
    "pk", "kind", "recommendation_kind", "title", "step", "organ_id", "organ__name", "organ__short_name", "unit__name", "doc_prefix", "doc_year",
    "doc_number", "issued_on", "served_on", "due_on", "reply_due_on", "urge_no", "effect", "points_count", "sort_due",
)  # fmt: skip
ORDERS: dict[str, tuple[str, ...]] = {
    "new": ("-pk",),
    "due": ("sort_due", "pk"),
    "kind": ("kind", "-pk"),
    "unit": ("unit__name", "-pk"),
}
REPLIES = {"overdue": "回复逾期", "waiting": "等待回复", "gaps": "有未答复的点", "replied": "已回复"}
ANSWERED = (ReplyVerdict.ANSWERED, ReplyVerdict.PARTLY, "")


def document_rows(documents: QuerySet[IssuedDocument]) -> Any:
    """The values that the list shows; whatever no longer waits for a reply sorts last by term."""
    due = Case(
        When(step__in=WAITING, then=Coalesce("reply_due_on", Value(FAR))),
        default=Value(FAR),
        output_field=DateField(),
    )
    return documents.annotate(sort_due=due, points_count=Count("points")).values(*COLUMNS)


def filtered(documents: QuerySet[IssuedDocument], chosen: Mapping[str, Any], *, on: date) -> QuerySet[IssuedDocument]:
    """The documents that a reader asked for; `chosen` holds what the filter form understood."""
    for name in ("kind", "step", "organ", "unit"):
        if name in chosen:
            documents = documents.filter(**{name: chosen[name]})
    if year := chosen.get("year"):
        documents = documents.filter(Q(doc_year=year) | Q(doc_year__isnull=True, created_at__year=year))
    if reply := chosen.get("reply"):
        documents = documents.filter(_reply_state(reply, on))
    if q := chosen.get("q"):
        documents = documents.filter(Q(title__contains=q) | Q(unit__name__contains=q) | Q(doc_prefix__contains=q))
    return documents


def _reply_state(reply: str, on: date) -> Q:
    if reply == "overdue":
        return overdue(on)
    if reply == "waiting":
        return Q(step=DocumentStep.SERVED)
    if reply == "gaps":
        return Q(Exists(_silent_points(OuterRef("pk"))), step=DocumentStep.REPLIED)
    return Q(step__in=(DocumentStep.REPLIED, DocumentStep.CLOSED))


def _silent_points(document: Any) -> QuerySet[DocumentPoint]:
    said = ReplyPoint.objects.filter(point_id=OuterRef("pk"), verdict__in=ANSWERED)
    return DocumentPoint.objects.filter(document_id=document).exclude(Exists(said))


def overdue(on: date) -> Q:
    """The day of reply has passed: no reply at all, or points on which nothing acceptable was said (A9.7e)."""
    gaps = Q(Exists(_silent_points(OuterRef("pk"))), step=DocumentStep.REPLIED)
    return Q(reply_due_on__lt=on) & (Q(step=DocumentStep.SERVED) | gaps)


def silent_points(document_ids: Iterable[int]) -> dict[int, list[int]]:
    """Document -> numbers of its points without an acceptable answer, of documents that had a reply. One query."""
    replied = DocumentReply.objects.filter(document_id__in=list(document_ids)).values("document_id")
    said = ReplyPoint.objects.filter(point_id=OuterRef("pk"), verdict__in=ANSWERED)
    rows = DocumentPoint.objects.filter(document_id__in=replied).exclude(Exists(said)).order_by("seq")
    found: dict[int, list[int]] = defaultdict(list)
    for document_id, seq in rows.values_list("document_id", "seq"):
        found[document_id].append(seq)
    return found


def spoken(rows: list[dict[str, Any]], *, on: date) -> list[dict[str, Any]]:
    """Rows with words beside their codes: kind, number, step, state of the reply."""
    silent = silent_points([row["pk"] for row in rows])
    for row in rows:
        row["kind_word"] = kind_words(row)
        row["step_word"] = DocumentStep(row["step"]).label
        row["doc_no"] = number_words(row)
        row["gaps"] = points_in_words(silent.get(row["pk"], []))
        row["reply_word"] = _reply_words(row, on)
        row["waits"] = row["step"] in WAITING and bool(row["step"] == DocumentStep.SERVED or row["gaps"])
    return rows


def kind_words(row: Mapping[str, Any]) -> str:
    """The kind of a row of values as it is called on paper; a recommendation is called by its own kind."""
    own = row["recommendation_kind"]
    return f"{RecommendationKind(own).label}书" if own else DocumentKind(row["kind"]).label


def number_words(row: Mapping[str, Any]) -> str:
    """文号 of a row of values."""
    return f"{row['doc_prefix']}〔{row['doc_year']}〕{row['doc_number']}号" if row["doc_number"] else ""


def _reply_words(row: Mapping[str, Any], on: date) -> str:
    if row["gaps"]:
        return row["gaps"]
    if row["step"] == DocumentStep.SERVED:
        late = (on - row["reply_due_on"]).days if row["reply_due_on"] else 0
        return f"未回复，已逾期{late}天" if late > 0 else "等待回复"
    return {"replied": "各点均已答复", "closed": "已办结"}.get(row["step"], "")


# --- the register ---

REGISTER = ("pk", "title", "step", "doc_prefix", "doc_year", "doc_number", "issued_on", "organ__name", "void_reason",
            "signed_by__full_name", "numbered_by__full_name")  # fmt: skip


def register_rows(user: Any, kind: str, year: int) -> list[dict[str, Any]]:
    """发文登记簿 of one kind and year: every number that was taken, voided ones with their reason, in order (A9.7e)."""
    if kind == COPY_OUT:
        return _copies_in_register(user, year)
    if kind == BULLETIN:
        bulletins: Any = TypicalBulletin.objects.visible_to(user).numbered().filter(doc_year=year)
        rows = bulletins.values(*REGISTER, "recipients").annotate(to=F("recipients"), served=F("issued_on"))
    else:
        documents: Any = IssuedDocument.objects.visible_to(user).numbered().filter(doc_year=year, kind=kind)
        replied = DocumentReply.objects.filter(document_id=OuterRef("pk")).order_by("received_on").values("received_on")
        rows = documents.values(*REGISTER, "served_to", "reply_due_on", "effect").annotate(
            to=F("unit__name"), served=F("served_on"), replied_on=Subquery(replied[:1])
        )
    found = list(rows.order_by("doc_prefix", "doc_number"))
    for row in found:
        row["doc_no"] = number_words(row)
        row["step_word"] = (BulletinStep if kind == BULLETIN else DocumentStep)(row["step"]).label
        row["voided"] = row["step"] == DocumentStep.VOIDED
        if kind == BULLETIN:
            row |= {"served_to": "", "served": None, "reply_due_on": None, "replied_on": None, "effect": ""}
    return found


def _copies_in_register(user: Any, year: int) -> list[dict[str, Any]]:
    rows: Any = CopyOut.objects.visible_to(user).filter(doc_number__isnull=False, doc_year=year)
    columns = ("pk", "doc_no", "report__title", "recipients", "organ__name", "signed_by", "issued_on", "void_reason")
    found = list(rows.order_by("doc_prefix", "doc_number").values(*columns))
    for row in found:
        row |= {"title": row["report__title"], "to": row["recipients"], "signed_by__full_name": row["signed_by"], "served": row["issued_on"],
                "served_to": "", "reply_due_on": None, "replied_on": None, "effect": "", "voided": bool(row["void_reason"])}  # fmt: skip
        row["step_word"] = "已作废" if row["voided"] else "已印发" if row["issued_on"] else "待印发"
    return found


def series_of(organ_ids: Iterable[int], kind: str, year: int) -> list[NumberSeries]:
    """The runs of numbers of these organs, for one kind and year."""
    rows = NumberSeries.objects.filter(organ_id__in=list(organ_ids), kind=kind, year=year)
    return list(rows.select_related("organ").order_by("organ__sort_order", "organ_id"))


# --- from the problems' side ---


def problems_without_document(problems: QuerySet[Problem]) -> QuerySet[Problem]:
    """Open problems to be rectified by a term, not put right on the spot, that no living document names (A9.7e)."""
    named = DocumentPoint.objects.filter(problem_id=OuterRef("pk")).exclude(document__step=DocumentStep.VOIDED)
    open_ones = problems.filter(removed_at__isnull=True, fixed_on_spot=False)
    return open_ones.exclude(rectification__step=RectificationStep.CLOSED).exclude(Exists(named))


def documents_of(problem: Problem, *, among: QuerySet[IssuedDocument]) -> list[dict[str, Any]]:
    """The documents that name a problem, newest first, `among` those the reader may see."""
    rows: Any = among.filter(pk__in=DocumentPoint.objects.filter(problem=problem).values("document_id"))
    found = list(
        rows.order_by("-pk").values(
            "pk", "kind", "recommendation_kind", "title", "step", "doc_prefix", "doc_year", "doc_number"
        )
    )
    for row in found:
        row["kind_word"], row["step_word"] = kind_words(row), DocumentStep(row["step"]).label
        row["doc_no"] = number_words(row)
    return found


# What a problem's own time line tells of its documents; signatures and numbering stand on the document itself.
MILESTONES = ("draft", "approve", "issue", "serve", "reply", "read", "close", "void", "drop", "copy")


def events_of_documents(problem: Problem, *, among: QuerySet[IssuedDocument]) -> list[Event]:
    """What happened to the documents that name a problem, each told with its document (one problem, one chain)."""
    documents = {row["pk"]: row for row in documents_of(problem, among=among)}
    kind = ContentType.objects.get_for_model(IssuedDocument)
    rows = Event.objects.filter(subject_type=kind, subject_id__in=documents, verb__in=MILESTONES)
    found = list(rows.select_related("by", "on_behalf_of").order_by("pk"))
    for event in found:
        row = documents[event.subject_id]
        event.label = f"{row['kind_word']}：{event.label}"
        event.note = event.note if event.note == row["doc_no"] else f"{row['doc_no']} {event.note}".strip()
    return found
