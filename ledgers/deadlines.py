"""Numbers of the regulation that the ledgers read."""

from accounts.limits import Limit

CONSULTATION_NOTICE_DAYS = Limit("consultation_notice_days", 31, "A10.3a", "专题会商在半年结束前多少天上工作台")
