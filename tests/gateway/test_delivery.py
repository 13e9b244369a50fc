"""Handing answers over: to a real relay, into a folder, again after a failure, never out of bounds."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from gateway.delivery import HAND_OVER_SECONDS, DropFolderOut, OutboxFolder, Postman, Smarthost, Transport
from storage.engine.database import Database
from storage.intake import outbox
from storage.intake.outbox import Deliverable, Delivery
from tests.peers.gateway import free_ports
from tests.storage import road

MAIL = b"From: i@inkasso.example\r\nTo: a@b.example\r\nSubject: x\r\n\r\nText\r\n"


class Relay:
    """A smarthost that keeps what it gets; `replies` are what it says first."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.replies: list[str] = []
        self.while_it_thinks: Callable[[], Awaitable[None]] | None = None
        (self.port,) = free_ports(1)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.replies:
            return self.replies.pop(0)
        if self.while_it_thinks is not None:
            await self.while_it_thinks()
        self.got.append(envelope.content)
        return "250 taken"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


@pytest.fixture
def relay() -> Iterator[Relay]:
    made = Relay()
    made.start()
    yield made
    made.stop()


class Sent:
    """An answer in the outbox of a store, and the postman that brings it."""

    def __init__(
        self, database: Database, transports: dict[str, Transport], *deliverables: Deliverable
    ) -> None:
        self.now = datetime.now(UTC)
        self.database = database
        self.results: list[str] = []
        self.account = road.new_account(database, self.now)
        self.work = road.submit(database, self.account, self.now)
        with database.write() as connection:
            outbox.put(connection, self.account.account_id, self.work.submission_id, deliverables, self.now)
        self.postman = Postman(
            database, lambda: self.now, "h/1/1/1", transports, on_result=self.results.append
        )

    def bring(self) -> str:
        asyncio.run(self.postman.empty_once())
        (state,) = self.states()
        return state

    def states(self) -> list[str]:
        with self.database.read() as connection:
            rows = outbox.outbox_of(connection, self.account.account_id, self.work.submission_id)
        return [row.state for row in rows]


def mail() -> Deliverable:
    return Deliverable(
        kind="mail", recipient="a@b.example", subject="x", content=MAIL, message_id="<1@inkasso.example>"
    )


