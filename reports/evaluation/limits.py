"""Numbers of the room that the office may set anew from a day on (A13, AMB-13)."""

from accounts.limits import Limit

EVALUATION_DUE = Limit("evaluation_due", 131, "A10.5a", "质效评估完成日（次年月日，如131为次年1月31日）", "")
