"""Documents brought to any step through the product's own verbs, for the tests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from accounts import approvals
from accounts.actions import resolve
from accounts.models import Approval, ScResolutionKind
from accounts.roles import Rung
from supervision.actions.documents.bulletins import draft_bulletin, submit_bulletin
from supervision.actions.documents.drafting import draft_document, points_from, serve_document, submit_document
from supervision.actions.documents.numbering import issue_paper, number_paper
from supervision.actions.documents.replies import record_reply
from supervision.documents.kinds import SECTIONS
from supervision.models import DocumentReply, IssuedDocument, TypicalBulletin
from tests.factories import County, moment
from tests.samples import make_problem

DRAFTED = moment(2026, 2, 10)
SENT = moment(2026, 2, 11)
ISSUED = moment(2026, 2, 13)
SERVED = date(2026, 2, 14)
REPLY_DUE = date(2026, 3, 5)


def make_document(cast: County, kind: str = "rectification_notice", *, count: int = 2, **fields: Any) -> IssuedDocument:
    """A whole draft of the agriculture group's clerk about `count` problems."""
    problems = [
        make_problem(cast, cast.agri, description=f"问题{n}", suggestion=f"建议{n}") for n in range(1, count + 1)
    ]
    values: dict[str, Any] = {
        "unit": cast.units["县农业农村局"], "title": "关于整改资料归档问题的通知", "by": cast.nongye, "at": DRAFTED,
        "sections": {section.key: f"{section.heading}内容" for section in SECTIONS[kind]}, "points": points_from(problems),
        "due_on": date(2026, 3, 1), "reply_due_on": REPLY_DUE,
        **({"recommendation_kind": "both"} if kind == "recommendation" else {}), **fields,
    }  # fmt: skip
    return draft_document(cast.agri, kind, **values)


def sign_all(cast: County, approval: Approval, *, at: datetime = SENT) -> None:
    """Every rung of the agriculture group's chain agrees, the committee included where it is asked."""
    leaders = {Rung.HEAD: cast.nongye_head, Rung.ASSISTING_MEMBER: cast.xieguan1, Rung.DEPUTY_SECRETARY: cast.fenguan}
    for step in approval.steps.all():
        if step.rung == Rung.STANDING_COMMITTEE:
            words = {
                "kind": ScResolutionKind.BULLETIN,
                "meeting_on": date(2026, 2, 11),
                "approved": True,
                "attendance": "应到9人，实到9人",
                "opinion": "同意",
            }
            resolve(approval, words, by=cast.changweihui, at=at)
        else:
            approvals.decide(approval, "approve", by=leaders[Rung(step.rung)], at=at, note="同意")


def approve(cast: County, document: IssuedDocument) -> IssuedDocument:
    """Up the chain and back approved."""
    sign_all(cast, submit_document(document, by=cast.nongye, at=SENT))
    document.refresh_from_db()
    return document


def issue(cast: County, document: IssuedDocument, *, prefix: str = "示纪驻农改") -> IssuedDocument:
    """Approved, numbered and issued by the document clerk."""
    number_paper(approve(cast, document), by=cast.wenshu, at=ISSUED, prefix=prefix)
    issue_paper(document, by=cast.wenshu, at=ISSUED, issued_on=date(2026, 2, 13))
    document.refresh_from_db()
    return document


def serve(cast: County, document: IssuedDocument, *, prefix: str = "示纪驻农改") -> IssuedDocument:
    """Signed for by the unit on 14 February."""
    issue(cast, document, prefix=prefix)
    serve_document(
        document,
        by=cast.nongye,
        at=moment(2026, 2, 14),
        served_on=SERVED,
        served_to="张主任",
        served_manner="in_person",
    )
    document.refresh_from_db()
    return document


def reply(cast: County, document: IssuedDocument, answers: dict[int, str], *, day: int = 2) -> DocumentReply:
    """A reply of March with these answers."""
    made = record_reply(
        document,
        by=cast.nongye,
        at=moment(2026, 3, day),
        received_on=date(2026, 3, day),
        sender="县农业农村局",
        answers=answers,
    )
    document.refresh_from_db()
    return made


def make_bulletin(cast: County, **fields: Any) -> TypicalBulletin:
    """A whole draft bulletin about one problem of the agriculture bureau."""
    problem = make_problem(cast, cast.agri, description="县农业农村局补贴公示不规范")
    values: dict[str, Any] = {
        "title": "关于补贴公示典型问题的通报", "by": cast.nongye, "at": DRAFTED, "cases": [(problem, "")], "opening": "为严明纪律，现通报如下。",
        "demands": "各单位要引以为戒。", "recipients": "各单位", **fields,
    }  # fmt: skip
    return draft_bulletin(cast.agri, **values)


def approve_bulletin(cast: County, bulletin: TypicalBulletin) -> TypicalBulletin:
    """Through the committee."""
    sign_all(cast, submit_bulletin(bulletin, by=cast.nongye, at=SENT))
    bulletin.refresh_from_db()
    return bulletin
