"""Accounts of creditors: who they are, which addresses speak for them, what they may.

An address belongs to a person with a role; one address may serve several accounts (a tax adviser).
Secrets are shown once and kept as hashes.
"""

import secrets
import string
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, select, update

from storage.addresses import fold_address, folder_name, valid_address
from storage.counters import reserve
from storage.engine import book_tables, schema
from storage.engine.instants import to_micros
from storage.errors import RefusedError, UnknownError
from storage.rehearsal import refuse_live_in_rehearsal

_PASSWORD_LENGTH = 24
# Letters and digits alone: a sign at the front would be an option to many a mail program.
_PASSWORD_SIGNS = string.ascii_letters + string.digits
# OWASP's second argon2id profile: sound, and a session of mail is not held up by 64 MiB a login.
_HASH_ROUNDS = 2
_HASH_MEMORY_KIB = 19_456


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A creditor. mode: test | live; status: registered | confirmed | approved | suspended."""

    account_id: int
    name: str
    street: str | None
    postcode: str | None
    city: str | None
    country: str
    language: str
    mode: str
    status: str
    email: str
    drop_folder: str
    vat_deduction: bool
    iban: str | None


_COLUMNS = tuple(schema.accounts.c[name] for name in Account.__struct_fields__)


def add_account(
    connection: Connection,
    *,
    email: str,
    name: str,
    street: str | None = None,
    postcode: str | None = None,
    city: str | None = None,
    iban: str | None = None,
    vat_deduction: bool = True,
    live: bool = False,
    authority: bytes | None = None,
    language: str = "de",
    now: datetime,
) -> tuple[Account, str]:
    """An account by the operator: address verified, account approved. Returns it and its mail password.

    Raises RefusedError when the address owns an account already, when a value cannot be right, or
    when a live account comes without the document of its power of attorney or into a rehearsal store.
    """
    owner = valid_address(email)
    if not name.strip():
        raise RefusedError("an account needs the creditor's name")
    if live and not authority:
        raise RefusedError("a live account needs the document of its power of attorney: --authority FILE")
    if live:
        refuse_live_in_rehearsal(connection)
    if language not in {"de", "en"}:
        raise RefusedError(f"language {language!r} is not spoken here; de or en")
    if _owned_by(connection, owner) is not None:
        raise RefusedError(f"{owner} owns an account already; see `inkasso creditor show --email {owner}`")
    password = _fresh_password()
    account = Account(
        account_id=reserve(connection, "account", 1),
        name=name.strip(),
        street=street,
        postcode=_valid_postcode(postcode),
        city=city,
        country="DE",
        language=language,
        mode="live" if live else "test",
        status="approved",
        email=owner,
        drop_folder=_free_folder(connection, folder_name(name)),
        vat_deduction=vat_deduction,
        iban=_valid_iban(iban),
    )
    at = to_micros(now)
    row = msgspec.structs.asdict(account) | {
        "mail_password_hash": _hash(password),
        "mail_password_at": at,
        "created_at": at,
        "approved_at": at,
    }
    connection.execute(schema.accounts.insert().values(row))
    connection.execute(
        schema.addresses.insert().values(
            account_id=account.account_id, email=owner, person=account.name, role="owner", verified_at=at
        )
    )
    _record_authority(connection, account.account_id, authority, at)
    if account.iban is not None:  # by the operator, who knows whose it is
        first = {"account_id": account.account_id, "version": 1, "iban": account.iban}
        connection.execute(
            book_tables.payout_ibans.insert().values(
                **first, recorded_at=at, verified_at=at, verified_by="operator"
            )
        )
    return account, password


def add_address(
    connection: Connection, account_id: int, *, email: str, person: str | None, role: str, now: datetime
) -> None:
    """A further verified address of an account, by the operator; role: clerk | read_only.

    Raises RefusedError.
    """
    folded = valid_address(email)
    if role not in {"clerk", "read_only"}:
        raise RefusedError(f"role {role!r} is none; clerk or read_only")
    known = select(schema.addresses.c.email).filter_by(account_id=account_id, email=folded)
    if connection.execute(known).first():
        raise RefusedError(f"{folded} belongs to this account already")
    row = {"account_id": account_id, "email": folded, "person": person, "role": role}
    connection.execute(schema.addresses.insert().values(**row, verified_at=to_micros(now)))


def accounts_of_address(connection: Connection, email: str) -> list[Account]:
    """The accounts that a verified address speaks for, oldest first; none for an unknown address."""
    addresses = schema.addresses
    found = (
        select(*_COLUMNS)
        .join(addresses, addresses.c.account_id == schema.accounts.c.account_id)
        .where(addresses.c.email == fold_address(email), addresses.c.verified_at.is_not(None))
        .order_by(schema.accounts.c.account_id)
    )
    return [_account(row) for row in connection.execute(found)]


def account_by_email(connection: Connection, email: str) -> Account:
    """The one account of an address: the one it owns, else the one it speaks for.

    Raises UnknownError when there is none and RefusedError when it speaks for several.
    """
    folded = fold_address(email)
    owned = _owned_by(connection, folded)
    if owned is not None:
        return owned
    served = accounts_of_address(connection, folded)
    if len(served) == 1:
        return served[0]
    if not served:
        raise UnknownError(f"no account has the address {folded}; `inkasso creditor list` shows all")
    owners = ", ".join(account.email for account in served)
    raise RefusedError(f"{folded} speaks for several accounts; name the owner's address: {owners}")


def account_by_folder(connection: Connection, drop_folder: str) -> Account | None:
    """The account of a drop folder."""
    found = select(*_COLUMNS).where(schema.accounts.c.drop_folder == drop_folder)
    return _account_or_none(connection.execute(found).first())


def account_by_id(connection: Connection, account_id: int) -> Account:
    """The account of an id; raises UnknownError."""
    found = select(*_COLUMNS).where(schema.accounts.c.account_id == account_id)
    row = connection.execute(found).first()
    if row is None:
        raise UnknownError(f"there is no account {account_id}")
    return _account(row)


def all_accounts(connection: Connection) -> list[Account]:
    """All accounts, oldest first."""
    return [
        _account(row) for row in connection.execute(select(*_COLUMNS).order_by(schema.accounts.c.account_id))
    ]


def mail_password_accounts(connection: Connection, email: str) -> list[tuple[Account, str]]:
    """The accounts of a verified address with the argon2 hash of each one's mail password."""
    addresses = schema.addresses
    found = (
        select(*_COLUMNS, schema.accounts.c.mail_password_hash)
        .join(addresses, addresses.c.account_id == schema.accounts.c.account_id)
        .where(addresses.c.email == fold_address(email), addresses.c.verified_at.is_not(None))
        .order_by(schema.accounts.c.account_id)
    )
    return [(_account(row), row.mail_password_hash) for row in connection.execute(found)]


