"""The yearly report drafted from the records, part by part, in the office's own outline. Figures stay `{{key}}` (A10.4b)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from accounts.models import Organ
from checklists.models import AnnualChecklist, AnnualDeployment, AnnualPoints
from checklists.states import ChecklistStep, FocusArea, Form, PointsStep
from ledgers.selectors import master_rows
from reports.counting.catalogue import FIGURES, NONE, Scope
from reports.counting.tokens import keys_in

SECTIONS: dict[str, str] = {
    "deployment": "部署安排和清单完成情况",
    "forms": "四种形式监督开展情况",
    "problems": "问题发现、整改和销号",
    "disposal": "处置问责",
    "mechanisms": "机制运行",
    "evaluation": "质效评估结果",
    "shortcomings": "存在问题",
    "next": "下步打算",
}
ISSUED = (ChecklistStep.PUBLISHED, ChecklistStep.SUPERSEDED)
# 指标表: what the annex lists, whatever the text says.
TABLE = (
    "items", "items_centralized", "items_key", "items_stationed", "items_assigned", "rounds_started", "rounds_ended", "trainings",
    "activities", "special_checks", "led_checks", "problems_found", "problems_grave", "problems_on_spot", "problems_repeated",
    "rectification_issued", "rectification_closed", "rectification_open", "rectification_overdue", "extensions", "look_backs", "rebounds",
    "institutions", "losses_recovered", "documents", "bulletins", "clues", "accountable_organs", "accountable_persons", "dispositions",
    "dispositions_1", "dispositions_2", "dispositions_3", "dispositions_4", "briefings", "duties_due", "duties_in_time", "duties_late",
    "duties_missing",
)  # fmt: skip
BY_ORGAN = (
    "activities",
    "problems_found",
    "problems_on_spot",
    "rectification_closed",
    "rectification_open",
    "rectification_overdue",
)
ITEM_COLUMNS = {"seq": "序号", "form": "监督形式", "task": "监督项目", "organ__name": "责任单位", "found": "发现问题", "closed": "已销号",
                "milestone_text": "时间节点", "status": "完成状态"}  # fmt: skip
DONE = ("已完成",)


def scope_of(organ: Organ, year: int, *, today: date) -> Scope:
    """All organs of the county, the whole year as far as it is known."""
    county = Organ.objects.within(organ.county()).values_list("pk", flat=True)
    return Scope.of(county, date(year, 1, 1), date(year, 12, 31), today=today)


def keys_of(sections: Sequence[Mapping[str, str]]) -> list[str]:
    """Every figure that the text or the annex shows, each once."""
    named = [key for part in sections for key in keys_in(part["text"])]
    return [key for key in dict.fromkeys([*TABLE, *named]) if key in FIGURES]


def worded(value: Any) -> str:
    """A figure as printed: whole numbers plain, money without useless noughts, a dash where there is none."""
    text = NONE if value is None else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def names() -> dict[str, str]:
    """Key -> name on paper of every figure, as writers of the report type them."""
    return {key: figure.label for key, figure in FIGURES.items()}


def values_of(keys: Sequence[str], scope: Scope) -> dict[str, str]:
    """Today's values of figures, as printed."""
    return {key: worded(FIGURES[key].value(scope)) for key in keys}


# --- the eight parts ---


def deployment(organ: Organ, year: int, scope: Scope) -> str:
    """The plenum's words, the key points, the list and how far it was carried out."""
    found = AnnualDeployment.objects.filter(organ=organ, year=year).first()
    lines = [f"{_day(found.plenum_on)}，县纪委全会对{year}年政治监督工作作出部署。{_flat(found.text)}"] if found else []
    points = AnnualPoints.objects.filter(organ=organ, year=year, step=PointsStep.PUBLISHED).first()
    if points is not None:
        lines.append(f"党风政风监督室制发《{points.title}》，明确{points.rows.count()}项监督要点。")
    issued = AnnualChecklist.objects.filter(organ=organ, year=year, step__in=ISSUED).order_by("version")
    versions = len(issued)
    if versions:
        again = f"，年内动态调整{versions - 1}次" if versions > 1 else ""
        lines.append(f"经县纪委常委会审批，印发年度政治监督重点项目清单{again}。")
    rows = item_rows(organ, year, scope)
    done = sum(row["status"] in DONE for row in rows)
    lines.append(f"全年实施监督项目{{{{items}}}}项，已完成{done}项，各项目完成情况见附件。")
    return "\n".join(lines)


def forms(organ: Organ, year: int, scope: Scope) -> str:
    """Projects by the four forms, and what was done at the units."""
    parts = "，".join(f"“{form.label}”{{{{items_{form.value}}}}}项" for form in Form)
    return (
        f"全年开展政治监督项目{{{{items}}}}项，其中{parts}。\n"
        "共启动监督{{rounds_started}}轮，完成检查{{rounds_ended}}轮；检查前组织业务培训{{trainings}}次、{{trainees}}人次；"
        "开展监督检查{{activities}}场次，其中专项检查{{special_checks}}次、领导带队检查{{led_checks}}次。"
    )


