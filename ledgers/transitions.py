"""The workflow table of consultations, one line per verb."""

from accounts.permissions import Permission
from accounts.workflow import Move, register
from ledgers.consulting import rules
from ledgers.consulting.states import ConsultationStep
from ledgers.models import Consultation

DRAFT = Permission.DRAFT

CONSULTATION_MOVES = {
    "record": Move(
        {ConsultationStep.DRAFT},
        ConsultationStep.RECORDED,
        DRAFT,
        "A10.3a",
        "登记会商",
        (rules.is_complete, rules.case_is_treated),
    ),
    "drop": Move({ConsultationStep.DRAFT}, ConsultationStep.DROPPED, DRAFT, "A10.3a", "作废草稿"),
    "supersede": Move({ConsultationStep.RECORDED}, ConsultationStep.SUPERSEDED, None, "A10.3a", "由更正版替代"),
}

register(Consultation, CONSULTATION_MOVES)
