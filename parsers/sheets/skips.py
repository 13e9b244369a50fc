"""Rows that are no claims: blanks, totals, remarks, headers that are repeated on every page."""

import re
from collections.abc import Sequence

from parsers.grids.cells import Cell, text_of, tidy
from parsers.problems import Skip
from parsers.sheets.amounts import Fault, parse_amount
from parsers.sheets.fields import MONEY_FIELDS, Field
from parsers.sheets.layout import Layout

_TOTAL = re.compile(
    r"(?i)(?:(?:zwischen|gesamt|end|teil|monats|kunden|konto|tages|seiten)?-? ?(?:summen?|saldo|total|"
    r"übertrag)\b|gesamt(?:betrag|forderung|offen)?\b|(?:sub|grand )?-? ?totals?\b|sum\b|"
    r"balance (?:carried|brought) forward|Σ|∑|insgesamt\b|\*{1,3}$)"
)
_TOTAL_NAMES = frozenset(
    {"summe", "gesamt", "gesamtsumme", "zwischensumme", "total", "saldo", "übertrag", "gesamtergebnis", "sum",
     "subtotal", "grand total", "teilsumme", "endsumme", "gesamtbetrag", "insgesamt", "summe gesamt",
     "ergebnis"}
)  # fmt: skip
_RULE = re.compile(r"[-=_*.~ ]+")
_NAMING = (Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE, Field.NUMBER)


class Totals:
    """Running sums, so that a row of bare amounts can be told for the total that it is."""

    def __init__(self) -> None:
        self._all = 0
        self._section = 0

    def add(self, cents: int) -> None:
        """Count the amount of a row that was taken."""
        self._all += cents
        self._section += cents

    def is_total(self, cents: int) -> bool:
        """Whether an amount is what the rows above add up to."""
        return cents != 0 and cents in (self._all, self._section)

    def close_section(self) -> None:
        """A total has been passed: the next subtotal starts from here."""
        self._section = 0


def skip_of(layout: Layout, cells: Sequence[Cell], totals: Totals) -> Skip | None:
    """Why a row is no claim; None where it is one, or should be."""
    if _is_claim(layout, cells):
        return None
    filled = {
        index: text_of(cell)
        for index, cell in enumerate(cells)
        if index not in layout.ours and (not isinstance(cell, str) or cell.strip())
    }
    if not filled or all(_RULE.fullmatch(text) for text in filled.values()):
        return Skip.BLANK
    if _is_header(layout, filled):
        return Skip.HEADER
    if _is_labelled_total(layout, filled) or _is_bare_total(layout, cells, filled, totals):
        totals.close_section()
        return Skip.TOTAL
    if len(filled) == 1 and not _is_only_amount(layout, filled):
        return Skip.REMARK
    return None


def is_total_label(text: str) -> bool:
    """Whether a text announces a sum or a carry-over."""
    return _TOTAL.match(text) is not None


def is_total_name(name: str) -> bool:
    """Whether what stands in the place of a debtor's name is nothing but a word for a sum."""
    word = name.casefold().strip(" :.*")
    return word in _TOTAL_NAMES or word.endswith(" ergebnis")


def _is_claim(layout: Layout, cells: Sequence[Cell]) -> bool:
    """Whether a row names an invoice or a day and an amount: the quick answer for nearly all rows."""
    size, columns = len(cells), layout.columns
    for field in (Field.NAME, Field.COMPANY):
        index = columns.get(field, size)
        if index < size and cells[index] and is_total_name(text_of(cells[index])):
            return False
    amount = columns.get(Field.AMOUNT, size)
    if amount >= size or not any(map(str.isdigit, str(cells[amount]))):
        return False
    for field in _NAMING:
        index = columns.get(field, size)
        if index < size and cells[index] != "":
            text = text_of(cells[index])
            if text and not _TOTAL.match(text) and not _RULE.fullmatch(text):
                return True
    return False


def _is_header(layout: Layout, filled: dict[int, str]) -> bool:
    header = layout.header
    same = sum(1 for index, text in filled.items() if index < len(header) and tidy(header[index]) == text)
    return len(filled) > 1 and same * 5 >= len(filled) * 4


def _is_labelled_total(layout: Layout, filled: dict[int, str]) -> bool:
    labels = [index for index, text in filled.items() if _TOTAL.match(text)]
    names = [layout.columns.get(field) for field in (Field.NAME, Field.COMPANY)]
    if any(index in filled and is_total_name(filled[index]) for index in names if index is not None):
        return True
    if not labels:
        return False
    naming = (layout.columns.get(field) for field in _NAMING)
    return all(index is None or index not in filled or index in labels for index in naming)


def _is_bare_total(layout: Layout, cells: Sequence[Cell], filled: dict[int, str], totals: Totals) -> bool:
    if not _is_only_amount(layout, filled):
        return False
    index = layout.columns[Field.AMOUNT]
    if index not in filled:
        return False
    cents = parse_amount(cells[index], layout.mark(Field.AMOUNT))
    return cents is not None and not isinstance(cents, Fault) and totals.is_total(cents)


def _is_only_amount(layout: Layout, filled: dict[int, str]) -> bool:
    money = {index for field, index in layout.columns.items() if field in MONEY_FIELDS}
    return Field.AMOUNT in layout.columns and filled.keys() <= money
