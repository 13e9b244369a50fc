"""Thousands of creditors with money, put into a store the short way."""

from datetime import date, datetime

import msgspec
from sqlalchemy import insert

from storage.accounts import Account
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import Journal, post_all
from storage.books.ledgers import Ledger
from storage.counters import reserve
from storage.engine.bulk import insert_rows
from storage.engine.database import Database
from storage.engine.instants import to_micros
from storage.engine.schema import accounts

_IBAN = "DE89370400440532013000"


def many_creditors(database: Database, count: int, now: datetime, receipts: int = 1) -> list[int]:
    """Accounts in test mode, each with so many receipts of 70.00: 60.00 its own, 10.00 the agency's."""
    at, day = to_micros(now), now.date()
    with database.write() as connection:
        first = reserve(connection, "account", count)
        ids = list(range(first, first + count))
        found = [_account(account_id) for account_id in ids]
        secret = {"mail_password_hash": "none", "mail_password_at": at, "created_at": at}
        connection.execute(insert(accounts), [msgspec.structs.asdict(one) | secret for one in found])
        insert_rows(
            connection,
            "addresses",
            ("account_id", "email", "role", "verified_at"),
            [(one.account_id, one.email, "owner", at) for one in found],
        )
        insert_rows(
            connection,
            "payout_ibans",
            ("account_id", "version", "iban", "recorded_at", "verified_at", "verified_by"),
            [(account_id, 1, _IBAN, at, at, "operator") for account_id in ids],
        )
        for account_id in ids:
            journal = Journal(connection, account_id, "test", now)
            post_all(connection, {account_id: journal}, {account_id: [_receipt(day)] * receipts})
    return ids


def _account(account_id: int) -> Account:
    return Account(
        account_id=account_id,
        name=f"Gläubiger {account_id}",
        street=None,
        postcode=None,
        city=None,
        country="DE",
        language="de",
        mode="test",
        status="approved",
        email=f"{account_id}@laden.example",
        drop_folder=f"laden-{account_id}",
        vat_deduction=True,
        iban=_IBAN,
    )


def _receipt(day: date) -> Entry:
    legs = (Leg(Ledger.TRUST_BANK, 7_000), Leg(Ledger.BALANCE, -6_000), Leg(Ledger.AGENCY, -1_000))
    return Entry(kind=EntryKind.RECEIPT, value_date=day, case_id=260_000_000_001, legs=legs)
