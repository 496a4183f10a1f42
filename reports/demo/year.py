"""The demo county's year 2026, lived through the product's own verbs, so that every signature and event is there."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from accounts import approvals
from accounts.calendar import SHANGHAI
from accounts.grants import sync_user
from accounts.models import Organ, ScResolutionKind, SupervisedUnit, User
from accounts.roles import OrganKind, Role
from checklists.actions import instructions, items, lists, points, tasks
from checklists.models import BasisDocument, ChecklistItem, Topic
from checklists.publication import publish
from checklists.states import AssignedBy, FocusArea, Form
from reports.demo.checks import build_checks
from reports.demo.committee import build_committee
from reports.demo.county import GROUPS, LIUHE_ITEMS, LIUHE_UNITS, person
from reports.demo.documents import build_documents
from reports.demo.ecology import build_ecology
from reports.demo.evaluation import build_evaluation
from reports.demo.findings import OF_PROJECTS, TOPICS, build_findings, build_topics
from reports.demo.hearings import build_hearings
from reports.demo.meetings import build_meetings
from reports.demo.rectification import build_rectification
from reports.demo.registers import build_registers
from reports.demo.reporting import build_reporting
from reports.demo.rounds import build_rounds

YEAR = 2026
POINTS = (
    (FocusArea.CENTRAL_LEADERSHIP, "监督推动各级党组织严守政治纪律和政治规矩，及时发现并纠正“七个有之”问题。"),
    (FocusArea.INSTRUCTIONS, "跟进监督习近平总书记重要讲话和重要指示批示精神贯彻落实情况。"),
    (FocusArea.MAJOR_DECISIONS, "围绕粮食安全、耕地保护、乡村振兴等重大决策部署开展监督检查。"),
    (FocusArea.PARTY_GOVERNANCE, "监督推动党委（党组）扛牢全面从严治党主体责任。"),
    (FocusArea.POWER_OPERATION, "紧盯工程建设、政府采购、资金拨付等权力集中领域加强监督。"),
    (FocusArea.INSPECTION_RECTIFICATION, "督促巡视巡察反馈意见整改落实。"),
)
FOCUS = (FocusArea.MAJOR_DECISIONS, FocusArea.POWER_OPERATION, FocusArea.PARTY_GOVERNANCE)
DOCUMENTS = (
    ("政治监督工作指引（试行）", "河南省纪委监委", ""),
    ("关于扎实推进政治监督具体化精准化常态化的通知", "河南省纪委监委", ""),
    ("中国共产党党内监督条例", "中共中央", ""),
    ("中国共产党纪律检查委员会工作条例", "中共中央", ""),
)


def at(month: int, day: int, hour: int = 10, *, year: int = YEAR) -> datetime:
    """A moment of the demo year."""
    return datetime(year, month, day, hour, tzinfo=SHANGHAI)


def build_year() -> None:
    """Key points, proposals with their signatures, the published list, a set matter, an instruction, next year's points."""
    _vocabularies()
    cso = Organ.objects.get(kind=OrganKind.CONDUCT_SUPERVISION_OFFICE)
    tasks.save_deployment(cso, YEAR, by=person("dangfeng"), at=at(1, 12), plenum_on=date(YEAR, 1, 10),
                          text="县纪委全会部署：推进政治监督具体化、精准化、常态化，紧盯粮食安全、耕地保护、乡村振兴开展监督。")  # fmt: skip
    _points(cso, YEAR, at(1, 15))
    for name, prefix, units, titles in GROUPS:
        _proposals(Organ.objects.get(name=name), prefix, units, titles)
    _proposals(Organ.objects.get(name="柳河镇纪委"), "liuhe", LIUHE_UNITS, LIUHE_ITEMS)
    _centralized(cso)
    _publish(cso)
    _assigned(cso)
    _instructions(cso)
    build_findings()
    build_rounds()
    build_reporting()
    build_documents()
    build_rectification()
    build_meetings()
    build_committee()
    build_checks()
    build_registers()
    build_topics()
    _points(cso, YEAR + 1, at(11, 10))
    build_hearings()
    build_ecology()
    build_evaluation()


def _vocabularies() -> None:
    for title, issuer, number in DOCUMENTS:
        BasisDocument.objects.create(title=title, issuer=issuer, doc_no=number)
    for name in TOPICS:
        Topic.objects.create(name=name)


def _points(cso: Organ, year: int, moment: datetime) -> None:
    made = points.save_points(
        cso, year, title=f"{year}年度政治监督要点", basis="根据中央和省、市、县纪委全会安排部署",
        rows=[(area, text) for area, text in POINTS], by=person("dangfeng"), at=moment,
    )  # fmt: skip
    points.publish_points(made, by=person("dangfeng_head"), at=moment + timedelta(days=2))


def _proposals(organ: Organ, prefix: str, units: tuple[str, ...], titles: tuple[str, ...]) -> None:
    head = User.objects.select_related("organ").get(organ=organ, role=Role.ORGAN_HEAD)
    clerk = person(prefix) if prefix else None
    for seq, title in enumerate(titles):
        if clerk is None:
            _listed_without_accounts(organ, head, units, title, seq)
            continue
        item = items.create_item(
            organ, YEAR, Form.STATIONED, by=clerk, at=at(2, 3 + seq), **_content(title, units, seq)
        )
        _sign_up(item, clerk, head, month=2, day=10 + seq)
        items.file_item(item, by=clerk, at=at(3, 2))
        items.receive_item(item, by=person("dangfeng"), at=at(3, 3))
        steps = [("完成首轮检查", date(YEAR, 6, 30), date(YEAR, 6, 26)), ("完成问题整改", date(YEAR, 12, 15), None)]
        items.set_milestones(item, steps, by=clerk, at=at(7, 1))


