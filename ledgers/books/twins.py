"""Records that stand twice: the same organ, the same words in every field. Said to whoever enters one; a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from ledgers.books.register import Register


def twin_of(register: Register, made: Any, names: Iterable[str] = (), but: Collection[int] = ()) -> Any:
    """The first live record of the organ that says the same in all `names` (else in every field of the form), or None."""
    asked = list(names) or list(register.fields)
    many = [name for name in asked if register.model._meta.get_field(name).many_to_many]
    same: Any = register.model.objects.live().filter(organ=made.organ_id).exclude(pk=made.pk).order_by("pk")
    for name in asked:
        if name not in many:
            value = getattr(made, register.model._meta.get_field(name).attname)
            same = same.filter(**({f"{name}__isnull": True} if value is None else {name: value}))
    wanted = {name: _ids(made, name) for name in many}
    found = (row for row in same if row.pk not in but)
    return next((row for row in found if all(_ids(row, name) == ids for name, ids in wanted.items())), None)


def _ids(record: Any, name: str) -> set[int]:
    return set(getattr(record, name).values_list("pk", flat=True))
