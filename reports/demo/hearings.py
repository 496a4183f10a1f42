"""Briefings of the demo year, one quarter late and one missed; last year's report heard, this year's being written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.approvals import decide, signers
from accounts.calendar import SHANGHAI, local_day
from accounts.models import Approval, Organ, OversightAssignment, ScResolution
from accounts.roles import OrganKind, Rung
from checklists.actions import tasks
from reports.actions.annual import draft_annual, edit_section, submit_annual
from reports.actions.briefings import confirm_briefing, enter_briefing
from reports.demo.county import person
from reports.hearings.duties import ended_rounds
from supervision.models import Round

YEAR = 2026
# leader, held (month, day), made up for quarter, who wrote it down, what was heard, what was asked
HEARD = (
    ("fenguan", (3, 26), "", "fenguan", "一季度各单位完成项目申报，重点项目清单已印发，部署培训全部完成。", "抓紧启动首轮检查，二季度末各组至少完成一轮。"),
    ("xieguan1", (3, 24), "", "dangfeng", "粮食购销集中监督方案已审批，农业农村、卫健等组首轮检查启动。", "检查要下到乡镇，问题当场能改的当场改。"),
    ("xieguan2", (4, 8), "2026Q1", "dangfeng", "教育等组和各乡镇纪委项目准备情况。", "一季度未及时听取，今后按季度安排。"),
    ("fenguan", (6, 25), "", "dangfeng", "上半年发现问题总体情况，医保基金监督已办结，粮食购销报告已提交常委会。", "逾期未整改的问题逐一督办，下季度逐项报结果。"),
    ("xieguan1", (6, 24), "", "xieguan1", "农业农村组、卫健组发现问题和整改情况，线索移送2件。", "高标准农田管护问题要举一反三。"),
    ("xieguan2", (6, 29), "", "jiaoyu", "营养餐采购监督准备情况和党费收缴清理进展。", ""),
    ("fenguan", (9, 25), "", "fenguan", "三季度监督检查情况，营养餐采购监督发现的问题。", "“回头看”要覆盖上半年全部销号问题。"),
    ("xieguan1", (9, 23), "", "nongye", "惠农补贴监督进展，台账更新情况。", "年底前完成全部节点。"),
    ("xieguan1", (11, 19), "", "nongye", "耕地保护突出问题初核情况。", "涉及面较广，下周会同自然资源组再核一遍。"),
)  # fmt: skip
EARLIER = {
    "deployment": "2025年1月，县纪委全会对政治监督工作作出部署。当年的项目、问题和整改登记在纸质台账中，启用本系统前没有录入，数据表中为0。",
    "next": "推进政治监督具体化、精准化、常态化，紧盯粮食安全、耕地保护、乡村振兴开展监督。",
}


def at(year: int, month: int, day: int, hour: int = 16) -> datetime:
    """A moment of the demo."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def build_hearings() -> None:
    """冯远 heard the first quarter late and has not heard the third; the fourth runs."""
    for username, day, quarter, writer, content, asked in HEARD:
        _briefing(username, date(YEAR, *day), quarter, writer, content, asked)
    _after_round()
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    _last_year(cso)
    draft_annual(cso, YEAR, by=person("dangfeng"), at=at(YEAR, 11, 18))


def _briefing(username: str, day: date, quarter: str, writer: str, content: str, asked: str) -> None:
    leader, by = person(username), person(writer)
    own = OversightAssignment.objects.valid(on=day).filter(leader=leader)
    organs = [row.organ for row in own.select_related("organ").order_by("organ__sort_order")]
    if writer not in (username, "dangfeng"):
        organs = [by.organ]
    row = enter_briefing(
        leader, held_on=day, organs=organs[:6], content=content, instructions=asked, quarter=quarter, by=by, at=at(YEAR, day.month, day.day, 17),
    )  # fmt: skip
    if writer == "dangfeng":
        confirm_briefing(row, by=leader, at=at(YEAR, day.month, day.day, 18))


def _after_round() -> None:
    """分管副书记 hears of the centralized round, 协管常委 has not."""
    round: Any = Round.objects.filter(item__form="centralized", ended_on__isnull=False).select_related("organ").first()
    if round is None or round not in ended_rounds(round.ended_on):
        return
    leader = person("fenguan")
    day = round.ended_on.replace(day=min(round.ended_on.day + 5, 28))
    enter_briefing(
        leader, held_on=day, organs=[round.organ], rounds=[round], trigger="round", by=person("dangfeng"), at=at(YEAR, day.month, day.day, 17),
        content="集中性监督检查结束，发现的问题和线索情况。", instructions="按期提交常委会研判，问题逐条明确处置方式。",
    )  # fmt: skip


def _last_year(cso: Organ) -> None:
    """The report of the year before, signed on every rung and heard eight days after its end."""
    year = YEAR - 1
    clerk = person("dangfeng")
    tasks.save_deployment(
        cso,
        year,
        by=clerk,
        at=at(YEAR, 1, 5),
        plenum_on=date(year, 1, 17),
        text="县纪委全会部署：突出“两个维护”，抓实政治监督。",
    )
    report = draft_annual(cso, year, by=clerk, at=at(YEAR, 1, 5))
    for key, text in EARLIER.items():
        edit_section(report, key, text, by=clerk, at=at(YEAR, 1, 5))
    submit_annual(report, by=clerk, at=at(YEAR, 1, 6))
    approval = Approval.objects.of(report).get()
    for hour, rung in enumerate((Rung.HEAD, Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY), 9):
        moment = at(YEAR, 1, 7, hour)
        decide(
            approval,
            "approve",
            by=person(signers(cso.pk, rung, on=local_day(moment))[0].username),
            at=moment,
            note="同意",
        )
    resolution = ScResolution.objects.create(
        organ=cso, kind="annual_hearing", meeting_on=date(YEAR, 1, 8), meeting_no="第1次", agenda_no=3, title=approval.title, approved=True,
        attendance="应到9人，实到8人", opinion="听取并同意报告。2026年要把问题整改质量摆在更突出位置。", recorded_by=person("changweihui"),
        recorded_at=at(YEAR, 1, 8),
    )  # fmt: skip
    decide(
        approval,
        "approve",
        by=person("changweihui"),
        at=at(YEAR, 1, 8, 18),
        note=resolution.opinion,
        resolution=resolution,
    )
