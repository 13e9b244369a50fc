"""One store: opened once by the composition root, SQLite or PostgreSQL by its address.

SQLite runs in WAL with `synchronous=FULL`, because whoever is told "done" relies on it; a process
has one writing connection, handed on fairly, and readers beside it. PostgreSQL has a pool.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Literal, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from storage.engine.fair_lock import FairLock
from storage.errors import ConfigError, StoreBusyError

BUSY_SECONDS = 15
LOCK_SECONDS = 30
WRITER_CACHE_KIB = 49_152
READER_CACHE_KIB = 4_096
# Pages that an import touches again and again are written back once in 128 MiB, not once a chunk.
CHECKPOINT_PAGES = 32_768

_PASSING = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_PROTOCOL",
)
_UNFLUSHED = ("SQLITE_IOERR_FSYNC", "SQLITE_IOERR_DIR_FSYNC")


class Database:
    """One store."""

    def __init__(self, writer: Engine, reader: Engine, turns: FairLock | None) -> None:
        self._writer = writer
        self._reader = reader
        self._turns = turns
        self.failure: str | None = None

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at `url`; nothing is written before `migrate`. Raises ConfigError."""
        try:
            address = make_url(url)
        except ArgumentError as error:
            raise ConfigError(f"[store] url {url!r} is no database address") from error
        if address.drivername == "sqlite":
            return cls(*_sqlite_engines(address), FairLock())
        if address.drivername == "postgresql+psycopg":
            return cls(*_postgresql_engines(address), None)
        raise ConfigError(
            f"[store] url must start with sqlite:/// or postgresql+psycopg://, not {address.drivername}://"
        )

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        """Which of the two engines this is."""
        return "sqlite" if self._writer.dialect.name == "sqlite" else "postgresql"

    @property
    def is_wanted(self) -> bool:
        """Whether another thread of this process waits to write; never on PostgreSQL, where all may."""
        return self._turns is not None and self._turns.is_wanted

    def migrate(self) -> None:
        """Bring the schema to its newest version; safe from many processes at once, quick when done."""
        from storage.engine.migrations import is_current, upgrade  # noqa: PLC0415  alembic loads slowly

        with self.read() as connection:
            if is_current(connection):
                return
        with self.write() as connection:
            upgrade(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction that may write: committed on leaving, rolled back on an exception.

        Raises StoreBusyError when the store cannot take a write now (locked, full, gone).
        """
        with self._turns or nullcontext(), self._passing_errors():
            if self.failure is not None:
                raise StoreBusyError(self.failure)
            with self._writer.begin() as connection:
                yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent snapshot of the store; writing is refused."""
        with self._passing_errors(), self._reader.connect() as connection:
            yield connection

    def write_back(self) -> None:
        """Copy what SQLite has in its log into its file, beside the writer, who need not wait for it.

        The writer itself does so once in `CHECKPOINT_PAGES`: what is copied then, nobody waits for.
        Raises StoreBusyError. Nothing is done on PostgreSQL, which has a process for that.
        """
        if self.dialect != "sqlite" or self.failure is not None:
            return
        connection = self._reader.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(
                "SELECT count(*) FROM sqlite_schema"
            ).fetchall()  # a new connection knows of no log
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()  # not inside of a transaction
            cursor.close()
        except sqlite3.Error as error:
            self._note_unflushed(error)
            raise StoreBusyError(f"the store did not write back: {error}") from error
        finally:
            connection.close()

    def close(self) -> None:
        """Close all connections."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _passing_errors(self) -> Iterator[None]:
        try:
            yield
        except PoolTimeoutError as error:
            raise StoreBusyError("all connections to the store are in use") from error
        except DBAPIError as error:
            if not _may_pass(error):
                raise
            self._note_unflushed(error.orig)
            raise StoreBusyError(f"the store did not take it: {error.orig}") from error

    def _note_unflushed(self, error: BaseException | None) -> None:
        """What the disk has refused to keep may look kept when asked again: no second try."""
        if _name_of(error) in _UNFLUSHED:
            self.failure = "the disk did not keep what was written; check it, then restart"
            self._writer.dispose()


def _name_of(error: BaseException | None) -> str:
    return str(getattr(error, "sqlite_errorname", ""))


def _may_pass(error: DBAPIError) -> bool:
    if isinstance(error.orig, sqlite3.Error):
        return _name_of(error.orig).startswith(_PASSING)
    return isinstance(error, OperationalError) or error.connection_invalidated


def _sqlite_engines(address: URL) -> tuple[Engine, Engine]:
    if not address.database or address.database == ":memory:":
        raise ConfigError("[store] url names no file; a store in memory would forget what it acknowledged")
    Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    waiting = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    writer = create_engine(
        address, pool_size=1, max_overflow=0, pool_timeout=BUSY_SECONDS, connect_args=waiting
    )
    reader = create_engine(address, pool_size=4, max_overflow=12, connect_args=waiting)
    common = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    _prepare(
        writer,
        f"PRAGMA journal_mode=WAL; {common} PRAGMA cache_size=-{WRITER_CACHE_KIB};"
        f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}; PRAGMA journal_size_limit=134217728;",
        "BEGIN IMMEDIATE",
    )
    _prepare(reader, f"{common} PRAGMA cache_size=-{READER_CACHE_KIB}; PRAGMA query_only=ON;", "BEGIN")
    return writer, reader


def _prepare(engine: Engine, pragmas: str, begin: str) -> None:
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun by us, not guessed by the driver
        connection.executescript(pragmas)

    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", begin_transaction)


def _postgresql_engines(address: URL) -> tuple[Engine, Engine]:
    settings = f"-c lock_timeout={LOCK_SECONDS}s -c timezone=UTC"
    writer = create_engine(
        address,
        pool_size=10,
        max_overflow=20,
        pool_recycle=1800,
        connect_args={"options": settings, "application_name": "inkasso"},
    )
    reader = writer.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return writer, reader
