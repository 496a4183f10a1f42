"""Tables as offices have them: quotes, titles, headings with other words, rows that are there already."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.sheets.dates import day_of
from ledgers.actions import books
from ledgers.books.cells import rows_of_cells, text_of_rows
from ledgers.books.register import REGISTERS
from ledgers.models import StudyRecord
from tests.factories import NOW, County, county
from tests.ledgers.registers import made, official, sent


@pytest.fixture
def cast() -> County:
    return county()


def enter(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def paste(cast: County, key: str, text: str, **sent: Any) -> Any:
    return enter(cast.nongye).post(reverse("ledgers:register_paste", args=[key]), {"text": text, **sent})


# --- quotes -------------------------------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("copied", "rows"),
    [
        ('"三重一大"决策\t5', [['"三重一大"决策', "5"]]),
        ('"三重一大"\t5\n', [['"三重一大"', "5"]]),
        ('"引号没关\t4\n自学\t5', [['"引号没关', "4"], ["自学", "5"]]),
        ('"引号没关\t4\n"三重一大"\t5', [['"引号没关', "4"], ['"三重一大"', "5"]]),
        ('决定"不再"办理\t5', [['决定"不再"办理', "5"]]),
        ('"第一行\n第二行"\t5\r\n自学', [["第一行\n第二行", "5"], ["自学"]]),
        ('"他说""可以"""\t5', [['他说"可以"', "5"]]),
        ('a\t"b\tc"\r\n', [["a", "b\tc"]]),
        ("a\t\t\n\nb", [["a", "", ""], [""], ["b"]]),
        ('a\t""\tb', [["a", "", "b"]]),
        ('末尾"', [['末尾"']]),
    ],
)
def test_only_the_quotes_of_the_spreadsheet_are_taken_off(copied: str, rows: list[list[str]]) -> None:
    assert rows_of_cells(copied) == rows
    assert rows_of_cells(text_of_rows(rows)) == rows


@pytest.mark.django_db
def test_rows_with_quotes_are_imported_as_they_were_written(cast: County) -> None:
    text = '类别\t日期\t主题\t参加人数\n自学\t2026-02-03\t"引号没关\t4\n自学\t2026-02-04\t"三重一大"决策\t5'

    answer = paste(cast, "studies", text, keep="1")

    assert answer.status_code == 302
    assert list(StudyRecord.objects.order_by("pk").values_list("theme", flat=True)) == ['"引号没关', '"三重一大"决策']


# --- the entry line -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_name_that_nobody_bears_is_said_and_stays_in_the_box(cast: County) -> None:
    line = {"talk_date": "2026-02-03", "kind": "integrity_talk", "talker": "李青", "talker_level": "organ_head"}
    address = reverse("ledgers:register", args=["talks"])

    wrong = enter(cast.nongye).post(address, line | {"official": "", "official_typed": "不存在的人"})
    empty = enter(cast.nongye).post(address, line | {"official": "", "official_typed": " "})
    right = enter(cast.nongye).post(
        address, line | {"official": official(cast.units["县农业农村局"]).pk, "official_typed": "张三（县农业农村局局长）"}
    )  # fmt: skip

    official(cast.units["县畜牧服务中心"])
    two = enter(cast.nongye).post(address, line | {"official": "", "official_typed": "张三"}).content.decode()

    page = wrong.content.decode()
    assert "“张三”有几个相近的名称，请从列表中选定一个。" in two
    assert "没有找到“不存在的人”，请从列表中选择，或先在监督对象名录中登记。" in page
    assert 'data-typed="不存在的人"' in page
    assert (wrong.status_code, empty.status_code, right.status_code) == (422, 422, 302)
    assert "没有找到" not in empty.content.decode()


