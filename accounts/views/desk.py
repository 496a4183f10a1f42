"""The desk: what I have to do, what I wait for, what falls due."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.desk import panels_for
from accounts.http import reads
from accounts.roles import Role

COLUMNS = (
    ("todo", "待我办", "没有等您办理的事项。"),
    ("waiting", "我在等", "没有等候他人办理的事项。"),
    ("soon", "即将到期", "一个月内没有到期的事项。"),
)
ADMIN_PAGES = {
    Role.SYSTEM_ADMIN: "accounts:users",
    Role.SECURITY_ADMIN: "accounts:users",
    Role.AUDIT_ADMIN: "accounts:audit",
}


@reads
def desk(request: HttpRequest) -> HttpResponse:
    """Put together from the panels that the apps registered; a leader begins with his signature list."""
    user: Any = request.user
    if user.is_admin:
        return redirect(ADMIN_PAGES[user.role])
    panels = panels_for(user, on=timezone.localdate())
    wide = [entry for entry in panels if _is_wide(user, entry[0])]
    above = {panel.column for panel, _ in wide}
    columns = [
        (title, empty, found)
        for key, title, empty in COLUMNS
        if (found := [entry for entry in panels if entry[0].column == key and entry not in wide]) or key not in above
    ]
    below = [entry for entry in panels if entry[0].column == "below"]
    return render(request, "accounts/desk.html", {"wide": wide, "columns": columns, "below": below})


def _is_wide(user: Any, panel: Any) -> bool:
    return panel.column == "wide" or (panel.key == "sign" and user.is_leader)
