"""Text of fixed width as a grid: columns that stand one below the other, with blanks between them."""

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from parsers.grids.cells import ROWS_A_BATCH, Batch, Cell
from parsers.grids.lines import lines_of

_CENTS = re.compile(r"\d[.,]\d\d(?![\d.,])")
_SURE_BLANKS = 2
FIXED = " "  # what stands between two fields, as documents show it


class Columns(NamedTuple):
    """Where columns stand: the header's line number, and the gaps between columns, ends not included."""

    header_number: int
    gaps: tuple[tuple[int, int], ...]


class FixedWidth:
    """A text file whose encoding and columns are known. Raises ContainerError."""

    sheet = None
    epoch_1904 = False
    delimiter = FIXED

    def __init__(self, path: Path, encoding: str, columns: Columns) -> None:
        self._path = path
        self._columns = columns
        self.encoding = encoding

    def batches(self) -> Iterator[Batch]:
        """All lines; one that does not keep to the columns has a cell too many."""
        lines = lines_of(self._path, self.encoding)
        first = 1
        while batch := list(islice(lines, ROWS_A_BATCH)):
            rows = [self._row(number, line.expandtabs()) for number, line in enumerate(batch, first)]
            yield Batch(range(first, first + len(rows)), rows)
            first += len(rows)

    def _row(self, number: int, line: str) -> list[Cell]:
        gaps = self._columns.gaps
        if number < self._columns.header_number or not line.strip(" -=_"):
            return [line.strip()]
        cells = cut(line, gaps)
        return self._overrun(line.strip()) if cells is None else list(cells)

    def _overrun(self, line: str) -> list[Cell]:
        """A line that keeps to no columns: a remark, or what may be a claim, with a cell too many."""
        if not _CENTS.search(line):
            return [line]
        width = len(self._columns.gaps) + 1
        pieces = [piece.strip() for piece in line.split("  ") if piece.strip()]
        return [*pieces[:width], *[""] * (width - len(pieces)), line]


def cut(line: str, gaps: tuple[tuple[int, int], ...]) -> list[str] | None:
    """The cells of a line; None where a value runs from one column into the next.

    A value may reach into a gap from its own column: from the left where two blanks part it from what
    follows, or one blank and one word, so that no name is cut in two; from the right as numbers do.
    Never from both.
    """
    cells: list[str] = []
    start, is_single = 0, False
    for first, end in (*gaps, (len(line), len(line))):
        place = _place_to_cut(line, first, end)
        cell = line[start:place].strip()
        if place < 0 or (is_single and " " in cell):
            return None
        cells.append(cell)
        start = max(place, end) if not line[place:end].strip() else place
        is_single = place > first and end - place < _SURE_BLANKS
    return cells


def _place_to_cut(line: str, first: int, end: int) -> int:
    """Where a cell ends in or before a gap; -1 where no blank parts it from the next one."""
    between = line[first:end]
    if not between.strip():
        return first
    reaching = between.rstrip() if line[first - 1 : first].strip() else ""
    if reaching and " " not in reaching and len(reaching) < end - first:
        return first + len(reaching)
    reaching = between.rstrip()
    is_parted = len(between) - len(reaching) >= _SURE_BLANKS and "  " not in reaching
    if is_parted and not line[max(0, first - 1) : first + 1].isspace():
        return first + len(reaching)
    reaching = between.lstrip() if line[end : end + 1].strip() and between[-1:].strip() else ""
    if reaching and " " not in reaching and len(reaching) < end - first:
        return end - len(reaching)
    return -1
