"""Each standing check: what it finds, and what is only near to it; clearing; who sees what; the weekly word."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.duties import open_duties, settle_duties
from accounts.models import Duty, Event, Notice, Organ
from accounts.periods import Period
from accounts.uploads import attach
from accounts.workflow import Refused
from checklists.models import ChecklistItemChange, Method
from checklists.states import ItemStep
from ledgers.models import Consultation, RowKind, UnitLedgerEntry
from reports.actions import quarterly as acts
from reports.actions.checks import dismiss
from reports.checks import contradiction
from reports.checks.catalogue import CHECKS, Gravity, Hit
from reports.checks.reading import findings
from reports.models import CheckDismissal
from reports.tasks import tell_checks
from supervision.documents.kinds import DocumentKind, DocumentStep
from supervision.models import Clue, DocumentPoint, DocumentReply, InspectionActivity, IssuedDocument, Problem
from tests.factories import NOW, TODAY, County, county, enter, moment, serial
from tests.reports.quarterly_cases import sent
from tests.samples import PNG, make_problem, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


def hits(cast: County, key: str, day: date = TODAY, *organs: Organ) -> list[Hit]:
    """What one check finds in the county."""
    return list(CHECKS[key].rows(frozenset(one.pk for one in organs or cast.organs), day))


def activity(cast: County, organ: Organ, on: date) -> None:
    """A check at a unit."""
    method, _ = Method.objects.get_or_create(code="site_visit", defaults={"name": "实地走访", "basis": "A8"})
    InspectionActivity.objects.create(
        round=make_round(cast, organ), organ=organ, held_on=on, method=method, created_by=cast.nongye, created_at=NOW
    )


def closed(problem: Problem, by: Any, on: date) -> Problem:
    """The problem struck off."""
    item = problem.rectification
    item.step, item.closed_on, item.closed_by = "closed", on, by
    item.save()
    return problem


def document(cast: County, problem: Problem, *, served_on: date | None, **more: Any) -> IssuedDocument:
    """An issued notice about the problem."""
    made = IssuedDocument.objects.create(
        organ=problem.organ, title="整改通知书", kind=DocumentKind.RECTIFICATION_NOTICE, unit=problem.unit, issued_on=date(2026, 1, 8),
        digest="0" * 64, served_on=served_on, created_by=cast.nongye, created_at=NOW, **{"step": DocumentStep.SERVED, **more},
    )  # fmt: skip
    DocumentPoint.objects.create(document=made, seq=1, problem=problem, text="问题一")
    return made


# --- each check: a hit and a near miss ---


def test_a_quarter_of_checks_without_a_problem(cast: County) -> None:
    for organ in (cast.agri, cast.edu, cast.agri):
        activity(cast, organ, date(2025, 11, 5))
    activity(cast, cast.town, date(2026, 1, 5))
    make_problem(cast, cast.edu, found_on=date(2025, 12, 31), year=2025)

    found = hits(cast, "silent_quarter")

    assert [(one.organ_id, one.text) for one in found] == [
        (cast.agri.pk, "2025年第四季度开展监督检查2场次，没有登记任何问题。")
    ]
    assert [one.organ_id for one in hits(cast, "silent_quarter", date(2026, 4, 1))] == [cast.town.pk]


def test_half_a_year_without_consultation(cast: County) -> None:
    open_duties(date(2025, 7, 1))
    met = [cast.units[name] for name in ("县教育局", "县第一中学", "县职业教育中心", "县农业农村局")]
    for unit in met:
        made = Consultation.objects.create(organ=unit.organ, held_on=date(2025, 9, 1), step="recorded", recorded_at=NOW,
                                           created_by=cast.nongye, created_at=NOW)  # fmt: skip
        made.units.add(unit)
    settle_duties()

    found = hits(cast, "no_consultation")

    assert [one.text for one in found] == [
        "2025年下半年没有与县畜牧服务中心、县农机服务中心2个单位开展专题会商。",
        "2025年下半年没有与柳河镇人民政府、柳河镇财政所2个单位开展专题会商。",
    ]


def test_a_half_year_before_the_product_came_is_not_asked_for(cast: County) -> None:
    open_duties(date(2026, 1, 2))

    assert hits(cast, "no_consultation") == []


@pytest.mark.parametrize(
    ("closed_on", "served_on", "step", "found"),
    [
        (date(2026, 1, 9), date(2026, 1, 10), DocumentStep.SERVED, True),
        (date(2026, 1, 10), date(2026, 1, 10), DocumentStep.SERVED, False),
        (date(2026, 1, 9), None, DocumentStep.ISSUED, True),
        (date(2026, 1, 9), None, DocumentStep.VOIDED, False),
        (None, date(2026, 1, 10), DocumentStep.SERVED, False),
    ],
)
def test_closed_before_the_notice_was_served(
    cast: County, closed_on: date | None, served_on: date | None, step: str, found: bool
) -> None:
    problem = make_problem(cast, cast.agri, found_on=date(2026, 1, 5), due_on=date(2026, 3, 1))
    made = document(cast, problem, served_on=served_on, step=step)
    if closed_on:
        closed(problem, cast.nongye_head, closed_on)

    seen = hits(cast, "closed_before_notice")

    assert [one.link for one in seen] == ([made.get_absolute_url()] if found else [])


def test_clue_number_without_transfer(cast: County) -> None:
    make_problem(cast, cast.agri, found_on=date(2026, 1, 5))
    missing = make_problem(cast, cast.agri, found_on=date(2026, 1, 5), clue_ref="示线〔2026〕1号")
    sent = make_problem(cast, cast.town, found_on=date(2026, 1, 5), clue_ref="示线〔2026〕2号")
    routed = make_problem(cast, cast.edu, found_on=date(2026, 1, 5))
    routed.routes.create(route="review_investigation", decided_by=cast.jiaoyu_head, decided_at=NOW)
    Clue.objects.create(
        problem=sent,
        organ=cast.town,
        receiver=cast.cases,
        code="2",
        transferred_on=TODAY,
        created_by=cast.liuhe,
        created_at=NOW,
    )

    assert {one.record for one in hits(cast, "clue_not_transferred")} == {
        f"problem:{missing.pk}",
        f"problem:{routed.pk}",
    }


def test_round_of_a_project_outside_the_list(cast: County) -> None:
    outside, planned, listed, given_up = (make_round(cast, cast.agri) for _ in range(4))
    for one in (outside, listed, given_up):
        one.started_on = date(2026, 2, 1)
        one.save()
    listed.item.step = ItemStep.LISTED
    listed.item.save()
    given_up.step = "cancelled"
    given_up.save()

    assert [one.record for one in hits(cast, "outside_list")] == [f"round:{outside.pk}"]
    assert planned.started_on is None


@pytest.mark.parametrize(("ended_on", "found"), [(date(2026, 2, 8), False), (date(2026, 2, 10), False), (None, True)])
def test_a_round_that_ended_before_its_project_was_taken_off_is_in_order(
    cast: County, ended_on: date | None, found: bool
) -> None:
    made = make_round(cast, cast.agri)
    made.started_on, made.ended_on = date(2026, 2, 1), ended_on
    made.save()
    made.item.step = ItemStep.WITHDRAWN
    made.item.save()
    ChecklistItemChange.objects.create(
        organ=cast.agri, item=made.item, kind="withdraw", reason="与省级检查重复", step="applied", applied_at=NOW, created_by=cast.nongye,
        created_at=NOW,
    )  # fmt: skip

    assert bool(hits(cast, "outside_list")) is found


@pytest.mark.parametrize(
    ("received", "recorded", "words"),
    [
        (date(2026, 1, 21), moment(2026, 1, 21), "2026-01-21才收到"),
        (date(2026, 1, 20), moment(2026, 1, 20), ""),
        (date(2026, 1, 19), moment(2026, 1, 23), ""),  # Monday's paper entered on Friday
        (date(2026, 1, 15), moment(2026, 1, 20), ""),
        (date(2026, 1, 15), moment(2026, 1, 21), "收到日期填为2026-01-15，2026-01-21才登记"),
    ],
)
def test_late_reply_that_counts_as_in_time(cast: County, received: date, recorded: Any, words: str) -> None:
    problem = make_problem(cast, cast.agri, found_on=date(2026, 1, 5))
    made = document(cast, problem, served_on=date(2026, 1, 10), reply_due_on=date(2026, 1, 20))
    Duty.objects.create(
        kind="document_reply", article="A9.7e", title="回复", organ=cast.agri, period="2026", opened_on=date(2026, 1, 10),
        due_on=date(2026, 1, 20), fulfilled_at=moment(2026, 1, 18, 12), subject=made,
    )  # fmt: skip
    DocumentReply.objects.create(
        document=made, received_on=received, sender="县农业农村局", recorded_by=cast.nongye, recorded_at=recorded
    )

    found = [one.text for one in hits(cast, "late_in_time")]

    assert (words in found[0]) if words else found == []


def test_duty_that_says_it_was_late_is_no_contradiction(cast: County) -> None:
    made = document(cast, make_problem(cast, cast.agri, found_on=date(2026, 1, 5)), served_on=date(2026, 1, 10))
    Duty.objects.create(
        kind="document_reply", article="A9.7e", title="回复", organ=cast.agri, period="2026", opened_on=date(2026, 1, 10),
        due_on=date(2026, 1, 20), fulfilled_at=moment(2026, 1, 21, 12), subject=made,
    )  # fmt: skip
    DocumentReply.objects.create(
        document=made, received_on=date(2026, 1, 21), sender="局", recorded_by=cast.nongye, recorded_at=NOW
    )

    assert hits(cast, "late_in_time") == []


def evidence(problem: Problem, content: bytes, *, name: str) -> None:
    """A file of evidence."""
    attach(
        problem.rectification,
        SimpleUploadedFile(name, content),
        organ_id=problem.organ_id,
        by=problem.created_by,
        at=NOW,
    )


def test_one_file_as_evidence_of_two_problems(cast: County) -> None:
    first, second = (
        make_problem(cast, cast.agri, description=text, found_on=date(2026, 1, 5))
        for text in ("机井无人管护", "道路损毁")
    )
    foreign = make_problem(cast, cast.town, description="资金滞后", found_on=date(2026, 1, 5))
    own = make_problem(cast, cast.town, description="台账不全", found_on=date(2026, 1, 5))
    for one in (first, first, second, foreign):
        evidence(one, PNG, name="佐证.png")
    evidence(own, PNG + b"another", name="佐证.png")

    found = {one.link: one.text for one in hits(cast, "proof_reused")}

    assert found == {
        reverse(
            "supervision:problem", args=[second.pk]
        ): "“道路损毁”的佐证“佐证.png”，已用于“机井无人管护”，是同一份文件。",
        reverse(
            "supervision:problem", args=[foreign.pk]
        ): "“资金滞后”的佐证“佐证.png”，已用于另一单位的一个问题，是同一份文件。",
    }


def test_nothing_found_beside_a_problem_of_the_same_task_and_quarter(cast: County) -> None:
    item = make_round(cast, cast.agri).item
    units = [cast.units["县农业农村局"], cast.units["县畜牧服务中心"]]
    make_problem(cast, cast.agri, found_on=date(2026, 2, 3), item=item)
    for unit, typed in ((units[0], "2026-01-04"), (units[1], "2026-01-04"), (None, "2025-12-31"), (None, "2026-02-09")):
        UnitLedgerEntry.objects.create(
            organ=cast.agri, year=2026, position=serial(), kind=RowKind.NO_PROBLEM, item=item, unit=unit, note="未发现问题",
            pending={"found_on": {"text": typed, "message": ""}}, created_by=cast.nongye, updated_by=cast.nongye, updated_at=NOW,
        )  # fmt: skip
    rows = list(UnitLedgerEntry.objects.filter(kind=RowKind.NO_PROBLEM).order_by("pk").values_list("pk", flat=True))

    assert {one.record for one in hits(cast, "nothing_yet_found")} == {f"ledger:{rows[0]}", f"ledger:{rows[3]}"}


def test_report_unlike_the_ledger(cast: County, monkeypatch: pytest.MonkeyPatch) -> None:
    for organ, day in (
        (cast.agri, date(2026, 1, 5)),
        (cast.town, date(2026, 1, 5)),
        (cast.town, date(2026, 2, 11)),
        (cast.edu, date(2025, 11, 5)),
    ):
        make_problem(cast, organ, found_on=day, year=day.year, at=moment(2026, 2, 12))
    now, once = (
        {"year": 2026, "quarter": 1, "data_as_of": NOW},
        {"year": 2025, "quarter": 4, "data_as_of": moment(2025, 12, 25)},
    )
    kept = [
        {"pk": 1, "organ_id": cast.agri.pk, "figures": {"problems_found": {"value": "2"}, "documents": {"value": "0"}}, **now},
        # found a day after the figures were taken; what is owed changes by itself; a figure that is no longer kept
        {"pk": 2, "organ_id": cast.town.pk, "figures": {"problems_found": {"value": "1"}, "duties_missing": {"value": "9"}, "gone": {"value": "9"}}, **now},
        {"pk": 3, "organ_id": cast.edu.pk, "figures": {"problems_found": {"value": "7"}}, **once},
    ]  # fmt: skip
    monkeypatch.setattr(contradiction, "submitted_reports", lambda organs: kept)

    assert [(one.record, one.text) for one in hits(cast, "report_unlike_ledger", date(2026, 3, 1))] == [
        ("quarterly:1", "2026年第一季度报告与台账不一致：发现问题报告写2个、台账为1个。"),
        # that another organ has handed in the next quarter's report mends nothing of this one
        ("quarterly:3", "2025年第四季度报告与台账不一致：发现问题报告写7个、台账为1个。"),
    ]


def test_an_addendum_mends_what_the_report_said_and_a_later_change_shows_again(cast: County) -> None:
    later = moment(2026, 6, 11)
    make_problem(cast, cast.agri, found_on=date(2026, 1, 5))
    report = sent(cast.agri, at=moment(2026, 3, 20))
    acts.accept_report(report, by=cast.dangfeng, at=moment(2026, 3, 21))
    sent(cast.edu, period=Period.quarter(2026, 2), at=moment(2026, 6, 10))
    assert hits(cast, "report_unlike_ledger", date(2026, 6, 11)) == []

    make_problem(cast, cast.agri, found_on=date(2026, 3, 2), at=later)  # entered after the report was sent
    first = [one.text for one in hits(cast, "report_unlike_ledger", date(2026, 6, 11))]
    assert first == ["2026年第一季度报告与台账不一致：发现问题报告写1个、台账为2个。"]

    acts.add_addendum(report, by=cast.nongye_head, at=later, text="补报3月2日问题", keys=["problems_found"])
    assert hits(cast, "report_unlike_ledger", date(2026, 6, 11)) == []

    make_problem(cast, cast.agri, found_on=date(2026, 3, 3), at=later)
    again = [one.text for one in hits(cast, "report_unlike_ledger", date(2026, 6, 12))]
    assert again == ["2026年第一季度报告与台账不一致：发现问题报告写2个、台账为3个。"]


@pytest.mark.parametrize("key", sorted(CHECKS))
def test_every_check_says_why_and_how_to_mend_and_is_silent_on_nothing(cast: County, key: str) -> None:
    one = CHECKS[key]

    assert one.why.endswith("。") and one.mend.endswith("。") and one.article.startswith("A")
    assert hits(cast, key) == []


# --- the page ---


@pytest.fixture
def february() -> Any:
    """The office's day is 10 February 2026."""
    with time_machine.travel(NOW, tick=False):
        yield


