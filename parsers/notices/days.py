"""The days of notices: as written, or told from today (`gestern`, `am Freitag`, `3 days ago`).

A day that could be two is none. Without a year it is the latest such day, if that is not long ago.
"""

import re
from datetime import date, timedelta

from parsers.notices.doubts import Why
from parsers.replies.missing_facts import day_of

# Farther back, a day without its year is rather a slip of the pen, or lies ahead.
DAYS_WITHOUT_YEAR_MAX = 183
YEARS_BACK_MAX = 3
_HAS_YEAR = re.compile(r"\d{4}|\d[./-]\d{1,2}[./-]\d{2}\b")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?")
_NUMBERS = {
    **dict.fromkeys(("einem", "einen", "a", "one"), 1),
    **dict.fromkeys(("zwei", "two"), 2),
    **dict.fromkeys(("drei", "three"), 3),
    **dict.fromkeys(("vier", "four"), 4),
    **dict.fromkeys(("fünf", "five"), 5),
    **dict.fromkeys(("sechs", "six"), 6),
    **dict.fromkeys(("sieben", "seven"), 7),
}
_AGO_MAX = 60
WEEKDAYS = (
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
_WEEKDAY_STARTS = ("mo", "di tu", "mi we", "do th", "fr", "sa sonna", "so su")
_REASONS = {
    "date_impossible": Why.DATE_IMPOSSIBLE,
    "date_unclear": Why.DATE_UNCLEAR,
    "date_future": Why.DATE_FUTURE,
}


def written_day(text: str, today: date) -> date | Why:
    """The day of a date as it stands there."""
    slashed = _SLASHED.fullmatch(text)
    if slashed is not None:
        return _slashed(int(slashed[1]), int(slashed[2]), slashed[3] or "", today)
    day = day_of(text, today)
    if isinstance(day, str):
        return _REASONS[day]
    return _recent(day, today, has_year=_HAS_YEAR.search(text) is not None)


def weekday_day(name: str, today: date, *, is_last: bool) -> date | Why:
    """The latest such weekday before today; `last` is of the week before, if that is not the same."""
    wanted = _number_of(name)
    back = (today.weekday() - wanted) % 7
    if back == 0 or (is_last and wanted < today.weekday()):
        return Why.DATE_UNCLEAR  # today or a week ago? of this week or of the last?
    return today - timedelta(days=back)


def is_weekday(name: str, day: date) -> bool:
    """Whether a day is the weekday that it is called."""
    return _number_of(name) == day.weekday()


def days_ago(written: str, today: date) -> date | Why:
    """The day so many days ago."""
    count = int(written) if written.isdigit() else _NUMBERS.get(written.lower(), 0)
    return today - timedelta(days=count) if 0 < count <= _AGO_MAX else Why.DATE_VAGUE


def _number_of(name: str) -> int:
    """Monday is 0."""
    folded = name.lower()
    if folded.startswith("sonna"):
        return 5
    return next(
        number for number, starts in enumerate(_WEEKDAY_STARTS) if any(map(folded.startswith, starts.split()))
    )


def _slashed(first: int, second: int, year: str, today: date) -> date | Why:
    if first != second and max(first, second) <= 12:
        return Why.DATE_UNCLEAR
    day, month = (first, second) if second <= 12 else (second, first)
    return written_day(f"{day}.{month}.{year}", today)


def _recent(day: date, today: date, *, has_year: bool) -> date | Why:
    if not has_year:
        return day if (today - day).days <= DAYS_WITHOUT_YEAR_MAX else Why.DATE_UNCLEAR
    return day if today.year - day.year <= YEARS_BACK_MAX else Why.DATE_OLD
