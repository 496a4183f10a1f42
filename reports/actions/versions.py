"""A paper that is in force is never changed: its correction is the next version, which goes the whole way again.

A wrong draft is dropped and stays to be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts import editions
from accounts.workflow import Refused, move


def next_version(
    old: Any, *, reason: str, basis: str, of: Sequence[str], carried: Sequence[str], by: Any, at: datetime
) -> Any:
    """The next version of a paper. `of` are the fields that say which paper it is, `carried` what it begins with.

    Raises `Refused` while a newer version is at work, and without a reason.
    """
    same = {name: getattr(old, name) for name in of}
    papers = type(old)._default_manager
    if papers.filter(**same, version__gt=old.version).exclude(step="dropped").exists():
        raise Refused("更正版已在办理，请在更正版上修改。", basis)
    if not reason.strip():
        raise Refused("更正须写明理由。", basis)
    values = same | {name: getattr(old, name) for name in carried}
    return papers.create(
        **values, version=old.version + 1, reason=reason.strip()[:300], edition=editions.in_force(), created_by=by, created_at=at
    )  # fmt: skip


def dropped(draft: Any, *, reason: str, basis: str, by: Any, at: datetime) -> Any:
    """A draft that is 作废 with its reason: it stays to be read. Raises `Refused` without a reason and once it has gone up."""
    if not reason.strip():
        raise Refused("作废草稿须写明理由，理由会留在办理记录里。", basis)
    move(draft, "drop", by=by, at=at, note=reason.strip()[:300])
    return draft
