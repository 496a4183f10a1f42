"""The duty engine: each app declares who owes what by when and what proves it; one job opens, closes and reminds."""

from accounts.duties.engine import excuse, fulfil, open_duties, reopen, settle_duties
from accounts.duties.kinds import KINDS, DutyKind, Owed, Proof, beyond_their_organ, declare
from accounts.duties.ladder import CURE, DEFAULT, SOFT, Circle, Grade, Ladder, OwnDays, Rung, Step, each_workday_after
from accounts.duties.reminders import consultation_days, remind_duties

__all__ = [
    "CURE",
    "DEFAULT",
    "KINDS",
    "SOFT",
    "Circle",
    "DutyKind",
    "Grade",
    "Ladder",
    "OwnDays",
    "Owed",
    "Proof",
    "Rung",
    "Step",
    "beyond_their_organ",
    "consultation_days",
    "declare",
    "each_workday_after",
    "excuse",
    "fulfil",
    "open_duties",
    "remind_duties",
    "reopen",
    "settle_duties",
]
