"""Kinds of papers that can be written as Word files, by the office's template where it has one."""

from supervision.documents.kinds import NUMBERED_KINDS

KINDS: dict[str, str] = {
    **dict(NUMBERED_KINDS),
    "plan": "监督方案",
    "inspection_report": "监督检查情况报告",
    "problem_list": "问题清单",
    "copy_out": "抄报件",
    "clue_slip": "线索移送单",
    "look_back": "回头看报告",
    "work_plan": "计划书",
    "rectification": "问题整改台账",
    "dossier": "问题整改档案",
    "approval": "层报审批单",
    "points": "年度政治监督要点",
    "consultation": "专题会商纪要",
    "meeting": "工作调度会纪要",
    "monthly_list": "月度重点任务清单",
    "briefing": "听取汇报记录",
    "annual_report": "年度综合情况报告",
    "appraisal": "年度政治表现综合评价",
    "ecology_report": "年度政治生态分析报告",
    "quarterly_report": "季度报告",
    "county_quarter": "全县季度情况",
    "indicator_text": "工作数据文稿",
}
