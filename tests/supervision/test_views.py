"""Pages of problems: lists with filters and paging, one problem, files in and out, search, board, workbench."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AccessLog, Attachment
from supervision.models import Problem
from supervision.selectors import stage_of
from tests.factories import County, county, enter
from tests.paper import make_paper
from tests.samples import PNG, make_problem
from tests.supervision.papers import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def shown(client: Client, **query: Any) -> list[str]:
    return [row["description"] for row in client.get(reverse("supervision:problems"), query).context["page"].rows]


def test_each_reader_lists_his_own_organs_problems(cast: County) -> None:
    make_problem(cast, cast.agri, description="农业问题")
    make_problem(cast, cast.edu, description="教育问题")

    assert shown(enter(cast.nongye)) == ["农业问题"]
    assert sorted(shown(enter(cast.dangfeng))) == ["农业问题", "教育问题"]


def test_filters_by_state_word_and_unit(cast: County) -> None:
    make_problem(cast, cast.agri, description="逾期问题", due_on=date(2026, 2, 11))
    make_problem(cast, cast.agri, description="未到期问题", due_on=date(2099, 1, 1))
    client = enter(cast.nongye)

    assert shown(client, step="overdue") == ["逾期问题"]
    assert shown(client, q="未到期") == ["未到期问题"]
    assert shown(client, unit=cast.units["县农机服务中心"].pk) == []
    wrong = [{"unit": "不是数字"}, {"year": "abc"}, {"step": "x"}, {"organ": "-1"}, {"topic": "99999"}]
    assert [client.get(reverse("supervision:problems"), one).status_code for one in wrong] == [422] * 3 + [404] * 2


def test_long_lists_page_by_key_without_losing_or_doubling(cast: County) -> None:
    for n in range(120):
        make_problem(cast, cast.agri, description=f"问题{n}")
    client, seen, after = enter(cast.nongye), [], ""
    for _ in range(3):
        page = client.get(reverse("supervision:problems"), {"after": after, "sort": "new"}).context["page"]
        seen += [row["description"] for row in page.rows]
        after = page.next

    assert (len(seen), len(set(seen)), after) == (120, 120, "")
    assert seen[0] == "问题119"


def test_the_list_leaves_as_a_workbook_with_the_same_filter(cast: County) -> None:
    make_problem(cast, cast.agri, description="=1+1".replace("=", "等于"))
    make_problem(cast, cast.agri, description="另一个")

    answer = enter(cast.nongye).get(reverse("supervision:problems"), {"format": "xlsx", "q": "另一个"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "另一个" in values and "等于1+1" not in values
    assert AccessLog.objects.filter(action="export").count() == 1


def test_political_marks_are_for_the_author_and_the_restricted_right_and_logged(cast: County) -> None:
    problem = make_problem(cast, cast.agri, political_deviation="suspected", political_analysis="对政策落实打折扣")
    address = reverse("supervision:problem", args=[problem.pk])

    assert "对政策落实打折扣" in enter(cast.nongye_head).get(address).content.decode()
    assert "对政策落实打折扣" not in enter(cast.dangfeng).get(address).content.decode()
    assert AccessLog.objects.filter(action="view", user=cast.nongye_head).count() == 1


def test_a_problem_by_hand_needs_no_project_and_keeps_what_was_typed_on_a_refusal(cast: County) -> None:
    client, address = enter(cast.nongye), reverse("supervision:problem_new")
    values = {"unit": cast.units["县农业农村局"].pk, "description": "=1+1", "found_on": "2026-02-09", "source": "daily", "severity": "general",
              "political_deviation": "none", "suggestion": "规范手续"}  # fmt: skip

    refused = client.post(address, values)
    assert refused.status_code == 422
    assert "是公式，不是文字" in refused.content.decode() and "规范手续" in refused.content.decode()

    client.post(address, values | {"description": "账目报账拖延"})
    made = Problem.objects.get()
    assert (made.item, made.year, made.focus_area, made.created_by) == (None, 2026, "other", cast.nongye)


# --- files ---


def upload(client: Client, problem: Problem, name: str, data: bytes) -> str:
    answer = client.post(
        reverse("supervision:evidence", args=[problem.pk]), {"file": SimpleUploadedFile(name, data)}, follow=True
    )
    assert answer.status_code in (200, 409)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("图.svg", b"<svg onload=alert(1)/>", "格式不能上传"),
        ("页.html", b"<script>alert(1)</script>", "格式不能上传"),
        ("说明.pdf", b"<html><script>alert(1)</script>", "内容与扩展名不符"),
        ("报告.pdf.exe", b"MZ\x90\x00" + b"0" * 200, "格式不能上传"),
        ("宏.docm", b"PK\x03\x04" + b"0" * 200, "格式不能上传"),
        ("空.png", b"", "空"),
        ("照片.png", b"\xff\xd8\xff\xe0" + b"0" * 200, "内容与扩展名不符"),
        ("大.png", PNG + b"0" * (20 * 1024 * 1024), "超过20MB"),
    ],
)
def test_hostile_or_unfit_files_are_refused_with_a_sentence(
    cast: County, name: str, data: bytes, sentence: str
) -> None:
    problem = make_problem(cast, cast.agri)

    assert sentence in upload(enter(cast.nongye), problem, name, data)
    assert Attachment.objects.count() == 0


def test_a_kept_file_leaves_as_a_harmless_download_for_its_readers_only(cast: County) -> None:
    problem = make_problem(cast, cast.agri)
    upload(enter(cast.nongye), problem, "../" + "长" * 300 + "佐证.png", PNG)
    kept = Attachment.objects.get()

    mine = enter(cast.nongye).get(reverse("accounts:attachment", args=[kept.pk]))
    theirs = enter(cast.jiaoyu).get(reverse("accounts:attachment", args=[kept.pk]))

    assert b"".join(mine.streaming_content) == PNG
    assert mine["Content-Disposition"].startswith("attachment")
    assert (mine["X-Content-Type-Options"], mine["Content-Security-Policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    assert theirs.status_code == 404
    assert len(kept.name) <= 120 and "/" not in kept.name and "长" not in kept.file.name


def test_a_file_swapped_behind_the_product_is_not_served(cast: County) -> None:
    problem = make_problem(cast, cast.agri)
    upload(enter(cast.nongye), problem, "佐证.png", PNG)
    kept = Attachment.objects.get()
    with open(kept.file.path, "ab") as stored:
        stored.write(b"x")

    assert enter(cast.nongye).get(reverse("accounts:attachment", args=[kept.pk])).status_code == 404


# --- board, workbench, search ---


@pytest.mark.parametrize(
    ("found", "issued", "handled", "closed", "stage"),
    [(0, 0, 0, 0, 1), (3, 1, 0, 0, 2), (3, 3, 1, 0, 3), (3, 3, 3, 1, 4), (3, 3, 3, 3, 5), (1, 0, 0, 1, 5)],
)
def test_stage_of_a_project_by_its_problems(found: int, issued: int, handled: int, closed: int, stage: int) -> None:
    assert stage_of(found, issued, handled, closed) == stage


def test_workbench_offers_last_years_uncured_problems_and_shows_near_doubles(cast: County) -> None:
    make_problem(cast, cast.agri, description="去年遗留问题", year=2025)
    make_problem(cast, cast.edu, description="别组的遗留问题", year=2025)
    make_paper(cast, "惠农补贴资金发放情况监督")
    make_paper(cast, "惠农补贴资金发放监督检查", organ=cast.edu, lead_organ=cast.edu, created_by=cast.jiaoyu)

    page = enter(cast.nongye).get(reverse("supervision:workbench"), {"year": "2026"}).content.decode()

    assert "去年遗留问题" in page and "别组的遗留问题" not in page
    assert "名称相近的项目" in page


def test_search_stays_within_what_the_reader_may_see(cast: County) -> None:
    make_problem(cast, cast.agri, description="公示栏更新不及时")
    make_problem(cast, cast.edu, description="公示内容不完整")
    address = reverse("supervision:search")

    mine = enter(cast.nongye).get(address, {"q": "公示"}).content.decode()
    short = enter(cast.nongye).get(address, {"q": "公"}).content.decode()

    assert "公示栏更新不及时" in mine and "公示内容不完整" not in mine
    assert "至少两个字" in short


NOTHING = {"items": 0, "problems": 0, "rounds": 0, "documents": 0, "units": 0}


def test_search_narrows_by_kind_and_year(cast: County) -> None:
    make_problem(cast, cast.agri, description="公示不及时")
    make_problem(cast, cast.agri, description="公示不完整", year=2025)
    make_paper(cast, "公示情况监督")
    client, address = enter(cast.nongye), reverse("supervision:search")

    def found(**query: str) -> dict[str, int]:
        answer = client.get(address, {"q": "公示", **query}).context["found"]
        return {name: len(rows) for name, rows in answer.items()}

    assert found() == {**NOTHING, "items": 1, "problems": 2}
    assert found(year="2025") == {**NOTHING, "problems": 1}
    assert found(kind="items") == {**NOTHING, "items": 1}
    assert [client.get(address, {"q": "公示", **one}).status_code for one in ({"kind": "nonsense"}, {"year": "x"})] == [
        422
    ] * 2


def test_a_refusal_on_a_form_opens_its_article(cast: County) -> None:
    values = {
        "unit": cast.units["县农业农村局"].pk,
        "description": "问题",
        "found_on": "2999-01-01",
        "source": "daily",
        "severity": "general",
    }

    page = enter(cast.nongye).post(reverse("supervision:problem_new"), values).content.decode()

    assert "晚于今天" in page
    assert f'href="{reverse("checklists:article", args=["A6.2"])}"' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("示纪改〔2026〕3号", 1),
        ("示纪改[2026]3", 1),
        ("〔2026〕3号", 1),
        ("示纪改〔2026〕4号", 0),
        ("整改通知", 1),
        ("示纪改", 1),
    ],
)
def test_search_finds_a_document_by_its_number_or_title(cast: County, words: str, found: int) -> None:
    document = make_document(cast)
    document.title, document.doc_prefix, document.doc_year, document.doc_number = "整改通知书", "示纪改", 2026, 3
    document.save()

    answer = enter(cast.nongye).get(reverse("supervision:search"), {"q": words})
    foreign = enter(cast.jiaoyu).get(reverse("supervision:search"), {"q": words})

    assert len(answer.context["found"]["documents"]) == found
    assert foreign.context["found"]["documents"] == []
