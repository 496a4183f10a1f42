"""What a round's people write down: training, teams, declarations, the log, working papers, reminders (A9.1-A9.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.approvals import signers
from accounts.calendar import local_day
from accounts.models import Event, SupervisedUnit, User
from accounts.permissions import Permission, has
from accounts.roles import Rung
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from supervision.actions.problems import create_problem
from supervision.actions.rounds import organ_of
from supervision.models import (
    CorrectionReminder,
    InspectionActivity,
    LeaderGuidance,
    Problem,
    Round,
    RoundTraining,
    Team,
    TeamMember,
    WorkingPaper,
)
from supervision.rounds import rules
from supervision.rounds.states import FINISHED, PREPARING, Recusal, RoundStep
from supervision.rules import are_texts
from supervision.states import Severity, Source

YEAR = timedelta(days=366)


def _open(round: Round) -> None:
    if round.step in FINISHED:
        raise Refused(f"本轮监督“{round.get_step_display()}”，不能再登记。", "A9.0")


def _not_later(day: Any, at: datetime, article: str) -> None:
    if day > local_day(at):
        raise Refused("日期晚于今天，请核对。", article)


def _texts(values: Mapping[str, Any]) -> None:
    """Words that may be kept, in whichever entry they stand (A4)."""
    are_texts(*(value for value in values.values() if isinstance(value, str))).enforce()


def _keep_files(subject: Any, files: Iterable[Any], organ_id: int, purpose: str, *, by: Any, at: datetime) -> None:
    for upload in files:
        attach(subject, upload, organ_id=organ_id, by=by, at=at, purpose=purpose)


@transaction.atomic
def add_training(
    round: Round, values: Mapping[str, Any], *, by: Any, at: datetime, files: Iterable[Any] = ()
) -> RoundTraining:
    """学习培训 held for this round, with its material (A9.1). Raises `Refused`."""
    _open(round)
    organ = organ_of(round, by)
    _not_later(values["held_on"], at, "A9.1")
    if values["held_on"] < round.start_planned_on - YEAR:
        raise Refused("培训日期比本轮计划开始早一年以上，不是为本轮组织的培训。请核对日期。", "A9.1")
    if round.step not in PREPARING and round.started_on and values["held_on"] > round.started_on:
        raise Refused(
            f"本轮已于{round.started_on:%Y-%m-%d}启动，之后的培训不算启动前培训，请登记在其他培训中。", "A9.1"
        )
    _texts(values)
    made = RoundTraining.objects.create(round=round, created_by=by, created_at=at, **values)
    _keep_files(made, files, organ.pk, "material", by=by, at=at)
    record(round, "train", by=by, at=at, label="登记学习培训", note=str(made), article="A9.1")
    return made


@transaction.atomic
def save_team(
    round: Round, *, by: Any, at: datetime, name: str, members: Iterable[Mapping[str, Any]],
    units: Iterable[SupervisedUnit] = (), team: Team | None = None,
) -> Team:  # fmt: skip
    """Put a team together, or change it: its leader, members, units (A9.2). Raises `Refused`.

    A member is {"name", "from_where", "user", "is_leader"}; declarations already made by people who stay are kept.
    """
    _open(round)
    organ = organ_of(round, by)
    rules.team_organ_verdict(round.scale, organ).enforce()
    chosen = list(members)
    _one_leader(chosen)
    kept = team or Team(round=round, organ=organ, created_by=by, created_at=at)
    kept.name = name.strip()
    if Team.objects.filter(round=round, name=kept.name).exclude(pk=kept.pk).exists():
        raise Refused(f"本轮已有“{kept.name}”，请换一个组别名称。", "A9.2")
    kept.save()
    kept.units.set(units)
    _set_members(kept, chosen)
    label = "调整检查组" if team else "组建检查组"
    record(round, "team", by=by, at=at, label=label, note=f"{kept}：{'、'.join(str(m) for m in kept.members.all())}", article="A9.2")  # fmt: skip
    return kept


def _one_leader(members: list[Mapping[str, Any]]) -> None:
    leaders = [member for member in members if member.get("is_leader")]
    if len(leaders) != 1:
        raise Refused("每个检查组须有一名组长，且只有一名。", "A9.2")
    names = [member["name"] for member in members]
    if not all(names):
        raise Refused("有一行没有姓名。请按“姓名，单位”逐行填写。", "A9.2")
    double = next((name for name in names if names.count(name) > 1), "")
    if double:
        raise Refused(f"“{double}”写了两次，请核对成员名单。", "A9.2")


def _set_members(team: Team, members: list[Mapping[str, Any]]) -> None:
    stay = {member["name"] for member in members}
    for gone in team.members.exclude(name__in=stay):
        gone.delete()
    known = {member.name: member for member in team.members.all()}
    for member in known.values():  # two leaders must not stand even for a moment
        if member.is_leader:
            member.is_leader = False
            member.save()
    for values in members:
        row = known.get(values["name"]) or TeamMember(team=team, name=values["name"])
        row.from_where, row.user, row.is_leader = values.get("from_where", ""), values.get("user"), values["is_leader"]
        row.save()


@transaction.atomic
def declare_recusal(
    member: TeamMember, *, by: Any, at: datetime, recusal: str, units: Iterable[SupervisedUnit] = ()
) -> TeamMember:
    """A member says whether he must keep away from a unit; kinship is never written down (A9.2). Raises `Refused`."""
    round = member.team.round
    if by.pk != member.user_id:
        organ_of(round, by)  # on paper from a member without an account, or absent
    away = list(units)
    if recusal == Recusal.RECUSED and not away:
        raise Refused("须回避的，请选择回避哪些单位。", "A9.2")
    member.recusal = recusal
    member.save()
    member.recused_from.set(away if recusal == Recusal.RECUSED else [])
    names = "、".join(unit.name for unit in away)
    note = (
        f"{member.name}：{member.get_recusal_display()}{'，' + names if names and recusal == Recusal.RECUSED else ''}"
    )
    record(round, "recusal", by=by, at=at, label="登记回避声明", note=note, article="A9.2")
    return member


@transaction.atomic
def log_activity(
    round: Round, values: Mapping[str, Any], *, by: Any, at: datetime, files: Iterable[Any] = ()
) -> InspectionActivity:
    """One entry of the inspection log, with photographs and files (A9.4a). Raises `Refused` before the round began."""
    organ = organ_of(round, by)
    if round.step in PREPARING or round.step == RoundStep.CANCELLED:
        raise Refused("本轮监督还没有启动。方案批准并启动后再登记检查活动。", "A9.3b")
    _open(round)
    if round.step == RoundStep.INSPECTING:  # who joined a team late declares before the next visit is put down
        rules.recusal_declared(round).enforce()
        rules.recusal_kept(round).enforce()
    _not_later(values["held_on"], at, "A9.4a")
    rules.within_inspection(round, values["held_on"]).enforce()
    _texts(values)
    unit = values.get("unit")
    if unit is not None and not round.units.filter(pk=unit.pk).exists():
        raise Refused(f"“{unit}”不在本轮的被监督单位中。", "A9.4a")
    made = InspectionActivity(round=round, organ=organ, created_by=by, created_at=at, **values)
    made.save()
    _keep_files(made, files, organ.pk, "photo", by=by, at=at)
    record(round, "activity", by=by, at=at, label="登记检查活动", note=str(made), article="A9.4a")
    return made


@transaction.atomic
def note_guidance(round: Round, values: Mapping[str, Any], *, by: Any, at: datetime) -> LeaderGuidance:
    """A leader guides, asks for progress, removes an obstacle, leads a team: written by himself or by the lead's people (A9.4b)."""
    leader: User = values["leader"]
    own = by.pk == leader.pk
    if not own:
        organ_of(round, by)
    day = local_day(at)
    rungs = (Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY)
    if not any(leader in signers(round.organ_id, rung, on=day) for rung in rungs) and not leader.is_leader:
        raise Refused(f"{leader}不是协管或分管领导，请选择协管常委、委员或分管副书记。", "A9.4b")
    _not_later(values["given_on"], at, "A9.4b")
    _texts(values)
    made = LeaderGuidance.objects.create(round=round, created_by=by, created_at=at, **values)
    record(round, "guide", by=by, at=at, label=f"{leader}{made.get_kind_display()}", note=made.content, article="A9.4b")
    return made


