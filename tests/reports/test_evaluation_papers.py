"""评估表 and 结果告知书: the columns of the office, and numbers from which the points can be worked out again (A10.5)."""

from __future__ import annotations

import io
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import docx
import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Organ
from checklists.actions.regulation import ensure_shipped
from reports.actions.evaluation.tables import compute_table, open_table, settle_table, submit_table
from reports.builders.evaluating.notice import notice_paper
from reports.builders.evaluating.sheet import columns, table_sheet
from reports.builders.evaluation import HEADINGS, cells, ordered
from reports.evaluation.composition import table_words
from reports.models import EvaluationRow, EvaluationTable
from reports.paper import Paper, Table
from tests.factories import County, county, enter, moment
from tests.reports.evaluation_cases import AFTER, TWENTY, computed, in_force, values_of_scheme, widen
from tests.supervision.rounds import signed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = moment(2026, 12, 24)


@pytest.fixture
def cast() -> County:
    return county()


def pages_of(table: EvaluationTable) -> list[list[list[Any]]]:
    """Every sheet from its headings on."""
    found = []
    for sheet in openpyxl.load_workbook(io.BytesIO(table_sheet(table))).worksheets:
        texts = [[cell.value for cell in line] for line in sheet.iter_rows()]
        found.append(texts[next(number for number, line in enumerate(texts) if line[0] in ("序号", "单位")) :])
    return found


def row_of(table: EvaluationTable, organ: Organ) -> EvaluationRow:
    return table.rows.select_related("organ", "table__organ", "table__scheme").get(organ=organ)


def lines_of(paper: Paper) -> list[tuple[str, ...]]:
    return [tuple(row) for block in paper.blocks if isinstance(block, Table) for row in block.rows]


def said(paper: Paper) -> str:
    return "\n".join(getattr(block, "text", "") for block in paper.blocks)


def test_the_workbook_has_each_number_in_a_cell_of_its_own(cast: County) -> None:
    table = computed(cast)
    rows = ordered(list(table.rows.select_related("organ")))
    main, scored = pages_of(table)

    assert main[0] == [word for word, _ in columns()] and len(cells(1, rows[0])) == len(HEADINGS) == 20
    assert main[1][:13] == [1, "驻县农业农村局纪检监察组", "派驻纪检监察组", 5, 4, 5, 80, 20, 1, 0, 10, 2, 1]
    assert main[0][3:8] == ["发现解决问题：发现（个）", "发现解决问题：解决（个）", "发现解决问题：应解决（个）",
                            "发现解决问题：解决率（%）", "发现解决问题得分"]  # fmt: skip
    assert main[0][15:19] == ["完善制度机制得分", "挽回经济损失：金额（元）", "挽回经济损失得分", "小计"]
    assert main[1][14:19] == [0, "不参与", 1000, 20, 70] and main[2][16] == 333.33
    assert [line[21] for line in main[1:4]] == [70, 36.67, 26.67] and main[0][21] == "合计"
    assert scored[0][:4] == ["单位", "同类组", "发现解决问题", "发现解决问题：同类组最高值"]
    assert scored[2][:4] == ["驻县教育局纪检监察组", "派驻纪检监察组", 2, 4] and scored[2][-2:] == [333.33, 1000]


def test_a_clerk_works_the_points_out_again_from_the_divided_values(cast: County) -> None:
    table = computed(cast, adjuster="units", found_weight=Decimal(5), solved_weight=Decimal(15))
    main, scored = pages_of(table)
    weights = [5, 15, 20, 20, 20, 20]

    assert scored[0][2:5] == ["折算基数（按被监督单位数平均）", "发现问题", "发现问题：同类组最高值"]
    # three units each for agri and edu: one case is 1/3 of health's two cases over one unit
    [edu] = [line for line in scored[1:] if line[0] == "驻县教育局纪检监察组"]
    assert edu[2] == 3 and edu[7] == pytest.approx(2 / 3, abs=1e-12) and edu[8] == 2
    for line, told in zip(scored[1:], main[1:6], strict=True):
        got = [
            weight * own / high if high else 0
            for weight, own, high in zip(weights, line[3::2], line[4::2], strict=True)
        ]
        points = [got[0] + got[1], *got[2:]]
        again = [Decimal(repr(round(one, 6))).quantize(Decimal("0.01"), ROUND_HALF_UP) for one in points]
        listed = [Decimal(str(told[place] if told[place] != "不参与" else 0)) for place in (7, 10, 13, 15, 17)]
        assert again == [one.quantize(Decimal("0.01")) for one in listed]


