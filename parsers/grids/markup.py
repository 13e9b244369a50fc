"""Tables in HTML, and spreadsheets in the XML of Excel 2003: what web shops like to call `.xls`.

Read as a stream, again for each pass. Nothing outside the file is loaded and no entity is resolved.
Each table or worksheet is a sheet; what is not shown is hidden, as in a workbook.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from parsers.grids.cells import ROWS_A_BATCH, Batch, Cell
from parsers.grids.container import SHEET_COLUMNS_MAX, ContainerError
from parsers.grids.encoding import detect_encoding
from parsers.grids.looks import Looks, Seen

TABLES_MAX = 100
_EXCEL = "{urn:schemas-microsoft-com:office:spreadsheet}"
_SHEET, _ROW, _CELL, _DATA, _COLUMN = (
    f"{_EXCEL}{name}" for name in ("Worksheet", "Row", "Cell", "Data", "Column")
)
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_UNSEEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)")
_CELLS = frozenset({"td", "th"})
_TEXTLESS = frozenset({"script", "style", "table"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_NUMBER_MAX = 1 << 20

# HTML says in its head how it is written, or nowhere; then the names of libxml2 for what we find.
_CODECS = {"utf-8-sig": "utf-8", "cp1252": "windows-1252", "mac_roman": "macintosh", "cp850": "cp850"}
_HEAD_BYTES = 4_096


class Line(NamedTuple):
    """A row on its way: of which table, at which place; number 0 says that a table begins."""

    table: str
    number: int
    cells: list[Cell]
    is_hidden: bool = False
    hidden_columns: tuple[int, ...] = ()


class MarkupSheet:
    """One table; its rows are read from the file each time."""

    encoding = None
    delimiter = None
    epoch_1904 = False

    def __init__(self, book: "MarkupBook", name: str, looks: Looks) -> None:
        self._book = book
        self.sheet = name
        self.looks = looks

    def batches(self) -> Iterator[Batch]:
        """All rows from row 1. Raises ContainerError."""
        lines = (line for line in self._book.lines() if line.table == self.sheet and line.number)
        while batch := list(islice(lines, ROWS_A_BATCH)):
            yield Batch([line.number for line in batch], [line.cells for line in batch])


class MarkupBook:
    """The tables of a file, looked through once for what they hide. Raises ContainerError."""

    def __init__(self, path: Path, *, is_html: bool) -> None:
        self._path = path
        self._is_html = is_html
        self._unseen_sheets: set[str] = set()
        self._encoding = _undeclared_encoding(path) if is_html else None
        self._seen: dict[str, Seen] = {}
        for line in self.lines():
            seen = self._seen.setdefault(line.table, Seen())
            seen.hidden_columns.update(line.hidden_columns)
            if line.is_hidden:
                seen.hidden.add(line.number)
            if len(self._seen) > TABLES_MAX:
                raise ContainerError("too_many_files", members_max=TABLES_MAX)

    @property
    def visible(self) -> list[str]:
        """The tables that are shown."""
        return [name for name in self._seen if name not in self._unseen_sheets]

    @property
    def hidden(self) -> list[str]:
        """The tables that are not."""
        return [name for name in self._seen if name in self._unseen_sheets]

    def sheet(self, name: str) -> MarkupSheet:
        """A table by its name."""
        return MarkupSheet(self, name, self._seen[name].looks(frozenset(), frozenset()))

    def lines(self) -> Iterator[Line]:
        """Every row of every table. Raises ContainerError."""
        try:
            yield from self._html() if self._is_html else self._excel()
        except etree.XMLSyntaxError as fault:
            raise ContainerError("damaged", detail=str(fault)[:80]) from None

    def _html(self) -> Iterator[Line]:
        tables: list[_Table] = []
        count = 0
        for event, element in _events(self._path, ("table", "tr"), self._encoding, is_html=True):
            if element.tag == "table":
                if event == "start":
                    count += 1
                    tables.append(_Table(f"Tabelle {count}", is_hidden=_is_unseen_within(element)))
                elif tables:
                    table = tables.pop()
                    if table.number and table.is_hidden:
                        self._unseen_sheets.add(table.name)
            elif event == "end" and tables:
                yield tables[-1].row(element)
                _forget(element)

    def _excel(self) -> Iterator[Line]:
        name, number, column, count = "", 0, 0, 0
        for event, element in _events(self._path, (_SHEET, _ROW, _COLUMN, _VISIBLE), None, is_html=False):
            if element.tag == _SHEET:
                if event == "start":
                    count += 1
                    name, number, column = element.get(f"{_EXCEL}Name") or f"{count}", 0, 0
                    yield Line(name, 0, [])
            elif event == "start":
                continue
            elif element.tag == _ROW:
                number = _place(element, number)
                yield Line(name, number, _excel_cells(element), element.get(f"{_EXCEL}Hidden") == "1")
                number += _count(element, "Span")
                _forget(element)
            elif element.tag == _COLUMN:
                first, span = _place(element, column), _count(element, "Span")
                column = first + span
                if element.get(f"{_EXCEL}Hidden") == "1" and name in self._seen:
                    self._seen[name].hide_columns(first - 1, column - 1)
            elif (element.text or "").strip() in {"SheetHidden", "SheetVeryHidden"}:
                self._unseen_sheets.add(name)


class _Table:
    """One HTML table while its rows go by: cells that span rows keep their places in those below."""

    def __init__(self, name: str, *, is_hidden: bool) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.number = 0
        self._spans: dict[int, int] = {}

    def row(self, element: etree._Element) -> Line:
        """The cells of a row."""
        self.number += 1
        cells: list[Cell] = []
        spans: dict[int, int] = {}
        hidden: list[int] = []
        for cell in element:
            if cell.tag not in _CELLS:
                continue
            while self._spans.get(len(cells)):
                cells.append("")
            width, height = _html_count(cell, "colspan"), _html_count(cell, "rowspan")
            if len(cells) + width > SHEET_COLUMNS_MAX:
                raise ContainerError("sheet_too_large", rows=self.number, columns=len(cells) + width)
            spans.update(dict.fromkeys(range(len(cells), len(cells) + width), height))
            if _is_unseen(cell):
                hidden += range(len(cells), len(cells) + width)
            cells += [_text(cell), *([""] * (width - 1))]
        spans |= {column: left for column, left in self._spans.items() if left > 0}
        self._spans = {column: left - 1 for column, left in spans.items() if left > 1}
        return Line(self.name, self.number, cells, _is_unseen(element), tuple(hidden))


def _events(
    path: Path, tags: tuple[str, ...], encoding: str | None, *, is_html: bool
) -> Iterator[tuple[str, etree._Element]]:
    with path.open("rb") as file:
        yield from etree.iterparse(
            file,
            events=("start", "end"),
            tag=tags,
            html=is_html,
            recover=is_html,
            encoding=encoding,
            no_network=True,
            load_dtd=False,
            resolve_entities=False,
            huge_tree=False,
        )


def _excel_cells(row: etree._Element) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row:
        if cell.tag != _CELL:
            continue
        at = _place(cell, len(cells))
        width = _count(cell, "MergeAcross")
        if at + width > SHEET_COLUMNS_MAX:
            raise ContainerError("sheet_too_large", rows=0, columns=at + width)
        cells += [""] * (at - 1 - len(cells))
        data = cell.find(_DATA)
        cells.append("" if data is None else _excel_value(data))
        cells += [""] * width
    return cells


def _excel_value(data: etree._Element) -> Cell:
    text = "".join(map(str, data.itertext())).strip()
    kind = data.get(f"{_EXCEL}Type")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.time() != datetime.min.time() else date(*moment.timetuple()[:3])
    except ValueError:
        return text
    return text


def _text(cell: etree._Element) -> str:
    """What a cell shows, on one line; of what is not shown, nothing."""
    parts = [cell.text or ""]
    for child in cell:
        if isinstance(child.tag, str) and child.tag not in _TEXTLESS and not _is_unseen(child):
            parts += [" " if child.tag in _BREAKS else "", _text(child)]
        parts.append(child.tail or "")
    return "".join(parts).strip()


def _is_unseen(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_UNSEEN.search(element.get("style") or ""))


def _is_unseen_within(element: etree._Element) -> bool:
    return _is_unseen(element) or any(map(_is_unseen, element.iterancestors()))


def _undeclared_encoding(path: Path) -> str | None:
    """How an HTML file is written that does not say so; None where it does."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if b"charset" in head.lower() or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    found = detect_encoding(path)
    return _CODECS.get(found, found)


def _forget(element: etree._Element) -> None:
    """Let a row go that has been read, so that memory does not grow with a file."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _place(element: etree._Element, before: int) -> int:
    """Where an element stands, from 1: after the one before, unless it says so itself."""
    place = _count(element, "Index") or before + 1
    if place <= before:
        raise ContainerError("damaged", detail="ss:Index")
    return place


def _count(element: etree._Element, name: str) -> int:
    return _number(element.get(f"{_EXCEL}{name}"))


def _html_count(cell: etree._Element, name: str) -> int:
    return max(1, _number(cell.get(name)))


def _number(text: str | None) -> int:
    """A whole number that is not too large to count with; 0 for anything else."""
    text = (text or "").strip()
    return min(int(text), _NUMBER_MAX) if text.isascii() and text.isdigit() and len(text) < 12 else 0
