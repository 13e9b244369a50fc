"""A table of one row with what was read of a plain invoice: to be checked, completed and sent back."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import PurePath
from typing import Any

from storage.records import Row

_HEADERS: tuple[tuple[str, str], ...] = (
    ("Rechnungsnummer", "Invoice number"),
    ("Rechnungsdatum", "Invoice date"),
    ("Fälligkeit", "Due date"),
    ("Offener Betrag", "Open amount"),
    ("Kundennummer", "Customer number"),
    ("Firma", "Company"),
    ("Name", "Last name"),
    ("Vorname", "First name"),
    ("Straße", "Street"),
    ("PLZ", "Postcode"),
    ("Ort", "City"),
    ("Land", "Country"),
    ("E-Mail", "E-mail"),
    ("Forderungsgrund", "Ground"),
    ("Vertragsdatum", "Contract date"),
)
_STEMS = ("bitte prüfen", "please check")
_WIDTH = 20


def prefilled(name: str, row: Row, language: str) -> tuple[str, bytes]:
    """The table's name and bytes (XLSX); text stays text, so that no postcode loses its zero."""
    from openpyxl import Workbook  # noqa: PLC0415 - only where such a table is made

    index = 1 if language == "en" else 0
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append([header[index] for header in _HEADERS])
    for column, value in enumerate(_values(row), 1):
        cell: Any = sheet.cell(row=2, column=column, value=value)
        if isinstance(value, str):
            cell.data_type = "s"  # never a formula
            cell.number_format = "@"
        sheet.column_dimensions[cell.column_letter].width = _WIDTH
    content = BytesIO()
    book.save(content)
    return f"{PurePath(name).stem} ({_STEMS[index]}).xlsx", content.getvalue()


def _values(row: Row) -> list[str | date | Decimal | None]:
    debtor = row.debtor
    return [
        row.invoice_number,
        row.invoice_date,
        row.due_date,
        Decimal(row.amount.cents) / 100 if row.amount.cents else None,
        debtor.number,
        debtor.company,
        debtor.name,
        debtor.first_name,
        debtor.street,
        debtor.postcode,
        debtor.city,
        debtor.country,
        debtor.email,
        row.ground,
        row.contract_date,
    ]
