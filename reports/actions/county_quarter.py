"""The county's quarter: merged by one click, merged again when more came in, edited, settled, opened anew (A10.1b, A10.4a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Organ
from accounts.notifications import staff_of, told_by
from accounts.periods import Period
from accounts.permissions import Permission, has
from accounts.workflow import Refused, move, record
from reports.actions.quarterly import check_sections, write_sections
from reports.models import CountyQuarter
from reports.quarterly import county as rooms
from reports.quarterly import rules
from reports.quarterly.final import frozen, may_finalise
from reports.quarterly.states import IN, CountyStep

ARTICLE = "A10.4a"


@transaction.atomic
def merge(office: Organ, period: Period, *, by: Any, at: datetime) -> CountyQuarter:
    """汇总: figures counted anew over all organs of the county, words of every report that is in, the missing named.

    Merging again brings in what is new and leaves what an editor wrote. Raises `Refused` for everybody but
    党风政风监督室, while no report is in, and where the quarter is settled.
    """
    if not (office.is_cso and has(by, Permission.COORDINATE, office.pk)):
        raise Refused("全县季度情况由党风政风监督室汇总。", "A10.1b")
    Organ.objects.select_for_update().get(pk=office.pk)  # two clerks who press at once merge one after the other
    organs = rooms.organs_of(office)
    reports = rooms.reports_of(organs, period)
    arrived = [report for report in reports if report.step in IN]
    if not arrived:
        raise Refused(f"{period.label}还没有单位报送报告，有单位报送后再汇总。", ARTICLE)
    rows = CountyQuarter.objects.filter(organ=office, year=period.at_year, quarter=period.number)
    county = rows.first() or CountyQuarter(organ=office, year=period.at_year, quarter=period.number, created_at=at)
    first = county.pk is None
    rules.county_is_draft(county).enforce()
    _weave(county, organs, reports, arrived, on=local_day(at))
    county.data_as_of, county.merged_by = at, by
    county.save()
    record(county, "merge", by=by, at=at, label="汇总" if first else "重新汇总", note=f"已报{len(arrived)}个单位，未报{len(county.missing)}个单位",
           article=ARTICLE)  # fmt: skip
    return county


def _weave(county: CountyQuarter, organs: Any, reports: Any, arrived: Any, *, on: Any) -> None:
    county.figures = rooms.county_figures(organs, county.period, on=on)
    county.by_organ = rooms.rows_of(organs, reports, county.period, on=on)
    county.missing = rooms.missing_of(organs, reports, county.period)
    if not county.sections:
        county.sections = rooms.first_sections(county.period, organs, county.figures, on=on)
    merged = county.merged | rooms.merged_of(arrived)
    for part in county.sections:
        part["text"] = rooms.woven(part["text"], part["key"], county.merged, merged)
    county.merged = merged


@transaction.atomic
def edit(county: CountyQuarter, texts: Mapping[str, str], *, by: Any, at: datetime, seen: str = "") -> CountyQuarter:
    """Rewrite sections of the county's draft. Raises `Refused` for strangers and a settled one, `Overtaken` over later words."""
    fresh = CountyQuarter.objects.select_for_update(of=("self",)).select_related("organ").get(pk=county.pk)
    if not has(by, Permission.COORDINATE, fresh.organ_id):
        raise Refused("全县季度情况由党风政风监督室修改。", "A10.1b")
    rules.county_is_draft(fresh).enforce()
    check_sections(fresh, texts, seen, "edit", "merge", "reopen")
    changed = write_sections(fresh, texts)
    if changed:
        fresh.save()
        record(fresh, "edit", by=by, at=at, label="修改汇总稿", note="、".join(changed), article=ARTICLE)
    return fresh


@transaction.atomic
def finalise(county: CountyQuarter, *, by: Any, at: datetime) -> CountyQuarter:
    """定稿 by the head of 党风政风监督室: words, figures with their ids and the organs' rows are frozen with a digest.

    The version in force before gives way. Raises `Refused` for everybody else, for who merged or wrote it, for an
    empty section, and while reports came in that are not merged.
    """
    Organ.objects.select_for_update().get(pk=county.organ_id)
    fresh = CountyQuarter.objects.select_related("organ__parent").get(pk=county.pk)
    may_finalise(fresh, rooms.reports_of(rooms.organs_of(fresh.organ), fresh.period), by=by).enforce()
    for older in _versions(fresh).filter(step=CountyStep.FINAL):
        move(older, "supersede", by=by, at=at, by_chain=True, note=f"第{fresh.version}版定稿")
    content = frozen(fresh)
    along = {"content": content, "digest": digest_of(content), "finalised_at": at, "finalised_by": by}
    event = move(county, "finalise", by=by, at=at, along=along)
    told_by(event, staff_of(fresh.organ_id), f"{fresh}已由{by.full_name}定稿。", link=fresh.get_absolute_url())
    return county


def _versions(county: CountyQuarter) -> Any:
    return CountyQuarter.objects.in_quarter(county.period).filter(organ_id=county.organ_id)


@transaction.atomic
def reopen(county: CountyQuarter, *, reason: str, by: Any, at: datetime) -> CountyQuarter:
    """重新开稿: the next version begins as a copy; the settled one stays in force until the next is settled too.

    Raises `Refused` for strangers, without a reason, for a draft, and where a newer version is there.
    """
    Organ.objects.select_for_update().get(pk=county.organ_id)
    old = CountyQuarter.objects.select_related("organ").get(pk=county.pk)
    if not has(by, Permission.COORDINATE, old.organ_id):
        raise Refused("全县季度情况由党风政风监督室重新开稿。", "A10.1b")
    if old.step == CountyStep.DRAFT:
        raise Refused("这一稿还没有定稿，可以直接修改，不用重新开稿。", ARTICLE)
    if _versions(old).filter(version__gt=old.version).exists():
        raise Refused("已有更新的一版，请在新版上办理。", ARTICLE)
    if not reason.strip():
        raise Refused("重新开稿须写明理由，理由随新版长期保留。", ARTICLE)
    made = CountyQuarter.objects.create(
        organ=old.organ, year=old.year, quarter=old.quarter, version=old.version + 1, reason=reason.strip()[:300],
        sections=old.sections, figures=old.figures, by_organ=old.by_organ, merged=old.merged, missing=old.missing,
        data_as_of=old.data_as_of, merged_by=old.merged_by, created_at=at,
    )  # fmt: skip
    record(made, "reopen", by=by, at=at, label="重新开稿", note=made.reason, article=ARTICLE, to_step=made.step)
    return made
