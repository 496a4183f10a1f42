"""Long work: ordered once, done once, tried again, its result fetched by whoever ordered it and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts import jobs
from accounts.jobs import Outcome
from accounts.models import Job, Notice
from accounts.tasks import run_jobs, sweep_jobs
from accounts.workflow import Refused
from tests.factories import NOW, County, county, enter


@pytest.fixture
def cast(db: Any) -> County:
    return county()


@pytest.fixture
def work() -> Any:
    """A kind of work that does what the arguments say; answers how often it ran."""
    runs: list[int] = []

    def act(job: Job, at: Any, progress: Any) -> Outcome:
        runs.append(job.pk)
        if job.arguments.get("refuse"):
            raise Refused("文件不完整。", "A6.2b")
        if len(runs) <= job.arguments.get("fails", 0):
            raise OSError("disk")
        progress(1, 2)
        return Outcome("印好了。", file=b"paper", file_name="总台账.pdf")

    jobs.KINDS["test"] = act
    yield runs
    del jobs.KINDS["test"]


def order(cast: County, **arguments: Any) -> Job:
    return jobs.order("test", title="打印总台账", by=cast.nongye, at=NOW, arguments=arguments)


def test_an_order_waits_for_the_worker_and_is_done_once(cast: County, work: list[int]) -> None:
    job = order(cast)
    again = order(cast)
    assert (again.pk, work) == (job.pk, [])

    first, second = run_jobs(at=NOW.isoformat()), run_jobs(at=NOW.isoformat())

    job.refresh_from_db()
    assert (first, second, work) == ({"worked": 1}, {"worked": 0}, [job.pk])
    assert (job.state, job.sentence, job.attempts, job.finished_at) == ("done", "印好了。", 1, NOW)
    assert Notice.objects.get(recipient=cast.nongye).sentence == "已完成：打印总台账。印好了。"


def test_the_file_is_fetched_by_its_owner_only(cast: County, work: list[int]) -> None:
    job = order(cast)
    jobs.run_waiting(at=NOW)
    address = reverse("accounts:job_file")

    answer: Any = enter(cast.nongye).get(address, {"job": job.pk})

    assert b"".join(answer.streaming_content) == b"paper"
    assert "attachment" in answer["Content-Disposition"]
    assert enter(cast.nongye_head).get(address, {"job": job.pk}).status_code == 404
    assert enter(cast.nongye_head).post(reverse("accounts:job_again"), {"job": job.pk}).status_code == 404


def test_a_refusal_fails_at_once_with_its_sentence_and_may_be_tried_again(cast: County, work: list[int]) -> None:
    job = order(cast, refuse=True)
    jobs.run_waiting(at=NOW)

    page = enter(cast.nongye).get(reverse("accounts:jobs")).content.decode()
    enter(cast.nongye).post(reverse("accounts:job_again"), {"job": job.pk})

    job.refresh_from_db()
    assert "文件不完整。" in page and "再试一次" in page
    assert (job.state, job.attempts) == ("waiting", 0)


def test_an_accident_is_tried_three_times_then_told(cast: County, work: list[int]) -> None:
    job = order(cast, fails=3)

    seen = []
    for _ in range(4):
        jobs.run_waiting(at=NOW)
        job.refresh_from_db()
        seen.append(job.state)

    assert (seen, len(work)) == (["waiting", "waiting", "failed", "failed"], 3)
    assert "没有写入任何内容" in job.sentence


def test_work_of_a_lost_worker_is_taken_up_after_five_minutes(cast: County, work: list[int]) -> None:
    job = order(cast)
    Job.objects.filter(pk=job.pk).update(state="running", started_at=NOW, attempts=1)

    early = jobs.run_waiting(at=NOW + timedelta(minutes=4))
    late = jobs.run_waiting(at=NOW + timedelta(minutes=6))

    assert (early, late) == (0, 1)


def test_what_is_done_needs_no_second_try(cast: County, work: list[int]) -> None:
    job = order(cast)
    jobs.run_waiting(at=NOW)

    with pytest.raises(Refused, match="没有失败"):
        jobs.again(job)


def test_finished_work_is_forgotten_after_a_week_with_its_file(cast: County, work: list[int]) -> None:
    job = order(cast)
    jobs.run_waiting(at=NOW)
    job.refresh_from_db()
    stored = job.file

    kept = sweep_jobs(at=(NOW + timedelta(days=6)).isoformat())
    swept = sweep_jobs(at=(NOW + timedelta(days=8)).isoformat())

    assert (kept, swept, Job.objects.count()) == ({"swept": 0}, {"swept": 1}, 0)
    assert not stored.storage.exists(stored.name)


def test_the_page_asks_again_only_while_something_is_under_way(cast: County, work: list[int]) -> None:
    address, client = reverse("accounts:jobs"), enter(cast.nongye)
    empty = client.get(address).content.decode()
    order(cast)
    busy = client.get(address, headers={"HX-Request": "true"}).content.decode()
    jobs.run_waiting(at=NOW)
    done = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "还没有在后台办理的工作" in empty
    assert 'hx-trigger="every 2s"' in busy and "<html" not in busy
    assert "every 2s" not in done and "下载" in done
