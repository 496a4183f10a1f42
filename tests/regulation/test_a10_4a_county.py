"""第十条第（四）项: the county's quarter is settled by the head of 党风政风监督室 and changes only by a new version (A10.4a, A10.1b)."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.models import Event
from accounts.workflow import Refused
from reports.actions import county_quarter as acts
from reports.builders.quarterly import county_paper
from reports.models import CountyQuarter
from reports.pdf import to_pdf
from tests.factories import County, county, enter, moment
from tests.reports.quarterly_cases import FIRST, sent
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
MERGED, SETTLED, LATER = moment(2026, 3, 27, 9), moment(2026, 3, 27, 16), moment(2026, 4, 2)


@pytest.fixture
def cast() -> County:
    """Two problems of one group, whose report is in."""
    made = county()
    for day in (5, 6):
        make_problem(made, made.agri, found_on=date(2026, 1, day))
    sent(made.agri, at=moment(2026, 3, 24))
    return made


@pytest.fixture
def draft(cast: County) -> CountyQuarter:
    return acts.merge(cast.cso, FIRST, by=cast.dangfeng, at=MERGED)


def printed(row: CountyQuarter) -> str:
    pages = PdfReader(io.BytesIO(to_pdf(county_paper(row)))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")


def test_a10_4a_only_the_head_of_the_office_settles(cast: County, draft: CountyQuarter) -> None:
    for stranger in (cast.dangfeng, cast.nongye_head, cast.fenguan, cast.shuji):
        with pytest.raises(Refused, match="您没有“定稿”的权限"):
            acts.finalise(draft, by=stranger, at=SETTLED)

    acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)

    row = CountyQuarter.objects.get()
    assert (row.step, row.finalised_by, row.finalised_at) == ("final", cast.dangfeng_head, SETTLED)
    assert len(row.digest) == 64
    assert Event.objects.of(row).get(verb="finalise").article == "A10.1b"


def test_a10_4a_who_merged_or_wrote_does_not_settle(cast: County, draft: CountyQuarter) -> None:
    acts.edit(draft, {"plans": "全县开展交叉检查。"}, by=cast.dangfeng_head, at=MERGED)

    with pytest.raises(Refused, match="您汇总或修改过这一稿，不能自己定稿"):
        acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)
    assert CountyQuarter.objects.get().step == "draft"


def test_a10_4a_an_empty_section_and_unmerged_reports_hold_it_up(cast: County, draft: CountyQuarter) -> None:
    acts.edit(draft, {"plans": ""}, by=cast.dangfeng, at=MERGED)
    with pytest.raises(Refused, match="“下季度打算”还没有写.*再定稿"):
        acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)
    acts.edit(draft, {"plans": "无"}, by=cast.dangfeng, at=MERGED)
    sent(cast.town, at=moment(2026, 3, 27, 10), late_reason="补报")

    with pytest.raises(Refused, match="上次汇总后又有报送：柳河镇纪委。请先由经办人重新汇总"):
        acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)


def test_a10_4a_what_is_settled_stays_as_it_was(cast: County, draft: CountyQuarter) -> None:
    ids = draft.figures["problems_found"]["ids"]
    acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)
    before = printed(CountyQuarter.objects.get())
    make_problem(cast, cast.agri, found_on=date(2026, 2, 3), at=LATER)

    with pytest.raises(Refused, match="已定稿，文字和数据已锁定.*重新开稿"):
        acts.edit(draft, {"plans": "改写"}, by=cast.dangfeng, at=LATER)
    with pytest.raises(Refused, match="已定稿"):
        acts.merge(cast.cso, FIRST, by=cast.dangfeng, at=LATER)
    with pytest.raises(Refused, match="当前为“已定稿”"):
        acts.finalise(draft, by=cast.dangfeng_head, at=LATER)

    row = CountyQuarter.objects.get()
    assert row.data_as_of == MERGED
    assert len(ids) == 2 and row.content["figures"]["problems_found"]["ids"] == ids
    CountyQuarter.objects.update(sections=[], figures={}, by_organ=[])  # nothing of the paper is read from the draft
    assert printed(CountyQuarter.objects.get()) == before
    assert "共发现问题2个" in before and "草稿" not in before


def test_a10_4a_a_draft_is_printed_as_one(cast: County, draft: CountyQuarter) -> None:
    paper = county_paper(draft)
    assert (paper.watermark, paper.digest) == ("草稿", "")
    acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)

    paper = county_paper(CountyQuarter.objects.get())
    assert (paper.watermark, paper.signed_on) == ("", date(2026, 3, 27))
    assert len(paper.digest) == 64


def test_a10_4a_opened_again_with_a_reason_as_a_new_version(cast: County, draft: CountyQuarter) -> None:
    with pytest.raises(Refused, match="还没有定稿，可以直接修改"):
        acts.reopen(draft, reason="补报", by=cast.dangfeng, at=LATER)
    acts.finalise(draft, by=cast.dangfeng_head, at=SETTLED)
    with pytest.raises(Refused, match="须写明理由"):
        acts.reopen(draft, reason=" ", by=cast.dangfeng, at=LATER)
    with pytest.raises(Refused, match="由党风政风监督室重新开稿"):
        acts.reopen(draft, reason="补报", by=cast.nongye_head, at=LATER)
    sent(cast.town, at=moment(2026, 4, 1), late_reason="补报")

    second = acts.reopen(draft, reason="柳河镇补报", by=cast.dangfeng, at=LATER)
    with pytest.raises(Refused, match="已有更新的一版"):
        acts.reopen(draft, reason="再来一次", by=cast.dangfeng, at=LATER)
    assert steps() == [(2, "draft"), (1, "final")]
    second = acts.merge(cast.cso, FIRST, by=cast.dangfeng, at=LATER)
    acts.finalise(second, by=cast.dangfeng_head, at=LATER)

    assert steps() == [(2, "final"), (1, "superseded")]
    second.refresh_from_db()
    assert "柳河镇纪委" in second.text_of("difficulties")
    assert "第2版，重新开稿理由：柳河镇补报" in printed(second)
    assert "柳河镇补报" not in printed(CountyQuarter.objects.get(version=1))


def steps() -> list[tuple[Any, ...]]:
    return list(CountyQuarter.objects.values_list("version", "step"))


def test_a10_4a_the_page_offers_what_each_may_do(cast: County, draft: CountyQuarter) -> None:
    address = draft.get_absolute_url()
    assert "您没有“定稿”的权限" in enter(cast.dangfeng).get(address).content.decode()
    assert enter(cast.dangfeng).post(f"{address}finalise/").status_code == 409
    assert (
        "disabled"
        not in enter(cast.dangfeng_head).get(address).content.decode().split("定稿，锁定文字和数据")[0][-200:]
    )
    assert enter(cast.dangfeng_head).post(f"{address}finalise/").status_code == 302

    text = enter(cast.dangfeng).get(address).content.decode()
    assert "已定稿" in text and "重新开稿" in text and f"{address}edit/" not in text
    assert enter(cast.dangfeng).get(f"{address}edit/").status_code == 302
    assert enter(cast.dangfeng).post(f"{address}reopen/", {"reason": ""}).status_code == 422
    assert enter(cast.dangfeng).post(f"{address}reopen/", {"reason": "补报"}).status_code == 302
    assert CountyQuarter.objects.filter(step="draft", version=2).count() == 1
