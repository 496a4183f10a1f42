"""Drafts that were begun wrongly: 作废 with a reason, years that may be drafted, one draft of a year (A10.5a, A11)."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Event
from accounts.roles import OrganKind
from accounts.workflow import Refused
from reports.actions import ecology
from reports.actions.evaluation.schemes import draft_scheme, drop_scheme, submit_scheme
from reports.actions.evaluation.tables import compute_table
from reports.builders.evaluation import scheme_paper
from reports.evaluation.panels import to_verify
from reports.models import EcologyReport, EvaluationScheme
from tests.factories import County, county, enter, make_organ, moment
from tests.reports.ecology_cases import DEC
from tests.reports.evaluation_cases import AFTER, CUTOFF, FEB, case, in_force, values_of_scheme, widen

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def drawn(cast: County, year: int = 2026) -> EvaluationScheme:
    """A draft of a year."""
    health, zone = widen(cast)
    values = values_of_scheme(cast, health, zone, cutoff=date(year, 12, 15))
    return draft_scheme(cast.cso, year, values, by=cast.dangfeng, at=moment(year, 2, 20))


def test_a_dropped_draft_stays_to_be_read_and_leaves_its_number_free(cast: County) -> None:
    wrong = drawn(cast)
    values = {
        name: getattr(wrong, name) for name in ("weights", "groups", "cutoff", "adjustment_limit", "objection_days")
    }

    with pytest.raises(Refused, match="须写明理由"):
        drop_scheme(wrong, reason=" ", by=cast.dangfeng, at=FEB)
    with pytest.raises(Refused, match="党风政风监督室牵头"):
        drop_scheme(wrong, reason="权重有误", by=cast.nongye_head, at=FEB)
    drop_scheme(wrong, reason="权重有误", by=cast.dangfeng, at=FEB)
    again = draft_scheme(cast.cso, 2026, values, by=cast.dangfeng, at=FEB)  # no reason: nothing was ever approved

    assert dict(EvaluationScheme.objects.values_list("pk", "step")) == {wrong.pk: "dropped", again.pk: "draft"}
    assert (again.version, again.reason) == (1, "")
    wrong.refresh_from_db()
    event = Event.objects.of(wrong).get(verb="drop")
    assert (event.label, event.note, event.by) == ("作废草稿", "权重有误", cast.dangfeng)
    assert scheme_paper(wrong).watermark == "作废" and wrong.history.count() == 2
    with pytest.raises(Refused, match="不能作废草稿"):
        drop_scheme(wrong, reason="再次", by=cast.dangfeng, at=FEB)
    submit_scheme(again, by=cast.dangfeng, at=FEB)
    with pytest.raises(Refused, match="当前为“审批中”，不能作废草稿"):
        drop_scheme(again, reason="有误", by=cast.dangfeng, at=FEB)


def test_a_scheme_in_force_is_not_dropped_and_a_dropped_revision_leaves_it_standing(cast: County) -> None:
    health, zone = widen(cast)
    values = values_of_scheme(cast, health, zone)
    first = in_force(cast, values)

    with pytest.raises(Refused, match="不能作废草稿"):
        drop_scheme(first, reason="有误", by=cast.dangfeng, at=FEB)
    second = draft_scheme(cast.cso, 2026, values, reason="试改", by=cast.dangfeng, at=FEB)
    drop_scheme(second, reason="不改了", by=cast.dangfeng, at=FEB)
    third = draft_scheme(cast.cso, 2026, values, reason="再改", by=cast.dangfeng, at=FEB)

    first.refresh_from_db()
    assert (first.step, second.version, third.version) == ("in_force", 2, 2)


def test_the_page_of_a_draft_drops_it_and_the_year_is_begun_anew(cast: County) -> None:
    year = timezone.localdate().year
    made, office = drawn(cast, year), enter(cast.dangfeng)
    form = office.get(f"/evaluation/schemes/new/?year={year}", follow=True)

    assert form.redirect_chain == [(made.get_absolute_url(), 302)]
    assert "起草中，请在这一版上办理。不要的可以作废。" in form.content.decode() and "作废草稿" in form.content.decode()
    assert f"办理{year}年方案（起草中）" in office.get(f"/evaluation/?year={year}").content.decode()
    refused = office.post(f"/evaluation/schemes/{made.pk}/drop/")
    assert refused.status_code == 409 and "须写明理由" in refused.content.decode()
    done = office.post(f"/evaluation/schemes/{made.pk}/drop/", {"reason": "年度填错"}, follow=True)
    assert "草稿已作废，可以另行起草" in done.content.decode()
    assert "这一版草稿已作废" in office.get(made.get_absolute_url()).content.decode()
    assert office.get(f"/evaluation/schemes/new/?year={year}").status_code == 200


def test_the_desk_says_what_confirming_still_does_and_is_silent_once_the_table_is_there(cast: County) -> None:
    health, zone = widen(cast)
    case(cast, cast.agri, verified=None)
    told = lambda day: (to_verify(cast.dangfeng, day) or {"entries": [{"note": ""}]})["entries"][0]["note"]  # noqa: E731

    assert told(date(2026, 11, 1)) == "数据截止日前核实的，计入质效评估"
    in_force(cast, values_of_scheme(cast, health, zone))
    assert told(CUTOFF) == "2026年12月15日前（含当日）核实的，计入质效评估"
    assert told(date(2026, 12, 16)) == "数据截止日2026年12月15日已过，现在核实只影响登记，不再计入2026年质效评估"
    compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)
    assert to_verify(cast.dangfeng, date(2026, 12, 17)) is None


@pytest.mark.parametrize("year", ["0", "abc", "99999", "-2026"])
def test_what_is_no_year_is_said_so(cast: County, year: str) -> None:
    office = enter(cast.dangfeng)

    for answer in (office.get("/evaluation/schemes/new/", {"year": year}), office.post("/ecology/start/", {"year": year}),
                   office.post("/evaluation/tables/new/", {"year": year})):  # fmt: skip
        assert answer.status_code == 422 and "年度：" in answer.content.decode()
    assert not EcologyReport.objects.exists()


def test_schemes_are_drafted_for_last_year_this_year_and_the_next(cast: County) -> None:
    health, zone = widen(cast)
    values, office, now = values_of_scheme(cast, health, zone), enter(cast.dangfeng), timezone.localdate().year

    for wrong in (2024, 2028):
        with pytest.raises(Refused, match="只能起草2025年至2027年的评估方案，不能起草"):
            draft_scheme(cast.cso, wrong, values, by=cast.dangfeng, at=FEB)
    assert office.get(f"/evaluation/schemes/new/?year={now + 4}").status_code == 409
    assert "schemes/new/" not in office.get(f"/evaluation/?year={now + 4}").content.decode().split("还没有评估方案")[0]
    for year in (now - 1, now, now + 1):
        assert office.get(f"/evaluation/schemes/new/?year={year}").status_code == 200


def test_a_report_begun_wrongly_is_dropped_and_begun_anew(cast: County) -> None:
    year = timezone.localdate().year
    report, office = ecology.draft_report(cast.cso, year, by=cast.dangfeng, at=timezone.now()), enter(cast.dangfeng)

    with pytest.raises(Refused, match="须写明理由"):
        ecology.drop_report(report, reason="", by=cast.dangfeng, at=DEC)
    with pytest.raises(Refused, match="只能起草2025年度或2026年度的报告"):
        ecology.draft_report(cast.cso, 2024, by=cast.dangfeng, at=DEC)
    again = office.post("/ecology/start/", {"year": year}, follow=True)
    assert again.redirect_chain == [(report.get_absolute_url(), 302)] and "请在这一份上办理" in again.content.decode()
    dropped = office.post(f"/ecology/{report.pk}/drop/", {"reason": "应由办公室先定提纲"}, follow=True)
    assert "草稿已作废" in dropped.content.decode() and f"起草{year}年度报告" in dropped.content.decode()
    assert "已作废，理由见办理记录" in office.get(report.get_absolute_url()).content.decode()
    assert office.post(f"/ecology/{report.pk}/submit/").status_code == 409

    office.post("/ecology/start/", {"year": year})
    assert list(EcologyReport.objects.order_by("pk").values_list("version", "step")) == [(1, "dropped"), (1, "draft")]


def test_the_schemes_of_the_years_beside_are_within_reach(cast: County) -> None:
    year, client = timezone.localdate().year, enter(cast.dangfeng)
    shown = client.get("/evaluation/").content.decode()

    assert f'href="/evaluation/?year={year + 1}"' in shown and f'href="/evaluation/?year={year - 1}"' in shown
    following = client.get(f"/evaluation/?year={year + 1}").content.decode()
    assert f"起草{year + 1}年方案" in following
    assert "年方案" not in enter(cast.nongye_head).get("/evaluation/").content.decode()


def test_an_organ_of_a_part_of_the_year_may_be_chosen_and_one_left_out_is_named(cast: County) -> None:
    health, zone = widen(cast)
    health.active_to, zone.active_from = date(2026, 3, 31), date(2026, 11, 1)
    health.save(), zone.save()
    gone = make_organ("驻县粮食局纪检监察组", OrganKind.STATIONED_GROUP, cast.root, active_to=date(2025, 12, 31))
    client = enter(cast.dangfeng)

    form = client.get("/evaluation/schemes/new/?year=2026").content.decode()
    assert health.name in form and zone.name in form and gone.name not in form

    values = values_of_scheme(cast, health, zone)
    values["groups"]["stationed_group"].remove(health.pk)
    made = draft_scheme(cast.cso, 2026, values, by=cast.dangfeng, at=FEB)
    shown = client.get(made.get_absolute_url()).content.decode()
    assert f"没有列入同类组，不参加评估：{health.name}" in shown and gone.name not in shown
