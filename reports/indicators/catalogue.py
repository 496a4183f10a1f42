"""All indicators and rates there are: importing this module declares them, and it is where readers fetch them.

Another room declares its own with `declare` of `indicator` in a module that the app loads at the start (A10.5: E-1..E-5).
"""

from reports.indicators import source_000, source_001, source_003, source_004
from reports.indicators.indicator import INDICATORS, Indicator, Origin
from reports.indicators.rate import RATES, Rate

__all__ = ["INDICATORS", "RATES", "Indicator", "Origin", "Rate", "source_000", "source_001", "source_003", "source_004"]
