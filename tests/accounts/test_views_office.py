"""The office's own tables: organs, units, officials, assignments, deputations, working days, dated limits."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from accounts.calendar import WorkCalendar
from accounts.limits import SIGN_WORKDAYS
from accounts.models import (
    Deputation,
    Notice,
    Official,
    Organ,
    OversightAssignment,
    SupervisedUnit,
    User,
    WorkCalendarDay,
    work_calendar,
)
from accounts.permissions import Permission, has
from accounts.views.office import special_days
from tests.factories import NOW, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> County:
    return county()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


# --- organs, units, officials -------------------------------------------------------------------------------------------


def test_the_directory_names_heads_and_leaders(cast: County) -> None:
    page = as_(cast.wenshu).get("/organs/?q=农业").content.decode()

    assert all(name in page for name in ("驻县农业农村局纪检监察组", "王建国", "钱协", "高副"))
    assert "柳河镇纪委" not in page


def test_the_directory_links_only_to_what_the_reader_may_open(cast: County) -> None:
    page = as_(cast.nongye).get("/organs/").content.decode()

    assert f'href="/organs/{cast.agri.pk}/"' in page and f'href="/organs/{cast.edu.pk}/"' not in page


def test_another_county_is_not_in_the_directory(cast: County) -> None:
    county("外县")

    assert "外县" not in as_(cast.sysadmin).get("/organs/").content.decode()


def test_a_new_organ_has_its_rights_at_once(cast: County) -> None:
    fields = {"name": "城关镇纪委", "kind": "township_committee", "sort_order": "100", "must_report": "on"}

    answer = as_(cast.sysadmin).post("/organs/form/", fields)

    organ = Organ.objects.get(name="城关镇纪委")
    assert (answer.status_code, organ.parent, organ.must_report) == (302, cast.root, True)
    assert has(fresh(cast.dangfeng), Permission.COORDINATE, organ.pk)


def test_a_county_has_one_office_that_coordinates(cast: County) -> None:
    fields = {"name": "第二党风室", "kind": "conduct_supervision_office", "sort_order": "100"}

    answer = as_(cast.sysadmin).post("/organs/form/", fields)

    assert answer.status_code == 422
    assert "本县已有党风政风监督室" in answer.content.decode()


def test_a_unit_has_one_supervising_organ(cast: County) -> None:
    fields = {"name": "县教育局", "kind": "department", "organ": cast.agri.pk}

    answer = as_(cast.dangfeng).post("/units/form/", fields)

    assert answer.status_code == 422
    assert "“县教育局”已由驻县教育局纪检监察组监督，一个单位只能有一个监督单位。" in answer.content.decode()


def test_a_unit_moves_to_another_organ_and_back_into_view(cast: County) -> None:
    unit = cast.units["县农机服务中心"]
    fields = {"name": unit.name, "kind": "department", "organ": cast.town.pk}

    as_(cast.dangfeng).post(f"/units/form/?unit={unit.pk}", fields)

    assert SupervisedUnit.objects.get(pk=unit.pk).organ == cast.town
    assert "县农机服务中心" in as_(cast.liuhe).get("/units/").content.decode()
    assert "县农机服务中心" not in as_(cast.nongye).get("/units/").content.decode()


def test_staff_register_officials_of_their_own_units_only(cast: County) -> None:
    fields = {"full_name": "郑某", "post": "局长", "is_top_leader": "on", "is_active": "on"}
    client = as_(cast.nongye)

    own = client.post("/officials/form/", {**fields, "unit": cast.units["县农业农村局"].pk})
    foreign = client.post("/officials/form/", {**fields, "unit": cast.units["县教育局"].pk})

    assert (own.status_code, foreign.status_code) == (302, 422)
    assert Official.objects.get().unit == cast.units["县农业农村局"]
    assert "郑某" not in as_(cast.jiaoyu).get("/officials/").content.decode()


def test_a_foreign_official_cannot_be_opened(cast: County) -> None:
    official = Official.objects.create(unit=cast.units["县教育局"], full_name="孟某", post="局长")

    assert as_(cast.nongye).get(f"/officials/form/?official={official.pk}").status_code == 404


# --- who looks after whom -----------------------------------------------------------------------------------------------


def assign(
    client: Client, organ: Organ, leader: User, since: str = "2026-02-10", rung: str = "assisting_member"
) -> str:
    fields = {"organ": organ.pk, "rung": rung, "leader": leader.pk, "valid_from": since}
    return client.post("/assignments/form/", fields, follow=True).content.decode()


def test_a_new_assignment_ends_the_old_one_the_day_before_and_moves_the_rights(cast: County) -> None:
    assign(as_(cast.dangfeng_head), cast.agri, cast.xieguan2)

    rows = OversightAssignment.objects.filter(organ=cast.agri, rung="assisting_member").order_by("valid_from")
    assert [(row.leader, row.valid_from, row.valid_to) for row in rows] == [
        (cast.xieguan1, date(2026, 1, 1), date(2026, 2, 9)), (cast.xieguan2, date(2026, 2, 10), None),
    ]  # fmt: skip
    assert has(fresh(cast.xieguan2), Permission.ENDORSE, cast.agri.pk)
    assert not has(fresh(cast.xieguan1), Permission.ENDORSE, cast.agri.pk)


def test_an_assignment_never_reaches_behind_the_present_one(cast: County) -> None:
    page = assign(as_(cast.sysadmin), cast.agri, cast.xieguan2, since="2026-01-01")

    assert "新的分工须晚于这一天" in page
    assert OversightAssignment.objects.filter(organ=cast.agri).count() == 2


def test_a_leader_signs_on_the_rung_of_his_post(cast: County) -> None:
    page = assign(as_(cast.sysadmin), cast.agri, cast.xieguan2, rung="deputy_secretary")

    assert "冯协的角色是协管常委、委员，不能承担分管副书记的职责。" in page


DAYS = {"valid_from": "2026-02-10", "valid_to": "2026-02-12", "reason": "外出学习"}


def depute(user: User, principal: User, deputy: User, **changes: str) -> str:
    fields = {"principal": principal.pk, "deputy": deputy.pk, **DAYS, **changes}
    return as_(user).post("/deputations/form/", fields, follow=True).content.decode()


def test_a_deputation_gives_the_rights_and_tells_both(cast: County) -> None:
    depute(cast.xieguan1, cast.xieguan1, cast.xieguan2)

    assert has(fresh(cast.xieguan2), Permission.ENDORSE, cast.agri.pk)
    sentence = "2026年2月10日（周二）至2026年2月12日（周四）由冯协代钱协签批，事由：外出学习。"
    assert set(Notice.objects.filter(sentence=sentence).values_list("recipient__username", flat=True)) == {
        "xieguan1",
        "xieguan2",
    }


def test_the_principal_ends_it_and_the_rights_are_gone(cast: County) -> None:
    depute(cast.xieguan1, cast.xieguan1, cast.xieguan2)
    made = Deputation.objects.get()

    foreign = as_(cast.fenguan).post("/deputations/end/", {"deputation": made.pk})
    own = as_(cast.xieguan1).post("/deputations/end/", {"deputation": made.pk})

    assert (foreign.status_code, own.status_code) == (409, 302)
    assert not has(fresh(cast.xieguan2), Permission.ENDORSE, cast.agri.pk)
    assert not Deputation.objects.exists()  # it began today: no day was ever signed under it


@pytest.mark.parametrize(
    ("principal", "deputy", "changes", "sentence"),
    [
        ("xieguan1", "nongye_head", {}, "领导的代理人须是另一位领导。"),
        ("xieguan1", "xieguan1", {}, "代理人不能是本人，请另选一位。"),
        ("xieguan1", "xieguan2", {"valid_to": "2026-02-09"}, "代理的截止日不能早于起始日"),
        ("xieguan2", "fenguan", {}, "请从列表中选择"),
    ],
)
def test_a_deputation_that_makes_no_sense_is_refused(
    cast: County, principal: str, deputy: str, changes: dict[str, str], sentence: str
) -> None:
    page = depute(cast.xieguan1, cast.people[principal], cast.people[deputy], **changes)

    assert sentence in page
    assert not Deputation.objects.exists()


def test_a_head_is_stood_in_for_by_somebody_of_his_own_organ(cast: County) -> None:
    refused = depute(cast.nongye_head, cast.nongye_head, cast.jiaoyu_head)
    depute(cast.nongye_head, cast.nongye_head, cast.nongye)

    assert "王建国的代理人须是本单位人员。" in refused
    assert has(fresh(cast.nongye), Permission.HEAD, cast.agri.pk)


# --- days and limits ------------------------------------------------------------------------------------------------------


def test_the_year_shows_holidays_with_their_weekends_and_worked_weekends() -> None:
    shown = special_days(
        WorkCalendar({date(2050, 10, 7): False, date(2050, 10, 8): False, date(2050, 10, 15): True}), 2050
    )

    october = [
        (run["first"], run["last"], run["works"]) for run in shown if run["first"].month == 10 and run["first"].day > 5
    ]
    assert (date(2050, 10, 15), date(2050, 10, 15), True) in october


def test_cso_enters_a_holiday_and_takes_a_day_back(cast: County) -> None:
    client = as_(cast.dangfeng)
    fields = {"first": "2026-03-02", "last": "2026-03-03", "is_workday": "no", "name": "临时放假"}

    client.post("/calendar/form/", fields)
    entered = [work_calendar().is_workday(date(2026, 3, day)) for day in (2, 3, 4)]
    client.post("/calendar/remove/", {"day": WorkCalendarDay.objects.get(day=date(2026, 3, 3)).pk})

    assert entered == [False, False, True]
    assert work_calendar().is_workday(date(2026, 3, 3))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [({"last": "2026-03-01"}, "截止日不能早于起始日"), ({"last": "2026-06-01"}, "一次最多录入31天"), ({"first": ""}, "请填写这一项")],
)  # fmt: skip
def test_days_that_make_no_sense_are_refused(cast: County, changes: dict[str, str], sentence: str) -> None:
    fields = {"first": "2026-03-02", "last": "2026-03-03", "is_workday": "no", "name": "临时放假", **changes}

    answer = as_(cast.dangfeng).post("/calendar/form/", fields)

    assert (answer.status_code, WorkCalendarDay.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


def test_a_year_without_arrangement_says_so(cast: County) -> None:
    assert "2050年的调休安排尚未录入" in as_(cast.nongye).get("/calendar/?year=2050").content.decode()


def test_a_limit_changes_from_its_day_on_and_never_the_past(cast: County) -> None:
    client = as_(cast.dangfeng_head)
    fields = {"value": "5", "valid_from": "2026-03-01", "reason": "县纪委常委会会议"}

    client.post("/limits/form/?key=sign_workdays", fields)
    past = client.post("/limits/form/?key=sign_workdays", {**fields, "valid_from": "2026-02-09"})

    assert (SIGN_WORKDAYS.on(date(2026, 2, 28)), SIGN_WORKDAYS.on(date(2026, 3, 1))) == (3, 5)
    assert past.status_code == 409
    assert "2026-03-01起5个工作日" in as_(cast.nongye).get("/limits/").content.decode()


def test_a_day_of_the_year_must_be_one(cast: County) -> None:
    fields = {"value": "231", "valid_from": "2026-03-01", "reason": "误录"}

    answer = as_(cast.dangfeng_head).post("/limits/form/?key=proposal_window_end", fields)

    assert answer.status_code == 422
    assert "如331表示3月31日" in answer.content.decode()


def test_an_unknown_limit_is_not_found(cast: County) -> None:
    assert as_(cast.dangfeng_head).get("/limits/form/?key=nothing").status_code == 404
