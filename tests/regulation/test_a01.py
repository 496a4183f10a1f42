"""Article 1: on what documents the work rests."""

import pytest

from accounts.approvals import route_of
from checklists.models import BasisDocument
from tests.checklists.story import draft, issue_points
from tests.factories import county

pytestmark = pytest.mark.django_db


def test_a01_a_project_cites_the_documents_it_rests_on() -> None:
    cast = county()
    issue_points(cast)
    guide = BasisDocument.objects.create(title="政治监督工作指引（试行）", issuer="河南省纪委监委")
    item = draft(cast, basis_documents=[guide], basis_kinds=["daily"], basis="专项督察反馈第3条")

    paper = route_of(item).snapshot(item)

    assert paper["依据/来源"] == "日常监督发现的突出问题；专项督察反馈第3条；《政治监督工作指引（试行）》"
