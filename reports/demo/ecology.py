"""The year-end file of the demo: 2025 in two groups, its report passed, sent and filed; 2026 being written."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.actions import resolve
from accounts.approvals import decide, signers
from accounts.calendar import SHANGHAI, local_day
from accounts.models import Approval, Official, Organ, ScResolutionKind, SupervisedUnit
from accounts.roles import OrganKind, Rung
from reports.actions import appraisals as acts
from reports.actions import ecology as reports
from reports.demo.county import person
from reports.ecology import facts
from reports.ecology.states import Manner, Receiver
from reports.models import EcologyReport, PerformanceAppraisal

LAST, THIS = 2025, 2026
TEAM = (
    "领导班子能够把落实上级重大决策部署摆在重要位置，全年召开党组会专题研究全面从严治党工作4次，对监督反馈的问题逐条研究、明确分管领导和责任科室。\n"
    "不足之处是对下属单位资金管理过问不够经常，个别整改措施停留在发通知、提要求。"
)
TOP = (
    "能够履行第一责任人职责，对监督检查反馈的问题亲自部署、亲自过问，重大事项按程序提交集体研究。\n"
    "对分管领域之外的廉政风险了解不够细，约谈班子成员的次数偏少，需要在下一年度改进。"
)
MEMBER = "落实“一岗双责”总体到位，分管领域发现的问题按期整改，日常监督的主动性还要加强。"
CONCLUSION = (
    "全年政治表现总体较好，落实主体责任有部署、有检查。主要不足是整改向基层延伸不够。建议把资金管理的日常监督做在前面。"
)
PARTS = {
    "总体情况": "2025年，全县各级党组织坚决落实党中央重大决策部署和省委、市委、县委工作要求，政治生态总体向好，问题整改的质量有所提高。",
    "“四个意识”": "各单位党委（党组）能够及时传达学习、研究贯彻上级部署，个别单位结合实际不够紧，落实措施照搬照抄。",
    "思想政治建设": "理论学习制度总体落实，基层站所学习记录补记、代记的情况仍有发生。",
    "党内政治生活": "民主生活会、组织生活会按期召开，批评和自我批评质量不平衡。",
    "作风建设": "惠农补贴、营养餐等领域作风问题整治见到成效，个别窗口单位推诿的反映仍然存在。",
    "反腐败形势": "工程建设、政府采购、项目资金仍是问题多发领域，须持续加强对权力集中岗位的监督。",
    "管党治党责任落实": "第一责任人职责总体压实，“一岗双责”向下属单位传导逐级减弱。",
    "主要问题": "一是少数单位整改重形式、轻实效；二是下属单位资金管理薄弱；三是学习教育走过场。",
    "原因分析": "主体责任传导不够有力，日常监督发现问题的主动性不足，制度执行缺少检查。",
    "对策建议": "压实整改第一责任，开展下属单位资金管理专项检查，把日常监督情况作为干部考核、选拔任用的重要参考。",
}
LEFT_OUT = "2025年度综合评价在驻县农业农村局、驻县教育局两个纪检监察组先行试点，其余单位自2026年度起评价。"


def at(year: int, month: int, day: int, hour: int = 15) -> datetime:
    """A moment of the demo."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def build_ecology() -> None:
    """Five units and the report of 2025; of 2026 one approved, one before its signers, one sent back, one begun."""
    for prefix, name, count in (("nongye", "驻县农业农村局纪检监察组", 3), ("jiaoyu", "驻县教育局纪检监察组", 2)):
        for unit in SupervisedUnit.objects.filter(organ__name=name).order_by("pk")[:count]:
            _signed(_written(unit, LAST, prefix, at(THIS, 1, 5)), at(THIS, 1, 7))
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    _sent(_passed(_last_report(cso)))
    _this_year(cso)


def _written(
    unit: SupervisedUnit, year: int, prefix: str, moment: datetime, *, members: int = 1
) -> PerformanceAppraisal:
    """The texts by the organ's clerk, the team's with a few records of the year."""
    clerk = person(prefix)
    row = acts.start_appraisal(unit, year, by=clerk, at=moment)
    gathered = facts.facts(unit, year, clerk, today=local_day(moment))
    marks = [record.mark for fact in gathered for record in fact.rows[:1]][:3]
    acts.write_text(row, "team", text=TEAM, evidence=facts.chosen(gathered, marks), by=clerk, at=moment)
    people = Official.objects.filter(unit=unit).order_by("pk")
    top: Any = people.filter(is_top_leader=True).first()
    acts.write_text(row, "top_leader", official=top, post=top.post, text=TOP, by=clerk, at=moment)
    for one in people.filter(is_top_leader=False, is_team_member=True)[:members]:
        acts.write_text(row, "member", official=one, text=MEMBER, by=clerk, at=moment)
    return acts.write_conclusion(row, CONCLUSION, by=clerk, at=moment)


