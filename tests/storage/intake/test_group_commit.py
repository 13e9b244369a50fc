"""Arrivals that come together are committed together, and none is acknowledged before."""

import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest

from storage.engine.database import Database
from storage.errors import StoreBusyError
from storage.intake import group_commit, inbox
from storage.intake.group_commit import GroupCommit
from tests.storage.road import arrival


@pytest.fixture
def committing(database, now):
    group = GroupCommit(database, lambda: now)
    group.start()
    yield group
    group.stop()


def test_every_sender_gets_the_number_of_its_own_message(database, committing, now):
    def send(number: int) -> tuple[int, bytes]:
        content = b"message %d" % number
        return committing.submit(arrival(number % 7 + 1, now, content)).result(30), content

    with ThreadPoolExecutor(20) as pool:
        stored = list(pool.map(send, range(150)))
    assert len({number for number, _ in stored}) == 150
    with database.read() as connection:
        for index, (number, content) in enumerate(stored):
            assert b"".join(inbox.content_pieces(connection, index % 7 + 1, number)) == content


def test_two_gateways_number_their_messages_apart(store_url, database, committing, now):
    other_store = Database.open(store_url)
    other = GroupCommit(other_store, lambda: now)
    other.start()
    futures = [group.submit(arrival(1, now)) for _ in range(50) for group in (committing, other)]
    numbers = {future.result(30) for future in futures}
    other.stop()
    other_store.close()
    assert len(numbers) == 100


def test_one_message_whose_file_is_gone_does_not_harm_the_others(database, now, tmp_path):
    group = GroupCommit(database, lambda: now)
    gone = msgspec.structs.replace(arrival(1, now), content=tmp_path / "gone")
    group.start()
    futures = [group.submit(one) for one in (arrival(1, now), arrival(1, now), gone, arrival(1, now))]
    with pytest.raises(FileNotFoundError):
        futures[2].result(30)
    assert len({futures[place].result(30) for place in (0, 1, 3)}) == 3
    group.stop()


def test_a_store_that_cannot_write_fails_those_who_wait_and_takes_the_next(sqlite_path, now):
    store = Database.open(f"sqlite:///{sqlite_path}")
    group = GroupCommit(store, lambda: now)
    group.start()
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")
    other = sqlite3.connect(sqlite_path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusyError):
        group.submit(arrival(1, now)).result(30)
    other.execute("ROLLBACK")
    other.close()
    assert group.submit(arrival(1, now)).result(30) > 0
    group.stop()
    store.close()


def test_who_waits_for_commits_and_fails_does_no_harm_to_them(database, committing, now, caplog):
    def fail(_: object) -> None:
        raise RuntimeError("nobody listens")

    committing.on_commit = fail
    futures = [committing.submit(arrival(1, now)) for _ in range(5)]
    assert len({future.result(30) for future in futures}) == 5
    committing.stop()
    with database.read() as connection:
        assert inbox.waiting_count(connection)["waiting"] == 5
    assert "nobody listens" in caplog.text


def test_nothing_is_taken_before_the_start_nor_after_the_end(database, now):
    group = GroupCommit(database, lambda: now)
    with pytest.raises(StoreBusyError):
        group.submit(arrival(1, now))
    group.start()
    taken = [group.submit(arrival(1, now)) for _ in range(20)]
    group.stop()
    assert all(future.done() and future.exception() is None for future in taken)
    assert group.last_commit_at == now
    with pytest.raises(StoreBusyError):
        group.submit(arrival(1, now))


def test_too_much_at_once_is_refused_rather_than_kept_in_memory(sqlite_path, now, monkeypatch):
    monkeypatch.setattr(group_commit, "QUEUE_BYTES_MAX", 1_000)
    store = Database.open(f"sqlite:///{sqlite_path}")
    group = GroupCommit(store, lambda: now)
    blocked, free = threading.Event(), threading.Event()

    def hold() -> None:
        with store.write():
            blocked.set()
            free.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    blocked.wait(30)
    group.start()
    group.submit(arrival(1, now, b"x" * 900))
    with pytest.raises(StoreBusyError, match="bytes"):
        group.submit(arrival(1, now, b"x" * 900))
    free.set()
    holder.join()
    group.stop()
    store.close()


def test_many_bytes_are_written_back_long_before_the_log_is_full(tmp_path, now):
    path = tmp_path / "store.db"
    store = Database.open(f"sqlite:///{path}")
    store.migrate()
    committing = GroupCommit(store, lambda: now)
    committing.start()
    content = b"x" * 1_000_000
    for number in range(group_commit.WRITE_BACK_BYTES // len(content) + 1):
        committing.submit(arrival(number + 1, now, content)).result(30)
    deadline = time.monotonic() + 30
    while path.stat().st_size < len(content) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert path.stat().st_size > len(content)
    committing.stop()
    store.close()
