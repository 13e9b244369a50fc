"""Days on which banks move money, and when a month's payout is due."""

from datetime import date

import pytest

from storage.books.banking_days import banking_day_until, easter, is_banking_day
from storage.books.months import due_on, first_day, last_day, month_before, month_of
from storage.errors import RefusedError


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1961, "04-02"),
        (2000, "04-23"),
        (2008, "03-23"),
        (2019, "04-21"),
        (2024, "03-31"),
        (2026, "04-05"),
        (2027, "03-28"),
        (2038, "04-25"),  # the latest there is
        (2049, "04-18"),
        (2076, "04-19"),
        (2285, "03-22"),  # the earliest there is
    ],
)
def test_easter_is_where_the_church_puts_it(year, sunday):
    assert easter(year).isoformat() == f"{year}-{sunday}"


def test_target_is_closed_on_six_days_and_at_weekends():
    closed = [
        date(2026, month, day).isoformat()
        for month in range(1, 13)
        for day in range(1, last_day(f"2026-{month:02d}").day + 1)
        if date(2026, month, day).weekday() < 5 and not is_banking_day(date(2026, month, day))
    ]
    assert closed == ["2026-01-01", "2026-04-03", "2026-04-06", "2026-05-01", "2026-12-25"]
    assert not is_banking_day(date(2026, 4, 25))
    assert is_banking_day(date(2026, 10, 3 + 2))
    assert is_banking_day(date(2026, 5, 14))  # Ascension Day is a holiday, but banks move money


@pytest.mark.parametrize(
    ("month", "due"),
    [
        ("2026-03", "2026-04-15"),
        ("2026-01", "2026-02-13"),  # the 15th is a Sunday
        ("2026-07", "2026-08-14"),  # a Saturday
        ("2021-12", "2022-01-14"),
        ("2026-12", "2027-01-15"),
        ("2022-03", "2022-04-14"),  # the 15th is Good Friday
    ],
)
def test_a_payout_is_due_by_the_15th_or_the_banking_day_before(month, due):
    assert due_on(month, 15).isoformat() == due


def test_before_easter_monday_comes_maundy_thursday():
    assert banking_day_until(date(2026, 4, 6)) == date(2026, 4, 2)


def test_months_know_their_ends():
    assert (first_day("2028-02"), last_day("2028-02")) == (date(2028, 2, 1), date(2028, 2, 29))
    assert last_day("2026-12") == date(2026, 12, 31)
    assert (month_before("2026-01"), month_of(date(2026, 3, 31))) == ("2025-12", "2026-03")


@pytest.mark.parametrize("written", ["2026-13", "2026-00", "26-01", "2026-1", "2026-01-01", "märz", ""])
def test_what_is_no_month_is_refused(written):
    with pytest.raises(RefusedError, match="is no month"):
        last_day(written)