def test_the_notice_carries_all_that_its_points_come_from(cast: County) -> None:
    ensure_shipped()
    table = computed(cast)
    row = row_of(table, cast.edu)
    row.grade, row.comment = "好", "整改抓得实\n机制还不健全"
    paper = notice_paper(row)
    assert "等次：好。评估意见：整改抓得实" in said(paper).splitlines() and "机制还不健全。" in said(paper).splitlines()

    assert paper.title == "2026年政治监督质效评估结果告知书" and paper.signer.endswith("党风政风监督室")
    assert lines_of(paper) == [
        ("发现解决问题", "发现2个，解决2个（解决率100.00%）", "2", "4", "20", "10.00"),
        ("查办案件", "立案2件，移送线索0件", "2", "2", "20", "20.00"),
        ("追责问责", "领导干部0人，党组织0个", "0", "3", "20", "0.00"),
        ("完善制度机制", "制度0项", "0", "0", "20", "不参与"),
        ("挽回经济损失", "金额333.33元", "333.33", "1,000", "20", "6.67"),
    ]
    words = said(paper)
    assert "《关于推进政治监督具体化精准化常态化的实施办法》（濮县纪办〔2023〕17号）第十条第（五）项" in words
    assert "得分＝权重×计分值÷同类组最高值" in words and "农业农村" not in words
    assert "合计36.67分，在派驻纪检监察组3个单位中位列第2" in words


def test_the_notice_says_what_was_divided_and_split(cast: County) -> None:
    table = computed(cast, adjuster="units", found_weight=Decimal(5), solved_weight=Decimal(15))
    paper = notice_paper(row_of(table, cast.edu))

    assert lines_of(paper)[0][2:] == ("0.6667／0.6667", "1.6667／1.3333", "5＋15", "9.50")
    assert "折算值＝计分的原始值÷被监督单位数（你单位3个）" in said(paper) and "按发现、解决两项分别计分后相加" in said(
        paper
    )


def test_the_notice_lists_the_bands(cast: County) -> None:
    bands = {key: [["1", "5"], ["2", "12.5"]] for key in TWENTY}
    paper = notice_paper(row_of(computed(cast, method="banded", bands=bands), cast.edu))

    assert "分档法：计分值达到某一档起点即得该档分数" in said(paper)
    assert "分档：发现解决问题达到1得5分、达到2得12.5分；查办案件" in said(paper)


def test_a_group_without_any_number_has_no_places(cast: County) -> None:
    health, zone = widen(cast)
    in_force(cast, values_of_scheme(cast, health, zone))
    table = compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)
    row = row_of(table, cast.edu)

    assert "合计0.00分，位次—，同类组内没有可比数值。" in said(notice_paper(row)) and "位列第" not in said(
        notice_paper(row)
    )
    assert "组内位次—（同类组内没有可比数值）" in table_words(table)["派驻纪检监察组"]
    main, _ = pages_of(table)
    assert main[1][main[0].index("组内位次")] == "—（同类组内没有可比数值）"
    assert "位次为“—”的，同类组内没有可比数值" in enter(cast.dangfeng).get(table.get_absolute_url()).content.decode()


def test_notice_and_table_are_offered_as_word_files(cast: County) -> None:
    table = computed(cast)
    row, own = row_of(table, cast.agri), enter(cast.nongye)
    address = reverse("reports:word", args=["evaluation-notices", row.pk])
    open_table(table, by=cast.dangfeng, at=AFTER)
    assert own.get(address).status_code == 409 and address not in own.get(row.get_absolute_url()).content.decode()
    settle_table(table, by=cast.dangfeng, at=LATER)
    submit_table(table, by=cast.dangfeng, at=LATER)
    signed(cast, table, at=moment(2026, 12, 28), kind="evaluation")

    assert address in own.get(row.get_absolute_url()).content.decode()
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(own.get(address).content)).paragraphs)
    assert "2026年政治监督质效评估结果告知书" in text and "位列第1" in text
    assert enter(cast.jiaoyu).get(address).status_code == 404
    office = enter(cast.dangfeng)
    word = reverse("reports:evaluation_paper", args=[table.pk, "docx"])
    assert word in office.get(table.get_absolute_url()).content.decode() and office.get(word).status_code == 200
