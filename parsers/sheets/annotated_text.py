"""A CSV or text list back with a column that says what is wrong in each row."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from parsers.defuse import defuse
from parsers.grids.cells import text_of
from parsers.grids.delimited import DELIMITERS
from parsers.sheets.marks import Layout, Marks, keep, lay_out
from parsers.sheets.texts import open_text

DELIMITER = ";"
_MARK = "\ufeff"
_WITH_MARK = "utf-8-sig"


def annotated_text(path: Path, marks: Marks) -> bytes:
    """The list in its own encoding and delimiter; UTF-8 and semicolons where those will not do."""
    encoding = marks.head.encoding or _WITH_MARK
    delimiter = marks.head.delimiter if marks.head.delimiter in DELIMITERS else DELIMITER
    kept = keep(_rows(path), marks)
    header = next((cells for number, cells in kept.rows if number == marks.head.header_row), [])
    width = max((len(cells) for _, cells in kept.rows), default=0)
    layout = lay_out(header, width, marks, whole=kept.whole)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for number, cells in kept.rows:
        writer.writerow(_marked(number, cells, layout, marks))
    return _encoded(out.getvalue(), encoding)


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    for batch in open_text(path).batches():
        for number, cells in zip(batch.numbers, batch.rows, strict=True):
            texts = [cell if isinstance(cell, str) else text_of(cell) for cell in cells]
            yield number, texts


def _marked(number: int, cells: list[str], layout: Layout, marks: Marks) -> list[str]:
    is_header = number == marks.head.header_row
    told = _told(number, cells, layout, marks)
    row = [defuse(cell.removeprefix(_MARK)) for cell in cells]
    if len(row) > layout.error_column:
        row[layout.error_column] = told
    elif told or (row and number >= (marks.head.header_row or 0)):
        row += [""] * (layout.error_column - len(row)) + [told]
    advised = marks.words.advice if is_header else marks.advised(number)
    if layout.advice_column is not None and (advised or len(row) > layout.advice_column):
        row += [""] * (layout.advice_column + 1 - len(row))
        row[layout.advice_column] = advised
    if layout.adds_row_column:
        row.insert(0, marks.words.row if is_header else str(number))
    return row


def _told(number: int, cells: list[str], layout: Layout, marks: Marks) -> str:
    if number == marks.head.header_row:
        return marks.words.error if layout.adds_error_header else ""
    told = marks.told(number)
    if not told and number in marks.skipped and any(cell.strip() for cell in cells):
        return f"{marks.words.skipped}: {marks.skipped[number]}"
    return " ".join(defuse(told).split())


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(_WITH_MARK)
