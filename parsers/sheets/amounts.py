"""Amounts as people write them, in German and English, to whole cents.

What `1.234` means is not in the cell: the whole column decides (`MarkEvidence`), and where it does
not, the cell is `AMBIGUOUS` and its sender is asked. A number cell of a spreadsheet says what it
shows: one that lies within a millionth of a euro of whole cents is those cents (`0.1+0.2` is 30),
any other has more than two decimals and is refused.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

import msgspec

from parsers.grids.cells import Cell, joined
from parsers.problems import Code

CENTS_MAX = 10**13
_NOISE = Decimal("0.000001")
_CURRENCY = re.compile(r"(?i)eur(?:o|os)?\b\.?|€")
_FOREIGN = re.compile(r"(?i)\b(?:usd|chf|gbp|pln|czk|sek|dkk|nok|huf|jpy|cny|sfr|fr)\b\.?|[$£¥]")
_BLANKS = re.compile(r"[\s\u00a0\u202f\u2009]+")
_MINUS = str.maketrans({"−": "-", "–": "-", "—": "-", "’": "'", "`": "'", "´": "'"})
_SUFFIX = re.compile(r"(?i)(?<=[\d\s.,-])\s*(s|h|soll|haben|dr|cr)$")
_FLAGS = {"s": 1, "soll": 1, "dr": 1, "h": -1, "haben": -1, "cr": -1}

_INTEGER = re.compile(r"\d+")
_GROUPED = {",": re.compile(r"\d{1,3}(?:\.\d{3})+"), ".": re.compile(r"\d{1,3}(?:,\d{3})+")}
_FRACTION = {
    ",": re.compile(r"(\d{1,3}(?:[.' ]\d{3})+|\d*),(\d{1,6})"),
    ".": re.compile(r"(\d{1,3}(?:[,' ]\d{3})+|\d*)\.(\d{1,6})"),
}
_GROUPED_FREELY = re.compile(r"\d{1,3}(?:[' ]\d{3})+")
_DASH_CENTS = re.compile(r"(.*\d)[.,](?:-{1,2}|—)")

# What nearly every cell of an export looks like.
PLAIN_AMOUNT = {
    ",": re.compile(r"(?:\d{1,3}(?:\.\d{3}){0,2}|\d{1,9}),\d\d", re.ASCII),
    ".": re.compile(r"(?:\d{1,3}(?:,\d{3}){0,2}|\d{1,9})\.\d\d", re.ASCII),
}
WITHOUT_MARKS = str.maketrans("", "", ".,")

# Maps every digit to 9: amounts written alike have one shape.
DIGITS = str.maketrans("012345678", "9" * 9)
_AMBIGUOUS_SHAPE = re.compile(r"9{1,3}[.,]999")


class Mark(StrEnum):
    """What a column writes before the cents."""

    COMMA = ","
    POINT = "."
    CENTS = "cents"  # none: the header says that all are whole cents
    UNDECIDED = "undecided"
    CONTRADICTORY = "contradictory"


class Fault(msgspec.Struct, frozen=True, gc=False):
    """Why a cell has no usable value; AWAITS_ANSWER where the column does not decide it."""

    code: Code


ABSENT = None
_UNREADABLE = Fault(Code.AMOUNT_UNREADABLE)
_AMBIGUOUS = Fault(Code.AWAITS_ANSWER)
_DECIMALS = Fault(Code.AMOUNT_DECIMALS)
_FOREIGN_CURRENCY = Fault(Code.CURRENCY_NOT_EURO)
_ABSENT_WORDS = frozenset({"", "-", "--", "---", "n/a", "na", "k.a.", "ka"})


class MarkEvidence:
    """What all cells of a column together say of its decimal mark."""

    def __init__(self) -> None:
        self._shapes: set[str] = set()
        self._marks: set[str] = set()
        self.has_ambiguous = False

    def add(self, column: Sequence[Cell]) -> None:
        """Look at more cells; only shapes not seen before cost anything."""
        text = joined(column)
        if text is None:
            text = "\n".join(cell for cell in column if isinstance(cell, str))
        shapes = set(text.translate(DIGITS).split("\n"))
        for shape in shapes - self._shapes:
            self._look(shape)
        if len(self._shapes) < 10_000:
            self._shapes |= shapes

    def _look(self, shape: str) -> None:
        body = _bare(shape)[0]
        if _AMBIGUOUS_SHAPE.fullmatch(body):
            self.has_ambiguous = True
            return
        for mark in (",", "."):
            if _FRACTION[mark].fullmatch(body) or (_GROUPED[mark].fullmatch(body)):
                self._marks.add(mark)

    @property
    def mark(self) -> Mark:
        """The column's decimal mark."""
        if len(self._marks) == 1:
            return Mark(next(iter(self._marks)))
        return Mark.CONTRADICTORY if self._marks else Mark.UNDECIDED


