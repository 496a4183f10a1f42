"""Figures inside a text: live marks, changes in words, typed numbers that disagree, and their mending."""

from __future__ import annotations

from typing import Any

import pytest

from reports.quarterly.tokens import mended, mismatches, pieces, render


def kept(value: str, before: str = "0") -> dict[str, Any]:
    return {"value": value, "before": before, "ids": []}


FIGURES = {
    "problems_found": kept("27", "24"),
    "problems_on_spot": kept("4", "6"),
    "rectification_closed": kept("9", "9"),
    "rectification_open": kept("18", "12"),
    "rectification_overdue": kept("2"),
    "clues": kept("1"),
    "losses_recovered": kept("123456.00", "3456.50"),
}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("发现问题{{problems_found}}", "发现问题27个"),
        ("{{problems_found:change}}", "较上季度增加3个"),
        ("{{problems_on_spot:change}}", "较上季度减少2个"),
        ("{{rectification_closed:change}}", "与上季度持平"),
        ("挽回{{losses_recovered}}，{{losses_recovered:change}}", "挽回12.35万元，较上季度增加12万元"),
        ("{{nonsense}}和{{clues}}", "{{nonsense}}和1件"),
        ("没有数字", "没有数字"),
    ],
)
def test_marks_become_words(text: str, read: str) -> None:
    assert render(text, FIGURES) == read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共发现问题28个。", [("problems_found", "28个", "27个")]),
        ("共发现问题27个。", []),
        ("共发现问题共27个。", []),
        ("发现各类问题30个，立行立改5个。", [("problems_found", "30个", "27个"), ("problems_on_spot", "5个", "4个")]),
        ("尚未销号问题18个，其中逾期未销号问题3个。", [("rectification_overdue", "3个", "2个")]),
        ("未销号18个", []),
        ("完成销号8个", [("rectification_closed", "8个", "9个")]),
        ("问题线索2件", [("clues", "2件", "1件")]),
        ("移送线索5件", [("clues", "5件", "1件")]),
        ("发现问题，涉及28个标段", []),  # a number of something else
        ("“主体责任”方面发现问题5个", []),  # a part, not the whole
        ("发现问题28次", []),  # another unit
        ("挽回经济损失12.35万元", []),
        ("挽回经济损失12.3万元", [("losses_recovered", "12.3万元", "12.35万元")]),
        ("挽回经济损失123,456元", []),
        ("发现问题{{problems_found}}", []),
    ],
)
def test_typed_numbers_that_disagree_are_found(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(one.key, one.typed, one.ledger) for one in mismatches(text, FIGURES)] == found


def test_the_mark_says_both_numbers() -> None:
    assert mismatches("发现问题28个", FIGURES)[0].sentence == "文中“发现问题”28个与台账27个不一致"


def test_mending_puts_the_live_figure_in_place() -> None:
    text = "一、发现问题28个。\n二、发现问题28个，立行立改5个。"

    assert (
        mended(text, "problems_found:28个", FIGURES)
        == "一、发现问题{{problems_found}}。\n二、发现问题{{problems_found}}，立行立改5个。"
    )
    assert mended(text, "problems_found:29个", FIGURES) == text
    assert mended(text, "nonsense", FIGURES) == text


def test_pieces_rebuild_the_whole_text() -> None:
    text = "共发现问题{{problems_found}}，立行立改5个。"
    found = list(pieces(text, FIGURES))

    assert "".join(piece["text"] for piece in found) == "共发现问题27个，立行立改5个。"
    assert [piece["kind"] for piece in found] == ["words", "figure", "words", "typed", "words"]
    assert [piece["kind"] for piece in pieces(text, FIGURES, checked=False)] == ["words", "figure", "words"]
