"""The kinds of columns that the tables are made of, the same on both engines."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, PrimaryKeyConstraint, Text, text

_DEBTOR = (
    "name", "first_name", "company", "street", "postcode", "city", "country", "email", "phone",
    "birth_date", "iban",
)  # fmt: skip


def key(*columns: str) -> PrimaryKeyConstraint:
    """The primary key."""
    return PrimaryKeyConstraint(*columns)


def big(name: str, *, null: bool = False) -> Column[int]:
    """A whole number of any size."""
    return Column(name, BigInteger, nullable=null, autoincrement=False)


def told(name: str, *, null: bool = False) -> Column[str]:
    """Text."""
    return Column(name, Text, nullable=null)


def raw(name: str, *, null: bool = False) -> Column[bytes]:
    """Bytes."""
    return Column(name, LargeBinary, nullable=null)


def count(name: str) -> Column[int]:
    """A count that begins with nothing."""
    return Column(name, BigInteger, nullable=False, server_default=text("0"))


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over some rows only, on both engines."""
    condition = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


_LEASE: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("attempts", BigInteger, {"nullable": False, "server_default": text("0")}),
    ("owner", Text, {"nullable": True}),
    ("leased_until", BigInteger, {"nullable": True}),
    ("not_before", BigInteger, {"nullable": False}),
    ("reason", Text, {"nullable": True}),
)


def lease() -> list[Column[Any]]:
    """Who works on a row of a queue, until when, how often it was tried, and why it failed last."""
    return [Column(name, kind, **rest) for name, kind, rest in _LEASE]


def debtor() -> list[Column[str]]:
    """Who a debtor is, beside his number."""
    return [told("kind"), *(told(name, null=True) for name in _DEBTOR)]
