"""The lines of a list before they are written: cells, the truth of each, what stands around them."""

from datetime import date

import msgspec

from tests.accuracy.columns import Cents, Column, truth_of
from tests.accuracy.items import Item
from tests.accuracy.truth import Claim, Truth

Cell = str | int | float | date | Cents | None


class Line(msgspec.Struct, frozen=True):
    """One line; without a truth it is no item (a header, a letterhead, a blank)."""

    cells: tuple[Cell, ...]
    truth: Truth | None = None
    is_hidden: bool = False


def line(*cells: Cell, truth: Truth | None = None) -> Line:
    return Line(cells, truth)


BLANK = Line(())


def header(columns: list[Column]) -> Line:
    return Line(tuple(column.header for column in columns))


def item_line(item: Item, columns: list[Column], truth: Truth | None = None) -> Line:
    return Line(tuple(column.cell(item) for column in columns), truth or truth_of(item, columns))


def item_lines(items: list[Item], columns: list[Column]) -> list[Line]:
    return [item_line(item, columns) for item in items]


def plain_list(items: list[Item], columns: list[Column]) -> list[Line]:
    """A header and one line an item."""
    return [header(columns), *item_lines(items, columns)]


def placed(columns: list[Column], cells: dict[int, Cell]) -> tuple[Cell, ...]:
    """Cells at these places, all others empty."""
    return tuple(cells.get(index, "") for index in range(len(columns)))


def may_ask(lines: list[Line], *, may_refuse: bool = False) -> list[Line]:
    """The lines, each of them rather asked (or refused) than misread."""
    return [
        Line(one.cells, Claim(facts=one.truth.facts, may_ask=True, may_refuse=may_refuse), one.is_hidden)
        if isinstance(one.truth, Claim)
        else one
        for one in lines
    ]


def with_truth(lines: list[Line], truth: Truth) -> list[Line]:
    """The lines, all items among them with this truth."""
    return [Line(one.cells, truth) if one.truth is not None else one for one in lines]
