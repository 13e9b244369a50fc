"""How a client is listened to: aiosmtpd's protocol with a lean command loop and limits of our own.

aiosmtpd looks through all of a session's names when a client connects, keeps a timer for each
command and prepares several log lines for each, which together cost more than the rest of a small
message. Here commands are found by name when they are sent, one timer looks at the last sign of
life, and only what an operator would want to know is logged.

A command ends with CR LF and with nothing else: whoever sends a bare CR or LF is told so and hung up
on, which also helps a script that would wait for an answer for ever.
"""

import asyncio
import collections
import time
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, ClassVar

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session, TLSSetupException

from gateway.listeners.mail import replies
from gateway.listeners.mail.replies import Reply

if TYPE_CHECKING:
    from gateway.listeners.smtp import MailServer

READER_BYTES_MAX = 1 << 16
UNKNOWN_COMMANDS_MAX = 5

Command = Callable[[str | None], Awaitable[None]]

log = structlog.get_logger()


class Conversation(SMTP):
    """The connection of one client and its commands, one after the other."""

    protocol_name = "ESMTP"
    line_length_limit = READER_BYTES_MAX  # by which aiosmtpd sizes its stream buffer
    commands: ClassVar[frozenset[str]]
    session: Session
    envelope: Envelope
    transport: asyncio.WriteTransport | None

    def __init_subclass__(cls) -> None:
        names = {name for base in cls.__mro__ for name in vars(base)}
        cls.commands = frozenset(name.removeprefix("smtp_") for name in names if name.startswith("smtp_"))

    def __init__(self, server: "MailServer", loop: asyncio.AbstractEventLoop) -> None:
        self.server = server
        self.limits = server.limits
        super().__init__(
            server.hooks,
            hostname=server.door.domain,
            data_size_limit=server.door.message_size_bytes_max,
            enable_SMTPUTF8=True,
            tls_context=server.tls_context,
            timeout=server.limits.idle_seconds,
            auth_require_tls=server.login_needs_tls,
            loop=loop,
        )
        self.is_busy = False  # a message is on its way or being stored
        self._calls: collections.Counter[str] = collections.Counter()
        self._unknown_commands = 0
        self._began = self._alive = time.monotonic()
        self._is_over = False

    def __dir__(self) -> list[str]:
        """Nothing: aiosmtpd would bind and sort all that it finds here for every new client."""
        return []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self.server.session_began(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone; a failed TLS handshake may tell us so twice."""
        if self._is_over:
            return
        self._is_over = True
        self.server.session_ended(self)
        super().connection_lost(error)

    def hang_up(self, reply: Reply) -> None:
        """Say a last word and close; a message that is being stored stays stored."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.write(reply.text.encode("ascii") + b"\r\n")
            self.transport.close()

    def abort(self) -> None:
        """End the connection without a word."""
        if self.transport is not None:
            self.transport.abort()

    async def push(self, status: str | bytes) -> None:
        """Send a reply, and wait while the client does not read."""
        said = status if isinstance(status, bytes) else status.encode("ascii", "backslashreplace")
        self._writer.write(said + b"\r\n")
        await self._writer.drain()

    async def _handle_client(self) -> None:
        try:
            await self.push(f"220 {self.hostname} {self.protocol_name} inkasso-gateway")
            while self.transport is not None and not self.transport.is_closing():
                if self.server.is_closing:
                    self.hang_up(replies.SHUTTING_DOWN)
                    return
                await self._obey(await self._reader.readuntil())
        except asyncio.LimitOverrunError:
            self.hang_up(replies.LINE_TOO_LONG)
        except (asyncio.IncompleteReadError, ConnectionError):
            self._writer.close()
        except asyncio.CancelledError:
            self._writer.close()
            raise

    async def _obey(self, line: bytes) -> None:
        if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            self.hang_up(replies.BARE_NEWLINE)
            return
        if len(line) > self.limits.command_bytes_max:
            await self.push("500 5.5.2 Command line too long")
            return
        word, _, rest = line.decode("utf-8", "surrogateescape").strip().partition(" ")
        command = word.upper()
        method = self._method(command)
        if method is None:
            await self._refuse_unknown(command)
        elif self._calls[command] >= self.server.calls.get(command, self.limits.plain_commands_max):
            self.hang_up(replies.TOO_MANY_COMMANDS)
        else:
            self._calls[command] += 1
            self._alive = time.monotonic()
            await self._run(method, rest.strip() or None)

    def _method(self, command: str) -> Command | None:
        if command not in self.commands:
            return None
        method: Command = getattr(self, f"smtp_{command}")
        return method

    async def _run(self, method: Command, argument: str | None) -> None:
        try:
            await method(argument)
        except ConnectionError:
            raise
        except TLSSetupException as error:
            log.info("mail_handshake_failed", peer=str(self.session.peer), reason=str(error.__cause__))
            self.abort()
            self.connection_lost(error)
        except Exception:
            log.exception("mail_command_failed", peer=str(self.session.peer))
            await self.push(replies.FAILED_HERE.text)

    async def _refuse_unknown(self, command: str) -> None:
        self._unknown_commands += 1
        if self._unknown_commands >= UNKNOWN_COMMANDS_MAX:
            self.hang_up(replies.TOO_MANY_COMMANDS)
        else:
            await self.push(f'500 5.5.1 Error: command "{replies.printable(command)}" not recognized')

    def _reset_timeout(self, duration: float | None = None) -> None:
        self._alive = time.monotonic()
        if self._timeout_handle is None:
            self._timeout_handle = self.loop.call_later(duration or self._timeout_duration, self._timeout_cb)

    def _timeout_cb(self) -> None:
        idle_at = self._alive + self.limits.idle_seconds
        rest = min(idle_at, self._began + self.limits.session_seconds_max) - time.monotonic()
        if rest <= 0 and not self.is_storing:
            self.hang_up(replies.IDLE)
        else:
            self._timeout_handle = self.loop.call_later(max(rest, 1.0), self._timeout_cb)

    @property
    def is_storing(self) -> bool:
        """Whether the client waits for us, not we for it."""
        return False

    # What asyncio and aiosmtpd keep to themselves, in one place; aiosmtpd reaches for the same.

    @property
    def has_unread_bytes(self) -> bool:
        """Whether the client has sent more than the command that is being carried out."""
        reader: Any = self._reader
        return bool(reader._buffer)  # noqa: SLF001

    def encrypted(self, transport: asyncio.WriteTransport) -> None:
        """From here on the client is spoken to through TLS."""
        self.transport = transport
        self._tls_protocol: Any = transport  # aiosmtpd only asks whether there is one
        reader: Any = self._reader
        reader._transport = transport  # noqa: SLF001  asyncio 3.11 forgets it: no flow control
