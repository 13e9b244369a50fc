"""Payments into a case: at the agency or to the creditor itself. What goes back is in `returns`.

Whatever is doubtful is refused with a sentence, and nothing is written: an amount of zero, a day in the
future, another currency, the same payment told twice, our own payout told back to us.
"""

from datetime import date, timedelta

import msgspec
from sqlalchemy import insert, select

from storage.books.agreements import end_agreements, newest_receipt
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge, Payment, Policy
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
from storage.case_number import format_case_number
from storage.engine.book_tables import payouts, receipts
from storage.engine.instants import to_micros
from storage.errors import RefusedError
from storage.intake.tasks import open_task
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.clock import UNTIL_DECIDED, stop_clock
from storage.lifecycle.direct_payment import (
    DirectDecision,
    DirectOwed,
    DirectPaymentOutcome,
    GapPolicy,
    direct_payment,
)
from storage.lifecycle.history import OPERATOR, record_event, record_move
from storage.lifecycle.moves import Move, Refusal, move
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money, german

_TWICE_DAYS = 5  # a payment told by two sides carries days that differ by a weekend at most
_ECHO_DAYS = 10
_EARLIEST = date(2000, 1, 1)
LETTER_AGAIN = "letter_again"  # what the operator is asked


class PaymentTold(msgspec.Struct, frozen=True, kw_only=True):
    """A payment to book.

    is_direct: it went to the creditor. covers_principal: the debtor designated it so. position: the claim
    that the debtor named. again: it is a second one, although it looks like one that is booked already.
    method: transfer, direct_debit, cash, … A direct debit is held from payout, since it can be returned.
    is_proven: the operator or the bank has evidence of it; a payment before the handover needs that once
    letter 1 has left.
    """

    amount: Money
    value_date: date
    is_direct: bool = False
    covers_principal: bool = False
    position: int | None = None
    method: str = "transfer"
    is_proven: bool = False
    again: bool = False
    reference: str | None = None
    submission_id: int | None = None


class PaymentBooked(msgspec.Struct, frozen=True, kw_only=True):
    """What became of it. receipt_id is None where no receipt was booked: it came before the handover."""

    receipt_id: int | None
    decision: str
    status: str
    surplus: Money


def book_payment(books: Books, case_id: int, told: PaymentTold) -> PaymentBooked:
    """Book one payment and do what follows from it. Raises RefusedError, with nothing written."""
    _must_be_money(told, books.today)
    book = books.case(case_id)
    _must_have_claim(book, told)
    status = Status(book.status)
    if status not in OPEN and status is not Status.CLEARED:
        raise RefusedError(
            f"{format_case_number(case_id)} is {status}; nothing more is booked on it. "
            "Return the money to the payer, or take the case up again first"
        )
    if not told.again:
        _must_be_new(books, book, told)
    book = books.take_in(case_id)
    if told.is_direct:
        return _book_direct(books, book, told)
    receipt_id = _book_receipt(books, book, told)
    note_payment(books, book, "payment_received", told)
    if status is Status.CLEARED:
        return _too_much(books, book, told, receipt_id)
    settle(books, case_id, Actor.SYSTEM, direct=False)
    booked = booked_as(books, case_id, receipt_id, "receipt")
    if booked.surplus.cents:
        ask_operator(books, book, "surplus", told)
    return booked


def _must_be_money(told: PaymentTold, today: date) -> None:
    if told.amount.currency != "EUR":
        raise RefusedError(
            f"the books are kept in EUR; {told.amount} {told.amount.currency} cannot be booked"
        )
    if told.amount.cents <= 0:
        raise RefusedError(f"{told.amount} EUR is no payment; an amount above zero is needed")
    if told.value_date > today:
        raise RefusedError(f"the value date {told.value_date} lies in the future; book it when it has come")
    if told.value_date < _EARLIEST:
        raise RefusedError(f"the value date {told.value_date} cannot be right")


def _must_have_claim(book: CaseBook, told: PaymentTold) -> None:
    if told.position is not None and told.position not in {claim.position for claim in book.claims}:
        raise RefusedError(f"{format_case_number(book.case_id)} has no claim {told.position}")


def _must_be_new(books: Books, book: CaseBook, told: PaymentTold) -> None:
    """Refuse a payment that is known: told twice, by two sides, or our own payout told back."""
    for one in book.receipts:
        apart = abs((one.value_date - told.value_date).days)
        is_direct = one.channel == "direct"
        alike = one.state == "booked" and one.cents == told.amount.cents
        if alike and (apart == 0 or (is_direct != told.is_direct and apart <= _TWICE_DAYS)):
            side = "to the creditor" if is_direct else "at the agency"
            raise RefusedError(
                f"{told.amount} EUR of {told.value_date} look like the payment {side} of {one.value_date}, "
                f"which is booked (receipt {one.receipt_id}); say --again if it is a second one"
            )
    if not told.is_direct:
        return
    since = (told.value_date - timedelta(days=_ECHO_DAYS)).isoformat()
    paid_out = select(payouts.c.due_on).where(
        payouts.c.account_id == books.account_id,
        payouts.c.state == "confirmed",
        payouts.c.cents == told.amount.cents,
        payouts.c.due_on.between(since, told.value_date.isoformat()),
    )
    if books.connection.execute(paid_out).first() is not None:
        raise RefusedError(
            f"{told.amount} EUR are what we paid out to the creditor in those days, so this may be our own "
            "payout; say --again if a debtor paid the same amount"
        )


