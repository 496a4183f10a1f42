"""What runs without a person: each periodic task leaves a trace of its last run, and a late or failed one is shown."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from accounts import jobs
from accounts.jobs import Outcome, Progress
from accounts.models import Beat, Job, JobState
from accounts.workflow import Refused

logger = logging.getLogger(__name__)
KIND = "periodic"
FRESH = timedelta(seconds=55)  # a task that runs every few seconds leaves a trace once a minute
SILENT = timedelta(minutes=30)
LABELS = {
    "draft-quarterly": "生成季度报告初稿",
    "deliver-notices": "发送提醒",
    "open-duties": "列出并核销职责期限",
    "remind-duties": "催办提醒",
    "remind-ten-days": "十日研判提醒",
    "run-jobs": "办理后台工作",
    "sweep-jobs": "清理已办结的后台工作",
    "sweep-uploads": "清理未确认的上传",
    "sync-rights": "按分工更新权限",
    "tell-checks": "告知矛盾核对结果",
}


def schedule() -> dict[str, Any]:
    """The periodic tasks as the settings name them."""
    return settings.CELERY_BEAT_SCHEDULE


def name_of(task: str) -> str:
    """The schedule's key of a task's path; the path itself where it is not scheduled."""
    return next((name for name, entry in schedule().items() if entry["task"] == task), task)


def watched(name: str, work: Callable[[], Any], *, at: datetime) -> Any:
    """Do the work of a periodic task and write down when it ran and how it ended. What it raises goes on."""
    last = Beat.objects.filter(name=name).first()
    fresh = last is not None and last.started_at is not None and timedelta() <= at - last.started_at < FRESH
    try:
        found = work()
    except Exception as problem:
        logger.exception("periodic task %s failed", name)
        _write(name, at, failed_at=at, failure=_sentence(problem))
        raise
    if not fresh or (last is not None and last.failure):
        _write(name, at, ok_at=at, failure="")
    return found


def _write(name: str, at: datetime, **result: Any) -> None:
    seconds = schedule().get(name, {}).get("schedule", 86400.0)
    values = {"started_at": at, "due_at": at + timedelta(seconds=seconds), **result}
    Beat.objects.update_or_create(name=name, defaults=values)


def _sentence(problem: Exception) -> str:
    """What an administrator can act on; the text of an unexpected error may hold data and stays in the log."""
    if isinstance(problem, Refused):
        return problem.full[:300]
    return f"程序出错（{type(problem).__name__}），详见服务器日志。"


@dataclass(frozen=True)
class Pulse:
    """One periodic task for the page: state is ok, late, failed or never."""

    name: str
    label: str
    beat: Beat | None
    state: str

    @property
    def words(self) -> str:
        """The state in words."""
        return {"ok": "正常", "late": "未按时运行", "failed": "上次失败", "never": "尚未运行"}[self.state]


def pulses(*, at: datetime) -> list[Pulse]:
    """Every scheduled task and how it stands. One query."""
    known = {beat.name: beat for beat in Beat.objects.all()}
    return [Pulse(name, LABELS.get(name, name), known.get(name), _state(known.get(name), at)) for name in schedule()]


def _state(beat: Beat | None, at: datetime) -> str:
    if beat is None or beat.started_at is None:
        return "never"
    if beat.failure:
        return "failed"
    interval = beat.due_at - beat.started_at if beat.due_at else SILENT
    return "late" if at > beat.started_at + interval + max(interval, timedelta(minutes=5)) else "ok"


def silent_since(*, at: datetime) -> datetime | None:
    """When anything periodic last ran, if that is more than half an hour ago; None while the clock ticks."""
    last = Beat.objects.order_by("-started_at").values_list("started_at", flat=True).first()
    return last if last is not None and at - last > SILENT else None


def failed_jobs() -> list[Job]:
    """Everybody's failed work, newest first: for the system administrator, who sees titles and no contents."""
    return list(Job.objects.filter(state=JobState.FAILED).select_related("owner__organ").defer("arguments")[:50])


def try_again(pk: int | None) -> Job:
    """Another try of anybody's failed work. Raises `Refused` where there is none."""
    job = Job.objects.filter(pk=pk or 0, state=JobState.FAILED).first()
    if job is None:
        raise Refused("没有找到这项失败的工作，它可能已经重新办理。请刷新页面后再看。")
    jobs.again(job)
    return job


def order(name: str, *, by: Any, at: datetime) -> Job:
    """Have a periodic task run now, by the worker. Raises `Refused` for a name that the schedule does not know."""
    if name not in schedule():
        raise Refused("没有这个定时任务，请刷新页面后重试。")
    return jobs.order(KIND, title=f"立即运行：{LABELS.get(name, name)}", by=by, at=at, arguments={"task": name})


def _work(job: Job, at: datetime, progress: Progress) -> Outcome:
    """Run it by the very entrance that the beat uses; what it raises makes the job fail as well."""
    name = job.arguments["task"]
    if name == "run-jobs":
        return Outcome("后台工作正在办理。")  # this order is itself being worked off
    import_string(schedule()[name]["task"])(at=at.isoformat())
    return Outcome("已运行。")


jobs.declare(KIND, _work)
