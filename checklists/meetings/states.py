"""Vocabularies of meetings and monthly lists."""

from django.db.models import TextChoices


class MeetingKind(TextChoices):
    """What a meeting is held for."""

    QUARTERLY = "quarterly", "季度工作调度会"
    SPECIAL = "special", "专项调度会"
    LIAISON = "liaison", "联络员例会"
    JOINT = "joint", "联席会议"


# Of which one is wanted in each quarter (S0-4, S3-12); no article says a number, so a missing one is only marked.
PER_QUARTER = (MeetingKind.QUARTERLY, MeetingKind.LIAISON)


class MeetingStep(TextChoices):
    """A meeting in preparation can be changed; once held, its minutes are locked and its decisions are tasks."""

    DRAFT = "draft", "筹备中"
    HELD = "held", "已召开"
    DROPPED = "dropped", "已取消"


class MonthStep(TextChoices):
    """A list of one month."""

    DRAFT = "draft", "编制中"
    ISSUED = "issued", "已印发"
