"""Real files in a real folder: what is taken, when, and what is said of it."""

import asyncio
import hashlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import update

from gateway.listeners.committed import Commits
from gateway.listeners.drop import files
from gateway.listeners.folder import DropFolder
from storage.accounts import add_account
from storage.engine.schema import accounts
from storage.errors import StoreBusyError
from storage.intake.inbox import Arrival
from tests.gateway.listeners.stand import NOW, LoopThread, Stand

LIST = b"Name;Betrag\r\nMeier;12,50\r\n"


@contextmanager
def dropping(
    stand: Stand,
    drop: Path,
    *,
    commits: Commits | None = None,
    settle_seconds: float = 0.1,
    sweep_seconds: float = 0.2,
    stop_seconds: float = 20,
) -> Iterator[tuple[DropFolder, LoopThread]]:
    thread = LoopThread()
    folder = DropFolder(
        stand.database,
        commits or stand.group_commit,
        lambda: NOW,
        folder=drop,
        settle_seconds=settle_seconds,
        sweep_seconds=sweep_seconds,
        stop_seconds=stop_seconds,
        spool_folder=drop.parent,
    )
    try:
        thread.run(folder.start())
        try:
            yield folder, thread
        finally:
            thread.run(folder.stop())
    finally:
        thread.close()


def until(met: Callable[[], Any]) -> Any:
    """What `met` answers once it is true."""
    deadline = time.monotonic() + 20
    while not (answer := met()):
        assert time.monotonic() < deadline, "waited for 20 seconds"
        time.sleep(0.02)
    return answer


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def in_place(place: Path, content: bytes) -> None:
    """Let a file appear by a rename from beside it."""
    hidden = place.parent / f".{len(place.name)}.upload"
    hidden.write_bytes(content)
    hidden.rename(place)


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    return tmp_path / "drop"


@pytest.fixture
def home(stand: Stand, drop: Path) -> Path:
    return drop / stand.account.drop_folder


def test_a_dropped_file_is_committed_acknowledged_and_put_away(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop):
        (home / "in" / "Fällige Posten März.csv").write_bytes(LIST)
        (done,) = until(lambda: names(home / "done"))
    assert done == "20260420T093000Z-S-000001-Fällige Posten März.csv"
    assert (home / "done" / done).read_bytes() == LIST
    assert names(home / "in") == names(home / "failed") == []
    receipt = msgspec.json.decode((home / "out" / "Fällige Posten März.csv.received.json").read_bytes())
    assert receipt == {
        "submission": "S-000001",
        "name": "Fällige Posten März.csv",
        "size_bytes": len(LIST),
        "sha256": hashlib.sha256(LIST).hexdigest(),
        "received_at": "2026-04-20T09:30:00Z",
    }
    (row,) = stand.stored()
    assert (row["channel"], row["trust"], row["sender"]) == ("folder", "authenticated", stand.account.email)
    assert (row["content"], row["sha256"]) == (LIST, hashlib.sha256(LIST).digest())
    assert (row["account_id"], row["source_name"]) == (stand.account.account_id, "Fällige Posten März.csv")


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_file_renamed_into_place_is_taken_without_waiting(
    stand: Stand, drop: Path, home: Path, elsewhere: bool
):
    with dropping(stand, drop, settle_seconds=3600, sweep_seconds=3600):
        until((home / "in").is_dir)
        if elsewhere:
            (drop.parent / "upload").write_bytes(LIST)
            (drop.parent / "upload").rename(home / "in" / "a.csv")
        else:
            in_place(home / "in" / "a.csv", LIST)
        until(lambda: names(home / "done"))
    assert len(stand.stored()) == 1


def test_a_file_that_lay_there_before_the_start_is_found(stand: Stand, drop: Path, home: Path):
    (home / "in").mkdir(parents=True)
    (home / "in" / "a.csv").write_bytes(LIST)
    with dropping(stand, drop, sweep_seconds=3600):
        until(lambda: names(home / "done"))


