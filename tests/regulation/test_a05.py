"""Article 5: the seven areas, instructions followed to their end, change in the year."""

from datetime import date

import pytest

from accounts.workflow import Refused
from checklists import actions
from checklists.models import AnnualChecklist, InstructionItem, Topic
from checklists.states import ChangeKind, FocusArea
from supervision.actions.feedback import record_feedback
from tests.checklists.story import APR, FEB, draft, filed, issue_points, issued, sign_up
from tests.factories import County, county

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    made = county()
    issue_points(made)
    return made


@pytest.mark.parametrize(
    ("row", "area", "words"),
    [
        ("A5.1", "central_leadership", "维护党中央集中统一领导"),
        ("A5.2", "instructions", "重要指示批示"),
        ("A5.3", "major_decisions", "路线方针政策和重大决策部署"),
        ("A5.4", "party_governance_responsibility", "主体责任"),
        ("A5.5", "power_operation", "权力运行"),
        ("A5.6", "inspection_rectification", "巡视巡察整改"),
        ("A5.7", "other", "其他"),
    ],
)
def test_a05_1_to_7_are_the_seven_areas_in_order(row: str, area: str, words: str) -> None:
    areas = [(f"A5.{place}", choice.value, choice.label) for place, choice in enumerate(FocusArea, 1)]

    assert areas[int(row[-1]) - 1] == (row, area, words)
    assert len(areas) == 7


def test_a05_1_a_project_without_an_area_does_not_go_up(cast: County) -> None:
    item = draft(cast, focus_area="")

    with pytest.raises(Refused) as caught:
        actions.submit_item(item, by=cast.nongye, at=FEB)

    assert caught.value.article == "A5"


def test_a05_2_an_instruction_has_a_term_and_is_overdue_after_it(cast: County) -> None:
    item = actions.save_instruction(
        None, organ=cast.agri, by=cast.nongye, at=FEB, title="管护", source_doc="省委", received_on=date(2026, 2, 1),
        responsible_unit=cast.units["县农业农村局"], measures="排查", due_on=date(2026, 3, 31),
    )  # fmt: skip
    actions.add_progress(item, by=cast.nongye, at=FEB, reported_on=date(2026, 2, 10), text="过半")

    assert list(InstructionItem.objects.overdue(on=date(2026, 3, 31))) == []
    assert list(InstructionItem.objects.overdue(on=date(2026, 4, 1))) == [item]
    actions.close_instruction(item, by=cast.nongye, at=APR, closed_on=date(2026, 4, 2))
    assert list(InstructionItem.objects.overdue(on=date(2026, 4, 3))) == []


def test_a05_3_topics_are_the_offices_vocabulary(cast: County) -> None:
    grain = Topic.objects.create(name="高标准农田")
    item = draft(cast, topics=[grain])

    assert list(grain.checklistitem_set.all()) == [item]


def test_a05_6_inspection_feedback_knows_its_level_and_its_unit(cast: County) -> None:
    made = record_feedback(
        unit=cast.units["县农业农村局"], level="province", feedback_on=date(2026, 1, 20), item_no="3", by=cast.nongye,
        at=FEB, text="管护责任不落实",
    )  # fmt: skip

    assert (made.get_level_display(), made.cured_on) == ("省委巡视", None)
    with pytest.raises(Refused) as caught:
        record_feedback(
            unit=cast.units["县教育局"], level="county", feedback_on=date(2026, 1, 20), by=cast.nongye, at=FEB, text="x"
        )
    assert caught.value.article == "A5.6"


def test_a05_7_a_change_in_the_year_runs_the_chain_again_and_makes_a_version(cast: County) -> None:
    item = filed(cast)
    issued(cast)
    item.refresh_from_db()
    change = actions.propose_change(
        item, ChangeKind.MODIFY, reason="形势变化", values={"frequency": "每月1次"}, by=cast.nongye, at=APR
    )
    actions.submit_change(change, by=cast.nongye, at=APR)
    assert AnnualChecklist.objects.count() == 1

    sign_up(cast, change, at=APR)

    assert list(AnnualChecklist.objects.values_list("version", "step")) == [(2, "published"), (1, "superseded")]
