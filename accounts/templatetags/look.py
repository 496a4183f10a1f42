"""Small parts of every page: icons, the time badge, form controls, the address of a filtered list, the navigation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from accounts.calendar import spoken
from accounts.citations import article_of as article_of_ref
from accounts.citations import cite
from accounts.models import Duty
from accounts.periods import Period
from accounts.writing.typed import fields_of

register = template.Library()
DASHES = "---------"


@register.simple_tag
def icon(name: str) -> str:
    """One drawing of the sprite; decoration only, the word stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("img/icons.svg"),
        name,
    )


@register.filter
def in_words(day: date | None) -> str:
    """A day as written in a sentence: 2026年9月25日（周五）."""
    return spoken(day) if day else ""


@register.filter
def period_words(period: str) -> str:
    """A period as people say it: 2026Q3 is 2026年第三季度, 2026H2 is 2026年下半年, 2026 is 2026年."""
    try:
        return Period.read(period).label
    except ValueError:  # no calendar period: a subject's own words
        return period


@register.simple_tag
def basis(ref: str, edition: str = "") -> str:
    """The article behind a rule, in the office's words; opens its wording in the dialog where that page exists.

    `edition` is the document number under which a record was made: its link opens that edition, not a later one.
    """
    if not ref:
        return ""
    try:
        address = reverse("checklists:article", args=[article_of_ref(ref)])
        address += f"?{urlencode({'edition': edition})}" if edition else ""
    except NoReverseMatch:
        return format_html('<span class="basis">依据{}</span>', cite(ref))
    return format_html('<a class="basis" href="{0}" hx-get="{0}" hx-target="#dialog">依据{1}</a>', address, cite(ref))


# "第六条第（一）项" -> "A6.1", for every article and item that a sentence can cite.
_KEYS = {cite(key): key for key in (
    *(f"A{article}" for article in range(1, 41)),
    *(f"A{article}.{item}" for article in range(1, 41) for item in range(1, 5 if article == 7 else 13)),
)}  # fmt: skip
_CITED = re.compile(r"依据(第[一二三四五六七八九十]+条(?:第（[一二三四五六七八九十]+）项|“[^”]{3}”)?)")


@register.filter
def with_basis(sentence: str) -> str:
    """A refusal whose article opens summary and wording: “（依据第六条第（一）项）” becomes a link inside the sentence."""
    parts = _CITED.split(str(sentence))
    pieces = [
        (basis(_KEYS[part]) if index % 2 and part in _KEYS else ("依据" if index % 2 else "") + part,)
        for index, part in enumerate(parts)
    ]
    return format_html_join("", "{}", pieces)


# --- time ---------------------------------------------------------------------------------------------------------------


def due_words(due_on: date | None, today: date, finished_on: date | None = None) -> tuple[str, str, str]:
    """How a term stands, as (tone, icon, words). Tones: good, soon, late, none. Days are calendar days."""
    if due_on is None:
        return "none", "calendar", "未定期限"
    if finished_on is not None:
        late = (finished_on - due_on).days
        return ("late", "late", f"逾期{late}天完成") if late > 0 else ("good", "done", "按时完成")
    left = (due_on - today).days
    if left < 0:
        return "late", "late", f"已逾期{-left}天"
    if left <= Duty.SOON_DAYS:
        return "soon", "hourglass", "今天到期" if left == 0 else f"还有{left}天"
    return "good", "clock", f"还有{left}天"


@register.simple_tag(takes_context=True)
def due(context: template.Context, due_on: date | None, finished_on: date | None = None) -> str:
    """The time badge: colour, icon and word. `today` comes with the page's frame."""
    tone, drawing, words = due_words(due_on, context["today"], finished_on)
    return format_html('<span class="due due-{}">{}{}</span>', tone, icon(drawing), words)


# --- forms --------------------------------------------------------------------------------------------------------------


@register.simple_tag
def control(field: forms.BoundField) -> str:
    """The field's control with the house's classes, tied to its help and its error for screen readers."""
    widget = field.field.widget
    _speak_plainly(field.field)
    attrs: dict[str, str | bool] = {"class": f"{widget.attrs.get('class', '')} {_control_class(widget)}".strip()}
    if field.errors:
        attrs["aria-invalid"] = "true"
    described = [f"{field.auto_id}_help"] if _has_help(field) else []
    described += [f"{field.auto_id}_error"] if field.errors else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    return field.as_widget(attrs=attrs)


def _speak_plainly(field: forms.Field) -> None:
    """Days and moments in the browser's own picker, which reads ISO only; an empty choice in words."""
    widget = field.widget
    if isinstance(widget, forms.DateInput | forms.DateTimeInput):
        with_time = isinstance(widget, forms.DateTimeInput)
        widget.input_type, widget.format = ("datetime-local", "%Y-%m-%dT%H:%M") if with_time else ("date", "%Y-%m-%d")
        widget.attrs.pop("type", None)
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = "请选择"
    elif isinstance(widget, forms.Select) and not isinstance(field, forms.ModelChoiceField):
        widget.choices = [(key, "请选择" if label == DASHES else label) for key, label in widget.choices]


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def _has_help(field: forms.BoundField) -> bool:
    return bool(field.help_text or article_of(field))


