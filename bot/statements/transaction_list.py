"""The list of all bookings for a spreadsheet program: its header and its cells."""

from typing import TYPE_CHECKING

from bot.cells import Cell, joined
from bot.statements.words import Words, words_in

if TYPE_CHECKING:
    from storage.books.transactions import Transaction

_KINDS = ("principal", "creditor_costs", "interest", "court_costs", "fee", "expenses", "vat")


def transaction_header(language: str) -> list[str]:
    """The names of the columns."""
    words = words_in(language)
    return [
        words.entry,
        words.booked_on,
        words.value_date,
        words.case,
        words.reference,
        words.debtor_number,
        words.debtor,
        words.kind,
        words.to_agency,
        words.to_creditor,
        *(words.kind_of_cost[kind] for kind in _KINDS),
        words.surplus,
        words.your_share,
        words.agency_share,
        words.movement_of_balance,
    ]


def transaction_cells(transaction: "Transaction", language: str) -> tuple[Cell, ...]:
    """One line of the list."""
    names = transaction.names
    return (
        transaction.entry,
        transaction.booked_on,
        transaction.value_date,
        transaction.case,
        joined(names.references) if names else None,
        names.debtor_number if names else None,
        names.debtor if names else None,
        kind_of(transaction.kind, words_in(language)),
        transaction.to_agency,
        transaction.to_creditor,
        *(getattr(transaction, kind) for kind in _KINDS),
        transaction.overpaid,
        transaction.creditor_share,
        transaction.agency_share,
        transaction.credited,
    )


def kind_of(kind: str, words: Words) -> str:
    """What a booking was about, in words."""
    return words.movement.get(kind, kind)
