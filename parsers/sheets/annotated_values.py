"""The values of the sheet that was read, with what of its look is cheap to have.

A short sheet is read by openpyxl, which knows every cell's number format. A longer one is read by
calamine, many times faster, and takes the formats of its columns from the first rows below the
header; of a very long one, where only the rows to mend come back, the values alone are read.
"""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import openpyxl
import python_calamine as calamine

from parsers.grids.cells import EXACT_INTEGER_MAX
from parsers.grids.container import names_of
from parsers.grids.kinds import HTML_TYPE, KINDS, MARKUP_TYPES
from parsers.grids.markup import MarkupBook, MarkupSheet
from parsers.grids.openxml import looks_of
from parsers.grids.workbook import SHOWING, reader_faults
from parsers.sheets.marks import Kept, Marks, keep

GENERAL = "General"
ROWS_FORMATTED_MAX = 1_000
ROWS_SAMPLED_MAX = 20
DAY_FORMAT, MOMENT_FORMAT = "dd.mm.yyyy", "dd.mm.yyyy hh:mm"

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_CHUNK_BYTES = 1 << 20


class Value(NamedTuple):
    """What a cell holds and how it is shown."""

    value: Any
    number_format: str = GENERAL
    is_error: bool = False  # #NAME? and its like, which are no text


class Shape(NamedTuple):
    """How many rows a sheet has, what of it its sender does not see, and from when days count."""

    rows: int = 0
    hidden: frozenset[int] = frozenset()
    epoch_1904: bool = False
    hidden_columns: frozenset[int] = frozenset()


def read_values(path: Path, marks: Marks) -> tuple[Kept, Shape]:
    """The rows that come back, and what of the sheet's shape has to stay as it was. Raises ContainerError."""
    with reader_faults():
        return _read_values(path, marks)


def _read_values(path: Path, marks: Marks) -> tuple[Kept, Shape]:
    if marks.head.media_type in MARKUP_TYPES:
        sheet = MarkupBook(path, is_html=marks.head.media_type == HTML_TYPE).sheet(marks.head.sheet or "")
        shape = Shape(hidden=sheet.looks.hidden, hidden_columns=sheet.looks.hidden_columns)
        return keep(_markup_values(sheet), marks), shape
    if _WORKBOOK not in names_of(path):
        return keep(_values(path, marks, {}), marks), _shape_of_another(path, marks)
    shape = _shape(path, marks.head.sheet or "")
    if shape.rows <= min(ROWS_FORMATTED_MAX, marks.rows_whole_max):
        return keep(enumerate(_formatted(path, marks), 1), marks), shape
    formats = _column_formats(path, marks) if shape.rows <= marks.rows_whole_max else {}
    return keep(_values(path, marks, formats), marks), shape


def _formatted(path: Path, marks: Marks, rows_max: int | None = None) -> Iterator[list[Value]]:
    with path.open("rb") as file:  # by its name alone openpyxl would refuse a file without an ending
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            sheet: Any = book[marks.head.sheet or ""]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(max_row=rows_max):
                yield _trimmed([_formatted_value(cell) for cell in row])
        finally:
            book.close()


def _formatted_value(cell: Any) -> Value:
    if cell.value is None:
        return Value(None)
    return Value(cell.value, cell.number_format, cell.data_type == "e")


def _column_formats(path: Path, marks: Marks) -> dict[int, str]:
    """The number format that a column's first number or date has; identifiers as text stay text too."""
    header = marks.head.header_row or 0
    formats: dict[int, str] = {}
    for row in islice(_formatted(path, marks, header + ROWS_SAMPLED_MAX), header, None):
        for column, cell in enumerate(row):
            if cell.number_format != GENERAL:
                formats.setdefault(column, cell.number_format)
    return formats


def _values(path: Path, marks: Marks, formats: dict[int, str]) -> Iterator[tuple[int, list[Value]]]:
    with reader_faults(), calamine.CalamineWorkbook.from_path(path) as book:
        sheet = book.get_sheet_by_name(marks.head.sheet or "")
        left = [Value(None)] * (sheet.start[1] if sheet.start else 0)
        for number, row in enumerate(sheet.iter_rows(), 1):
            cells = [_value(cell, formats.get(column)) for column, cell in enumerate(row, len(left))]
            yield number, _trimmed(left + cells)


def _markup_values(sheet: MarkupSheet) -> Iterator[tuple[int, list[Value]]]:
    for batch in sheet.batches():
        for number, row in zip(batch.numbers, batch.rows, strict=True):
            yield number, _trimmed([_value(cell, None) for cell in row])


def _value(cell: Any, number_format: str | None) -> Value:
    if cell == "":
        return Value(None)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_INTEGER_MAX:
        return Value(int(cell), number_format or GENERAL)
    if isinstance(cell, datetime) and cell.time() != time():
        return Value(cell, number_format or MOMENT_FORMAT)
    if isinstance(cell, date):
        return Value(cell, number_format or DAY_FORMAT)
    return Value(cell, number_format or GENERAL)


def _trimmed(cells: list[Value]) -> list[Value]:
    while cells and cells[-1].value is None:
        cells.pop()
    return cells


def _shape(path: Path, sheet: str) -> Shape:
    """From the XML itself, because a sheet's dimension element may claim anything."""
    last, hidden, rest = 0, set(), b""
    with zipfile.ZipFile(path) as archive:
        book = ET.fromstring(archive.read(_WORKBOOK))  # noqa: S314 - this expat stops entity bombs
        with archive.open(_member(archive, book, sheet)) as xml:
            while chunk := xml.read(_CHUNK_BYTES):
                piece = rest + chunk
                for match in _ROW.finditer(piece):
                    number = _ROW_NUMBER.search(match[1])
                    last = int(number[1]) if number else last + 1
                    if _HIDDEN.search(match[1]):
                        hidden.add(last)
                cut = piece.rfind(b"<")
                rest = piece[cut:] if cut > piece.rfind(b">") else b""
    epoch_1904 = any(element.get("date1904") in {"1", "true"} for element in book.iter())
    looks = looks_of(path, sheet, frozenset(), frozenset())
    return Shape(last, frozenset(hidden), epoch_1904, looks.hidden_columns)


def _shape_of_another(path: Path, marks: Marks) -> Shape:
    """Of a workbook that is no XLSX: what is hidden stays hidden in the copy."""
    kind = KINDS.get(marks.head.media_type or "")
    if kind is None:
        return Shape()
    looks = SHOWING[kind](path).looks(marks.head.sheet or "", frozenset(), frozenset())
    return Shape(hidden=looks.hidden, hidden_columns=looks.hidden_columns)


def _member(archive: zipfile.ZipFile, book: ET.Element, sheet: str) -> str:
    """Where in the container a sheet's XML lies: the workbook names a relation, that one the place."""
    relation = next(
        value
        for element in book.iter()
        if element.tag.endswith("}sheet") and element.get("name") == sheet
        for name, value in element.items()
        if name.endswith("}id")
    )
    relations = ET.fromstring(archive.read(_RELATIONS))  # noqa: S314 - as above
    target = next(str(element.get("Target")) for element in relations if element.get("Id") == relation)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
