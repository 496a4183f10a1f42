"""The seven sections of a quarterly report and the figures that belong to each (A10.4a)."""

from __future__ import annotations

from checklists.states import FocusArea, Form
from reports.counting.catalogue import FIGURES
from supervision.documents.kinds import DocumentKind

SECTIONS: dict[str, str] = {
    "development": "政治监督开展情况",
    "problems": "发现问题和督促整改情况",
    "disposal": "问题线索、处置和追责问责情况",
    "consultation": "专题会商和以案促改情况",
    "institutions": "完善制度和挽回损失情况",
    "difficulties": "存在困难",
    "plans": "下季度打算",
}
_FIGURES: dict[str, tuple[str, ...]] = {
    "development": ("items", *(f"items_{form.value}" for form in Form), "rounds_started", "rounds_ended", "activities",
                    "special_checks", "led_checks", "trainings", "trainees"),
    "problems": ("problems_found", "problems_grave", "problems_on_spot", "problems_repeated", *(f"problems_{area.value}" for area in FocusArea),
                 "rectification_issued", "rectification_closed", "rectification_open", "rectification_overdue", "extensions", "look_backs", "rebounds"),
    "disposal": ("clues", "documents", *(f"documents_{kind.value}" for kind in DocumentKind), "accountable_organs", "accountable_persons", "dispositions",
                 *(f"dispositions_{form}" for form in (1, 2, 3, 4))),
    "consultation": ("consultations", "case_rectifications", "bulletins"),
    "institutions": ("institutions", "losses_recovered"),
}  # fmt: skip


def keys_of(section: str) -> list[str]:
    """Figures of a section, in the order of the data table; one that nobody declared is left out."""
    return [key for key in _FIGURES.get(section, ()) if key in FIGURES]


def all_keys() -> list[str]:
    """Every figure that a quarterly report keeps."""
    return [key for section in SECTIONS for key in keys_of(section)]


# A part cannot be more than its whole: where the whole is zero, its parts are not counted one by one.
WHOLE: dict[str, str] = {
    **dict.fromkeys((f"items_{form.value}" for form in Form), "items"),
    **dict.fromkeys(("special_checks", "led_checks"), "activities"),
    "trainees": "trainings",
    **dict.fromkeys(("problems_grave", "problems_on_spot", "problems_repeated"), "problems_found"),
    **dict.fromkeys((f"problems_{area.value}" for area in FocusArea), "problems_found"),
    **dict.fromkeys((f"documents_{kind.value}" for kind in DocumentKind), "documents"),
    **dict.fromkeys((f"dispositions_{form}" for form in (1, 2, 3, 4)), "dispositions"),
}
