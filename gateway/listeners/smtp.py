"""The mail listeners: servers in the gateway's own event loop, and their orderly end."""

import asyncio
import contextlib
import logging
import ssl
import time
from pathlib import Path
from typing import cast

from gateway.addresses import Listen
from gateway.listeners import spool
from gateway.listeners.door import Door
from gateway.listeners.mail import replies
from gateway.listeners.mail.conversation import Conversation
from gateway.listeners.mail.limits import MailLimits
from gateway.listeners.mail.lmtp import LmtpSession
from gateway.listeners.mail.replies import Reply
from gateway.listeners.mail.session import Hooks, MailSession

BACKLOG = 512
CLOCK_SECONDS = 1.0


async def start_smtp(
    listen: Listen, door: Door, *, tls_context: ssl.SSLContext | None = None, limits: MailLimits | None = None
) -> "MailServer":
    """Serve SMTP. Logins need TLS, unless there is no certificate and only this machine can connect."""
    server = MailServer(MailSession, listen, door, tls_context, limits or MailLimits())
    await server.start()
    return server


async def start_lmtp(
    listen: Listen, door: Door, *, tls_context: ssl.SSLContext | None = None, limits: MailLimits | None = None
) -> "MailServer":
    """Serve LMTP."""
    server = MailServer(LmtpSession, listen, door, tls_context, limits or MailLimits())
    await server.start()
    return server


def tls_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """What STARTTLS speaks: TLS 1.2 and later. Raises OSError when a file cannot be used."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


class MailServer:
    """One listening socket and its sessions."""

    def __init__(
        self,
        session_type: type[MailSession],
        listen: Listen,
        door: Door,
        context: ssl.SSLContext | None,
        limits: MailLimits,
    ) -> None:
        self._session_type = session_type
        self._listen = listen
        self._server: asyncio.Server | None = None
        self._kept: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        self.door = door
        self.limits = limits
        self.calls = limits.calls()
        self.tls_context = context
        self.login_needs_tls = context is not None or not listen.is_loopback
        self.hooks = Hooks(self)
        self.sessions: set[Conversation] = set()
        self._is_empty = asyncio.Event()
        self._is_empty.set()
        self.is_closing = False

    @property
    def port(self) -> int:
        """The port that it listens on, also when any free one was asked for."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Begin to listen. Raises OSError when the address is not to be had."""
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells every line of every session
        await asyncio.to_thread(spool.clear_left_files, self.door.spool_folder)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: self._new_session(loop), self._listen.host, self._listen.port, backlog=BACKLOG
        )
        self._watching = loop.create_task(self._watch_clock())

    async def stop(self, grace_seconds: float = 10.0) -> None:
        """Take no more sessions; messages on their way are stored and answered, idle clients told to go."""
        self.is_closing = True
        if self._server is not None:
            self._server.close()
        for session in [session for session in self.sessions if not session.is_busy]:
            session.hang_up(replies.SHUTTING_DOWN)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace_seconds):
                await self._is_empty.wait()
        for session in list(self.sessions):
            session.abort()
        if self._watching is not None:
            self._watching.cancel()
        if self._kept:
            await asyncio.wait(self._kept, timeout=grace_seconds)

    def session_began(self, session: Conversation) -> None:
        """A client has come."""
        self.sessions.add(session)
        self._is_empty.clear()

    def session_ended(self, session: Conversation) -> None:
        """A client has gone."""
        self.sessions.discard(session)
        if not self.sessions:
            self._is_empty.set()

    def keep(self, storing: asyncio.Task[None]) -> None:
        """See it through to its end, also when the gateway stops and its client is sent off.

        A commit still reads the file of a large message, so the process may not end before. Bytes in
        memory need no such care: the commit holds them itself.
        """
        self._kept.add(storing)
        storing.add_done_callback(self._kept.discard)

    async def _watch_clock(self) -> None:
        """One look a second at all sessions: a timer for each cost more than a command."""
        while True:
            await asyncio.sleep(CLOCK_SECONDS)
            now = time.monotonic()
            for session in list(self.sessions):
                session.hang_up_when_idle(now)

    def _new_session(self, loop: asyncio.AbstractEventLoop) -> asyncio.BaseProtocol:
        if self.is_closing:
            return _Refusal(replies.SHUTTING_DOWN)
        if len(self.sessions) >= self.limits.sessions_max:
            return _Refusal(replies.TOO_MANY_SESSIONS)
        return self._session_type(self, loop)


class _Refusal(asyncio.Protocol):
    """A client that we cannot serve now."""

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        stream = cast("asyncio.WriteTransport", transport)  # uvloop's are, but do not say so
        stream.write(self._reply.text.encode("ascii") + b"\r\n")
        stream.close()
