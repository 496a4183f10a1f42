"""Long papers: ordered from their own page, printed by the worker in the person's name, with what he may read then."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts import jobs
from accounts.models import AccessLog, Job, JobState
from tests.factories import NOW, County, county, enter
from tests.samples import make_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture(autouse=True)
def _soon_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are long here, so that the tests need not make two hundred."""
    monkeypatch.setattr("reports.views.papers.LONG", 2)


def text_of(job: Job) -> str:
    with job.file.open("rb") as file:
        return "".join(page.extract_text() for page in PdfReader(io.BytesIO(file.read())).pages)


@pytest.mark.parametrize("page", ["reports:rectification", "reports:unit_ledger"])
def test_a_long_ledger_is_printed_by_the_worker(cast: County, page: str) -> None:
    for number in range(3):
        make_problem(cast, cast.agri, description=f"第{number}处资料缺失")
    keys: dict[str, Any] = {"pk": cast.agri.pk, "form": "pdf"} | (
        {"year": 2026} if page.endswith("unit_ledger") else {}
    )
    client = enter(cast.nongye)

    answer = client.get(reverse(page, kwargs=keys), follow=True)

    job = Job.objects.get()
    assert answer.redirect_chain[0][0] == f"{reverse('accounts:jobs')}?job={job.pk}"
    assert (job.state, job.owner) == (JobState.DONE, cast.nongye)
    assert job.file_name.endswith(".pdf")
    assert "第2处资料缺失" in text_of(job).replace("\n", "")
    assert AccessLog.objects.filter(user=cast.nongye, action="export", subject__endswith=".pdf").exists()


def test_a_short_paper_and_a_workbook_are_given_at_once(cast: County) -> None:
    make_problem(cast, cast.agri)
    client = enter(cast.nongye)

    short = client.get(reverse("reports:rectification", args=[cast.agri.pk, "pdf"]))
    for _ in range(3):
        make_problem(cast, cast.agri)
    book = client.get(reverse("reports:rectification", args=[cast.agri.pk, "xlsx"]))

    assert short["Content-Type"] == "application/pdf"
    assert book.status_code == 200
    assert not Job.objects.exists()


def test_who_may_read_it_no_longer_gets_a_sentence_instead_of_the_paper(
    cast: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        make_problem(cast, cast.agri)
    monkeypatch.setattr("reports.views.papers.run_here", lambda at: None)
    enter(cast.nongye).get(reverse("reports:rectification", args=[cast.agri.pk, "pdf"]))
    cast.nongye.groups.clear()

    jobs.run_waiting(at=NOW)

    job = Job.objects.get()
    assert (job.state, bool(job.file)) == (JobState.FAILED, False)
    assert "没有查看这份文稿的权限" in job.sentence
