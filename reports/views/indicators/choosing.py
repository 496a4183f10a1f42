"""What the address of a page of indicators asks for: days, organ and topic, each within what the reader reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Organ
from accounts.periods import PeriodKind
from accounts.permissions import visible_organ_ids
from checklists.models import Topic
from reports.counting.catalogue import Scope
from reports.forms.figures import IndicatorFilter
from reports.indicators.telling.paper import head_of
from reports.indicators.telling.texts import Whose
from reports.overview.reading import COUNTY, counted_organ_ids, where_of
from reports.overview.spans import Span, chips, steps


@dataclass(frozen=True)
class Chosen:
    """The scope, its words, and what a link to a neighbouring page keeps."""

    span: Span
    scope: Scope
    organ: Organ | None
    topic: Topic | None
    where: str
    who: str  # the same in full, as a sentence names it
    whose: Whose
    filters: IndicatorFilter
    values: dict[str, Any]
    today: date

    @property
    def organ_id(self) -> int | None:
        """Of the organ that was chosen, for links."""
        return self.organ.pk if self.organ else None

    @property
    def kept(self) -> dict[str, Any]:
        """Everything but the days, as an address says it."""
        plain = {name: self.values[name] for name in ("q", "group", "rounding") if self.values.get(name)}
        named = (("organ", self.organ), ("topic", self.topic))
        return {**{name: one.pk for name, one in named if one}, **plain}

    @property
    def query(self) -> str:
        """The part of an address that keeps days, organ and topic."""
        more = {name: value for name, value in self.kept.items() if name in ("organ", "topic")}
        return "&".join(part for part in (self.span.query, urlencode(more)) if part)

    @property
    def head(self) -> str:
        """The line over a paper or a workbook."""
        return head_of(self.where, self.span.label, self.topic.name if self.topic else "", self.scope.on)

    def shown(self) -> dict[str, Any]:
        """What every page of indicators puts before its content."""
        return {"chosen": self, "span": self.span, "filters": self.filters, "chips": chips(self.span, self.kept, self.today),
                "steps": steps(self.span, self.kept)}  # fmt: skip


def choose(request: HttpRequest, *, without: tuple[str, ...] = ()) -> Chosen:
    """The running year of all organs that the user reads, unless the address says else; a foreign organ is a 404."""
    today = timezone.localdate()
    readable, organs = visible_organ_ids(request.user), Organ.objects.visible_to(request.user)
    filters = IndicatorFilter(request.GET, organs=organs, today=today, usual=PeriodKind.YEAR, without=without)
    span, values = filters.span, filters.chosen()
    organ, topic = values.get("organ"), values.get("topic")
    scope = Scope.of(counted_organ_ids(request.user), span.first, span.last, today=today)
    scope = replace(scope.only(organ.pk) if organ else scope, topic=topic.pk if topic else None)
    only = organ or (organs.get(pk__in=readable) if len(readable) == 1 else None)
    where = only.label if only else where_of(request.user)
    return Chosen(
        span, scope, organ, topic, where, only.name if only else where, _whose(where, only), filters, values, today
    )


def _whose(where: str, only: Organ | None) -> Whose:
    """What kind of subject a text has: the county, some organs, or one."""
    if only is None:
        return Whose.COUNTY if where == COUNTY else Whose.SOME
    return Whose.GROUP if only.is_stationed else Whose.ORGAN
