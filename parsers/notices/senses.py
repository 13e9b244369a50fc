"""What the pieces of a notice mean."""

from datetime import date
from enum import StrEnum

import msgspec

from parsers.notices.doubts import Why


class Sense(StrEnum):
    """What one piece of a message is."""

    CASE = "case"
    CASE_WRONG = "case_wrong"
    REFERENCE = "reference"
    NUMBER_REFERENCE = "number_reference"
    DEBTOR_NUMBER = "debtor_number"
    NAME = "name"
    DAY = "day"
    NO_DAY = "no_day"
    AMOUNT = "amount"
    NO_AMOUNT = "no_amount"
    NUMBER = "number"
    PAID = "paid"
    CAME = "came"  # paid, if money is spoken of: a mail can be received too
    MONEY = "money"
    WAY = "way"
    FULL = "full"
    PARTIAL = "partial"
    PRINCIPAL = "principal"
    BEFORE = "before"
    AFTER = "after"
    ALL = "all"
    OF = "of"
    FEE = "fee"
    WITH_COSTS = "with_costs"
    LESS = "less"
    NET = "net"
    OPEN = "open"
    TOTAL = "total"
    DISCOUNT = "discount"
    INVOICE = "invoice"
    DUE = "due"
    FROM = "from"
    COUNTED = "counted"
    CLAIM = "claim"
    STATEMENT = "statement"
    TELLING = "telling"  # somebody tells or sees something: that has a day of its own
    NOT = "not"
    NO_PAYMENT = "no_payment"
    WILL_PAY = "will_pay"
    CANCEL = "cancel"
    DOUBT = "doubt"
    COMMA = "comma"
    BREAK = "break"
    QUESTION = "question"
    FILLER = "filler"
    UNKNOWN = "unknown"


SUBJECTS = frozenset(
    {Sense.CASE, Sense.CASE_WRONG, Sense.REFERENCE, Sense.NUMBER_REFERENCE, Sense.DEBTOR_NUMBER}
)


class Token(msgspec.Struct, frozen=True):
    """One piece: its sense, how it was written and, by its sense, what was read of it."""

    sense: Sense
    text: str
    at: int = 0
    cents: int | None = None
    day: date | None = None
    why: Why | None = None
