"""Addresses of register lists: what cannot be read is named and nothing is listed; a foreign organ is not found."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ledgers.books.register import REGISTERS
from tests.factories import County, county, enter
from tests.ledgers.registers import made

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KEYS = list(REGISTERS)


@pytest.fixture
def cast() -> County:
    """The county of the tests."""
    return county()


@pytest.mark.parametrize("key", KEYS)
def test_nonsense_in_the_address_breaks_nothing(cast: County, key: str) -> None:
    made(key, cast.agri, cast.nongye)
    client, address = enter(cast.nongye), reverse("ledgers:register", args=[key])

    page = client.get(f"{address}?q=&after=%00&sort=-nichts&entered=7")
    assert page.status_code == 200
    assert page.context["page"].total == 1

    for query in ("first=2026-02-30", "year=abc", "first=2026-03-01&last=2026-02-01", "checked=zzz"):
        for sheet in ("", "&format=xlsx"):
            refused = client.get(f"{address}?{query}{sheet}")
            assert refused.status_code == 422
            assert "page" not in refused.context and "需要改正" in refused.content.decode()


def test_a_filter_that_cannot_be_read_lists_nothing_until_it_is_mended(cast: County) -> None:
    key = next(key for key in KEYS if REGISTERS[key].by == "unit" and not REGISTERS[key].persons)
    made(key, cast.agri, cast.nongye)
    client, address = enter(cast.nongye), reverse("ledgers:register", args=[key])

    text = client.get(address, {"first": "2026-02-30", "unit": "99999", "organ": cast.agri.pk}).content.decode()
    assert '<input type="text" name="first" value="2026-02-30"' in text and "还有2处需要改正" in text
    assert "自：没有“2026-02-30”这一天，请改成日历上有的日期，例如2026-02-28。" in text
    assert "列表中没有这一项，请重新选择。" in text

    assert client.get(address, {"organ": cast.agri.pk}).context["page"].total == 1
    assert [client.get(address, {"organ": organ}).status_code for organ in (cast.edu.pk, "x", "-1")] == [404] * 3
