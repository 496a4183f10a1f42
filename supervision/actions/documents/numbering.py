"""文书编号: consecutive numbers without gap or double, issue with a frozen text, voiding in the open (A9.7e, AMB-19)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from accounts.calendar import local_day
from accounts.digest import digest_of
from accounts.models import Approval, Attachment, Organ
from accounts.notifications import staff_of, told_by
from accounts.permissions import Permission, has, organ_ids
from accounts.uploads import attach
from accounts.workflow import Refused, may, move, record
from supervision.documents.kinds import EDITABLE, NUMBERED_KINDS
from supervision.documents.words import ANNEX, TAKEN_OFF, text_of
from supervision.models import IssuedDocument, NumberSeries, TypicalBulletin
from supervision.models.rectification import RectificationItem
from supervision.rules import is_open

Paper = IssuedDocument | TypicalBulletin


def known_prefix(organ: Organ, kind: str, year: int) -> str:
    """机关代字 in use for a kind: of this year, else as it was last; empty where the office has set none."""
    rows = NumberSeries.objects.filter(organ=organ, kind=kind, year__lte=year).order_by("-year")
    return rows.values_list("prefix", flat=True).first() or ""


@transaction.atomic
def number_paper(paper: Paper, *, by: Any, at: datetime, prefix: str = "") -> str:
    """Give the paper the next number of its series and return 文号; the year is that of the day of numbering.

    `prefix` opens a series that does not exist yet. Raises `Refused` for whoever is not the document clerk, for a paper
    that is not approved, and where no characters are set. Simultaneous calls get consecutive numbers.
    """
    may(paper, "number", by=by).enforce()
    locked = take_number(paper.name_organ, paper.series_kind, local_day(at).year, prefix)
    along = {"doc_prefix": locked.prefix, "doc_year": locked.year, "doc_number": locked.last, "numbered_by": by}
    event = move(paper, "number", by=by, at=at, note=f"{locked}{locked.last}号", along=along)
    told_by(
        event, [paper.created_by], f"{paper.kind_word}“{paper}”已编号：{paper.doc_no}。", link=paper.get_absolute_url()
    )
    return paper.doc_no


def take_number(organ: Organ, kind: str, year: int, prefix: str = "") -> NumberSeries:
    """The series of an organ, kind and year with its next number in `last`, locked until the transaction ends."""
    locked = NumberSeries.objects.select_for_update().get(pk=_series(organ, kind, year, prefix).pk)
    locked.last += 1
    locked.save()
    return locked


def _series(organ: Organ, kind: str, year: int, prefix: str) -> NumberSeries:
    found = NumberSeries.objects.filter(organ=organ, kind=kind, year=year).first()
    if found is not None:
        return found
    chosen = prefix.strip() or known_prefix(organ, kind, year)
    if not chosen:
        raise Refused(
            f"{organ.name}的{dict(NUMBERED_KINDS)[kind]}还没有机关代字。请填写机关代字（如“濮县纪建”）后再编号。",
            "A9.7e",
        )
    return _opened(organ, kind, year, chosen)


def _opened(organ: Organ, kind: str, year: int, prefix: str) -> NumberSeries:
    _characters_only(prefix)
    taken = NumberSeries.objects.filter(prefix=prefix, year=year).exclude(organ=organ, kind=kind).exists()
    try:
        with transaction.atomic():
            made, _ = NumberSeries.objects.get_or_create(organ=organ, kind=kind, year=year, defaults={"prefix": prefix})
    except IntegrityError:
        taken = True
    if taken:
        raise Refused(f"{year}年机关代字“{prefix}”已用于其他文种，共用会出现重号。请换一个机关代字。", "A9.7e")
    return made


@transaction.atomic
def set_prefix(organ: Organ, kind: str, year: int, prefix: str, *, by: Any, at: datetime) -> NumberSeries:
    """Set 机关代字 of one kind for a year, before its first number is used. Raises `Refused` afterwards."""
    if not may_set_prefix(by, organ):
        raise Refused("机关代字由文书设置。", "A9.7e")
    if not prefix.strip() or len(prefix.strip()) > 30:
        raise Refused("请填写机关代字，不超过30个字，例如“濮县纪建”。", "A9.7e")
    _characters_only(prefix.strip())
    made = NumberSeries.objects.filter(organ=organ, kind=kind, year=year).first()
    if made is None:
        made = _opened(organ, kind, year, prefix.strip())
    series = NumberSeries.objects.select_for_update().get(pk=made.pk)
    if series.last and series.prefix != prefix.strip():
        raise Refused(
            f"{series}已用到{series.last}号，年内不能更换机关代字，否则同一年会有两套编号。请从下一年度起更换。",
            "A9.7e",
        )
    if NumberSeries.objects.filter(prefix=prefix.strip(), year=year).exclude(pk=series.pk).exists():
        raise Refused(f"{year}年机关代字“{prefix.strip()}”已用于其他文种，共用会出现重号。请换一个机关代字。", "A9.7e")
    series.prefix = prefix.strip()
    series.save()
    return series


def _characters_only(prefix: str) -> None:
    """Year and number are the register's own; typed along, they would stand twice in every 文号."""
    if re.search(r"[\d\s〔〕［］\[\]【】{}号]", prefix):
        raise Refused(f"机关代字“{prefix}”只写代字，不写年份、括号、序号和空格，例如“濮县纪建”，请改正。", "A9.7e")


