"""Payouts are prepared: what each creditor's balance held at the end of a month, due by the 15th of the next.

Two steps by two people: preparing writes down amount and IBAN, confirming (`storage.books.confirmation`)
books it. An account has one open payout at most, whatever its kind; the store itself refuses a second.
"""

from datetime import date, datetime

import msgspec
from sqlalchemy import Connection, select, update

from storage.books.journal import Journal, open_journals
from storage.books.months import due_on, last_day, month_before, month_of
from storage.books.payable import Standing, standings
from storage.books.payout_records import (
    COLUMNS,
    REASONS,
    HeldBack,
    Payee,
    Payout,
    Reason,
    VerifiedIban,
    open_or_of_month,
    payees,
    ranges_of_accounts,
    row_of,
    verified_ibans,
)
from storage.books.settings import BookSettings
from storage.counters import reserve
from storage.days import today_of
from storage.engine.book_tables import account_terms, payouts
from storage.engine.bulk import insert_rows
from storage.engine.database import Database
from storage.engine.table_sizes import count_miscounted
from storage.errors import RefusedError
from storage.money import Money


class CarriedOver(msgspec.Struct, frozen=True, kw_only=True):
    """A balance below zero."""

    payee: Payee
    balance: Money


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """The payouts of a month: all that stand, how many of them are new, and what is not paid out.

    carried_over: balances below zero, which later receipts fill up first.
    """

    month: str
    as_of: date
    due_on: date
    new: int
    payouts: tuple[Payout, ...]
    held_back: tuple[HeldBack, ...]
    carried_over: tuple[CarriedOver, ...]


class NextPayout(msgspec.Struct, frozen=True, kw_only=True):
    """What a creditor gets next, as far as it is booked."""

    due_on: date
    amount: Money


class _Draft(msgspec.Struct):
    payouts: list[Payout] = []
    held_back: list[HeldBack] = []
    carried_over: list[CarriedOver] = []
    new: int = 0


