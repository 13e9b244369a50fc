"""What of the creditors' money can be paid out: as it stood on a day, less what is held or has left since.

Everything is asked for a range of accounts at once, since a month's payout looks at all of them. The
figures come from kept balances and the movements of the days after, so that it does not matter how much
was ever booked; only cases with a held receipt are looked into.
"""
# ruff: noqa: S608  statements are put together from our own words and numbers only

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger
from storage.books.waterfall import share

# CROSS JOIN, because SQLite then keeps to the order: from few accounts to their rows, never through all rows.
_OF_RANGE = "FROM accounts a CROSS JOIN {table} WHERE a.account_id BETWEEN :first AND :last AND "
_KEPT = (
    "SELECT b.account_id, b.ledger, b.cents "
    + _OF_RANGE.format(table="balances b")
    + f"b.account_id = a.account_id AND b.case_id = 0 AND b.ledger >= {Ledger.TRUST_BANK:d}"
)
_LATER = (
    "SELECT m.account_id, SUM(m.cents) AS cents, MIN(m.first_entry) AS entry "
    + _OF_RANGE.format(table="movements m")
    + f"m.account_id = a.account_id AND m.ledger = {Ledger.BALANCE:d} AND m.booked_on > :day "
    "GROUP BY m.account_id"
)
# What has left since and was there before: payouts, and receipts of then that were returned.
_LEFT = (
    f"WITH later AS ({_LATER}) SELECT l.account_id, SUM(p.cents) AS cents FROM later l "
    "CROSS JOIN postings p {indexed} CROSS JOIN journal j "
    "WHERE p.account_id = l.account_id AND p.entry >= l.entry "
    f"AND p.ledger = {Ledger.BALANCE:d} AND p.cents > 0 "
    f"AND j.account_id = p.account_id AND j.entry = p.entry AND (j.kind = '{EntryKind.PAYOUT}' "
    f"OR (j.kind = '{EntryKind.REVERSAL}' AND j.reverses < l.entry)) GROUP BY l.account_id"
)
_INDEXED = {"sqlite": "INDEXED BY ix_postings_balance", "postgresql": ""}
_SHARED = (
    Ledger.CHARGED_CREDITOR,
    Ledger.CHARGED_AGENCY,
    Ledger.SETTLED,
    Ledger.RECEIVED,
    Ledger.RECEIVED_DIRECT,
)
# A receipt is looked up by its key, and its day is asked only then: PostgreSQL, when it takes the tables for
# small, would else go through all held receipts of the account for every posting.
_HELD = (
    "WITH touched AS (SELECT DISTINCT r.account_id, r.case_id "
    + _OF_RANGE.format(table="receipts r")
    + "r.account_id = a.account_id AND r.held_until >= :day) "
    "SELECT t.account_id, t.case_id, p.ledger, SUM(p.cents) AS cents, "
    "SUM(CASE WHEN h.held_until >= :day THEN p.cents ELSE 0 END) AS held FROM touched t "
    "CROSS JOIN journal j CROSS JOIN postings p "
    "LEFT JOIN receipts h ON h.account_id = j.account_id AND h.receipt_id = j.receipt_id "
    "WHERE j.account_id = t.account_id AND j.case_id = t.case_id AND j.booked_on <= :day "
    "AND p.account_id = j.account_id AND p.entry = j.entry "
    f"AND p.ledger IN ({', '.join(f'{ledger:d}' for ledger in _SHARED)}) "
    "GROUP BY t.account_id, t.case_id, p.ledger ORDER BY t.account_id, t.case_id"
)


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What would be lost if all receipts that can still be returned were: each one's share, in cents."""

    creditor: int = 0
    agency: int = 0


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """An account's money in cents, a credit of the creditor positive.

    balance and held are as of the day that was asked for; left: what was there then and has left since;
    balance_now and held_now are as of today. trust: what lies in the trust account; refunds: what of it goes
    back to debtors; agency: what is the agency's.
    """

    balance: int
    held: Held
    left: int
    balance_now: int
    held_now: Held
    trust: int
    refunds: int
    agency: int

    @property
    def payable(self) -> int:
        """What can be paid out; zero or less: nothing. Never more than what the account holds today."""
        return min(self.balance - self.held.creditor - self.left, self.balance_now - self.held_now.creditor)

    def covers(self, cents: int) -> bool:
        """Whether the trust account holds that much beside what goes back to debtors."""
        return cents <= self.trust - max(self.refunds, 0)


def standings(connection: Connection, first: int, last: int, day: date, today: date) -> dict[int, Standing]:
    """The money of all accounts of a range of ids that have books, as of a day and of today."""
    kept: dict[int, dict[int, int]] = {}
    for row in _rows(connection, _KEPT, first, last):
        kept.setdefault(row.account_id, {})[row.ledger] = row.cents
    later = {row.account_id: int(row.cents) for row in _rows(connection, _LATER, first, last, day)}
    gone = _LEFT.format(indexed=_INDEXED[connection.dialect.name])
    left = {row.account_id: int(row.cents) for row in _rows(connection, gone, first, last, day)}
    held = held_receipts(connection, first, last, day)
    held_now = held if day == today else held_receipts(connection, first, last, today)
    none = Held()
    return {
        account_id: Standing(
            balance=later.get(account_id, 0) - of_account.get(Ledger.BALANCE, 0),
            held=held.get(account_id, none),
            left=left.get(account_id, 0),
            balance_now=-of_account.get(Ledger.BALANCE, 0),
            held_now=held_now.get(account_id, none),
            trust=of_account.get(Ledger.TRUST_BANK, 0),
            refunds=-of_account.get(Ledger.REFUNDS_DUE, 0),
            agency=-of_account.get(Ledger.AGENCY, 0),
        )
        for account_id, of_account in kept.items()
    }


def held_receipts(connection: Connection, first: int, last: int, day: date) -> dict[int, Held]:
    """What of each account's money hangs on receipts that were still held on a day."""
    held: dict[int, Held] = {}
    for (account_id, _), rows in groupby(
        _rows(connection, _HELD, first, last, day), key=lambda row: (row.account_id, row.case_id)
    ):
        of_case = _held_of_case({Ledger(row.ledger): (int(row.cents), int(row.held)) for row in rows})
        known = held.get(account_id, Held())
        held[account_id] = Held(
            creditor=known.creditor + of_case.creditor, agency=known.agency + of_case.agency
        )
    return held


def _held_of_case(sums: dict[Ledger, tuple[int, int]]) -> Held:
    """The shares of a case, less what they would be without its held receipts."""
    total = {ledger: sums.get(ledger, (0, 0))[0] for ledger in _SHARED}
    received = total[Ledger.RECEIVED] + total[Ledger.RECEIVED_DIRECT]
    at_risk = min(max(sums.get(Ledger.SETTLED, (0, 0))[1], 0), received)
    creditor, agency = -total[Ledger.CHARGED_CREDITOR], -total[Ledger.CHARGED_AGENCY]
    booked, without = share(received, creditor, agency), share(received - at_risk, creditor, agency)
    return Held(creditor=booked.creditor - without.creditor, agency=booked.agency - without.agency)


def _rows(
    connection: Connection, statement: str, first: int, last: int, day: date | None = None
) -> Iterator[Any]:
    values: dict[str, object] = {"first": first, "last": last}
    if day is not None:
        values["day"] = day.isoformat()
    yield from connection.execute(text(statement), values)
