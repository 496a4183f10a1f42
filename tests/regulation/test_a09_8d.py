"""第九条第（八）项: typical problems are published by leave of the standing committee, masked where asked."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import approvals
from accounts.actions import resolve
from accounts.workflow import Refused
from supervision.actions.documents.bulletins import submit_bulletin
from supervision.actions.documents.numbering import issue_paper, number_paper
from supervision.models import TypicalBulletin
from tests.factories import County, county
from tests.supervision.papers import ISSUED, SENT, approve_bulletin, make_bulletin

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a09_8d_a_bulletin_goes_up_to_the_standing_committee(cast: County) -> None:
    approval = submit_bulletin(make_bulletin(cast), by=cast.nongye, at=SENT)

    assert list(approval.steps.values_list("rung", flat=True)) == [
        "head", "assisting_member", "deputy_secretary", "standing_committee",
    ]  # fmt: skip


def test_a09_8d_without_the_committee_there_is_no_number_and_no_issue(cast: County) -> None:
    bulletin = make_bulletin(cast)
    approval = submit_bulletin(bulletin, by=cast.nongye, at=SENT)
    for leader in (cast.nongye_head, cast.xieguan1, cast.fenguan):
        approvals.decide(approval, "approve", by=leader, at=SENT, note="同意")
    with pytest.raises(Refused, match="当前为“审批中”"):
        number_paper(TypicalBulletin.objects.get(pk=bulletin.pk), by=cast.wenshu, at=ISSUED, prefix="示纪通")

    words = {
        "kind": "bulletin",
        "meeting_on": date(2026, 2, 11),
        "approved": False,
        "attendance": "应到9人，实到9人",
        "opinion": "案例不典型",
    }
    resolve(approval, words, by=cast.changweihui, at=SENT)
    assert TypicalBulletin.objects.get(pk=bulletin.pk).step == "returned"


def test_a09_8d_the_issued_bulletin_names_nobody_where_names_are_masked(cast: County) -> None:
    bulletin = approve_bulletin(cast, make_bulletin(cast, scope="public"))
    number_paper(bulletin, by=cast.wenshu, at=ISSUED, prefix="示纪通")
    issue_paper(bulletin, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))

    text = str(TypicalBulletin.objects.get(pk=bulletin.pk).content)
    assert "某单位补贴公示不规范" in text
    assert "县农业农村局补贴" not in text
