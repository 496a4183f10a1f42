"""Numbers of the regulation, declared once with their article, overridden by dated settings of the office (A13)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import RuleSetting

REGISTRY: dict[str, "Limit"] = {}


@dataclass(frozen=True)
class Limit:
    """One number or choice, its article, and what it counts (days, working days, projects)."""

    key: str
    default: int
    article: str
    label: str
    unit: str = "天"

    def __post_init__(self) -> None:
        REGISTRY[self.key] = self

    def on(self, day: date) -> int:
        """The value in force on `day`: the newest setting not later than it, else the declaration."""
        setting = (
            RuleSetting.objects.filter(key=self.key, valid_from__lte=day)
            .order_by("-valid_from")
            .values_list("value", flat=True)
            .first()
        )
        return int(setting) if setting is not None else self.default


def values_on(limits: Iterable[Limit], day: date) -> dict[str, int]:
    """The values of several limits in force on a day, by key; one query for all of them."""
    wanted = {limit.key: limit.default for limit in limits}
    rows = RuleSetting.objects.filter(key__in=wanted, valid_from__lte=day).order_by("valid_from")
    return wanted | {key: int(value) for key, value in rows.values_list("key", "value")}


SIGN_WORKDAYS = Limit("sign_workdays", 3, "A6.1c", "每一层签批时限", "个工作日")
PROPOSAL_WINDOW_END = Limit("proposal_window_end", 331, "A6.1b", "项目申报截止日（月日，如331为3月31日）", "")
UNIT_BURDEN_DAYS = Limit("unit_burden_days", 30, "A10.2", "同一单位两次检查至少间隔", "天")
LEDGER_SILENCE_DAYS = Limit("ledger_silence_days", 30, "A6.2c", "台账多少天无更新提示党风政风监督室", "天")


def month_day(value: int, year: int) -> date:
    """Read a limit like 331 as 31 March of `year`."""
    return date(year, value // 100, value % 100)
