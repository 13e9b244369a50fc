"""Periods in a question: `im März`, `seit Januar`, `letzter Monat`, `03/26`, `Q1`, `zwischen 1.3. und 15.4.`.

The text is folded and mended already. A month or day without a year is the last one that has begun,
because questions look back; the next one where the sentence speaks of what comes.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.understanding.request import Period

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("januar january jaenner jan", "februar february feber feb", "maerz march mrz mar"),
            *("april apr", "mai may", "juni june jun", "juli july jul", "august aug"),
            *("september sept sep", "oktober october okt oct", "november nov", "dezember december dez dec"),
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            *("montag monday", "dienstag tuesday", "mittwoch wednesday", "donnerstag thursday"),
            *("freitag friday", "samstag saturday sonnabend", "sonntag sunday"),
        )
    )
    for name in names.split()
}
_ORDINALS = {
    name: number
    for number, names in enumerate(
        (
            "erste ersten erstes first 1st",
            "zweite zweiten zweites second 2nd",
            "dritte dritten drittes third 3rd",
        ),
        1,
    )
    for name in names.split()
} | {"vierte": 4, "vierten": 4, "viertes": 4, "fourth": 4, "4th": 4}
_COUNTS = {
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "sechs": 6,
    "zwoelf": 12,
    "two": 2,
    "three": 3,
    "six": 6,
    "twelve": 12,
}
_MONTH = "|".join(sorted(_MONTHS.keys() - {"may"}, key=len, reverse=True))
_MAY = r"(?<=\bin )may|(?<=for )may|(?<=since )may|(?<=of )may|(?<=only )may|(?<=until )may|may(?=\s+20\d\d)"
_YEAR = r"(?:19|20)\d\d"
_LAST = (
    r"(?:letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?|vor(?=monat|jahr|woche|quartal)|last|previous|past)"
)
_THIS = r"(?:diese[rnms]?|laufende[rnms]?|aktuelle[rnms]?|this|current)"
_NEXT = r"(?:naechste[rnms]?|kommende[rnms]?|next|coming)"
_UNIT = r"(tage?n?|days?|wochen?|weeks?|monate?n?s?|months?|quartals?|quarters?|jahre?n?s?|years?)"
_COUNT = rf"(\d{{1,3}}|{'|'.join(_COUNTS)})"


class _Found(NamedTuple):
    start: int
    end: int
    period: Period


class _Days(NamedTuple):
    """The day of the question, and whether it speaks of what comes."""

    today: date
    is_ahead: bool

    def of_month(self, month: int, year: int | None = None) -> Period:
        if year is None:
            year = self.today.year
            if month > self.today.month and not self.is_ahead:
                year -= 1
            elif month < self.today.month and self.is_ahead:
                year += self.today.month - month > 6
        return _months(year, month, 1)

    def of_day(self, day: int, month: int, year: int | None = None) -> Period | None:
        try:
            found = date(self.today.year if year is None else year, month, day)
            if year is None and found > self.today and not self.is_ahead:
                found = found.replace(year=found.year - 1)
        except ValueError:
            return None
        return Period(found, found)

    def around(self, unit: str, step: int) -> Period:
        """The week, month, quarter or year that is `step` from the one of today."""
        today = self.today
        if unit[0] == "w":
            monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
            return Period(monday, monday + timedelta(days=6))
        if unit[0] == "m":
            return _months(*_shifted(today.year, today.month, step), 1)
        if unit[0] == "q":
            return _months(*_shifted(today.year, (today.month - 1) // 3 * 3 + 1, 3 * step), 3)
        if unit[0] in "jy":
            return Period(date(today.year + step, 1, 1), date(today.year + step, 12, 31))
        day = today + timedelta(days=step)
        return Period(day, day)

    def rolling(self, count: int, unit: str) -> Period:
        """The days from so long ago to today."""
        today = self.today
        if unit[0] in "td":
            return Period(today - timedelta(days=count), today)
        if unit[0] == "w":
            return Period(today - timedelta(weeks=count), today)
        months = {"m": 1, "q": 3}.get(unit[0], 12) * count
        year, month = _shifted(today.year, today.month, -months)
        last = (_months(year, month, 1).last or today).day
        return Period(date(year, month, min(today.day, last)), today)


def _shifted(year: int, month: int, by: int) -> tuple[int, int]:
    years, month = divmod(year * 12 + month - 1 + by, 12)
    return years, month + 1


def _months(year: int, month: int, count: int) -> Period:
    after = _shifted(year, month, count)
    return Period(date(year, month, 1), date(*after, 1) - timedelta(days=1))


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if len(written) == 4 else 2000 + int(written)


def _iso(match: re.Match[str], days: _Days) -> Period | None:
    return days.of_day(int(match[3]), int(match[2]), int(match[1]))


def _numeric(match: re.Match[str], days: _Days) -> Period | None:
    return days.of_day(int(match[1]), int(match[2]), _full_year(match[3]))


def _day_of_month(match: re.Match[str], days: _Days) -> Period | None:
    return days.of_day(int(match[1]), _MONTHS[match[2]], _full_year(match[3]))


def _month_and_day(match: re.Match[str], days: _Days) -> Period | None:
    return days.of_day(int(match[2]), _MONTHS[match[1]], _full_year(match[3]))


def _month_number(match: re.Match[str], days: _Days) -> Period | None:
    month = int(match[1])
    return days.of_month(month, _full_year(match[2])) if 1 <= month <= 12 else None


def _month_name(match: re.Match[str], days: _Days) -> Period | None:
    return days.of_month(_MONTHS[match[1]], _full_year(match[2]))


def _quarter(match: re.Match[str], days: _Days) -> Period | None:
    number = int(match[1]) if match[1].isdigit() else _ORDINALS[match[1]]
    year = _full_year(match[2])
    if year is None:
        is_later = (number - 1) * 3 + 1 > days.today.month and not days.is_ahead
        year = days.today.year - is_later
    return _months(year, number * 3 - 2, 3)


def _half(match: re.Match[str], days: _Days) -> Period | None:
    number = int(match[1]) if match[1].isdigit() else _ORDINALS.get(match[1], 0)
    if number not in (1, 2):
        return None
    year = _full_year(match[2]) or days.today.year - (
        number == 2 and days.today.month < 7 and not days.is_ahead
    )
    return _months(year, number * 6 - 5, 6)


def _week(match: re.Match[str], days: _Days) -> Period | None:
    try:
        monday = date.fromisocalendar(_full_year(match[2]) or days.today.year, int(match[1]), 1)
    except ValueError:
        return None
    if match[2] is None and monday > days.today and not days.is_ahead:
        monday = date.fromisocalendar(days.today.year - 1, int(match[1]), 1)
    return Period(monday, monday + timedelta(days=6))


def _whole_year(match: re.Match[str], _days: _Days) -> Period | None:
    return Period(date(int(match[1]), 1, 1), date(int(match[1]), 12, 31))


def _rolling(match: re.Match[str], days: _Days) -> Period | None:
    return days.rolling(_COUNTS.get(match[1]) or int(match[1]), match[2])


def _ago(match: re.Match[str], days: _Days) -> Period | None:
    first = days.rolling(_COUNTS.get(match[1]) or int(match[1]), match[2]).first
    return Period(first, first)


def _named_day(match: re.Match[str], days: _Days) -> Period | None:
    steps = {"heute": 0, "today": 0, "gestern": -1, "yesterday": -1, "vorgestern": -2, "tomorrow": 1}
    return days.around("day", steps[match[1]])


def _weekday(match: re.Match[str], days: _Days) -> Period | None:
    back = (days.today.weekday() - _WEEKDAYS[match[1]]) % 7 or 7
    return days.around("day", -back)


def _stepped(step: int) -> Callable[[re.Match[str], _Days], Period | None]:
    return lambda match, days: days.around(match[1], step)


_AFTER = r"(?![\w€]|[.,]\d|\s?(?:€|eur\b|%))"
# The first that fits takes its place in the text.
_KINDS = tuple(
    (re.compile(rf"(?<![\w.,/-])(?:{pattern}){after}"), period_of)
    for pattern, after, period_of in (
        (r"(\d{4})-(\d\d)-(\d\d)", _AFTER, _iso),
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d(?!\d|[.,]\d))?", r"(?![\w€]|\s?(?:€|eur\b))", _numeric),
        (r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)", _AFTER, _numeric),
        (
            rf"(\d{{1,2}})\.?(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTH}|may)\.?(?:\s+({_YEAR}))?",
            _AFTER,
            _day_of_month,
        ),
        (rf"({_MONTH})\s+([012]?\d|3[01])(?:st|nd|rd|th)?(?:,?\s+({_YEAR}))?", _AFTER, _month_and_day),
        (r"(0?[1-9]|1[0-2])/((?:19|20)\d\d|\d\d)", _AFTER, _month_number),
        (r"(0[1-9]|1[0-2])\.((?:19|20)\d\d)", _AFTER, _month_number),
        (rf"({_MONTH}|{_MAY})\.?(?:\s+({_YEAR})|\s?'(\d\d))?", r"(?!\w)", _month_name),
        (rf"q([1-4])(?:[ /-]?({_YEAR}|\d\d))?", _AFTER, _quarter),
        (rf"([1-4])\.\s?quartals?(?:\s+({_YEAR}))?", _AFTER, _quarter),
        (rf"({'|'.join(_ORDINALS)})\s+(?:quartals?|quarter)(?:\s+(?:of\s+)?({_YEAR}))?", _AFTER, _quarter),
        (rf"h([12])(?:[ /-]?({_YEAR}))?", _AFTER, _half),
        (rf"([12])\.\s?halbjahrs?(?:\s+({_YEAR}))?", _AFTER, _half),
        (rf"({'|'.join(_ORDINALS)})\s+(?:halbjahrs?|half)(?:\s+(?:of\s+)?({_YEAR}))?", _AFTER, _half),
        (rf"(?:kw|cw|kalenderwoche)\s?(\d{{1,2}})(?:[ /]({_YEAR}))?", _AFTER, _week),
        (rf"(?:(?:in\s+)?(?:den|the)\s+)?{_LAST}\s+{_COUNT}\s+{_UNIT}", _AFTER, _rolling),
        (rf"(?:vor)\s+{_COUNT}\s+{_UNIT}", _AFTER, _ago),
        (rf"{_COUNT}\s+{_UNIT}\s+ago", _AFTER, _ago),
        (rf"{_LAST}\s?{_UNIT}", _AFTER, _stepped(-1)),
        (rf"{_THIS}\s+{_UNIT}", _AFTER, _stepped(0)),
        (rf"{_NEXT}\s+{_UNIT}", _AFTER, _stepped(1)),
        (rf"(?:jahr|year|in|aus|fuer|for|seit|since|von|from|of|bis|until)\s+({_YEAR})", _AFTER, _whole_year),
        (rf"({_YEAR})", _AFTER, _whole_year),
        (r"(heute|today|gestern|yesterday|vorgestern|tomorrow)", r"(?!\w)", _named_day),
        (rf"(?:am|seit|on|since|last|letzten)\s+({'|'.join(_WEEKDAYS)})", r"(?!\w)", _weekday),
    )
)
_SINCE_SPAN = re.compile(rf"(?<!\w)(?:seit|since|for the last|in den letzten)\s+{_COUNT}\s+{_UNIT}(?!\w)")
_JOINED = re.compile(
    r"\s*(?:,|-|–|bis|bis zum|bis einschliesslich|to|until|till|und|and|bis ende)\s*(?:dem\s+|the\s+)?"
)
_SINCE = re.compile(
    r"(?<!\w)(?:seit|ab|since|from|after|nach|starting)(?:\s+(?:dem|der|the|anfang|beginn|ende))?\s*$"
)
_UNTIL = re.compile(
    r"(?<!\w)(?:bis|until|till|zum|per|up to|as of|as at|stand|bis zum|bis ende|ende|end of)"
    r"(?:\s+(?:dem|the|ende|zum))?\s*$"
)
_BEFORE = re.compile(r"(?<!\w)(?:vor|before)(?:\s+(?:dem|the))?\s*$")
_LEADING = re.compile(
    r"(?<!\w)(?:im|in|am|vom|von|fuer|for|of|on|aus|zwischen|between|den|dem|der|the|monat|during|from)\s*$"
)
_YEAR_WORDS = re.compile(r"^(?:seit|since|bis|until)\s")


def take_period(text: str, today: date, *, is_ahead: bool = False) -> tuple[Period, tuple[str, ...], str]:
    """The period of a text, days in it that do not exist, and the text without either."""
    days = _Days(today, is_ahead)
    span = _SINCE_SPAN.search(text)
    if span is not None:
        first = days.rolling(_COUNTS.get(span[1]) or int(span[1]), span[2]).first
        return Period(first, None), (), f"{text[: span.start()]} {text[span.end() :]}"
    found, impossible = _all(text, days)
    if not found:
        return Period(), tuple(written for written, *_ in impossible), _without(text, impossible)
    start, end, period = _joined(text, found)
    before = text[:start]
    for pattern, change in ((_SINCE, _from), (_UNTIL, _to), (_BEFORE, _up_to), (_LEADING, None)):
        match = pattern.search(before)
        if match is not None:
            before = before[: match.start()]
            # A range has both ends already: `from 1.3. to 15.4.`.
            if change is not None and (len(found) == 1 or change is _to):
                period = change(period)
            break
    return period, tuple(written for written, *_ in impossible), f"{before} {text[end:]}"


def _from(period: Period) -> Period:
    return Period(period.first, None)


def _to(period: Period) -> Period:
    return Period(None, period.last)


def _up_to(period: Period) -> Period:
    return Period(None, None if period.first is None else period.first - timedelta(days=1))


def _joined(text: str, found: list[_Found]) -> _Found:
    """The first period, with the one after it where both stand for the ends of a longer one."""
    first = found[0]
    for other in found[1:]:
        between = text[first.end : other.start]
        lows = [one for one in (first.period.first, other.period.first) if one is not None]
        highs = [one for one in (first.period.last, other.period.last) if one is not None]
        if not _JOINED.fullmatch(between) or min(lows) != first.period.first:
            break
        first = _Found(first.start, other.end, Period(min(lows), max(highs)))
    return first


def _all(text: str, days: _Days) -> tuple[list[_Found], list[tuple[str, int, int]]]:
    """Every period of a text in order, and what looks like a day but is none."""
    found: list[_Found] = []
    impossible: list[tuple[str, int, int]] = []
    left = text
    for pattern, period_of in _KINDS:
        for match in pattern.finditer(left):
            start, end = match.span()
            word = _YEAR_WORDS.match(match.group())
            start += word.end() if word else 0
            period = period_of(match, days)
            if period is None:
                impossible.append((match.group().strip(), start, end))
            else:
                found.append(_Found(start, end, period))
            left = left[:start] + "\ue00f" * (end - start) + left[end:]
    return sorted(found), impossible


def _without(text: str, impossible: list[tuple[str, int, int]]) -> str:
    for _, start, end in sorted(impossible, key=lambda one: one[1], reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def period_words() -> Iterator[str]:
    """Names of months and days, which are never a debtor's."""
    yield from _MONTHS
    yield from _WEEKDAYS
