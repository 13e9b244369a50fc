"""Payments into a case: at the agency or to the creditor itself, returned, refunded.

Whatever is doubtful is refused with a sentence, and nothing is written: an amount of zero, a day in the
future, another currency, the same payment told twice, our own payout told back to us.
"""

from datetime import date, timedelta

import msgspec
from sqlalchemy import func, insert, select, update

from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook, Receipt
from storage.books.claim_account import Charge, Payment, Policy
from storage.books.closing import keep_payment_state, open_cents, reopen, settle, write_off
from storage.books.entries import EntryKind
from storage.books.fees import fee_change, fees_reversed
from storage.books.ledgers import CREDITOR_COSTS, Ledger
from storage.case_number import format_case_number
from storage.engine.book_tables import payouts, receipts
from storage.engine.instants import to_micros
from storage.errors import RefusedError
from storage.intake.tasks import open_task
from storage.lifecycle.case_facts import facts_of
from storage.lifecycle.direct_payment import (
    DirectDecision,
    DirectOwed,
    DirectPaymentOutcome,
    GapPolicy,
    direct_payment,
)
from storage.lifecycle.history import record_event, record_move
from storage.lifecycle.moves import Move, Refusal, move
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money, german

_TWICE_DAYS = 5  # a payment told by two sides carries days that differ by a weekend at most
_ECHO_DAYS = 10


class PaymentTold(msgspec.Struct, frozen=True, kw_only=True):
    """A payment to book.

    is_direct: it went to the creditor. covers_principal: the debtor designated it so. position: the claim
    that the debtor named. again: it is a second one, although it looks like one that is booked already.
    method: transfer, direct_debit, cash, … A direct debit is held from payout, since it can be returned.
    """

    amount: Money
    value_date: date
    is_direct: bool = False
    covers_principal: bool = False
    position: int | None = None
    method: str = "transfer"
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
    _note(books, book, "payment_received", told)
    settle(books, case_id, Actor.SYSTEM, direct=False)
    return _booked(books, case_id, receipt_id, "receipt")


def return_payment(
    books: Books, receipt_id: int, reason: str, return_fee: Money | None = None
) -> PaymentBooked:
    """A payment was returned: it is mirrored, the bank's fee is charged, a cleared case goes on."""
    receipt, case_id = find_receipt(books, receipt_id)
    if receipt.state != "booked":
        raise RefusedError(f"receipt {receipt_id} was returned before")
    book = books.case(case_id)
    change = Change(
        kind=EntryKind.REVERSAL,
        value_date=receipt.value_date,
        returned=receipt_id,
        reverses=receipt.entry,
        note=reason,
    )
    books.book(book, change)
    _set_receipt(books, receipt_id, state="returned", held_until=None)
    if return_fee is not None and return_fee.cents:
        position = book.claims[0].position
        fee = Charge(bucket=(Ledger.BANK_RETURN_FEE, position), cents=return_fee.cents, on=books.today)
        books.book(books.case(case_id), Change(kind=EntryKind.COST, value_date=books.today, charges=(fee,)))
    told = PaymentTold(amount=Money(receipt.cents), value_date=receipt.value_date)
    _note(books, book, "payment_returned", told, reason)
    if book.status == Status.CLEARED:
        reopen(books, case_id, reason)
    keep_payment_state(books, books.case(case_id))
    return _booked(books, case_id, receipt_id, "returned")


def refund(books: Books, receipt_id: int, amount: Money, reason: str) -> PaymentBooked:
    """Pay back what was received above all that was owed, to where it came from."""
    receipt, case_id = find_receipt(books, receipt_id)
    book = books.case(case_id)
    unused = book.unused.get(receipt_id, 0)
    if not 0 < amount.cents <= unused:
        raise RefusedError(
            f"{amount} EUR of receipt {receipt_id} cannot be paid back: {Money(unused)} EUR are too much"
        )
    change = Change(
        kind=EntryKind.REFUND,
        value_date=books.today,
        refunded=receipt_id,
        refunded_cents=amount.cents,
        note=reason,
    )
    books.book(book, change)
    keep_payment_state(books, books.case(case_id))
    return _booked(books, case_id, receipt.receipt_id, "refunded")


def find_receipt(books: Books, receipt_id: int) -> tuple[Receipt, int]:
    """A receipt of the account and its case. Raises RefusedError."""
    found = select(receipts.c.case_id).filter_by(account_id=books.account_id, receipt_id=receipt_id)
    case_id = books.connection.execute(found).scalar()
    if case_id is None:
        raise RefusedError(f"there is no receipt {receipt_id}")
    receipt = next(one for one in books.case(case_id).receipts if one.receipt_id == receipt_id)
    return receipt, case_id


