"""Many ledgers drawn at random: whatever the layout, order, wording and way of writing days, the reading is the same."""

import random
from datetime import date, timedelta

import pytest

from tests.ledgers.workbooks import DIRECTORY, ORGAN, read, trimmed, xls, xlsx

pytestmark = pytest.mark.once

WORDINGS = {
    "task": ["监督任务", "监督项目", "工作任务", "任务名称", "监督\n任务", "监督检查项目"],
    "unit": ["被监督单位", "单位名称", "被检查单位", "责任单位", "被监督\n单位"],
    "problem": ["发现问题", "存在问题", "问题描述", "主要问题", "发现的问题", "问题表现"],
    "found_on": ["发现日期", "发现时间", "问题发现时间", "发现问题时间"],
    "clue": ["问题线索", "问题线索（编号）", "线索编号", "问题线索\n（编号）"],
    "suggestion": ["提出意见建议", "意见建议", "整改建议", "监督建议"],
    "due_on": ["整改时限", "整改期限", "完成时限", "整改完成时限"],
    "rectification": ["整改情况", "整改进展", "进展情况", "完成情况"],
    "closed_on": ["销号日期", "销号时间", "办结时间"],
    "handling": ["处理情况", "处置情况", "问责处理", "处理结果"],
}
GROUPS = {
    "problem": "发现问题",
    "found_on": "发现问题",
    "due_on": "整改情况",
    "rectification": "整改情况",
    "closed_on": "整改情况",
}
CHILDREN = {
    "problem": "问题描述",
    "found_on": "发现时间",
    "due_on": "整改时限",
    "rectification": "进展",
    "closed_on": "销号时间",
}
PROBLEMS = [
    "村级账目报账拖延，涉及{}个村",
    "采购验收单缺少双人签字，涉及{}份",
    "公务用车派车单填写不完整{}次",
    "隐患排查台账缺{}月份记录",
]
SUGGESTIONS = ["限期发放到位，建立拨付台账", "规范验收程序，落实双人签字", "补齐档案资料，明确专人管理"]
HANDLING = ["", "谈话提醒1人", "下发纪检监察建议书1份", "通报批评3人"]
NOTHING = ["", "无", "/", "—", "-"]


def day_as(day, draw):
    """A day in one of the ways people write it."""
    return draw.choice(
        [
            day,
            f"{day:%Y-%m-%d}",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y/%m/%d}",
            f"{day.month}月{day.day}日",
            f"{day.year}.{day.month}.{day.day}".translate(str.maketrans("0123456789.", "０１２３４５６７８９．")),
            f"{day:%Y%m%d}",
            float((day - date(1899, 12, 30)).days),
        ]
    )


def problems(draw):
    """The rows as they should be read, grouped by task."""
    made = []
    for task in draw.sample(DIRECTORY.tasks, draw.randint(1, 3)):
        for number in range(draw.randint(1, 5)):
            found = date(2026, 1, 10) + timedelta(days=draw.randint(0, 150))
            due = found + timedelta(days=draw.choice([15, 30, 45]))
            closed = draw.choice([None, due - timedelta(days=draw.randint(1, 10))])
            made.append(
                {
                    "task": task,
                    "unit": draw.choice(DIRECTORY.units),
                    "problem": draw.choice(PROBLEMS).format(len(made) * 7 + number + 2),
                    "found_on": found,
                    "clue": draw.choice(["", "", "A-2026-007"]),
                    "suggestion": draw.choice(SUGGESTIONS),
                    "due_on": due,
                    "rectification": "已整改到位" if closed else draw.choice(["正在整改", "未完成"]),
                    "closed_on": closed,
                    "handling": draw.choice(HANDLING),
                }
            )
    return made


