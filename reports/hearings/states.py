"""Vocabularies of what leaders hear and of the yearly report (A10.4b-d)."""

from django.db.models import TextChoices


class Trigger(TextChoices):
    """Why a leader was briefed: the quarter, the end of a round, or a matter that could not wait (A10.4c)."""

    QUARTER = "quarter", "季度听取汇报"
    ROUND = "round", "集中性监督结束后听取汇报"
    IMPORTANT = "important", "重要事项听取汇报"


class BriefingStep(TextChoices):
    """Whether the leader himself has seen what others wrote down in his name."""

    ENTERED = "entered", "代为登记，待领导核对"
    RECORDED = "recorded", "已登记"


class AnnualStep(TextChoices):
    """Where one version of the yearly report stands."""

    DRAFT = "draft", "起草中"
    RETURNED = "returned", "已退回"
    SUBMITTED = "submitted", "审批中"
    APPROVED = "approved", "常委会已听取"
    SUPERSEDED = "superseded", "已被更正版替代"


EDITABLE = frozenset({AnnualStep.DRAFT, AnnualStep.RETURNED})
HEARD = frozenset({AnnualStep.APPROVED, AnnualStep.SUPERSEDED})
