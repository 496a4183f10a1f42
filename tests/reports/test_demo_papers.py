"""Every kind of paper, as the demo county has it: printed, and opened as a Word file by a second program."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q

from accounts.models import Approval, Organ
from checklists.models import Meeting, Method, MonthlyList
from checklists.shipped import ship
from ledgers.models import Consultation
from reports.builders import consultations, documents, dossier, inspection, meetings, rectification, rounds, signatures
from reports.demo.county import build_county
from reports.demo.year import build_year
from reports.paper import Paper, Table
from reports.pdf import to_pdf
from reports.word.document import to_docx
from supervision.models import Clue, CopyOut, InspectionReport, IssuedDocument, LookBack, Plan, Problem, TypicalBulletin
from tests.reports.measure import AREA_BOTTOM, fonts_in, lines_of, page_count, rules_of, text_of
from tests.reports.office import convert

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("demo papers"), pytest.mark.once]
DAY = date(2026, 11, 21)
KINDS = ("recommendation", "supervision_letter", "rectification_notice", "integrity_notice", "plan", "problem_list",
         "inspection_report", "copy_out", "clue_slip", "approval", "bulletin", "look_back", "rectification", "dossier", "consultation",
         "meeting", "monthly_list")  # fmt: skip


def _papers() -> dict[str, Paper]:
    issued = IssuedDocument.objects.filter(issued_on__isnull=False).exclude(step="voided")
    report = InspectionReport.objects.filter(approved_at__isnull=False).order_by("pk")[0]
    cured = Problem.objects.filter(round__isnull=False, rectification__step="closed").order_by("pk")[0]
    found: dict[str, Any] = {kind: documents.paper(issued.filter(kind=kind)[0]) for kind in KINDS[:4] if issued.filter(kind=kind).exists()}  # fmt: skip
    return found | {
        "plan": rounds.plan_paper(Plan.objects.filter(step="approved")[0]),
        "problem_list": inspection.problem_list_paper(report),
        "inspection_report": inspection.report_paper(report),
        "copy_out": inspection.copy_out_paper(CopyOut.objects.filter(issued_on__isnull=False)[0]),
        "clue_slip": inspection.clue_slip_paper(Clue.objects.all()[0]),
        "approval": signatures.paper(Approval.objects.filter(state="approved")[0]),
        "bulletin": documents.paper(TypicalBulletin.objects.filter(~Q(digest=""))[0]),
        "look_back": rounds.look_back_paper(LookBack.objects.filter(step="held")[0]),
        "rectification": rectification.paper(Organ.objects.get(name="柳河镇纪委"), on=DAY),
        "dossier": dossier.paper(cured, on=DAY),
        "consultation": consultations.consultation_paper(Consultation.objects.filter(problems__isnull=False)[0]),
        "meeting": meetings.meeting_paper(Meeting.objects.filter(quarter=3, kind="quarterly")[0]),
        "monthly_list": meetings.month_paper(MonthlyList.objects.get(month=10), on=DAY),
    }


@pytest.fixture(scope="module")
def papers(django_db_setup: None, django_db_blocker: Any) -> dict[str, Paper]:
    """One paper of each kind; the county that they come from is undone at once."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Method.objects.exists():  # journeys in the browser empty every table behind them
            ship()
        build_county("shifan-xian-2026", on=DAY)
        build_year()
        made = _papers()
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def pdfs(papers: dict[str, Paper]) -> dict[str, bytes]:
    return {kind: to_pdf(paper) for kind, paper in papers.items()}


@pytest.fixture(scope="module")
def words(papers: dict[str, Paper], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return convert({kind: to_docx(paper) for kind, paper in papers.items()}, tmp_path_factory.mktemp("office"))


def bare(text: str) -> str:
    """Text without white space and page numbers."""
    return re.sub(r"—\d+—", "", "".join(text.split()))


def test_the_demo_county_has_every_kind(papers: dict[str, Paper]) -> None:
    assert set(papers) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_printed_text_is_complete(kind: str, papers: dict[str, Paper], pdfs: dict[str, bytes]) -> None:
    text, paper = bare(text_of(pdfs[kind])), papers[kind]

    lost = [block.text for block in paper.all_blocks() if not isinstance(block, Table) and bare(block.text) not in text]
    assert lost == []
    assert bare(paper.title) in text and bare(paper.doc_no) in text and bare(paper.signer) in text


@pytest.mark.parametrize("kind", KINDS)
def test_every_face_is_embedded(kind: str, pdfs: dict[str, bytes]) -> None:
    faces = fonts_in(pdfs[kind])
    assert faces and all(faces.values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_line_begins_with_a_closing_mark_nor_is_longer_than_28(
    kind: str, papers: dict[str, Paper], pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    """Cells of wide tables are narrow; body text is measured."""
    lines = [line for page in range(1, page_count(pdfs[kind]) + 1) for line in lines_of(pdfs[kind], tmp_path, page)]
    tabled = any(isinstance(block, Table) for block in papers[kind].all_blocks())

    assert [line.text for line in lines if line.text[0] in "，。）、；："] == []
    assert tabled or max(len(line.text) for line in lines if not re.search(r"[A-Za-z0-9]", line.text)) <= 28


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind in (*KINDS[:4], "bulletin")])
def test_the_imprint_lies_on_the_bottom_edge_of_the_last_page(
    kind: str, pdfs: dict[str, bytes], tmp_path: Path
) -> None:
    last = rules_of(pdfs[kind], tmp_path, page_count(pdfs[kind]))[-1]
    assert abs(last[1] - AREA_BOTTOM) < 1


@pytest.mark.parametrize("kind", KINDS)
def test_word_says_the_same_on_as_many_pages_give_or_take_one(
    kind: str, papers: dict[str, Paper], pdfs: dict[str, bytes], words: dict[str, bytes]
) -> None:
    text = bare(text_of(words[kind]))

    lost = [block.text for block in papers[kind].all_blocks() if not isinstance(block, Table) and bare(block.text) not in text]  # fmt: skip
    assert lost == []
    assert abs(page_count(words[kind]) - page_count(pdfs[kind])) <= 1
