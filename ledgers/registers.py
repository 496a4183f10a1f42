"""The registers of the office, declared: about ten lines each, everything else stands once in `ledgers.books`."""

from ledgers import models as m
from ledgers.books.campaigns import bears, own_topic
from ledgers.books.filling import opinion_takes_term, own_work, report_takes_hours, talk_takes_unit
from ledgers.books.register import Register, Rows, declare
from ledgers.deadlines import FILE_STALE_DAYS, PROFILE_STALE_DAYS
from ledgers.reported_figures import NAMES, UNIT_WORDS, advice, is_no_less_than_nothing, is_reported_once
from ledgers.rules import (
    advance_report_is_early,
    case_follows_clue,
    filed_before_now,
    kept_fresh,
    named_among_attendees,
    one_leader_one_department,
    open_until,
    report_standing,
    waits,
)
from supervision.states import Source

SUPERVISION, PERSONS, CASES, UNITS, OFFICE = "日常监督", "涉及人员", "案件和以案促改", "被监督单位", "专项和综合"

TALKS = Register(
    "talks", m.TalkRecord, "谈话记录", PERSONS, "A8", "S0-7", "次", "talk_date",
    fields=("kind", "talk_date", "official", "talker", "talker_level", "one_to_one", "summary"),
    columns=("talk_date", "kind", "official", "unit", "talker", "talker_level", "one_to_one", "organ"),
    quick=("talk_date", "kind", "official", "talker", "talker_level", "one_to_one"),
    filters=("kind", "talker_level"), search=("official__full_name", "unit__name", "talker"),
    leads_to=Source.TALK, fills=talk_takes_unit, keep=("talker",),
    note="同下级“一把手”谈话、谈心谈话、廉政谈话和提醒谈话。谈话要点只限本单位和有权领导查看。",
)  # fmt: skip
MEETINGS = Register(
    "meetings", m.MeetingAttendance, "参加会议", SUPERVISION, "A8", "S3-6", "次", "meeting_date",
    fields=("meeting_date", "unit", "kind", "agenda", "attended_by", "first_topic_ok", "last_statement_ok",
            "before_text", "during_text", "after_text"),
    columns=("meeting_date", "unit", "kind", "agenda", "rows", "attended_by", "organ"),
    quick=("meeting_date", "unit", "kind", "agenda", "attended_by"),
    filters=("kind",), search=("agenda", "unit__name"), rows=Rows(m.MeetingOpinion, ("topic", "matter", "text", "adopted"), "意见建议"),
    leads_to=Source.MEETING, told="agenda", keep=("attended_by",),
    note="参加、列席党委（党组）会等会议，对“三重一大”议题和廉政风险提出的意见。",
)  # fmt: skip
TOPIC_REVIEWS = Register(
    "topic-reviews", m.TopicReview, "议题前置把关", SUPERVISION, "A8", "S3-8", "个", "received_on",
    fields=("body", "unit", "topic", "received_on", "replied_on"),
    columns=("received_on", "body", "topic", "unit", "rows", "replied_on", "organ"),
    quick=("received_on", "body", "unit", "topic"), filters=("body",), search=("topic", "unit__name"),
    rows=Rows(m.TopicOpinion, ("text", "adopted"), "意见"), stands=open_until("待回复", "replied_on"),
    note="拟上县委常委会、县政府常务会、招商联席会的议题。",
)  # fmt: skip
VISITS = Register(
    "visits", m.UnannouncedVisit, "明察暗访", SUPERVISION, "A8", "S3-15", "次", "visit_date",
    fields=("visit_date", "theme", "units", "participants", "four_no_two_direct", "findings"),
    columns=("visit_date", "theme", "units", "participants", "four_no_two_direct", "findings", "organ"),
    quick=("visit_date", "theme", "participants", "four_no_two_direct", "units"),
    filters=("four_no_two_direct",), search=("theme", "findings"), leads_to=Source.VISIT, told="findings",
)  # fmt: skip
ALERTS = Register(
    "alerts", m.DataAlert, "数据预警", SUPERVISION, "A8", "S3-14", "起", "received_on",
    fields=("kind", "system", "received_on", "unit", "fact", "checked_on", "handled", "result"),
    columns=("received_on", "kind", "system", "unit", "fact", "checked_on", "handled", "organ"),
    quick=("received_on", "kind", "system", "unit", "fact"), filters=("kind", "handled"), search=("fact", "result", "unit__name"),
    leads_to=Source.DATA_ALERT, told="fact", stands=open_until("待核查", "checked_on"), note="预警由工作人员录入，本系统不连接其他系统。",
)  # fmt: skip
OPINIONS = Register(
    "integrity-opinions", m.IntegrityOpinion, "党风廉政意见", PERSONS, "A10.5", "S1-17", "人次", "received_on",
    fields=("requester", "purpose", "official", "received_on", "reply_due_on", "replied_on", "conclusion", "text", "approver"),
    columns=("received_on", "requester", "purpose", "official", "reply_due_on", "replied_on", "conclusion", "organ"),
    quick=("received_on", "requester", "purpose", "official"), filters=("purpose", "conclusion"),
    search=("requester", "official__full_name"), stands=waits("待回复", "reply_due_on", "replied_on"), fills=opinion_takes_term, keep=("requester",),
    note="结论由人确定，逐级审批后填写。",
)  # fmt: skip
FILES = Register(
    "integrity-files", m.IntegrityFile, "廉政档案目录", PERSONS, "A4", "S0-11", "份", "checked_on",
    fields=("official", "file_no", "checked_on"), columns=("file_no", "official", "checked_on", "rows", "organ"),
    quick=("checked_on", "official", "file_no"), search=("file_no", "official__full_name"), stands=kept_fresh, limit=FILE_STALE_DAYS,
    rows=Rows(m.IntegrityFileEntry, ("kind", "entered_on", "reference"), "档案条目"), note="只登记目录，材料留在档案柜中。",
)  # fmt: skip
CASES_FILED = Register(
    "cases", m.CaseRecord, "案件登记", CASES, "A10.5", "S1-6", "件", "filed_on",
    fields=("code", "filed_on", "unit", "discipline", "handled_by", "clue", "concluded_on", "persons_transferred",
            "transferred_on", "dual_check", "triple_check"),
    columns=("code", "filed_on", "unit", "discipline", "handled_by", "concluded_on", "persons_transferred", "dual_check"),
    quick=("filed_on", "code", "unit", "discipline", "handled_by"), filters=("discipline", "dual_check", "triple_check"),
    search=("code", "unit__name"), fills=own_work, rules=(case_follows_clue,),
    note="只登记编号、日期和数量，不登记案情和姓名。由移送线索立案的填来源线索，移送单位和查办单位都计入。",
)  # fmt: skip
ANALYSES = Register(
    "case-analyses", m.CaseAnalysis, "一案一剖析", CASES, "A10.3", "S1-7", "件", "analysed_on",
    fields=("case", "analysed_on", "system_gaps", "key_powers", "weak_points", "risk_points", "follow_up"),
    columns=("analysed_on", "case", "system_gaps", "follow_up", "organ"), search=("case__code", "system_gaps"),
)  # fmt: skip
CASE_DRIVEN = Register(
    "case-driven", m.CaseDrivenRectification, "以案促改", CASES, "A10.3", "S3-17", "次", "noticed_on",
    fields=("unit", "case", "noticed_on", "due_on", "held_on", "says", "changes", "activities", "problems", "institutions", "closed_on"),
    columns=("noticed_on", "unit", "case", "due_on", "held_on", "closed_on", "organ"),
    quick=("noticed_on", "unit", "case", "due_on"), search=("unit__name", "activities"), stands=waits("进行中", "due_on", "closed_on"),
)  # fmt: skip
WARNINGS = Register(
    "warnings", m.WarningEducation, "警示教育", CASES, "A10.3", "S1-5", "次", "held_on",
    fields=("held_on", "case_text", "units", "attendees", "officials", "middle_cadres"),
    columns=("held_on", "case_text", "units", "attendees", "middle_cadres", "organ"),
    quick=("held_on", "case_text", "attendees", "middle_cadres", "units"), search=("case_text",), among=(named_among_attendees,),
)  # fmt: skip
INSTITUTIONS = Register(
    "institutions", m.InstitutionBuilt, "完善制度", CASES, "A10.5", "S1-8", "项", "issued_on",
    fields=("unit", "title", "doc_no", "issued_on", "source", "problem", "case", "promoted_by"),
    columns=("issued_on", "title", "doc_no", "unit", "source", "promoted_by", "organ"),
    quick=("issued_on", "unit", "title", "doc_no", "source"), filters=("source",), search=("title", "doc_no", "unit__name"),
    fills=own_work, note="制度文本作为附件上传，数据截止日前核实的，计入质效评估。",
)  # fmt: skip
LOSSES = Register(
    "losses", m.LossRecovered, "挽回经济损失", CASES, "A10.5", "S3-16", "笔", "confirmed_on",
    fields=("unit", "amount", "confirmed_on", "receipt", "note", "problem", "case", "handled_by"),
    columns=("confirmed_on", "unit", "amount", "receipt", "handled_by", "organ"),
    quick=("confirmed_on", "unit", "amount", "receipt"), search=("receipt", "note", "unit__name"), fills=own_work,
    note="票据或凭证作为附件上传，数据截止日前核实的，计入质效评估。",
)  # fmt: skip
PROFILES = Register(
    "profiles", m.UnitProfile, "单位基本情况", UNITS, "A4", "S2-5", "份", "checked_on",
    fields=("unit", "functions", "staffing", "processes", "menu", "keeper", "checked_on"),
    columns=("unit", "functions", "keeper", "checked_on", "organ"), search=("unit__name", "functions", "keeper"), stands=kept_fresh, limit=PROFILE_STALE_DAYS,
    note="一单位一份，专人负责，动态管理。",
)  # fmt: skip
RISKS = Register(
    "risks", m.RiskPoint, "廉政风险点", UNITS, "A4", "S2-6", "个", "recorded_on",
    fields=("unit", "link", "risk", "level", "measure", "owner", "recorded_on"),
    columns=("unit", "link", "risk", "level", "measure", "owner", "recorded_on"),
    quick=("recorded_on", "unit", "link", "risk", "level", "measure", "owner"), filters=("level",), search=("link", "risk", "unit__name"),
    note="风险等级由单位自行评定。",
)  # fmt: skip
SUBMISSIONS = Register(
    "submissions", m.UnitSubmission, "单位报送材料", UNITS, "A4", "S3-4", "份", "due_on",
    fields=("unit", "kind", "title", "official", "due_on", "received_on"),
    columns=("due_on", "unit", "kind", "title", "official", "received_on", "organ"),
    quick=("due_on", "unit", "kind", "title"), filters=("kind",), search=("title", "unit__name"), future=True,
    stands=waits("待报送", "due_on", "received_on"),
)  # fmt: skip
DUTY_LISTS = Register(
    "duty-lists", m.ResponsibilityList, "“两个责任”清单", UNITS, "A4", "S1-1", "份", "listed_on",
    fields=("unit", "kind", "year", "listed_on", "items", "state"),
    columns=("year", "unit", "kind", "state", "listed_on", "organ"), filters=("kind", "state"), search=("unit__name", "items"),
)  # fmt: skip
UPDATES = Register(
    "official-updates", m.RegisterUpdate, "监察对象信息更新", UNITS, "A4", "S3-10", "次", "updated_on",
    fields=("unit", "updated_on", "added", "changed", "left"), columns=("updated_on", "unit", "added", "changed", "left", "organ"),
    quick=("updated_on", "unit", "added", "changed", "left"), search=("unit__name",),
)  # fmt: skip
STUDIES = Register(
    "studies", m.StudyRecord, "学习培训", OFFICE, "A9.1", "S3-18", "次", "held_on",
    fields=("kind", "held_on", "theme", "attendees"), columns=("held_on", "kind", "theme", "attendees", "organ"),
    quick=("held_on", "kind", "theme", "attendees"), filters=("kind",), search=("theme",), note="不登记个人考试成绩。",
)  # fmt: skip
PRIOR_REPORTS = Register(
    "prior-reports", m.PriorReport, "“四项报备”", OFFICE, "A10.2", "S1-10", "件", "filed_at",
    fields=("kind", "subject", "event_at", "filed_at", "note"), columns=("filed_at", "kind", "subject", "event_at", "organ"),
    quick=("kind", "subject", "event_at", "filed_at"), filters=("kind",), search=("subject",), stands=report_standing, needs=("hours_allowed",), fills=report_takes_hours,
    rules=(advance_report_is_early, filed_before_now),
)  # fmt: skip
REMINDERS = Register(
    "reminders", m.ReminderNotice, "节前廉政提醒", OFFICE, "A8", "S3-13", "次", "sent_on",
    fields=("festival", "sent_on", "units", "text"), columns=("sent_on", "festival", "units", "text", "organ"),
    quick=("sent_on", "festival", "text", "units"), search=("festival", "text"),
)  # fmt: skip
CAMPAIGNS = Register(
    "campaigns", m.SpecialCampaign, "专项整治", OFFICE, "A5.3", "S0-16", "个", "starts_on",
    fields=("name", "package", "leader", "department", "task_force", "starts_on", "ends_on", "announced_on", "state"),
    columns=("name", "package", "leader", "department", "task_force", "starts_on", "ends_on", "state"),
    filters=("state",), search=("name", "package", "department"), future=True, follows=own_topic, borne=bears, rules=(one_leader_one_department,),
    note="一个专项整治、一名领导分管、一个部门牵头、一个专班推进。",
)  # fmt: skip
PUBLICITY = Register(
    "publicity", m.PublicityRecord, "宣传公开", OFFICE, "A9.8d", "S0-19", "次", "published_on",
    fields=("title", "medium", "published_on", "copies", "campaign"), columns=("published_on", "title", "medium", "copies", "campaign", "organ"),
    quick=("published_on", "title", "medium", "copies"), filters=("medium", "campaign"), search=("title",),
)  # fmt: skip
FIGURES = Register(
    "external-figures", m.ExternalFigure, "部门报送数据", OFFICE, "A10.5", "S0-22", "条", "reported_on",
    fields=("name", "period_from", "period_to", "value", "unit_word", "source", "reported_on"),
    columns=("name", "period_from", "period_to", "value", "unit_word", "source", "reported_on"),
    quick=("reported_on", "name", "period_from", "period_to", "value", "unit_word", "source"), search=("name", "source"),
    rules=(is_no_less_than_nothing,), apart=is_reported_once, offers={"name": NAMES, "unit_word": UNIT_WORDS}, advises=advice,
    note="由有关部门报送，本系统只登记来源和汇总，不核算。",
)  # fmt: skip

