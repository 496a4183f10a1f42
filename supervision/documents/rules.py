"""Questions asked of a document and of a bulletin; each says what is missing and quotes its article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from accounts.citations import titled
from accounts.limits import Limit
from accounts.models import Official, Organ, SupervisedUnit
from accounts.roles import CHAIN, Rung
from accounts.workflow import ALLOWED, Verdict, denied
from supervision.documents.kinds import POINTS, SECTIONS, DocumentKind, DocumentStep, ReplyVerdict
from supervision.documents.words import plain_day
from supervision.models import DocumentPoint, IssuedDocument, Problem, TypicalBulletin
from supervision.rules import are_texts

# AMB-19: how many signatures a kind needs; 1 ends at the organ's head, 2 at the AM, 3 at the DS.
RUNGS = {
    kind: Limit(f"document_rungs_{kind.value}", 1 if kind == DocumentKind.INTEGRITY_NOTICE else 3, "A9.7e",
                f"{kind.label}层报到第几层（1负责人，2协管常委、委员，3分管副书记）", "层")
    for kind in DocumentKind
}  # fmt: skip
LETTER_DAYS = Limit("letter_days", 7, "A9.8c", "督办函默认办结和反馈天数", "天")


def rungs_for(document: IssuedDocument, *, on: date) -> tuple[Rung, ...]:
    """The chain of a document on a day: in the commission's name always whole, and the committee above it (AMB-19)."""
    if document.in_name_of_commission:
        return (*CHAIN, Rung.STANDING_COMMITTEE)
    count = RUNGS[DocumentKind(document.kind)].on(on)
    return CHAIN[: min(max(count, 1), len(CHAIN))]


# --- the text is whole ---


def is_of_a_kind(document: IssuedDocument) -> Verdict:
    """S1-4: a recommendation is one of three, chosen by a person."""
    if document.kind == DocumentKind.RECOMMENDATION and not document.recommendation_kind:
        return denied("还没有选建议类别。请在修改页选择纪律检查建议、监察建议或者纪检监察建议。", "A9.7e")
    return ALLOWED


def sections_written(document: IssuedDocument) -> Verdict:
    """Each heading that the kind requires has its text."""
    texts = {section["key"]: section["text"] for section in document.sections}
    empty = [s.heading for s in SECTIONS[document.kind] if s.required and s.key != POINTS and not texts.get(s.key)]
    if empty:
        return denied(f"“{'”“'.join(empty)}”还没有写。请写完后再层报审批。", "A9.7e")
    return ALLOWED


def has_points(document: IssuedDocument) -> Verdict:
    """逐项整改 needs items."""
    if not document.points.exists():
        return denied("还没有列出问题。请至少列出1项问题，便于被监督单位逐项整改。", "A9.7e")
    return ALLOWED


def has_terms(document: IssuedDocument) -> Verdict:
    """A document has a day for the work and a day for the reply (A9.7e)."""
    undated = [str(point) for point in document.points.filter(due_on__isnull=True)] if not document.due_on else []
    if not document.due_on and (undated or not document.points.exists()):
        return denied("还没有整改期限。请填写整改期限，或者给每一项问题填写期限。", "A9.7e")
    if document.reply_due_on is None:
        return denied("还没有书面回复期限。请填写，到期未回复的系统会提醒督办。", "A9.7e")
    return ALLOWED


DOCUMENT_RULES = (is_of_a_kind, sections_written, has_points, has_terms)


def words_only(*texts: str) -> Verdict:
    """No text is a formula, none holds an identity number."""
    return are_texts(*texts)


def days_ahead(document: IssuedDocument, *, on: date) -> Verdict:
    """A term that has passed before the paper goes up cannot be kept by anybody."""
    days = {"整改期限": document.due_on, "书面回复期限": document.reply_due_on}
    days |= {f"{point}整改期限": point.due_on for point in document.points.all()}
    for label, day in days.items():
        if day is not None and day < on:
            return denied(f"{label}{day:%Y-%m-%d}已经过去，请改成今天或者以后的日期。", "A9.7e")
    return ALLOWED


# --- to whom, about what ---


def may_address(organ: Organ, unit: SupervisedUnit) -> Verdict:
    """A4: an organ writes to the units it supervises; 党风政风监督室 to any unit of the county."""
    if unit.organ_id == organ.pk or (organ.is_cso and unit.organ.path.startswith(organ.county().path)):
        return ALLOWED
    return denied(f"“{unit.name}”不是{organ.name}的被监督单位，请由{unit.organ.name}起草。", "A4")


def may_cite(organ: Organ, unit: SupervisedUnit, problem: Problem) -> Verdict:
    """A point rests on a problem of that unit which the organ found, leads or coordinates."""
    if problem.unit_id != unit.pk:
        return denied(f"问题{problem.code}属于{problem.unit}，不能写进发给{unit.name}的文书。", "A9.7e")
    lead = problem.item.lead_organ_id if problem.item else None
    if organ.pk in (problem.organ_id, lead) or organ.is_cso:
        return ALLOWED
    return denied(f"问题{problem.code}不是{organ.name}登记或牵头的问题。", "A9.7e")


# --- after issue ---


