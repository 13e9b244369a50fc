"""The rows of one list of customers: who each is, and which rows say nothing that can be used."""

from collections.abc import Iterator

import msgspec

from parsers.grids.cells import Cell, Grid, is_blank, text_of
from parsers.masters.book import Key, is_undecided, note
from parsers.masters.circles import circle_of
from parsers.problems import Code, Skip, make_problem, skip_text
from parsers.sheets.claim import debtor_of
from parsers.sheets.columns import Mapping
from parsers.sheets.fields import Field
from parsers.sheets.layout import Layout
from parsers.sheets.rowcells import RowCells, Table
from parsers.sheets.survey import rows_below
from storage.identity import fold_number
from storage.records import DocumentTail, Problem, SkippedRow

_SHOWN_MAX = 10
_NEVER_USED = frozenset({Code.BROKEN_CHARACTERS, Code.IDENTIFIER_MANGLED})


class CustomerRows:
    """Reads all rows of a list, each by the same rules as the debtor of a claim."""

    def __init__(self, layout: Layout, mapping: Mapping) -> None:
        self.customers: dict[Key, bytes] = {}
        self._layout = layout
        self._table = Table(layout)
        self._numbers = _number_columns(layout, mapping)
        self._names = mapping.rivals.get(Field.NAME, ())
        self._total = 0
        self._incomplete: list[int] = []
        self._repeated: list[int] = []
        self._spoken_of: dict[Key, list[int]] = {}  # the rows of a number of which there are several
        self._first: dict[Key, int] = {}

    def read(self, grid: Grid, customers_max: int) -> bool:
        """Read all rows; False as soon as there are more than so many customers."""
        for batch in rows_below(grid, self._layout.header_number):
            for number, cells in zip(batch.numbers, batch.rows, strict=True):
                if not is_blank(cells):
                    self._total += 1
                    self._take(number, cells)
            if len(self.customers) > customers_max * max(1, len(self._numbers)):
                return False
        return True

    def tail(self) -> DocumentTail:
        """What became of the rows: kept are those by which a customer is known."""
        language = self._layout.language
        undecided = [key for key in self.customers if is_undecided(self.customers, key)]
        skipped = dict.fromkeys(self._incomplete, Skip.CUSTOMER_INCOMPLETE)
        skipped |= dict.fromkeys(self._repeated, Skip.CUSTOMER_REPEATED)
        for key in undecided:
            skipped |= dict.fromkeys(self._spoken_of[key], Skip.CUSTOMER_UNDECIDED)
        said = {skip: skip_text(skip, language) for skip in set(skipped.values())}
        return DocumentTail(
            rows_total=self._total,
            problems=tuple(self._problems(undecided, language)),
            kept=self._total - len(skipped),
            skipped=tuple(SkippedRow(row=row, reason=said[skip]) for row, skip in sorted(skipped.items())),
        )

    def _problems(self, undecided: list[Key], language: str) -> Iterator[Problem]:
        if undecided:
            numbers = list(dict.fromkeys(number for _, number in undecided))
            yield make_problem(
                Code.CUSTOMERS_UNDECIDED,
                language,
                field=Field.NUMBER.value,
                count=len(numbers),
                numbers=_shown(numbers),
            )
        if self._incomplete:
            yield make_problem(
                Code.CUSTOMERS_INCOMPLETE,
                language,
                field=Field.NAME.value,
                count=len(self._incomplete),
                rows=_shown(self._incomplete),
            )

    def _take(self, number: int, cells: list[Cell]) -> None:
        cells, is_clear = self._named(cells)
        reading = RowCells(self._table, number, cells)
        debtor = msgspec.structs.replace(debtor_of(reading), number=None)
        keys = [
            (circle, folded)
            for circle, index in self._numbers.items()
            if index < len(cells) and (folded := fold_number(text_of(cells[index])))
        ]
        has_name = any(map(str.isalpha, debtor.company or debtor.name or ""))
        is_broken = any(problem.code in _NEVER_USED for problem in reading.problems)
        if not keys or not has_name or is_broken or not is_clear:
            self._incomplete.append(number)
            return
        if all(key in self._first for key in keys):
            self._repeated.append(number)
        for key in keys:
            note(self.customers, key, debtor)
            if key in self._first:
                self._spoken_of.setdefault(key, [self._first[key]]).append(number)
            else:
                self._first[key] = number

    def _named(self, cells: list[Cell]) -> tuple[list[Cell], bool]:
        """The row with its name where it is looked for, and whether only one of several columns has one."""
        if not self._names:
            return cells, True
        filled = {text for index in self._names if index < len(cells) and (text := text_of(cells[index]))}
        if not filled:
            return cells, True
        wide: list[Cell] = [*cells, *[""] * (self._names[0] + 1 - len(cells))]
        wide[self._names[0]] = filled.pop()
        return wide, not filled


def _shown(values: "list[int] | list[str]") -> str:
    return ", ".join(map(str, values[:_SHOWN_MAX])) + (" …" if len(values) > _SHOWN_MAX else "")


def _number_columns(layout: Layout, mapping: Mapping) -> dict[str, int]:
    """The column of each circle of numbers; two columns of one circle say nothing for sure."""
    indexes = mapping.rivals.get(Field.NUMBER, (mapping.columns[Field.NUMBER],))
    circles = [circle_of(layout.header[index]) for index in indexes]
    return {
        circle: index for circle, index in zip(circles, indexes, strict=True) if circles.count(circle) == 1
    }
