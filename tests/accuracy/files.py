"""Lists as files: delimited text, fixed width, workbooks of three formats."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import date, datetime

import msgspec
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, to_excel

from tests.accuracy.columns import Cents
from tests.accuracy.lines import Cell, Line
from tests.accuracy.truth import Truth
from tests.accuracy.writing import dotted, german

Truths = dict[int, Truth]


class Writing(msgspec.Struct, frozen=True, kw_only=True):
    """How a file writes what is neither text nor a whole number."""

    amount: Callable[[int], str] = german
    day: Callable[[date], str] = dotted

    def text(self, cell: Cell) -> str:
        if isinstance(cell, Cents):
            return self.amount(cell.cents)
        if isinstance(cell, date):
            return self.day(cell)
        return "" if cell is None else str(cell)


GERMAN = Writing()


class Dialect(msgspec.Struct, frozen=True, kw_only=True):
    """How a delimited text is put together."""

    delimiter: str = ";"
    encoding: str = "cp1252"
    newline: str = "\r\n"
    quoting: int = csv.QUOTE_MINIMAL
    before: tuple[str, ...] = ()  # raw lines above, such as `sep=;`
    is_trimmed: bool = False  # empty cells at a line's end are left out


EXCEL = Dialect()


def delimited(
    lines: Iterable[Line], writing: Writing = GERMAN, dialect: Dialect = EXCEL
) -> tuple[bytes, Truths]:
    """The file's bytes, and the truth by the line where a record starts."""
    file = io.StringIO(newline="")
    writer = csv.writer(
        file, delimiter=dialect.delimiter, quoting=dialect.quoting, lineterminator=dialect.newline
    )
    truths: Truths = {}
    number = 1
    for raw in dialect.before:
        file.write(raw + dialect.newline)
        number += 1
    for one in lines:
        cells = [writing.text(cell) for cell in one.cells]
        while dialect.is_trimmed and cells and not cells[-1]:
            cells.pop()
        if cells:
            writer.writerow(cells)
        else:
            file.write(dialect.newline)
        if one.truth is not None:
            truths[number] = one.truth
        number += 1 + sum(cell.count("\n") for cell in cells)
    return file.getvalue().encode(dialect.encoding), truths


def fixed_width(
    lines: Iterable[Line], widths: list[int], writing: Writing = GERMAN, encoding: str = "cp850"
) -> tuple[bytes, Truths]:
    """Columns of stated widths, amounts to the right; each cell is cut to its width less a blank."""
    rows: list[str] = []
    truths: Truths = {}
    for number, one in enumerate(lines, start=1):
        parts = []
        for cell, width in zip(one.cells, widths, strict=False):
            text = writing.text(cell)
            assert len(text) < width, f"{text!r} does not fit into {width}"
            parts.append(text.rjust(width - 1) + " " if isinstance(cell, Cents) else text.ljust(width))
        rows.append("".join(parts).rstrip())
        if one.truth is not None:
            truths[number] = one.truth
    return ("\r\n".join(rows) + "\r\n").encode(encoding), truths


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet of a workbook."""

    title: str = "Tabelle1"
    lines: list[Line]
    is_hidden: bool = False
    merged: tuple[str, ...] = ()
    hidden_columns: tuple[int, ...] = ()  # of XLSX, from 0


class Style(msgspec.Struct, frozen=True, kw_only=True):
    """How cells of a workbook hold amounts and days: as themselves, as text, days as bare serials."""

    amounts_as_text: Callable[[int], str] | None = None
    days_as_text: Callable[[date], str] | None = None
    days_as_serials: bool = False
    is_1904: bool = False
    number_format: str = "#,##0.00"
    day_format: str = "dd.mm.yyyy"


NATIVE = Style()


def truths_of(lines: Iterable[Line]) -> Truths:
    return {number: one.truth for number, one in enumerate(lines, start=1) if one.truth is not None}


def _all_truths(sheets: list[Sheet]) -> Truths:
    truths: Truths = {}
    for sheet in sheets:
        if not sheet.is_hidden:
            truths |= truths_of(sheet.lines)
    return truths


def _held(cell: Cell, style: Style):
    if isinstance(cell, Cents):
        return style.amounts_as_text(cell.cents) if style.amounts_as_text else cell.cents / 100
    if isinstance(cell, date) and style.days_as_text:
        return style.days_as_text(cell)
    return None if cell == "" else cell


def xlsx(sheets: list[Sheet], style: Style = NATIVE) -> tuple[bytes, Truths]:
    book = Workbook()
    book.remove(book.active)
    if style.is_1904:
        book.epoch = CALENDAR_MAC_1904
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        for number, one in enumerate(sheet.lines, start=1):
            for at, cell in enumerate(one.cells, start=1):
                _place(page, number, at, cell, style)
            if one.is_hidden:
                page.row_dimensions[number].hidden = True
        for area in sheet.merged:
            page.merge_cells(area)
        for at in sheet.hidden_columns:
            page.column_dimensions[get_column_letter(at + 1)].hidden = True
        if sheet.is_hidden:
            page.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), _all_truths(sheets)


def _place(page, row: int, column: int, cell: Cell, style: Style) -> None:
    held = _held(cell, style)
    if held is None:
        return
    if isinstance(held, date) and style.days_as_serials:
        held = int(to_excel(datetime(held.year, held.month, held.day), page.parent.epoch))  # noqa: DTZ001
    place = page.cell(row, column, held)
    if isinstance(held, date):
        place.number_format = style.day_format
    elif isinstance(cell, Cents):
        place.number_format = style.number_format


def xls(sheets: list[Sheet], style: Style = NATIVE) -> tuple[bytes, Truths]:
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = style.is_1904
    days = xlwt.easyxf(num_format_str="DD.MM.YYYY")
    plain = xlwt.easyxf()
    for sheet in sheets:
        page = book.add_sheet(sheet.title)
        for number, one in enumerate(sheet.lines):
            for at, cell in enumerate(one.cells):
                held = _held(cell, style)
                if held is not None:
                    page.write(number, at, held, days if isinstance(held, date) else plain)
        if sheet.is_hidden:
            page.visibility = 1
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), _all_truths(sheets)


def ods(sheets: list[Sheet], style: Style = NATIVE) -> tuple[bytes, Truths]:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    def placed(cell: Cell):
        held = _held(cell, style)
        if held is None:
            return TableCell()
        if isinstance(held, date):
            place = TableCell(valuetype="date", datevalue=held.isoformat())
        elif isinstance(held, int | float):
            place = TableCell(valuetype="float", value=repr(held))
        else:
            place = TableCell(valuetype="string")
        place.addElement(P(text=GERMAN.text(cell)))
        return place

    book = OpenDocumentSpreadsheet()
    for sheet in sheets:
        page = Table(name=sheet.title)
        for one in sheet.lines:
            row = TableRow()
            for cell in one.cells:
                row.addElement(placed(cell))
            page.addElement(row)
        book.spreadsheet.addElement(page)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue(), _all_truths(sheets)
