"""How a figure came about: what `why` prints beside it. Every number that was used, nothing computed anew."""

from datetime import date

import msgspec

from storage.money import Money


class InterestSegment(msgspec.Struct, frozen=True, kw_only=True):
    """Days with one principal, one rate and one length of year; first and last day both count.

    base_rate and rate are percent a year ("1.27"); exact is in euros with six decimals, fraction is the same
    in cents as "numerator/denominator".
    """

    first: date
    last: date
    days: int
    days_in_year: int
    base_rate: str
    rate: str
    principal: Money
    exact: str
    fraction: str


class InterestDerivation(msgspec.Struct, frozen=True, kw_only=True):
    """Interest up to a day: the segments, their unrounded sum, and the one rounding at the end."""

    segments: tuple[InterestSegment, ...]
    exact: str
    fraction: str
    rounded: Money
    points: int
    day_count: str
    value_date_included: bool
    source: str


class FeeDerivation(msgspec.Struct, frozen=True, kw_only=True):
    """A fee of the RVG: value, base fee, rate, rounding, expenses and VAT, each with its rule.

    rate and vat_percent are decimals as text ("0.9", "19"). `verified` is False where a figure comes from a
    table that nobody has compared with the law yet (see the data file).
    """

    value: Money
    ordered_on: date
    table_since: date
    base: Money
    base_rule: str
    rate: str
    rate_rule: str
    exact: str
    minimum_applied: bool
    fee: Money
    expenses_uncapped: Money
    expenses_before: Money
    expenses: Money
    vat_percent: str
    vat: Money
    verified: bool
    source: str
