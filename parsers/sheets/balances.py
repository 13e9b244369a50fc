"""A balance that is not what is open of the row's own invoice: three kinds, told by the figures alone.

A balance that runs on from row to row, one that repeats the customer's total on each of his rows, and
a sum that holds the dunning fees beside it would each be claimed too often. So the sender is asked.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

import msgspec

from parsers.grids.cells import Cell, Grid, text_of
from parsers.sheets.amounts import Fault, Mark, parse_amount
from parsers.sheets.columns import Mapping
from parsers.sheets.fields import COST_FIELDS, Field
from parsers.sheets.survey import rows_below

ROWS_LOOKED_AT = 2_000
_NEARLY_ALL = 0.9
_PAIRS_MIN = 2


class _Line(msgspec.Struct, frozen=True):
    debtor: str
    open: int
    own: int  # what the row itself adds: its invoice, or debit less credit
    fees: int


def rival_of_balance(
    grid: Grid, header_number: int, mapping: Mapping, marks: dict[Field, Mark]
) -> int | None:
    """The column that may be the claim instead of the balance; None where the balance is in order."""
    columns = mapping.columns | mapping.beside
    if Field.AMOUNT not in columns or not {Field.GROSS, Field.DEBIT} & columns.keys():
        return None
    lines = list(islice(_lines(grid, header_number, columns, marks), ROWS_LOOKED_AT))
    if _runs_on(lines) or _repeats_total(lines) or _holds_fees(lines):
        return columns.get(Field.GROSS, columns.get(Field.DEBIT))
    return None


def _lines(
    grid: Grid, header_number: int, columns: dict[Field, int], marks: dict[Field, Mark]
) -> Iterator[_Line]:
    mark = marks.get(Field.AMOUNT, Mark.UNDECIDED)

    def cents(row: Sequence[Cell], field: Field) -> int | None:
        index = columns.get(field)
        if index is None or index >= len(row):
            return None
        found = parse_amount(row[index], marks.get(field, mark))
        return None if isinstance(found, Fault) else found

    naming = [columns[field] for field in (Field.NUMBER, Field.NAME, Field.COMPANY) if field in columns]
    for batch in rows_below(grid, header_number):
        for row in batch.rows:
            amount, gross = cents(row, Field.AMOUNT), cents(row, Field.GROSS)
            debit, credit = cents(row, Field.DEBIT), cents(row, Field.CREDIT)
            debtor = "\n".join(text_of(row[index]) for index in naming if index < len(row)).strip()
            if gross is None and (debit is not None or credit is not None):
                gross = (debit or 0) - (credit or 0)
            if amount is not None and gross is not None and debtor:
                fees = sum(cents(row, field) or 0 for field in COST_FIELDS)
                yield _Line(debtor, amount, gross, fees)


def _runs_on(lines: Sequence[_Line]) -> bool:
    """Each balance is the one above it and the row's own amount, again and again for one debtor."""
    pairs = [(one, other) for one, other in pairwise(lines) if one.debtor == other.debtor]
    running = sum(1 for one, other in pairs if other.open == one.open + other.own and other.open != other.own)
    return running >= _PAIRS_MIN and running >= len(pairs) * _NEARLY_ALL


def _repeats_total(lines: Sequence[_Line]) -> bool:
    """All rows of a debtor show the same balance, the sum of their own amounts."""
    groups: defaultdict[str, list[_Line]] = defaultdict(list)
    for line in lines:
        groups[line.debtor].append(line)
    several = [group for group in groups.values() if len(group) > 1]
    total = [
        group
        for group in several
        if len({line.open for line in group}) == 1 and sum(line.own for line in group) == group[0].open
    ]
    return bool(total) and len(total) >= len(several) * _NEARLY_ALL


def _holds_fees(lines: Sequence[_Line]) -> bool:
    """What is called open is the invoice and the fees that stand in columns of their own."""
    charged = [line for line in lines if line.fees > 0]
    summed = sum(1 for line in charged if line.open == line.own + line.fees)
    return summed > 0 and summed >= len(charged) * _NEARLY_ALL