@pytest.mark.django_db
def test_a_unit_that_need_not_be_named_is_asked_about_once_something_was_typed(cast: County) -> None:
    data = sent("losses", cast.agri, cast.nongye) | {"unit": "", "unit_typed": "县没有的局"}

    answer = enter(cast.nongye).post(reverse("ledgers:register_new", args=["losses"]), data)

    assert "没有找到“县没有的局”，请从列表中选择" in answer.content.decode()


# --- twice --------------------------------------------------------------------------------------------------------------

STUDIES = "类别\t日期\t主题\t参加人数\n自学\t2026-02-03\t民法典\t4\n自学\t2026-02-04\t监察法\t5"


@pytest.mark.django_db
def test_the_same_table_is_taken_once_unless_the_clerk_insists(cast: County) -> None:
    first = paste(cast, "studies", STUDIES, keep="1")
    second = paste(cast, "studies", STUDIES + "\n自学\t2026-02-05\t政务处分法\t6", keep="1")
    insisted = paste(cast, "studies", STUDIES, keep="1", again="on")

    faults = [line.wrong.get("", []) for line in second.context["lines"]]
    assert (first.status_code, second.status_code, insisted.status_code) == (302, 422, 302)
    assert ["与已登记的记录相同，已登记的不用再导入。" in "".join(fault) for fault in faults] == [True, True, False]
    assert "仍然导入相同的记录" in second.content.decode()
    assert StudyRecord.objects.count() == 4


@pytest.mark.django_db
def test_a_row_that_stands_twice_in_the_table_names_the_first(cast: County) -> None:
    answer = paste(cast, "studies", STUDIES + "\n自学\t2026-02-03\t民法典\t4", keep="1")

    assert ["相同，请删去重复的一行" in str(line.wrong) for line in answer.context["lines"]] == [False, False, True]
    assert StudyRecord.objects.count() == 0


@pytest.mark.django_db
def test_what_was_taken_out_or_is_another_organs_may_be_imported(cast: County) -> None:
    mine, other = made("studies", cast.agri, cast.nongye), made("studies", cast.edu, cast.jiaoyu)
    books.take_out(mine, reason="登记错误", by=cast.nongye, at=NOW)

    answer = paste(cast, "studies", "类别\t日期\t主题\t参加人数\n系列讲座\t2026-02-03\t纪法贯通第一期\t9", keep="1")

    assert (answer.status_code, StudyRecord.objects.live().count()) == (302, 2)
    assert other.theme == "纪法贯通第一期"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "door"), [("talks", "register"), ("visits", "register_new"), ("talks", "register_new")]
)
def test_a_second_entry_is_kept_and_told_of_the_first(cast: County, key: str, door: str) -> None:
    client, data = enter(cast.nongye), sent(key, cast.agri, cast.nongye)
    address = reverse(f"ledgers:{door}", args=[key])

    pages = [client.post(address, data, follow=True).content.decode() for _ in range(2)]

    first = REGISTERS[key].model.objects.order_by("pk")[0]
    link = f'<a href="{reverse("ledgers:register_record", args=[key, first.pk])}">一条</a>相同，如属重复请删除。'
    assert [link in page for page in pages] == [False, True]
    assert REGISTERS[key].model.objects.count() == 2


# --- ordinary office files ----------------------------------------------------------------------------------------------

OFFICE = "2026年学习培训台账\n\n序号\t类别\t日期\t学习主题\t参加人员数\t主讲人\n1\t自学\t2026/2/3 10:30\t民法典\t4\t李青\n\n2\t自学\t2月30日\t监察法\t5\t王五"


@pytest.mark.django_db
def test_a_title_and_empty_rows_are_passed_over_and_rows_keep_their_numbers(cast: County) -> None:
    answer = paste(cast, "studies", OFFICE)

    first, second = answer.context["lines"]
    assert (first.number, second.number) == (4, 6)
    assert first.data["held_on"] == "2026-02-03"
    assert second.wrong["held_on"] == ["“2月30日”没有这一天。"]
    grid = answer.context["grid"]
    titles = [
        "序号（不导入）",
        "类别",
        "日期",
        "学习主题（不导入）",
        "参加人员数（不导入）",
        "主讲人（不导入）",
    ]
    assert [column["title"] for column in grid["columns"]] == titles
    assert grid["rows"][2] == ["序号", "类别", "日期", "学习主题", "参加人员数", "主讲人"]
    assert grid["rows"][5] == ["2", "自学", "2月30日", "监察法", "5", "王五"]


