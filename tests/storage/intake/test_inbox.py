"""The inbox gives every row to one worker at a time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest

from storage.engine.database import Database
from storage.errors import LeaseLostError, RefusedError, StoreBusyError, UnknownError
from storage.intake import inbox
from storage.intake.commit import finish
from storage.intake.inbox import PIECE_BYTES
from storage.intake.submissions import get_submission, queued
from storage.intake.tasks import open_tasks
from tests.storage.road import (
    LEASE_SECONDS,
    OWNER,
    arrival,
    commit,
    end,
    entries,
    lease,
    new_account,
    row,
    start,
    submit,
    take_in,
)


@pytest.mark.parametrize("size", [0, 1, PIECE_BYTES, PIECE_BYTES + 1, 3 * PIECE_BYTES])
@pytest.mark.parametrize("as_file", [False, True])
def test_the_bytes_come_back_as_they_came(database, now, tmp_path, size, as_file):
    content = (b"0123456789" * (size // 10 + 1))[:size]
    told = arrival(1, now, content)
    if as_file:
        path = tmp_path / "message"
        path.write_bytes(content)
        told = msgspec.structs.replace(told, content=path)
    (submission_id,) = take_in(database, told)
    with database.read() as connection:
        pieces = list(inbox.content_pieces(connection, 1, submission_id))
    assert b"".join(pieces) == content
    assert all(len(piece) <= PIECE_BYTES for piece in pieces)


def test_what_was_told_at_the_door_reaches_the_worker(database, now):
    told = arrival(
        1, now, sender="a@b.example", message_id="<1@x>", recipient="in@inkasso.example", channel="lmtp"
    )
    (submission_id,) = take_in(database, told)
    work = lease(database, now)
    assert (work.submission_id, work.attempts, work.failures, work.owner) == (submission_id, 1, 0, OWNER)
    for name in (
        "account_id",
        "channel",
        "sender",
        "trust",
        "source_name",
        "message_id",
        "recipient",
        "sha256",
    ):
        assert getattr(work, name) == getattr(told, name)
    assert (work.size_bytes, work.received_at) == (5, now)


def test_text_that_no_store_takes_is_mended_at_the_door(database, now):
    take_in(database, arrival(1, now, sender="a\x00b@c.example", source_name="liste\udcff.csv"))
    work = lease(database, now)
    assert (work.sender, work.source_name) == ("a\ufffdb@c.example", "liste?.csv")


def test_many_arrivals_share_a_transaction_and_keep_their_order(database, now):
    ids = take_in(database, *(arrival(n, now, b"%d" % n) for n in range(1, 101)))
    assert ids == list(range(ids[0], ids[0] + 100))
    with database.read() as connection:
        assert b"".join(inbox.content_pieces(connection, 37, ids[36])) == b"37"


def test_an_account_has_one_submission_in_work_and_the_oldest_first(database, now):
    first, second, other = take_in(database, arrival(1, now), arrival(1, now), arrival(2, now))
    with database.write() as connection:
        works = inbox.claim(connection, OWNER, now, LEASE_SECONDS, 10)
    assert [work.submission_id for work in works] == [first, other]
    with database.write() as connection:
        assert inbox.claim(connection, "host/2/b", now, LEASE_SECONDS, 10) == []
    end(database, works[0], now)
    assert lease(database, now).submission_id == second


def test_claiming_takes_no_more_than_asked_for(database, now):
    take_in(database, *(arrival(n, now) for n in range(1, 6)))
    with database.write() as connection:
        assert len(inbox.claim(connection, OWNER, now, LEASE_SECONDS, 2)) == 2


def test_what_only_claims_its_sender_never_reaches_a_worker(database, now):
    take_in(database, arrival(1, now, trust="claimed"))
    with database.write() as connection:
        assert inbox.claim(connection, OWNER, now, LEASE_SECONDS, 10) == []
        assert inbox.waiting_count(connection) == {"waiting": 0, "working": 0, "set_aside": 0}


def test_many_workers_share_the_queue_without_taking_anything_twice(store_url, database, now):
    take_in(database, *(arrival(n, now) for n in range(1, 31)))

    def work(number: int) -> list[int]:
        store, taken = Database.open(store_url), []
        while True:
            with store.write() as connection:
                works = inbox.claim(connection, f"host/{number}/x", now, LEASE_SECONDS, 3)
            if not works:
                store.close()
                return taken
            taken += [one.submission_id for one in works]

    with ThreadPoolExecutor(4) as pool:
        taken = [number for numbers in pool.map(work, range(4)) for number in numbers]
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 30


def test_a_released_row_comes_back_when_its_time_has_come(database, now):
    account = new_account(database, now)
    work = start(database, account, now)
    later = now + timedelta(minutes=5)
    with database.write() as connection:
        inbox.release(connection, work, "its reader died", later)
        assert inbox.claim(connection, OWNER, now, LEASE_SECONDS, 1) == []
    again = lease(database, later)
    assert (again.submission_id, again.attempts, again.failures) == (work.submission_id, 2, 1)
    with database.write() as connection:
        inbox.release(connection, again, None, later, failed=False)
    assert lease(database, later).failures == 1


def test_a_dead_workers_rows_are_free_at_once_and_a_silent_ones_when_the_lease_is_over(database, now):
    take_in(database, arrival(1, now), arrival(2, now))
    for owner in ("host/1/dead", "host/2/silent"):
        lease(database, now, owner)
    with database.write() as connection:
        assert inbox.reap(connection, lambda owner: owner != "host/1/dead", now) == 1
        assert inbox.reap(connection, lambda _: True, now) == 0
        assert inbox.reap(connection, lambda _: True, now + timedelta(seconds=LEASE_SECONDS + 1)) == 1
        assert inbox.waiting_count(connection)["waiting"] == 2


def test_renewing_keeps_a_lease_from_being_reaped(database, now):
    work = start(database, new_account(database, now), now)
    late = now + timedelta(seconds=LEASE_SECONDS - 1)
    with database.write() as connection:
        inbox.renew(connection, work, late, LEASE_SECONDS)
        assert inbox.reap(connection, lambda _: True, now + timedelta(seconds=LEASE_SECONDS + 1)) == 0


@pytest.mark.parametrize("writing", ["renew", "release", "set_aside", "finish", "commit"])
def test_whoever_was_taken_over_writes_nothing_more(database, now, writing):
    account = new_account(database, now)
    lost = start(database, account, now)
    with database.write() as connection:
        inbox.reap(connection, lambda _: False, now)
    lease(database, now, OWNER)  # by the same process: a lease is more than its owner's name
    with pytest.raises(LeaseLostError):  # noqa: PT012  the exception comes in the middle of a transaction
        if writing == "commit":
            commit(database, lost, entries(row(2, "R-1")), now)
        with database.write() as connection:
            if writing == "renew":
                inbox.renew(connection, lost, now, LEASE_SECONDS)
            elif writing == "release":
                inbox.release(connection, lost, "", now)
            elif writing == "set_aside":
                inbox.set_aside(connection, lost, "", now)
            else:
                finish(connection, lost, now=now)
    with database.read() as connection:
        assert get_submission(connection, lost.submission_id).rows_total == 0


def test_one_submission_can_be_asked_for_by_name(database, now):
    account = new_account(database, now)
    first, second = take_in(database, arrival(account.account_id, now), arrival(account.account_id, now))
    with database.write() as connection:
        work = inbox.claim_one(connection, second, OWNER, now, LEASE_SECONDS)
    for wanted in (first, second):
        with pytest.raises(StoreBusyError), database.write() as connection:
            inbox.claim_one(connection, wanted, OWNER, now, LEASE_SECONDS)
    end(database, work, now)
    with pytest.raises(RefusedError, match="finished"), database.write() as connection:
        inbox.claim_one(connection, second, OWNER, now, LEASE_SECONDS)
    with pytest.raises(UnknownError), database.write() as connection:
        inbox.claim_one(connection, 4711, OWNER, now, LEASE_SECONDS)


def test_what_is_set_aside_again_is_still_one_question(database, now):
    work = start(database, new_account(database, now), now)
    with database.write() as connection:
        inbox.set_aside(connection, work, "its reader died twice", now)
        again = inbox.claim_one(connection, work.submission_id, OWNER, now, LEASE_SECONDS)
        inbox.set_aside(connection, again, "its reader died again", now)
        assert [task.detail for task in open_tasks(connection)] == [{"reason": "its reader died again"}]


def test_what_is_set_aside_waits_for_the_operator_and_can_be_retried(database, now):
    account = new_account(database, now)
    work = start(database, account, now)
    with database.write() as connection:
        inbox.set_aside(connection, work, "its reader died twice", now)
    with database.read() as connection:
        (task,) = open_tasks(connection)
        assert (task.kind, task.submission_id, task.detail) == (
            "set_aside",
            work.submission_id,
            {"reason": "its reader died twice"},
        )
        assert [(one.state, one.queue, one.reason) for one in queued(connection)] == [
            ("set_aside", "set_aside", "its reader died twice")
        ]
    submit(database, account, now, entries(row(2, "R-1")))  # the queue goes on
    with database.write() as connection:
        again = inbox.claim_one(connection, work.submission_id, OWNER, now, LEASE_SECONDS)
    end(database, again, now)
    with database.read() as connection:
        assert open_tasks(connection) == []
        assert get_submission(connection, work.submission_id).state == "done"
