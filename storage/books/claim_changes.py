"""Claims that change before letter 1: the books follow, where a payment has brought the case into them.

Most cases are not in the books yet and cost one question a chunk. A case that waits for its checks is
looked at again today. Where the books hold another principal than the claim had (a payment before the
handover has lowered it), nobody can know whether the new amount counts that payment: the operator is asked.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.books.booking import Change
from storage.books.bookkeeping import Books, claim_charges
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge
from storage.books.closing import open_on, settle
from storage.books.entries import EntryKind
from storage.books.ledgers import COST_LEDGERS, Ledger
from storage.books.settings import BookSettings
from storage.days import today_of
from storage.engine.bulk import select_by_keys, update_rows
from storage.intake.tasks import open_task
from storage.lifecycle.clock import CHECKS
from storage.lifecycle.words import Actor
from storage.money import Money

Place = tuple[int, int]  # case and position of a claim


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a claim asks for: its principal, and its costs by kind, in cents."""

    principal: int
    costs: Sequence[tuple[str, int]] = ()


class Follower(msgspec.Struct, frozen=True, kw_only=True):
    """Who changes claims, and when. settings: of the books."""

    account_id: int
    actor: str
    settings: BookSettings
    now: datetime


def look_again(connection: Connection, who: Follower, case_ids: Iterable[int]) -> None:
    """Cases that wait for their checks are looked at today."""
    waiting = select_by_keys(
        connection,
        "p.case_id",
        "progress p",
        "p.case_id",
        account_id=who.account_id,
        values=case_ids,
        ending=f"AND p.next_step = '{CHECKS}'",
    )
    today = today_of(who.now).isoformat()
    update_rows(
        connection,
        "progress",
        ("next_on",),
        [(today, row[0]) for row in waiting],
        account_id=who.account_id,
        keys=("case_id",),
    )


def in_books(connection: Connection, account_id: int, case_ids: Iterable[int]) -> list[int]:
    """Those cases whose claims are in the books, by number."""
    found = select_by_keys(
        connection,
        "b.case_id",
        "balances b",
        "b.case_id",
        account_id=account_id,
        values=case_ids,
        ending=f"AND b.ledger = {int(Ledger.CHARGED_CREDITOR)} ORDER BY b.case_id",
    )
    return [row[0] for row in found]


def follow_joined(connection: Connection, who: Follower, joined: Mapping[int, Collection[int]]) -> None:
    """Claims (positions by case) have joined cases that were there."""
    look_again(connection, who, joined)
    booked = in_books(connection, who.account_id, joined)
    if not booked:
        return
    books = _books(connection, who)
    for case_id in booked:
        charges = tuple(
            charge
            for charge in claim_charges(connection, who.account_id, case_id)
            if charge.bucket[1] in joined[case_id]
        )
        _book(books, books.case(case_id), charges)


def follow_changed(
    connection: Connection, who: Follower, changed: Mapping[Place, tuple[Asked, Asked]]
) -> None:
    """Claims ask for something else now: what they asked for before, and now, by place."""
    case_ids = {case_id for case_id, _ in changed}
    look_again(connection, who, case_ids)
    booked = in_books(connection, who.account_id, case_ids)
    if not booked:
        return
    books = _books(connection, who)
    for case_id in booked:
        book = books.case(case_id)
        charges: list[Charge] = []
        for (owner, position), (old, new) in sorted(changed.items()):
            if owner != case_id:
                continue
            if old != new and _charged(book, position) != _buckets(old, position):
                _ask(books, case_id, position, new)
                continue
            charges += _difference(_buckets(old, position), _buckets(new, position))
        _book(books, book, tuple(charges))


def written_off_with(books: Books, case_id: int, positions: Collection[int]) -> tuple[Charge, ...]:
    """What takes claims that are withdrawn out of the books: receipts stay as booked, the rest goes."""
    book = books.case(case_id)
    return tuple(
        Charge(bucket=bucket, cents=-cents, on=books.today)
        for bucket, cents in sorted(open_on(book, books.today).items())
        if bucket[1] in positions
    )


def write_off_withdrawn(books: Books, case_id: int, charges: tuple[Charge, ...], note: str) -> None:
    """Book what `written_off_with` has found."""
    if charges:
        change = Change(kind=EntryKind.CORRECTION, value_date=books.today, charges=charges, note=note)
        books.book(books.case(case_id), change)


def _books(connection: Connection, who: Follower) -> Books:
    return Books(connection, who.account_id, who.settings, who.actor, who.now)


def _book(books: Books, book: CaseBook, charges: tuple[Charge, ...]) -> None:
    """Without charges too: the days of a claim decide on the interest that is booked."""
    books.book(book, Change(kind=EntryKind.CLAIM, value_date=book.handed_over_on, charges=charges))
    settle(books, book.case_id, Actor.SYSTEM, direct=False)


def _buckets(asked: Asked, position: int) -> dict[Bucket, int]:
    buckets: dict[Bucket, int] = {(Ledger.PRINCIPAL, position): asked.principal}
    for kind, cents in asked.costs:
        bucket = (COST_LEDGERS.get(kind, Ledger.OTHER_COST), position)
        buckets[bucket] = buckets.get(bucket, 0) + cents
    return {bucket: cents for bucket, cents in buckets.items() if cents}


def _charged(book: CaseBook, position: int) -> dict[Bucket, int]:
    sums: dict[Bucket, int] = {}
    for charge in book.charges:
        ledger = charge.bucket[0]
        if charge.bucket[1] == position and ledger is not Ledger.INTEREST:
            sums[charge.bucket] = sums.get(charge.bucket, 0) + charge.cents
    return {bucket: cents for bucket, cents in sums.items() if cents}


def _difference(old: Mapping[Bucket, int], new: Mapping[Bucket, int]) -> list[Charge]:
    more = {bucket: new.get(bucket, 0) - old.get(bucket, 0) for bucket in old.keys() | new.keys()}
    return [Charge(bucket=bucket, cents=cents) for bucket, cents in sorted(more.items()) if cents]


def _ask(books: Books, case_id: int, position: int, new: Asked) -> None:
    detail: dict[str, Any] = {"position": position, "principal": str(Money(new.principal))}
    open_task(
        books.connection,
        kind="books_differ",
        account_id=books.account_id,
        case_id=case_id,
        detail=detail,
        now=books.now,
    )
