"""The journal: entries are booked here and nowhere else, with the balances that follow from them.

Whoever books holds the head of the account's chain, so that the entries of one account follow each
other even when several gateways work on it. The kept balances change in the same transaction, so
reading one does not depend on how much was ever booked.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, select

from storage.books.case_queries import BALANCES
from storage.books.entries import CHAIN_START, Entry, check_balanced, legs_text, link
from storage.books.ledgers import Ledger
from storage.engine.book_tables import balances, postings
from storage.engine.bulk import insert_rows
from storage.engine.instants import to_micros

AGENCY_ZONE = ZoneInfo("Europe/Berlin")  # whose days count
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
_RAISE = (
    "ON CONFLICT (account_id, case_id, ledger, position) "
    "DO UPDATE SET cents = balances.cents + excluded.cents"
)
_HEAD = "SELECT entry, hash FROM chain_heads WHERE account_id = {mark}{lock}"
_FIRST_HEAD = (
    "INSERT INTO chain_heads (account_id, entry, hash) VALUES ({mark}, 0, {mark}) ON CONFLICT DO NOTHING"
)
_NEXT_HEAD = "UPDATE chain_heads SET entry = {mark}, hash = {mark} WHERE account_id = {mark}"


class Journal:
    """The journal of one account within one transaction; opening it waits for whoever books there."""

    def __init__(self, connection: Connection, account_id: int, actor: str, now: datetime) -> None:
        self._connection = connection
        self._account_id = account_id
        self._actor = actor
        self._at = to_micros(now)
        self._today = now.astimezone(AGENCY_ZONE).date()
        self._mark = "?" if connection.dialect.name == "sqlite" else "%s"
        self._number, self._hash = self._lock_head()

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
        if not entries:
            return []
        batch = _Batch(self._account_id, self._actor, self._at, self._today.isoformat())
        number, link_before = self._number, self._hash
        for entry in entries:
            check_balanced(entry)
            number += 1
            link_before = batch.add(entry, number, link_before)
        self._write(batch, number, link_before)
        first = self._number + 1
        self._number, self._hash = number, link_before
        return list(range(first, number + 1))

    def _lock_head(self) -> tuple[int, bytes]:
        asked = _HEAD.format(mark=self._mark, lock="" if self._mark == "?" else " FOR UPDATE")
        run = self._connection.exec_driver_sql
        head = run(asked, (self._account_id,)).first()
        if head is None:
            run(_FIRST_HEAD.format(mark=self._mark), (self._account_id, CHAIN_START))
            head = run(asked, (self._account_id,)).one()
        return head.entry, bytes(head.hash)

    def _write(self, batch: "_Batch", number: int, head: bytes) -> None:
        insert_rows(self._connection, "journal", _JOURNAL, batch.rows)
        insert_rows(self._connection, "postings", _POSTINGS, batch.legs)
        raised = [(self._account_id, *key, cents) for key, cents in batch.sums.items() if cents]
        insert_rows(self._connection, "balances", _BALANCES, raised, conflict=_RAISE)
        moved = (number, head, self._account_id)
        self._connection.exec_driver_sql(_NEXT_HEAD.format(mark=self._mark), moved)


class _Batch:
    """The rows of some entries, and by how much they raise each balance: by case, ledger and position."""

    def __init__(self, account_id: int, actor: str, at: int, today: str) -> None:
        self._account_id = account_id
        self._actor = actor
        self._at = at
        self._today = today
        self.rows: list[tuple[Any, ...]] = []
        self.legs: list[tuple[int, ...]] = []
        self.sums: dict[tuple[int, int, int], int] = {}

    def add(self, entry: Entry, number: int, link_before: bytes) -> bytes:
        """Take an entry in and return its hash; written for speed, since imports book by the million."""
        account_id, case_id, kind = self._account_id, entry.case_id or 0, entry.kind.value
        value_date = entry.value_date.isoformat()
        legs = [(leg.ledger + 0, leg.position, leg.cents) for leg in entry.legs]  # an IntEnum is slow to bind
        sums = self.sums
        for ledger, position, cents in legs:
            bucket = (0 if ledger >= _MONEY else case_id, ledger, position)
            sums[bucket] = sums.get(bucket, 0) + cents
        self.legs += [(account_id, number, at, *leg) for at, leg in enumerate(legs)]
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
            self._at,
            legs_text(legs),
        )
        self.rows.append(
            (
                account_id,
                number,
                kind,
                entry.case_id,
                value_date,
                self._today,
                self._at,
                entry.receipt_id,
                entry.reverses,
                entry.policy,
                self._actor,
                entry.note,
                hashed,
            )
        )
        return hashed


def account_balance(connection: Connection, account_id: int, ledger: Ledger) -> int:
    """The kept balance of a ledger of the whole account, in cents, debit positive."""
    found = connection.execute(
        select(balances.c.cents).filter_by(account_id=account_id, case_id=0, ledger=int(ledger), position=0)
    ).scalar()
    return found or 0


def case_balances(connection: Connection, account_id: int, case_id: int) -> dict[tuple[Ledger, int], int]:
    """The kept balances of a case by ledger and position, in cents, debit positive."""
    found = connection.execute(BALANCES, {"account_id": account_id, "case_id": case_id})
    return {(Ledger(row.ledger), row.position): row.cents for row in found}


def legs_of(connection: Connection, account_id: int, number: int) -> Sequence[Any]:
    """The postings of one entry, in order."""
    found = select(postings).filter_by(account_id=account_id, entry=number).order_by(postings.c.leg)
    return connection.execute(found).all()