def may_set_prefix(user: Any, organ: Organ) -> bool:
    """The document clerk, for every organ of his county and for the commission itself."""
    return bool(organ_ids(user, Permission.NUMBER)) and (
        has(user, Permission.NUMBER, organ.pk) or organ.pk == user.organ.county().pk
    )


@transaction.atomic
def issue_paper(paper: Paper, *, by: Any, at: datetime, issued_on: date) -> None:
    """印发: the text is frozen with its SM3 digest; each point without a term in the books gives the problem its term.

    Raises `Refused` before numbering, for a day to come or before the approval, and for another year than the number's.
    """
    if issued_on > local_day(at):
        raise Refused("印发日期不能晚于今天。", "A9.7e")
    fresh = type(paper)._default_manager.select_for_update().get(pk=paper.pk)  # type: ignore[attr-defined]
    if fresh.doc_year and issued_on.year != fresh.doc_year:
        raise Refused(f"印发日期应在{fresh.doc_year}年内，与文号年份一致。", "A9.7e")
    approved = Approval.objects.of(fresh).filter(finished_at__isnull=False).last()
    if approved is not None and approved.finished_at and issued_on < local_day(approved.finished_at):
        raise Refused(f"印发日期早于批准日期{local_day(approved.finished_at):%Y-%m-%d}，请核对。", "A9.7e")
    fresh.issued_on = issued_on
    content = text_of(fresh)
    along = {"issued_on": issued_on, "content": content, "digest": digest_of(content)}
    event = move(paper, "issue", by=by, at=at, note=fresh.doc_no, along=along)
    if isinstance(fresh, IssuedDocument):
        _give_terms(fresh, by=by, at=at)
    told_by(event, staff_of(paper.organ_id), f"{fresh.doc_no}“{paper}”已印发，请送达并登记签收。"
            if isinstance(fresh, IssuedDocument) else f"{fresh.doc_no}“{paper}”已印发。", link=paper.get_absolute_url())  # fmt: skip


def _give_terms(document: IssuedDocument, *, by: Any, at: datetime) -> None:
    """A problem that had no term yet is due on the day that the document names (A9.8a)."""
    for point in document.points.filter(problem__isnull=False).select_related("problem"):
        due = point.due_on or document.due_on
        item = RectificationItem.objects.select_for_update().filter(problem=point.problem).first()
        if item is None or due is None or item.due_on is not None or not is_open(item):
            continue
        item.due_on = item.first_due_on = due
        item.save()
        record(
            item, "term", by=by, at=at, label=f"随文书确定整改时限{due:%Y-%m-%d}", note=document.doc_no, article="A9.8a"
        )


