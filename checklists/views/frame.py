"""What the pages of the checklist share: the year of the address, the buttons a person is offered, refusals as messages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import log_access
from accounts.models import Organ
from accounts.permissions import has
from accounts.workflow import Refused, buttons, moves_of
from accounts.writing.overtaking import Overtaken
from checklists.selectors import cso_of


def office_of(request: HttpRequest) -> Organ:
    """党风政风监督室 of the user's county. Raises `Refused` where the county has none yet."""
    office = cso_of(request.user)
    if office is None:
        raise Refused("本县还没有设置党风政风监督室。请系统管理员先在“单位名录”中建立。", "A10.1b")
    return office


def offers(subject: Any, verbs: tuple[str, ...], user: Any) -> list[dict[str, Any]]:
    """Buttons of the verbs that are the user's to do and that this step knows; refused ones carry their reason."""
    table = moves_of(subject)
    right = [
        verb
        for verb in verbs
        if (line := table[verb]).permission is not None
        and has(user, line.permission, subject.organ_id)
        and subject.step in line.sources
    ]
    return buttons(subject, tuple(right), by=user)


TONES = {"submitted": "active", "open": "active", "compiling": "active", "draft": "faint", "withdrawn": "faint"}
FINAL = frozenset({"listed", "published", "applied", "closed"})


def tone_of(step: str) -> str:
    """The badge's tone of a step: under way, final, not begun; never a colour of time."""
    return "done" if step in FINAL else TONES.get(step, "")


def labelled(rows: list[dict[str, Any]], **choices: Any) -> list[dict[str, Any]]:
    """Flat rows with the office's words beside their codes: `step=ItemStep` adds `step_label`, and `tone`."""
    for row in rows:
        for name, vocabulary in choices.items():
            row[f"{name}_label"] = vocabulary(row[name]).label
        if "step" in choices:
            row["tone"] = tone_of(row["step"])
    return rows


def done(request: HttpRequest, verb: Callable[[], Any], sentence: str, back: str) -> HttpResponse:
    """Do it, say so, go back; a refusal is said on the page the person came from."""
    try:
        verb()
    except Refused as refused:
        messages.error(request, refused.full)
    else:
        messages.success(request, sentence)
    return redirect(back)


def refuse_on(form: Any, refused: Refused) -> None:
    """Show a refusal of the domain above the form, so that nothing typed is lost."""
    form.add_error(None, refused.full)
    if isinstance(refused, Overtaken):
        form.overtaken = refused


def exported(request: HttpRequest, name: str) -> None:
    """Leave a trace of an export."""
    log_access(request, "export", name)
