"""Cases and what is learnt from them (I1-1, I1-2, I1-3, I3-20, I3-21, I3-22, R-10)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, Sum

from ledgers.models import CaseAnalysis, CaseDrivenRectification, CaseRecord, InstitutionBuilt
from ledgers.register_states import InstitutionSource
from reports.counting.figure import Figure, Scope, declare
from reports.counting.problems import OF_PROBLEM
from reports.indicators.figures.rows import of_register, register
from supervision.models import Problem

CASE = {"filed_on": "立案日期", "code": "标题", "concluded_on": "办结日期", "persons_transferred": "移送人数"}
INSTITUTION = {"issued_on": "印发日期", "title": "标题", "doc_no": "文号", "unit__name": "出台单位"}
DRIVEN = {"held_on": "开展日期", "unit__name": "事项", "closed_on": "办结日期"}


def _after_cases(scope: Scope) -> Any:
    """Rules that answer a case or bear a topic."""
    return register(InstitutionBuilt, "issued_on")(scope).filter(
        Q(case__isnull=False) | Q(pk__in=InstitutionBuilt.objects.filter(topics__isnull=False).values("pk"))
    )


def _treated(scope: Scope) -> Any:
    """Problems that the 以案促改 of the organs treated, each once."""
    held = register(CaseDrivenRectification, "held_on")(scope)
    return Problem.objects.live().filter(pk__in=held.values("problems"))


def _analysed(scope: Scope) -> Any:
    """Cases concluded in the period that were analysed by the day of judging."""
    done = CaseAnalysis.objects.live().filter(analysed_on__lte=scope.on)
    return register(CaseRecord, "concluded_on")(scope).filter(pk__in=done.values("case_id"))


_OF_CASE = of_register("cases", CASE)
_OF_INSTITUTION = of_register("institutions", INSTITUTION)

declare(
    Figure("case_filed_count", "立案件数", "件", "A10.5", register(CaseRecord, "filed_on"), **_OF_CASE),
    Figure("persons_transferred_to_prosecution", "移送审查起诉人数", "人", "A10.5",
           register(CaseRecord, "transferred_on"), measure=Sum("persons_transferred"), **_OF_CASE),
    Figure("cases_concluded", "办结案件数", "件", "A10.5", register(CaseRecord, "concluded_on"), **_OF_CASE),
    Figure("cases_analysed", "办结案件中已剖析数", "件", "A10.3", _analysed, **_OF_CASE),
    Figure("institutions_built_after_cases", "督促完善制度数", "项", "A10.5", _after_cases, **_OF_INSTITUTION),
    Figure("institutions_built_count", "建立完善制度数", "项", "A10.3", register(InstitutionBuilt, "issued_on",
           source=InstitutionSource.CASE), **_OF_INSTITUTION),
    Figure("case_education_count", "以案四说四改次数", "次", "A10.3", register(CaseDrivenRectification, "held_on"),
           **of_register("case-driven", DRIVEN)),
    Figure("case_treated_problem_count", "以案促改治理问题数", "个", "A10.3", _treated, **{**OF_PROBLEM, "organ": "", "joint": ""}),
)  # fmt: skip