@transaction.atomic
def void_paper(paper: Paper, *, by: Any, at: datetime, reason: str) -> None:
    """作废: the number stays in the register with its reason and is never used again. Raises `Refused`."""
    if not reason.strip():
        raise Refused("作废须写明理由，理由会留在发文登记簿上。", "A9.7e")
    event = move(paper, "void", by=by, at=at, note=reason.strip(), along={"void_reason": reason.strip()})
    why = reason.strip().rstrip("。")[:200]
    said = f"{paper.doc_no or paper.kind_word}“{paper}”已作废，理由：{why}。"
    told_by(event, staff_of(paper.organ_id), said, link=paper.get_absolute_url())


@transaction.atomic
def send_back(paper: Paper, *, by: Any, at: datetime, reason: str) -> None:
    """核稿退回: the document clerk found a mistake before numbering; the text goes up again from the start. Raises `Refused`."""
    if not reason.strip():
        raise Refused("退回须写明理由，起草单位才知道怎样修改。", "A9.7e")
    event = move(paper, "send_back", by=by, at=at, note=reason.strip(), along={"signed_by": None})
    why = reason.strip().rstrip("。")[:200]
    told_by(event, staff_of(paper.organ_id), f"{paper.kind_word}“{paper}”核稿退回，理由：{why}。修改后请重新层报审批。",
            link=paper.get_absolute_url())  # fmt: skip


@transaction.atomic
def drop_paper(paper: Paper, *, by: Any, at: datetime, reason: str) -> None:
    """放弃起草: a draft that goes nowhere; it never had a number. Raises `Refused`."""
    if not reason.strip():
        raise Refused("请写明不再办理的理由。", "A9.7e")
    move(paper, "drop", by=by, at=at, note=reason.strip(), along={"void_reason": reason.strip()})


@transaction.atomic
def add_annexes(paper: Paper, files: Sequence[Any], *, by: Any, at: datetime) -> int:
    """附件 of a paper that is still with its author; each goes into the text with its digest. Raises `Refused`."""
    fresh = _still_written(paper, by=by)
    for upload in files or [None]:
        attach(fresh, upload, organ_id=fresh.organ_id, by=by, at=at, purpose=ANNEX)
    note_edit(fresh, by=by, at=at, article="A9.7e")
    return len(files)


@transaction.atomic
def take_off_annex(paper: Paper, annex_id: int, *, by: Any, at: datetime) -> None:
    """Take one annex off the paper; the file itself is kept. Raises `Refused`."""
    fresh = _still_written(paper, by=by)
    row = Attachment.objects.of(fresh).filter(pk=annex_id, purpose=ANNEX).first()
    if row is None:
        raise Refused("没有找到这个附件，请刷新页面。", "A9.7e")
    row.purpose = TAKEN_OFF
    row.save()
    note_edit(fresh, by=by, at=at, article="A9.7e")


def _still_written(paper: Paper, *, by: Any) -> Any:
    fresh = type(paper)._default_manager.select_for_update().get(pk=paper.pk)  # type: ignore[attr-defined]
    if not has(by, Permission.DRAFT, fresh.organ_id):
        raise Refused("附件由起草单位办理。", "A9.7e")
    if fresh.step not in EDITABLE:
        raise Refused(f"“{fresh}”当前为“{fresh.get_step_display()}”，附件已锁定。请先撤回或者等签批人退回。", "A9.7e")
    return fresh


def note_edit(paper: Paper, *, by: Any, at: datetime, article: str) -> None:
    """Leave a trace of who changed the text; whoever did cannot sign it."""
    record(paper, "edit", by=by, at=at, label="修改", article=article, from_step=paper.step, to_step=paper.step)
