"""The journal: entries are booked here and nowhere else, with the balances that follow from them.

Whoever books holds the head of the account's chain, so that the entries of one account follow each
other even when several gateways work on it. The kept balances change in the same transaction, so
reading one does not depend on how much was ever booked.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from storage.books.case_queries import BALANCES
from storage.books.entries import CHAIN_START, Entry, check_balanced, legs_text, link
from storage.books.ledgers import Ledger
from storage.days import today_of
from storage.engine.book_tables import postings
from storage.engine.bulk import insert_rows
from storage.engine.instants import to_micros

_MONEY = int(Ledger.TRUST_BANK)  # from here on, one balance stands for the whole account

_JOURNAL = (
    "account_id",
    "entry",
    "kind",
    "case_id",
    "value_date",
    "booked_on",
    "booked_at",
    "receipt_id",
    "reverses",
    "policy",
    "actor",
    "note",
    "hash",
)
_POSTINGS = ("account_id", "entry", "leg", "ledger", "position", "cents")
_BALANCES = ("account_id", "case_id", "ledger", "position", "cents")
_RAISED = (
    "ON CONFLICT (account_id, case_id, ledger, position) "
    "DO UPDATE SET cents = balances.cents + excluded.cents"
)
_MOVEMENTS = ("account_id", "ledger", "booked_on", "cents", "first_entry", "last_entry")
_MOVED = (
    "ON CONFLICT (account_id, ledger, booked_on) "
    "DO UPDATE SET cents = movements.cents + excluded.cents, last_entry = excluded.last_entry"
)
_HEADS = ("account_id", "entry", "hash")
_MOVED_ON = "ON CONFLICT (account_id) DO UPDATE SET entry = excluded.entry, hash = excluded.hash"
_KEPT = (
    "SELECT cents FROM balances "
    "WHERE account_id = {mark} AND case_id = 0 AND ledger = {mark} AND position = 0"
)
_HEAD = "SELECT entry, hash FROM chain_heads WHERE account_id = {mark}{lock}"
_HEADS_OF_RANGE = (
    "SELECT account_id, entry, hash FROM chain_heads WHERE account_id BETWEEN {mark} AND {mark} "
    "ORDER BY account_id{lock}"
)
_FIRST_HEAD = (
    "INSERT INTO chain_heads (account_id, entry, hash) VALUES ({mark}, 0, {mark}) ON CONFLICT DO NOTHING"
)


class Journal:
    """The journal of one account within one transaction; opening it waits for whoever books there."""

    def __init__(
        self,
        connection: Connection,
        account_id: int,
        actor: str,
        now: datetime,
        head: tuple[int, bytes] | None = None,
    ) -> None:
        self._connection = connection
        self._account_id = account_id
        self._actor = actor
        self._at = to_micros(now)
        self._today = today_of(now)
        self._mark = "?" if connection.dialect.name == "sqlite" else "%s"
        self._number, self._hash = head or self._lock_head()

    @property
    def head(self) -> bytes:
        """The hash of the newest entry: 32 bytes, zeros before the first."""
        return self._hash

    @property
    def number(self) -> int:
        """The number of the newest entry, 0 before the first."""
        return self._number

    @property
    def today(self) -> date:
        """The day of booking, the agency's."""
        return self._today

    def post(self, entries: Sequence[Entry]) -> list[int]:
        """Book entries in order and return their numbers.

        Raises RefusedError, with nothing written, when one would unbalance the books.
        """
        first = self._number + 1
        post_all(self._connection, {self._account_id: self}, {self._account_id: entries})
        return list(range(first, self._number + 1))

    def draft(self, entries: Sequence[Entry], written: "Written") -> None:
        """Number and chain entries that are balanced, and add what is to be written of them."""
        told = (self._account_id, self._actor, self._at, self._today.isoformat())
        for entry in entries:
            self._number += 1
            self._hash = written.add(entry, self._number, self._hash, told)
        if entries:
            written.heads.append((self._account_id, self._number, self._hash))

    def _lock_head(self) -> tuple[int, bytes]:
        asked = _HEAD.format(mark=self._mark, lock="" if self._mark == "?" else " FOR UPDATE")
        run = self._connection.exec_driver_sql
        head = run(asked, (self._account_id,)).first()
        if head is None:
            run(_FIRST_HEAD.format(mark=self._mark), (self._account_id, CHAIN_START))
            head = run(asked, (self._account_id,)).one()
        return head.entry, bytes(head.hash)


