"""What a zip container holds, looked at before anything is unpacked.

Workbooks are zip files too. All limits are checked against the central directory first, and a
workbook's used range against its sheets' XML, because one cell in the last corner of a sheet makes
a reader set aside memory for seventeen thousand million cells.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

import msgspec

EXPANDED_BYTES_MAX = 1 << 30
RATIO_MAX = 250
RATIO_CHECKED_FROM_BYTES = 16 << 20
MEMBERS_MAX = 2_000
SHEET_CELLS_MAX = 16_000_000  # a reader of values takes 32 bytes for each, of the gibibyte that it may have
SHEET_COLUMNS_MAX = 2_000
_CHUNK_BYTES = 1 << 20
_OVERLAP_BYTES = 512
# Each begins with fixed letters, which makes the search five times faster than a tidier pattern.
_ROW = re.compile(rb"row [^>]{0,200}?\br=[\"'](\d{1,9})[\"']")
_WIDE_CELLS = (re.compile(rb'r="([A-Z]{2,4})(\d{1,9})"'), re.compile(rb"r='([A-Z]{2,4})(\d{1,9})'"))
_CELLS = (b"<c ", b"<c>", b"<c/", b":c ", b":c>", b":c/")
_ROW_OR_CELL = re.compile(rb"<(?:\w{1,20}:)?(row|c)[ />]")
_ROW_OR_CELL_SAID = re.compile(rb"<(?:\w{1,20}:)?(row|c)\b([^>]{0,2000})>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{0,4})(\d{1,9})[\"']")
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_EPOCH_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904=[\"'](?:1|true)[\"']")

Look = Callable[[str, bytes], None]


class ContainerError(Exception):
    """A container that is not opened; `code` is a problem code, `facts` fill its sentences."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class UsedRange(msgspec.Struct, frozen=True):
    """How far the cells of a sheet reach."""

    rows: int
    columns: int


def directory(
    archive: zipfile.ZipFile, expanded_bytes_max: int = EXPANDED_BYTES_MAX
) -> list[zipfile.ZipInfo]:
    """All members of a container within the limits; else raises ContainerError."""
    members = archive.infolist()
    if len(members) > MEMBERS_MAX:
        raise ContainerError("too_many_files", members_max=MEMBERS_MAX)
    expanded = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if expanded > expanded_bytes_max:
        raise ContainerError("archive_bomb")
    if expanded > RATIO_CHECKED_FROM_BYTES and expanded > packed * RATIO_MAX:
        raise ContainerError("archive_bomb")
    return members


def names_of(path: Path) -> frozenset[str]:
    """The names in a container, in lower case; empty when it is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(name.lower() for name in archive.namelist())
    except Exception:  # noqa: BLE001 - whatever a hostile directory makes zipfile raise: it is none
        return frozenset()


def head_of(path: Path, member: str, size: int) -> bytes:
    """The first bytes of a member of a container; empty where it is not to be had."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as content:
            return content.read(size)
    except Exception:  # noqa: BLE001 - as above
        return b""


def check_workbook(path: Path, look: Look | None = None) -> bool:
    """Whether an XLSX workbook counts days from 1904; ContainerError when it is beyond the limits.

    `look` is shown the pieces of every sheet with its name: unpacking a large one again takes long.
    """
    with zipfile.ZipFile(path) as archive:
        members = directory(archive)
        epoch_1904 = False
        for member in members:
            if _SHEET.fullmatch(member.filename):
                with archive.open(member) as sheet:
                    used = used_range(sheet, partial(look, member.filename) if look else None)
                if is_too_large(
                    used
                ):  # by rows and cells without a value, which no reader sets memory aside for
                    with archive.open(member) as sheet:
                        used = filled_range(sheet)
                check_range(used)
            elif member.filename.lower() == "xl/workbook.xml":
                with archive.open(member) as workbook:
                    epoch_1904 = _EPOCH_1904.search(workbook.read(_CHUNK_BYTES)) is not None
        return epoch_1904


def check_range(used: UsedRange, cells_max: int = SHEET_CELLS_MAX) -> None:
    """ContainerError where a reader would set aside memory for too many cells."""
    if is_too_large(used, cells_max):
        raise ContainerError("sheet_too_large", rows=used.rows, columns=used.columns)


def is_too_large(used: UsedRange, cells_max: int = SHEET_CELLS_MAX) -> bool:
    """Whether a range is beyond what is opened."""
    return used.columns > SHEET_COLUMNS_MAX or used.rows * used.columns > cells_max


def filled_range(sheet: IO[bytes]) -> UsedRange:
    """The last row and column of a cell that may hold a value. Slower than `used_range`, and exact."""
    rows = columns = 1
    row_before = column_before = 0
    rest = b""
    while chunk := sheet.read(_CHUNK_BYTES):
        piece = rest + chunk
        for match in _ROW_OR_CELL_SAID.finditer(piece):
            said = match[2]
            place = _PLACE.search(said)
            if match[1] == b"row":
                row_before, column_before = int(place[2]) if place else row_before + 1, 0
                continue
            column_before = _column_number(place[1]) if place and place[1] else column_before + 1
            if not said.endswith(b"/") and not piece.startswith(b"</", match.end()):
                rows, columns = max(rows, int(place[2]) if place else row_before), max(columns, column_before)
        cut = piece.rfind(b"<")
        rest = piece[cut:] if cut > piece.rfind(b">") else b""
    return UsedRange(rows, columns)


def used_range(sheet: IO[bytes], look: Callable[[bytes], None] | None = None) -> UsedRange:
    """The last row and column that a sheet's XML names, whatever its dimension element claims.

    Cells that do not say where they are follow one another, and so do rows: they are counted.
    """
    rows, columns = 1, 26
    unplaced_rows = unplaced_cells = row_cells = 0
    for piece, new in _pieces(sheet):
        if look is not None:
            look(piece)
        for match in _ROW.finditer(piece):
            rows = max(rows, int(match.group(1)))
        for pattern in _WIDE_CELLS:
            for match in pattern.finditer(piece):
                columns = max(columns, _column_number(match.group(1)))
                rows = max(rows, int(match.group(2)))
        if unplaced_cells or _says_no_place(new):
            for match in _ROW_OR_CELL.finditer(new):
                if match[1] == b"row":
                    unplaced_rows, row_cells = unplaced_rows + 1, 0
                else:
                    row_cells += 1
                    unplaced_cells = max(unplaced_cells, row_cells)
    return UsedRange(rows + unplaced_rows, max(columns, unplaced_cells))


def _says_no_place(piece: bytes) -> bool:
    """Whether a piece of a sheet may hold cells that do not say where they are: more cells than places."""
    placed = piece.count(b'c r="')
    if piece.count(b"<c") + piece.count(b":c") <= placed:  # not even more than may be cells: the usual case
        return False
    return sum(map(piece.count, _CELLS)) > placed + piece.count(b"c r='")


def _pieces(sheet: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """The sheet in pieces that end before a tag, first with a little of the one before.

    A piece that ended inside of a tag would seem to hold a cell that does not say where it is.
    """
    rest = begun = b""
    while chunk := sheet.read(_CHUNK_BYTES):
        piece = begun + chunk
        cut = piece.rfind(b"<")
        if cut <= 0:  # a megabyte without a tag
            cut = len(piece)
        new, begun = piece[:cut], piece[cut:]
        yield rest + new, new
        rest = new[-_OVERLAP_BYTES:]
    yield rest + begun, begun


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
