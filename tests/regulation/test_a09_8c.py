"""第九条第（八）项: what is late, half-done or refused is pressed by a letter; a person decides, nothing follows by itself."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.workflow import Refused
from supervision.actions.documents.drafting import draft_letter
from supervision.actions.documents.numbering import drop_paper
from supervision.models import IssuedDocument
from tests.factories import County, county, moment
from tests.supervision.papers import make_document, reply, serve

pytestmark = pytest.mark.django_db
LATE = moment(2026, 3, 15)


@pytest.fixture
def cast() -> County:
    return county()


def words(letter: IssuedDocument) -> dict[str, str]:
    return {section["key"]: section["text"] for section in letter.sections}


def test_a09_8c_an_overdue_reply_drafts_a_letter_with_number_and_days(cast: County) -> None:
    document = serve(cast, make_document(cast))

    letter = draft_letter(document, by=cast.nongye, at=LATE)

    assert (letter.kind, letter.follows, letter.urge_no, letter.unit) == (
        "supervision_letter",
        document,
        1,
        document.unit,
    )
    assert "示纪驻农改〔2026〕1号" in words(letter)["matter"]
    assert "要求2026年3月5日前书面回复。截至2026年3月15日，已逾期10天，未收到书面回复。" in words(letter)["progress"]
    assert letter.reply_due_on == date(2026, 3, 22)
    assert letter.points.count() == 2
    assert document.step == "served"  # the letter goes its own way; the document still waits


def test_a09_8c_a_letter_presses_only_the_points_left_out(cast: County) -> None:
    document = serve(cast, make_document(cast, count=3))
    reply(cast, document, {1: "好", 3: "好"})

    letter = draft_letter(document, by=cast.nongye, at=LATE)

    assert [point.text for point in letter.points.all()] == ["问题2"]
    assert "第2点未答复" in words(letter)["progress"]


def test_a09_8c_no_letter_before_the_day_or_when_everything_is_answered(cast: County) -> None:
    document = serve(cast, make_document(cast))
    with pytest.raises(Refused, match="还没有过"):
        draft_letter(document, by=cast.nongye, at=moment(2026, 3, 5))
    reply(cast, document, {1: "好", 2: "好"})
    with pytest.raises(Refused, match="各项问题都已答复"):
        draft_letter(document, by=cast.nongye, at=LATE)
    assert IssuedDocument.objects.filter(kind="supervision_letter").count() == 0


def test_a09_8c_one_letter_at_a_time_and_the_next_is_counted(cast: County) -> None:
    document = serve(cast, make_document(cast))
    first = draft_letter(document, by=cast.nongye, at=LATE)
    with pytest.raises(Refused, match="第1次督办函还在办理"):
        draft_letter(document, by=cast.nongye, at=LATE)

    IssuedDocument.objects.filter(pk=first.pk).update(
        step="served", issued_on=date(2026, 3, 16), digest="0" * 64, served_on=date(2026, 3, 16)
    )
    second = draft_letter(IssuedDocument.objects.get(pk=first.pk), by=cast.nongye, at=moment(2026, 4, 1))
    assert (second.urge_no, second.follows) == (2, document)

    drop_paper(second, by=cast.nongye, at=moment(2026, 4, 1), reason="重写")
    assert draft_letter(document, by=cast.nongye, at=moment(2026, 4, 1)).urge_no == 2


def test_a09_8c_another_organ_cannot_press(cast: County) -> None:
    document = serve(cast, make_document(cast))

    with pytest.raises(Refused, match="不能为驻县农业农村局纪检监察组起草"):
        draft_letter(document, by=cast.jiaoyu, at=LATE)
