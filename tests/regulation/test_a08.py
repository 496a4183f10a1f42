"""Article 8: methods of supervision come from the vocabulary, each with its basis."""

import pytest

from checklists.models import Method
from checklists.rules import methods_are_known

pytestmark = pytest.mark.django_db


def test_a08_a_method_outside_the_vocabulary_cannot_be_chosen() -> None:
    Method.objects.create(code="t-visit", name="暗访核查", basis="党内监督条例")
    known = set(Method.objects.filter(is_active=True).values_list("name", flat=True))

    assert methods_are_known(["暗访核查"], known)
    refused = methods_are_known(["技术侦查"], known)
    assert (bool(refused), refused.article) == (False, "A8")


def test_a08_every_method_names_its_basis() -> None:
    Method.objects.create(code="t-visit", name="暗访核查", basis="党内监督条例")

    assert not Method.objects.filter(basis="").exists()
