"""The audit of an account's money as its entries are read in order: what was paid out was there, day by day.

A balance of today does not tell whether a payout was right: a payment that is returned after it was paid
out leaves the account below zero, rightly so, and the next payments fill it up. What was there when the
payout was booked tells it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from storage.books.audit.streams import Rows
from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger, named

Sums = dict[tuple[int, int], int]  # by ledger and position

MOVEMENTS = (
    "SELECT account_id, 0, ledger, booked_on, cents, first_entry, last_entry FROM movements "
    "ORDER BY account_id, ledger, booked_on"
)
_MONEY = int(Ledger.TRUST_BANK)
_TRUST, _BALANCE, _REFUNDS = (
    (int(ledger), 0) for ledger in (Ledger.TRUST_BANK, Ledger.BALANCE, Ledger.REFUNDS_DUE)
)
# They give back what came in, whatever became of it since.
_GIVES_BACK = frozenset((EntryKind.REVERSAL, EntryKind.REFUND))


class AccountMoney:
    """The money of one account; kept: its rows of MOVEMENTS."""

    def __init__(self, kept: Rows) -> None:
        self._kept = {(row[2], row[3]): tuple(row[4:7]) for row in kept}
        self._moved: dict[tuple[int, str], tuple[int, int, int]] = {}  # cents, first and last entry
        self.sums: Sums = {}

    def take_in(self, entry: Any, legs: Rows) -> Iterator[str]:
        """What is wrong with an entry when all before it were taken in."""
        number, kind, case_id, booked_on = entry[1], entry[2], entry[3], entry[5]
        sums, trust = self.sums, self.sums.get(_TRUST, 0)
        for leg in legs:
            ledger, cents = leg[3], leg[5]
            if ledger >= _MONEY or case_id is None:
                sums[ledger, leg[4]] = sums.get((ledger, leg[4]), 0) + cents
            if ledger >= _MONEY:
                moved, first, _ = self._moved.get((ledger, booked_on), (0, number, 0))
                self._moved[ledger, booked_on] = moved + cents, first, number
        takes = sums.get(_TRUST, 0) < trust and kind not in _GIVES_BACK
        short = _short(kind, sums) if takes or kind == EntryKind.PAYOUT else 0
        if short > 0:
            yield f"took {short} cents more out of trust or balance than were there for it: {kind}"

    def messages(self) -> Iterator[str]:
        """Movements that are kept otherwise than they were posted, when all entries were taken in."""
        for day in sorted(self._kept.keys() | self._moved.keys()):
            kept, moved = self._kept.get(day), self._moved.get(day)
            if kept != moved:
                yield f"keeps {_told(kept)} in {named(day[0])} on {day[1]}, its postings say {_told(moved)}"


def _short(kind: str, sums: Mapping[tuple[int, int], int]) -> int:
    """How many cents too many were taken: not there, or not of whom they were taken for."""
    trust, creditor, debtors = sums.get(_TRUST, 0), -sums.get(_BALANCE, 0), -sums.get(_REFUNDS, 0)
    if kind == EntryKind.PAYOUT:
        return max(max(debtors, 0) - trust, -creditor)
    if kind == EntryKind.AGENCY:
        return max(debtors, 0) + max(creditor, 0) - trust
    return -trust


def _told(movement: tuple[int, ...] | None) -> str:
    if movement is None:
        return "no movement"
    cents, first, last = movement
    return f"a movement of {cents} cents from entry {first} to {last}"
