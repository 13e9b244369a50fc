"""Default interest (§§ 247, 288 BGB): what a principal that changes over time has borne by a day.

A principal of P cents bears P x rate / days in the year each day. All of that is whole numbers over one
denominator (365 x 366 x 10,000), so the sum of the days' factors is kept as a running total from the first
known day: any period costs one subtraction, and nothing is rounded before the end. There is no floor for a
base rate below zero; interest bears no interest (§ 289 BGB), since only principal is ever passed in.
"""

from array import array
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import pairwise

import msgspec

from storage.law.base_rates import BaseRates, base_rates, missing
from storage.law.derivations import InterestDerivation, InterestSegment
from storage.law.exact import half_up, percent, shown
from storage.money import Money

_DAY = timedelta(days=1)
_UNITS_A_CENT = 365 * 366 * 10_000


class DayCount(StrEnum):
    """How many days a year has; no statute says it, courts accept both."""

    ACT_ACT = "act/act"  # as the calendar has it: 2024 has 366
    ACT_365 = "act/365"  # always 365


class InterestTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim bears: points above the base rate (5, 8 or 9), and how days are counted."""

    points: int
    day_count: DayCount = DayCount.ACT_ACT
    include_value_date: bool = True

    def last_day(self, value_date: date) -> date:
        """The last day for which money received on a value date still bears interest."""
        return value_date if self.include_value_date else value_date - _DAY

    def bearing_from(self, value_date: date) -> date:
        """The first day on which what is left after a receipt bears interest."""
        return self.last_day(value_date) + _DAY


class Step(msgspec.Struct, frozen=True, array_like=True):
    """From `since` on, that day included, `cents` of principal bear interest, until the next step."""

    since: date
    cents: int


class DefaultInterest:
    """Interest under one set of terms. Steps are in the order of their days; principals are never negative.

    Every question ends "up to and including" a day. One before the first step answers zero; one that needs a
    rate which is not known raises StatutoryDataMissingError, as does a step before the first known rate.
    """

    def __init__(self, rates: BaseRates, terms: InterestTerms) -> None:
        self.rates = rates
        self.terms = terms
        self._first = rates.first_day.toordinal()
        self._sums = _running_sums(rates, terms)

    def cents(self, steps: Sequence[Step], through: date) -> int:
        """Whole cents borne up to and including a day, rounded half up once."""
        return (2 * self._units(steps, through) + _UNITS_A_CENT) // (2 * _UNITS_A_CENT)

    def exact(self, steps: Sequence[Step], through: date) -> Fraction:
        """The same unrounded, in cents."""
        return Fraction(self._units(steps, through), _UNITS_A_CENT)

    def derive(self, steps: Sequence[Step], through: date) -> InterestDerivation:
        """The same with the way there: one segment for each principal, rate and calendar year."""
        total = self.exact(steps, through)
        parts = [self._segment(*span) for span in self._spans(steps, through)]
        assert sum((exact for _, exact in parts), Fraction()) == total, "the segments are the sum"
        return InterestDerivation(
            segments=tuple(segment for segment, _ in parts),
            exact=shown(total),
            fraction=f"{total.numerator}/{total.denominator}",
            rounded=Money(half_up(total)),
            points=self.terms.points,
            day_count=self.terms.day_count.value,
            value_date_included=self.terms.include_value_date,
            source=self.rates.source,
        )

    def _units(self, steps: Sequence[Step], through: date) -> int:
        """Cents times day factors, over the days of each step."""
        units = 0
        end = through.toordinal() + 1
        for number, step in enumerate(steps):
            start = step.since.toordinal()
            following = steps[number + 1].since.toordinal() if number + 1 < len(steps) else end
            assert start <= following or following == end, "steps are in the order of their days"
            assert step.cents >= 0, "a principal is never below zero"
            if start >= end:
                break
            stop = min(following, end)
            if step.cents and stop > start:
                units += step.cents * self._factor(start, stop)
        return units

    def _factor(self, start: int, stop: int) -> int:
        """The sum of the factors of the days from start to before stop, as proleptic ordinals."""
        first, last = start - self._first, stop - self._first
        if first < 0 or last >= len(self._sums):
            raise missing(
                date.fromordinal(start if first < 0 else max(start, self.rates.last_day.toordinal() + 1))
            )
        return self._sums[last] - self._sums[first]

    def _spans(self, steps: Sequence[Step], through: date) -> list[tuple[date, date, int]]:
        """First day, last day and principal of each segment."""
        spans = []
        ends = [step.since - _DAY for step in steps[1:]] + [through]
        for step, end in zip(steps, ends, strict=True):
            last = min(end, through)
            if step.cents and step.since <= last:
                spans += [(first, until, step.cents) for first, until in _split(step.since, last)]
        return spans

    def _segment(self, first: date, last: date, cents: int) -> tuple[InterestSegment, Fraction]:
        base = self.rates.on(first).hundredths
        rate = base + 100 * self.terms.points
        days = (last - first).days + 1
        year = _days_in_year(first.year) if self.terms.day_count is DayCount.ACT_ACT else 365
        exact = Fraction(cents * days * rate, 10_000 * year)
        segment = InterestSegment(
            first=first,
            last=last,
            days=days,
            days_in_year=year,
            base_rate=percent(base),
            rate=percent(rate),
            principal=Money(cents),
            exact=shown(exact),
            fraction=f"{exact.numerator}/{exact.denominator}",
        )
        return segment, exact


@cache
def default_interest(terms: InterestTerms) -> DefaultInterest:
    """Interest by the table that comes with this version."""
    return DefaultInterest(base_rates(), terms)


def _running_sums(rates: BaseRates, terms: InterestTerms) -> "array[int]":
    """Entry n is the sum of the factors of the first n known days."""
    sums = array("q", [0])
    total = 0
    for half in rates.halves:
        in_year = _days_in_year(half.since.year) if terms.day_count is DayCount.ACT_ACT else 365
        factor = (half.hundredths + 100 * terms.points) * (366 if in_year == 365 else 365)
        for _ in range((half.until - half.since).days + 1):
            total += factor
            sums.append(total)
    return sums


def _split(first: date, last: date) -> list[tuple[date, date]]:
    """A period cut at each 1 January and 1 July, where the rate or the days of the year may change."""
    cuts = [
        cut
        for year in range(first.year, last.year + 1)
        for cut in (date(year, 1, 1), date(year, 7, 1))
        if first < cut <= last
    ]
    bounds = [first, *cuts, last + _DAY]
    return [(start, stop - _DAY) for start, stop in pairwise(bounds)]


def _days_in_year(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
