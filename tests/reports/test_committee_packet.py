"""议题材料: one PDF with contents, bookmarks and running page numbers, frozen with its digest, made anew when something changed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts import jobs
from accounts.digest import sm3
from accounts.models import AccessLog, Job, Notice
from accounts.workflow import Refused
from reports.actions.committee import agenda, meetings
from reports.actions.committee.packets import order_packet
from reports.builders.committee import minutes_paper, notice_paper
from reports.committee.binding import bind
from reports.committee.differences import changed, of_approval
from reports.models import AgendaItem, CommitteeMeeting, MeetingPacket
from reports.paper import Paragraph, Table
from supervision.actions import plans
from tests.factories import NOW, County, county, enter
from tests.reports.committee_cases import (
    CALLED,
    DAY,
    EVENING,
    approval_of,
    ask,
    called,
    decide,
    fixed,
    held,
    major_plan,
    put,
    submitted_list,
    tabled_report,
)
from tests.supervision.rounds import planned

pytestmark = pytest.mark.django_db
SECRET = "班子总体担当，但抓落实不够细。"  # what the assessment of report_cases says


@pytest.fixture
def cast() -> County:
    return county()


def full(cast: County) -> CommitteeMeeting:
    """A report, a plan, the year's list and a question, on a fixed agenda."""
    meeting = called(cast)
    report, plan, checklist = tabled_report(cast), major_plan(cast), submitted_list(cast)
    for key in (f"report:{report.pk}", f"approval:{approval_of(plan).pk}", f"checklist:{checklist.pk}"):
        put(cast, meeting, key)
    ask(cast, meeting)
    return fixed(cast, meeting)


def small(cast: County) -> CommitteeMeeting:
    """Two questions, on a fixed agenda."""
    meeting = called(cast)
    ask(cast, meeting, "甲事项")
    ask(cast, meeting, "乙事项")
    return fixed(cast, meeting)


def made(meeting: CommitteeMeeting) -> MeetingPacket:
    jobs.run_waiting(at=CALLED)
    return MeetingPacket.objects.get(meeting=meeting)


def outline(reader: PdfReader) -> list[tuple[str, int, list[str]]]:
    """Top bookmarks with their page, from 1, and the names of those below."""
    found: list[tuple[str, int, list[str]]] = []
    for entry in reader.outline:
        if isinstance(entry, list):
            found[-1][2].extend(str(one.title) for one in entry)  # type: ignore[union-attr]
        else:
            page: Any = reader.get_destination_page_number(entry)
            found.append((str(entry.title), page + 1, []))
    return found


def test_the_packet_has_contents_bookmarks_and_running_numbers(cast: County) -> None:
    meeting = full(cast)
    packet = made(meeting)
    reader = PdfReader(packet.file.open("rb"))
    texts = [page.extract_text() for page in reader.pages]

    marks = outline(reader)

    titles = [f"{number}、{item.title}" for number, item in zip("一二三四", meeting.items.all(), strict=True)]
    assert [mark[0] for mark in marks] == ["封面", "目录", *titles]
    assert [mark[2] for mark in marks[2:]] == [["议题单", "材料正文"]] * 3 + [["议题单"]]
    assert (packet.pages, packet.digest) == (len(reader.pages), sm3(Path(packet.file.path).read_bytes()))
    for number, text in enumerate(texts, 1):
        assert f"— {number} —" in text, number
        assert "会议材料" in text, number
    for (_, page, _), item in zip(marks[2:], meeting.items.all(), strict=True):
        assert f"第{'一二三四'[item.position - 1]}项议题" in texts[page - 1]
        line = f"{item.reporter.name} {page}"
        assert line in texts[1].replace("\n", " "), line
    assert "县纪委常委会2026年第1次会议" in texts[0] and "请假：林二" in texts[0]


def test_even_pages_carry_their_number_at_the_left(cast: County) -> None:
    packet = made(full(cast))
    reader = PdfReader(packet.file.open("rb"))

    sides = []
    for number, page in enumerate(reader.pages, 1):
        seen: list[float] = []

        def note(
            text: str, cm: Any, tm: Any, *rest: Any, mark: str = f"— {number} —", into: list[float] = seen
        ) -> None:
            if mark in text:
                into.append(cm[4] + tm[4] * cm[0])

        page.extract_text(visitor_text=note)
        sides.append(seen[-1] > float(page.mediabox.width) / 2)
    assert sides == [number % 2 == 1 for number in range(1, len(sides) + 1)]


def test_texts_about_persons_are_never_in_a_packet(cast: County) -> None:
    packet = made(full(cast))
    words = "".join(page.extract_text() for page in PdfReader(packet.file.open("rb")).pages)

    assert "政治表现综合评价" in words  # the heading with its marker
    assert SECRET[:6] not in words.replace("\n", "")


def test_progress_goes_item_by_item(cast: County) -> None:
    seen: list[tuple[int, int]] = []
    meeting = full(cast)

    bound = bind(meeting, on=DAY, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(0, 6), (1, 6), (2, 6), (3, 6), (4, 6)]
    assert bound.starts[0] == 3 and bound.pages == len(PdfReader(io.BytesIO(bound.data)).pages)


