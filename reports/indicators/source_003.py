"""The numbers that a stationed group's report names (I3-1..27), in its order."""

from __future__ import annotations

from typing import Any

from reports.indicators.figures import cases, external, integrity, meetings, office, persons, talks, visits, work
from reports.indicators.indicator import Indicator, Origin, declare

COUNTED_BY = (cases, external, integrity, meetings, office, persons, talks, visits, work)
EXTERNAL: dict[str, Any] = {"origin": Origin.EXTERNAL}
REPORTED = (
    "部门报送数据中以此为指标名称、计量单位相符、期间全部落在统计期内的各条之和；选单个单位时，只计本单位登记的。"
)

declare((
    Indicator("I3-1", "专题研究和调研次数", "次", "S3-2", "调研物资保障和复工复产9次",
              "日期在统计期内、方式为专题研究或者调研督导、所属项目专题为疫情防控的监督检查记录，已取消轮次的不计。",
              figure="study_survey_count"),
    Indicator("I3-2", "联系服务企业次数", "次", "S3-3", "联系服务重点（非民营）企业*余次", REPORTED,
              figure="enterprise_service_count", **EXTERNAL),
    Indicator("I3-3", "企业问题收集数", "件", "S3-3", "收集问题*件", REPORTED, figure="enterprise_problem_collected", **EXTERNAL),
    Indicator("I3-4", "企业问题解决数", "件", "S3-3", "已解决企业反映的问题*件", REPORTED, figure="enterprise_problem_solved", **EXTERNAL),
    Indicator("I3-5", "处级廉政谈话人次", "人次", "S3-5", "对处级干部开展廉政谈话*人次",
              "谈话日期在统计期内、类别为廉政谈话、对象职级为处级（含正处级、副处级）的谈话，一人多次分别计数。",
              figure="integrity_talk_person_times_by_rank", split="official__rank"),
    Indicator("I3-6", "参加会议次数", "次", "S3-6", "参加综合监督单位相关会议*次",
              "会议日期在统计期内的参加、列席会议记录。", figure="meeting_attendance_count", split="kind"),
    Indicator("I3-7", "三重一大及风险意见条数", "条", "S3-6", "提出意见建议*余条",
              "会议日期在统计期内的会议记录中，事项为“三重一大”或者廉政风险的意见建议。", figure="meeting_opinion_count"),
    Indicator("I3-8", "监督单位数", "个", "S3-19", "六个综合监督单位", "统计期末日在册的被监督单位，按监督单位归属。",
              figure="supervised_unit_count"),
    Indicator("I3-9", "一岗双责材料人数", "名", "S3-7", "共*名中层干部梳理总结本年度履行“一岗双责”情况",
              "收到日期在统计期内的“一岗双责”书面材料的述职人员，同一人只计一次。", figure="dual_duty_statement_persons"),
    Indicator("I3-10", "前置把关议题数", "个", "S3-8", "招商联席会议题*个",
              "收到日期在统计期内的议题前置把关，县委常委会、县政府常务会、招商联席会都计。", figure="topic_review_count", split="body"),
    Indicator("I3-11", "前置把关意见数", "条", "S3-8", "从纪检监察工作的角度提出意见*条",
              "收到日期在统计期内的议题前置把关所提的意见。", figure="topic_review_opinion_count"),
    Indicator("I3-12", "提拔任用党廉回复人次", "人次", "S3-11", "为拟提拔任用的干部出具党廉回复*人次",
              "回复日期在统计期内、事由为提拔任用的党风廉政意见，一人多次分别计数。", figure="integrity_reply_promotion"),
    Indicator("I3-13", "廉情抄告单份数", "份", "S3-9", "开出“廉情抄告单”*份",
              "印发日期在统计期内的廉情抄告单，作废的不计。", figure="documents_integrity_notice"),
    Indicator("I3-14", "梳理监察对象人数", "名", "S3-10", "对*名*级干部情况进行了梳理",
              "信息更新日期在统计期内的监察对象，按所在单位的监督单位归属，可以按职级分列。", figure="officials_by_rank", split="rank"),
    Indicator("I3-15", "明察暗访次数", "次", "S3-15", "明察暗访*次", "日期在统计期内的明察暗访记录。", figure="unannounced_visit_count"),
    Indicator("I3-16", "低保预警处理数", "起", "S3-14", "对*起不符合领取低保救助金发放的情况进行了处理",
              "核查日期在统计期内、类别为低保救助、已处理的数据预警。", figure="alert_handled_subsistence"),
    Indicator("I3-17", "采购预警核查数", "起", "S3-14", "对*起采购公告发布异常", "核查日期在统计期内、类别为政府采购的数据预警。",
              figure="alert_checked_procurement"),
    Indicator("I3-18", "车辆预警核查数", "起", "S3-14", "*起车辆信息预警进行了核查", "核查日期在统计期内、类别为公务用车的数据预警。",
              figure="alert_checked_vehicle"),
    Indicator("I3-19", "中层廉政谈话教育人数", "名", "S3-5", "*名中层领导干部开展了廉政谈话、廉政教育",
              "统计期内接受过廉政谈话或者警示教育、岗位层级为中层干部的人员，两类合并后同一人只计一次。",
              figure="middle_cadre_talk_persons"),
    Indicator("I3-20", "以案四说四改次数", "次", "S3-17", "开展“以案四说，以案四改”*次",
              "开展日期在统计期内的以案促改记录。", figure="case_education_count"),
    Indicator("I3-21", "以案促改治理问题数", "个", "S3-17", "治理突出问题*个",
              "开展日期在统计期内的以案促改所关联的治理问题，同一问题只计一次。", figure="case_treated_problem_count"),
    Indicator("I3-22", "建立完善制度数", "项", "S3-17", "建立完善机制制度*项",
              "印发日期在统计期内、来源为以案促改的完善制度记录。", figure="institutions_built_count"),
    Indicator("I3-23", "讲座期数", "期", "S3-18", "五期“纪法贯通，法法衔接”系列讲座", "日期在统计期内、类别为系列讲座的学习培训记录。",
              figure="lecture_session_count"),
    Indicator("I3-24", "业务学习次数", "次", "S3-18", "全面系统学习工作规程、业务技能*次", "日期在统计期内的学习培训记录，各类都计。",
              figure="study_session_count", split="kind"),
    Indicator("I3-25", "监察对象人数", "名", "S3-10", "六个被监督单位共有监察对象*名",
              "统计期末日在册单位中在任的监察对象，按所在单位的监督单位归属。", figure="official_count"),
    Indicator("I3-26", "组内在岗人数", "名", "S3-19", "纪检监察组仅有的两名同志",
              "统计期末日启用的本单位账号，三员账号不计；没有当时变更记录的账号按现状计。",
              figure="organ_staff_count", beside=("officials_per_staff",)),
    Indicator("I3-27", "上级通报案例数", "起", "S3-18", "四起纪检监察干部违反工作纪律典型案例", "由上级机关通报，本机关没有产生这一数字的记录。",
              Origin.NEVER, reason="案例由上级机关通报，本机关没有产生这一数字的记录。"),
))  # fmt: skip