class Written:
    """What some entries write, gathered so that each table is written once."""

    def __init__(self) -> None:
        self.journal: list[tuple[Any, ...]] = []
        self.postings: list[tuple[int, ...]] = []
        self.heads: list[tuple[Any, ...]] = []
        self._sums: dict[tuple[int, int, int, int], int] = {}
        self._moves: dict[tuple[int, int, str], tuple[int, int, int]] = {}

    def add(self, entry: Entry, number: int, link_before: bytes, told: tuple[int, str, int, str]) -> bytes:
        """Take an entry in and return its hash; written for speed, since collections begin by the million.

        told: account, actor, microseconds and day of booking.
        """
        account_id, actor, at, today = told
        case_id, kind = entry.case_id or 0, entry.kind.value
        value_date = entry.value_date.isoformat()
        legs = [(leg.ledger + 0, leg.position, leg.cents) for leg in entry.legs]  # an IntEnum is slow to bind
        sums = self._sums
        for ledger, position, cents in legs:
            is_wide = ledger >= _MONEY
            bucket = (account_id, 0 if is_wide else case_id, ledger, position)
            sums[bucket] = sums.get(bucket, 0) + cents
            if is_wide:
                moved, first, _ = self._moves.get((account_id, ledger, today), (0, number, 0))
                self._moves[account_id, ledger, today] = (moved + cents, first, number)
        self.postings += [(account_id, number, place, *leg) for place, leg in enumerate(legs)]
        hashed = link(
            link_before.hex(),
            account_id,
            number,
            kind,
            case_id,
            entry.receipt_id or 0,
            entry.reverses or 0,
            entry.policy or "",
            value_date,
            at,
            legs_text(legs),
        )
        self.journal.append(
            (
                account_id,
                number,
                kind,
                entry.case_id,
                value_date,
                today,
                at,
                entry.receipt_id,
                entry.reverses,
                entry.policy,
                actor,
                entry.note,
                hashed,
            )
        )
        return hashed

    def write(self, connection: Connection) -> None:
        """Write it all."""
        if not self.journal:
            return
        insert_rows(connection, "journal", _JOURNAL, self.journal)
        insert_rows(connection, "postings", _POSTINGS, self.postings)
        # In the order of their keys, so that two who write for several accounts never wait for each other.
        raised = [(*key, cents) for key, cents in sorted(self._sums.items()) if cents]
        insert_rows(connection, "balances", _BALANCES, raised, conflict=_RAISED)
        moved = [(*key, *values) for key, values in sorted(self._moves.items())]
        insert_rows(connection, "movements", _MOVEMENTS, moved, conflict=_MOVED)
        insert_rows(connection, "chain_heads", _HEADS, self.heads, conflict=_MOVED_ON)


def open_journals(
    connection: Connection, first: int, last: int, actor: str, now: datetime
) -> dict[int, Journal]:
    """The journals of all accounts of a range of ids that have books; no one else books there meanwhile."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    asked = _HEADS_OF_RANGE.format(mark=mark, lock="" if mark == "?" else " FOR UPDATE")
    heads = connection.exec_driver_sql(asked, (first, last)).all()
    return {
        head.account_id: Journal(connection, head.account_id, actor, now, head=(head.entry, bytes(head.hash)))
        for head in heads
    }


def post_all(
    connection: Connection, journals: Mapping[int, Journal], entries: Mapping[int, Sequence[Entry]]
) -> None:
    """Book entries of many accounts at once, in order within each.

    Raises RefusedError, with nothing written, when one would unbalance the books.
    """
    for of_account in entries.values():
        for entry in of_account:
            check_balanced(entry)
    written = Written()
    for account_id, of_account in entries.items():
        journals[account_id].draft(of_account, written)
    written.write(connection)


def account_balance(connection: Connection, account_id: int, ledger: Ledger) -> int:
    """The kept balance of a ledger of the whole account, in cents, debit positive."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    found = connection.exec_driver_sql(_KEPT.format(mark=mark), (account_id, int(ledger))).scalar()
    return found or 0


def case_balances(connection: Connection, account_id: int, case_id: int) -> dict[tuple[Ledger, int], int]:
    """The kept balances of a case by ledger and position, in cents, debit positive."""
    found = connection.execute(BALANCES, {"account_id": account_id, "case_id": case_id})
    return {(Ledger(row.ledger), row.position): row.cents for row in found}


def legs_of(connection: Connection, account_id: int, number: int) -> Sequence[Any]:
    """The postings of one entry, in order."""
    found = select(postings).filter_by(account_id=account_id, entry=number).order_by(postings.c.leg)
    return connection.execute(found).all()
