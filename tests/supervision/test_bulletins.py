"""典型问题通报: masked words that people may change, the committee's leave, number and issue."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Official
from accounts.workflow import Refused
from supervision.actions.documents.bulletins import draft_bulletin, edit_bulletin, submit_bulletin, suggested_case
from supervision.actions.documents.numbering import issue_paper, number_paper, void_paper
from supervision.documents.reading import register_rows
from supervision.documents.words import masked
from supervision.models import TypicalBulletin
from tests.factories import County, county
from tests.samples import make_problem
from tests.supervision.papers import DRAFTED, ISSUED, SENT, approve_bulletin, make_bulletin

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_masking_leaves_no_half_of_a_name() -> None:
    text = "县农业农村局机关和县农业农村局的王建、王建国"

    assert masked(text, units=["县农业农村局"], persons=["王建", "王建国"]) == "某单位机关和某单位的某同志、某同志"
    assert masked("甲乙", units=["", "甲"], persons=[]) == "甲乙"  # one character alone is no name


def test_the_first_words_of_a_case_carry_neither_unit_nor_person(cast: County) -> None:
    unit = cast.units["县农业农村局"]
    Official.objects.create(unit=unit, full_name="张大山", post="局长")
    problem = make_problem(cast, cast.agri, description="县农业农村局张大山未按程序审批")

    assert suggested_case(problem, names_masked=True) == "某单位：某单位某同志未按程序审批"
    assert suggested_case(problem, names_masked=False) == "县农业农村局：县农业农村局张大山未按程序审批"


def test_a_name_that_is_to_be_masked_stops_the_bulletin_until_it_is_gone(cast: County) -> None:
    bulletin = make_bulletin(cast)
    problem = bulletin.cases.get().problem
    edit_bulletin(bulletin, by=cast.nongye, at=DRAFTED, cases=[(problem, "县农业农村局公示不规范")])
    with pytest.raises(Refused, match="第1个典型问题仍写有“县农业农村局”"):
        submit_bulletin(bulletin, by=cast.nongye, at=SENT)

    edit_bulletin(bulletin, by=cast.nongye, at=DRAFTED, names_masked=False)
    assert submit_bulletin(TypicalBulletin.objects.get(pk=bulletin.pk), by=cast.nongye, at=SENT).steps.count() == 4


def test_a_masked_name_does_not_slip_in_by_the_opening(cast: County) -> None:
    bulletin = make_bulletin(cast, opening="县农业农村局等单位问题突出。")

    with pytest.raises(Refused, match="通报缘由仍写有“县农业农村局”"):
        submit_bulletin(bulletin, by=cast.nongye, at=SENT)


def test_strangers_and_empty_bulletins_are_refused(cast: County) -> None:
    with pytest.raises(Refused, match="不能为驻县农业农村局纪检监察组起草"):
        make_bulletin(cast, by=cast.jiaoyu)
    foreign = make_problem(cast, cast.edu)
    with pytest.raises(Refused, match="不在您可以查看的范围"):
        make_bulletin(cast, cases=[(foreign, "")])
    empty = draft_bulletin(cast.agri, title="空通报", by=cast.nongye, at=DRAFTED)
    with pytest.raises(Refused, match="通报缘由和工作要求"):
        submit_bulletin(empty, by=cast.nongye, at=SENT)


def test_number_issue_and_register_follow_the_committee(cast: County) -> None:
    bulletin = approve_bulletin(cast, make_bulletin(cast, scope="public"))
    assert bulletin.signed_by == cast.fenguan

    assert number_paper(bulletin, by=cast.wenshu, at=ISSUED, prefix="示纪通") == "示纪通〔2026〕1号"
    issue_paper(bulletin, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))
    bulletin.refresh_from_db()
    assert bulletin.is_intact
    assert bulletin.content["issuer"] == "示范县纪委监委"
    with pytest.raises(Refused, match="不能作废"):
        void_paper(bulletin, by=cast.wenshu, at=ISSUED, reason="误发")
    assert [row["doc_no"] for row in register_rows(cast.wenshu, "bulletin", 2026)] == ["示纪通〔2026〕1号"]


def test_an_approved_bulletin_is_locked(cast: County) -> None:
    bulletin = approve_bulletin(cast, make_bulletin(cast))

    with pytest.raises(Refused, match="文本已锁定"):
        edit_bulletin(bulletin, by=cast.nongye, at=ISSUED, opening="偷改")


def test_an_issued_bulletin_is_for_the_whole_county_and_only_for_it(cast: County) -> None:
    abroad = county("外县")
    bulletin = approve_bulletin(cast, make_bulletin(cast))
    readers = (cast.liuhe, cast.anguan, cast.changweihui, cast.sysadmin, abroad.nongye)

    def seen() -> list[bool]:
        return [TypicalBulletin.objects.visible_to(person).filter(pk=bulletin.pk).exists() for person in readers]

    assert seen() == [False] * 5
    number_paper(bulletin, by=cast.wenshu, at=ISSUED, prefix="示纪通")
    issue_paper(bulletin, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))
    assert seen() == [True, True, True, False, False]