def seen(user: Any, **query: Any) -> str:
    """The page of the checks."""
    return enter(user).get(reverse("reports:checks"), query).content.decode()


@pytest.fixture
def two(cast: County, february: None) -> tuple[Problem, Problem]:
    """A clue number without transfer at the group and at the township."""
    return tuple(
        make_problem(cast, organ, description=text, found_on=date(2026, 1, 5), clue_ref="1号")
        for organ, text in ((cast.agri, "机井无人管护"), (cast.town, "资金拨付滞后"))
    )  # type: ignore[return-value]


def test_clerks_see_their_own_organ_and_the_coordinator_all(cast: County, two: Any) -> None:
    own, whole = seen(cast.nongye), seen(cast.dangfeng)

    assert "机井无人管护" in own and "资金拨付滞后" not in own and "已核实，无须处理" not in own
    assert "机井无人管护" in whole and "资金拨付滞后" in whole and "已核实，无须处理" in whole
    assert "资金拨付滞后" not in seen(cast.dangfeng, organ=cast.agri.pk)
    assert "没有符合条件的事项" in seen(cast.dangfeng, gravity="low")


def test_the_workbook_has_the_same_hits(cast: County, two: Any) -> None:
    answer = enter(cast.nongye).get(reverse("reports:checks"), {"format": "xlsx"})
    rows = [
        [cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2)
    ]

    assert rows[0] == ["程度", "单位", "核对项", "情况", "起始日期", "怎样处理"]
    assert [row[:3] for row in rows[1:]] == [["严重", "驻县农业农村局纪检监察组", "有线索、无移送"]]


