"""The office's own panels on the desk: papers to sign, papers that came back, papers under way, terms, news."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Window
from django.urls import reverse

from accounts.calendar import spoken
from accounts.desk import Panel, panel
from accounts.models import Approval, ApprovalStep, ChainState, Duty, Notice
from accounts.permissions import Permission, organ_ids
from accounts.roles import Rung

# How many rows there are in all, counted in the same query that fetches the first few.
ALL = Window(Count("pk"))
SHOWN = 12
LONGEST = 10  # of what other organs let pass: the list behind it has them all
RIGHT_OF_RUNG = {
    Rung.HEAD: Permission.HEAD,
    Rung.ASSISTING_MEMBER: Permission.ENDORSE,
    Rung.DEPUTY_SECRETARY: Permission.APPROVE,
    Rung.STANDING_COMMITTEE: Permission.RECORD_RESOLUTION,
}


def steps_to_sign(user: Any) -> Any:
    """Rungs that wait for this user's signature, his own or as a deputy, oldest term first."""
    mine = Q(pk__in=())
    for rung, right in RIGHT_OF_RUNG.items():
        mine |= Q(rung=rung, approval__organ_id__in=organ_ids(user, right))
    waiting = ApprovalStep.objects.filter(
        mine, decision="", opened_at__isnull=False, approval__state=ChainState.RUNNING
    )
    signed = ApprovalStep.objects.filter(acted_by=user).values("approval_id")
    return waiting.exclude(approval__submitted_by=user).exclude(approval_id__in=signed).order_by("due_on", "pk")


def to_sign(user: Any, day: date) -> dict[str, Any] | None:
    """Papers before this signer."""
    rows = steps_to_sign(user).values(
        "approval_id",
        "approval__title",
        "approval__organ__name",
        "approval__submitted_by__full_name",
        "due_on",
        "approval__round_no",
    )
    entries = [_sign_entry(row) for row in rows[:SHOWN]]
    return {"title": "待签批", "entries": entries, "count": rows.count()} if entries else None


def _sign_entry(row: dict[str, Any]) -> dict[str, Any]:
    again = f"（第{row['approval__round_no']}次报送）" if row["approval__round_no"] > 1 else ""
    return {
        "text": f"{row['approval__title']}{again}",
        "note": f"{row['approval__organ__name']} {row['approval__submitted_by__full_name']}报送，{spoken(row['due_on'])}前签批",
        "due_on": row["due_on"],
        "button": "阅签",
        "address": reverse("accounts:approval", args=[row["approval_id"]]),
    }


def came_back(user: Any, day: date) -> dict[str, Any] | None:
    """Papers of this submitter that were returned and not yet sent again."""
    rows = (
        Approval.objects.filter(submitted_by=user, state=ChainState.RETURNED)
        .exclude(pk__in=_sent_again(user))
        .prefetch_related("steps__acted_by")
        .order_by("-finished_at")[:SHOWN]
    )
    entries = [_return_entry(row) for row in rows]
    return {"title": "被退回，待修改", "entries": entries, "count": len(entries)} if entries else None


def _sent_again(user: Any) -> list[int]:
    """Ids of returned rounds that a later round of the same paper has overtaken."""
    rounds = (
        Approval.objects.filter(organ_id=user.organ_id)
        .order_by("round_no")
        .values_list("subject_type_id", "subject_id", "pk")
    )
    last: dict[tuple[int, int], int] = {}
    overtaken = []
    for kind, subject, pk in rounds:
        if (kind, subject) in last:
            overtaken.append(last[kind, subject])
        last[kind, subject] = pk
    return overtaken


def _return_entry(approval: Approval) -> dict[str, Any]:
    step = next((step for step in approval.steps.all() if step.decision == "return"), None)
    why = f"{step.acted_by.full_name}退回：{step.note}" if step is not None and step.acted_by is not None else "已退回"
    return {
        "text": approval.title,
        "note": why,
        "button": "查看并修改",
        "address": reverse("accounts:approval", args=[approval.pk]),
    }


