"""The standing committee's packet of 12 items and more than 200 pages: seconds, memory, and whether bookmarks and numbers are right."""

from __future__ import annotations

import io
import json
import os
import resource
import tempfile
import time
from datetime import date, datetime, timedelta
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "supervision.config.settings"
os.environ["DEMO"] = "1"
os.environ.setdefault("DOC_FONT_DIR", os.path.join(os.environ.get("VAR_DIR", "var"), "fonts"))
FOLDER = tempfile.TemporaryDirectory()
os.environ["VAR_DIR"] = FOLDER.name

import django  # noqa: E402 - the settings read the environment above

django.setup()

from django.core.management import call_command  # noqa: E402
from pypdf import PdfReader  # noqa: E402

from accounts.calendar import SHANGHAI  # noqa: E402
from accounts.digest import digest_of  # noqa: E402
from accounts.models import Organ, User  # noqa: E402
from accounts.roles import OrganKind  # noqa: E402
from checklists.models import ChecklistItem  # noqa: E402
from checklists.states import FocusArea, Form, ItemStep  # noqa: E402
from reports.actions.committee import agenda, meetings  # noqa: E402
from reports.committee.binding import Bound, bind  # noqa: E402
from reports.committee.materials import heading  # noqa: E402
from reports.demo.county import build_county  # noqa: E402
from reports.models import CommitteeMeeting  # noqa: E402
from supervision.models import InspectionReport, Round  # noqa: E402

REPORTS, PROBLEMS, PARAGRAPHS = 10, 110, 40
NOW = datetime(2026, 11, 20, 9, tzinfo=SHANGHAI)
DAY = date(2026, 11, 20)
WORDS = ("检查组采取查阅资料、个别谈话、实地走访、数据比对等方式，对项目立项、资金拨付、工程质量、建后管护等环节开展监督检查，"
         "发现部分单位主体责任压得不实，制度执行不够严格，台账登记不完整，需要进一步压实责任、完善制度、加强日常监管。")  # fmt: skip
COLUMNS = {"被监督单位": "县农业农村局", "监督项目": "高标准农田建设管护情况监督", "发现问题": "项目竣工资料归档滞后，缺少验收记录和影像资料",
           "聚焦方面": "路线方针政策和重大决策部署", "性质": "一般", "严重程度": "较轻", "发现日期/方式": "2026-09-10 查阅资料", "立行立改": "否",
           "问题线索": "", "责任单位/责任人": "工程科", "整改意见建议": "补齐竣工资料，明确专人归档，举一反三排查同类项目",
           "整改时限": "2026-12-31", "处置方式": "限期整改"}  # fmt: skip


def world() -> CommitteeMeeting:
    """The demo county's people, ten long reports before the committee, two written matters, on one fixed agenda."""
    call_command("lay_tables")
    build_county("benchmark-2026", on=DAY)
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    clerk, secretary = User.objects.get(username="dangfeng"), User.objects.get(username="changweihui")
    for number in range(REPORTS):
        _report(cso, clerk, number)
    people = {"chair": "马正", "present": "马正\n高远\n陈立", "place": "三楼会议室"}
    meeting = meetings.call_meeting(cso, {**people, "held_on": DAY + timedelta(days=5)}, by=secretary, at=NOW)
    for row in InspectionReport.objects.order_by("pk"):
        agenda.add_waiting(meeting, f"report:{row.pk}", by=secretary, at=NOW)
    for title in ("牵头单位分工问题", "乡镇交叉监督人员调配问题"):
        agenda.add_written(
            meeting, kind="question", title=title, reporter=cso, text=f"{WORDS}\n" * 8, by=secretary, at=NOW
        )
    meetings.table_agenda(meeting, by=secretary, at=NOW)
    return meeting


def _report(organ: Organ, clerk: User, number: int) -> None:
    """One report as it stands before the committee, straight into the tables: sections and list as they were frozen."""
    item = ChecklistItem.objects.create(organ=organ, lead_organ=organ, year=2026, form=Form.STATIONED, focus_area=FocusArea.OTHER,
                                        step=ItemStep.LISTED, title=f"重点监督项目{number + 1:02d}", created_by=clerk)  # fmt: skip
    round = Round.objects.create(organ=organ, item=item, seq=1, title=f"{item.title}（第1轮）", start_planned_on=DAY, end_planned_on=DAY,
                                 step="report_approved", created_by=clerk, created_at=NOW)  # fmt: skip
    rows = [{"序号": str(n), "问题编号": f"2026-{n:05d}", **COLUMNS} for n in range(1, PROBLEMS + 1)]
    sections = dict.fromkeys(
        ("inspection_text", "findings_text", "on_spot_text", "advice_text"), f"{WORDS}\n" * (PARAGRAPHS // 4)
    )
    content: dict[str, Any] = {
        "title": f"{round.title}监督检查情况报告",
        "head": {},
        "sections": sections,
        "problems": rows,
    }
    InspectionReport.objects.create(
        round=round, organ=organ, title=content["title"], content=content, digest=digest_of(content), step="sc_submitted",
        approved_at=NOW - timedelta(days=5), due_on=DAY + timedelta(days=5), submitted_on=DAY, last_on=DAY + timedelta(days=5),
        submitted_by=clerk, created_by=clerk, created_at=NOW, **sections,
    )  # fmt: skip


def faults(meeting: CommitteeMeeting, bound: Bound) -> list[str]:
    """What is wrong with bookmarks and page numbers, read back from the file; nothing, as it should be."""
    reader = PdfReader(io.BytesIO(bound.data))
    texts = [page.extract_text() for page in reader.pages]
    found = [f"page {n} says another number" for n, text in enumerate(texts, 1) if f"— {n} —" not in text]
    marks: dict[str, Any] = {
        str(entry.title): reader.get_destination_page_number(entry)
        for entry in reader.outline
        if not isinstance(entry, list)
    }
    for item, start in zip(meeting.items.all(), bound.starts, strict=True):
        if (
            marks.get(heading(item)) != start - 1
            or "议" not in texts[start - 1]
            or item.title[:8] not in texts[start - 1]
        ):
            found.append(f"bookmark of item {item.position}")
        if str(start) not in texts[1]:
            found.append(f"contents of item {item.position}")
    return found


def main() -> dict[str, Any]:
    """One packet, as the worker makes it."""
    meeting = world()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    steps: list[int] = []
    start = time.perf_counter()
    bound = bind(meeting, on=DAY, progress=lambda done, total: steps.append(done))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"items": len(bound.starts), "pages": bound.pages, "seconds": round(seconds, 1), "ms_per_page": round(seconds / bound.pages * 1000),
            "peak_rss_mb": peak // 1024, "rss_before_mb": before // 1024, "megabytes": round(len(bound.data) / 1e6, 1),
            "progress_steps": len(steps), "faults": len(faults(meeting, bound))}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(), ensure_ascii=False))
