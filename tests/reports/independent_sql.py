"""The catalogue of indicators once more, in plain SQL over the tables: what the product's own counting is checked against.

Every question is written from the words of the catalogue and from the models alone. It is one measure over one body, so that
the same words give the number and the ids of the records behind it. A body sees the question's organs, days and topic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import connection

Number = Any


@dataclass(frozen=True)
class Asked:
    """Of which organs, from which day to which, both counted; states are read on the day `on`."""

    organs: tuple[int, ...]
    first: date
    last: date
    on: date
    topic: str = ""

    def mine(self, column: str) -> str:
        """The organ is among those asked for."""
        return f"{column} in ({', '.join(map(str, self.organs)) or 'null'})"

    def inside(self, column: str) -> str:
        """The day lies in the period, both ends counted."""
        return f"{column} between '{self.first}' and '{self.last}'"

    def year(self, column: str) -> str:
        """The year is one that the period touches."""
        return f"{column} between {self.first.year} and {self.last.year}"

    def live(self, alias: str, day: str = "") -> str:
        """A record of a register that nobody has taken out, of these organs, by its day."""
        by_day = f" and {self.inside(f'{alias}.{day}')}" if day else ""
        return f"{alias}.removed_at is null and {self.mine(f'{alias}.organ_id')}{by_day}"

    def bears(self, table: str, alias: str, *names: str) -> str:
        """It bears the topic asked for, or else one with one of these words in its name; without either, everything does."""
        like = " or ".join(f"tn.name like '%{name}%'" for name in names)
        asked = f"tn.name = '{self.topic}'" if self.topic else like
        if not asked:
            return "1 = 1"
        owner = table.partition("_")[2] + "_id"
        return (
            f"exists (select 1 from {table}_topics tt join checklists_topic tn on tn.id = tt.topic_id"
            f" where tt.{owner} = {alias}.id and ({asked}))"
        )


Body = Callable[[Asked], str]
Counted = Callable[[Asked], Number]


@dataclass(frozen=True)
class Question:
    """One number: the measure, the body (from … where …) and the column of the record that is counted."""

    measure: str
    body: Body
    record: str

    def value(self, asked: Asked) -> Number:
        """The number."""
        return one(f"select {self.measure} {self.body(asked)}")

    def ids(self, asked: Asked) -> set[int]:
        """The records behind it."""
        return {row[0] for row in rows(f"select distinct {self.record} {self.body(asked)}")}


def rows(sql: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def one(sql: str) -> Number:
    """The one number that the database answers."""
    return rows(sql)[0][0]


def local_day(column: str) -> str:
    """The day in Asia/Shanghai (+8 all year) of a moment that is kept in UTC."""
    if connection.vendor == "sqlite":
        return f"date({column}, '+8 hours')"
    return f"cast({column} at time zone 'Asia/Shanghai' as date)"


def tenths(above: Number, below: Number) -> Decimal | None:
    """To one decimal, halves away from zero; nothing of nothing is no number."""
    return (Decimal(above) / Decimal(below)).quantize(Decimal("0.1"), ROUND_HALF_UP) if below else None


def share(above: Number, below: Number) -> Decimal | None:
    """Per cent."""
    return tenths(above * 100, below)


QUESTIONS: dict[str, Question] = {}


def ask(key: str, body: Body, *, measure: str = "count(*)", record: str = "r.id") -> None:
    """Put a question under the id of the catalogue."""
    QUESTIONS[key] = Question(measure, body, record)
