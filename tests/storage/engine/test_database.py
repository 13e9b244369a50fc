"""The two engines behave alike where it matters."""

import re
import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError

from storage.engine import schema
from storage.engine.database import Database
from storage.engine.fair_lock import FairLock
from storage.engine.schema import metadata
from storage.errors import ConfigError, StoreBusyError
from tests.storage.road import entries, new_account, row, submit


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("nonsense", "is no database address"),
        ("mysql://localhost/x", "must start with sqlite"),
        ("postgresql://localhost/x", "must start with sqlite"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
    ],
)
def test_an_address_that_cannot_serve_is_refused_with_the_reason(url, reason):
    with pytest.raises(ConfigError, match=reason):
        Database.open(url)


def test_a_fresh_store_makes_its_folder_and_takes_its_schema_twice(tmp_path):
    store = Database.open(f"sqlite:///{tmp_path}/deep/var/store.db")
    store.migrate()
    store.migrate()
    with store.read() as connection:
        tables = set(inspect(connection).get_table_names())
    store.close()
    assert {"alembic_version", *metadata.tables} == tables


def test_the_migrated_schema_is_the_schema_of_the_code(database):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with database.write() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    assert differences == []


def test_the_migration_makes_tables_as_the_code_would(sqlite_path, tmp_path):
    """Also what Alembic does not compare: checks, their names, and where SQLite keeps the rows."""
    made = Database.open(f"sqlite:///{tmp_path}/made.db")
    with made.write() as connection:
        metadata.create_all(connection)
    migrated = Database.open(f"sqlite:///{sqlite_path}")
    assert tables_of(migrated) == tables_of(made)
    made.close()
    migrated.close()


def tables_of(store):
    found = "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index') AND sql IS NOT NULL"
    with store.read() as connection:
        rows = connection.exec_driver_sql(found).all()
    ours = [row for row in rows if not row.name.startswith(("alembic", "sqlite"))]
    parts = {row.name: [part.strip("() \t") for part in re.split(r"[,\n]", row.sql)] for row in ours}
    return {name: sorted(filter(None, of_table)) for name, of_table in parts.items()}


def test_the_newest_migration_is_the_one_that_the_code_expects():
    from storage.engine import versions

    newest = max(file.stem for file in Path(versions.__path__[0]).glob("v*.py"))
    assert newest[1:5] == schema.HEAD


def test_gateways_that_start_at_once_migrate_once(postgres, tmp_path):
    for url in (f"sqlite:///{tmp_path}/store.db", postgres.url(postgres.create())):
        stores = [Database.open(url) for _ in range(4)]
        threads = [threading.Thread(target=store.migrate) for store in stores]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with stores[0].read() as connection:
            versions = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
        for store in stores:
            store.close()
        assert versions == [schema.HEAD]


def test_sqlite_keeps_what_it_acknowledged_through_a_power_cut(tmp_path):
    store = Database.open(f"sqlite:///{tmp_path}/store.db")
    with store.write() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    store.close()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_exception_takes_back_what_was_written(database, now):
    new_account(database, now)
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012  the exception comes in the middle of a transaction
        connection.execute(schema.counters.insert().values(name="x", value=1))
        raise RuntimeError
    with database.read() as connection:
        assert connection.execute(schema.counters.select().filter_by(name="x")).first() is None


def test_a_reading_connection_refuses_to_write(database):
    with pytest.raises((DBAPIError, StoreBusyError)), database.read() as connection:
        connection.execute(schema.counters.insert().values(name="x", value=1))


def test_a_reader_sees_one_state_however_long_it_looks(database):
    with database.read() as reader:
        before = reader.execute(schema.counters.select()).all()
        with database.write() as writer:
            writer.execute(schema.counters.insert().values(name="later", value=1))
        assert reader.execute(schema.counters.select()).all() == before


