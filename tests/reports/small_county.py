"""A county small enough to count by hand: two groups, a township, a joint round, and every trap that a count can fall into.

A is 驻县农业农村局纪检监察组, B 驻县教育局纪检监察组, T 柳河镇纪委, C 党风政风监督室, K 案件监督管理室. The days at the edges of the
third quarter of 2026 are its first and its last; what is written beside a record says why it does not count.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import Official, User
from accounts.roles import Role
from checklists.models import ChecklistItem, Topic
from checklists.states import FocusArea
from ledgers import models as m
from supervision import models as s
from tests.factories import County, county, make_user, methods, moment

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
AT = moment(2026, 1, 5)
TOPICS = ("五难", "疫情防控", "四个不摘", "乡村振兴", "环保督察", "违规用地", "扫黑除恶")


def day(text: str) -> date:
    """07-01 of 2026, or a whole day."""
    return date.fromisoformat(text if len(text) > 5 else f"2026-{text}")


class Maker:
    """Writes records straight into their tables: no verb, no history, no clock."""

    def __init__(self) -> None:
        self.cast: County = county()
        self.organs = {
            "A": self.cast.agri,
            "B": self.cast.edu,
            "T": self.cast.town,
            "C": self.cast.cso,
            "K": self.cast.cases,
        }
        self.by: User = self.cast.nongye
        self.topics = {name: Topic.objects.get_or_create(name=name)[0] for name in TOPICS}
        units = self.cast.units
        self.units = {"A": units["县农业农村局"], "A2": units["县畜牧服务中心"], "A3": units["县农机服务中心"],
                      "B": units["县教育局"], "T": units["柳河镇人民政府"], "T2": units["柳河镇财政所"], "C": units["县农业农村局"],
                      "K": units["县农业农村局"]}  # fmt: skip
        self.people: dict[str, Official] = {}
        self.problems: dict[str, s.Problem] = {}
        self.rounds: dict[str, s.Round] = {}

    def put(self, model: Any, **values: Any) -> Any:
        """One row. Words for days, organs and topics are read; many-to-many values are lists."""
        many = {
            name: values.pop(name) for name in list(values) if isinstance(values[name], list) and name in _many(model)
        }
        if isinstance(values.get("organ"), str):
            values["organ"] = self.organs[values["organ"]]
        dated = {name: day(value) for name, value in values.items() if name.endswith("_on") and isinstance(value, str)}
        made = model.objects.bulk_create([model(**{**values, **dated})])[0]
        for name, found in many.items():
            getattr(made, name).add(*(self.topics[one] if isinstance(one, str) else one for one in found))
        return made

    def record(self, model: Any, organ: str, **values: Any) -> Any:
        """One record of a register; `out` takes it out."""
        gone = {"removed_at": AT, "removed_by": self.by, "removed_reason": "重复"} if values.pop("out", False) else {}
        signed = {"created_by": self.by, "created_at": AT, "updated_by": self.by, "updated_at": AT}
        return self.put(model, organ=organ, **signed, **gone, **values)

    def unit_record(self, model: Any, organ: str, **values: Any) -> Any:
        """The same for a register whose records name one unit."""
        return self.record(model, organ, unit=self.units[organ], **values)

    def problem(
        self, key: str, organ: str, found: str, *, routes: str = "", due: str = "", closed: str = "", **more: Any
    ) -> None:
        """A problem, the ways it went, its rectification with term and day of closing."""
        made = self.put(s.Problem, organ=organ, unit=self.units[organ], year=int(f"{day(found):%Y}"), description=key, found_on=found,
                        focus_area=FocusArea.OTHER, created_by=self.by, **more)  # fmt: skip
        self.problems[key] = made
        for route in routes.split():
            self.put(s.DisposalRoute, problem=made, route=route, reason="见会议纪要", decided_by=self.by, decided_at=AT)
        if due:
            shut = {"step": "closed", "closed_on": closed, "closed_by": self.cast.nongye_head} if closed else {}
            self.put(s.RectificationItem, problem=made, organ=organ, due_on=due, first_due_on=due, **shut)


def _many(model: Any) -> set[str]:
    return {field.name for field in model._meta.many_to_many}


def small_county() -> Maker:
    """Everything below, once."""
    make = Maker()
    for part in (people, projects, problems, talks, registers, persons_dealt_with):
        part(make)
    return make


def people(make: Maker) -> None:
    """Officials with their posts; one unit that ended in August; a member of A's staff who left in October."""
    gone = make.units["A3"]
    gone.active_to = day("08-31")
    gone.save()
    rows: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("甲", "A", {"is_top_leader": True, "rank": "正处级", "updated_on": "07-01"}),
        ("乙", "A", {"is_team_member": True, "rank": "副处级", "updated_on": "09-30"}),
        ("丙", "A", {"post_level": "middle", "rank": "科级", "updated_on": "10-01"}),
        ("丁", "A", {"post_level": "middle"}),
        ("戊", "A2", {"is_top_leader": True, "rank": "正科级"}),
        ("己", "A2", {"post_level": "other", "updated_on": "2025-12-31"}),
        ("庚", "A3", {"is_top_leader": True}),  # of the unit that ended
        ("辛", "B", {"is_top_leader": True, "rank": "县处级", "updated_on": "08-08"}),
        ("壬", "B", {"post_level": "middle"}),
        ("癸", "T", {"is_top_leader": True, "is_active": False, "left_on": "10-15"}),
        ("子", "A", {"post_level": "middle", "is_active": False, "left_on": "09-30"}),  # not there on the last day
        ("丑", "T2", {"is_top_leader": True}),
    )
    for name, unit, more in rows:
        make.people[name] = make.put(Official, unit=make.units[unit], full_name=name, post="职务", **more)
    left = make_user(make.organs["A"], Role.CLERK, "nongye2", "调离人员", is_active=False)
    latest = left.history.first()
    latest.history_date = moment(2026, 10, 10)
    latest.save()
    latest.pk, latest.history_date, latest.is_active = None, moment(2026, 9, 1), True
    latest.save()


