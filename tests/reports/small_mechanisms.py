"""The papers and meetings of the small county: documents, reports to the committee, consultations, quarterly and yearly reports."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts.models import Duty, ScResolution
from checklists.models import Meeting, MonthlyList, MonthlyTask, TaskAssignment
from ledgers.models import Consultation
from reports import models as r
from supervision import models as s
from tests.factories import moment
from tests.reports.small_county import AT, Maker, day

SIGNED: dict[str, Any] = {"digest": "x"}


def mechanisms(make: Maker) -> None:
    """Everything below, once."""
    documents(make)
    reports(make)
    consultations(make)
    quarterly(make)
    yearly(make)
    meetings(make)


def documents(make: Maker) -> None:
    """Notices, one voided, one a draft; recommendations with replies in time, late, and without a term."""
    for organ, kind, step, issued, due, replied in (
        ("A", "integrity_notice", "issued", "07-01", None, None), ("A", "integrity_notice", "voided", "08-01", None, None),
        ("A", "integrity_notice", "draft", None, None, None), ("B", "integrity_notice", "issued", "10-01", None, None),
        ("A", "recommendation", "replied", "07-01", "08-01", "07-31"), ("A", "recommendation", "replied", "09-01", "09-20", "10-05"),
        ("B", "recommendation", "replied", "08-01", None, "08-20"),
    ):  # fmt: skip
        paper = make.put(s.IssuedDocument, organ=organ, title="文书", kind=kind, step=step, issued_on=issued, reply_due_on=due, served_on=issued,
                         unit=make.units[organ], created_by=make.by, created_at=AT, **SIGNED)  # fmt: skip
        if replied:
            make.put(
                s.DocumentReply, document=paper, received_on=replied, sender="单位", recorded_by=make.by, recorded_at=AT
            )


def reports(make: Maker) -> None:
    """Approved just after midnight of the first day, and half an hour before midnight of the last; both are other days in UTC."""
    for round_, organ, approved, due, submitted, reason in (
        ("own", "A", moment(2026, 7, 1, 0, 30), "07-11", "07-08", ""), ("own", "A", moment(2026, 9, 30, 23, 30), "10-10", "10-15", "等待会期"),
        ("own", "A", moment(2026, 6, 30, 23, 30), "07-10", "07-03", ""), ("joint", "C", moment(2026, 8, 1), "08-11", "08-11", ""),
        ("own", "A", None, None, None, ""),
    ):  # fmt: skip
        make.put(s.InspectionReport, round=make.rounds[round_], organ=organ, title="报告", step="sc_submitted" if approved else "draft",
                 approved_at=approved, due_on=due, submitted_on=submitted, submitted_by=make.by if submitted else None, last_on=due,
                 late_reason=reason, created_by=make.by, created_at=AT)  # fmt: skip


def consultations(make: Maker) -> None:
    """Two units at once, a draft, one replaced by its correction, one of the first half."""

    def hold(organ: str, held: str, step: str, units: str, **more: Any) -> Any:
        return make.put(Consultation, organ=organ, held_on=held, step=step, units=[make.units[one] for one in units.split()],
                        recorded_at=AT, created_by=make.by, created_at=AT, **more)  # fmt: skip

    hold("A", "07-01", "recorded", "A A2")
    hold("A", "08-01", "draft", "A")
    wrong = hold("A", "09-30", "superseded", "A")
    hold("A", "09-30", "recorded", "A", corrects=wrong, correction_reason="日期有误")
    hold("A", "02-01", "recorded", "A")
    hold("B", "10-01", "recorded", "B")


def quarterly(make: Maker) -> None:
    """Sent half an hour before the end of the day, half an hour after it, a day late, early; and the duties for them."""
    for organ, number, due, sent in (
        ("A", 3, "09-25", moment(2026, 9, 25, 23, 30)), ("A", 2, "06-25", moment(2026, 6, 26, 0, 30)),
        ("B", 3, "09-25", moment(2026, 9, 26)), ("T", 1, "03-25", moment(2026, 3, 20)),
    ):  # fmt: skip
        make.put(r.QuarterlyReport, organ=organ, year=2026, quarter=number, due_on=due, step="accepted", first_submitted_at=sent,
                 submitted_at=sent, submitted_by=make.by, created_at=AT, **SIGNED)  # fmt: skip
        _duty(make, organ, due, sent)
    _duty(make, "T", "09-25", None)
    _duty(make, "B", "06-25", None, excused_at=AT, excused_by=make.by, excuse="机构调整")


def _duty(make: Maker, organ: str, due: str, done: datetime | None, **more: Any) -> None:
    make.put(Duty, organ=organ, kind="quarterly_report", article="A10.4a", title="季度报告", period=due, opened_on="01-01", due_on=due,
             fulfilled_at=done, **more)  # fmt: skip


def yearly(make: Maker) -> None:
    """The report in force, the one it replaced, the year before; the hearing held in the next January; briefings."""
    for year, version, step, heard in (
        (2026, 2, "approved", "2027-01-10"),
        (2026, 1, "superseded", "2027-01-05"),
        (2025, 1, "approved", "01-10"),
    ):
        decided = make.put(ScResolution, organ="C", kind="annual_hearing", meeting_on=heard, title="汇报", approved=True, recorded_by=make.by,
                           recorded_at=AT)  # fmt: skip
        report = make.put(r.AnnualReport, organ="C", year=year, version=version, reason="更正", step=step, approved_at=AT, resolution=decided,
                          created_by=make.by, created_at=AT)  # fmt: skip
        if step == "approved":
            make.put(
                r.AnnualHearing,
                organ="C",
                year=year,
                resolution=decided,
                report=report,
                created_by=make.by,
                created_at=AT,
            )
    for organ, held in (("A", "07-01"), ("A", "10-01"), ("B", "09-30")):
        make.put(r.Briefing, organ=organ, leader=make.cast.xieguan1, held_on=held, quarter="2026Q3", content="汇报", step="recorded", digest="x",
                 created_by=make.by, created_at=AT)  # fmt: skip


def meetings(make: Maker) -> None:
    """Dispatch meetings in two quarters and a draft in a third; two liaison meetings in one quarter; lists of two months."""
    for organ, kind, held, number, step in (
        ("C", "quarterly", "07-10", 3, "held"), ("C", "quarterly", "10-10", 4, "held"), ("C", "quarterly", "03-03", 1, "draft"),
        ("A", "liaison", "08-01", 3, "held"), ("A", "liaison", "08-20", 3, "held"),
    ):  # fmt: skip
        make.put(
            Meeting,
            organ=organ,
            kind=kind,
            year=2026,
            quarter=number,
            held_on=held,
            step=step,
            settled_at=AT,
            created_by=make.by,
            created_at=AT,
        )
    july, _, october = (
        make.put(
            MonthlyList, organ="C", year=2026, month=month, step=step, issued_at=AT, created_by=make.by, created_at=AT
        )
        for month, step in ((7, "issued"), (8, "draft"), (10, "issued"))
    )
    first, second, third = (
        make.put(
            TaskAssignment, organ=organ, source="清单", task="任务", due_on="12-01", done_on=done, assigned_by=make.by
        )
        for organ, done in (("A", "08-15"), ("B", None), ("A", "2027-01-05"))
    )
    make.put(MonthlyTask, list=july, seq=1, task="任务", organ="A", due_on=day("12-01"), assignment=first)
    old = make.put(MonthlyTask, list=july, seq=2, task="任务", organ="B", due_on=day("12-01"), assignment=second)
    make.put(
        MonthlyTask,
        list=october,
        seq=1,
        task="任务",
        organ="B",
        due_on=day("12-01"),
        assignment=second,
        carried_from=old,
        carries=1,
    )
    make.put(MonthlyTask, list=october, seq=2, task="任务", organ="A", due_on=day("12-01"), assignment=third)
