"""ODS: what the XML of a sheet shows beside its values, and how far its repeated cells reach."""

import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from parsers.grids.container import ContainerError, check_range, directory
from parsers.grids.looks import COLUMNS_MAX, Looks, Seen, looks_among

_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_SHEET, _ROW, _COLUMN = f"{_TABLE}table", f"{_TABLE}table-row", f"{_TABLE}table-column"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_GROUPS = frozenset({f"{_TABLE}table-row-group", f"{_TABLE}table-column-group"})
_HIDING = frozenset({"collapse", "filter"})
_CHUNK_BYTES = 1 << 18
_EURO = "EUR"


class OpenDocument:
    """A workbook of OpenDocument. It writes days as dates, so that no epoch matters."""

    epoch_1904 = False

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename: member for member in directory(archive)}
            if _MANIFEST in members and _is_encrypted(archive.read(_MANIFEST)):
                raise ContainerError("encrypted")
            if _CONTENT not in members:
                raise ContainerError("damaged", detail=_CONTENT)
            with archive.open(_CONTENT) as xml:
                self._sheets = _Scan().run(xml)

    def looks(self, sheet: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """See `Showing`."""
        return looks_among(self._sheets, sheet, columns, amounts)


def _is_encrypted(manifest: bytes) -> bool:
    return b"encryption-data" in manifest


class _Scan:
    """The sheets while their XML streams by. Rows and cells that repeat are counted, not written out."""

    def __init__(self) -> None:
        self._sheets: dict[str, Seen] = {}
        self._seen = Seen()
        self._depth = 0  # of tables: one inside a cell is no sheet
        self._groups: list[bool] = []
        self._row, self._rows_repeated = 0, 1
        self._column, self._columns_declared = 0, 0
        self._is_hidden = self._is_filled = False

    def run(self, xml: IO[bytes]) -> dict[str, Seen]:
        """What was seen of each sheet. Raises ContainerError."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            while chunk := xml.read(_CHUNK_BYTES):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as fault:
            raise ContainerError("damaged", detail=str(fault)) from None
        return self._sheets

    def _start(self, name: str, said: dict[str, str]) -> None:
        if name in _CELLS:
            self._cell(said)
        elif name == _ROW:
            self._row_begins(said)
        elif name == _COLUMN:
            count = _count(said, "columns")
            if said.get(f"{_TABLE}visibility") in _HIDING or any(self._groups):
                self._seen.hide_columns(self._columns_declared, self._columns_declared + count - 1)
            self._columns_declared += count
        elif name == _SHEET:
            self._depth += 1
            if self._depth == 1:
                self._seen = self._sheets.setdefault(said.get(f"{_TABLE}name", ""), Seen())
                self._row = self._columns_declared = 0
        elif name in _GROUPS:
            self._groups.append(said.get(f"{_TABLE}display") == "false")

    def _end(self, name: str) -> None:
        if name == _ROW and self._depth == 1:
            if self._is_filled:
                last = self._row + self._rows_repeated - 1
                self._seen.reach(last, self._seen.columns - 1)
                check_range(self._seen.used)
                if self._is_hidden:
                    self._seen.hidden.update(range(self._row, last + 1))
            self._row += self._rows_repeated - 1
        elif name == _SHEET:
            self._depth -= 1
        elif name in _GROUPS and self._groups:
            self._groups.pop()

    def _row_begins(self, said: dict[str, str]) -> None:
        if self._depth == 1:
            self._row += 1
            self._column = 0
            self._rows_repeated = _count(said, "rows")
            self._is_filled = False
            self._is_hidden = said.get(f"{_TABLE}visibility") in _HIDING or any(self._groups)

    def _cell(self, said: dict[str, str]) -> None:
        if self._depth != 1:
            return
        first, count = self._column, _count(said, "columns")
        self._column += count
        kind = said.get(f"{_CALC}value-type") or said.get(f"{_OFFICE}value-type")
        if kind is None:
            return
        self._is_filled = True
        self._seen.reach(self._row + self._rows_repeated - 1, self._column - 1)
        currency = said.get(f"{_OFFICE}currency", _EURO).upper()
        if kind != "error" and currency == _EURO:
            return
        check_range(self._seen.used)
        for row in range(self._row, self._row + self._rows_repeated):
            for column in range(first, min(first + count, COLUMNS_MAX)):
                if kind == "error":
                    self._seen.error(row, column)
                else:
                    self._seen.foreign(row, column, currency)


def _count(said: dict[str, str], what: str) -> int:
    """How often a row, column or cell is repeated."""
    text = said.get(f"{_TABLE}number-{what}-repeated", "1")
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 12 else 1