def problems(organ: Organ, year: int, scope: Scope) -> str:
    """What was found, what became of it; the tables by organ and focus area stand below the text."""
    areas = "，".join(f"{area.label}方面{{{{problems_{area.value}}}}}个" for area in FocusArea)
    return (
        f"全年发现问题{{{{problems_found}}}}个，其中突出和重大问题{{{{problems_grave}}}}个。按聚焦方面分，{areas}。\n"
        "立行立改{{problems_on_spot}}个，交办整改{{rectification_issued}}个，全年销号{{rectification_closed}}个，"
        "批准延期{{extensions}}次；尚未销号{{rectification_open}}个，其中逾期{{rectification_overdue}}个。\n"
        "开展“回头看”{{look_backs}}次，发现反弹{{rebounds}}个；屡改屡犯问题{{problems_repeated}}个。"
        "推动建立完善制度{{institutions}}项，挽回经济损失{{losses_recovered}}元。"
    )


def disposal(organ: Organ, year: int, scope: Scope) -> str:
    """Documents, clues, accountability, the four forms."""
    return (
        "全年制发纪检监察建议书、督办函、整改通知书等文书{{documents}}份，通报典型问题{{bulletins}}期，移送问题线索{{clues}}件。\n"
        "问责党组织{{accountable_organs}}个、领导干部{{accountable_persons}}人；运用“四种形态”处置{{dispositions}}人，其中"
        "第一种形态{{dispositions_1}}人、第二种形态{{dispositions_2}}人、第三种形态{{dispositions_3}}人、第四种形态{{dispositions_4}}人。"
    )


def mechanisms(organ: Organ, year: int, scope: Scope) -> str:
    """How the mechanisms of article 10 worked."""
    return (
        "各项职责到期{{duties_due}}项，按时完成{{duties_in_time}}项，逾期完成{{duties_late}}项，尚未完成{{duties_missing}}项。\n"
        "协管常委、委员和分管副书记听取汇报{{briefings}}次。"
    )


def evaluation(organ: Organ, year: int, scope: Scope) -> str:
    """The evaluation of article 11 travels apart."""
    return f"{year}年政治监督质效评估结果另行报告。"


def shortcomings(organ: Organ, year: int, scope: Scope) -> str:
    """Only what figures can say; causes are for people to write."""
    return (
        "截至目前，尚未销号问题{{rectification_open}}个，其中逾期{{rectification_overdue}}个；屡改屡犯问题{{problems_repeated}}个；"
        "职责逾期完成{{duties_late}}项、尚未完成{{duties_missing}}项。"
    )


def following(organ: Organ, year: int, scope: Scope) -> str:
    """Next year's key points where they are issued; else left to the writer."""
    points = AnnualPoints.objects.filter(organ=organ, year=year + 1, step=PointsStep.PUBLISHED).first()
    if points is None:
        return ""
    lines = [f"{number}. {_flat(row.text)}" for number, row in enumerate(points.rows.all(), 1)]
    return "\n".join([f"{year + 1}年，按照《{points.title}》，重点做好以下工作：", *lines])


WRITERS: dict[str, Callable[[Organ, int, Scope], str]] = {
    "deployment": deployment, "forms": forms, "problems": problems, "disposal": disposal, "mechanisms": mechanisms,
    "evaluation": evaluation, "shortcomings": shortcomings, "next": following,
}  # fmt: skip


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _flat(text: str) -> str:
    return f"{' '.join(text.split()).rstrip('。；;')}。"


# --- tables and annexes ---


def item_rows(organ: Organ, year: int, scope: Scope) -> list[dict[str, Any]]:
    """重点项目清单完成表: each listed project of the county with how it stands."""
    return [{key: row[key] for key in ITEM_COLUMNS} for row in master_rows(year, scope.organs, on=scope.on)]


def organ_rows(scope: Scope) -> list[list[Any]]:
    """Part three by organ; organs without anything are left out."""
    counted = [FIGURES[key].by_organ(scope) for key in BY_ORGAN]
    organs = Organ.objects.filter(pk__in={pk for values in counted for pk in values})
    return [[organ.name, *(values.get(organ.pk, 0) for values in counted)] for organ in organs]


def area_rows(scope: Scope) -> list[list[Any]]:
    """Part three by focus area."""
    found, on_spot = (FIGURES[key].by("focus_area", scope) for key in ("problems_found", "problems_on_spot"))
    closed = FIGURES["rectification_closed"].by("problem__focus_area", scope)
    return [
        [area.label, found.get(area.value, 0), on_spot.get(area.value, 0), closed.get(area.value, 0)]
        for area in FocusArea
    ]
