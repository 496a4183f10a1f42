"""季度报告: begun, written, signed and sent, returned or accepted, added to later (A10.4a)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts import editions
from accounts.calendar import local_day, spoken
from accounts.digest import digest_of
from accounts.duties import fulfil
from accounts.models import Duty, Organ
from accounts.notifications import staff_of, tell, told_by
from accounts.periods import Period
from accounts.permissions import Permission, has
from accounts.workflow import Refused, may, move, record
from accounts.writing.overtaking import check_seen, last_writer
from reports.models import QuarterlyAddendum, QuarterlyReport, QuarterlySubmission
from reports.quarterly import rules
from reports.quarterly.composition import drifted, figures_now, frozen, sources_of
from reports.quarterly.deadlines import due_day, is_late, quarter_of
from reports.quarterly.duties import KEY, owed_for, proof_of, reporters
from reports.quarterly.figures import figures_of_each
from reports.quarterly.outline import SECTIONS
from reports.quarterly.states import Answer
from reports.quarterly.text import WRITERS, draft
from reports.quarterly.tokens import mended

ARTICLE = "A10.4a"


# --- drafting ---


@transaction.atomic
def start_report(organ: Organ, period: Period, *, by: Any, at: datetime) -> QuarterlyReport:
    """Draft the organ's report of a quarter from its own ledger, early or late; the one that is there is answered.

    Raises `Refused` for strangers, for a quarter that has not begun, and for an organ that owes none.
    """
    if not has(by, Permission.DRAFT, organ.pk):
        raise Refused(f"季度报告由{organ.name}起草。", ARTICLE)
    if period.first > local_day(at):
        raise Refused(f"{period.label}还没有开始，开始后再起草。", ARTICLE)
    if organ not in reporters(period, Organ.objects.filter(pk=organ.pk)):
        raise Refused(
            f"{organ.name}不承担{period.label}的季度报告职责：新成立单位从第一个完整季度起报告，撤销单位不报撤销当季。", ARTICLE
        )  # fmt: skip
    report, made = _drafted(organ, period, by=by, at=at)
    if made:
        record(report, "draft", by=by, at=at, label="起草报告", article=ARTICLE, to_step=report.step)
    return report


def _drafted(
    organ: Organ, period: Period, *, by: Any, at: datetime, figures: Any = None
) -> tuple[QuarterlyReport, bool]:
    """The report of the organ and quarter, written if it is not there; of two at once one writes."""
    found = QuarterlyReport.objects.in_quarter(period).filter(organ=organ).first()
    if found is not None:
        return found, False
    sections = draft(sources_of(organ, period, on=local_day(at), figures=figures))
    report = QuarterlyReport(organ=organ, year=period.at_year, quarter=period.number, due_on=due_day(period), created_by=by,
                             created_at=at, sections=sections)  # fmt: skip
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError:
        return QuarterlyReport.objects.in_quarter(period).get(organ=organ), False
    return report, True


@transaction.atomic
def draft_for(organ: Organ, period: Period, *, at: datetime, figures: Any = None) -> QuarterlyReport | None:
    """The product's own draft, five working days before the day: the organ's people are told; None where one is there.

    `figures` are the organ's, where they were counted for many organs at once.
    """
    report, made = _drafted(organ, period, by=None, at=at, figures=figures)
    if not made:
        return None
    tell(staff_of(organ.pk), f"{report}初稿已按工作台账生成，请核对修改，由负责人签字，{spoken(report.due_on)}前报送。",
         key=f"quarterly-draft:{report.pk}", at=at, kind="duty", link=report.get_absolute_url(), article=ARTICLE)  # fmt: skip
    return report


def _mine(report: QuarterlyReport, *, by: Any) -> QuarterlyReport:
    """The report, locked for writing. Raises `Refused` for strangers and while it is not with its organ."""
    fresh = QuarterlyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused(f"季度报告由{fresh.organ.name}经办人修改。", ARTICLE)
    rules.is_editable(fresh).enforce()
    return fresh


@transaction.atomic
def edit_report(
    report: QuarterlyReport, texts: Mapping[str, str], *, by: Any, at: datetime, seen: str = ""
) -> QuarterlyReport:
    """Rewrite sections; figures stay marks and go on counting. Raises `Refused`, and `Overtaken` over later words."""
    fresh = _mine(report, by=by)
    check_sections(fresh, texts, seen, "edit", "redraft")
    changed = write_sections(fresh, texts)
    if changed:
        fresh.save()
        record(fresh, "edit", by=by, at=at, label="修改报告", note="、".join(changed), article=ARTICLE)
    return fresh


def sections_of(paper: Any) -> dict[str, str]:
    """Heading and text of every section, as two writers compare them."""
    return {part["heading"]: part["text"] for part in paper.sections}


def check_sections(paper: Any, texts: Mapping[str, str], seen: str, *verbs: str) -> None:
    """Raises `Overtaken` where somebody saved the paper after the writer had it before him."""
    typed = {
        part["heading"]: texts.get(part["key"], part["text"]).replace("\r\n", "\n").strip() for part in paper.sections
    }
    check_seen(seen, sections_of(paper), typed, writer=lambda: last_writer(paper, *verbs), article=ARTICLE)


def write_sections(paper: Any, texts: Mapping[str, str]) -> list[str]:
    """Put typed texts into a paper's sections, unsaved. Returns the headings that changed."""
    changed = []
    for part in paper.sections:
        typed = texts.get(part["key"], part["text"]).replace("\r\n", "\n").strip()
        rules.is_text(typed).enforce()
        if typed != part["text"]:
            part["text"] = typed
            changed.append(part["heading"])
    return changed


