"""The base rate of § 247 BGB and the points of § 288 BGB above it, from `base_rates.toml`."""

import re
import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Self

import msgspec

from storage.errors import StatutoryDataMissingError
from storage.law.statutes import in_force

FILE = "base_rates.toml"
_WRITTEN = re.compile(r"(-?)(\d+)\.(\d\d)", re.ASCII)


class HalfYear(msgspec.Struct, frozen=True):
    """The base rate from 1 January or 1 July on, in hundredths of a percent a year: 127 is 1.27 %."""

    since: date
    hundredths: int

    @property
    def until(self) -> date:
        """The last day of the half-year."""
        return _next_half_year(self.since) - timedelta(days=1)


class Points(msgspec.Struct, frozen=True, kw_only=True):
    """Percentage points above the base rate, for contracts made from `since` to `until`."""

    since: date
    until: date | None = None
    consumer: int
    business: int
    source: str


class BaseRates(msgspec.Struct, frozen=True, kw_only=True):
    """Half-years without a gap, oldest first."""

    halves: tuple[HalfYear, ...]
    points: tuple[Points, ...]
    source: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """A table from TOML, for a rate that is newer than the shipped file."""
        read = tomllib.loads(text)
        halves = tuple(
            sorted(
                (
                    HalfYear(date.fromisoformat(since), _hundredths(rate))
                    for since, rate in read["rates"].items()
                ),
                key=lambda half: half.since,
            )
        )
        _assert_no_gap(halves)
        points = msgspec.convert(read["points"], tuple[Points, ...])
        return cls(halves=halves, points=points, source=read["source"])

    @property
    def first_day(self) -> date:
        """The first day for which a rate is known."""
        return self.halves[0].since

    @property
    def last_day(self) -> date:
        """The last day for which a rate is known."""
        return self.halves[-1].until

    def on(self, day: date) -> HalfYear:
        """The half-year that a day is in; StatutoryDataMissingError where it is not known."""
        if not self.first_day <= day <= self.last_day:
            raise missing(day)
        return self.halves[2 * day.year + (day.month > 6) - _index(self.first_day)]


def missing(day: date) -> StatutoryDataMissingError:
    """The error for a day without a base rate: which half-year is missing, and where it belongs."""
    half = _half_year_of(day)
    return StatutoryDataMissingError(
        f"base rate (§ 247 BGB) for the half-year from {half}", day, f"storage/law/{FILE}"
    )


@cache
def base_rates() -> BaseRates:
    """The table that comes with this version."""
    return BaseRates.parse(files("storage.law").joinpath(FILE).read_text(encoding="utf-8"))


def points(*, consumer: bool, payment_claim: bool, contracted_on: date) -> int:
    """Percentage points above the base rate (§ 288(1), (2) BGB).

    `consumer`: on either side; `payment_claim`: an Entgeltforderung, money for goods or work. Damages and
    bank fees are none and bear five points. Where the day of the contract is not known, take the earliest day
    that is (invoice, due date): an older contract bears fewer points, so the debtor is never charged too much
    by taking the earlier one.
    """
    entry = in_force(base_rates().points, contracted_on, "points above the base rate (§ 288 BGB)", FILE)
    return entry.business if payment_claim and not consumer else entry.consumer


def _hundredths(written: str) -> int:
    match = _WRITTEN.fullmatch(written)
    assert match is not None, f"{written!r} is no rate with two decimals"
    sign, whole, part = match.groups()
    return int(f"{sign}{whole}{part}")


def _index(half_year: date) -> int:
    return 2 * half_year.year + (half_year.month > 6)


def _half_year_of(day: date) -> date:
    return date(day.year, 7 if day.month > 6 else 1, 1)


def _next_half_year(since: date) -> date:
    return date(since.year, 7, 1) if since.month == 1 else date(since.year + 1, 1, 1)


def _assert_no_gap(halves: tuple[HalfYear, ...]) -> None:
    assert halves, "a table of base rates has at least one half-year"
    assert (halves[0].since.month, halves[0].since.day) in {(1, 1), (7, 1)}, (
        "half-years begin on 1 Jan and 1 Jul"
    )
    for half, following in pairwise(halves):
        if following.since != _next_half_year(half.since):
            raise missing(_next_half_year(half.since))
