"""反向核查: a quarterly draw over the county's struck-off problems, checked by people who had no part in them (A9.8b)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Attachment
from accounts.permissions import Permission, has, organ_ids
from accounts.uploads import attach
from accounts.workflow import AlreadyDecided, Refused, Verdict, denied, record
from supervision import rules
from supervision.actions.look_backs import reopen_found
from supervision.cure.drawing import draw
from supervision.cure.risk import WEIGHTS, closed_rows
from supervision.models import RectificationItem, SampledItem, SamplingDraw
from supervision.states import SampleVerdict

ARTICLE = "A9.8b"
QUARTER_STARTS = ((1, 1), (4, 1), (7, 1), (10, 1))


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """The first day of the quarter and the first day after it."""
    after = date(year + 1, 1, 1) if quarter == 4 else date(year, *QUARTER_STARTS[quarter])
    return date(year, *QUARTER_STARTS[quarter - 1]), after


@transaction.atomic
def draw_samples(*, year: int, quarter: int, size: int, seed: str, by: Any, at: datetime) -> SamplingDraw:
    """Draw `size` of what was struck off in a past quarter anywhere in the county, the riskier the likelier.

    The head of 党风政风监督室 draws, once a quarter. Raises `Refused`.
    """
    if not has(by, Permission.DIRECT, by.organ_id):
        raise Refused("反向核查由党风政风监督室负责人抽取。", ARTICLE)
    first, after = quarter_days(year, quarter)
    if local_day(at) < after:
        raise Refused(f"该季度还没有结束，销号还在进行。请在{after:%Y-%m-%d}以后抽取。", ARTICLE)
    if SamplingDraw.objects.filter(organ_id=by.organ_id, year=year, quarter=quarter).exists():
        raise Refused("该季度已经抽取过，结果不能重抽。", ARTICLE)
    if not seed.strip() or size < 1:
        raise Refused("请填写随机种子和抽取数（至少1个）。", ARTICLE)
    rows = closed_rows(
        RectificationItem.objects.filter(
            organ_id__in=organ_ids(by, Permission.DIRECT), closed_on__gte=first, closed_on__lt=after
        )
    )
    if not rows:
        raise Refused("该季度没有销号的问题，无可抽取。", ARTICLE)
    return _keep(rows, year, quarter, size, seed.strip(), by, at)


def _keep(
    rows: list[dict[str, Any]], year: int, quarter: int, size: int, seed: str, by: Any, at: datetime
) -> SamplingDraw:
    population = [[row["pk"], row["weight"]] for row in rows]
    reasons = {row["pk"]: row["reasons"] for row in rows}
    content = {"population": population, "seed": seed, "size": size, "weights": dict(WEIGHTS)}
    made = SamplingDraw.objects.create(organ_id=by.organ_id, year=year, quarter=quarter, drawn_by=by, drawn_at=at,
                                       digest=digest_of(content), **content)  # fmt: skip
    for position, key in enumerate(draw(population, size, seed), 1):
        SampledItem.objects.create(draw=made, rectification_id=key, position=position, reasons=reasons[key])
    record(made, "draw", by=by, at=at, label="抽取反向核查", note=f"总体{len(rows)}个，抽取{made.items.count()}个，种子{seed}",
           article=ARTICLE)  # fmt: skip
    return made


def is_as_drawn(made: SamplingDraw) -> bool:
    """Whether the kept seed and population still give exactly the kept draw, and nobody has touched them."""
    content = {name: getattr(made, name) for name in ("population", "seed", "size", "weights")}
    drawn = list(made.items.order_by("position").values_list("rectification_id", flat=True))
    return digest_of(content) == made.digest and draw(made.population, made.size, made.seed) == drawn


def had_no_part(item: RectificationItem, user: Any) -> Verdict:
    """Whoever found, handled, checked or struck off a problem does not check it backwards."""
    if user.pk in (item.closed_by_id, item.submitted_by_id, item.verified_by_id, item.problem.created_by_id):
        return denied("您参与过这个问题的登记、核查或销号，不能作反向核查。请由其他人员核查。", ARTICLE)
    return Verdict(True)


@transaction.atomic
def check_sample(
    sampled: SampledItem, verdict: str, *, by: Any, at: datetime, checked_on: date, finding: str
) -> SampledItem:
    """Say what the check found; 虚假整改 opens the rectification again. Raises `Refused`, and once decided it stays."""
    fresh = SampledItem.objects.select_for_update(of=("self",)).select_related("draw", "rectification__problem").get(
        pk=sampled.pk
    )  # fmt: skip
    if not has(by, Permission.COORDINATE, fresh.rectification.organ_id):
        raise Refused("反向核查由党风政风监督室人员办理。", ARTICLE)
    if fresh.verdict:
        raise AlreadyDecided(f"{fresh.checked_by}已核查：{fresh.get_verdict_display()}，结果不能再改。", ARTICLE)
    had_no_part(fresh.rectification, by).enforce()
    _check(verdict, finding, checked_on, fresh, at)
    fresh.verdict, fresh.finding, fresh.checked_on = verdict, finding.strip(), checked_on
    fresh.checked_by, fresh.checked_at = by, at
    fresh.save()
    label = f"反向核查：{fresh.get_verdict_display()}"
    record(fresh.draw, "check", by=by, at=at, label=label, note=f"问题{fresh.rectification.problem.code}：{fresh.finding}",
           article=ARTICLE)  # fmt: skip
    if verdict == SampleVerdict.FALSE:
        reopen_found(fresh.rectification, "expose", note=fresh.finding, by=by, at=at)
    return fresh


def _check(verdict: str, finding: str, checked_on: date, sampled: SampledItem, at: datetime) -> None:
    rules.is_text(finding.strip()).enforce()
    if verdict not in SampleVerdict.values:
        raise Refused("请选择整改属实，或者虚假整改。", ARTICLE)
    if not finding.strip():
        raise Refused("请写明核查情况：怎样核查，看到什么。", ARTICLE)
    if not local_day(sampled.draw.drawn_at) <= checked_on <= local_day(at):
        raise Refused(f"核查日期应在抽取之日（{local_day(sampled.draw.drawn_at):%Y-%m-%d}）和今天之间。", ARTICLE)


@transaction.atomic
def add_sample_evidence(sampled: SampledItem, upload: Any, *, by: Any, at: datetime) -> Attachment:
    """A file from the check. Raises `Refused`."""
    if not has(by, Permission.COORDINATE, sampled.rectification.organ_id):
        raise Refused("反向核查由党风政风监督室人员办理。", ARTICLE)
    return attach(sampled, upload, organ_id=sampled.draw.organ_id, by=by, at=at, purpose="sample")