def verified_email(connection: Connection, account_id: int, sender: str | None) -> str:
    """Where answers go: to the sender if the account verified that address, else to its owner."""
    if sender:
        addresses = schema.addresses
        known = select(addresses.c.email).where(
            addresses.c.account_id == account_id,
            addresses.c.email == fold_address(sender),
            addresses.c.verified_at.is_not(None),
        )
        email = connection.execute(known).scalar()
        if email is not None:
            return str(email)
    return account_by_id(connection, account_id).email


def verify_account(connection: Connection, email: str, now: datetime) -> Account:
    """Mark the owner's address as verified; a registered account becomes confirmed. Raises UnknownError."""
    account = _must_own(connection, email)
    connection.execute(
        update(schema.addresses)
        .filter_by(account_id=account.account_id, email=account.email, verified_at=None)
        .values(verified_at=to_micros(now))
    )
    if account.status == "registered":
        _set_status(connection, account.account_id, "confirmed", None)
    return account_by_id(connection, account.account_id)


def approve_account(
    connection: Connection, email: str, now: datetime, authority: bytes | None = None
) -> Account:
    """Approve an account and keep the document of its power of attorney, if given.

    Raises UnknownError, or RefusedError while the owner's address is not verified and for a live
    account in a rehearsal store.
    """
    account = _must_own(connection, email)
    if account.mode == "live":
        refuse_live_in_rehearsal(connection)
    if not any(
        known.account_id == account.account_id for known in accounts_of_address(connection, account.email)
    ):
        raise RefusedError(
            f"{account.email} is not verified yet: `inkasso creditor verify --email {account.email}`"
        )
    at = to_micros(now)
    _record_authority(connection, account.account_id, authority, at)
    _set_status(connection, account.account_id, "approved", at)
    return account_by_id(connection, account.account_id)


