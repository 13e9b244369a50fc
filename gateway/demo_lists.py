"""The lists that the demo sends: invented debtors, real formats, a few real mistakes."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

HEADER = (
    "Kundennummer", "Firma", "Name", "Vorname", "Straße", "PLZ", "Ort",
    "Rechnungsnummer", "Rechnungsdatum", "Fällig am", "Offener Betrag", "Leistung", "Vertragsdatum",
    "In Verzug seit", "Grund des Verzugs",
)  # fmt: skip
_SERVICES = ("Wartung Heizungsanlage", "Lieferung Büromöbel", "Fitnessvertrag", "Webshop-Bestellung")
_PEOPLE = (
    ("Weiß", "Jörg", "Am Bäckerweg 3a", "04109", "Leipzig"),
    ("Großkopf", "Käthe", "Königsplatz 9", "34117", "Kassel"),
    ("Schäfer", "Björn", "Goethestraße 88", "60313", "Frankfurt am Main"),
    ("Nowak", "Zofia", "Hafenstraße 1", "01067", "Dresden"),
    ("Öztürk", "Deniz", "Marktgasse 5", "90403", "Nürnberg"),
    ("Lüdenscheid", "Herbert", "Rosenweg 17", "79098", "Freiburg"),
    ("Yılmaz", "Ayşe", "Lindenallee 12", "50667", "Köln"),
)
_FIRMS = (
    ("Bäckerei Kornblume GmbH", "Mühlenweg 2", "26122", "Oldenburg"),
    ("Tischlerei Hobel & Span OHG", "Werkstraße 30", "99084", "Erfurt"),
)

Cells = Sequence[str | int | date | None]


def workbook_rows() -> list[Cells]:
    """Twelve open invoices of ten debtors: two of them owe two invoices each. Amounts are cents."""
    rows: list[Cells] = []
    for number in range(12):
        person = _PEOPLE[number % len(_PEOPLE)] if number < 10 else None
        invoice, invoiced = f"RE-2026-{1001 + number}", date(2026, 7, 1 + number)
        due, owed = date(2026, 8, 1 + number), 4_990 + number * 12_345
        service, agreed = _SERVICES[number % 4], date(2026, 5, 2 + number)
        if person is not None:
            who: Cells = (f"K{7001 + number % 8}", None, *person)
        else:
            firm, *address = _FIRMS[number - 10]
            who = (f"K{8001 + number}", firm, None, None, *address)
        default = (date(2026, 8, 20 + number % 10), "Mahnung")
        rows.append((*who, invoice, invoiced, due, owed, service, agreed, *default))
    return rows


def write_workbook(path: Path) -> Path:
    """The list as a bookkeeping program exports it: a letterhead, the table, a sum below."""
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only the demo writes workbooks here

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Offene Posten"
    sheet.append(["Muster Handels GmbH · Offene Posten, Stand 20.11.2026"])
    sheet.append([])
    sheet.append(HEADER)
    total = 0
    for row in workbook_rows():
        total += row[10] if isinstance(row[10], int) else 0
        sheet.append([cell / 100 if column == 10 else cell for column, cell in enumerate(row)])  # type: ignore[operator]
    sheet.append([None] * 9 + ["Summe", total / 100])
    for column in (9, 10, 13, 14):
        for cell in next(sheet.iter_cols(column, column, 4, 15)):
            cell.number_format = "DD.MM.YYYY"
    for cell in next(sheet.iter_cols(11, 11, 4, 16)):
        cell.number_format = '#,##0.00 "€"'
    book.save(path)
    return path


def write_csv(path: Path) -> Path:
    """A shop's export: cp1252, semicolons, German figures; two of the invoices are in already."""
    lines = [";".join(HEADER)]
    lines += [";".join(_written(cell) for cell in row) for row in workbook_rows()[:2]]
    lines += [
        "K9001;;Brömmel;Ida;Kai 7;24103;Kiel;RE-2026-2001;03.08.2026;17.08.2026;129,90;Rad;30.07.2026;;",
        "K9002;;van der Meer;Piet;Deich 1;26382;Jever;RE-2026-2002;05.08.2026;19.08.2026;1.049,00;Sofa;;;",
    ]
    path.write_bytes("\r\n".join(lines).encode("cp1252", errors="replace") + b"\r\n")
    return path


def write_list_with_mistakes(path: Path) -> Path:
    """Five rows, three of which cannot be taken: a day that never was, a credit note, no amount."""
    return _write_small(path, due="31.02.2026", credit="-45,00", amount="auf Anfrage")


def write_corrected_list(path: Path) -> Path:
    """The same list, mended."""
    return _write_small(path, due="28.02.2026", credit="45,00", amount="310,00")


def _write_small(path: Path, *, due: str, credit: str, amount: str) -> Path:
    rows = (
        ("K9101", "Fliesen-Atelier Sonntag GmbH", "", "", "Ringstraße 4", "45127", "Essen", "RE-2026-3001",
         "02.03.2026", "16.03.2026", "2.380,00", "Lieferung Büromöbel", "20.02.2026"),
        ("K9102", "", "Abel", "Nils", "Parkweg 2", "30159", "Hannover", "RE-2026-3002",
         "20.01.2026", due, "89,50", "Fitnessvertrag", "02.01.2026"),
        ("K9103", "", "Zeisig", "Mara", "Turmgasse 1", "89073", "Ulm", "RE-2026-3003",
         "04.03.2026", "18.03.2026", credit, "Webshop-Bestellung", "01.03.2026"),
        ("K9104", "", "Pohl", "Rainer", "Feldstraße 60", "38100", "Braunschweig", "RE-2026-3004",
         "05.03.2026", "19.03.2026", amount, "Wartung Heizungsanlage", "20.02.2026"),
        ("K9105", "", "Quast", "Lena", "Alter Markt 3", "24937", "Flensburg", "RE-2026-3005",
         "06.03.2026", "20.03.2026", "64,99", "Webshop-Bestellung", "02.03.2026"),
    )  # fmt: skip
    lines = [";".join(HEADER), *(";".join((*row, "", "")) for row in rows)]
    path.write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")
    return path


def _written(cell: str | int | date | None) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y")
    if isinstance(cell, int):
        return f"{cell // 100},{cell % 100:02d}"
    return cell or ""
