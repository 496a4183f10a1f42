"""Article 13: in force from its issue; a newer rule applies from its day on and alters nothing that is past."""

from datetime import date

import pytest

from accounts.administration import set_limit
from accounts.duties import open_duties
from accounts.limits import REGISTRY
from accounts.models import Duty
from accounts.workflow import Refused
from checklists.actions.regulation import ensure_shipped, load
from checklists.regulation import parse
from reports.actions.briefings import correct_briefing
from tests.factories import NOW, TODAY, County, county, moment
from tests.reports.hearing_cases import HELD, MAR, heard

pytestmark = pytest.mark.django_db
NEWER = "清河县纪办〔2026〕9号\n印发《政治监督实施办法（修订）》的通知\n第一章 总则\n第一条 新规定。"


@pytest.fixture
def cast() -> County:
    return county()


def test_a13_a_number_set_anew_counts_from_its_day_on(cast: County) -> None:
    limit = REGISTRY["round_briefing_days"]

    set_limit(limit, 15, valid_from=date(2026, 4, 1), reason="新规定", by=cast.dangfeng_head, at=NOW)

    assert [limit.on(day) for day in (date(2025, 12, 31), date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1))] == [
        10,
        10,
        15,
        15,
    ]


def test_a13_nothing_is_set_for_the_past(cast: County) -> None:
    with pytest.raises(Refused, match="生效日期不能早于今天") as caught:
        set_limit(
            REGISTRY["annual_report_due"], 1220, valid_from=date(2026, 2, 9), reason="补", by=cast.dangfeng_head, at=NOW
        )
    assert caught.value.article == "A13"


def test_a13_a_duty_keeps_the_day_with_which_it_was_opened(cast: County) -> None:
    open_duties(TODAY)

    set_limit(REGISTRY["annual_report_due"], 1201, valid_from=TODAY, reason="新规定", by=cast.dangfeng_head, at=NOW)
    open_duties(date(2026, 2, 11))
    open_duties(date(2027, 1, 4))

    due = dict(Duty.objects.filter(kind="annual_report").values_list("period", "due_on"))
    assert due == {"2026": date(2026, 12, 31), "2027": date(2027, 12, 1)}


def test_a13_every_number_of_the_regulation_names_its_article(cast: County) -> None:
    assert [key for key, limit in REGISTRY.items() if not limit.article.startswith("A") or not limit.label] == []


def test_a13_records_keep_the_edition_under_which_they_were_made(cast: County) -> None:
    first = ensure_shipped().doc_no
    old = heard(cast)

    load(parse(NEWER.splitlines()), by=cast.dangfeng_head, at=MAR, in_force_from=MAR.date())
    new = heard(cast, trigger="important")
    values = {
        "held_on": HELD,
        "organs": [cast.agri],
        "rounds": [],
        "quarter": "2026Q1",
        "trigger": "quarter",
        "content": "更正。",
        "instructions": "",
    }
    correct_briefing(old, values, by=cast.xieguan1, at=moment(2026, 3, 21), reason="登记有误")
    old.refresh_from_db()

    assert (old.edition, new.edition) == (first, "清河县纪办〔2026〕9号")
