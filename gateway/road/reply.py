"""The mail that answers a mail: threaded, marked as automatic, with its files."""

from datetime import datetime
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import format_datetime
from mimetypes import guess_type

import msgspec

from bot.answer import Answer

HEADER_BYTES_MAX = 256 * 1024
REFERENCES_MAX = 20
SUBJECT_MAX = 200


class Thread(msgspec.Struct, frozen=True, kw_only=True):
    """What an answer must repeat of the mail it answers, so that it stands below it."""

    subject: str | None = None
    message_id: str | None = None
    references: tuple[str, ...] = ()
    replies_to: tuple[str, ...] = ()


class Attachment(msgspec.Struct, frozen=True, kw_only=True):
    """A file that goes with an answer."""

    name: str
    content: bytes


def thread_of(raw: bytes) -> Thread:
    """The thread of a mail, from its header block; what cannot be read is left out."""
    block = raw[:HEADER_BYTES_MAX].partition(b"\r\n\r\n")[0]
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(block)
    message_id = plain_id(str(headers.get("Message-ID", "")))
    referred = (plain_id(word) for word in str(headers.get("References", "")).split())
    references = [reference for reference in referred if reference]
    answered = (plain_id(word) for word in str(headers.get("In-Reply-To", "")).split())
    return Thread(
        subject=_subject(headers.get("Subject")),
        message_id=message_id,
        references=tuple(references[-REFERENCES_MAX:]),
        replies_to=tuple(one for one in answered if one)[:REFERENCES_MAX],
    )


def compose(
    answer: Answer,
    *,
    sender: str,
    recipient: str,
    message_id: str,
    thread: Thread,
    attachments: tuple[Attachment, ...],
    now: datetime,
) -> bytes:
    """The answer as a message, ready to be handed over (CRLF line ends)."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = answer.subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id
    if thread.message_id:
        mail["In-Reply-To"] = thread.message_id
        mail["References"] = " ".join((*thread.references, thread.message_id))
    # RFC 3834: tells every other robot not to answer this one.
    mail["Auto-Submitted"] = "auto-replied"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(answer.text, cte="quoted-printable")
    mail.add_alternative(answer.html, subtype="html", cte="quoted-printable")
    for attachment in attachments:
        kind = guess_type(attachment.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        mail.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return mail.as_bytes()


def plain_id(text: str | None) -> str | None:
    """A Message-ID in angle brackets without blanks, or None."""
    word = (text or "").strip()
    fits = word.startswith("<") and word.endswith(">") and len(word) < 500
    return word if fits and word.isascii() and word.isprintable() and " " not in word else None


def _subject(header: object) -> str | None:
    if header is None:
        return None
    try:
        text = str(make_header(decode_header(str(header))))
    except (LookupError, ValueError, MessageError):
        text = str(header)
    folded = " ".join(text.split())
    return "".join(char for char in folded if char.isprintable())[:SUBJECT_MAX] or None
