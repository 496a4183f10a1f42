"""All standing checks there are: importing this module declares them."""

from reports.checks import contradiction, silence
from reports.checks.declared import CHECKS, Check, Gravity, Hit

__all__ = ["CHECKS", "Check", "Gravity", "Hit", "contradiction", "silence"]
