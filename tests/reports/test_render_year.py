"""`render` writes the papers of the year as well."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories import county
from tests.samples_year import SAMPLES

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("kind", "sample"),
    [
        ("briefing", "briefing"),
        ("annual-report", "annual"),
        ("quarterly-report", "quarterly_report"),
        ("county-quarter", "county_quarter"),
    ],
)
@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_papers_of_the_year_are_rendered(tmp_path: Path, kind: str, sample: str, form: str, magic: bytes) -> None:
    cast = county()
    organ = cast.cso if sample in ("annual", "county_quarter") else cast.agri
    pk = SAMPLES[sample](cast, organ)["pk"]

    call_command("render", kind, str(pk), form=form, out=str(tmp_path / "paper"))

    assert (tmp_path / "paper").read_bytes().startswith(magic)
