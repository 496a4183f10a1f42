"""The year's list as the tests live it: points issued, projects drafted, signed, filed, compiled, decided, issued."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts.approvals import decide
from accounts.models import Approval, Organ, ScResolution, User
from checklists import actions
from checklists.models import AnnualChecklist, AnnualPoints, ChecklistItem
from checklists.states import FocusArea, Form
from tests.factories import NOW, County, moment

YEAR = 2026
FEB, MAR, APR = moment(2026, 2, 12), moment(2026, 3, 20), moment(2026, 4, 10)
FULL = {
    "content": "高标准农田管护责任是否落实到村",
    "period_start": date(2026, 3, 1),
    "period_end": date(2026, 11, 30),
}


def fresh(user: User) -> User:
    """The person as the next request sees him."""
    return User.objects.select_related("organ").get(pk=user.pk)


def issue_points(cast: County, *, at: datetime = NOW) -> AnnualPoints:
    """Key points drafted by the clerk and issued by the head."""
    rows = [(FocusArea.MAJOR_DECISIONS, "围绕粮食安全开展监督"), (FocusArea.POWER_OPERATION, "紧盯权力集中领域")]
    made = actions.save_points(
        cast.cso, YEAR, title="2026年度政治监督要点", basis="全会部署", rows=rows, by=cast.dangfeng, at=at
    )
    return actions.publish_points(made, by=cast.dangfeng_head, at=at)


def draft(cast: County, title: str = "高标准农田监督", *, by: User | None = None, **values: Any) -> ChecklistItem:
    """A complete draft, of the agriculture group's clerk unless told otherwise."""
    author = by or cast.nongye
    form = values.pop("form", Form.STATIONED)
    fields = {"title": title, "focus_area": FocusArea.MAJOR_DECISIONS, **FULL, **values}
    return actions.create_item(author.organ, YEAR, form, by=author, at=FEB, **fields)


def signers_of(cast: County, organ: Organ) -> tuple[User, User, User]:
    """Head, AM, DS of an organ of the cast."""
    head = {cast.agri: "nongye_head", cast.edu: "jiaoyu_head", cast.town: "liuhe_head", cast.cso: "dangfeng_head"}[
        organ
    ]
    member = "xieguan2" if organ in (cast.edu, cast.town) else "xieguan1"
    return cast.people[head], cast.people[member], cast.fenguan


def sign_up(cast: County, subject: Any, *, at: datetime = FEB) -> Any:
    """Head, AM and DS approve the running round of a paper."""
    approval = Approval.objects.of(subject).running().get()
    for signer in signers_of(cast, subject.organ):
        decide(approval, "approve", by=signer, at=at)
    subject.refresh_from_db()
    return subject


def filed(cast: County, title: str = "高标准农田监督", *, by: User | None = None, **values: Any) -> ChecklistItem:
    """A project approved to the end, filed and received."""
    author = by or cast.nongye
    item = draft(cast, title, by=author, **values)
    actions.submit_item(item, by=author, at=FEB)
    sign_up(cast, item)
    if not author.organ.is_cso:
        actions.file_item(item, by=author, at=FEB)
        actions.receive_item(item, by=cast.dangfeng, at=FEB)
    item.refresh_from_db()
    return item


def arrange(cast: County) -> ScResolution:
    """The committee arranges a 集中式 supervision."""
    return actions.record_arrangement(
        cast.cso, title="安排粮食购销集中监督", by=cast.changweihui, at=FEB, meeting_on=date(2026, 2, 9)
    )


def decided(cast: County) -> AnnualChecklist:
    """Everything filed so far, compiled, submitted and approved by the committee."""
    checklist = actions.start_compilation(cast.cso, YEAR, by=cast.dangfeng, at=MAR)
    actions.submit_checklist(checklist, by=cast.dangfeng_head, at=MAR)
    actions.record_resolution(
        checklist, by=cast.changweihui, at=MAR, approved=True, meeting_on=date(2026, 3, 19), meeting_no="第6次"
    )
    checklist.refresh_from_db()
    return checklist


def issued(cast: County) -> AnnualChecklist:
    """The list in force."""
    return actions.publish(decided(cast), by=cast.dangfeng_head, at=MAR)
