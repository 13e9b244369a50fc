"""What the guards of a move ask: the facts of a case at one moment, and the condition behind each guard."""

from collections.abc import Callable
from datetime import date

import msgspec

from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Guard


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The facts of a case as they are with the event that triggers a move already counted.

    What stops a case must always be said (held, paused, disputed, time_barred, open_cents); what permits a
    move is false until somebody says that it is so. `open_cents` is all that the debtor owes, fees included,
    after the payment that is told of; below zero is a surplus.
    """

    held: bool
    paused: bool
    disputed: bool
    time_barred: bool
    open_cents: int
    tolerance_cents: int = 0
    account_approved: bool = False
    authority_recorded: bool = False
    formal_checks_passed: bool = False  # § 13a data, ground of default, no duplicate
    limitation_answered: bool = False  # a title, proof of suspension, or the creditor's explicit word
    servable_address: bool = False
    contacts_made: int = 0
    contacts_planned: int = 0
    court_announced: bool = False
    prospects: bool | None = None  # the legal department's evaluation; None: not evaluated
    court_ordered: bool = False  # by the creditor
    creditor_warned: bool = False  # that a disputed claim will be opposed in court
    objection_in_writing: bool = False
    represented: bool = False  # a lawyer or a guardian acts for the debtor
    proof_sent: bool = False
    plan_notice_given: bool = False  # § 13a(3) RDG: before the agreement, of what it costs
    plan_in_text_form: bool = False
    rate_overdue: bool = False  # beyond the days of grace
    settlement_consented: bool = False  # by the creditor, or within the limit on the account
    settlement_met: bool = False  # the agreed sum came in time
    settlement_expired: bool = False
    payment_amount_known: bool = False
    payment_date_known: bool = False
    first_letter_sent: bool = False
    first_letter_received: bool = False
    prepayment_evidence: bool = False  # the operator or the bank confirms payment before handover
    payment_bounced: bool = False
    reason: str | None = None
    review_on: date | None = None
    second_person: bool = False
    previous: Status | None = None  # the open status before this one


CONDITIONS: dict[Guard, Callable[[Facts], bool]] = {
    Guard.ACCOUNT_APPROVED: lambda facts: facts.account_approved,
    Guard.AUTHORITY_RECORDED: lambda facts: facts.authority_recorded,
    Guard.NOT_HELD: lambda facts: not facts.held,
    Guard.FORMAL_CHECKS: lambda facts: facts.formal_checks_passed,
    Guard.NOT_TIME_BARRED: lambda facts: not facts.time_barred or facts.limitation_answered,
    Guard.SERVABLE_ADDRESS: lambda facts: facts.servable_address,
    Guard.UNDISPUTED: lambda facts: not facts.disputed,
    Guard.NOT_PAUSED: lambda facts: not facts.paused,
    Guard.OPEN_AMOUNT: lambda facts: facts.open_cents > facts.tolerance_cents,
    Guard.CONTACTS_LEFT: lambda facts: facts.contacts_made < facts.contacts_planned,
    Guard.CONTACTS_EXHAUSTED: lambda facts: facts.contacts_made >= facts.contacts_planned > 0,
    Guard.COURT_ANNOUNCED: lambda facts: facts.court_announced,
    Guard.PROSPECTS_CONFIRMED: lambda facts: facts.prospects is True,
    Guard.COURT_ORDERED: lambda facts: facts.court_ordered,
    Guard.WARNED_OF_DISPUTE: lambda facts: facts.creditor_warned,
    Guard.OBJECTION_COUNTS: lambda facts: facts.objection_in_writing or facts.represented,
    Guard.PROOF_SENT: lambda facts: facts.proof_sent,
    Guard.PLAN_NOTICE: lambda facts: facts.plan_notice_given,
    Guard.PLAN_IN_TEXT_FORM: lambda facts: facts.plan_in_text_form,
    Guard.RATE_OVERDUE: lambda facts: facts.rate_overdue,
    Guard.PAID_UP: lambda facts: facts.open_cents <= facts.tolerance_cents,
    Guard.SETTLEMENT_CONSENTED: lambda facts: facts.settlement_consented,
    Guard.SETTLEMENT_MET: lambda facts: facts.settlement_met,
    Guard.SETTLEMENT_EXPIRED: lambda facts: facts.settlement_expired and not facts.settlement_met,
    Guard.PAYMENT_KNOWN: lambda facts: facts.payment_amount_known and facts.payment_date_known,
    Guard.LETTER_RECEIVED: lambda facts: facts.first_letter_received,
    Guard.PREPAYMENT_PROVEN: lambda facts: not facts.first_letter_sent or facts.prepayment_evidence,
    Guard.REVIEW_DATE: lambda facts: facts.review_on is not None,
    Guard.REASON_GIVEN: lambda facts: bool((facts.reason or "").strip()),
    Guard.PROSPECTS_DENIED: lambda facts: facts.prospects is False,
    Guard.PAYMENT_BOUNCED: lambda facts: facts.payment_bounced,
    Guard.SECOND_PERSON: lambda facts: facts.second_person,
    Guard.PREVIOUS_KNOWN: lambda facts: facts.previous in OPEN,
}
assert CONDITIONS.keys() == set(Guard), "each guard has its condition"
