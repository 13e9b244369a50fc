"""Columns of plain cells, converted all at once; whatever is not plain becomes `ODD`."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from parsers.grids.cells import EXACT_INTEGER_MAX, Cell, text_of, tidy
from parsers.sheets.amounts import Fault, Mark, parse_amount
from parsers.sheets.checks import is_email, is_iban
from parsers.sheets.debtors import country_code, is_plain_name, kind_of_word
from parsers.sheets.rowcells import ABSENT_WORDS

Values = Sequence[Any]

_CACHE_MAX = 100_000
_GROUPS = {
    Mark.COMMA: r"(?:\d{1,3}(?:\.\d{3}){0,2}|\d{1,9}),\d\d",
    Mark.POINT: r"(?:\d{1,3}(?:,\d{3}){0,2}|\d{1,9})\.\d\d",
}
_AMOUNT = {mark: re.compile(pattern, re.ASCII) for mark, pattern in _GROUPS.items()}
_AMOUNTS = {mark: re.compile(rf"(?:{pattern}\n)*+", re.ASCII) for mark, pattern in _GROUPS.items()}
_WITHOUT_MARKS = str.maketrans("", "", ".,")
_POSTCODE = re.compile(r"(?!00)\d{5}", re.ASCII)
_POSTCODES = re.compile(r"(?:(?!00)\d{5}\n)*+", re.ASCII)
_EMAILS = re.compile(r"(?:(?:[\w.+-]{1,64}+@(?:[A-Za-z0-9-]++\.)++[A-Za-z]{2,24}+)?\n)*+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d[eE]\+\d")
_NOTHING = ABSENT_WORDS | {""}
_CENTS_BELOW = 1e9


class _Odd:
    """Stands in a column for a value that only the strict reader can judge."""


ODD: Any = _Odd()


class Memory(dict[Any, Any]):
    """Remembers what a rule made of a cell; bounded, because a hostile column never repeats itself."""

    def __init__(self, rule: Callable[[Cell], object]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, cell: Cell) -> object:
        if len(self) >= _CACHE_MAX:
            self.clear()
        made = self[cell] = self._rule(cell)
        return made


def texts(column: Sequence[Cell]) -> list[Any]:
    """Tidied texts; None where nothing is said."""
    try:
        stripped = list(map(str.strip, column))  # type: ignore[arg-type] - a number raises TypeError
    except TypeError:
        stripped = [text_of(cell) for cell in column]
    joined = "\x1f".join(stripped)
    if "  " in joined or not joined.replace("\x1f", "").isprintable():
        stripped = list(map(tidy, stripped))
    return [text if text not in _NOTHING else None for text in stripped]


def identifiers(column: Sequence[Cell]) -> list[Any]:
    """Numbers that name something; odd where a spreadsheet may have altered them."""
    read = texts(column)
    try:
        joined = "\n".join(column)  # type: ignore[arg-type] - a number raises TypeError
    except TypeError:
        return [text if _is_sound(cell) else ODD for cell, text in zip(column, read, strict=True)]
    if "+" in joined:
        return [ODD if text and _SCIENTIFIC.search(text) else text for text in read]
    return read


def plain_cents(column: Sequence[Cell], mark: Mark) -> list[Any]:
    """Cents above zero."""
    pattern = _AMOUNTS.get(mark)
    try:
        joined = "\n".join(column) + "\n"  # type: ignore[arg-type] - a number raises TypeError
    except TypeError:
        return [_cents(cell, mark) for cell in column]
    if pattern is not None and pattern.fullmatch(joined):
        cents = list(map(int, joined.translate(_WITHOUT_MARKS).split()))
        if len(cents) == len(column) and min(cents) > 0:
            return cents
    return [_cents(cell, mark) for cell in column]


def fees(column: Sequence[Cell], mark: Mark) -> list[Any]:
    """Cents from zero up; an empty cell is no fee."""
    found: dict[Cell, object] = {}
    for cell in set(column):
        cents = parse_amount(cell, mark)
        found[cell] = 0 if cents is None else ODD if isinstance(cents, Fault) or cents < 0 else cents
    return [found[cell] for cell in column]


def postcodes(column: Sequence[Cell]) -> Values:
    """German postcodes; every other, or none, is odd."""
    try:
        if _POSTCODES.fullmatch("\n".join(column) + "\n"):  # type: ignore[arg-type] - a number raises TypeError
            return column
    except TypeError:
        pass
    return [_postcode(cell) for cell in column]


def emails(column: Sequence[Cell]) -> list[Any]:
    """Addresses; None where there is none."""
    try:
        if _EMAILS.fullmatch("\n".join(column) + "\n"):  # type: ignore[arg-type] - a number raises TypeError
            return [cell or None for cell in column]
    except TypeError:
        pass
    return [text if text is None or is_email(text) else ODD for text in texts(column)]


def ibans(column: Sequence[Cell]) -> list[Any]:
    """IBANs without blanks; None where there is none."""
    compact = [text.replace(" ", "").upper() if text else None for text in texts(column)]
    return [iban if iban is None or is_iban(iban) else ODD for iban in compact]


def plain_name(cell: Cell) -> object:
    """A person's name that needs no second look."""
    text = text_of(cell)
    if text in _NOTHING:
        return None
    return text if is_plain_name(text) else ODD


def plain_country(cell: Cell) -> object:
    """Germany, written in any way, or nothing; all others have rules of their own."""
    text = text_of(cell)
    if text in _NOTHING:
        return None
    return "DE" if country_code(text) == "DE" else ODD


def plain_kind(cell: Cell) -> object:
    """What a customer-type cell or a salutation says."""
    return kind_of_word(text_of(cell))


def _is_sound(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not _SCIENTIFIC.search(cell)
    return isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_INTEGER_MAX


def _cents(cell: Cell, mark: Mark) -> object:
    if isinstance(cell, str):
        pattern = _AMOUNT.get(mark)
        if pattern is not None and pattern.fullmatch(cell):
            return int(cell.translate(_WITHOUT_MARKS)) or ODD
        return int(cell) * 100 or ODD if cell.isascii() and cell.isdigit() and len(cell) < 10 else ODD
    if isinstance(cell, float) and 0 < cell < _CENTS_BELOW:
        cents = round(cell * 100)
        return cents if cents > 0 and cents / 100 == cell else ODD
    return ODD


def _postcode(cell: Cell) -> object:
    if isinstance(cell, str):
        return cell if _POSTCODE.fullmatch(cell) else ODD
    if isinstance(cell, float) and cell.is_integer() and 10_000 <= cell <= 99_999:
        return str(int(cell))
    return ODD
