"""The numbers that the second report names (I1-1..9), in its order."""

from __future__ import annotations

from reports.indicators.figures import cases, integrity, persons, problems
from reports.indicators.indicator import Indicator, declare

COUNTED_BY = (cases, integrity, persons, problems)

declare((
    Indicator("I1-1", "立案件数", "件", "S1-6", "立案查处违纪违法案件**件",
              "立案日期在统计期内的案件登记，依据案管通报的数据，按登记单位归属。", figure="case_filed_count"),
    Indicator("I1-2", "移送审查起诉人数", "人", "S1-6", "移送检察机关审查起诉**人",
              "移送日期在统计期内的案件登记中移送审查起诉人数之和，依据案管通报的数据。", figure="persons_transferred_to_prosecution"),
    Indicator("I1-3", "督促完善制度数", "项", "S1-8", "出台完善制度*项",
              "印发日期在统计期内、对应案件或者带有专题的完善制度记录。", figure="institutions_built_after_cases"),
    Indicator("I1-4", "环保督察追责人数", "人", "S1-13", "重视不够、整改不力等问题，追责问责**人",
              "决定日期在统计期内、专题为环保督察、对象为领导干部的问责，按对象去重。", figure="accountable_persons_env_inspection"),
    Indicator("I1-5", "配合上级查处追责人数", "人", "S1-13", "违规用地问题，追责问责*人",
              "决定日期在统计期内、专题为违规用地、标明配合上级查处、对象为领导干部的问责，按对象去重。",
              figure="accountable_persons_joint_case"),
    Indicator("I1-6", "一案三查处分人数", "名", "S1-13", "对**名有关责任人给予了党纪政务处分",
              "处置日期在统计期内、专题为扫黑除恶、标明“一案三查”、措施属于党纪处分或者政务处分的人员，同一人只计一次。",
              figure="sanctioned_persons_triple_check"),
    Indicator("I1-7", "形官典型问题通报数", "件", "S1-14", "查处并通报了*件形式主义、官僚主义典型问题",
              "印发日期在统计期内的典型问题通报所列、性质为形式主义、官僚主义的问题，同一问题只计一次，按发现单位归属。",
              figure="formalism_bulletin_count"),
    Indicator("I1-8", "党风廉政意见回复人次", "人次", "S1-17", "共回复党风廉政意见***余人次",
              "回复日期在统计期内的党风廉政意见，一人多次分别计数。", figure="integrity_opinion_person_times"),
    Indicator("I1-9", "不适宜建议数", "条", "S1-17", "提出不适宜建议**条",
              "回复日期在统计期内、结论为提出不适宜建议的党风廉政意见。", figure="unsuitable_opinion_count"),
))  # fmt: skip
