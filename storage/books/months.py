"""Months as payouts and invoices count them: `2026-03`, its last day, and when its payout is due."""

import re
from datetime import date, timedelta

from storage.books.banking_days import banking_day_until
from storage.errors import RefusedError

_WRITTEN = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day:%Y-%m}"


def month_before(month: str) -> str:
    """The month before."""
    return month_of(first_day(month) - timedelta(days=1))


def first_day(month: str) -> date:
    """The first day of a month. Raises RefusedError when it is none."""
    found = _WRITTEN.fullmatch(month)
    if found is None:
        raise RefusedError(f"{month!r} is no month; write it as 2026-03")
    return date(int(found[1]), int(found[2]), 1)


def last_day(month: str) -> date:
    """The last day of a month. Raises RefusedError when it is none."""
    return (first_day(month) + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def due_on(month: str, payout_day: int) -> date:
    """When what was held at the end of a month is paid out: a day of the next, or the banking day before."""
    return banking_day_until((last_day(month) + timedelta(days=1)).replace(day=payout_day))
