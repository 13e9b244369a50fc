"""Receipts: one payment as it is told, booked with its allocation and its shares, and noted."""

from datetime import date, timedelta

import msgspec
from sqlalchemy import insert

from storage.books.agreements import newest_receipt
from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Payment, Policy
from storage.books.entries import EntryKind
from storage.books.ledgers import CREDITOR_COSTS, Ledger
from storage.engine.book_tables import receipts
from storage.engine.instants import to_micros
from storage.intake.tasks import open_task
from storage.lifecycle.direct_payment import DirectOwed
from storage.lifecycle.history import record_event
from storage.money import Money


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


def book_receipt(books: Books, book: CaseBook, told: PaymentTold, *, principal: bool = False) -> int:
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
        detail=told_as_detail(told),
    )


def told_as_detail(told: PaymentTold) -> dict[str, str]:
    """What the history keeps of a payment."""
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


def owed_on(book: CaseBook, day: date) -> DirectOwed:
    """What was owed on a day, before a payment of that day.

    Other payments before the handover count whatever their day: what they corrected was never handed over.
    """
    until = msgspec.structs.replace(
        book.until(day), charges=book.until(max(day, book.handed_over_on)).charges
    )
    account = until.account(day)
    principal = account.open_of(Ledger.PRINCIPAL)
    handed_over = principal + sum(account.open_of(ledger) for ledger in CREDITOR_COSTS)
    return DirectOwed(principal=Money(principal), handed_over=Money(handed_over), total=Money(account.owed))


def _open_principal(book: CaseBook, day: date) -> int:
    return owed_on(book, day).principal.cents
