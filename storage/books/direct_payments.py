"""Payments to the creditor itself, by the decision table of `storage.lifecycle.direct_payment`."""

from datetime import date

import msgspec

from storage.books.agreements import end_agreements
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge
from storage.books.closing import (
    FEE_REVIEW,
    keep_payment_state,
    open_cents,
    remake_statement,
    settle,
    write_off,
)
from storage.books.entries import EntryKind
from storage.books.fees import fee_change, fees_reversed, fees_undone
from storage.books.ledgers import CREDITOR_COSTS, Ledger
from storage.books.receipts import (
    PaymentBooked,
    PaymentTold,
    ask_operator,
    book_receipt,
    booked_as,
    note_payment,
    owed_on,
    told_as_detail,
)
from storage.errors import RefusedError
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.clock import UNTIL_DECIDED, stop_clock
from storage.lifecycle.direct_payment import (
    DirectDecision,
    DirectPaymentOutcome,
    GapPolicy,
    direct_payment,
)
from storage.lifecycle.history import OPERATOR, record_move
from storage.lifecycle.moves import Move, Refusal, move
from storage.lifecycle.statuses import Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money, german

LETTER_AGAIN = "letter_again"  # what the operator is asked


def book_direct(books: Books, book: CaseBook, told: PaymentTold) -> PaymentBooked:
    """By the decision table of direct payments."""
    outcome = direct_payment(
        told.value_date,
        told.amount,
        handover=book.handed_over_on,
        first_letter_received=_letter_received(book),
        owed=owed_on(book, told.value_date),
        gap=GapPolicy(books.settings.gap),
    )
    if book.status == Status.CLEARED and told.value_date <= book.handed_over_on:
        raise RefusedError(
            f"{told.amount} EUR came before the handover, but the case is cleared by other payments; give "
            "back what the debtor paid to the agency (payment return), then tell this one again"
        )
    if book.status == Status.CLEARED:  # whatever comes now is too much
        receipt_id = book_receipt(books, book, told)
        note_payment(books, book, "payment_received", told)
        return keep_as_surplus(books, book, told, receipt_id)
    match outcome.decision:
        case DirectDecision.PRINCIPAL_LOWERED:
            _lower_principal(books, book, told)
            return booked_as(books, book.case_id, None, outcome.decision.value)
        case DirectDecision.CANCELLED:
            return _cancel_as_paid(books, book, told, outcome.surplus)
        case _:
            receipt_id = book_receipt(books, book, told, principal=outcome.covers_principal)
            _follow(books, book, told, outcome)
            return booked_as(books, book.case_id, receipt_id, outcome.decision.value)


def _follow(books: Books, book: CaseBook, told: PaymentTold, outcome: DirectPaymentOutcome) -> None:
    """What else the table says of a direct payment that is booked."""
    note = outcome.decision.value
    if outcome.review or outcome.reverse_fees:
        for taken_back in fees_undone(books.case(book.case_id), note):
            books.book(books.case(book.case_id), taken_back)
        books.set_progress(book.case_id, fee_tenths=0)
    note_payment(books, book, Trigger.PART_PAID_DIRECTLY.value, told)
    if outcome.surplus.cents:
        ask_operator(books, book, "surplus", told)
    if outcome.review:  # nothing goes on, and nothing is closed, before the operator has decided on the fee
        ask_operator(books, book, FEE_REVIEW, told)
        books.set_progress(
            book.case_id, processing="paused", paused_until=UNTIL_DECIDED, waits_for=FEE_REVIEW
        )
        keep_payment_state(books, books.case(book.case_id))
        return
    settle(books, book.case_id, Actor.AGENCY, direct=outcome.debit_agency_share)


def _lower_principal(books: Books, book: CaseBook, told: PaymentTold) -> None:
    """Part was paid before the handover: it was never ours, principal (then costs) and fee are corrected."""
    note = Trigger.PART_PAID_BEFORE_HANDOVER.value
    _must_be_proven(books, book, told, Trigger.PART_PAID_BEFORE_HANDOVER)
    left = told.amount.cents
    charges = []
    for ledger in (Ledger.PRINCIPAL, *CREDITOR_COSTS):
        for claim in book.claims:
            bucket = (ledger, claim.position)
            charged = sum(charge.cents for charge in book.charges if charge.bucket == bucket)
            share = min(left, charged)
            if share > 0:
                charges.append(Charge(bucket=bucket, cents=-share, on=told.value_date))
                left -= share
    if left:
        raise RefusedError(
            f"{told.amount} EUR before the handover are more than all that was handed over and still stands"
        )
    correction = Change(
        kind=EntryKind.CORRECTION, value_date=told.value_date, charges=tuple(charges), note=note
    )
    books.book(book, correction)
    lowered = books.case(book.case_id)
    fee = fee_change(lowered, lowered.progress.fee_tenths, books.today, note, before=book)
    if fee is not None:
        books.book(lowered, fee)
    note_payment(books, book, note, told)
    if book.progress.letter_on is not None:
        ask_operator(books, book, LETTER_AGAIN, told)
    settle(books, book.case_id, Actor.AGENCY, direct=False)


