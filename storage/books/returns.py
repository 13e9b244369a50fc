"""What goes back: payments that were returned, and what is paid back since it was too much."""

from sqlalchemy import select, update

from storage.books.booking import Change
from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook, Receipt
from storage.books.claim_account import Charge
from storage.books.closing import keep_payment_state, open_cents, remake_statement, reopen, settle, write_off
from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger
from storage.books.receipts import PaymentBooked, PaymentTold, booked_as, note_payment
from storage.engine.book_tables import receipts
from storage.errors import RefusedError, UnknownError
from storage.lifecycle.statuses import OPEN, Status
from storage.lifecycle.words import Actor
from storage.money import Money

_RETURN_FEE_MAX = Money(100_00)  # above it, it is no bank's fee but a slip of the keyboard


def return_payment(
    books: Books, receipt_id: int, reason: str, return_fee: Money | None = None
) -> PaymentBooked:
    """A payment was returned: it is mirrored, the bank's fee is charged, a cleared case goes on.

    What was paid out of it is now owed by the creditor's balance, which may go below zero. A direct debit is
    no longer held. Raises RefusedError, with nothing written.
    """
    if not reason.strip():
        raise RefusedError("a reason is missing")
    if return_fee is not None and not 0 < return_fee.cents <= _RETURN_FEE_MAX.cents:
        raise RefusedError(f"{return_fee} EUR is no bank's fee for a return")
    receipt, case_id = find_receipt(books, receipt_id)
    if receipt.state != "booked":
        raise RefusedError(f"receipt {receipt_id} was returned before")
    if receipt.net_cents != receipt.cents:
        paid_back = Money(receipt.cents - receipt.net_cents)
        raise RefusedError(f"{paid_back} EUR of receipt {receipt_id} were paid back; clear that up first")
    book = books.case(case_id)
    change = Change(
        kind=EntryKind.REVERSAL,
        value_date=receipt.value_date,
        returned=receipt_id,
        reverses=receipt.entry,
        note=reason,
    )
    books.book(book, change)
    returned = update(receipts).filter_by(account_id=books.account_id, receipt_id=receipt_id)
    books.connection.execute(returned.values(state="returned", held_until=None))
    told = PaymentTold(
        amount=Money(receipt.cents), value_date=receipt.value_date, is_direct=receipt.channel == "direct"
    )
    note_payment(books, book, "payment_returned", told, reason)
    _go_on(books, case_id, reason)
    if return_fee is not None:
        _charge_return_fee(books, books.case(case_id), return_fee, is_direct=receipt.channel == "direct")
    keep_payment_state(books, books.case(case_id))
    return booked_as(books, case_id, receipt_id, "returned")


def refund(books: Books, receipt_id: int, amount: Money, reason: str) -> PaymentBooked:
    """Pay back what was received above all that was owed, to where it came from."""
    if not reason.strip():
        raise RefusedError("a reason is missing")
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
    told = PaymentTold(amount=amount, value_date=books.today, is_direct=receipt.channel == "direct")
    note_payment(books, book, "payment_refunded", told, reason)
    keep_payment_state(books, books.case(case_id))
    if book.status == Status.CLEARED:
        remake_statement(books, case_id)
    return booked_as(books, case_id, receipt.receipt_id, "refunded")


def find_receipt(books: Books, receipt_id: int) -> tuple[Receipt, int]:
    """A receipt of the account and its case. Raises UnknownError."""
    found = select(receipts.c.case_id).filter_by(account_id=books.account_id, receipt_id=receipt_id)
    case_id = books.connection.execute(found).scalar()
    if case_id is None:
        raise UnknownError(f"there is no receipt {receipt_id} in the books of this creditor")
    receipt = next(one for one in books.case(case_id).receipts if one.receipt_id == receipt_id)
    return receipt, case_id


def _go_on(books: Books, case_id: int, reason: str) -> None:
    """A cleared case that is no longer paid is collected again; an open one may be paid without it."""
    book = books.case(case_id)
    if book.status == Status.CLEARED:
        if open_cents(book) > books.settings.tolerance_cents:
            reopen(books, case_id, reason)
        else:  # others have paid it as well
            remake_statement(books, case_id)
    elif Status(book.status) in OPEN:
        settle(books, case_id, Actor.SYSTEM, direct=False)
    elif open_cents(book) > 0:  # it stands closed, unpaid: what was paid on it is not collected again
        write_off(books, case_id, books.today, reason)


def _charge_return_fee(books: Books, book: CaseBook, return_fee: Money, *, is_direct: bool) -> None:
    """What a bank took: the agency's for what was paid to it, the creditor's for what was paid there."""
    if Status(book.status) not in OPEN:
        return  # it stands closed: nothing more is charged to this debtor
    standing = [bucket[1] for bucket in book.booked if bucket[0] is Ledger.PRINCIPAL]
    position = min(standing, default=book.claims[0].position)
    bucket = (Ledger.BANK_RETURN_FEE, position) if is_direct else (Ledger.RETURN_EXPENSES, 0)
    charge = Charge(bucket=bucket, cents=return_fee.cents, on=books.today)
    books.book(book, Change(kind=EntryKind.COST, value_date=books.today, charges=(charge,)))
