"""Numbers given in the same instant: consecutive, without gap or double, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from accounts.models import Event
from supervision.actions.documents.numbering import number_paper
from supervision.models import IssuedDocument, NumberSeries
from tests.accounts.test_races import together
from tests.factories import NOW, County, county


def approved(cast: County, count: int) -> list[int]:
    """Approved documents of the agriculture group."""
    rows = IssuedDocument.objects.bulk_create(
        IssuedDocument(organ=cast.agri, kind="rectification_notice", unit=cast.units["县农业农村局"], title=f"通知{n}",
                       step="approved", created_by=cast.nongye, created_at=NOW) for n in range(count)
    )  # fmt: skip
    return [row.pk for row in rows]


def number_all(cast: County, count: int) -> list[int]:
    """All at once; the series does not exist yet."""

    def work(pk: int) -> Any:
        document = IssuedDocument.objects.get(pk=pk)
        number_paper(document, by=cast.wenshu, at=NOW, prefix="示纪改")
        return document.doc_number

    return sorted(together(work, approved(cast, count)))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_forty_documents_numbered_at_once_get_one_to_forty() -> None:
    assert connection.vendor == "postgresql"

    assert number_all(county(), 40) == list(range(1, 41))
    assert NumberSeries.objects.get().last == 40
    assert Event.objects.filter(verb="number").count() == 40


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_twelve_documents_numbered_at_once_get_one_to_twelve() -> None:
    assert connection.vendor == "sqlite"

    assert number_all(county(), 12) == list(range(1, 13))
    assert NumberSeries.objects.get().last == 12


@pytest.mark.django_db(transaction=True)
def test_one_document_numbered_twice_at_once_takes_one_number() -> None:
    cast = county()
    pk = approved(cast, 1)[0]

    def work(_: Any) -> str:
        try:
            return number_paper(IssuedDocument.objects.get(pk=pk), by=cast.wenshu, at=NOW, prefix="示纪改")
        except Exception as refused:
            return type(refused).__name__

    assert sorted(together(work, [1, 2, 3, 4])) == ["Refused", "Refused", "Refused", "示纪改〔2026〕1号"]
    assert NumberSeries.objects.get().last == 1
