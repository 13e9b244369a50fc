"""What a cell of a grid holds, and its plain text."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple, Protocol, cast

Cell = str | int | float | date | datetime | time | timedelta

# Beyond this a double no longer holds every whole number: its last digits are not the sender's.
EXACT_INTEGER_MAX = 10**15
ROWS_A_BATCH = 200  # few enough to stay in the processor's cache between two looks


class Batch(NamedTuple):
    """Some rows of a grid in order; `numbers` are their row numbers in the sender's program."""

    numbers: Sequence[int]
    rows: list[list[Cell]]


class Grid(Protocol):
    """Rows of cells that can be read again and again without being held in memory."""

    @property
    def sheet(self) -> str | None:
        """The name of the sheet, of a workbook."""
        ...

    @property
    def encoding(self) -> str | None:
        """The character encoding, of a text file."""
        ...

    @property
    def delimiter(self) -> str | None:
        """What stands between two fields, in a text file."""
        ...

    @property
    def epoch_1904(self) -> bool:
        """Whether day numbers count from 1904, as in workbooks from old Macs."""
        ...

    def batches(self) -> Iterator[Batch]:
        """All rows from the first; may be called again."""
        ...


def tidy(text: str) -> str:
    """Text without blanks at its ends and with single blanks inside."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return " ".join(text.split())


def text_of(cell: Cell) -> str:
    """What a cell says as text: `1001.0` is `1001`, dates are ISO 8601."""
    if isinstance(cell, str):
        return tidy(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < EXACT_INTEGER_MAX:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def joined(column: Sequence[Cell]) -> str | None:
    """A column of texts as one text with a line a cell; None where a cell is no text."""
    try:
        return "\n".join(cast("Sequence[str]", column))
    except TypeError:
        return None


def is_blank(row: Sequence[Cell]) -> bool:
    """Whether no cell of the row says anything."""
    return not any(not isinstance(cell, str) or cell.strip() for cell in row)
