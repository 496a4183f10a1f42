"""Layouts of ledgers: where the header stands, how it is worded, what is merged, what is no row."""

from datetime import date

import pytest

from ledgers.sheets import Directory
from tests.ledgers.workbooks import (
    ANIMALS,
    BUREAU,
    CARD,
    FARM,
    MACHINES,
    MONEY,
    ORGAN,
    USUAL,
    fill,
    line,
    read,
    wrong,
    xls,
    xlsx,
)

pytestmark = pytest.mark.once


def test_header_in_row_eight_after_a_blank_column():
    head = [[], ["", "县纪委监委政治监督工作台账"], [], ["", "填报单位：" + ORGAN], [], [], []]
    rows = [["", *USUAL], ["", *line(1)], ["", *line(2, CARD, ANIMALS, "补贴滞留", "2026.4.1")]]

    reading = read(xlsx(head + rows))

    assert [(row.row, row.task, row.unit, row.problem, row.found_on) for row in reading.rows] == [
        (9, FARM, BUREAU, "台账不全", date(2026, 3, 5)),
        (10, CARD, ANIMALS, "补贴滞留", date(2026, 4, 1)),
    ]
    assert reading.errors == []
    assert reading.notes == []


@pytest.mark.parametrize(
    "header",
    [
        ["单位名称", "任务名称", "存在问题", "发现时间", "线索编号", "整改建议", "整改期限", "整改进展", "销号时间", "处置情况"],
        ["被检查单位", "监督项目", "主要问题", "检查发现时间", "问题线索（编号）", "监督建议", "完成时限", "完成情况", "办结时间", "问责处理"],
        ["责任单位", "工作任务", "问题描述", "发现问题日期", "线索", "意见建议", "整改完成时限", "进展情况", "销号日期", "处理结果"],
        ["被监督\n单位", "监 督 任 务", "发现\n问题", "发现\n时间", "问题线索\n（编号）", "提出意见\n建议", "整改\n时限", "整改\n情况", "销号\n时间", "处理\n情况"],
        ["被监督单位名称*", "重点任务", "问题表现", "发现日期（必填）", "问题线索编号", "整改意见建议", "整改截止时间", "整改落实情况", "完成时间", "处理处置情况"],
        ["监督对象", "监督检查项目", "发现的主要问题", "检查时间", "移交线索编号", "整改要求", "限期整改时间", "整改结果", "整改完成时间", "追责问责情况"],
        ["单位", "项目", "问题", "时间", "线索情况", "建议", "时限", "进度", "销号", "处理"],
    ],
)  # fmt: skip
def test_wordings_of_headings(header):
    row = [
        ANIMALS,
        CARD,
        "补贴滞留",
        "2026.4.1",
        "A-2026-001",
        "限期发放",
        "2026.4.20",
        "已整改",
        "2026.4.18",
        "谈话提醒1人",
    ]

    reading = read(xlsx([["2026年工作台账"], header, row]))

    assert reading.errors == []
    (found,) = reading.rows
    assert (found.unit, found.task, found.problem, found.found_on) == (ANIMALS, CARD, "补贴滞留", date(2026, 4, 1))
    assert (found.clue, found.suggestion, found.due_on) == ("A-2026-001", "限期发放", date(2026, 4, 20))
    assert (found.rectification, found.closed_on, found.handling) == ("已整改", date(2026, 4, 18), "谈话提醒1人")


def test_columns_in_another_order_with_strange_ones_between():
    header = [
        "处理情况",
        "问题类别",
        "发现问题",
        "监督方式",
        "责任人",
        "被监督单位",
        "更新日期",
        "监督任务",
        "备注",
        "整改时限",
        "发现时间",
    ]
    row = [
        "批评教育2人",
        "作风",
        "公示不及时",
        "现场检查",
        "张三",
        MACHINES,
        "2026.6.1",
        MONEY,
        "见附件",
        "2026-5-1",
        "2026-4-1",
    ]

    (found,) = read(xlsx([header, row])).rows

    assert (found.handling, found.problem, found.method, found.handler) == (
        "批评教育2人",
        "公示不及时",
        "现场检查",
        "张三",
    )
    assert (found.unit, found.task, found.due_on, found.found_on) == (
        MACHINES,
        MONEY,
        date(2026, 5, 1),
        date(2026, 4, 1),
    )


