"""年度政治表现综合评价: begun, written text by text, sent up, corrected by a new version (A11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import approvals, editions
from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Approval, Attachment, Event, Official, Organ, SupervisedUnit
from accounts.models.files import RESTRICTED
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has
from accounts.roles import CHAIN
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from accounts.writing.overtaking import Writer, check_seen, last_writer
from reports.actions.versions import next_version
from reports.ecology import rules
from reports.ecology.content import appraisal_content, appraisal_snapshot
from reports.ecology.states import AppraisalStep
from reports.models import AppraisalPrompts, AppraisalText, PerformanceAppraisal
from supervision.rounds.states import AssessmentAbout
from supervision.rules import is_text

BASIS = rules.BASIS
WROTE = ("start", "write", "conclude", "remove", "correct", "attach")


@transaction.atomic
def start_appraisal(unit: SupervisedUnit, year: int, *, by: Any, at: datetime) -> PerformanceAppraisal:
    """Begin the appraisal of a unit's year, by its supervising organ. One per unit and year. Raises `Refused`."""
    fresh = SupervisedUnit.objects.select_for_update(of=("self",)).select_related("organ").get(pk=unit.pk)
    rules.may_write_for(by, fresh.organ).enforce()
    rules.may_be_appraised(fresh, year, on=local_day(at)).enforce()
    there = PerformanceAppraisal.objects.filter(unit=fresh, year=year).first()
    if there is not None:
        raise Refused(f"{fresh}{year}年度评价已有（{there.get_step_display()}），每年一份；请在原评价上办理。", BASIS)
    made = PerformanceAppraisal.objects.create(
        organ=fresh.organ, unit=fresh, year=year, edition=editions.in_force(), created_by=by, created_at=at
    )
    _note(made, "start", "开始撰写", by=by, at=at)
    return made


def _note(row: PerformanceAppraisal, verb: str, label: str, *, by: Any, at: datetime, note: str = "") -> Event:
    """The event says that a text was written, never what it says."""
    return record(row, verb, by=by, at=at, label=label, note=note, article=BASIS, to_step=row.step)


def _mine(appraisal: PerformanceAppraisal, *, by: Any) -> PerformanceAppraisal:
    """The appraisal, locked for writing. Raises `Refused`."""
    rows = PerformanceAppraisal.objects.select_for_update(of=("self",)).select_related("organ", "unit")
    fresh = rows.get(pk=appraisal.pk)
    rules.may_write_for(by, fresh.organ).enforce()
    rules.is_editable(fresh).enforce()
    return fresh


def _clean(value: str) -> str:
    text = value.replace("\r\n", "\n").strip()
    is_text(text).enforce()
    return text


@transaction.atomic
def write_text(
    appraisal: PerformanceAppraisal, about: str, *, text: str, by: Any, at: datetime, official: Official | None = None,
    post: str = "", vacancy: str = "", evidence: Sequence[Mapping[str, Any]] = (), row: AppraisalText | None = None,
    seen: str = "",
) -> AppraisalText:  # fmt: skip
    """Write or rewrite one text in a person's own words, with the records that he leans on.

    `seen` is the mark of the text that he had before him. Raises `Refused`, and `Overtaken` over a colleague's later words.
    """
    fresh = _mine(appraisal, by=by)
    words, post, vacancy = _clean(text), _clean(post), _clean(vacancy)
    if about == AssessmentAbout.TOP_LEADER:
        rules.top_leader_fits(official, post, words, vacancy).enforce()
    elif not words:
        raise Refused("请撰写评价。", BASIS)
    if not vacancy:
        rules.person_fits(fresh.unit, about, official).enforce()
    made = _row_for(fresh, about, official, row)
    _seen(made, seen, AppraisalText(about=about, official=official, post=post, text=words, vacancy=vacancy))
    made.official, made.text, made.vacancy = official, words, vacancy
    made.post = post or (official.post if official else "")
    made.evidence, made.author, made.written_at = [dict(entry) for entry in evidence], by, at
    made.save()
    _note(fresh, "write", f"撰写{made.get_about_display()}评价", by=by, at=at)
    return made


