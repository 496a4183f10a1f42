"""The registers and the yearly papers of a county filled by chance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import Attachment, Duty
from checklists.models import (
    InstructionItem,
    InstructionLookBack,
    Meeting,
    MonthlyList,
    MonthlyTask,
    TaskAssignment,
)
from ledgers.models import Consultation, Disposition
from ledgers.models import registers as books
from ledgers.register_states import OpinionPurpose, StudyKind, TalkerLevel, TalkKind
from ledgers.states import MEASURES
from reports.models import AnnualHearing, AnnualReport, Briefing, PerformanceAppraisal, QuarterlyReport
from supervision.models import Clue
from tests.factories import NOW
from tests.reports.independent_registers import EXTERNAL
from tests.reports.random_county import Filled, join, keep, resolved, tag, unique


def base(f: Filled, organ: Any = None) -> dict[str, Any]:
    """What every record of a register bears: an author, perhaps taken out, perhaps checked."""
    organ = organ or f.one(f.organs)
    gone, checked = f.may(0.12), f.may(0.5)
    return {
        "organ": organ, "created_by": f.author(organ), "created_at": NOW, "updated_by": f.author(organ), "updated_at": NOW,
        "removed_at": f.moment(f.day()) if gone else None, "removed_by": f.author(organ) if gone else None,
        "removed_reason": "重复登记" if gone else "", "verified_at": f.moment(f.day()) if checked else None,
        "verified_by": f.other() if checked else None,
    }  # fmt: skip


def fill_registers(f: Filled) -> None:
    """Everything that is kept in registers."""
    _talks(f)
    _campaigns(f)
    _cases(f)
    _opinions(f)
    _office(f)
    _visits(f)


def fill_years(f: Filled) -> None:
    """Reports, hearings, briefings, appraisals, meetings and lists of months."""
    _quarters(f)
    _years(f)
    _meetings(f)
    _instructions(f)


def _talks(f: Filled) -> None:
    rows = []
    kinds = ["top_leader_talk", "integrity_talk", "heart_to_heart", *TalkKind.values]
    for _ in range(300):
        person = f.one(f.officials)
        rows.append(
            books.TalkRecord(
                **base(f), kind=f.one(kinds), talk_date=f.day(), unit=person.unit, official=person, one_to_one=f.may(), talker="谈话人",
                talker_level=f.one(TalkerLevel.values),
            )
        )  # fmt: skip
    keep(books.TalkRecord, rows)
    tag(f, rows)
    asked = [problem for problem in f.problems if problem.source == "talk"]
    join(
        books.TalkRecord.problems,
        {row.pk: [p.pk for p in f.some(asked if f.may(0.8) else f.problems, 2)] for row in rows},
    )
    dispositions = []
    for _ in range(260):
        organ, form = f.one(f.organs), f.one((1, 2, 2, 3, 4))
        dispositions.append(
            Disposition(organ=organ, official=f.one(f.officials), form=form, measure=f.one(MEASURES[form]), decided_on=f.day(),
                        triple_check=f.may(), created_by=f.author(organ))
        )  # fmt: skip
    tag(f, keep(Disposition, dispositions))


def _campaigns(f: Filled) -> None:
    made = []
    for n in range(40):
        day = f.day()
        made.append(
            books.SpecialCampaign(
                **base(f), name=f"整治{n}", package=f.one(("群众身边整治清单", "")), starts_on=day, announced_on=f.day() if f.may(0.8) else None,
                leader="甲", department="乙", task_force="丙", state=f.one(("prepared", "active", "ended")),
            )
        )  # fmt: skip
    tag(f, keep(books.SpecialCampaign, made))
    posters = [
        books.PublicityRecord(**base(f), title="海报", medium=f.one(("poster", "poster", "website")), published_on=f.day(),
                              copies=f.chance.randrange(500), campaign=f.one(made) if f.may() else None)
        for _ in range(60)
    ]  # fmt: skip
    tag(f, keep(books.PublicityRecord, posters))
    figures = []
    for _ in range(220):
        name, units = f.one(list(EXTERNAL.values()))
        first = f.day()
        figures.append(
            books.ExternalFigure(**base(f, f.cast.cso if f.may(0.8) else None), name=name if f.may(0.9) else f"{name}（旧）", period_from=first, period_to=f.later(first),
                                 value=f.chance.randrange(1, 900), unit_word=f.one([*units, *units, "户"]), source="县委办", reported_on=f.day())
        )  # fmt: skip
    tag(f, keep(books.ExternalFigure, figures))


def _cases(f: Filled) -> None:
    clues = keep(
        Clue,
        [
            Clue(code=f"线索{n}", organ=f.one(f.organs), receiver=f.one(f.organs), transferred_on=f.day(), created_by=f.cast.nongye,
                 created_at=f.moment(f.day()))
            for n in range(30)
        ],
    )  # fmt: skip
    cases = []
    for n in range(130):
        filed = f.day()
        over = f.later(filed, 200) if f.may() else None
        sent = f.later(filed, 200) if f.may(0.4) else None
        cases.append(
            books.CaseRecord(
                **base(f), code=f"案{n}", filed_on=filed, unit=f.one(f.units), handled_by=f.one([*f.organs, None, None]),
                clue=f.one(clues) if f.may(0.4) else None, concluded_on=over,
                persons_transferred=f.chance.randint(1, 5) if sent else 0, transferred_on=sent, triple_check=f.may(),
            )
        )  # fmt: skip
    tag(f, keep(books.CaseRecord, cases))
    keep(
        books.CaseAnalysis,
        [books.CaseAnalysis(**base(f), case=f.one(cases), analysed_on=f.day(), system_gaps="漏洞") for _ in range(80)],
    )
    rules = []
    for n in range(150):
        rules.append(
            books.InstitutionBuilt(
                **base(f), unit=f.one(f.units), title=f"制度{n}", issued_on=f.day(), source=f.one(("case_driven", "case_driven", "problem", "daily", "recommendation")),
                problem=f.one(f.problems) if f.may(0.4) else None, case=f.one(cases) if f.may(0.4) else None, promoted_by=f.one([*f.organs, None]),
            )
        )  # fmt: skip
    tag(f, keep(books.InstitutionBuilt, rules))
    kind = ContentType.objects.get_for_model(books.InstitutionBuilt)
    other = ContentType.objects.get_for_model(books.CaseRecord)
    keep(
        Attachment,
        [
            Attachment(subject_type=kind if f.may(0.8) else other, subject_id=f.one(rules).pk, organ=f.cast.agri, name="制度.pdf", file="a.pdf",
                       content_type="application/pdf", size=1, digest="x", uploaded_by=f.cast.nongye, uploaded_at=f.moment(f.day()))
            for _ in range(130)
        ],
    )  # fmt: skip
    _lessons(f, cases)


def _lessons(f: Filled, cases: list[Any]) -> None:
    losses = [
        books.LossRecovered(**base(f), unit=f.one(f.units), amount=f.chance.randrange(1, 10_000_000) / 100, confirmed_on=f.day(), receipt=f"票{n}",
                            problem=f.one(f.problems) if f.may() else None, handled_by=f.one([*f.organs, None, None]))
        for n in range(110)
    ]  # fmt: skip
    tag(f, keep(books.LossRecovered, losses))
    reforms = []
    for _ in range(60):
        first = f.day()
        held = f.later(first) if f.may(0.8) else None
        reforms.append(
            books.CaseDrivenRectification(**base(f), unit=f.one(f.units), case=f.one([*cases[:20], None]), noticed_on=first, held_on=held,
                                          closed_on=f.later(held) if held and f.may() else None)
        )  # fmt: skip
    tag(f, keep(books.CaseDrivenRectification, reforms))
    join(books.CaseDrivenRectification.problems, {row.pk: [p.pk for p in f.some(f.problems[:60])] for row in reforms})
    lessons = []
    for _ in range(60):
        heads = f.chance.randint(1, 60)
        lessons.append(
            books.WarningEducation(**base(f), held_on=f.day(), case_text="案例", attendees=heads, middle_cadres=f.chance.randint(0, heads) if f.may() else 0)
        )  # fmt: skip
    tag(f, keep(books.WarningEducation, lessons))
    join(books.WarningEducation.officials, {row.pk: [p.pk for p in f.some(f.officials)] for row in lessons})
    clues = []
    for _ in range(50):
        problem = f.one(f.problems)
        clues.append(Clue(problem=problem, organ=problem.organ, receiver=f.cast.cases, code=f"线{unique()}", transferred_on=f.day(),
                          created_by=f.author(problem.organ), created_at=NOW))  # fmt: skip
    keep(Clue, clues)


def _opinions(f: Filled) -> None:
    rows = []
    for _ in range(170):
        got = f.day()
        sent = f.later(got) if f.may(0.8) else None
        rows.append(
            books.IntegrityOpinion(
                **base(f), requester="组织部", purpose=f.one(["promotion", *OpinionPurpose.values]), official=f.one(f.officials), received_on=got,
                replied_on=sent, conclusion=f.one(("none", "unsuitable", "explain")) if sent else "", approver="组长" if sent else "",
            )
        )  # fmt: skip
    tag(f, keep(books.IntegrityOpinion, rows))
    attended = [
        books.MeetingAttendance(**base(f), unit=f.one(f.units), kind=f.one(("party_committee", "executive", "democratic_life")), meeting_date=f.day(), agenda="议题")
        for _ in range(110)
    ]  # fmt: skip
    tag(f, keep(books.MeetingAttendance, attended))
    keep(
        books.MeetingOpinion,
        [
            books.MeetingOpinion(record=f.one(attended), topic="议题", matter=f.one(("major_matters", "risk", "other")), text="意见", adopted=f.one(("yes", "no", "")))
            for _ in range(200)
        ],
    )  # fmt: skip
    reviews = []
    for _ in range(110):
        got = f.day()
        reviews.append(
            books.TopicReview(**base(f), body=f.one(("standing_committee", "government_meeting", "investment_meeting")), unit=f.one(f.units), topic="议题",
                              received_on=got, replied_on=f.later(got) if f.may(0.7) else None)
        )  # fmt: skip
    tag(f, keep(books.TopicReview, reviews))
    keep(
        books.TopicOpinion,
        [books.TopicOpinion(record=f.one(reviews), text="意见", adopted=f.one(("yes", "no", ""))) for _ in range(200)],
    )


def _office(f: Filled) -> None:
    study = [
        books.StudyRecord(
            **base(f), kind=f.one(["lecture_series", *StudyKind.values]), held_on=f.day(), theme="学习", attendees=5
        )
        for _ in range(100)
    ]
    tag(f, keep(books.StudyRecord, study))
    notices = [books.ReminderNotice(**base(f), festival="春节", sent_on=f.day(), text="提醒") for _ in range(60)]
    tag(f, keep(books.ReminderNotice, notices))
    papers = []
    for _ in range(150):
        person = f.one(f.officials)
        papers.append(
            books.UnitSubmission(**base(f), unit=person.unit, kind=f.one(("dual_duty_statement", "dual_duty_statement", "lists", "leader_report")), official=person,
                                 due_on=f.day(), received_on=f.day() if f.may(0.8) else None)
        )  # fmt: skip
    tag(f, keep(books.UnitSubmission, papers))
    meetings = []
    for _ in range(70):
        organ, step = f.one(f.organs), f.one(("draft", "recorded", "recorded", "recorded", "superseded", "dropped"))
        meetings.append(
            Consultation(organ=organ, held_on=f.day(), step=step, recorded_at=NOW if step in ("recorded", "superseded") else None,
                         created_by=f.author(organ), created_at=NOW)
        )  # fmt: skip
    keep(Consultation, meetings)
    chosen: dict[int, Iterable[int]] = {}
    for row in meetings:
        own = (
            [unit.pk for unit in f.units if unit.organ_id == row.organ_id]
            if f.may(0.9)
            else [unit.pk for unit in f.units]
        )
        chosen[row.pk] = f.some(own, 3)
    join(Consultation.units, chosen)


def _visits(f: Filled) -> None:
    visits = [books.UnannouncedVisit(**base(f), visit_date=f.day(), theme="走访") for _ in range(80)]
    tag(f, keep(books.UnannouncedVisit, visits))
    alerts = []
    for _ in range(170):
        got = f.day()
        seen = f.later(got) if f.may(0.75) else None
        alerts.append(
            books.DataAlert(**base(f), kind=f.one(("subsistence_allowance", "procurement", "official_vehicle", "power_matter")), system="预警平台", received_on=got,
                            unit=f.one(f.units), fact="预警", checked_on=seen, handled=seen is not None and f.may(0.6))
        )  # fmt: skip
    tag(f, keep(books.DataAlert, alerts))


QUARTERS = ((2025, 3), (2025, 4), (2026, 1), (2026, 2))


def _quarters(f: Filled) -> None:
    reports, duties = [], []
    for year, quarter in QUARTERS:
        due = date(year, quarter * 3, 25)
        for organ in f.organs:
            if not organ.must_report:
                continue
            sent = f.one((due - timedelta(days=3), due, due, due + timedelta(days=1), due + timedelta(days=20), None))
            at = f.moment(sent) if sent else None
            if at or f.may():
                reports.append(
                    QuarterlyReport(organ=organ, year=year, quarter=quarter, due_on=due, created_at=NOW, created_by=f.author(organ),
                                    step=f.one(("submitted", "returned", "accepted")) if at else "draft", digest="x" if at else "", first_submitted_at=at,
                                    submitted_at=at, submitted_by=f.author(organ) if at else None)
                )  # fmt: skip
            excused = f.may(0.1)
            duties.append(
                Duty(kind="quarterly_report", article="A10.4a", title="季度报告", organ=organ, period=f"{year}Q{quarter}", opened_on=date(year, quarter * 3 - 2, 1),
                     due_on=due, fulfilled_at=at, excused_at=NOW if excused else None, excused_by=f.other() if excused else None, excuse="新成立" if excused else "")
            )  # fmt: skip
    keep(QuarterlyReport, reports)
    keep(Duty, duties)


def _years(f: Filled) -> None:
    for year in (2024, 2025, 2026):
        resolution = resolved(f, "annual_hearing", date(year, 12, 30))
        for version, step in enumerate(("superseded", f.one(("approved", "draft", "submitted"))), start=1):
            heard = step in ("approved", "superseded")
            AnnualReport.objects.create(
                organ=f.cast.cso, year=year, version=version, reason="更正" if version > 1 else "", step=step, approved_at=NOW if heard else None,
                resolution=resolution if heard else None, created_by=f.cast.dangfeng, created_at=NOW,
            )  # fmt: skip
        if f.may(0.7):
            AnnualHearing.objects.create(
                organ=f.cast.cso, year=year, resolution=resolution, created_by=f.cast.dangfeng, created_at=NOW
            )
    heard_ = []
    for n in range(50):
        organ, leader = f.one(f.organs), f.one((f.cast.xieguan1, f.cast.xieguan2, f.cast.fenguan))
        heard_.append(
            Briefing(organ=organ, leader=leader, held_on=f.day(), trigger=f.one(("quarter", "round", "important")), quarter="2026Q1", content=f"汇报{n}",
                     step=f.one(("entered", "recorded")), open_until=date(2026, 3, 1), digest="x", created_by=leader, created_at=NOW)
        )  # fmt: skip
    keep(Briefing, heard_)
    join(Briefing.organs, {row.pk: {row.organ_id, *(organ.pk for organ in f.some(f.organs, 2))} for row in heard_})
    texts = []
    for unit in f.units:
        for year in (2025, 2026):
            if f.may(0.7):
                step = f.one(("draft", "submitted", "approved", "approved"))
                texts.append(
                    PerformanceAppraisal(organ=unit.organ, unit=unit, year=year, step=step, approved_at=f.moment(date(year, 12, 31)) if step == "approved" else None,
                                         created_by=f.other(), created_at=NOW)
                )  # fmt: skip
    keep(PerformanceAppraisal, texts)


def _meetings(f: Filled) -> None:
    rows = []
    for _ in range(26):
        organ, day = f.one(f.organs), f.day()
        step = f.one(("draft", "held", "held", "dropped"))
        rows.append(
            Meeting(organ=organ, kind=f.one(("quarterly", "quarterly", "liaison", "special", "joint")), year=day.year, quarter=(day.month + 2) // 3, held_on=day,
                    step=step, settled_at=NOW if step == "held" else None, created_by=f.author(organ), created_at=NOW)
        )  # fmt: skip
    keep(Meeting, rows)
    lists = []
    for year, month in ((2025, 11), (2025, 12), (2026, 1), (2026, 2), (2026, 3), (2026, 4), (2026, 7)):
        step = f.one(("issued", "issued", "draft"))
        lists.append(
            MonthlyList(
                organ=f.cast.cso,
                year=year,
                month=month,
                step=step,
                issued_at=NOW if step == "issued" else None,
                created_by=f.cast.dangfeng,
                created_at=NOW,
            )
        )
    keep(MonthlyList, lists)
    work = [
        TaskAssignment(organ=f.one(f.organs), source="月度清单", task=f"任务{n}", due_on=f.day(), done_on=f.day() if f.may(0.6) else None, assigned_by=f.cast.dangfeng)
        for n in range(60)
    ]  # fmt: skip
    keep(TaskAssignment, work)
    keep(
        MonthlyTask,
        [
            MonthlyTask(list=lists[n % len(lists)], seq=n + 1, task=task.task, organ=task.organ, due_on=task.due_on, assignment=task if f.may(0.95) else None)
            for n, task in enumerate(work)
        ],
    )  # fmt: skip


def _instructions(f: Filled) -> None:
    rows = []
    for n in range(12):
        organ = f.one(f.organs)
        rows.append(
            InstructionItem(
                organ=organ,
                title=f"批示{n}",
                source_doc="省委",
                received_on=f.day(),
                responsible_unit=f.one(f.units),
                due_on=f.day(),
                created_by=f.author(organ),
            )
        )
    keep(InstructionItem, rows)
    keep(
        InstructionLookBack,
        [InstructionLookBack(item=row, round_no=n, held_on=f.day(), result="已落实", by=row.created_by) for row in rows for n in range(1, f.chance.randint(1, 4))],
    )  # fmt: skip
