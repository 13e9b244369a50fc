"""PostgreSQL learns the size of tables that were filled behind its back."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from storage.books.confirmation import confirm
from storage.books.payouts import prepare
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.engine.table_sizes import count_miscounted
from tests.storage.books.many import many_creditors

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
# As if all was counted while it was on its way in.
MISCOUNT = (
    "UPDATE pg_class SET reltuples = 0, relpages = pg_relation_size(oid) / 8192 "
    "WHERE relname IN ('journal', 'postings', 'movements')"
)


@pytest.fixture
def miscounted(postgres, postgres_template):
    name = postgres.create(postgres_template)
    store = Database.open(postgres.url(name))
    many_creditors(store, 40, APRIL)
    with store.write() as connection:
        for table in ("journal", "movements", "postings"):  # nobody else counts meanwhile
            connection.execute(text(f"ALTER TABLE {table} SET (autovacuum_enabled = off)"))
        connection.execute(text(MISCOUNT))
    yield store
    store.close()
    postgres.drop(name)


def rows_known(store):
    with store.read() as connection:
        return connection.execute(text("SELECT reltuples FROM pg_class WHERE relname = 'journal'")).scalar()


def test_tables_that_were_counted_too_early_are_counted_anew_once(miscounted):
    assert rows_known(miscounted) == 0
    assert count_miscounted(miscounted) == ["journal", "movements", "postings"]
    assert rows_known(miscounted) == 40
    assert count_miscounted(miscounted) == []


def test_payouts_have_them_counted(miscounted):
    prepare(miscounted, "2026-04", by="anna", settings=BookSettings(), now=MAY)
    assert rows_known(miscounted) == 40
    with miscounted.write() as connection:
        connection.execute(text(MISCOUNT))
    confirm(miscounted, "2026-04", by="bernd", now=MAY)
    assert rows_known(miscounted) >= 40


def test_sqlite_counts_nothing(sqlite_path):
    store = Database.open(f"sqlite:///{sqlite_path}")
    assert count_miscounted(store) == []
    store.close()
