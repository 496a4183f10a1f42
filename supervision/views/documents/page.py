"""One document or bulletin: the paper on the left; its way, its points, its reply and the buttons on the right."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.approvals import paper_url
from accounts.http import reads, writes
from accounts.lists import named_id
from accounts.models import Approval, Attachment, Event
from accounts.permissions import Permission, has, organ_ids
from accounts.uploads import ACCEPT
from accounts.workflow import Refused
from checklists.views.frame import done, offers
from supervision.actions.documents import bulletins as bulletin_acts
from supervision.actions.documents import drafting as acts
from supervision.actions.documents.numbering import (
    add_annexes,
    drop_paper,
    issue_paper,
    known_prefix,
    number_paper,
    send_back,
    take_off_annex,
    void_paper,
)
from supervision.actions.documents.replies import read_reply, record_reply
from supervision.documents import rules
from supervision.documents.kinds import EDITABLE, TONES
from supervision.documents.words import annex_words, annexes_of, text_of
from supervision.forms.documents import CopyForm, IssueForm, NumberForm, ReplyForm, ServeForm, VerdictForm
from supervision.models import IssuedDocument, TypicalBulletin

VERBS = ("submit", "drop", "number", "send_back", "issue", "void", "serve", "close")
RELATED = ("steps__signer", "steps__acted_by", "steps__on_behalf_of", "steps__resolution")
Work = tuple[Callable[[], Any], str]


def _document(request: HttpRequest, pk: int) -> IssuedDocument:
    rows = IssuedDocument.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ__parent", "unit", "follows", "signed_by", "created_by"), pk=pk)


@reads
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document."""
    row, user, today = _document(request, pk), request.user, timezone.localdate()
    drafts = has(user, Permission.DRAFT, row.organ_id)
    points = list(row.points.select_related("problem"))
    replies = _replies(row, drafts)
    gaps = rules.unanswered_points(row) if replies else []
    letters = list((row.follows or row).letters.live().order_by("urge_no"))
    urge = rules.may_be_urged(row.follows or row, on=today) if drafts and row.served_on else None
    pending = next((letter for letter in letters if letter.served_on is None), None)
    shown = _rail(row, user) | {
        "points": points, "replies": replies, "gaps": rules.points_in_words(gaps), "silent": gaps, "urge": urge,
        "letters": [] if row.follows else letters, "pending": pending, "drafts": drafts, "accept": ACCEPT,
        "may_edit": drafts and row.step in EDITABLE, "overdue": row.is_overdue(on=today),
        "copies": list(row.copies.all()), "copy_form": CopyForm(initial={"sent_on": today}),
        "may_copy": row.issued_on and row.step != "voided" and (drafts or has(user, Permission.NUMBER, row.organ_id)),
        "serve_form": ServeForm(initial={"served_on": today, "served_to": ""}),
        "reply_form": ReplyForm(document=row, initial={"received_on": today, "sender": row.unit.name}),
    }  # fmt: skip
    return render(request, "supervision/documents/document.html", shown)


def _replies(row: IssuedDocument, drafts: bool) -> list[dict[str, Any]]:
    found = []
    for reply in row.replies.select_related("recorded_by").prefetch_related("answers__point", "answers__read_by"):
        answers = list(reply.answers.all())
        files = list(Attachment.objects.of(reply))
        form = VerdictForm(answers=answers, prefix=f"r{reply.pk}") if drafts and row.step == "replied" else None
        found.append({"reply": reply, "answers": answers, "files": files, "form": form})
    return found


def _rail(row: Any, user: Any) -> dict[str, Any]:
    """What a document and a bulletin have in common on their page."""
    rounds = Approval.objects.of(row).select_related("submitted_by").prefetch_related(*RELATED)
    offered = {offer["verb"]: offer for offer in offers(row, tuple(v for v in VERBS if v in _table(row)), user)}
    year, text = timezone.localdate().year, text_of(row)
    return {
        "paper": row, "text": text, "annex_words": annex_words(text.get("annexes", [])), "annexes": annexes_of(row),
        "tone": TONES.get(row.step, ""), "offers": offered, "accept": ACCEPT,
        "rounds": list(reversed(rounds)), "events": Event.objects.of(row).select_related("by", "on_behalf_of"),
        "prefix": known_prefix(row.name_organ, row.series_kind, year) if "number" in offered else "",
        "issue_form": IssueForm(initial={"issued_on": timezone.localdate()}), "may_read": has(user, Permission.READ, row.organ_id),
    }  # fmt: skip


def _table(row: Any) -> tuple[str, ...]:
    return VERBS if isinstance(row, IssuedDocument) else VERBS[:6]


