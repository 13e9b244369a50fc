"""The rates of a plan of installments, as values: when they are due, whether they were met. Pure.

What came in since the agreement meets the rates in their order, whatever it was meant for. The last rate
is the rest with all interest that has come up until then: it is met when nothing is open any more, and
as long as something is, it counts as missed again each month.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Self

import msgspec

from storage.errors import RefusedError
from storage.law.periods import months_later
from storage.money import Money

RATES_MAX = 120
_MONTHS_AFTER_MAX = 1_200


class Rate(msgspec.Struct, frozen=True, kw_only=True):
    """One rate: the day it is due and its cents."""

    due_on: date
    cents: int

    @classmethod
    def of(cls, due_on: str, cents: int) -> Self:
        """A rate as the store keeps it."""
        return cls(due_on=date.fromisoformat(due_on), cents=cents)


def rates(total: int, first_due_on: date, *, rate: int | None, count: int | None) -> list[Rate]:
    """Equal monthly rates of a total in cents; what is left over goes with the last one.

    rate alone: as many as are needed, the last one is smaller or alike. count alone: the total in equal
    parts. Both: the last one is what is left, and must not be nothing. Raises RefusedError.
    """
    if rate is not None and rate <= 0:
        raise RefusedError(f"a rate of {Money(rate)} EUR pays nothing")
    if count is None:
        assert rate is not None, "a plan says its rate or how many there are"
        count = max(-(-total // rate), 1)
    if not 1 <= count <= RATES_MAX:
        raise RefusedError(f"a plan has 1 to {RATES_MAX} rates, not {count}")
    each = total // count if rate is None else rate
    last = total - each * (count - 1)
    if last <= 0 or each <= 0:
        raise RefusedError(
            f"{count} rates of {Money(each)} EUR are more than the {Money(total)} EUR that are owed"
        )
    return monthly([each] * (count - 1) + [last], first_due_on)


def listed_rates(total: int, first_due_on: date, amounts: Sequence[int]) -> list[Rate]:
    """Monthly rates of given amounts, which must come to the total. Raises RefusedError."""
    if not 1 <= len(amounts) <= RATES_MAX or min(amounts) <= 0:
        raise RefusedError(f"a plan has 1 to {RATES_MAX} rates, each above zero")
    if sum(amounts) != total:
        raise RefusedError(
            f"the rates come to {Money(sum(amounts))} EUR, but {Money(total)} EUR are owed at the agreement"
        )
    return monthly(amounts, first_due_on)


def monthly(amounts: Sequence[int], first_due_on: date) -> list[Rate]:
    """On the same day of each month; a month that is too short has its last day instead."""
    return [
        Rate(due_on=months_later(first_due_on, number), cents=cents) for number, cents in enumerate(amounts)
    ]


def missed(plan: Sequence[Rate], grace_days: int, *, received: int, is_paid_up: bool, today: date) -> int:
    """How many rates in a row are late beyond the grace; what came in meets the oldest first."""
    late, due = 0, 0
    grace = timedelta(days=grace_days)
    for rate in plan[:-1]:
        due += rate.cents
        late += rate.due_on + grace < today and received < due
    if not is_paid_up:
        late += _times_due(plan[-1].due_on, grace, today)
    return late


def next_check(plan: Sequence[Rate], grace_days: int, today: date) -> date:
    """The next day after today on which a rate can have become late."""
    grace = timedelta(days=grace_days + 1)
    for rate in plan:
        if rate.due_on + grace > today:
            return rate.due_on + grace
    for month in range(1, _MONTHS_AFTER_MAX):
        day = months_later(plan[-1].due_on, month) + grace
        if day > today:
            return day
    raise AssertionError("a plan that ended a century ago")


def _times_due(last_due_on: date, grace: timedelta, today: date) -> int:
    for times in range(_MONTHS_AFTER_MAX):
        if months_later(last_due_on, times) + grace >= today:
            return times
    return _MONTHS_AFTER_MAX