@transaction.atomic
def use_ledger_figure(report: QuarterlyReport, section: str, mark: str, *, by: Any, at: datetime) -> QuarterlyReport:
    """改为台账数: a typed number that disagrees becomes the live figure. Raises `Refused` where it is no longer there."""
    fresh = _mine(report, by=by)
    text = mended(fresh.text_of(section), mark, figures_now(fresh, at=at))
    if not write_sections(fresh, {section: text}):
        raise Refused("文中已没有这处不一致的数字，请刷新页面核对。", ARTICLE)
    fresh.save()
    record(fresh, "edit", by=by, at=at, label="改为台账数", note=SECTIONS[section], article=ARTICLE)
    return fresh


def rewritten(report: QuarterlyReport, section: str, *, at: datetime) -> str:
    """What a section would say if it were written anew now."""
    return WRITERS[section](sources_of(report.organ, report.period, on=local_day(at)))


@transaction.atomic
def redraft_section(report: QuarterlyReport, section: str, *, by: Any, at: datetime) -> QuarterlyReport:
    """Write one section anew from the ledger; the earlier words stay in the report's history. Raises `Refused`."""
    fresh = _mine(report, by=by)
    write_sections(fresh, {section: rewritten(fresh, section, at=at)})
    fresh.save()
    record(fresh, "redraft", by=by, at=at, label="重新生成", note=SECTIONS[section], article=ARTICLE)
    return fresh


# --- sending, answering ---


def open_duty(organ: Organ, period: Period) -> Duty:
    """The duty of one organ for one quarter; opened here where no job was there to open it."""
    owed = owed_for(organ, period, due_day(period))
    defaults = {"article": ARTICLE, "edition": editions.in_force(), "title": owed.title, "due_on": owed.due_on,
                "opened_on": owed.opened_on, "link": owed.link}  # fmt: skip
    return Duty.objects.get_or_create(kind=KEY, organ=organ, period=owed.period, subject_key="", defaults=defaults)[0]


@transaction.atomic
def submit_report(report: QuarterlyReport, *, by: Any, at: datetime, late_reason: str = "") -> QuarterlySubmission:
    """The head signs: text, figures, the ids behind them and the ledger are frozen with a digest (AMB-7b).

    The article lets the organ report, its head signing: a head who wrote the report himself signs it as well; nobody
    above him decides about it. The first submission alone decides whether the report was in time; a late one needs its
    reason. Raises `Refused` for everybody but the head, for an empty section, and late without a reason.
    """
    fresh = QuarterlyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    may(fresh, "submit", by=by).enforce()
    first = fresh.first_submitted_at is None
    late = first and is_late(at, fresh.due_on)
    if late and not late_reason.strip():
        raise Refused(f"报送期限{spoken(fresh.due_on)}已过，请写明逾期原因再签字报送。", ARTICLE)
    figures = figures_now(fresh, at=at)
    content = frozen(fresh, figures, at=at)
    along = {"figures": figures, "content": content, "digest": digest_of(content), "data_as_of": at, "submitted_at": at,
             "submitted_by": by, "first_submitted_at": fresh.first_submitted_at or at,
             "late_reason": late_reason.strip() if late else fresh.late_reason}  # fmt: skip
    event = move(report, "submit", by=by, at=at, note=along["late_reason"] if late else "", along=along)
    number = fresh.submissions.count() + 1
    made = QuarterlySubmission.objects.create(report=fresh, number=number, content=content, digest=along["digest"],
                                              signed_by=by, signed_at=at)  # fmt: skip
    _fulfil(report, along["late_reason"])
    cso = fresh.organ.cso()
    if cso is not None:
        again = "" if first else f"（第{number}次）"
        told_by(
            event,
            staff_of(cso.pk),
            f"{report}已由{by.full_name}签字报送{again}，请接收。",
            link=report.get_absolute_url(),
        )
    return made


def _fulfil(report: QuarterlyReport, late_reason: str) -> None:
    duty, proof = open_duty(report.organ, report.period), proof_of(report)
    if proof is not None and fulfil(duty, proof) and late_reason:
        Duty.objects.filter(pk=duty.pk).update(late_reason=late_reason)


def _answer(report: QuarterlyReport, answer: str, *, by: Any, at: datetime, reason: str = "") -> None:
    last = QuarterlySubmission.objects.filter(report=report).order_by("-number")[0]
    last.answer, last.answered_by, last.answered_at, last.reason = answer, by, at, reason
    last.save()