@pytest.mark.django_db
def test_a_field_that_must_be_filled_gets_its_column_behind_the_others(cast: County) -> None:
    grid = paste(cast, "studies", "日期\t主题\n2026-02-03\t民法典").context["grid"]

    assert grid["rows"] == [["日期", "主题", "类别", "参加人数"], ["2026-02-03", "民法典", "", ""]]


@pytest.mark.django_db
def test_a_heading_put_right_takes_its_column_in(cast: County) -> None:
    rows = paste(cast, "studies", OFFICE).context["grid"]["rows"]
    rows[2][3:5], rows[5][2] = ["主题", "参加人数"], "2月28日"

    answer = paste(cast, "studies", text_of_rows(rows), keep="1")

    assert answer.status_code == 302
    assert list(StudyRecord.objects.order_by("pk").values_list("theme", "attendees")) == [("民法典", 4), ("监察法", 5)]


@pytest.mark.django_db
def test_columns_without_a_field_are_named_with_the_field_that_may_be_meant(cast: County) -> None:
    page = paste(cast, "studies", OFFICE).content.decode()

    assert "第4列“学习主题”没有对应的栏目，没有导入；如果就是“主题”，请改表头后再核对。" in page
    assert "第5列“参加人员数”没有对应的栏目，没有导入；如果就是“参加人数”，请改表头后再核对。" in page
    assert "第6列“主讲人”没有对应的栏目，没有导入。" in page
    assert "“序号”没有对应" not in page


@pytest.mark.django_db
def test_a_workbook_with_a_title_is_read_and_a_twin_is_named_by_its_row_in_the_sheet(cast: County) -> None:
    paste(cast, "studies", STUDIES, keep="1")
    made_book = openpyxl.Workbook()
    for row in (
        [],
        ["学习培训台账"],
        ["类别", "日期", "主题", "参加人数"],
        [],
        ["自学", date(2026, 2, 3), "民法典", 4],
    ):
        made_book.active.append(row)
    out = io.BytesIO()
    made_book.save(out)

    answer = enter(cast.nongye).post(
        reverse("ledgers:register_paste", args=["studies"]), {"file": SimpleUploadedFile("表.xlsx", out.getvalue())}
    )

    assert answer.context["lines"][0].wrong == {"": ["第5行与已登记的记录相同，已登记的不用再导入。"]}


@pytest.mark.django_db
def test_a_day_with_a_year_that_cannot_be_is_told_in_words_of_the_register(cast: County) -> None:
    answer = paste(cast, "studies", "类别\t日期\t主题\t参加人数\n自学\t62.3.5\t民法典\t4")

    year = timezone.localdate().year
    assert answer.context["lines"][0].wrong["held_on"] == [
        f"“62.3.5”读成2062-03-05，年份与{year}年相差一年以上，请用四位数写明年份后再核对。"
    ]


@pytest.mark.once
@pytest.mark.parametrize("text", ["2026/3/5 10:30", "2026-3-5 9:05:00", "3月5日 10时30分", "2026/3/5"])
def test_the_hour_behind_a_day_is_passed_over(text: str) -> None:
    assert day_of(text, year=2026) == date(2026, 3, 5)


# --- tables that clerks made for themselves ------------------------------------------------------------------------------


