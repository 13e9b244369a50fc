"""What a message says of payments: what was understood, and what has to be asked."""

from datetime import date
from enum import StrEnum

import msgspec

from storage.money import Money


class Covers(StrEnum):
    """What a payment is for; FULL where its sender says that all is paid."""

    FULL = "full"
    PRINCIPAL = "principal"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class Timing(StrEnum):
    """Whether a payment came before the case was handed over."""

    BEFORE_HANDOVER = "before_handover"
    AFTER_HANDOVER = "after_handover"
    UNKNOWN = "unknown"


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """One payment as far as it was understood; `debtor` is a name or a customer number."""

    case: str | None = None
    reference: str | None = None
    debtor: str | None = None
    amount: Money | None = None
    paid_on: date | None = None
    covers: Covers = Covers.UNKNOWN
    timing: Timing = Timing.UNKNOWN


class PaymentNotice(msgspec.Struct, frozen=True, kw_only=True):
    """All payments of a message; as long as anything is asked, none of them may be booked."""

    payments: tuple[Payment, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def must_ask(self) -> bool:
        """Whether nothing may be booked before the answer."""
        return bool(self.ask)
