"""Sheets as files: text, a page or PDF by the file's ending."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.statements.final import Recipient
    from bot.statements.sheet import Sheet
    from storage.accounts import Account


def sheet_bytes(sheet: "Sheet", ending: str, made_on: date) -> bytes:
    """The sheet in the form of an ending: .txt, .pdf, else a page."""
    if ending == ".pdf":
        from bot.statements.as_pdf import pdf_of  # noqa: PLC0415 - loads slowly

        return pdf_of(sheet, made_on)
    if ending == ".txt":
        from bot.statements.as_text import text_of  # noqa: PLC0415

        return text_of(sheet).encode()
    from bot.statements.as_page import page_of  # noqa: PLC0415

    return page_of(sheet).encode()


def write_sheet(path: Path, sheet: "Sheet", made_on: date) -> None:
    """Write the file whole, by its ending. May raise OSError."""
    from gateway.commands.tables import write_file  # noqa: PLC0415

    write_file(path, sheet_bytes(sheet, path.suffix.lower(), made_on))


def recipient_of(account: "Account") -> "Recipient":
    """To whom a sheet of an account goes."""
    from bot.statements.final import Recipient  # noqa: PLC0415

    town = " ".join(part for part in (account.postcode, account.city) if part)
    return Recipient(
        name=account.name,
        address=tuple(line for line in (account.street, town) if line),
        is_test=account.mode == "test",
    )