def projects(make: Maker) -> None:
    """Items of two years, a joint round led by C, a round called off, the log, campaigns and posters."""
    items = [
        make.put(ChecklistItem, organ=organ, lead_organ=make.organs[organ], year=year, form=form, step=step, is_special=special,
                 title=f"项目{number}", focus_area=FocusArea.OTHER, created_by=make.by, topics=topics)
        for number, (organ, year, form, step, special, topics) in enumerate((
            ("A", 2026, "stationed", "listed", True, []),
            ("A", 2026, "key", "listed", False, []),
            ("A", 2026, "stationed", "draft", True, []),
            ("A", 2026, "stationed", "withdrawn", True, []),
            ("A", 2025, "stationed", "listed", True, []),
            ("B", 2026, "stationed", "listed", True, []),
            ("C", 2026, "centralized", "listed", False, ["疫情防控"]),
            ("B", 2026, "stationed", "listed", False, []),
        ))
    ]  # fmt: skip
    joint, own, off = (
        make.put(s.Round, organ=organ, item=items[number], seq=1, title=organ, start_planned_on="06-01", end_planned_on="12-31", step=step,
                 created_by=make.by, created_at=AT, participants=joined)
        for organ, number, step, joined in (("C", 6, "inspecting", [make.organs["A"]]), ("A", 0, "inspecting", []), ("A", 1, "cancelled", []))
    )  # fmt: skip
    make.rounds = {"joint": joint, "own": own}
    ways = methods()
    for round_, organ, held, kind, method in (
        (joint, "C", "07-01", "special", "special_study"), (joint, "A", "09-30", "special", "survey"),
        (own, "A", "10-01", "special", "site_visit"), (own, "A", "08-01", "routine", "survey"),
        (off, "A", "08-02", "special", "survey"), (own, "A", "2025-12-31", "special", "survey"),
    ):  # fmt: skip
        make.put(
            s.InspectionActivity,
            round=round_,
            organ=organ,
            held_on=held,
            kind=kind,
            method=ways[method],
            created_by=make.by,
            created_at=AT,
        )
    for organ, announced, package in (("C", "07-01", "集中整治"), ("C", "03-01", "集中整治"), ("A", "08-01", ""), ("C", None, "集中整治"),
                                      ("A", "09-30", "集中整治")):  # fmt: skip
        make.record(m.SpecialCampaign, organ, name="整治", package=package, starts_on="01-01", announced_on=announced)
    for organ, published, medium, copies, more in (
        ("A", "07-01", "poster", 100, {"topics": ["五难", "疫情防控"]}), ("A", "10-01", "poster", 50, {}), ("A", "08-01", "website", 30, {}),
        ("B", "09-30", "poster", 20, {}), ("A", "08-05", "poster", 999, {"out": True}),
    ):  # fmt: skip
        make.record(
            m.PublicityRecord, organ, title="海报", medium=medium, published_on=published, copies=copies, **more
        )


