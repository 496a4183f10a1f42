"""A paper to sign: its text as submitted, its way, what changed, and the signature."""

from difflib import SequenceMatcher
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import select_template
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.actions import may_urge, meeting_fits, resolve, signed_below, urge
from accounts.approvals import (
    ROUTES,
    current_step,
    decide,
    differences,
    may_sign,
    may_withdraw,
    paper_url,
    signers,
    withdraw,
)
from accounts.forms.papers import ResolutionForm
from accounts.http import reads, writes
from accounts.lists import named_id
from accounts.models import Approval, ApprovalStep, Attachment, ChainState
from accounts.models.files import RESTRICTED
from accounts.panels import steps_to_sign
from accounts.roles import Rung
from accounts.workflow import AlreadyDecided, Refused

COMPARABLE = 4_000_000  # characters times characters; beyond that the comparison would keep the reader waiting
RELATED = ("steps__signer", "steps__acted_by", "steps__on_behalf_of", "steps__resolution")


def _paper(request: HttpRequest, pk: int) -> Approval:
    found = Approval.objects.visible_to(request.user).select_related("organ", "submitted_by").prefetch_related(*RELATED)
    return get_object_or_404(found, pk=pk)


@reads
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """The text on the left, the rail on the right."""
    paper = _paper(request, pk)
    return render(request, "accounts/approval.html", _rail(request, paper) | {"form": _resolution_form(paper)})


def _rail(request: HttpRequest, paper: Approval) -> dict[str, Any]:
    rounds = Approval.objects.of(paper.subject).select_related("submitted_by").prefetch_related(*RELATED)
    verdict = may_sign(paper, request.user, on=timezone.localdate())
    return {
        "approval": paper,
        "text": _template_of(paper).template,
        "original": _address_of(paper.subject),
        "step": current_step(paper) if paper.state == ChainState.RUNNING else None,
        "verdict": verdict,
        "consequence": _consequence(paper) if verdict else "",
        "rounds": list(reversed(rounds)),
        "changes": [change | {"pieces": pieces(change["old"], change["new"])} for change in differences(paper)],
        "attachments": _files(request, paper).values("pk", "name", "size"),
        "withdrawable": may_withdraw(paper, request.user),
        "mine": paper.submitted_by_id == request.user.pk,
        "urgeable": may_urge(paper, request.user),
    }


def _files(request: HttpRequest, paper: Approval) -> Any:
    """The paper's files; of a restricted one even the names are told to its readers alone."""
    readable = Attachment.objects.visible_to(request.user).values("pk")
    return Attachment.objects.of(paper.subject).filter(~Q(purpose=RESTRICTED) | Q(pk__in=readable))


def pieces(old: str, new: str) -> list[tuple[str, str]]:
    """A text with its changes in place: runs of ("same" | "old" | "new", words), character by character as Chinese needs."""
    found: list[tuple[str, str]] = []
    if len(old) * len(new) > COMPARABLE:
        return [("old", old), ("new", new)]
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", old[a:b]))
            continue
        found += [(side, words) for side, words in (("old", old[a:b]), ("new", new[c:d])) if words]
    return found


def _template_of(paper: Approval) -> Any:
    """The fragment that the kind of paper brings, else the plain one."""
    route = ROUTES.get(type(paper.subject))
    return select_template(
        [*([route.template] if route is not None and route.template else []), "accounts/_paper.html"]
    )


def _address_of(subject: Any) -> str:
    """Where the author works on the paper itself."""
    return subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else ""


def _following(paper: Approval) -> ApprovalStep | None:
    step = current_step(paper)
    return next((later for later in paper.steps.all() if step is not None and later.seq == step.seq + 1), None)


def _consequence(paper: Approval) -> str:
    """What the button does, in its own words."""
    following = _following(paper)
    if following is None:
        return f"同意，{ROUTES[type(paper.subject)].filed}"
    people = signers(paper.organ_id, following.rung, on=timezone.localdate())
    return f"同意，送{following.get_rung_display()}{people[0].full_name if people else ''}"


def _resolution_form(paper: Approval, data: Any = None) -> ResolutionForm | None:
    step = current_step(paper)
    if step is None or step.rung != Rung.STANDING_COMMITTEE:
        return None
    today, below = timezone.localdate(), signed_below(paper)
    return ResolutionForm(
        data, matter=ROUTES[type(paper.subject)].matter, fits=lambda day: meeting_fits(paper, day, on=today),
        earliest=timezone.localdate(below.acted_at) if below else None, initial={"meeting_on": today},
    )  # fmt: skip


@writes
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return, then on to the next paper that waits for me."""
    paper = _paper(request, pk)
    step_id = named_id(request.POST, "step")
    form = _resolution_form(paper, request.POST)
    if form is not None and may_sign(paper, request.user, on=timezone.localdate()):
        if not form.is_valid() or not _resolved(request, paper, form, step_id):
            return render(request, "accounts/approval.html", _rail(request, paper) | {"form": form}, status=422)
    else:
        note = request.POST.get("note", "")
        decide(paper, request.POST.get("decision", ""), by=request.user, at=timezone.now(), note=note, step_id=step_id)
    messages.success(request, _outcome(paper))
    return redirect(_next_paper(request.user))


def _resolved(request: HttpRequest, paper: Approval, form: ResolutionForm, step_id: int | None) -> bool:
    """Register the decision; what a rule refuses is said above the form, which keeps what was typed."""
    try:
        resolve(paper, form.cleaned_data, by=request.user, at=timezone.now(), step_id=step_id)
    except AlreadyDecided:
        raise
    except Refused as refused:
        form.add_error(None, refused.full)
        return False
    return True


def _outcome(paper: Approval) -> str:
    fresh = Approval.objects.prefetch_related("steps__signer").get(pk=paper.pk)
    step = current_step(fresh)
    if fresh.state == ChainState.RETURNED:
        return f"已退回{paper.organ.label}修改，理由已送达报送人：{paper.title}"
    if fresh.state == ChainState.APPROVED or step is None:
        return f"已批准：{paper.title}"
    return f"已送{step.get_rung_display()}{step.signer.full_name if step.signer else ''}签批：{paper.title}"


def _next_paper(user: Any) -> Any:
    following = steps_to_sign(user).select_related("approval").first()
    return paper_url(following.approval) if following is not None else "accounts:desk"


@writes
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The submitter takes the paper back to work on it."""
    paper = _paper(request, pk)
    withdraw(paper, by=request.user, at=timezone.now())
    messages.success(request, f"已撤回，可修改后重新报送：{paper.title}")
    return redirect(paper_url(paper))


@writes
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """A polite word to the signer."""
    paper = _paper(request, pk)
    messages.success(request, urge(paper, by=request.user, at=timezone.now()))
    back = request.POST.get("next", "")
    return redirect(back if back and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else paper_url(paper))
