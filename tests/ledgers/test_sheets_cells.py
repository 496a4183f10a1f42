"""What stands in single cells: days, names, words for nothing, formulas, numbers."""

from datetime import UTC, date, datetime

import pytest
import xlwt

from ledgers.sheets import Directory
from tests.ledgers.workbooks import (
    ANIMALS,
    BUREAU,
    CARD,
    DIRECTORY,
    FARM,
    MONEY,
    ORGAN,
    USUAL,
    line,
    read,
    wrong,
    xls,
    xlsx,
)

pytestmark = pytest.mark.once

FIFTH = date(2026, 3, 5)


def one(**cells):
    """The reading of a ledger with one row."""
    return read(xlsx([USUAL, line(**cells)]))


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 3, 5), datetime(2026, 3, 5, 14, 30, tzinfo=UTC).replace(tzinfo=None), 46086, 46086.5, 20260305, 3.5, "2026.3.5", "2026-3-5", "2026/3/5",
        "2026年3月5日", "2026 年 3 月 5 日", "20260305", "46086", "3月5日", "3.5", "3/5", "26.3.5", "2026.03.05。", "2026年3月5号",
        "２０２６．３．５", "2026．3．5", "2026-03-05 00:00:00", "2026-03-05T10:20:30", "2026年3月5日（星期四）", "2026年3月5日上午", "2026、3、5",
        "二〇二六年三月五日", "三月五日", "\xa02026.3.5\u3000", "260305", "2026年03月05日 09:30",
    ],
)  # fmt: skip
def test_days_as_people_write_them(written):
    reading = one(found=written)

    assert reading.errors == []
    assert reading.rows[0].found_on == FIFTH


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("2026年2月30日", "没有这一天"),
        ("2026.13.5", "没有这一天"),
        ("2月29日", "没有这一天"),
        ("2026年3月", "缺少“日”，请写明年月日"),
        ("2026.3", "缺少“日”，请写明年月日"),
        (2026.3, "缺少“日”，请写明年月日"),
        ("3月", "缺少“日”，请写明年月日"),
        ("3月底", "缺少“日”，请写明年月日"),
        ("3月上旬", "缺少“日”，请写明年月日"),
        ("二季度", "缺少“日”，请写明年月日"),
        ("2026年", "缺少“日”，请写明年月日"),
        ("尽快", "不是日期"),
        ("立行立改", "不是日期"),
        ("12", "不是日期"),
        (3.1, "是数字，分不清是3月1日还是3月10日"),
        ("3/5/2026", "分不清是3月5日还是5月3日"),
        ("2062.3.5", "读成2062-03-05，与2026年台账相差一年以上，年份可能写错"),
        (date(2016, 3, 5), "读成2016-03-05，与2026年台账相差一年以上，年份可能写错"),
        ("2026.3.5-2026.3.9", "写了一段时间或几个日期，只能写一个日期"),
    ],
)
def test_days_that_are_none_are_refused_with_the_reason(written, why):
    reading = one(found=written)

    assert wrong(reading) == [(2, "found_on", "E2")]
    assert why in reading.errors[0].message
    assert reading.errors[0].message.endswith("。请写成例如2026年3月5日的日期。")
    assert reading.rows == []


@pytest.mark.parametrize("written", ["", "无", "/", "—", "——", "-", "／"])
def test_a_day_may_say_that_there_is_none(written):
    assert one(found=written).rows[0].found_on is None


@pytest.mark.parametrize(
    "written",
    [
        "2026年6月30日前",
        "6月30日之前",
        "2026.6.30止",
        "2026.6.1-2026.6.30",
        "6月1日至6月30日",
        "2026年6月30日前完成整改",
    ],
)
def test_a_time_limit_may_be_worded_as_a_limit(written):
    assert one(due=written).rows[0].due_on == date(2026, 6, 30)


@pytest.mark.parametrize(
    ("progress", "closed"),
    [
        ("已整改到位，2026年4月16日销号", date(2026, 4, 16)),
        ("4月16日，已完成整改", date(2026, 4, 16)),
        ("已整改到位（2026.4.16）", date(2026, 4, 16)),
        ("3月20日召开会议部署。\n4月10日整改到位，4月16日销号。", date(2026, 4, 16)),
        ("已追缴3.5万元，2026/4/16办结", date(2026, 4, 16)),
        ("２０２６．４．１６已销号", date(2026, 4, 16)),
        ("已整改到位", None),
        ("正在整改", None),
        ("2026年4月16日未完成", None),
        ("计划2026年4月16日前销号", None),
        ("预计4月16日整改到位", None),
        ("拟于2026年4月16日完成整改", None),
        ("要求4月16日前完成整改", None),
        ("4月16日下发整改通知，计划6月30日完成", None),
        ("4月16日部分整改到位", None),
        ("4月16日申请销号", None),
        ("2026.4.16", None),
    ],
)
def test_a_closing_day_is_taken_from_progress_only_when_it_says_so(progress, closed):
    reading = one(progress=progress)

    assert reading.errors == []
    assert reading.rows[0].closed_on == closed
    assert reading.rows[0].rectification == progress


