"""What the values of a sheet do not show."""

from dataclasses import dataclass, field


@dataclass
class Hidden:
    """What the values of a sheet do not show: places (row, column from 0) of formulas and of formula faults."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    faults: set[tuple[int, int]] = field(default_factory=set)
    last_row: int = 0
    last_column: int = 0