@pytest.mark.django_db
def test_short_headings_in_another_order_are_taken_for_the_one_field_they_can_mean(cast: County) -> None:
    text = "金额\t日期\t单位\t凭证\n￥1,200.50元\t2月3日\t县农业农村局\t票7"

    answer = paste(cast, "losses", text)

    assert [head for _, head in answer.context["heads"]] == ["金额（元）", "确认日期", "涉及单位", "（不导入）"]
    assert answer.context["lines"][0].wrong == {"receipt": ["请填写票据或凭证编号。"]}


@pytest.mark.django_db
def test_the_unit_of_a_heading_is_never_the_office_that_asks(cast: County) -> None:
    answer = paste(cast, "integrity-opinions", "事由\t人员\t单位\t收到日期\n提拔任用\t张三\t县委组织部\t2026-02-03")

    assert [name for name, _ in answer.context["heads"]] == ["purpose", "official", "", "received_on"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "number"), [("12人", 12), ("12 名", 12), ("1,200人次", 1200), ("１２", 12), ("12.0", 12)]
)
def test_a_number_may_stand_with_the_word_that_counts(cast: County, cell: str, number: int) -> None:
    paste(cast, "studies", f"类别\t日期\t主题\t参加人数\n自学\t2026-02-03\t民法典\t{cell}", keep="1")

    assert StudyRecord.objects.get().attendees == number


@pytest.mark.django_db
@pytest.mark.parametrize("cell", ["约12人", "1.2万", "12-15人", "十二人"])
def test_a_number_that_is_not_one_is_refused_and_not_guessed(cast: County, cell: str) -> None:
    answer = paste(cast, "studies", f"类别\t日期\t主题\t参加人数\n自学\t2026-02-03\t民法典\t{cell}", keep="1")

    assert answer.context["lines"][0].wrong == {"attendees": ["请填写整数，例如12，不带单位。"]}
    assert not StudyRecord.objects.exists()


@pytest.mark.django_db
def test_a_name_set_with_blanks_is_the_name_without_them(cast: County) -> None:
    official(cast.units["县农业农村局"], "王建国")
    head = "谈话日期\t谈话类别\t谈话对象\t谈话人\t谈话人层级"
    row = "2026-02-03\t廉政谈话\t王 建 国\t{}\t其他人员"

    paste(cast, "talks", f"{head}\n{row.format('李　　青')}", keep="1")
    again = paste(cast, "talks", f"{head}\n{row.format('李青')}")

    assert again.context["lines"][0].wrong == {"": ["第2行与已登记的记录相同，已登记的不用再导入。"]}


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["duty-lists", "campaigns", "risks"])
def test_the_workbook_of_a_list_is_read_back_as_a_table(cast: County, key: str) -> None:
    made(key, cast.agri, cast.nongye)
    client = enter(cast.nongye)
    book = client.get(reverse("ledgers:register", args=[key]) + "?format=xlsx").content

    answer = client.post(
        reverse("ledgers:register_paste", args=[key]), {"file": SimpleUploadedFile("表.xlsx", book), "again": "on"}
    )

    (line,) = answer.context["lines"]
    assert all("已有" in said or "属于另一个" in said for sentences in line.wrong.values() for said in sentences)
    heads = [head for _, head in answer.context["heads"]]
    assert heads.count("（不导入）") == (2 if key == "duty-lists" else 1)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["visits", "warnings", "reminders"])
def test_several_units_are_ticked_in_the_entry_line_as_in_the_whole_form(cast: County, key: str) -> None:
    page = enter(cast.nongye).get(reverse("ledgers:register", args=[key])).content.decode()

    begin = page.index("panel entry-line")
    line = page[begin : page.index("</form>", begin)]
    assert line.count('type="checkbox" name="units"') == 3
    assert '<select name="units"' not in line


@pytest.mark.django_db
def test_the_spare_columns_of_the_sheet_are_no_columns_of_the_table(cast: County) -> None:
    answer = paste(cast, "studies", "日期\t主题\t\t\n2026-02-03\t民法典\t\t\n\t\t\t")

    assert [head for _, head in answer.context["heads"]] == ["日期", "主题"]
