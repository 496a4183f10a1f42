"""第十条第（四）项: the standing committee hears the county's yearly report (A10.4b, A10.4d)."""

from __future__ import annotations

import pytest

from accounts.models import ScResolution
from accounts.workflow import Refused
from reports.models import AnnualHearing
from tests.factories import County, county
from tests.reports.committee_cases import DAY, ask, called, decide, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a10_4d_the_hearing_is_an_item_of_a_meeting_and_leaves_its_resolution(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting, "2026年政治监督综合情况汇报", kind="hearing", text="")
    held(cast, meeting)

    decide(cast, item, "noted", "肯定成绩，抓好整改。")

    made = ScResolution.objects.get(kind="annual_hearing")
    assert (made.meeting_on, made.organ, made.opinion) == (DAY, cast.cso, "肯定成绩，抓好整改。")


def test_a10_4d_a_hearing_is_heard_or_put_off_not_voted_down(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting, kind="hearing")
    held(cast, meeting)

    with pytest.raises(Refused, match="请选择会议决定：“已听取”、“缓议”.*第十条第（四）项"):
        decide(cast, item, "return", "不听取。")
    assert not ScResolution.objects.exists()


def test_a10_4b_the_office_that_reports_is_named(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting, "综合情况汇报", kind="hearing")

    assert item.reporter == cast.cso


def test_a10_4d_the_hearing_of_the_meeting_counts_for_the_year_that_it_names(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting, "听取2025年政治监督综合情况汇报", kind="hearing", text="")
    held(cast, meeting)

    decide(cast, item, "noted", "肯定成绩，抓好整改。")

    heard = AnnualHearing.objects.get()
    assert (heard.year, heard.organ, heard.resolution.meeting_on) == (2025, cast.cso, DAY)
