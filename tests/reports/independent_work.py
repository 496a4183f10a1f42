"""SQL of the indicators that stand on projects, rounds, problems, documents, reports and meetings."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.reports.independent_registers import GROUPS, PERSONS
from tests.reports.independent_sql import (
    QUESTIONS,
    Asked,
    Body,
    Counted,
    Number,
    ask,
    local_day,
    one,
    rows,
    share,
    tenths,
)

PROBLEM = "supervision_problem"
ROUTED = "exists (select 1 from supervision_disposalroute d where d.problem_id = r.id{})"


def project(extra: str) -> Body:
    """Projects that the standing committee has approved, for each year of the period; a project is its lead organ's."""
    return lambda a: (
        f"from checklists_checklistitem r where r.step = 'listed' and {a.mine('r.lead_organ_id')} and {a.year('r.year')}"
        f" and {extra} and {a.bears('checklists_checklistitem', 'r')}"
    )


ask("I0-1", project("1 = 1"))
ask("I0-2", project("r.is_special"))
ask("I4-1", project("r.form = 'stationed'"))


def problem(extra: str, *names: str, day: str = "found_on") -> Body:
    """Problems that were not taken out."""
    return lambda a: f"from {PROBLEM} r where {a.live('r', day)} and ({extra}) and {a.bears(PROBLEM, 'r', *names)}"


TALKED = (
    "r.source = 'talk' and exists (select 1 from ledgers_talkrecord_problems tp join ledgers_talkrecord t"
    " on t.id = tp.talkrecord_id where tp.problem_id = r.id and t.removed_at is null and {})"
)
ask(
    "I0-3",
    problem(ROUTED.format(" and d.route in ('on_spot', 'rectify', 'accountability', 'review_investigation')"), "五难"),
)
ask(
    "I0-4",
    problem(
        "r.fixed_on_spot or exists (select 1 from supervision_rectificationitem x where x.problem_id = r.id)"
        " or " + ROUTED.format(" and d.route = 'on_spot'"),
        "疫情防控",
    ),
)
ask("I0-7", problem(TALKED.format("t.kind = 'top_leader_talk'")))
ask("I0-9", problem(f"r.source = 'talk' and r.organ_id in {GROUPS}"))
ask("I0-12", problem(ROUTED.format(""), "四个不摘", "乡村振兴"))
ask("I0-15", problem("r.responsible_kind = 'functional_department'"))
ask("I0-16", problem("r.nature in ('corruption', 'conduct') and r.substantiated", day="concluded_on"))


def accountable(extra: str, *names: str) -> Body:
    """Persons held to account, known by what was written for them."""
    table = "supervision_accountabilityaction"
    return lambda a: (
        f"from {table} r where r.object_kind = 'person' and {a.mine('r.organ_id')} and {a.inside('r.decided_on')}"
        f" and {extra} and {a.bears(table, 'r', *names)}"
    )


BY_NAME = "count(distinct r.object_name)"
ask("I0-17", accountable("1 = 1"), measure=BY_NAME)
ask("I1-4", accountable("1 = 1", "环保督察"), measure=BY_NAME)
ask("I1-5", accountable("r.in_cooperation", "违规用地"), measure=BY_NAME)


def activity(extra: str, *names: str) -> Body:
    """Entries of the log of rounds, but of those called off; the topic is that of the project."""
    return lambda a: (
        "from supervision_inspectionactivity r join supervision_round o on o.id = r.round_id"
        " join checklists_checklistitem i on i.id = o.item_id"
        f" where o.step <> 'cancelled' and {a.mine('r.organ_id')} and {a.inside('r.held_on')} and {extra}"
        f" and {a.bears('checklists_checklistitem', 'i', *names)}"
    )


ask("I0-14", activity("r.kind = 'special'"))
ask(
    "I3-1",
    activity("r.method_id in (select id from checklists_method where code in ('special_study', 'survey'))", "疫情防控"),
)
ask(
    "I1-7",
    lambda a: (
        "from supervision_bulletincase c join supervision_typicalbulletin r on r.id = c.bulletin_id"
        f" join {PROBLEM} p on p.id = c.problem_id where p.nature = 'formalism_bureaucratism' and p.removed_at is null"
        # the unit is problems, and bulletins are the one office's alone: a problem belongs to the organ that found it
        f" and r.step = 'issued' and {a.mine('p.organ_id')} and {a.inside('r.issued_on')} and {a.bears(PROBLEM, 'p')}"
    ),
    measure="count(distinct c.problem_id)",
    record="c.problem_id",
)
ask(
    "I3-13",
    lambda a: (
        "from supervision_issueddocument r where r.kind = 'integrity_notice' and r.step <> 'voided'"
        f" and {a.mine('r.organ_id')} and {a.inside('r.issued_on')}"
    ),
)

