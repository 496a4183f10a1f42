"""Questions asked of a project, a list, a change: each answers yes, or no with a sentence and its article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from accounts.limits import PROPOSAL_WINDOW_END, month_day
from accounts.roles import TOWNSHIP_KINDS, OrganKind
from accounts.workflow import ALLOWED, Verdict, denied
from checklists.deadlines import STATIONED_MAX
from checklists.leads import forms_for, lead_for
from checklists.models import AnnualChecklist, AnnualPoints, ChecklistItem, ChecklistItemChange
from checklists.states import (
    OPEN_CHANGE_STEPS,
    ChangeKind,
    Form,
    ItemStep,
    LinkageMode,
    PointsStep,
)

ROOM_KINDS = frozenset({OrganKind.CONDUCT_SUPERVISION_OFFICE, OrganKind.INTERNAL_OFFICE})


# --- a project on its way up ---


def has_focus_content_and_period(item: ChecklistItem) -> Verdict:
    """A6.1b: 明确监督内容、监督周期; A5: each project belongs to one of the seven areas."""
    if not item.content.strip():
        return denied("还没有写监督内容。请写明监督什么、怎么监督，再报送。", "A6.1b")
    if not (item.period_start and item.period_end):
        return denied("还没有定监督周期。请填写起止日期，再报送。", "A6.1b")
    if not item.focus_area:
        return denied("还没有选聚焦方面。请在第五条七个方面中选一个，再报送。", "A5")
    return ALLOWED


def points_are_published(item: ChecklistItem) -> Verdict:
    """A6.1b: the groups propose 对照政治监督要点, so the key points come first. 党风政风监督室 itself is not bound."""
    if item.organ.is_cso:
        return ALLOWED
    return proposals_are_open(item.organ, item.year)


def proposals_are_open(organ: Any, year: int) -> Verdict:
    """Whether the year's key points are issued in the organ's county."""
    county = organ.county()
    issued = AnnualPoints.objects.filter(year=year, step=PointsStep.PUBLISHED, organ__path__startswith=county.path)
    if issued.exists():
        return ALLOWED
    return denied(f"{year}年度政治监督要点还没有印发，要点印发后才能对照申报监督项目。", "A6.1a")


def window_is_open(year: int, *, on: date) -> Verdict:
    """AMB-13: the end of the proposal window warns, it never locks anybody out."""
    end = month_day(PROPOSAL_WINDOW_END.on(on), year)
    if on <= end:
        return ALLOWED
    return denied(f"已过{end:%Y-%m-%d}申报截止日，仍可补报，会计为逾期。", "A6.1b")


def may_add_stationed(organ: Any, year: int, *, on: date, besides: int | None = None) -> Verdict:
    """A6.1b: a stationed group has at most three 驻点式 projects a year, withdrawn ones not counted (AMB-2, AMB-3)."""
    if not organ.is_stationed:
        return ALLOWED
    rows = ChecklistItem.objects.counted().filter(organ=organ, year=year, form=Form.STATIONED)
    if besides is not None:
        rows = rows.exclude(pk=besides)
    most, there = STATIONED_MAX.on(on), rows.count()
    if there < most:
        return ALLOWED
    return denied(
        f"{organ.name}{year}年度已有{there}个驻点式监督项目，每年确定1至{most}个，不能再增加。"
        "如需更换，请先撤销其中一个；属于系统性、行业性事项的，请改选“重点式”。",
        "A6.1b",
    )


def within_limit(item: ChecklistItem) -> Verdict:
    """The limit again at submission, the project itself not counted against itself."""
    if item.form != Form.STATIONED:
        return ALLOWED
    return may_add_stationed(item.organ, item.year, on=date(item.year, 12, 31), besides=item.pk)


def form_is_open(item: ChecklistItem) -> Verdict:
    """A7: county-wide and set matters are 党风政风监督室's to propose, 驻点式 the organs' own."""
    return may_use_form(item.form, item.organ)


def may_use_form(form: str, organ: Any) -> Verdict:
    """Whether the organ may propose a project of this form."""
    open_forms = forms_for(organ)
    if form in open_forms:
        return ALLOWED
    words = "、".join(f"“{choice.label}”" for choice in open_forms)
    return denied(f"{organ.name}不能申报“{Form(form).label}”项目，可以申报{words}。", "A7")


def lead_is_right(item: ChecklistItem) -> Verdict:
    """A7: the form decides who leads; only 重点式 leaves room for another choice, and it needs a reason."""
    return lead_verdict(
        item.form, item.lead_department, item.is_multi_area, item.organ, item.lead_organ, item.lead_override_reason
    )


def lead_verdict(
    form: str, lead_department: Any, is_multi_area: bool, organ: Any, chosen: Any, override_reason: str
) -> Verdict:
    """Whether `chosen` may lead; where not, who should, and why."""
    lead = lead_for(form, lead_department, is_multi_area, organ)
    if lead.organ is None:
        return denied(lead.why, lead.article)
    if chosen is None or chosen == lead.organ:
        return ALLOWED
    if form != Form.KEY:
        return denied(f"牵头单位不能定为{chosen.name}：{lead.why}", lead.article)
    if not override_reason.strip():
        return denied(f"{lead.why}如确需由{chosen.name}牵头，请写明另定牵头单位的理由。", lead.article)
    return ALLOWED


def is_arranged_by_committee(item: ChecklistItem) -> Verdict:
    """A7.1: 集中式 runs 根据县纪委常委会安排, so the committee's decision is on record first."""
    if item.form != Form.CENTRALIZED:
        return ALLOWED
    if item.arrangement is None:
        return denied("“集中式”项目须有县纪委常委会的安排。请常委会秘书登记会议决定后，在项目中选用。", "A7.1")
    if not item.arrangement.approved:
        return denied("所选的常委会决定没有通过，不能作为“集中式”项目的安排。请改选已通过的决定。", "A7.1")
    return ALLOWED