DECLARATIONS = Register(
    "declaration-checks", m.DeclarationCheck, "婚丧喜庆事宜报告抽查", SUPERVISION, "A8", "S0-12", "批", "checked_on",
    fields=("batch", "checked_on", "reported", "checked", "problems_found"),
    columns=("checked_on", "batch", "reported", "checked", "problems_found", "organ"),
    quick=("checked_on", "batch", "reported", "checked", "problems_found"), search=("batch",),
    note="只登记批次和件数，不登记人员和家庭情况。",
)  # fmt: skip
CLUE_REVIEWS = Register(
    "clue-reviews", m.ClueReviewBatch, "线索逐件过筛", CASES, "A9.7g", "S0-17", "批", "reviewed_on",
    fields=("scope", "reviewed_on", "reviewed", "reactivated"), columns=("reviewed_on", "scope", "reviewed", "reactivated", "organ"),
    quick=("reviewed_on", "scope", "reviewed", "reactivated"), search=("scope",), note="只登记件数，不登记线索编号和内容。",
)  # fmt: skip

declare(
    DECLARATIONS, CLUE_REVIEWS, TALKS, OPINIONS, FILES, MEETINGS, TOPIC_REVIEWS, VISITS, ALERTS, CASES_FILED, ANALYSES, CASE_DRIVEN, WARNINGS, INSTITUTIONS,
    LOSSES, PROFILES, RISKS, SUBMISSIONS, DUTY_LISTS, UPDATES, CAMPAIGNS, PRIOR_REPORTS, REMINDERS, STUDIES, PUBLICITY, FIGURES,
)  # fmt: skip
