"""Numbers of the ledgers and registers, each with its article; the office changes them by dated settings (A13)."""

from accounts.limits import Limit

OPINION_DAYS = Limit("integrity_opinion_days", 7, "A10.5", "党风廉政意见回复期限（自收到次日起）", "天")
IMMEDIATE_HOURS = Limit("immediate_report_hours", 24, "A10.2", "即时报备：事项发生后多少小时内", "小时")
FILE_STALE_DAYS = Limit("integrity_file_stale_days", 365, "A4", "廉政档案多少天未更新提示", "天")
PROFILE_STALE_DAYS = Limit("unit_profile_stale_days", 365, "A4", "单位基本情况多少天未更新提示", "天")
NEW_POST_DAYS = Limit("new_post_talk_days", 90, "A8", "任现职多少天内列入新任职谈话名单", "天")
LONG_TENURE_YEARS = Limit("long_tenure_years", 5, "A8", "任现职满多少年列入长期同岗谈话名单", "年")
HOLIDAY_NOTICE_DAYS = Limit("holiday_notice_days", 7, "A8", "节假日前多少天提示发送廉政提醒", "天")
CONSULTATION_NOTICE_DAYS = Limit("consultation_notice_days", 31, "A10.3a", "专题会商在半年结束前多少天上工作台")
