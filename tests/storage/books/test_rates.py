"""The rates of a plan, as tables: what is due when, and when too many are late."""

from datetime import date

import pytest

from storage.books.rates import listed_rates, missed, monthly, next_check, rates
from storage.errors import RefusedError

FIRST = date(2026, 1, 31)
SCHEDULES = [
    # total, rate, count, amounts
    (30_000, 5_000, None, [5_000] * 6),
    (30_001, 5_000, None, [5_000] * 6 + [1]),
    (10_000, None, 3, [3_333, 3_333, 3_334]),  # the cents that are left over go with the last rate
    (10_000, 4_000, 3, [4_000, 4_000, 2_000]),
    (10_000, 1_000, 2, [1_000, 9_000]),
    (10_000, 20_000, None, [10_000]),
]


@pytest.mark.parametrize(("total", "rate", "count", "amounts"), SCHEDULES)
def test_the_rest_goes_with_the_last_rate(total, rate, count, amounts):
    plan = rates(total, FIRST, rate=rate, count=count)
    assert [one.cents for one in plan] == amounts
    assert sum(one.cents for one in plan) == total


REFUSED = [(10_000, 5_000, 3), (10_000, 0, None), (10_000, None, 121), (3, None, 12), (10_000, 1, None)]


@pytest.mark.parametrize(("total", "rate", "count"), REFUSED)
def test_a_schedule_that_does_not_come_to_the_total_is_refused(total, rate, count):
    with pytest.raises(RefusedError):
        rates(total, FIRST, rate=rate, count=count)


def test_a_month_that_is_too_short_has_its_last_day_and_the_next_one_the_first_day_again():
    plan = monthly([1, 1, 1, 1], FIRST)
    assert [one.due_on for one in plan] == [
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    ]


def test_a_list_of_rates_must_come_to_what_is_owed():
    assert [one.cents for one in listed_rates(100, FIRST, [30, 70])] == [30, 70]
    for wrong in ([30, 71], [30, 69], [100, 0], []):
        with pytest.raises(RefusedError):
            listed_rates(100, FIRST, wrong)


MISSED = [
    # received, today, how many are late in a row (rates of 100 on 15 Jan, Feb, Mar; 7 days of grace)
    (0, date(2026, 1, 22), 0),
    (0, date(2026, 1, 23), 1),
    (0, date(2026, 2, 22), 1),
    (0, date(2026, 2, 23), 2),
    (100, date(2026, 2, 23), 1),
    (199, date(2026, 2, 23), 1),
    (200, date(2026, 2, 23), 0),
    (200, date(2026, 3, 23), 1),
    (300, date(2026, 3, 23), 1),  # interest is still open, and the last rate is the rest
    (300, date(2026, 4, 22), 1),
    (300, date(2026, 4, 23), 2),
]


@pytest.mark.parametrize(("received", "today", "late"), MISSED)
def test_what_comes_in_meets_the_oldest_rate_first(received, today, late):
    plan = monthly([100, 100, 100], date(2026, 1, 15))
    assert missed(plan, 7, received=received, is_paid_up=False, today=today) == late


def test_a_plan_that_is_paid_up_has_no_late_last_rate():
    plan = monthly([100, 100], date(2026, 1, 15))
    assert missed(plan, 7, received=200, is_paid_up=True, today=date(2027, 1, 1)) == 0


CHECKS = [
    (date(2026, 1, 1), date(2026, 1, 23)),
    (date(2026, 1, 23), date(2026, 2, 23)),
    (date(2026, 2, 23), date(2026, 3, 23)),
    (date(2026, 3, 23), date(2026, 4, 23)),
]


@pytest.mark.parametrize(("today", "on"), CHECKS)
def test_a_plan_is_looked_at_when_the_grace_of_a_rate_is_over(today, on):
    assert next_check(monthly([100, 100], date(2026, 1, 15)), 7, today) == on
