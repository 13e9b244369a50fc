"""Fees of the RVG: every row of both tables, and the rules around them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import StatutoryDataMissingError
from storage.law.fees import FeeRate, agreement_fee, base_fee, collection_fee, vat_percent
from storage.money import Money

NEW, OLD = date(2025, 6, 1), date(2025, 5, 31)
# value up to; full fee until 31 May 2025; full fee since; 0.5 and 0.9 of the new one
TABLE = [
    ("500.00", "49.00", "51.50", "25.75", "46.35"),
    ("1000.00", "88.00", "93.00", "46.50", "83.70"),
    ("1500.00", "127.00", "134.50", "67.25", "121.05"),
    ("2000.00", "166.00", "176.00", "88.00", "158.40"),
    ("3000.00", "222.00", "235.50", "117.75", "211.95"),
    ("4000.00", "278.00", "295.00", "147.50", "265.50"),
    ("5000.00", "334.00", "354.50", "177.25", "319.05"),
    ("6000.00", "390.00", "414.00", "207.00", "372.60"),
    ("7000.00", "446.00", "473.50", "236.75", "426.15"),
    ("8000.00", "502.00", "533.00", "266.50", "479.70"),
    ("9000.00", "558.00", "592.50", "296.25", "533.25"),
    ("10000.00", "614.00", "652.00", "326.00", "586.80"),
    ("13000.00", "666.00", "707.00", "353.50", "636.30"),
    ("16000.00", "718.00", "762.00", "381.00", "685.80"),
    ("19000.00", "770.00", "817.00", "408.50", "735.30"),
    ("22000.00", "822.00", "872.00", "436.00", "784.80"),
    ("25000.00", "874.00", "927.00", "463.50", "834.30"),
    ("30000.00", "955.00", "1013.00", "506.50", "911.70"),
    ("35000.00", "1036.00", "1099.00", "549.50", "989.10"),
    ("40000.00", "1117.00", "1185.00", "592.50", "1066.50"),
    ("45000.00", "1198.00", "1271.00", "635.50", "1143.90"),
    ("50000.00", "1279.00", "1357.00", "678.50", "1221.30"),
]
LARGE = [
    ("65000.00", "1373.00", "1456.50"),
    ("200000.00", "2219.00", "2352.00"),
    ("230000.00", "2351.00", "2492.00"),
    ("380000.00", "3011.00", "3192.00"),
    ("500000.00", "3539.00", "3752.00"),
    ("500000.01", "3704.00", "3927.00"),
    ("550000.00", "3704.00", "3927.00"),
    ("550000.01", "3869.00", "4102.00"),
]


@pytest.mark.parametrize(("value", "old", "new"), [row[:3] for row in TABLE] + LARGE)
def test_the_full_fee(value, old, new):
    assert base_fee(Money.of(value), OLD) == Money.of(old)
    assert base_fee(Money.of(value), NEW) == Money.of(new)


@pytest.mark.parametrize(("value", "simple", "normal"), [(row[0], row[3], row[4]) for row in TABLE])
def test_half_a_fee_and_nine_tenths(value, simple, normal):
    assert collection_fee(Money.of(value), ordered_on=NEW, rate=FeeRate.SIMPLE).fee == Money.of(simple)
    assert collection_fee(Money.of(value), ordered_on=NEW, rate=FeeRate.NORMAL).fee == Money.of(normal)


@pytest.mark.parametrize(("value", "following"), [(row[0], after[2]) for row, after in pairwise(TABLE)])
def test_a_cent_above_a_step_costs_the_whole_next_step(value, following):
    assert base_fee(Money.of(value) + Money(1), NEW) == Money.of(following)


@pytest.mark.parametrize(
    ("value", "rate", "ordered_on", "charged"),
    [
        ("499.99", "0.5", NEW, "25.75 + 5.15 = 30.90"),
        ("500.01", "0.9", NEW, "83.70 + 16.74 = 100.44"),
        ("1000.01", "0.9", NEW, "121.05 + 20.00 = 141.05"),
        ("50.00", "0.5", NEW, "15.75 + 3.15 = 18.90"),
        ("50.00", "0.9", NEW, "28.35 + 5.67 = 34.02"),
        ("50.00", "0.5", OLD, "15.00 + 3.00 = 18.00"),
        ("50.00", "0.9", OLD, "27.00 + 5.40 = 32.40"),
        ("0.01", "0.5", NEW, "15.75 + 3.15 = 18.90"),
        ("50.01", "0.5", NEW, "25.75 + 5.15 = 30.90"),
        ("250.00", "0.9", NEW, "46.35 + 9.27 = 55.62"),
        ("500.00", "1.3", NEW, "66.95 + 13.39 = 80.34"),
    ],
)
def test_checked_charges(value, rate, ordered_on, charged):
    charge = collection_fee(Money.of(value), ordered_on=ordered_on, rate=FeeRate(rate))
    assert f"{charge.fee} + {charge.expenses} = {charge.net}" == charged
    assert charge.vat == Money(0)
    assert charge.total == charge.net


def test_a_small_claim_that_is_disputed_has_the_ordinary_base():
    disputed = collection_fee(Money.of("50.00"), ordered_on=NEW, rate=FeeRate.NORMAL, disputed=True)
    assert disputed.derivation.base == Money.of("51.50")
    assert disputed.derivation.base_rule == "§ 13(1) RVG"


def test_the_rule_for_small_claims_is_in_force_since_october_2021():
    before = collection_fee(Money.of("50.00"), ordered_on=date(2021, 9, 30), rate=FeeRate.NORMAL)
    since = collection_fee(Money.of("50.00"), ordered_on=date(2021, 10, 1), rate=FeeRate.NORMAL)
    assert (before.derivation.base, since.derivation.base) == (Money.of("49.00"), Money.of("30.00"))


def test_vat_is_charged_only_where_the_creditor_cannot_deduct_it():
    charge = collection_fee(
        Money.of("50.00"), ordered_on=OLD, rate=FeeRate.NORMAL, creditor_deducts_vat=False
    )
    assert (charge.vat, charge.total) == (Money.of("6.16"), Money.of("38.56"))
    assert charge.derivation.vat_percent == "19"


@pytest.mark.parametrize(
    ("day", "percent"), [("2020-06-30", 19), ("2020-07-01", 16), ("2020-12-31", 16), ("2021-01-01", 19)]
)
def test_vat_has_its_dates(day, percent):
    assert vat_percent(date.fromisoformat(day)) == percent


def test_the_day_of_the_charge_decides_the_vat_and_that_of_the_order_the_table():
    charge = collection_fee(
        Money.of("500.00"),
        ordered_on=OLD,
        rate=FeeRate.NORMAL,
        creditor_deducts_vat=False,
        charged_on=date(2026, 1, 1),
    )
    assert charge.derivation.table_since == date(2021, 1, 1)
    assert charge.vat == Money.of("10.05")  # 19 % of 44.10 + 8.82


@pytest.mark.parametrize("day", ["2020-12-31", "2004-07-01"])
def test_an_order_before_the_first_table_is_refused(day):
    with pytest.raises(StatutoryDataMissingError, match=rf"fee table .* {day}.*rvg\.toml"):
        collection_fee(Money.of("100.00"), ordered_on=date.fromisoformat(day), rate=FeeRate.SIMPLE)


def test_no_fee_is_below_fifteen_euros():
    charge = agreement_fee(Money.of("60.00"), ordered_on=NEW, earlier=None)
    assert (charge.fee, charge.derivation.minimum_applied) == (Money.of("36.05"), False)
    small = collection_fee(Money.of("50.00"), ordered_on=OLD, rate=FeeRate.SIMPLE)
    assert (small.fee, small.derivation.minimum_applied) == (Money.of("15.00"), False)


def test_a_plan_costs_seven_tenths_from_half_the_claim():
    charge = agreement_fee(Money.of("1000.02"), ordered_on=NEW, earlier=None)
    assert charge.derivation.value == Money.of("500.01")
    assert charge.fee == Money.of("65.10")
    assert "§ 31b" in charge.derivation.rate_rule


def test_half_a_cent_of_value_goes_up():
    assert agreement_fee(Money.of("1000.01"), ordered_on=NEW, earlier=None).derivation.value == Money.of(
        "500.01"
    )


def test_a_plan_shares_the_maximum_of_expenses_with_the_fee_before():
    first = collection_fee(Money.of("1000.00"), ordered_on=NEW, rate=FeeRate.NORMAL)
    plan = agreement_fee(Money.of("1000.00"), ordered_on=NEW, earlier=first)
    assert first.expenses == Money.of("16.74")
    assert plan.expenses == Money.of("3.26")


def test_a_plan_before_october_2021_has_no_known_fee():
    with pytest.raises(StatutoryDataMissingError, match="payment agreement"):
        agreement_fee(Money.of("1000.00"), ordered_on=date(2021, 9, 30), earlier=None)


def test_the_derivation_tells_value_base_rate_and_rounding():
    derivation = collection_fee(Money.of("1000.01"), ordered_on=NEW, rate=FeeRate.NORMAL).derivation
    assert derivation.value == Money.of("1000.01")
    assert derivation.base == Money.of("134.50")
    assert (derivation.rate, derivation.rate_rule) == ("0.9", "VV 2300 RVG")
    assert derivation.exact == "121.050000"
    assert (derivation.expenses_uncapped, derivation.expenses) == (Money.of("24.21"), Money.of("20.00"))
    assert derivation.verified
    assert "2025 I Nr. 109" in derivation.source


def test_a_figure_that_nobody_has_compared_with_the_law_says_so():
    large = collection_fee(Money.of("500000.01"), ordered_on=NEW, rate=FeeRate.NORMAL)
    assert not large.derivation.verified


@pytest.mark.parametrize("cents", [0, -1])
def test_there_is_no_fee_on_nothing(cents):
    with pytest.raises(AssertionError):
        collection_fee(Money(cents), ordered_on=NEW, rate=FeeRate.SIMPLE)


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.sampled_from(FeeRate))
def test_a_higher_value_never_costs_less(one, two, rate):
    low, high = sorted((one, two))
    smaller, larger = (collection_fee(Money(cents), ordered_on=NEW, rate=rate) for cents in (low, high))
    assert smaller.net <= larger.net
    assert larger.expenses <= Money.of("20.00")
