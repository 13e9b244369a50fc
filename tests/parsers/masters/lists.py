"""Open items as DATEV writes them, without a name, and lists of customers that name them."""

from pathlib import Path

import openpyxl

OPOS_HEADER = "Konto;Rechnungsnummer;Datum;Fälligkeit;Sollbetrag;Habenbetrag;Saldo"
OPOS = (
    OPOS_HEADER,
    "10021;R-1;02.01.2026;16.01.2026;119,00;;119,00",
    "10022;R-2;05.01.2026;19.01.2026;100,00;20,00;80,00",
    "10099;R-3;06.01.2026;20.01.2026;45,10;;45,10",
    "Summe;;;;;;244,10",
)
MASTER = (
    '"EXTF";700;16;"Debitoren/Kreditoren";5;20260301',
    (
        "Konto;Name (Adressattyp Unternehmen);Name (Adressattyp natürl. Person);"
        "Vorname (Adressattyp natürl. Person);Name (Adressattyp keine Angabe);Adressattyp;Kurzbezeichnung;"
        "Anrede;Straße;Postleitzahl;Ort;Land;Kundennummer;Kreditlimit (Debitor);Fälligkeit in Tagen (Debitor)"
    ),
    "10021;Muster GmbH;;;;2;Muster;;Hauptstr. 1;10115;Berlin;DE;777;;14",
    "10022;;Meier;Anna;;1;;Frau;Weg 3;20095;Hamburg;DE;778;;14",
    "10023;;;;Laden Ost;0;;;Ring 5;01067;Dresden;DE;779;;14",
)
CUSTOMERS = (
    "Kundennummer;Name;Vorname;Straße;PLZ;Ort",
    "K-1;Müller;Jörg;Hauptstraße 3;01067;Dresden",
    "K-2;Nowak;Zofia;Hafenstr. 1;18055;Rostock",
)


def text(*lines: str) -> bytes:
    return "\r\n".join((*lines, "")).encode("cp1252")


def written(path: Path, *lines: str) -> Path:
    path.write_bytes(text(*lines))
    return path


def workbook(path: Path, **sheets: tuple[str, ...]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append([cell.strip('"') or None for cell in line.split(";")])
    book.save(path)
    return path


def taken(document: dict) -> dict[int, tuple[str | None, ...]]:
    """What the accepted rows say of whom, by row."""
    return {row["row"]: who(row["debtor"]) for row in document["accepted"]}


def who(debtor: dict) -> tuple[str | None, ...]:
    label = debtor["company"] or ", ".join(filter(None, (debtor["name"], debtor["first_name"])))
    return (label, debtor["street"], debtor["postcode"], debtor["city"])


def refused(document: dict) -> dict[int, list[str]]:
    return {row["row"]: [problem["code"] for problem in row["problems"]] for row in document["rejected"]}
