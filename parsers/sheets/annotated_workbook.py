"""A workbook back: the sheet that was read, its values and number formats, the mistakes in colour."""

import io
import re
import warnings
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from parsers.defuse import defuse
from parsers.sheets.annotated_values import GENERAL, Shape, Value, read_values
from parsers.sheets.marks import Kept, Layout, Marks, bad_cells, lay_out
from storage.records import Problem

WIDTH_MIN, WIDTH_MAX, ERROR_WIDTH = 6, 48, 90
WIDTH_ROWS_MAX = 300
HEADER_ROW_FROZEN_MAX = 25
ROWS_ON_SCREEN = 20
TITLE_LENGTH_MAX = 31

_BAD, _BAD_FONT = PatternFill("solid", fgColor="FFFF9F99"), Font(color="FF8C0F08", bold=True)
_TOLD, _TOLD_FONT = PatternFill("solid", fgColor="FFFDE7E5"), Font(color="FF8C0F08")
_ERROR_HEAD, _ERROR_HEAD_FONT = PatternFill("solid", fgColor="FFB3261E"), Font(color="FFFFFFFF", bold=True)
_HEAD, _HEAD_FONT = PatternFill("solid", fgColor="FFE3E8EE"), Font(bold=True)
_HEAD_BORDER = Border(bottom=Side(style="thin", color="FF9AA6B4"))
_QUIET_FONT = Font(color="FF808A96", italic=True)
_NO_TITLE = re.compile(r"[\\*?:/\[\]']")


