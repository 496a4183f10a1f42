"""Steps of a quarterly report and of the county's draft (A10.4a)."""

from django.db.models import TextChoices


class QuarterlyStep(TextChoices):
    """Where an organ's report stands. Whether it was in time is no step: time alone decides that."""

    DRAFT = "draft", "起草中"
    SUBMITTED = "submitted", "已报送"
    RETURNED = "returned", "退回修改"
    ACCEPTED = "accepted", "已接收"


EDITABLE = frozenset({QuarterlyStep.DRAFT, QuarterlyStep.RETURNED})
IN = frozenset({QuarterlyStep.SUBMITTED, QuarterlyStep.ACCEPTED})


class Answer(TextChoices):
    """What 党风政风监督室 did with one submission."""

    NONE = "", "待接收"
    RETURNED = "returned", "退回修改"
    ACCEPTED = "accepted", "已接收"


class Standing(TextChoices):
    """How an organ stands with its report on a day: what the row of the county's board says."""

    OPEN = "open", "未到期"
    MISSING = "missing", "逾期未报"
    IN_TIME = "in_time", "按时报送"
    LATE = "late", "逾期报送"


class CountyStep(TextChoices):
    """Where one version of the county's quarter stands."""

    DRAFT = "draft", "草稿"
    FINAL = "final", "已定稿"
    SUPERSEDED = "superseded", "已由新版替代"


FINAL = frozenset({CountyStep.FINAL, CountyStep.SUPERSEDED})
