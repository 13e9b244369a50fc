"""Short ways through the store for tests: an account, a list, a submission from door to end."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import Connection

from storage.accounts import Account, add_account
from storage.counters import reserve_apart
from storage.engine.database import Database
from storage.entries import Entry, entries_of
from storage.intake.commit import begin, commit_chunk, finish
from storage.intake.inbox import Arrival, Work, accept, claim
from storage.intake.plan import plan_chunk
from storage.money import Money
from storage.records import CreditorCost, Debtor, Problem, RejectedRow, Row, SkippedRow

LEASE_SECONDS = 60
OWNER = "host/1/a"
MISSING_DATE = Problem(code="no_contract_date", field="contract_date", message="fehlt", fix="ergänzen")
BAD_AMOUNT = Problem(
    code="bad_amount", field="amount", value="abc", message="kein Betrag", fix="Betrag schreiben"
)


def row(
    number: int, invoice: str | None, amount: str = "100.00", *, customer: str | None = None, **rest
) -> Row:
    """One row of a list; `customer` is the debtor's number and name."""
    debtor = {"number": customer, "name": customer or "Muster", "postcode": "04109"}
    told = debtor | {name: rest.pop(name) for name in list(rest) if name in Debtor.__struct_fields__}
    costs = tuple(CreditorCost(kind=kind, amount=Money.of(cost)) for kind, cost in rest.pop("costs", ()))
    return Row(
        row=number,
        debtor=Debtor(**told),
        amount=Money.of(amount),
        invoice_number=invoice,
        due_date=date(2026, 3, 1),
        creditor_costs=costs,
        **rest,
    )


def rejected(number: int) -> RejectedRow:
    return RejectedRow(row=number, problems=(BAD_AMOUNT,))


def skipped(number: int) -> SkippedRow:
    return SkippedRow(row=number, reason="total")


def entries(*items: Row | RejectedRow | SkippedRow, document: int = 0) -> list[Entry]:
    return entries_of(items, document, {})


def new_account(database: Database, now: datetime, email: str = "post@laden.example", **rest) -> Account:
    with database.write() as connection:
        account, _ = add_account(connection, email=email, name=rest.pop("name", "Laden"), now=now, **rest)
    return account


def arrival(account_id: int, now: datetime, content: bytes = b"liste", **rest) -> Arrival:
    told = {
        "channel": "smtp",
        "sender": "post@laden.example",
        "trust": "authenticated",
        "source_name": "liste.csv",
    }
    return Arrival(
        account_id=account_id,
        content=content,
        sha256=sha256(content).digest(),
        size_bytes=len(content),
        received_at=now,
        **(told | rest),
    )


def take_in(database: Database, *arrivals: Arrival) -> list[int]:
    with database.write() as connection:
        return accept(connection, arrivals, reserve_apart(connection, "submission", len(arrivals)))


def lease(database: Database, now: datetime, owner: str = OWNER) -> Work:
    with database.write() as connection:
        (work,) = claim(connection, owner, now, LEASE_SECONDS, 1)
    return work


def start(database: Database, account: Account, now: datetime, **rest) -> Work:
    """A submission that has arrived and is leased."""
    take_in(database, arrival(account.account_id, now, **rest))
    return lease(database, now)


def commit(database: Database, work: Work, chunk: Sequence[Entry], now: datetime) -> None:
    """One chunk of a submission, as the road commits it."""
    with database.write() as connection:
        commit_in(connection, work, chunk, now)


def commit_in(connection: Connection, work: Work, chunk: Sequence[Entry], now: datetime) -> None:
    done = begin(connection, work)
    fresh = [entry for entry in chunk if not done.has(entry.document, entry.row)]
    plan = plan_chunk(connection, work.account_id, fresh, done.digest, submission_id=work.submission_id)
    commit_chunk(connection, work, plan, now)


def end(database: Database, work: Work, now: datetime) -> None:
    with database.write() as connection:
        finish(connection, work, unanswered="printed", now=now)


def submit(database: Database, account: Account, now: datetime, *chunks: Sequence[Entry]) -> Work:
    """A whole submission in chunks."""
    work = start(database, account, now)
    for chunk in chunks:
        commit(database, work, chunk, now)
    end(database, work, now)
    return work
