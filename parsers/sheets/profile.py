"""What the values of a column look like, so that a header is never believed against its cells."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from parsers.grids.cells import Cell
from parsers.sheets.amounts import has_cents, looks_like_money
from parsers.sheets.checks import is_email, looks_like_iban
from parsers.sheets.dates import looks_like_date, parse_days
from parsers.sheets.debtors import has_legal_form, place_of
from parsers.sheets.fields import Type

MOST = 0.5
_IBAN_LENGTH_MIN = 15
_CODE = re.compile(r"(?=.*\d)[\w./-]{2,24}")  # K1001
_HOUSE = re.compile(r"\d{1,4} ?[a-zA-Z]?(?: ?[-/+] ?\d{1,4} ?[a-zA-Z]?| \d/\d)?")
_HOUSE_MAX = 2_000
_PADDED = re.compile(r"0\d{8,}")
_COMPACT_DAY = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_FIRM_DIGITS_MAX = 5  # with the blank after them: 4711 Duftwerk GmbH
_SIGN_WORDS = frozenset({"s", "h", "soll", "haben", "d", "c", "dr", "cr", "+", "-", "debit", "credit"})
_NUMBERED = re.compile(r"\d{3,}[ -]")  # 10021 Müller
_SIGNS = (
    "money", "cents", "dates", "ibans", "emails", "letters", "words", "codes", "numbered", "digits", "days",
    "places", "negative", "houses", "marks", "flags", "pairs",
)  # fmt: skip


class Profile(msgspec.Struct, frozen=True):
    """Shares, from 0 to 1, of a column's filled cells in a sample.

    `filled` counts those cells, `fill` is their share of the rows, `distinct` counts different ones.
    """

    filled: int
    fill: float
    money: float
    cents: float
    dates: float
    ibans: float
    emails: float
    letters: float
    words: float
    codes: float
    numbered: float
    digits: float
    days: float
    places: float
    negative: float
    distinct: int
    houses: float
    marks: float
    flags: float
    pairs: float

    @property
    def is_mark(self) -> bool:
        """Whether numbers in the column only say yes or no."""
        return self.marks > MOST

    def speaks_against(self, wanted: Type) -> bool:
        """Whether most values are clearly something else than `wanted`."""
        if wanted is Type.MONEY:
            return self.dates > MOST or self.emails > MOST or self.ibans > MOST
        if wanted is Type.DATE:
            return self.cents > MOST or self.emails > MOST or self.ibans > MOST
        if wanted is Type.IBAN:
            return self.filled > 0 and self.ibans <= MOST
        if wanted is Type.EMAIL:
            return self.dates > MOST or self.cents > MOST or self.ibans > MOST
        return self.dates > MOST or self.cents > MOST

    def speaks_for(self, wanted: Type) -> bool:
        """Whether most values are just what is wanted; needed where the header alone is not certain."""
        if wanted is Type.TEXT:
            return not self.speaks_against(wanted)
        share = {
            Type.MONEY: self.money,
            Type.DATE: self.dates,
            Type.IBAN: self.ibans,
            Type.EMAIL: self.emails,
        }
        return self.filled > 0 and share[wanted] >= 0.8

    @property
    def is_wordy(self) -> bool:
        """Whether the column holds words where a number or a date was expected."""
        return self.filled >= 3 and self.letters > 0.8 and self.dates <= MOST and self.money <= MOST


def profile_of(column: Sequence[Cell]) -> Profile:
    """The profile of the sampled cells of one column."""
    cells = [cell for cell in column if not isinstance(cell, str) or cell.strip()]
    signs = Counter(sign for cell in cells for sign in _signs(cell))
    count = len(cells) or 1
    shares = {sign: signs[sign] / count for sign in _SIGNS}
    return Profile(
        filled=len(cells), fill=len(cells) / (len(column) or 1), distinct=len(set(cells)), **shares
    )


def are_padded(texts: Sequence[str]) -> bool:
    """Whether numbers are filled up with zeros to one length, as old programs write amounts in cents."""
    return (
        len(texts) > 1
        and len({len(text) for text in texts}) == 1
        and all(_PADDED.fullmatch(text) for text in texts)
    )


def are_compact_days(texts: Sequence[str]) -> bool:
    """Whether numbers are days without dots: 20250131."""
    return bool(texts) and all(_COMPACT_DAY.fullmatch(text) for text in texts)


def _signs(cell: Cell) -> Iterator[str]:
    """The names of all shares that a cell counts for."""
    if isinstance(cell, str):
        yield from _signs_of_text(cell.strip())
    elif isinstance(cell, date):
        yield "dates"
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        yield "money"
        yield "digits"
        if not float(cell).is_integer():
            yield "cents"
        elif cell in {0, 1}:
            yield "marks"
        elif 0 < cell < _HOUSE_MAX:
            yield "houses"
        if cell < 0:
            yield "negative"
        if parse_days(cell) is not None:
            yield "days"


def _is_numbered_firm(digits: str, text: str) -> bool:
    return len(digits) <= _FIRM_DIGITS_MAX and has_legal_form(text)


def _signs_of_text(text: str) -> Iterator[str]:  # noqa: C901, PLR0912 - a flat list of tests
    has_letters = any(map(str.isalpha, text))
    if has_letters:
        yield "letters"
    if text[0].isdigit() and _HOUSE.fullmatch(text):
        yield "houses"
    if text.casefold() in _SIGN_WORDS:
        yield "flags"
    if has_letters and (match := _NUMBERED.match(text)) and not _is_numbered_firm(match[0], text):
        yield "numbered"
    if not any(map(str.isdigit, text)):
        yield "words"
    elif text.isdigit():
        if len(text) == 2:
            yield "pairs"
        if text in {"0", "1"}:
            yield "marks"
        yield "digits"
        yield "money"
        if parse_days(text) is not None:
            yield "days"
        return
    elif looks_like_date(text):
        yield "dates"
    elif looks_like_money(text):
        yield "money"
        if has_cents(text):
            yield "cents"
        if text.startswith("-"):
            yield "negative"
    if has_letters and _CODE.fullmatch(text):
        yield "codes"
    if has_letters and len(text) >= _IBAN_LENGTH_MIN and looks_like_iban(text):
        yield "ibans"
    if "@" in text and is_email(text):
        yield "emails"
    if has_letters and place_of(text) is not None:
        yield "places"
    if has_letters and parse_days(text) is not None:
        yield "days"
