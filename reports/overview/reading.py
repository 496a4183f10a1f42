"""One overview: what was chosen, the tiles and the charts; the page, the paper and the workbook show the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Organ
from accounts.permissions import visible_organ_ids
from reports.counting.catalogue import Scope
from reports.overview.charts import Chart, Ground, charts
from reports.overview.spans import Span
from reports.overview.tiles import Tile, tiles

COUNTY = "全县"


@dataclass(frozen=True)
class Overview:
    """Everything that one reader sees of one span."""

    span: Span
    organ: Organ | None
    where: str
    on: date
    tiles: Sequence[Tile]
    charts: Sequence[Chart]

    @property
    def title(self) -> str:
        """As it stands over the paper."""
        return f"{self.where}{self.span.label}政治监督情况统计"


def overview_of(user: Any, span: Span, organ: Organ | None, *, today: date) -> Overview:
    """The figures of the organs that the user reads, or of one of them. The same number of queries for any county."""
    readable = visible_organ_ids(user)
    ids = readable & {organ.pk} if organ else readable
    scope = Scope.of(ids, span.first, span.last, today=today)
    names = {
        pk: short or name
        for pk, short, name in Organ.objects.filter(pk__in=ids).values_list("pk", "short_name", "name")
    }
    days = span.query
    ground = Ground(scope, names, days, organ.pk if organ else None)
    query = f"{days}&organ={organ.pk}" if organ else days
    return Overview(
        span, organ, organ.label if organ else where_of(user), scope.on, tiles(scope, query), charts(ground)
    )


def where_of(user: Any) -> str:
    """Whose figures they are when no organ is chosen: the county's for who reads it all, else 分管单位."""
    county = user.organ.county()
    whole = set(Organ.objects.within(county).exclude(pk=county.pk).values_list("pk", flat=True))
    return COUNTY if whole <= visible_organ_ids(user) else "分管单位"


def counted_organ_ids(user: Any) -> frozenset[int]:
    """The organs whose records are counted for a reader: those he reads, and the commission itself for who reads its county."""
    readable = visible_organ_ids(user)
    return readable | {user.organ.county().pk} if readable and where_of(user) == COUNTY else readable
