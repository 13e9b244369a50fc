"""A process that is killed with -9 in the middle of its work loses nothing and doubles nothing."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage.engine.database import Database
from storage.intake import inbox
from storage.intake.commit import progress
from storage.intake.submissions import get_submission, totals_of
from storage.verify import verify
from tests.storage.road import arrival, commit, end, entries, lease, new_account, rejected, row, take_in

ROWS = 1_500
CHUNK = 100
PROGRAM = """
import sys
from datetime import UTC, datetime
from storage.engine.database import Database
from tests.storage.intake.test_killed import CHUNK, chunks
from tests.storage.road import commit, lease

store = Database.open(sys.argv[1])
now = datetime.now(UTC)
work = lease(store, now, sys.argv[2])
for chunk in chunks():
    commit(store, work, chunk, now)
    print(chunk[-1].row, flush=True)
"""


def chunks():
    """A list in which debtors come back in later chunks, with refused rows among them."""
    items = [
        rejected(number) if number % 50 == 0 else row(number, f"R-{number}", customer=f"C{number % 900}")
        for number in range(2, ROWS + 2)
    ]
    return [entries(*items[start : start + CHUNK]) for start in range(0, ROWS, CHUNK)]


def test_a_list_whose_workers_are_killed_is_committed_exactly_once(store_url, database, now):
    account = new_account(database, now)
    (submission_id,) = take_in(database, arrival(account.account_id, now))
    luck, reached = random.Random(1), []
    for attempt in range(3):
        kill_a_worker(store_url, f"host/{attempt}/x", 4 * attempt + 2, luck.uniform(0.0, 0.02))
        free_its_work(database, now)
        with database.read() as connection:
            reached.append(get_submission(connection, submission_id).rows_total)
    work = lease(database, now)
    with database.read() as connection:
        assert progress(connection, work).row in {0, *(chunk[-1].row for chunk in chunks())}
    for chunk in chunks():
        commit(database, work, chunk, now)
    end(database, work, now)
    with database.read() as connection:
        summary = get_submission(connection, submission_id)
        assert verify(connection).findings == ()
        assert totals_of(connection, account.account_id, submission_id)[1] == ROWS - ROWS // 50
    assert (summary.rows_total, summary.rejected, summary.unchanged) == (ROWS, ROWS // 50, 0)
    assert 0 < reached[0] < reached[1] < reached[2]


def kill_a_worker(url, owner, after_chunks, after_seconds):
    command = [sys.executable, "-c", PROGRAM, url, owner]
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=os.environ) as process:
        assert process.stdout is not None
        for _ in range(after_chunks):
            process.stdout.readline()
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()


def free_its_work(database, now):
    """A server needs a moment to see that its client is gone; until then the row is held."""
    deadline = time.monotonic() + 30
    while True:
        with database.write() as connection:
            inbox.reap(connection, lambda _: False, now)
            if inbox.waiting_count(connection)["waiting"]:
                return
        assert time.monotonic() < deadline, "the work of a dead worker is never freed"
        time.sleep(0.02)


def test_what_was_taken_in_before_the_kill_is_there_after_it(sqlite_path, now):
    program = """
import sys
from datetime import UTC, datetime
from storage.engine.database import Database
from storage.intake.group_commit import GroupCommit
from tests.storage.road import arrival

now = datetime.now(UTC)
group = GroupCommit(Database.open(sys.argv[1]), lambda: now)
group.start()
while True:
    futures = [group.submit(arrival(1, now)) for _ in range(10)]
    print(max(future.result() for future in futures), flush=True)
"""
    url = f"sqlite:///{sqlite_path}"
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen([sys.executable, "-c", program, url], stdout=subprocess.PIPE, cwd=root) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(20)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout]
    store = Database.open(url)
    with store.read() as connection:
        assert get_submission(connection, max(acknowledged)).state == "received"
        assert inbox.waiting_count(connection)["waiting"] >= max(acknowledged)
        assert verify(connection).findings == ()
    store.close()
