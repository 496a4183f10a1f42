"""The gravest hits of the standing checks on the desks of leaders and of 党风政风监督室 (A10.1b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from accounts.desk import Panel, panel
from accounts.models import Organ
from accounts.permissions import visible_organ_ids
from reports.checks.catalogue import CHECKS, Gravity
from reports.checks.reading import findings
from reports.overview.panels import looks_over

SHOWN = 5
GRAVEST = [one.key for one in CHECKS.values() if one.gravity == Gravity.HIGH]


def gravest(user: Any, day: date) -> Any:
    """The first of them, and how many there are."""
    if not looks_over(user):
        return None
    ids = visible_organ_ids(user)
    found = findings(ids, day, checks=GRAVEST)
    if not found:
        return None
    names = {
        pk: short or name
        for pk, short, name in Organ.objects.filter(pk__in=ids).values_list("pk", "short_name", "name")
    }
    entries = [{"text": f"{names.get(one.hit.organ_id, '')}：{one.hit.text}", "note": one.check.label, "link": one.hit.link, "button": "查看",
                "address": one.hit.link} for one in found[:SHOWN]]  # fmt: skip
    return {
        "title": "记录前后矛盾",
        "count": len(found),
        "more": f"{reverse('reports:checks')}?gravity={Gravity.HIGH}",
        "entries": entries,
    }


panel(Panel("checks", "_panel.html", gravest, column="below", order=80))