def is_set_by_county_committee(item: ChecklistItem) -> Verdict:
    """A7.4: who set the matter, when, and in what words."""
    if item.form != Form.ASSIGNED:
        return ALLOWED
    missing = [
        word
        for word, value in (
            ("点题人", item.assigned_by),
            ("点题日期", item.assigned_on),
            ("点题原话", item.assigned_words.strip()),
        )
        if not value
    ]
    if missing:
        return denied(f"“点题式”项目还缺：{'、'.join(missing)}。请补齐后再报送。", "A7.4")
    return ALLOWED


# --- joint working and methods ---


def linkage_fits(item: ChecklistItem) -> Verdict:
    """A10.2: the kinds of those who take part match the mode of joint working."""
    kinds = [item.lead_organ.kind, *(organ.kind for organ in item.participants.exclude(pk=item.lead_organ_id))]
    return linkage_verdict(item.linkage_mode, kinds, by_committee=item.arrangement is not None)


def linkage_verdict(mode: str, kinds: Iterable[str], *, by_committee: bool) -> Verdict:
    """室组: an office and a group; 组组: two groups; 室组地: also a township; 室组巡地: also 巡察办, by the committee."""
    count = Counter(kinds)
    rooms = sum(count[kind] for kind in ROOM_KINDS)
    groups = count[OrganKind.STATIONED_GROUP]
    local = sum(count[kind] for kind in TOWNSHIP_KINDS)
    tours = count[OrganKind.INSPECTION_OFFICE]
    lacking = _lacking(mode, rooms, groups, local, tours)
    article = "A10.2b" if mode == LinkageMode.ROOM_GROUP_INSPECTION_LOCAL else "A10.2a"
    if lacking:
        return denied(
            f"“{LinkageMode(mode).label}”联动还缺：{'、'.join(lacking)}。请在牵头单位和配合单位中补上，或改选联动方式。",
            article,
        )
    if mode == LinkageMode.ROOM_GROUP_INSPECTION_LOCAL and not by_committee:
        return denied("“室组巡地”联动由县纪委统一部署，须先登记县纪委常委会的决定并在项目中选用。", article)
    return ALLOWED


def _lacking(mode: str, rooms: int, groups: int, local: int, tours: int) -> list[str]:
    if mode == LinkageMode.GROUP_GROUP:
        return [] if groups >= 2 else ["两个派驻纪检监察组"]
    needs = {
        LinkageMode.NONE: (),
        LinkageMode.ROOM_GROUP: ((rooms, "党风政风监督室或机关部室"), (groups, "派驻纪检监察组")),
        LinkageMode.ROOM_GROUP_LOCAL: (
            (rooms, "党风政风监督室或机关部室"),
            (groups, "派驻纪检监察组"),
            (local, "乡（镇、办）纪（工）委"),
        ),
        LinkageMode.ROOM_GROUP_INSPECTION_LOCAL: (
            (rooms, "党风政风监督室或机关部室"),
            (groups, "派驻纪检监察组"),
            (tours, "县委巡察办"),
            (local, "乡（镇、办）纪（工）委"),
        ),
    }[LinkageMode(mode)]
    return [word for number, word in needs if not number]


def methods_are_known(names: Collection[str], vocabulary: Collection[str]) -> Verdict:
    """A8: a method outside the vocabulary cannot be chosen."""
    unknown = sorted(set(names) - set(vocabulary))
    if not unknown:
        return ALLOWED
    return denied(f"监督方式“{'、'.join(unknown)}”不在规定的方式之内。请从监督方式表中选择。", "A8")