def test_a_bare_day_under_progress_and_closing_is_the_closing_day():
    header = ["监督任务", "被监督单位", "发现问题", "发现日期", "进展/销号时间"]

    reading = read(
        xlsx([header, [FARM, BUREAU, "甲", "3月5日", "2026.4.16"], [FARM, BUREAU, "乙", "3月5日", date(2026, 4, 17)]])
    )

    assert [row.closed_on for row in reading.rows] == [date(2026, 4, 16), date(2026, 4, 17)]


def test_a_closing_sentence_with_a_day_that_does_not_exist_is_refused():
    assert wrong(one(progress="已整改到位，2026年2月30日销号")) == [(2, "closed_on", "I2")]


@pytest.mark.parametrize("words", ["未销号", "否", "正在整改", "整改中", "持续推进"])
def test_the_closing_column_may_say_not_yet(words):
    assert one(closed=words).rows[0].closed_on is None


def test_the_closing_column_may_say_it_in_a_sentence():
    assert one(closed="2026年4月16日已销号").rows[0].closed_on == date(2026, 4, 16)
    assert wrong(one(closed="已销号")) == [(2, "closed_on", "J2")]


def test_days_in_the_wrong_order_are_refused():
    assert wrong(one(found="2026.3.5", closed="2026.3.4")) == [(2, "closed_on", "J2")]
    assert wrong(one(found="2026.3.5", due="2026.3.4")) == [(2, "due_on", "H2")]
    assert one(found="2026.3.5", due="2026.3.5", closed="2026.3.5").errors == []


def test_whether_closed_without_a_day_is_said_not_guessed():
    header = ["监督任务", "被监督单位", "发现问题", "发现日期", "是否销号"]

    reading = read(xlsx([header, [FARM, BUREAU, "甲", "3月5日", "是"], [FARM, BUREAU, "乙", "3月5日", "否"]]))

    assert [row.closed_on for row in reading.rows] == [None, None]
    assert reading.notes == ["第2行写明已销号但没有销号日期，按未销号读入。"]


@pytest.mark.parametrize("nothing", ["无", "/", "—", "-", "——", "无。", " 无 ", "／", "暂无"])
def test_words_for_nothing_are_nothing(nothing):
    (row,) = one(clue=nothing, handling=nothing).rows

    assert (row.clue, row.handling) == ("", "")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("（1）村级账目报账拖延；", "（1）村级账目报账拖延；"),
        ("1.采购验收单缺少双人签字。", "1.采购验收单缺少双人签字。"),
        ("一、公示不及时", "一、公示不及时"),
        ("①公示不及时；", "①公示不及时；"),
        ("3.5万元补贴滞留", "3.5万元补贴滞留"),
        ("3、5月份台账缺失", "3、5月份台账缺失"),
        ("2026.3.5检查发现账实不符", "2026.3.5检查发现账实不符"),
        ("1.账目不清；\n2.票据缺失。", "1.账目不清；\n2.票据缺失。"),
        ("账目不清。票据缺失。", "账目不清。票据缺失。"),
        ("\u3000\xa0 公示\n不及时 \n", "公示\n不及时"),
        ("党费“三资”（2024年）未公开", "党费“三资”（2024年）未公开"),
        (12.0, "12"),
        ("85%", "85%"),
    ],
)
def test_a_problem_is_kept_as_written_and_trimmed(written, kept):
    assert one(problem=written).rows[0].problem == kept


@pytest.mark.parametrize(
    "written",
    [
        '惠农补贴"一卡通"发放情况监督',
        "惠农补贴一卡通发放情况监督",
        "2.惠农补贴“一卡通”\n发放情况监督",
        "（二）惠农补贴「一卡通」发放情况 监督",
        "《惠农补贴“一卡通”发放情况监督》",
        "惠农补贴＂一卡通＂发放情况监督。",
    ],
)
def test_task_names_match_whatever_their_marks(written):
    assert one(task=written).rows[0].task == CARD


def test_near_names_are_offered_and_never_taken():
    reading = one(task="农村集体三资管理监督", unit="农业农村局")

    assert reading.rows == []
    assert [(error.column, error.choices, error.text) for error in reading.errors] == [
        ("task", (MONEY,), "农村集体三资管理监督"),
        ("unit", (BUREAU,), "农业农村局"),
    ]
    assert reading.errors[1].message == (
        f"C2（被监督单位）写的是“农业农村局”，不是{ORGAN}的被监督单位。是否为“县农业农村局”？请选择或改正。"
    )
    assert reading.drafts[0].problem == "台账不全"


