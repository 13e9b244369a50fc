"""Open items on one sheet, the debtors' master data on another: the customer number joins the two.

A number that occurs twice in the master data, with different data, names nobody.
"""

from collections.abc import Sequence
from typing import NamedTuple

from parsers.grids.cells import Cell, Grid, text_of
from parsers.sheets.analysis import Analysis, analyse
from parsers.sheets.fields import Field
from parsers.sheets.survey import rows_below
from parsers.sheets.which_sheet import AnySheet, Table
from parsers.sheets.widened import Rewrite, Rewritten, widened
from storage.identity import fold_number

_MASTER = (
    Field.NAME, Field.FIRST_NAME, Field.COMPANY, Field.STREET, Field.HOUSE_NUMBER, Field.POSTCODE, Field.CITY,
    Field.COUNTRY, Field.EMAIL, Field.PHONE, Field.SALUTATION, Field.KIND, Field.BIRTH_DATE, Field.IBAN,
)  # fmt: skip
Cells = tuple[Cell, ...]


class Pair(NamedTuple):
    """A sheet of open items without names, and the one sheet that names the debtors."""

    claims: Table
    debtors: Table


def matching_sheets(tables: Sequence[Table]) -> Pair | None:
    """The two sheets that make a list together; None where it is not plain which."""
    claims = [table for table in tables if _lacks_only_names(table[1])]
    debtors = [table for table in tables if _is_master(table[1])]
    return Pair(claims[0], debtors[0]) if len(claims) == len(debtors) == 1 else None


def with_debtors_of(grid: Grid, analysis: Analysis, debtors: Table) -> tuple[Grid, Analysis]:
    """The open items, each row with its debtor's master data."""
    assert analysis.header is not None
    master, described = debtors
    assert described.header is not None
    theirs = described.mapping.columns
    places = [theirs[field] for field in _MASTER if field in theirs and field not in analysis.mapping.columns]
    known = _known(master, described, places)
    headers: Cells = tuple(described.header.texts[place] for place in places)
    nobody: Cells = ("",) * len(places)
    start, width = analysis.header_number, len(analysis.header.texts)
    own = analysis.mapping.columns[Field.NUMBER]

    def rewrite(number: int, row: list[Cell]) -> list[Cell]:
        if number == start:
            return widened(row, width, headers)
        found = known.get(fold_number(text_of(row[own]))) if own < len(row) else None
        return widened(row, width, found or nobody)

    def rewriter() -> Rewrite:
        return rewrite

    joined = Rewritten(grid, rewriter)
    return joined, analyse(joined)


def _known(master: AnySheet, described: Analysis, places: Sequence[int]) -> dict[str, Cells | None]:
    """Folded customer number → master data; None where a number has two."""
    known: dict[str, Cells | None] = {}
    number = described.mapping.columns[Field.NUMBER]
    for batch in rows_below(master, described.header_number):
        for row in batch.rows:
            key = fold_number(text_of(row[number])) if number < len(row) else ""
            if key:
                cells = tuple(row[place] if place < len(row) else "" for place in places)
                known[key] = cells if known.setdefault(key, cells) == cells else None
    return known


def _lacks_only_names(analysis: Analysis) -> bool:
    return (
        analysis.header is not None
        and analysis.mapping.looks_like is None
        and analysis.missing == [(Field.NAME, Field.COMPANY)]
        and Field.NUMBER in analysis.mapping.columns
    )


def _is_master(analysis: Analysis) -> bool:
    columns = analysis.mapping.columns
    money = {Field.AMOUNT, Field.GROSS, Field.DEBIT, Field.CREDIT}
    return (
        analysis.header is not None
        and Field.NUMBER in columns
        and bool({Field.NAME, Field.COMPANY} & columns.keys())
        and not money & columns.keys()
        and analysis.mapping.looks_like is None
    )
