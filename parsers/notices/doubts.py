"""What may have to be asked of a notice, and about which words or which payment."""

from enum import StrEnum

import msgspec

from storage.records import ToldPayment


class Why(StrEnum):
    """Why nothing is booked before an answer."""

    # What is told is no payment.
    REFUND = "refund"
    REVERSAL = "reversal"
    CREDIT_NOTE = "credit_note"
    PROMISE = "promise"
    SET_OFF = "set_off"
    SETTLEMENT = "settlement"
    CHEQUE = "cheque"
    ASSERTION = "assertion"
    DOUBLE = "double"
    OVERPAID = "overpaid"
    DISREGARD = "disregard"
    WAIVER = "waiver"
    NOT_TO_YOU = "not_to_you"
    NOT_PAID = "not_paid"
    # A payment is told, and something of it is missing or not certain.
    CASE_MISSING = "case_missing"
    CASE_WRONG = "case_wrong"
    CASES_MIXED = "cases_mixed"
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNCLEAR = "amount_unclear"
    AMOUNT_BARE = "amount_bare"
    AMOUNTS_SEVERAL = "amounts_several"
    AMOUNT_NET = "amount_net"
    CURRENCY = "currency"
    MORE_THAN_OPEN = "more_than_open"
    DISCOUNT = "discount"
    DATE_MISSING = "date_missing"
    DATE_VAGUE = "date_vague"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_FUTURE = "date_future"
    DATE_UNCLEAR = "date_unclear"
    DATE_OLD = "date_old"
    DATES_SEVERAL = "dates_several"
    CONTRADICTION = "contradiction"
    CANCEL = "cancel"
    QUESTION = "question"
    UNCLEAR = "unclear"
    TOO_LONG = "too_long"


NO_PAYMENT = frozenset(
    {
        *(Why.REFUND, Why.REVERSAL, Why.CREDIT_NOTE, Why.PROMISE, Why.SET_OFF, Why.SETTLEMENT, Why.CHEQUE),
        *(Why.ASSERTION, Why.DOUBLE, Why.OVERPAID, Why.DISREGARD, Why.WAIVER, Why.NOT_TO_YOU, Why.NOT_PAID),
    }
)


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to ask, with the words or the payment that it is about."""

    why: Why
    about: str = ""
    payment: ToldPayment | None = None
