"""How the books follow when a case ends unpaid, and when that was a mistake.

Cancelled, recalled, unfounded: free of charge to the creditor in every open status. Fees are taken back,
so that what the debtor paid on them counts for the rest first; receipts stay as booked; what is still
open is written off; a surplus and advanced court costs are put before the operator.
"""

from typing import Any

from sqlalchemy import func, select, update

from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.closing import keep_payment_state, open_on, write_back, write_off
from storage.books.ledgers import Ledger
from storage.engine.book_tables import plans
from storage.engine.schema import claims
from storage.errors import RefusedError
from storage.intake.tasks import open_task
from storage.lifecycle.statuses import Status
from storage.money import Money

CANCEL_REASONS = ("overlooked_payment", "returned_goods", "system_error")  # the product's, for CANCELLED


def close_unpaid(books: Books, book: CaseBook, note: str) -> dict[str, Any]:
    """Write off what is open of a case that ends unpaid; returns what the event of the move keeps."""
    if not book.booked:
        return {}
    due = open_on(book, books.today)
    outlays = sum(cents for (ledger, _), cents in due.items() if ledger is Ledger.COURT_COST)
    entries = write_off(books, book.case_id, books.today, note)
    surplus = -books.case(book.case_id).total(Ledger.OVERPAID)
    if surplus > 0:
        _ask(books, book.case_id, "surplus", {"amount": str(Money(surplus))})
    if outlays:
        _ask(books, book.case_id, "court_outlays", {"amount": str(Money(outlays))})
    kept: dict[str, Any] = {"entries": entries} if entries else {}
    written_off = sum(due.values())
    if written_off:
        kept["written_off"] = str(Money(written_off))
    return kept


def take_up_again(books: Books, book: CaseBook, target: Status, note: str) -> None:
    """Book back what was written off when the case ended. Raises RefusedError where no claim stands."""
    stands = select(func.count()).select_from(claims)
    standing = stands.where(
        claims.c.account_id == books.account_id,
        claims.c.case_id == book.case_id,
        claims.c.withdrawn_at.is_(None),
    )
    if not books.connection.execute(standing).scalar():
        raise RefusedError("all its claims were withdrawn with their submission; hand them over again")
    write_back(books, book.case_id, note)
    if target is Status.INSTALLMENT:
        mine = {"account_id": books.account_id, "case_id": book.case_id}
        newest = books.connection.execute(select(func.max(plans.c.number)).filter_by(**mine)).scalar()
        books.connection.execute(update(plans).filter_by(**mine, number=newest).values(state="active"))
    if book.progress is not None:
        keep_payment_state(books, books.case(book.case_id))


def inform_debtor(books: Books, book: CaseBook) -> None:
    """A debtor who has had our letter is to be told that the case is over."""
    if book.progress is not None and book.progress.letter_on is not None:
        _ask(books, book.case_id, "inform_debtor", {})


def ask_for_proof(books: Books, book: CaseBook) -> None:
    """The creditor is to be asked for proof of what the debtor objects to."""
    _ask(books, book.case_id, "ask_for_proof", {})


def _ask(books: Books, case_id: int, kind: str, detail: dict[str, Any]) -> None:
    open_task(
        books.connection,
        kind=kind,
        account_id=books.account_id,
        case_id=case_id,
        detail=detail,
        now=books.now,
    )