def test_a_mistake_of_ours_is_not_taken_for_a_busy_store(database):
    with pytest.raises((ProgrammingError, DBAPIError)) as caught, database.write() as connection:
        connection.exec_driver_sql("SELECT nonsense FROM nowhere")
    assert not isinstance(caught.value, StoreBusyError)


def test_a_locked_sqlite_file_is_a_busy_store(tmp_path, monkeypatch):
    monkeypatch.setattr("storage.engine.database.BUSY_SECONDS", 0.1)
    store = Database.open(f"sqlite:///{tmp_path}/store.db")
    store.migrate()
    other = sqlite3.connect(tmp_path / "store.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError, match="locked"), store.write():
        pass
    other.close()
    store.close()


def test_a_server_that_went_away_is_a_busy_store(postgres, postgres_template):
    name = postgres.create(postgres_template)
    store = Database.open(postgres.url(name))
    with store.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    postgres.drop(name)
    with pytest.raises(StoreBusyError), store.read() as connection:
        connection.exec_driver_sql("SELECT 1")
    store.close()


@pytest.mark.parametrize("statement", ["UPDATE case_events SET actor = 'x'", "DELETE FROM case_events"])
def test_the_history_of_cases_cannot_be_changed(database, now, statement):
    account = new_account(database, now)
    submit(database, account, now, entries(row(2, "R-1")))
    with pytest.raises((IntegrityError, DBAPIError), match="only grows"), database.write() as connection:
        connection.exec_driver_sql(statement)


def test_an_account_never_has_two_submissions_in_work(database):
    inbox = schema.inbox.insert()
    waiting = {"account_id": 1, "state": "working", "not_before": 0}
    with pytest.raises(IntegrityError), database.write() as connection:  # noqa: PT012  the exception comes in the middle of a transaction
        connection.execute(inbox.values(submission_id=1, **waiting))
        connection.execute(inbox.values(submission_id=2, **waiting))


def test_the_lock_is_handed_on_in_the_order_of_asking():
    lock, order, threads = FairLock(), [], []

    def ask(number: int) -> None:
        with lock:
            order.append(number)

    with lock:
        for number in range(5):
            threads.append(threading.Thread(target=ask, args=(number,)))
            threads[-1].start()
            while len(lock._waiting) <= number:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("statement", "keys", "index"),
    [
        ("content FROM claims WHERE account_id = ? AND identity IN ({marks})", 2_000, "uq_claims_identity"),
        ("content FROM claims WHERE account_id = ? AND identity BETWEEN ? AND ?", 2, "uq_claims_identity"),
        (
            "debtor_id FROM debtors WHERE account_id = ? AND debtor_key IN ({marks})",
            2_000,
            "ix_debtors_debtor_key",
        ),
        (
            "case_id, count(*) FROM claims WHERE account_id = ? AND submission_id = {marks} GROUP BY case_id",
            1,
            "ix_claims_submission_id",
        ),
    ],
)
def test_sqlite_never_reads_a_whole_account_to_find_a_few_rows(tmp_path, statement, keys, index):
    store = Database.open(f"sqlite:///{tmp_path}/store.db")
    store.migrate()
    asked = "EXPLAIN QUERY PLAN SELECT " + statement.format(marks=",".join("?" * keys))
    with store.write() as connection:
        plan = connection.exec_driver_sql(asked, (1, *[b"x"] * keys)).all()
    store.close()
    assert index in plan[0].detail


def test_what_is_written_back_is_in_the_file_itself(tmp_path: Path):
    database = Database.open(f"sqlite:///{tmp_path}/store.db")
    database.migrate()
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO counters (name, value) VALUES ('x', 7)")
    alone = tmp_path / "alone.db"
    with database.read() as beside:  # who reads does not hinder it
        beside.exec_driver_sql("SELECT 1 FROM counters").all()
        database.write_back()
        alone.write_bytes((tmp_path / "store.db").read_bytes())
    database.close()
    without_log = sqlite3.connect(alone)
    assert without_log.execute("SELECT value FROM counters WHERE name = 'x'").fetchall() == [(7,)]
    without_log.close()
