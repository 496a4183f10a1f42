"""Leaders who decide in the same instant, on PostgreSQL where such bugs live, and many writers on SQLite."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from accounts import duties
from accounts.approvals import decide
from accounts.duties import DutyKind, Owed
from accounts.models import ApprovalStep, Duty, Event, Notice
from accounts.roles import Role
from accounts.workflow import AlreadyDecided, Refused
from tests.factories import county, make_user, moment
from tests.paper import make_paper, plain_route, send_up

APPROVERS, PAPERS = 8, 50
AT = moment(2026, 2, 10)


def together(work: Callable[[Any], Any], jobs: list[Any]) -> list[Any]:
    """Run all jobs in the same instant, each on its own connection."""
    gate = Barrier(len(jobs))

    def run(job: Any) -> Any:
        try:
            gate.wait(30)
            return work(job)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_approvers_on_fifty_papers_make_fifty_decisions() -> None:
    assert connection.vendor == "postgresql"
    cast = county()
    heads = [make_user(cast.agri, Role.ORGAN_HEAD, f"head{n}", f"组长{n}") for n in range(APPROVERS)]
    answers: Counter[str] = Counter()
    with plain_route():
        for n in range(PAPERS):
            approval = send_up(make_paper(cast, f"项目{n}"), by=cast.nongye, at=AT)
            seen = approval.steps.get(seq=1).pk

            def vote(head: Any, approval: Any = approval, seen: int = seen) -> str:
                try:
                    verdict = "approve" if head.pk % 2 else "return"
                    decide(approval, verdict, by=head, at=AT, note="意见", step_id=seen)
                except AlreadyDecided as late:
                    assert "已由组长" in late.sentence
                    return "told who decided"
                except Refused as other:
                    return f"refused: {other}"
                return "decided"

            answers.update(together(vote, heads))

    assert answers == {"decided": PAPERS, "told who decided": PAPERS * (APPROVERS - 1)}
    assert ApprovalStep.objects.filter(seq=1).exclude(decision="").count() == PAPERS
    assert Event.objects.filter(by__in=heads).count() == PAPERS


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_forty_writers_on_sqlite_lose_nothing_and_meet_no_lock() -> None:
    assert connection.vendor == "sqlite"
    cast = county()
    papers = [make_paper(cast, f"项目{n}") for n in range(40)]

    def write(paper: Any) -> str:
        send_up(paper, by=cast.nongye, at=AT)
        return "saved"

    with plain_route():
        assert Counter(together(write, papers)) == {"saved": 40}

    assert Event.objects.filter(verb="submit").count() == 40
    assert ApprovalStep.objects.filter(opened_at__isnull=False).count() == 40


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_six_machines_that_open_duties_at_once_open_each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = county()
    owed = [Owed(cast.agri, f"事项{n}", date(2026, 3, 25), date(2026, 1, 1), period=str(n)) for n in range(60)]
    kind = DutyKind("race", "A6.1b", "申报", lambda day: owed, lambda duty: None)
    monkeypatch.setattr("accounts.duties.kinds.KINDS", {"race": kind})

    def work(machine: int) -> None:
        duties.open_duties(date(2026, 3, 20))
        duties.remind_duties(date(2026, 3, 20), at=moment(2026, 3, 20))

    together(work, list(range(6)))

    assert Counter(Duty.objects.values_list("period", flat=True)) == {str(n): 1 for n in range(60)}
    assert Notice.objects.count() == 120  # clerk and head, once each
