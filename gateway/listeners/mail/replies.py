"""What the mail door says: every SMTP reply in one place, German and English, in ASCII.

A person reads these sentences in a mail program's error message, so each says what to do. Codes are
RFC 5321's, the second number RFC 3463's. 4xx is "later, the same again", 5xx "not like this".
"""

import msgspec

_ECHO_LENGTH_MAX = 120


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """One answer of the door; `hangs_up` ends the session after it."""

    code: int
    status: str
    lines: tuple[str, ...]
    hangs_up: bool = False

    @property
    def text(self) -> str:
        """As sent, without the last CRLF: `550-5.7.1 …`, then `550 5.7.1 …`."""
        *first, last = self.lines
        return "".join(f"{self.code}-{self.status} {line}\r\n" for line in first) + (
            f"{self.code} {self.status} {last}"
        )


def printable(text: str) -> str:
    """A sender's text, safe to repeat in a reply: ASCII on one line, cut to a sane length."""
    shown = "".join(sign if " " <= sign <= "~" else "?" for sign in text)
    return shown if len(shown) <= _ECHO_LENGTH_MAX else shown[:_ECHO_LENGTH_MAX] + "..."


def accepted(label: str) -> Reply:
    """Stored; the sender is proven."""
    return Reply(code=250, status="2.6.0", lines=(f"Danke, angenommen - accepted as {label}",))


def accepted_as_claimed(label: str) -> Reply:
    """Stored; nothing happens before the sender's address has confirmed it."""
    return Reply(
        code=250,
        status="2.6.0",
        lines=(
            f"Angenommen als {label}; wartet auf Ihre Bestaetigung, denn der Absender ist nicht nachgewiesen",
            f"accepted as {label}; waits for your confirmation, as the sender is not proven",
        ),
    )


def unknown_sender(address: str) -> Reply:
    """Nobody with this address has an account."""
    return Reply(
        code=550,
        status="5.7.1",
        lines=(
            f"Der Absender <{printable(address)}> ist hier nicht bekannt. Bitten Sie Ihre Inkassostelle,",
            "diese Adresse fuer Ihr Glaeubigerkonto einzutragen, und senden Sie die Nachricht dann erneut.",
            "Unknown sender: ask your collection agency to register this address for your creditor account,",
            "then send the message again.",
        ),
    )


def suspended(address: str) -> Reply:
    """Every account of this address is suspended."""
    return Reply(
        code=550,
        status="5.7.1",
        lines=(
            f"Das Konto von <{printable(address)}> ist gesperrt. Bitte rufen Sie Ihre Inkassostelle an.",
            "This account is suspended. Please call your collection agency.",
        ),
    )


def foreign_sender(address: str) -> Reply:
    """An authenticated session writes in the name of an address that is not its account's."""
    return Reply(
        code=550,
        status="5.7.1",
        lines=(
            f"Der Absender <{printable(address)}> gehoert nicht zu dem Konto, mit dem Sie angemeldet sind.",
            "Senden Sie von einer Adresse dieses Kontos, oder lassen Sie diese Adresse dafuer eintragen.",
            "The From address does not belong to the account that you have logged in with: send from one of",
            "its addresses, or have this one registered for it.",
        ),
    )


def bad_sender(german: str, english: str) -> Reply:
    """The From header does not name exactly one address."""
    return Reply(code=550, status="5.6.0", lines=(german, english))


def no_relay(address: str) -> Reply:
    """A recipient that is not ours."""
    return Reply(
        code=550,
        status="5.7.1",
        lines=(
            f"<{printable(address)}> ist keine Adresse dieses Eingangs, wir leiten nicht weiter.",
            "Not an address of this gateway: no relay.",
        ),
    )


def too_large(size_bytes_max: int) -> Reply:
    """More than the announced SIZE."""
    mebibytes = f"{size_bytes_max / 2**20:.0f} MiB"
    return Reply(
        code=552,
        status="5.3.4",
        lines=(
            f"Die Nachricht ist zu gross (hoechstens {mebibytes}). Packen Sie die Tabelle als ZIP,",
            "teilen Sie sie auf, oder legen Sie sie in Ihren Ablageordner.",
            f"Message too large (at most {mebibytes}): zip or split the table, or use your drop folder.",
        ),
    )


BARE_NEWLINE = Reply(
    code=550,
    status="5.6.11",
    lines=(
        "Zeilenende ohne CR LF, nicht angenommen: bitte das Mailprogramm richtig einstellen.",
        "Bare CR in the message, or bare CR or LF in a command, refused: lines must end with CR LF",
        "(RFC 5321, 2.3.8)",
    ),
    hangs_up=True,
)
EARLY_TALK = Reply(
    code=503,
    status="5.5.0",
    lines=("Improper use of command pipelining: wait for the reply first (RFC 2920)",),
    hangs_up=True,
)
TOO_MANY_RECIPIENTS = Reply(code=452, status="4.5.3", lines=("Too many recipients in one message",))
TOO_MANY_MESSAGES = Reply(
    code=421, status="4.7.0", lines=("Enough messages in one session, please connect again",), hangs_up=True
)
TOO_MANY_COMMANDS = Reply(code=421, status="4.7.0", lines=("Too many commands, good bye",), hangs_up=True)
LINE_TOO_LONG = Reply(code=500, status="5.5.2", lines=("Line too long, good bye",), hangs_up=True)
TOO_MANY_SESSIONS = Reply(
    code=421, status="4.7.0", lines=("Too many sessions at this time, try again later",), hangs_up=True
)
TOO_MANY_LOGINS = Reply(code=421, status="4.7.0", lines=("Too many failed logins, good bye",), hangs_up=True)
LOGIN_OK = Reply(code=235, status="2.7.0", lines=("Authentication successful",))
LOGIN_REFUSED = Reply(
    code=535,
    status="5.7.8",
    lines=(
        "Anmeldung abgelehnt: Benutzer ist eine Adresse Ihres Kontos, Kennwort das Mailkennwort des Kontos.",
        "Login refused: the user is an address of your account, the password its mail password.",
    ),
)
STORE_BUSY = Reply(
    code=451,
    status="4.3.0",
    lines=("Im Augenblick nicht speicherbar, bitte erneut senden - store is busy, please try again",),
)
STORE_FULL = Reply(
    code=452,
    status="4.3.1",
    lines=("Kein Speicherplatz, bitte spaeter erneut senden - out of storage, please try again later",),
)
FAILED_HERE = Reply(
    code=451, status="4.3.0", lines=("Fehler bei uns, bitte erneut senden - our error, please try again",)
)
SHUTTING_DOWN = Reply(
    code=421,
    status="4.3.2",
    lines=("Wird gerade neu gestartet, bitte erneut senden - restarting, please try again",),
    hangs_up=True,
)
BYE = Reply(code=221, status="2.0.0", lines=("Bye",), hangs_up=True)
IDLE = Reply(code=421, status="4.4.2", lines=("Idle for too long, good bye",), hangs_up=True)
