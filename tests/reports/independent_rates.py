"""SQL of what is asked for in each quarter or month, of the duties of article 10, and of article 10(5) itself."""

from __future__ import annotations

from datetime import date, timedelta

from tests.reports.independent_sql import QUESTIONS, Asked, Counted, Number, local_day, one, rows, share, tenths
from tests.reports.independent_work import (
    PROBLEM,
    RECT,
    WRITERS,
    adopted,
    analysed,
    appraised,
    approved,
    day_of,
    days_to_submission,
    form_share,
    in_office,
    overdue_days,
    rectification_rate,
    rectification_rate_due,
    stationed_coverage,
    submitted,
    talk_share,
    top_leader_coverage,
)

DAY = timedelta(days=1)


def months(a: Asked) -> list[tuple[int, int]]:
    """Months that the period touches."""
    first, last = a.first.year * 12 + a.first.month - 1, a.last.year * 12 + a.last.month - 1
    return [(n // 12, n % 12 + 1) for n in range(first, last + 1)]


def begun(a: Asked) -> list[tuple[int, int]]:
    """Those of them that have begun: in a month to come nothing can have been held."""
    return [(year, month) for year, month in months(a) if date(year, month, 1) <= a.on]


def quarters(a: Asked) -> list[tuple[int, int]]:
    """Quarters that the period touches and that have begun."""
    touched = {(year, (month + 2) // 3) for year, month in months(a)}
    return sorted((year, quarter) for year, quarter in touched if date(year, quarter * 3 - 2, 1) <= a.on)


def meetings(kind: str) -> Counted:
    """R-5, R-8: quarters of the period with a meeting of that kind that was held in it."""

    def counted(a: Asked) -> Number:
        body = f"from checklists_meeting r where r.kind = '{kind}' and r.step = 'held' and {a.mine('r.organ_id')} and {a.inside('r.held_on')}"
        held = {
            (day.year, (day.month + 2) // 3) for row in rows(f"select r.held_on {body}") for day in [day_of(row[0])]
        }
        return share(len(held & set(quarters(a))), len(quarters(a)))

    return counted


def issued_lists(a: Asked) -> Number:
    """R-6: months of the period whose list was issued."""
    found = set(
        rows(f"select r.year, r.month from checklists_monthlylist r where r.step = 'issued' and {a.mine('r.organ_id')}")
    )
    return share(len(found & set(begun(a))), len(begun(a)))


def done_tasks(a: Asked) -> Number:
    """R-6: tasks of the issued lists that are done ÷ tasks of the issued lists; a task belongs to who does it."""
    asked = " or ".join(f"(l.year = {year} and l.month = {month})" for year, month in months(a))
    body = (
        "from checklists_monthlytask r join checklists_monthlylist l on l.id = r.list_id"
        f" left join checklists_taskassignment t on t.id = r.assignment_id"
        f" where l.step = 'issued' and ({asked}) and {a.mine('r.organ_id')}"
    )
    count = "select count(distinct r.assignment_id)"  # a task carried over to the next list is one task
    return share(one(f"{count} {body} and t.done_on <= '{a.on}'"), one(f"{count} {body}"))


def look_backs(a: Asked) -> int:
    """R-7: looks that were held."""
    return int(
        one(
            f"select count(*) from supervision_lookback r where r.step = 'held' and {a.mine('r.organ_id')} and {a.inside('r.held_on')}"
        )
    )


def rebound(a: Asked) -> Number:
    """R-7: problems found to have come back ÷ problems looked at."""
    body = (
        "from supervision_lookbackresult x join supervision_lookback r on r.id = x.look_back_id"
        f" join {RECT} i on i.id = x.rectification_id join {PROBLEM} p on p.id = i.problem_id"
        f" where r.step = 'held' and {a.mine('r.organ_id')} and {a.inside('r.held_on')} and p.removed_at is null"
    )
    return share(one(f"select count(*) {body} and x.verdict = 'rebound'"), one(f"select count(*) {body}"))


def notices(a: Asked) -> int:
    """R-8: reminders before holidays."""
    return int(
        one(
            f"select count(*) from ledgers_remindernotice r where {a.live('r', 'sent_on')} and {a.bears('ledgers_remindernotice', 'r')}"
        )
    )


RECOMMENDED = "from supervision_issueddocument r where r.kind = 'recommendation' and r.step <> 'voided'"
FIRST_REPLY = "(select min(x.received_on) from supervision_documentreply x where x.document_id = r.id)"


def replied(a: Asked) -> Number:
    """R-13: recommendations answered by the day that is judged ÷ recommendations issued in the period."""
    body = f"{RECOMMENDED} and {a.mine('r.organ_id')} and {a.inside('r.issued_on')}"
    return share(one(f"select count(*) {body} and {FIRST_REPLY} <= '{a.on}'"), one(f"select count(*) {body}"))


def replied_in_time(a: Asked) -> Number:
    """R-13: answered by their day ÷ recommendations whose day has passed or that are answered."""
    body = f"{RECOMMENDED} and {a.mine('r.organ_id')} and {a.inside('r.issued_on')} and r.reply_due_on is not null"
    above = one(f"select count(*) {body} and {FIRST_REPLY} <= r.reply_due_on and {FIRST_REPLY} <= '{a.on}'")
    return share(above, one(f"select count(*) {body} and (r.reply_due_on < '{a.on}' or {FIRST_REPLY} <= '{a.on}')"))


def officials_per_staff(a: Asked) -> Number:
    """I3-26: officials ÷ staff."""
    staff = QUESTIONS["I3-26"].value(a)
    return tenths(one(f"select count(*) {in_office(a)}"), staff)


def in_ten_days(a: Asked) -> Number:
    """I4-2: submitted by the day judged ÷ submitted, or past its day without that."""
    below = one(f"select count(*) {approved(a)} and (r.submitted_on <= '{a.on}' or r.last_on < '{a.on}')")
    return share(one(f"select count(*) {submitted(a)} and r.submitted_on <= r.last_on"), below)


def consulted(a: Asked) -> Number:
    """I4-3: units consulted ÷ units that are owed one, in each whole half-year that the period touches and that has begun.

    A unit is owed one where it and its organ stand through the half; a township's committee owes it to its township (AMB-9,
    AMB-18). Offices without units of their own kind, such as 党风政风监督室, owe none.
    """
    above = below = 0
    for year, half in sorted({(year, (month + 5) // 6) for year, month in months(a)}):
        first, after = date(year, half * 6 - 5, 1), date(year, 7, 1) if half == 1 else date(year + 1, 1, 1)
        last = after - DAY
        if first > a.on:
            continue
        units = (
            f"from accounts_supervisedunit u join accounts_organ o on o.id = u.organ_id where {a.mine('u.organ_id')}"
            f" and o.id in {WRITERS} and (u.active_to is null or u.active_to > '{last}')"
            f" and (o.active_from is null or o.active_from <= '{first}') and (o.active_to is null or o.active_to > '{last}')"
            " and (o.kind = 'stationed_group' or u.kind = 'township' or not exists (select 1 from accounts_supervisedunit w"
            f" where w.organ_id = o.id and w.kind = 'township' and (w.active_to is null or w.active_to > '{last}')))"
        )
        below += one(f"select count(*) {units}")
        above += one(
            f"select count(*) {units} and exists (select 1 from ledgers_consultation_units cu join ledgers_consultation c"
            " on c.id = cu.consultation_id where cu.supervisedunit_id = u.id and c.step = 'recorded'"
            f" and c.held_on between '{first}' and '{min(last, a.on)}')"
        )
    return share(above, below)


def quarterly_in_time(a: Asked) -> Number:
    """I4-4: reports first submitted by their day ÷ reports owed by a day of the period that has passed, or are there."""
    owed = (
        f"from accounts_duty d where d.kind = 'quarterly_report' and d.excused_at is null and {a.mine('d.organ_id')}"
        f" and {a.inside('d.due_on')} and (d.due_on <= '{a.on}' or d.fulfilled_at is not null)"
    )
    return share(
        one(f"select count(*) {owed} and {local_day('d.fulfilled_at')} <= d.due_on"), one(f"select count(*) {owed}")
    )


# article 10(5): only what 党风政风监督室 has verified; credited to whoever did it, which by default is whoever registered it


def done(a: Asked, column: str) -> str:
    """A day of the period, none after the day that is judged."""
    return f"{column} between '{a.first}' and '{min(a.last, a.on)}'"


def verified(a: Asked, alias: str = "r") -> str:
    """Checked by 党风政风监督室."""
    return f"{alias}.verified_at is not null"


def with_file(a: Asked, alias: str, app: str, model: str, more: str = "") -> str:
    """A file hangs on it."""
    return (
        "exists (select 1 from accounts_attachment f join django_content_type k on k.id = f.subject_type_id"
        f" where f.subject_id = {alias}.id and k.app_label = '{app}' and k.model = '{model}'{more})"
    )


def solved(a: Asked) -> int:
    """E-1: problems found in the period whose rectification was closed by the day judged, or put right at once with evidence."""
    evidence = " and f.purpose = 'evidence'"
    proof = "exists (select 1 from supervision_closureproof q where q.rectification_id = x.id)"
    return int(
        one(
            f"select count(*) from {PROBLEM} r where {a.live('r')} and {done(a, 'r.found_on')} and {a.bears(PROBLEM, 'r')}"
            f" and exists (select 1 from {RECT} x where x.problem_id = r.id"
            f" and ((x.step = 'closed' and x.closed_on <= '{a.on}') or r.fixed_on_spot"
            f" and ({proof} or {with_file(a, 'x', 'supervision', 'rectificationitem', evidence)})))"
        )
    )


def of_doer(table: str, doer: str, day: str, measure: str = "count(*)", more: str = "1 = 1") -> Counted:
    """E-2, E-4, E-5: verified records of a register."""

    def counted(a: Asked) -> Number:
        body = (
            f"from {table} r where r.removed_at is null and {verified(a)} and {a.mine(f'coalesce(r.{doer}, r.organ_id)')}"
            f" and {done(a, f'r.{day}')} and {a.bears(table, 'r')}"
        )
        file = with_file(a, "r", "ledgers", "institutionbuilt") if table.endswith("institutionbuilt") else "1 = 1"
        return one(f"select {measure} {body} and {more} and {file}")

    return counted


def cases(a: Asked) -> int:
    """E-2: of the organ that handles a case, and of the organ whose clue led to it."""
    table = "ledgers_caserecord"
    theirs = f"exists (select 1 from supervision_clue c where c.id = r.clue_id and {a.mine('c.organ_id')})"
    return int(
        one(
            f"select count(*) from {table} r where r.removed_at is null and {verified(a)} and {done(a, 'r.filed_on')}"
            f" and ({a.mine('coalesce(r.handled_by_id, r.organ_id)')} or {theirs}) and {a.bears(table, 'r')}"
        )
    )


def accountability(a: Asked) -> int:
    """E-3: persons and Party organs."""
    table = "supervision_accountabilityaction"
    return int(
        one(
            f"select count(distinct r.object_kind || r.object_name) from {table} r where {verified(a)} and {a.mine('r.organ_id')}"
            f" and {done(a, 'r.decided_on')} and {a.bears(table, 'r')}"
        )
    )


NUMBERS = {
    **{key: question.value for key, question in QUESTIONS.items()},
    "I0-7/top_leader_talk_rectified_share": talk_share("I0-7"),
    "I0-9/stationed_talk_rectified_share": talk_share("I0-9"),
    "I3-26/officials_per_staff": officials_per_staff,
    "I4-2": days_to_submission,
    "I4-2/report_in_time_rate": in_ten_days,
    "I4-3/consultation_coverage": consulted,
    "I4-4/quarterly_report_in_time_rate": quarterly_in_time,
    "R-1": top_leader_coverage,
    "R-2": stationed_coverage,
    "R-3": rectification_rate,
    "R-3/rectification_rate_due": rectification_rate_due,
    "R-4/overdue_days": overdue_days,
    "R-5": meetings("quarterly"),
    "R-6": issued_lists,
    "R-6/monthly_task_done_rate": done_tasks,
    "R-7": look_backs,
    "R-7/rebound_share": rebound,
    "R-8": meetings("liaison"),
    "R-8/pre_holiday_notices": notices,
    **{f"R-9/disposition_share_{form}": form_share(form) for form in "1234"},
    "R-10": analysed,
    "R-11": adopted("meeting", "topic"),
    "R-11/meeting_opinion_adopted_rate": adopted("meeting"),
    "R-11/topic_opinion_adopted_rate": adopted("topic"),
    "R-12": appraised,
    "R-13": replied,
    "R-13/on_time_reply_rate": replied_in_time,
    "E-1": solved,
    "E-2": cases,
    "E-3": accountability,
    "E-4": of_doer("ledgers_institutionbuilt", "promoted_by_id", "issued_on"),
    "E-5": of_doer(
        "ledgers_lossrecovered", "handled_by_id", "confirmed_on", "coalesce(sum(r.amount), 0)", "r.receipt <> ''"
    ),
}
