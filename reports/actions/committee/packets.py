"""议题材料: ordered when the agenda is fixed, made by the worker, kept as it lay on the table with its digest (A6.1f)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from accounts import jobs
from accounts.calendar import local_day
from accounts.digest import sm3
from accounts.jobs import Outcome, Progress
from accounts.models import Job
from accounts.permissions import Permission, has
from accounts.workflow import Refused, record
from reports.committee.binding import Bound, bind
from reports.committee.materials import material
from reports.committee.states import MeetingStep
from reports.models import CommitteeMeeting, MeetingPacket

PACKET = "committee_packet"


def order_packet(meeting: CommitteeMeeting, *, by: Any, at: datetime) -> Job:
    """Hand the packet of a fixed agenda to the worker. Raises `Refused` for anybody but the secretary."""
    if not has(by, Permission.RECORD_RESOLUTION, meeting.organ_id):
        raise Refused("议题材料由常委会秘书汇编。", "A6.1f")
    if meeting.step != MeetingStep.TABLED:
        raise Refused(f"{meeting}{meeting.get_step_display()}，材料在议程确定后、开会前汇编。", "A6.1f")
    return jobs.order(PACKET, title=f"{meeting}议题材料", by=by, at=at, arguments={"meeting": meeting.pk})


def _make_packet(job: Job, at: datetime, progress: Progress) -> Outcome:
    """What lies on the table when the worker comes to it; made twice from the same papers, it is kept once."""
    meeting = CommitteeMeeting.objects.select_related("organ").get(pk=job.arguments["meeting"])
    if not has(job.owner, Permission.RECORD_RESOLUTION, meeting.organ_id) or meeting.step != MeetingStep.TABLED:
        raise Refused(f"{meeting}{meeting.get_step_display()}，或您已不是常委会秘书，没有汇编材料。", "A6.1f")
    day = local_day(at)
    before = material(meeting, on=day)
    last = meeting.packets.first()
    if last is not None and last.material == before:
        return Outcome("材料没有变动，沿用已汇编的议题材料。", link=meeting.get_absolute_url())
    bound = bind(meeting, on=day, progress=progress)
    if material(meeting, on=day) != before:
        raise Refused("汇编过程中议题材料有变动，请重新汇编。", "A6.1f")
    packet = _keep(meeting, bound, before, by=job.owner, at=at)
    return Outcome(f"已汇编{len(bound.starts)}项议题，共{packet.pages}页。", link=meeting.get_absolute_url())


@transaction.atomic
def _keep(meeting: CommitteeMeeting, bound: Bound, material_digest: str, *, by: Any, at: datetime) -> MeetingPacket:
    packet = MeetingPacket(meeting=meeting, digest=sm3(bound.data), size=len(bound.data), pages=bound.pages,
                           material=material_digest, made_by=by, made_at=at)  # fmt: skip
    packet.file.save(f"{uuid4().hex}.pdf", ContentFile(bound.data), save=False)
    packet.save()
    record(
        meeting,
        "bind",
        by=by,
        at=at,
        label="汇编议题材料",
        note=f"共{packet.pages}页，SM3 {packet.digest}",
        article="A6.1f",
    )
    return packet


jobs.declare(PACKET, _make_packet)
