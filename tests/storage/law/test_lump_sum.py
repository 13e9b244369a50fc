"""The lump sum of § 288(5) BGB."""

from datetime import date

import pytest

from storage.law.lump_sum import LumpSumReason, lump_sum
from storage.money import Money

CONDITIONS = {
    "consumer": False,
    "payment_claim": True,
    "in_default": True,
    "contracted_on": date(2026, 1, 1),
}


@pytest.mark.parametrize(
    ("costs", "external", "beside"),
    [
        ("0.00", "40.00", "40.00"),
        ("30.90", "40.00", "9.10"),
        ("40.00", "40.00", "0.00"),
        ("55.62", "55.62", "0.00"),
    ],
)
def test_the_debtor_pays_the_larger_of_lump_sum_and_costs(costs, external, beside):
    verdict = lump_sum(**CONDITIONS, enforcement_costs=Money.of(costs))
    assert verdict.external == Money.of(external) == Money.of(costs) + verdict.beside_costs
    assert verdict.beside_costs == Money.of(beside)
    assert verdict.due == verdict.credited + verdict.beside_costs == Money.of("40.00")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"consumer": True}, LumpSumReason.CONSUMER),
        ({"payment_claim": False}, LumpSumReason.NO_PAYMENT_CLAIM),
        ({"in_default": False}, LumpSumReason.NOT_IN_DEFAULT),
        ({"contracted_on": date(2014, 7, 28)}, LumpSumReason.CONTRACT_BEFORE_2014),
    ],
)
def test_without_a_condition_only_the_costs_are_due(change, reason):
    verdict = lump_sum(**CONDITIONS | change, enforcement_costs=Money.of("30.90"))
    assert (verdict.due, verdict.beside_costs, verdict.external) == (Money(0), Money(0), Money.of("30.90"))
    assert verdict.reason is reason


def test_each_claim_in_default_has_its_own_forty_euros():
    verdict = lump_sum(**CONDITIONS, enforcement_costs=Money.of("55.62"), claims=3)
    assert (verdict.due, verdict.external) == (Money.of("120.00"), Money.of("120.00"))
