"""XLSB: what the records of a workbook show beside its values.

A zip container like XLSX, with records for XML: a number and a length, each in a few bytes of seven
bits, and that many bytes.
"""

import posixpath
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from parsers.grids.container import ContainerError, check_range, directory
from parsers.grids.looks import Looks, Seen, foreign_currency, looks_among

_BOOK, _RELATIONS, _STYLES = "xl/workbook.bin", "xl/_rels/workbook.bin.rels", "xl/styles.bin"
_ROW, _COLUMN, _BOOK_PROPERTIES, _SHEET = 0, 60, 153, 156
_FORMAT, _STYLE, _STYLES_BEGIN, _STYLES_END = 44, 47, 617, 618
_ERRORS = frozenset({3, 11})
_NUMBERS = frozenset({2, 5, 9})
_BLANK, _CELL_MAX = 1, 11
_BYTES_MIN = (12, 8, 12, 9, 9, 16, 12, 12, 12, 16, 9, 9)  # of a row, and of the kinds of cells
_RECORD_BYTES_MAX = 1 << 20
_PART_BYTES_MAX = 16 << 20
_CHUNK_BYTES = 1 << 20


class BinaryXml:
    """A workbook of records in a zip container."""

    def __init__(self, path: Path) -> None:
        self.epoch_1904 = False
        self._sheets: dict[str, Seen] = {}
        with zipfile.ZipFile(path) as archive:
            names = {member.filename.lower(): member.filename for member in directory(archive)}
            styles = _foreign_styles(archive, names.get(_STYLES))
            for name, part in self._read_book(archive, names):
                with archive.open(part) as records:
                    self._sheets[name] = _scan(records, styles)

    def looks(self, sheet: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """See `Showing`."""
        return looks_among(self._sheets, sheet, columns, amounts)

    def _read_book(self, archive: zipfile.ZipFile, names: dict[str, str]) -> list[tuple[str, str]]:
        """The sheets' names and where their records lie."""
        relations = ET.fromstring(_part(archive, _place(names, _RELATIONS)))  # noqa: S314 - this expat stops entity bombs
        targets = {element.get("Id"): element.get("Target") or "" for element in relations}
        sheets: list[tuple[str, str]] = []
        with archive.open(_place(names, _BOOK)) as records:
            for kind, content in _records(records):
                if kind == _BOOK_PROPERTIES and content:
                    self.epoch_1904 = bool(content[0] & 1)
                elif kind == _SHEET:
                    relation, rest = _text(content, 8)
                    name, _ = _text(content, rest)
                    target = targets.get(relation, "")
                    place = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
                    if place.lower() in names:
                        sheets.append((name, names[place.lower()]))
        return sheets


def _scan(records: IO[bytes], styles: dict[int, str]) -> Seen:
    seen, row = Seen(), 0
    for kind, content in _records(records):
        if kind <= _CELL_MAX and len(content) < _BYTES_MIN[kind]:
            # The reader of values takes what is missing from the record before it.
            raise ContainerError("damaged", detail=f"record {kind}")
        if _BLANK < kind <= _CELL_MAX and len(content) >= 8:
            column, style = struct.unpack_from("<II", content)
            seen.reach(row, column)
            if kind in _ERRORS:
                seen.error(row, column)
            elif kind in _NUMBERS and style & 0xFFFFFF in styles:
                seen.foreign(row, column, styles[style & 0xFFFFFF])
        elif kind == _ROW and len(content) >= 12:
            row = struct.unpack_from("<I", content)[0] + 1
            if content[11] & 0x10:
                seen.hidden.add(row)
        elif kind == _COLUMN and len(content) >= 18:
            first, last = struct.unpack_from("<II", content)
            if content[16] & 1:
                seen.hide_columns(first, last)
    check_range(seen.used)
    return seen


def _foreign_styles(archive: zipfile.ZipFile, part: str | None) -> dict[int, str]:
    """The cell styles whose number format shows another currency than the euro."""
    formats: dict[int, str] = {}
    styles: dict[int, str] = {}
    if part is None:
        return styles
    count, is_inside = 0, False
    with archive.open(part) as records:
        for kind, content in _records(records):
            if kind == _FORMAT and len(content) >= 2:
                currency = foreign_currency(_text(content, 2)[0])
                if currency is not None:
                    formats[content[0] | content[1] << 8] = currency
            elif kind in (_STYLES_BEGIN, _STYLES_END):
                is_inside = kind == _STYLES_BEGIN
            elif kind == _STYLE and is_inside and len(content) >= 4:
                currency = formats.get(content[2] | content[3] << 8)
                if currency is not None:
                    styles[count] = currency
                count += 1
    return styles


def _records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part: their numbers and their bytes. One that is cut off ends them."""
    data, at = part.read(_CHUNK_BYTES), 0
    while True:
        if len(data) - at < _RECORD_BYTES_MAX:
            data, at = data[at:] + part.read(_CHUNK_BYTES), 0
        if at >= len(data):
            return
        try:
            kind, at = _seven_bits(data, at, 2)
            size, at = _seven_bits(data, at, 4)
        except IndexError:
            return
        if size > _RECORD_BYTES_MAX - 8:
            raise ContainerError("damaged", detail="XLSB")
        content = data[at : at + size]
        if len(content) < size:
            return
        yield kind, content
        at += size


def _seven_bits(data: bytes, at: int, bytes_max: int) -> tuple[int, int]:
    """A number in up to so many bytes, the last of which has no eighth bit; and where it ends.

    The number of a record keeps all bits of its first byte but the eighth, as the others do.
    """
    number = 0
    for index in range(bytes_max):
        byte = data[at + index]
        number |= (byte & 0x7F) << 7 * index
        if not byte & 0x80:
            return number, at + index + 1
    return number, at + bytes_max


def _text(content: bytes, at: int) -> tuple[str, int]:
    """A text after its length in characters, four bytes, and where it ends; none is of length 0xFFFFFFFF."""
    if at + 4 > len(content):
        return "", len(content)
    (length,) = struct.unpack_from("<I", content, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end


def _place(names: dict[str, str], part: str) -> str:
    if part not in names:
        raise ContainerError("damaged", detail=part)
    return names[part]


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(_PART_BYTES_MAX)