def problems(make: Maker) -> None:
    """Problems under their topics, routes, sources and natures; bulletins and looks back on them."""
    p = make.problem
    p("p1", "A", "07-01", topics=["五难"], routes="rectify", due="08-01", closed="08-05")
    p("p2", "A", "09-30", topics=["五难"], routes="no_action")
    p("p3", "A", "08-10", topics=["五难"], routes="on_spot accountability", fixed_on_spot=True)
    p("p4", "A", "06-30", topics=["五难"], routes="rectify", due="12-31")
    p("p5", "A", "08-11", topics=["五难"], routes="rectify", removed_at=AT)
    p("p6", "B", "08-12", topics=["五难"], routes="review_investigation")
    p("p7", "A", "08-13", routes="rectify", due="08-20")
    p("p8", "A", "07-15", topics=["疫情防控"], due="10-15", closed="10-10")
    p("p9", "A", "07-16", topics=["疫情防控"])
    p("p10", "C", "07-17", topics=["疫情防控"], fixed_on_spot=True, round=make.rounds["joint"])
    p("p11", "A", "07-20", source="talk", due="08-20", closed="10-05")
    p("p12", "A", "07-21", source="talk")
    p("p13", "B", "10-01", source="talk", fixed_on_spot=True)
    p("p14", "T", "08-01", source="talk")
    p("p15", "A", "07-22", source="talk")
    p("p16", "A", "08-03", topics=["四个不摘", "乡村振兴"], routes="rectify")
    p("p17", "A", "08-04", topics=["乡村振兴"])
    p("p18", "T", "12-31", topics=["乡村振兴"], routes="no_action")
    p("p19", "A", "08-05", responsible_kind="functional_department")
    p("p20", "T", "02-01", responsible_kind="functional_department")
    p("p21", "A", "05-05", nature="corruption", substantiated=True, concluded_on="09-30")
    p("p22", "A", "08-06", nature="conduct", substantiated=True, concluded_on="10-01")
    p("p23", "A", "08-07", nature="corruption")
    p("p24", "B", "08-08", nature="formalism_bureaucratism", substantiated=True, concluded_on="08-08")
    p("p25", "A", "03-03", nature="formalism_bureaucratism")
    p("p26", "A", "03-04", nature="formalism_bureaucratism")
    p("p27", "B", "07-05", due="07-31", closed="07-30")
    for issued, step, told in (
        ("09-01", "issued", "p24 p25 p21"),
        ("10-10", "issued", "p25"),
        (None, "draft", "p26"),
        ("09-02", "voided", "p26"),
    ):
        paper = make.put(
            s.TypicalBulletin,
            organ="C",
            title="通报",
            issued_on=issued,
            step=step,
            digest="x",
            created_by=make.by,
            created_at=AT,
        )
        for seq, key in enumerate(told.split()):
            make.put(
                s.TypicalBulletin.problems.through, bulletin=paper, seq=seq, problem=make.problems[key], text="通报"
            )
    for organ, step, held, seen in (
        ("A", "held", "08-01", "p1:rebound p11:ok"),
        ("A", "planned", None, ""),
        ("B", "held", "10-01", "p27:ok"),
    ):
        look = make.put(s.LookBack, organ=organ, unit=make.units[organ], planned_on="08-01", reason="风险", step=step, held_on=held,
                        report_text="报告", finished_at=AT, created_by=make.by, created_at=AT)  # fmt: skip
        for key, verdict in (one.split(":") for one in seen.split()):
            make.put(s.LookBackResult, look_back=look, rectification=make.problems[key].rectification, verdict=verdict)