def test_three_row_header_with_group_titles():
    header = [
        ["序号", "监督任务", "被监督单位", "问题情况", "", "", "整改情况", "", "", "处理情况"],
        ["", "", "", "发现问题", "", "问题线索", "整改时限", "进展", "销号时间", ""],
        ["", "", "", "描述", "时间", "", "", "", "", ""],
    ]
    merge = ["A1:A3", "B1:B3", "C1:C3", "D1:F1", "D2:E2", "F2:F3", "G1:I1", "G2:G3", "H2:H3", "I2:I3", "J1:J3"]
    row = [1, FARM, BUREAU, "资料缺失", "3月5日", "无", "3月20日", "已整改", "2026/3/18", "无"]

    reading = read(xlsx([*header, row], merge=merge))

    assert reading.errors == []
    (found,) = reading.rows
    assert (found.row, found.problem, found.found_on, found.clue) == (4, "资料缺失", date(2026, 3, 5), "")
    assert (found.due_on, found.rectification, found.closed_on) == (date(2026, 3, 20), "已整改", date(2026, 3, 18))
    assert found.handling == ""


def test_two_row_header_without_merged_cells():
    header = [
        ["序号", "监督任务", "被监督单位", "发现问题", "", "整改情况", "", ""],
        ["", "", "", "问题描述", "发现时间", "整改时限", "进展", "销号时间"],
    ]
    row = [1, FARM, BUREAU, "资料缺失", "3月5日", "3月20日", "正在整改", ""]

    (found,) = read(xlsx([*header, row])).rows

    assert (found.problem, found.found_on, found.due_on, found.rectification) == (
        "资料缺失", date(2026, 3, 5), date(2026, 3, 20), "正在整改",
    )  # fmt: skip


def test_several_sheets_are_all_read_and_notes_are_not():
    def add(book):
        book.active.title = "填报说明"
        for name, number in (("一季度", 3), ("二季度", 5)):
            fill(book.create_sheet(name), [USUAL, line(1, found=f"2026.{number}.5"), line(2, unit="别的单位")])

    reading = read(xlsx([["填报说明"], ["1.逐项填写"]], change=add))

    assert [(row.sheet, row.row, row.found_on) for row in reading.rows] == [
        ("一季度", 2, date(2026, 3, 5)),
        ("二季度", 2, date(2026, 5, 5)),
    ]
    assert reading.sheets == ["一季度", "二季度"]
    assert [(error.sheet, error.row) for error in reading.errors] == [("一季度", 3), ("二季度", 3)]
    assert reading.errors[1].message.startswith("“二季度”表的C3（被监督单位）写的是“别的单位”")


def test_hidden_sheets_and_samples_are_left_out_and_named():
    def add(book):
        for name in ("旧台账", "示例"):
            fill(book.create_sheet(name), [USUAL, line(1, problem="不应读入")])
        book["旧台账"].sheet_state = "hidden"

    reading = read(xlsx([USUAL, line(1)], change=add))

    assert [row.problem for row in reading.rows] == ["台账不全"]
    assert reading.notes == ["工作表“旧台账”已隐藏，没有读入。", "工作表“示例”是示例，没有读入。"]


def test_a_ledger_that_stands_only_in_a_hidden_sheet_is_read():
    def hide(book):
        book.create_sheet("封面")["A1"] = "封面"
        book["工作台账"].sheet_state = "hidden"

    assert len(read(xlsx([USUAL, line(1)], change=hide)).rows) == 1


def test_totals_signatures_notes_numbering_and_page_breaks_are_no_rows():
    rows = [
        ["2026年工作台账"],
        USUAL,
        ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"],
        line(1),
        [],
        ["", "小计", "", "1个"],
        ["2026年工作台账"],
        USUAL,
        line(2, CARD, MACHINES, "公示不及时"),
        ["合计", "", "", "=COUNTA(D4:D9)"],
        [3],
        ["总计：2个问题"],
        ["注：本表每季度报送一次。"],
        ["单位负责人：张三", "", "", "填表人：李四", "", "联系电话：123456"],
        ["填报日期：2026年6月25日"],
    ]

    reading = read(xlsx(rows))

    assert [(row.row, row.problem) for row in reading.rows] == [(4, "台账不全"), (9, "公示不及时")]
    assert reading.errors == []


