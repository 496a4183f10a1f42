"""Numbers of the checklist, each with its article."""

from accounts.limits import Limit

STATIONED_MIN = Limit("stationed_items_min", 1, "A6.1b", "派驻纪检监察组每年具体监督项目下限", "项")
STATIONED_MAX = Limit("stationed_items_max", 3, "A6.1b", "派驻纪检监察组每年具体监督项目上限", "项")
BULLETIN_DAYS = Limit("instruction_bulletin_days", 90, "A5.2", "指示批示办理情况定期通报间隔")
