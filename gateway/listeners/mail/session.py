# ruff: noqa: N802  the names of commands are aiosmtpd's
"""One SMTP session: aiosmtpd's commands, with our reading of DATA, our TLS and our logins.

- DATA is taken in whole chunks by `Body` instead of line by line, which is many times faster.
- What comes behind DATA before our 354, or behind STARTTLS before the handshake, cannot come from a
  well-meaning client: refused, and hung up on (RFC 2920, 3.1; RFC 3207, 4.2).
- What comes behind the final dot is read as the next commands: RFC 2920 allows it, and Postfix sends
  its dot and QUIT at once. It is safe because only an exact CRLF.CRLF is the final dot, as for the
  server before us, and because a message with a bare CR ends the session, together with everything
  that came behind it.
"""

import asyncio
import re
import ssl
import time
from typing import TYPE_CHECKING, Literal

import structlog
from aiosmtpd.smtp import (
    SMTP,
    AuthResult,
    Envelope,
    LoginPassword,
    Session,
    TLSSetupException,
    _AuthMechAttr,
    syntax,
)

from gateway.listeners.door import Letter
from gateway.listeners.mail import replies
from gateway.listeners.mail.body import Body
from gateway.listeners.mail.conversation import Conversation
from gateway.listeners.mail.replies import Reply
from storage.accounts import Account
from storage.errors import StoreBusyError

if TYPE_CHECKING:
    from gateway.listeners.smtp import MailServer

_PLAIN_PATH = re.compile(r"<([^\s<>@\"\\,:;()\[\]]+@[A-Za-z0-9._-]+)>\s*(.*)", re.DOTALL)
_POSTMASTER = re.compile(r"(TO:\s*)<postmaster>", re.IGNORECASE)
_AUTH_PARAMETER = re.compile(r"\sAUTH=\S*", re.IGNORECASE)
_ODD_PATH_LENGTH_MAX = 512  # RFC 5321, 4.5.3.1.3 has 256

log = structlog.get_logger()


