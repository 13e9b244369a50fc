"""A text that stops in the middle of its last line, as a broken transfer leaves it.

Many good files have no line end at their end, so that alone proves nothing. But half an amount still
looks like one (`1.234` of `1.234,56`), and half a year like a short one: where the last cell has lost
what every other cell of its column has, its row is not taken.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from parsers.documents import Piece
from parsers.grids.cells import Cell, Grid, is_blank, text_of
from parsers.grids.kinds import MARKUP_TYPES
from parsers.problems import Code, make_problem
from parsers.sheets.amounts import Mark
from parsers.sheets.fields import DATE_FIELDS, MONEY_FIELDS, ROW_PATHS, Field
from parsers.sheets.layout import Layout
from parsers.sheets.survey import Survey
from storage.records import RejectedRow, Row

_END_BYTES = 1_200
_LINE_ENDS = ("\n", "\r", "\x1a")
_TAG_END = (">", *_LINE_ENDS)
_MONEY_MIN, _OTHERS_MIN = 2, 3  # cells above that must be alike before the last one is doubted
_CENTS_DIGITS = 2
_DECIMALS = re.compile(r"[.,](\d{1,2}|-{1,2}|—)(?!\d)")
_SIDE = re.compile(r"(?i)\d\s*(?:s|h|soll|haben|dr|cr)$")
_DIGITS = re.compile(r"\d+")
_WEIGHTY = frozenset(
    {Field.AMOUNT, Field.DEBIT, Field.INVOICE_NUMBER, Field.INVOICE_DATE, Field.DUE_DATE, Field.POSTCODE}
)
_NUMBERS = frozenset({Field.NUMBER, Field.INVOICE_NUMBER, Field.POSTCODE, Field.IBAN, Field.TERMS})


class CutOff(NamedTuple):
    """The row that a text seems to stop in, with the field and the text of its last cell."""

    row: int
    field: Field
    value: str

    def refused(self, item: Row | RejectedRow, layout: Layout) -> RejectedRow:
        """The row as it is answered: without an invoice number, for more rows may have been lost with it.

        So no claim that is not in the list counts as missing from it.
        """
        if isinstance(item, RejectedRow):
            return msgspec.structs.replace(item, invoice_number=None)
        path = ROW_PATHS.get(self.field, self.field.value)
        facts = {"column": layout.name(self.field)} if layout.name(self.field) else {}
        problem = make_problem(Code.CUT_OFF, layout.language, field=path, value=self.value, **facts)
        return RejectedRow(row=self.row, problems=(problem,))


def cut_off_row(piece: Piece, grid: Grid, layout: Layout, survey: Survey, *, width: int) -> CutOff | None:
    """Where a text stops in the middle of a row. None of a workbook.

    The first `width` cells of a row are its own; those beyond have come from master data.
    """
    is_markup = piece.media_type in MARKUP_TYPES
    tail = survey.tail
    if (layout.delimiter is None and not is_markup) or len(tail) < _MONEY_MIN:
        return None
    end = _end_of(piece.path, grid.encoding)
    if not end or end.endswith(_TAG_END if is_markup else _LINE_ENDS):
        return None
    row, others = tail[-1][:width], [one for one in tail[:-1] if not is_blank(one)]
    at = _last_cell(row, end.rstrip(f' \t"{layout.delimiter or ""}'))
    own = [(field, index) for field, index in layout.columns.items() if index < width]
    for field, index in own:
        above = [text for one in others if index < len(one) and (text := text_of(one[index]))]
        if index == at and _is_shorter(layout, field, text_of(row[at]), above):
            return CutOff(survey.last_number, field, text_of(row[at]))
        is_gone = index >= len(row) or is_blank([row[index]])
        if index > at >= 0 and is_gone and field in _WEIGHTY and _OTHERS_MIN <= len(above) == len(others):
            return CutOff(survey.last_number, field, "")
    return None


def _end_of(path: Path, encoding: str | None) -> str:
    """The last characters of a text; of two bytes a letter only the one that plain letters have."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_BYTES))
        end = file.read()
    if (encoding or "").startswith(("utf-16", "utf-32")):
        return end.replace(b"\0", b"").decode("latin-1")
    return end.decode(encoding or "utf-8", "replace").rstrip("\0 \t")


def _last_cell(row: Sequence[Cell], end: str) -> int:
    """The cell that a text ends with; -1 where none is found. What was added to the row does not count."""
    texts = ((str(cell).strip(), place) for place, cell in enumerate(row))
    found = [(len(text), place) for text, place in texts if text and end.endswith(text)]
    return max(found)[1] if found else -1


def _is_shorter(layout: Layout, field: Field, last: str, others: Sequence[str]) -> bool:
    """Whether the last cell of a column lacks what all others have."""
    if field in MONEY_FIELDS and layout.mark(field) is not Mark.CENTS:
        return _has_less_money(last, [one for one in others if _DIGITS.search(one)])
    if len(others) < _OTHERS_MIN:
        return False
    if field in DATE_FIELDS:
        return _has_less_date(last, others)
    return field in _NUMBERS | MONEY_FIELDS and _has_less_number(last, others)


def _has_less_money(last: str, others: Sequence[str]) -> bool:
    """Fewer decimals than all others, or without the S or H that all others have."""
    if len(others) < _MONEY_MIN:
        return False
    decimals = set(map(_decimals, others))
    has_sides = all(map(_SIDE.search, others))
    return (len(decimals) == 1 and _decimals(last) < min(decimals)) or (
        has_sides and _SIDE.search(last) is None
    )


def _decimals(text: str) -> int:
    found = _DECIMALS.findall(text)
    if not found:
        return 0
    return len(found[-1]) if found[-1].isdigit() else _CENTS_DIGITS  # `12,-`


def _has_less_date(last: str, others: Sequence[str]) -> bool:
    """Another form than all others, or fewer digits at its end."""
    forms = {_DIGITS.sub("9", text) for text in others}
    if len(forms) != 1:
        return False
    form = _DIGITS.sub("9", last)
    if form not in forms:
        return next(iter(forms)).startswith(form)
    return _digits_at_end(last) < min(map(_digits_at_end, others))


def _has_less_number(last: str, others: Sequence[str]) -> bool:
    """Shorter than all others, which are of one length."""
    lengths = set(map(len, others))
    return len(lengths) == 1 and len(last) < lengths.pop()


def _digits_at_end(text: str) -> int:
    found = _DIGITS.findall(text)
    return len(found[-1]) if found else 0
