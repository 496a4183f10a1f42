"""Writing down what a leader heard: by himself, or by others whom he then corrects or confirms (A10.4c)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts import editions
from accounts.calendar import local_day, spoken
from accounts.digest import digest_of
from accounts.models import Attachment, Event, Notice, Organ, User
from accounts.notifications import told_by
from accounts.periods import Period
from accounts.uploads import attach
from accounts.workflow import Refused, move, record
from reports.hearings import rules
from reports.hearings.limits import BRIEFING_CHECK_DAYS
from reports.hearings.states import BriefingStep, Trigger
from reports.models import Briefing, BriefingVersion
from supervision.models import Round

BASIS = "A10.4c"


@transaction.atomic
def enter_briefing(
    leader: Any, *, held_on: date, organs: Sequence[Organ], content: str, by: Any, at: datetime, quarter: str = "",
    trigger: str = Trigger.QUARTER, rounds: Sequence[Round] = (), instructions: str = "",
) -> Briefing:  # fmt: skip
    """Write down one briefing. The leader's own entry is final; anybody else's waits some days for his check.

    `quarter` (2026Q1) is that of `held_on` when left out. Raises `Refused` for strangers, for organs that were not the
    leader's on that day, for a day to come, for a second make-up of one quarter and for a round not yet ended.
    """
    values = {"held_on": held_on, "organs": list(organs), "content": content, "quarter": quarter, "trigger": trigger,
              "rounds": list(rounds), "instructions": instructions}  # fmt: skip
    rules.may_write(by, leader, organs).enforce()
    User.objects.select_for_update().get(pk=leader.pk)  # a quarter is made up for once, also when two write at once
    checked = _checked(leader, values, at=at)
    own = by.pk == leader.pk
    row = Briefing(leader=leader, created_by=by, created_at=at, edition=editions.in_force(),
                   step=BriefingStep.RECORDED if own else BriefingStep.ENTERED, open_until=None if own else _open_until(at))  # fmt: skip
    _write(row, checked)
    _keep_version(row, reason="", by=by, at=at)
    event = record(
        row, "enter", by=by, at=at, label="登记听取汇报" if own else "代为登记听取汇报", article=BASIS, to_step=row.step
    )
    if not own:
        _ask_leader(row, event)
    return row


def _checked(leader: Any, values: Mapping[str, Any], *, at: datetime, but: int | None = None) -> dict[str, Any]:
    """The values as they may be kept. Raises `Refused`."""
    found = dict(values)
    held_on, organs = found["held_on"], found["organs"]
    if held_on > local_day(at):
        raise Refused("听取日期不能晚于今天，请在听取之后登记。", BASIS)
    found["quarter"] = found["quarter"] or Period.of("quarter", held_on).key
    found["content"], found["instructions"] = found["content"].strip(), found["instructions"].strip()
    if not found["content"]:
        raise Refused("请写明汇报内容。", BASIS)
    rules.may_hear(leader, organs, on=held_on).enforce()
    rules.fits_quarter(leader, held_on, found["quarter"], but=but).enforce()
    rules.fits_rounds(found["trigger"], held_on, found["rounds"], organs).enforce()
    return found


def _open_until(at: datetime) -> date:
    day = local_day(at)
    return day + timedelta(days=BRIEFING_CHECK_DAYS.on(day))


def _write(row: Briefing, values: Mapping[str, Any]) -> None:
    """Put checked values onto the row, with the words as they will be printed."""
    for name in ("held_on", "quarter", "trigger", "content", "instructions"):
        setattr(row, name, values[name])
    row.organ = values["organs"][0]
    row.words = words_of(row, values["organs"], values["rounds"])
    row.digest = digest_of(row.words)
    row.save()
    row.organs.set(values["organs"])
    row.rounds.set(values["rounds"])


def words_of(row: Briefing, organs: Sequence[Organ], rounds: Sequence[Round]) -> dict[str, str]:
    """The record in the office's words, in the order of the sheet: what is kept, compared and printed."""
    return {
        "听取领导": f"{row.leader}{f'（{row.leader.post}）' if row.leader.post else ''}",
        "听取日期": spoken(row.held_on),
        "听取事由": Trigger(row.trigger).label,
        "对应季度": Period.read(row.quarter).label,
        "汇报单位": "、".join(organ.name for organ in organs),
        "监督轮次": "、".join(str(one) for one in rounds),
        "汇报内容": row.content,
        "领导要求": row.instructions,
    }


