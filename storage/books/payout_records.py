"""Payouts as they are kept and shown, and whose they are."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, select

from storage.engine.book_tables import payout_ibans, payouts
from storage.engine.database import Database
from storage.engine.instants import from_micros, from_micros_or_none, to_micros
from storage.engine.schema import accounts
from storage.money import Money

ACCOUNTS_A_TIME = 500
COLUMNS = (
    "account_id",
    "payout_id",
    "kind",
    "month",
    "state",
    "cents",
    "iban",
    "iban_version",
    "as_of",
    "due_on",
    "prepared_at",
    "prepared_by",
)


class Payee(msgspec.Struct, frozen=True, kw_only=True):
    """A creditor who may be paid; mode: test | live."""

    account_id: int
    email: str
    name: str
    mode: str
    status: str


class Payout(msgspec.Struct, frozen=True, kw_only=True):
    """One payout. kind: monthly | on_demand; state: open | confirmed | cancelled; entry: of the journal.

    One of a test account is booked in its own books and never given to a bank.
    """

    payee: Payee
    payout_id: int
    kind: str
    month: str | None
    state: str
    amount: Money
    iban: str
    iban_version: int
    as_of: date
    due_on: date
    prepared_at: datetime
    prepared_by: str
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None
    entry: int | None = None

    @property
    def is_for_the_bank(self) -> bool:
        """Whether money is to move."""
        return self.payee.mode == "live"


class Reason(StrEnum):
    """Why money of a creditor is not paid out now."""

    NO_IBAN = "no_iban"
    IBAN_NOT_VERIFIED = "iban_not_verified"
    SUSPENDED = "suspended"
    OPEN_PAYOUT = "open_payout"
    DIRECT_DEBIT = "direct_debit"
    TRUST_SHORT = "trust_short"
    SAME_PERSON = "same_person"
    BALANCE_FELL = "balance_fell"


REASONS = {
    Reason.NO_IBAN: "no IBAN is known; record one",
    Reason.IBAN_NOT_VERIFIED: "its IBAN is not verified yet",
    Reason.SUSPENDED: "the account is suspended",
    Reason.OPEN_PAYOUT: "another payout is open; confirm or cancel it first",
    Reason.DIRECT_DEBIT: "all of it came by direct debit and can still be returned",
    Reason.TRUST_SHORT: "the trust account does not hold it; find the difference first",
    Reason.SAME_PERSON: "who prepared it never confirms it; someone else must",
    Reason.BALANCE_FELL: "the balance no longer holds it; cancel it and prepare anew",
}


class HeldBack(msgspec.Struct, frozen=True, kw_only=True):
    """Money of a creditor that is not paid out now, and why."""

    payee: Payee
    amount: Money
    reason: Reason


class VerifiedIban(msgspec.Struct, frozen=True, kw_only=True):
    """The newest verified IBAN of an account."""

    iban: str
    version: int


def ranges_of_accounts(database: Database) -> Iterator[tuple[int, int]]:
    """The first and last ids of all accounts, so many at a time."""
    last = 0
    while True:
        next_ones = (
            select(accounts.c.account_id)
            .where(accounts.c.account_id > last)
            .order_by(accounts.c.account_id)
            .limit(ACCOUNTS_A_TIME)
        )
        with database.read() as connection:
            ids = connection.execute(next_ones).scalars().all()
        if not ids:
            return
        yield ids[0], ids[-1]
        last = ids[-1]


def payees(connection: Connection, first: int, last: int) -> dict[int, Payee]:
    """The accounts of a range of ids."""
    columns = [accounts.c[name] for name in Payee.__struct_fields__]
    found = select(*columns).where(accounts.c.account_id.between(first, last)).order_by(accounts.c.account_id)
    return {row.account_id: Payee(**row._mapping) for row in connection.execute(found)}  # noqa: SLF001  public


def verified_ibans(connection: Connection, first: int, last: int) -> dict[int, VerifiedIban | None]:
    """The IBANs to pay to; None where there are some, but none is verified."""
    of_range = payout_ibans.c.account_id.between(first, last)
    newest: dict[int, VerifiedIban | None] = {}
    for row in connection.execute(
        select(payout_ibans).where(of_range).order_by(payout_ibans.c.account_id, payout_ibans.c.version)
    ):
        newest.setdefault(row.account_id, None)
        if row.verified_at is not None:
            newest[row.account_id] = VerifiedIban(iban=row.iban, version=row.version)
    return newest


def open_or_of_month(
    connection: Connection, payees: dict[int, Payee], month: str | None
) -> dict[int, list[Payout]]:
    """The payouts of the accounts that are open, and those of a month unless cancelled; by account."""
    if not payees:
        return {}
    of_range = payouts.c.account_id.between(min(payees), max(payees))
    wanted = payouts.c.state == "open"
    if month is not None:
        wanted |= and_(payouts.c.month == month, payouts.c.state != "cancelled")
    found: dict[int, list[Payout]] = {}
    asked = select(payouts).where(of_range, wanted).order_by(payouts.c.account_id, payouts.c.payout_id)
    for row in connection.execute(asked):
        if row.account_id in payees:
            found.setdefault(row.account_id, []).append(payout_of(row, payees[row.account_id]))
    return found


def payout_of(row: Any, payee: Payee) -> Payout:
    """A row of `payouts` as it is shown."""
    return Payout(
        payee=payee,
        payout_id=row.payout_id,
        kind=row.kind,
        month=row.month,
        state=row.state,
        amount=Money(row.cents),
        iban=row.iban,
        iban_version=row.iban_version,
        as_of=date.fromisoformat(row.as_of),
        due_on=date.fromisoformat(row.due_on),
        prepared_at=from_micros(row.prepared_at),
        prepared_by=row.prepared_by,
        confirmed_at=from_micros_or_none(row.confirmed_at),
        confirmed_by=row.confirmed_by,
        entry=row.entry,
    )


def row_of(payout: Payout) -> tuple[Any, ...]:
    """An open payout as a row of COLUMNS."""
    return (
        payout.payee.account_id,
        payout.payout_id,
        payout.kind,
        payout.month,
        payout.state,
        payout.amount.cents,
        payout.iban,
        payout.iban_version,
        payout.as_of.isoformat(),
        payout.due_on.isoformat(),
        to_micros(payout.prepared_at),
        payout.prepared_by,
    )
