"""The rules as tables: who may lead, which form is whose, which kinds make which joint working."""

import pytest

from checklists.rules import lead_verdict, linkage_verdict, may_use_form, methods_are_known, window_is_open
from checklists.states import Form, LinkageMode
from tests.factories import County, moment

pytestmark = pytest.mark.django_db
CSO, ROOM, SG = "conduct_supervision_office", "internal_office", "stationed_group"
TC, ZONE, INS = "township_committee", "dev_zone_committee", "inspection_office"


@pytest.mark.parametrize(
    ("mode", "kinds", "by_committee", "allowed"),
    [
        ("none", [SG], False, True),
        ("room_group", [CSO, SG], False, True),
        ("room_group", [ROOM, SG], False, True),
        ("room_group", [SG, TC], False, False),
        ("group_group", [SG, SG], False, True),
        ("group_group", [SG, CSO], False, False),
        ("room_group_local", [CSO, SG, TC], False, True),
        ("room_group_local", [CSO, SG, ZONE], False, True),
        ("room_group_local", [CSO, SG], False, False),
        ("room_group_inspection_local", [CSO, SG, INS, TC], True, True),
        ("room_group_inspection_local", [CSO, SG, INS, TC], False, False),
        ("room_group_inspection_local", [CSO, SG, TC], True, False),
    ],
)
def test_joint_working_matches_who_takes_part(mode: str, kinds: list[str], by_committee: bool, allowed: bool) -> None:
    assert bool(linkage_verdict(mode, kinds, by_committee=by_committee)) is allowed


def test_the_refusal_names_who_is_lacking() -> None:
    said = linkage_verdict(LinkageMode.ROOM_GROUP_LOCAL, [SG], by_committee=False)

    assert said.sentence == (
        "“室组地”联动还缺：党风政风监督室或机关部室、乡（镇、办）纪（工）委。请在牵头单位和配合单位中补上，或改选联动方式。"
    )
    assert said.article == "A10.2a"


def test_forms_belong_to_organs(cast: County) -> None:
    table = {
        (organ.kind, form.value): bool(may_use_form(form, organ)) for organ in (cast.cso, cast.agri) for form in Form
    }

    assert [key for key, allowed in table.items() if allowed] == [
        (CSO, "centralized"),
        (CSO, "key"),
        (CSO, "assigned"),
        (SG, "key"),
        (SG, "stationed"),
    ]


def test_a_wrong_lead_is_explained(cast: County) -> None:
    said = lead_verdict(Form.CENTRALIZED, None, False, cast.cso, cast.agri, "因为熟悉")

    assert said.sentence == (
        "牵头单位不能定为驻县农业农村局纪检监察组：“集中式”聚焦全局性监督检查项目，根据县纪委常委会安排，"
        "由党风政风监督室牵头组织实施。"
    )
    assert said.article == "A7.1"


def test_another_lead_of_a_key_project_needs_its_reason(cast: County) -> None:
    school = cast.units["县教育局"]

    assert not lead_verdict(Form.KEY, school, False, cast.agri, cast.agri, " ")
    assert lead_verdict(Form.KEY, school, False, cast.agri, cast.agri, "涉农资金为主")
    assert lead_verdict(Form.KEY, school, False, cast.agri, cast.edu, "")


def test_a_method_outside_the_vocabulary_is_named() -> None:
    assert methods_are_known(["约谈"], {"约谈", "调研督导"})
    said = methods_are_known(["约谈", "暗中盯梢"], {"约谈", "调研督导"})
    assert (bool(said), said.article) == (False, "A8")
    assert "暗中盯梢" in said.sentence


@pytest.mark.parametrize(("day", "open_"), [((2026, 3, 31), True), ((2026, 4, 1), False)])
def test_the_window_ends_with_march(day: tuple[int, int, int], open_: bool) -> None:
    assert bool(window_is_open(2026, on=moment(*day).date())) is open_
