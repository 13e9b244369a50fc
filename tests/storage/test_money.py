"""Money is whole cents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.money import Money, english, german


@pytest.mark.parametrize(
    ("written", "cents"),
    [("0.00", 0), ("0.07", 7), ("1234.56", 123456), ("-12.50", -1250), ("1000000.00", 100_000_000)],
)
def test_the_contract_form_goes_both_ways(written, cents):
    assert Money.of(written) == Money(cents)
    assert str(Money(cents)) == written


@pytest.mark.parametrize(
    "written", ["", "1", "1.5", "1,50", "1.234,56", "1.500", " 1.00", "+1.00", "1.00€", "١.٠٠"]
)
def test_any_other_form_is_refused(written):
    with pytest.raises(ValueError, match="two decimals"):
        Money.of(written)


@pytest.mark.parametrize("cents", [1.0, "100", None, True])
def test_money_is_made_of_whole_cents_only(cents):
    with pytest.raises(AssertionError):
        Money(cents)


def test_two_currencies_are_never_added():
    with pytest.raises(AssertionError):
        Money(100) + Money(100, "CHF")


@given(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12))
def test_adding_and_taking_away_lose_no_cent(one, other):
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert Money.of(str(Money(one))) == Money(one)
    assert -Money(one) + Money(one) == Money(0)


@pytest.mark.parametrize(
    ("cents", "in_german", "in_english"),
    [
        (0, "0,00", "0.00"),
        (5, "0,05", "0.05"),
        (-5, "-0,05", "-0.05"),
        (123456, "1.234,56", "1,234.56"),
        (-123456789, "-1.234.567,89", "-1,234,567.89"),
    ],
)
def test_people_read_cents_in_their_own_way(cents, in_german, in_english):
    assert german(cents) == in_german
    assert english(cents) == in_english