def test_a_file_that_grows_is_taken_whole(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop, settle_seconds=3.0):
        with (home / "in" / "a.csv").open("wb", buffering=0) as upload:
            for _ in range(15):
                upload.write(LIST)
                time.sleep(0.02)
        until(lambda: names(home / "done"))
    assert [row["content"] for row in stand.stored()] == [LIST * 15]


def test_partial_hidden_linked_and_other_things_are_left_alone(stand: Stand, drop: Path, home: Path):
    secret = drop.parent / "secret"
    secret.write_bytes(b"secret")
    with dropping(stand, drop):
        inbox = home / "in"
        for name in ("a.part", "a.filepart", "a.tmp", ".hidden"):
            (inbox / name).write_bytes(LIST)
        (inbox / "folder").mkdir()
        (inbox / "folder" / "a.csv").write_bytes(LIST)
        (inbox / "link.csv").symlink_to(secret)
        os.mkfifo(inbox / "pipe.csv")
        os.link(secret, inbox / "hard.csv")
        until(lambda: names(home / "done"))
        (inbox / "last.csv").write_bytes(LIST)
        until(lambda: len(names(home / "done")) == 2)
        assert names(inbox) == ["a.filepart", "a.part", "a.tmp", "folder", "link.csv", "pipe.csv"]
    assert [row["source_name"] for row in stand.stored()] == ["hard.csv", "last.csv"]


def test_a_link_that_takes_a_files_place_is_not_followed(stand: Stand, drop: Path, home: Path):
    files.make_folders(home)
    secret = drop.parent / "secret"
    secret.write_bytes(b"secret")
    claim = files.Claim("ab12", home, "a.csv")
    claim.hidden.mkdir()
    claim.file.symlink_to(secret)
    with dropping(stand, drop):
        (failed,) = until(lambda: names(home / "failed"))
    assert (home / "failed" / failed).is_symlink()
    told = msgspec.json.decode((home / "out" / "a.csv.outcome.json").read_bytes())
    assert (told["ok"], told["problems"][0]["code"]) == (False, "not_a_file")
    assert secret.read_bytes() == b"secret"
    assert stand.stored() == []


def test_a_folder_that_is_a_link_is_not_used(stand: Stand, drop: Path, home: Path):
    home.mkdir(parents=True)
    (drop.parent / "elsewhere").mkdir()
    (home / "in").symlink_to(drop.parent / "elsewhere")
    (drop.parent / "elsewhere" / "a.csv").write_bytes(LIST)
    with dropping(stand, drop):
        other = drop / stand.other.drop_folder
        (other / "in" / "b.csv").write_bytes(LIST)
        until(lambda: names(other / "done"))
    assert [row["source_name"] for row in stand.stored()] == ["b.csv"]


def test_the_same_name_twice_overwrites_nothing(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop):
        for number in (1, 2):
            (home / "in" / "a.csv").write_bytes(LIST * number)
            until(lambda number=number: len(names(home / "done")) == number)
    assert len(names(home / "out")) == 2
    newest = msgspec.json.decode((home / "out" / "a.csv.received.json").read_bytes())
    assert newest["submission"] == "S-000002"


def test_an_empty_file_is_taken_after_it_has_settled(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop):
        in_place(home / "in" / "a.csv", b"")
        until(lambda: names(home / "done"))
    assert stand.stored()[0]["size_bytes"] == 0


@pytest.mark.parametrize(
    "name", ["ü" * 125 + ".csv", "x" * 255, "a b\tc\n.csv", os.fsdecode(b"gr\xf6\xdfe.csv")]
)
def test_odd_and_long_names_work(stand: Stand, drop: Path, home: Path, name: str):
    with dropping(stand, drop):
        (home / "in" / name).write_bytes(LIST)
        until(lambda: names(home / "done"))
    assert len(names(home / "out")) == 1
    assert len(stand.stored()) == 1


