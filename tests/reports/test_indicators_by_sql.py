"""Every indicator of records that nobody has looked at, counted a second time in plain SQL."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Organ
from checklists.models import Topic
from reports.counting.figure import FIGURES, Figure, Scope
from reports.indicators.catalogue import INDICATORS, RATES
from tests.factories import NOW
from tests.reports.independent_rates import NUMBERS
from tests.reports.independent_registers import EXTERNAL
from tests.reports.independent_sql import QUESTIONS, Asked, Number, one, rows
from tests.reports.random_county import Filled, fill
from tests.reports.random_registers import fill_registers, fill_years

pytestmark = [pytest.mark.django_db, pytest.mark.once]
QUARTER = (date(2026, 1, 1), date(2026, 3, 31))
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
ODD = (date(2025, 12, 15), date(2026, 2, 3))
PLAIN = {"R-4": "rectification_overdue_count", "R-9": "disposition_by_form"}
# persons, and problems treated by two organs, count once in the county; an average does not add up
ONCE = {
    "E-2",
    "E-3",
    "I0-5",
    "I0-6",
    "I0-8",
    "I0-13",
    "I0-17",
    "I1-4",
    "I1-5",
    "I1-6",
    "I3-9",
    "I3-19",
    "I3-21",
    "I4-2",
}


def county_of(seed: int) -> Filled:
    """A county of records by chance, with a topic that nothing bears."""
    filled = fill(seed)
    fill_registers(filled)
    fill_years(filled)
    Topic.objects.create(name="没有记录的专题")
    return filled


def scopes(filled: Filled) -> dict[str, tuple[int, ...]]:
    """Name on the command line -> the organs it stands for."""
    everybody = tuple(Organ.objects.values_list("pk", flat=True))
    root = filled.cast.root
    county = tuple(Organ.objects.filter(path__startswith=root.path).values_list("pk", flat=True))
    return {"": everybody, root.name: county, **{organ.name: (organ.pk,) for organ in filled.organs}}


def asked(organs: Iterable[int], days: tuple[date, date], topic: str = "") -> Asked:
    """The question for these organs and days."""
    return Asked(tuple(organs), *days, min(days[1], timezone.localdate()), topic)


def told(name: str, question: Asked) -> dict[str, Number]:
    """What the command prints."""
    out, more = StringIO(), ["--organ", name] if name else []
    more += ["--topic", question.topic] if question.topic else []
    call_command("indicators", "--from", str(question.first), "--to", str(question.last), *more, "--json", stdout=out)
    return {key: row["value"] for key, row in json.loads(out.getvalue()).items()}


def counted(key: str, question: Asked) -> Number:
    """What SQL says. What other bodies report is told with 党风政风监督室, which keeps it, among the organs, or where there is any."""
    keeper = f"select count(*) from accounts_organ where kind = 'conduct_supervision_office' and {question.mine('id')}"
    if key in EXTERNAL and not one(keeper) and not one(f"select count(*) {QUESTIONS[key].body(question)}"):
        return None
    return NUMBERS[key](question)


def differ(mine: Number, theirs: Number) -> bool:
    """Exactly the same; sums of SQLite are binary fractions."""
    if mine is None or theirs is None:
        return mine is not theirs
    return abs(float(mine) - float(theirs)) > 1e-6


def differences(name: str, question: Asked) -> dict[str, tuple[Number, Number]]:
    """Id -> what SQL says and what the product says, where they differ; both know the same ids."""
    found = told(name, question)
    assert set(found) - set(NUMBERS) == {"I0-25", "I3-27"}  # of class N: no record produces them
    mine = {key: counted(key, question) for key in NUMBERS}
    return {key: (value, found[key]) for key, value in mine.items() if differ(value, found[key])}


@pytest.mark.parametrize("seed", (1, 2, 3))
def test_the_command_and_plain_sql_count_the_same(seed: int) -> None:
    filled = county_of(seed)
    wrong: dict[str, list[Any]] = {}
    for days in (QUARTER, YEAR, ODD):
        for name, organs in scopes(filled).items():
            for key, pair in differences(name, asked(organs, days)).items():
                wrong.setdefault(key, []).append((name, str(days[0]), *pair))

    assert wrong == {}, "\n".join(f"{key}: (organ, from, SQL, product) {found}" for key, found in wrong.items())


def test_a_year_that_runs_is_judged_today() -> None:
    filled = county_of(4)
    found = scopes(filled)

    with time_machine.travel(NOW, tick=False):  # 2026-02-10: most of what the year holds lies ahead
        for name in (filled.cast.root.name, filled.cast.agri.name, filled.cast.town.name):
            assert differences(name, asked(found[name], (date(2026, 1, 1), date(2026, 12, 31)))) == {}, name


def test_numbers_records_and_organs_of_one_county_agree() -> None:
    """A topic narrows both alike; a figure's list holds the records that SQL counts; organs add up to the county."""
    filled = county_of(4)
    root = filled.cast.root.name
    found = scopes(filled)

    assert differences(root, asked(found[root], YEAR, "乡村振兴")) == {}
    assert differences(root, asked(found[root], ODD, "没有记录的专题")) == {}
    question = asked(found[""], YEAR)
    scope = Scope(frozenset(found[""]), *YEAR, question.on)
    assert {key: one_.ids(question) ^ set(figure_of(key).ids(scope)) for key, one_ in QUESTIONS.items()} == {
        key: set() for key in QUESTIONS
    }
    for key, figure in ((key, figure_of(key)) for key, one_ in INDICATORS.items() if one_.figure):
        each = {organ: value for organ in found[""] if (value := figure.value(scope.only(organ)))}
        whole, parts = figure.value(scope), sum(each.values())
        assert figure.by_organ(scope) == each, key
        assert float(parts) == pytest.approx(float(whole)) or (key in ONCE and parts > whole), key
    assert figure_of("I0-15").joined(scope) == joined(question)


def figure_of(key: str) -> Figure:
    """The figure that counts an indicator or a plain rate."""
    return FIGURES[INDICATORS[key].figure if key in INDICATORS else RATES[PLAIN[key]].of[0]]


def joined(question: Asked) -> dict[int, int]:
    """参与 of I0-15: problems of other organs from rounds that an organ joined."""
    found = rows(
        "select j.organ_id, count(distinct r.id) from supervision_problem r"
        " join supervision_round_participants j on j.round_id = r.round_id"
        f" where r.removed_at is null and {question.inside('r.found_on')} and r.responsible_kind = 'functional_department'"
        " and j.organ_id <> r.organ_id group by j.organ_id"
    )
    return dict(found)
