"""问题整改档案 and 问题整改台账 as papers: in order of time, within what the reader may see, without restricted marks."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import AccessLog
from reports.builders import dossier, rectification
from reports.pdf import to_pdf
from supervision.models import Problem
from tests.factories import County, county
from tests.samples import make_problem
from tests.supervision.second_looks import struck_off

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 1)


@pytest.fixture
def cast() -> County:
    return county()


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).replace("\n", "").replace(" ", "")


def test_the_file_tells_problem_plan_and_chain_in_order(cast: County) -> None:
    item = struck_off(cast, political_deviation="suspected", political_analysis="不应外传的分析")

    text = text_of(to_pdf(dossier.paper(Problem.objects.get(pk=item.problem_id), on=DAY)))

    places = [
        text.index(words)
        for words in ("一、发现问题", "二、整改方案和结果", "三、全程记录", "登记问题", "提请销号", "审核销号")
    ]
    assert places == sorted(places)
    assert "补齐资料，明确专人归档" in text and "不应外传的分析" not in text


def test_the_ledger_of_one_unit_leaves_the_others_out(cast: County) -> None:
    mine = make_problem(cast, cast.agri, description="本单位问题")
    other = make_problem(cast, cast.agri, description="别的单位问题")
    other.unit = cast.units["县畜牧服务中心"]
    other.save()

    rows = rectification.values(rectification.items_of(cast.agri, unit=mine.unit))

    assert [row[2] for row in rows] == ["县农业农村局：本单位问题"]
    assert "别的单位问题" in text_of(to_pdf(rectification.paper(cast.agri, on=DAY)))


def test_papers_are_scoped_and_leave_a_trace(cast: County) -> None:
    problem, client = make_problem(cast, cast.agri), Client()
    client.force_login(cast.jiaoyu, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("reports:dossier", args=[problem.pk])).status_code == 404
    assert client.get(reverse("reports:rectification", args=[cast.agri.pk, "pdf"])).status_code == 404

    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("reports:dossier", args=[problem.pk]))["Content-Type"] == "application/pdf"
    foreign = cast.units["县教育局"].pk
    assert (
        client.get(reverse("reports:rectification", args=[cast.agri.pk, "xlsx"]), {"unit": foreign}).status_code == 404
    )
    assert AccessLog.objects.filter(action="export").count() == 1


def test_the_ledger_costs_the_same_for_one_and_for_many(cast: County, django_assert_num_queries: object) -> None:
    struck_off(cast)
    with django_assert_num_queries(7) as few:  # type: ignore[operator]
        rectification.values(rectification.items_of(cast.agri))
    for n in range(4):
        struck_off(cast, description=f"问题{n}")
    with django_assert_num_queries(len(few)):  # type: ignore[operator]
        rectification.values(rectification.items_of(cast.agri))
