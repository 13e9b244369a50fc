"""Exact amounts on their way to a whole cent: rounded once, half up, never by way of a float."""

from fractions import Fraction

_SHOWN_DECIMALS = 6


def half_up(cents: Fraction) -> int:
    """Whole cents; half a cent goes up (§ 2(2) RVG), below zero mirrored, so that a reversal fits."""
    rounded = (2 * abs(cents.numerator) + cents.denominator) // (2 * cents.denominator)
    return -rounded if cents < 0 else rounded


def shown(cents: Fraction) -> str:
    """Exact cents as euros with six decimals, for a reader: `"3.650685"`; figures are never taken from it."""
    scale = 10**_SHOWN_DECIMALS
    whole, part = divmod(half_up(abs(cents) * scale / 100), scale)
    return f"{'-' if cents < 0 else ''}{whole}.{part:0{_SHOWN_DECIMALS}d}"


def percent(hundredths: int) -> str:
    """Hundredths of a percent as a percentage: `627` is `"6.27"`."""
    whole, part = divmod(abs(hundredths), 100)
    return f"{'-' if hundredths < 0 else ''}{whole}.{part:02d}"