@transaction.atomic
def add_reminder(
    problem: Problem, values: Mapping[str, Any], *, by: Any, at: datetime, files: Iterable[Any] = ()
) -> CorrectionReminder:
    """纠偏提醒 about a general problem: an interview or criticism (A9.5). Raises `Refused` for graver ones."""
    if problem.severity != Severity.GENERAL:
        raise Refused("纠偏提醒只适用于苗头性、倾向性的一般问题。突出、重大问题请通过报告、文书和问责处置。", "A9.5")
    round = problem.round
    if not has(by, Permission.DRAFT, problem.organ_id):
        raise Refused(f"请由{problem.organ.name}登记提醒。", "A9.5")
    _not_later(values["given_on"], at, "A9.5")
    if problem.found_on and values["given_on"] < problem.found_on:
        raise Refused(f"提醒日期早于问题发现日期{problem.found_on:%Y-%m-%d}，请核对。", "A9.5")
    _texts(values)
    made = CorrectionReminder(
        problem=problem, round=round, organ_id=problem.organ_id, created_by=by, created_at=at, **values
    )
    if made.corrected_on and made.corrected_on < made.given_on:
        raise Refused("改正日期早于提醒日期，请核对。", "A9.5")
    made.save()
    _keep_files(made, files, problem.organ_id, "evidence", by=by, at=at)
    record(problem, "remind", by=by, at=at, label=made.get_kind_display(), note=f"{made.reminded}：{made.response}", article="A9.5")  # fmt: skip
    return made


