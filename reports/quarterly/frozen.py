"""The records behind a figure as a signed report keeps them, and how the same figure reads now (A10.1b, A10.4a)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reports.counting.catalogue import Figure, Scope
from reports.quarterly.tokens import amount, number_of


@dataclass(frozen=True)
class FrozenFigure:
    """A figure with its value and its ids of the day of the signature; `scope` is what it counts now."""

    figure: Figure
    kept: Mapping[str, Any]
    scope: Scope

    @property
    def value(self) -> str:
        """27个, as the report says."""
        return amount(number_of(self.kept["value"]), self.figure.unit)

    def rows(self, organs: Collection[int]) -> Any:
        """Exactly the records that were counted, of these organs; whatever was written down or taken out since."""
        whose, counted = self.figure.organ, self.figure.rows(self.scope)
        kept = counted.model._default_manager.filter(pk__in=self.kept["ids"])
        if reckoned := counted.query.annotations.get(whose):  # whoever did it, not whoever registered it
            kept = kept.annotate(**{whose: reckoned})
        return kept.filter(**{f"{whose}__in": organs}) if whose else kept.none()

    def now(self) -> str:
        """One line on how the live figure differs."""
        live = self.figure.value(self.scope)
        words = amount(number_of(str(live)), self.figure.unit)
        since = _difference(self.kept["ids"], self.figure.ids(self.scope) if live else ())
        same = "仍为" if words == self.value else "为"
        return f"现在按同一口径统计{same}{words}，{since}。"


def _difference(then: Iterable[int], now: Iterable[int]) -> str:
    before, after = set(then), set(now)
    parts = [f"新增{len(after - before)}条记录"] if after - before else []
    if before - after:
        parts.append(f"{len(before - after)}条记录不再计入")
    return "，".join(parts) or "记录没有变化"
