"""Article 2: 纪律监督、监察监督、派驻监督、巡察监督 join hands."""

import pytest
from django.test import Client
from django.urls import reverse

from checklists.models import ChecklistItem
from tests.factories import County, county
from tests.paper import make_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> County:
    return county()


def test_a02_projects_name_the_supervisions_that_join_and_are_found_by_them(cast: County) -> None:
    make_paper(cast, "派驻和巡察一起", linked_supervision="stationed,inspection")
    make_paper(cast, "只有纪律监督", linked_supervision="discipline")
    client = Client()
    client.force_login(cast.nongye, backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(reverse("checklists:items"), {"linked": "inspection"})

    assert [row["title"] for row in page.context["page"].rows] == ["派驻和巡察一起"]
    assert ChecklistItem.objects.filter(linked_supervision__contains="discipline").count() == 1