def test_second_table_with_other_columns_below_the_first():
    other = ["被监督单位", "监督任务", "发现问题", "发现日期", "整改时限"]
    rows = [USUAL, line(1), [], ["二季度"], other, [ANIMALS, CARD, "补贴滞留", "2026.5.1", "2026.5.20"]]

    reading = read(xlsx(rows))

    assert [(row.row, row.unit, row.problem, row.due_on) for row in reading.rows] == [
        (2, BUREAU, "台账不全", None),
        (6, ANIMALS, "补贴滞留", date(2026, 5, 20)),
    ]


def test_merged_tasks_units_and_days_fill_their_range():
    rows = [
        USUAL,
        line(1, FARM, BUREAU, "甲"),
        line(2, "", "", "乙", ""),
        [],
        line(3, "", "", "丙", ""),
        line(4, CARD, ANIMALS, "丁", "4月1日"),
    ]

    reading = read(xlsx(rows, merge=["B2:B5", "C2:C5", "E2:E5"]))

    assert [(row.row, row.task, row.unit, row.problem, row.found_on) for row in reading.rows] == [
        (2, FARM, BUREAU, "甲", date(2026, 3, 5)),
        (3, FARM, BUREAU, "乙", date(2026, 3, 5)),
        (5, FARM, BUREAU, "丙", date(2026, 3, 5)),
        (6, CARD, ANIMALS, "丁", date(2026, 4, 1)),
    ]
    assert reading.notes == []


def test_tasks_written_once_per_group_are_filled_and_said_so():
    rows = [USUAL, line(1, FARM), line(2, "", problem="乙"), line(3, "同上", problem="丙"), line(4, CARD, "〃", "丁")]

    reading = read(xlsx(rows))

    assert [(row.task, row.unit) for row in reading.rows] == [
        (FARM, BUREAU),
        (FARM, BUREAU),
        (FARM, BUREAU),
        (CARD, BUREAU),
    ]
    assert reading.notes == [
        "第3、4行的监督任务没有写，按上一行填写。",
        "第5行的被监督单位没有写，按上一行填写。",
    ]


def test_a_task_missing_where_every_row_names_its_own_was_forgotten():
    rows = [USUAL, line(1), line(2, problem="乙"), line(3, "", problem="丙")]

    assert wrong(read(xlsx(rows))) == [(4, "task", "B4")]


def test_a_unit_missing_is_never_guessed_from_the_row_above():
    rows = [USUAL, line(1), line(2, CARD, "", "乙"), line(3, MONEY, ANIMALS, "丙"), line(4, MONEY, MACHINES, "丁")]

    reading = read(xlsx(rows))

    assert wrong(reading) == [(3, "unit", "C3")]
    assert reading.errors[0].message == "C3（被监督单位）是空的，没有写明被监督单位。请补写。"


def test_tasks_as_section_titles_between_the_rows():
    header = ["序号", "被监督单位", "发现问题", "发现日期", "整改时限"]
    rows = [
        header,
        ["一、" + FARM],
        [1, BUREAU, "甲", "3月5日", ""],
        [2, ANIMALS, "乙", "3月6日", ""],
        ["二", CARD],
        [1, BUREAU, "丙", "4月1日", ""],
    ]

    reading = read(xlsx(rows, merge=["A2:E2", "B5:E5"]))

    assert [(row.row, row.task, row.problem) for row in reading.rows] == [
        (3, FARM, "甲"),
        (4, FARM, "乙"),
        (6, CARD, "丙"),
    ]
    assert reading.errors == []


def test_unit_named_above_the_table():
    rows = [
        ["2026年台账"],
        ["被监督单位：县畜牧服务中心", "", "填报时间：2026.6.25"],
        ["监督任务", "发现问题", "发现日期"],
        [FARM, "甲", "3月5日"],
    ]

    assert [row.unit for row in read(xlsx(rows)).rows] == [ANIMALS]


def test_rows_that_report_no_problem_are_left_out_and_said_so():
    rows = [
        USUAL,
        line(1),
        line(2, CARD, ANIMALS, "未发现问题", ""),
        line(3, MONEY, MACHINES, "无", "2026.4.1"),
        line(4, MONEY, MACHINES, "", ""),
    ]

    reading = read(xlsx(rows))

    assert [row.row for row in reading.rows] == [2]
    assert reading.errors == []
    assert reading.notes == ["第3、4行写明没有发现问题，没有读入。", "第5行没有写问题，没有读入。"]


