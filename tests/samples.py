"""One record of an organ for each kind of id that a URL can name: what the permission matrix swaps and tries.

A factory takes the cast and an organ of it and returns the URL's kwargs. Each app adds its own below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Organ
from tests.factories import County

Sample = Callable[[County, Organ], dict[str, Any]]
SAMPLES: dict[str, Sample] = {}


def sample(name: str) -> Callable[[Sample], Sample]:
    """Register a factory under the name that the policy table uses."""

    def keep(factory: Sample) -> Sample:
        SAMPLES[name] = factory
        return factory

    return keep


@sample("organ")
def organ_sample(cast: County, organ: Organ) -> dict[str, Any]:
    """The organ itself."""
    return {"pk": organ.pk}
