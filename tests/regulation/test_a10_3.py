"""Article 10(3): each half-year a 专题会商 with every supervised unit; cases against political discipline lead to 以案促改."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, DutyState, UnitKind
from accounts.workflow import Refused
from ledgers.actions.consultations import note_follow_up, record_consultation
from ledgers.consulting.coverage import coverage, figures
from tests.factories import NOW, TODAY, County, county, moment
from tests.ledgers.consultations import draft, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def owed(period: str, organ_id: int) -> list[str]:
    rows = Duty.objects.filter(kind="consultation", period=period, organ_id=organ_id)
    return sorted(duty.subject.name for duty in rows)


def duty_with(cast: County, unit: str, period: str = "2026H1") -> Duty:
    return Duty.objects.get(kind="consultation", period=period, subject_id=cast.units[unit].pk)


def test_a10_3a_every_unit_of_a_group_and_of_a_township_is_owed_one_in_each_half(cast: County) -> None:
    open_duties(date(2026, 1, 1))
    open_duties(date(2026, 7, 1))

    assert owed("2026H1", cast.agri.pk) == sorted(["县农业农村局", "县农机服务中心", "县畜牧服务中心"])
    assert owed("2026H2", cast.town.pk) == sorted(["柳河镇人民政府", "柳河镇财政所"])
    assert owed("2026H1", cast.cso.pk) == owed("2026H1", cast.cases.pk) == []


@pytest.mark.parametrize(
    ("day", "opened", "due"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2026, 7, 1), date(2026, 12, 31)),
    ],
)
def test_a10_3a_the_halves_are_natural_ones(cast: County, day: date, opened: date, due: date) -> None:
    open_duties(day)

    duty = Duty.objects.get(kind="consultation", subject_id=cast.units["县教育局"].pk)
    assert (duty.opened_on, duty.due_on, duty.article) == (opened, due, "A10.3a")


def test_a10_3a_a_township_committee_owes_at_least_the_one_with_its_own_township(cast: County) -> None:
    unit = cast.units["柳河镇人民政府"]
    unit.kind = UnitKind.TOWNSHIP
    unit.save()

    open_duties(TODAY)

    assert owed("2026H1", cast.town.pk) == ["柳河镇人民政府"]


def test_a10_3a_one_meeting_with_several_units_counts_for_each(cast: County) -> None:
    open_duties(TODAY)
    made = recorded(cast, "县农业农村局", "县畜牧服务中心")

    settle_duties()

    on = date(2026, 7, 5)
    states = {name: duty_with(cast, name).state(on=on) for name in ("县农业农村局", "县畜牧服务中心", "县农机服务中心")}
    assert states == {
        "县农业农村局": DutyState.DONE,
        "县畜牧服务中心": DutyState.DONE,
        "县农机服务中心": DutyState.OVERDUE,
    }
    assert duty_with(cast, "县农业农村局").proof_link == f"/ledgers/consultations/{made.pk}/"


def test_a10_3a_a_draft_and_a_meeting_of_the_other_half_prove_nothing(cast: County) -> None:
    open_duties(TODAY)
    draft(cast)
    recorded(cast, held_on=date(2025, 12, 31))

    settle_duties()

    assert duty_with(cast, "县农业农村局").fulfilled_at is None


def test_a10_3a_the_day_of_the_meeting_counts_and_not_the_day_of_writing_it_down(cast: County) -> None:
    open_duties(TODAY)
    recorded(cast, held_on=date(2026, 6, 30), at=moment(2026, 7, 8))

    settle_duties()
    cells = {row.unit: row.cells for row in coverage(2026, [cast.agri.pk], on=date(2026, 7, 10))}

    assert duty_with(cast, "县农业农村局").state(on=date(2026, 7, 10)) == DutyState.DONE
    first = cells["县农业农村局"][0]
    assert (first.state, first.days, first.words) == ("late", 8, "2026-06-30（会后补登，晚8天）")


def test_a10_3a_a_new_organ_begins_with_its_first_full_half_and_a_unit_ends_before_its_last(cast: County) -> None:
    cast.agri.active_from = date(2026, 1, 2)
    cast.agri.save()
    ended = cast.units["县第一中学"]
    ended.active_to = date(2026, 8, 31)
    ended.save()

    open_duties(date(2026, 3, 1))
    open_duties(date(2026, 7, 1))

    assert owed("2026H1", cast.agri.pk) == []
    assert len(owed("2026H2", cast.agri.pk)) == 3
    assert "县第一中学" in owed("2026H1", cast.edu.pk)
    assert "县第一中学" not in owed("2026H2", cast.edu.pk)


def test_a10_3a_an_organ_that_is_dissolved_owes_nothing_for_its_last_half(cast: County) -> None:
    cast.edu.active_to = date(2026, 6, 30)
    cast.edu.save()

    open_duties(TODAY)

    assert owed("2026H1", cast.edu.pk) == []


def test_a10_3a_coverage_counts_meetings_units_and_their_share(cast: County) -> None:
    recorded(cast, "县农业农村局", "县畜牧服务中心")
    recorded(cast, "县农业农村局", held_on=date(2026, 1, 20))

    first, second = figures(coverage(2026, [cast.agri.pk, cast.edu.pk], on=TODAY))

    assert (first.count, first.owed, first.covered, first.share) == (2, 6, 2, 33.3)
    assert (second.count, second.owed, second.share) == (0, 0, None)


def test_a10_3a_the_matrix_says_how_many_days_are_left_and_how_many_have_passed(cast: County) -> None:
    def words(on: date) -> list[str]:
        return [cell.words for cell in coverage(2026, [cast.edu.pk], on=on)[0].cells]

    assert words(date(2026, 6, 29)) == ["未开展，还有1天", "未到期"]
    assert words(date(2026, 6, 30)) == ["未开展，还有0天", "未到期"]
    assert words(date(2026, 7, 1)) == ["未开展，已逾期1天", "未开展，还有183天"]


@pytest.mark.parametrize(
    ("blank", "said"),
    [
        ({"suggestions": " "}, "整改建议"),
        ({"attendees_unit": ""}, "被监督单位参加人员"),
        ({"common_problems": "", "prominent_problems": ""}, "普遍性问题或者突出问题"),
    ],
)
def test_a10_3a_minutes_without_problems_or_suggestions_are_not_recorded(
    cast: County, blank: dict[str, str], said: str
) -> None:
    made = draft(cast, **blank)

    with pytest.raises(Refused, match=said) as refused:
        record_consultation(made, by=cast.nongye, at=NOW)

    assert "第十条第（三）项" in refused.value.full
    made.refresh_from_db()
    assert made.step == "draft"


def test_a10_3a_the_follow_up_is_owed_on_its_day_until_its_result_is_written(cast: County) -> None:
    made = recorded(cast, follow_up_on=date(2026, 3, 10))
    open_duties(date(2026, 2, 11))
    duty = Duty.objects.get(kind="consultation_follow_up")
    assert (duty.due_on, duty.organ, duty.article) == (date(2026, 3, 10), cast.agri, "A10.3a")

    settle_duties()
    duty.refresh_from_db()
    assert duty.fulfilled_at is None

    note_follow_up(made, done_on=date(2026, 3, 12), result="资料已补齐。", by=cast.nongye, at=moment(2026, 3, 12))
    settle_duties()
    duty.refresh_from_db()
    assert duty.state(on=date(2026, 3, 12)) == DutyState.LATE


def test_a10_3b_a_case_against_political_discipline_asks_for_case_driven_rectification(cast: County) -> None:
    made = draft(cast, political_case=True)

    with pytest.raises(Refused, match="以案促改") as refused:
        record_consultation(made, by=cast.nongye, at=NOW)

    assert refused.value.article == "A10.3b"
    treated = draft(cast, political_case=True, case_rectification="已发以案促改通知，3月底前开展警示教育。")
    assert record_consultation(treated, by=cast.nongye, at=NOW).step == "recorded"