def test_cleared_hits_leave_the_list_with_their_reason_and_the_organ_learns_it(cast: County, two: Any) -> None:
    answer = enter(cast.dangfeng).post(
        reverse("reports:check_dismiss"),
        {"check": "clue_not_transferred", "record": f"problem:{two[0].pk}", "reason": "编号是信访件号"}, follow=True,
    )  # fmt: skip

    assert "已核实“有线索、无移送”一项，并告知驻县农业农村局纪检监察组" in answer.content.decode()
    assert "机井无人管护" not in seen(cast.dangfeng) and "编号是信访件号" in seen(cast.dangfeng, show="cleared")
    assert Notice.objects.filter(recipient=cast.nongye, sentence__contains="无须处理").count() == 1
    assert Event.objects.of(CheckDismissal.objects.get()).get().note == "编号是信访件号"


def test_cleared_hits_come_back_when_the_record_changes_or_after_ninety_days(cast: County, two: Any) -> None:
    dismiss("clue_not_transferred", f"problem:{two[0].pk}", reason="编号是信访件号", by=cast.dangfeng, at=NOW)
    organs = [cast.agri.pk]

    assert findings(organs, TODAY) == []
    assert findings(organs, TODAY + timedelta(days=90)) == []
    assert len(findings(organs, TODAY + timedelta(days=91))) == 1
    two[0].clue_ref = "2号"
    two[0].save()
    assert len(findings(organs, TODAY)) == 1