def _cancel_as_paid(books: Books, book: CaseBook, told: PaymentTold, surplus: Money) -> PaymentBooked:
    """All was paid before the handover: it is no receipt, and nothing is charged to anybody.

    What was handed over is corrected as of that day, so that whatever came in since is to be paid back.
    """
    step = _must_be_proven(books, book, told, Trigger.PAID_BEFORE_HANDOVER)
    numbers = []
    taken_back = fees_reversed(book, books.today, step.trigger.value)
    if taken_back is not None:
        numbers.append(books.book(book, taken_back)[0])
    charged: dict[Bucket, int] = {}
    for charge in book.charges:
        if charge.bucket[0] in {Ledger.PRINCIPAL, *CREDITOR_COSTS}:
            charged[charge.bucket] = charged.get(charge.bucket, 0) + charge.cents
    never_owed = Change(
        kind=EntryKind.CORRECTION,
        value_date=told.value_date,
        charges=tuple(
            Charge(bucket=bucket, cents=-cents, on=told.value_date)
            for bucket, cents in sorted(charged.items())
            if cents > 0
        ),
        note=step.trigger.value,
    )
    if never_owed.charges:
        numbers.append(books.book(books.case(book.case_id), never_owed)[0])
    numbers += _interest_never_owed(books, book.case_id, told, step.trigger.value)
    numbers += write_off(books, book.case_id, books.today, step.trigger.value)
    record_move(
        books.connection,
        books.account_id,
        book.case_id,
        step,
        books.now,
        actor=books.actor,
        reason=f"{german(told.amount.cents)} EUR, {told.value_date:%d.%m.%Y}",
        detail=stop_clock(books, book) | told_as_detail(told) | {"entries": numbers},
    )
    end_agreements(books, book.case_id, step)
    books.set_progress(book.case_id, processing="running", paused_until=None, waits_for=None)
    booked = booked_as(books, book.case_id, None, DirectDecision.CANCELLED.value)
    if booked.surplus.cents:
        ask_operator(books, book, "surplus", told)
    return msgspec.structs.replace(booked, surplus=booked.surplus + surplus)


def _interest_never_owed(books: Books, case_id: int, told: PaymentTold, note: str) -> list[int]:
    """Interest that was booked with receipts since: up to the day on which all was paid, it is let off."""
    book = books.case(case_id)
    charges = tuple(
        Charge(bucket=(Ledger.INTEREST, position), cents=-cents, on=told.value_date)
        for position, cents in sorted(book.interest.items())
        if cents > 0
    )
    if not charges:
        return []
    change = Change(kind=EntryKind.CORRECTION, value_date=told.value_date, charges=charges, note=note)
    return books.book(book, change)[:1]


def _must_be_proven(books: Books, book: CaseBook, told: PaymentTold, trigger: Trigger) -> Move:
    facts = facts_of(
        books,
        book,
        open_cents=open_cents(book),
        prepayment_evidence=told.is_proven or books.actor == OPERATOR,
    )
    step = move(Status(book.status), trigger, Actor.AGENCY, facts)
    if isinstance(step, Refusal):
        raise RefusedError(step.english)
    return step


def _letter_received(book: CaseBook) -> date | None:
    received = book.progress.letter_received_on
    return None if received is None else date.fromisoformat(received)


def keep_as_surplus(books: Books, book: CaseBook, told: PaymentTold, receipt_id: int) -> PaymentBooked:
    """A case that is closed as paid got more: the operator pays it back, the final document is made anew."""
    keep_payment_state(books, books.case(book.case_id))
    remake_statement(books, book.case_id)
    ask_operator(books, book, "surplus", told)
    return booked_as(books, book.case_id, receipt_id, "surplus")
