"""Roles, kinds of organ and rungs of the approval chain, as data: what each role may do on which organ."""

from django.db.models import TextChoices

from accounts.permissions import Permission


class Role(TextChoices):
    """What a person is in the office (section "roles" of the vocabulary). The last three hold no business rights."""

    CLERK = "clerk", "经办人"
    ORGAN_HEAD = "organ_head", "负责人"
    ASSISTING_MEMBER = "assisting_member", "协管常委、委员"
    DEPUTY_SECRETARY = "deputy_secretary", "分管副书记"
    SECRETARY = "secretary", "县纪委书记"
    SC_SECRETARY = "sc_secretary", "常委会秘书"
    DOCUMENT_CLERK = "document_clerk", "文书"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


STAFF_ROLES = frozenset({Role.CLERK, Role.ORGAN_HEAD})
LEADER_ROLES = frozenset({Role.ASSISTING_MEMBER, Role.DEPUTY_SECRETARY, Role.SECRETARY})
ADMIN_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})


class OrganKind(TextChoices):
    """Addressees of the notice (A0) and the commission above them."""

    COMMISSION = "commission", "纪委监委"
    CONDUCT_SUPERVISION_OFFICE = "conduct_supervision_office", "党风政风监督室"
    GENERAL_OFFICE = "general_office", "县纪委办公室"
    INTERNAL_OFFICE = "internal_office", "机关部室"
    INSPECTION_OFFICE = "inspection_office", "县委巡察办"
    STATIONED_GROUP = "stationed_group", "派驻纪检监察组"
    TOWNSHIP_COMMITTEE = "township_committee", "乡（镇、办）纪（工）委"
    DEV_ZONE_COMMITTEE = "dev_zone_committee", "开发区纪工委"
    UNIT_DISCIPLINE_ORGAN = "unit_discipline_organ", "县直单位纪检组（纪委）"


# AMB-1: the development zone has the duties of a township committee; a unit's own organ may keep a ledger.
TOWNSHIP_KINDS = frozenset({OrganKind.TOWNSHIP_COMMITTEE, OrganKind.DEV_ZONE_COMMITTEE})
LEDGER_KINDS = frozenset({OrganKind.STATIONED_GROUP, OrganKind.UNIT_DISCIPLINE_ORGAN}) | TOWNSHIP_KINDS
REPORTING_KINDS = frozenset({OrganKind.STATIONED_GROUP}) | TOWNSHIP_KINDS


class PostLevel(TextChoices):
    """Where an official stands in his unit, as talks and education are counted."""

    TOP_LEADER = "top_leader", "“一把手”"
    TEAM_MEMBER = "team_member", "班子成员"
    MIDDLE = "middle", "中层干部"
    KEY_POST = "key_post", "关键岗位"
    OTHER = "other", "其他"


class Rung(TextChoices):
    """One step of 层报审批, from the organ's head upward."""

    HEAD = "head", "单位负责人"
    ASSISTING_MEMBER = "assisting_member", "协管常委、委员"
    DEPUTY_SECRETARY = "deputy_secretary", "分管副书记"
    STANDING_COMMITTEE = "standing_committee", "县纪委常委会"


CHAIN = (Rung.HEAD, Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY)

# Rights of an organ's own groups on the organ itself.
OWN_GRANTS: dict[str, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.READ, Permission.DRAFT}),
    Role.ORGAN_HEAD: frozenset(
        {Permission.READ, Permission.DRAFT, Permission.HEAD, Permission.CLOSE, Permission.READ_RESTRICTED}
    ),
    Role.ASSISTING_MEMBER: frozenset({Permission.READ, Permission.ENDORSE, Permission.READ_RESTRICTED}),
    Role.DEPUTY_SECRETARY: frozenset({Permission.READ, Permission.APPROVE, Permission.READ_RESTRICTED}),
}
# Rights of 党风政风监督室 on every organ of its county (A10.1b).
CSO_GRANTS: dict[str, frozenset[Permission]] = {
    Role.CLERK: frozenset({Permission.READ, Permission.COORDINATE}),
    Role.ORGAN_HEAD: frozenset({Permission.READ, Permission.COORDINATE, Permission.DIRECT, Permission.READ_RESTRICTED}),
}
# Rights of county-wide posts on every organ of their county.
COUNTY_GRANTS: dict[str, frozenset[Permission]] = {
    Role.SECRETARY: frozenset({Permission.READ, Permission.READ_RESTRICTED}),
    Role.SC_SECRETARY: frozenset({Permission.RECORD_RESOLUTION}),
    Role.DOCUMENT_CLERK: frozenset({Permission.NUMBER}),
}
