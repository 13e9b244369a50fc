"""Every booking that has moved a payment or the creditor's balance, one line each, as the journal holds it.

The lines of a case sum up to its kept balances: a payment that was allocated anew is a line of its own,
with what it lost in one column and gained in another.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from storage.books.categories import case_categories
from storage.books.entries import EntryKind
from storage.books.ledgers import FIGURES, Ledger
from storage.case_number import format_case_number
from storage.cases.case_names import CaseNames, case_names
from storage.engine.book_tables import journal
from storage.engine.bulk import select_by_keys
from storage.money import Money

_ENTRIES_A_TIME = 1_000
_NEVER = tuple(kind.value for kind in (EntryKind.CLAIM, EntryKind.INTEREST, EntryKind.FEE, EntryKind.COST))

# What was allocated to a bucket lowers it, so that a credit there is an amount here.
_ALLOCATED: dict[Ledger, str] = {
    **{ledger: figure for figure, ledgers in FIGURES.items() for ledger in ledgers},
    Ledger.OVERPAID: "overpaid",
}
_SHARED: dict[Ledger, str] = {
    Ledger.CREDITOR_SHARE: "creditor_share",
    Ledger.AGENCY_SHARE: "agency_share",
    Ledger.SURPLUS: "surplus",
    Ledger.BALANCE: "credited",
}
_RECEIVED: dict[Ledger, str] = {Ledger.RECEIVED: "to_agency", Ledger.RECEIVED_DIRECT: "to_creditor"}


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """One entry. to_agency and to_creditor: what was received, less than zero where it went back.

    principal … overpaid: what it pays of the debtor's account; the shares: who gets it; credited: what it
    adds to the creditor's balance account. names is None where it belongs to no case, as a payout.
    """

    entry: int
    kind: str
    booked_on: date
    value_date: date
    case: str | None
    names: CaseNames | None
    to_agency: Money
    to_creditor: Money
    principal: Money
    creditor_costs: Money
    interest: Money
    court_costs: Money
    fee: Money
    expenses: Money
    vat: Money
    overpaid: Money
    creditor_share: Money
    agency_share: Money
    surplus: Money
    credited: Money


_SUMS = tuple({**_RECEIVED, **_ALLOCATED, **_SHARED}.values())


class TransactionChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Which bookings: since and through are days of booking, status and category those of the case now."""

    since: date | None = None
    through: date | None = None
    status: str | None = None
    category: str | None = None


def list_transactions(
    connection: Connection, account_id: int, choice: TransactionChoice
) -> Iterator[Transaction]:
    """The bookings in the order of their numbers, read page by page."""
    after = 0
    while True:
        found = connection.execute(_page(account_id, after, choice)).all()
        yield from _lines(connection, account_id, found, choice)
        if len(found) < _ENTRIES_A_TIME:
            return
        after = found[-1].entry


def _page(account_id: int, after: int, choice: TransactionChoice) -> Any:
    found = (
        select(
            journal.c.entry,
            journal.c.kind,
            journal.c.booked_on,
            journal.c.value_date,
            journal.c.case_id,
            journal.c.receipt_id,
        )
        .where(journal.c.account_id == account_id, journal.c.entry > after, journal.c.kind.not_in(_NEVER))
        .order_by(journal.c.entry)
        .limit(_ENTRIES_A_TIME)
    )
    if choice.since is not None:
        found = found.where(journal.c.booked_on >= choice.since.isoformat())
    if choice.through is not None:
        found = found.where(journal.c.booked_on <= choice.through.isoformat())
    return found


def _lines(
    connection: Connection, account_id: int, found: Sequence[Any], choice: TransactionChoice
) -> Iterator[Transaction]:
    sums = _sums(connection, account_id, found)
    moving = [row for row in found if row.receipt_id is not None or sums[row.entry]["credited"]]
    case_ids = list({row.case_id for row in moving if row.case_id is not None})
    names = case_names(connection, account_id, case_ids)
    wanted = _wanted(connection, account_id, names, choice)
    for row in moving:
        of_case = names.get(row.case_id)
        if wanted is not None and row.case_id not in wanted:
            continue
        yield Transaction(
            entry=row.entry,
            kind=row.kind,
            booked_on=date.fromisoformat(row.booked_on),
            value_date=date.fromisoformat(row.value_date),
            case=None if row.case_id is None else format_case_number(row.case_id),
            names=of_case,
            **{name: Money(cents) for name, cents in sums[row.entry].items()},
        )


def _wanted(
    connection: Connection, account_id: int, names: Mapping[int, CaseNames], choice: TransactionChoice
) -> set[int] | None:
    """The cases that were asked for; None: everything, also what belongs to no case."""
    if choice.status is None and choice.category is None:
        return None
    statuses = {
        case_id: of_case.status
        for case_id, of_case in names.items()
        if choice.status in {None, of_case.status}
    }
    if choice.category is None:
        return set(statuses)
    found = case_categories(connection, account_id, statuses)
    return {case_id for case_id, of_case in found.items() if of_case.category == choice.category}


def _sums(connection: Connection, account_id: int, found: Sequence[Any]) -> dict[int, dict[str, int]]:
    """By entry: the cents of each column. A bucket counts only where the entry allocates a payment."""
    sums = {row.entry: dict.fromkeys(_SUMS, 0) for row in found}
    of_receipt = {row.entry for row in found if row.receipt_id is not None}
    legs = select_by_keys(
        connection,
        "p.entry, p.ledger, p.cents",
        "postings p",
        "p.entry",
        account_id=account_id,
        values=sums,
    )
    for leg in legs:
        ledger, of_entry = Ledger(leg.ledger), sums[leg.entry]
        if ledger in _RECEIVED:
            of_entry[_RECEIVED[ledger]] += leg.cents
        elif ledger in _SHARED:
            of_entry[_SHARED[ledger]] -= leg.cents
        elif ledger in _ALLOCATED and leg.entry in of_receipt:
            of_entry[_ALLOCATED[ledger]] -= leg.cents
    return sums
