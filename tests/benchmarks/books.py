"""P9, P10, P11 and the audit: booking in bulk, one payment at a time, a look-up, and `verify`."""

import gc
import json
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from storage.accounts import Account
from storage.books.booking import Change, entries_of
from storage.books.bookkeeping import Books
from storage.books.claim_account import Payment
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import Journal, account_balance
from storage.books.ledgers import Ledger
from storage.books.payments import PaymentTold, book_payment
from storage.books.settings import BookSettings
from storage.engine.book_tables import postings, receipts
from storage.engine.bulk import insert_rows
from storage.engine.database import Database
from storage.engine.instants import to_micros
from storage.lifecycle.acceptance import accept_cases
from storage.lifecycle.autocollect import Rhythm
from storage.money import Money
from storage.records import Row
from tests.benchmarks.figures import Figure, in_turns, median, percentile
from tests.benchmarks.imports import peak_while_alive
from tests.peers.gateway import COMMAND, RunningGateway
from tests.storage.books.collected import claim, creditor
from tests.storage.road import commit, end, entries, start

GOALS = ("P9", "P10", "P11", "VERIFY")
NOW = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
SETTINGS = BookSettings()
CHUNK = 5_000
SINGLE = 1_000
LOOK_UPS = 5_000
LEGS_A_CASE = 11  # claim and fee of each, interest and a receipt of every second
RECEIPT_COLUMNS = (
    "account_id", "receipt_id", "case_id", "channel", "method", "state", "cents", "value_date", "booked_at",
    "policy",
)  # fmt: skip


def measure(folder: Path, *, full: bool) -> list[Figure]:
    """All figures of the books."""
    store = _Store(folder, legs=10_000_000 if full else 1_000_000)
    return [*_bulk(folder, full=full), *_single(folder, store), _look_up(store), *_audit(store)]


def _bulk(folder: Path, *, full: bool) -> list[Figure]:
    """P9: the peer writes the same legs as one table that can be asked by case and by ledger, like ours."""
    booked = list(islice(_made_up(), 200_000 if full else 40_000))
    legs = sum(len(entry.legs) for entry in booked)
    gc.collect()
    gc.freeze()  # what is booked lies ready, and no turn is charged for walking over it
    runs = in_turns(
        5,
        ours=lambda: legs / _post(folder, booked),
        peer=lambda: legs / _executemany(folder, booked, indexed=True),
        bare=lambda: legs / _executemany(folder, booked, indexed=False),
    )
    gc.unfreeze()
    bare = median(runs["ours"]) / median(runs["bare"])
    return [
        Figure(
            goal="P9", what=f"{legs:,} journal legs with chain and balances", unit="legs/s", must=0.6,
            larger_is_better=True, ours=median(runs["ours"]), peer=median(runs["peer"]), runs=runs,
            note=f"peer: executemany of the legs, a unique key and two indexes; its key alone: {bare:.2f}x",
        )
    ]  # fmt: skip


