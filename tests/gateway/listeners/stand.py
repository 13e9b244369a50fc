"""A store with two creditors and a mail listener in a thread of its own, for clients that block."""

import asyncio
import shutil
import socket
import ssl
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import uvloop

from gateway.addresses import Listen
from gateway.listeners.door import Door
from gateway.listeners.mail.limits import MailLimits
from gateway.listeners.smtp import MailServer, start_smtp
from storage.accounts import Account, add_account, add_address
from storage.engine.database import Database
from storage.intake.group_commit import GroupCommit
from storage.intake.inbox import content_pieces

NOW = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
DOMAIN = "inkasso.example"
SIZE_BYTES_MAX = 3_000_000
QUICK = MailLimits(login_failure_delay_seconds=0.0)

MAIL = (
    "From: Firma M=C3=BCller <mueller@shop.example>\r\n"
    "To: claims@inkasso.example\r\nSubject: Liste\r\nMessage-ID: <1@shop.example>\r\n"
    "\r\nHallo\r\n.ein Punkt vorn\r\n..zwei\r\n\r\nEnde\r\n"
)


class Stand:
    """The creditor `mueller@shop.example`; `tax@adviser.example` speaks for it and for a second one."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.group_commit = GroupCommit(database, lambda: NOW)
        self.group_commit.start()
        self.door = Door(
            database, self.group_commit, lambda: NOW, domain=DOMAIN, message_size_bytes_max=SIZE_BYTES_MAX
        )
        with database.write() as connection:
            self.account, self.password = add_account(
                connection, email="mueller@shop.example", name="Müller GmbH", now=NOW
            )
            self.other, self.other_password = add_account(
                connection, email="zweite@shop.example", name="Zweite KG", now=NOW
            )
            for account in (self.account, self.other):
                add_address(
                    connection,
                    account.account_id,
                    email="tax@adviser.example",
                    person="Rat",
                    role="clerk",
                    now=NOW,
                )

    def stored(self) -> list[dict[str, Any]]:
        """All submissions in order, each with its content."""
        with self.database.read() as connection:
            rows = (
                connection.exec_driver_sql("SELECT * FROM submissions ORDER BY submission_id")
                .mappings()
                .all()
            )
            return [
                {
                    **row,
                    "content": b"".join(content_pieces(connection, row["account_id"], row["submission_id"])),
                }
                for row in rows
            ]

    def close(self) -> None:
        self.door.close()
        self.group_commit.stop()


class LoopThread:
    """An event loop in a thread."""

    def __init__(self, factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop) -> None:
        self.loop = factory()
        self._thread = threading.Thread(target=self.loop.run_forever)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(30)

    def close(self) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()


@contextmanager
def open_stand(template: Path, folder: Path) -> Iterator[Stand]:
    """A stand on a fresh SQLite store."""
    path = folder / "store.db"
    shutil.copyfile(template, path)
    database = Database.open(f"sqlite:///{path}")
    stand = Stand(database)
    try:
        yield stand
    finally:
        stand.close()
        database.close()


@contextmanager
def serving(
    door: Door,
    start: Callable[..., Coroutine[Any, Any, MailServer]] = start_smtp,
    *,
    tls: ssl.SSLContext | None = None,
    limits: MailLimits = QUICK,
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop,
) -> Iterator[tuple[MailServer, LoopThread]]:
    """A mail listener on a free port."""
    thread = LoopThread(factory)
    try:
        server = thread.run(start(Listen("127.0.0.1", 0), door, tls_context=tls, limits=limits))
        try:
            yield server, thread
        finally:
            thread.run(server.stop(5.0))
    finally:
        thread.close()


class Wire:
    """A raw SMTP client that sends exactly what it is given; `reads`: the bytes it takes at a time."""

    def __init__(self, port: int, reads: int = 0) -> None:
        self.socket = socket.socket()
        self.socket.settimeout(20)
        if reads:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, reads)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self.socket.makefile("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self.socket.close()

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def reply(self) -> str:
        """One whole reply, lines joined by LF; empty when the server has hung up."""
        lines = []
        while True:
            try:
                line = self._file.readline().decode("ascii").rstrip("\r\n")
            except ConnectionResetError:
                line = ""
            lines.append(line)
            if line[3:4] != "-":
                return "\n".join(lines)

    def say(self, command: str) -> str:
        self.send(command.encode() + b"\r\n")
        return self.reply()

    def up_to_data(self, sender: str = "mueller@shop.example") -> "Wire":
        """Greeting, EHLO, MAIL, RCPT and DATA; the next bytes are the message."""
        assert self.reply().startswith("220")
        for command in ("EHLO client.example", f"MAIL FROM:<{sender}>", f"RCPT TO:<claims@{DOMAIN}>"):
            assert self.say(command).startswith("250")
        assert self.say("DATA").startswith("354")
        return self


def by_account(account: Account, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["account_id"] == account.account_id]
