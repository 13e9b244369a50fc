"""How a client is listened to: aiosmtpd's protocol with a lean command loop and limits of our own.

aiosmtpd looks through all of a session's names when a client connects, keeps a timer for each
command and prepares several log lines for each, which together cost more than the rest of a small
message. Here commands are found by name when they are sent, one look a second goes over all sessions
for the last sign of life, and only what an operator would want to know is logged.

Most commands wait for nothing: they are carried out as they arrive, without a task to be woken.
Storing a message, a login and the TLS handshake do wait, each in a task of its own (`begin`); what
the client sends meanwhile stays in the reader, and is carried out when that work is done. So nothing
is said before its turn, however the client has put its commands into packets.

A command ends with CR LF and with nothing else: whoever sends a bare CR or LF is told so and hung up
on, which also helps a script that would wait for an answer for ever.
"""

import asyncio
import collections
import time
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session, TLSSetupException

from gateway.listeners.mail import replies
from gateway.listeners.mail.replies import Reply

if TYPE_CHECKING:
    from gateway.listeners.smtp import MailServer

READER_BYTES_MAX = 1 << 16
UNKNOWN_COMMANDS_MAX = 5

Command = Callable[[str | None], Coroutine[Any, Any, None]]

log = structlog.get_logger()


class Conversation(SMTP):
    """The connection of one client and its commands, one after the other."""

    protocol_name = "ESMTP"
    line_length_limit = READER_BYTES_MAX  # by which aiosmtpd sizes its stream buffer
    waiting: ClassVar[frozenset[str]] = frozenset({"STARTTLS", "AUTH"})
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
        self._work: asyncio.Task[None] | None = None
        self._has_ended = False  # the client sends no more
        self._is_over = False

    def __dir__(self) -> list[str]:
        """Nothing: aiosmtpd would bind and sort all that it finds here for every new client."""
        return []

    # --- what the network tells

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has come."""
        self.server.session_began(self)
        asyncio.StreamReaderProtocol.connection_made(self, transport)
        self.transport = self._writer.transport
        self.session = Session(self.loop)
        self.session.peer = transport.get_extra_info("peername")
        self.envelope = Envelope()
        self.say(f"220 {self.hostname} {self.protocol_name} inkasso-gateway")

    def data_received(self, data: bytes) -> None:
        """Commands, or a part of one."""
        super().data_received(data)
        self._go_on()

    def resume_writing(self) -> None:
        """The client reads again what we say."""
        super().resume_writing()
        self._go_on()

    def eof_received(self) -> bool | None:
        """The client says no more; what it has said in full is still carried out and answered."""
        stays_open = asyncio.StreamReaderProtocol.eof_received(self)
        self._has_ended = True
        self._go_on()
        return stays_open

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone; a failed TLS handshake may tell us so twice.

        A message that has arrived in full is stored all the same: its commit is under way.
        """
        if self._is_over:
            return
        self._is_over = True
        self.server.session_ended(self)
        asyncio.StreamReaderProtocol.connection_lost(self, error)
        if self._work is not None and not self.is_storing:
            self._work.cancel()
        self.transport = None

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
        """What aiosmtpd's commands say; never waits, see `say`."""
        self.say(status)

    def say(self, status: str | bytes) -> None:
        """Send a reply. While the client does not read, no further command is carried out."""
        if self.transport is not None and not self.transport.is_closing():
            said = status if isinstance(status, bytes) else status.encode("ascii", "backslashreplace")
            self.transport.write(said + b"\r\n")

    # --- commands

    def begin(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Do what has to wait for something; commands go on after it."""
        assert self._work is None, "one thing at a time"
        self._work = self.loop.create_task(self._waited_for(work))
        return self._work

    async def _waited_for(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (asyncio.IncompleteReadError, ConnectionError):
            self._writer.close()
        except TLSSetupException as error:
            log.info("mail_handshake_failed", peer=str(self.session.peer), reason=str(error.__cause__))
            self.abort()
            self.connection_lost(error)
        except Exception:
            log.exception("mail_command_failed", peer=str(self.session.peer))
            self.say(replies.FAILED_HERE.text)
        finally:
            self._work = None
        self._go_on()

    def _go_on(self) -> None:
        """Carry out what has arrived, up to a command that has to wait."""
        while self._may_go_on() and (line := self._next_line()):
            self._obey(line)
        if self._has_ended and self._work is None and self.transport is not None:
            self.transport.close()

    def _may_go_on(self) -> bool:
        return (
            self._work is None
            and not self.is_reading_slowly
            and self.transport is not None
            and not self.transport.is_closing()
        )

    def _obey(self, line: bytes) -> None:
        if self.server.is_closing:
            self.hang_up(replies.SHUTTING_DOWN)
            return
        if not line.endswith(b"\r\n") or b"\r" in line[:-2]:
            self.hang_up(replies.BARE_NEWLINE)
            return
        if len(line) > self.limits.command_bytes_max:
            self.say("500 5.5.2 Command line too long")
            return
        word, _, rest = line.decode("utf-8", "surrogateescape").strip().partition(" ")
        command = word.upper()
        method = self._method(command)
        if method is None:
            self._refuse_unknown(command)
        elif self._calls[command] >= self.server.calls.get(command, self.limits.plain_commands_max):
            self.hang_up(replies.TOO_MANY_COMMANDS)
        else:
            self._calls[command] += 1
            self._alive = time.monotonic()
            self._run(command, method, rest.strip() or None)

    def _method(self, command: str) -> Command | None:
        if command not in self.commands:
            return None
        method: Command = getattr(self, f"smtp_{command}")
        return method

    def _run(self, command: str, method: Command, argument: str | None) -> None:
        if command in self.waiting:
            self.begin(method(argument))
            return
        try:
            _at_once(method(argument))
        except Exception:
            log.exception("mail_command_failed", peer=str(self.session.peer))
            self.say(replies.FAILED_HERE.text)

    def _refuse_unknown(self, command: str) -> None:
        self._unknown_commands += 1
        if self._unknown_commands >= UNKNOWN_COMMANDS_MAX:
            self.hang_up(replies.TOO_MANY_COMMANDS)
        else:
            self.say(f'500 5.5.1 Error: command "{replies.printable(command)}" not recognized')

    def hang_up_when_idle(self, now: float) -> None:
        """End a session that has been silent, or has lasted, for too long; `now` is monotonic."""
        is_over = now >= min(
            self._alive + self.limits.idle_seconds, self._began + self.limits.session_seconds_max
        )
        if not is_over or self.is_storing or self.transport is None:
            return
        if self.transport.is_closing():
            self.abort()  # it does not even read our last words, and would hold its place for ever
        else:
            self.hang_up(replies.IDLE)

    @property
    def is_storing(self) -> bool:
        """Whether the client waits for us, not we for it."""
        return False

    # What asyncio and aiosmtpd keep to themselves, in one place; aiosmtpd reaches for the same.

    def _next_line(self) -> bytes | None:
        """The next command, if it has arrived in full; too long a one ends the session."""
        reader: Any = self._reader
        arrived: bytearray = reader._buffer  # noqa: SLF001
        end = arrived.find(b"\n") + 1
        if end > READER_BYTES_MAX or (not end and len(arrived) > READER_BYTES_MAX):
            self.hang_up(replies.LINE_TOO_LONG)
            return None
        line = bytes(arrived[:end])
        del arrived[:end]
        reader._maybe_resume_transport()  # noqa: SLF001  which has stopped reading when it had enough
        return line

    @property
    def is_reading_slowly(self) -> bool:
        """Whether the client has left so much of what we said unread that we wait for it."""
        protocol: Any = self
        return bool(protocol._paused)  # noqa: SLF001

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


def _at_once(command: Coroutine[Any, Any, None]) -> None:
    """Carry out a command that is a coroutine in name only: a task for it would cost as much again."""
    try:
        command.send(None)
    except StopIteration:
        return
    command.close()
    raise AssertionError("a command waits that must not")
