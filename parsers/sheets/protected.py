"""Numbers that a program has wrapped as ="00123" so that a spreadsheet keeps their zeros."""

import re

from parsers.grids.cells import Cell, Grid
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.widened import Rewrite, Rewritten

_WRAPPED = re.compile(r'="([^"]*)"')


def unwrapped(grid: Grid, analysis: Analysis) -> tuple[Grid, Analysis]:
    """The grid with such cells as the texts that they stand for; no other formula is touched."""
    if not any(map(_is_wrapped, (cell for row in analysis.first_rows for cell in row))):
        return grid, analysis
    plain = Rewritten(grid, _rewriter)
    return plain, analyse(plain)


def _rewriter() -> Rewrite:
    return lambda _, row: list(map(_unwrap, row))


def _unwrap(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith('="') and (match := _WRAPPED.fullmatch(cell.strip())):
        return match[1]
    return cell


def _is_wrapped(cell: Cell) -> bool:
    return isinstance(cell, str) and _WRAPPED.fullmatch(cell.strip()) is not None
