"""An emptied database still holds what every office starts with."""

import pytest

from checklists.models import Edition, Method
from reports.management.commands.seed_demo import empty
from tests.factories import county


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_emptied_means_as_on_the_first_day() -> None:
    county()

    empty()

    assert sorted(Method.objects.values_list("code", flat=True)) == [
        "document_review", "meeting", "recommendation", "site_visit", "special_study", "survey", "talk", "unannounced",
    ]  # fmt: skip
    assert Edition.objects.filter(is_current=True).count() == 1
