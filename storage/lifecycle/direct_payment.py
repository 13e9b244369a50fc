"""What a payment to the creditor itself does to a case: the decision table, by value date and amount.

The value date is the day on which the creditor received the money. Up to the handover it was never ours: the
case is cancelled free of charge, or its principal lowered. From the receipt of letter 1 on it counts like any
receipt, and our share is debited to the creditor's balance. In between neither promise was made: it is booked
and looked at, and no fee is claimed until that is decided. Without amount or date nothing is booked at all.
"""

from datetime import date
from enum import StrEnum

import msgspec

from storage.lifecycle.words import Trigger
from storage.money import Money

_NOTHING = Money(0)


class DirectDecision(StrEnum):
    """The rows of the table."""

    ASK = "ask"
    CANCELLED = "cancelled"
    PRINCIPAL_LOWERED = "principal_lowered"
    REVIEW = "review"
    FREE = "free"
    CLEARED = "cleared"
    PRINCIPAL_PAID = "principal_paid"
    PART_PAID = "part_paid"


class GapPolicy(StrEnum):
    """What becomes of a payment between handover and receipt of letter 1 (a setting)."""

    REVIEW = "review"  # the operator decides on fees
    FREE = "free"  # no fees


class DirectOwed(msgspec.Struct, frozen=True, kw_only=True):
    """What was owed on the value date, before the payment.

    `principal`: open principal · `handed_over`: what was open of all that the creditor handed over, principal
    and its costs · `total`: everything, with interest, fee and expenses.
    """

    principal: Money
    handed_over: Money
    total: Money


class DirectPaymentOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What to do.

    `trigger`: the move to make, None while something is asked.
    `book`: it is a receipt, booked on its value date. What was paid before the handover is none: it lowers
    what was handed over.
    `surplus`: what is more than was owed, for the creditor to refund or transfer.
    `debit_agency_share`: our share is taken from the creditor's balance.
    `covers_principal`: read as the debtor's designation; interest stops.
    `review`: the operator decides on fees.
    `reverse_fees`: fees that were booked are taken back, none is claimed; if nothing is open after that, the
    case is paid in full.
    `pause`: the next step waits. `ask`: what is missing, "amount" or "value_date".
    """

    decision: DirectDecision
    trigger: Trigger | None = None
    book: bool = False
    surplus: Money = _NOTHING
    debit_agency_share: bool = False
    covers_principal: bool = False
    review: bool = False
    reverse_fees: bool = False
    pause: bool = False
    ask: tuple[str, ...] = ()


def direct_payment(
    value_date: date | None,
    amount: Money | None,
    *,
    handover: date,
    first_letter_received: date | None,
    owed: DirectOwed,
    gap: GapPolicy = GapPolicy.REVIEW,
) -> DirectPaymentOutcome:
    """One row of the table; `first_letter_received` is None while letter 1 has not arrived.

    An amount of zero or below is no payment (a refund, a reversal) and is asked about like a missing one.
    """
    if value_date is None or amount is None or amount.cents <= 0:
        missing = ("amount",) if amount is None or amount.cents <= 0 else ()
        ask = missing + (("value_date",) if value_date is None else ())
        return DirectPaymentOutcome(decision=DirectDecision.ASK, pause=True, ask=ask)
    assert owed.principal <= owed.handed_over <= owed.total, "each sum holds the one before"
    if value_date <= handover:
        return _before_handover(amount, owed)
    if first_letter_received is None or value_date < first_letter_received:
        return _in_between(amount, owed, gap)
    return _after_letter(amount, owed)


def _before_handover(amount: Money, owed: DirectOwed) -> DirectPaymentOutcome:
    if amount < owed.handed_over:
        return DirectPaymentOutcome(
            decision=DirectDecision.PRINCIPAL_LOWERED, trigger=Trigger.PART_PAID_BEFORE_HANDOVER
        )
    return DirectPaymentOutcome(
        decision=DirectDecision.CANCELLED,
        trigger=Trigger.PAID_BEFORE_HANDOVER,
        surplus=amount - owed.handed_over,
        reverse_fees=True,
    )


def _in_between(amount: Money, owed: DirectOwed, gap: GapPolicy) -> DirectPaymentOutcome:
    free = gap is GapPolicy.FREE
    return DirectPaymentOutcome(
        decision=DirectDecision.FREE if free else DirectDecision.REVIEW,
        trigger=Trigger.PART_PAID_DIRECTLY,
        book=True,
        surplus=max(amount - owed.total, _NOTHING),
        review=not free,
        reverse_fees=free,
        pause=not free,
    )


def _after_letter(amount: Money, owed: DirectOwed) -> DirectPaymentOutcome:
    if amount >= owed.total:
        return DirectPaymentOutcome(
            decision=DirectDecision.CLEARED,
            trigger=Trigger.PAID_DIRECTLY,
            book=True,
            surplus=amount - owed.total,
            debit_agency_share=True,
        )
    exact = amount == owed.principal
    return DirectPaymentOutcome(
        decision=DirectDecision.PRINCIPAL_PAID if exact else DirectDecision.PART_PAID,
        trigger=Trigger.PART_PAID_DIRECTLY,
        book=True,
        covers_principal=exact,
    )