def words_of(text: AppraisalText | None) -> dict[str, str]:
    """A text by the labels of its fields, as two writers compare it."""
    if text is None:
        return {}
    about = text.official.full_name if text.official_id and text.official else ""
    told = {"评价对象": about, "职务名称": text.post, "评价": text.text, "空缺原因": text.vacancy}
    return {label: words for label, words in told.items() if words}


def _seen(kept: AppraisalText, seen: str, typed: AppraisalText) -> None:
    typed.post = typed.post or (typed.official.post if typed.official else "")
    check_seen(seen, words_of(kept), words_of(typed), writer=lambda: _author(kept), article=BASIS)


def _author(text: AppraisalText) -> Writer:
    return (text.author.full_name, text.written_at) if text.pk else ("他人", None)


def _row_for(
    appraisal: PerformanceAppraisal, about: str, official: Official | None, row: AppraisalText | None
) -> AppraisalText:
    """The text that is rewritten, or a new one; about one team, one 一把手 and each member there is one."""
    texts = AppraisalText.objects.filter(appraisal=appraisal)
    if about != AssessmentAbout.MEMBER:
        return texts.filter(about=about).first() or AppraisalText(appraisal=appraisal, about=about)
    same = texts.filter(official=official).exclude(pk=row.pk if row else 0).first()
    if same is not None:
        raise Refused(f"已有对{same.official}的评价，请在原评价上修改。", BASIS)
    return texts.get(pk=row.pk, about=about) if row else AppraisalText(appraisal=appraisal, about=about)


@transaction.atomic
def remove_text(row: AppraisalText, *, by: Any, at: datetime) -> None:
    """Take a member's text out of a draft; texts of team and 一把手 are rewritten, not removed. Raises `Refused`."""
    fresh = _mine(row.appraisal, by=by)
    if row.about != AssessmentAbout.MEMBER:
        raise Refused("领导班子和“一把手”的评价必须撰写，只能修改，不能删除。", BASIS)
    AppraisalText.objects.get(pk=row.pk, appraisal=fresh).delete()
    _note(fresh, "remove", "删除班子成员评价", by=by, at=at)


@transaction.atomic
def write_conclusion(
    appraisal: PerformanceAppraisal, text: str, *, by: Any, at: datetime, seen: str = ""
) -> PerformanceAppraisal:
    """The comprehensive judgement in words. Raises `Refused`, and `Overtaken` over a colleague's later words."""
    fresh, words = _mine(appraisal, by=by), _clean(text)
    kept, typed = conclusion_words(fresh.conclusion), conclusion_words(words)
    check_seen(seen, kept, typed, writer=lambda: last_writer(fresh, "conclude"), article=BASIS)
    fresh.conclusion = words
    fresh.save()
    _note(fresh, "conclude", "撰写综合评价", by=by, at=at)
    return fresh


def conclusion_words(text: str) -> dict[str, str]:
    """The judgement as two writers compare it."""
    return {"综合评价": text} if text else {}


@transaction.atomic
def attach_to_appraisal(appraisal: PerformanceAppraisal, upload: Any, *, by: Any, at: datetime) -> Attachment:
    """Keep a file with a draft, for the circle of its readers alone. Raises `Refused`."""
    fresh = _mine(appraisal, by=by)
    kept = attach(fresh, upload, organ_id=fresh.organ_id, by=by, at=at, purpose=RESTRICTED)
    _note(fresh, "attach", "上传依据材料", by=by, at=at)
    return kept


@transaction.atomic
def submit_appraisal(appraisal: PerformanceAppraisal, *, by: Any, at: datetime) -> Approval:
    """Send it up: head, AM, DS. Texts are frozen with the year's numbers and the ids behind them. Raises `Refused`."""
    event = move(appraisal, "submit", by=by, at=at)
    rows = PerformanceAppraisal.objects.select_for_update(of=("self",))
    fresh = rows.select_related("organ", "unit__organ", "created_by").get(pk=appraisal.pk)
    fresh.content = appraisal_content(fresh, at=at, with_facts=True)
    fresh.digest = digest_of(fresh.content)
    fresh.save()
    appraisal.refresh_from_db()
    approval = approvals.submit(fresh, by=by, at=at)
    approvals.told_submission(event, approval)
    return approval


