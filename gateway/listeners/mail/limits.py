"""What one mail client may take of us, each limit by name."""

import msgspec


class MailLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of one mail listener. None of them is met by an ordinary mail server's session."""

    sessions_max: int = 250
    idle_seconds: float = 300.0  # RFC 5321, 4.5.3.2.7 asks for at least five minutes
    session_seconds_max: float = 7200.0
    messages_max: int = 10_000  # in one session
    recipients_max: int = 100  # in one message; RFC 5321, 4.5.3.1.8 asks for at least 100
    recipients_session_max: int = 100_000
    plain_commands_max: int = 200  # of each kind that begins no message: HELO, VRFY, HELP …
    command_bytes_max: int = 2048
    login_failures_max: int = 3
    login_failure_delay_seconds: float = 1.0
    handshake_seconds: float = 30.0

    def calls(self) -> dict[str, int]:
        """How often a command may be sent in one session; others `plain_commands_max` times."""
        return {
            "MAIL": self.messages_max,
            "DATA": self.messages_max,
            "RSET": self.messages_max,
            "NOOP": self.messages_max,
            "RCPT": self.recipients_session_max,
            "STARTTLS": 2,
            "AUTH": 2 * self.login_failures_max + 2,
        }
