"""The credit balance account (Guthabenkonto) as its creditor reads it: a credit is the creditor's money.

The balance itself is a kept row. As of a day it is that row less the movements of the days after, and the
list is read page by page along an index, so neither depends on how much was ever booked.
"""
# ruff: noqa: S608  statements are put together from our own words and numbers only

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select, text

from storage.books.entries import EntryKind
from storage.books.journal import account_balance
from storage.books.ledgers import Ledger
from storage.case_number import format_case_number
from storage.engine.book_tables import movements
from storage.money import Money

ENTRIES_A_PAGE = 500


class BalanceKind(StrEnum):
    """What moved the balance."""

    RECEIPT = "receipt"
    DIRECT_PAYMENT = "direct_payment"
    PAYOUT = "payout"
    REVERSAL = "reversal"
    CORRECTION = "correction"


class BalanceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One booking on the balance account; amount is above zero when it is the creditor's gain."""

    number: int
    value_date: date
    booked_on: date
    kind: BalanceKind
    case: str | None
    amount: Money


_KINDS = {kind.value: kind for kind in BalanceKind}
_MOVEMENTS_OF_BALANCE = movements.c.ledger == int(Ledger.BALANCE)
# SQLite would rather go through all postings than along the index of these, and is told.
_PAGE = (
    "SELECT p.entry, SUM(p.cents) AS cents, MIN(j.kind) AS kind, MIN(j.case_id) AS case_id, "
    "MIN(j.value_date) AS value_date, MIN(j.booked_on) AS booked_on "
    "FROM postings p {indexed} CROSS JOIN journal j "
    f"WHERE p.account_id = :account_id AND p.ledger = {Ledger.BALANCE:d} "
    "AND p.entry > :after AND p.entry <= :until "
    "AND j.account_id = p.account_id AND j.entry = p.entry AND j.booked_on <= :as_of "
    "GROUP BY p.entry ORDER BY p.entry {order} LIMIT :count"
)


def balance_of(connection: Connection, account_id: int, as_of: date | None = None) -> Money:
    """What the account holds, or held at the end of a day of booking; below zero the creditor owes it."""
    cents = account_balance(connection, account_id, Ledger.BALANCE)
    if as_of is not None:
        later = select(func.coalesce(func.sum(movements.c.cents), 0)).where(
            movements.c.account_id == account_id,
            _MOVEMENTS_OF_BALANCE,
            movements.c.booked_on > as_of.isoformat(),
        )
        cents -= int(connection.execute(later).scalar_one())
    return Money(-cents)


def newest_entries(
    connection: Connection, account_id: int, as_of: date, count: int, before: int | None = None
) -> list[BalanceEntry]:
    """The newest entries booked by a day, oldest first; before: of those with smaller numbers only."""
    last = _last_entry(connection, account_id, as_of)
    until = last if before is None else min(last, before - 1)
    rows = _page(connection, account_id, as_of, count, until=until)
    return [_entry(row) for row in reversed(rows)]


def all_entries(connection: Connection, account_id: int, as_of: date) -> Iterator[BalanceEntry]:
    """All entries booked by a day, oldest first, read page by page."""
    last = _last_entry(connection, account_id, as_of)
    after = 0
    while True:
        rows = _page(connection, account_id, as_of, ENTRIES_A_PAGE, until=last, after=after)
        yield from (_entry(row) for row in rows)
        if len(rows) < ENTRIES_A_PAGE:
            return
        after = rows[-1].entry


def _last_entry(connection: Connection, account_id: int, as_of: date) -> int:
    """The number of the newest entry by a day that may have moved the balance."""
    found = select(func.max(movements.c.last_entry)).where(
        movements.c.account_id == account_id,
        _MOVEMENTS_OF_BALANCE,
        movements.c.booked_on <= as_of.isoformat(),
    )
    return connection.execute(found).scalar() or 0


def _page(
    connection: Connection, account_id: int, as_of: date, count: int, *, until: int, after: int | None = None
) -> Sequence[Any]:
    """Entries up to a number, the newest first; or those after one, the oldest first."""
    indexed = "INDEXED BY ix_postings_balance" if connection.dialect.name == "sqlite" else ""
    asked = _PAGE.format(indexed=indexed, order="DESC" if after is None else "ASC")
    values = {
        "account_id": account_id,
        "after": after or 0,
        "until": until,
        "as_of": as_of.isoformat(),
        "count": count,
    }
    return connection.execute(text(asked), values).all()


def _entry(row: Any) -> BalanceEntry:
    return BalanceEntry(
        number=row.entry,
        value_date=date.fromisoformat(row.value_date),
        booked_on=date.fromisoformat(row.booked_on),
        kind=_KINDS.get(EntryKind(row.kind).value, BalanceKind.CORRECTION),
        case=None if row.case_id is None else format_case_number(row.case_id),
        amount=Money(-int(row.cents)),
    )