def _signed(row: PerformanceAppraisal, moment: datetime, *, rungs: int = 3, returned: str = "") -> None:
    acts.submit_appraisal(row, by=person(row.created_by.username), at=moment)
    _sign(Approval.objects.of(row).get(), row.organ_id, moment, rungs=rungs)
    if returned:
        approval = Approval.objects.of(row).get()
        signer = signers(row.organ_id, Rung.ASSISTING_MEMBER, on=local_day(moment))[0]
        decide(approval, "return", by=person(signer.username), at=moment.replace(hour=17), note=returned)


def _sign(approval: Approval, organ_id: int, moment: datetime, *, rungs: int = 3) -> None:
    chain = (Rung.HEAD, Rung.ASSISTING_MEMBER, Rung.DEPUTY_SECRETARY)[:rungs]
    for hour, rung in enumerate(chain, 16):
        signer = signers(organ_id, rung, on=local_day(moment))[0]
        decide(approval, "approve", by=person(signer.username), at=moment.replace(hour=hour - rungs + 1), note="同意")


def _last_report(cso: Organ) -> EcologyReport:
    clerk, moment = person("dangfeng"), at(THIS, 1, 12)
    report = reports.draft_report(cso, LAST, by=clerk, at=moment)
    for part in report.sections:
        if part["heading"] in PARTS:
            reports.edit_section(report, part["key"], PARTS[part["heading"]], by=clerk, at=moment)
    return reports.compile_units(report, missing_reason=LEFT_OUT, by=clerk, at=moment)


def _passed(report: EcologyReport) -> EcologyReport:
    reports.submit_report(report, by=person("dangfeng"), at=at(THIS, 1, 13, 9))
    approval = Approval.objects.of(report).get()
    _sign(approval, report.organ_id, at(THIS, 1, 13))
    values = {
        "kind": ScResolutionKind.APPRAISAL, "meeting_on": date(THIS, 1, 15), "meeting_no": "第2次", "agenda_no": 4, "approved": True,
        "attendance": "应到9人，实到9人", "opinion": "同意报告，按规定报送县委、县政府主要领导并报县委组织部备案。",
    }  # fmt: skip
    resolve(approval, values, by=person("changweihui"), at=at(THIS, 1, 15, 18))
    report.refresh_from_db()
    return report


def _sent(report: EcologyReport) -> None:
    by = person("dangfeng")
    for receiver, name, manner, signed, number in (
        (Receiver.COMMITTEE, "县委书记", Manner.IN_PERSON, "县委办机要室 付明", ""),
        (Receiver.GOVERNMENT, "县委副书记、县长", Manner.COURIER, "县政府办机要室 安宁", ""),
        (Receiver.ORGANIZATION, "县委组织部干部监督科", Manner.BY_HAND, "许为", "示组备〔2026〕3号"),
    ):
        copy = reports.dispatch_report(
            report,
            receiver=receiver,
            recipient=name,
            sent_on=date(THIS, 1, 19),
            manner=manner,
            by=by,
            at=at(THIS, 1, 19),
        )
        reports.record_receipt(
            copy, received_on=date(THIS, 1, 20), received_by=signed, filing_no=number, by=by, at=at(THIS, 1, 21)
        )


def _this_year(cso: Organ) -> None:
    """November: the first texts go up; the report has its parts and two of them written."""
    first, second, third = SupervisedUnit.objects.filter(organ__name="驻县农业农村局纪检监察组").order_by("pk")[:3]
    _signed(_written(first, THIS, "nongye", at(THIS, 11, 12)), at(THIS, 11, 16), rungs=1)
    _signed(_written(second, THIS, "nongye", at(THIS, 11, 13), members=0), at(THIS, 11, 17), rungs=1,
            returned="“一把手”部分没有写明问题整改情况，请对照全年记录补充。")  # fmt: skip
    begun = acts.start_appraisal(third, THIS, by=person("nongye"), at=at(THIS, 11, 18))
    acts.write_text(begun, "team", text=TEAM, by=person("nongye"), at=at(THIS, 11, 18))
    health = SupervisedUnit.objects.filter(organ__name="驻县卫生健康委纪检监察组").order_by("pk")[0]
    _signed(_written(health, THIS, "weijian", at(THIS, 11, 10)), at(THIS, 11, 12))
    report = reports.draft_report(cso, THIS, by=person("dangfeng"), at=at(THIS, 11, 18))
    for part in report.sections[:2]:
        words = PARTS[part["heading"]].replace(str(LAST), str(THIS))
        reports.edit_section(report, part["key"], words, by=person("dangfeng"), at=at(THIS, 11, 18))