def test_a_wording_once_explained_is_known():
    directory = Directory(ORGAN, 2026, DIRECTORY.tasks, DIRECTORY.units, {"畜牧中心": ANIMALS, "旧局": "不存在的单位"})

    assert read(xlsx([USUAL, line(unit="畜牧 中心")]), directory=directory).rows[0].unit == ANIMALS
    assert wrong(read(xlsx([USUAL, line(unit="旧局")]), directory=directory)) == [(2, "unit", "C2")]


def test_two_units_in_one_cell_are_refused_by_name():
    reading = one(unit="县农业农村局、县畜牧服务中心")

    assert "写了2个单位，一行只能登记一个被监督单位，请分行填写" in reading.errors[0].message


@pytest.mark.parametrize("text", ["=1+1", "＝1+1", "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize(
    ("field", "cell"), [("problem", "D2"), ("task", "B2"), ("unit", "C2"), ("clue", "F2"), ("handling", "K2")]
)
def test_formulas_are_no_text(field, cell, text):
    reading = one(**{field: text})

    assert wrong(reading) == [(2, field, cell)]
    assert "是公式，不是文字" in reading.errors[0].message


@pytest.mark.parametrize("size", [1, 400])
def test_formulas_of_legacy_workbooks_are_no_text_either(size):
    rows = [USUAL] + [line(number, problem=f"问题{number}号") for number in range(size)]
    rows.append(line(9, problem=xlwt.Formula('"a"&"b"'), clue=xlwt.Formula("1+1"), due=xlwt.Formula("E3+15")))

    reading = read(xls(rows), "台账.xls")

    last = size + 2
    assert wrong(reading) == [(last, "problem", f"D{last}"), (last, "clue", f"F{last}"), (last, "due_on", f"H{last}")]
    assert len(reading.rows) == size


def test_a_row_of_nothing_but_formulas_is_refused():
    def only_formula(book):
        book.active["D3"] = "=A1&B1"

    reading = read(xlsx([USUAL, line()], change=only_formula))

    assert (3, "problem", "D3") in wrong(reading)


def test_a_day_that_is_a_formula_without_result_is_refused():
    assert wrong(one(due="=E2+15")) == [(2, "due_on", "H2")]


def test_a_fault_of_a_formula_is_refused():
    def fault(book):
        book.active["D2"] = "#REF!"
        book.active["D2"].data_type = "e"

    assert wrong(read(xlsx([USUAL, line()], change=fault))) == [(2, "problem", "D2")]


def test_several_errors_of_one_row_are_all_said():
    reading = one(task="别的任务", unit="别的单位", found="尽快", due="尽快")

    assert wrong(reading) == [(2, "task", "B2"), (2, "unit", "C2"), (2, "found_on", "E2"), (2, "due_on", "H2")]


def test_method_and_time_in_one_column():
    header = ["序号", "被监督单位", "监督任务", "监督方式/时间", "发现问题", "整改情况"]

    (row,) = read(xlsx([header, [1, BUREAU, FARM, "现场检查\n2026.3.5", "甲", "正在整改"]])).rows

    assert (row.method, row.found_on) == ("现场检查\n2026.3.5", FIFTH)


def test_workbooks_that_count_days_from_1904():
    def mac(book):
        book.epoch = datetime(1904, 1, 1, tzinfo=UTC).replace(tzinfo=None)

    assert read(xlsx([USUAL, line(found=FIFTH)], change=mac)).rows[0].found_on == FIFTH


def test_a_clue_is_a_number_and_no_story():
    reading = one(clue="反映" + "某" * 60)

    assert wrong(reading) == [(2, "clue", "F2")]
    assert reading.errors[0].message == "F2（问题线索）写了62个字，最多60个字。只登记线索编号，不写线索内容。"


def test_a_day_of_finding_may_say_how():
    header = ["监督任务", "被监督单位", "发现问题", "发现日期/方式", "整改时限", "销号日期/审批人"]
    rows = [
        [FARM, BUREAU, "甲", "2026.3.5现场检查", "", "2026.4.16/张三"],
        [FARM, BUREAU, "乙", "2026年3月5日前后", "", ""],
    ]

    reading = read(xlsx([header, *rows]))

    assert [(row.problem, row.found_on, row.closed_on) for row in reading.rows] == [("甲", FIFTH, date(2026, 4, 16))]
    assert wrong(reading) == [(3, "found_on", "D3")]
