"""The facts of one sentence about missing claims: what has happened, on which day, how much was paid."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from parsers.problems import Code
from parsers.replies.missing_words import Piece, Token
from parsers.sheets.amounts import Fault, Mark, has_cents, parse_amount
from parsers.sheets.dates import DateReader, Order
from storage.identity import fold

_NO_YEAR = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.?")
_YEAR = re.compile(r"\d{4}")
_HAS_LETTERS = re.compile(r"[^\W\d_]{3,}")
_TRAILING = re.compile(r"\.$")
_NAMED = {"heute": 0, "today": 0, "gestern": 1, "yesterday": 1, "vorgestern": 2}
# A day without a year is of the last twelve months; 29 February may be up to four years away, and is asked.
_YEARS_BACK = 1


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What was said; kind: paid | cancelled | open, None where it is not certain.

    A day that is none is the reason instead (`date_impossible` …), an unreadable amount is None.
    """

    kind: str | None
    days: tuple[date | str, ...] = ()
    amounts: tuple[int | None, ...] = ()
    is_full: bool = False
    is_partial: bool = False


def facts_of(tokens: Sequence[Token], today: date) -> Facts:
    """The facts of one sentence; the same day or amount twice is one."""
    pieces = {token.piece for token in tokens}
    days = [day_of(token.text, today) for token in tokens if token.piece is Piece.DAY]
    amounts = [cents_of(token.text) for token in tokens if token.piece is Piece.AMOUNT]
    return Facts(
        kind=_kind(pieces),
        days=tuple(dict.fromkeys(days)),
        amounts=tuple(dict.fromkeys(amounts)),
        is_full=Piece.FULL in pieces,
        is_partial=Piece.PARTIAL in pieces,
    )


def _kind(pieces: set[Piece]) -> str | None:
    """What the verbs of a sentence say together."""
    verbs = pieces & {Piece.PAID, Piece.CANCELLED, Piece.OPEN}
    if Piece.NOT in pieces:  # "nicht bezahlt"; what else is denied is not certain
        extra = {Piece.DAY, Piece.AMOUNT, Piece.FULL, Piece.PARTIAL} & pieces
        return "open" if Piece.PAID in verbs and Piece.CANCELLED not in verbs and not extra else None
    if len(verbs) > 1:
        return None
    if verbs:
        return verbs.pop().value
    # The question was whether and when it was paid: a day or an amount alone answers it.
    return "paid" if pieces & {Piece.DAY, Piece.AMOUNT} else None


def day_of(text: str, today: date) -> date | str:
    """The day of a payment, or why it is none; without a year, the latest such day not after today."""
    named = _NAMED.get(fold(text))
    if named is not None:
        return today - timedelta(days=named)
    if _NO_YEAR.fullmatch(text) or (_HAS_LETTERS.search(text) and not _YEAR.search(text)):
        return _latest(text, today)
    day = _read(text, today)
    if isinstance(day, Fault):
        return "date_impossible" if day.code is Code.DATE_IMPOSSIBLE else "date_unclear"
    return day if day <= today else "date_future"


def _latest(text: str, today: date) -> date | str:
    bare = _TRAILING.sub("", text.strip())
    joined = f"{bare}." if _NO_YEAR.fullmatch(bare) else f"{bare} "
    for year in range(today.year, today.year - _YEARS_BACK - 1, -1):
        day = _read(f"{joined}{year}", today)
        if isinstance(day, date) and day <= today:
            return day
        if isinstance(day, Fault) and day.code is not Code.DATE_IMPOSSIBLE:
            return "date_unclear"
    return "date_impossible"


def _read(text: str, today: date) -> date | Fault:
    day = DateReader(Order.UNDECIDED, today).parse(text)
    return Fault(Code.DATE_UNREADABLE) if day is None else day


def cents_of(text: str) -> int | None:
    """Whole cents of an amount that decides its own decimal mark; None where it does not."""
    marks = (Mark.COMMA, Mark.POINT) if has_cents(text) else (Mark.UNDECIDED,)
    read = {parse_amount(text, mark) for mark in marks}
    found = {cents for cents in read if isinstance(cents, int)}
    return found.pop() if len(found) == 1 else None
