"""Meetings attended, topics checked before a meeting, meetings of the office itself (I3-6, I3-7, I3-10, I3-11, R-5, R-8, R-11)."""

from __future__ import annotations

from typing import Any

from checklists.meetings.states import MeetingKind
from checklists.models import Meeting
from ledgers.models import MeetingAttendance, MeetingOpinion, ReminderNotice, TopicOpinion, TopicReview
from ledgers.register_states import Adopted, Matter
from reports.counting.figure import Figure, Rows, declare
from reports.counting.meetings import MEETING
from reports.indicators.figures.rows import of_register, register

ATTENDED = {"meeting_date": "日期", "unit__name": "会议单位", "agenda": "事项", "attended_by": "参会人员"}
REVIEW = {"received_on": "收到日期", "topic": "事项", "unit__name": "报送单位", "replied_on": "回复日期"}
ANSWERED = (Adopted.YES, Adopted.NO)


def _lines(model: Any, day: str, **more: Any) -> Rows:
    """Opinions inside records that were not taken out, by the day of the record."""
    return lambda scope: model.objects.filter(
        record__organ_id__in=scope.organs, record__removed_at__isnull=True, **{f"record__{day}__range": scope.days}, **more
    )  # fmt: skip


def _of_lines(slug: str, day: str, **columns: str) -> dict[str, Any]:
    return {
        "organ": "record__organ_id", "topic": "record__topics", "page": "ledgers:register_record", "page_args": (slug,),
        "page_key": "record_id",
        "columns": {f"record__{day}": "日期", "text": "事项", **columns, "record__unit__name": "单位", "record__organ__name": "登记单位"},
    }  # fmt: skip


def _held(kind: str) -> Rows:
    """Meetings of the office that took place, by their day."""
    return lambda scope: Meeting.objects.held().filter(organ_id__in=scope.organs, held_on__range=scope.days, kind=kind)


_OF_MEETING: dict[str, Any] = {"columns": MEETING, "page": "checklists:meeting"}
_SAID = (MeetingOpinion, "meeting_date")
_REVIEWED = (TopicOpinion, "received_on")
_OF_SAID = _of_lines("meetings", "meeting_date", topic="议题")
_OF_REVIEWED = _of_lines("topic-reviews", "received_on", record__topic="议题")

declare(
    Figure("meeting_attendance_count", "参加会议次数", "次", "A8", register(MeetingAttendance, "meeting_date"),
           **of_register("meetings", ATTENDED)),
    Figure("meeting_opinion_count", "三重一大及风险意见条数", "条", "A8",
           _lines(*_SAID, matter__in=(Matter.MAJOR, Matter.RISK)), **_OF_SAID),
    Figure("meeting_opinions_answered", "会议意见已答复条数", "条", "A8", _lines(*_SAID, adopted__in=ANSWERED), **_OF_SAID),
    Figure("meeting_opinions_adopted", "会议意见采纳条数", "条", "A8", _lines(*_SAID, adopted=Adopted.YES), **_OF_SAID),
    Figure("topic_review_count", "前置把关议题数", "个", "A8", register(TopicReview, "received_on"),
           **of_register("topic-reviews", REVIEW)),
    Figure("topic_review_opinion_count", "前置把关意见数", "条", "A8", _lines(*_REVIEWED), **_OF_REVIEWED),
    Figure("topic_opinions_answered", "前置把关意见已答复条数", "条", "A8", _lines(*_REVIEWED, adopted__in=ANSWERED), **_OF_REVIEWED),
    Figure("topic_opinions_adopted", "前置把关意见采纳条数", "条", "A8", _lines(*_REVIEWED, adopted=Adopted.YES), **_OF_REVIEWED),
    Figure("dispatch_meetings", "季度工作调度会", "次", "A10.1b", _held(MeetingKind.QUARTERLY), **_OF_MEETING),
    Figure("liaison_meetings", "联络员例会", "次", "A10.1b", _held(MeetingKind.LIAISON), **_OF_MEETING),
    Figure("pre_holiday_notice_count", "节前教育提醒次数", "次", "A8", register(ReminderNotice, "sent_on"),
           **of_register("reminders", {"sent_on": "日期", "festival": "事项"})),
)  # fmt: skip
