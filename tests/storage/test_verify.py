"""The audit finds every damage that is planted, and nothing in a store that is sound."""

import pytest
from sqlalchemy import text

from storage.engine.database import Database
from storage.intake.commit import finish
from storage.intake.inbox import claim
from storage.intake.outbox import Deliverable
from storage.verify import _broken_file, verify
from tests.conftest import NOW
from tests.storage.road import (
    LEASE_SECONDS,
    OWNER,
    arrival,
    commit,
    entries,
    new_account,
    rejected,
    row,
    skipped,
    start,
    submit,
    take_in,
)

UNGUARD = {
    "sqlite": ["DROP TRIGGER case_events_no_update", "DROP TRIGGER case_events_no_delete"],
    "postgresql": ["ALTER TABLE case_events DISABLE TRIGGER USER"],
}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request, tmp_path_factory):
    """A store with everything in it; tests take back what they do to it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('busy')}/store.db"
    else:
        server = request.getfixturevalue("postgres")
        url = server.url(server.create())
    store = Database.open(url)
    store.migrate()
    fill(store, NOW)
    yield store
    store.close()


def fill(database, now):
    """Cases, changes, refused rows, a power of attorney, an answer, waiting work."""
    account = new_account(database, now, live=True, authority=b"%PDF")
    costs = [("dunning_fee", "5.00")]
    first = row(2, "R-1", customer="A", costs=costs), row(3, "R-2", customer="B", costs=costs)
    submit(database, account, now, entries(*first, rejected(4), skipped(5)))
    submit(database, account, now, entries(row(2, "R-1", "2.00", customer="A"), row(3, "R-3", customer="A")))
    answered = start(database, account, now)
    commit(database, answered, entries(row(2, "R-4", customer="C")), now)
    answer = Deliverable(kind="mail", recipient="a@b.example", subject="S", content=b"x", message_id="<1@x>")
    with database.write() as connection:
        finish(connection, answered, deliverables=[answer], now=now)
    take_in(database, arrival(account.account_id, now))


def audit(database):
    with database.read() as connection:
        return verify(connection)


def audit_after(database, act):
    """The audit after `act`, which is taken back."""
    with pytest.raises(TakenBackError) as taken_back, database.write() as connection:  # noqa: PT012  in one transaction
        act(connection)
        raise TakenBackError(verify(connection))
    return taken_back.value.args[0]


class TakenBackError(Exception):
    """Carries an audit out of a transaction that must not stay."""


def test_a_sound_store_has_no_findings_and_waiting_work_is_pending(busy):
    found = audit(busy)
    assert (found.ok, found.findings, found.pending) == (True, (), 2)


def test_work_under_way_is_pending_too(busy):
    found = audit_after(busy, lambda connection: claim(connection, OWNER, NOW, LEASE_SECONDS, 1))
    assert (found.ok, found.pending) == (True, 2)


DAMAGE = [
    ("account.owner", "UPDATE addresses SET verified_at = NULL"),
    ("account.authority", "DELETE FROM authorities"),
    ("account.authority", "UPDATE authorities SET content = CAST('x' AS BYTES)"),
    ("submission.rows", "UPDATE submissions SET rows_total = rows_total + 1 WHERE submission_id = 1"),
    (
        "submission.new",
        "UPDATE submissions SET new = new + 1, rows_total = rows_total + 1 WHERE submission_id = 1",
    ),
    ("submission.rejected", "DELETE FROM row_problems WHERE decision = 'rejected'"),
    ("submission.skipped", "DELETE FROM row_problems WHERE decision = 'skipped'"),
    ("submission.answers", "DELETE FROM outbox"),
    ("submission.answer", "UPDATE submissions SET unanswered = NULL WHERE submission_id = 1"),
    ("submission.once", "UPDATE submissions SET answers = 2 WHERE submission_id = 3"),
    ("submission.queue", "UPDATE inbox SET state = 'waiting' WHERE submission_id = 1"),
    ("submission.queue", "DELETE FROM inbox WHERE submission_id = 1"),
    ("inbox.submission", "DELETE FROM submissions WHERE submission_id = 4"),
    ("submission.withdrawn", "UPDATE submissions SET state = 'withdrawn' WHERE submission_id = 1"),
    ("submission.number", "UPDATE counters SET value = 3 WHERE name = 'submission'"),
    ("submission.bytes", "UPDATE blob_pieces SET content = CAST('x' AS BYTES) WHERE submission_id = 1"),
    ("submission.bytes", "UPDATE blob_pieces SET piece = 1 WHERE submission_id = 1"),
    ("submission.bytes", "DELETE FROM blob_pieces WHERE submission_id = 1"),
    ("case.status", "UPDATE cases SET status = 'LOST' WHERE case_id = 260000000001"),
    ("case.history", "UPDATE cases SET status = 'CLEARED' WHERE case_id = 260000000001"),
    ("case.number", "UPDATE counters SET value = 2 WHERE name = 'case-26'"),
    ("case.claims", "DELETE FROM claims WHERE case_id = 260000000002"),
    ("case.debtor", "DELETE FROM debtors WHERE debtor_id = 260000000002"),
    ("case.link", "UPDATE cases SET linked_case_id = 260000000099 WHERE case_id = 260000000001"),
    ("debtor.case", "UPDATE debtors SET current_case_id = 260000000002 WHERE debtor_id = 260000000001"),
    ("case.history", "DELETE FROM case_events WHERE case_id = 260000000002"),
    ("case.chain", "DELETE FROM case_events WHERE case_id = 260000000001 AND number = 2"),
    ("case.chain", "UPDATE case_events SET from_status = 'MONITORING' WHERE number = 2"),
    ("event.case", "DELETE FROM cases WHERE case_id = 260000000002"),
    ("claim.case", "DELETE FROM cases WHERE case_id = 260000000002"),
    ("claim.withdrawn", "UPDATE claims SET identity = NULL WHERE case_id = 260000000002"),
    ("claim.submission", "UPDATE claims SET submission_id = 99 WHERE case_id = 260000000002"),
    ("cost.claim", "UPDATE creditor_costs SET position = 9 WHERE case_id = 260000000002"),
    ("store.guard", ""),
]


@pytest.mark.parametrize(
    ("check", "damage"), DAMAGE, ids=[f"{check}-{number}" for number, (check, _) in enumerate(DAMAGE)]
)
def test_planted_damage_is_found(busy, check, damage):
    name = "BLOB" if busy.dialect == "sqlite" else "BYTEA"

    def plant(connection):
        for statement in UNGUARD[busy.dialect]:
            connection.exec_driver_sql(statement)
        if damage:
            assert connection.execute(text(damage.replace("BYTES", name))).rowcount > 0

    found = audit_after(busy, plant)
    assert check in {finding.check for finding in found.findings}
    assert all(finding.subject and "{" not in finding.message for finding in found.findings)


@pytest.mark.parametrize(
    ("check", "constraint", "damage"),
    [
        ("claim.principal", "CONSTRAINT ck_claims_principal", "UPDATE claims SET principal_cents = 0"),
        (
            "claim.identity",
            "INDEX uq_claims_identity",
            "UPDATE claims SET identity = (SELECT identity FROM claims LIMIT 1)",
        ),
    ],
)
def test_what_the_schema_forbids_is_found_where_the_schema_was_changed(  # noqa: PLR0917  fixtures
    postgres, postgres_template, now, check, constraint, damage
):
    name = postgres.create(postgres_template)
    store = Database.open(postgres.url(name))
    submit(
        store, new_account(store, now), now, entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="B"))
    )
    with store.write() as connection:
        change = (
            f"ALTER TABLE claims DROP {constraint}" if "CONSTRAINT" in constraint else f"DROP {constraint}"
        )
        connection.exec_driver_sql(change)
        connection.exec_driver_sql(damage)
    assert check in {finding.check for finding in audit(store).findings}
    store.close()
    postgres.drop(name)


def test_a_damaged_file_is_found(sqlite_path, now):
    store = Database.open(f"sqlite:///{sqlite_path}")
    account = new_account(store, now)
    submit(store, account, now, entries(*(row(n, f"R-{n}", customer=f"C{n}") for n in range(2, 402))))
    with store.write() as connection:
        root = connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'uq_claims_identity'"
        ).scalar()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar()
    store.close()
    with sqlite_path.open("r+b") as file:
        file.seek((root - 1) * size + 8)
        file.write(b"\xff" * 64)
    store = Database.open(f"sqlite:///{sqlite_path}")
    with store.read() as connection:
        assert [finding.check for finding in _broken_file(connection)]
    store.close()
