"""A recorded decision that was written down wrong: votes and opinion are put right, the earlier wording stays (A6.1f)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from reports.actions.committee.decisions import Ruling, paper_of
from reports.committee import rules
from reports.committee.states import ARTICLES, ItemKind
from reports.models import AgendaItem, CommitteeMeeting, RulingVersion
from supervision.models import CommitteeReturn


@transaction.atomic
def correct_ruling(item: AgendaItem, ruling: Ruling, *, reason: str, by: Any, at: datetime) -> RulingVersion:
    """Put votes and opinion right. What the decision moved stays moved and is not moved again: no paper takes a step.

    The resolution and the organ that works by it read the right words from now on. Returns the earlier wording as kept.
    Raises `Refused` for anybody but the secretary, for what is not decided, for another decision than the recorded
    one, without a reason, for votes that cannot be, and where nothing differs.
    """
    CommitteeMeeting.objects.select_for_update().get(pk=item.meeting_id)
    fresh = AgendaItem.objects.select_for_update(of=("self",)).with_papers().get(pk=item.pk)
    if not has(by, Permission.RECORD_RESOLUTION, fresh.meeting.organ_id):
        raise Refused("常委会决定的登记由常委会秘书更正。", ARTICLES[ItemKind(fresh.kind)])
    for verdict in (rules.may_be_corrected(fresh), rules.decision_stays(fresh, ruling.decision),
                    rules.decision_fits(fresh.kind, ruling.decision, ruling.opinion),
                    rules.votes_fit(fresh.meeting, ruling.decision, ruling.votes)):  # fmt: skip
        verdict.enforce()
    if not reason.strip():
        raise Refused("更正登记须写明理由，理由和原登记内容一并保留。", "A6.1f")
    rules.opinion_stays_written(fresh, ruling.opinion).enforce()
    if (fresh.votes_for, fresh.votes_against, fresh.votes_abstain, plain(fresh.opinion)) == (
        *ruling.votes,
        plain(ruling.opinion),
    ):
        raise Refused("更正内容与原登记相同，没有需要更正的地方。", "A6.1f")
    kept = _keep(fresh, reason.strip()[:300], by=by, at=at)
    _write(fresh, ruling)
    _tell(fresh, kept, by=by, at=at)
    return kept


def plain(words: str) -> str:
    """An opinion as it is compared and kept: a browser sends other line ends than it was given."""
    return words.replace("\r\n", "\n").strip()


def _keep(item: AgendaItem, reason: str, *, by: Any, at: datetime) -> RulingVersion:
    last = item.earlier.last()
    said: Any = (last.corrected_by, last.corrected_at) if last else (item.decided_by, item.decided_at)
    return RulingVersion.objects.create(
        item=item, number=last.number + 1 if last else 1, votes_for=item.votes_for, votes_against=item.votes_against,
        votes_abstain=item.votes_abstain, opinion=item.opinion, written_by=said[0], written_at=said[1], reason=reason,
        corrected_by=by, corrected_at=at,
    )  # fmt: skip


def _write(item: AgendaItem, ruling: Ruling) -> None:
    """The right words, on the item and where its words were copied as the committee's opinion."""
    item.opinion = plain(ruling.opinion)
    item.votes_for, item.votes_against, item.votes_abstain = ruling.votes
    item.save()
    copies: list[Any] = (
        [item.resolution, *CommitteeReturn.objects.filter(resolution=item.resolution)] if item.resolution else []
    )
    for copy in copies:
        copy.opinion = item.opinion
        copy.save()


def _tell(item: AgendaItem, kept: RulingVersion, *, by: Any, at: datetime) -> None:
    before, after = ("，".join(part for part in (one.votes, one.opinion) if part) or "未写" for one in (kept, item))
    event = record(item.meeting, "correct", by=by, at=at, label=f"更正第{item.position}项登记",
                   note=f"理由：{kept.reason}。原登记：{before}；更正为：{after}", article=ARTICLES[ItemKind(item.kind)])  # fmt: skip
    sentence = f"{item.meeting}“{item.title[:80]}”的登记已更正（{item.decision_word}不变）：{after}。"
    told_by(event, staff_of(item.reporter_id), sentence[:400], link=paper_of(item))
