"""The numbers that the prefecture's report names (I0-1..25), in its order."""

from __future__ import annotations

from typing import Any

from reports.counting import catalogue
from reports.indicators import rates
from reports.indicators.figures import cases, external, office, persons, problems, talks, work
from reports.indicators.indicator import Indicator, Origin, declare

COUNTED_BY = (catalogue, cases, external, office, persons, problems, rates, talks, work)
EXTERNAL: dict[str, Any] = {"origin": Origin.EXTERNAL}
REPORTED = (
    "部门报送数据中以此为指标名称、计量单位相符、期间全部落在统计期内的各条之和；选单个单位时，只计本单位登记的。"
)

declare((
    Indicator("I0-1", "年度任务数", "项", "S0-2", "梳理年度任务清单**项",
              "统计期涉及的各年度中常委会审批列入清单的监督项目，四种形式都计，按牵头单位归属，撤销的不计。", figure="annual_item_count"),
    Indicator("I0-2", "专项监督数", "项", "S0-2", "明确专项监督**项",
              "统计期涉及的各年度中列入清单且标明专项监督的项目，按牵头单位归属。", figure="special_item_count"),
    Indicator("I0-3", "“五难”整治问题数", "个", "S0-16", "查处并推动整改问题***个",
              "专题为“五难”、发现日期在统计期内、处置方式有立行立改、限期整改、问责、移送审查调查之一的问题。",
              figure="campaign_problem_handled_count"),
    Indicator("I0-4", "专题发现并督促整改问题数", "个", "A5.3", "发现并督促整改疫情防控有关问题****个",
              "专题为疫情防控、发现日期在统计期内、立行立改或者已交办整改的问题。", figure="topic_problem_pressed_count"),
    Indicator("I0-5", "与一把手一对一谈话人数", "名", "S0-7", "与全市**名“一把手”一对一谈话",
              "谈话日期在统计期内、类别为同下级“一把手”谈话且一对一的谈话对象，同一人只计一次。",
              figure="top_leader_one_to_one_persons", split="talker_level"),
    Indicator("I0-6", "对下级一把手谈话人数", "人", "S0-7", "完成对下级“一把手”谈话***人",
              "谈话日期在统计期内、由组长（书记、主任）以上领导进行的同下级“一把手”谈话的对象，同一人只计一次。",
              figure="subordinate_top_leader_talk_persons", split="talker_level"),
    Indicator("I0-7", "一把手谈话指出问题数", "个", "S0-7", "共发现并指出问题****个并督促及时整改到位",
              "发现日期在统计期内、来源为谈话、由同下级“一把手”谈话登记的问题。",
              figure="top_leader_talk_problem_count", beside=("top_leader_talk_rectified_share",)),
    Indicator("I0-8", "派驻机构谈心谈话人数", "人", "S0-8", "完成谈话****人",
              "谈话日期在统计期内、由派驻纪检监察组登记的各类谈话的对象，同一人只计一次。", figure="stationed_talk_persons"),
    Indicator("I0-9", "派驻谈话指出问题数", "个", "S0-8", "发现并指出问题****个，已全部督促整改到位",
              "发现日期在统计期内、来源为谈话、由派驻纪检监察组登记的问题。",
              figure="stationed_talk_problem_count", beside=("stationed_talk_rectified_share",)),
    Indicator("I0-10", "群众身边整治项目数", "个", "S0-16", "等*个整治项目",
              "公布日期在统计期内、列入整治项目清单的专项整治。", figure="livelihood_campaign_count"),
    Indicator("I0-11", "宣传海报份数", "份", "S0-19", "印制****余份海报",
              "日期在统计期内、方式为海报的宣传公开记录的份数之和。", figure="poster_copies"),
    Indicator("I0-12", "四个不摘监督查处问题数", "个", "A5.3", "查处问题****个",
              "专题为四个不摘或者乡村振兴、发现日期在统计期内、已确定处置方式的问题。", figure="topic_problem_dealt_count"),
    Indicator("I0-13", "党纪政务处分人数", "人", "S0-18", "党纪政务处分***人",
              "处置日期在统计期内、措施属于党纪处分或者政务处分的人员，同一人只计一次。", figure="sanctioned_persons"),
    Indicator("I0-14", "专项检查次数", "次", "S0-16", "开展专项检查**余次",
              "日期在统计期内、类别为专项检查的监督检查记录，已取消轮次的不计。", figure="special_checks"),
    Indicator("I0-15", "职能部门问题数", "个", "S0-20", "发现职能部门问题***个",
              "发现日期在统计期内、责任主体为职能部门的问题。", figure="functional_dept_problem_count"),
    Indicator("I0-16", "腐败和作风问题查处数", "个", "S0-20", "查处腐败和作风问题***个",
              "查结日期在统计期内、性质为腐败或者作风、查证属实的问题。", figure="corruption_conduct_count"),
    Indicator("I0-17", "追责问责人数", "人", "S0-20", "追责问责***人",
              "决定日期在统计期内、问责对象为领导干部的问责，按对象去重。", figure="accountable_persons"),
    Indicator("I0-18", "党员干部下基层次数", "次", "S0-22", "推动全州党员干部下基层近*.*万次", REPORTED,
              figure="grassroots_visit_count", **EXTERNAL),
    Indicator("I0-19", "下基层发现问题数", "个", "S0-22", "发现问题*.*万余个", REPORTED, figure="grassroots_problem_count", **EXTERNAL),
    Indicator("I0-20", "现场解决问题数", "个", "S0-22", "现场解决*.*万余个", REPORTED, figure="grassroots_solved_count", **EXTERNAL),
    Indicator("I0-21", "结对企业数", "个", "S0-22", "结对企业****余个", REPORTED, figure="paired_enterprise_count", **EXTERNAL),
    Indicator("I0-22", "协调融资额", "亿元", "S0-22", "协调解决融资*.*亿元", REPORTED, figure="financing_amount",
              scale=100_000_000, **EXTERNAL),
    Indicator("I0-23", "协调用地面积", "亩", "S0-22", "用地****余亩", REPORTED, figure="land_area", **EXTERNAL),
    Indicator("I0-24", "协调用工人数", "人", "S0-22", "用工*.*万余人", REPORTED, figure="labour_count", **EXTERNAL),
    Indicator("I0-25", "省级营商环境标杆称号", "年", "S0-22", "连续两年获此殊荣", "由省里评定，本机关没有产生这一数字的记录。",
              Origin.NEVER, reason="称号由省里评定，本机关没有产生这一数字的记录。"),
))  # fmt: skip
