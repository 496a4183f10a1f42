"""The duties of the checklist open once, are proved by records, and name who owes them."""

from datetime import date

import pytest

from accounts import administration
from accounts.approvals import decide
from accounts.duties import open_duties, remind_duties, settle_duties
from accounts.models import Duty, DutyState, Notice, User
from accounts.roles import Role, Rung
from checklists import actions
from tests.checklists.story import FEB, draft, filed
from tests.factories import County, make_user, moment

pytestmark = pytest.mark.django_db


def test_each_group_owes_a_proposal_until_the_end_of_march(year: County) -> None:
    open_duties(date(2026, 2, 12))
    open_duties(date(2026, 2, 13))

    rows = Duty.objects.filter(kind="propose_items").order_by("organ_id")
    assert [(row.organ, row.due_on, row.period) for row in rows] == [
        (year.agri, date(2026, 3, 31), "2026"),
        (year.edu, date(2026, 3, 31), "2026"),
    ]


def test_the_first_filed_project_proves_it(year: County) -> None:
    open_duties(date(2026, 2, 12))
    draft(year, "只是草稿", by=year.jiaoyu)
    filed(year)

    settle_duties()

    agri, edu = Duty.objects.filter(kind="propose_items").order_by("organ_id")
    assert (agri.fulfilled_at, agri.proof) == (FEB, "已报送“高标准农田监督”")
    assert edu.state(on=date(2026, 4, 1)) == DutyState.OVERDUE


def test_a_rung_owes_its_signature_within_three_working_days(year: County) -> None:
    item = draft(year)
    approval = actions.submit_item(item, by=year.nongye, at=FEB)

    open_duties(date(2026, 2, 12))

    duty = Duty.objects.get(kind="sign_step")
    # 12 February 2026 is a Thursday; the 13th and the make-up Saturday 14th count, then Spring Festival to the 23rd.
    assert (duty.person, duty.due_on) == (year.nongye_head, date(2026, 2, 24))
    decide(approval, "approve", by=year.nongye_head, at=FEB)
    settle_duties()
    duty.refresh_from_db()
    assert (duty.fulfilled_at, duty.proof) == (FEB, "王建国同意")


def test_an_instruction_and_a_task_are_owed_until_done(year: County) -> None:
    made = actions.save_instruction(
        None, organ=year.agri, by=year.nongye, at=FEB, title="管护", source_doc="省委", received_on=date(2026, 2, 1),
        responsible_unit=year.units["县农业农村局"], measures="查", due_on=date(2026, 6, 30),
    )  # fmt: skip
    open_duties(date(2026, 2, 12))
    assert Duty.objects.get(kind="close_instruction").due_on == date(2026, 6, 30)

    actions.add_progress(made, by=year.nongye, at=FEB, reported_on=date(2026, 2, 11), text="办了")
    actions.close_instruction(made, by=year.nongye, at=FEB, closed_on=date(2026, 2, 12))
    settle_duties()

    assert Duty.objects.get(kind="close_instruction").fulfilled_at is not None


def test_amb_4_the_stand_in_is_reminded_of_the_signature_as_the_absent_is(year: County) -> None:
    actions.submit_item(draft(year), by=year.nongye, at=FEB)
    open_duties(date(2026, 2, 12))
    deputy = make_user(year.agri, Role.CLERK, "daili")
    administration.depute(
        year.nongye_head, deputy, valid_from=date(2026, 2, 13), valid_to=date(2026, 3, 5), reason="休假", by=year.nongye_head,
        at=moment(2026, 2, 13),
    )  # fmt: skip

    remind_duties(date(2026, 2, 25), at=moment(2026, 2, 25))

    told = Notice.objects.filter(kind="duty", sentence__contains="签批：").values_list("recipient__username", flat=True)
    assert sorted(told) == ["daili", year.nongye_head.username]


def test_a6_1c_who_takes_over_the_post_owes_the_signature(year: County) -> None:
    item = draft(year)
    approval = actions.submit_item(item, by=year.nongye, at=FEB)
    decide(approval, "approve", by=year.nongye_head, at=FEB)
    open_duties(date(2026, 2, 12))
    before = Duty.objects.open().get(kind="sign_step").person
    new = make_user(year.root, Role.ASSISTING_MEMBER, "xinxieguan")
    administration.assign(
        year.agri,
        Rung.ASSISTING_MEMBER,
        new,
        valid_from=date(2026, 2, 13),
        by=year.dangfeng_head,
        at=moment(2026, 2, 13),
    )

    open_duties(date(2026, 2, 13))
    remind_duties(date(2026, 2, 25), at=moment(2026, 2, 25))

    assert Duty.objects.open().get(kind="sign_step").person == new
    told = User.objects.filter(notices__kind="duty", notices__sentence__contains="签批：")
    assert new in told
    assert before not in told
