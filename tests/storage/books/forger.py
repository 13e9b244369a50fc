"""Whoever changes the books by hand, plainly or with every trace removed that can be removed."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from storage.books.entries import CHAIN_START, legs_text, link

_GUARDED = ("journal", "postings", "case_events")


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """The triggers that refuse every change are off, and on again afterwards."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        off = [f"DROP TRIGGER {name}" for name, _ in found]
        on = [sql for _, sql in found]
    else:
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in _GUARDED]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _GUARDED]
    for statement in off:
        connection.exec_driver_sql(statement)
    yield
    for statement in on:
        connection.exec_driver_sql(statement)


def cover_up(connection: Connection) -> None:
    """Make chain, balances and movements fit what the postings say now."""
    connection.execute(text("DELETE FROM balances"))
    connection.execute(
        text(
            "INSERT INTO balances SELECT j.account_id, "
            "CASE WHEN ledger > 300 THEN 0 ELSE coalesce(case_id, 0) END, ledger, position, sum(cents) "
            "FROM journal j JOIN postings p ON p.account_id = j.account_id AND p.entry = j.entry "
            "GROUP BY 1, 2, 3, 4"
        )
    )
    connection.execute(text("DELETE FROM movements"))
    connection.execute(
        text(
            "INSERT INTO movements "
            "SELECT j.account_id, ledger, booked_on, sum(cents), min(j.entry), max(j.entry) "
            "FROM journal j JOIN postings p ON p.account_id = j.account_id AND p.entry = j.entry "
            "WHERE ledger > 300 GROUP BY 1, 2, 3"
        )
    )
    heads: dict[int, tuple[int, bytes]] = {}
    for entry in connection.execute(text("SELECT * FROM journal ORDER BY account_id, entry")).all():
        legs = connection.execute(
            text(
                "SELECT ledger, position, cents FROM postings WHERE account_id = :a AND entry = :e "
                "ORDER BY leg"
            ),
            {"a": entry.account_id, "e": entry.entry},
        ).all()
        told = link(
            heads.get(entry.account_id, (0, CHAIN_START))[1].hex(), entry.account_id, entry.entry, entry.kind,
            entry.case_id or 0, entry.receipt_id or 0, entry.reverses or 0, entry.policy or "",
            entry.value_date, entry.booked_at, legs_text(legs),
        )  # fmt: skip
        heads[entry.account_id] = entry.entry, told
        connection.execute(
            text("UPDATE journal SET hash = :hash WHERE account_id = :account AND entry = :entry"),
            {"account": entry.account_id, "entry": entry.entry, "hash": told},
        )
    for account_id, (entry, told) in heads.items():
        connection.execute(
            text("UPDATE chain_heads SET entry = :entry, hash = :hash WHERE account_id = :account"),
            {"account": account_id, "entry": entry, "hash": told},
        )
