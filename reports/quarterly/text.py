"""The draft of a quarterly report from the organ's own records, section by section, its numbers as live marks (A10.4a).

Only what is on record is written. 存在困难 is left to the writer; a section without a record says so in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Q, Value, When

from accounts.citations import quoted
from accounts.periods import Period
from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form, ItemStep
from reports.counting.catalogue import FIGURES, Scope
from reports.quarterly.outline import SECTIONS
from reports.quarterly.tokens import number_of
from supervision.documents.kinds import DocumentKind
from supervision.states import Severity

SHOWN = 10  # names in a list; the ledger behind the report has them all


@dataclass(frozen=True)
class Sources:
    """What a draft is written from: who reports, which quarter, the figures of that moment and their scope."""

    name: str
    period: Period
    scope: Scope
    figures: Mapping[str, Mapping[str, Any]]

    def has(self, key: str) -> bool:
        """Whether the figure is there and not zero."""
        return key in self.figures and number_of(self.figures[key]["value"]) != 0

    def any(self, keys: Iterable[str]) -> bool:
        """Whether one of the figures is not zero."""
        return any(self.has(key) for key in keys)


def mark(key: str) -> str:
    """发现问题 with its live number."""
    return f"{FIGURES[key].label}{{{{{key}}}}}"


def change(key: str) -> str:
    """The live change against the quarter before."""
    return f"{{{{{key}:change}}}}"


def marks(sources: Sources, keys: Iterable[str], joint: str = "、") -> str:
    """Those of the figures that are not zero, one behind the other."""
    return joint.join(mark(key) for key in keys if sources.has(key))


def _lines(lead: str, names: Iterable[str]) -> str:
    rows = [" ".join(name.split()).rstrip("。；;") for name in names]
    if not rows:
        return ""
    more = f"\n以上为前{SHOWN}项，共{len(rows)}项。" if len(rows) > SHOWN else ""
    return f"\n{lead}\n" + "\n".join(f"{n}. {name}。" for n, name in enumerate(rows[:SHOWN], 1)) + more


def _paragraph(*sentences: str) -> str:
    return "".join(f"{sentence}。" for sentence in sentences if sentence)


def development(sources: Sources) -> str:
    """Projects by form, rounds, checks, training; the projects by name."""
    if not sources.any(("items", "rounds_started", "rounds_ended", "activities", "trainings")):
        return f"{sources.period.label}没有登记监督项目和监督检查活动。"
    forms = marks(sources, (f"items_{form.value}" for form in Form))
    head = f"{sources.period.label}，{sources.name}推进{mark('items')}" + (f"，其中{forms}" if forms else "")
    checks = f"开展{mark('activities')}，{change('activities')}"
    led = marks(sources, ("special_checks", "led_checks"))
    rounds = marks(sources, ("rounds_started", "rounds_ended"), "，")
    trained = marks(sources, ("trainings", "trainees"), "，")
    names = (f"{title}（{Form(form).label}）" for title, form in _projects(sources.scope))
    return _paragraph(head, rounds, f"{checks}，其中{led}" if led else checks, trained) + _lines("监督项目：", names)


def _projects(scope: Scope) -> list[tuple[str, str]]:
    rows: Any = FIGURES["items"].rows(scope).order_by("form", "pk")
    return list(rows.values_list("title", "form"))


def problems(sources: Sources) -> str:
    """Found, on the spot, put to rectification, closed, still open; the graver ones by name."""
    if not sources.any(("problems_found", "rectification_open", "rectification_closed")):
        return "本季度监督检查没有登记发现问题，也没有待销号的问题。"
    kinds = marks(sources, ("problems_grave", "problems_on_spot", "problems_repeated"))
    areas = marks(sources, (f"problems_{area.value}" for area in FocusArea))
    found = f"共{mark('problems_found')}，{change('problems_found')}" + (f"，其中{kinds}" if kinds else "")
    cure = f"{mark('rectification_issued')}，{mark('rectification_closed')}，{change('rectification_closed')}"
    left = f"截至数据截止日，{mark('rectification_open')}，其中{mark('rectification_overdue')}"
    looks = marks(sources, ("extensions", "look_backs", "rebounds"))
    return _paragraph(found, f"按聚焦方面分，{areas}" if areas else "", cure, left, looks) + _named_problems(
        sources.scope
    )


def _named_problems(scope: Scope) -> str:
    grave = Case(*(When(severity=grade, then=Value(-n)) for n, grade in enumerate(Severity)), default=Value(0))
    rows: Any = FIGURES["problems_found"].rows(scope).order_by(grave, "pk")
    said = rows.values_list("unit__name", "description")
    return _lines("发现的主要问题：", (f"{unit}：{text[:80]}" for unit, text in said))


def disposal(sources: Sources) -> str:
    """Clues (numbers only), documents, accountability, the four forms. No name of a person is written."""
    kinds = marks(sources, (f"documents_{kind.value}" for kind in DocumentKind))
    papers = f"{mark('documents')}" + (f"，其中{kinds}" if kinds else "") if sources.has("documents") else ""
    clues = f"{mark('clues')}，{change('clues')}" if sources.has("clues") else "本季度没有移送问题线索"
    accountable = marks(sources, ("accountable_organs", "accountable_persons"))
    forms = marks(sources, (f"dispositions_{form}" for form in (1, 2, 3, 4)))
    dealt = f"{mark('dispositions')}" + (f"，其中{forms}" if forms else "") if sources.has("dispositions") else ""
    return _paragraph(clues, papers, accountable or "本季度没有问责事项", dealt)


def consultation(sources: Sources) -> str:
    """Consultations with the units' party groups, cases turned to reform, bulletins."""
    said = marks(sources, ("consultations", "case_rectifications", "bulletins"), "，")
    return _paragraph(said or "本季度没有登记专题会商、以案促改和典型问题通报")


def institutions(sources: Sources) -> str:
    """Institutions built and money recovered, as the registers hold them; what 销号 proved stands there too."""
    keys = ("institutions", "losses_recovered")
    if not sources.any(keys):
        return "本季度没有登记完善制度和挽回经济损失。"
    names: Any = FIGURES["institutions"].rows(sources.scope).order_by("issued_on", "pk")
    lines = _lines(
        "建立完善的制度：", (f"《{title.strip('《》')}》" for title in names.values_list("title", flat=True))
    )
    return _paragraph("，".join(mark(key) for key in keys if sources.has(key))) + lines


def difficulties(sources: Sources) -> str:
    """Nobody but the writer knows."""
    return ""


def plans(sources: Sources) -> str:
    """Projects that go on in the next quarter, and what is still to be struck off."""
    coming = sources.period.next()
    going_on = Q(period_start__lte=coming.last, period_end__gte=coming.first)
    rows: Any = ChecklistItem.objects.filter(going_on, step=ItemStep.LISTED, lead_organ_id__in=sources.scope.organs)
    names = [f"继续推进{quoted(title)}" for title in rows.order_by("form", "pk").values_list("title", flat=True)]
    if sources.has("rectification_open"):
        names.append(f"紧盯{mark('rectification_open')}，逐项督促整改销号")
    return _lines("下季度重点做好以下工作：", names).strip()


WRITERS: dict[str, Callable[[Sources], str]] = {
    "development": development,
    "problems": problems,
    "disposal": disposal,
    "consultation": consultation,
    "institutions": institutions,
    "difficulties": difficulties,
    "plans": plans,
}


def draft(sources: Sources) -> list[dict[str, str]]:
    """All sections as they are stored."""
    return [{"key": key, "heading": heading, "text": WRITERS[key](sources)} for key, heading in SECTIONS.items()]
