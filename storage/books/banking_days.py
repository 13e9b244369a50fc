"""On which days banks move money: Monday to Friday without the closing days of TARGET.

The closing days are fixed by the European Central Bank (long-term calendar, in force since 2002): New
Year's Day, Good Friday, Easter Monday, 1 May, Christmas Day and 26 December.
"""

from datetime import date, timedelta

_FIXED = frozenset(((1, 1), (5, 1), (12, 25), (12, 26)))
_SATURDAY = 5


def is_banking_day(day: date) -> bool:
    """Whether money moves on a day."""
    if day.weekday() >= _SATURDAY or (day.month, day.day) in _FIXED:
        return False
    return (day - easter(day.year)).days not in {-2, 1}


def banking_day_until(day: date) -> date:
    """The day itself, else the last banking day before it."""
    while not is_banking_day(day):
        day -= timedelta(days=1)
    return day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Gauss's rule as completed by Lichtenberg."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    golden = year % 19
    seed = (19 * golden + moon) % 30
    correction = (seed + golden // 11) // 29
    border = 21 + seed - correction
    first_sunday = 7 - (year + year // 4 + sun) % 7
    distance = 7 - (border - first_sunday) % 7
    return date(year, 3, 1) + timedelta(days=border + distance - 1)