def _keep_version(row: Briefing, *, reason: str, by: Any, at: datetime) -> None:
    BriefingVersion.objects.create(
        briefing=row, number=row.version, words=row.words, digest=row.digest, reason=reason[:300], by=by, at=at
    )


def _ask_leader(row: Briefing, event: Event) -> None:
    assert row.open_until is not None
    told_by(event, [row.leader], f"{event.by.organ.label}{event.by}已代您登记{row.held_on:%-m月%-d日}听取汇报，请核对；"
            f"{spoken(row.open_until)}前可直接更正。", link=row.get_absolute_url())  # fmt: skip


@transaction.atomic
def confirm_briefing(briefing: Briefing, *, by: Any, at: datetime) -> Briefing:
    """The leader has read what was written in his name and finds it right. Raises `Refused` for anybody else."""
    row = Briefing.objects.select_for_update().get(pk=briefing.pk)
    if by.pk != row.leader_id:
        raise Refused(f"这条记录由{row.leader}本人核对。", BASIS)
    event = move(row, "confirm", by=by, at=at, by_chain=True, along={"open_until": None})
    _answered(row, at=at)
    if row.created_by_id != row.leader_id:
        told_by(
            event,
            [row.created_by],
            f"{row.leader}已核对{row.held_on:%-m月%-d日}听取汇报的记录。",
            link=row.get_absolute_url(),
        )
    return row


@transaction.atomic
def correct_briefing(
    briefing: Briefing, values: Mapping[str, Any], *, by: Any, at: datetime, reason: str = ""
) -> Briefing:
    """Replace the record by a new version; the one before stays. Raises `Refused`.

    The leader corrects what others wrote for him without a reason while his days run; all else needs one. What
    others correct is again his to check.
    """
    row = Briefing.objects.select_for_update().select_related("leader", "organ").get(pk=briefing.pk)
    rules.may_correct(by, row).enforce()
    if rules.needs_reason(by, row, on=local_day(at)) and not reason.strip():
        raise Refused("记录已锁定，更正须写明理由，原记录予以保留。", BASIS)
    rules.may_write(by, row.leader, values["organs"]).enforce()
    checked = _checked(row.leader, values, at=at, but=row.pk)
    if words_of_values(row, checked) == row.words:
        raise Refused("内容没有变化，不用更正。", BASIS)
    own = by.pk == row.leader_id
    row.version += 1
    _write(row, checked)
    _keep_version(row, reason=reason.strip(), by=by, at=at)
    event = move(row, "correct" if own else "amend", by=by, at=at, note=reason.strip(), by_chain=True,
                 along={"open_until": None if own else _open_until(at)})  # fmt: skip
    if own:
        _answered(row, at=at)
    else:
        _ask_leader(row, event)
    return row


def _answered(row: Briefing, *, at: datetime) -> None:
    """The request to check is answered; the leader's inbox stops counting it."""
    asked = Notice.objects.filter(recipient=row.leader, link=row.get_absolute_url(), read_at__isnull=True)
    asked.update(read_at=at)


def words_of_values(row: Briefing, values: Mapping[str, Any]) -> dict[str, str]:
    """The words that the record would have with these values; the row itself is left as it is."""
    plain = {name: values[name] for name in ("held_on", "quarter", "trigger", "content", "instructions")}
    return words_of(Briefing(leader=row.leader, **plain), values["organs"], values["rounds"])


@transaction.atomic
def add_files(briefing: Briefing, uploads: Sequence[Any], *, by: Any, at: datetime) -> list[Attachment]:
    """Keep papers of the meeting with its record. Raises `Refused`."""
    rules.may_correct(by, briefing).enforce()
    if not uploads:
        raise Refused("请选择要上传的文件。", BASIS)
    made = [attach(briefing, one, organ_id=briefing.organ_id, by=by, at=at, purpose="briefing") for one in uploads]
    record(briefing, "attach", by=by, at=at, label="上传材料", note="、".join(one.name for one in made), article=BASIS)
    return made