def test_a_changed_paper_shows_and_the_packet_is_made_anew_beside_the_old(cast: County) -> None:
    meeting = small(cast)
    first = made(meeting)
    client, address = enter(cast.changweihui), meeting.get_absolute_url()
    assert "议题材料已变动" not in client.get(address).content.decode()

    agenda.postpone_item(meeting.items.get(position=1), by=cast.changweihui, at=CALLED, reason="材料待补")

    assert "议题材料已变动" in client.get(address).content.decode()
    assert client.post(reverse("reports:committee_bind", args=[meeting.pk])).status_code == 302
    second = MeetingPacket.objects.filter(meeting=meeting).latest("pk")
    assert (MeetingPacket.objects.count(), second.pk != first.pk, second.pages < first.pages) == (2, True, True)
    assert Path(first.file.path).exists()
    assert "议题材料已变动" not in client.get(address).content.decode()


def test_the_same_papers_are_bound_once(cast: County) -> None:
    meeting = small(cast)
    made(meeting)
    order_packet(meeting, by=cast.changweihui, at=CALLED)

    jobs.run_waiting(at=CALLED)

    assert MeetingPacket.objects.count() == 1
    assert Job.objects.latest("pk").sentence == "材料没有变动，沿用已汇编的议题材料。"


def test_the_packet_is_the_secretary_s_and_only_before_the_meeting(cast: County) -> None:
    meeting = called(cast)
    ask(cast, meeting)
    with pytest.raises(Refused, match="材料在议程确定后、开会前汇编"):
        order_packet(meeting, by=cast.changweihui, at=CALLED)
    fixed(cast, meeting)
    with pytest.raises(Refused, match="由常委会秘书汇编"):
        order_packet(meeting, by=cast.dangfeng_head, at=CALLED)
    meetings.hold_meeting(meeting, by=cast.changweihui, at=EVENING)

    jobs.run_waiting(at=EVENING)  # ordered when the agenda was fixed, reached by the worker too late

    job = Job.objects.get()
    assert (job.state, MeetingPacket.objects.count()) == ("failed", 0)
    assert "没有汇编材料" in job.sentence


def test_each_making_and_download_leaves_its_row_and_a_changed_file_is_not_served(cast: County) -> None:
    meeting = small(cast)
    packet = made(meeting)
    client, address = enter(cast.shuji), reverse("reports:committee_packet", args=[packet.pk])

    answer = client.get(address)

    assert answer.status_code == 200 and b"".join(answer.streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]
    log = AccessLog.objects.latest("pk")
    assert (log.username, log.action, log.subject) == ("shuji", "download", f"{meeting}议题材料")
    Path(packet.file.path).write_bytes(b"%PDF-1.7 something else")
    assert client.get(address).status_code == 404
    assert AccessLog.objects.latest("pk").result == "digest"
    assert enter(cast.changweihui).post(reverse("reports:committee_bind", args=[meeting.pk])).status_code == 302
    assert AccessLog.objects.filter(username="changweihui", action="export").count() == 1
    assert Notice.objects.filter(recipient=cast.changweihui, sentence__contains="共").exists()


# --- differences ---


def test_only_the_sentences_that_differ_are_shown() -> None:
    assert changed("查资金。查台账。查责任。", "查资金。查台账和档案。查责任。") == ("查台账。", "查台账和档案。")
    assert changed("", "新增。") == ("", "新增。")


def test_a_plan_is_compared_with_the_version_in_force(cast: County) -> None:
    first = major_plan(cast)
    meeting = called(cast)
    item = put(cast, meeting, f"approval:{approval_of(first).pk}")
    held(cast, meeting)
    decide(cast, item, "approve", "同意。")
    second = planned(first.round, cast.nongye, is_major=True, goals="查清管护责任和资金", change_reason="增加资金检查")
    approval = plans.submit_plan(second, by=cast.nongye, at=NOW)

    lead, table = of_approval(approval)

    assert isinstance(lead, Paragraph) and lead.text == "与已批准的第1版相比，有2处不同："
    assert isinstance(table, Table)
    assert ("修改原因", "（无）", "增加资金检查") in table.rows
    assert any(row[1:] == ("查清管护责任", "查清管护责任和资金") for row in table.rows)


# --- what is written afterwards ---


def test_minutes_and_notice_say_what_was_recorded(cast: County) -> None:
    meeting = called(cast)
    first, second = ask(cast, meeting, "甲事项"), ask(cast, meeting, "乙事项")
    held(cast, meeting)
    decide(cast, first, "approve", "同意建议。", votes_for=5, votes_against=0, votes_abstain=0)
    decide(cast, second, "defer", "下次再议。")

    minutes, notice = minutes_paper(meeting), notice_paper(meeting)

    said = [block.text for block in minutes.blocks if not isinstance(block, Table)]
    assert said[0] == "2026年3月12日，马书记主持召开县纪委常委会2026年第1次会议，研究2项议题。现纪要如下。"
    assert "会议听取了党风政风监督室的汇报。会议决定：同意（同意5票，不同意0票，弃权0票）。" in said
    assert {"出席：马书记、高副、钱协、冯协、林一", "请假：林二", "下次再议。"} <= set(said)
    told = [block.text for block in notice.blocks if not isinstance(block, Table)]
    assert "一、甲事项" in told and "同意建议。" in told
    assert not [text for text in told if "乙事项" in text or "票" in text]
    assert (minutes.watermark, notice.recipients) == ("草稿", "党风政风监督室")
    meetings.close_meeting(meeting, by=cast.changweihui, at=EVENING)
    assert minutes_paper(meeting).watermark == ""
    assert AgendaItem.objects.filter(holds=True).count() == 0
