"""A gateway that is killed with a file in hand: the next one finishes it, once."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from gateway.listeners.drop.files import Claim
from storage.engine.database import Database
from tests.gateway.listeners.stand import Stand
from tests.gateway.listeners.test_folder import LIST, dropping, names, until

# A process that takes files and kills itself at one point: before the commit, or after it.
KILLED = textwrap.dedent("""
    import asyncio, os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from gateway.listeners.folder import DropFolder
    from storage.engine.database import Database
    from storage.intake.group_commit import GroupCommit

    url, drop, point = sys.argv[1:]

    def die(*_):
        os.kill(os.getpid(), signal.SIGKILL)

    class Dying:
        def submit(self, arrival):
            if point == "before":
                die()
            future = commits.submit(arrival)
            if point == "after":
                future.result()
                die()
            return future

    async def main():
        clock = lambda: datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
        await DropFolder(database, Dying(), clock, folder=Path(drop), settle_seconds=0.05).start()
        await asyncio.sleep(30)

    database = Database.open(url)
    commits = GroupCommit(database, lambda: datetime(2026, 4, 20, 9, 30, tzinfo=UTC))
    commits.start()
    asyncio.run(main())
""")


@pytest.mark.parametrize("point", ["before", "after"])
def test_a_file_in_hand_when_the_gateway_is_killed_becomes_one_submission(
    stand: Stand, tmp_path: Path, point: str
):
    drop = tmp_path / "drop"
    home = drop / stand.account.drop_folder
    (home / "in").mkdir(parents=True)
    (home / "in" / "a.csv").write_bytes(LIST)
    url = f"sqlite:///{tmp_path / 'store.db'}"
    killed = subprocess.run([sys.executable, "-c", KILLED, url, str(drop), point], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert names(home / "in") == names(home / "done") == []
    with dropping(stand, drop):
        until(lambda: names(home / "done"))
    assert [row["content"] for row in stand.stored()] == [LIST]
    assert names(home / "out") == ["a.csv.received.json"]
    assert list((home / "in").iterdir()) == []


def test_a_file_whose_receipt_was_written_is_only_put_away(database: Database, tmp_path: Path):
    stand = Stand(database)
    drop = tmp_path / "drop"
    home = drop / stand.account.drop_folder
    with dropping(stand, drop):
        (home / "in" / "a.csv").write_bytes(LIST)
        (done,) = until(lambda: names(home / "done"))
    (row,) = stand.stored()
    claim = Claim(row["message_id"], home, "a.csv")
    claim.hidden.mkdir()
    (home / "done" / done).rename(claim.file)
    with dropping(stand, drop):
        until(lambda: names(home / "done"))
    stand.close()
    assert len(stand.stored()) == 1
    assert names(home / "out") == ["a.csv.received.json"]
