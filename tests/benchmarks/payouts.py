"""P11 and PAYOUT: a balance among many postings; a month paid out to ten thousand creditors."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from storage.books.balance import balance_of, newest_entries
from storage.books.confirmation import confirm
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import Journal
from storage.books.ledgers import Ledger
from storage.books.payouts import prepare
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.verify import verify
from tests.benchmarks.figures import Figure, percentile
from tests.peers.postgres import PostgresServer
from tests.storage.books.many import many_creditors

GOALS = ("P11", "PAYOUT")
CREDITORS = 10_000
APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_ENTRIES_A_TIME = 5_000
_LEGS_AN_ENTRY = 10
_READS = 2_000


def measure(folder: Path, *, full: bool) -> list[Figure]:
    """Both engines for the payout; a small balance among large books on SQLite."""
    with _sqlite(folder / "payouts.db") as database:
        figures = [_payouts(database, "SQLite")]
    programs = PostgresServer.installed()
    if programs is not None:
        with _postgresql(programs) as database:
            figures.append(_payouts(database, "PostgreSQL"))
    with _sqlite(folder / "balance.db") as database:
        figures += _balance(database, 10_000_000 if full else 500_000)
    return figures


def _payouts(database: Database, engine: str) -> Figure:
    many_creditors(database, CREDITORS, APRIL)
    started = time.perf_counter()
    prepared = prepare(database, "2026-04", by="anna", settings=BookSettings(), now=MAY)
    halfway = time.perf_counter()
    confirmed = confirm(database, "2026-04", by="bernd", now=MAY)
    seconds = time.perf_counter() - started
    assert (prepared.new, confirmed.new, len(confirmed.invoices)) == (CREDITORS,) * 3
    with database.read() as connection:
        found = verify(connection).findings
    wrong = [one for one in found if one.check != "entry.case"]  # the cases alone are made up
    assert not wrong, wrong[:3]
    return Figure(
        goal=f"PAYOUT {engine}",
        what=f"a month paid out to {CREDITORS:,} creditors, time",
        unit="s",
        must=10,
        compares=False,
        ours=seconds,
        note=f"prepared in {halfway - started:.2f}, with share and invoices confirmed in "
        f"{seconds + started - halfway:.2f}",
    )


def _balance(database: Database, postings: int) -> list[Figure]:
    """One creditor with so many postings, spread over two years of days."""
    (account_id,) = many_creditors(database, 1, APRIL)
    entries = postings // _LEGS_AN_ENTRY
    first = APRIL - timedelta(days=730)
    for start in range(0, entries, _ENTRIES_A_TIME):
        now = first + timedelta(days=730 * start // entries)
        with database.write() as connection:
            journal = Journal(connection, account_id, "test", now)
            journal.post([_entry(number, now.date()) for number in range(start, start + _ENTRIES_A_TIME)])
    long_ago = date(2025, 4, 20)
    with database.read() as connection:
        now_ms = _timed(lambda: balance_of(connection, account_id))
        then_ms = _timed(lambda: balance_of(connection, account_id, long_ago))
        page_ms = _timed(lambda: newest_entries(connection, account_id, long_ago, 20))
    among = f"among {postings:,} postings, p99"
    told = (
        ("P11", f"a balance {among}", now_ms, 1.0),
        ("P11 as of", f"a balance a year ago {among}", then_ms, 5.0),
        ("P11 page", f"20 entries of a year ago {among}", page_ms, 10.0),
    )
    return [
        Figure(
            goal=goal,
            what=what,
            unit="ms",
            must=must,
            compares=False,
            ours=percentile(runs, 0.99),
            note=f"median {percentile(runs, 0.5):.3f}",
        )
        for goal, what, runs, must in told
    ]


def _entry(number: int, day: date) -> Entry:
    """A receipt of eight buckets and shares, and the money."""
    shares = (
        Ledger.PRINCIPAL,
        Ledger.INTEREST,
        Ledger.FEE,
        Ledger.SETTLED,
        Ledger.RECEIVED,
        Ledger.AGENCY_SHARE,
    )
    case_id = 260_000_000_000 + number % 1_000_000
    cents = (-80, -10, -10, 100, 100, -10)
    legs = tuple(Leg(ledger, amount) for ledger, amount in zip(shares, cents, strict=True))
    money = (
        Leg(Ledger.CREDITOR_SHARE, -90),
        Leg(Ledger.TRUST_BANK, 100),
        Leg(Ledger.BALANCE, -90),
        Leg(Ledger.AGENCY, -10),
    )
    return Entry(kind=EntryKind.RECEIPT, value_date=day, case_id=case_id, legs=(*legs, *money))


def _timed(read: Callable[[], object]) -> list[float]:
    """Milliseconds of many reads, after one that warms up."""
    read()
    runs = []
    for _ in range(_READS):
        started = time.perf_counter()
        read()
        runs.append((time.perf_counter() - started) * 1_000)
    return runs


@contextmanager
def _sqlite(path: Path) -> Iterator[Database]:
    database = Database.open(f"sqlite:///{path}")
    database.migrate()
    yield database
    database.close()


@contextmanager
def _postgresql(programs: Path) -> Iterator[Database]:
    server = PostgresServer(programs, durable=True)
    try:
        server.start()
        database = Database.open(server.url(server.create()))
        database.migrate()
        yield database
        database.close()
    finally:
        server.stop()