def talks(make: Maker) -> None:
    """Talks: one person several times, by several organs, by staff, taken out, of another year; warning education."""
    found = make.problems
    for organ, kind, held, name, alone, level, told, out in (
        ("A", "top_leader_talk", "07-01", "甲", True, "organ_head", ["p11"], False),
        ("A", "top_leader_talk", "09-30", "甲", True, "organ_head", [], False),
        ("A", "top_leader_talk", "08-01", "戊", False, "organ_head", [], False),
        ("A", "top_leader_talk", "08-02", "辛", True, "staff", [], False),
        ("A", "top_leader_talk", "08-03", "癸", True, "organ_head", ["p15"], True),
        ("B", "top_leader_talk", "10-01", "辛", True, "organ_head", ["p13"], False),
        ("C", "top_leader_talk", "07-02", "甲", True, "secretary", [], False),
        ("T", "top_leader_talk", "08-04", "癸", False, "member", ["p14"], False),
        ("A", "top_leader_talk", "2025-12-31", "戊", True, "organ_head", [], False),
        ("A", "heart_to_heart", "07-05", "乙", False, "organ_head", ["p12"], False),
        ("A", "heart_to_heart", "07-06", "丙", False, "organ_head", [], False),
        ("A", "heart_to_heart", "10-02", "丁", False, "organ_head", [], False),
        ("B", "heart_to_heart", "08-08", "壬", False, "organ_head", [], False),
        ("C", "heart_to_heart", "08-09", "丁", False, "organ_head", [], False),
        ("A", "integrity_talk", "07-10", "乙", False, "organ_head", [], False),
        ("A", "integrity_talk", "08-10", "乙", False, "organ_head", [], False),
        ("A", "integrity_talk", "08-11", "丙", False, "organ_head", [], False),
        ("B", "integrity_talk", "12-31", "辛", False, "organ_head", [], False),
        ("C", "integrity_talk", "09-30", "甲", False, "organ_head", [], False),
        ("B", "integrity_talk", "08-20", "壬", False, "organ_head", [], False),
    ):  # fmt: skip
        person = make.people[name]
        make.record(m.TalkRecord, organ, kind=kind, talk_date=day(held), unit=person.unit, official=person, one_to_one=alone,
                    talker="某", talker_level=level, problems=[found[key] for key in told], out=out)  # fmt: skip
    for organ, held, names, out in (("A", "09-01", "丙丁乙", False), ("B", "09-02", "壬丙", False), ("A", "10-03", "子", False),
                                    ("A", "08-08", "子", True)):  # fmt: skip
        make.record(
            m.WarningEducation,
            organ,
            held_on=held,
            case_text="案例",
            attendees=9,
            officials=[make.people[one] for one in names],
            out=out,
        )


