"""Questions asked of a meeting and of its items before a step or a decision."""

from __future__ import annotations

from accounts.calendar import local_day
from accounts.models import Event
from accounts.workflow import ALLOWED, Verdict, denied
from reports.committee.states import AHEAD, ARTICLES, DECISIONS, ItemDecision, ItemKind, MeetingStep
from reports.models import AgendaItem, CommitteeMeeting

MOST_ITEMS = 60  # a sheet of paper's numbering; more is a slip


def has_items(meeting: CommitteeMeeting) -> Verdict:
    """An agenda without a matter is none."""
    if not meeting.items.exists():
        return denied("议程上还没有议题。请先从“等待上会”中加入议题。", "A6.1f")
    return ALLOWED


def nothing_decided(meeting: CommitteeMeeting) -> Verdict:
    """An agenda that was partly dealt with is not taken apart again."""
    if meeting.items.exclude(decision="").exists():
        return denied("已有议题登记了处理结果，不能重新编排议程。可将其余议题移到下次会议。", "A6.1f")
    return ALLOWED


def all_decided(meeting: CommitteeMeeting) -> Verdict:
    """Each item has its decision, or is put off, before the meeting is closed."""
    left = list(meeting.items.filter(decision="").values_list("position", flat=True))
    if left:
        numbers = "、".join(str(position) for position in left[:10])
        return denied(f"第{numbers}项议题还没有登记决定。请逐项登记，未研究的登记为“缓议”，再办结会议。", "A6.1f")
    return ALLOWED


def may_be_composed(meeting: CommitteeMeeting) -> Verdict:
    """The agenda changes while it is being drawn up; afterwards items are put off or withdrawn, one by one."""
    if meeting.step == MeetingStep.DRAFT:
        return ALLOWED
    way = "如需调整，请退回编排，或将个别议题移到下次会议" if meeting.step == MeetingStep.TABLED else "请加到下次会议"
    return denied(f"{meeting}{meeting.get_step_display()}，议程已锁定。{way}。", "A6.1f")


def may_be_let_go(item: AgendaItem) -> Verdict:
    """An item leaves the agenda, for the next meeting or for good, until it is decided."""
    if item.meeting.step not in (*AHEAD, MeetingStep.HELD):
        return denied(f"{item.meeting}{item.meeting.get_step_display()}，议题不能再调整。", "A6.1f")
    return not_decided(item)


def not_decided(item: AgendaItem) -> Verdict:
    """What is recorded stays; two people at the same item are told of each other."""
    if item.decision:
        who = f"{item.decided_by}已登记为“{item.decision_word}”"
        return denied(f"第{item.position}项议题{who}，不用重复登记。", ARTICLES[ItemKind(item.kind)])
    return ALLOWED


def in_session(item: AgendaItem) -> Verdict:
    """Decisions are recorded once the meeting has been held."""
    if item.meeting.step != MeetingStep.HELD:
        return denied(
            f"{item.meeting}{item.meeting.get_step_display()}，不能登记决定。请先登记开会和出席情况。", "A6.1f"
        )
    return ALLOWED


def came_before(item: AgendaItem) -> Verdict:
    """A list that was put up after the day of the meeting cannot have been decided there; papers and reports ask this themselves."""
    if item.checklist is None:
        return ALLOWED
    put_up = Event.objects.of(item.checklist).filter(verb="submit").order_by("pk").last()
    if put_up is not None and item.meeting.held_on < local_day(put_up.at):
        return denied(
            f"会议日期{item.meeting.held_on:%Y-%m-%d}早于提请日期{local_day(put_up.at):%Y-%m-%d}，请核对会议日期，或撤回议题列入下次会议。",
            ARTICLES[ItemKind(item.kind)],
        )
    return ALLOWED


def decision_fits(kind: str, decision: str, opinion: str) -> Verdict:
    """Each kind has its own possible decisions; what goes back, or waits, says why."""
    article = ARTICLES[ItemKind(kind)]
    if decision not in DECISIONS[kind]:
        words = "、".join(f"“{word}”" for word in DECISIONS[kind].values())
        return denied(f"请选择会议决定：{words}。", article)
    if decision in (ItemDecision.RETURN, ItemDecision.DEFER) and not opinion.strip():
        return denied(f"{DECISIONS[kind][decision]}须写明会议意见，提请单位才知道怎样办理。", article)
    if kind == ItemKind.REPORT and not opinion.strip():
        return denied("请写明常委会的研判意见，问题处置以它为依据。", article)
    return ALLOWED


def votes_fit(meeting: CommitteeMeeting, decision: str, counted: tuple[int | None, int | None, int | None]) -> Verdict:
    """Votes are no more than people; what passed has more for it than against it."""
    if all(value is None for value in counted):
        return ALLOWED
    votes_for, against, abstain = (value or 0 for value in counted)
    there = len(meeting.names(meeting.present))
    if votes_for + against + abstain > there:
        return denied(f"票数合计{votes_for + against + abstain}票，超过出席人数{there}人，请核对。", "A6.1f")
    if decision == ItemDecision.APPROVE and votes_for <= against:
        return denied("同意票没有超过不同意票，不能登记为通过，请核对票数或决定。", "A6.1f")
    return ALLOWED


# Which way a decision goes that was itself recorded wrong: its effects are not taken back by typing.
_OTHER_WAY = {
    ItemKind.APPROVAL: "请由提请单位重新层报审批（已生效的，按变更或新版办理），列入下次会议重新研究",
    ItemKind.CHECKLIST: "请由党风政风监督室重新提请（已通过的，按清单调整办理），列入下次会议重新研究",
    ItemKind.REPORT: "请由党风政风监督室将报告或补充情况再次提交，列入下次会议重新研判",
}


def may_be_corrected(item: AgendaItem) -> Verdict:
    """Only what is recorded can be put right; a withdrawn item was not decided upon."""
    if not item.decision:
        return denied(f"第{item.position}项议题还没有登记决定，请直接登记。", "A6.1f")
    if item.decision == ItemDecision.WITHDRAWN:
        return denied(f"第{item.position}项议题已撤回，没有会议决定可以更正。", "A6.1f")
    if item.meeting.step not in (MeetingStep.HELD, MeetingStep.CLOSED):
        return denied("会议还没有召开，没有会议决定可以更正。", "A6.1f")
    return ALLOWED


def opinion_stays_written(item: AgendaItem, opinion: str) -> Verdict:
    """An opinion by which an organ works is put right, never emptied."""
    if item.opinion and not opinion.strip():
        return denied("会议意见已经生效，更正时不能清空，请写明正确的会议意见。", ARTICLES[ItemKind(item.kind)])
    return ALLOWED


def decision_stays(item: AgendaItem, decision: str) -> Verdict:
    """The decision has already moved its paper: a correction is of votes and words only."""
    if decision == item.decision:
        return ALLOWED
    way = _OTHER_WAY.get(ItemKind(item.kind), "请将此事项列入下次会议重新研究，登记新的决定")
    return denied(
        f"会议决定“{item.decision_word}”已经生效，更正登记只能改票数和会议意见，不能改变决定。{way}。",
        ARTICLES[ItemKind(item.kind)],
    )
