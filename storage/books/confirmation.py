"""Payouts are confirmed: booked out of the creditors' balances, and the agency takes what is its own.

Confirming looks again, since days lie between: an amount that the balance or the trust account no longer
holds is refused and stays open, for a person to look at.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, update

from storage.books.agency_share import AgencyInvoice, issue_invoices, taken_share
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import Journal, open_journals, post_all
from storage.books.ledgers import Ledger
from storage.books.payable import Standing, standings
from storage.books.payout_records import (
    REASONS,
    HeldBack,
    Payout,
    Reason,
    open_or_of_month,
    payees,
    ranges_of_accounts,
)
from storage.books.payouts import must_have_ended
from storage.days import today_of
from storage.engine.book_tables import payouts
from storage.engine.database import Database
from storage.engine.instants import to_micros
from storage.engine.table_sizes import count_miscounted
from storage.errors import RefusedError
from storage.money import Money


class Confirmed(msgspec.Struct, frozen=True, kw_only=True):
    """What confirming a month did.

    payouts: all confirmed ones of the month, new: how many of them by this run; refused: they stay open.
    agency: what the agency took of its share; invoices: those that were issued.
    """

    month: str
    new: int
    payouts: tuple[Payout, ...]
    refused: tuple[HeldBack, ...]
    agency: Money
    invoices: tuple[AgencyInvoice, ...]


class _Run(msgspec.Struct, frozen=True, kw_only=True):
    """Who confirms which month, and when."""

    month: str
    by: str
    now: datetime


class _Outcome(msgspec.Struct):
    payouts: list[Payout] = []
    refused: list[HeldBack] = []
    invoices: list[AgencyInvoice] = []
    new: int = 0
    agency: int = 0


def confirm(database: Database, month: str, *, by: str, now: datetime) -> Confirmed:
    """Confirm the open payouts of a month, take the agency's share and issue its invoices of that month.

    Works in transactions of so many accounts; run again it does what is missing. Raises RefusedError.
    """
    must_have_ended(month, now)
    run = _Run(month=month, by=by, now=now)
    count_miscounted(database)
    outcome = _Outcome()
    for first, last in ranges_of_accounts(database):
        with database.write() as connection:
            _confirm_range(connection, first, last, run, outcome)
    return Confirmed(
        month=month,
        new=outcome.new,
        payouts=tuple(outcome.payouts),
        refused=tuple(outcome.refused),
        agency=Money(outcome.agency),
        invoices=tuple(outcome.invoices),
    )


def confirm_on_demand(connection: Connection, account_id: int, *, by: str, now: datetime) -> Payout:
    """Confirm the open payout on demand of an account. Raises RefusedError."""
    journals = open_journals(connection, account_id, account_id, by, now)
    of_account = payees(connection, account_id, account_id)
    found = open_or_of_month(connection, of_account, None).get(account_id, [])
    open_one = next((one for one in found if one.kind == "on_demand"), None)
    if open_one is None:
        raise RefusedError("the account has no open payout on demand")
    today = today_of(now)
    standing = standings(connection, account_id, account_id, today, today)[account_id]
    reason = _refused(open_one, standing, by)
    if reason is not None:
        raise RefusedError(f"{open_one.amount} EUR are not paid out: {REASONS[reason]}")
    (entry,) = journals[account_id].post([_paid_out(open_one, journals[account_id])])
    return _keep(connection, [(open_one, entry)], by, now)[0]


def _confirm_range(connection: Connection, first: int, last: int, run: _Run, outcome: _Outcome) -> None:
    journals = open_journals(connection, first, last, run.by, run.now)
    known = payees(connection, first, last)
    found = open_or_of_month(connection, known, run.month)
    today = today_of(run.now)
    entries: dict[int, list[Entry]] = {}
    paid: list[tuple[Payout, int]] = []
    for account_id, standing in sorted(standings(connection, first, last, today, today).items()):
        journal = journals.get(account_id)
        if journal is None:
            continue
        of_month = next((one for one in found.get(account_id, []) if one.month == run.month), None)
        booked: list[Entry] = []
        if of_month is not None and _is_to_pay(of_month, standing, run, outcome):
            booked.append(_paid_out(of_month, journal))
            paid.append((of_month, journal.number + 1))
        share = taken_share(standing, of_month.amount.cents if booked and of_month else 0, today)
        if share is not None:
            booked.append(share)
            outcome.agency += sum(leg.cents for leg in share.legs if leg.ledger is Ledger.AGENCY)
        if booked:
            entries[account_id] = booked
    post_all(connection, journals, entries)
    outcome.payouts += _keep(connection, paid, run.by, run.now)
    outcome.new += len(paid)
    modes = {account_id: payee.mode for account_id, payee in known.items()}
    outcome.invoices += issue_invoices(connection, first, last, run.month, modes=modes, now=run.now)


def _is_to_pay(payout: Payout, standing: Standing, run: _Run, outcome: _Outcome) -> bool:
    """Whether a payout of the month is to be booked now; one that was is told, one that cannot be refused."""
    if payout.state == "confirmed":
        outcome.payouts.append(payout)
        return False
    reason = _refused(payout, standing, run.by)
    if reason is not None:
        outcome.refused.append(HeldBack(payee=payout.payee, amount=payout.amount, reason=reason))
    return reason is None


def _refused(payout: Payout, standing: Standing, by: str) -> Reason | None:
    if payout.is_for_the_bank and payout.prepared_by == by:
        return Reason.SAME_PERSON
    if payout.amount.cents > standing.balance_now - standing.held_now.creditor:
        return Reason.BALANCE_FELL
    return None if standing.covers(payout.amount.cents) else Reason.TRUST_SHORT


def _paid_out(payout: Payout, journal: Journal) -> Entry:
    cents = payout.amount.cents
    legs = (Leg(Ledger.TRUST_BANK, -cents), Leg(Ledger.BALANCE, cents))
    note = payout.month or "on demand"
    return Entry(kind=EntryKind.PAYOUT, value_date=journal.today, legs=legs, note=note)


def _keep(connection: Connection, paid: Sequence[tuple[Payout, int]], by: str, now: datetime) -> list[Payout]:
    """Mark payouts as confirmed by the entries that booked them."""
    if not paid:
        return []
    values: list[dict[str, Any]] = [
        {"of": one.payee.account_id, "id": one.payout_id, "by": by, "at": to_micros(now), "number": entry}
        for one, entry in paid
    ]
    connection.execute(
        update(payouts)
        .where(payouts.c.account_id == bindparam("of"), payouts.c.payout_id == bindparam("id"))
        .values(
            state="confirmed",
            confirmed_at=bindparam("at"),
            confirmed_by=bindparam("by"),
            entry=bindparam("number"),
        ),
        values,
    )
    return [
        msgspec.structs.replace(one, state="confirmed", confirmed_at=now, confirmed_by=by, entry=entry)
        for one, entry in paid
    ]
