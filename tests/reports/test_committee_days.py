"""The committee decides about a paper that lies before it: not before the day of the last signature, and about that matter (A6.1f)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.actions import resolve
from accounts.models import Approval, ScResolution
from accounts.workflow import Refused
from reports.actions.evaluation.schemes import draft_scheme, submit_scheme
from tests.factories import County, county, enter, moment
from tests.reports.committee_cases import approval_of, called, decide, held, major_plan, put, submitted_list
from tests.reports.evaluation_cases import FEB, values_of_scheme, widen
from tests.supervision.rounds import signed_below_committee

pytestmark = pytest.mark.django_db
WORDS = {"kind": "other", "approved": True, "opinion": "同意。", "attendance": "应到9人，实到8人"}


@pytest.fixture
def cast() -> County:
    return county()


def scheme_before_committee(cast: County) -> Approval:
    made = draft_scheme(cast.cso, 2026, values_of_scheme(cast, *widen(cast)), by=cast.dangfeng, at=FEB)
    submit_scheme(made, by=cast.dangfeng, at=FEB)
    return signed_below_committee(made, at=FEB)


def test_matter_follows_from_the_paper_and_is_not_asked(cast: County) -> None:
    approval = scheme_before_committee(cast)
    page = enter(cast.changweihui).get(f"/approvals/{approval.pk}/").content.decode()
    resolve(approval, {**WORDS, "kind": "appraisal", "meeting_on": FEB.date()}, by=cast.changweihui, at=FEB)

    assert "事项类别：审批质效评估" in page and 'name="kind"' not in page
    assert f"不早于提请前最后一层的签批日期{FEB:%Y-%m-%d}" in page
    assert ScResolution.objects.get().kind == "evaluation"


def test_decision_may_not_predate_the_paper_and_names_who_was_there(cast: County) -> None:
    approval = scheme_before_committee(cast)

    for changes, sentence in (({"meeting_on": date(2020, 1, 1)}, "会议日期早于分管副书记签批日期"), ({"meeting_on": date(2036, 1, 1)}, "不能晚于今天"),
                              ({"meeting_on": FEB.date(), "attendance": " "}, "请写明出席情况")):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            resolve(approval, {**WORDS, **changes}, by=cast.changweihui, at=FEB)
    assert not ScResolution.objects.exists()


def test_item_of_a_meeting_before_the_last_signature_is_refused(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast, held_on=date(2026, 3, 12))
    item = put(cast, meeting, f"approval:{approval_of(plan).pk}")
    approval_of(plan).steps.filter(rung="deputy_secretary").update(acted_at=moment(2026, 3, 13, 9))
    held(cast, meeting)

    with pytest.raises(Refused, match="会议日期早于分管副书记签批日期2026-03-13"):
        decide(cast, item, "approve", "同意")
    assert not ScResolution.objects.exists()


def test_list_that_was_put_up_after_the_meeting_is_refused(cast: County) -> None:
    checklist = submitted_list(cast)  # on 11 March
    meeting = called(cast, held_on=date(2026, 3, 10))
    item = put(cast, meeting, f"checklist:{checklist.pk}")
    held(cast, meeting)

    with pytest.raises(Refused, match="早于提请日期2026-03-11"):
        decide(cast, item, "approve", "同意")
