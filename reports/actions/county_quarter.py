"""The county's quarterly draft: merged by one click, merged again when more came in, edited (A10.1b, A10.4a)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.models import Organ
from accounts.periods import Period
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from reports.actions.quarterly import write_sections
from reports.models import CountyQuarter
from reports.quarterly import county as rooms
from reports.quarterly.states import IN

ARTICLE = "A10.4a"


@transaction.atomic
def merge(office: Organ, period: Period, *, by: Any, at: datetime) -> CountyQuarter:
    """汇总: figures counted anew over all organs of the county, words of every report that is in, the missing named.

    Merging again brings in what is new and leaves what an editor wrote. Raises `Refused` for everybody but
    党风政风监督室, and while no report is in.
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
def edit(county: CountyQuarter, texts: Mapping[str, str], *, by: Any, at: datetime) -> CountyQuarter:
    """Rewrite sections of the county's draft. Raises `Refused` for strangers."""
    fresh = CountyQuarter.objects.select_for_update(of=("self",)).select_related("organ").get(pk=county.pk)
    if not has(by, Permission.COORDINATE, fresh.organ_id):
        raise Refused("全县季度情况由党风政风监督室修改。", "A10.1b")
    changed = write_sections(fresh, texts)
    if changed:
        fresh.save()
        record(fresh, "edit", by=by, at=at, label="修改汇总稿", note="、".join(changed), article=ARTICLE)
    return fresh