def test_a_large_file_is_stored_as_it_was_and_its_copy_removed(stand: Stand, drop: Path, home: Path):
    content = os.urandom(files.MEMORY_BYTES_MAX + 12_345)
    with dropping(stand, drop):
        in_place(home / "in" / "a.bin", content)
        until(lambda: names(home / "done"))
    (row,) = stand.stored()
    assert row["content"] == content
    assert row["sha256"] == hashlib.sha256(content).digest()
    assert not list(drop.parent.glob("inkasso-arriving-*"))


def test_a_file_above_the_limit_is_refused_with_the_way_out(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop):
        with (home / "in" / "a.csv").open("wb") as sparse:
            sparse.truncate(files.FILE_BYTES_MAX + 1)
        until(lambda: names(home / "failed"))
    told = msgspec.json.decode((home / "out" / "a.csv.outcome.json").read_bytes())
    assert told["problems"][0]["code"] == "too_large"
    assert "mehrere Dateien" in told["text"]
    assert stand.stored() == []


def test_an_account_that_appears_while_we_run_gets_its_folders(stand: Stand, drop: Path):
    with dropping(stand, drop):
        with stand.database.write() as connection:
            account, _ = add_account(
                connection, email="neu@shop.example", name="Neu AG", language="en", now=NOW
            )
        home = drop / account.drop_folder
        until((home / "out").is_dir)
        (home / "in" / "a.csv").write_bytes(LIST)
        until(lambda: names(home / "done"))
    assert stand.stored()[0]["account_id"] == account.account_id


def test_folders_that_were_removed_come_back(stand: Stand, drop: Path, home: Path):
    import shutil

    with dropping(stand, drop):
        # Away in one moment: while it is taken apart, its folders may be coming back already.
        shutil.rmtree(home.rename(drop.parent / "removed"))
        until(lambda: (home / "in").is_dir() and (home / "done").is_dir())
        (home / "in" / "a.csv").write_bytes(LIST)
        until(lambda: names(home / "done"))


def test_a_busy_store_is_asked_again_until_it_takes_the_file(stand: Stand, drop: Path, home: Path):
    class BusyTwice:
        asked = 0

        def submit(self, arrival: Arrival) -> "Future[int]":
            self.asked += 1
            if self.asked <= 2:
                raise StoreBusyError("locked")
            return stand.group_commit.submit(arrival)

    with dropping(stand, drop, commits=BusyTwice()):
        (home / "in" / "a.csv").write_bytes(LIST)
        until(lambda: names(home / "done"))
    assert len(stand.stored()) == 1


def test_what_is_written_after_the_copy_comes_in_with_a_second_taking(stand: Stand, drop: Path, home: Path):
    class Slow:
        """Commits only after the uploader has written on."""

        upload: Any = None

        def submit(self, arrival: Arrival) -> "Future[int]":
            if self.upload is not None:
                self.upload.write(LIST)
                self.upload.close()
                self.upload = None
            return stand.group_commit.submit(arrival)

    slow = Slow()
    with dropping(stand, drop, commits=slow):
        slow.upload = (home / "in" / "a.csv").open("wb", buffering=0)
        slow.upload.write(LIST)
        until(lambda: names(home / "done"))
    assert [row["content"] for row in stand.stored()] == [LIST, LIST * 2]
    assert len(names(home / "done")) == 1


def test_a_stop_finishes_the_file_in_hand(stand: Stand, drop: Path, home: Path):
    asked, go_on = threading.Event(), threading.Event()

    class Waiting:
        def submit(self, arrival: Arrival) -> "Future[int]":
            future: Future[int] = Future()

            def commit() -> None:
                asked.set()
                go_on.wait(20)
                future.set_result(stand.group_commit.submit(arrival).result())

            threading.Thread(target=commit).start()
            return future

    with dropping(stand, drop, commits=Waiting()) as (folder, thread):
        (home / "in" / "a.csv").write_bytes(LIST)
        assert asked.wait(20)
        stopping = asyncio.run_coroutine_threadsafe(folder.stop(), thread.loop)
        go_on.set()
        stopping.result(20)
        assert len(names(home / "done")) == 1


