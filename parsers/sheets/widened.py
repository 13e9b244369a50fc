"""A grid whose rows are rewritten on their way: what the list says of a row outside of the row."""

from collections.abc import Callable, Iterator, Sequence

from parsers.grids.cells import Batch, Cell, Grid
from parsers.grids.looks import Looks
from parsers.grids.markup import MarkupSheet
from parsers.grids.workbook import Sheet

Rewrite = Callable[[int, list[Cell]], list[Cell]]


class Rewritten:
    """Another grid's rows, each rewritten; what a row needs from those above is kept by the rewriter."""

    def __init__(self, grid: Grid, start: Callable[[], Rewrite]) -> None:
        self._grid = grid
        self._start = start
        self.sheet = grid.sheet
        self.encoding = grid.encoding
        self.delimiter = grid.delimiter
        self.epoch_1904 = grid.epoch_1904

    @property
    def looks(self) -> Looks:
        """What is hidden in the grid below."""
        return looks_of(self._grid)

    def batches(self) -> Iterator[Batch]:
        """All rows; the rewriter begins anew."""
        rewrite = self._start()
        for batch in self._grid.batches():
            rows = [rewrite(number, row) for number, row in zip(batch.numbers, batch.rows, strict=True)]
            yield Batch(batch.numbers, rows)


def looks_of(grid: Grid) -> Looks:
    """What a grid's sheet shows beside its values."""
    return grid.looks if isinstance(grid, Sheet | MarkupSheet | Rewritten) else Looks()


def widened(row: Sequence[Cell], width: int, added: Sequence[Cell]) -> list[Cell]:
    """The row with cells added where the list ends; what a broken line has beyond stays beyond."""
    blank: list[Cell] = [""] * (width - len(row))
    return [*row[:width], *blank, *added, *row[width:]]
