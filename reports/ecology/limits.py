"""Days of the year-end file that the office may set anew (A11, AMB-13)."""

from accounts.limits import Limit

APPRAISAL_DUE = Limit("appraisal_due", 1231, "A11", "年度政治表现综合评价期限（月日，如1231为12月31日）", "")
ECOLOGY_DUE = Limit("ecology_due", 131, "A11", "年度政治生态分析报告报送期限（次年月日，如131为1月31日）", "")