def _must_be_money(told: PaymentTold, today: date) -> None:
    if told.amount.currency != "EUR":
        raise RefusedError(
            f"the books are kept in EUR; {told.amount} {told.amount.currency} cannot be booked"
        )
    if told.amount.cents <= 0:
        raise RefusedError(f"{told.amount} EUR is no payment; an amount above zero is needed")
    if told.value_date > today:
        raise RefusedError(f"the value date {told.value_date} lies in the future; book it when it has come")


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
    last = select(func.max(receipts.c.receipt_id)).filter_by(account_id=books.account_id)
    receipt_id = (books.connection.execute(last).scalar() or 0) + 1
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
        _note(books, book, "payment_received", told)
        _ask_back(books, book, "surplus", told)
        return _booked(books, book.case_id, receipt_id, "surplus")
    match outcome.decision:
        case DirectDecision.PRINCIPAL_LOWERED:
            _lower_principal(books, book, told)
            return _booked(books, book.case_id, None, outcome.decision.value)
        case DirectDecision.CANCELLED:
            return _cancel_as_paid(books, book, told)
        case _:
            receipt_id = _book_receipt(books, book, told, principal=outcome.covers_principal)
            _follow(books, book, told, outcome)
            return _booked(books, book.case_id, receipt_id, outcome.decision.value)


def _follow(books: Books, book: CaseBook, told: PaymentTold, outcome: DirectPaymentOutcome) -> None:
    """What else the table says of a direct payment that is booked."""
    note = outcome.decision.value
    if outcome.review or outcome.reverse_fees:
        taken_back = fees_reversed(books.case(book.case_id), books.today, note)
        if taken_back is not None:
            books.book(books.case(book.case_id), taken_back)
            books.set_progress(book.case_id, fee_tenths=0)
    _note(books, book, Trigger.PART_PAID_DIRECTLY.value, told)
    if outcome.review:
        _ask_back(books, book, "fee_review", told)
    if outcome.surplus.cents:
        _ask_back(books, book, "surplus", told)
    settle(books, book.case_id, Actor.AGENCY, direct=outcome.debit_agency_share)


def _lower_principal(books: Books, book: CaseBook, told: PaymentTold) -> None:
    """Part was paid before the handover: it was never ours, principal and fee are corrected."""
    left = told.amount.cents
    charges = []
    for claim in book.claims:
        bucket = (Ledger.PRINCIPAL, claim.position)
        share = min(left, book.booked.get(bucket, 0))
        if share > 0:
            charges.append(Charge(bucket=bucket, cents=-share, on=told.value_date))
            left -= share
    if left:
        raise RefusedError(
            f"{told.amount} EUR before the handover are more than the principal that is open; "
            "tell the creditor's costs apart, or cancel the case"
        )
    note = Trigger.PART_PAID_BEFORE_HANDOVER.value
    correction = Change(
        kind=EntryKind.CORRECTION, value_date=told.value_date, charges=tuple(charges), note=note
    )
    books.book(book, correction)
    lowered = books.case(book.case_id)
    fee = fee_change(lowered, lowered.progress.fee_tenths, books.today, note)
    if fee is not None:
        books.book(lowered, fee)
    _note(books, book, note, told)
    if book.progress.letter_on is not None:
        _ask_back(books, book, "letter_again", told)
    settle(books, book.case_id, Actor.AGENCY, direct=True)


def _cancel_as_paid(books: Books, book: CaseBook, told: PaymentTold) -> PaymentBooked:
    """All was paid before the handover: nothing is charged to anybody."""
    facts = facts_of(books, book, open_cents=open_cents(book), prepayment_evidence=True, reason="paid before")
    step = move(Status(book.status), Trigger.PAID_BEFORE_HANDOVER, Actor.AGENCY, facts)
    if isinstance(step, Refusal):
        raise RefusedError(step.english)
    receipt_id = _book_receipt(books, book, told)
    entries = write_off(books, book.case_id, books.today, step.trigger.value)
    _move(books, book, step, told, entries)
    return _booked(books, book.case_id, receipt_id, DirectDecision.CANCELLED.value)


def _move(books: Books, book: CaseBook, step: Move, told: PaymentTold, entries: list[int]) -> None:
    record_move(
        books.connection,
        books.account_id,
        book.case_id,
        step,
        books.now,
        actor=books.actor,
        reason=f"{german(told.amount.cents)} EUR, {told.value_date:%d.%m.%Y}",
        detail={"entries": entries} if entries else None,
    )
    books.set_progress(book.case_id, next_step=None, next_on=None)


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


def _set_receipt(books: Books, receipt_id: int, **values: object) -> None:
    changed = update(receipts).filter_by(account_id=books.account_id, receipt_id=receipt_id)
    books.connection.execute(changed.values(**values))


def _note(books: Books, book: CaseBook, trigger: str, told: PaymentTold, reason: str | None = None) -> None:
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
        detail={
            "amount": str(told.amount),
            "value_date": told.value_date.isoformat(),
            "to": "creditor" if told.is_direct else "agency",
        },
    )


def _ask_back(books: Books, book: CaseBook, kind: str, told: PaymentTold) -> None:
    """Put it before the operator."""
    open_task(
        books.connection,
        kind=kind,
        account_id=books.account_id,
        case_id=book.case_id,
        detail={"amount": str(told.amount), "value_date": told.value_date.isoformat()},
        now=books.now,
    )


def _booked(books: Books, case_id: int, receipt_id: int | None, decision: str) -> PaymentBooked:
    book = books.case(case_id)
    return PaymentBooked(
        receipt_id=receipt_id,
        decision=decision,
        status=book.status,
        surplus=Money(-book.total(Ledger.OVERPAID)),
    )
