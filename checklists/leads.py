"""The form of supervision decides who leads and how the project goes up, and says why (A7)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.roles import OrganKind
from checklists.states import Form

FORM_ARTICLES = {Form.CENTRALIZED: "A7.1", Form.KEY: "A7.2", Form.STATIONED: "A7.3", Form.ASSIGNED: "A7.4"}
CSO_FORMS = (Form.CENTRALIZED, Form.KEY, Form.ASSIGNED)
ORGAN_FORMS = (Form.STATIONED, Form.KEY)


@dataclass(frozen=True)
class Lead:
    """The lead organ that article 7 gives, or None where something is still missing; the sentence says why."""

    organ: Any
    why: str
    article: str


def forms_for(organ: Any) -> tuple[Form, ...]:
    """The forms an organ may propose: county-wide and set matters start at 党风政风监督室, 驻点式 at the organs."""
    return CSO_FORMS if organ.is_cso else ORGAN_FORMS


def lead_for(form: str, lead_department: Any, is_multi_area: bool, organ: Any) -> Lead:
    """Who leads a project of this form, proposed by `organ`, and why (A7.1-A7.4)."""
    article = FORM_ARTICLES[Form(form)]
    if form == Form.STATIONED:
        return Lead(organ, f"“驻点式”由确定项目的{organ.name}自己牵头组织实施。", article)
    if form == Form.KEY:
        return _lead_of_key(lead_department, is_multi_area, organ)
    reason = {
        Form.CENTRALIZED: "“集中式”聚焦全局性监督检查项目，根据县纪委常委会安排",
        Form.ASSIGNED: "“点题式”聚焦县委常委会或县委书记点题的事项",
    }[Form(form)]
    return Lead(_cso_of(organ), f"{reason}，由党风政风监督室牵头组织实施。", article)


def _lead_of_key(lead_department: Any, is_multi_area: bool, organ: Any) -> Lead:
    if is_multi_area:
        why = "“重点式”涉及多个地区、部门（单位）、领域的，由党风政风监督室牵头组织实施。"
        return Lead(_cso_of(organ), why, "A7.2")
    if lead_department is None:
        return Lead(None, "“重点式”由驻在牵头部门（单位）的派驻纪检监察组牵头：请先选牵头部门（单位）。", "A7.2")
    supervisor = lead_department.organ
    tail = "" if supervisor.is_stationed else "（该单位由其监督，未设派驻纪检监察组）"
    return Lead(supervisor, f"“重点式”由驻在牵头部门{lead_department}的{supervisor.name}牵头组织实施{tail}。", "A7.2")


def _cso_of(organ: Any) -> Any:
    return organ if organ.kind == OrganKind.CONDUCT_SUPERVISION_OFFICE else organ.cso()


def route_words(form: str, organ: Any, *, mid_year: bool = False) -> list[str]:
    """The way of a project in the office's words, from the proposing organ to the list in force."""
    signed = ["单位负责人", "协管常委、委员", "分管副书记"]
    if mid_year:
        return [*signed, *([] if form == Form.STATIONED else ["县纪委常委会"]), "印发新版清单"]
    filed = [] if organ.is_cso else ["报送党风政风监督室"]
    return [*signed, *filed, "汇总成清单", "县纪委常委会", "印发清单"]
