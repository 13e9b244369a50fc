"""The book of a case as it was known at the end of a day of booking."""

from datetime import date

from msgspec.structs import replace
from sqlalchemy import Connection

from storage.books.case_book import CaseBook, fold
from storage.books.case_queries import LEGS
from storage.books.entries import EntryKind
from storage.engine.book_tables import journal


def known_by(connection: Connection, book: CaseBook, day: date) -> CaseBook:
    """The same book with the charges and receipts of then; claims, status and balances are those of now."""
    asked = {"account_id": book.account_id, "case_id": book.case_id}
    legs = connection.execute(LEGS.where(journal.c.booked_on <= day.isoformat()), asked).all()
    folded = fold(legs)
    returned = {leg.receipt_id for leg in legs if leg.kind == EntryKind.REVERSAL}
    return replace(
        book,
        charges=folded.charges,
        receipts=[
            replace(
                one,
                state="returned" if one.receipt_id in returned else "booked",
                net_cents=one.cents - folded.refunded.get(one.receipt_id, 0),
            )
            for one in book.receipts
            if one.receipt_id in folded.entries
        ],
        allocated=folded.allocated,
        unused=folded.unused,
        interest=folded.interest,
    )
