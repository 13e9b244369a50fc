"""What one client may take of us, and what it is told when the store or the gateway cannot."""

import asyncio
import threading
import time
from base64 import b64encode
from concurrent.futures import Future

import msgspec
import pytest

from gateway.listeners.door import Door
from gateway.listeners.mail.passwords import PasswordCheck
from gateway.listeners.smtp import MailServer
from storage.accounts import Account
from storage.errors import StoreBusyError
from storage.intake.inbox import Arrival
from tests.gateway.listeners.stand import DOMAIN, NOW, QUICK, SIZE_BYTES_MAX, Stand, Wire, serving

SMALL = b"From: mueller@shop.example\r\n\r\n.\r\n"


class StuckStore:
    """A group commit that never ends by itself, or that fails as it is told."""

    def __init__(self, error: Exception | None = None, *, at_once: bool = False) -> None:
        self.error, self.at_once = error, at_once
        self.asked = threading.Event()
        self.future: Future[int] = Future()

    def submit(self, arrival: Arrival) -> "Future[int]":
        self.asked.set()
        if self.error is not None and self.at_once:
            raise self.error
        if self.error is not None:
            self.future.set_exception(self.error)
        return self.future


def door_to(stand: Stand, store: StuckStore) -> Door:
    return Door(stand.database, store, lambda: NOW, domain=DOMAIN, message_size_bytes_max=SIZE_BYTES_MAX)


@pytest.mark.parametrize(
    ("store", "code"),
    [
        (StuckStore(StoreBusyError("locked")), "451"),
        (StuckStore(StoreBusyError("full queue"), at_once=True), "451"),
        (StuckStore(OSError(28, "No space left on device")), "452"),
        (StuckStore(RuntimeError("a bug")), "451"),
    ],
)
def test_a_store_that_cannot_is_a_passing_failure(stand: Stand, store: StuckStore, code: str):
    with serving(door_to(stand, store)) as (server, _), Wire(server.port) as wire:
        wire.up_to_data().send(SMALL)
        assert wire.reply().startswith(code)
        assert wire.say("NOOP").startswith("250")


def test_a_login_while_the_store_is_busy_is_to_be_tried_again(
    stand: Stand, capsys: pytest.CaptureFixture[str]
):
    class BusyPasswords(PasswordCheck):
        async def accounts(self, address: str, password: str) -> tuple[Account, ...]:
            raise StoreBusyError(address + password)

    stand.door.passwords.close()
    stand.door.passwords = BusyPasswords(stand.database)
    login = b64encode(f"\0mueller@shop.example\0{stand.password}".encode()).decode()
    with serving(stand.door) as (server, _), Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO c")
        for _ in range(4):  # none of them is a failed login
            assert wire.say(f"AUTH PLAIN {login}").startswith("451 4.3.0")
        assert wire.say("NOOP").startswith("250")
    assert "mail_command_failed" not in "".join(capsys.readouterr())


def test_a_stopping_gateway_stores_what_is_on_its_way_and_sends_the_others_off(stand: Stand):
    store = StuckStore()
    with (
        serving(door_to(stand, store)) as (server, thread),
        Wire(server.port) as busy,
        Wire(server.port) as idle,
    ):
        busy.up_to_data().send(SMALL)
        assert store.asked.wait(20)
        idle.reply()
        stopping = asyncio.run_coroutine_threadsafe(server.stop(10.0), thread.loop)
        assert idle.reply().startswith("421 4.3.2")
        store.future.set_result(7)
        assert "S-000007" in busy.reply()
        stopping.result(20)
        assert busy.reply() == ""


def test_a_closed_door_says_that_it_will_be_open_again(stand: Stand):
    with serving(stand.door) as (server, _), Wire(server.port) as wire:
        wire.up_to_data()
        stand.door.is_closing = True
        wire.send(SMALL)
        assert wire.reply().startswith("421 4.3.2")
    assert stand.stored() == []


def test_a_client_that_hangs_up_during_the_commit_harms_nobody(stand: Stand):
    store = StuckStore()
    with serving(door_to(stand, store)) as (server, _):
        with Wire(server.port) as wire:
            wire.up_to_data().send(SMALL)
            assert store.asked.wait(20)
        with Wire(server.port) as wire:
            wire.up_to_data()
            assert not store.future.cancelled()
            store.future.set_result(1)


