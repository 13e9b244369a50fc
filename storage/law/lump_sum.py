"""The lump sum of 40 EUR for late payment (§ 288(5) BGB) beside the cost of collecting.

It is credited against the cost of pursuing the claim: the debtor never pays 40 EUR and the full fee, but the
larger of the two.
"""

from datetime import date
from enum import StrEnum

import msgspec

from storage.money import Money

AMOUNT = Money(4_000)
CONTRACTS_SINCE = date(2014, 7, 29)  # Art. 229 § 34 EGBGB


class LumpSumReason(StrEnum):
    """Why the lump sum is due, or the first condition that fails."""

    DUE = "due"
    CONSUMER = "consumer"  # the debtor is a consumer
    NO_PAYMENT_CLAIM = "no_payment_claim"  # no Entgeltforderung
    NOT_IN_DEFAULT = "not_in_default"
    CONTRACT_BEFORE_2014 = "contract_before_2014"


class LumpSum(msgspec.Struct, frozen=True, kw_only=True):
    """The lump sum and what is left of it.

    `due`: 40 EUR a claim, or nothing · `credited`: the part of it that the enforcement costs use up ·
    `external`: what the debtor pays for both together, the larger one · `beside_costs`: what may be claimed
    beside the costs.
    """

    due: Money
    credited: Money
    external: Money
    beside_costs: Money
    reason: LumpSumReason


def lump_sum(
    *,
    consumer: bool,
    payment_claim: bool,
    in_default: bool,
    contracted_on: date,
    enforcement_costs: Money,
    claims: int = 1,
) -> LumpSum:
    """Whether 40 EUR are due on each of `claims` claims in default, and what is left beside the costs.

    `consumer`: the debtor is one. `enforcement_costs`: fee and expenses (and VAT, where charged) so far.
    """
    assert claims >= 0, "there is no number of claims below zero"
    reason = _reason(
        consumer=consumer, payment_claim=payment_claim, in_default=in_default, contracted_on=contracted_on
    )
    due = Money(AMOUNT.cents * claims if reason is LumpSumReason.DUE else 0)
    credited = min(due, enforcement_costs)
    return LumpSum(
        due=due,
        credited=credited,
        external=max(due, enforcement_costs),
        beside_costs=due - credited,
        reason=reason,
    )


def _reason(*, consumer: bool, payment_claim: bool, in_default: bool, contracted_on: date) -> LumpSumReason:
    if consumer:
        return LumpSumReason.CONSUMER
    if not payment_claim:
        return LumpSumReason.NO_PAYMENT_CLAIM
    if not in_default:
        return LumpSumReason.NOT_IN_DEFAULT
    if contracted_on < CONTRACTS_SINCE:
        return LumpSumReason.CONTRACT_BEFORE_2014
    return LumpSumReason.DUE
