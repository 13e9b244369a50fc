"""Tables for creditors: what a cell is and how it is written in CSV (*CSV for creditors*, INTERFACE.md).

UTF-8 with a byte order mark, which is how Excel knows it; `;`, CRLF, decimal comma, TT.MM.JJJJ. Text that a
spreadsheet would run as a formula is defused; numbers stay numbers.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from parsers.defuse import defuse
from storage.money import Money

Cell = str | int | Money | date | None

CELL_LENGTH_MAX = 32_000  # a little less than a spreadsheet program takes
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def without_controls(text: str) -> str:
    """Text without the characters that no table may hold."""
    return _CONTROLS.sub("", text)


def written(cell: Cell) -> str:
    """A cell as German Excel reads it."""
    if cell is None:
        return ""
    if isinstance(cell, Money):
        return str(cell).replace(".", ",")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    return str(cell) if isinstance(cell, int) else defuse(without_controls(cell))


def joined(texts: Sequence[str]) -> str:
    """Several texts in one cell, cut where no program would take them whole."""
    line = ", ".join(texts)
    return line if len(line) <= CELL_LENGTH_MAX else line[:CELL_LENGTH_MAX] + " …"


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole table; its header stands there even when no row does."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([written(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def agency_day(moment: datetime) -> date:
    """The agency's day of a moment."""
    return moment.astimezone(_agency_zone()).date()


@cache
def _agency_zone() -> ZoneInfo:
    return ZoneInfo("Europe/Berlin")