@pytest.mark.parametrize(
    ("who", "organ", "reason", "words"),
    [
        ("dangfeng", 0, "  ", "请写明核实情况"),
        ("nongye_head", 0, "没有问题", "不在您的统筹范围内"),
        ("dangfeng", 2, "没有问题", "已经改正"),
    ],
)
def test_clearing_is_refused(cast: County, two: Any, who: str, organ: int, reason: str, words: str) -> None:
    about = [f"problem:{two[0].pk}", f"problem:{two[1].pk}", "problem:0"][organ]

    with pytest.raises(Refused, match=words):
        dismiss("clue_not_transferred", about, reason=reason, by=cast.people[who], at=NOW)
    assert not CheckDismissal.objects.exists()


def test_a_second_clearing_of_the_same_hit_is_refused(cast: County, two: Any) -> None:
    again = {"reason": "已问", "by": cast.dangfeng, "at": NOW}
    dismiss("clue_not_transferred", f"problem:{two[0].pk}", **again)

    with pytest.raises(Refused):
        dismiss("clue_not_transferred", f"problem:{two[0].pk}", **again)
    assert CheckDismissal.objects.count() == 1


def test_the_page_costs_the_same_for_many_hits(cast: County, two: Any) -> None:
    client, address = enter(cast.dangfeng), reverse("reports:checks")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(60):
        make_problem(cast, (cast.agri, cast.edu)[number % 2], found_on=date(2026, 1, 5), clue_ref=f"{number}号")
    with CaptureQueriesContext(connection) as many:
        page = client.get(address)

    assert page.context["page"].total == 62 and len(page.context["rows"]) == 50
    assert len(many) == len(few) <= 26


# --- Monday morning ---


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (moment(2026, 2, 9, 8, 29), 0),  # Monday before half past eight
        (moment(2026, 2, 9, 8, 30), 2),
        (moment(2026, 2, 12, 15), 2),  # nothing ran on Monday
    ],
)
def test_the_office_is_told_once_a_week(cast: County, two: Any, at: Any, told: int) -> None:
    assert tell_checks(at.isoformat()) == {"told": told}
    assert tell_checks((at + timedelta(minutes=15)).isoformat())["told"] == (
        2 if at == moment(2026, 2, 9, 8, 29) else 0
    )

    notice = Notice.objects.filter(recipient=cast.dangfeng, kind="check").get()
    assert notice.sentence == "本周矛盾核对共2项：严重2项，请逐项核对处理。"
    assert not Notice.objects.filter(kind="check", recipient=cast.nongye).exists()
    assert tell_checks(moment(2026, 2, 16, 8, 30).isoformat()) == {"told": 2}


def test_a_quiet_week_tells_nobody(cast: County, february: None) -> None:
    assert tell_checks(moment(2026, 2, 9, 9).isoformat()) == {"told": 0}


def test_gravest_first() -> None:
    assert list(Gravity) == ["high", "middle", "low"]
