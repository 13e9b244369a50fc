"""Tables for creditors as files: semicolon CSV as German Excel reads it, or XLSX by the file's ending.

Cells are text, Money, dates or None. Money and dates stay numbers and dates; text that a
spreadsheet would run as a formula is defused. A file appears whole, by rename.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.cells import Cell, without_controls, written
from parsers.defuse import defuse
from storage.money import Money


def write_table(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write the file with its header and all rows; says how many. May raise OSError."""
    write = _write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv
    with _appearing(path) as hidden:
        return write(hidden, columns, rows)


def write_file(path: Path, content: bytes) -> None:
    """Write a file that is made already. May raise OSError."""
    with _appearing(path) as hidden:
        hidden.write_bytes(content)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """A hidden file that takes the name when it is whole, and is gone when it never was."""
    hidden = path.with_name(f".{path.name}.part")
    try:
        yield hidden
        hidden.replace(path)
    finally:
        hidden.unlink(missing_ok=True)


def _write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    # The byte order mark is how Excel knows UTF-8.
    with path.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([written(cell) for cell in row])
            count += 1
    return count


def _write_xlsx(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    # openpyxl itself and not pandas: it writes decimals as they are and never guesses a formula.
    from openpyxl import Workbook  # noqa: PLC0415 - loads slowly
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Export")
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns):
        sheet.column_dimensions[_letter(number)].width = max(12, len(column) + 2)
    sheet.append([_cell(sheet, column, Font(bold=True)) for column in columns])
    count = 0
    for row in rows:
        sheet.append([_cell(sheet, cell) for cell in row])
        count += 1
    book.save(path)
    return count


def _cell(sheet: Any, value: Cell, font: Any = None) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    if value is None:
        return None
    if isinstance(value, str):
        cell = WriteOnlyCell(sheet, without_controls(value))
        cell.data_type = "s"
        cell.quotePrefix = defuse(value) != value  # typed into again it would be read as a formula
    elif isinstance(value, Money):
        cell = WriteOnlyCell(sheet, Decimal(value.cents).scaleb(-2))  # type: ignore[arg-type]  # it takes them
        cell.number_format = "#,##0.00"
    else:
        cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # it takes dates
        if isinstance(value, date):
            cell.number_format = "DD.MM.YYYY"
    if font is not None:
        cell.font = font
    return cell


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(number + 1))
