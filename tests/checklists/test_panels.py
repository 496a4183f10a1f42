"""The desk says who has to file, to receive, to decide, to issue - and is silent afterwards."""

from datetime import date

import pytest

from accounts.models import User
from checklists import actions, panels
from tests.checklists.story import FEB, MAR, YEAR, draft, fresh, sign_up
from tests.factories import County

pytestmark = pytest.mark.django_db


def shown(rows, user: User) -> list[str]:
    found = rows(fresh(user), FEB.date())
    return [entry["text"] for entry in found["entries"]] if found else []


def test_each_step_waits_on_the_right_desk(year: County) -> None:
    item = draft(year, "农田")
    actions.submit_item(item, by=year.nongye, at=FEB)
    assert shown(panels.to_file, year.nongye) == []
    sign_up(year, item)
    assert (shown(panels.to_file, year.nongye), shown(panels.to_file, year.jiaoyu)) == (["农田"], [])

    actions.file_item(item, by=year.nongye, at=FEB)
    assert (shown(panels.to_file, year.nongye), shown(panels.to_receive, year.dangfeng)) == ([], ["农田"])

    actions.receive_item(item, by=year.dangfeng, at=FEB)
    assert shown(panels.to_receive, year.dangfeng) == []


def test_the_list_waits_for_the_secretary_then_for_the_head(year: County) -> None:
    item = draft(year, "农田")
    actions.submit_item(item, by=year.nongye, at=FEB)
    sign_up(year, item)
    actions.file_item(item, by=year.nongye, at=FEB)
    checklist = actions.start_compilation(year.cso, YEAR, by=year.dangfeng, at=MAR)
    actions.submit_checklist(checklist, by=year.dangfeng_head, at=MAR)
    name = "2026年度政治监督重点项目清单（第1版）"
    assert (shown(panels.lists_to_decide, year.changweihui), shown(panels.lists_to_issue, year.dangfeng_head)) == (
        [name],
        [],
    )

    actions.record_resolution(checklist, by=year.changweihui, at=MAR, approved=True, meeting_on=date(2026, 3, 19))
    assert (shown(panels.lists_to_decide, year.changweihui), shown(panels.lists_to_issue, year.dangfeng_head)) == (
        [],
        [name],
    )

    checklist.refresh_from_db()
    actions.publish(checklist, by=year.dangfeng_head, at=MAR)
    assert shown(panels.lists_to_issue, year.dangfeng_head) == []