# --- working papers ---


@transaction.atomic
def save_paper(
    round: Round, values: Mapping[str, Any], *, by: Any, at: datetime, paper: WorkingPaper | None = None,
    files: Iterable[Any] = (),
) -> WorkingPaper:  # fmt: skip
    """Draw up a 问题底稿, or go on with one that came back (A9.4a). Raises `Refused`."""
    organ = organ_of(round, by)
    rules.takes_findings(Round.objects.get(pk=round.pk), values.get("unit")).enforce()
    if paper is not None and paper.step not in ("draft", "returned"):
        raise Refused(f"底稿当前为“{paper.get_step_display()}”，不能修改。", "A9.4a")
    if paper is not None and not has(by, Permission.DRAFT, paper.organ_id):
        raise Refused(f"底稿由{paper.organ.name}起草，请由该单位人员修改。", "A9.4a")
    kept = paper or WorkingPaper(round=round, organ=organ, created_by=by, created_at=at)
    for name, value in values.items():
        setattr(kept, name, value)
    _texts(values)
    if (kept.failed_count or 0) > (kept.sample_count or 0):
        raise Refused("不合格数大于抽查数，请核对。", "A9.4a")
    if not round.units.filter(pk=kept.unit_id).exists():
        raise Refused("底稿的单位不在本轮的被监督单位中。", "A9.4a")
    kept.save()
    _keep_files(kept, files, kept.organ_id, "evidence", by=by, at=at)
    record(kept, "edit" if paper else "draft", by=by, at=at, label="修改底稿" if paper else "起草底稿", article="A9.4a")
    return kept


def paper_authors(paper: WorkingPaper) -> set[int]:
    """Whoever wrote or rewrote it; none of them reviews it."""
    wrote = Event.objects.of(paper).filter(verb__in=("draft", "edit")).values_list("by_id", flat=True)
    return {paper.created_by_id, *wrote}


@transaction.atomic
def review_paper(paper: WorkingPaper, verb: str, *, by: Any, at: datetime, note: str = "") -> Problem | None:
    """Another person than the author confirms, returns or rejects; a confirmed paper is a problem at once. Raises `Refused`."""
    if by.pk in paper_authors(paper):
        raise Refused("底稿由他人复核，起草和修改过的人不能复核自己的底稿。请由本单位其他人员复核。", "A9.4a")
    if verb != "confirm" and not note.strip():
        raise Refused("退回或不予认定须写明意见。", "A9.4a")
    along = {"reviewed_by": by, "reviewed_at": at, "review_note": note.strip()}
    move(paper, verb, by=by, at=at, note=note.strip(), along=along)
    if verb != "confirm":
        return None
    paper.problem = _as_problem(paper, by=by, at=at)
    paper.save()
    return paper.problem


def _as_problem(paper: WorkingPaper, *, by: Any, at: datetime) -> Problem:
    """The problem is its author's, found on the day of the paper; the reviewer only confirmed it."""
    description = f"{paper.title}：{paper.facts}" if paper.title not in paper.facts else paper.facts
    return create_problem(
        organ=paper.organ, unit=paper.unit, item=paper.round.item, round=paper.round, description=description,
        year=local_day(paper.created_at).year, found_on=local_day(paper.created_at), source=Source.ROUND,
        by=paper.created_by, at=at,
    )  # fmt: skip