def under_way(user: Any, day: date) -> dict[str, Any] | None:
    """Papers of this person's organ that wait for somebody else."""
    rows = (
        ApprovalStep.objects.filter(
            approval__organ_id=user.organ_id, approval__state=ChainState.RUNNING, decision="", opened_at__isnull=False
        )
        .exclude(pk__in=steps_to_sign(user).values("pk"))
        .select_related("approval", "signer")
        .order_by("due_on", "pk")
    )
    entries = [_wait_entry(step) for step in rows[:SHOWN]] if user.is_staff_member else []
    return {"title": "等候签批", "entries": entries, "count": rows.count()} if entries else None


def _wait_entry(step: ApprovalStep) -> dict[str, Any]:
    name = step.signer.full_name if step.signer else ""
    term = f"，应于{spoken(step.due_on)}前签批" if step.due_on else ""
    paper = reverse("accounts:approval", args=[step.approval_id])
    return {
        "text": step.approval.title, "link": paper, "note": f"已送{step.get_rung_display()}{name}{term}", "due_on": step.due_on,
        "button": "提醒", "address": reverse("accounts:approval_remind", args=[step.approval_id]), "post": True,
    }  # fmt: skip


def owed(user: Any, day: date) -> dict[str, Any] | None:
    """Open duties of this person or his organ within a month, the late ones first."""
    mine = Q(person=user) | (Q(organ_id=user.organ_id, person__isnull=True) if user.is_staff_member else Q(pk__in=()))
    due: Any = Duty.objects.open().filter(mine, due_on__lte=day + timedelta(days=31)).order_by("due_on", "pk")
    rows = list(due.annotate(total=ALL).values("pk", "title", "due_on", "link", "article", "total")[:SHOWN])
    entries = [
        {
            "text": row["title"],
            "note": f"应于{spoken(row['due_on'])}前完成",
            "due_on": row["due_on"],
            "article": row["article"],
            "button": "去办理",
            "address": row["link"] or reverse("accounts:duties"),
        }
        for row in rows
    ]
    return (
        {"title": "职责期限", "entries": entries, "count": rows[0]["total"], "more": reverse("accounts:duties")}
        if entries
        else None
    )


def late_elsewhere(user: Any, day: date) -> dict[str, Any] | None:
    """For 党风政风监督室: what other organs owe and have let pass."""
    county = organ_ids(user, Permission.COORDINATE) - {user.organ_id}
    late: Any = Duty.objects.overdue(on=day).filter(organ_id__in=county).order_by("due_on", "pk")
    rows = list(late.annotate(total=ALL).values("title", "due_on", "organ__name", "total")[:LONGEST])
    entries = [{"text": f"{row['organ__name']}：{row['title']}", "note": "", "due_on": row["due_on"]} for row in rows]
    if not entries:
        return None
    count, more = rows[0]["total"], f"{reverse('accounts:duties')}?state=overdue"
    rest = f"还有{count - LONGEST}项，查看全部逾期" if count > LONGEST else ""
    return {"title": "各单位逾期", "entries": entries, "count": count, "more": more, "rest": rest}


def news(user: Any, day: date) -> dict[str, Any] | None:
    """The newest unread notices that are no request to sign; those stand above already."""
    rows = Notice.objects.visible_to(user).unread().exclude(kind="sign").values("pk", "sentence", "created_at")[:5]
    entries = [
        {
            "text": row["sentence"],
            "note": "",
            "button": "查看",
            "address": f"{reverse('accounts:notice')}?notice={row['pk']}",
        }
        for row in rows
    ]
    return {"title": "新消息", "entries": entries, "more": reverse("accounts:inbox")} if entries else None


panel(Panel("sign", "_panel.html", to_sign, column="todo", order=10))
panel(Panel("returned", "_panel.html", came_back, column="todo", order=20))
panel(Panel("under_way", "_panel.html", under_way, column="waiting", order=10))
panel(Panel("late_elsewhere", "_panel.html", late_elsewhere, column="waiting", order=90))
panel(Panel("owed", "_panel.html", owed, column="soon", order=10))
panel(Panel("news", "_panel.html", news, column="below", order=90))
