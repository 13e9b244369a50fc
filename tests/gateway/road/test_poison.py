"""A file that kills its reader: set aside after two attempts, the sender answered, the queue goes on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from gateway.reading.limits import Limits
from gateway.reading.pool import ReaderPool
from gateway.road.answers import Answers
from gateway.road.travel import Road
from gateway.road.worker import Worker
from storage.engine.database import Database
from storage.intake import outbox
from storage.intake.submissions import get_submission
from storage.intake.tasks import open_tasks
from storage.verify import verify
from tests.benchmarks.lists import write_csv
from tests.storage import road as store


@pytest.fixture
def worker(database: Database) -> Iterator[Worker]:
    """A worker whose readers may work for one second."""
    clock = lambda: datetime.now(UTC)  # noqa: E731
    pool = ReaderPool(Limits(seconds_base=1, seconds_per_mebibyte=0))
    answers = Answers(database, clock, domain="inkasso.example", sender="inkasso@inkasso.example")
    road = Road(database, pool, clock, answers, rows_max=1_000_000)
    made = Worker(
        database=database, road=road, answers=answers, clock=clock, owner="h/1/2/3", on_answer=lambda: None
    )
    yield made
    made.stop()
    pool.close()


def test_poison_is_set_aside_and_the_next_one_is_read(database: Database, worker: Worker, tmp_path: Path):
    now = datetime.now(UTC)
    account = store.new_account(database, now)
    other = store.new_account(database, now, email="zwei@laden.example", name="Zwei")
    poison = write_csv(tmp_path / "gift.csv", 150_000).read_bytes()
    fine = write_csv(tmp_path / "gut.csv", 10).read_bytes()
    dropped = {"channel": "folder", "source_name": "gift.csv"}
    (bad,) = store.take_in(database, store.arrival(account.account_id, now, poison, **dropped))
    (good,) = store.take_in(database, store.arrival(account.account_id, now, fine, **dropped))
    (neighbour,) = store.take_in(
        database, store.arrival(other.account_id, now, fine, sender="zwei@laden.example", **dropped)
    )

    worker.start()
    states = _wait(database, (bad, good, neighbour))

    assert states == ["set_aside", "done", "done"]
    with database.read() as connection:
        assert [(task.kind, task.submission_id) for task in open_tasks(connection)] == [("set_aside", bad)]
        told = outbox.outbox_of(connection, account.account_id, bad)
        assert any(one.recipient.endswith("gift.csv.outcome.json") for one in told)
        assert get_submission(connection, good).new == 10
        found = verify(connection)
    assert found.ok, found.findings


def test_the_sender_of_a_mail_hears_that_nothing_is_lost(database: Database, worker: Worker, tmp_path: Path):
    now = datetime.now(UTC)
    account = store.new_account(database, now)
    poison = write_csv(tmp_path / "gift.csv", 150_000).read_bytes()
    mail = (
        b"From: post@laden.example\r\nSubject: Liste\r\nMessage-ID: <1@laden.example>\r\n"
        b'Content-Type: text/csv; name="gift.csv"\r\nContent-Disposition: attachment\r\n\r\n' + poison
    )
    (bad,) = store.take_in(database, store.arrival(account.account_id, now, mail, source_name=None))

    worker.start()
    _wait(database, (bad,))

    with database.write() as connection:
        (delivery,) = outbox.claim_due(connection, "h/9/9/9", datetime.now(UTC), 60, 10)
    answer = message_from_bytes(delivery.content, policy=policy.default)
    assert answer["In-Reply-To"] == "<1@laden.example>"
    assert "S-000001" in answer["Subject"]
    assert answer["To"] == "post@laden.example"


def _wait(database: Database, ids: tuple[int, ...]) -> list[str]:
    import time

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with database.read() as connection:
            states = [get_submission(connection, number).state for number in ids]
        if "received" not in states:
            return states
        time.sleep(0.1)
    raise AssertionError(f"not worked off: {states}")
