"""Open-item lists of any size, as a German bookkeeping program exports them; seeded, so equal at each run."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "Kundennummer", "Rechnungsnummer", "Rechnungsdatum", "Fälligkeit", "Betrag", "MwSt", "Offen", "Währung",
    "Nachname", "Vorname", "Straße", "PLZ", "Ort", "E-Mail", "Geburtsdatum",
)  # fmt: skip
LAST_NAMES = ("Müller", "Schmidt", "Schäfer", "Weiß", "Köhler", "Jürgens", "Groß", "Öztürk", "Maier", "Vogel")
FIRST_NAMES = ("Jörg", "Anna", "Günter", "Ulrike", "Björn", "Zoë", "Peter", "Käthe", "Max", "Ida")
STREETS = ("Hauptstraße", "Am Bäckerweg", "Lindenallee", "Goethestraße", "Königsplatz")
CITIES = ("München", "Köln", "Düsseldorf", "Berlin", "Würzburg", "Gießen")
FIRST_DAY = date(2024, 1, 1)


def open_items(count: int, seed: int = 7) -> Iterator[tuple[str | date | int, ...]]:
    """`count` rows in the order of HEADER; amounts are cents."""
    dice = random.Random(seed)
    for number in range(count):
        invoiced = FIRST_DAY + timedelta(dice.randrange(700))
        gross = dice.randrange(500, 900_000)
        customer = dice.randrange(1, count * 2)
        last, first = LAST_NAMES[customer % 10], FIRST_NAMES[customer // 10 % 10]
        yield (
            f"K{customer:07d}", f"RE-{number:09d}", invoiced, invoiced + timedelta(14),
            gross, gross * 19 // 119,
            gross - (gross // 3 if number % 7 == 0 else 0), "EUR", last, first,
            f"{STREETS[customer % 5]} {customer % 199 + 1}", f"{1067 + customer % 98_000:05d}",
            CITIES[customer % 6],
            f"kunde{customer}@example.org", FIRST_DAY - timedelta(8_000 + customer % 20_000),
        )  # fmt: skip


def write_csv(path: Path, count: int, seed: int = 7) -> Path:
    """The list as CSV: cp1252, `;`, decimal comma, TT.MM.JJJJ."""
    with path.open("w", encoding="cp1252", newline="", errors="replace") as file:
        file.write(";".join(HEADER) + "\r\n")
        for row in open_items(count, seed):
            file.write(";".join(_written(value) for value in row) + "\r\n")
    return path


def write_xlsx(path: Path, count: int, seed: int = 7) -> Path:
    """The list as a workbook with real dates and numbers."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("OP-Liste")
    sheet.append(HEADER)
    for row in open_items(count, seed):
        sheet.append([value / 100 if isinstance(value, int) else value for value in row])
    book.save(path)
    return path


def _written(value: str | date | int) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, int):
        return f"{value // 100:,}".replace(",", ".") + f",{value % 100:02d}"
    return value