def _single(folder: Path, store: "_Store") -> list[Figure]:
    """P10: entries of eight legs and whole payments, each in a transaction of its own, that is on disk."""
    database = Database.open(f"sqlite:///{folder}/single.db")
    database.migrate()
    told = [entry for entry in islice(_made_up(), 2 * SINGLE) if entry.kind is EntryKind.RECEIPT]
    runs = in_turns(
        5,
        ours=lambda: SINGLE / _post_each(database, told),
        peer=lambda: SINGLE / _commit_each(folder / "commits.db"),
    )
    payments = [store.pay_each(SINGLE // 5) for _ in range(3)]
    database.close()
    return [
        Figure(
            goal="P10", what="single durable journal entries", unit="entries/s", must=1_500, compares=False,
            larger_is_better=True, ours=max(runs["ours"]), peer=max(runs["peer"]), runs=runs,
            note="peer: commits of one small row each",
        ),
        Figure(
            goal="P10-payment", what="whole payments, each durable", unit="payments/s", must=0,
            compares=False, larger_is_better=True, ours=max(payments), runs={"ours": payments},
            note="no goal set",
        ),
    ]  # fmt: skip


def _look_up(store: "_Store") -> Figure:
    times = []
    for _ in range(LOOK_UPS):
        started = time.perf_counter()
        with store.database.read() as connection:
            account_balance(connection, store.account.account_id, Ledger.BALANCE)
        times.append((time.perf_counter() - started) * 1_000)
    return Figure(
        goal="P11", what=f"a balance among {store.cases:,} cases, {store.legs:,} postings, p99", unit="ms",
        must=1.0, compares=False, ours=percentile(times, 0.99), note=f"p50 {median(times):.3f} ms",
    )  # fmt: skip


def _audit(store: "_Store") -> list[Figure]:
    """`inkasso verify` as a process of its own."""
    seconds, peak = store.verify()
    millions = store.legs / 1_000_000
    return [
        Figure(
            goal="VERIFY", what=f"inkasso verify, {store.legs:,} postings, for a million", unit="s", must=20,
            compares=False, ours=seconds / millions, note=f"{seconds:.1f} s in all",
        ),
        Figure(
            goal="VERIFY-memory", what="its peak memory", unit="MiB", must=200, compares=False, ours=peak
        ),
    ]  # fmt: skip


class _Store:
    """A store with a creditor of very many cases, every second with a receipt."""

    def __init__(self, folder: Path, legs: int) -> None:
        self._gateway = RunningGateway(folder, f"sqlite:///{folder}/books.db")
        self.database = Database.open(f"sqlite:///{folder}/books.db")
        self.database.migrate()
        self.account: Account = creditor(self.database, NOW)
        self.cases = -(-legs // LEGS_A_CASE)
        self._hand_over()
        accept_cases(self.database, SETTINGS, Rhythm(), NOW)
        self._unpaid = self._pay_every_second()
        with self.database.read() as connection:
            self.legs = connection.execute(select(func.count()).select_from(postings)).scalar_one()

    def _hand_over(self) -> None:
        work = start(self.database, self.account, NOW)
        numbers = iter(range(2, self.cases + 2))
        while chunk := [_row(number) for number in islice(numbers, CHUNK)]:
            commit(self.database, work, entries(*chunk), NOW)
        end(self.database, work, NOW)

    def _pay_every_second(self) -> list[int]:
        with self.database.read() as connection:
            found = connection.exec_driver_sql("SELECT case_id FROM cases ORDER BY case_id")
            ids = [case_id for (case_id,) in found]
        for at in range(0, len(ids), 2 * CHUNK):
            with self.database.write() as connection:
                self._pay(connection, ids[at : at + 2 * CHUNK : 2], at // 2)
        return ids[1::2]

    def _pay(self, connection: Connection, ids: list[int], paid: int) -> None:
        """Receipts for many cases; all are alike, so that one book stands for all."""
        books = Books(connection, self.account.account_id, SETTINGS, "bench", NOW)
        model = books.case(ids[0])
        kept, booked = [], []
        day = NOW.date() - timedelta(days=3)
        for receipt_id, case_id in enumerate(ids, start=paid + 1):
            payment = Payment(receipt_id=receipt_id, cents=15_000, value_date=day)
            change = Change(kind=EntryKind.RECEIPT, value_date=day, payment=payment)
            booked += entries_of(replace(model, case_id=case_id), change, SETTINGS)
            kept.append(
                (self.account.account_id, receipt_id, case_id, "agency", "transfer", "booked", 15_000,
                 day.isoformat(), to_micros(NOW), payment.policy.value)
            )  # fmt: skip
        insert_rows(connection, receipts.name, RECEIPT_COLUMNS, kept)
        books.journal.post(booked)

    def pay_each(self, count: int) -> float:
        """Whole payments a second."""
        ids = [self._unpaid.pop() for _ in range(count)]
        told = PaymentTold(amount=Money(10_000), value_date=NOW.date())
        started = time.perf_counter()
        for case_id in ids:
            with self.database.write() as connection:
                books = Books(connection, self.account.account_id, SETTINGS, "bench", NOW)
                book_payment(books, case_id, told)
        return count / (time.perf_counter() - started)

    def verify(self) -> tuple[float, float]:
        """Seconds and the peak in MiB of `inkasso verify`, which must be green."""
        out = self._gateway.folder / "verify.json"
        command = [*COMMAND, "--config", str(self._gateway.config), "verify", "--json"]
        started = time.perf_counter()
        with out.open("wb") as stdout, self._gateway.log.open("ab") as stderr:
            process = subprocess.Popen(command, stdout=stdout, stderr=stderr, cwd=self._gateway.folder)
            peak = peak_while_alive(process)
        seconds = time.perf_counter() - started
        assert json.loads(out.read_text())["ok"], out.read_text()[:2_000]
        return seconds, peak


def _row(number: int) -> Row:
    return claim(number, f"RE-{number}", "250.00", customer=f"K{number}", costs=[("dunning_fee", "5.00")])


def _made_up() -> Iterator[Entry]:
    """Claims of three legs and receipts of eight, case by case."""
    day = date(2026, 4, 1)
    case_id = 260_000_000_000
    while True:
        case_id += 1
        yield Entry(
            kind=EntryKind.CLAIM, value_date=day, case_id=case_id,
            legs=(Leg(Ledger.PRINCIPAL, 25_000, 1), Leg(Ledger.DUNNING_FEE, 500, 1),
                  Leg(Ledger.CHARGED_CREDITOR, -25_500)),
        )  # fmt: skip
        yield Entry(
            kind=EntryKind.RECEIPT, value_date=day, case_id=case_id, receipt_id=case_id, policy="BGB366_367",
            legs=(Leg(Ledger.PRINCIPAL, -4_500, 1), Leg(Ledger.DUNNING_FEE, -400, 1),
                  Leg(Ledger.OVERPAID, -100), Leg(Ledger.SETTLED, 5_000), Leg(Ledger.RECEIVED, 5_000),
                  Leg(Ledger.CREDITOR_SHARE, -5_000), Leg(Ledger.TRUST_BANK, 5_000),
                  Leg(Ledger.BALANCE, -5_000)),
        )  # fmt: skip


def _post(folder: Path, booked: list[Entry]) -> float:
    """Seconds for all entries in a fresh store, in transactions of about CHUNK legs."""
    database = Database.open(f"sqlite:///{_fresh(folder / 'bulk.db')}")
    database.migrate()
    size = CHUNK * 2 // LEGS_A_CASE
    started = time.perf_counter()
    for at in range(0, len(booked), size):
        with database.write() as connection:
            Journal(connection, 1, "bench", NOW).post(booked[at : at + size])
    seconds = time.perf_counter() - started
    database.close()
    return seconds


def _executemany(folder: Path, booked: list[Entry], *, indexed: bool) -> float:
    rows = [
        (1, number, at, entry.case_id, int(leg.ledger), leg.position, leg.cents)
        for number, entry in enumerate(booked)
        for at, leg in enumerate(entry.legs)
    ]
    store = sqlite3.connect(_fresh(folder / "peer.db"), isolation_level=None)
    store.executescript(
        "pragma journal_mode=wal; pragma synchronous=full; pragma cache_size=-65536;"
        "create table legs (account, entry, leg, case_id, ledger, position, cents, "
        "primary key (account, entry, leg)) without rowid;"
    )
    if indexed:
        store.executescript(
            "create index a on legs (account, case_id, entry);"
            "create index b on legs (account, ledger, entry);"
        )
    started = time.perf_counter()
    for at in range(0, len(rows), CHUNK):
        store.execute("begin immediate")
        store.executemany("insert into legs values (?, ?, ?, ?, ?, ?, ?)", rows[at : at + CHUNK])
        store.execute("commit")
    seconds = time.perf_counter() - started
    store.close()
    return seconds


def _post_each(database: Database, told: list[Entry]) -> float:
    started = time.perf_counter()
    for entry in told:
        with database.write() as connection:
            Journal(connection, 1, "bench", NOW).post([entry])
    return time.perf_counter() - started


def _commit_each(file: Path) -> float:
    store = sqlite3.connect(_fresh(file), isolation_level=None)
    store.executescript("pragma journal_mode=wal; pragma synchronous=full; create table one (a, b);")
    started = time.perf_counter()
    for number in range(SINGLE):
        store.execute("begin immediate")
        store.execute("insert into one values (?, ?)", (number, number))
        store.execute("commit")
    seconds = time.perf_counter() - started
    store.close()
    return seconds


def _fresh(file: Path) -> Path:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    return file
