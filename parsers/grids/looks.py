"""What a sheet shows beside its values: hidden rows and columns, cells in error, foreign currencies.

The reader of values passes over all of them. Each format of workbooks has a module that finds them;
what they find has one form, and is made use of in one place.
"""

import re
from array import array
from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from parsers.grids.cells import Batch, Cell
from parsers.grids.container import UsedRange

ERROR_TEXT = "#N/A"
COLUMNS_MAX = 1 << 14  # of a sheet, in every format
_CURRENCY = re.compile(
    r"(?i)\b(USD|CHF|GBP|PLN|CZK|SEK|DKK|NOK|HUF|JPY)\b|\[\$([$£¥])|([£¥])|\"(\$)\"|\\(\$)"
)


class Looks(msgspec.Struct, frozen=True):
    """Of one sheet: rows from 1, columns from 0, and what is shown in cells by (row, column)."""

    hidden: frozenset[int] = frozenset()
    errors: frozenset[tuple[int, int]] = frozenset()
    foreign: Mapping[tuple[int, int], str] = {}
    hidden_columns: frozenset[int] = frozenset()


class Showing(Protocol):
    """A workbook as far as it shows more than values."""

    @property
    def epoch_1904(self) -> bool:
        """Whether day numbers count from 1904."""
        ...

    def looks(self, sheet: str, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """The looks of a sheet; of cells in error those of `columns`, of foreign amounts those of `amounts`.

        Raises what a broken container makes a reader raise.
        """
        ...


class Seen:
    """What is gathered while a sheet goes by; some bytes a cell that shows anything."""

    def __init__(self) -> None:
        self.rows = 1
        self.columns = 1
        self.hidden: set[int] = set()
        self.hidden_columns: set[int] = set()
        self._errors = array("Q")
        self._foreign: dict[str, array[int]] = {}

    @property
    def used(self) -> UsedRange:
        """How far the cells reach."""
        return UsedRange(self.rows, self.columns)

    def reach(self, row: int, column: int) -> None:
        """A cell lies there, whatever it holds."""
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column + 1)

    def error(self, row: int, column: int) -> None:
        """A cell holds `#N/A` or its like."""
        self._errors.append(row * COLUMNS_MAX + column)

    def foreign(self, row: int, column: int, currency: str) -> None:
        """A cell shows its number in another currency than the euro."""
        self._foreign.setdefault(currency, array("Q")).append(row * COLUMNS_MAX + column)

    def hide_columns(self, first: int, last: int) -> None:
        """Columns are hidden, `last` included."""
        self.hidden_columns.update(range(max(first, 0), min(last + 1, COLUMNS_MAX)))

    def looks(self, columns: frozenset[int], amounts: frozenset[int]) -> Looks:
        """What was seen, of cells only those in the columns asked for."""
        return Looks(
            hidden=frozenset(self.hidden),
            errors=frozenset(place for place in _places(self._errors) if place[1] in columns),
            foreign={
                place: currency
                for currency, found in self._foreign.items()
                for place in _places(found)
                if place[1] in amounts
            },
            hidden_columns=frozenset(self.hidden_columns),
        )


def looks_among(
    sheets: Mapping[str, Seen], sheet: str, columns: frozenset[int], amounts: frozenset[int]
) -> Looks:
    """The looks of a sheet by its name; where the name is not found, what any sheet shows counts for it."""
    if sheet in sheets:
        return sheets[sheet].looks(columns, amounts)
    found = [seen.looks(columns, amounts) for seen in sheets.values()]
    return Looks(
        hidden=frozenset().union(*(looks.hidden for looks in found)),
        errors=frozenset().union(*(looks.errors for looks in found)),
        foreign={place: currency for looks in found for place, currency in looks.foreign.items()},
        hidden_columns=frozenset().union(*(looks.hidden_columns for looks in found)),
    )


def foreign_currency(number_format: str) -> str | None:
    """The currency that a number format shows, where it is another than the euro."""
    found = _CURRENCY.search(number_format)
    return next(filter(None, found.groups())).upper() if found else None


def marked(batches: Iterator[Batch], looks: Looks) -> Iterator[Batch]:
    """The batches with cells in error and amounts in another currency written out as what they are."""
    shown: dict[int, dict[int, str]] = {}
    for row, column in looks.errors:
        shown.setdefault(row, {})[column] = ERROR_TEXT
    for (row, column), currency in looks.foreign.items():
        shown.setdefault(row, {}).setdefault(column, currency)
    for batch in batches:
        rows = batch.rows
        if shown:
            rows = [
                _shown(cells, shown[number]) if number in shown else cells
                for number, cells in zip(batch.numbers, rows, strict=True)
            ]
        yield Batch(batch.numbers, rows)


def _places(found: "array[int]") -> Iterator[tuple[int, int]]:
    return (divmod(place, COLUMNS_MAX) for place in found)


def _shown(cells: list[Cell], told: Mapping[int, str]) -> list[Cell]:
    cells = list(cells)
    for column, text in told.items():
        if column >= len(cells):
            continue
        if text == ERROR_TEXT and cells[column] == "":
            cells[column] = text
        elif text != ERROR_TEXT and isinstance(cells[column], int | float):
            cells[column] = f"{text} {cells[column]}"
    return cells
