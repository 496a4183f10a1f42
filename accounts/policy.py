"""The one table of URL x audience. Every app declares its rows; a URL without a row does not exist."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from accounts.permissions import Permission, anywhere
from accounts.roles import LEADER_ROLES, STAFF_ROLES, Role


class Audience(StrEnum):
    """Circles of people to whom a page exists at all. Which records they see there is the querysets' matter."""

    OPEN = "open"  # no login: entrance, health check
    MEMBERS = "members"  # anybody with an account
    BUSINESS = "business"  # everybody but the three administrators
    READERS = "readers"  # whoever reads the records of at least one organ
    STAFF = "staff"  # clerks and heads of any organ
    DRAFTERS = "drafters"  # whoever may draft for at least one organ
    SIGNERS = "signers"  # heads, AM, DS, the committee's secretary
    CSO = "cso"  # 党风政风监督室
    CSO_HEAD = "cso_head"
    LEADERS = "leaders"
    SC_SECRETARY = "sc_secretary"
    COMMITTEE = "committee"  # who prepares and reads the standing committee's meetings
    SYSTEM = "system"
    SECURITY = "security"
    AUDIT = "audit"
    ADMINS = "admins"


def _business(user: Any) -> bool:
    return not user.is_admin


BELONGS: Mapping[Audience, Callable[[Any], bool]] = {
    Audience.OPEN: lambda user: True,
    Audience.MEMBERS: lambda user: True,
    Audience.BUSINESS: _business,
    Audience.READERS: lambda user: anywhere(user, Permission.READ),
    Audience.STAFF: lambda user: user.role in STAFF_ROLES,
    Audience.DRAFTERS: lambda user: anywhere(user, Permission.DRAFT),
    Audience.SIGNERS: lambda user: user.role in LEADER_ROLES | {Role.ORGAN_HEAD, Role.SC_SECRETARY},
    Audience.CSO: lambda user: anywhere(user, Permission.COORDINATE),
    Audience.CSO_HEAD: lambda user: anywhere(user, Permission.DIRECT),
    Audience.LEADERS: lambda user: user.role in LEADER_ROLES,
    Audience.SC_SECRETARY: lambda user: anywhere(user, Permission.RECORD_RESOLUTION),
    Audience.COMMITTEE: lambda user: (
        user.role in {Role.SECRETARY, Role.DEPUTY_SECRETARY}
        or anywhere(user, Permission.RECORD_RESOLUTION)
        or anywhere(user, Permission.DIRECT)
    ),
    Audience.SYSTEM: lambda user: user.role == Role.SYSTEM_ADMIN,
    Audience.SECURITY: lambda user: user.role == Role.SECURITY_ADMIN,
    Audience.AUDIT: lambda user: user.role == Role.AUDIT_ADMIN,
    Audience.ADMINS: lambda user: user.is_admin,
}


@dataclass(frozen=True)
class Page:
    """One row: who may open the URL (`get`), who may send to it (`post`), and what record its id names (`sample`).

    `sample` is the name of a factory in tests: "organ", "item", "problem" ...; None where the URL names no record.
    `scope` says by which right on the record's organ the record is found at all; without one of them it is a 404.
    An empty `scope` means that the record belongs to no organ: everybody in the circle finds it.
    """

    get: tuple[Audience, ...] = ()
    post: tuple[Audience, ...] = ()
    sample: str | None = None
    scope: tuple[Permission, ...] = (Permission.READ,)
    article: str = ""


TABLE: dict[str, Page] = {}


def declare(rows: Mapping[str, Page]) -> None:
    """Add an app's rows; a name that stands twice is a mistake."""
    twice = TABLE.keys() & rows.keys()
    if twice:
        raise ValueError(f"declared twice: {sorted(twice)}")
    TABLE.update(rows)


def admits(user: Any, page: Page, method: str) -> bool:
    """Whether the page exists for the user under this method."""
    circles = page.get if method in ("GET", "HEAD", "OPTIONS") else page.post
    return any(BELONGS[circle](user) for circle in circles)
