"""Handing answers over: to a real relay, into a folder, again after a failure, never out of bounds."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from gateway.delivery import DropFolderOut, OutboxFolder, Postman, Smarthost, Transport
from storage.engine.database import Database
from storage.intake import outbox
from storage.intake.outbox import Deliverable
from tests.peers.gateway import free_ports
from tests.storage import road

MAIL = b"From: i@inkasso.example\r\nTo: a@b.example\r\nSubject: x\r\n\r\nText\r\n"


class Relay:
    """A smarthost that keeps what it gets; `replies` are what it says first."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.replies: list[str] = []
        (self.port,) = free_ports(1)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _: SMTP, __: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.replies:
            return self.replies.pop(0)
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
        self, database: Database, transports: dict[str, Transport], deliverable: Deliverable
    ) -> None:
        self.now = datetime.now(UTC)
        self.database = database
        self.results: list[str] = []
        self.account = road.new_account(database, self.now)
        self.work = road.submit(database, self.account, self.now)
        with database.write() as connection:
            outbox.put(connection, self.account.account_id, self.work.submission_id, [deliverable], self.now)
        self.postman = Postman(
            database, lambda: self.now, "h/1/1/1", transports, on_result=self.results.append
        )

    def bring(self) -> str:
        asyncio.run(self.postman.empty_once())
        with self.database.read() as connection:
            (state,) = outbox.outbox_of(connection, self.account.account_id, self.work.submission_id)
        return state.state


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