def unanswered_points(document: IssuedDocument) -> list[int]:
    """Numbers of the points on which no reply says anything that its reader could accept."""
    acceptable = (ReplyVerdict.ANSWERED, ReplyVerdict.PARTLY, "")
    spoken = document.points.filter(answers__verdict__in=acceptable).values_list("seq", flat=True)
    return list(document.points.exclude(seq__in=list(spoken)).values_list("seq", flat=True))


def documents_with_open_points(ids: Sequence[int]) -> set[int]:
    """Which of those documents have a point that no reply answers; the same question as `unanswered_points`, for many."""
    acceptable = (ReplyVerdict.ANSWERED, ReplyVerdict.PARTLY, "")
    rows = DocumentPoint.objects.filter(document_id__in=ids)
    spoken = rows.filter(answers__verdict__in=acceptable).values("pk")
    return set(rows.exclude(pk__in=spoken).values_list("document_id", flat=True))


def points_in_words(seqs: list[int]) -> str:
    """第1、3点未答复."""
    return f"第{'、'.join(map(str, seqs))}点未答复" if seqs else ""


def every_point_answered(document: IssuedDocument) -> Verdict:
    """A9.7e 督促其逐项整改: a reply that skips a point does not end the matter."""
    if open_points := unanswered_points(document):
        return denied(
            f"{points_in_words(open_points)}，不能办结。请督促{document.unit}补充答复，登记后再办结。", "A9.7e"
        )
    return ALLOWED


def every_answer_read(document: IssuedDocument) -> Verdict:
    """Each answer has the verdict of the person who read it."""
    unread = document.points.filter(answers__isnull=False, answers__verdict="").values_list("seq", flat=True)
    if seqs := sorted(set(unread)):
        return denied(f"第{'、'.join(map(str, seqs))}点的答复还没有审阅。请逐项填写审阅意见后再办结。", "A9.7e")
    return ALLOWED


def may_be_urged(document: IssuedDocument, *, on: date) -> Verdict:
    """A9.8c: a letter presses what is late: the day of reply has passed without a reply, or without a whole one."""
    if document.step not in (DocumentStep.SERVED, DocumentStep.REPLIED):
        return denied("这份文书还没有送达，或者已经办结，不需要督办。", "A9.8c")
    if document.reply_due_on is None or document.reply_due_on >= on:
        return denied(f"书面回复期限{document.reply_due_on or '未定'}还没有过，暂不需要督办。", "A9.8c")
    if document.step == DocumentStep.REPLIED and not unanswered_points(document):
        return denied("各项问题都已答复，不需要督办。请审阅后办结。", "A9.8c")
    return ALLOWED


# --- bulletins ---


def bulletin_written(bulletin: TypicalBulletin) -> Verdict:
    """A bulletin has a reason, at least one case, and says what others are to do."""
    if not bulletin.opening.strip() or not bulletin.demands.strip():
        return denied("通报缘由和工作要求还没有写完。请写完后再层报审批。", "A9.8d")
    if not bulletin.cases.exists():
        return denied("还没有选典型问题。请至少选1个问题。", "A9.8d")
    return ALLOWED


def names_are_masked(bulletin: TypicalBulletin) -> Verdict:
    """Where names are to be masked, no part still carries the name of a unit concerned or of one of its officials (A9.8d)."""
    if not bulletin.names_masked:
        return ALLOWED
    cases = list(bulletin.cases.select_related("problem__unit"))
    parts = {"标题": bulletin.title, "通报缘由": bulletin.opening, "工作要求": bulletin.demands}
    parts |= {f"第{case.seq}个典型问题": case.text for case in cases}
    names = [name for case in cases for name in names_of(case.problem)]
    for label, text in parts.items():
        name = next((name for name in names if name in text), "")
        if name:
            return denied(f"{label}仍写有“{name}”。请改成“某单位”“某同志”，或者取消隐去名称。", "A9.8d")
    return ALLOWED


def names_of(problem: Problem) -> list[str]:
    """Names by which a reader would recognise the unit of a problem or its people."""
    unit = problem.unit
    people = Official.objects.filter(unit=unit).values_list("full_name", flat=True)
    return [name for name in (unit.name, unit.short_name, unit.party_organ, *people) if len(name) > 1]


BULLETIN_RULES = (bulletin_written, names_are_masked)


# --- the words of a letter ---


def letter_term(day: date) -> date:
    """By when a letter asks for an answer, counted from the day it is drafted."""
    return day + timedelta(days=LETTER_DAYS.on(day))


def letter_sections(document: IssuedDocument, *, on: date, by: Any) -> dict[str, str]:
    """What a letter says about the document it presses: its number, its term, the days that have passed (A9.8c)."""
    assert document.reply_due_on is not None and document.served_on is not None
    days = (on - document.reply_due_on).days
    gap = points_in_words(unanswered_points(document)) if document.step == DocumentStep.REPLIED else "未收到书面回复"
    return {
        "matter": f"落实{document.doc_no}{titled(document.title)}提出的整改要求，并书面回复办理情况。",
        "progress": f"上述文书于{plain_day(document.served_on)}送达，要求{plain_day(document.reply_due_on)}前书面回复。"
                    f"截至{plain_day(on)}，已逾期{days}天，{gap}。",
        "requirements": "请主要负责同志亲自部署，逐项整改到位，并说明逾期原因。",
        "feedback": f"请以书面形式逐项答复，附佐证材料，报送{document.name_organ.name}。",
        "contact": by.full_name,
    }  # fmt: skip
