"""Vocabularies of the year-end file: where appraisals and the report stand, who receives the report and how (A11)."""

from django.db.models import TextChoices


class AppraisalStep(TextChoices):
    """Where one version of a unit's appraisal stands."""

    DRAFT = "draft", "撰写中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准"
    SUPERSEDED = "superseded", "已被更正版替代"


class EcologyStep(TextChoices):
    """Where one version of the yearly report stands."""

    DRAFT = "draft", "起草中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "常委会已通过，待报送"
    DISPATCHED = "dispatched", "已报送，待回执"
    FILED = "filed", "已报送备案"
    SUPERSEDED = "superseded", "已被更正版替代"
    DROPPED = "dropped", "已作废"


class Receiver(TextChoices):
    """To whom article 11 sends the report."""

    COMMITTEE = "committee", "县委主要领导"
    GOVERNMENT = "government", "县政府主要领导"
    ORGANIZATION = "organization", "县委组织部（备案）"


class Manner(TextChoices):
    """How a copy went out."""

    COURIER = "courier", "机要交换"
    BY_HAND = "by_hand", "专人送达"
    IN_PERSON = "in_person", "当面呈报"


class Completeness(TextChoices):
    """Where a unit stands in its year, as lists say it."""

    NONE = "none", "未撰写"
    WORKING = "working", "撰写中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "已批准"
    CORRECTING = "correcting", "已批准，更正中"


EDITABLE = frozenset({AppraisalStep.DRAFT, AppraisalStep.RETURNED})
REPORT_EDITABLE = frozenset({EcologyStep.DRAFT, EcologyStep.RETURNED})
REPORT_UNDER_WAY = REPORT_EDITABLE | {EcologyStep.SUBMITTED}  # one report of a year at most
# Passed by the committee and not replaced: what is sent, and what a correction starts from.
IN_FORCE = frozenset({EcologyStep.APPROVED, EcologyStep.DISPATCHED, EcologyStep.FILED})

# The six aspects of the comprehensive analysis (S1-15) among the parts of the report; offices may name others each year.
UNITS_HEADING = "各单位领导班子及其成员年度政治表现"
SECTIONS: tuple[tuple[str, str], ...] = (
    ("overall", "总体情况"),
    ("consciousness", "“四个意识”"),
    ("ideology", "思想政治建设"),
    ("party_life", "党内政治生活"),
    ("conduct", "作风建设"),
    ("corruption", "反腐败形势"),
    ("responsibility", "管党治党责任落实"),
    ("units", UNITS_HEADING),
    ("problems", "主要问题"),
    ("causes", "原因分析"),
    ("advice", "对策建议"),
)
