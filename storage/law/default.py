"""When default (Verzug) begins (§ 286 BGB): the first day that bears interest, and on what ground.

What the creditor asserts is taken, with a warning where its reason is missing. Without an assertion only what
the facts prove counts; where they prove nothing there is no default and no interest.
"""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

_DAY = timedelta(days=1)
STATUTORY_DAYS = 30  # § 286(3)


class DefaultReason(StrEnum):
    """On what ground default began."""

    ASSERTED = "asserted"  # the creditor says so
    CONTRACT_DATE = "contract_date"  # § 286(2) No. 1: the contract names a calendar day
    REMINDER = "reminder"  # § 286(1)
    THIRTY_DAYS = "thirty_days"  # § 286(3)
    NONE = "none"


class DefaultWarning(StrEnum):
    """What a reader of the verdict must know."""

    REASON_MISSING = "default_reason_missing"  # asserted without a reason
    NOT_AFTER_DUE = "default_not_after_due"  # asserted for the due date or earlier; moved to the day after it
    NO_DEFAULT = "no_default_date"  # no interest before a default date


class DefaultFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one claim.

    `consumer`: the debtor is one · `payment_claim`: an Entgeltforderung · `contract_day`: the calendar day
    that the contract itself fixes for payment (a date on the invoice is none) · `reminder_received_on`, and
    the last day that the reminder set · `invoice_warns`: the invoice tells a consumer of the 30 days ·
    `goods_received_on`: of goods or work, for a business where receipt of the invoice is uncertain.
    """

    consumer: bool
    payment_claim: bool = True
    due_date: date | None = None
    asserted_since: date | None = None
    asserted_reason: str | None = None
    contract_day: date | None = None
    reminder_received_on: date | None = None
    reminder_deadline: date | None = None
    invoice_received_on: date | None = None
    invoice_warns: bool = False
    goods_received_on: date | None = None


class DefaultVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """`since` is the first day that bears interest, None where default has not begun."""

    since: date | None
    reason: DefaultReason
    warnings: tuple[DefaultWarning, ...] = ()

    @property
    def interest(self) -> bool:
        """Whether interest may be claimed at all: never before a default date."""
        return self.since is not None


def default_begins(facts: DefaultFacts) -> DefaultVerdict:
    """The creditor's own date, else the earliest day that the facts prove, else none."""
    if facts.asserted_since is not None:
        return _asserted(facts, facts.asserted_since)
    proven = [
        (since, reason)
        for since, reason in (
            (_by_contract(facts), DefaultReason.CONTRACT_DATE),
            (_by_reminder(facts), DefaultReason.REMINDER),
            (_by_thirty_days(facts), DefaultReason.THIRTY_DAYS),
        )
        if since is not None
    ]
    if not proven:
        return DefaultVerdict(since=None, reason=DefaultReason.NONE, warnings=(DefaultWarning.NO_DEFAULT,))
    since, reason = min(proven, key=lambda one: one[0])
    return DefaultVerdict(since=since, reason=reason)


def _asserted(facts: DefaultFacts, since: date) -> DefaultVerdict:
    warnings = []
    if not (facts.asserted_reason or "").strip():
        warnings.append(DefaultWarning.REASON_MISSING)
    if facts.due_date is not None and since <= facts.due_date:
        warnings.append(DefaultWarning.NOT_AFTER_DUE)
        since = facts.due_date + _DAY
    return DefaultVerdict(since=since, reason=DefaultReason.ASSERTED, warnings=tuple(warnings))


def _by_contract(facts: DefaultFacts) -> date | None:
    return None if facts.contract_day is None else facts.contract_day + _DAY


def _by_reminder(facts: DefaultFacts) -> date | None:
    """The day after a reminder, or after the day that it set; one before the due date has no effect."""
    received = facts.reminder_received_on
    if received is None or facts.due_date is None or received <= facts.due_date:
        return None
    return max(received, facts.reminder_deadline or received) + _DAY


def _by_thirty_days(facts: DefaultFacts) -> date | None:
    """The 31st day after both due date and receipt of the invoice (for a business: or of the goods)."""
    if not facts.payment_claim or facts.due_date is None or (facts.consumer and not facts.invoice_warns):
        return None
    received = facts.invoice_received_on or (None if facts.consumer else facts.goods_received_on)
    if received is None:
        return None
    return max(facts.due_date, received) + timedelta(days=STATUTORY_DAYS + 1)
