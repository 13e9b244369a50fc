# ruff: noqa: N802  the names of commands are aiosmtpd's
"""LMTP (RFC 2033): for a mail server on the same machine that hands its mail over to us.

The same as SMTP but for its greeting, and one reply a recipient after DATA: our road stores a message
once, whomever it names, so all recipients get the same reply.
"""

from typing import Literal

from aiosmtpd.smtp import syntax

from gateway.listeners.mail.replies import Reply
from gateway.listeners.mail.session import MailSession


class LmtpSession(MailSession):
    """One client of the LMTP listener."""

    channel: Literal["smtp", "lmtp"] = "lmtp"
    protocol_name = "LMTP"

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, hostname: str | None) -> None:
        """LMTP's greeting."""
        if hostname:
            await super().smtp_EHLO(hostname)
        else:
            await self.push("501 Syntax: LHLO hostname")

    async def smtp_HELO(self, _: str | None) -> None:
        """Not in LMTP."""
        await self.push('500 5.5.1 Error: this is LMTP, send "LHLO"')

    async def smtp_EHLO(self, _: str | None) -> None:
        """Not in LMTP."""
        await self.push('500 5.5.1 Error: this is LMTP, send "LHLO"')

    async def check_helo_needed(self, helo: str = "LHLO") -> bool:
        """Whether LHLO is still to come, which is then said."""
        return bool(await super().check_helo_needed("LHLO" if helo == "HELO" else helo))

    def final_text(self, reply: Reply, recipients: int) -> str:
        """One reply for each recipient (RFC 2033, 4.2)."""
        return "\r\n".join([reply.text] * recipients)
