"""How the figures of the indicators read their records: live ones of the scope's organs by the day of the event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.counting.figure import Rows


def register(model: Any, day: str, **more: Any) -> Rows:
    """Records of a register that were not taken out, by one of their days."""
    return lambda scope: model.objects.live().filter(organ_id__in=scope.organs, **{f"{day}__range": scope.days}, **more)


def of_register(slug: str, columns: Mapping[str, str], **more: Any) -> dict[str, Any]:
    """How such a figure is listed: its columns, the page of a record, the topics that it bears."""
    return {
        "columns": {**columns, "organ__name": "登记单位"},
        "page": "ledgers:register_record",
        "page_args": (slug,),
        "topic": "topics",
        **more,
    }
