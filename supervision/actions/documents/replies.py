"""回复: what a unit wrote back, point by point, and what the person who read it found (A9.7e)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.calendar import local_day
from accounts.duties import reopen
from accounts.permissions import Permission, has
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from supervision.documents import rules
from supervision.documents.kinds import DocumentStep, ReplyVerdict
from supervision.models import DocumentReply, IssuedDocument, ReplyPoint


@transaction.atomic
def record_reply(
    document: IssuedDocument, *, by: Any, at: datetime, received_on: date, sender: str,
    answers: Mapping[int, str], summary: str = "", files: Sequence[Any] = (),
) -> DocumentReply:  # fmt: skip
    """Register one reply: `answers` is number of the point -> what the unit says; a point left out stays 未答复.

    Later replies supplement the first. Raises `Refused` before service, for days out of order, and for an empty reply.
    """
    fresh = IssuedDocument.objects.select_for_update().get(pk=document.pk)
    said = {seq: text.strip() for seq, text in answers.items() if text.strip()}
    _check_reply(fresh, by, sender, said, summary)
    if received_on > local_day(at) or (fresh.served_on and received_on < fresh.served_on):
        raise Refused("收到日期应在送达日期和今天之间，请核对。", "A9.7e")
    made = DocumentReply.objects.create(document=fresh, received_on=received_on, sender=sender.strip(), summary=summary.strip(),
                                        recorded_by=by, recorded_at=at)  # fmt: skip
    for point in fresh.points.filter(seq__in=said):
        ReplyPoint.objects.create(reply=made, point=point, text=said[point.seq])
    for upload in files:
        attach(made, upload, organ_id=fresh.organ_id, by=by, at=at, purpose="reply")
    _say(document, fresh, made, by=by, at=at)
    return made


def _check_reply(document: IssuedDocument, by: Any, sender: str, said: Mapping[int, str], summary: str) -> None:
    if not has(by, Permission.DRAFT, document.organ_id):
        raise Refused("回复由起草单位登记。", "A9.7e")
    if document.step not in (DocumentStep.SERVED, DocumentStep.REPLIED):
        raise Refused(f"“{document}”当前为“{document.get_step_display()}”，不能登记回复。请先登记送达。", "A9.7e")
    if not sender.strip():
        raise Refused("请填写回复单位或者回复人。", "A9.7e")
    if not said:
        raise Refused("请至少填写一项问题的答复；没有答复的项可以空着。", "A9.7e")
    rules.words_only(sender, summary, *said.values()).enforce()


def _say(document: IssuedDocument, fresh: IssuedDocument, reply: DocumentReply, *, by: Any, at: datetime) -> None:
    note = "；".join(part for part in (reply.sender, rules.points_in_words(rules.unanswered_points(fresh))) if part)
    if fresh.step == DocumentStep.SERVED:
        move(document, "reply", by=by, at=at, note=note)
    else:
        record(fresh, "reply", by=by, at=at, label="登记补充回复", note=note, article="A9.7e",
               from_step=fresh.step, to_step=fresh.step)  # fmt: skip


@transaction.atomic
def read_reply(
    reply: DocumentReply, verdicts: Mapping[int, str], *, by: Any, at: datetime, notes: Mapping[int, str] | None = None
) -> None:
    """审阅: number of the point -> 已答复, 部分答复 or 未答复, each with its note where it is not whole. Raises `Refused`."""
    document = IssuedDocument.objects.select_for_update().get(pk=reply.document_id)
    if not has(by, Permission.DRAFT, document.organ_id):
        raise Refused("回复由起草单位审阅。", "A9.7e")
    if document.step != DocumentStep.REPLIED:
        raise Refused(f"“{document}”当前为“{document.get_step_display()}”，不能再审阅回复。", "A9.7e")
    words, said = notes or {}, []
    for answer in reply.answers.select_related("point"):
        verdict, note = verdicts.get(answer.point.seq, ""), words.get(answer.point.seq, "").strip()
        if verdict:
            _judge(answer, verdict, note, by=by, at=at)
            said.append(f"{answer.point}{answer.get_verdict_display()}")
    if not said:
        raise Refused("请至少给一项答复填写审阅意见。", "A9.7e")
    # 逐项回复 was not what came: the duty goes on, and a later supplement is dated as it comes.
    if rules.unanswered_points(document):
        reopen("document_reply", document)
    record(document, "read", by=by, at=at, label="审阅回复", note="，".join(said), article="A9.7e",
           from_step=document.step, to_step=document.step)  # fmt: skip


def _judge(answer: ReplyPoint, verdict: str, note: str, *, by: Any, at: datetime) -> None:
    if verdict not in ReplyVerdict.values:
        raise Refused("请选择已答复、部分答复或者未答复。", "A9.7e")
    if verdict != ReplyVerdict.ANSWERED and not note:
        raise Refused(f"{answer.point}没有全部答复，请写明还缺什么，便于督促补充。", "A9.7e")
    answer.verdict, answer.note, answer.read_by, answer.read_at = verdict, note[:300], by, at
    answer.save()