def parse_amount(cell: Cell, mark: Mark) -> int | Fault | None:
    """Cents of a cell, signed; None where it is empty, a Fault where it is no amount."""
    if isinstance(cell, str):
        return _parse_text(cell, mark)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return _UNREADABLE
    if mark is Mark.CENTS:
        return _limited(int(cell)) if float(cell).is_integer() else _UNREADABLE
    return _parse_number(cell)


def looks_like_money(text: str) -> bool:
    """Whether text could be an amount in any writing."""
    body = _bare(text.strip())[0]
    return bool(body) and any(
        pattern.fullmatch(body)
        for pattern in (_INTEGER, *_GROUPED.values(), *_FRACTION.values(), _GROUPED_FREELY)
    )


def has_cents(text: str) -> bool:
    """Whether text is surely an amount: digits, a mark and one or two digits."""
    body = _bare(text.strip())[0]
    return any(
        (match := pattern.fullmatch(body)) is not None and len(match.group(2)) <= 2
        for pattern in _FRACTION.values()
    )


def _parse_number(number: float) -> int | Fault:
    try:
        cents = round(number * 100)
    except (ValueError, OverflowError):
        return _UNREADABLE
    if abs(cents) > CENTS_MAX:
        return _UNREADABLE
    if cents / 100 == number:  # exactly the double that these cents are written as
        return cents
    difference = abs(Decimal(repr(number)) - Decimal(cents) / 100)
    return cents if difference < _NOISE else _DECIMALS


def _parse_text(text: str, mark: Mark) -> int | Fault | None:
    plain = PLAIN_AMOUNT.get(mark)
    if plain is not None and plain.fullmatch(text):
        return int(text.translate(WITHOUT_MARKS))
    if text.strip().casefold() in _ABSENT_WORDS:
        return ABSENT
    if _FOREIGN.search(text):
        return _FOREIGN_CURRENCY
    body, sign = _bare(text)
    if not sign or not body:
        return _UNREADABLE
    cents = _magnitude(body, mark)
    return cents if isinstance(cents, Fault) else sign * cents


def _bare(text: str) -> tuple[str, int]:
    """The digits and marks of an amount, and its sign; sign 0 where signs contradict each other."""
    body = _BLANKS.sub(" ", _CURRENCY.sub(" ", text.translate(_MINUS))).strip()
    dashed = _DASH_CENTS.fullmatch(body)
    if dashed:
        body = dashed.group(1)
    signs = []
    flag = _SUFFIX.search(body)
    if flag:
        signs.append(_FLAGS[flag.group(1).lower()])
        body = body[: flag.start()].strip()
    if body.startswith("(") and body.endswith(")"):
        signs.append(-1)
        body = body[1:-1].strip()
    if body.startswith(("-", "+")):
        signs.append(-1 if body[0] == "-" else 1)
        body = body[1:].strip()
    if body.endswith("-"):
        signs.append(-1)
        body = body[:-1].strip()
    if len(signs) > 1:
        return body, 0
    return body, signs[0] if signs else 1


def _magnitude(body: str, mark: Mark) -> int | Fault:  # noqa: PLR0911 - a list of writings
    if not body.isascii() or len(body) > 24:
        return _UNREADABLE
    if mark is Mark.CENTS:
        return _limited(int(body)) if _INTEGER.fullmatch(body) else _UNREADABLE
    if _INTEGER.fullmatch(body) or _GROUPED_FREELY.fullmatch(body):
        return _limited(int(re.sub("[' ]", "", body)) * 100)
    if mark is Mark.CONTRADICTORY:
        return _AMBIGUOUS
    if _AMBIGUOUS_SHAPE.fullmatch(body.translate(DIGITS)) and mark is Mark.UNDECIDED:
        return _AMBIGUOUS
    if mark is Mark.UNDECIDED:  # a shape that needs no evidence is evidence, so this cannot be one
        return _UNREADABLE
    if _GROUPED[mark].fullmatch(body):
        return _limited(int(re.sub("[.,]", "", body)) * 100)
    match = _FRACTION[mark].fullmatch(body)
    if match is None:
        return _UNREADABLE
    whole, part = match.groups()
    if part[2:].strip("0") or (len(part) == 3 and len(whole) <= 3):  # `1,230` may mean thousands
        return _DECIMALS
    digits = re.sub("[.,' ]", "", whole) or "0"
    return _limited(int(digits) * 100 + int(part[:2].ljust(2, "0")))


def _limited(cents: int) -> int | Fault:
    return cents if cents <= CENTS_MAX else _UNREADABLE