def smarthost(port: int) -> dict[str, Transport]:
    relay = Smarthost(
        host="127.0.0.1", port=port, user="", password="", tls="none", sender="i@inkasso.example"
    )
    return {"mail": relay}


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_relay_gets_the_answer_once(database: Database, relay: Relay):
    sent = Sent(database, smarthost(relay.port), mail())

    assert sent.bring() == "sent"
    assert sent.bring() == "sent"
    assert len(relay.got) == 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_passing_refusal_is_tried_again_later(database: Database, relay: Relay):
    relay.replies = ["451 not now"]
    sent = Sent(database, smarthost(relay.port), mail())

    assert sent.bring() == "waiting"
    assert sent.bring() == "waiting", "not before its time"
    sent.now += timedelta(minutes=1)
    assert sent.bring() == "sent"
    assert sent.results == ["put_off", "sent"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_refusal_for_good_is_given_up(database: Database, relay: Relay):
    relay.replies = ["550 no such user"]
    sent = Sent(database, smarthost(relay.port), mail())

    assert sent.bring() == "given_up"
    assert not relay.got


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_relay_that_is_away_is_waited_for(database: Database):
    (nobody,) = free_ports(1)
    sent = Sent(database, smarthost(nobody), mail())

    assert sent.bring() == "waiting"


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_without_a_relay_an_answer_is_one_file_in_the_outbox(database: Database, tmp_path: Path):
    sent = Sent(database, {"mail": OutboxFolder(tmp_path / "outbox")}, mail())

    assert sent.bring() == "sent"
    (file,) = (tmp_path / "outbox").iterdir()
    assert file.suffix == ".eml"
    assert file.read_bytes() == MAIL


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_path_out_of_the_drop_folder_is_refused(database: Database, tmp_path: Path):
    away = Deliverable(kind="file", recipient="../../weg.csv", subject="", content=b"x", message_id="S-1/weg")
    sent = Sent(database, {"file": DropFolderOut(tmp_path / "drop")}, away)

    assert sent.bring() == "given_up"
    assert not (tmp_path.parent / "weg.csv").exists()


class Breaking:
    """A transport with a fault of its own."""

    async def hand_over(self, _: Delivery) -> None:
        raise ValueError("a fault")


def acknowledgement(name: str = "a.csv.outcome.json", content: bytes = b"{}") -> Deliverable:
    return Deliverable(
        kind="file", recipient=f"laden/out/{name}", subject="", content=content, message_id=f"S-1/{name}"
    )


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_fault_in_handing_over_is_a_failure_of_that_row_alone(
    database: Database, relay: Relay, tmp_path: Path
):
    drop = tmp_path / "drop"
    sent = Sent(database, {"mail": Breaking(), "file": DropFolderOut(drop)}, mail(), acknowledgement())

    asyncio.run(sent.postman.empty_once())

    assert sent.states() == ["waiting", "sent"]
    assert sorted(sent.results) == ["put_off", "sent"]


@pytest.mark.parametrize("fault", ["busy", "broken"])
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_store_that_fails_ends_no_round(database: Database, relay: Relay, sqlite_path: Path, fault: str):
    sent = Sent(database, smarthost(relay.port), mail())

    def rename(old: str, new: str) -> None:
        with closing(sqlite3.connect(sqlite_path)) as store:
            store.execute(f"ALTER TABLE {old} RENAME TO {new}")

    async def through_it() -> None:
        if fault == "busy":
            database.failure = "the disk is full"
        else:
            rename("outbox", "away")
        running = asyncio.create_task(sent.postman.run())
        await asyncio.sleep(0.3)
        assert sent.postman.is_alive
        assert sent.postman.last_round_at is None
        database.failure = None
        if fault == "broken":
            rename("away", "outbox")
        async with asyncio.timeout(20):
            while not sent.results:  # noqa: ASYNC110  the postman tells no event
                await asyncio.sleep(0.02)
        assert sent.postman.is_alive
        sent.postman.stop()
        await running
        assert not sent.postman.is_alive

    asyncio.run(through_it())
    assert sent.states() == ["sent"]
    assert len(relay.got) == 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_what_the_store_could_not_note_is_noted_later_and_not_sent_again(database: Database, relay: Relay):
    sent = Sent(database, smarthost(relay.port), mail())

    async def fail() -> None:
        database.failure = "the disk is full"

    async def twice() -> None:
        relay.while_it_thinks = fail
        await sent.postman.empty_once()
        assert (sent.states(), sent.results) == (["sending"], [])
        database.failure = None
        await sent.postman.empty_once()

    asyncio.run(twice())
    assert (sent.states(), sent.results, len(relay.got)) == (["sent"], ["sent"], 1)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_mail_that_another_process_took_over_meanwhile_is_left_to_it(database: Database, relay: Relay):
    sent = Sent(database, smarthost(relay.port), mail(), mail())

    async def take_over() -> None:
        sent.now += timedelta(hours=1)
        with database.write() as connection:
            assert outbox.reap(connection, lambda _: True, sent.now) == 2
            assert len(outbox.claim_due(connection, "h/2/2/2", sent.now, 60, 10)) == 2

    relay.while_it_thinks = take_over
    assert asyncio.run(sent.postman.empty_once()) == 2
    assert len(relay.got) == 1, "the second one is the other's now"
    assert sent.results == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_slow_relay_gets_every_mail_once(database: Database, relay: Relay):
    sent = Sent(database, smarthost(relay.port), *[mail() for _ in range(4)])

    async def think() -> None:
        sent.now += timedelta(seconds=HAND_OVER_SECONDS)
        with database.write() as connection:
            outbox.reap(connection, lambda _: True, sent.now)

    relay.while_it_thinks = think
    while asyncio.run(sent.postman.empty_once()):
        continue
    assert (sent.states(), len(relay.got)) == (["sent"] * 4, 4)


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_slow_relay_keeps_no_file_waiting(database: Database, relay: Relay, tmp_path: Path):
    drop = tmp_path / "drop"
    transports = smarthost(relay.port) | {"file": DropFolderOut(drop)}
    sent = Sent(database, transports, mail(), acknowledgement())

    async def until_the_file_is_there() -> None:
        async with asyncio.timeout(20):
            while not (drop / "laden" / "out" / "a.csv.outcome.json").exists():  # noqa: ASYNC110  a file tells none
                await asyncio.sleep(0.02)

    relay.while_it_thinks = until_the_file_is_there
    asyncio.run(sent.postman.empty_once())
    assert sent.states() == ["sent", "sent"]


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_the_second_outcome_of_a_name_keeps_the_first(database: Database, tmp_path: Path):
    drop = tmp_path / "drop"
    answers = [acknowledgement(content=content) for content in (b"1", b"2", b"2")]
    sent = Sent(database, {"file": DropFolderOut(drop)}, *answers)

    asyncio.run(sent.postman.empty_once())

    older, newest = sorted((drop / "laden" / "out").iterdir())
    assert (newest.name, newest.read_bytes()) == ("a.csv.outcome.json", b"2")
    assert (older.name.endswith("Z-a.csv.outcome.json"), older.read_bytes()) == (True, b"1")


@pytest.mark.parametrize("linked", ["laden", "laden/out"])
@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_a_folder_that_is_a_link_gets_no_answer(database: Database, tmp_path: Path, linked: str):
    drop, other = tmp_path / "drop", tmp_path / "drop" / "andere" / "in"
    other.mkdir(parents=True)
    (drop / linked).parent.mkdir(exist_ok=True)
    (drop / linked).symlink_to(other)
    sent = Sent(database, {"file": DropFolderOut(drop)}, acknowledgement())

    assert sent.bring() == "given_up"
    assert list(other.iterdir()) == []