@register.filter
def article_of(field: forms.BoundField) -> str:
    """The article that a form names for a field in its `articles`, or nothing."""
    return getattr(field.form, "articles", {}).get(field.name, "")


@register.filter
def is_group(field: forms.BoundField) -> bool:
    """Several choices under one legend instead of one control under one label."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_tick(field: forms.BoundField) -> bool:
    """A single box to tick, whose label stands to its right."""
    return isinstance(field.field.widget, forms.CheckboxInput)


# --- lists --------------------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: Any) -> str:
    """The present address with some parameters changed; None removes one. Paging starts over unless it is what changes."""
    query = context["request"].GET.copy()
    if not {"after", "before"} & changes.keys():
        changes = {"after": None, "before": None, **changes}
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"


@register.inclusion_tag("_sort.html", takes_context=True)
def sort_head(context: template.Context, key: str, label: str, usual: bool = False) -> dict[str, Any]:
    """A table head that orders its list: first press upward, second downward. `usual` marks the order of the bare list."""
    wanted = context["request"].GET.get("sort", "")
    up, down = wanted == key or (usual and not wanted.lstrip("-")), wanted == f"-{key}"
    query = here(context, sort=f"-{key}" if up else key)
    return {"label": label, "address": query, "direction": "ascending" if up else "descending" if down else ""}


# --- navigation ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One line of the navigation: the office's word, the page, its drawing, and the addresses that belong to it."""

    word: str
    page: str
    drawing: str
    under: tuple[str, ...] = ()


WORK = (
    Way("工作台", "accounts:desk", "desk"),
    Way("监督清单", "checklists:home", "checklist"),
    Way("工作台账", "ledgers:home", "ledger"),
    Way("工作登记", "ledgers:register_home", "edit"),
    Way("监督轮次", "supervision:rounds", "round"),
    Way("问题整改", "supervision:problems", "problem"),
    Way(
        "文书报告",
        "reports:home",
        "document",
        ("/documents/", "/inspection-reports/", "/copies/", "/clues/", "/accountability/"),
    ),
)
PAPERS = (
    Way("季度报告", "reports:quarterly", "send"),
    Way("听取汇报", "reports:briefings", "person"),
    Way("年度报告", "reports:hearings", "chart", ("/annual-reports/",)),
    Way("政治表现评价", "reports:appraisals", "person"),
    Way("政治生态分析", "reports:ecology", "document"),
    Way("质效评估", "reports:evaluation", "checklist"),
    Way("报告研判", "supervision:committee_reports", "sign"),
    Way("常委会会议", "reports:committee", "calendar"),
)
READINGS = (
    Way("统计评估", "reports:overview", "chart", ("/figures/",)),
    Way("数据指标", "reports:indicators", "search"),
    Way("制度对表", "accounts:matrix", "chart", ("/duties/punctuality/",)),
    Way("职责期限", "accounts:duties", "clock"),
    Way("矛盾核对", "reports:checks", "stop"),
)
OFFICE = (
    Way("制度依据", "checklists:regulation", "regulation"),
    Way("单位名录", "accounts:organs", "organs"),
    Way("分工与代理", "accounts:assignments", "sign"),
    Way("工作日历", "accounts:calendar", "calendar"),
    Way("期限参数", "accounts:limits", "settings"),
)
SYSTEM = (
    Way("用户管理", "accounts:users", "person"),
    Way("后台运行", "accounts:background", "settings"),
    Way("审计日志", "accounts:audit", "history"),
)


@register.inclusion_tag("_nav.html", takes_context=True)
def navigation(context: template.Context) -> dict[str, Any]:
    """The left navigation: only pages that exist and that the user's role may open."""
    pages = context.get("open_pages", ())
    allowed = pages() if callable(pages) else pages
    path = context["request"].path
    parts = (("", WORK), ("报告会议", PAPERS), ("统计对表", READINGS), ("办公", OFFICE), ("系统管理", SYSTEM))
    groups = [(word, [line for way in ways if (line := _line(way, allowed, path))]) for word, ways in parts]
    _only_the_nearest([line for _, lines in groups for line in lines])
    return {"groups": [(word, lines) for word, lines in groups if lines]}


def _only_the_nearest(lines: list[dict[str, Any]]) -> None:
    """Of two pages of which one lies under the other, only the inner one is where the reader stands."""
    nearest = max((len(line["address"]) for line in lines if line["here"]), default=0)
    for line in lines:
        line["here"] = line["here"] and len(line["address"]) == nearest


def _line(way: Way, allowed: Any, path: str) -> dict[str, Any] | None:
    if way.page not in allowed:
        return None
    try:
        address = reverse(way.page)
    except NoReverseMatch:
        return None
    inside = path == address or (address != "/" and path.startswith((address, *way.under)))
    return {"way": way, "address": address, "here": inside}


@register.inclusion_tag("_typed.html")
def typed(form: Any) -> dict[str, Any]:
    """What was typed into a form that can no longer be saved, to be copied."""
    return {"texts": [{"label": label, "words": words} for label, words in fields_of(form)]}


@register.inclusion_tag("_typed.html")
def typed_texts(texts: list[str]) -> dict[str, Any]:
    """The same for a refusal whose form nobody knows any more."""
    return {"texts": [{"label": f"您填写的文字（{number}）", "words": words} for number, words in enumerate(texts, 1)]}