def annotated_workbook(path: Path, marks: Marks) -> bytes:
    """A new workbook with the one sheet that was read. Raises whatever a broken file makes a reader raise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl cannot keep is left out on purpose
        kept, shape = read_values(path, marks)
        return _written(kept, shape, marks)


def _written(kept: Kept, shape: Shape, marks: Marks) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    if shape.epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    book.properties.creator = marks.words.author
    sheet: Any = book.create_sheet(
        _NO_TITLE.sub(" ", marks.head.sheet or "")[:TITLE_LENGTH_MAX].strip() or None
    )
    header = next((cells for number, cells in kept.rows if number == marks.head.header_row), [])
    width = max((len(cells) for _, cells in kept.rows), default=0)
    layout = lay_out([str(cell.value or "") for cell in header], width, marks, whole=kept.whole)
    _set_widths(sheet, kept, layout)
    _set_view(sheet, kept, layout, marks)
    for number in shape.hidden if kept.whole else ():
        sheet.row_dimensions[number].hidden = True
    for column in shape.hidden_columns:
        letters = get_column_letter(column + (2 if layout.adds_row_column else 1))
        sheet.column_dimensions[letters].hidden = True
    pen = Pen(sheet, layout, marks, whole=kept.whole)
    for number, cells in kept.rows:
        sheet.append(pen.row(number, cells))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class Pen:
    """Writes the rows of one sheet."""

    def __init__(self, sheet: Any, layout: Layout, marks: Marks, *, whole: bool) -> None:
        self._sheet, self._layout, self._marks, self._whole = sheet, layout, marks, whole

    def row(self, number: int, cells: Sequence[Value]) -> list[Any]:
        """The cells of one row as they are written."""
        if number == self._marks.head.header_row:
            return self._header(cells)
        bad = bad_cells(number, self._layout, self._marks)
        told = self._layout.error_column
        row: list[Any] = [None] * max(len(cells), *(column + 1 for column in bad), 0, 0)
        for column, cell in enumerate(cells):
            row[column] = self._plain(cell)
        for column, problems in bad.items():
            row[column] = self._marked(cells[column] if column < len(cells) else Value(None), problems)
        if said := self._said(number, cells):
            row += [None] * (told + 1 - len(row))
            row[told] = said
        elif len(row) > told:
            row[told] = None
        return self._numbered(number, self._advised(row, self._marks.advised(number)))

    def _header(self, cells: Sequence[Value]) -> list[Any]:
        row: list[Any] = []
        for cell in cells:
            written = self._cell(cell)
            written.fill, written.font, written.border = _HEAD, _HEAD_FONT, _HEAD_BORDER
            row.append(written)
        column = self._layout.error_column
        row += [None] * (column + 1 - len(row))
        error = self._cell(Value(self._marks.words.error))
        error.fill, error.font = _ERROR_HEAD, _ERROR_HEAD_FONT
        error.comment = self._comment(self._marks.explained(whole=self._whole))
        row[column] = error
        row = self._advised(row, self._marks.words.advice)
        if self._layout.adds_row_column:
            first = self._cell(Value(self._marks.words.row))
            first.fill, first.font, first.border = _HEAD, _HEAD_FONT, _HEAD_BORDER
            row.insert(0, first)
        return row

    def _advised(self, row: list[Any], text: str) -> list[Any]:
        column = self._layout.advice_column
        if column is None or (not text and len(row) <= column):
            return row
        row += [None] * (column + 1 - len(row))
        row[column] = self._cell(Value(text)) if text else None
        return row

    def _numbered(self, number: int, row: list[Any]) -> list[Any]:
        return [number, *row] if self._layout.adds_row_column else row

    def _said(self, number: int, cells: Sequence[Value]) -> Any:
        marks = self._marks
        if told := marks.told(number):
            cell = self._cell(Value(told))
            cell.fill, cell.font = _TOLD, _TOLD_FONT
            return cell
        if number in marks.skipped and cells:
            cell = self._cell(Value(f"{marks.words.skipped}: {marks.skipped[number]}"))
            cell.font = _QUIET_FONT
            return cell
        return None

    def _marked(self, cell: Value, problems: Sequence[Problem]) -> Any:
        written = self._cell(cell)
        written.fill, written.font = _BAD, _BAD_FONT
        written.comment = self._comment("\n".join(f"{p.message}\n{p.fix}" for p in problems))
        return written

    def _plain(self, cell: Value) -> Any:
        """Most cells need no style, and are then written as they are."""
        if cell.value is None or (cell.number_format == GENERAL and not isinstance(cell.value, str)):
            return cell.value
        if isinstance(cell.value, str) and cell.number_format == GENERAL and _is_harmless(cell.value):
            return cell.value
        return self._cell(cell)

    def _cell(self, cell: Value) -> Any:
        """A cell whose text stays text: no formula, however it begins."""
        value = _printable(cell.value) if isinstance(cell.value, str) else cell.value
        written = WriteOnlyCell(self._sheet, value=value)
        if isinstance(value, str):
            written.data_type = "e" if cell.is_error else "s"
            written.quotePrefix = defuse(value) != value
        if cell.number_format != GENERAL:
            written.number_format = cell.number_format
        return written

    def _comment(self, text: str) -> Any:
        return Comment(_printable(text), self._marks.words.author, height=110, width=340)


def _is_harmless(text: str) -> bool:
    return text.isprintable() and text[:1] not in {"=", "+", "-", "@", "#", " "}


def _printable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def _set_widths(sheet: Any, kept: Kept, layout: Layout) -> None:
    widths: dict[int, int] = {}
    for _, cells in kept.rows[:WIDTH_ROWS_MAX]:
        for column, cell in enumerate(cells):
            widths[column] = max(widths.get(column, WIDTH_MIN), _width(cell.value))
    widths[layout.error_column] = ERROR_WIDTH
    if layout.advice_column is not None:
        widths[layout.advice_column] = WIDTH_MAX
    shift = 2 if layout.adds_row_column else 1
    for column, width in widths.items():
        letters = get_column_letter(column + shift)
        sheet.column_dimensions[letters].width = width if width == ERROR_WIDTH else min(width + 2, WIDTH_MAX)


def _width(value: Any) -> int:
    if isinstance(value, datetime | date | time | timedelta):
        return 10
    return len(str(value)) if value is not None else 0


def _set_view(sheet: Any, kept: Kept, layout: Layout, marks: Marks) -> None:
    """The header stays in sight and the first mistake is in sight at once."""
    header = marks.head.header_row or 0
    place = {number: index for index, (number, _) in enumerate(kept.rows, 1)}
    top = place.get(header, 0)
    first = next((place[row] for row in sorted(marks.problems) if row in place), top + 1)
    row = next((row for row in sorted(marks.problems) if row in place), 0)
    columns = sorted(bad_cells(row, layout, marks)) or [layout.error_column]
    target = f"{get_column_letter(columns[0] + (2 if layout.adds_row_column else 1))}{first}"
    if 0 < top <= HEADER_ROW_FROZEN_MAX:
        sheet.freeze_panes = f"A{top + 1}"
        if first > top + ROWS_ON_SCREEN:
            sheet.sheet_view.pane.topLeftCell = f"A{first - 3}"
    selection = sheet.sheet_view.selection[-1]
    selection.activeCell = selection.sqref = target
