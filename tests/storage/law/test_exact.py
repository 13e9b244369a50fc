"""Rounding: once, half up, never by way of a float."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.law.exact import half_up, percent, shown


@pytest.mark.parametrize(
    ("cents", "rounded"),
    [("0", 0), ("1/2", 1), ("49/100", 0), ("3/2", 2), ("5/2", 3), ("-1/2", -1), ("-49/100", 0), ("-3/2", -2)],
)
def test_half_a_cent_goes_up_and_below_zero_mirrored(cents, rounded):
    assert half_up(Fraction(cents)) == rounded


@given(st.fractions())
def test_rounding_moves_by_half_a_cent_at_most(cents):
    assert abs(half_up(cents) - cents) <= Fraction(1, 2)
    assert half_up(-cents) == -half_up(cents)


@pytest.mark.parametrize(
    ("cents", "text"),
    [("365", "3.650000"), ("22250/61", "3.647541"), ("-1/3", "-0.003333"), ("0", "0.000000")],
)
def test_exact_cents_are_shown_as_euros(cents, text):
    assert shown(Fraction(cents)) == text


@pytest.mark.parametrize(
    ("hundredths", "text"), [(627, "6.27"), (-88, "-0.88"), (-5, "-0.05"), (1000, "10.00")]
)
def test_rates_are_shown_as_percent(hundredths, text):
    assert percent(hundredths) == text