@transaction.atomic
def correct_appraisal(appraisal: PerformanceAppraisal, *, reason: str, by: Any, at: datetime) -> PerformanceAppraisal:
    """An approved appraisal is written anew as the next version, which goes the whole way again. Raises `Refused`."""
    rows = PerformanceAppraisal.objects.select_for_update(of=("self",)).select_related("organ", "unit")
    old = rows.get(pk=appraisal.pk)
    rules.may_write_for(by, old.organ).enforce()
    rules.may_be_corrected(old).enforce()
    made: PerformanceAppraisal = next_version(
        old, reason=reason, basis=BASIS, of=("unit", "year"), carried=("organ", "conclusion"), by=by, at=at
    )
    for text in AppraisalText.objects.filter(appraisal=old).order_by("pk"):
        text.pk, text.appraisal = None, made
        text.save()
    _note(made, "correct", "起草更正版", by=by, at=at, note=made.reason)
    return made


@transaction.atomic
def set_prompts(organ: Organ, *, by: Any, at: datetime, valid_from: date, **words: str) -> AppraisalPrompts:
    """党风政风监督室 words the four prompts anew from a day on; what was written before stays as it is. Raises `Refused`."""
    if not (organ.is_cso and has(by, Permission.COORDINATE, organ.pk)):
        raise Refused("撰写提示由党风政风监督室设置。", BASIS)
    if valid_from < local_day(at):
        raise Refused("新的提示从今天或以后起用，不改变已经写好的评价。", BASIS)
    if not all(text.strip() for text in words.values()):
        raise Refused("四条提示都要填写。", BASIS)
    if AppraisalPrompts.objects.filter(organ=organ, valid_from=valid_from).exists():
        raise Refused(f"{valid_from:%Y-%m-%d}起的提示已经设置过，请换一天。", BASIS)
    kept = {name: text.strip() for name, text in words.items()}
    made = AppraisalPrompts.objects.create(organ=organ, valid_from=valid_from, changed_by=by, changed_at=at, **kept)
    record(made, "set", by=by, at=at, label="设置综合评价撰写提示", note=f"自{valid_from:%Y-%m-%d}", article=BASIS)
    return made


# --- what the chain causes ---


def _authors(appraisal: PerformanceAppraisal) -> set[int]:
    wrote = Event.objects.of(appraisal).filter(verb__in=WROTE).values_list("by_id", flat=True)
    texts = AppraisalText.objects.filter(appraisal=appraisal).values_list("author_id", flat=True)
    return {appraisal.created_by_id, *wrote, *texts}


def _approved(appraisal: PerformanceAppraisal, *, by: Any, at: datetime, note: str, step: Any) -> None:
    """In force; the version before gives way."""
    older = PerformanceAppraisal.objects.filter(
        unit_id=appraisal.unit_id, year=appraisal.year, step=AppraisalStep.APPROVED
    )
    for row in older:
        move(row, "supersede", by=by, at=at, by_chain=True)
    event = move(appraisal, "approve", by=by, at=at, note=note, by_chain=True, on_behalf_of=step.on_behalf_of,
                 along={"approved_at": at})  # fmt: skip
    told_by(event, staff_of(appraisal.organ_id), f"{appraisal}已批准。", link=appraisal.get_absolute_url())


approvals.register_route(
    PerformanceAppraisal,
    approvals.Route(
        article=BASIS,
        title=str,
        rungs=lambda appraisal: CHAIN,
        snapshot=appraisal_snapshot,
        template="reports/ecology/_signing.html",
        approved=_approved,
        authors=_authors,
        filed="作为年度政治表现综合评价存档",
    ),
)
