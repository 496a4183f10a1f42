"""The demo county's registers: talks, meetings and the rest of a group's daily work, entered through the same verbs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.administration import save_official
from accounts.calendar import SHANGHAI
from accounts.models import Official, Organ, SupervisedUnit
from accounts.roles import PostLevel
from checklists.models import Topic
from ledgers.actions.books import change, enter, problem_from, verify
from ledgers.actions.registers import record_disposition
from ledgers.books.register import REGISTERS
from reports.demo.county import person
from supervision.actions.problems import change_problem
from supervision.actions.reporting.accountability import tag_accountability, verify_accountability
from supervision.models import AccountabilityAction, Problem

YEAR = 2026
TALKS = (
    ("integrity_talk", 1, 20), ("integrity_talk", 1, 20), ("heart_to_heart", 2, 4), ("heart_to_heart", 2, 4), ("heart_to_heart", 3, 11),
    ("top_leader_talk", 3, 18), ("heart_to_heart", 4, 9), ("reminder_talk", 4, 22), ("new_post_talk", 5, 13), ("integrity_talk", 6, 3),
    ("heart_to_heart", 7, 8), ("long_tenure_talk", 8, 19), ("integrity_talk", 9, 16), ("heart_to_heart", 10, 14), ("reminder_talk", 11, 4),
)  # fmt: skip


def build_registers() -> None:
    """About three records of each register for two groups, 案管室 and 党风政风监督室."""
    for username, head in (("nongye", "nongye_head"), ("jiaoyu", "jiaoyu_head")):
        organ = person(username).organ
        _talks(organ, person(username), person(head))
        _meetings(organ, person(username))
        for part in (_daily, _persons, _of_units, _learning, _after_cases, _prior_reports):
            part(organ, person(username))
    _cases(person("anguan"))
    _county(person("dangfeng"))
    _facts(person("nongye"), person("dangfeng_head"))


def _at(month: int, day: int) -> datetime:
    return datetime(YEAR, month, day, 16, 30, tzinfo=SHANGHAI)


def _put(key: str, organ: Organ, by: Any, month: int, day: int, rows: Any = (), **values: Any) -> Any:
    register = REGISTERS[key]
    values.setdefault(register.day, date(YEAR, month, day))
    return enter(register, organ=organ, values=values, by=by, at=_at(month, day), rows=rows)


def _units(organ: Organ) -> list[SupervisedUnit]:
    return list(SupervisedUnit.objects.filter(organ=organ).order_by("pk")[:3])


def _talks(organ: Organ, clerk: Any, head: Any) -> None:
    people = list(Official.objects.filter(unit__organ=organ).order_by("unit_id", "pk"))
    for number, (kind, month, day) in enumerate(TALKS):
        leader = kind == "top_leader_talk"
        talk = _put("talks", organ, clerk, month, day, kind=kind, official=people[0 if leader else number % len(people)],
                    one_to_one=leader, talker=head.full_name, talker_level="organ_head",
                    summary="围绕履行管党治党责任、执行财经纪律提出要求，本人表示认真落实。")  # fmt: skip
        if kind == "reminder_talk" and month == 4:
            problem_from(talk, unit=talk.unit, description="应报送的主体责任材料经催促后仍未按时报送", found_on=talk.talk_date,
                         by=clerk, at=_at(month, day), due_on=date(YEAR, 5, 15))  # fmt: skip


def _meetings(organ: Organ, clerk: Any) -> None:
    first, second, third = _units(organ)
    opinions = ({"topic": "项目招标方式", "matter": "major_matters", "text": "达到招标限额的项目应公开招标，不能直接发包。", "adopted": "yes"},
                {"topic": "项目招标方式", "matter": "risk", "text": "评审专家抽取过程应留存记录。", "adopted": ""})  # fmt: skip
    _put("meetings", organ, clerk, 2, 12, opinions, unit=first, kind="party_committee", agenda="研究年度项目资金安排和项目招标方式",
         attended_by=clerk.full_name, first_topic_ok="yes", last_statement_ok="yes")  # fmt: skip
    _put(
        "meetings",
        organ,
        clerk,
        5,
        20,
        opinions[:1],
        unit=second,
        kind="executive",
        agenda="研究设备采购",
        attended_by=clerk.full_name,
    )
    _put("meetings", organ, clerk, 1, 28, unit=third, kind="democratic_life", agenda="领导班子民主生活会", attended_by=clerk.full_name,
         before_text="会前审阅对照检查材料，退回修改1次。", during_text="被谈话函询人员作了说明。", after_text="整改措施已报备。")  # fmt: skip
    review = ({"text": "优惠条款突破现行政策，建议按普惠政策执行。", "adopted": "yes"},)
    _put(
        "topic-reviews",
        organ,
        clerk,
        4,
        7,
        review,
        body="investment_meeting",
        unit=first,
        topic="招商项目优惠政策",
        replied_on=date(YEAR, 4, 9),
    )
    _put("topic-reviews", organ, clerk, 11, 12, body="government_meeting", unit=first, topic="冬季项目资金调整方案")


def _daily(organ: Organ, clerk: Any) -> None:
    first, second, third = units = _units(organ)
    visit = _put("visits", organ, clerk, 4, 30, theme="工作纪律和公车管理", units=units, participants=clerk.full_name, four_no_two_direct=True,
                 findings="1辆公务用车节假日未按规定封存。")  # fmt: skip
    problem_from(
        visit,
        unit=second,
        description="节假日公务用车未按规定封存停驶",
        found_on=visit.visit_date,
        by=clerk,
        at=_at(4, 30),
        due_on=date(YEAR, 5, 31),
    )
    _put("visits", organ, clerk, 9, 24, theme="节前作风纪律", units=[first, third], participants=clerk.full_name)
    _put("alerts", organ, clerk, 3, 9, kind="procurement", system="政采云监督岗", unit=first, fact="采购公告发布时间不足法定期限。",
         checked_on=date(YEAR, 3, 12), handled=True, result="已重新公告。")  # fmt: skip
    _put(
        "alerts",
        organ,
        clerk,
        11,
        10,
        kind="official_vehicle",
        system="公务用车监管系统",
        unit=second,
        fact="车辆在非工作时间有行驶记录。",
    )


def _persons(organ: Organ, clerk: Any) -> None:
    people = list(Official.objects.filter(unit__organ=organ).order_by("unit_id", "pk"))
    for month, official, done in ((3, people[1], True), (6, people[2], True), (11, people[4], False)):
        answer = (
            {
                "replied_on": date(YEAR, month, 18),
                "conclusion": "none",
                "approver": "王建国",
                "text": "未发现影响使用的情形。",
            }
            if done
            else {}
        )
        _put(
            "integrity-opinions",
            organ,
            clerk,
            month,
            18 if not done else 14,
            requester="县委组织部",
            purpose="promotion",
            official=official,
            **answer,
        )
    entry = ({"kind": "talk_inquiry", "entered_on": date(YEAR, 4, 22), "reference": "谈话记录2026-04"},)
    _put("integrity-files", organ, clerk, 4, 25, entry, official=people[1], file_no=f"廉{YEAR}-{organ.pk:03d}")


def _of_units(organ: Organ, clerk: Any) -> None:
    first, second, third = units = _units(organ)
    for unit in units:
        _put("profiles", organ, clerk, 2, 20, unit=unit, functions="组织实施本领域项目建设、资金拨付和行政审批。", staffing="内设机构6个，编制28名。",
             processes="申报、评审、公示、拨付、验收。", keeper=clerk.full_name)  # fmt: skip
        _put(
            "duty-lists",
            organ,
            clerk,
            3,
            5,
            unit=unit,
            kind="main",
            year=YEAR,
            items="党组每半年专题研究全面从严治党工作。",
            state="in_force",
        )
    for link, level in (("项目验收", "high"), ("物资采购", "middle"), ("差旅报销", "low")):
        _put(
            "risks",
            organ,
            clerk,
            3,
            20,
            unit=first,
            link=link,
            risk=f"{link}由一人办理，缺少复核。",
            level=level,
            measure="双人办理，定期抽查。",
            owner="办公室",
        )
    for unit, received in ((first, date(YEAR, 3, 28)), (second, date(YEAR, 4, 6)), (third, None)):
        _put(
            "submissions",
            organ,
            clerk,
            3,
            31,
            unit=unit,
            kind="task_breakdown",
            title="主体责任任务分解表",
            received_on=received,
        )
    _put("official-updates", organ, clerk, 7, 10, unit=first, added=3, changed=5, left=2)


def _learning(organ: Organ, clerk: Any) -> None:
    units = _units(organ)
    for number, (month, day) in enumerate(((3, 13), (5, 15), (9, 11)), start=1):
        _put(
            "studies",
            organ,
            clerk,
            month,
            day,
            kind="lecture_series",
            theme=f"纪法贯通、法法衔接系列讲座第{number}期",
            attendees=4,
        )
    for festival, month, day in (("春节", 2, 9), ("端午节", 6, 12), ("国庆节", 9, 24)):
        _put(
            "reminders",
            organ,
            clerk,
            month,
            day,
            festival=festival,
            units=units,
            text="严守中央八项规定精神，严禁违规收送礼品礼金。",
        )
    _put("warnings", organ, clerk, 4, 16, case_text="某单位虚报差旅费案", units=units, attendees=86, middle_cadres=21)


def _after_cases(organ: Organ, clerk: Any) -> None:
    units = _units(organ)
    done = _put("case-driven", organ, clerk, 4, 20, unit=units[0], due_on=date(YEAR, 7, 31), held_on=date(YEAR, 6, 18),
                activities="召开以案促改专题会，查摆问题4个。")  # fmt: skip
    built = _put(
        "institutions",
        organ,
        clerk,
        7,
        6,
        unit=units[0],
        title="差旅费报销管理办法",
        doc_no=f"〔{YEAR}〕12号",
        source="case_driven",
    )
    change(done, values={"institutions": [built], "closed_on": date(YEAR, 7, 20)}, by=clerk, at=_at(7, 20))
    lost = _put(
        "losses",
        organ,
        clerk,
        8,
        12,
        unit=units[1],
        amount=12860,
        receipt=f"财政票据{organ.pk:04d}",
        note="退回超标准报销费用",
    )
    for record in (built, lost):
        verify(record, by=person("dangfeng"), at=_at(9, 1))


def _prior_reports(organ: Organ, clerk: Any) -> None:
    for kind, subject, event, filed in (("advance", "列席领导班子民主生活会", (1, 28, 9), (1, 25, 9)), ("immediate", "被监督单位发生安全事故", (6, 9, 8), (6, 9, 17)),
                                        ("immediate", "被监督单位人员被带走调查", (8, 5, 8), (8, 7, 9))):  # fmt: skip
        moments = [datetime(YEAR, *moment, tzinfo=SHANGHAI) for moment in (event, filed)]
        _put(
            "prior-reports",
            organ,
            clerk,
            filed[0],
            filed[1] + 1,
            kind=kind,
            subject=subject,
            event_at=moments[0],
            filed_at=moments[1],
        )


def _cases(clerk: Any) -> None:
    group = person("nongye").organ
    unit = _units(group)[0]
    for code, month, discipline, more in (
        ("001", 1, "corruption", {"concluded_on": date(YEAR, 6, 30), "dual_check": "party"}),
        ("002", 3, "political", {}),
        (
            "003",
            5,
            "life_discipline",
            {"concluded_on": date(YEAR, 9, 18), "persons_transferred": 1, "transferred_on": date(YEAR, 9, 20)},
        ),
    ):
        case = _put(
            "cases",
            clerk.organ,
            clerk,
            month,
            15,
            code=f"{YEAR}-{code}",
            unit=unit,
            discipline=discipline,
            handled_by=group,
            **more,
        )
        if code == "001":
            _put("case-analyses", group, person("nongye"), 7, 8, case=case, system_gaps="报销审核与付款由同一人办理。", key_powers="资金拨付",
                 weak_points="票据审核", risk_points="差旅费、会议费", follow_up="纳入下半年专项检查。")  # fmt: skip


def _county(clerk: Any) -> None:
    organ = clerk.organ
    active = _put("campaigns", organ, clerk, 3, 1, name="群众身边不正之风和腐败问题集中整治", package="2026年整治项目清单",
                  leader="高副书记", department="党风政风监督室", task_force="集中整治工作专班（7人）", announced_on=date(YEAR, 3, 10), state="active")  # fmt: skip
    _put(
        "campaigns",
        organ,
        clerk,
        10,
        8,
        name="校园餐突出问题整治“回头看”",
        package="2026年整治项目清单",
        department="县教育局",
    )
    _put(
        "publicity",
        organ,
        clerk,
        3,
        12,
        title="举报方式和整治项目公告海报",
        medium="poster",
        copies=1200,
        campaign=active,
    )
    _put("publicity", organ, clerk, 3, 15, title="整治项目清单公告", medium="website")
    for name, value, word in (
        ("党员干部下基层次数", 8600, "次"),
        ("现场解决问题数", 3120, "个"),
        ("协调融资额", 200_000_000, "元"),
    ):
        _put("external-figures", organ, clerk, 7, 10, name=name, period_from=date(YEAR, 1, 1), period_to=date(YEAR, 6, 30),
             value=value, unit_word=word, source="县委办公室")  # fmt: skip


def _facts(clerk: Any, head: Any) -> None:
    """Levels of posts, a campaign's topic on what bears it, proved problems, named cadres, counted batches."""
    organ = clerk.organ
    for official in Official.objects.filter(unit__organ=organ).order_by("pk"):
        official.post_level = PostLevel.TOP_LEADER if official.is_top_leader else PostLevel.TEAM_MEMBER
        official.post_since = official.post_since or date(YEAR - 6, 3, 1)
        save_official(official, by=clerk, at=_at(7, 10))
    topic = Topic.objects.get(name="群众身边不正之风和腐败问题集中整治")
    for problem in Problem.objects.live().filter(organ=organ, rectification__step="issued").order_by("pk")[:3]:
        facts = {"responsible_kind": "functional_department", "phase_found": "during", "nature": "conduct", "topics": [topic],
                 "substantiated": True, "concluded_on": max(problem.found_on or date(YEAR, 1, 5), date(YEAR, 9, 18))}  # fmt: skip
        change_problem(problem, facts, by=clerk, at=_at(11, 12))
    official = Official.objects.filter(unit__organ=organ, is_top_leader=False).order_by("pk")[0]
    record_disposition(organ=organ, official=official, form=1, measure="批评教育", decided_on=date(YEAR, 9, 22), by=clerk, at=_at(9, 22),
                       topics=[topic])  # fmt: skip
    action = AccountabilityAction.objects.filter(organ=organ, decided_on__isnull=False).order_by("pk").first()
    if action:
        tag_accountability(action, in_cooperation=False, topics=[topic], by=clerk, at=_at(11, 12))
        verify_accountability(action, by=head, at=_at(11, 13))
    people = list(Official.objects.filter(unit__organ=organ).order_by("pk")[:2])
    _put(
        "warnings",
        organ,
        clerk,
        10,
        15,
        case_text="某镇补贴发放弄虚作假案",
        units=_units(organ),
        attendees=32,
        middle_cadres=6,
        officials=people,
    )
    _put(
        "visits",
        organ,
        clerk,
        10,
        20,
        theme="惠民资金发放",
        units=_units(organ)[:1],
        participants=clerk.full_name,
        topics=[topic],
    )
    _put("declaration-checks", organ, clerk, 7, 3, batch="上半年集中抽查", reported=14, checked=6)
    _put("declaration-checks", organ, clerk, 10, 9, batch="第三季度集中抽查", reported=9, checked=4, problems_found=1)
    _put("clue-reviews", organ, clerk, 8, 28, scope="2021年以来暂存待查线索", reviewed=17, reactivated=2)
