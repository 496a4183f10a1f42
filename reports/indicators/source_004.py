"""The numbers of the regulation itself, as indicators of how it is kept (I4-1..7)."""

from __future__ import annotations

from reports.indicators.figures import mechanisms, work
from reports.indicators.indicator import Indicator, declare

COUNTED_BY = (mechanisms, work)

declare((
    Indicator("I4-1", "派驻机构驻点项目数", "个", "A6.1b", "确定1至3个具体监督项目",
              "统计期涉及的各年度中列入清单的驻点式监督项目，按牵头单位归属。", figure="stationed_item_count"),
    Indicator("I4-2", "报告审批至提交天数", "天", "A9.7a", "报告审批后10日内",
              "批准日期在统计期内且截至末日已提交常委会的监督检查情况报告，从批准日到提交日的自然日平均数，批准当日不计。",
              figure="days_approval_to_submission", beside=("report_in_time_rate",)),
    Indicator("I4-3", "专题会商次数", "次", "A10.3a", "至少每半年会同被监督单位党委（党组）开展1次专题会商",
              "会商日期在统计期内、已登记的专题会商，一次会商多个单位计一次，被更正和作废的不计。",
              figure="consultations", beside=("consultation_coverage",)),
    Indicator("I4-4", "按时报送季度报告数", "份", "A10.4a", "每季度第三个月25日前书面报告",
              "报送期限在统计期内、首次报送不晚于期限的季度报告，后来退回修改的不影响。",
              figure="quarterly_report_on_time", beside=("quarterly_report_in_time_rate",)),
    Indicator("I4-5", "年度综合报告次数", "次", "A10.4b", "报告1次全县政治监督综合情况",
              "统计期涉及的各年度中经常委会听取、现行有效的年度综合报告。", figure="annual_report_count"),
    Indicator("I4-6", "领导听取汇报次数", "次", "A10.4c", "每季度或每轮集中性政治监督结束后要听取",
              "听取日期在统计期内的听取汇报记录，按主汇报单位归属。", figure="briefings", split="leader__full_name"),
    Indicator("I4-7", "常委会听取次数", "次", "A10.4d", "每年听取1次全县政治监督工作综合汇报",
              "统计期涉及的各年度中常委会听取年度综合汇报的记录，次年听取的归所汇报的年度。", figure="sc_hearing_count"),
))  # fmt: skip