# who is there: I3-8, I3-14, I3-25, I3-26
ask(
    "I3-8",
    lambda a: (
        f"from accounts_supervisedunit r where {a.mine('r.organ_id')} and (r.active_to is null or r.active_to >= '{a.on}')"
    ),
)
OF_UNITS = "r.unit_id in (select id from accounts_supervisedunit where {})"
ask(
    "I3-14",
    lambda a: f"from accounts_official r where {OF_UNITS.format(a.mine('organ_id'))} and {a.inside('r.updated_on')}",
)


def in_office(a: Asked) -> str:
    """Officials of the organs' units, which stand on the day that is judged as they themselves do."""
    units = f"{a.mine('organ_id')} and (active_to is null or active_to >= '{a.on}')"
    return (
        f"from accounts_official r where {OF_UNITS.format(units)}"
        f" and ((r.left_on is null and r.is_active) or r.left_on > '{a.on}')"
    )


ask("I3-25", in_office)
ask(
    "I3-26",
    lambda a: (
        # by the history of the account where it reaches back; the three administrators hold no business of the organ
        f"from accounts_user r where {a.mine(then('organ_id', a))} and {then('is_active', a)}"
        " and r.role not in ('system_admin', 'security_admin', 'audit_admin')"
    ),
)


def then(column: str, a: Asked) -> str:
    """A field of an account as it stood at the end of the day that is judged; without history of that time, as it stands."""
    return (
        f"coalesce((select h.{column} from accounts_historicaluser h where h.id = r.id"
        f" and {local_day('h.history_date')} <= '{a.on}' order by h.history_date desc limit 1), r.{column})"
    )


# reports and hearings: I4-2 to I4-7
REPORT = "supervision_inspectionreport"


def approved(a: Asked) -> str:
    """Reports approved in the period; the topic is that of the round's project."""
    return (
        f"from {REPORT} r join supervision_round o on o.id = r.round_id join checklists_checklistitem i on i.id = o.item_id"
        f" where {a.mine('r.organ_id')} and {a.inside(local_day('r.approved_at'))} and {a.bears('checklists_checklistitem', 'i')}"
    )


def submitted(a: Asked) -> str:
    """Reports that were approved in the period and have gone to the committee."""
    return f"{approved(a)} and r.submitted_on <= '{a.on}'"


def days_to_submission(a: Asked) -> Number:
    """I4-2: days from approval to submission, on the average."""
    found = rows(f"select r.submitted_on, {local_day('r.approved_at')} {submitted(a)}")
    days = [(day_of(sent) - day_of(signed)).days for sent, signed in found]
    return tenths(sum(days), len(days))


def day_of(value: Any) -> date:
    """A date, whatever the driver gives."""
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


ask(
    "I4-3",
    lambda a: (
        f"from ledgers_consultation r where r.step = 'recorded' and {a.mine('r.organ_id')} and {a.inside('r.held_on')}"
    ),
)
IN_TIME = f"{local_day('r.first_submitted_at')} <= r.due_on"
ask(
    "I4-4",
    lambda a: f"from reports_quarterlyreport r where {a.mine('r.organ_id')} and {a.inside('r.due_on')} and {IN_TIME}",
)
ask(
    "I4-5",
    lambda a: (
        "from reports_annualreport r where r.resolution_id is not null and r.step = 'approved'"
        f" and {a.mine('r.organ_id')} and {a.year('r.year')}"
    ),
)
ask("I4-6", lambda a: f"from reports_briefing r where {a.mine('r.organ_id')} and {a.inside('r.held_on')}")
ask("I4-7", lambda a: f"from reports_annualhearing r where {a.mine('r.organ_id')} and {a.year('r.year')}")

# rates
RECT = "supervision_rectificationitem"
TOPPED = "r.is_top_leader"


def talked_with(a: Asked, kind: str) -> str:
    """Officials in a live talk of that kind: covered is who was talked with, whoever wrote it down."""
    more = f" and t.organ_id in {GROUPS}" if kind == "heart_to_heart" else ""
    return (
        f"(select t.official_id from ledgers_talkrecord t where t.kind = '{kind}' and t.removed_at is null{more}"
        f" and {a.inside('t.talk_date')})"
    )


def top_leader_coverage(a: Asked) -> Number:
    """R-1: top leaders in office who were talked with ÷ top leaders in office."""
    body = f"{in_office(a)} and r.is_top_leader"
    return share(
        one(f"select count(*) {body} and r.id in {talked_with(a, 'top_leader_talk')}"), one(f"select count(*) {body}")
    )


def stationed_coverage(a: Asked) -> Number:
    """R-2: team members and heads of sections of stationed groups' units who were talked with ÷ all of them."""
    body = (
        f"{in_office(a)} and {OF_UNITS.format(f'organ_id in {GROUPS}')}"
        " and (r.is_top_leader or r.is_team_member or r.post_level in ('top_leader', 'team_member', 'middle'))"
    )
    return share(
        one(f"select count(*) {body} and r.id in {talked_with(a, 'heart_to_heart')}"), one(f"select count(*) {body}")
    )