def _content(title: str, units: tuple[str, ...], seq: int) -> dict[str, Any]:
    return {
        "title": title,
        "focus_area": FOCUS[seq % 3],
        "content": f"围绕{title.removesuffix('监督').removesuffix('专项')}，检查责任落实、制度执行、资金使用和问题整改情况。",
        "goal": "责任落实到岗、制度执行到位，发现的问题全部整改销号。",
        "measures": "列席会议、查阅资料、实地走访，每季度至少检查1次；发现问题建立台账，限期整改、逐项销号。",
        "basis_kinds": ["daily", "plenum"],
        "basis": "结合日常监督发现的突出问题",
        "period_start": date(YEAR, 3, 1),
        "period_end": date(YEAR, 11, 30),
        "frequency": "每季度1次",
        "due_on": date(YEAR, 11, 30),
        "units": list(SupervisedUnit.objects.filter(name__in=units)),
        "topics": list(Topic.objects.filter(name__in=OF_PROJECTS.get(title, ()))),
    }


def _sign_up(item: ChecklistItem, clerk: User, head: User, *, month: int, day: int) -> None:
    approval = items.submit_item(item, by=clerk, at=at(month, day))
    leaders = [approvals.signers(item.organ_id, rung, on=date(YEAR, month, day))[0] for rung in approvals_rungs()]
    for hours, signer in enumerate((head, *leaders), 1):
        approvals.decide(
            approval, "approve", by=User.objects.get(pk=signer.pk), at=at(month, day, 10 + hours), note="同意"
        )
    item.refresh_from_db()


def approvals_rungs() -> tuple[str, str]:
    """The two leaders above the head."""
    return "assisting_member", "deputy_secretary"


def _listed_without_accounts(organ: Organ, head: User, units: tuple[str, ...], title: str, seq: int) -> None:
    """Groups whose clerks have no account in the demo: the clerk is a name only, the signatures are real."""
    clerk, made = User.objects.get_or_create(
        username=f"clerk{organ.pk}",
        defaults={"full_name": f"{organ.label}经办人", "organ": organ, "role": Role.CLERK, "password": "!"},
    )
    if made:
        sync(clerk)
    item = items.create_item(organ, YEAR, Form.STATIONED, by=clerk, at=at(2, 5 + seq), **_content(title, units, seq))
    _sign_up(item, clerk, head, month=2, day=13 + seq)
    items.file_item(item, by=clerk, at=at(3, 4))


def sync(user: User) -> None:
    """Give a new person the rights of today."""
    from_today = datetime.now(tz=SHANGHAI).date()
    sync_user(user, on=from_today)


def _centralized(cso: Organ) -> None:
    clerk, head = person("dangfeng"), person("dangfeng_head")
    arrangement = lists.make_resolution(
        cso, ScResolutionKind.ARRANGEMENT, "安排部署粮食购销领域集中式政治监督", by=person("changweihui"), at=at(2, 20),
        approved=True, meeting_on=date(YEAR, 2, 19), meeting_no="第3次", opinion="同意，由党风政风监督室牵头组织实施。",
    )  # fmt: skip
    units = ("县发展和改革委", "县粮食和物资储备中心", "县财政局")
    content = {**_content("粮食购销领域突出问题集中监督", units, 0), "arrangement": arrangement, "is_special": True}
    item = items.create_item(cso, YEAR, Form.CENTRALIZED, by=clerk, at=at(2, 21), **content)
    _sign_up(item, clerk, head, month=2, day=24)


def _publish(cso: Organ) -> None:
    clerk, head = person("dangfeng"), person("dangfeng_head")
    checklist = lists.start_compilation(cso, YEAR, by=clerk, at=at(3, 10))
    lists.submit_checklist(checklist, by=head, at=at(3, 16))
    lists.record_resolution(
        checklist, by=person("changweihui"), at=at(3, 20), approved=True, meeting_on=date(YEAR, 3, 19),
        meeting_no="第6次", agenda_no=2, attendance="应到9人，实到9人", opinion="同意，印发执行。",
    )  # fmt: skip
    checklist.refresh_from_db()
    publish(checklist, by=head, at=at(3, 23))


def _assigned(cso: Organ) -> None:
    """A set matter still on its way: 分管副书记 finds it on his desk."""
    clerk, head = person("dangfeng"), person("dangfeng_head")
    content = _content("“三夏”生产和防汛责任落实监督", ("县农业农村局", "县水利局"), 0)
    items.add_assigned_item(
        cso, YEAR, by=clerk, at=at(11, 16), assigned_by=AssignedBy.CPC_SECRETARY, assigned_on=date(YEAR, 11, 13),
        assigned_words="汛期和秋冬生产责任要压到人头，纪委要盯住。", reply_due_on=date(YEAR, 12, 20), **content,
    )  # fmt: skip
    assert head.is_active


def _instructions(cso: Organ) -> None:
    clerk = person("dangfeng")
    item = instructions.save_instruction(
        None, organ=cso, by=clerk, at=at(4, 2), title="关于加强高标准农田建后管护的批示", source_doc="省委督查室转办〔2026〕8号",
        received_on=date(YEAR, 4, 1), content="压实管护责任，确保建一片成一片。", measures="逐乡镇排查，建立管护责任清单。",
        responsible_unit=SupervisedUnit.objects.get(name="县农业农村局"), due_on=date(YEAR, 12, 15),
    )  # fmt: skip
    instructions.add_progress(item, by=clerk, at=at(6, 30), reported_on=date(YEAR, 6, 30),
                              text="已完成全县排查，发现管护责任不明确问题12处。")  # fmt: skip
