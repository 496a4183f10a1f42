"""Rights as questions. The only reader of guardian's rows; a leaf, so that every models file may use it.

A right is a codename on an organ, given to a group of an organ, never to a person. Organ ids are resolved once per
user object (that is, once per request) and every queryset is then scoped with `organ_id IN (...)`.
"""

from collections import defaultdict
from enum import StrEnum
from typing import Any

from guardian.models import GroupObjectPermission


class Permission(StrEnum):
    """Allow-listed codenames on an organ; nothing else is ever granted."""

    READ = "read_records"
    READ_RESTRICTED = "read_restricted_records"
    DRAFT = "draft_records"
    HEAD = "sign_as_head"
    ENDORSE = "sign_as_assisting_member"
    APPROVE = "sign_as_deputy_secretary"
    CLOSE = "approve_closure"
    COORDINATE = "coordinate_county"
    DIRECT = "direct_county"
    RECORD_RESOLUTION = "record_resolution"
    NUMBER = "number_documents"


LABELS = {
    Permission.READ: "查看本单位记录",
    Permission.READ_RESTRICTED: "查看受限记录",
    Permission.DRAFT: "起草和登记",
    Permission.HEAD: "以单位负责人签批",
    Permission.ENDORSE: "以协管常委、委员签批",
    Permission.APPROVE: "以分管副书记签批",
    Permission.CLOSE: "审核销号",
    Permission.COORDINATE: "统筹全县工作",
    Permission.DIRECT: "决定全县统筹事项",
    Permission.RECORD_RESOLUTION: "登记常委会决定",
    Permission.NUMBER: "文书编号",
}


def granted(user: Any) -> dict[str, frozenset[int]]:
    """Codename -> ids of the organs on which the user's groups hold it. One query, kept on the user object."""
    if not getattr(user, "is_active", False) or not getattr(user, "pk", None):
        return {}
    cached = user.__dict__.get("_granted")
    if cached is None:
        cached = user.__dict__["_granted"] = _read_grants(user)
    return cached


def _read_grants(user: Any) -> dict[str, frozenset[int]]:
    rows = GroupObjectPermission.objects.filter(
        group__user=user, content_type__app_label="accounts", content_type__model="organ"
    ).values_list("permission__codename", "object_pk")
    found: dict[str, set[int]] = defaultdict(set)
    for codename, organ_pk in rows:
        found[codename].add(int(organ_pk))
    return {codename: frozenset(ids) for codename, ids in found.items()}


def forget(user: Any) -> None:
    """Drop what this user object remembers; the next question asks the database."""
    user.__dict__.pop("_granted", None)


def organ_ids(user: Any, permission: Permission) -> frozenset[int]:
    """Ids of the organs on which `user` holds `permission`."""
    return granted(user).get(permission.value, frozenset())


def visible_organ_ids(user: Any) -> frozenset[int]:
    """Ids of the organs whose records `user` may read. Empty for strangers and for the three administrators."""
    return organ_ids(user, Permission.READ)


def personal_organ_ids(user: Any) -> frozenset[int]:
    """Ids of the organs whose records about persons `user` may read: where he writes them, or by the restricted right (A11)."""
    return organ_ids(user, Permission.DRAFT) | organ_ids(user, Permission.READ_RESTRICTED)


def has(user: Any, permission: Permission, organ_id: int | None) -> bool:
    """Whether `user` holds `permission` on the organ."""
    return organ_id is not None and organ_id in organ_ids(user, permission)


def anywhere(user: Any, permission: Permission) -> bool:
    """Whether `user` holds `permission` on at least one organ."""
    return bool(organ_ids(user, permission))
