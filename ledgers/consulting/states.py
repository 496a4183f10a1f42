"""Steps of a consultation."""

from django.db.models import TextChoices


class ConsultationStep(TextChoices):
    """A draft can be changed; what is recorded is locked and only replaced by a corrected version."""

    DRAFT = "draft", "草稿"
    RECORDED = "recorded", "已登记"
    SUPERSEDED = "superseded", "已更正"
    DROPPED = "dropped", "已作废"


# Steps in which the meeting counts and its minutes are what they are.
LOCKED_STEPS = frozenset({ConsultationStep.RECORDED, ConsultationStep.SUPERSEDED})
