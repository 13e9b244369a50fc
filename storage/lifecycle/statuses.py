"""The eleven statuses of a case, and the three things that are kept beside the status."""

from enum import StrEnum


class Status(StrEnum):
    """Where a case stands, in the words that creditors see."""

    VALIDATION = "VALIDATION"
    ENRICHMENT = "ENRICHMENT"
    AUTOCOLLECT = "AUTOCOLLECT"
    COMMUNICATION = "COMMUNICATION"
    INSTALLMENT = "INSTALLMENT"
    LEGALCOLLECT = "LEGALCOLLECT"
    MONITORING = "MONITORING"
    CLEARED = "CLEARED"
    UNFOUNDED = "UNFOUNDED"
    CANCELLED = "CANCELLED"
    RECALLED = "RECALLED"


TERMINAL = frozenset({Status.CLEARED, Status.UNFOUNDED, Status.CANCELLED, Status.RECALLED})
OPEN = frozenset(Status) - TERMINAL


class PaymentState(StrEnum):
    """How much of what is owed has come in."""

    UNPAID = "unpaid"
    PART_PAID = "part_paid"
    PAID = "paid"
    OVERPAID = "overpaid"


class ProcessingState(StrEnum):
    """Whether the next step may be taken. The first that applies is told: held, paused, waiting, running."""

    RUNNING = "running"
    WAITING = "waiting"  # for an answer: the creditor's proof, a court, the debtor's rate
    PAUSED = "paused"  # a doubtful payment notice, a debtor's mail that nobody has read yet
    HELD = "held"  # not before the creditor's JA or the operator's decision


def payment_state(*, received_cents: int, open_cents: int) -> PaymentState:
    """From what came in (less what went back) and what is still open; open below zero is a surplus."""
    if open_cents < 0:
        return PaymentState.OVERPAID
    if open_cents == 0:
        return PaymentState.PAID
    return PaymentState.PART_PAID if received_cents > 0 else PaymentState.UNPAID


def processing_state(*, held: bool, paused: bool, waiting: bool) -> ProcessingState:
    """The strongest reason not to go on, else RUNNING."""
    if held:
        return ProcessingState.HELD
    if paused:
        return ProcessingState.PAUSED
    return ProcessingState.WAITING if waiting else ProcessingState.RUNNING
