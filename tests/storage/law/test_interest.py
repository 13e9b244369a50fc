"""Default interest: worked figures, splits, missing rates, and what must hold for any figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import RefusedError, StatutoryDataMissingError
from storage.law.base_rates import BaseRates, base_rates, points
from storage.law.exact import percent
from storage.law.interest import DayCount, DefaultInterest, InterestTerms, Step, default_interest
from storage.money import Money

CONSUMER = InterestTerms(points=5)
CONSUMER_365 = InterestTerms(points=5, day_count=DayCount.ACT_365)
BUSINESS = InterestTerms(points=9)
FIRST, LAST = date(2002, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize(
    ("cents", "terms", "first", "last", "interest"),
    [
        (100_000, CONSUMER, "2023-12-15", "2024-01-15", 731),
        (100_000, CONSUMER_365, "2023-12-15", "2024-01-15", 732),
        (100_000, CONSUMER, "2024-01-01", "2024-12-31", 8_494),
        (100_000, CONSUMER_365, "2024-01-01", "2024-12-31", 8_518),
        (100_000, BUSINESS, "2022-12-01", "2023-01-31", 1_592),
        (500_000, BUSINESS, "2025-06-01", "2025-07-31", 8_993),
        (1_000_000, BUSINESS, "2026-06-15", "2026-07-15", 8_825),
        (25_000, CONSUMER, "2026-01-16", "2026-04-10", 365),
        (21_427, CONSUMER, "2026-04-11", "2026-07-20", 375),
    ],
)
def test_worked_figures(cents, terms, first, last, interest):
    steps = [Step(date.fromisoformat(first), cents)]
    assert default_interest(terms).cents(steps, date.fromisoformat(last)) == interest


def test_a_part_payment_lowers_what_bears_interest_from_the_next_day_on():
    interest = default_interest(CONSUMER)
    paid = date(2026, 4, 10)
    steps = [Step(date(2026, 1, 16), 25_000), Step(CONSUMER.bearing_from(paid), 21_427)]
    assert interest.cents(steps, CONSUMER.last_day(paid)) == 365
    derived = interest.derive(steps, date(2026, 7, 20))
    assert [(one.days, one.principal.cents) for one in derived.segments] == [
        (85, 25_000),
        (81, 21_427),
        (20, 21_427),
    ]
    assert derived.rounded == Money(interest.cents(steps, date(2026, 7, 20)))


def test_without_the_value_date_the_day_of_receipt_bears_nothing():
    terms = InterestTerms(points=5, include_value_date=False)
    paid = date(2026, 4, 10)
    assert terms.last_day(paid) == date(2026, 4, 9)
    assert terms.bearing_from(paid) == paid
    steps = [Step(date(2026, 1, 16), 25_000)]
    exact = default_interest(terms).exact(steps, terms.last_day(paid))
    assert exact == Fraction(25_000 * 84 * 627, 365 * 10_000)


def test_before_the_first_day_nothing_has_accrued():
    steps = [Step(date(2026, 1, 16), 25_000)]
    assert default_interest(CONSUMER).cents(steps, date(2026, 1, 15)) == 0
    assert default_interest(CONSUMER).derive(steps, date(2026, 1, 15)).segments == ()
    assert default_interest(CONSUMER).cents([], date(2026, 1, 15)) == 0


def test_a_negative_base_rate_has_no_floor():
    derived = default_interest(CONSUMER).derive([Step(date(2017, 3, 1), 100_000)], date(2017, 3, 31))
    assert [(one.base_rate, one.rate) for one in derived.segments] == [("-0.88", "4.12")]


def test_segments_break_at_half_years_and_year_ends():
    derived = default_interest(CONSUMER).derive([Step(date(2023, 12, 31), 100_000)], date(2024, 7, 1))
    assert [(one.first, one.last, one.days, one.days_in_year, one.rate) for one in derived.segments] == [
        (date(2023, 12, 31), date(2023, 12, 31), 1, 365, "8.12"),
        (date(2024, 1, 1), date(2024, 6, 30), 182, 366, "8.62"),
        (date(2024, 7, 1), date(2024, 7, 1), 1, 366, "8.37"),
    ]
    assert derived.segments[0].fraction == "1624/73"
    assert derived.segments[0].exact == "0.222466"
    assert (derived.points, derived.day_count, derived.value_date_included) == (5, "act/act", True)


def test_a_missing_half_year_is_named_and_never_guessed():
    steps = [Step(date(2026, 12, 1), 100_000)]
    assert default_interest(CONSUMER).cents(steps, LAST) > 0
    with pytest.raises(
        StatutoryDataMissingError, match=r"half-year from 2027-01-01.*base_rates\.toml"
    ) as raised:
        default_interest(CONSUMER).cents(steps, date(2027, 1, 1))
    assert isinstance(raised.value, RefusedError)
    assert raised.value.day == date(2027, 1, 1)
    with pytest.raises(StatutoryDataMissingError, match="half-year from 2001-07-01"):
        default_interest(CONSUMER).cents([Step(date(2001, 12, 31), 1)], LAST)
    with pytest.raises(StatutoryDataMissingError, match="2027-01-01"):
        default_interest(CONSUMER).derive(steps, date(2027, 3, 1))


def test_days_without_principal_need_no_rate():
    steps = [Step(date(2026, 12, 1), 100_000), Step(date(2026, 12, 21), 0)]
    assert default_interest(CONSUMER).cents(steps, date(2030, 1, 1)) == default_interest(CONSUMER).cents(
        steps, date(2026, 12, 20)
    )


TABLE = """
source = "made up"
points = [{ since = 2002-01-01, consumer = 5, business = 9, source = "made up" }]
[rates]
2026-07-01 = "1.52"
2027-01-01 = "-0.10"
"""


def test_a_table_of_its_own_serves_a_later_clock():
    rates = BaseRates.parse(TABLE)
    assert rates.on(date(2027, 6, 30)).hundredths == -10
    interest = DefaultInterest(rates, CONSUMER)
    assert interest.exact([Step(date(2027, 1, 1), 73_000)], date(2027, 1, 1)) == Fraction(
        73_000 * 490, 3_650_000
    )


def test_a_table_with_a_gap_is_refused():
    with pytest.raises(StatutoryDataMissingError, match="half-year from 2026-07-01"):
        BaseRates.parse(TABLE.replace("2026-07-01", "2026-01-01"))


def test_the_shipped_table_reaches_from_2002_to_2026_without_a_gap():
    rates = base_rates()
    assert (rates.first_day, rates.last_day, len(rates.halves)) == (FIRST, LAST, 50)


# Year, from 1 January, from 1 July; percent.
RATES = """
2002  2.57  2.47   2007  2.70  3.19   2012  0.12  0.12   2017 -0.88 -0.88   2022 -0.88 -0.88
2003  1.97  1.22   2008  3.32  3.19   2013 -0.13 -0.38   2018 -0.88 -0.88   2023  1.62  3.12
2004  1.14  1.13   2009  1.62  0.12   2014 -0.63 -0.73   2019 -0.88 -0.88   2024  3.62  3.37
2005  1.21  1.17   2010  0.12  0.12   2015 -0.83 -0.83   2020 -0.88 -0.88   2025  2.27  1.27
2006  1.37  1.95   2011  0.12  0.37   2016 -0.83 -0.88   2021 -0.88 -0.88   2026  1.27  1.52
"""
CELLS = RATES.split()


@pytest.mark.parametrize(
    ("year", "january", "july"), [*zip(CELLS[::3], CELLS[1::3], CELLS[2::3], strict=True)]
)
def test_base_rates(year, january, july):
    for month, day, rate in [(1, 1, january), (6, 30, january), (7, 1, july), (12, 31, july)]:
        assert percent(base_rates().on(date(int(year), month, day)).hundredths) == rate


@pytest.mark.parametrize(
    ("consumer", "payment_claim", "contracted_on", "expected"),
    [
        (True, True, "2026-01-01", 5),
        (False, True, "2026-01-01", 9),
        (False, True, "2014-07-29", 9),
        (False, True, "2014-07-28", 8),
        (False, False, "2026-01-01", 5),
        (True, True, "2010-01-01", 5),
    ],
)
def test_points_above_the_base_rate(consumer, payment_claim, contracted_on, expected):
    day = date.fromisoformat(contracted_on)
    assert points(consumer=consumer, payment_claim=payment_claim, contracted_on=day) == expected


def test_points_of_a_contract_before_2002_are_not_known():
    with pytest.raises(StatutoryDataMissingError, match="points above the base rate"):
        points(consumer=True, payment_claim=True, contracted_on=date(2001, 12, 31))


days = st.dates(FIRST, LAST)
terms_of_any_kind = st.sampled_from([CONSUMER, CONSUMER_365, BUSINESS, InterestTerms(points=8)])
amounts = st.integers(0, 10**9)


@given(days, days, days, amounts, terms_of_any_kind)
def test_a_period_is_the_sum_of_its_parts(one, two, three, cents, terms):
    first, middle, last = sorted((one, two, three))
    interest = default_interest(terms)
    whole = interest.exact([Step(first, cents)], last)
    before = interest.exact([Step(first, cents)], middle - timedelta(days=1))
    after = interest.exact([Step(middle, cents)], last)
    assert before + after == whole
    assert interest.exact([Step(first, cents), Step(middle, cents)], last) == whole


@given(days, days, amounts, amounts, terms_of_any_kind)
def test_more_principal_never_bears_less(one, two, some, more, terms):
    first, last = sorted((one, two))
    low, high = sorted((some, more))
    interest = default_interest(terms)
    assert interest.cents([Step(first, low)], last) <= interest.cents([Step(first, high)], last)
    assert interest.exact([Step(first, low)], last) + interest.exact(
        [Step(first, high)], last
    ) == interest.exact([Step(first, low + high)], last)


@given(st.integers(2002, 2026), st.sampled_from([5, 8, 9]))
def test_half_years_of_a_full_year_add_up_to_their_rates(year, above):
    interest = default_interest(InterestTerms(points=above))
    first, last = date(year, 1, 1), date(year, 12, 31)
    rates = [base_rates().on(date(year, month, 1)).hundredths + 100 * above for month in (1, 7)]
    derived = interest.exact([Step(first, 1_000_000)], last)
    assert min(rates) * 100 <= derived <= max(rates) * 100
    if rates[0] == rates[1]:
        assert derived == rates[0] * 100


@given(st.lists(st.tuples(days, amounts), min_size=1, max_size=6), days, terms_of_any_kind)
def test_the_derivation_is_the_same_figure(changes, through, terms):
    steps = [Step(day, cents) for day, cents in sorted(changes)]
    interest = default_interest(terms)
    derived = interest.derive(steps, through)
    assert derived.rounded.cents == interest.cents(steps, through)
    parts = sum((Fraction(one.fraction) for one in derived.segments), Fraction())
    assert parts == Fraction(derived.fraction) == interest.exact(steps, through)


@given(
    st.lists(st.tuples(days, amounts), min_size=1, max_size=4), st.lists(days, min_size=1), terms_of_any_kind
)
def test_booking_the_difference_time_and_again_loses_no_cent(changes, bookings, terms):
    steps = [Step(day, cents) for day, cents in sorted(changes)]
    interest = default_interest(terms)
    booked = 0
    for day in sorted(bookings):
        booked += interest.cents(steps, day) - booked
    assert booked == interest.cents(steps, max(bookings))
