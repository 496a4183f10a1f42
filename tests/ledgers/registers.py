"""One good record of every register, as a form sends it: what the tests of all registers share."""

from __future__ import annotations

from typing import Any

from accounts.models import Official, Organ, SupervisedUnit
from ledgers.actions.books import enter
from ledgers.books.register import REGISTERS
from ledgers.forms.books import record_form as FORM
from ledgers.models import CaseRecord
from tests.factories import NOW, serial

KEYS = sorted(REGISTERS)
PERSONS = sorted(key for key, register in REGISTERS.items() if register.persons)
OPEN = sorted(set(KEYS) - set(PERSONS))


def official(unit: SupervisedUnit, name: str = "张三", **fields: Any) -> Official:
    """One official of a unit."""
    return Official.objects.get_or_create(unit=unit, full_name=name, defaults={"post": "局长", **fields})[0]


def case(organ: Organ, by: Any, **fields: Any) -> CaseRecord:
    """One case of the organ."""
    values = {"code": f"案{serial()}", "filed_on": "2026-01-08", **fields}
    return enter(REGISTERS["cases"], organ=organ, values=cleaned("cases", organ, values), by=by, at=NOW)


def good(key: str, organ: Organ) -> dict[str, Any]:
    """The fields of one good record, as a browser sends them."""
    unit = SupervisedUnit.objects.filter(organ=organ).order_by("pk")[0]
    person, number = official(unit), serial()
    day = "2026-02-03"
    return {
        "talks": {"kind": "integrity_talk", "talk_date": day, "official": person.pk, "talker": "王建国", "talker_level": "organ_head"},
        "meetings": {"meeting_date": day, "unit": unit.pk, "kind": "party_committee", "agenda": "研究项目资金安排"},
        "topic-reviews": {"body": "investment_meeting", "unit": unit.pk, "topic": "招商优惠政策", "received_on": day},
        "visits": {"visit_date": day, "theme": "工作纪律", "units": [unit.pk], "findings": "两人迟到"},
        "alerts": {"kind": "procurement", "system": "政采云", "received_on": day, "unit": unit.pk, "fact": "公告发布异常"},
        "integrity-opinions": {"requester": "县委组织部", "purpose": "promotion", "official": person.pk, "received_on": day},
        "integrity-files": {"official": person.pk, "file_no": f"档{number}", "checked_on": day},
        "cases": {"code": f"案{number}", "filed_on": day, "unit": unit.pk, "persons_transferred": 0},
        "declaration-checks": {"batch": "第一季度抽查", "checked_on": day, "reported": 12, "checked": 5, "problems_found": 1},
        "clue-reviews": {"scope": "涉农领域线索", "reviewed_on": day, "reviewed": 30, "reactivated": 2},
        "case-analyses": {"case": "case", "analysed_on": day, "system_gaps": "审批与验收由一人办理"},
        "case-driven": {"unit": unit.pk, "noticed_on": day, "due_on": "2026-03-31"},
        "warnings": {"held_on": day, "case_text": "虚报差旅费案", "units": [unit.pk], "attendees": 40, "middle_cadres": 12},
        "institutions": {"unit": unit.pk, "title": "差旅费管理办法", "issued_on": day, "source": "case_driven"},
        "losses": {"unit": unit.pk, "amount": "1200.50", "confirmed_on": day, "receipt": f"票{number}"},
        "profiles": {"unit": unit.pk, "functions": "农业项目管理", "keeper": "李青", "checked_on": day},
        "risks": {"unit": unit.pk, "link": "项目验收", "risk": "走过场", "level": "high", "measure": "交叉验收", "owner": "项目股",
                  "recorded_on": day},
        "submissions": {"unit": unit.pk, "kind": "task_breakdown", "title": "任务分解表", "due_on": day},
        "duty-lists": {"unit": unit.pk, "kind": "main", "year": 2026, "listed_on": day, "items": "定期研究", "state": "in_force"},
        "official-updates": {"unit": unit.pk, "updated_on": day, "added": 2, "changed": 1, "left": 0},
        "studies": {"kind": "lecture_series", "held_on": day, "theme": "纪法贯通第一期", "attendees": 9},
        "prior-reports": {"kind": "advance", "subject": "列席民主生活会", "event_at": "2026-02-06T09:00", "filed_at": "2026-02-03T09:00"},
        "reminders": {"festival": "春节", "sent_on": day, "units": [unit.pk], "text": "严守中央八项规定精神"},
        "campaigns": {"name": f"专项整治{number}", "starts_on": day, "state": "prepared"},
        "publicity": {"title": "举报方式海报", "medium": "poster", "published_on": day, "copies": 300},
        "external-figures": {"name": "下基层", "period_from": "2026-01-01", "period_to": "2026-01-31", "value": "120",
                             "unit_word": "次", "source": f"县直第{number}单位", "reported_on": day},
    }[key]  # fmt: skip


def sent(key: str, organ: Organ, by: Any, **fields: Any) -> dict[str, Any]:
    """What the whole form posts, its empty lines included."""
    data = {**good(key, organ), **fields}
    if data.get("case") == "case":
        data["case"] = case(organ, by).pk
    return data | {"rows-TOTAL_FORMS": 0, "rows-INITIAL_FORMS": 0}


def cleaned(key: str, organ: Organ, data: dict[str, Any]) -> dict[str, Any]:
    """The same as the form hands it on."""
    form = FORM(REGISTERS[key], data, organ=organ)
    assert form.is_valid(), form.errors
    return {name: value for name, value in form.cleaned_data.items() if name in data}


def made(key: str, organ: Organ, by: Any, **fields: Any) -> Any:
    """One record of the register."""
    data = sent(key, organ, by, **fields)
    return enter(REGISTERS[key], organ=organ, values=cleaned(key, organ, data), by=by, at=NOW)
