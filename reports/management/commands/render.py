"""Write a paper to a file: `render KIND PK --format pdf|docx|xlsx --out FILE`, kinds by `render --list`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import Approval, Organ
from checklists.models import AnnualChecklist, AnnualPoints, InstructionItem, Meeting, MonthlyList
from ledgers.models import Consultation
from reports.builders import (
    annual,
    checklists,
    consultations,
    documents,
    dossier,
    hearings,
    inspection,
    ledgers,
    meetings,
    quarterly,
    rectification,
    rounds,
    signatures,
)
from reports.hearings.content import shown
from reports.models import AnnualReport, Briefing, CountyQuarter, QuarterlyReport
from reports.paper import Paper
from reports.pdf import to_pdf
from reports.quarterly.composition import content_of
from reports.word.document import to_docx
from supervision.models import Clue, CopyOut, InspectionReport, IssuedDocument, LookBack, Plan, Problem, TypicalBulletin

Maker = Callable[[str, Any], bytes]


def _record(model: Any, key: str) -> Any:
    found = model.objects.filter(pk=key).first() if key.isdecimal() else None
    if found is None:
        raise CommandError(f"没有编号为“{key}”的记录。", returncode=1)
    return found


def _organ_and_year(key: str) -> tuple[Organ, int]:
    organ, _, year = key.partition(":")
    if not year.isdecimal():
        raise CommandError("工作台账的编号写成 单位编号:年度，例如 12:2026。", returncode=2)
    return _record(Organ, organ), int(year)


def _every_organ() -> frozenset[int]:
    return frozenset(Organ.objects.values_list("pk", flat=True))


def _year(key: str) -> int:
    if not key.isdecimal():
        raise CommandError("总台账的编号写年度，例如 2026。", returncode=2)
    return int(key)


def _instructions(key: str, on: Any) -> bytes:
    rows = InstructionItem.objects.select_related("responsible_unit").prefetch_related("progress", "look_backs")
    return checklists.instruction_sheet(list(rows))


def _quarterly(report: QuarterlyReport) -> Paper:
    return quarterly.report_paper(report, content_of(report, at=timezone.now()))


def _annual(report: AnnualReport) -> Paper:
    return annual.annual_paper(report, shown(report, at=timezone.now()))


PAPERS: dict[str, Callable[[str, Any], Paper]] = {
    "checklist": lambda key, on: checklists.paper(_record(AnnualChecklist, key), on=on),
    "points": lambda key, on: checklists.points_paper(_record(AnnualPoints, key)),
    "approval": lambda key, on: signatures.paper(_record(Approval, key)),
    "unit-ledger": lambda key, on: ledgers.unit_paper(*_organ_and_year(key), on=on),
    "master-ledger": lambda key, on: ledgers.master_paper(_year(key), _every_organ(), on=on),
    "document": lambda key, on: documents.paper(_record(IssuedDocument, key)),
    "bulletin": lambda key, on: documents.paper(_record(TypicalBulletin, key)),
    "dossier": lambda key, on: dossier.paper(_record(Problem, key), on=on),
    "rectification": lambda key, on: rectification.paper(_record(Organ, key), on=on),
    "inspection-report": lambda key, on: inspection.report_paper(_record(InspectionReport, key)),
    "problem-list": lambda key, on: inspection.problem_list_paper(_record(InspectionReport, key)),
    "copy-out": lambda key, on: inspection.copy_out_paper(_record(CopyOut, key)),
    "plan": lambda key, on: rounds.plan_paper(_record(Plan, key)),
    "look-back": lambda key, on: rounds.look_back_paper(_record(LookBack, key)),
    "clue-slip": lambda key, on: inspection.clue_slip_paper(_record(Clue, key)),
    "consultation": lambda key, on: consultations.consultation_paper(_record(Consultation, key)),
    "meeting": lambda key, on: meetings.meeting_paper(_record(Meeting, key)),
    "monthly-list": lambda key, on: meetings.month_paper(_record(MonthlyList, key), on=on),
    "quarterly-report": lambda key, on: _quarterly(_record(QuarterlyReport, key)),
    "county-quarter": lambda key, on: quarterly.county_paper(_record(CountyQuarter, key)),
    "annual-report": lambda key, on: _annual(_record(AnnualReport, key)),
    "briefing": lambda key, on: hearings.briefing_paper(_record(Briefing, key)),
}
SHEETS: dict[str, Maker] = {
    "checklist": lambda key, on: checklists.sheets(_record(AnnualChecklist, key), on=on),
    "unit-ledger": lambda key, on: ledgers.unit_sheet(*_organ_and_year(key), on=on),
    "master-ledger": lambda key, on: ledgers.master_sheet(_year(key), _every_organ(), on=on),
    "instructions": _instructions,
    "rectification": lambda key, on: rectification.sheet(_record(Organ, key), on=on),
    "problem-list": lambda key, on: inspection.problem_list_sheet(_record(InspectionReport, key)),
}
PRINTERS = {"pdf": to_pdf, "docx": to_docx}
NAMES = {"checklist": "年度政治监督重点项目清单", "points": "年度政治监督要点", "approval": "审批单",
         "unit-ledger": "单位工作台账（编号写 单位编号:年度）", "master-ledger": "工作总台账（编号写年度）", "instructions": "指示批示台账（编号写 0）",
         "document": "发给被监督单位的文书（建议书、督办函、整改通知书等）", "bulletin": "典型问题通报",
         "dossier": "问题整改档案", "rectification": "问题整改台账（编号写单位编号）", "inspection-report": "监督检查情况报告",
         "problem-list": "问题清单（编号写报告的编号）", "copy-out": "抄报件", "clue-slip": "线索移送单", "plan": "监督方案", "look-back": "回头看报告",
         "consultation": "专题会商纪要", "meeting": "工作调度会纪要", "monthly-list": "月度重点任务清单",
         "quarterly-report": "季度报告", "county-quarter": "全县季度汇总稿", "annual-report": "年度综合情况报告", "briefing": "听取汇报记录"}  # fmt: skip


def _maker(kind: str, form: str) -> Maker | None:
    if form == "xlsx":
        return SHEETS.get(kind)
    paper, printer = PAPERS.get(kind), PRINTERS.get(form)
    return (lambda key, on: printer(paper(key, on))) if paper and printer else None


class Command(BaseCommand):
    """Exit 0 written, 1 no such record, 2 no such kind or format."""

    help = "把一份文书写成文件。"

    def add_arguments(self, parser: Any) -> None:
        """Kind, key, format, file."""
        parser.add_argument("kind", nargs="?", default="")
        parser.add_argument("pk", nargs="?", default="")
        parser.add_argument("--format", dest="form", default="pdf")
        parser.add_argument("--out", default="")
        parser.add_argument("--list", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """List the kinds, or write one paper."""
        if options["list"]:
            for kind, name in NAMES.items():
                forms = "、".join([*(PRINTERS if kind in PAPERS else ()), *(["xlsx"] if kind in SHEETS else ())])
                self.stdout.write(f"{kind}\t{forms}\t{name}")
            return
        maker = _maker(options["kind"], options["form"])
        if maker is None or not options["pk"] or not options["out"]:
            raise CommandError(
                "用法：render KIND PK --format pdf|docx|xlsx --out FILE；可用种类见 render --list。", returncode=2
            )
        Path(options["out"]).write_bytes(maker(options["pk"], timezone.localdate()))
        self.stderr.write(f"已写入 {options['out']}")