def test_one_session_too_many_is_told_to_come_later(stand: Stand):
    limits = msgspec.structs.replace(QUICK, sessions_max=1)
    with serving(stand.door, limits=limits) as (server, _), Wire(server.port) as first:
        assert first.reply().startswith("220")
        with Wire(server.port) as second:
            assert second.reply().startswith("421")
            assert second.reply() == ""
        assert first.say("QUIT").startswith("221")
        assert first.reply() == ""


def test_an_idle_session_is_ended_also_in_the_middle_of_a_message(stand: Stand):
    limits = msgspec.structs.replace(QUICK, idle_seconds=1.0)
    with serving(stand.door, limits=limits) as (server, _):
        with Wire(server.port) as wire:
            wire.reply()
            assert wire.reply().startswith("421 4.4.2")
        with Wire(server.port) as wire:
            wire.up_to_data().send(b"From: mueller@shop.example\r\n")
            assert wire.reply().startswith("421 4.4.2")
    assert stand.stored() == []


def test_messages_recipients_and_commands_of_a_session_are_counted(stand: Stand):
    limits = msgspec.structs.replace(QUICK, recipients_max=2, messages_max=1, plain_commands_max=3)
    with serving(stand.door, limits=limits) as (server, _), Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO c")
        wire.say("MAIL FROM:<>")
        replies = [wire.say(f"RCPT TO:<{number}@{DOMAIN}>")[:3] for number in range(3)]
        assert replies == ["250", "250", "452"]
        wire.say("DATA")
        wire.send(SMALL)
        assert wire.reply().startswith("250")
        assert wire.say("MAIL FROM:<>").startswith("421")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"NOOP " + b"x" * 3_000 + b"\r\n", "500"),
        (b"x" * 200_000, "500"),
        (b"\xff\xfe\r\n", "500"),
        (b"\r\n", "500"),
        (b"DATA\r\n", "503"),
        (b"MAIL FROM:<a@b.example>\r\n", "503"),
        (b"VRFY a\r\n", "252"),
        (b"EXPN a\r\n", "502"),
        (b"HELP\r\n", "214"),
        (b"EHLO\r\n", "501"),
        (b"STARTTLS\r\n", "454"),
    ],
)
def test_odd_commands_are_answered(server: MailServer, sent: bytes, code: str):
    with Wire(server.port) as wire:
        wire.reply()
        wire.send(sent)
        assert wire.reply().startswith(code)


@pytest.mark.parametrize(
    "path",
    ["<", "a", "<a@b", "<a b@c>", "<@:>", '<"@c>', "<a@b> X=Y", "FROM", "<a@b>\x00", "<a@b> SIZE=x", "<(>"]
    + ["<" + sign * 1_900 for sign in '("a[@']
    + ["<" + sign * 400 for sign in '("a[@'],
)
def test_odd_paths_are_refused_and_the_session_goes_on(server: MailServer, path: str):
    with Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO c")
        wire.say(f"MAIL FROM:{path}")
        assert wire.say("NOOP").startswith("250")


def test_five_unknown_commands_are_enough(server: MailServer):
    with Wire(server.port) as wire:
        wire.reply()
        assert [wire.say("GET / HTTP/1.1")[:3] for _ in range(5)] == ["500"] * 4 + ["421"]
        assert wire.reply() == ""


def test_a_client_that_does_not_read_is_not_answered_further_until_it_does(stand: Stand):
    count = 100_000
    limits = msgspec.structs.replace(QUICK, plain_commands_max=count)
    with serving(stand.door, limits=limits) as (server, _), Wire(server.port, reads=4_096) as wire:
        wire.reply()
        sending = threading.Thread(target=wire.send, args=(b"HELP\r\n" * count,))
        sending.start()
        (session,) = server.sessions
        deadline = time.monotonic() + 60
        while not session.is_reading_slowly and time.monotonic() < deadline:
            time.sleep(0.01)
        assert session.is_reading_slowly
        assert {wire.reply()[:3] for _ in range(count)} == {"214"}
        sending.join()
        assert wire.say("NOOP").startswith("250")


def test_a_client_that_never_reads_does_not_hold_its_place(stand: Stand):
    limits = msgspec.structs.replace(QUICK, plain_commands_max=1_000_000, idle_seconds=1.0)
    with serving(stand.door, limits=limits) as (server, _), Wire(server.port, reads=4_096) as wire:
        wire.reply()
        with pytest.raises(ConnectionError):
            wire.send(b"HELP\r\n" * 3_000_000)
        deadline = time.monotonic() + 20
        while server.sessions and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not server.sessions
