"""What runs without a person leaves a trace: silent, late and failing tasks are seen and can be run again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils.module_loading import import_string

from accounts import jobs
from accounts.jobs import background
from accounts.models import Beat, Duty, Job, User
from accounts.tasks import open_duties, run_jobs
from tests.factories import NOW, County, county

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def cast() -> County:
    return county()


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def states(at: Any = NOW) -> dict[str, str]:
    return {pulse.name: pulse.state for pulse in background.pulses(at=at)}


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> int:
        raise OSError("connection to 10.0.0.5 refused for 张三")

    monkeypatch.setattr("accounts.duties.open_duties", fail)


def test_a_task_that_ran_is_well_until_its_time_has_passed_twice(cast: County) -> None:
    open_duties(at=NOW.isoformat())

    assert states()["open-duties"] == "ok"
    assert states(NOW + timedelta(minutes=29))["open-duties"] == "ok"  # every quarter of an hour
    assert states(NOW + timedelta(minutes=31))["open-duties"] == "late"
    assert states()["sync-rights"] == "never"
    assert Beat.objects.get().due_at == NOW + timedelta(minutes=15)


def test_a_failure_is_written_down_without_the_data_in_it_and_ends_with_the_next_success(
    cast: County, broken: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OSError):
        open_duties(at=NOW.isoformat())
    beat = Beat.objects.get()
    assert (beat.failed_at, beat.ok_at, beat.failure) == (NOW, None, "程序出错（OSError），详见服务器日志。")
    assert states()["open-duties"] == "failed"

    monkeypatch.undo()
    later = NOW + timedelta(seconds=10)
    open_duties(at=later.isoformat())

    beat.refresh_from_db()
    assert (beat.ok_at, beat.failure, states(later)["open-duties"]) == (later, "", "ok")


def test_a_task_of_every_few_seconds_writes_once_a_minute(cast: County) -> None:
    moments = [NOW + timedelta(seconds=3 * n) for n in range(41)]
    traces = set()
    for at in moments:
        run_jobs(at=at.isoformat())
        traces.add(Beat.objects.get(name="run-jobs").started_at)

    assert traces == {NOW, NOW + timedelta(seconds=57), NOW + timedelta(seconds=114)}


def test_one_failing_task_leaves_the_others_their_turn(cast: County, broken: None) -> None:
    with pytest.raises(CommandError, match="open-duties"):
        call_command("tick", "--at", NOW.isoformat())

    found = states()
    assert found.pop("open-duties") == "failed"
    assert set(found.values()) == {"ok"}


def test_the_administrator_sees_every_task_and_everybodys_failed_work_by_title(cast: County, broken: None) -> None:
    with pytest.raises(OSError):
        open_duties(at=NOW.isoformat())
    Job.objects.create(
        kind="x", title="打印总台账", owner=cast.nongye, ordered_at=NOW, state="failed", sentence="内容：公款吃喝"
    )

    page = as_(cast.sysadmin).get("/jobs/background/").content.decode()

    assert all(word in page for word in ("列出并核销职责期限", "上次失败", "OSError", "打印总台账", "李青"))
    assert "公款吃喝" not in page


@pytest.mark.parametrize("name", ["nongye", "dangfeng_head", "shuji", "secadmin", "auditor"])
def test_nobody_else_has_the_page(cast: County, name: str) -> None:
    client = as_(cast.people[name])

    assert client.get("/jobs/background/").status_code == 404
    assert client.post("/jobs/background/run/", {"name": "open-duties"}).status_code == 404
    assert client.post("/jobs/background/again/", {"job": "1"}).status_code == 404


def test_run_now_goes_through_the_table_of_jobs(cast: County, settings: Any) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False  # a worker exists: the request only orders
    as_(cast.sysadmin).post("/jobs/background/run/", {"name": "open-duties"})
    job = Job.objects.get()
    assert (job.state, job.title, Duty.objects.count()) == ("waiting", "立即运行：列出并核销职责期限", 0)

    run_jobs(at=NOW.isoformat())

    job.refresh_from_db()
    assert (job.state, Duty.objects.filter(kind="deployment").count()) == ("done", 1)


def test_without_a_worker_it_runs_at_once(cast: County) -> None:
    as_(cast.sysadmin).post("/jobs/background/run/", {"name": "open-duties"})

    assert (Job.objects.get().state, states()["open-duties"]) == ("done", "ok")


@pytest.mark.parametrize("name", ["", "accounts.tasks.open_duties", "os.system", "run-away"])
def test_only_scheduled_tasks_can_be_run(cast: County, name: str) -> None:
    answer = as_(cast.sysadmin).post("/jobs/background/run/", {"name": name})

    assert (answer.status_code, Job.objects.count()) == (409, 0)


def test_anybodys_failed_work_gets_another_try(cast: County) -> None:
    jobs.KINDS["try"] = lambda job, at, progress: jobs.Outcome("印好了。")
    job = Job.objects.create(kind="try", title="打印", owner=cast.nongye, ordered_at=NOW, state="failed", attempts=3)

    answer = as_(cast.sysadmin).post("/jobs/background/again/", {"job": job.pk})

    del jobs.KINDS["try"]
    job.refresh_from_db()
    assert (answer.status_code, job.state) == (302, "done")
    assert as_(cast.sysadmin).post("/jobs/background/again/", {"job": job.pk}).status_code == 409


def test_a_silent_clock_is_said_to_those_who_can_act(cast: County) -> None:
    sentence = "定时任务自2026-02-10 09:30起没有运行"
    open_duties(at=NOW.isoformat())
    with time_machine.travel(NOW + timedelta(minutes=29), tick=False):
        assert sentence not in as_(cast.sysadmin).get("/organs/").content.decode()
    with time_machine.travel(NOW + timedelta(minutes=31), tick=False):
        pages = {
            name: as_(cast.people[name]).get("/organs/").content.decode() for name in ("sysadmin", "dangfeng", "nongye")
        }

    assert {name: sentence in page for name, page in pages.items()} == {
        "sysadmin": True,
        "dangfeng": True,
        "nongye": False,
    }


def test_every_scheduled_task_is_named_traced_and_limited_below_the_visibility_timeout() -> None:
    for name, entry in configured.CELERY_BEAT_SCHEDULE.items():
        task = import_string(entry["task"])
        assert task.name == entry["task"] and name in background.LABELS
        assert task.soft_time_limit < task.time_limit < 180
    assert (configured.CELERY_TASK_ACKS_LATE, configured.CELERY_TASK_REJECT_ON_WORKER_LOST) == (True, True)
    assert configured.CELERY_TASK_SOFT_TIME_LIMIT < configured.CELERY_TASK_TIME_LIMIT < 180
