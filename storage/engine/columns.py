"""The columns and constraints that all tables are made of."""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, PrimaryKeyConstraint, Text, text

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
    }
)

_DEBTOR = (
    "name", "first_name", "company", "street", "postcode", "city", "country", "email", "phone",
    "birth_date", "iban",
)  # fmt: skip


def key(*columns: str) -> PrimaryKeyConstraint:
    """The primary key."""
    return PrimaryKeyConstraint(*columns)


def big(name: str, *, null: bool = False) -> Column[int]:
    """A whole number of 64 bits."""
    return Column(name, BigInteger, nullable=null, autoincrement=False)


def words(name: str, *, null: bool = False) -> Column[str]:
    """A text."""
    return Column(name, Text, nullable=null)


def blob(name: str, *, null: bool = False) -> Column[bytes]:
    """Bytes."""
    return Column(name, LargeBinary, nullable=null)


def count(name: str) -> Column[int]:
    """A number that starts at 0."""
    return Column(name, BigInteger, nullable=False, server_default=text("0"))


def partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows that `where` holds for."""
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
    return [words("kind"), *(words(name, null=True) for name in _DEBTOR)]
