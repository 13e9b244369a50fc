"""Text in which every value is named (`NAME=Müller`) as a grid: one row a record.

Values stand one a line, or in one line with a sign between them. A record ends at a blank line, or
where its first name comes again.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from parsers.grids.cells import ROWS_A_BATCH, Batch, Cell
from parsers.grids.container import ContainerError
from parsers.grids.lines import lines_of

KEYS_MAX = 500
_NAME = r"[^\W\d_][\w./ ()-]{0,40}?"
_RULE = re.compile(r"[-=_*#~. ]*")


class Form(NamedTuple):
    """What stands after a name, and between two values where they share a line."""

    equals: str
    between: str | None


class Named(NamedTuple):
    """A value with its name; a line that begins no value has none, and a blank line neither."""

    name: str | None
    value: str


class Keyed:
    """A text file whose encoding and form are known; its names are gathered first. Raises ContainerError."""

    sheet = None
    epoch_1904 = False

    def __init__(self, path: Path, encoding: str, form: Form) -> None:
        self._path = path
        self._form = form
        self.encoding = encoding
        self.delimiter = form.equals if form.equals in "=:" else "="
        self._names = self._gathered()

    def batches(self) -> Iterator[Batch]:
        """The names as row 0, then the records, each numbered by the line where it begins."""
        yield Batch([0], [list(self._names)])
        records = self._records()
        while batch := list(islice(records, ROWS_A_BATCH)):
            yield Batch([number for number, _ in batch], [cells for _, cells in batch])

    def _gathered(self) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for line in lines_of(self._path, self.encoding):
            for named in values_of(line, self._form):
                if named.name is not None:
                    names.setdefault(named.name)
                    if len(names) > KEYS_MAX:
                        raise ContainerError("damaged", detail=f"{KEYS_MAX} =")
        return tuple(names)

    def _records(self) -> Iterator[tuple[int, list[Cell]]]:
        places = {name: place for place, name in enumerate(self._names)}
        for number, values in records_of(lines_of(self._path, self.encoding), self._form):
            cells: list[Cell] = [""] * len(places)
            twice = ""
            for name, value in values:
                if cells[places[name]] not in ("", value):
                    twice = twice or name
                cells[places[name]] = value
            yield number, [*cells, twice] if twice else cells


def records_of(lines: Iterable[str], form: Form) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """The records of a text with the numbers of their first lines."""
    begin, record, first_name = 0, list[tuple[str, str]](), ""
    for number, line in enumerate(lines, 1):
        found = values_of(line, form)
        if not found or (form.between is not None and found[0].name is not None):
            if record:
                yield begin, record
            record = []
        for name, value in found:
            if name is None:
                if record:
                    record[-1] = record[-1][0], f"{record[-1][1]} {value}".strip()
                continue
            if record and name == first_name:
                yield begin, record
                record = []
            if not record:
                begin = number
                first_name = first_name or name
            record.append((name, value))
    if record:
        yield begin, record


def values_of(line: str, form: Form) -> list[Named]:
    """The values that a line holds; none of a blank line or one that only rules off."""
    text = line.strip(" \t\ufeff\x1a")
    if not text or _RULE.fullmatch(text) or (text[0] == "[" and text[-1] == "]"):
        return []
    if form.between is None:
        return [_named(text, form.equals)]
    pieces: list[str] = []
    for piece in text.split(form.between):
        if pieces and _named(piece, form.equals).name is None:  # the sign stands inside a value
            pieces[-1] += form.between + piece
        else:
            pieces.append(piece)
    return [_named(piece.strip(f"{form.between} "), form.equals) for piece in pieces]


def _named(text: str, equals: str) -> Named:
    found = _PATTERNS[equals].match(text.strip())
    return Named(found[1].strip(), found[2].strip().strip('"')) if found else Named(None, text)


_PATTERNS = {equals: re.compile(rf'"?({_NAME})"? *{equals}(?!//)(.*)', re.DOTALL) for equals in "=:;\t"}