def rectified(a: Asked) -> str:
    """Items issued: of problems that were found in the period and not put right at once."""
    return (
        f"from {RECT} r join {PROBLEM} p on p.id = r.problem_id where {a.live('p', 'found_on')} and not p.fixed_on_spot"
        f" and {a.bears(PROBLEM, 'p')}"
    )


def closed_by(a: Asked) -> str:
    """Struck off by the day that is judged."""
    return f"r.step = 'closed' and r.closed_on <= '{a.on}'"


def rectification_rate(a: Asked) -> Number:
    """R-3: closed ÷ issued."""
    return share(one(f"select count(*) {rectified(a)} and {closed_by(a)}"), one(f"select count(*) {rectified(a)}"))


def rectification_rate_due(a: Asked) -> Number:
    """R-3: closed ÷ items whose day has passed or that are closed."""
    below = one(f"select count(*) {rectified(a)} and (({closed_by(a)}) or r.due_on < '{a.on}')")
    return share(one(f"select count(*) {rectified(a)} and {closed_by(a)}"), below)


def overdue(a: Asked) -> str:
    """Items not struck off on the day that is judged though their day had passed."""
    return (
        f"from {RECT} r join {PROBLEM} p on p.id = r.problem_id where {a.live('p')} and {a.bears(PROBLEM, 'p')}"
        f" and r.due_on < '{a.on}' and (r.step <> 'closed' or r.closed_on > '{a.on}')"
        f" and (p.found_on is null or p.found_on <= '{a.on}')"
    )


ask("R-4", overdue)


def overdue_days(a: Asked) -> int:
    """R-4: days by which they are late, together."""
    return sum((a.on - day_of(row[0])).days for row in rows(f"select r.due_on {overdue(a)}"))


def talk_share(key: str) -> Counted:
    """I0-7, I0-9: problems of talks that are struck off, or were put right at once, ÷ all of them."""

    def counted(a: Asked) -> Number:
        body = QUESTIONS[key].body(a)
        done = f"exists (select 1 from {RECT} x where x.problem_id = r.id and x.step = 'closed' and x.closed_on <= '{a.on}')"
        return share(one(f"select count(*) {body} and (r.fixed_on_spot or {done})"), one(f"select count(*) {body}"))

    return counted


def disposed(a: Asked, form: str = "") -> str:
    """Persons dealt with, by form."""
    return (
        f"from ledgers_disposition r where {a.mine('r.organ_id')} and {a.inside('r.decided_on')}"
        f" and {a.bears('ledgers_disposition', 'r')}" + (f" and r.form = {form}" if form else "")
    )


ask("R-9", disposed, measure=PERSONS)


def form_share(form: str) -> Counted:
    """R-9: persons of one form ÷ persons of the four columns."""

    def counted(a: Asked) -> Number:
        columns = [one(f"select {PERSONS} {disposed(a, n)}") for n in "1234"]
        return share(columns[int(form) - 1], sum(columns))

    return counted


def analysed(a: Asked) -> Number:
    """R-10: concluded cases with an analysis ÷ concluded cases."""
    body = f"from ledgers_caserecord r where {a.live('r', 'concluded_on')} and {a.bears('ledgers_caserecord', 'r')}"
    has = f"exists (select 1 from ledgers_caseanalysis x where x.case_id = r.id and x.removed_at is null and x.analysed_on <= '{a.on}')"
    return share(one(f"select count(*) {body} and {has}"), one(f"select count(*) {body}"))


def adopted(*kinds: str) -> Counted:
    """R-11: opinions that were adopted ÷ opinions that the unit has answered."""
    tables = {"meeting": ("ledgers_meetingopinion", "ledgers_meetingattendance", "meeting_date"),
              "topic": ("ledgers_topicopinion", "ledgers_topicreview", "received_on")}  # fmt: skip

    def counted(a: Asked) -> Number:
        above = below = 0
        for kind in kinds:
            lines, table, day = tables[kind]
            body = f"from {lines} o join {table} r on r.id = o.record_id where {a.live('r', day)} and {a.bears(table, 'r')}"
            above += one(f"select count(*) {body} and o.adopted = 'yes'")
            below += one(f"select count(*) {body} and o.adopted <> ''")
        return share(above, below)

    return counted


# A11: stationed groups and townships write about their units
WRITERS = (
    "(select id from accounts_organ where kind in ('stationed_group', 'township_committee', 'dev_zone_committee'))"
)


def appraised(a: Asked) -> Number:
    """R-12: active units with an approved text of the year ÷ active units."""
    body = (
        f"from accounts_supervisedunit r where {a.mine('r.organ_id')} and (r.active_to is null or r.active_to >= '{a.on}')"
        f" and r.organ_id in {WRITERS}"
    )
    has = f"exists (select 1 from reports_performanceappraisal x where x.unit_id = r.id and x.step = 'approved' and {a.year('x.year')})"
    return share(one(f"select count(*) {body} and {has}"), one(f"select count(*) {body}"))
