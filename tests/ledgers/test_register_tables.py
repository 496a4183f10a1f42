"""Tables as offices have them: quotes, titles, headings with other words, rows that are there already."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ledgers.books.cells import rows_of_cells, text_of_rows
from ledgers.models import StudyRecord
from tests.factories import County, county


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