class _Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What the payouts of one run have in common."""

    kind: str
    month: str | None
    as_of: date
    due_on: date
    by: str
    now: datetime


def prepare(database: Database, month: str, *, by: str, settings: BookSettings, now: datetime) -> Prepared:
    """Prepare the payouts of a month that has ended, of all accounts; those that stand already stay.

    Works in transactions of so many accounts, so that it can be broken off and run again.
    Raises RefusedError.
    """
    as_of = must_have_ended(month, now)
    terms = _Terms(
        kind="monthly", month=month, as_of=as_of, due_on=due_on(month, settings.payout_day), by=by, now=now
    )
    count_miscounted(database)
    draft = _Draft()
    for first, last in ranges_of_accounts(database):
        with database.write() as connection:
            _prepare_range(connection, first, last, terms, draft)
    return Prepared(
        month=month,
        as_of=as_of,
        due_on=terms.due_on,
        new=draft.new,
        payouts=tuple(draft.payouts),
        held_back=tuple(draft.held_back),
        carried_over=tuple(draft.carried_over),
    )


def prepare_on_demand(connection: Connection, account_id: int, *, by: str, now: datetime) -> Payout:
    """Prepare a payout of what an account holds today, if its terms allow that. Raises RefusedError."""
    allowed = select(account_terms.c.payout_on_demand).filter_by(account_id=account_id)
    if not connection.execute(allowed).scalar():
        raise RefusedError("this account is paid out monthly; payout on demand is not agreed")
    today = today_of(now)
    terms = _Terms(kind="on_demand", month=None, as_of=today, due_on=today, by=by, now=now)
    draft = _Draft()
    _prepare_range(connection, account_id, account_id, terms, draft)
    if draft.held_back:
        held = draft.held_back[0]
        raise RefusedError(f"{held.amount} EUR are not paid out: {REASONS[held.reason]}")
    if not draft.new:
        raise RefusedError("there is nothing to pay out")
    return draft.payouts[-1]


def cancel(connection: Connection, account_id: int, *, now: datetime) -> Payout:
    """Cancel the open payout of an account; nothing of it was booked. Raises RefusedError."""
    Journal(connection, account_id, "", now)  # waits for whoever is confirming it
    of_account = payees(connection, account_id, account_id)
    found = open_or_of_month(connection, of_account, None).get(account_id)
    if not found:
        raise RefusedError("the account has no open payout")
    (payout,) = found
    connection.execute(
        update(payouts)
        .filter_by(account_id=account_id, payout_id=payout.payout_id, state="open")
        .values(state="cancelled")
    )
    return msgspec.structs.replace(payout, state="cancelled")


def next_payout(
    connection: Connection, account_id: int, *, settings: BookSettings, now: datetime
) -> NextPayout | None:
    """What the creditor gets next, None when nothing.

    An open payout, else last month's that is still to come, else this month's if it ended now.
    """
    of_account = payees(connection, account_id, account_id)
    for payout in open_or_of_month(connection, of_account, None).get(account_id, ()):
        return NextPayout(due_on=payout.due_on, amount=payout.amount)
    today = today_of(now)
    month = month_of(today)
    before = month_before(month)
    due_before = due_on(before, settings.payout_day)
    days = [(last_day(before), due_before)] if today <= due_before else []
    for day, due in [*days, (today, due_on(month, settings.payout_day))]:
        standing = standings(connection, account_id, account_id, day, today).get(account_id)
        if standing is not None and standing.payable > 0:
            return NextPayout(due_on=due, amount=Money(standing.payable))
    return None


def must_have_ended(month: str, now: datetime) -> date:
    """The last day of a month that is over. Raises RefusedError."""
    day = last_day(month)
    if today_of(now) <= day:
        raise RefusedError(f"{month} has not ended yet; its payouts can be prepared from the day after {day}")
    return day


def _prepare_range(connection: Connection, first: int, last: int, terms: _Terms, draft: _Draft) -> None:
    journals = open_journals(connection, first, last, terms.by, terms.now)
    known = payees(connection, first, last)
    existing = open_or_of_month(connection, known, terms.month)
    ibans = verified_ibans(connection, first, last)
    fresh: list[tuple[Payee, int, VerifiedIban]] = []
    for account_id, standing in standings(connection, first, last, terms.as_of, today_of(terms.now)).items():
        payee, others = known[account_id], existing.get(account_id, [])
        of_month = [one for one in others if one.month is not None and one.month == terms.month]
        draft.payouts += of_month
        if of_month or account_id not in journals:
            continue
        balance = min(standing.balance, standing.balance_now)
        if balance < 0:
            draft.carried_over.append(CarriedOver(payee=payee, balance=Money(balance)))
            continue
        iban = ibans.get(account_id)
        reason = _held_back(payee, standing, others, iban, has_iban=account_id in ibans)
        if reason is not None:
            amount = standing.payable if standing.payable > 0 else standing.balance
            draft.held_back.append(HeldBack(payee=payee, amount=Money(amount), reason=reason))
        elif standing.payable > 0 and iban is not None:
            fresh.append((payee, standing.payable, iban))
    draft.payouts += _write(connection, fresh, terms)
    draft.new += len(fresh)


def _held_back(
    payee: Payee, standing: Standing, others: list[Payout], iban: VerifiedIban | None, *, has_iban: bool
) -> Reason | None:
    """Why a balance is not paid out, None when it is or when there is none."""
    if standing.payable <= 0:
        is_held = standing.balance > 0 and standing.held.creditor + standing.held_now.creditor > 0
        return Reason.DIRECT_DEBIT if is_held else None
    if others:
        return Reason.OPEN_PAYOUT
    if payee.status == "suspended":
        return Reason.SUSPENDED
    if iban is None:
        return Reason.IBAN_NOT_VERIFIED if has_iban else Reason.NO_IBAN
    return None if standing.covers(standing.payable) else Reason.TRUST_SHORT


def _write(
    connection: Connection, fresh: list[tuple[Payee, int, VerifiedIban]], terms: _Terms
) -> list[Payout]:
    if not fresh:
        return []
    number = reserve(connection, "payout", len(fresh))
    written = [
        Payout(
            payee=payee,
            payout_id=number + at,
            kind=terms.kind,
            month=terms.month,
            state="open",
            amount=Money(cents),
            iban=iban.iban,
            iban_version=iban.version,
            as_of=terms.as_of,
            due_on=terms.due_on,
            prepared_at=terms.now,
            prepared_by=terms.by,
        )
        for at, (payee, cents, iban) in enumerate(fresh)
    ]
    insert_rows(connection, "payouts", COLUMNS, [row_of(one) for one in written])
    return written
