"""XLS (BIFF5 and BIFF8): what the records of a workbook show beside its values.

A workbook is one stream of records, each a number, a length and that many bytes; first those of the
whole, then those of each sheet, at the place that the first part names.
"""

import codecs
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from parsers.grids.compound import workbook_stream
from parsers.grids.container import ContainerError, check_range
from parsers.grids.looks import Looks, Seen, foreign_currency, looks_among

_BOF, _EOF = 0x809, 0x0A
_BIFF8 = 0x600
_FILE_PASS = 0x2F
_BOUND_SHEET, _DATE_MODE, _CODE_PAGE, _FORMAT, _XF = 0x85, 0x22, 0x42, 0x41E, 0xE0
_CODE_PAGES = {10_000: "mac_roman", 32_768: "mac_roman", 32_769: "cp1252"}
_ROW, _COLUMN_INFO, _FORMULA, _ERROR, _DIMENSIONS = 0x208, 0x7D, 0x06, 0x205, 0x200
_NUMBERS = 0xBD  # several in a run of cells
_CELLS = frozenset({0x203, 0x27E, 0x204, 0xFD, 0xD6, _FORMULA, _ERROR, _NUMBERS})
_FOREIGN = frozenset({0x203, 0x27E, _NUMBERS, _FORMULA})
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_SHEETS_MAX = 1_000
_CELLS_MAX = 6_000_000  # the reader of values takes 72 bytes for each, twice as many as of XLSX


class _Record(NamedTuple):
    kind: int
    start: int
    size: int


class Biff:
    """A workbook of records."""

    def __init__(self, path: Path) -> None:
        self.epoch_1904 = False
        self._stream = workbook_stream(path)
        self._places: dict[str, int] = {}
        self._formats: dict[int, str] = {}
        self._styles: dict[int, str] = {}
        self._is_biff8 = False
        self._encoding = "cp1252"
        self._read_book()
        self._sheets = {name: self._scan(place) for name, place in self._places.items()}

    def looks(self, sheet: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """See `Showing`."""
        return looks_among(self._sheets, sheet, columns, amounts)

    def _read_book(self) -> None:
        """The part before the sheets."""
        stream, styles = self._stream, 0
        for record in self._records(0):
            kind, start, size = record
            if kind == _BOF and start == 4 and size >= 2:
                self._is_biff8 = _number(stream, start) == _BIFF8
            elif kind == _FILE_PASS:
                raise ContainerError("encrypted")
            elif kind == _DATE_MODE and size >= 2:
                self.epoch_1904 = _number(stream, start) == 1
            elif kind == _CODE_PAGE and size >= 2:
                self._encoding = _codec(_number(stream, start))
            elif kind == _BOUND_SHEET and size >= 8 and len(self._places) < _SHEETS_MAX:
                (place,) = struct.unpack_from("<I", stream, start)
                self._places.setdefault(self._short_text(start + 6, start + size), place)
            elif kind == _FORMAT and size >= 3:
                shown = self._format_text(start + 2, start + size)
                self._formats[_number(stream, start)] = shown
            elif kind == _XF and size >= 4:
                currency = foreign_currency(self._formats.get(_number(stream, start + 2), ""))
                if currency is not None:
                    self._styles[styles] = currency
                styles += 1

    def _scan(self, place: int) -> Seen:
        stream, seen = self._stream, Seen()
        for kind, start, size in self._records(place):
            if kind in _CELLS and size >= 6:
                row, column, style = struct.unpack_from("<HHH", stream, start)
                last = _number(stream, start + size - 2) if kind == _NUMBERS else column
                seen.reach(row + 1, max(last, column))
                if kind in _FOREIGN and self._styles:
                    self._see_foreign(seen, _Record(kind, start, size), row + 1, column, style)
                if (kind == _ERROR and size >= 8 and stream[start + 7]) or (
                    kind == _FORMULA and size >= 14 and _is_error(stream[start + 6 : start + 14])
                ):
                    seen.error(row + 1, column)
            elif kind == _ROW and size >= 16:
                if stream[start + 12] & _HIDDEN_ROW:
                    seen.hidden.add(_number(stream, start) + 1)
            elif kind == _DIMENSIONS and size >= 12:
                seen.reach(*self._dimensions(start, size))
            elif kind == _COLUMN_INFO and size >= 10:
                first, last = struct.unpack_from("<HH", stream, start)
                if stream[start + 8] & _HIDDEN_COLUMN:
                    seen.hide_columns(first, last)
        check_range(seen.used, _CELLS_MAX)
        return seen

    def _dimensions(self, start: int, size: int) -> tuple[int, int]:
        """The last row and column that a sheet claims to have: memory is set aside for all of it."""
        if size >= 14:  # BIFF8 counts rows in four bytes
            rows, _, columns = struct.unpack_from("<IHH", self._stream, start + 4)
        else:
            rows, _, columns = struct.unpack_from("<HHH", self._stream, start + 2)
        return int(rows), int(columns) - 1

    def _see_foreign(self, seen: Seen, record: _Record, row: int, column: int, style: int) -> None:
        if record.kind != _NUMBERS:
            if style in self._styles:
                seen.foreign(row, column, self._styles[style])
            return
        for at in range(record.start + 4, record.start + record.size - 7, 6):
            style = _number(self._stream, at)
            if style in self._styles:
                seen.foreign(row, column + (at - record.start - 4) // 6, self._styles[style])

    def _records(self, place: int) -> Iterator[_Record]:
        """The records from a place to the end of its part; a chart inside is passed over."""
        stream, depth = self._stream, 0
        end = len(stream) - 4
        while 0 <= place <= end:
            kind, size = struct.unpack_from("<HH", stream, place)
            start = place + 4
            place = start + size
            if place > len(stream):
                return
            depth += (kind == _BOF or depth == 0) - (kind == _EOF)
            if depth <= 0:
                return
            if depth == 1:
                yield _Record(kind, start, size)

    def _short_text(self, start: int, end: int) -> str:
        """A text after its length in one byte, in BIFF8 with a byte that says how wide its characters are."""
        length, start = self._stream[start], start + 1
        if not self._is_biff8:
            return self._stream[start : min(end, start + length)].decode(self._encoding, "replace")
        return self._wide_text(start, end, length)

    def _format_text(self, start: int, end: int) -> str:
        if not self._is_biff8:
            return self._short_text(start, end)
        return self._wide_text(start + 2, end, _number(self._stream, start)) if end >= start + 3 else ""

    def _wide_text(self, start: int, end: int, length: int) -> str:
        if start >= end:
            return ""
        is_wide = self._stream[start] & 1
        text = self._stream[start + 1 : min(end, start + 1 + length * (1 + is_wide))]
        return text.decode("utf-16-le" if is_wide else "latin-1", "replace")


def _codec(code_page: int) -> str:
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return "cp1252"
    return name


def _is_error(result: bytes) -> bool:
    """Whether the stored result of a formula is an error."""
    return result[6:] == b"\xff\xff" and result[0] == 2


def _number(stream: bytes, start: int) -> int:
    return stream[start] | stream[start + 1] << 8
