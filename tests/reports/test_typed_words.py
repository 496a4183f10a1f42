"""Nothing typed is lost: refusals hand the words back, and a save over a colleague's later words shows both texts."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.writing.overtaking import mark_of
from reports.actions import annual, appraisals, county_quarter, ecology, quarterly
from reports.actions.evaluation import schemes
from reports.actions.evaluation.objections import file_objection
from reports.actions.evaluation.tables import open_table
from reports.models import AppraisalText, EvaluationScheme
from tests.factories import County, county, enter
from tests.reports import ecology_cases, hearing_cases, quarterly_cases
from tests.reports.evaluation_cases import AFTER, FEB, computed, values_of_scheme, widen
from tests.reports.evaluation_cases import in_force as scheme_in_force

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MINE = "我写的一大段话，写了很久，不能丢。"
THEIRS = "同事刚刚保存的文字。"
AGAIN = "请核对两份文字后再保存"
MARK = re.compile(r'name="seen" value="([^"]+)"')


@pytest.fixture
def cast() -> County:
    return county()


def mark(client: Client, path: str) -> str:
    """The mark of the text on the page."""
    found = MARK.search(client.get(path).content.decode())
    assert found is not None, path
    return found.group(1)


def words(answer: Any, status: int) -> str:
    assert answer.status_code == status
    return html.unescape(answer.content.decode())


# --- refusals hand the words back ---


def test_text_typed_while_the_paper_went_up_stands_on_the_refusal(cast: County) -> None:
    row, desk = ecology_cases.written(cast), enter(cast.nongye)
    appraisals.submit_appraisal(row, by=cast.nongye, at=ecology_cases.DEC)

    told = words(desk.post(f"/appraisals/{row.pk}/write/team/", {"text": MINE}), 422)

    assert "不能修改" in told and f"readonly>{MINE}</textarea>" in told and 'data-copy-of="typed-1"' in told
    assert "typed-1" not in desk.get(f"/appraisals/{row.pk}/write/team/").content.decode()


def test_scheme_typed_while_it_went_up_stands_on_the_refusal(cast: County) -> None:
    scheme = scheme_in_force(cast, values_of_scheme(cast, *widen(cast)))

    told = words(
        enter(cast.dangfeng).post(f"/evaluation/schemes/{scheme.pk}/edit/", {"e1_bands": MINE, "e2_weight": "31"}), 422
    )

    assert f"readonly>{MINE}</textarea>" in told and "readonly>31</textarea>" in told


def test_objection_that_comes_second_keeps_its_reason_on_the_refusal(cast: County) -> None:
    table = computed(cast)
    open_table(table, by=cast.dangfeng, at=AFTER)
    row = table.rows.get(organ=cast.agri)
    file_objection(row, "E-2", reason="少计一件", by=cast.nongye_head, at=AFTER)

    answer = enter(cast.nongye_head).post(f"/evaluation/rows/{row.pk}/object/", {"indicator": "E-2", "reason": MINE})

    assert f"readonly>{MINE}</textarea>" in words(answer, 409)


def test_refusal_never_repeats_a_password(cast: County) -> None:
    row = ecology_cases.written(cast)

    answer = enter(cast.nongye).post(
        f"/appraisals/{row.pk}/correct/", {"reason": MINE, "password": "密码密码密码密码密码密码"}
    )

    told = words(answer, 409)
    assert MINE in told and "密码密码" not in told


# --- the browser learns which draft was taken ---


def test_only_a_form_that_was_taken_is_named_to_the_browser(cast: County) -> None:
    row, desk = ecology_cases.begun(cast), enter(cast.nongye)
    path = f"/appraisals/{row.pk}/write/team/"

    wrong = desk.post(path, {"text": "", "draft_mark": "aaa1"})
    stranger = Client().post(path, {"text": MINE, "draft_mark": "aaa2"})
    taken = desk.post(path, {"text": MINE, "draft_mark": "aaa3"})
    second = desk.post(path, {"text": MINE, "draft_mark": "aaa4"})
    odd = enter(cast.nongye).post(path, {"text": MINE, "draft_mark": "a;b <x>"})

    assert [answer.status_code for answer in (wrong, stranger, taken)] == [422, 302, 302]
    assert (
        "drafts_taken" not in wrong.cookies
        and "drafts_taken" not in stranger.cookies
        and "drafts_taken" not in odd.cookies
    )
    assert taken.cookies["drafts_taken"].value == "aaa3" and second.cookies["drafts_taken"].value == "aaa3.aaa4"


# --- two writers, one text ---


def overtaken(cast: County, user: Any, path: str, data: dict[str, str], save: Any, who: str) -> None:
    """The colleague saves between my page and my save: both texts, then my second save is taken."""
    desk = enter(user)
    seen = mark(desk, path)
    save()

    told = words(desk.post(path, data | {"seen": seen}), 422)
    assert f"这一部分已由{who}于" in told and AGAIN in told, path
    assert f"readonly>{THEIRS}</textarea>" in told and MINE in told, path
    found = MARK.search(told)
    assert found is not None and found.group(1) != seen

    assert desk.post(path, data | {"seen": found.group(1)}).status_code == 302, path


def test_appraisal_text_of_a_colleague_is_not_overwritten(cast: County) -> None:
    row, at = ecology_cases.written(cast), ecology_cases.DEC
    path = f"/appraisals/{row.pk}/write/"

    overtaken(cast, cast.nongye, f"{path}team/", {"text": MINE},
              lambda: appraisals.write_text(row, "team", text=THEIRS, by=cast.nongye_head, at=at), "王建国")  # fmt: skip
    overtaken(cast, cast.nongye, f"{path}conclusion/", {"text": MINE},
              lambda: appraisals.write_conclusion(row, THEIRS, by=cast.nongye_head, at=at), "王建国")  # fmt: skip

    row.refresh_from_db()
    assert AppraisalText.objects.get(appraisal=row, about="team").text == MINE and row.conclusion == MINE


def test_first_text_of_two_writers_is_kept_as_well(cast: County) -> None:
    row = ecology_cases.begun(cast)
    overtaken(cast, cast.nongye, f"/appraisals/{row.pk}/write/team/", {"text": MINE},
              lambda: appraisals.write_text(row, "team", text=THEIRS, by=cast.nongye_head, at=ecology_cases.DEC), "王建国")  # fmt: skip


def test_same_words_twice_are_no_conflict(cast: County) -> None:
    row, desk = ecology_cases.begun(cast), enter(cast.nongye)
    path = f"/appraisals/{row.pk}/write/team/"
    seen = mark(desk, path)

    assert [desk.post(path, {"text": MINE, "seen": seen}).status_code for _ in range(2)] == [302, 302]


def test_part_of_the_yearly_reports_is_not_overwritten(cast: County) -> None:
    report, hearing = ecology_cases.drafted(cast), hearing_cases.written(cast)
    key = next(part["key"] for part in report.sections if part["key"] != "units")

    overtaken(cast, cast.dangfeng, f"/ecology/{report.pk}/sections/{key}/", {"text": MINE},
              lambda: ecology.edit_section(report, key, THEIRS, by=cast.dangfeng_head, at=ecology_cases.DEC), "郑岩")  # fmt: skip
    overtaken(cast, cast.dangfeng, annual_path(hearing), {"text": MINE},
              lambda: annual.edit_section(hearing, "next", THEIRS, by=cast.dangfeng_head, at=ecology_cases.DEC), "郑岩")  # fmt: skip


def annual_path(hearing: Any) -> str:
    return reverse("reports:annual_section", args=[hearing.pk, "next"])


def test_quarterly_texts_are_not_overwritten(cast: County) -> None:
    report, whole = quarterly_cases.report_row(cast.agri), quarterly_cases.county_row(cast.cso)
    texts = {part["key"]: part["text"] for part in report.sections}

    overtaken(cast, cast.nongye, f"/quarterly/{report.pk}/edit/", texts | {"plans": MINE},
              lambda: quarterly.edit_report(report, texts | {"plans": THEIRS}, by=cast.nongye_head, at=ecology_cases.DEC), "王建国")  # fmt: skip
    overtaken(cast, cast.dangfeng, f"/quarterly/county/{whole.pk}/edit/", texts | {"plans": MINE},
              lambda: county_quarter.edit(whole, texts | {"plans": THEIRS}, by=cast.dangfeng_head, at=ecology_cases.DEC), "郑岩")  # fmt: skip


def test_scheme_is_not_overwritten(cast: County) -> None:
    values = values_of_scheme(cast, *widen(cast))
    scheme = schemes.draft_scheme(cast.cso, 2026, values, by=cast.dangfeng, at=FEB)
    desk, path = enter(cast.dangfeng), f"/evaluation/schemes/{scheme.pk}/edit/"
    groups = values["groups"]
    data = {"method": "relative", "cutoff": "2026-12-15", "adjustment_limit": "5", "objection_days": "9", "adjuster": "",
            "stationed": groups["stationed_group"], "township": groups["township_committee"],
            **{f"e{n}_weight": "20" for n in range(1, 6)}}  # fmt: skip
    seen = mark(desk, path)
    schemes.edit_scheme(scheme, values | {"objection_days": 12}, by=cast.dangfeng_head, at=FEB)

    told = words(desk.post(path, data | {"seen": seen}), 422)
    assert "这一部分已由郑岩于" in told and "12天" in told
    assert EvaluationScheme.objects.get().objection_days == 12
    found = MARK.search(told)
    assert found is not None and desk.post(path, data | {"seen": found.group(1)}).status_code == 302
    assert EvaluationScheme.objects.get().objection_days == 9


def test_mark_follows_the_words_alone() -> None:
    assert mark_of({"评价": "一"}) == mark_of({"评价": "一"}) != mark_of({"评价": "二"})
