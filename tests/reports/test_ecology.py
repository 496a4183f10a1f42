"""Pages and papers of the year-end file: lists without a word of a text, writing beside the records, PDF, Word, workbooks."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Approval, Event, Notice, SupervisedUnit
from accounts.roles import OrganKind
from reports.actions import appraisals as acts
from reports.builders.ecology import appraisal_paper, ecology_paper
from reports.ecology import panels
from reports.ecology.completeness import missing_units, tally, units_of_year
from reports.ecology.content import appraisal_shown, report_shown
from reports.models import AppraisalPrompts, AppraisalText, PerformanceAppraisal, prompts_on
from reports.paper import Heading, Table
from tests.factories import County, county, enter, make_organ
from tests.reports.ecology_cases import (
    DAY,
    DEC,
    SECRET,
    approved,
    begun,
    clerk,
    compiled,
    drafted,
    member_of,
    passed,
    sent,
    top_of,
    written,
    wrote_top,
)
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
LIST = "/appraisals/?year=2026"


@pytest.fixture
def cast() -> County:
    return county()


def page(user: Any, path: str) -> str:
    """A page as the person reads it."""
    answer = enter(user).get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def sheet(user: Any, path: str) -> list[tuple[Any, ...]]:
    """The rows of a workbook below its headings."""
    book = load_workbook(io.BytesIO(enter(user).get(path).content))
    return list(book.active.iter_rows(values_only=True))


# --- the year ---


def test_list_shows_own_units_and_who_may_begin(cast: County) -> None:
    mine, theirs = page(cast.nongye, LIST), page(cast.dangfeng_head, LIST)

    assert "应评价3个单位，已批准0个" in mine and "县教育局" not in mine and mine.count('的评价">') == 3
    assert "应评价8个单位" in theirs and "县教育局" in theirs and "撰写县教育局的评价" not in theirs


def test_list_says_each_state_in_words(cast: County) -> None:
    approved(cast)
    acts.submit_appraisal(written(cast, "县畜牧服务中心"), by=cast.nongye, at=DEC)
    row = begun(cast, "县农机服务中心")
    wrote_top(row, official=None, text="", vacancy="5月起空缺")

    found = {
        line["name"]: (line["state"], line["top"], line["vacant"])
        for line in units_of_year([cast.agri.pk], 2026).values()
    }

    assert found == {
        "县农业农村局": ("approved", True, False),
        "县畜牧服务中心": ("submitted", True, False),
        "县农机服务中心": ("working", True, True),
    }
    assert tally([cast.agri.pk], 2026)[0] | {"organ_id": 0} == {
        "organ_id": 0, "organ": "驻县农业农村局纪检监察组", "due": 3, "approved": 1, "submitted": 1, "open": 1,
    }  # fmt: skip
    assert [line["name"] for line in missing_units([cast.agri.pk], 2026)] == ["县畜牧服务中心", "县农机服务中心"]


def test_what_is_being_corrected_still_counts_as_approved(cast: County) -> None:
    acts.correct_appraisal(approved(cast), reason="职务有误", by=cast.nongye, at=DEC)

    assert [
        row["state"] for row in units_of_year([cast.agri.pk], 2026).filter(name="县农业农村局").values("state")
    ] == ["correcting"]
    assert tally([cast.agri.pk], 2026)[0]["approved"] == 1


def test_filters_and_workbook_agree(cast: County) -> None:
    approved(cast)

    rows = sheet(cast.dangfeng, f"{LIST}&state=approved&format=xlsx")
    assert [row[:3] for row in rows if row[0] == "县农业农村局"] == [
        ("县农业农村局", "驻县农业农村局纪检监察组", "已批准")
    ]
    assert len([row for row in sheet(cast.dangfeng, f"{LIST}&state=none&format=xlsx") if row[2] == "未撰写"]) == 7
    assert "没有符合条件的单位" in page(cast.dangfeng, f"{LIST}&q=没有这个单位")


def test_list_costs_the_same_for_many_units(cast: County) -> None:
    client = enter(cast.dangfeng_head)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    SupervisedUnit.objects.bulk_create(SupervisedUnit(name=f"单位{n}", organ=cast.edu) for n in range(30))
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)

    assert len(many) == len(few)


def test_units_of_other_kinds_of_organs_are_not_appraised(cast: County) -> None:
    own = make_organ("县人民医院纪委", OrganKind.UNIT_DISCIPLINE_ORGAN, cast.root)
    SupervisedUnit.objects.create(name="县人民医院", organ=own)

    assert not units_of_year([own.pk], 2026).exists()


# --- writing ---


def test_writing_page_has_prompt_records_and_a_draft(cast: County) -> None:
    problem = make_problem(cast, cast.agri, at=timezone.now(), found_on=date(2026, 2, 1))
    row = begun(cast)

    shown = page(cast.nongye, f"/appraisals/{row.pk}/write/team/")

    assert "写明领导班子全年贯彻" in shown and f'data-draft="appraisal-{row.pk}-team"' in shown
    assert (
        f'name="evidence" value="problems_found:{problem.pk}"' in shown and f'href="/problems/{problem.pk}/"' in shown
    )
    assert "分数" not in shown and "等级" not in shown


def test_refused_text_keeps_what_was_typed_and_ticked(cast: County) -> None:
    problem = make_problem(cast, cast.agri, at=timezone.now(), found_on=date(2026, 2, 1))
    row = begun(cast)
    typed = {
        "text": "写了很久的评价",
        "post": "局长",
        "official": "",
        "vacancy": "",
        "evidence": f"problems_found:{problem.pk}",
    }

    answer = enter(cast.nongye).post(f"/appraisals/{row.pk}/write/top_leader/", typed)

    assert answer.status_code == 422 and not AppraisalText.objects.exists()
    said = answer.content.decode()
    assert "写了很久的评价" in said and f'id="ev-problems_found-{problem.pk}" checked' in said
    assert "职务空缺的，写明空缺原因" in said


def test_the_way_through_the_pages(cast: County) -> None:
    client, unit = enter(cast.nongye), cast.units["县农业农村局"]
    top, member = top_of(unit), member_of(unit)
    client.post("/appraisals/start/", {"unit": unit.pk, "year": 2025})
    row = PerformanceAppraisal.objects.get()
    base = f"/appraisals/{row.pk}"

    onward = client.post(f"{base}/write/team/", {"text": "班子总体担当。", "next": "1"})
    client.post(f"{base}/write/top_leader/", {"official": top.pk, "post": "局长", "text": "履行第一责任。"})
    client.post(f"{base}/write/member/", {"official": member.pk, "text": "一岗双责。"})
    client.post(f"{base}/write/conclusion/", {"text": "总体较好。"})
    kept = AppraisalText.objects.get(about="member")
    client.post(f"/appraisals/members/{kept.pk}/", {"official": member.pk, "text": "改写一岗双责。"})
    assert AppraisalText.objects.get(about="member").text == "改写一岗双责。"
    client.post(f"/appraisals/members/{kept.pk}/remove/")
    done = client.post(f"{base}/submit/")

    assert onward["Location"] == f"{base}/write/top_leader/" and done["Location"] == f"{base}/"
    row.refresh_from_db()
    assert (row.step, [text.about for text in row.texts.all()]) == ("submitted", ["team", "top_leader"])
    assert "请签批：县农业农村局2025年度政治表现综合评价" in Notice.objects.get(recipient=cast.nongye_head).sentence
    signing = reverse("accounts:approval", args=[Approval.objects.of(row).get().pk])
    assert f'href="{base}/"' in page(cast.nongye_head, signing) and "阅读正文" in page(cast.nongye_head, signing)


def test_nothing_of_a_text_stands_in_events_and_notices(cast: County) -> None:
    row = approved(cast)
    written_down = [
        *Event.objects.of(row).values_list("note", "label", "title"),
        *Notice.objects.values_list("sentence"),
    ]

    assert not any(SECRET in word or "第一责任" in word for words in written_down for word in words)


def test_a_locked_text_says_why(cast: County) -> None:
    row = approved(cast)
    shown = page(cast.nongye, f"/appraisals/{row.pk}/write/team/")

    assert "不能修改；确需更正的，请起草更正版并写明理由" in shown and "<textarea" not in shown
    assert enter(cast.nongye).get(f"/appraisals/{row.pk}/write/nonsense/").status_code == 404


def test_prompts_are_worded_by_the_office_from_a_day_on(cast: County) -> None:
    words = {"team": "班子提示", "top_leader": "一把手提示", "member": "成员提示", "conclusion": "综合提示"}
    today = timezone.localdate()
    client = enter(cast.dangfeng)

    assert client.post("/appraisals/prompts/", {"valid_from": today, **words}).status_code == 302
    assert client.post("/appraisals/prompts/", {"valid_from": today, **words}).status_code == 422
    assert client.post("/appraisals/prompts/", {"valid_from": "2020-01-01", **words}).status_code == 422
    assert AppraisalPrompts.objects.count() == 1
    assert prompts_on(cast.agri, today) == words and prompts_on(cast.agri, date(2020, 1, 1))["team"].startswith(
        "写明领导班子"
    )
    assert "班子提示" in page(cast.nongye, f"/appraisals/{begun(cast, at=timezone.now()).pk}/write/team/")


def test_words_of_marks_and_ranks_are_kept_with_a_warning(cast: County) -> None:
    row, client = begun(cast, at=timezone.now()), enter(cast.nongye)

    def said(text: str) -> str:
        return client.post(f"/appraisals/{row.pk}/write/team/", {"text": text}, follow=True).content.decode()

    warning = "文字中有评分或等次，本办法不给人打分排序，请核对"
    assert warning in said("评分95分，等次优秀。") and warning in said("民主测评排名第二。")
    assert AppraisalText.objects.get(appraisal=row).text == "民主测评排名第二。"
    assert warning not in said("十分重视，三分之二的问题已整改，30分钟内到岗，第一名副局长分管。")


def test_the_top_leaders_fields_say_when_they_are_obligatory(cast: County) -> None:
    text = page(cast.nongye, f"/appraisals/{begun(cast, at=timezone.now()).pk}/write/top_leader/")

    assert text.count("必填，职务空缺的除外") == 2 and "职务空缺的必填，其他不填" in text and "选填" not in text


# --- the county's report ---


def test_report_is_written_and_compiled_on_its_pages(cast: County) -> None:
    approved(cast)
    client = enter(cast.dangfeng)
    base = f"/ecology/{drafted(cast).pk}"
    problem = make_problem(cast, cast.agri, at=timezone.now(), found_on=date(2026, 2, 1), severity="major")

    assert f'value="{problem.pk}"' in page(cast.dangfeng, f"{base}/sections/problems/")
    client.post(f"{base}/sections/problems/", {"text": "一是整改不实。", "problems": problem.pk})
    wrong = client.post(f"{base}/sections/causes/", {"text": "写好的原因", "codes": "2026-99999"})
    client.post(f"{base}/compile/", {"missing_reason": "首年试点"})
    shown = page(cast.dangfeng, f"{base}/")

    assert wrong.status_code == 422 and "写好的原因" in wrong.content.decode()
    assert "未纳入单位7个" in shown and "首年试点" in shown and f'href="/problems/{problem.pk}/"' in shown
    outline = client.post(f"{base}/outline/", {"headings": "总体情况"})
    assert outline.status_code == 422 and "是必备部分" in outline.content.decode()


def test_register_of_copies_shows_what_is_still_out(cast: County) -> None:
    approved(cast)
    report = passed(cast, compiled(cast))
    copy = sent(cast, report, "organization", "县委组织部")
    shown = page(cast.dangfeng, f"/ecology/{report.pk}/")

    assert "还差：未报送县委主要领导、未报送县政府主要领导、县委组织部未回执" in shown
    form = page(cast.dangfeng, f"/ecology/dispatches/{copy.pk}/")
    assert "备案编号" in form
    answer = enter(cast.dangfeng).post(
        f"/ecology/dispatches/{copy.pk}/", {"received_on": "2026-12-08", "received_by": "许为"}
    )
    assert answer.status_code == 422


def test_dispatch_page_says_who_opens_the_report(cast: County) -> None:
    approved(cast)
    report = passed(cast, compiled(cast))

    told = page(cast.dangfeng, f"/ecology/{report.pk}/dispatch/")
    head = page(cast.dangfeng_head, f"/ecology/{report.pk}/dispatch/")

    assert "报送件由郑岩（" in told and "周明" not in told.split("报送件由")[1].split("</p>")[0] and ".pdf" not in told
    assert f"/ecology/{report.pk}.pdf" in head
    kept = enter(cast.dangfeng_head).get(f"/ecology/{report.pk}.docx?copy=own")
    assert "%E7%95%99%E5%AD%98%E4%BB%B6" in kept["Content-Disposition"]
    tables = docx.Document(io.BytesIO(kept.content)).tables
    assert any("备案编号" in cell.text for table in tables for cell in table.rows[0].cells)


def test_dispatch_page_before_the_resolution_is_refused(cast: County) -> None:
    report = drafted(cast)

    answer = enter(cast.dangfeng).get(f"/ecology/{report.pk}/dispatch/")

    assert answer.status_code == 409 and "县纪委常委会通过后才能报送" in answer.content.decode()


def test_list_of_reports_and_its_workbook(cast: County) -> None:
    approved(cast)
    passed(cast, compiled(cast))

    assert "常委会已通过，待报送" in page(cast.shuji, "/ecology/")
    rows = sheet(cast.dangfeng_head, "/ecology/?format=xlsx")
    assert (2026, 1, "常委会已通过，待报送", 1, 7) in [row[:5] for row in rows]
    assert "还没有您可以查看的" in page(cast.xieguan2, "/ecology/")


# --- papers ---


def test_appraisal_paper_carries_texts_numbers_and_the_readers_name(cast: County) -> None:
    row = approved(cast)
    wrote = appraisal_paper(row, appraisal_shown(row, at=DEC), printed_by="郑岩")

    assert SECRET in wrote.texts() and "“一把手”：党委书记、局长 陈国栋" in wrote.texts() and "王建国" in wrote.texts()
    assert (wrote.watermark, wrote.marking, wrote.signed_on) == ("限阅 郑岩", "内部资料　限阅", DAY)
    assert wrote.attachments[0].title == "2026年有关工作记录数"
    draft = appraisal_paper(written(cast, "县畜牧服务中心"), {**row.content, "facts": []}, printed_by="李青")
    assert draft.watermark == "草稿 限阅 李青" and not draft.attachments


def test_report_paper_follows_the_outline(cast: County) -> None:
    approved(cast)
    row = begun(cast, "县教育局")
    acts.write_text(row, "team", text="教育班子。", by=clerk(row.unit), at=DEC)
    report = passed(cast, compiled(cast))
    sent(cast, report, "organization", "县委组织部")
    made = ecology_paper(report, report_shown(report, at=DEC), printed_by="郑岩")
    own = ecology_paper(report, report_shown(report, at=DEC), list(report.dispatches.all()), printed_by="郑岩")
    heads = [block.text for block in made.blocks if isinstance(block, Heading) and block.level == 1]

    assert heads[0] == "一、总体情况" and heads[7] == "八、各单位领导班子及其成员年度政治表现" and len(heads) == 11
    assert (
        SECRET in made.texts()
        and "教育班子" not in made.texts()
        and "未纳入单位7个，名单如下。说明：其余单位首年试点，未评价。" in made.texts()
    )
    assert made.recipients == "县委、县政府主要领导，县委组织部" and (made.watermark, own.watermark) == (
        "",
        "限阅 郑岩",
    )
    left = next(block for block in made.blocks if isinstance(block, Table))
    assert [row[:2] for row in left.rows][0] == [cast.agri.name, "2"] and "县畜牧服务中心" in left.rows[0][2]
    assert list(made.head_lines) == ["（2026年12月8日县纪委常委会通过，数据截至2026年12月8日）"]
    assert (
        made.attachments == [] and "县委组织部（备案）" not in made.texts()
    )  # what left the house is for the office alone
    assert own.attachments[0].blocks[0].rows[0][:3] == ["县委组织部（备案）", "县委组织部", "2026年12月8日"]  # type: ignore[union-attr]


def test_papers_leave_as_pdf_and_word_and_as_nothing_else(cast: County) -> None:
    row = approved(cast)
    report = passed(cast, compiled(cast))
    client = enter(cast.dangfeng_head)

    assert client.get(f"/appraisals/{row.pk}.pdf").content.startswith(b"%PDF")
    word = docx.Document(io.BytesIO(client.get(f"/ecology/{report.pk}.docx").content))
    assert any(SECRET in line.text for line in word.paragraphs)
    for path in (f"/appraisals/{row.pk}.xlsx", f"/ecology/{report.pk}.xlsx", f"/appraisals/{row.pk}.txt"):
        assert client.get(path).status_code == 404


# --- the desk ---


def test_desk_names_what_is_missing_at_the_end_of_the_year(cast: County) -> None:
    approved(cast)

    own = panels.own(cast.nongye, date(2026, 12, 9))
    assert own is not None and own["entries"][0]["text"] == "2026年度政治表现综合评价：还有2个单位没有批准"
    assert panels.own(cast.nongye, date(2026, 6, 1)) is None and panels.own(cast.dangfeng, date(2026, 12, 9)) is None
    office = panels.county(cast.dangfeng, date(2026, 12, 9))
    assert office is not None and office["entries"][0]["text"] == "2026年度政治表现综合评价：应评价8个，已批准1个"


def test_desk_keeps_a_passed_report_until_it_is_filed(cast: County) -> None:
    approved(cast)
    report = passed(cast, compiled(cast))
    sent(cast, report, "committee", "县委书记")

    found = panels.county(cast.dangfeng, date(2027, 6, 1))
    assert found is not None and [(one["text"], one["note"]) for one in found["entries"]] == [
        ("2026年度政治生态分析报告：已报送，待回执", "已报送1份，回执0份")
    ]
