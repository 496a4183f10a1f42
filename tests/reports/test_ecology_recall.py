"""A copy registered to the wrong receiver is taken back with a reason, and does not keep the report from being filed (A11)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Event
from reports.actions.ecology import record_receipt
from reports.models import EcologyReport
from tests.factories import County, county, enter
from tests.reports.ecology_cases import DEC, approved, compiled, passed, sent

pytestmark = pytest.mark.django_db


def receipt(cast: County, copy: object, number: str = "") -> None:
    record_receipt(copy, received_on=date(2026, 12, 8), received_by="付明", filing_no=number, by=cast.dangfeng, at=DEC)  # type: ignore[arg-type]


def test_a_wrong_copy_is_taken_back_and_the_report_is_filed_by_the_receipts_of_the_others() -> None:
    cast = county()
    approved(cast)
    report = passed(cast, compiled(cast))
    wrong = sent(cast, report, "committee", "县委书纪")
    client, page = enter(cast.dangfeng), f"/ecology/dispatches/{wrong.pk}/"

    assert "撤销报送登记" in client.get(page).content.decode()
    empty = client.post(f"{page}recall/", {"reason": " "})
    assert empty.status_code == 409 and "须写明理由" in empty.content.decode()
    assert enter(cast.nongye).post(f"{page}recall/", {"reason": "越权"}).status_code == 404

    for place, name, number in (
        ("committee", "县委书记", ""),
        ("government", "县长", ""),
        ("organization", "县委组织部", "3号"),
    ):
        receipt(cast, sent(cast, report, place, name), number)
    assert EcologyReport.objects.get(pk=report.pk).step == "dispatched"  # the wrong one has no receipt and never will

    shown = client.post(f"{page}recall/", {"reason": "收件人写错"}, follow=True).content.decode()

    assert "已撤销对县委书纪的报送登记" in shown and "已报送备案" in shown
    assert EcologyReport.objects.get(pk=report.pk).step == "filed"
    kept = Event.objects.get(verb="recall")
    assert "县委书纪" in kept.note and "收件人写错" in kept.note


def test_the_only_copy_taken_back_leaves_the_report_to_be_sent_and_a_received_one_stays() -> None:
    cast = county()
    approved(cast)
    report = passed(cast, compiled(cast))
    client = enter(cast.dangfeng)
    wrong = sent(cast, report, "committee", "县委书纪")

    client.post(f"/ecology/dispatches/{wrong.pk}/recall/", {"reason": "收件人写错"})

    assert EcologyReport.objects.get(pk=report.pk).step == "approved"
    right = sent(cast, report, "committee", "县委书记")
    receipt(cast, right)
    answer = client.post(f"/ecology/dispatches/{right.pk}/recall/", {"reason": "想撤"})
    assert answer.status_code == 409 and "不能撤销报送登记" in answer.content.decode()
    assert EcologyReport.objects.get(pk=report.pk).dispatches.count() == 1
