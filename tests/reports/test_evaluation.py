"""The yearly evaluation: a table worked out by hand, what changes it and what does not, and who may do what (A10.5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import Attachment, Event, SupervisedUnit
from accounts.workflow import Refused
from reports.actions.evaluation.objections import decide, file_objection, propose
from reports.actions.evaluation.schemes import draft_scheme
from reports.actions.evaluation.tables import (
    adjust_row,
    compute_table,
    open_table,
    recompute_table,
    settle_table,
    submit_table,
)
from reports.evaluation.bands import read
from reports.evaluation.composition import highest, repeated
from reports.evaluation.scoring import Line, rounded, score
from reports.models import EvaluationRow, EvaluationTable
from tests.factories import County, county, enter, moment
from tests.reports.evaluation_cases import (
    AFTER,
    FEB,
    TWENTY,
    case,
    clerk_of,
    computed,
    in_force,
    lines,
    loss,
    problem,
    values_of_scheme,
    widen,
)
from tests.samples import PNG
from tests.supervision.rounds import signed

pytestmark = pytest.mark.django_db

RELATIVE = {
    "nongye": ("20.00", "10.00", "20.00", None, "20.00", "70.00", "70.00", 1),
    "jiaoyu": ("10.00", "20.00", "0.00", None, "6.67", "36.67", "36.67", 2),
    "weijian": ("0.00", "20.00", "6.67", None, "0.00", "26.67", "26.67", 3),
    "liuhe": ("20.00", None, None, "20.00", None, "40.00", "40.00", 1),
    "kaifaqu": ("20.00", None, None, "20.00", None, "40.00", "40.00", 1),
}


@pytest.fixture
def cast() -> County:
    return county()


def row_of(table: EvaluationTable, name: str) -> EvaluationRow:
    return next(row for row in table.rows.select_related("organ", "table") if clerk_of(row.organ).username == name)


def test_the_table_worked_out_by_hand_and_left_alone_by_later_edits(cast: County) -> None:
    table = computed(cast)
    agri = row_of(table, "nongye")
    kept = {part: agri.values["E-1"][part]["value"] for part in ("found", "solved", "expected")}

    assert lines(table) == RELATIVE
    assert kept == {"found": "5", "solved": "4", "expected": "5"}
    assert [agri.values["E-3"][part]["value"] for part in ("persons", "party_organs")] == ["2", "1"]
    assert len(agri.values["E-1"]["solved"]["ids"]) == 4 and agri.values["E-5"]["losses"]["value"] == "1000.00"

    case(cast, cast.agri)
    loss(cast, cast.edu, "99999.00")
    problem(cast, cast.edu, solved=True)
    table.refresh_from_db()

    assert lines(table) == RELATIVE
    assert repeated(table) == table.digest


def test_a_draft_counted_anew_takes_what_was_verified_meanwhile(cast: County) -> None:
    table = computed(cast)
    case(cast, cast.agri)

    recompute_table(table, by=cast.dangfeng, at=AFTER)

    assert lines(table)["nongye"][1] == "20.00"


def test_what_people_wrote_into_a_draft_stays_when_it_is_counted_anew(cast: County) -> None:
    table = computed(cast)
    row = row_of(table, "nongye")
    adjust_row(
        row,
        adjustment=Decimal("1.5"),
        reason="经验推广",
        comment="整改\r\n抓得实",
        grade="好",
        by=cast.dangfeng,
        at=AFTER,
    )

    recompute_table(table, by=cast.dangfeng, at=AFTER)

    again = row_of(table, "nongye")
    assert again.pk == row.pk  # a colleague's open page still has its address
    assert (again.adjustment, again.adjustment_reason) == (Decimal("1.5"), "经验推广")
    assert (again.grade, again.comment) == ("好", "整改\n抓得实")
    assert again.total == again.subtotal + Decimal("1.5")
    assert "加减分+1.50" in Event.objects.filter(verb="adjust").last().note  # type: ignore[union-attr]


def test_a_changed_number_no_longer_fits_the_digest(cast: County) -> None:
    table = computed(cast)
    row = row_of(table, "jiaoyu")
    row.total = Decimal("99.00")
    row.values["E-2"]["cases"]["value"] = "7"
    row.save()

    assert repeated(table) != table.digest


def test_sizes_divide_and_both_values_are_kept(cast: County) -> None:
    table = computed(cast, adjuster="units")
    agri, edu = row_of(table, "nongye"), row_of(table, "jiaoyu")

    # three units each for agri and edu, one for health: cases 1/3, 2/3 and 2/1
    assert (agri.size, agri.adjusted["E-2"], agri.values["E-2"]["cases"]["value"]) == (3, "0.33", "1")
    assert (edu.adjusted["E-2"], edu.points["E-2"], agri.points["E-2"]) == ("0.67", "6.67", "3.33")
    assert row_of(table, "weijian").points["E-2"] == "20.00"


def test_an_organ_without_a_size_cannot_be_divided(cast: County) -> None:
    health, zone = widen(cast)
    SupervisedUnit.objects.filter(organ=zone).delete()
    in_force(cast, values_of_scheme(cast, health, zone, adjuster="units"))

    with pytest.raises(Refused, match="县开发区纪工委没有可供折算"):
        compute_table(cast.cso, 2026, by=cast.dangfeng, at=AFTER)

    assert not EvaluationTable.objects.exists()


@pytest.mark.once
def test_points_by_bands_by_halves_and_by_exact_rounding() -> None:
    def line(group: str, **values: str) -> Line:
        keys = {"found": "E-1", "solved": "E-1", "cases": "E-2", "losses": "E-5"}
        kept: dict[str, Any] = {}
        for name, value in values.items():
            kept.setdefault(keys[name], {})[name] = {"value": value}
        return Line(group, None, kept)

    plain = {"weights": TWENTY, "is_split": False, "method": "relative", "bands": {}}
    banded = SimpleNamespace(
        **{**plain, "method": "banded", "bands": {"E-1": [["1", "5"], ["3", "12.5"]], "E-2": [["0", "2"]]}}
    )
    split = SimpleNamespace(**{**plain, "is_split": True, "found_weight": Decimal(5), "solved_weight": Decimal(15)})
    a, b = line("g", found="8", solved="3", cases="0"), line("g", found="2", solved="2", losses="0.01")

    low = score(banded, [a, b])
    halves = score(split, [a, b])

    assert (low[0].points["E-1"], low[1].points["E-1"], low[1].points["E-2"], low[0].points["E-5"]) == (
        Decimal("12.50"), Decimal("5.00"), Decimal("2.00"), Decimal("0.00"),
    )  # fmt: skip
    # found 5 x 2/8 = 1.25 and solved 15 x 2/3 = 10
    assert (halves[0].points["E-1"], halves[1].points["E-1"]) == (Decimal("20.00"), Decimal("11.25"))
    assert halves[0].points["E-2"] is None and halves[1].points["E-5"] == Decimal("20.00")
    assert [str(rounded(Fraction(value, 1000))) for value in (1005, 1004, -1005, 2665)] == [
        "1.01",
        "1.00",
        "-1.01",
        "2.67",
    ]


def test_an_adjustment_has_a_limit_and_a_reason_and_moves_the_rank(cast: County) -> None:
    table = computed(cast)
    row = row_of(table, "liuhe")
    words: dict[str, Any] = {"comment": "工作扎实", "grade": "", "by": cast.dangfeng, "at": AFTER}

    with pytest.raises(Refused, match="±5分以内"):
        adjust_row(row, adjustment=Decimal("5.01"), reason="创新做法", **words)
    with pytest.raises(Refused, match="须写明理由"):
        adjust_row(row, adjustment=Decimal("2"), reason=" ", **words)
    with pytest.raises(Refused, match="党风政风监督室牵头"):
        adjust_row(row, adjustment=Decimal("2"), reason="创新做法", **{**words, "by": cast.liuhe_head})
    adjust_row(row, adjustment=Decimal("-2.5"), reason="报送质量不高", **words)

    assert lines(table)["liuhe"][-3:] == ("40.00", "37.50", 2) and lines(table)["kaifaqu"][-1] == 1
    open_table(table, by=cast.dangfeng, at=AFTER)
    with pytest.raises(Refused, match="现在不能调整"):
        adjust_row(row, adjustment=Decimal(0), reason="", **words)


def test_points_stand_once_the_organs_have_checked_them_and_words_may_follow(cast: County) -> None:
    table, later = computed(cast), moment(2026, 12, 24)
    row = row_of(table, "liuhe")
    said: dict[str, Any] = {"comment": "", "grade": "", "by": cast.dangfeng, "at": AFTER}
    adjust_row(row, adjustment=Decimal(2), reason="创新做法", **said)
    open_table(table, by=cast.dangfeng, at=AFTER)
    settle_table(table, by=cast.dangfeng, at=later)

    for points, reason in ((Decimal(3), "创新做法"), (Decimal(2), "另一理由"), (Decimal(0), "")):
        with pytest.raises(Refused, match="异议期已过，加减分须在公布前登记"):
            adjust_row(row, adjustment=points, reason=reason, **said)
    adjust_row(row, adjustment=Decimal(2), reason="创新做法", **{**said, "grade": "好", "comment": "扎实", "at": later})

    row.refresh_from_db()
    assert (str(row.total), row.grade, row.comment) == ("42.00", "好", "扎实")
    office = enter(cast.dangfeng)
    shown = office.get(f"/evaluation/rows/{row.pk}/adjust/").content.decode()
    assert "加减分须在公布前登记，现在不能改动" in shown and "disabled" in shown
    sent = {"adjustment": "5", "reason": "改大", "grade": "较好", "comment": "扎实"}
    assert office.post(f"/evaluation/rows/{row.pk}/adjust/", sent).status_code == 302  # closed fields keep what stands
    row.refresh_from_db()
    assert (str(row.adjustment), row.grade) == ("2.00", "较好")


def test_a_proposal_that_was_made_anew_is_read_before_it_is_decided(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    row = row_of(table, "jiaoyu")
    one = file_objection(row, "E-2", reason="少计一件", by=cast.jiaoyu_head, at=AFTER)
    clues = Decimal(row.values["E-2"]["clues"]["value"])
    one = propose(one, "uphold", reason="属实", values={"cases": Decimal(3), "clues": clues}, records="立〔2026〕3号", by=cast.dangfeng, at=AFTER)  # fmt: skip
    page = enter(cast.dangfeng_head)
    found = page.get(reverse("reports:evaluation_objection", args=[one.pk])).content.decode()
    seen = found.split('name="seen" value="')[1].split('"')[0]

    propose(one, "uphold", reason="属实", values={"cases": Decimal(99), "clues": clues}, records="立〔2026〕3号", by=cast.dangfeng, at=AFTER)  # fmt: skip
    answer = page.post(reverse("reports:evaluation_decide", args=[one.pk]), {"verb": "agree", "seen": seen})

    assert answer.status_code == 409 and "拟办意见已由拟办人重新提出" in answer.content.decode()
    one.refresh_from_db()
    assert one.step == "proposed"
    assert row_of(table, "jiaoyu").values["E-2"]["cases"]["value"] == row.values["E-2"]["cases"]["value"]


def test_only_an_upheld_objection_changes_a_frozen_value(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    row, day = row_of(table, "jiaoyu"), moment(2026, 12, 20)
    paper = SimpleUploadedFile("立案决定书.png", PNG, content_type="image/png")

    with pytest.raises(Refused, match="本单位负责人"):
        file_objection(row, "E-1", reason="少计一件", by=cast.jiaoyu, at=day)
    with pytest.raises(Refused, match="本单位负责人"):
        file_objection(row, "E-1", reason="少计一件", by=cast.nongye_head, at=day)
    one = file_objection(row, "E-1", reason="少计两个", by=cast.jiaoyu_head, at=day, uploads=[paper])
    two = file_objection(row, "E-2", reason="少计一件", by=cast.jiaoyu_head, at=day)
    with pytest.raises(Refused, match="限提一次"):
        file_objection(row, "E-2", reason="再提", by=cast.jiaoyu_head, at=day)
    assert Attachment.objects.of(one).count() == 1
    with pytest.raises(Refused, match="解决数不能大于"):
        propose(
            one,
            "uphold",
            reason="属实",
            values={"found": Decimal(2), "solved": Decimal(4), "expected": Decimal(4)},
            by=cast.dangfeng,
            at=day,
        )
    propose(one, "uphold", reason="属实", values={"found": Decimal(8), "solved": Decimal(8), "expected": Decimal(8)}, records="问题2026-00012",
            by=cast.dangfeng, at=day)  # fmt: skip
    propose(two, "reject", reason="截止日后立案", by=cast.dangfeng, at=day)
    assert lines(table) == RELATIVE

    with pytest.raises(Refused, match="没有“决定异议成立”的权限"):
        _clerk_decides(one, cast, day)
    with pytest.raises(Refused, match="还有2件异议"):
        settle_table(table, by=cast.dangfeng, at=moment(2026, 12, 24))
    decide(one, agreed=True, by=cast.dangfeng_head, at=day)
    decide(two, agreed=True, by=cast.dangfeng_head, at=day)

    one.refresh_from_db()
    assert (one.step, one.before["solved"]["value"], one.after["solved"]["value"]) == ("upheld", "2", "8")
    # the highest of the group is 8 now: agri 20 x 4/8
    assert lines(table)["jiaoyu"][:2] == ("20.00", "20.00") and lines(table)["nongye"][0] == "10.00"
    assert lines(table)["jiaoyu"][5] == "46.67" and lines(table)["nongye"][5] == "60.00"
    table.refresh_from_db()
    assert repeated(table) == table.digest


def _clerk_decides(one: Any, cast: County, day: Any) -> None:
    """Another clerk of the office than the one who proposed: still not the head."""
    one.refresh_from_db()
    one.proposed_by = cast.dangfeng_head
    one.save()
    try:
        decide(one, agreed=True, by=cast.dangfeng, at=day)
    finally:
        one.proposed_by = cast.dangfeng
        one.save()


def test_the_proposer_never_decides_and_may_be_asked_again(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    one = file_objection(row_of(table, "jiaoyu"), "E-5", reason="少计", by=cast.jiaoyu_head, at=AFTER)
    propose(
        one,
        "uphold",
        reason="属实",
        values={"losses": Decimal("500.50")},
        records="缴款书2号",
        by=cast.dangfeng_head,
        at=AFTER,
    )

    with pytest.raises(Refused, match="不能决定自己的拟办"):
        decide(one, agreed=True, by=cast.dangfeng_head, at=AFTER)
    propose(one, "reject", reason="凭证不符", by=cast.dangfeng, at=AFTER)
    decide(one, agreed=False, note="再核凭证", by=cast.dangfeng_head, at=AFTER)

    one.refresh_from_db()
    assert one.step == "filed" and lines(table) == RELATIVE


@pytest.mark.parametrize(
    ("values", "records", "sentence"),
    [
        ({"solved": 2, "expected": 2}, "问题12", "“发现”没有填写"),
        ({"found": 2, "solved": 2, "expected": 2}, "问题12", "与更正前相同"),
        ({"found": 3, "solved": 3, "expected": 3}, " ", "请在“更正所据记录”写明"),
        ({}, "问题12", "请填写更正后的数值"),
    ],
)
def test_a_correction_is_whole_new_and_rests_on_a_record(
    cast: County, values: dict[str, int], records: str, sentence: str
) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    one = file_objection(
        row_of(table, "jiaoyu"), "E-1", reason="少计", by=cast.jiaoyu_head, at=AFTER
    )  # frozen: 2, 2, 2

    with pytest.raises(Refused, match=sentence):
        propose(one, "uphold", reason="属实", values={key: Decimal(value) for key, value in values.items()}, records=records,
                by=cast.dangfeng, at=AFTER)  # fmt: skip

    one.refresh_from_db()
    assert (one.step, one.proposal) == ("filed", {})


@pytest.mark.once
def test_bands_are_read_as_typed_and_a_line_that_is_none_is_named() -> None:
    assert read("1=5\n\n １０．５ ＝ 12.25\n") == [["1", "5"], ["10.5", "12.25"]]
    for wrong in (
        "NaN=0",
        "Infinity=20",
        "1e9=20",
        "-1=2",
        "1=2=3",
        "1",
        "=",
        f"{'9' * 13}=1",
        "1=0.001",
        f"1={'0' * 400}",
    ):
        with pytest.raises(ValueError, match="第2行“.*不能识别"):
            read(f"1=5\n{wrong}")


def test_the_window_closes_and_the_chain_waits_for_it(cast: County) -> None:
    table = computed(cast)
    row = row_of(table, "jiaoyu")
    with pytest.raises(Refused, match="现在不接受异议"):
        file_objection(row, "E-1", reason="少计", by=cast.jiaoyu_head, at=AFTER)
    open_table(table, by=cast.dangfeng, at=AFTER)  # until 23 December

    with pytest.raises(Refused, match="期满后才能办结"):
        settle_table(table, by=cast.dangfeng, at=moment(2026, 12, 23, 23, 59))
    with pytest.raises(Refused, match="届满"):
        file_objection(
            row_of(table, "jiaoyu"), "E-1", reason="少计", by=cast.jiaoyu_head, at=moment(2026, 12, 24, 0, 0)
        )
    with pytest.raises(Refused, match="不能层报审批"):
        submit_table(table, by=cast.dangfeng, at=AFTER)
    settle_table(table, by=cast.dangfeng, at=moment(2026, 12, 24))
    submit_table(table, by=cast.dangfeng, at=moment(2026, 12, 24))
    signed(cast, table, at=moment(2026, 12, 28), kind="evaluation")

    table.refresh_from_db()
    assert table.step == "confirmed" and table.resolution is not None
    assert [event.verb for event in Event.objects.of(table)][:3] == ["compute", "open", "settle"]


def test_an_organ_sees_its_own_row_alone_and_only_once_the_table_is_open(cast: County) -> None:
    table = computed(cast)
    seen = lambda user: set(EvaluationRow.objects.visible_to(user).values_list("organ__name", flat=True))  # noqa: E731

    assert seen(cast.nongye_head) == set() and len(seen(cast.dangfeng)) == 5
    open_table(table, by=cast.dangfeng, at=AFTER)

    assert seen(cast.nongye_head) == seen(cast.nongye) == {"驻县农业农村局纪检监察组"}
    assert not EvaluationTable.objects.visible_to(cast.nongye_head).exists()
    assert str(highest(table.scheme, list(table.rows.all()), "stationed_group")["E-5"]) == "1000.00"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"weights": {**TWENTY, "E-5": "19"}}, "合计应为100分，现为99分"),
        ({"weights": {**TWENTY, "E-1": "-1", "E-2": "41"}}, "小于0"),
        ({"found_weight": Decimal(5), "solved_weight": Decimal(10)}, "子权重合计应等于"),
        ({"found_weight": Decimal(5), "solved_weight": None}, "两项都填或都留空"),
        ({"found_weight": None, "solved_weight": Decimal(15)}, "两项都填或都留空"),
        ({"method": "banded", "bands": {key: [["NaN", "0"]] for key in TWENTY}}, "第1档“NaN=0”不能识别"),
        (
            {"method": "banded", "bands": {key: [["1", "5"], ["1", "6"]] for key in TWENTY}},
            "第2档“1=6”的数值应大于上一档",
        ),
        ({"method": "banded", "bands": {key: [["1", "5"], ["2", "4"]] for key in TWENTY}}, "第2档“2=4”的得分不应低于"),
        ({"method": "banded"}, "还没有分档"),
        ({"method": "banded", "bands": {key: [["1", "21"]] for key in TWENTY}}, "0至20分之间"),
        ({"cutoff": moment(2027, 7, 1).date()}, "数据截止日应在"),
        ({"groups": {"stationed_group": []}}, "至少选择一个"),
    ],
)
def test_a_scheme_that_cannot_be_is_refused(cast: County, change: dict[str, Any], sentence: str) -> None:
    health, zone = widen(cast)

    with pytest.raises(Refused, match=sentence):
        draft_scheme(cast.cso, 2026, values_of_scheme(cast, health, zone, **change), by=cast.dangfeng, at=FEB)


def test_the_office_itself_is_never_evaluated(cast: County) -> None:
    health, zone = widen(cast)
    values = values_of_scheme(cast, health, zone, groups={"stationed_group": [cast.cso.pk]})

    with pytest.raises(Refused, match="党风政风监督室不参加评估"):
        draft_scheme(cast.cso, 2026, values, by=cast.dangfeng, at=FEB)
