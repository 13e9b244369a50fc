"""Payments into a case: at the agency or to the creditor itself. What goes back is in `returns`.

Whatever is doubtful is refused with a sentence, and nothing is written: an amount of zero, a day in the
future, another currency, the same payment told twice, our own payout told back to us.
"""

from datetime import date, timedelta

import msgspec
from sqlalchemy import select

from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.closing import settle
from storage.books.direct_payments import book_direct, keep_as_surplus
from storage.books.receipts import (
    PaymentBooked,
    PaymentTold,
    ask_operator,
    book_receipt,
    booked_as,
    note_payment,
    told_as_detail,
)
from storage.case_number import format_case_number
from storage.engine.book_tables import payouts
from storage.engine.schema import case_events
from storage.errors import RefusedError
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor, Trigger
from storage.money import Money

__all__ = ["PaymentBooked", "PaymentTold", "book_payment"]

_TWICE_DAYS = 5  # a payment told by two sides carries days that differ by a weekend at most
_ECHO_DAYS = 10
_EARLIEST = date(2000, 1, 1)
_MOST = Money(1_000_000_000_00)  # above it, it is a slip of the keyboard


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
        return book_direct(books, book, told)
    receipt_id = book_receipt(books, book, told)
    note_payment(books, book, "payment_received", told)
    if status is Status.CLEARED:
        return keep_as_surplus(books, book, told, receipt_id)
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
    if told.amount.cents > _MOST.cents:
        raise RefusedError(f"{told.amount} EUR cannot be right")
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
    if told_as_detail(told) in _told_before_handover(books, book):
        raise RefusedError(
            f"{told.amount} EUR of {told.value_date} were told before, and what was handed over is corrected "
            "by them; say --again if it is a second payment"
        )
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


def _told_before_handover(books: Books, book: CaseBook) -> list[dict[str, str]]:
    """Payments before the handover: they are no receipts, only the history of the case knows them."""
    found = select(case_events.c.detail).filter_by(
        account_id=books.account_id,
        case_id=book.case_id,
        trigger=Trigger.PART_PAID_BEFORE_HANDOVER.value,
    )
    details = books.connection.execute(found).scalars()
    return [msgspec.json.decode(detail, type=dict[str, str]) for detail in details if detail]