def _book_receipt(books: Books, book: CaseBook, told: PaymentTold, *, principal: bool = False) -> int:
    """Book a receipt with its allocation and shares; returns its number."""
    receipt_id = newest_receipt(books) + 1
    policy = Policy.BGB366_367
    exact = told.amount.cents == _open_principal(book, told.value_date)
    if told.covers_principal or told.position is not None or principal or exact:
        policy = Policy.DESIGNATED  # § 367 (2) BGB: to the cent, it is read as the debtor's own word
    held_until = None
    if told.method == "direct_debit" and not told.is_direct:
        held_until = (told.value_date + timedelta(weeks=books.settings.hold_weeks)).isoformat()
    books.connection.execute(
        insert(receipts).values(
            account_id=books.account_id,
            receipt_id=receipt_id,
            case_id=book.case_id,
            channel="direct" if told.is_direct else "agency",
            method=told.method,
            state="booked",
            cents=told.amount.cents,
            value_date=told.value_date.isoformat(),
            booked_at=to_micros(books.now),
            policy=policy.value,
            position=told.position,
            held_until=held_until,
            submission_id=told.submission_id,
            reference=told.reference,
        )
    )
    payment = Payment(
        receipt_id=receipt_id,
        cents=told.amount.cents,
        value_date=told.value_date,
        policy=policy,
        position=told.position,
    )
    kind = EntryKind.DIRECT_PAYMENT if told.is_direct else EntryKind.RECEIPT
    books.book(book, Change(kind=kind, value_date=told.value_date, payment=payment, is_direct=told.is_direct))
    return receipt_id


def _book_direct(books: Books, book: CaseBook, told: PaymentTold) -> PaymentBooked:
    """By the decision table of direct payments."""
    outcome = direct_payment(
        told.value_date,
        told.amount,
        handover=book.handed_over_on,
        first_letter_received=_letter_received(book),
        owed=_owed(book, told.value_date),
        gap=GapPolicy(books.settings.gap),
    )
    if book.status == Status.CLEARED:  # whatever comes now is too much
        receipt_id = _book_receipt(books, book, told)
        note_payment(books, book, "payment_received", told)
        return _too_much(books, book, told, receipt_id)
    match outcome.decision:
        case DirectDecision.PRINCIPAL_LOWERED:
            _lower_principal(books, book, told)
            return booked_as(books, book.case_id, None, outcome.decision.value)
        case DirectDecision.CANCELLED:
            return _cancel_as_paid(books, book, told, outcome.surplus)
        case _:
            receipt_id = _book_receipt(books, book, told, principal=outcome.covers_principal)
            _follow(books, book, told, outcome)
            return booked_as(books, book.case_id, receipt_id, outcome.decision.value)


def _too_much(books: Books, book: CaseBook, told: PaymentTold, receipt_id: int) -> PaymentBooked:
    """A case that is closed as paid got more: the operator pays it back, the final document is made anew."""
    keep_payment_state(books, books.case(book.case_id))
    remake_statement(books, book.case_id)
    ask_operator(books, book, "surplus", told)
    return booked_as(books, book.case_id, receipt_id, "surplus")


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
        detail=stop_clock(books, book) | _told(told) | {"entries": numbers},
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


def _owed(book: CaseBook, day: date) -> DirectOwed:
    """What was owed on a day, before a payment of that day."""
    account = book.until(day).account(day)
    principal = account.open_of(Ledger.PRINCIPAL)
    handed_over = principal + sum(account.open_of(ledger) for ledger in CREDITOR_COSTS)
    return DirectOwed(principal=Money(principal), handed_over=Money(handed_over), total=Money(account.owed))


def _open_principal(book: CaseBook, day: date) -> int:
    return _owed(book, day).principal.cents


def note_payment(
    books: Books, book: CaseBook, trigger: str, told: PaymentTold, reason: str | None = None
) -> None:
    """Write into the history of a case what was paid, or went back."""
    record_event(
        books.connection,
        books.account_id,
        book.case_id,
        books.now,
        source=book.status,
        target=book.status,
        trigger=trigger,
        actor=books.actor,
        reason=reason,
        detail=_told(told),
    )


def _told(told: PaymentTold) -> dict[str, str]:
    return {
        "amount": str(told.amount),
        "value_date": told.value_date.isoformat(),
        "to": "creditor" if told.is_direct else "agency",
    }


def ask_operator(books: Books, book: CaseBook, kind: str, told: PaymentTold) -> None:
    """Put it before the operator."""
    open_task(
        books.connection,
        kind=kind,
        account_id=books.account_id,
        case_id=book.case_id,
        detail={"amount": str(told.amount), "value_date": told.value_date.isoformat()},
        now=books.now,
    )


def booked_as(books: Books, case_id: int, receipt_id: int | None, decision: str) -> PaymentBooked:
    """What became of a payment, with the status of its case now."""
    book = books.case(case_id)
    return PaymentBooked(
        receipt_id=receipt_id,
        decision=decision,
        status=book.status,
        surplus=Money(-book.total(Ledger.OVERPAID)),
    )
