"""The old compound files of Office: a file system in a file, whose streams hold the documents.

Sectors are chained by tables like those of an old disk. A chain that runs in a circle or out of
the file is damage, and found out here: other readers follow it for ever.
"""

import mmap
import struct
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from parsers.grids.container import ContainerError

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORKBOOKS = ("Workbook", "Book")  # of Excel 97 and later, and of 5 and 95; some files hold both
_HEADER_BYTES, _ENTRY_BYTES = 512, 128
_LAST_SECTOR = 0xFFFFFFFA
_STREAM = 2
_SHIFTS = (9, 12)


class _Entry(NamedTuple):
    """A stream or folder, and its neighbours in the folder's tree."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


def streams_at_top(path: Path) -> frozenset[str]:
    """The names of the streams and folders at the top; empty where the file does not let itself be read."""
    try:
        with _opened(path) as file:
            return frozenset(file.top)
    except (ContainerError, ValueError):
        return frozenset()


def workbook_stream(path: Path) -> bytes:
    """The stream of the workbook. Raises ContainerError where there is none or it cannot be put together."""
    with _opened(path) as file:
        for name in WORKBOOKS:
            entry = file.top.get(name)
            if entry is not None and entry.kind == _STREAM and entry.size:
                return file.stream(entry)
    raise _damaged()


class _CompoundFile:
    """A compound file; `top` are the entries of its outermost folder by name."""

    def __init__(self, content: mmap.mmap) -> None:
        if len(content) < _HEADER_BYTES:
            raise _damaged()
        self._content = content
        self._shift, mini_shift = struct.unpack_from("<HH", content, 30)
        (tables,) = struct.unpack_from("<I", content, 44)
        directory, self._cutoff, mini_table, minis, more, mores = struct.unpack_from("<I4xIIIII", content, 48)
        if self._shift not in _SHIFTS or mini_shift != 6:
            raise _damaged()
        if max(tables, minis, mores) > len(content) >> self._shift:
            raise _damaged()  # other readers set aside memory for as many as it says
        self._table = self._sectors_table(more)
        self._mini_table = _numbers(self._chained(mini_table))
        entries = self._entries(self._chained(directory))
        self._small = self._chained(entries[0].start) if entries[0].size else b""
        self.top = _folder(entries, entries[0].child)

    def stream(self, entry: _Entry) -> bytes:
        """The bytes of a stream."""
        if entry.size >= self._cutoff:
            content = self._chained(entry.start)
        else:
            content = b"".join(
                self._small[sector << 6 : (sector + 1) << 6]
                for sector in _chain(entry.start, self._mini_table)
            )
        if len(content) < entry.size:
            raise _damaged()
        return content[: entry.size]

    def _sectors_table(self, more: int) -> "array[int]":
        """The table that chains sectors; where it lies itself is told in the header and beyond."""
        places = array("I", struct.unpack_from("<109I", self._content, 76))
        width = (1 << self._shift) // 4
        for _ in range(len(self._content) >> self._shift):
            if more >= _LAST_SECTOR:
                break
            numbers = _numbers(self._sector(more))
            places.extend(numbers[: width - 1])
            more = numbers[width - 1]
        return _numbers(b"".join(self._sector(place) for place in places if place < _LAST_SECTOR))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) << self._shift
        sector = self._content[start : start + (1 << self._shift)]
        if len(sector) < 1 << self._shift:
            if not sector:
                raise _damaged()
            sector = sector.ljust(1 << self._shift, b"\0")  # some programs cut the last one off
        return sector

    def _chained(self, start: int) -> bytes:
        return b"".join(map(self._sector, _chain(start, self._table)))

    def _entries(self, directory: bytes) -> list[_Entry]:
        entries = []
        for at in range(0, len(directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            left, right, child = struct.unpack_from("<III", directory, at + 68)
            start, size = struct.unpack_from("<II", directory, at + 116)
            entries.append(_Entry(name, kind, left, right, child, start, size))
        if not entries:
            raise _damaged()
        return entries


def _folder(entries: list[_Entry], first: int) -> dict[str, _Entry]:
    """The entries of a folder, whose first one is the root of a tree."""
    found: dict[str, _Entry] = {}
    seen: set[int] = set()
    left = [first]
    while left:
        number = left.pop()
        if number >= len(entries) or number in seen:
            continue
        seen.add(number)
        entry = entries[number]
        found.setdefault(entry.name, entry)
        left += [entry.left, entry.right]
    return found


def _chain(start: int, table: "array[int]") -> Iterator[int]:
    """The sectors of a chain. Raises ContainerError where it never ends or leaves the table."""
    for _ in range(len(table) + 1):
        if start >= _LAST_SECTOR:
            return
        if start >= len(table):
            raise _damaged()
        yield start
        start = table[start]
    raise _damaged()


def _numbers(content: bytes) -> "array[int]":
    numbers = array("I")
    numbers.frombytes(content[: len(content) // 4 * 4])
    return numbers


def _damaged() -> ContainerError:
    return ContainerError("damaged", detail="OLE")


@contextmanager
def _opened(path: Path) -> Iterator[_CompoundFile]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield _CompoundFile(content)