def renew_mail_password(connection: Connection, email: str, now: datetime) -> str:
    """A fresh mail password; the old one is void from here on. Raises UnknownError."""
    account = _must_own(connection, email)
    password = _fresh_password()
    mine = schema.accounts.c.account_id == account.account_id
    connection.execute(
        update(schema.accounts)
        .where(mine)
        .values(mail_password_hash=_hash(password), mail_password_at=to_micros(now))
    )
    return password


def _fresh_password() -> str:
    return "".join(secrets.choice(_PASSWORD_SIGNS) for _ in range(_PASSWORD_LENGTH))


def _set_status(connection: Connection, account_id: int, status: str, approved_at: int | None) -> None:
    changed: dict[str, object] = {"status": status}
    if approved_at is not None:
        changed["approved_at"] = approved_at
    connection.execute(
        update(schema.accounts).where(schema.accounts.c.account_id == account_id).values(changed)
    )


def _record_authority(connection: Connection, account_id: int, authority: bytes | None, at: int) -> None:
    if not authority:
        return
    digest = sha256(authority).digest()
    known = select(schema.authorities.c.sha256).filter_by(account_id=account_id, sha256=digest)
    if connection.execute(known).first():
        return
    row = {"account_id": account_id, "sha256": digest, "content": authority, "recorded_at": at}
    connection.execute(schema.authorities.insert().values(row))


def _must_own(connection: Connection, email: str) -> Account:
    account = _owned_by(connection, fold_address(email))
    if account is None:
        raise UnknownError(f"{email} owns no account; `inkasso creditor list` shows all")
    return account


def _owned_by(connection: Connection, folded: str) -> Account | None:
    found = select(*_COLUMNS).where(schema.accounts.c.email == folded)
    return _account_or_none(connection.execute(found).first())


def _free_folder(connection: Connection, wanted: str) -> str:
    accounts = schema.accounts
    taken = set(
        connection.execute(
            select(accounts.c.drop_folder).where(accounts.c.drop_folder.startswith(wanted))
        ).scalars()
    )
    number, name = 1, wanted
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def _valid_postcode(postcode: str | None) -> str | None:
    if not postcode:
        return None
    if not (postcode.isascii() and postcode.isdigit() and len(postcode) == 5):
        raise RefusedError(f"{postcode!r} is no German postcode; write five digits, as 04109")
    return postcode


def _valid_iban(iban: str | None) -> str | None:
    if not iban:
        return None
    from stdnum import iban as rules  # noqa: PLC0415  loads the formats of all countries
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(rules.validate(iban))
    except ValidationError as error:
        raise RefusedError(f"{iban!r} is no IBAN; check it for a slip") from error


def _hash(password: str) -> str:
    from argon2 import PasswordHasher  # noqa: PLC0415  loads a compiled library

    return PasswordHasher(_HASH_ROUNDS, _HASH_MEMORY_KIB, parallelism=1).hash(password)


def _account(row: Any) -> Account:
    return Account(**{name: getattr(row, name) for name in Account.__struct_fields__})


def _account_or_none(row: Any | None) -> Account | None:
    return None if row is None else _account(row)


def lock_account(connection: Connection, account_id: int) -> None:
    """Keep all others from committing, withdrawing or booking for an account until the transaction ends."""
    connection.execute(
        select(schema.accounts.c.account_id).filter_by(account_id=account_id).with_for_update()
    )
