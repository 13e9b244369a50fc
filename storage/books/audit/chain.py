"""The audit of the journal in its own order: every entry balances, every hash follows from the one before.

Each account's money is followed on the way, since it comes with every posting anyway.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, text

from storage.books.audit.money import MOVEMENTS, AccountMoney, Sums
from storage.books.audit.streams import Rows, rows, side_by_side
from storage.books.entries import CHAIN_START, EntryKind, legs_text, link
from storage.books.ledgers import Ledger, Section
from storage.days import AGENCY_ZONE
from storage.engine.instants import from_micros, to_micros
from storage.findings import Finding

AccountSums = dict[int, Sums]

_JOURNAL = (
    "SELECT account_id, entry, kind, case_id, value_date, booked_on, booked_at, receipt_id, reverses, "
    "policy, hash FROM journal ORDER BY account_id, entry"
)
_POSTINGS = (
    "SELECT account_id, entry, leg, ledger, position, cents FROM postings ORDER BY account_id, entry, leg"
)
_KINDS = frozenset(EntryKind)
_LEDGERS = frozenset(Ledger)
_MONEY = int(Ledger.TRUST_BANK)


class ChainAudit:
    """One reading of the whole journal; `sums` is filled when the findings were read to their end."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._days = _Days()
        self._account = 0
        self._number = 0
        self._hash = CHAIN_START
        self._money = AccountMoney([])
        self.sums: AccountSums = {}

    def findings(self) -> Iterator[Finding]:
        """All that does not hold in the journal and in the heads of its chains."""
        heads = {
            row.account_id: (row.entry, bytes(row.hash))
            for row in self._connection.execute(text("SELECT account_id, entry, hash FROM chain_heads"))
        }
        streams = [rows(self._connection, one) for one in (MOVEMENTS, _JOURNAL, _POSTINGS)]
        for (account_id, number), (movements, entries, legs) in side_by_side(*streams):
            if account_id != self._account:
                yield from self._end(heads)
                self._account, self._number, self._hash = account_id, 0, CHAIN_START
                self._money = AccountMoney(movements)
            if not number:  # there is no entry 0: the movements come under it
                continue
            for message in _legs_messages(legs):
                yield _finding("entry.balance", account_id, number, message)
            if not entries:
                yield _finding("entry.legs", account_id, number, "has legs, but is not in the journal")
                continue
            yield from self._entry(entries[0], legs)
            for message in self._money.take_in(entries[0], legs):
                yield _finding("entry.covered", account_id, number, message)
        yield from self._end(heads)
        for account_id, head in heads.items():
            if head != (0, CHAIN_START):
                yield _account_finding(account_id, f"ends in entry {head[0]}, but its journal is empty")

    def _entry(self, entry: Any, legs: Rows) -> Iterator[Finding]:
        (account_id, number, kind, case_id, value_date, booked_on, booked_at) = entry[:7]
        receipt_id, reverses, policy, stored = entry[7:]
        if [leg[2] for leg in legs] != list(range(len(legs))) or not legs:
            yield _finding("entry.legs", account_id, number, "has legs missing")
        if kind not in _KINDS:
            yield _finding("entry.kind", account_id, number, f"is a {kind}, which does not exist")
        if case_id is None and legs and legs[0][3] < _MONEY:
            yield _finding("entry.case", account_id, number, "books claims or shares of no case")
        if booked_on != self._days.day_of(booked_at) or value_date > booked_on:
            message = f"was booked on {booked_on} for {value_date}; its time and these days do not agree"
            yield _finding("entry.dates", account_id, number, message)
        if number != self._number + 1:
            message = f"follows entry {self._number}: what was booked between them is gone"
            yield _finding("entry.gap", account_id, number, message)
        else:
            told = link(
                self._hash.hex(),
                account_id,
                number,
                kind,
                case_id or 0,
                receipt_id or 0,
                reverses or 0,
                policy or "",
                value_date,
                booked_at,
                legs_text([leg[3:] for leg in legs]),
            )
            if told != stored:
                message = "was changed after it was booked: its hash does not follow from what it says"
                yield _finding("entry.hash", account_id, number, message)
        self._number, self._hash = number, bytes(stored)

    def _end(self, heads: dict[int, tuple[int, bytes]]) -> Iterator[Finding]:
        """What is to be said when all entries of an account were read."""
        yield from self._head(heads)
        for message in self._money.messages():
            yield Finding(check="movement.sum", subject=f"account {self._account}", message=message)
        if self._money.sums:
            self.sums[self._account] = self._money.sums

    def _head(self, heads: dict[int, tuple[int, bytes]]) -> Iterator[Finding]:
        """The end of an account's chain must be the one that is kept."""
        if not self._number:
            return
        kept = heads.pop(self._account, None)
        if kept is None:
            yield _account_finding(self._account, f"is not kept; the journal ends in entry {self._number}")
        elif kept[0] != self._number:
            message = f"ends in entry {kept[0]}, the journal in entry {self._number}"
            yield _account_finding(self._account, message)
        elif kept[1] != self._hash:
            message = f"does not have the hash of entry {self._number}, in which the journal ends"
            yield _account_finding(self._account, message)


class _Days:
    """The agency's day of a moment; entries of one day mostly come one after the other."""

    def __init__(self) -> None:
        self._from = self._until = 0
        self._day = ""

    def day_of(self, micros: int) -> str:
        if not self._from <= micros < self._until:
            day = from_micros(micros).astimezone(AGENCY_ZONE).date()
            start = datetime.combine(day, time(), AGENCY_ZONE)
            self._from = to_micros(start)
            self._until = to_micros(datetime.combine(day + timedelta(1), time(), AGENCY_ZONE))
            self._day = day.isoformat()
        return self._day


def _legs_messages(legs: Rows) -> Iterator[str]:
    """What is wrong with the legs of one entry."""
    sums = {1: 0, 2: 0, 3: 0}
    for leg in legs:
        ledger, cents = leg[3], leg[5]
        if ledger not in _LEDGERS:
            yield f"books {cents} cents to the ledger {ledger}, which does not exist"
        elif not cents:
            yield f"has a leg of 0 cents in {Ledger(ledger).name}"
        else:
            sums[ledger // 100] += cents
    for section, cents in sums.items():
        if cents:
            yield f"does not balance: its {Section(section).name.lower()} sum to {cents} cents, not to 0"


def _finding(check: str, account_id: int, number: int, message: str) -> Finding:
    return Finding(check=check, subject=f"entry {number} of account {account_id}", message=message)


def _account_finding(account_id: int, message: str) -> Finding:
    return Finding(
        check="books.head", subject=f"account {account_id}", message=f"the head of its chain {message}"
    )