def registers(make: Maker) -> None:
    """Meetings, reviews, opinions, alerts, visits; then the office's own days, cases, and figures of others."""
    unit = make.unit_record
    for organ, held, said, out in (("A", "07-01", "major_matters:yes risk:no other:yes", False), ("A", "10-01", "major_matters:", False),
                                   ("B", "09-30", "risk:yes", False), ("A", "08-01", "major_matters:yes", True)):  # fmt: skip
        meeting = unit(
            m.MeetingAttendance, organ, kind="party_committee", meeting_date=day(held), agenda="议题", out=out
        )
        for matter, adopted in (one.split(":") for one in said.split()):
            make.put(m.MeetingOpinion, record=meeting, topic="议题", matter=matter, text="意见", adopted=adopted)
    for organ, received, body, answers in (("A", "07-01", "standing_committee", ("yes", "no")), ("A", "12-31", "investment_meeting", ("yes",)),
                                           ("T", "08-01", "government_meeting", ())):  # fmt: skip
        review = unit(m.TopicReview, organ, body=body, topic="议题", received_on=received)
        for adopted in answers:
            make.put(m.TopicOpinion, record=review, text="意见", adopted=adopted)
    for organ, purpose, name, received, replied, conclusion, out in (
        ("A", "promotion", "甲", "06-20", "07-01", "none", False), ("A", "promotion", "甲", "08-01", "09-30", "unsuitable", False),
        ("A", "award", "乙", "08-01", "10-01", "none", False), ("A", "promotion", "丙", "08-01", None, "", False),
        ("C", "award", "辛", "09-01", "09-10", "unsuitable", False), ("A", "promotion", "丁", "08-01", "08-03", "none", True),
    ):  # fmt: skip
        make.record(m.IntegrityOpinion, organ, requester="组织部", purpose=purpose, official=make.people[name], received_on=received,
                    replied_on=replied, conclusion=conclusion, approver="某", out=out)  # fmt: skip
    for organ, kind, checked, handled in (("A", "subsistence_allowance", "07-01", True), ("A", "subsistence_allowance", "08-01", False),
                                          ("A", "procurement", "09-30", False), ("A", "procurement", None, False),
                                          ("B", "official_vehicle", "10-01", False), ("T", "subsistence_allowance", "10-01", True)):  # fmt: skip
        unit(
            m.DataAlert,
            organ,
            kind=kind,
            system="系统",
            received_on="06-20",
            fact="情况",
            checked_on=checked,
            handled=handled,
        )
    for organ, visited, out in (
        ("A", "07-01", False),
        ("A", "12-31", False),
        ("T", "09-30", False),
        ("A", "08-01", True),
    ):
        make.record(m.UnannouncedVisit, organ, visit_date=day(visited), theme="暗访", out=out)
    office(make)
    cases(make)
    outside(make)


def office(make: Maker) -> None:
    """Study, statements handed in, reminders before holidays."""
    unit = make.unit_record
    for organ, kind, held, out in (("A", "lecture_series", "07-01", False), ("A", "business_training", "09-30", False),
                                   ("A", "self_study", "10-01", False), ("B", "lecture_series", "08-01", False),
                                   ("A", "lecture_series", "08-01", True)):  # fmt: skip
        make.record(m.StudyRecord, organ, kind=kind, held_on=held, theme="学习", attendees=5, out=out)
    for organ, kind, received, name in (("A", "dual_duty_statement", "07-01", "丙"), ("A", "dual_duty_statement", "09-30", "丙"),
                                        ("A", "dual_duty_statement", None, "丁"), ("A", "other", "08-01", None),
                                        ("B", "dual_duty_statement", "10-01", "壬")):  # fmt: skip
        unit(
            m.UnitSubmission,
            organ,
            kind=kind,
            official=make.people[name] if name else None,
            due_on="12-20",
            received_on=received,
        )
    for organ, sent in (("A", "09-20"), ("C", "12-25")):
        make.record(m.ReminderNotice, organ, festival="节日", sent_on=sent, text="提醒")


def cases(make: Maker) -> None:
    """Cases of K and A, one taken out, one analysed after the quarter; rules and 以案促改."""
    unit, found = make.unit_record, make.problems
    filed = [
        unit(m.CaseRecord, organ, code=f"案{number}", filed_on=filed_on, concluded_on=concluded, persons_transferred=moved, transferred_on=on, out=out)
        for number, (organ, filed_on, concluded, moved, on, out) in enumerate((
            ("K", "07-01", "09-30", 2, "09-30", False), ("K", "06-30", "10-01", 3, "10-01", False), ("K", "08-01", None, 0, None, True),
            ("A", "08-02", None, 0, None, False),
        ))
    ]  # fmt: skip
    for number, analysed, out in ((0, "10-08", False), (1, "10-09", True)):
        make.record(m.CaseAnalysis, "K", case=filed[number], analysed_on=analysed, system_gaps="漏洞", out=out)
    for organ, issued, source, more in (
        ("A", "07-01", "case_driven", {"case": filed[3]}), ("A", "09-30", "daily", {"topics": ["环保督察", "疫情防控"]}), ("A", "08-01", "daily", {}),
        ("B", "10-01", "case_driven", {}), ("A", "08-02", "case_driven", {"case": filed[3], "out": True}),
    ):  # fmt: skip
        unit(m.InstitutionBuilt, organ, title="制度", issued_on=issued, source=source, **more)
    for organ, held, treated in (
        ("A", "07-01", "p1 p7"),
        ("A", "08-01", "p7"),
        ("B", "10-01", "p27 p1"),
        ("A", None, "p3"),
    ):
        unit(
            m.CaseDrivenRectification,
            organ,
            noticed_on="06-01",
            held_on=held,
            problems=[found[key] for key in treated.split()],
        )


