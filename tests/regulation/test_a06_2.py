"""Article 6(2): the master ledger and the organs' ledgers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice, ScResolution
from accounts.permissions import visible_organ_ids
from accounts.workflow import Refused
from checklists.models import AnnualChecklist, ChecklistItem, ChecklistLine, Milestone
from ledgers.actions.guidance import give_guidance
from ledgers.actions.openings import open_ledgers
from ledgers.actions.rows import write_cells
from ledgers.columns import COLUMNS
from ledgers.models import LedgerGuidance, MasterLedgerEntry, UnitLedger, UnitLedgerEntry
from ledgers.selectors import county_ledgers, master_rows
from supervision.actions.problems import remove_problem, restore_problem
from supervision.models import Problem
from tests.factories import NOW, TODAY, County, county
from tests.ledgers.test_rows import typed
from tests.paper import make_paper
from tests.samples import make_problem

pytestmark = pytest.mark.django_db
TASK = "高标准农田建设管护情况专项监督"


@pytest.fixture
def cast() -> County:
    return county()


def test_a06_2a_publication_opens_the_master_ledger_with_task_measures_organ_and_milestones(cast: County) -> None:
    item = make_paper(cast, TASK, step="listed", measures="每季度检查一次")
    Milestone.objects.create(item=item, text="完成首轮检查", due_on=TODAY - timedelta(days=1))
    checklist = issued(cast, item)

    open_ledgers(checklist, cast.dangfeng_head, NOW)
    open_ledgers(checklist, cast.dangfeng_head, NOW)

    assert MasterLedgerEntry.objects.count() == 1
    row = master_rows(2026, visible_organ_ids(cast.dangfeng), on=TODAY)[0]
    assert (row["task"], row["measures"], row["organ__name"]) == (TASK, "每季度检查一次", cast.agri.name)
    assert (row["milestones"][0]["text"], row["milestones"][0]["overdue"], row["status"]) == (
        "完成首轮检查",
        True,
        "节点逾期",
    )


def test_a06_2b_publication_opens_the_ledger_of_each_organ_that_keeps_one_and_tells_its_people(cast: County) -> None:
    item = make_paper(cast, TASK, step="listed")
    checklist = issued(cast, item)

    open_ledgers(checklist, cast.dangfeng_head, NOW)
    open_ledgers(checklist, cast.dangfeng_head, NOW)

    opened = UnitLedger.objects.filter(year=2026).values_list("organ", flat=True)
    assert set(opened) == {cast.agri.pk, cast.edu.pk, cast.town.pk}
    notice = Notice.objects.get(recipient=cast.nongye, link__startswith="/ledgers/")
    assert "2026年工作台账已随清单印发建立，本单位有1项监督任务" in notice.sentence
    assert "没有清单项目" in Notice.objects.get(recipient=cast.liuhe, link__startswith="/ledgers/").sentence
    silent = {row["pk"]: row["is_silent"] for row in county_ledgers(2026, visible_organ_ids(cast.dangfeng), on=TODAY)}
    assert silent[cast.agri.pk] is False


def test_a06_2b_the_ledger_offers_each_task_for_its_first_row(cast: County) -> None:
    item = make_paper(cast, TASK, step="listed")
    open_ledgers(issued(cast, item), cast.dangfeng_head, NOW)
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("ledgers:ledger", args=[cast.agri.pk]), {"year": 2026}).content.decode()
    form = client.get(reverse("ledgers:row_new", args=[cast.agri.pk, 2026]), {"task": TASK})
    fields = {
        name: field.value() or "" for name in form.context["form"].fields if (field := form.context["form"][name])
    }
    sent = {**fields, "unit": "县农业农村局", "problem": "管护责任没有落实到人"}
    answer = client.post(reverse("ledgers:row_new", args=[cast.agri.pk, 2026]), sent)

    assert f"{TASK}</a>" in page and "还没有登记" in page
    assert (answer.status_code, Problem.objects.get().item) == (302, item)


def issued(cast: County, item: ChecklistItem) -> AnnualChecklist:
    """A list of one project, by a resolution."""
    resolution = ScResolution.objects.create(organ=cast.cso, kind="list_approval", meeting_on=TODAY, title="清单", approved=True,
                                             recorded_by=cast.changweihui, recorded_at=NOW)  # fmt: skip
    made = AnnualChecklist.objects.create(
        organ=cast.cso, year=2026, version=1, created_by=cast.dangfeng, resolution=resolution
    )
    ChecklistLine.objects.create(checklist=made, item=item, seq=1)
    return made


def test_a06_2b_six_columns_are_obligatory_and_rows_are_not_entered_twice(cast: County) -> None:
    titles = {column.title for column in COLUMNS}
    assert {"监督任务", "发现问题", "问题线索（编号）", "提出意见建议", "整改情况", "处理情况"} <= titles

    make_paper(cast, TASK, step="listed")
    cells = typed(task=TASK, unit="县农业农村局", problem="账目不清", clue="A-2026-1", handling="批评教育1人")
    write_cells(cast.agri, 2026, cells, by=cast.nongye, at=NOW)

    problem = Problem.objects.get()
    assert (problem.description, problem.clue_ref, problem.handling) == ("账目不清", "A-2026-1", "批评教育1人")


def test_a06_2b_own_organ_writes_and_cso_reads_all(cast: County) -> None:
    with pytest.raises(Refused):
        write_cells(cast.agri, 2026, typed(task=TASK), by=cast.dangfeng, at=NOW)

    names = {row["name"] for row in county_ledgers(2026, visible_organ_ids(cast.dangfeng), on=TODAY)}
    assert names == {cast.agri.name, cast.edu.name, cast.town.name}


def test_a06_2c_cso_guides_and_is_warned_after_thirty_silent_days(cast: County) -> None:
    write_cells(cast.agri, 2026, typed(suggestion="草稿"), by=cast.nongye, at=NOW)

    def silent(day: date) -> set[str]:
        return {
            row["name"] for row in county_ledgers(2026, visible_organ_ids(cast.dangfeng), on=day) if row["is_silent"]
        }

    assert cast.agri.name not in silent(TODAY + timedelta(days=30))
    assert cast.agri.name in silent(TODAY + timedelta(days=31))

    give_guidance(cast.agri, 2026, text="请按月更新", by=cast.dangfeng, at=NOW)
    assert LedgerGuidance.objects.get().text == "请按月更新"
    with pytest.raises(Refused, match="党风政风监督室"):
        give_guidance(cast.agri, 2026, text="x", by=cast.jiaoyu, at=NOW)


def test_a06_2b_a_problem_found_elsewhere_stands_in_the_ledger_and_leaves_it_with_its_removal(cast: County) -> None:
    """Entered on its own page or in a round: nobody types it a second time."""
    make_paper(cast, TASK, step="listed")
    problem = make_problem(cast, cast.agri, description="公示栏更新不及时")

    row = UnitLedgerEntry.objects.live().get(organ=cast.agri, year=2026)
    assert (row.problem, row.kind, row.position) == (problem, "problem", 1)
    remove_problem(problem, by=cast.nongye, at=NOW, reason="重复登记")
    assert UnitLedgerEntry.objects.live().count() == 0
    restore_problem(problem, by=cast.nongye, at=NOW)
    assert UnitLedgerEntry.objects.live().count() == 1