class Sheet:
    """A ledger laid out at random."""

    def __init__(self, seed):
        self.draw = random.Random(seed)  # noqa: S311 - a layout, not a secret
        self.expected = problems(self.draw)
        self.rows, self.merge, self.numbers = [], [], []
        self.left = self.draw.randint(0, 1)
        self.fields = list(WORDINGS)
        self.draw.shuffle(self.fields)
        self.mixed = self.draw.random() < 0.3
        self.tall = self.draw.random() < 0.5
        if self.tall:
            self.fields.sort(key=lambda name: list(GROUPS.values()).index(GROUPS[name]) if name in GROUPS else -1)
        if self.mixed:
            self.fields.remove("closed_on")
        self.head()
        self.body()
        self.foot()

    def head(self):
        self.rows += [[]] * self.draw.randint(0, 3)
        self.rows += [[""] * self.left + [f"{ORGAN}2026年政治监督工作台账"]]
        if self.draw.random() < 0.5:
            self.rows += [["", f"填报单位：{ORGAN}", "", "", "填报时间：2026.6.25"]]
        self.top = len(self.rows)
        (self.two_rows if self.tall else self.one_row)()

    def one_row(self):
        titles = [self.draw.choice(WORDINGS[name]) for name in self.fields]
        if self.mixed:
            titles[self.fields.index("rectification")] = "进展/销号时间"
        self.rows.append([""] * self.left + ["序号", *titles, "备注"])

    def two_rows(self):
        first, second, before = [], [], ""
        for place, name in enumerate(self.fields):
            group = GROUPS.get(name, "")
            first.append(self.draw.choice(WORDINGS[name]) if not group else ("" if group == before else group))
            child = "进展/销号时间" if name == "rectification" and self.mixed else CHILDREN.get(name, "")
            second.append(child)
            if not group:
                self.merge.append((self.top, self.top + 1, self.left + 1 + place, self.left + 1 + place))
            before = group
        self.rows.append([""] * self.left + ["序号", *first, "备注"])
        self.rows.append([""] * self.left + ["", *second, ""])
        for group in ("发现问题", "整改情况"):
            places = [place for place, name in enumerate(self.fields) if GROUPS.get(name) == group]
            if len(places) > 1:
                self.merge.append((self.top, self.top, self.left + 1 + places[0], self.left + 1 + places[-1]))

    def body(self):
        begins, before = 0, None
        for number, row in enumerate(self.expected, 1):
            if self.draw.random() < 0.15:
                self.rows.append([])
            written = {name: self.written(name, row) for name in self.fields}
            if row["task"] == before:
                written["task"] = ""
            else:
                self.close(begins)
                begins, before = len(self.rows), row["task"]
            self.rows.append([""] * self.left + [float(number), *written.values()])
            self.numbers.append(len(self.rows))
        self.close(begins)

    def close(self, begins):
        column = self.left + 1 + self.fields.index("task")
        if begins and len(self.rows) - begins > 1:
            self.merge.append((begins, len(self.rows) - 1, column, column))

    def written(self, name, row):
        value, draw = row[name], self.draw
        if name in ("found_on", "due_on"):
            return day_as(value, draw)
        if name == "closed_on":
            return day_as(value, draw) if value else draw.choice(NOTHING)
        if name == "rectification" and self.mixed and row["closed_on"]:
            day = row["closed_on"]
            return f"已整改到位，{day.year}年{day.month}月{day.day}日销号"
        if name == "problem":
            return draw.choice(["", "1.", "（1）", "（一）"]) + value + draw.choice(["", "；", "。"])
        if name in ("unit", "suggestion"):
            return draw.choice(["", " ", "\u3000"]) + value + draw.choice(["", " ", "\n"])
        return value or draw.choice(NOTHING) if name in ("clue", "handling") else value

    def foot(self):
        if self.draw.random() < 0.7:
            self.rows.append([""] * self.left + ["合计", "", "", f"发现问题{len(self.expected)}个"])
        self.rows += [[], [""] * self.left + ["单位负责人：            填表人：            联系电话："]]

    def data(self, kind):
        if kind == "xls":
            return xls(self.rows, merge=self.merge)
        areas = [f"{letter(left)}{top + 1}:{letter(right)}{bottom + 1}" for top, bottom, left, right in self.merge]
        return xlsx(self.rows, merge=areas)


def letter(column):
    return chr(65 + column)


@pytest.mark.parametrize("seed", range(120))
def test_a_ledger_reads_the_same_however_it_is_laid_out(seed):
    sheet = Sheet(seed)
    kind = "xls" if seed % 3 == 0 else "xlsx"

    reading = read(sheet.data(kind), f"台账.{'et' if kind == 'xls' and seed % 2 else kind}")

    keys = [name for name in WORDINGS if name != "rectification"]
    assert [error.message for error in reading.errors] == []
    assert [row.row for row in reading.rows] == sheet.numbers
    assert [trimmed({key: getattr(row, key) for key in keys}) for row in reading.rows] == [
        trimmed({key: row[key] for key in keys}) for row in sheet.expected
    ]
