"""Days as people write them in ledgers."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from .texts import clean, halfwidth, is_nothing

_EPOCH = date(1899, 12, 30)  # day 0 of the spreadsheet's own count, its false 29 February 1900 included
_SERIALS = range(20_000, 80_000)
_YEAR = r"(?P<y>\d{4}|\d{2})(?:年|[-./、])"
_DAY = r"(?P<m>\d{1,2})(?:月|[-./、])(?P<d>\d{1,2})(?:日|号)?"
_CLOCK = r"(?:T?(?:上午|下午|早上|晚上)?(?:\d{1,2}[:时点](?:\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?秒?)?分?)?)?)?"
_BEFORE_CLOCK = re.compile(r"(?<=\d)\s+(?=\d{1,2}\s*[:：时点])")
_WEEKDAY = r"(?:\(?(?:星期|周)[一二三四五六日天]\)?)?"
_TAIL = rf"{_WEEKDAY}{_CLOCK}{_WEEKDAY}(?:上午|下午)?[.。,;；]?"
_FULL = re.compile(rf"(?:公元|于)?{_YEAR}{_DAY}{_TAIL}")
_SHORT = re.compile(rf"{_DAY}{_TAIL}")
_COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
_COMPACT6 = re.compile(r"(?P<y>\d{2})(?P<m>\d{2})(?P<d>\d{2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_NO_DAY = re.compile(
    r"(?:(?:\d{4}|\d{2})年?[-./]?(?:1[0-2]|0?[1-9])|(?:(?:\d{4}|\d{2})年?[-./]?)?(?:(?:1[0-2]|0?[1-9])月份?|[一二三四1-4]季度|[上下]半年|第[一二三四1-4]季度|年))"
    r"(?:底|末|初|中旬?|上旬|下旬)?(?:之?前|以前|内)?"
)
_YEAR_ONLY = re.compile(r"\d{4}年?(?:底|末|初)?(?:之?前|以前|内)?")
_UNTIL = re.compile(r"(?:之前|以前|前|止|底前|内)?(?:完成|整改到位|整改完毕|整改完成|完成整改|办结|销号)?[.。]?$")
_RANGE = re.compile(r"(?:至|到|~|～|—+|–|--)")
_IN_TEXT = re.compile(
    r"(?<![\d.])(?:(?P<y>\d{4}|\d{2})(?:年|[-./]))?(?P<m>\d{1,2})(?:月(?P<d>\d{1,2})(?:日|号)?|(?<=\d)[-./](?P<d2>\d{1,2})日?)(?![\d%.])"
)
_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_DATE = re.compile(r"[〇○零一二三四五六七八九十]+(?=[年月日号])")


class NotADay(ValueError):
    """A cell that holds no day; the message is the middle of a sentence: 没有这一天, 缺少“日”."""


class FarOff(NotADay):
    """A day more than a year away from the year that was asked for."""

    def __init__(self, day: date, year: int) -> None:
        super().__init__(f"读成{day:%Y-%m-%d}，与{year}年台账相差一年以上，年份可能写错")
        self.day, self.year = day, year


def day_of(value: object, *, year: int, until: bool = False) -> date | None:
    """The day a cell names, None when it says it holds none.

    ``year`` completes 3月5日; with ``until`` the cell is a time limit, so 6月30日前 and the end of a range count.
    Raises NotADay.
    """
    if isinstance(value, datetime):
        return sane(value.date(), year)
    if isinstance(value, date):
        return sane(value, year)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return sane(_from_number(value, year), year)
    text = clean(value)
    if is_nothing(text):
        return None
    text = _BEFORE_CLOCK.sub("T", text)  # 2026/3/5 10:30 is no 51st
    return sane(_from_text(arabic(halfwidth(text)), year, until), year)


def arabic(text: str) -> str:
    """二〇二六年三月五日 -> 2026年3月5日."""
    return _CHINESE_DATE.sub(lambda found: _number(found[0]), text)


def _number(numeral: str) -> str:
    if "十" not in numeral:
        return numeral.translate(_CHINESE_DIGITS)
    tens, _, ones = numeral.partition("十")
    return str(int((tens or "一").translate(_CHINESE_DIGITS)) * 10 + int((ones or "0").translate(_CHINESE_DIGITS)))


def sane(day: date, year: int) -> date:
    """The day, when a ledger of that year can hold it; raises NotADay when the years lie more than one apart."""
    if abs(day.year - year) > 1:
        raise FarOff(day, year)
    return day


def _from_number(number: float, year: int) -> date:
    if float(number).is_integer():
        whole = int(number)
        if whole in _SERIALS:
            return _EPOCH + timedelta(days=whole)
        return _from_text(str(whole), year, False)
    if 20_000 < number < 80_000:
        return _EPOCH + timedelta(days=int(number))
    return _from_point(repr(number), year)


def _from_point(text: str, year: int) -> date:
    """A number such as 3.5 typed for 3月5日. In 3.1 the spreadsheet has dropped a zero that may have been there."""
    month, _, day = text.partition(".")
    if not re.fullmatch(r"\d{1,2}\.\d{1,2}", text):
        raise NotADay("缺少“日”，请写明年月日" if re.fullmatch(r"\d{4}\.\d{1,2}", text) else "不是日期")
    if len(day) == 1 and _exists(year, month, day) and _exists(year, month, day + "0"):
        raise NotADay(f"是数字，分不清是{month}月{day}日还是{month}月{day}0日")
    return _day(year, month, day)


def _exists(year: int, month: str, day: str) -> bool:
    try:
        date(year, int(month), int(day))
    except ValueError:
        return False
    return True


def _from_text(text: str, year: int, until: bool) -> date:
    if until:
        text = text[([0] + [found.start() for found in re.finditer(r"20\d\d", text)])[-1] :]
        text = _UNTIL.sub("", _RANGE.split(text)[-1])
    if re.fullmatch(r"\d{5}", text) and int(text) in _SERIALS:
        return _EPOCH + timedelta(days=int(text))
    if text.startswith(str(year)) and re.fullmatch(r"\d{6}", text):
        raise NotADay("缺少“日”，请写明年月日")
    for pattern in (_FULL, _COMPACT, _COMPACT6, _SHORT):
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            if pattern is _SHORT and int(parts["m"]) > 12 and _NO_DAY.fullmatch(text):
                break
            return _day(_full_year(parts.get("y"), year), parts["m"], parts["d"])
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(*found.groups())
    if _NO_DAY.fullmatch(text) or _YEAR_ONLY.fullmatch(text):
        raise NotADay("缺少“日”，请写明年月日")
    if len(_FULL.findall(text)) > 1 or _RANGE.search(text):
        raise NotADay("写了一段时间或几个日期，只能写一个日期")
    raise NotADay("不是日期")


def _year_last(first: str, second: str, year: str) -> date:
    if int(first) <= 12 and int(second) <= 12 and first != second:
        raise NotADay(f"分不清是{first}月{second}日还是{second}月{first}日")
    month, day = (first, second) if int(first) <= 12 else (second, first)
    return _day(int(year), month, day)


def _full_year(written: str | None, year: int) -> int:
    if not written:
        return year
    return int(written) if len(written) == 4 else 2000 + int(written)


def _day(year: int, month: str, day: str) -> date:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        raise NotADay("没有这一天") from None


def days_in(text: str, *, year: int) -> Iterator[tuple[date | None, int, int]]:
    """Every day named inside a sentence (already half-width) with its place; None for a day that does not exist."""
    for found in _IN_TEXT.finditer(text):
        if not found["d"] and not found["y"]:
            continue  # 3.5 alone inside a sentence is a number, not a day
        try:
            day = _day(_full_year(found["y"], year), found["m"], found["d"] or found["d2"])
        except NotADay:
            yield None, found.start(), found.end()
        else:
            yield day, found.start(), found.end()