class MailSession(Conversation):
    """One client of a mail listener."""

    channel: Literal["smtp", "lmtp"] = "smtp"

    def __init__(self, server: "MailServer", loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(server, loop)
        self.proven: tuple[Account, ...] | None = None
        self._body: Body | None = None
        self._messages = 0
        self._login_failures = 0

    # --- a message

    def data_received(self, data: bytes) -> None:
        """Bytes of a message, or commands."""
        if self._body is None:
            super().data_received(data)
        else:
            self._alive = time.monotonic()
            self._body_received(self._body, data)

    @syntax("DATA")
    async def smtp_DATA(self, arg: str | None) -> None:
        """Take one message."""
        if await self.check_helo_needed():
            return
        if not self.envelope.rcpt_tos:
            await self.push("503 5.5.1 Error: need RCPT command")
        elif arg:
            await self.push("501 5.5.4 Syntax: DATA")
        elif self.has_unread_bytes:
            self.hang_up(replies.EARLY_TALK)
        elif self._messages >= self.limits.messages_max:
            self.hang_up(replies.TOO_MANY_MESSAGES)
        else:
            self._messages += 1
            self._take_message()

    def _take_message(self) -> None:
        self._body = Body(self.server.door.message_size_bytes_max, self.server.door.spool_folder)
        self.is_busy = True
        self.say("354 End data with <CR><LF>.<CR><LF>")

    def _body_received(self, body: Body, data: bytes) -> None:
        rest = body.feed(data)
        if rest is None:
            if body.is_hopeless:
                self.hang_up(replies.too_large(self.server.door.message_size_bytes_max))
            return
        self._body = None
        storing = self.begin(self._keep(body, self.envelope.rcpt_tos))
        if body.is_in_file:
            self.server.keep(storing)
        if rest and not body.has_bare_cr:
            super().data_received(rest)

    def connection_lost(self, error: Exception | None) -> None:
        """The client has gone, and half a message with it."""
        super().connection_lost(error)
        if self._body is not None:
            self._body.close()
            self._body = None

    async def _keep(self, body: Body, recipients: list[str]) -> None:
        try:
            reply = await self._store(body, recipients)
        finally:
            self.envelope = Envelope()
            self.is_busy = False
        self.say(self.final_text(reply, len(recipients)))
        if self.transport is not None and (reply.hangs_up or self.server.is_closing):
            self.transport.close()

    async def _store(self, body: Body, recipients: list[str]) -> Reply:
        try:
            if body.has_bare_cr:
                return replies.BARE_NEWLINE
            if body.too_large:
                return replies.too_large(self.server.door.message_size_bytes_max)
            return await self.server.door.accept(
                Letter(
                    channel=self.channel,
                    content=body.content(),
                    head=body.head,
                    sha256=body.sha256,
                    size_bytes=body.size_bytes,
                    recipients=recipients,
                    proven=self.proven,
                )
            )
        finally:
            body.close()

    def final_text(self, reply: Reply, recipients: int) -> str:  # noqa: ARG002  LMTP needs it
        """What is sent after a message: one reply for all of its recipients."""
        return reply.text

    @property
    def is_storing(self) -> bool:
        """Whether a message has arrived and is not answered yet."""
        return self.is_busy and self._body is None

    # --- commands around it

    @syntax("EHLO hostname")
    async def smtp_EHLO(self, hostname: str | None) -> None:
        """What we can do, in one packet."""
        if not hostname:
            await self.push("501 5.5.4 Syntax: EHLO hostname")
            return
        self._set_rset_state()  # type: ignore[no-untyped-call]
        self.session.extended_smtp = True
        self.session.host_name = hostname
        offers = [self.hostname, f"SIZE {self.data_size_limit}", "8BITMIME", "SMTPUTF8", "PIPELINING"]
        if self.tls_context and not self._tls_protocol:
            offers.append("STARTTLS")
        if self._tls_protocol or not self._auth_require_tls:
            offers.append("AUTH PLAIN LOGIN")
        await self.push("".join(f"250-{offer}\r\n" for offer in offers) + "250 HELP")

    @syntax("MAIL FROM: <address>", extended=" [SP <mail-parameters>]")
    async def smtp_MAIL(self, arg: str | None) -> None:
        """Begin a message. Who offers AUTH takes AUTH= here (RFC 4954, 5); it proves nothing to us."""
        await super().smtp_MAIL(_AUTH_PARAMETER.sub("", arg) if arg else arg)

    @syntax("RCPT TO: <address>", extended=" [SP <mail-parameters>]")
    async def smtp_RCPT(self, arg: str | None) -> None:
        """Name a recipient. `<postmaster>` without a domain is ours (RFC 5321, 4.5.1)."""
        if arg and (short := _POSTMASTER.match(arg)):
            arg = f"{short[1]}<postmaster@{self.server.door.domain}>{arg[short.end() :]}"
        await super().smtp_RCPT(arg)

    @syntax("QUIT")
    async def smtp_QUIT(self, arg: str | None) -> None:
        """Good bye."""
        if arg:
            await self.push("501 5.5.4 Syntax: QUIT")
        else:
            self.hang_up(replies.BYE)

    @syntax("VRFY <address>")
    async def smtp_VRFY(self, arg: str | None) -> None:
        """Whom we know is nobody's business."""
        await self.push("252 2.1.5 Not told; send the message" if arg else "501 5.5.4 Syntax: VRFY <address>")

    @syntax("HELP")
    async def smtp_HELP(self, _: str | None) -> None:
        """Where it is written."""
        await self.push("214 2.0.0 See RFC 5321; mail only to addresses at " + self.server.door.domain)

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """An ordinary path at once; others by the stdlib's parser, which raises on some.

        It is also slow, quadratic in quotes and recursive in brackets, so it is shown no long ones.
        """
        if plain := _PLAIN_PATH.fullmatch(arg):
            return plain[1], plain[2]
        if len(arg) > _ODD_PATH_LENGTH_MAX:
            return None, None
        try:
            address, rest = super()._getaddr(arg)
        except (IndexError, ValueError, AttributeError, RecursionError):
            return None, None
        return address, rest

    # --- TLS and logins

    @syntax("STARTTLS", when="tls_context")
    async def smtp_STARTTLS(self, arg: str | None) -> None:
        """Go on encrypted."""
        if arg:
            await self.push("501 5.5.4 Syntax: STARTTLS")
        elif not self.tls_context or self._tls_protocol:
            await self.push("454 4.7.0 TLS not available")
        elif self.has_unread_bytes:
            self.hang_up(replies.EARLY_TALK)
        else:
            await self.push("220 2.0.0 Ready to start TLS")
            await self._start_tls(self.tls_context)

    async def _start_tls(self, context: ssl.SSLContext) -> None:
        """Through asyncio's own road, which uvloop has too; aiosmtpd builds the protocol by hand."""
        try:
            await self._writer.start_tls(context, ssl_handshake_timeout=self.limits.handshake_seconds)
        except OSError as error:
            raise TLSSetupException from error
        self.encrypted(self._writer.transport)
        peer = self.session.peer
        self.session = Session(self.loop)  # nothing said in clear text counts any more (RFC 3207, 4.2)
        self.session.peer = peer
        self.session.ssl = {"cipher": self._writer.get_extra_info("cipher")}
        self.envelope = Envelope()
        self.proven = None

    @syntax("AUTH <mechanism>")
    async def smtp_AUTH(self, arg: str | None) -> None:
        """Log in; names of mechanisms have no case (RFC 4422, 3.1)."""
        if self.envelope.mail_from:
            await self.push("503 5.5.1 AUTH not in a mail transaction")
            return
        mechanism, blank, rest = (arg or "").partition(" ")
        self._auth_methods = {
            "PLAIN": _AuthMechAttr(self.auth_PLAIN, is_builtin=True),
            "LOGIN": _AuthMechAttr(self.auth_LOGIN, is_builtin=True),
        }
        await super().smtp_AUTH(mechanism.upper() + blank + rest)

    def _authenticate(self, mechanism: str, auth_data: LoginPassword) -> AuthResult:  # noqa: ARG002
        """Nothing yet: aiosmtpd asks here without waiting, the check follows in `_check_login`."""
        return AuthResult(success=True, auth_data=auth_data)

    async def auth_PLAIN(self, _: SMTP, args: list[str]) -> AuthResult:
        """User and password in one."""
        return await self._check_login(await super().auth_PLAIN(_, args))

    async def auth_LOGIN(self, _: SMTP, args: list[str]) -> AuthResult:
        """User and password one after the other."""
        return await self._check_login(await super().auth_LOGIN(_, args))

    async def _check_login(self, claim: AuthResult) -> AuthResult:
        if not isinstance(claim.auth_data, LoginPassword):
            return claim
        login = claim.auth_data.login.decode(errors="replace").strip()
        password = claim.auth_data.password.decode(errors="surrogateescape")
        try:
            accounts = await self.server.door.passwords.accounts(login, password)
        except StoreBusyError:
            await self.push(replies.STORE_BUSY.text)
            return AuthResult(success=False, handled=True)
        if accounts:
            self.proven = accounts
            return AuthResult(success=True, message=replies.LOGIN_OK.text)
        self._login_failures += 1
        log.warning("mail_login_refused", login=replies.printable(login), peer=str(self.session.peer))
        await asyncio.sleep(self.limits.login_failure_delay_seconds)
        if self._login_failures >= self.limits.login_failures_max:
            self.hang_up(replies.TOO_MANY_LOGINS)
        else:
            await self.push(replies.LOGIN_REFUSED.text)
        return AuthResult(success=False, handled=True)


class Hooks:
    """What aiosmtpd asks us in a session: whether a recipient is ours."""

    def __init__(self, server: "MailServer") -> None:
        self._server = server

    def __dir__(self) -> list[str]:
        return ["handle_RCPT"]

    async def handle_RCPT(
        self, _: SMTP, __: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Ours, or no relay."""
        if not self._server.door.is_ours(address):
            return replies.no_relay(address).text
        if len(envelope.rcpt_tos) >= self._server.limits.recipients_max:
            return replies.TOO_MANY_RECIPIENTS.text
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"
