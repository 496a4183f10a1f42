"""The rates R-1..R-13, and those read beside an indicator (shares rectified, in time, covered)."""

from __future__ import annotations

from accounts.periods import PeriodKind
from reports.counting.disposal import WORDS
from reports.indicators.rate import Rate, declare

FORMS = tuple(f"dispositions_{form}" for form in (1, 2, 3, 4))

declare(
    Rate("R-1", "top_leader_talk_coverage", "一把手谈话覆盖率", "S0-7",
         "期间内登记过同下级“一把手”谈话的在任“一把手”人数，除以末日登记在任的“一把手”人数，均按人计。",
         ("top_leaders_talked",), ("top_leaders_registered",), split="unit__name"),
    Rate("R-2", "stationed_talk_coverage", "派驻单位谈心谈话覆盖率", "S0-8",
         "派驻机构期间内谈心谈话过的班子成员和科室负责人人数，除以末日在任的班子成员和科室负责人人数，均按人计。",
         ("stationed_persons_talked",), ("stationed_persons_registered",), split="unit__name"),
    Rate("R-3", "rectification_rate_all", "整改率", "A9.8b", "期间内发现并交办的问题中，截至末日已销号的占比。",
         ("rectification_issued_closed",), ("rectification_issued",)),
    Rate("R-3", "rectification_rate_due", "到期整改率", "A9.8b", "期间内发现并交办的问题中，已销号的占已到期或者已销号的比例。",
         ("rectification_issued_closed",), ("rectification_matured",)),
    Rate("R-4", "rectification_overdue_count", "逾期未销号问题数", "A9.8c", "截至末日超过整改时限仍未销号的问题。",
         ("rectification_overdue",), unit="个"),
    Rate("R-4", "overdue_days", "逾期累计天数", "A9.8c", "截至末日逾期未销号问题的逾期自然日之和。",
         ("rectification_overdue_days",), unit="天"),
    Rate("R-5", "dispatch_meeting_held", "季度工作调度会召开率", "S0-4", "期间涉及的季度中，登记召开过季度工作调度会的季度占比。",
         ("dispatch_meetings",), each=PeriodKind.QUARTER),
    Rate("R-6", "monthly_list_issued", "月度清单印发率", "S0-5", "期间涉及的月份中，印发了当月重点任务清单的月份占比。",
         ("monthly_lists_issued",), each=PeriodKind.MONTH),
    Rate("R-6", "monthly_task_done_rate", "月度任务完成率", "S0-5", "期间各月印发清单上的任务中，截至末日已完成的占比，结转任务只计一次。",
         ("monthly_tasks_done",), ("monthly_tasks",)),
    Rate("R-7", "look_back_count", "“回头看”次数", "A9.8e", "期间内完成的“回头看”，按开展日期计。", ("look_backs",), unit="次"),
    Rate("R-7", "rebound_share", "反弹问题占比", "A9.8e", "期间内“回头看”核查的问题中，发现反弹的占比。",
         ("rebounds",), ("look_back_results",)),
    Rate("R-8", "liaison_meeting_held", "联络员例会召开率", "S3-12", "期间涉及的季度中，登记召开过联络员例会的季度占比。",
         ("liaison_meetings",), each=PeriodKind.QUARTER),
    Rate("R-8", "pre_holiday_notices", "节前提醒次数", "S3-13", "期间内登记的节前廉政提醒，按提醒日期计。",
         ("pre_holiday_notice_count",), unit="次"),
    Rate("R-9", "disposition_by_form", "“四种形态”处置人数", "A3.4", "期间内作出处置决定的人数，同一人只计一次。", ("dispositions",), unit="人"),
    *(
        Rate("R-9", f"disposition_share_{number}", f"{word}占比", "A3.4", f"期间内运用{word}的人数，除以四种形态各自人数之和。",
             (FORMS[number - 1],), FORMS)
        for number, word in enumerate(WORDS, start=1)
    ),
    Rate("R-10", "case_analysis_rate", "“一案一剖析”率", "S1-7", "期间内办结的案件中，截至末日登记了剖析的占比。",
         ("cases_analysed",), ("cases_concluded",)),
    Rate("R-11", "opinion_adopted_rate", "意见采纳率", "S3-6", "期间内会议意见和前置把关意见中，被采纳的占已答复的比例。",
         ("meeting_opinions_adopted", "topic_opinions_adopted"), ("meeting_opinions_answered", "topic_opinions_answered")),
    Rate("R-11", "meeting_opinion_adopted_rate", "会议意见采纳率", "S3-6", "期间内会议意见中，被采纳的占已答复的比例。",
         ("meeting_opinions_adopted",), ("meeting_opinions_answered",)),
    Rate("R-11", "topic_opinion_adopted_rate", "前置把关意见采纳率", "S3-8", "期间内前置把关意见中，被采纳的占已答复的比例。",
         ("topic_opinions_adopted",), ("topic_opinions_answered",)),
    Rate("R-12", "appraisal_completion", "综合评价完成率", "A11", "年度综合评价已批准的单位数，除以末日在册的被监督单位数。",
         ("units_appraised",), ("supervised_units",)),
    Rate("R-13", "recommendation_reply_rate", "纪检监察建议回复率", "A9.7e", "期间内印发的纪检监察建议书中，截至末日已回复的占比。",
         ("recommendations_replied",), ("recommendations_issued",)),
    Rate("R-13", "on_time_reply_rate", "纪检监察建议按期回复率", "A9.7e",
         "期间内印发且写明回复期限的纪检监察建议书中，按期回复的占已回复或者已到期的比例。",
         ("recommendations_replied_in_time",), ("recommendations_judged",)),
    Rate("I0-7", "top_leader_talk_rectified_share", "一把手谈话指出问题整改率", "S0-7", "指出的问题中，立行立改或者截至末日已销号的占比。",
         ("top_leader_talk_problem_rectified",), ("top_leader_talk_problem_count",)),
    Rate("I0-9", "stationed_talk_rectified_share", "派驻谈话指出问题整改率", "S0-8", "指出的问题中，立行立改或者截至末日已销号的占比。",
         ("stationed_talk_problem_rectified",), ("stationed_talk_problem_count",)),
    Rate("I3-26", "officials_per_staff", "人均监督对象数", "S3-19", "末日在任监察对象人数，除以组内在岗人数。",
         ("official_count",), ("organ_staff_count",), unit="人", times=1),
    Rate("I4-2", "report_in_time_rate", "十日内提交率", "A9.7a", "期间内批准的报告中，按期提交的占已提交或者已到期的比例。",
         ("reports_submitted_in_time",), ("reports_to_submit",)),
    Rate("I4-3", "consultation_coverage", "专题会商覆盖率", "A10.3a", "期间涉及的各半年中，截至末日已会商的单位占应会商单位的比例。",
         ("consultation_units_covered",), ("consultation_units_owed",)),
    Rate("I4-4", "quarterly_report_in_time_rate", "季度报告按时率", "A10.4a", "期间内到期的季度报告职责中，按时完成的占比；免除的不计。",
         ("quarterly_duties_in_time",), ("quarterly_duties_due",)),
)  # fmt: skip
