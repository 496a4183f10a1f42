"""Take the pictures of every kind of paper for the manual from the demo's records: `./run manage shell < docs/papers.py`.

Needs the demo data; writes the first page of each kind to docs/manual/papers/ as a small picture.
"""

import subprocess
import tempfile
from pathlib import Path

from django.core.management import call_command

from accounts.models import Approval, Organ
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
}

FOLDER.mkdir(parents=True, exist_ok=True)
for name, (kind, key) in PAPERS.items():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        call_command("render", kind, str(key), format="pdf", out=str(path))
        command = ["pdftoppm", "-png", "-r", "56", "-f", "1", "-l", "1", "-singlefile", str(path), str(FOLDER / name)]
        subprocess.run(command, check=True)