@transaction.atomic
def accept_report(report: QuarterlyReport, *, by: Any, at: datetime) -> QuarterlyReport:
    """党风政风监督室 takes the report in; from now on only an addendum corrects it. Raises `Refused`."""
    event = move(report, "accept", by=by, at=at, along={"accepted_at": at, "accepted_by": by})
    _answer(report, Answer.ACCEPTED, by=by, at=at)
    told_by(event, staff_of(report.organ_id), f"{report}已由党风政风监督室接收。", link=report.get_absolute_url())
    return report


@transaction.atomic
def return_report(report: QuarterlyReport, *, by: Any, at: datetime, reason: str) -> QuarterlyReport:
    """Sent back with a reason; the day of the first submission stays (AMB-7). Raises `Refused` without a reason."""
    may(report, "return", by=by).enforce()
    if not reason.strip():
        raise Refused("退回须写明理由，报送单位才知道怎样修改。", ARTICLE)
    event = move(report, "return", by=by, at=at, note=reason.strip())
    _answer(report, Answer.RETURNED, by=by, at=at, reason=reason.strip())
    told_by(
        event, staff_of(report.organ_id), f"{report}被退回修改：{reason.strip()[:200]}", link=report.get_absolute_url()
    )
    return report


@transaction.atomic
def add_addendum(
    report: QuarterlyReport, *, by: Any, at: datetime, text: str, keys: Sequence[str] = ()
) -> QuarterlyAddendum:
    """补正说明 to an accepted report: words, and figures that the ledger says otherwise by now. The head signs.

    The accepted text and its figures stay as they are. Raises `Refused`.
    """
    fresh = QuarterlyReport.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report.pk)
    if not has(by, Permission.HEAD, fresh.organ_id):
        raise Refused("补正说明由报告单位负责人签发。", ARTICLE)
    if fresh.accepted_at is None:
        raise Refused("报告还没有接收。需要修改的，请党风政风监督室退回后修改。", ARTICLE)
    if not text.strip():
        raise Refused("请写明更正什么、为什么更正。", ARTICLE)
    rows = [row for row in drifted(fresh.figures, figures_now(fresh, at=at)) if row["key"] in keys]
    number = fresh.addenda.count() + 1
    digest = digest_of({"report": fresh.digest, "number": number, "text": text.strip(), "figures": rows})
    made = QuarterlyAddendum.objects.create(report=fresh, number=number, text=text.strip(), figures=rows, digest=digest,
                                            signed_by=by, signed_at=at)  # fmt: skip
    event = record(fresh, "addendum", by=by, at=at, label="签发补正说明", note=text.strip()[:500], article=ARTICLE)
    cso = fresh.organ.cso()
    if cso is not None:
        told_by(event, staff_of(cso.pk), f"{fresh}有补正说明（{number}），请查阅。", link=fresh.get_absolute_url())
    return made


# --- for the whole county ---


def draft_due(*, at: datetime) -> int:
    """Write the drafts that are due, for every owing organ without one; running it again writes none. Returns the count."""
    day = local_day(at)
    period = quarter_of(day)
    there = set(QuarterlyReport.objects.in_quarter(period).values_list("organ_id", flat=True))
    missing = [organ for organ in reporters(period) if organ.pk not in there]
    if not missing:
        return 0
    figures = figures_of_each([organ.pk for organ in missing], period, on=day)
    return sum(draft_for(organ, period, at=at, figures=figures[organ.pk]) is not None for organ in missing)


@transaction.atomic
def urge(organ: Organ, period: Period, *, by: Any, at: datetime) -> str:
    """催办: a word to the organ's people, at most once a day. Returns the sentence for the screen. Raises `Refused`."""
    if not has(by, Permission.COORDINATE, organ.pk):
        raise Refused("催办由党风政风监督室发出。", "A10.1b")
    if organ not in reporters(period, Organ.objects.filter(pk=organ.pk)):
        raise Refused(f"{organ.name}不承担{period.label}的季度报告职责，无须催办。", ARTICLE)
    if QuarterlyReport.objects.in_quarter(period).filter(organ=organ, first_submitted_at__isnull=False).exists():
        raise Refused(f"{organ.name}已报送{period.label}报告，无须催办。", ARTICLE)
    due_on, day = due_day(period), local_day(at)
    left = (due_on - day).days
    tail = f"已逾期{-left}天" if left < 0 else ("今天到期" if left == 0 else f"还有{left}天")
    new = tell(staff_of(organ.pk), f"党风政风监督室催办：请报送{period.label}政治监督工作报告，期限{spoken(due_on)}，{tail}。",
               key=f"quarterly-urge:{period.key}:{organ.pk}:{day}", at=at, kind="duty",
               link=owed_for(organ, period, due_day(period)).link, article=ARTICLE)  # fmt: skip
    return f"已提醒{organ.label}。" if new else f"今天已提醒过{organ.label}，明天可再提醒。"