def test_one_problem_over_two_lines_is_one_row():
    rows = [USUAL, line(1, suggestion="补齐资料"), ["", "", "", "", "", "", "明确专人"], line(2, CARD, ANIMALS, "乙")]

    reading = read(xlsx(rows, merge=["A2:A3", "B2:B3", "C2:C3", "D2:D3"]))

    assert [(row.row, row.problem, row.suggestion) for row in reading.rows] == [
        (2, "台账不全", "补齐资料\n明确专人"),
        (4, "乙", ""),
    ]


def test_a_remembered_mapping_wins():
    header = ["监督任务", "被监督单位", "发现问题", "情况一", "情况二", "发现日期"]
    data = xlsx([header, [FARM, BUREAU, "甲", "补齐资料", "A-1", "3月5日"]])

    before = read(data)
    after = read(data, mapping={**before.mapping, "情况一": "suggestion", "情况二": "clue", "发现日期": ""})

    assert before.mapping["情况一"] == ""
    assert (before.rows[0].suggestion, before.rows[0].clue) == ("", "")
    assert (after.rows[0].suggestion, after.rows[0].clue, after.rows[0].found_on) == ("补齐资料", "A-1", None)


def test_the_year_of_the_title_completes_days_and_is_compared():
    rows = [["2025年政治监督工作台账"], USUAL, line(1, found="3月5日")]

    reading = read(xlsx(rows))

    assert reading.rows[0].found_on == date(2025, 3, 5)
    assert reading.notes == ["工作表“工作台账”写的是2025年，正在导入2026年的台账，请核对年度。"]


def test_another_organ_in_the_head_is_said():
    rows = [["填报单位：柳河镇纪委"], USUAL, line(1)]

    assert read(xlsx(rows)).notes == [f"表头写的填报单位是“柳河镇纪委”，正在导入{ORGAN}的台账，请核对。"]


@pytest.mark.parametrize(
    ("filename", "make"), [("台账.xls", xls), ("台账.et", xls), ("台账.ET", xls), ("台账.et", xlsx), ("台账.xls", xlsx)]
)
def test_legacy_and_wps_files(filename, make):
    merge = [(1, 2, 1, 1)] if make is xls else ["B2:B3"]
    rows = [USUAL, line(1.0, found=date(2026, 3, 5)), line(2.0, "", problem="乙", found="3月6日")]

    reading = read(make(rows, merge=merge), filename)

    assert [(row.row, row.task, row.problem, row.found_on) for row in reading.rows] == [
        (2, FARM, "台账不全", date(2026, 3, 5)),
        (3, FARM, "乙", date(2026, 3, 6)),
    ]


def test_an_organ_with_one_unit_needs_no_column_for_it():
    alone = Directory(ORGAN, 2026, (FARM,), (BUREAU,))

    reading = read(xlsx([["发现问题", "发现日期", "整改时限"], ["甲", "3月5日", ""]]), directory=alone)

    assert [(row.task, row.unit) for row in reading.rows] == [(FARM, BUREAU)]


def test_a_first_row_of_words_is_no_second_header():
    header = ["被监督单位", "监督任务", "发现问题", "意见建议", "备注"]
    row = [BUREAU, FARM, "资金发放问题突出", "限期整改", "已下发整改通知"]

    reading = read(xlsx([header, row]))

    assert [(found.row, found.problem) for found in reading.rows] == [(2, "资金发放问题突出")]


def test_headings_nobody_foresaw_are_known_by_a_tell_tale_word():
    header = [
        "所涉及的被监督单位全称",
        "对应的监督任务",
        "检查中发现的问题及表现",
        "检查组发现日期",
        "督促整改的建议内容",
        "整改到位及销号日期",
    ]
    row = [BUREAU, FARM, "甲", "3月5日", "补齐", "3月20日"]

    (found,) = read(xlsx([header, row])).rows

    assert (found.unit, found.task, found.problem, found.suggestion) == (BUREAU, FARM, "甲", "补齐")
    assert (found.found_on, found.closed_on) == (date(2026, 3, 5), date(2026, 3, 20))
