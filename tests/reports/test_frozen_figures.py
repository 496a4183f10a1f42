"""The records behind a figure of a signed quarterly report: those of the day of the signature, whatever came later."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AccessLog, Official
from ledgers.models import Disposition
from reports.models import QuarterlyReport
from supervision.models import Problem
from tests.factories import NOW, County, county, enter, moment
from tests.reports.quarterly_cases import sent, written
from tests.samples import make_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.fixture(autouse=True)
def _march() -> Any:
    """The office's day is 24 March 2026, after the signature."""
    with time_machine.travel(moment(2026, 3, 24), tick=False):
        yield


def found(cast: County, description: str) -> Problem:
    """A problem of the group, found in the quarter."""
    return make_problem(cast, cast.agri, description=description, found_on=date(2026, 2, 3))


def disposed(cast: County, name: str) -> None:
    """A person of a unit of the group, disposed of in the quarter."""
    person = Official.objects.create(unit=cast.units["县农业农村局"], full_name=name, post="主任")
    Disposition.objects.create(organ=cast.agri, official=person, form=1, measure="谈话提醒", decided_on=date(2026, 2, 3),
                               created_by=cast.nongye)  # fmt: skip


def signed(cast: County) -> QuarterlyReport:
    """The group's report, signed on 20 March."""
    return sent(cast.agri, at=moment(2026, 3, 20))


def seen(user: Any, report: Any, key: str = "problems_found", **query: Any) -> Any:
    """The page of a frozen figure."""
    return enter(user).get(reverse("reports:quarterly_figure", args=[report.pk, key]), query)


def test_the_data_table_of_a_signed_report_opens_the_records_of_that_day(cast: County) -> None:
    kept, gone = found(cast, "机井无人管护"), found(cast, "台账不全")
    report = signed(cast)
    found(cast, "签字以后发现")
    Problem.objects.filter(pk=gone.pk).update(removed_at=NOW)

    line = next(
        row
        for row in enter(cast.nongye).get(report.get_absolute_url()).context["table"]
        if row["key"] == "problems_found"
    )
    answer = enter(cast.nongye).get(line["address"])
    page = answer.content.decode()

    assert line["address"] == reverse("reports:quarterly_figure", args=[report.pk, "problems_found"])
    assert {row["pk"] for row in answer.context["page"].rows} == {kept.pk, gone.pk}
    assert "发现问题 2个" in page and "签字以后发现" not in page and "数据截至2026-03-20" in page
    assert "现在按同一口径统计仍为2个，新增1条记录，1条记录不再计入。" in page
    sheet = load_workbook(io.BytesIO(seen(cast.nongye, report, format="xlsx").content)).active
    assert sheet.max_row == 2 + 2  # title, headings, two records


def test_what_did_not_change_says_so(cast: County) -> None:
    found(cast, "机井无人管护")

    assert "现在按同一口径统计仍为1个，记录没有变化。" in seen(cast.nongye, signed(cast)).content.decode()


def test_a_draft_has_no_frozen_figure_and_links_to_the_live_list(cast: County) -> None:
    found(cast, "机井无人管护")
    report = written(cast.agri)

    line = next(
        row
        for row in enter(cast.nongye).get(report.get_absolute_url()).context["table"]
        if row["key"] == "problems_found"
    )

    assert line["address"].startswith("/figures/problems_found/?")
    assert seen(cast.nongye, report).status_code == 404


def test_names_stay_with_whoever_reads_their_register(cast: County) -> None:
    disposed(cast, "张三")
    report = signed(cast)
    disposed(cast, "李四")

    author, coordinator = (seen(user, report, "dispositions") for user in (cast.nongye, cast.dangfeng))

    assert "张三" in author.content.decode() and "李四" not in author.content.decode()
    assert "现在按同一口径统计为2人，新增1条记录。" in coordinator.content.decode()
    assert "张三" not in coordinator.content.decode() and "名单只对" in coordinator.content.decode()
    logged = AccessLog.objects.filter(action="view", subject__contains="涉及人员的名单")
    assert list(logged.values_list("username", flat=True)) == ["nongye"]


def test_another_organ_s_report_and_an_unknown_figure_are_not_found(cast: County) -> None:
    report = signed(cast)

    assert seen(cast.jiaoyu, report).status_code == 404
    assert seen(cast.nongye, report, "nonsense").status_code == 404


def test_every_figure_that_a_report_keeps_opens(cast: County) -> None:
    found(cast, "机井无人管护")
    disposed(cast, "张三")
    report = signed(cast)

    assert {key: seen(cast.nongye_head, report, key).status_code for key in report.figures} == dict.fromkeys(
        report.figures, 200
    )
