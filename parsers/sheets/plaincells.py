"""Columns of plain cells, converted all at once; whatever is not plain becomes `ODD`."""

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from parsers.grids.cells import EXACT_INTEGER_MAX, Cell, joined, text_of, tidy
from parsers.sheets.amounts import DIGITS, PLAIN_AMOUNT, WITHOUT_MARKS, Fault, Mark, parse_amount
from parsers.sheets.checks import is_email, is_iban
from parsers.sheets.claim import (
    DEBIT_WORDS,
    EURO_WORDS,
    is_credit_text,
    is_no,
    is_no_claim,
    is_settled,
)
from parsers.sheets.debtors import country_code, is_plain_name, kind_of_word
from parsers.sheets.rowcells import ABSENT_WORDS
from parsers.sheets.skips import is_total_name

Values = Sequence[Any]

_CACHE_MAX = 100_000
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

    def __init__(self, rule: Callable[[Any], object]) -> None:
        super().__init__()
        self._rule = rule

    def __missing__(self, cell: Cell) -> object:
        if len(self) >= _CACHE_MAX:
            self.clear()
        made = self[cell] = self._rule(cell)
        return made


_is_plain_shape = {mark: Memory(pattern.fullmatch) for mark, pattern in PLAIN_AMOUNT.items()}


def texts(column: Sequence[Cell]) -> list[Any]:
    """Tidied texts; None where nothing is said."""
    text = joined(column)
    if text is None:
        read = [text_of(cell) for cell in column]
    else:
        read = list(map(str.strip, cast("Sequence[str]", column)))
        if "  " in text or not "".join(read).isprintable():
            read = list(map(tidy, read))
    return [text if text not in _NOTHING else None for text in read]


def identifiers(column: Sequence[Cell]) -> list[Any]:
    """Numbers that name something; odd where a spreadsheet may have altered them."""
    read = texts(column)
    text = joined(column)
    if text is None:
        return [text if _is_sound(cell) else ODD for cell, text in zip(column, read, strict=True)]
    if "+" in text:
        return [ODD if text and _SCIENTIFIC.search(text) else text for text in read]
    return read


def plain_cents(column: Sequence[Cell], mark: Mark) -> list[Any]:
    """Cents above zero."""
    if mark is Mark.CENTS:
        return [ODD] * len(column)
    text = joined(column)
    if text is not None and mark in PLAIN_AMOUNT and _are_plain_amounts(text, mark):
        cents = list(map(int, text.translate(WITHOUT_MARKS).split()))
        if len(cents) == len(column) and min(cents) > 0:
            return cents
    if set(map(type, column)) == {float}:
        amounts = cast("Sequence[float]", column)
        cents = [round(amount * 100) for amount in amounts if 0 < amount < _CENTS_BELOW]
        # Exactly the doubles that these cents are written as, as `_cents` demands it of each.
        if len(cents) == len(column) and min(cents) > 0 and [one / 100 for one in cents] == list(amounts):
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
    text = joined(column)
    if text is not None and _POSTCODES.fullmatch(text + "\n") and "\n\n" not in text:
        return column
    return [_postcode(cell) for cell in column]


def emails(column: Sequence[Cell]) -> list[Any]:
    """Addresses; None where there is none."""
    text = joined(column)
    if text is not None and _EMAILS.fullmatch(text + "\n"):
        return [cell or None for cell in column]
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
    return text if is_plain_name(text) and not is_total_name(text) else ODD


def plain_country(cell: Cell) -> object:
    """Germany, written in any way, or nothing; all others have rules of their own."""
    text = text_of(cell)
    if text in _NOTHING:
        return None
    return "DE" if country_code(text) == "DE" else ODD


def plain_kind(cell: Cell) -> object:
    """What a customer-type cell or a salutation says."""
    return kind_of_word(text_of(cell))


def plain_currency(cell: Cell) -> object:
    """Nothing to say where the currency is the euro."""
    text = text_of(cell)
    return None if text in _NOTHING or text.casefold() in EURO_WORDS else ODD


def plain_sign(cell: Cell) -> object:
    """Nothing to say where an amount is a debit."""
    return None if text_of(cell).casefold() in DEBIT_WORDS | {""} else ODD


def plain_status(cell: Cell, *, says_open: bool) -> object:
    """Nothing to say where a row is not settled."""
    return ODD if is_settled(text_of(cell), says_open=says_open) else None


def plain_document_type(cell: Cell) -> object:
    """Nothing to say where a row is an invoice."""
    return ODD if is_no_claim(text_of(cell)) else None


def plain_flag(cell: Cell) -> object:
    """Nothing to say where a mark is not set."""
    text = text_of(cell)
    return None if not text or is_no(text) else ODD


def plain_open_flag(cell: Cell) -> object:
    """Nothing to say where a row is marked as open."""
    text = text_of(cell)
    return ODD if text and is_no(text) else None


def plain_ground(cell: Cell) -> object:
    """What a claim is for; odd where the text is that of a credit or a payment."""
    text = text_of(cell)
    if text in _NOTHING:
        return None
    return ODD if is_credit_text(text) else text


def _is_sound(cell: Cell) -> bool:
    if isinstance(cell, str):
        return not _SCIENTIFIC.search(cell)
    return isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_INTEGER_MAX


def _cents(cell: Cell, mark: Mark) -> object:
    if isinstance(cell, str):
        pattern = PLAIN_AMOUNT.get(mark)
        if pattern is not None and pattern.fullmatch(cell):
            return int(cell.translate(WITHOUT_MARKS)) or ODD
        return int(cell) * 100 or ODD if cell.isascii() and cell.isdigit() and len(cell) < 10 else ODD
    if isinstance(cell, float) and 0 < cell < _CENTS_BELOW:
        cents = round(cell * 100)
        return cents if cents > 0 and cents / 100 == cell else ODD
    return ODD


def _are_plain_amounts(text: str, mark: Mark) -> bool:
    """Whether every line is a plain amount: all have few shapes, and each is looked at once."""
    return all(map(_is_plain_shape[mark].__getitem__, set(text.translate(DIGITS).split("\n"))))


def _postcode(cell: Cell) -> object:
    if isinstance(cell, str):
        return cell if _POSTCODE.fullmatch(cell) else ODD
    if isinstance(cell, float) and cell.is_integer() and 10_000 <= cell <= 99_999:
        return str(int(cell))
    return ODD
