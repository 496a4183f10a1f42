"""Take the pictures of every kind of paper for the manual from the demo's records: `./run manage shell < docs/papers.py`.

Needs the demo data; writes the first page of each kind to docs/manual/papers/ as a small picture. `PAPERS="plan dossier"` in the
environment makes these alone.
"""

import os
import subprocess
import tempfile
from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from accounts.models import Approval, Organ, User
from accounts.periods import Period
from checklists.models import MonthlyList
from ledgers.models import Consultation
from reports.builders import annual, committee, ecology, evaluation, hearings, quarterly
from reports.counting.figure import Scope
from reports.ecology.content import appraisal_shown, report_shown
from reports.hearings.content import shown
from reports.indicators.catalogue import INDICATORS
from reports.indicators.telling import paper as telling
from reports.indicators.telling.filling import Subject, fill
from reports.indicators.telling.reading import tell
from reports.indicators.telling.shares import shares_of
from reports.indicators.telling.texts import SOURCES, Whose
from reports.models import (
    AnnualReport,
    Briefing,
    CommitteeMeeting,
    EcologyDispatch,
    EcologyReport,
    EvaluationTable,
    PerformanceAppraisal,
    QuarterlyReport,
)
from reports.overview.spans import Span
from reports.pdf import to_pdf
from reports.quarterly.composition import content_of
from supervision.models import Clue, CopyOut, InspectionReport, IssuedDocument, LookBack, Plan, Problem, TypicalBulletin

FOLDER = Path("docs/manual/papers")
ISSUED = IssuedDocument.objects.filter(issued_on__isnull=False).exclude(step="voided")
SIGNED = InspectionReport.objects.filter(approved_at__isnull=False).order_by("pk")
# name of the picture -> kind of `render`, key
PAPERS = {
    "recommendation": ("document", ISSUED.filter(kind="recommendation")[0].pk),
    "supervision_letter": ("document", ISSUED.filter(kind="supervision_letter")[0].pk),
    "rectification_notice": ("document", ISSUED.filter(kind="rectification_notice")[0].pk),
    "integrity_notice": ("document", ISSUED.filter(kind="integrity_notice")[0].pk),
    "plan": ("plan", Plan.objects.filter(step="approved")[0].pk),
    "problem_list": ("problem-list", SIGNED[0].pk),
    "inspection_report": ("inspection-report", SIGNED[0].pk),
    "copy_out": ("copy-out", CopyOut.objects.filter(issued_on__isnull=False)[0].pk),
    "clue_slip": ("clue-slip", Clue.objects.all()[0].pk),
    "approval": ("approval", Approval.objects.filter(state="approved")[0].pk),
    "bulletin": ("bulletin", TypicalBulletin.objects.filter(issued_on__isnull=False)[0].pk),
    "look_back": ("look-back", LookBack.objects.filter(step="held")[0].pk),
    "rectification": ("rectification", Organ.objects.get(name="柳河镇纪委").pk),
    "dossier": ("dossier", Problem.objects.filter(round__isnull=False, rectification__step="closed")[0].pk),
    "consultation": ("consultation", Consultation.objects.recorded().order_by("pk")[0].pk),
    "monthly_list": ("monthly-list", MonthlyList.objects.filter(issued_at__isnull=False).order_by("pk")[0].pk),
}
NOW = timezone.now()
ACCEPTED = QuarterlyReport.objects.filter(step="accepted", organ__name="驻县农业农村局纪检监察组").order_by("-pk")[0]
WHOLE_YEAR = AnnualReport.objects.order_by("-year", "-version")[0]
APPRAISAL = PerformanceAppraisal.objects.filter(step="approved").order_by("pk")[0]
ECOLOGY = EcologyReport.objects.filter(step="filed").order_by("pk")[0]
YEAR = Period.of("year", timezone.localdate())
OF_YEAR = Scope.of([ACCEPTED.organ_id], YEAR.first, YEAR.last, today=timezone.localdate())
SENTENCES = fill(
    SOURCES["003"],
    tell([INDICATORS[one] for one in SOURCES["003"].ids()], OF_YEAR, rates=True),
    Span(YEAR.first, YEAR.last, YEAR),
    Subject(ACCEPTED.organ.name, Whose.GROUP, shares=shares_of(SOURCES["003"].rates(), OF_YEAR)),
    rounding="",
    on=timezone.localdate(),
)  # fmt: skip
# those that `render` does not know: name of the picture -> paper
BUILT = {
    "quarterly_report": quarterly.report_paper(ACCEPTED, content_of(ACCEPTED, at=NOW)),
    "annual_report": annual.annual_paper(WHOLE_YEAR, shown(WHOLE_YEAR, at=NOW)),
    "briefing": hearings.briefing_paper(Briefing.objects.filter(step="recorded").order_by("pk")[0]),
    "committee_minutes": committee.minutes_paper(CommitteeMeeting.objects.filter(step="closed")[0]),
    "evaluation_table": evaluation.table_paper(EvaluationTable.objects.order_by("-year")[0]),
    "appraisal": ecology.appraisal_paper(
        APPRAISAL, appraisal_shown(APPRAISAL, at=NOW), printed_by=User.objects.get(username="fenguan").full_name
    ),
    "ecology_report": ecology.ecology_paper(
        ECOLOGY,
        report_shown(ECOLOGY, at=NOW),
        list(EcologyDispatch.objects.filter(report=ECOLOGY)),
        printed_by=User.objects.get(username="fenguan").full_name,
    ),
    "indicator_text": telling.paper(
        SENTENCES, telling.head_of(ACCEPTED.organ.name, YEAR.label, "", timezone.localdate())
    ),
}
WANTED = os.environ.get("PAPERS", "").split() or [*PAPERS, *BUILT]


def draw(name: str, path: Path) -> None:
    """The first page of a PDF as a small picture."""
    command = ["pdftoppm", "-png", "-r", "56", "-f", "1", "-l", "1", "-singlefile", str(path), str(FOLDER / name)]
    subprocess.run(command, check=True)


FOLDER.mkdir(parents=True, exist_ok=True)
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "paper.pdf"
    for name, (kind, key) in PAPERS.items():
        if name not in WANTED:
            continue
        call_command("render", kind, str(key), format="pdf", out=str(path))
        draw(name, path)
    for name, paper in BUILT.items():
        if name not in WANTED:
            continue
        path.write_bytes(to_pdf(paper))
        draw(name, path)
