"""The list of all bookings for a spreadsheet program: its header and its cells."""

from typing import TYPE_CHECKING

from bot.cells import Cell, joined
from bot.statements.words import Words, words_in

if TYPE_CHECKING:
    from storage.books.movements import Movement

_KINDS = ("principal", "creditor_costs", "interest", "court_costs", "fee", "expenses", "vat")


def movement_header(language: str) -> list[str]:
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


def movement_cells(movement: "Movement", language: str) -> tuple[Cell, ...]:
    """One line of the list."""
    names = movement.names
    return (
        movement.entry,
        movement.booked_on,
        movement.value_date,
        movement.case,
        joined(names.references) if names else None,
        names.debtor_number if names else None,
        names.debtor if names else None,
        kind_of(movement.kind, words_in(language)),
        movement.to_agency,
        movement.to_creditor,
        *(getattr(movement, kind) for kind in _KINDS),
        movement.overpaid,
        movement.creditor_share,
        movement.agency_share,
        movement.credited,
    )


def kind_of(kind: str, words: Words) -> str:
    """What a booking was about, in words."""
    return words.movement.get(kind, kind)
