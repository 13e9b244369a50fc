"""What a message says that holds nothing else: the documents of its own words.

A claim is looked for first, since one that is told in words is told in full; then whatever else a
creditor may write. What nobody understands is said to be so by the caller.
"""

from datetime import date, timedelta
from email.message import EmailMessage

from parsers.documents import Piece
from parsers.notices.notice import read_notice
from parsers.options import Options
from parsers.problems import Code, make_problem
from storage.records import DocumentHead, Kind

# A mail that took longer than this was not written on the day that its header says.
DAYS_ON_THE_WAY_MAX = 14


def documents_of_text(
    piece: Piece, text: str, options: Options, *, subject: str = "", day: date | None = None
) -> list[DocumentHead]:
    """The heads of all documents that the words of a message are; none where they are understood by nobody.

    `day` is the one on which it was written. Nothing is booked of a notice on the way of a list, so its
    sender is told that there was no list.
    """
    notice = read_notice(text, day or options.today, language=options.language, subject=subject)
    if notice is None:
        return []
    return [
        DocumentHead(
            kind=Kind.PAYMENT_NOTICE,
            name=piece.name,
            path=str(piece.path),
            media_type=piece.media_type,
            notice=notice,
            said=text or None,
            problems=(make_problem(Code.NO_ATTACHMENT, options.language),),
        )
    ]


def subject_of(mail: EmailMessage) -> str:
    """The subject of a mail; empty where it cannot be read."""
    try:
        return str(mail.get("Subject") or "")
    except Exception:  # noqa: BLE001 - header parsers raise many kinds on hostile values
        return ""


def written_on(mail: EmailMessage, today: date) -> date:
    """The day on which a mail was written: `gestern` is the day before that."""
    try:
        moment = mail["Date"].datetime
        day = moment.date() if moment is not None else today
    except Exception:  # noqa: BLE001
        return today
    return day if timedelta(0) <= today - day <= timedelta(days=DAYS_ON_THE_WAY_MAX) else today