def test_only_one_of_two_gateways_takes_files_and_the_other_follows_it(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop) as (first, first_thread), dropping(stand, drop):
        for number in range(5):
            (home / "in" / f"{number}.csv").write_bytes(LIST + bytes([65 + number]))
        until(lambda: len(names(home / "done")) == 5)
        first_thread.run(first.stop())
        (home / "in" / "last.csv").write_bytes(LIST)
        until(lambda: len(names(home / "done")) == 6)
    assert len(stand.stored()) == 6


def test_a_file_that_could_not_be_read_is_moved_to_failed(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop) as (folder, thread):
        (home / "in" / "a.csv").write_bytes(LIST)
        until(lambda: names(home / "done"))
        thread.run(folder.move_to_failed(stand.account.drop_folder, 1))
        assert (names(home / "done"), len(names(home / "failed"))) == ([], 1)


def test_a_hundred_files_at_once_are_a_hundred_submissions(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop):
        for number in range(100):
            (home / "in" / f"{number}.csv").write_bytes(b"%d" % number)
        until(lambda: len(names(home / "done")) == 100)
    assert {row["content"] for row in stand.stored()} == {b"%d" % number for number in range(100)}
    assert len(stand.stored()) == 100


def test_the_label_in_a_senders_file_name_moves_nothing(stand: Stand, drop: Path, home: Path):
    with dropping(stand, drop) as (folder, thread):
        (home / "in" / "-S-000002-.csv").write_bytes(LIST)
        until(lambda: names(home / "done"))
        thread.run(folder.move_to_failed(stand.account.drop_folder, 2))
        assert (len(names(home / "done")), names(home / "failed")) == (1, [])


def test_an_account_that_is_suspended_while_its_file_settles_stops_no_other(
    stand: Stand, drop: Path, home: Path
):
    def become(status: str) -> None:
        with stand.database.write() as connection:
            connection.execute(
                update(accounts).filter_by(account_id=stand.account.account_id).values(status=status)
            )

    with dropping(stand, drop, settle_seconds=0.5, sweep_seconds=0.1):
        (home / "in" / "a.csv").write_bytes(LIST)
        become("suspended")
        other = drop / stand.other.drop_folder
        (other / "in" / "b.csv").write_bytes(LIST)
        until(lambda: names(other / "done"))
        assert names(home / "in") == ["a.csv"]
        become("approved")
        until(lambda: names(home / "done"))


def test_an_out_folder_that_became_a_link_gets_nothing_and_the_file_waits(
    stand: Stand, drop: Path, home: Path
):
    other = drop / stand.other.drop_folder
    with dropping(stand, drop):
        until(lambda: _becomes_a_link(home / "out", other / "in"))
        (home / "in" / "a.csv").write_bytes(LIST)
        (other / "in" / "b.csv").write_bytes(LIST)
        until(lambda: names(other / "done"))
        (home / "out").unlink()
        until(lambda: names(home / "done"))
        assert names(home / "out") == ["a.csv.received.json"]
    assert len(stand.stored()) == 2


def _becomes_a_link(folder: Path, target: Path) -> bool:
    """An empty folder exchanged for a link; the gateway may make the folder again in between."""
    folder.rmdir()
    try:
        folder.symlink_to(target)
    except FileExistsError:
        return False
    return True


def test_a_stop_does_not_wait_for_a_commit_that_never_ends(stand: Stand, drop: Path, home: Path):
    asked = threading.Event()

    class Never:
        def submit(self, _: Arrival) -> "Future[int]":
            asked.set()
            return Future()

    with dropping(stand, drop, commits=Never(), stop_seconds=0.1):
        (home / "in" / "a.csv").write_bytes(LIST)
        assert asked.wait(20)
    with dropping(stand, drop):
        until(lambda: names(home / "done"))
    assert len(stand.stored()) == 1
