"""The cast, known by heart: one county with its offices, two groups, a township, its leaders and its rights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from django.test import Client

from accounts.calendar import SHANGHAI
from accounts.grants import grant_organ, sync_user
from accounts.models import Organ, OversightAssignment, SupervisedUnit, User
from accounts.roles import CHAIN, REPORTING_KINDS, OrganKind, Role, Rung
from checklists.models import Method
from checklists.shipped import BASIS, METHODS
from tests.replay import laid

TODAY = date(2026, 2, 10)  # a Tuesday inside the proposal window
NOW = datetime(2026, 2, 10, 9, 30, tzinfo=SHANGHAI)
PASSWORD = "shifan-xian-2026"
_serial = count(1)


def moment(year: int, month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment in Asia/Shanghai."""
    return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)


@dataclass
class County:
    """Everybody, by name."""

    root: Organ
    cso: Organ
    office: Organ
    agri: Organ  # 驻县农业农村局纪检监察组, group A
    edu: Organ  # 驻县教育局纪检监察组, group B
    town: Organ  # 柳河镇纪委
    cases: Organ
    tours: Organ
    people: dict[str, User] = field(default_factory=dict)
    units: dict[str, SupervisedUnit] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        people = self.__dict__.get("people", {})
        if name in people:
            return people[name]
        raise AttributeError(name)

    @property
    def organs(self) -> list[Organ]:
        """Every organ but the commission itself."""
        return [self.cso, self.office, self.agri, self.edu, self.town, self.cases, self.tours]


def make_user(
    organ: Organ, role: str, username: str, full_name: str = "", *, on: date = TODAY, synced: bool = True, **fields: Any
) -> User:
    """One person with the groups that `on` gives him."""
    user = User(username=username, full_name=full_name or username, organ=organ, role=role, **fields)
    user.password = _hashed()
    user.save()
    if synced:
        sync_user(user, on=on)
    return user


_hash: list[str] = []


def _hashed() -> str:
    if not _hash:
        person = User(username="hash")
        person.set_password(PASSWORD)
        _hash.append(person.password)
    return _hash[0]


def methods() -> dict[str, Method]:
    """The ways of article 8 by code, as they ship; a journey in the browser may have emptied the tables before."""
    return {
        code: Method.objects.get_or_create(code=code, defaults={"name": name, "basis": BASIS})[0]
        for code, name in METHODS
    }


def make_organ(name: str, kind: str, parent: Organ | None = None, *, granted: bool = True, **fields: Any) -> Organ:
    """One organ with its grants."""
    organ = Organ.objects.create(name=name, kind=kind, parent=parent, must_report=kind in REPORTING_KINDS, **fields)
    if kind != OrganKind.COMMISSION and granted:
        grant_organ(organ)
    return organ


def assign(organ: Organ, assisting: User, deputy: User, *, since: date = date(2026, 1, 1)) -> None:
    """Which AM and which DS look after the organ."""
    OversightAssignment.objects.create(organ=organ, rung=Rung.ASSISTING_MEMBER, leader=assisting, valid_from=since)
    OversightAssignment.objects.create(organ=organ, rung=Rung.DEPUTY_SECRETARY, leader=deputy, valid_from=since)


ORGANS = (
    ("cso", "党风政风监督室", OrganKind.CONDUCT_SUPERVISION_OFFICE),
    ("office", "县纪委办公室", OrganKind.GENERAL_OFFICE),
    ("agri", "驻县农业农村局纪检监察组", OrganKind.STATIONED_GROUP),
    ("edu", "驻县教育局纪检监察组", OrganKind.STATIONED_GROUP),
    ("town", "柳河镇纪委", OrganKind.TOWNSHIP_COMMITTEE),
    ("cases", "案件监督管理室", OrganKind.INTERNAL_OFFICE),
    ("tours", "县委巡察办", OrganKind.INSPECTION_OFFICE),
)
UNITS = {
    "agri": ("县农业农村局", "县畜牧服务中心", "县农机服务中心"),
    "edu": ("县教育局", "县第一中学", "县职业教育中心"),
    "town": ("柳河镇人民政府", "柳河镇财政所"),
}
PEOPLE = (
    ("dangfeng", "周明", "cso", Role.CLERK),
    ("dangfeng_head", "郑岩", "cso", Role.ORGAN_HEAD),
    ("nongye", "李青", "agri", Role.CLERK),
    ("nongye_head", "王建国", "agri", Role.ORGAN_HEAD),
    ("jiaoyu", "赵敏", "edu", Role.CLERK),
    ("jiaoyu_head", "孙立", "edu", Role.ORGAN_HEAD),
    ("liuhe", "陈田", "town", Role.CLERK),
    ("liuhe_head", "刘河", "town", Role.ORGAN_HEAD),
    ("anguan", "何案", "cases", Role.CLERK),
    ("xuncha", "徐巡", "tours", Role.CLERK),
    ("xieguan1", "钱协", "root", Role.ASSISTING_MEMBER),
    ("xieguan2", "冯协", "root", Role.ASSISTING_MEMBER),
    ("fenguan", "高副", "root", Role.DEPUTY_SECRETARY),
    ("shuji", "马书记", "root", Role.SECRETARY),
    ("changweihui", "林秘书", "office", Role.SC_SECRETARY),
    ("wenshu", "文书员", "office", Role.DOCUMENT_CLERK),
    ("sysadmin", "系统员", "office", Role.SYSTEM_ADMIN),
    ("secadmin", "安全员", "office", Role.SECURITY_ADMIN),
    ("auditor", "审计员", "office", Role.AUDIT_ADMIN),
)


def county(prefix: str = "", *, on: date = TODAY) -> County:
    """A whole county. A second one, as strangers, needs a `prefix` for its names."""
    return laid((prefix, on), lambda: _county(prefix, on), on=Organ)


def _county(prefix: str, on: date) -> County:
    root = make_organ(f"{prefix}示范县纪委监委", OrganKind.COMMISSION)
    made = {key: make_organ(f"{prefix}{name}", kind, root, granted=False) for key, name, kind in ORGANS}
    for organ in made.values():
        grant_organ(organ)  # 党风政风监督室 exists only now, and everybody's rights depend on it
    cast = County(root=root, **made)
    for key, names in UNITS.items():
        for name in names:
            cast.units[name] = SupervisedUnit.objects.create(name=f"{prefix}{name}", organ=made[key])
    for username, name, key, role in PEOPLE:
        organ = root if key == "root" else made[key]
        cast.people[username] = make_user(organ, role, f"{prefix}{username}", name, on=on, synced=False)
    for key, leader in (("cso", "xieguan1"), ("agri", "xieguan1"), ("town", "xieguan2"), ("edu", "xieguan2")):
        assign(made[key], cast.people[leader], cast.people["fenguan"])
    for person in cast.people.values():
        sync_user(person, on=on)
    return cast


def serial() -> int:
    """A number nobody else has in this run, for names that must differ."""
    return next(_serial)


def rungs() -> tuple[str, ...]:
    """The chain in order."""
    return tuple(CHAIN)


def enter(user: User) -> Client:
    """A browser in which the person is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
