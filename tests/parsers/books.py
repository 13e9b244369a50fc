"""Small workbooks in every format, with what their programs can hide in them."""

import io
import struct
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import openpyxl
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableProperties
from odf.table import Table, TableCell, TableColumn, TableRow
from odf.text import P
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from xlwt.CompoundDoc import XlsDoc

KINDS = ("xlsx", "xls", "biff5", "xlsb", "ods")
ERROR = object()  # stands for #N/A
_EPOCHS = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_DAY, _DOLLARS = "dd.mm.yyyy", "[$$-409]#,##0.00"


class Dollars(float):
    """An amount that its program shows in dollars."""


class Sheet(msgspec.Struct, kw_only=True):
    """What a sheet holds; rows count from 1, columns from 0."""

    rows: list[list[Any]]
    name: str = "Liste"
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    is_hidden: bool = False


def write_book(kind: str, path: Path, *sheets: Sheet, epoch_1904: bool = False) -> Path:
    """A workbook of `kind`, one of KINDS."""
    writers = {"xlsx": _xlsx, "xls": _xls, "biff5": _biff5, "xlsb": _xlsb, "ods": _ods}
    path.write_bytes(writers[kind](sheets, epoch_1904))
    return path


def serial(day: date, *, epoch_1904: bool) -> int:
    """The number of a day in a workbook."""
    return (day - _EPOCHS[epoch_1904]).days


def _xlsx(sheets: tuple[Sheet, ...], epoch_1904: bool) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for one in sheets:
        sheet = book.create_sheet(one.name)
        for number, row in enumerate(one.rows, 1):
            for column, value in enumerate(row, 1):
                cell = sheet.cell(number, column, "#N/A" if value is ERROR else value)
                if value is ERROR:
                    cell.data_type = "e"
                elif isinstance(value, Dollars):
                    cell.value, cell.number_format = float(value), _DOLLARS
        for number in one.hidden_rows:
            sheet.row_dimensions[number].hidden = True
        for column in one.hidden_columns:
            sheet.column_dimensions[get_column_letter(column + 1)].hidden = True
        sheet.sheet_state = "hidden" if one.is_hidden else "visible"
    return _saved(book)


def _xls(sheets: tuple[Sheet, ...], epoch_1904: bool) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = epoch_1904
    day, dollars = xlwt.easyxf(num_format_str=_DAY), xlwt.easyxf(num_format_str=_DOLLARS)
    for one in sheets:
        sheet = book.add_sheet(one.name)
        for number, row in enumerate(one.rows):
            for column, value in enumerate(row):
                if value is ERROR:
                    sheet.row(number).set_cell_error(column, 0x2A)
                elif isinstance(value, date):
                    sheet.write(number, column, serial(value, epoch_1904=epoch_1904), day)
                elif isinstance(value, Dollars):
                    sheet.write(number, column, float(value), dollars)
                elif value is not None:
                    sheet.write(number, column, value)
        for number in one.hidden_rows:
            sheet.row(number - 1).hidden = True
        for column in one.hidden_columns:
            sheet.col(column).hidden = True
        sheet.visibility = int(one.is_hidden)
    return _saved(book)


def _biff5(sheets: tuple[Sheet, ...], epoch_1904: bool) -> bytes:
    def record(kind: int, *parts: bytes) -> bytes:
        content = b"".join(parts)
        return struct.pack("<HH", kind, len(content)) + content

    def text(value: str) -> bytes:
        return bytes([len(value)]) + value.encode("cp1252", "replace")

    styles = [record(0xE0, struct.pack("<HH12x", 0, number)) for number in (0, 164, 165)]
    formats = [
        record(0x41E, struct.pack("<H", 164), text(_DAY)),
        record(0x41E, struct.pack("<H", 165), text(_DOLLARS)),
    ]
    bodies = []
    for one in sheets:
        parts = [record(0x809, struct.pack("<HHHH", 0x500, 0x10, 0, 0))]
        parts += [record(0x7D, struct.pack("<HHHHHH", at, at, 2000, 0, 1, 0)) for at in one.hidden_columns]
        for number, row in enumerate(one.rows):
            hidden = 0x20 if number + 1 in one.hidden_rows else 0
            parts.append(record(0x208, struct.pack("<HHHHHHHH", number, 0, len(row), 255, 0, 0, hidden, 15)))
            for column, value in enumerate(row):
                style = 1 if isinstance(value, date) else 2 if isinstance(value, Dollars) else 0
                place = struct.pack("<HHH", number, column, style)
                if value is ERROR:
                    parts.append(record(0x205, place, b"\x2a\x01"))
                elif isinstance(value, str):
                    parts.append(
                        record(0x204, place, struct.pack("<H", len(value)), value.encode("cp1252", "replace"))
                    )
                elif value is not None:
                    number_of = serial(value, epoch_1904=epoch_1904) if style == 1 else value
                    parts.append(record(0x203, place, struct.pack("<d", number_of)))
        bodies.append(b"".join([*parts, record(0x0A)]))
    head = [
        record(0x809, struct.pack("<HHHH", 0x500, 0x05, 0, 0)),
        record(0x42, struct.pack("<H", 1252)),
        record(0x22, struct.pack("<H", epoch_1904)),
        *formats,
        *styles,
    ]
    length = sum(map(len, head)) + sum(11 + len(one.name) for one in sheets) + 4
    for one, body in zip(sheets, bodies, strict=True):
        head.append(record(0x85, struct.pack("<IBB", length, one.is_hidden, 0), text(one.name)))
        length += len(body)
    target = io.BytesIO()
    XlsDoc().save(target, b"".join([*head, record(0x0A), *bodies]))
    return target.getvalue()


