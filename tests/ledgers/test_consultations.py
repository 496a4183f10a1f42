"""专题会商 from outside: who writes it, what is locked, versions, papers, pages, the desk, the minutes."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.desk import panels_for
from accounts.models import Attachment, Event, Notice, User
from accounts.workflow import Refused
from ledgers.actions.consultations import (
    attach_minutes,
    correct_consultation,
    drop_consultation,
    note_follow_up,
    record_consultation,
    save_consultation,
)
from ledgers.models import Consultation
from reports.builders.consultations import consultation_paper
from tests.factories import NOW, TODAY, County, county, enter, moment
from tests.ledgers.consultations import WORDS, draft, recorded
from tests.reports.measure import text_of
from tests.samples import PNG, make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def page(made: Consultation) -> str:
    return reverse("ledgers:consultation", args=[made.pk])


def act(made: Consultation) -> str:
    return reverse("ledgers:consultation_act", args=[made.pk])


# --- who and what ---


def test_only_the_organs_own_people_write_it_down(cast: County) -> None:
    with pytest.raises(Refused, match="由该单位人员登记"):
        save_consultation(None, organ=cast.agri, units=[], by=cast.dangfeng, at=NOW, held_on=TODAY)
    with pytest.raises(Refused, match="本部门不登记"):
        save_consultation(None, organ=cast.cases, units=[], by=cast.anguan, at=NOW, held_on=TODAY)
    assert not Consultation.objects.exists()


def test_a_day_to_come_is_refused_and_today_is_not(cast: County) -> None:
    with pytest.raises(Refused, match="不能晚于今天"):
        draft(cast, held_on=date(2026, 2, 11))
    assert draft(cast, held_on=TODAY).held_on == TODAY


def test_units_and_problems_of_others_are_refused(cast: County) -> None:
    problem = make_problem(cast, cast.edu)

    with pytest.raises(Refused, match="县教育局不在"):
        draft(cast, "县农业农村局", "县教育局")
    with pytest.raises(Refused, match="不是所选会商对象的问题"):
        draft(cast, problems=[problem])
    with pytest.raises(Refused, match="不能早于会商日期"):
        draft(cast, follow_up_on=date(2026, 2, 9))
    assert not Consultation.objects.exists()


def test_a_linked_problem_is_enough_to_have_told_one(cast: County) -> None:
    problem = make_problem(cast, cast.agri)
    unit = problem.unit.name

    made = draft(cast, unit, common_problems="", prominent_problems="", problems=[problem])

    assert record_consultation(made, by=cast.nongye, at=NOW).step == "recorded"


# --- locked, corrected, given up ---


def test_a_recorded_one_is_locked_and_its_head_is_told(cast: County) -> None:
    made = recorded(cast)

    with pytest.raises(Refused, match="不能直接修改"):
        save_consultation(made, organ=cast.agri, units=[], by=cast.nongye, at=NOW, held_on=TODAY, suggestions="改掉")
    with pytest.raises(Refused):
        record_consultation(made, by=cast.nongye, at=NOW)
    made.refresh_from_db()
    assert made.suggestions == WORDS["suggestions"]
    assert "县农业农村局" in Notice.objects.get(recipient=cast.nongye_head).sentence
    assert [event.verb for event in Event.objects.of(made)] == ["record"]


def test_a_correction_replaces_the_record_only_when_it_is_recorded_itself(cast: County) -> None:
    made = recorded(cast, "县农业农村局", "县畜牧服务中心")
    copy = correct_consultation(made, reason="漏记一家单位", by=cast.nongye, at=NOW)
    assert (copy.version, copy.suggestions, copy.units.count()) == (2, WORDS["suggestions"], 2)
    assert list(Consultation.objects.recorded()) == [made]

    record_consultation(copy, by=cast.nongye_head, at=NOW)

    made.refresh_from_db()
    assert (made.step, copy.step) == ("superseded", "recorded")
    assert list(Consultation.objects.recorded()) == [copy]


def test_a_follow_up_written_while_the_correction_was_a_draft_is_not_lost(cast: County) -> None:
    made = recorded(cast, follow_up_on=date(2026, 3, 1))
    copy = correct_consultation(made, reason="日期有误", by=cast.nongye, at=NOW)
    note_follow_up(made, done_on=TODAY, result="已核对", by=cast.nongye_head, at=NOW)

    record_consultation(copy, by=cast.nongye, at=NOW)

    copy.refresh_from_db()
    assert (copy.followed_up_on, copy.follow_up_result) == (TODAY, "已核对")


def test_a_correction_needs_a_reason_and_there_is_one_at_a_time(cast: County) -> None:
    made = recorded(cast)

    with pytest.raises(Refused, match="写明理由"):
        correct_consultation(made, reason=" ", by=cast.nongye, at=NOW)
    first = correct_consultation(made, reason="日期有误", by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="已有一份更正草稿"):
        correct_consultation(made, reason="又一次", by=cast.nongye_head, at=NOW)
    drop_consultation(first, by=cast.nongye, at=NOW)
    assert correct_consultation(made, reason="又一次", by=cast.nongye_head, at=NOW).version == 2


def test_a_draft_is_not_corrected_and_strangers_correct_nothing(cast: County) -> None:
    with pytest.raises(Refused, match="只有已登记的会商"):
        correct_consultation(draft(cast), reason="x", by=cast.nongye, at=NOW)
    with pytest.raises(Refused, match="由该单位人员登记"):
        correct_consultation(recorded(cast), reason="x", by=cast.dangfeng, at=NOW)


def test_files_are_kept_with_drafts_and_records_but_not_with_what_was_replaced(cast: County) -> None:
    made = recorded(cast)
    attach_minutes(made, SimpleUploadedFile("签到表.png", PNG), by=cast.nongye, at=NOW)
    record_consultation(correct_consultation(made, reason="x", by=cast.nongye, at=NOW), by=cast.nongye, at=NOW)
    made.refresh_from_db()

    with pytest.raises(Refused, match="不能再上传"):
        attach_minutes(made, SimpleUploadedFile("又一张.png", PNG), by=cast.nongye, at=NOW)
    assert [file.name for file in Attachment.objects.of(made)] == ["签到表.png"]


def test_the_follow_up_is_written_once_within_its_days(cast: County) -> None:
    made = recorded(cast, follow_up_on=date(2026, 3, 1))
    later = moment(2026, 3, 1)

    with pytest.raises(Refused, match="以后、今天以前"):
        note_follow_up(made, done_on=date(2026, 2, 9), result="好", by=cast.nongye, at=later)
    note_follow_up(made, done_on=date(2026, 3, 1), result="已核对", by=cast.nongye, at=later)
    with pytest.raises(Refused, match="不用重复登记"):
        note_follow_up(made, done_on=date(2026, 3, 1), result="再核对", by=cast.nongye_head, at=later)


# --- pages ---


@time_machine.travel(NOW, tick=False)
def test_a_journey_by_hand_from_the_form_to_the_locked_record(cast: County) -> None:
    client, problem = enter(cast.nongye), make_problem(cast, cast.agri)
    data: dict[str, Any] = {**WORDS, "held_on": "2026-02-10", "units": [problem.unit_id], "problems": [problem.pk]}

    made_answer = client.post(reverse("ledgers:consultation_new"), data)
    made = Consultation.objects.get()
    assert made_answer["Location"] == page(made)
    client.post(reverse("ledgers:consultation_attach", args=[made.pk]), {"file": SimpleUploadedFile("签到表.png", PNG)})
    client.post(act(made), {"verb": "record"})

    text = client.get(page(made)).content.decode()
    assert "已登记" in text and "签到表.png" in text and problem.code in text
    assert client.get(reverse("ledgers:consultation_edit", args=[made.pk])).status_code == 409
    client.post(act(made), {"verb": "correct", "reason": "补充参加人员"})
    copy = Consultation.objects.get(version=2)
    assert "补充参加人员" in client.get(page(copy)).content.decode()


@time_machine.travel(NOW, tick=False)
def test_a_refusal_keeps_what_was_typed(cast: County) -> None:
    data = {**WORDS, "held_on": "2026-02-11", "units": [cast.units["县农业农村局"].pk]}

    answer = enter(cast.nongye).post(reverse("ledgers:consultation_new"), data)

    assert answer.status_code == 422
    assert "会商日期不能晚于今天" in answer.content.decode() and WORDS["suggestions"] in answer.content.decode()


@pytest.mark.parametrize("verb", ["", "unknown", "follow_up", "correct"])
def test_a_verb_without_its_data_is_refused_in_words(cast: County, verb: str) -> None:
    made = recorded(cast)

    answer = enter(cast.nongye).post(act(made), {"verb": verb}, follow=True)

    assert answer.status_code == 200
    assert any(word in answer.content.decode() for word in ("没有认出要办的事", "请填写完成日期", "更正须写明理由"))


def test_another_organ_does_not_find_it(cast: County) -> None:
    made = recorded(cast)

    assert enter(cast.jiaoyu).get(page(made)).status_code == 404
    assert enter(cast.dangfeng).get(page(made)).status_code == 200
    assert enter(cast.dangfeng).post(act(made), {"verb": "correct", "reason": "x"}).status_code == 404


@time_machine.travel(moment(2026, 7, 3), tick=False)
def test_the_matrix_shows_dates_and_what_is_missing_and_travels_as_a_workbook(cast: County) -> None:
    made = recorded(cast, held_on=date(2026, 5, 8), at=moment(2026, 5, 9))
    client = enter(cast.dangfeng)

    text = client.get(reverse("ledgers:coverage")).content.decode()
    sheet = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("ledgers:coverage"), {"format": "xlsx"}).content)
    ).active
    rows = {row[1]: row[2:4] for row in sheet.iter_rows(min_row=3, values_only=True)}

    assert f'href="{page(made)}">2026-05-08</a>' in text and "未开展，已逾期3天" in text
    assert rows["县农业农村局"] == ("2026-05-08", "未开展，还有181天")
    assert rows["县教育局"] == ("未开展，已逾期3天", "未开展，还有181天")
    own = enter(cast.jiaoyu).get(reverse("ledgers:coverage")).content.decode()
    assert "县教育局" in own and "县农业农村局" not in own


def test_matrix_and_list_ask_the_same_number_of_questions_however_long_they_are(cast: County) -> None:
    def questions(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert enter(cast.dangfeng).get(reverse(name)).status_code == 200
        return len(seen)

    recorded(cast)
    pages = ("ledgers:coverage", "ledgers:consultations")
    _, before = [{name: questions(name) for name in pages} for _ in range(2)]  # the first look fills the caches
    for _ in range(6):
        recorded(cast, "县畜牧服务中心", "县农机服务中心")

    assert {name: questions(name) for name in before} == before


def test_the_list_filters_by_half_unit_and_step_and_hides_what_was_replaced(cast: County) -> None:
    first = recorded(cast, held_on=date(2025, 3, 4))
    second = recorded(cast, "县畜牧服务中心", held_on=date(2025, 9, 4))
    record_consultation(correct_consultation(second, reason="x", by=cast.nongye, at=NOW), by=cast.nongye, at=NOW)
    client, address = enter(cast.nongye), reverse("ledgers:consultations")

    def found(**query: str) -> list[int]:
        return [row["pk"] for row in client.get(address, query).context["page"].rows]

    newest = Consultation.objects.get(version=2).pk
    assert found() == [newest, first.pk]
    assert found(half="1", year="2025") == [first.pk]
    assert found(q="畜牧") == [newest]
    assert found(step="superseded") == [second.pk]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(address, {"format": "xlsx", "half": "1"}).content)).active
    assert [row[2] for row in sheet.iter_rows(min_row=3, values_only=True)] == ["县农业农村局"]


# --- the desk ---


def consultations_on_desk(user: User, day: date) -> Any:
    return next((rows for panel, rows in panels_for(user, on=day) if panel.key == "consultations"), None)


def test_the_desk_asks_for_missing_ones_in_the_last_month_of_the_half(cast: County) -> None:
    recorded(cast, "县农业农村局", "县畜牧服务中心")

    assert consultations_on_desk(cast.nongye, date(2026, 5, 29)) is None
    rows = consultations_on_desk(cast.nongye, date(2026, 5, 30))

    assert [entry["text"] for entry in rows["entries"]] == ["县农机服务中心"]
    assert rows["entries"][0]["due_on"] == date(2026, 6, 30)
    assert consultations_on_desk(cast.dangfeng, date(2026, 6, 20)) is None


# --- the minutes ---


def test_the_minutes_carry_everything_in_the_order_of_the_regulation(cast: County) -> None:
    problem = make_problem(cast, cast.agri)
    made = recorded(cast, problem.unit.name, problems=[problem], follow_up_on=date(2026, 3, 10))

    paper = consultation_paper(made)

    words = [block.text for block in paper.blocks]
    heads = ["一、通报普遍性问题", "二、通报突出问题", "三、整改建议", "四、单位表态", "五、跟踪问效安排"]
    assert [text for text in words if text[1:2] == "、"] == heads
    assert "2026年2月10日（周二）" in words[0] and WORDS["place"] in words[0]
    assert any(problem.code in text for text in words)
    assert "跟踪问效时间：2026年3月10日（周二）。" in words
    assert (paper.recipients, paper.signer, paper.watermark, paper.minutes) == ("", "", "", True)


def test_the_minutes_can_be_taken_away_as_pdf_and_word_and_a_draft_says_so(cast: County) -> None:
    made = draft(cast)
    client = enter(cast.nongye)

    pdf = text_of(client.get(reverse("reports:consultation", args=[made.pk])).content)
    word = docx.Document(io.BytesIO(client.get(reverse("reports:word", args=["consultations", made.pk])).content))

    assert "草稿" in pdf and "会商纪要" in pdf
    assert any(WORDS["suggestions"] in paragraph.text for paragraph in word.paragraphs)
    assert enter(cast.jiaoyu).get(reverse("reports:consultation", args=[made.pk])).status_code == 404
