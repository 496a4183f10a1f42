"""Article 10(5): 党风政风监督室 evaluates groups and township committees by numbers; the result goes to the yearly appraisal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.approvals import decide, signers
from accounts.duties import open_duties, settle_duties
from accounts.models import Approval, Duty, Organ, ScResolution
from accounts.roles import CHAIN
from accounts.workflow import Refused
from ledgers.models import CaseRecord
from reports.actions.evaluation.schemes import draft_scheme, edit_scheme, submit_scheme
from reports.actions.evaluation.tables import compute_table, deliver_table, open_table, settle_table, submit_table
from reports.committee.candidates import candidates
from reports.committee.materials import parts
from reports.counting.figure import FIGURES
from reports.evaluation.composition import scope_of
from reports.indicators.indicator import INDICATORS
from reports.models import EvaluationScheme, EvaluationTable
from supervision.actions.reporting.accountability import verify_accountability
from supervision.models import Clue
from tests.factories import County, county, enter, moment
from tests.reports.committee_cases import called, held, put
from tests.reports.committee_cases import decide as decide_item
from tests.reports.evaluation_cases import (
    AFTER,
    FEB,
    accountability,
    case,
    computed,
    in_force,
    problem,
    values_of_scheme,
    widen,
    year_of_records,
)
from tests.supervision.rounds import signed

pytestmark = pytest.mark.django_db
END = moment(2026, 12, 28)


@pytest.fixture
def cast() -> County:
    return county()


def confirmed(cast: County) -> EvaluationTable:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    settle_table(table, by=cast.dangfeng, at=moment(2026, 12, 24))
    submit_table(table, by=cast.dangfeng, at=moment(2026, 12, 24))
    signed(cast, table, at=END, kind="evaluation")
    table.refresh_from_db()
    return table


def test_a10_5a_no_table_before_the_committee_approved_the_scheme(cast: County) -> None:
    health, zone = widen(cast)
    scheme = draft_scheme(cast.cso, 2026, values_of_scheme(cast, health, zone), by=cast.dangfeng, at=FEB)

    with pytest.raises(Refused, match="还没有经县纪委常委会批准"):
        compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)
    submit_scheme(scheme, by=cast.dangfeng, at=FEB)
    with pytest.raises(Refused, match="还没有经县纪委常委会批准"):
        compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)
    signed(cast, scheme, at=FEB, kind="evaluation")

    with pytest.raises(Refused, match="截止日之后才能核算"):
        compute_table(cast.cso, 2026, by=cast.dangfeng, at=moment(2026, 12, 15))
    assert compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER).rows.count() == 5


def test_a10_5a_an_approved_scheme_is_locked_and_changed_by_a_new_version(cast: County) -> None:
    health, zone = widen(cast)
    values = values_of_scheme(cast, health, zone)
    first = in_force(cast, values)
    more = {**values, "adjustment_limit": Decimal(3)}

    with pytest.raises(Refused, match="不能修改"):
        edit_scheme(first, more, by=cast.dangfeng, at=FEB)
    with pytest.raises(Refused, match="须写明修订理由"):
        draft_scheme(cast.cso, 2026, more, by=cast.dangfeng, at=FEB)
    second = in_force(cast, more, reason="常委会要求调低限额", at=moment(2026, 3, 2))

    first.refresh_from_db()
    assert (first.step, first.adjustment_limit, second.version, second.step) == (
        "superseded",
        Decimal(5),
        2,
        "in_force",
    )


def test_a10_5a_only_the_office_evaluates(cast: County) -> None:
    health, zone = widen(cast)

    for person in (cast.nongye_head, cast.fenguan, cast.changweihui, cast.anguan):
        with pytest.raises(Refused, match="党风政风监督室牵头"):
            draft_scheme(cast.cso, 2026, values_of_scheme(cast, health, zone), by=person, at=FEB)


def test_a10_5a_the_committee_finds_scheme_and_table_among_what_waits_for_it(cast: County) -> None:
    health, zone = widen(cast)
    scheme = draft_scheme(cast.cso, 2026, values_of_scheme(cast, health, zone), by=cast.dangfeng, at=FEB)
    submit_scheme(scheme, by=cast.dangfeng, at=FEB)
    climb(cast, scheme)

    [found] = candidates(cast.changweihui)

    assert (found.title, found.organ) == (str(scheme), "党风政风监督室")
    meeting = called(cast)
    item = put(cast, meeting, found.key)
    assert item.approval is not None and item.approval.content["指标和权重"].startswith("发现解决问题20分")
    assert [part.label for part in parts(item, on=FEB.date())] == ["议题单", "材料正文"]
    held(cast, meeting)
    decide_item(cast, item, "approve", opinion="同意")
    scheme.refresh_from_db()
    assert scheme.step == "in_force" and scheme.resolution is not None and scheme.resolution.kind == "evaluation"


def climb(cast: County, paper: Any) -> None:
    """Every rung below the committee signs."""
    approval = Approval.objects.of(paper).get()
    for rung in CHAIN:
        decide(approval, "approve", by=signers(cast.cso.pk, rung, on=FEB.date())[0], at=FEB)


def test_a10_5a_the_decision_is_on_record_as_one_about_the_evaluation(cast: County) -> None:
    table = confirmed(cast)

    assert table.step == "confirmed" and table.resolution is not None
    assert set(ScResolution.objects.values_list("kind", flat=True)) == {"evaluation"}


def test_a10_5a_an_accountability_counts_once_another_person_verified_it(cast: County) -> None:
    row = accountability(cast, problem(cast, cast.agri), "张某", verified=None)

    with pytest.raises(Refused, match="由党风政风监督室负责人核实"):
        verify_accountability(row, by=cast.nongye_head, at=AFTER)
    verify_accountability(row, by=cast.dangfeng_head, at=AFTER)
    with pytest.raises(Refused, match="核实"):
        verify_accountability(row, by=cast.dangfeng_head, at=AFTER)

    row.refresh_from_db()
    assert (row.verified_by, row.verified_at) == (cast.dangfeng_head, AFTER)


def test_a10_5a_the_five_families_are_indicators_that_open_their_records(cast: County) -> None:
    health, zone = widen(cast)
    year_of_records(cast, health, zone)
    scheme = EvaluationScheme(organ=cast.cso, year=2026, cutoff=date(2026, 12, 15))
    scope = scope_of(scheme, [cast.agri.pk, cast.edu.pk, health.pk])
    values = {key: INDICATORS[key].value(scope) for key in ("E-1", "E-2", "E-3", "E-4", "E-5")}

    assert values == {"E-1": 6, "E-2": 5, "E-3": 4, "E-4": 0, "E-5": Decimal("1333.33")}
    assert len(INDICATORS["E-2"].records(scope)) == 5


def test_a10_5a_the_yearly_duty_is_a_prompt_with_a_day_of_the_office(cast: County) -> None:
    open_duties(date(2026, 1, 5))
    duty = Duty.objects.get(kind="evaluation")
    assert (duty.organ, duty.due_on) == (cast.cso, date(2027, 1, 31))

    confirmed(cast)
    settle_duties()

    duty.refresh_from_db()
    assert duty.fulfilled_at == END


def test_a10_5b_only_a_confirmed_result_is_delivered_and_once(cast: County) -> None:
    table = confirmed(cast)
    day = date(2026, 12, 30)

    with pytest.raises(Refused, match="送达日期应在"):
        deliver_table(table, to="县委组织部", on=date(2026, 12, 27), by=cast.dangfeng, at=moment(2026, 12, 30))
    with pytest.raises(Refused, match="请填写送达"):
        deliver_table(table, to=" ", on=day, by=cast.dangfeng, at=moment(2026, 12, 30))
    deliver_table(table, to="县委组织部", on=day, by=cast.dangfeng, at=moment(2026, 12, 30))
    with pytest.raises(Refused, match="不用重复登记"):
        deliver_table(table, to="县委组织部", on=day, by=cast.dangfeng, at=moment(2026, 12, 30))

    table.refresh_from_db()
    assert (table.delivered_to, table.delivered_on, table.delivered_by) == ("县委组织部", day, cast.dangfeng)


def test_a10_5b_a_table_that_is_not_confirmed_is_not_delivered(cast: County) -> None:
    table = computed(cast)

    with pytest.raises(Refused, match="常委会确认后才能送达"):
        deliver_table(table, to="县委组织部", on=AFTER.date(), by=cast.dangfeng, at=AFTER)


def test_a10_5a_a_case_counts_for_who_handles_it_and_for_whose_clue_led_to_it(cast: County) -> None:
    clue = Clue.objects.create(organ=cast.edu, receiver=cast.agri, code="县监线〔2026〕3号", transferred_on=date(2026, 3, 1),
                               created_by=cast.jiaoyu, created_at=FEB)  # fmt: skip
    both = case(cast, cast.cso, handled_by=cast.agri, clue=clue)
    own = case(cast, cast.edu, handled_by=None, clue=clue)  # the sender itself registered it: once
    case(cast, cast.agri, handled_by=cast.agri, clue=clue, verified=None)
    scheme = EvaluationScheme(organ=cast.cso, year=2026, cutoff=date(2026, 12, 15))

    def counted(*organs: Organ) -> list[int]:
        return FIGURES["evaluated_cases"].ids(scope_of(scheme, [organ.pk for organ in organs]))

    assert counted(cast.agri) == [both.pk]
    assert counted(cast.edu) == [both.pk, own.pk]
    assert counted(cast.cso) == []
    assert counted(cast.agri, cast.edu, cast.cso) == [both.pk, own.pk]  # the county counts it once
    everybody = scope_of(scheme, [cast.agri.pk, cast.edu.pk, cast.cso.pk])
    assert FIGURES["evaluated_cases"].by_organ(everybody) == {cast.agri.pk: 1, cast.edu.pk: 2}


def test_a10_5a_a_case_is_not_filed_before_its_clue_was_handed_over(cast: County) -> None:
    clue = Clue.objects.create(organ=cast.agri, receiver=cast.cso, code="县监线〔2026〕4号", transferred_on=date(2026, 2, 5),
                               created_by=cast.nongye, created_at=FEB)  # fmt: skip
    client = enter(cast.nongye)
    page = client.get(reverse("ledgers:register_new", args=["cases"])).content.decode()
    assert (
        "县监线〔2026〕4号" in page
        and "县监线〔2026〕4号"
        not in enter(cast.jiaoyu).get(reverse("ledgers:register_new", args=["cases"])).content.decode()
    )
    sent = {"code": "濮立〔2026〕7号", "filed_on": "2026-02-04", "clue": clue.pk}

    refused = client.post(reverse("ledgers:register_new", args=["cases"]), sent)
    kept = client.post(reverse("ledgers:register_new", args=["cases"]), {**sent, "filed_on": "2026-02-05"})

    assert "立案日期早于线索县监线〔2026〕4号的移送日期2026-02-05，请核对" in refused.content.decode()
    assert kept.status_code == 302 and CaseRecord.objects.get().clue == clue
