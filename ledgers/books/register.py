"""What one register declares. Lists, forms, imports, exports, rights and tests are written once and read this."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models

from accounts.limits import Limit
from accounts.workflow import Verdict
from supervision.states import Source

# Asked of a record before it is kept, with the moment of writing; answers with a sentence where it says no.
RecordRule = Callable[[Any, datetime], Verdict]
# Fills what follows from the rest, before the rules are asked; told which fields were written now.
Filling = Callable[[Any, Set[str]], None]
# What today says about one row of a list (its values, today, the register's limit in force): words for the state column,
# the day by which time is judged, and the day it was done.
Standing = Callable[[dict[str, Any], date, int], tuple[str, Any, Any]]


@dataclass(frozen=True)
class Rows:
    """Lines inside a record: the child model (its parent is `record`), the fields of a line, the words above them."""

    model: type[models.Model]
    fields: tuple[str, ...]
    label: str


@dataclass(frozen=True)
class Borne:
    """One count on a record's page, with the list behind it."""

    label: str
    count: int
    unit_word: str
    address: str


@dataclass(frozen=True)
class Register:
    """One register of the office. `practice` names the row of the practices it keeps (S0-7), `article` what it serves."""

    key: str
    model: Any  # a RegisterRecord class
    label: str
    group: str
    article: str
    practice: str
    unit_word: str  # 次, 件, 份: how its records are counted
    day: str  # the field by which periods count and the list is ordered
    fields: tuple[str, ...]
    columns: tuple[str, ...]
    quick: tuple[str, ...] = ()  # the fields of the entry line above the list; empty means the whole form only
    filters: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    rows: Rows | None = None
    leads_to: Source | None = None  # source of a problem made from a record
    told: str = ""  # the field that the problem's description starts with
    future: bool = False  # whether its day may lie ahead
    stands: Standing | None = None
    limit: Limit | None = None  # the number that `stands` judges by
    needs: tuple[str, ...] = ()  # stored fields that `stands` asks for beside those of the form
    rules: tuple[RecordRule, ...] = field(default=())
    fills: Filling | None = None
    keep: tuple[str, ...] = ()  # words of the entry line that the next entry starts with, beside day, unit and kinds
    among: tuple[
        Callable[[Any, Mapping[str, Any]], Verdict], ...
    ] = ()  # rules that ask for several related records at once
    follows: Callable[[Any], None] | None = None  # what else is kept in step once a record is saved
    borne: Callable[[Any, Any], list[Borne]] | None = None  # what counts for a record, as far as the reader may see it
    apart: RecordRule | None = None  # asked as well when a record is brought back: two that exclude each other
    offers: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # words a text field offers, others stay possible
    advises: Callable[[Any], list[str]] | None = None  # what whoever saved a record should look at again; it is kept
    note: str = ""  # one sentence under the heading

    @property
    def persons(self) -> bool:
        """Whether its records name persons: narrower circle, every look and export logged."""
        return bool(self.model.PERSONS)

    @property
    def by(self) -> str:
        """The field of a record that says whose unit it is about, or nothing."""
        names = {entry.name for entry in self.model._meta.get_fields()}
        return next((name for name in ("unit", "units", "official") if name in names), "")

    def label_of(self, name: str) -> str:
        """A field's heading."""
        if name == "rows" and self.rows:
            return self.rows.label
        return str(self.model._meta.get_field(name).verbose_name)

    @property
    def entry(self) -> tuple[str, ...]:
        """All fields of the form."""
        return (*self.fields, "topics")


REGISTERS: dict[str, Register] = {}


def declare(*registers: Register) -> None:
    """Add registers; a key that stands twice is a mistake."""
    for register in registers:
        if register.key in REGISTERS:
            raise ValueError(f"declared twice: {register.key}")
        REGISTERS[register.key] = register


def register_of(record: models.Model) -> Register:
    """The register a record belongs to."""
    return next(register for register in REGISTERS.values() if register.model is type(record))
