"""Visits without announcement and data alerts (I3-15..18)."""

from __future__ import annotations

from ledgers.models import DataAlert, UnannouncedVisit
from ledgers.register_states import AlertKind
from reports.counting.figure import Figure, declare
from reports.indicators.figures.rows import of_register, register

VISIT = {"visit_date": "日期", "theme": "事项", "participants": "参加人员"}
ALERT = {"checked_on": "核查日期", "fact": "事项", "system": "来源系统", "unit__name": "涉及单位"}
_OF_ALERT = of_register("alerts", ALERT)

declare(
    Figure("unannounced_visit_count", "明察暗访次数", "次", "A8", register(UnannouncedVisit, "visit_date"),
           **of_register("visits", VISIT)),
    Figure("alert_handled_subsistence", "低保预警处理数", "起", "A8",
           register(DataAlert, "checked_on", kind=AlertKind.SUBSISTENCE, handled=True), **_OF_ALERT),
    Figure("alert_checked_procurement", "采购预警核查数", "起", "A8",
           register(DataAlert, "checked_on", kind=AlertKind.PROCUREMENT), **_OF_ALERT),
    Figure("alert_checked_vehicle", "车辆预警核查数", "起", "A8",
           register(DataAlert, "checked_on", kind=AlertKind.VEHICLE), **_OF_ALERT),
)  # fmt: skip
