"""The office's papers from its records: the list, the sheet of signatures, the ledgers; and the command that writes them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.approvals import decide
from accounts.models import AccessLog, Approval
from checklists.actions import points
from checklists.models import AnnualChecklist, ChecklistLine
from checklists.publication import COLUMNS
from checklists.states import FocusArea
from ledgers.sheets import Directory, read_ledger
from reports.builders import checklists, ledgers, signatures
from reports.pdf import to_pdf
from reports.word.document import DOCX
from tests.factories import NOW, County, county, moment
from tests.paper import make_paper, plain_route, send_up
from tests.samples import make_problem

pytestmark = [pytest.mark.django_db, pytest.mark.once]
DAY = date(2026, 3, 5)


@pytest.fixture
def cast() -> County:
    return county()


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


@pytest.fixture
def draft(cast: County) -> AnnualChecklist:
    """A list being compiled with two projects, one of which begins like a formula."""
    checklist = AnnualChecklist.objects.create(organ=cast.cso, year=2026, version=1, created_by=cast.dangfeng)
    for seq, title in enumerate(("高标准农田监督", "=1+1 项目"), 1):
        ChecklistLine.objects.create(checklist=checklist, item=make_paper(cast, title), seq=seq)
    return checklist


def test_the_list_as_pdf_holds_head_columns_and_projects(draft: AnnualChecklist) -> None:
    text = text_of(to_pdf(checklists.paper(draft, on=DAY)))

    for words in (
        "2026年度政治监督重点项目清单",
        "第1版",
        "尚未审批",
        "驻点式政治监督项目（2项）",
        "高标准农田监督",
        "2026年3月5日",
    ):
        assert words in text, words
    for heading in ("监督项目", "监督内容", "牵头单位", "被监督单位", "完成时限"):
        assert heading in text, heading


def test_the_list_as_workbook_has_the_columns_and_no_formula(draft: AnnualChecklist) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(checklists.sheets(draft, on=DAY))).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(row for row in rows if row[0] == "序号")

    assert head == list(COLUMNS.values())
    titles = [row[3] for row in rows[rows.index(head) + 1 :] if isinstance(row[0], int)]
    assert titles == ["高标准农田监督", "=1+1 项目"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "inlineStr"}


def test_sheet_of_signatures_shows_every_round_opinion_and_moment(cast: County) -> None:
    with plain_route():
        paper = make_paper(cast)
        first = send_up(paper, by=cast.nongye, at=NOW)
        decide(first, "return", by=cast.nongye_head, at=moment(2026, 2, 11), note="请写明周期")
        second = send_up(paper, by=cast.nongye, at=moment(2026, 2, 12))
        decide(second, "approve", by=cast.nongye_head, at=moment(2026, 2, 13, 15, 20), note="同意报送")

        text = text_of(to_pdf(signatures.paper(Approval.objects.get(pk=second.pk))))

    for words in (
        "第1轮（已退回）",
        "请写明周期",
        "第2轮（审批中）",
        "同意报送",
        "2026年2月13日15:20",
        "待钱协",
        second.digest[:20],
    ):
        assert words in text, words


@pytest.fixture
def ledger(cast: County) -> list[Any]:
    """Two problems on the agriculture group's ledger, one with a term."""
    item = make_paper(cast, "高标准农田建设管护情况专项监督", step="listed")
    return [make_problem(cast, cast.agri, item=item, description=text, due_on=due)
            for text, due in (("村级账目报账拖延，涉及11个村", date(2026, 3, 1)), ("公示栏更新不及时", None))]  # fmt: skip


def test_an_exported_ledger_reads_back_to_the_same_rows(cast: County, ledger: list[Any]) -> None:
    data = ledgers.unit_sheet(cast.agri, 2026, on=DAY)
    names = Directory(cast.agri.name, 2026, ("高标准农田建设管护情况专项监督",), ("县农业农村局",))

    reading = read_ledger(data, "台账.xlsx", names)

    assert reading.errors == []
    assert [(row.task, row.unit, row.problem, row.found_on, row.due_on) for row in reading.rows] == [
        (
            "高标准农田建设管护情况专项监督",
            "县农业农村局",
            "村级账目报账拖延，涉及11个村",
            date(2026, 2, 10),
            date(2026, 3, 1),
        ),
        ("高标准农田建设管护情况专项监督", "县农业农村局", "公示栏更新不及时", date(2026, 2, 10), None),
    ]


def test_ledger_pdf_holds_the_rows(cast: County, ledger: list[Any]) -> None:
    text = text_of(to_pdf(ledgers.unit_paper(cast.agri, 2026, on=DAY)))

    assert "驻县农业农村局纪检监察组2026年政治监督工作台账" in text
    assert "村级账目报账拖延" in text and "公示栏更新不及时" in text


def test_a_download_is_logged_and_a_foreign_ledger_is_not_found(cast: County) -> None:
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")

    mine = client.get(reverse("reports:unit_ledger", args=[cast.agri.pk, 2026, "pdf"]))
    theirs = client.get(reverse("reports:unit_ledger", args=[cast.edu.pk, 2026, "pdf"]))

    word = client.get(reverse("reports:unit_ledger", args=[cast.agri.pk, 2026, "docx"]))
    assert (word.status_code, word["Content-Type"]) == (200, DOCX)
    assert (
        docx.Document(io.BytesIO(word.content)).paragraphs[0].text == "驻县农业农村局纪检监察组2026年政治监督工作台账"
    )
    assert client.get(reverse("reports:unit_ledger", args=[cast.agri.pk, 2026, "exe"])).status_code == 404
    assert (mine.status_code, mine["Content-Type"], theirs.status_code) == (200, "application/pdf", 404)
    assert AccessLog.objects.filter(user=cast.nongye, action="export").count() == 2


def test_render_writes_a_file_and_refuses_in_words(draft: AnnualChecklist, tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "清单.pdf"
    call_command("render", "checklist", str(draft.pk), "--format", "pdf", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF")
    call_command("render", "checklist", str(draft.pk), "--format", "docx", "--out", str(out))
    assert "2026年度政治监督重点项目清单" in [one.text for one in docx.Document(str(out)).paragraphs]

    with pytest.raises(CommandError, match="没有编号") as absent:
        call_command("render", "checklist", "999999", "--out", str(out))
    with pytest.raises(CommandError, match="用法") as unknown:
        call_command("render", "letter", "1", "--out", str(out))
    assert (absent.value.returncode, unknown.value.returncode) == (1, 2)

    call_command("render", "--list")
    assert "unit-ledger\tpdf、docx、xlsx" in capsys.readouterr().out


def test_duties_command_prints_json(cast: County, capsys: Any) -> None:
    made = points.save_points(cast.cso, 2026, title="2026年度政治监督要点", basis="全会部署", by=cast.dangfeng, at=NOW,
                              rows=[(FocusArea.MAJOR_DECISIONS, "粮食安全")])  # fmt: skip
    points.publish_points(made, by=cast.dangfeng_head, at=NOW)

    call_command("duties", "--on", "2026-03-25", "--json")

    rows = json.loads(capsys.readouterr().out)
    assert {row["organ"] for row in rows} >= {cast.agri.name, cast.edu.name}
    assert set(rows[0]) == {"article", "duty", "organ", "about", "period", "due_on", "fulfilled_on", "state"}
