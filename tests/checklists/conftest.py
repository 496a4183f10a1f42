"""The cast of one county, and the same with its key points issued."""

import pytest

from tests.checklists.story import issue_points
from tests.factories import County, county


@pytest.fixture
def cast() -> County:
    return county()


@pytest.fixture
def year(cast: County) -> County:
    issue_points(cast)
    return cast
