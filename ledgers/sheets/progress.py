"""Whether words about progress say that a problem has been struck off, and on which day."""

import re
from datetime import date

from accounts.sheets.dates import NotADay, arabic, days_in, sane
from accounts.sheets.texts import clean, halfwidth

_DONE = re.compile(
    r"销号|办结|整改到位|整改完毕|整改完成|完成整改|已整改|全部整改|已完成|落实到位|完成(?=$|[)，,。；;])|已解决|验收通过|通过验收"
)
_NOT_YET = re.compile(
    r"计划|预计|拟|力争|争取|要求|限期|限于|将于|将在|尚未|未完成|未整改|未销号|未办结|未到位|正在|部分|基本|申请销号|待|"
    r"前(?:完成|整改|销号|办结|须|要|应)|(?:之前|以前|底前)|阶段性|承诺|确保|目标"
)
_CLAUSE = re.compile(r"[。；;]")
_COMMA = re.compile(r"[,，]")
_STILL_OPEN = re.compile(
    r"^(?:否|未|尚未|暂未|没有|正在|整改中|推进中|进行中|持续|长期|待|销号中|不销号|在整改|逾期|×|x|X)"
)


def still_open(text: str) -> bool:
    """Whether a cell of the 销号 column says in words that the problem is not struck off yet."""
    return bool(_STILL_OPEN.match(halfwidth(clean(text))))


def closed_in(text: str, *, year: int, stated: bool = False) -> date | None:
    """The day on which a sentence says the problem was done with, else None.

    已整改到位，2026年2月16日销号 names one; 计划2026年6月30日前销号 does not. With ``stated`` the sentence stands in
    the 销号 column itself, so that a bare day needs no further word. Raises NotADay when the day does not exist.
    """
    sentence = arabic(halfwidth(clean(text).replace("\n", "，")))
    named = [
        ("销号" in clause, number, day)
        for number, clause in enumerate(_clauses(sentence))
        if not _NOT_YET.search(clause) and (stated or _DONE.search(clause))
        for day, _start, _end in days_in(clause, year=year)
    ]
    if not named:
        return None
    day = max(named, key=lambda one: one[:2])[2]
    if day is None:
        raise NotADay("没有这一天")
    return sane(day, year)


def _clauses(sentence: str) -> list[str]:
    """Clauses in which a day and its verb stand together; a bare day between commas goes with the words after it."""
    clauses: list[str] = []
    for part in _CLAUSE.split(sentence):
        waiting = ""
        for piece in _COMMA.split(part):
            if _only_a_day(piece):
                waiting += piece
                continue
            clauses.append(waiting + piece)
            waiting = ""
        if waiting and clauses:
            clauses[-1] += waiting
        elif waiting:
            clauses.append(waiting)
    return clauses


def _only_a_day(piece: str) -> bool:
    places = list(days_in(piece, year=2000))
    return len(places) == 1 and places[0][2] - places[0][1] >= len(piece) - 1
