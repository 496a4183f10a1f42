"""The five evaluation indicators of article 10(5), each a figure that opens its records, and the parts each value is made of."""

from __future__ import annotations

from dataclasses import dataclass

import reports.counting.catalogue  # noqa: F401  declares the figures named below
from reports.evaluation.states import NAMES as NAMES
from reports.indicators.indicator import Indicator, declare

CLAUSE = "A10.5a"
PHRASE = "以发现解决问题、查办案件、追责问责、完善制度机制、挽回经济损失等可量化的指标为重要依据"


@dataclass(frozen=True)
class Part:
    """One number shown under an indicator. `scored` ones make up its value; the others stand beside it."""

    key: str
    label: str
    unit: str
    figure: str
    scored: bool = True


declare(
    (
        Indicator("E-1", "发现解决问题", "个", CLAUSE, PHRASE,
                  "年度内发现、截止日前已销号（销号须有佐证、经第二人审核）或立行立改并有佐证的问题。", figure="evaluated_solved"),
        Indicator("E-2", "查办案件", "件", CLAUSE, PHRASE,
                  "年度内立案、经核实的案件，查办单位（未填的为登记单位）和来源线索的移送单位都计入，全县只计一次；移送线索另列，不计分。", figure="evaluated_cases"),
        Indicator("E-3", "追责问责", "人、个", CLAUSE, PHRASE,
                  "年度内决定、经核实的问责，领导干部人数与党组织个数合计。", figure="evaluated_accountability"),
        Indicator("E-4", "完善制度机制", "项", CLAUSE, PHRASE,
                  "年度内印发、附有文件、经核实的制度，记推动单位，未填推动单位的记登记单位。", figure="evaluated_institutions"),
        Indicator("E-5", "挽回经济损失", "元", CLAUSE, PHRASE,
                  "年度内确认、有凭证、经核实的金额，记办理单位，未填办理单位的记登记单位。", figure="evaluated_losses"),
    )
)  # fmt: skip

UNITS = {"E-1": "个", "E-2": "件", "E-3": "人、个", "E-4": "项", "E-5": "元"}
PARTS: dict[str, tuple[Part, ...]] = {
    "E-1": (
        Part("found", "发现", "个", "evaluated_found", scored=False),
        Part("solved", "解决", "个", "evaluated_solved"),
        Part("expected", "应解决", "个", "evaluated_expected", scored=False),
    ),
    "E-2": (
        Part("cases", "立案", "件", "evaluated_cases"),
        Part("clues", "移送线索", "件", "evaluated_clues", scored=False),
    ),
    "E-3": (
        Part("persons", "领导干部", "人", "evaluated_persons"),
        Part("party_organs", "党组织", "个", "evaluated_party_organs"),
    ),
    "E-4": (Part("institutions", "制度", "项", "evaluated_institutions"),),
    "E-5": (Part("losses", "金额", "元", "evaluated_losses"),),
}
