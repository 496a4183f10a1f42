"""Numbers of the room that the office may set anew from a day on (A13)."""

from accounts.limits import Limit

ROUND_BRIEFING_DAYS = Limit("round_briefing_days", 10, "A10.4c", "集中性监督结束后多少天内听取汇报")
BRIEFING_CHECK_DAYS = Limit("briefing_check_days", 7, "A10.4c", "代为登记的汇报，领导可在多少天内直接更正")
ANNUAL_REPORT_DUE = Limit("annual_report_due", 1231, "A10.4b", "年度综合报告期限（月日，如1231为12月31日）", "")
ANNUAL_HEARING_DUE = Limit("annual_hearing_due", 1231, "A10.4d", "常委会年度听取汇报期限（月日）", "")
