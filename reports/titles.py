"""Where a long title breaks: lines of nearly equal length, words whole (词意完整, 梯形或菱形)."""

from __future__ import annotations

import re

TITLE_CHARACTERS = 19  # of 2号 in a line of 156 mm, one left as air
WIDE_CHARACTERS = 32  # in a line of 257 mm
REACH = 4  # characters that a break may move from the even share to keep a word whole
WORDS = (
    "政治", "监督", "检查", "整改", "工作", "情况", "问题", "落实", "责任", "管理", "建设", "专项", "项目", "清单", "台账", "报告", "通知",
    "建议", "纪律", "纪检", "监察", "纪委", "监委", "委员会", "年度", "重点", "实施", "方案", "印发", "关于", "开展", "进一步", "加强", "加快",
    "推进", "资金", "农业", "农村", "农田", "教育", "卫生", "健康", "医保", "基金", "高标准", "标准", "乡村", "振兴", "耕地", "保护", "生态",
    "环境", "营商", "采购", "招标", "投标", "营养", "学校", "医院", "补贴", "发放", "使用", "突出", "治理", "整治", "重大", "决策", "部署",
    "贯彻", "管护", "发现", "执行", "研判", "会商", "纪要", "督办", "反馈", "巡察", "领导", "干部", "作风", "党风", "廉政", "廉洁", "风险", "防控", "制度",
    "机制", "意见", "办法", "规定", "总结", "计划", "要点", "季度", "半年", "全县", "县委", "单位", "群众", "安全", "生产", "规范", "移送",
    "粮食", "购销", "储备", "惠民", "惠农", "水利", "住房", "民生", "救助", "养老", "供水", "中央", "省委", "市委", "常委", "企业",
    "党组", "党委", "党工委", "中心", "服务", "调度", "联络员", "例会", "联席", "会议", "任务", "第一", "第二", "第三", "第四",
)  # fmt: skip
COUNTED = re.compile(
    "[0-9][年月日号次轮期届批项个起家份]|[年月第][0-9]|第[一二三四五六七八九十]|[一二三四五六七八九十][次轮期届批号]"
)
NEVER_FIRST = "、，。；：！？）》”’·的和与及等了"
NEVER_LAST = "（《“‘"


def title_lines(title: str, *, wide: bool = False) -> list[str]:
    """The lines of a title as the office wrote them, else shared out evenly over as few lines as hold it."""
    room = WIDE_CHARACTERS if wide else TITLE_CHARACTERS
    if "\n" in title or len(title) <= room:
        return title.split("\n")
    return _share(title, -(-len(title) // room), room)


def _share(title: str, lines: int, room: int) -> list[str]:
    if lines == 1:
        return [title]
    even = round(len(title) / lines)
    places = range(max(1, even - REACH), min(len(title), even + REACH + 1, room + 1))
    at = min(places, key=lambda place: _price(title, place, even))
    return [title[:at], *_share(title[at:], max(lines - 1, -(-(len(title) - at) // room)), room)]


def _price(title: str, at: int, even: int) -> float:
    """What a break costs: its distance from the even share, much for a torn word, more for a mark at the wrong end."""
    torn = any(word in title[max(0, at - len(word) + 1) : at + len(word) - 1] for word in WORDS)
    digits = title[at - 1].isascii() and title[at].isascii() or bool(COUNTED.search(title[at - 1 : at + 1]))
    wrong = title[at] in NEVER_FIRST or title[at - 1] in NEVER_LAST
    return abs(at - even) + 10 * torn + 10 * digits + 20 * wrong - 0.1 * (at > even)
