"""The rows of a table, batch by batch: plain ones in bulk, all others strictly one by one."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, cast

import msgspec

from parsers.grids.cells import Batch, Cell, Grid, is_blank, text_of
from parsers.grids.delimited import breaks_in
from parsers.grids.fixed import FIXED
from parsers.problems import Code, Skip, make_problem, skip_text
from parsers.sheets.claim import read_claim
from parsers.sheets.fields import MAY_BE_CUT_OFF, Field
from parsers.sheets.layout import Layout
from parsers.sheets.plain import PlainRows
from parsers.sheets.repeats import Repeats, is_set
from parsers.sheets.rowcells import RowCells, Table, awaiting
from parsers.sheets.skips import Totals, skip_of
from parsers.sheets.survey import rows_below
from storage.records import Problem, RejectedRow, Row, RowItem, SkippedRow

_QUOTED_CHARACTERS = 40
# Texts without a delimiter, and what is wrong where a row of theirs has a cell too many.
_NO_DELIMITERS = {FIXED: Code.COLUMNS_OVERRUN, "=": Code.VALUE_TWICE, ":": Code.VALUE_TWICE}


class StrictRows:
    """Reads one row at a time with every rule; slow beside `PlainRows`, and the one that decides."""

    def __init__(self, table: Table, repeats: Repeats, totals: Totals) -> None:
        layout = self._layout = table.layout
        self._repeats = repeats
        self._totals = totals
        self._table = table
        self._skips = {skip: skip_text(skip, layout.language) for skip in Skip}
        asked = layout.hidden_question
        self._waiting_hidden = (awaiting(asked, layout.language),) if asked is not None else ()
        self._waiting = (awaiting(layout.blocking, layout.language),) if layout.blocking is not None else None

    @property
    def hidden(self) -> frozenset[int]:
        """The rows that wait for an answer because they are hidden."""
        return self._layout.hidden

    def read(self, number: int, cells: Sequence[Cell]) -> RowItem:
        """The item of one row."""
        swallowed = self._open_quote(number, cells)
        if swallowed is not None:
            return swallowed
        skip = skip_of(self._layout, cells, self._totals)
        if skip is not None:
            return SkippedRow(row=number, reason=self._skips[skip])
        if self._waiting is not None:
            return self._rejected(number, self._waiting, cells)
        if number in self._layout.hidden and self._layout.skips_hidden:
            return SkippedRow(row=number, reason=self._skips[Skip.HIDDEN])
        if number in self._layout.hidden:
            return self._rejected(number, self._waiting_hidden, cells)
        return self._misshapen(number, cells) or self._claim(number, cells)

    def _claim(self, number: int, cells: Sequence[Cell]) -> RowItem:
        reading = RowCells(self._table, number, cells)
        row = read_claim(reading)
        if row is None:
            return self._rejected(number, tuple(reading.problems), cells)
        other = self._repeats.other(number)
        if other > 0:
            reading.reject(Code.CONTRADICTORY_REPEAT, Field.INVOICE_NUMBER, row=other, own=number)
            return self._rejected(number, tuple(reading.problems), cells)
        if other < 0:
            reading.warn(Code.REPEATED_ROW, Field.INVOICE_NUMBER, row=-other)
        self._totals.add(row.amount.cents)
        return msgspec.structs.replace(row, warnings=tuple(reading.warnings)) if reading.warnings else row

    def _rejected(self, number: int, problems: tuple[Problem, ...], cells: Sequence[Cell]) -> RejectedRow:
        """A row that is not taken, with the invoice number that stands in it."""
        at = self._layout.columns.get(Field.INVOICE_NUMBER, len(cells))
        called = text_of(cells[at]) if at < len(cells) else ""
        return RejectedRow(row=number, problems=problems, invoice_number=called or None)

    def _open_quote(self, number: int, cells: Sequence[Cell]) -> RejectedRow | None:
        """A cell that has swallowed whole lines because its quotation mark was never closed."""
        layout = self._layout
        if layout.delimiter is None or "".join(cast("Sequence[str]", cells)).isprintable():
            return None
        for cell in cells:
            swallowed = isinstance(cell, str) and cell.count(layout.delimiter) >= layout.width - 1
            if swallowed and (breaks := breaks_in([cell])):
                text = " ".join(str(cell).split())[:_QUOTED_CHARACTERS]
                return self._reject(number, Code.OPEN_QUOTE, value=text, lines=breaks)
        return None

    def _misshapen(self, number: int, cells: Sequence[Cell]) -> RejectedRow | None:
        """A line of text that fell apart into too many or too few fields."""
        layout = self._layout
        if layout.delimiter is None:
            return None
        if len(cells) > layout.width and layout.delimiter in _NO_DELIMITERS:
            shown = text_of(cells[layout.width])[:_QUOTED_CHARACTERS]
            return self._reject(number, _NO_DELIMITERS[layout.delimiter], value=shown)
        facts = {"found": len(cells), "expected": layout.width, "delimiter": layout.delimiter}
        if len(cells) > layout.width and not is_blank(cells[layout.width :]):
            return self._reject(number, Code.CELLS_TOO_MANY, **facts)
        if len(cells) < layout.width and not layout.trims_rows and self._lacks_anything(len(cells)):
            return self._reject(number, Code.CELLS_TOO_FEW, **facts)
        return None

    def _lacks_anything(self, count: int) -> bool:
        """Whether a row of so many cells lacks one that is read, and that not every row has anyway."""
        columns = self._layout.columns.items()
        return any(index >= count and field not in MAY_BE_CUT_OFF for field, index in columns)

    def _reject(self, number: int, code: Code, **facts: Any) -> RejectedRow:
        return RejectedRow(row=number, problems=(make_problem(code, self._layout.language, **facts),))


def read_rows(grid: Grid, layout: Layout, repeats: Repeats, last_number: int) -> Iterator[list[RowItem]]:
    """All rows below the header up to `last_number`, in order, in lists."""
    totals = Totals()
    table = Table(layout)
    strict = StrictRows(table, repeats, totals)
    plain = PlainRows(table, repeats)
    for batch in rows_below(grid, layout.header_number):
        if batch.numbers[0] > last_number:
            return
        items = _items(batch, plain, strict, totals)
        if layout.ends_at is not None and batch.numbers[-1] > layout.ends_at:
            reason = skip_text(Skip.OTHER_TABLE, layout.language)
            start = bisect_right(batch.numbers, layout.ends_at)
            items[start:] = [SkippedRow(row=number, reason=reason) for number in batch.numbers[start:]]
        if batch.numbers[-1] > last_number:
            items = items[: bisect_right(batch.numbers, last_number)]
        yield items


def _items(batch: Batch, plain: PlainRows, strict: StrictRows, totals: Totals) -> list[RowItem]:
    rows = plain.read(batch)
    hidden = strict.hidden
    if hidden:
        rows = [None if number in hidden else row for number, row in zip(batch.numbers, rows, strict=True)]
    if None not in rows:
        taken = cast("list[Row]", rows)
        totals.add(sum([row.amount.cents for row in taken]))
        return cast("list[RowItem]", taken)
    items: list[RowItem] = []
    for number, cells, row in zip(batch.numbers, batch.rows, rows, strict=True):
        if row is None:
            items.append(strict.read(number, cells))
        else:
            totals.add(row.amount.cents)
            items.append(row)
    return items


def find_repeats(grid: Grid, layout: Layout, suspects: bytearray) -> Repeats:
    """Read only the rows under suspicion, and compare them."""
    if not suspects or layout.blocking is not None:
        return Repeats()
    table = Table(layout)
    strict = StrictRows(table, Repeats(), Totals())
    plain = PlainRows(table, Repeats())

    def suspected() -> Iterator[Row]:
        for batch in rows_below(grid, layout.header_number):
            places = [
                place
                for place, number in enumerate(batch.numbers)
                if is_set(suspects, number) and (layout.ends_at is None or number <= layout.ends_at)
            ]
            if places:
                part = Batch(
                    [batch.numbers[place] for place in places], [batch.rows[place] for place in places]
                )
                yield from (item for item in _items(part, plain, strict, Totals()) if isinstance(item, Row))

    return Repeats.among(suspected())