def _binary(kind: int, *parts: bytes) -> bytes:
    """A record of XLSB."""
    content, size = b"".join(parts), b""
    left = len(content)
    while left > 0x7F:
        size += bytes([left & 0x7F | 0x80])
        left >>= 7
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + size + bytes([left]) + content


def _binary_text(value: str) -> bytes:
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def _binary_cell(column: int, value: Any, epoch_1904: bool) -> bytes:
    style = 1 if isinstance(value, date) else 2 if isinstance(value, Dollars) else 0
    place = struct.pack("<II", column, style)
    if value is ERROR:
        return _binary(3, place, b"\x2a")
    if isinstance(value, str):
        return _binary(6, place, _binary_text(value))
    number = serial(value, epoch_1904=epoch_1904) if style == 1 else value
    return _binary(5, place, struct.pack("<d", number))


def _xlsb(sheets: tuple[Sheet, ...], epoch_1904: bool) -> bytes:
    record, text = _binary, _binary_text
    book = [record(131), record(153, struct.pack("<II", int(epoch_1904), 0), text("")), record(143)]
    relations = []
    parts = {}
    for index, one in enumerate(sheets, 1):
        book.append(
            record(156, struct.pack("<II", int(one.is_hidden), index), text(f"rId{index}"), text(one.name))
        )
        relations.append(
            f'<Relationship Id="rId{index}" Target="worksheets/sheet{index}.bin" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        )
        width = max(map(len, one.rows))
        body = [
            record(129),
            record(148, struct.pack("<IIII", 0, len(one.rows) - 1, 0, width - 1)),
            record(390),
        ]
        body += [record(60, struct.pack("<IIIIH", at, at, 2000, 0, 1)) for at in one.hidden_columns]
        body += [record(391), record(145)]
        for number, row in enumerate(one.rows):
            hidden = 0x10 if number + 1 in one.hidden_rows else 0
            body.append(record(0, struct.pack("<IIHBBBI", number, 0, 300, 0, hidden, 0, 0)))
            body += [
                _binary_cell(column, value, epoch_1904)
                for column, value in enumerate(row)
                if value is not None
            ]
        parts[f"xl/worksheets/sheet{index}.bin"] = b"".join([*body, record(146), record(130)])
    styles = [
        record(615, struct.pack("<I", 2)),
        record(44, struct.pack("<H", 164), text(_DAY)),
        record(44, struct.pack("<H", 165), text(_DOLLARS)),
        record(616),
        record(617, struct.pack("<I", 3)),
        *(record(47, struct.pack("<HH12x", 0, number)) for number in (0, 164, 165)),
        record(618),
    ]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("xl/workbook.bin", b"".join([*book, record(144), record(132)]))
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f"{''.join(relations)}</Relationships>",
        )
        archive.writestr("xl/styles.bin", b"".join(styles))
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def _ods(sheets: tuple[Sheet, ...], epoch_1904: bool) -> bytes:
    book = OpenDocumentSpreadsheet()
    unseen = Style(name="unseen", family="table")
    unseen.addElement(TableProperties(display="false"))
    book.automaticstyles.addElement(unseen)
    for one in sheets:
        table = Table(name=one.name, **({"stylename": unseen} if one.is_hidden else {}))
        for column in range(max(map(len, one.rows))):
            visibility = "collapse" if column in one.hidden_columns else "visible"
            table.addElement(TableColumn(visibility=visibility))
        for number, row in enumerate(one.rows, 1):
            line = TableRow(visibility="filter" if number in one.hidden_rows else "visible")
            for value in row:
                line.addElement(_ods_cell(value))
            table.addElement(line)
        book.spreadsheet.addElement(table)
    return _saved(book)


def _ods_cell(value: Any) -> TableCell:
    if value is None:
        return TableCell()
    if value is ERROR:
        cell = TableCell(valuetype="string", stringvalue="")
        cell.setAttrNS(
            "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "value-type", "error"
        )
        cell.addElement(P(text="#N/A"))
    elif isinstance(value, Dollars):
        cell = TableCell(valuetype="currency", value=str(float(value)), currency="USD")
    elif isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, str):
        cell = TableCell(valuetype="string")
        cell.addElement(P(text=value))
    else:
        cell = TableCell(valuetype="float", value=str(value))
    return cell


def _saved(book: Any) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