def _cleaned(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Refused(f"{form.fields[name].label if name in form.fields else ''}：{errors[0]}", "A9.7e")
    return form.cleaned_data


@writes
def document_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one document."""
    row = _document(request, pk)
    verb = request.POST.get("verb", "")
    if verb == "submit":
        return _submitted(request, row, lambda: acts.submit_document(row, by=request.user, at=timezone.now()))
    if verb == "letter":
        return _letter(request, row)
    work, said = {**_clerk_verbs(request, row), **_own_verbs(request, row)}.get(verb, (_unknown, ""))
    return done(request, work, said, row.get_absolute_url())


def _clerk_verbs(request: HttpRequest, row: Any) -> dict[str, Work]:
    by, at, reason = request.user, timezone.now(), request.POST.get("reason", "")
    typed = NumberForm(request.POST)
    return {
        "number": (
            lambda: number_paper(row, by=by, at=at, prefix=_cleaned(typed)["mark"]),
            "已编号，号码已登记在发文登记簿。",
        ),
        "issue": (lambda: issue_paper(row, by=by, at=at, **_cleaned(IssueForm(request.POST))), "已印发，文本已锁定。"),
        "annex": (lambda: add_annexes(row, request.FILES.getlist("file"), by=by, at=at), "附件已上传。"),
        "take_off": (lambda: take_off_annex(row, named_id(request.POST, "annex") or 0, by=by, at=at), "附件已移除。"),
        "send_back": (lambda: send_back(row, by=by, at=at, reason=reason), "已退回起草单位。"),
        "void": (lambda: void_paper(row, by=by, at=at, reason=reason), "已作废，号码不再使用。"),
        "drop": (lambda: drop_paper(row, by=by, at=at, reason=reason), "已放弃起草。"),
    }


def _own_verbs(request: HttpRequest, row: IssuedDocument) -> dict[str, Work]:
    by, at = request.user, timezone.now()
    return {
        "serve": (lambda: acts.serve_document(row, by=by, at=at, **_cleaned(ServeForm(request.POST))), "已登记送达。"),
        "copy": (lambda: acts.note_copy(row, by=by, at=at, **_cleaned(CopyForm(request.POST))), "已登记抄送。"),
        "close": (lambda: acts.close_document(row, by=by, at=at, effect=request.POST.get("effect", "")), "已办结。"),
    }


def _unknown() -> None:
    raise Refused("没有认出要办的事，请刷新页面后重试。")


def _submitted(request: HttpRequest, row: Any, work: Callable[[], Approval]) -> HttpResponse:
    sent: list[Approval] = []
    answer = done(request, lambda: sent.append(work()), "已层报审批。", row.get_absolute_url())
    return redirect(paper_url(sent[0])) if sent else answer


def _letter(request: HttpRequest, row: IssuedDocument) -> HttpResponse:
    made: list[IssuedDocument] = []
    said = "已起草督办函，请核对后层报审批。"
    answer = done(
        request,
        lambda: made.append(acts.draft_letter(row, by=request.user, at=timezone.now())),
        said,
        row.get_absolute_url(),
    )
    return redirect(made[0].get_absolute_url()) if made else answer


def _mine(request: HttpRequest, pk: int) -> IssuedDocument:
    ids = organ_ids(request.user, Permission.DRAFT)
    return get_object_or_404(IssuedDocument.objects.filter(organ_id__in=ids).select_related("unit"), pk=pk)


@writes
def document_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Register a reply with its files."""
    row = _mine(request, pk)

    def work() -> None:
        form = ReplyForm(request.POST, document=row)
        _cleaned(form)
        record_reply(row, by=request.user, at=timezone.now(), files=request.FILES.getlist("file"), **form.values())

    return done(request, work, "已登记回复，请逐项审阅。", row.get_absolute_url())


@writes
def document_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's finding on each point of a reply."""
    row = _mine(request, pk)
    reply = row.replies.filter(pk=named_id(request.POST, "reply") or 0).first()

    def work() -> None:
        if reply is None:
            raise Refused("没有找到这份回复，请刷新页面。", "A9.7e")
        answers = list(reply.answers.select_related("point"))
        form = VerdictForm(request.POST, answers=answers, prefix=f"r{reply.pk}")
        _cleaned(form)
        verdicts, notes = form.split()
        read_reply(reply, verdicts, by=request.user, at=timezone.now(), notes=notes)

    return done(request, work, "已登记审阅意见。", row.get_absolute_url())


# --- bulletins ---


def _bulletin(request: HttpRequest, pk: int) -> TypicalBulletin:
    rows = TypicalBulletin.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organ__parent", "signed_by", "created_by"), pk=pk)


@reads
def bulletin(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin."""
    row = _bulletin(request, pk)
    drafts = has(request.user, Permission.DRAFT, row.organ_id)
    shown = _rail(row, request.user) | {
        "cases": list(row.cases.select_related("problem")), "may_edit": drafts and row.step in EDITABLE, "drafts": drafts,
    }  # fmt: skip
    return render(request, "supervision/documents/bulletin.html", shown)


@writes
def bulletin_act(request: HttpRequest, pk: int) -> HttpResponse:
    """One verb on one bulletin."""
    row = _bulletin(request, pk)
    verb = request.POST.get("verb", "")
    if verb == "submit":
        return _submitted(request, row, lambda: bulletin_acts.submit_bulletin(row, by=request.user, at=timezone.now()))
    work, said = _clerk_verbs(request, row).get(verb, (_unknown, ""))
    return done(request, work, said, row.get_absolute_url())
