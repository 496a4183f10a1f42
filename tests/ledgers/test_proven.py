"""What a struck-off rectification proves stands in the registers, once, and is what reports and overview count."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Attachment, Event
from accounts.periods import Period
from ledgers.models import InstitutionBuilt, LossRecovered
from reports.counting.catalogue import FIGURES, Scope
from reports.quarterly.figures import figures_of
from reports.quarterly.text import Sources, institutions
from supervision.actions.proofs import add_proofs
from supervision.actions.rectification import close, reopen, submit_closure
from supervision.models import RectificationItem
from tests.factories import County, county, enter, moment
from tests.ledgers.registers import made
from tests.samples import PNG, make_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER, CLOSED_ON = moment(2026, 3, 4), date(2026, 3, 3)
Q1 = Period.quarter(2026, 1)


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


def proven(cast: County, *proofs: dict[str, Any]) -> RectificationItem:
    """A rectification of the agriculture group with evidence of these kinds and one photo, not yet struck off."""
    problem = make_problem(cast, cast.agri, due_on=date(2026, 3, 10))
    item = RectificationItem.objects.get(problem=problem)
    for number, proof in enumerate(({}, *proofs)):
        add_proofs(item, [SimpleUploadedFile(f"回单{number}.png", PNG)], by=cast.nongye, at=LATER, **proof)
    return item


def strike_off(cast: County, item: RectificationItem) -> None:
    """Asked for by the clerk, struck off by the head, as of 3 March."""
    submit_closure(item, by=cast.nongye, at=LATER, claimed_on=date(2026, 3, 2), situation="已退缴")
    close(item, by=cast.nongye_head, at=LATER, opinion="已核对银行回单", closed_on=CLOSED_ON)


def money(amount: str) -> dict[str, Any]:
    return {"kind": "money", "amount": Decimal(amount)}


def rule(title: str) -> dict[str, Any]:
    return {"kind": "institution", "institution": title}


def losses() -> list[Decimal]:
    return sorted(LossRecovered.objects.values_list("amount", flat=True))


def titles() -> list[str]:
    return sorted(InstitutionBuilt.objects.values_list("title", flat=True))


def test_striking_off_enters_the_money_and_the_rule_with_day_receipt_file_and_author(cast: County) -> None:
    item = proven(cast, money("25720.00"), rule("《机井管护办法》"))
    assert (losses(), titles()) == ([], [])  # nothing is recovered before a second person has struck it off

    strike_off(cast, item)

    loss, built = LossRecovered.objects.get(), InstitutionBuilt.objects.get()
    assert (loss.amount, loss.confirmed_on, loss.receipt) == (
        Decimal("25720.00"), CLOSED_ON, f"问题{item.problem.code}佐证：回单1.png",
    )  # fmt: skip
    assert (built.title, built.issued_on, built.source) == ("机井管护办法", CLOSED_ON, "problem")
    for record in (loss, built):
        assert (record.organ, record.unit, record.problem) == (cast.agri, item.problem.unit, item.problem)
        assert (record.created_by, record.created_at, record.verified_at) == (cast.nongye_head, LATER, None)
        assert Event.objects.filter(subject_id=record.pk, verb="enter", label="由销号佐证登记").exists()
    assert loss.handled_by == built.promoted_by == cast.agri
    assert [file.name for file in Attachment.objects.of(loss)] == ["回单1.png"]
    assert [file.name for file in Attachment.objects.of(built)] == ["回单2.png"]
    page = enter(cast.nongye).get(reverse("ledgers:register_record", args=["losses", loss.pk]))
    assert page.status_code == 200 and "回单1.png" in page.content.decode()


def test_what_the_problem_has_in_the_registers_is_not_entered_again(cast: County) -> None:
    item = proven(cast, money("500"), money("500"), money("80"), rule("机井管护办法"), rule("《机井管护办法》"))
    made("losses", cast.agri, cast.nongye, problem=item.problem_id, amount="500")
    made("institutions", cast.agri, cast.nongye, problem=item.problem_id, title="《机井管护办法》")

    strike_off(cast, item)

    assert losses() == [Decimal(80), Decimal(500), Decimal(500)]  # two receipts of 500 元, one of them typed before
    assert titles() == ["《机井管护办法》"]


def test_a_rebound_leaves_the_money_and_a_second_striking_off_doubles_nothing(cast: County) -> None:
    item = proven(cast, money("1200.50"), rule("机井管护办法"))
    strike_off(cast, item)
    reopen(item, by=cast.nongye_head, at=LATER, reason="又出现损坏")
    assert (losses(), titles()) == ([Decimal("1200.50")], ["机井管护办法"])

    add_proofs(item, [SimpleUploadedFile("再次.png", PNG)], by=cast.nongye, at=LATER, **money("30"))
    strike_off(cast, RectificationItem.objects.get(pk=item.pk))

    assert (losses(), titles()) == ([Decimal(30), Decimal("1200.50")], ["机井管护办法"])


def test_other_evidence_enters_nothing(cast: County) -> None:
    strike_off(cast, proven(cast))

    assert (losses(), titles()) == ([], [])


def test_what_was_struck_off_before_is_taken_over_once(cast: County) -> None:
    item = proven(cast, money("1200.50"), rule("《机井管护办法》"))
    strike_off(cast, item)
    Attachment.objects.exclude(subject_id=item.pk).delete()
    LossRecovered.objects.all().delete()
    InstitutionBuilt.objects.all().delete()
    proven(cast, money("9"))  # not struck off
    take_over = import_module("ledgers.migrations.0010_proven").take_over

    take_over(apps, None)
    take_over(apps, None)

    loss, built = LossRecovered.objects.get(), InstitutionBuilt.objects.get()
    assert (loss.amount, loss.confirmed_on, loss.created_by) == (Decimal("1200.50"), CLOSED_ON, cast.nongye_head)
    assert (loss.receipt, loss.handled_by) == (f"问题{item.problem.code}佐证：回单1.png", cast.agri)
    assert (built.title, built.issued_on, built.problem, built.promoted_by) == (
        "机井管护办法", CLOSED_ON, item.problem, cast.agri,
    )  # fmt: skip
    assert [file.name for file in Attachment.objects.of(loss)] == ["回单1.png"]


def test_reports_and_overview_count_the_registers(cast: County) -> None:
    strike_off(cast, proven(cast, money("25720"), rule("机井管护办法")))
    made("losses", cast.agri, cast.nongye, amount="280", confirmed_on=date(2026, 1, 9))
    made("institutions", cast.agri, cast.nongye, title="差旅费管理办法", issued_on=date(2026, 2, 9))
    made("case-driven", cast.agri, cast.nongye, noticed_on=date(2026, 1, 5), held_on=date(2026, 2, 18))
    made("case-driven", cast.agri, cast.nongye, noticed_on=date(2026, 1, 6))  # noticed, not held
    scope = Scope.of([cast.agri.pk, cast.edu.pk], Q1.first, Q1.last, today=date(2026, 4, 1))

    figures = figures_of([cast.agri.pk], Q1, on=date(2026, 4, 1))
    kept = {key: figures[key]["value"] for key in ("losses_recovered", "institutions", "case_rectifications")}
    text = institutions(Sources("驻县农业农村局纪检监察组", Q1, scope, figures))

    assert kept == {"losses_recovered": "26000", "institutions": "2", "case_rectifications": "1"}
    assert FIGURES["losses_recovered"].by_organ(scope) == {cast.agri.pk: Decimal(26000)}
    assert text == (
        "建立完善制度{{institutions}}，挽回经济损失{{losses_recovered}}。\n"
        "建立完善的制度：\n1. 《差旅费管理办法》。\n2. 《机井管护办法》。"
    )
    tile = enter(cast.shuji).get(reverse("reports:overview"), {"period": "2026Q1"}).content.decode()
    assert "26,000" in tile


def test_money_counts_for_who_recovered_it(cast: County) -> None:
    made("losses", cast.agri, cast.nongye, amount="280", confirmed_on=date(2026, 1, 9), handled_by=cast.edu.pk)
    scope = Scope.of([cast.agri.pk, cast.edu.pk], Q1.first, Q1.last, today=date(2026, 4, 1))

    assert FIGURES["losses_recovered"].by_organ(scope) == {cast.edu.pk: Decimal(280)}
    assert FIGURES["losses_recovered"].value(scope.only(cast.agri.pk)) == 0
