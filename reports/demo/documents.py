"""Documents and bulletins of the demo county in every state, brought there by the product's own verbs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts import approvals
from accounts.actions import resolve
from accounts.calendar import SHANGHAI, local_day
from accounts.models import Approval, Organ, ScResolutionKind, User
from accounts.roles import OrganKind, Role, Rung
from reports.demo.county import person
from supervision.actions.documents import bulletins as bulletin_acts
from supervision.actions.documents import drafting as acts
from supervision.actions.documents.numbering import issue_paper, number_paper, set_prefix, void_paper
from supervision.actions.documents.replies import read_reply, record_reply
from supervision.documents.kinds import POINTS, SECTIONS, USUAL_MARKS
from supervision.models import IssuedDocument, Problem

YEAR = 2026
ORGAN_MARKS = {
    "驻县卫生健康委纪检监察组": "示纪驻卫",
    "柳河镇纪委": "示柳纪",
    "驻县农业农村局纪检监察组": "示纪驻农",
    "示范县纪委监委": "示纪",
}
WORDS = {
    "origin": "在开展政治监督中，通过查阅资料、实地走访和个别谈话发现。", "causes": "主体责任压得不实，制度执行不严，日常监管有缺位。",
    "requirements": "1.召开会议专题研究，明确责任领导和完成时限；2.逐项整改，举一反三开展排查；3.修订完善有关制度。",
    "reply": "请逐项说明整改措施、完成情况，并附会议纪要、制度文件等佐证材料。", "legal_basis": "《中国共产党纪律检查委员会工作条例》有关规定。",
    "basis": "根据年度政治监督重点项目清单，按季度开展监督检查。", "ledger": "请建立问题整改台账，整改一项、销号一项。",
    "report": "整改完成后书面报告，附佐证材料。", "consequence": "整改不及时、不到位或者拒不整改的，将依规依纪严肃处理。",
    "risk": "项目公示不及时，群众知情权落实不到位，存在优亲厚友的廉政风险。", "immediate": "立即补齐公示内容，并留存影像资料。",
    "institution": "建立公示事项清单和定期更新制度，堵塞漏洞。", "background": "个别单位招标文件未经集体研究，工程变更审批不规范。",
    "measures": "开展自查自纠，逐项目建立问题清单。", "extension": "对近三年项目全面排查，举一反三。",
    "matter": "督促落实整改要求。", "progress": "至今未书面回复。", "feedback": "书面反馈，附佐证材料。", "contact": "",
}  # fmt: skip


def at(month: int, day: int, hour: int = 10) -> datetime:
    """A moment of the demo year."""
    return datetime(YEAR, month, day, hour, tzinfo=SHANGHAI)


def _problem(start: str) -> Problem:
    return Problem.objects.select_related("organ", "unit__organ", "item", "rectification").get(
        description__startswith=start
    )


def build_documents() -> None:
    """Each state once, so that every page and every desk has something to show."""
    _characters()
    _closed_notice()
    _late_notice_and_its_letter()
    _reply_with_a_gap()
    _voided_and_returned()
    _waiting_for_the_clerk()
    _waiting_for_service()
    _only_drafted()
    _pressed_and_noticed()
    _bulletins()


def _characters() -> None:
    clerk, root = person("wenshu"), Organ.objects.get(kind=OrganKind.COMMISSION)
    organs = [root, *Organ.objects.filter(name__in=ORGAN_MARKS).exclude(pk=root.pk)]
    for organ in organs:
        for kind, mark in USUAL_MARKS.items():
            set_prefix(organ, kind, YEAR, f"{ORGAN_MARKS[organ.name]}{mark}", by=clerk, at=at(1, 10))


def draft(
    username: str, kind: str, problems: list[Problem], title: str, when: datetime, days: int, **fields: Any
) -> Any:
    clerk, day = person(username), local_day(when)
    sections = {section.key: WORDS[section.key] for section in SECTIONS[kind] if section.key != POINTS}
    points = [{**row, "due_on": day + timedelta(days=days)} for row in acts.points_from(problems)]
    values: dict[str, Any] = {"unit": problems[0].unit, "points": points, "due_on": day + timedelta(days=days),
                              "reply_due_on": day + timedelta(days=days + 5), "sections": sections, **fields}  # fmt: skip
    return acts.draft_document(clerk.organ, kind, title=title, by=clerk, at=when, **values)


def send_up(document: IssuedDocument, when: datetime) -> Approval:
    return acts.submit_document(document, by=document.created_by, at=when)


def sign(approval: Approval, when: datetime) -> None:
    for hours, step in enumerate(approval.steps.all(), 1):
        signer = approvals.signers(approval.organ_id, step.rung, on=local_day(when))[0]
        moment, signer = when + timedelta(hours=hours), User.objects.select_related("organ").get(pk=signer.pk)
        if step.rung == Rung.STANDING_COMMITTEE:
            words = {
                "kind": ScResolutionKind.OTHER,
                "meeting_on": local_day(when),
                "approved": True,
                "attendance": "应到9人，实到9人",
                "opinion": "同意印发。",
            }
            resolve(approval, words, by=signer, at=moment)
        else:
            approvals.decide(approval, "approve", by=signer, at=moment, note="同意")


def issue(document: Any, when: datetime, *, numbered_only: bool = False) -> None:
    document.refresh_from_db()
    number_paper(document, by=person("wenshu"), at=when)
    if not numbered_only:
        issue_paper(document, by=person("wenshu"), at=when, issued_on=local_day(when))
        document.refresh_from_db()


def serve(document: IssuedDocument, when: datetime, who: str) -> None:
    acts.serve_document(
        document, by=document.created_by, at=when, served_on=local_day(when), served_to=who, served_manner="in_person"
    )


def sent(
    username: str, kind: str, problems: list[Problem], title: str, when: datetime, days: int, **fields: Any
) -> Any:
    """Drafted, signed on the same day, issued two days later and served the day after."""
    document = draft(username, kind, problems, title, when, days, **fields)
    sign(send_up(document, when), when)
    issue(document, when + timedelta(days=2))
    serve(document, when + timedelta(days=3), "办公室主任")
    return document


def _closed_notice() -> None:
    document = sent("weijian", "rectification_notice", [_problem("超范围使用医保基金")],
                     "关于整改医保基金使用问题的通知", at(4, 13), 12)  # fmt: skip
    made = record_reply(document, by=document.created_by, at=at(4, 27), received_on=date(YEAR, 4, 27), sender="县人民医院",
                        answers={1: "7份病历涉及的费用已全部退回医保基金专户，修订病历审核制度1项。"})  # fmt: skip
    read_reply(made, {1: "answered"}, by=document.created_by, at=at(4, 28))
    document.refresh_from_db()
    acts.close_document(
        document, by=document.created_by, at=at(4, 29), effect="费用已退回，修订病历审核制度1项，整改到位。"
    )


def _late_notice_and_its_letter() -> None:
    document = sent("liuhe", "rectification_notice", [_problem("衔接资金拨付滞后")],
                     "关于整改衔接资金拨付滞后问题的通知", at(7, 14), 25)  # fmt: skip
    document.refresh_from_db()
    letter = acts.draft_letter(document, by=document.created_by, at=at(11, 18))
    send_up(letter, at(11, 18, 15))
    sent("weijian", "recommendation", [_problem("工程变更未履行审批手续")], "关于规范工程变更审批的纪检监察建议书", at(10, 13), 20,
          recommendation_kind="both", copies_to="县卫生健康委")  # fmt: skip


def _reply_with_a_gap() -> None:
    problem = _problem("药品验收单缺少双人签字")
    document = draft("weijian", "recommendation", [problem], "关于规范药品采购验收的监察建议书", at(9, 14), 45,
                      recommendation_kind="supervisory")  # fmt: skip
    points = [*acts.points_from([problem]), {"text": "药品采购目录长期未更新", "demand": "每半年更新一次。"},
              {"text": "乡镇卫生院验收培训不到位", "demand": "开展一次全员培训。"}]  # fmt: skip
    acts.edit_document(document, by=document.created_by, at=at(9, 14, 11),
                       points=[{**point, "due_on": date(YEAR, 10, 29)} for point in points])  # fmt: skip
    document.refresh_from_db()
    sign(send_up(document, at(9, 15)), at(9, 15))
    issue(document, at(9, 17))
    serve(document, at(9, 18), "局办公室")
    made = record_reply(document, by=document.created_by, at=at(10, 30), received_on=date(YEAR, 10, 30), sender="县卫生健康委",
                        answers={1: "12份验收单已补签并逐一核对，出台双人验收办法。", 2: "采购目录已更新。"})  # fmt: skip
    read_reply(
        made, {1: "answered", 2: "partly"}, by=document.created_by, at=at(11, 2), notes={2: "没有附更新后的目录"}
    )


def _voided_and_returned() -> None:
    problem = _problem("招标文件未经集体研究")
    document = draft("weijian", "rectification_notice", [problem], "关于整改招标程序问题的通知（拟）", at(6, 15), 30)
    sign(send_up(document, at(6, 15)), at(6, 15))
    issue(document, at(6, 17), numbered_only=True)
    void_paper(document, by=person("wenshu"), at=at(6, 18), reason="改用专项治理意见，不再印发。")
    opinion = draft("weijian", "treatment_opinion", [problem], "关于开展招投标专项治理的意见", at(11, 10), 40)
    approval = send_up(opinion, at(11, 10, 15))
    head = User.objects.select_related("organ").get(organ=opinion.organ, role=Role.ORGAN_HEAD)
    approvals.decide(approval, "return", by=head, at=at(11, 11), note="治理措施要细化到项目，补充时间安排。")


def _waiting_for_the_clerk() -> None:
    notice = draft(
        "liuhe",
        "integrity_notice",
        [_problem("项目公示栏更新不及时")],
        "关于项目公示不及时的廉情抄告单",
        at(11, 19),
        20,
    )
    sign(send_up(notice, at(11, 19)), at(11, 19))
    problem = _problem("惠农补贴")
    paper = draft("dangfeng", "rectification_advice", [problem], "关于完善惠农补贴公示机制的整改建议书", at(11, 16), 30,
                   in_name_of_commission=True)  # fmt: skip
    sign(send_up(paper, at(11, 16)), at(11, 16))
    issue(paper, at(11, 18), numbered_only=True)


def _waiting_for_service() -> None:
    document = draft("nongye", "recommendation", [_problem("惠农补贴")], "关于规范惠农补贴公示的纪律检查建议书", at(11, 16), 30,
                      recommendation_kind="discipline", copies_to="县财政局")  # fmt: skip
    sign(send_up(document, at(11, 16)), at(11, 16))
    issue(document, at(11, 18))


def _pressed_and_noticed() -> None:
    """A letter that pressed and was served, and a notice of integrity risks that went out."""
    first = sent(
        "liuhe", "rectification_notice", [_problem("违建排查台账")], "关于整改违建排查台账问题的通知", at(4, 15), 15
    )
    letter = acts.draft_letter(first, by=first.created_by, at=at(5, 12))
    sign(send_up(letter, at(5, 12)), at(5, 12))
    issue(letter, at(5, 14))
    serve(letter, at(5, 15), "所长")
    sent(
        "weijian",
        "integrity_notice",
        [_problem("药品验收单缺少双人签字")],
        "关于药品验收管理的廉情抄告单",
        at(9, 21),
        20,
    )


def _only_drafted() -> None:
    draft(
        "jiaoyu",
        "rectification_notice",
        [_problem("食堂采购台账不完整")],
        "关于整改食堂采购台账问题的通知",
        at(11, 20),
        30,
    )


def _bulletins() -> None:
    clerk = person("dangfeng")
    frame = {"by": clerk, "opening": "为严明政治纪律和工作纪律，发挥警示教育作用，现将近期发现的典型问题通报如下。",
             "demands": "各单位要引以为戒，对照检查，立行立改。各级纪检监察组织要加强日常监督，对整改不力的严肃处理。",
             "recipients": "各乡（镇、办）纪（工）委，县纪委各派驻纪检监察组"}  # fmt: skip
    cases = [(_problem("衔接资金拨付滞后"), ""), (_problem("超范围使用医保基金"), "")]
    issued = bulletin_acts.draft_bulletin(
        clerk.organ, title="关于资金使用典型问题的通报", cases=cases, at=at(9, 1), **frame
    )
    sign(bulletin_acts.submit_bulletin(issued, by=clerk, at=at(9, 2)), at(9, 2))
    issue(issued, at(9, 7))
    bulletin_acts.draft_bulletin(
        clerk.organ,
        title="关于整改不力典型问题的通报",
        cases=[(_problem("违建排查台账"), "")],
        at=at(11, 19),
        scope="public",
        **frame,
    )