def outside(make: Maker) -> None:
    """What other bodies reported: inside the quarter, reaching beyond it, in another unit, as money in two words."""
    for name, first, last, value, word, out in (
        ("党员干部下基层次数", "07-01", "09-30", "100", "次", False), ("党员干部下基层次数", "01-01", "06-30", "50", "次", False),
        ("党员干部下基层次数", "07-01", "10-01", "999", "次", False), ("党员干部下基层次数", "08-01", "08-31", "7", "人次", False),
        ("协调融资额", "07-01", "09-30", "250000000", "元", False), ("协调融资额", "01-01", "03-31", "1.5", "亿元", False),
        ("企业问题收集数", "07-01", "07-31", "12", "件", False), ("企业问题解决数", "07-01", "07-31", "9", "件", False),
        ("联系服务企业次数", "07-01", "07-31", "5", "次", True), ("协调用地面积", "10-01", "12-31", "12.5", "亩", False),
    ):  # fmt: skip
        make.record(m.ExternalFigure, "C", name=name, period_from=day(first), period_to=day(last), value=value, unit_word=word,
                    source="县委办公室", reported_on="12-31", out=out)  # fmt: skip


def persons_dealt_with(make: Maker) -> None:
    """Dispositions and accountability: one person twice, by two organs, under other topics, undecided."""
    for organ, decided, name, form, measure, triple, topics in (
        ("A", "07-01", "乙", 2, "警告", False, []), ("A", "09-30", "乙", 2, "政务警告", False, []), ("A", "08-01", "丙", 1, "谈话提醒", False, []),
        ("A", "08-02", "丁", 3, "撤销党内职务", True, ["扫黑除恶"]), ("B", "08-03", "壬", 2, "组织调整", True, ["扫黑除恶"]),
        ("B", "10-05", "壬", 3, "政务开除", True, ["环保督察"]), ("C", "08-04", "乙", 2, "严重警告", False, ["扫黑除恶"]),
        ("A", "2025-12-31", "甲", 2, "警告", False, []), ("C", "11-11", "壬", 2, "警告", True, ["扫黑除恶"]),
    ):  # fmt: skip
        make.put(m.Disposition, organ=organ, official=make.people[name], form=form, measure=measure, decided_on=decided, triple_check=triple,
                 topics=topics, created_by=make.by)  # fmt: skip
    for organ, decided, kind, name, joined, topics in (
        ("A", "07-01", "person", "王某", False, []), ("A", "08-01", "person", "王某", False, ["环保督察"]), ("A", "08-02", "organisation", "党组", False, []),
        ("B", "09-30", "person", "李某", False, ["环保督察"]), ("A", "10-01", "person", "赵某", True, ["违规用地"]),
        ("A", "08-03", "person", "钱某", False, ["违规用地"]), ("A", None, "person", "孙某", True, ["违规用地"]),
        ("B", "08-04", "person", "王某", True, ["违规用地"]),
    ):  # fmt: skip
        make.put(s.AccountabilityAction, organ=organ, problem=make.problems["p3"], object_kind=kind, object_name=name, responsibility="main",
                 competent_organ="县纪委", started_on="06-01", decided_on=decided, result="诫勉" if decided else "", in_cooperation=joined,
                 topics=topics, created_by=make.by, created_at=AT)  # fmt: skip
