"""Consultations that tests need: one call writes a draft, another records it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ledgers.actions.consultations import record_consultation, save_consultation
from ledgers.models import Consultation
from tests.factories import NOW, TODAY, County

WORDS = {
    "place": "县农业农村局三楼会议室",
    "attendees_organ": "王建国（组长）、李青",
    "attendees_unit": "张为民（党组书记、局长）",
    "common_problems": "项目资料归档普遍滞后。",
    "prominent_problems": "个别项目管护责任没有落实到人。",
    "suggestions": "逐项目明确管护责任人，月底前补齐资料。",
    "unit_statement": "党组完全接受，立即整改。",
    "follow_up": "一个月后到项目现场核对。",
}


def draft(cast: County, *units: str, at: datetime = NOW, by: Any = None, **values: Any) -> Consultation:
    """A draft of 驻县农业农村局纪检监察组 with the named units, 县农业农村局 where none is named."""
    person = by or cast.nongye
    data: dict[str, Any] = {**WORDS, "held_on": TODAY, **values}
    chosen = [cast.units[name] for name in units or ("县农业农村局",)]
    return save_consultation(None, organ=person.organ, units=chosen, by=person, at=at, **data)


def recorded(cast: County, *units: str, held_on: date = TODAY, at: datetime = NOW, **values: Any) -> Consultation:
    """The same, recorded at once."""
    made = draft(cast, *units, held_on=held_on, at=at, **values)
    return record_consultation(made, by=values.get("by") or cast.nongye, at=at)
