"""XLSX and XLSM: what the XML of a sheet shows beside its values. Sheets are streamed where they need it."""

import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO
from xml.etree import ElementTree as ET

from parsers.grids.container import check_workbook
from parsers.grids.looks import COLUMNS_MAX, Looks, foreign_currency

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PART_BYTES_MAX = 16 << 20
_OVERLAP_BYTES = 512
_CHUNK_BYTES = 1 << 20
_HEAD_CHUNK_BYTES, _HEAD_BYTES_MAX = 1 << 14, 4 << 20
_EVERY_TAG = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*)>")
_HIDES_ROWS = re.compile(rb"row [^>]{0,300}?hidden=")
_ROW_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
_IS_ERROR = re.compile(rb"\bt=[\"']e[\"']")
_HIDDEN = re.compile(rb"\bhidden=[\"'](?:1|true)[\"']")
_COLUMN = re.compile(rb"<(?:\w+:)?col\b([^>]*)>")
_MIN_MAX = re.compile(rb"\b(min|max)=[\"'](\d{1,6})[\"']")
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData\b")


class OpenXml:
    """A workbook of XML; `epoch_1904` says from when it counts days."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._telling: dict[str, bool] = {}  # by sheet: whether it may have a hidden row or a cell in error
        self.epoch_1904 = check_workbook(path, self._look)

    def looks(self, sheet: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """See `Showing`."""
        return looks_of(self._path, sheet, columns, amounts, self._telling)

    def _look(self, member: str, piece: bytes) -> None:
        self._telling[member] = self._telling.get(member, False) or _tells(piece)


def looks_of(
    path: Path,
    sheet: str,
    columns: frozenset[int],
    amounts: frozenset[int],
    telling: Mapping[str, bool] = MappingProxyType({}),
) -> Looks:
    """The looks of a sheet; of cells in error those of `columns`, of foreign amounts those of `amounts`.

    `telling` says of sheets that were looked at before whether they have any such cell or hidden row.
    Where the sheet's place in the container cannot be told, what any sheet hides counts for it.
    Raises what a broken container makes a reader raise.
    """
    with zipfile.ZipFile(path) as archive:
        styles = _foreign_styles(archive) if amounts else {}
        found = _Found(columns, amounts, styles)
        for member in _members(archive, sheet):
            with archive.open(member) as xml:
                found.hidden_columns |= _hidden_columns(xml)
            if styles or (telling[member] if member in telling else _may_tell(archive, member)):
                with archive.open(member) as xml:
                    found.scan(xml, _telling_tags(styles))
                if found.lacks_places:
                    with archive.open(member) as xml:
                        found.scan(xml, _EVERY_TAG)
    return Looks(
        frozenset(found.hidden), frozenset(found.errors), found.foreign, frozenset(found.hidden_columns)
    )


class _Found:
    """What is gathered while a sheet streams by."""

    def __init__(self, columns: frozenset[int], amounts: frozenset[int], styles: Mapping[int, str]) -> None:
        self.lacks_places = False  # of cells: then only counting all of them tells where they are
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.errors: set[tuple[int, int]] = set()
        self.foreign: dict[tuple[int, int], str] = {}
        self._columns, self._amounts, self._styles = columns, amounts, styles

    def scan(self, xml: IO[bytes], tags: re.Pattern[bytes]) -> None:
        """Look at the rows and cells of one sheet that `tags` finds."""
        row, column, rest = 0, -1, b""
        while chunk := xml.read(_CHUNK_BYTES):
            piece = rest + chunk
            for tag in tags.finditer(piece):
                said = tag[2]
                if tag[1] == b"row":
                    number = _ROW_NUMBER.search(said)
                    row, column = int(number[1]) if number else row + 1, -1
                    if _HIDDEN.search(said):
                        self.hidden.add(row)
                    continue
                place = _PLACE.search(said)
                self.lacks_places = self.lacks_places or place is None
                column = _column(place[1]) if place else column + 1
                self._look(row, column, said)
            cut = piece.rfind(b"<")
            rest = piece[cut:] if cut > piece.rfind(b">") else b""

    def _look(self, row: int, column: int, said: bytes) -> None:
        if column in self._columns and _IS_ERROR.search(said):
            self.errors.add((row, column))
        if self._styles and column in self._amounts and (style := _STYLE.search(said)):
            currency = self._styles.get(int(style[1]))
            if currency is not None:
                self.foreign[row, column] = currency


def _hidden_columns(xml: IO[bytes]) -> set[int]:
    """The hidden columns; they are named before the first row."""
    head = b""
    while chunk := xml.read(_HEAD_CHUNK_BYTES):
        head += chunk
        if (start := _SHEET_DATA.search(head)) or len(head) > _HEAD_BYTES_MAX:
            head = head[: start.start() if start else None]
            break
    hidden: set[int] = set()
    for column in _COLUMN.finditer(head):
        ends = {name: int(number) for name, number in _MIN_MAX.findall(column[1])}
        if _HIDDEN.search(column[1]) and len(ends) == 2:
            hidden.update(range(ends[b"min"] - 1, min(ends[b"max"], COLUMNS_MAX)))
    return hidden


def _may_tell(archive: zipfile.ZipFile, member: str) -> bool:
    """Whether a sheet may have a hidden row or a cell in error at all."""
    rest = b""
    with archive.open(member) as xml:
        while chunk := xml.read(_CHUNK_BYTES):
            piece = rest + chunk
            if _tells(piece):
                return True
            rest = piece[-_OVERLAP_BYTES:]
    return False


def _tells(piece: bytes) -> bool:
    """The same of a piece of its XML: searches for fixed bytes, which takes a tenth of unpacking them."""
    if b't="e"' in piece or b"t='e'" in piece:
        return True
    return b"hidden=" in piece and _HIDES_ROWS.search(piece) is not None


def _telling_tags(styles: Mapping[int, str]) -> re.Pattern[bytes]:
    """Finds all rows, and of the cells only those that may matter: many times faster than all."""
    signs = [r"\bt=[\"']e[\"']"]
    if styles:
        signs.append(rf"\bs=[\"'](?:{'|'.join(map(str, styles))})[\"']")
    return re.compile(rf"<(?:\w+:)?(?=row\b|c\b[^>]*?(?:{'|'.join(signs)}))(row|c)\b([^>]*)>".encode())


def _members(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Where a sheet's XML lies: the workbook names a relation, that one the place; else all sheets."""
    try:
        book = ET.fromstring(_part(archive, _BOOK))  # noqa: S314 - this expat stops entity bombs
        relations = ET.fromstring(_part(archive, _RELATIONS))  # noqa: S314 - as above
        relation = next(
            value
            for element in book.iter()
            if element.tag.endswith("}sheet") and element.get("name") == sheet
            for name, value in element.items()
            if name.endswith("}id")
        )
        target = next(str(element.get("Target")) for element in relations if element.get("Id") == relation)
        member = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return [archive.getinfo(member).filename]
    except (KeyError, StopIteration, ET.ParseError):
        return [name for name in archive.namelist() if _SHEET.fullmatch(name)]


def _foreign_styles(archive: zipfile.ZipFile) -> dict[int, str]:
    """The cell styles whose number format names another currency than the euro: style → its sign."""
    try:
        styles = ET.fromstring(_part(archive, _STYLES))  # noqa: S314 - as above
    except (KeyError, ET.ParseError):
        return {}
    formats: dict[str, str] = {}
    for element in styles.iter():
        if element.tag.endswith("}numFmt") and (found := foreign_currency(element.get("formatCode") or "")):
            formats[element.get("numFmtId") or ""] = found
    cell_styles = next((element for element in styles if element.tag.endswith("}cellXfs")), None)
    if not formats or cell_styles is None:
        return {}
    return {
        index: formats[number]
        for index, style in enumerate(cell_styles)
        if (number := style.get("numFmtId") or "") in formats
    }


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PART_BYTES_MAX)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
