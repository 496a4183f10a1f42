"""The duty engine: opens once, closes by proof, reminds once per grade."""

from datetime import date

import pytest

from accounts import duties
from accounts.duties import DutyKind, Owed, Proof
from accounts.models import Duty, DutyState, Notice
from tests.factories import County, county, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def kind(cast: County, monkeypatch: pytest.MonkeyPatch) -> dict[str, Proof | None]:
    """One duty of the agriculture group, due on 25 March 2026; the test decides when it is proved."""
    proved: dict[str, Proof | None] = {"proof": None}
    monkeypatch.setattr("accounts.duties.kinds.KINDS", {})
    duties.declare(
        DutyKind(
            key="try", article="A6.1b", label="申报",
            owed=lambda day: [Owed(cast.agri, "申报监督项目", date(2026, 3, 25), date(2026, 1, 1), period="2026")]
            if day >= date(2026, 1, 1) else [],
            proof=lambda duty: proved["proof"],
        )
    )  # fmt: skip
    return proved


def test_a_duty_opens_once_however_often_the_job_runs(kind: dict[str, Proof | None]) -> None:
    assert [duties.open_duties(date(2026, 1, d)) for d in (1, 1, 2)] == [1, 0, 0]
    assert Duty.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2026, 3, 19), DutyState.OPEN),
        (date(2026, 3, 20), DutyState.DUE_SOON),
        (date(2026, 3, 25), DutyState.DUE_SOON),
        (date(2026, 3, 26), DutyState.OVERDUE),
    ],
)
def test_state_is_a_reading_of_the_day(kind: dict[str, Proof | None], day: date, state: DutyState) -> None:
    duties.open_duties(date(2026, 1, 1))

    assert Duty.objects.get().state(on=day) == state


@pytest.mark.parametrize(
    ("at", "state"),
    [(moment(2026, 3, 25, 23, 59, 59), DutyState.DONE), (moment(2026, 3, 26, 0, 0, 1), DutyState.LATE)],
)
def test_proof_decides_in_time_or_late_by_the_second(kind: dict[str, Proof | None], at, state: DutyState) -> None:
    duties.open_duties(date(2026, 1, 1))
    kind["proof"] = Proof(at, "已报送3项")

    assert (duties.settle_duties(), duties.settle_duties()) == (1, 0)

    assert Duty.objects.get().state(on=date(2026, 4, 1)) == state


def test_each_grade_reminds_each_person_once(kind: dict[str, Proof | None], cast: County) -> None:
    duties.open_duties(date(2026, 1, 1))

    sent = [
        duties.remind_duties(date(2026, 3, d), at=moment(2026, 3, d, 8)) for d in (19, 20, 21, 23, 24, 25, 25, 26, 27)
    ]

    # clerk and head at 5 days, 2 days, on the day; then once as late, with both of 党风政风监督室
    assert sent == [0, 2, 0, 2, 0, 2, 0, 4, 0]
    assert Notice.objects.filter(recipient=cast.nongye).count() == 4
    assert "已逾期1天" in Notice.objects.filter(recipient=cast.dangfeng).get().sentence


def test_an_excused_duty_is_silent_and_keeps_its_reason(kind: dict[str, Proof | None], cast: County) -> None:
    duties.open_duties(date(2026, 1, 1))

    duties.excuse(Duty.objects.get(), by=cast.dangfeng_head, at=moment(2026, 3, 1), reason="单位合并，并入上级组")

    duty = Duty.objects.get()
    assert duty.state(on=date(2026, 5, 1)) == DutyState.EXCUSED
    assert (duty.excused_by, duty.excuse) == (cast.dangfeng_head, "单位合并，并入上级组")
    assert duties.remind_duties(date(2026, 3, 26), at=moment(2026, 3, 26)) == 0


def test_an_excuse_without_a_reason_is_refused(kind: dict[str, Proof | None], cast: County) -> None:
    duties.open_duties(date(2026, 1, 1))

    with pytest.raises(ValueError, match="理由"):
        duties.excuse(Duty.objects.get(), by=cast.dangfeng_head, at=moment(2026, 3, 1), reason=" ")
