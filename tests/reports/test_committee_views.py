"""Pages of the standing committee: who finds them, one click per matter, one form per decision, lists and papers."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.desk import panels_for
from accounts.models import AccessLog
from reports.actions.committee import meetings
from reports.models import AgendaItem, CommitteeMeeting
from tests.factories import County, county, enter
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
    tabled_report,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def cast() -> County:
    return county()


def page(client: Client, meeting: CommitteeMeeting) -> str:
    return client.get(meeting.get_absolute_url()).content.decode()


def test_the_circle_reads_the_rest_does_not_find_it(cast: County) -> None:
    meeting = called(cast)
    address = meeting.get_absolute_url()

    found = {name: enter(person).get(address).status_code for name, person in cast.people.items()}

    assert {name for name, status in found.items() if status == 200} == {
        "changweihui",
        "dangfeng_head",
        "shuji",
        "fenguan",
    }
    assert {
        status for name, status in found.items() if name not in ("changweihui", "dangfeng_head", "shuji", "fenguan")
    } == {404}
    abroad = county("外县")
    assert enter(abroad.changweihui).get(address).status_code == 404
    assert enter(abroad.fenguan).get(address).status_code == 404


def test_readers_see_no_buttons(cast: County) -> None:
    meeting = called(cast)
    ask(cast, meeting)

    for name in ("shuji", "fenguan"):
        words = page(enter(cast.people[name]), meeting)
        assert "分工问题" in words and "<form" not in words.split('id="agenda"')[1]


def test_from_nothing_to_a_fixed_agenda_by_clicks(cast: County) -> None:
    report, client = tabled_report(cast), enter(cast.changweihui)
    facts = {
        "held_on": "2026-03-12",
        "number": "",
        "place": "三楼",
        "chair": "马书记",
        "present": "马书记\n高副",
        "absent": "",
        "attending": "",
    }

    made = client.post(reverse("reports:committee_new"), facts)
    meeting = CommitteeMeeting.objects.get()
    assert (made.status_code, meeting.number, meeting.year) == (302, 1, 2026)
    assert f'value="report:{report.pk}"' in page(client, meeting)
    add = reverse("reports:committee_add", args=[meeting.pk])
    assert client.post(add, {"key": f"report:{report.pk}"}).status_code == 302
    assert f'value="report:{report.pk}"' not in page(client, meeting)
    wrong = client.post(add, {"kind": "question", "title": "分工", "reporter": cast.cso.pk, "text": ""})
    assert (wrong.status_code, "请写明需要会议研究的问题和建议" in wrong.content.decode()) == (422, True)
    client.post(add, {"kind": "question", "title": "分工", "reporter": cast.cso.pk, "text": "请明确。"})
    second = meeting.items.get(position=2)
    client.post(reverse("reports:committee_item", args=[second.pk]), {"verb": "up"})
    assert list(meeting.items.values_list("title", flat=True))[0] == "分工"
    client.post(reverse("reports:committee_step", args=[meeting.pk]), {"verb": "table"})

    meeting.refresh_from_db()
    assert (meeting.step, meeting.packets.count()) == ("tabled", 1)  # without a worker the packet is made at once
    assert "下载 PDF" in page(client, meeting)


def test_the_head_of_the_cso_proposes_but_does_not_fix(cast: County) -> None:
    meeting, client = called(cast), enter(cast.dangfeng_head)
    report = tabled_report(cast)

    assert (
        client.post(reverse("reports:committee_add", args=[meeting.pk]), {"key": f"report:{report.pk}"}).status_code
        == 302
    )
    assert client.post(reverse("reports:committee_step", args=[meeting.pk]), {"verb": "table"}).status_code == 404
    assert client.get(reverse("reports:committee_edit", args=[meeting.pk])).status_code == 404
    assert AgendaItem.objects.get().added_by == cast.dangfeng_head


def test_a_decision_is_saved_in_its_card_and_is_there_after_a_reload(cast: County) -> None:
    plan, meeting = major_plan(cast), called(cast)
    item, other = put(cast, meeting, f"approval:{approval_of(plan).pk}"), ask(cast, meeting, "另一项")
    held(cast, meeting)
    client, address = enter(cast.changweihui), reverse("reports:committee_decide", args=[item.pk])
    values = {f"i{item.pk}-decision": "return", f"i{item.pk}-opinion": "", f"i{item.pk}-votes_for": "3"}

    refused = client.post(address, values, **HTMX)
    words = refused.content.decode()
    assert (refused.status_code, "退回和缓议须写明会议意见" in words, 'value="3"' in words) == (422, True, True)
    saved = client.post(address, values | {f"i{item.pk}-opinion": "补充资金检查。"}, **HTMX)

    words = saved.content.decode()
    assert (saved.status_code, words.count("agenda-item"), "退回修改" in words, "另一项" in words) == (
        200,
        1,
        True,
        False,
    )
    whole = page(client, meeting)
    assert (
        "补充资金检查。" in whole
        and f'name="i{item.pk}-decision"' not in whole
        and f'name="i{other.pk}-decision"' in whole
    )
    again = client.post(address, values | {f"i{item.pk}-opinion": "再退。"}, **HTMX)
    assert (again.status_code, "已登记为“退回修改”" in again.content.decode()) == (422, True)


def test_without_scripts_the_page_comes_back_whole(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    held(cast, meeting)
    client, address = enter(cast.changweihui), reverse("reports:committee_decide", args=[item.pk])

    refused = client.post(address, {f"i{item.pk}-decision": "defer", f"i{item.pk}-opinion": " "})
    done = client.post(address, {f"i{item.pk}-decision": "approve", f"i{item.pk}-opinion": "同意。"})

    assert (refused.status_code, "议程" in refused.content.decode()) == (422, True)
    assert (done.status_code, done["Location"]) == (302, f"{meeting.get_absolute_url()}#item-{item.pk}")


def test_a_task_from_the_card(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    held(cast, meeting)
    decide(cast, item, "approve", "同意。")
    client, address = enter(cast.changweihui), reverse("reports:committee_task", args=[item.pk])
    values = {f"t{item.pk}-organ": cast.agri.pk, f"t{item.pk}-task": "提出分工意见", f"t{item.pk}-due_on": "2099-04-01"}

    past = client.post(address, values | {f"t{item.pk}-due_on": "2020-01-01"}, **HTMX)
    made = client.post(address, values, **HTMX)

    assert (past.status_code, "完成时限不能早于今天" in past.content.decode()) == (422, True)
    assert (made.status_code, "交办驻县农业农村局纪检监察组：提出分工意见" in made.content.decode()) == (200, True)


def test_the_meeting_is_recorded_and_closed_from_its_page(cast: County) -> None:
    meeting = called(cast, present="")
    item = ask(cast, meeting)
    fixed(cast, meeting)
    client, address = enter(cast.changweihui), reverse("reports:committee_step", args=[meeting.pk])
    facts = {
        "verb": "hold",
        "held_on": "2026-03-12",
        "place": "三楼",
        "chair": "马书记",
        "present": "",
        "absent": "",
        "attending": "",
    }

    assert client.post(address, facts).status_code == 422
    assert client.post(address, facts | {"present": "马书记"}).status_code == 302
    assert client.post(address, {"verb": "close"}).status_code == 409
    decide(cast, item, "approve", "同意。")
    assert client.post(address, {"verb": "close"}).status_code == 302
    assert client.post(address, {"verb": "nonsense"}).status_code == 409
    meeting.refresh_from_db()
    assert meeting.step == "closed"


@pytest.mark.parametrize(("kind", "form", "head"), [("minutes", "pdf", b"%PDF-"), ("notice", "docx", b"PK")])
def test_minutes_and_notice_are_fetched_and_logged(cast: County, kind: str, form: str, head: bytes) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    client, address = enter(cast.shuji), reverse("reports:committee_paper", args=[meeting.pk, kind, form])
    assert client.get(address).status_code == 409
    held(cast, meeting)
    decide(cast, item, "approve", "同意。")

    answer = client.get(address)

    assert answer.content.startswith(head)
    assert AccessLog.objects.latest("pk").action == "export"
    assert client.get(reverse("reports:committee_paper", args=[meeting.pk, "other", form])).status_code == 404


def test_the_list_filters_counts_and_is_a_workbook(cast: County) -> None:
    first, second = called(cast), called(cast, held_on=DAY.replace(year=2025))
    ask(cast, first, "粮食购销")
    client, address = enter(cast.shuji), reverse("reports:committee")

    def numbers(**query: str) -> list[int]:
        return [row["pk"] for row in client.get(address, query).context["page"].rows]

    assert numbers() == [first.pk, second.pk]
    assert (numbers(year="2025"), numbers(q="粮食"), numbers(step="closed")) == ([second.pk], [first.pk], [])
    assert client.get(address, {"year": "x"}).status_code == 422
    assert (numbers(sort="-held_on"), numbers(sort="nonsense")) == ([second.pk, first.pk], [first.pk, second.pk])
    sheet: Any = openpyxl.load_workbook(io.BytesIO(client.get(address, {"format": "xlsx", "q": "粮食"}).content)).active
    cells = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "2026年第1次会议" in cells and "2025年第1次会议" not in cells


def test_a_longer_agenda_costs_no_more_queries(cast: County) -> None:
    meeting, client = called(cast), enter(cast.changweihui)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get(meeting.get_absolute_url()).status_code == 200
        return len(seen)

    ask(cast, meeting)
    queries()
    few = queries()
    for number in range(8):
        ask(cast, meeting, f"问题{number}")

    assert queries() == few


def test_the_desk_names_the_meeting_for_its_circle(cast: County) -> None:
    meeting = called(cast)
    ask(cast, meeting)

    def named(name: str) -> list[str]:
        rows = {panel.key: rows for panel, rows in panels_for(cast.people[name], on=DAY)}
        return [f"{entry['button']} {entry['note']}" for entry in rows.get("committee", {}).get("entries", [])]

    assert (named("changweihui"), named("shuji")) == (["编排议程 2026年3月12日（周四），1项议题"], [])
    fixed(cast, meeting)
    assert named("shuji") == named("dangfeng_head") == ["看议题材料 2026年3月12日（周四），1项议题"]
    meetings.hold_meeting(meeting, by=cast.changweihui, at=EVENING)
    assert named("changweihui") == ["登记决定 2026年3月12日（周四），还有1项未登记决定"]
    assert named("nongye") == [] and CALLED < EVENING


def test_the_answer_renews_what_the_page_counts_beside_the_card(cast: County) -> None:
    meeting = called(cast)
    item = ask(cast, meeting)
    held(cast, meeting)
    address = reverse("reports:committee_decide", args=[item.pk])

    words = (
        enter(cast.changweihui)
        .post(address, {f"i{item.pk}-decision": "approve", f"i{item.pk}-opinion": "同意。"}, **HTMX)
        .content.decode()
    )

    assert 'id="left" hx-swap-oob="true">已全部登记' in words
    assert 'id="steps" hx-swap-oob="true"' in words and "还没有登记决定" not in words
