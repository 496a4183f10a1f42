"""Article 12: 党风政风监督室 explains the regulation, in notes on its articles and in how its numbers are read."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from accounts.administration import set_limit
from accounts.limits import REGISTRY
from accounts.models import RuleNote, RuleSetting
from accounts.workflow import Refused
from checklists.actions.regulation import note_interpretation
from tests.factories import NOW, TODAY, County, county, enter

pytestmark = pytest.mark.django_db
WORDS = "“每季度”按自然季度计算，补听的按逾期完成记录。"


@pytest.fixture
def cast() -> County:
    return county()


def test_a12_the_office_explains_an_article_and_everybody_reads_it_there(cast: County) -> None:
    note_interpretation("A10.4", text=f"  {WORDS} ", by=cast.dangfeng, at=NOW)

    for name in ("nongye", "liuhe_head", "xieguan2", "shuji", "changweihui"):
        page = enter(cast.people[name]).get(reverse("checklists:article", args=["A10.4"])).content.decode()
        assert WORDS in page, name
        assert "周明" in page, name
    assert WORDS not in enter(cast.nongye).get(reverse("checklists:article", args=["A10.3"])).content.decode()


def test_a12_nobody_else_explains(cast: County) -> None:
    for name in ("nongye_head", "xieguan1", "fenguan", "shuji", "changweihui"):
        with pytest.raises(Refused, match="条款由党风政风监督室负责解释") as caught:
            note_interpretation("A10.4", text=WORDS, by=cast.people[name], at=NOW)
        assert caught.value.article == "A12"
    with pytest.raises(Refused, match="请写明解释的内容"):
        note_interpretation("A10.4", text=" ", by=cast.dangfeng, at=NOW)
    assert RuleNote.objects.count() == 0


def test_a12_a_note_bears_the_local_day_and_its_author(cast: County) -> None:
    early = datetime(2026, 2, 9, 17, 30, tzinfo=UTC)  # half past one in the morning of the 10th in Shanghai

    note = note_interpretation("A10.4", text=WORDS, by=cast.dangfeng, at=early)

    assert (note.noted_on, note.noted_by) == (date(2026, 2, 10), cast.dangfeng)


def test_a12_the_head_of_the_office_alone_says_how_a_number_is_read(cast: County) -> None:
    limit = REGISTRY["round_briefing_days"]
    for name in ("dangfeng", "nongye_head", "fenguan", "sysadmin"):
        with pytest.raises(Refused, match="由党风政风监督室负责人设定"):
            set_limit(limit, 15, valid_from=TODAY, reason="试行", by=cast.people[name], at=NOW)
    assert RuleSetting.objects.count() == 0

    set_limit(limit, 15, valid_from=TODAY, reason="县纪委办公会决定", by=cast.dangfeng_head, at=NOW)

    assert limit.on(TODAY) == 15
    assert "县纪委办公会决定" in enter(cast.nongye).get(reverse("accounts:limits")).content.decode()
