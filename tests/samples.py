"""One record of an organ for each kind of id that a URL can name: what the permission matrix swaps and tries.

A factory takes the cast and an organ of it and returns the URL's kwargs. Each app adds its own below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from accounts.models import Approval, ChainState, Organ
from accounts.roles import Role
from checklists.models import ChecklistItem
from checklists.states import FocusArea, Form
from ledgers.models import ImportRun
from tests.factories import NOW, TODAY, County, serial
from tests.ledgers.workbooks import USUAL, line, xlsx

Sample = Callable[[County, Organ], dict[str, Any]]
SAMPLES: dict[str, Sample] = {}


def sample(name: str) -> Callable[[Sample], Sample]:
    """Register a factory under the name that the policy table uses."""

    def keep(factory: Sample) -> Sample:
        SAMPLES[name] = factory
        return factory

    return keep


@sample("organ")
def organ_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The organ itself."""
    return {"pk": organ.pk}


@sample("import_run")
def import_run_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """An uploaded workbook that waits for its preview."""
    run = ImportRun(organ=organ, year=TODAY.year, filename="台账.xlsx", digest="0" * 64, by=cast.nongye, created_at=NOW)
    run.file.save("sample.xlsx", ContentFile(xlsx([USUAL, line(1)])))
    return {"pk": run.pk}


@sample("approval")
def approval_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """A round of a project of the organ, already returned."""
    author = organ.members.filter(role=Role.CLERK).first() or cast.people["nongye"]
    item = ChecklistItem.objects.create(
        organ=organ, lead_organ=organ, year=2026, form=Form.STATIONED, focus_area=FocusArea.OTHER,
        title=f"审批样件{serial()}", content="样件", created_by=author,
    )  # fmt: skip
    paper = Approval.objects.create(
        subject=item, organ=organ, title=item.title, article="A6.1c", round_no=1, state=ChainState.RETURNED, content={},
        digest="0" * 64, submitted_by=author, submitted_at=NOW, finished_at=NOW,
    )  # fmt: skip
    return {"pk": paper.pk}