# --- filing ---


def not_yet_received(item: ChecklistItem) -> Verdict:
    """A6.1d: one receipt per filing."""
    if item.received_at is None:
        return ALLOWED
    return denied(f"此项已由{item.received_by}签收，不用重复签收。", "A6.1d")


# --- the list ---


def has_points(points: AnnualPoints) -> Verdict:
    """A6.1a: key points without points cannot be issued."""
    if points.rows.exists():
        return ALLOWED
    return denied("要点还没有内容。请先写至少一条要点，再印发。", "A6.1a")


def has_filed_lines(checklist: AnnualChecklist) -> Verdict:
    """A6.1e: a list has projects, and each has come up the whole way."""
    lines = checklist.lines.select_related("item")
    if not lines:
        return denied("清单上还没有项目。请先汇入已报送的项目，再提请审批。", "A6.1e")
    unfit = [line.item.title for line in lines if line.item.step != ItemStep.FILED]
    if unfit:
        return denied(f"“{unfit[0]}”没有完成层报审批和报送，不能提请常委会。请移出清单，或等其报送。", "A6.1d")
    return ALLOWED


def committee_has_approved(checklist: AnnualChecklist) -> Verdict:
    """A6.1f: the list takes effect only with an approving resolution of the committee."""
    if checklist.resolution is None or not checklist.resolution.approved:
        return denied("县纪委常委会还没有审议通过本清单，不能印发。请常委会秘书登记会议决定。", "A6.1f")
    return ALLOWED


def not_yet_resolved(checklist: AnnualChecklist) -> Verdict:
    """An approved list is not returned any more; it is changed by A5.7."""
    if checklist.resolution is not None and checklist.resolution.approved:
        return denied("常委会已审议通过本清单，如需修改请印发后按动态更新办理。", "A6.1f")
    return ALLOWED


# --- changes in the year ---


def list_is_in_force(change: ChecklistItemChange) -> Verdict:
    """A5.7: what is changed is a list in force."""
    county = change.organ.county()
    if AnnualChecklist.objects.in_force(change.item.year).filter(organ__path__startswith=county.path).exists():
        return ALLOWED
    return denied(f"{change.item.year}年度清单还没有印发，不用走动态更新，请直接修改项目。", "A5.7")


def change_has_reason(change: ChecklistItemChange) -> Verdict:
    """A5.7: every change says why."""
    return ALLOWED if change.reason.strip() else denied("请写明调整理由。", "A5.7")


def change_changes_something(change: ChecklistItemChange) -> Verdict:
    """A modification that modifies nothing is not a paper to sign."""
    if change.kind == ChangeKind.MODIFY and change.old == change.new:
        return denied("调整后的内容与原内容相同，没有需要审批的变化。", "A5.7")
    return ALLOWED


def no_other_change_runs(change: ChecklistItemChange) -> Verdict:
    """Two changes of one project would overwrite each other."""
    others = ChecklistItemChange.objects.filter(item=change.item, step__in=OPEN_CHANGE_STEPS).exclude(pk=change.pk)
    first = others.exclude(kind=ChangeKind.COMPILE).first()
    if first is None:
        return ALLOWED
    return denied(f"该项目另有一件调整正在办理（{first.get_kind_display()}），请等其办结后再提。", "A5.7")


def change_fits_project(change: ChecklistItemChange) -> Verdict:
    """What is modified or withdrawn stands on the list; what is added passes every rule of a new project."""
    if change.kind != ChangeKind.ADD:
        if change.item.step == ItemStep.LISTED:
            return ALLOWED
        return denied(f"“{change.item}”不在已印发的清单上，不能调整。", "A5.7")
    return next((verdict for rule in ITEM_RULES if not (verdict := rule(change.item))), ALLOWED)


ITEM_RULES = (
    form_is_open,
    points_are_published,
    has_focus_content_and_period,
    within_limit,
    is_arranged_by_committee,
    is_set_by_county_committee,
    lead_is_right,
    linkage_fits,
)
CHANGE_RULES = (
    list_is_in_force,
    change_has_reason,
    change_changes_something,
    no_other_change_runs,
    change_fits_project,
)


# --- instructions ---


def has_measures(item: Any) -> Verdict:
    """A5.2: 台账管理 means that measures are written down."""
    return ALLOWED if item.measures.strip() else denied("还没有写办理措施。请补充措施后再办结。", "A5.2")


def has_progress(item: Any) -> Verdict:
    """A5.2: 动态跟踪 means at least one dated entry."""
    return ALLOWED if item.progress.exists() else denied("还没有进展记录。请先登记进展，再办结。", "A5.2")
