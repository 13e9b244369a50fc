"""Lists put together by chance: any usual header for a column, any order, any noise, any writing.

The headers are those of the trade (DOMAIN, section 9); where one may mean two things, as `Konto` or
`Kunde`, its values tell.
"""

import csv
import random
from datetime import timedelta

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Dialect, Sheet, Style, Writing, delimited, xls, xlsx
from tests.accuracy.items import Shares, make_items, with_days_above_twelve
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import BLANK, Line, header, item_lines, line, placed
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Refuse

GERMAN = {
    "number": "Kundennummer|Kd-Nr|KdNr|Kunden-Nr.|Debitorennummer|Deb.-Nr.|Debitorenkonto|"
    "Personenkonto|Mitgliedsnummer|"
    "Vertragskonto|Schuldner-Nr|Kd.-Nr.|Kundennr.|Kunden Nr|KUNDENNUMMER|Debitor|Konto|"
    "Debitoren-Nr.|Kundenkonto|Mandatsnummer",
    "last": "Nachname|Familienname|Zuname|NACHNAME|Name|Name1|Name 1",
    "first": "Vorname|Vorname(n)|Rufname|Vorn.|VORNAME",
    "whole": "Name|Schuldner|Schuldnername|Kunde|Kundenname|Rechnungsempfänger|Vertragspartner|"
    "Debitor|Debitorname|Empfänger|"
    "Name des Schuldners|Kunde / Firma|Kundenbezeichnung|Auftraggeber|Kurzbezeichnung|Adressat",
    "company": "Firma|Firmenname|Firmenbezeichnung|Unternehmen|Unternehmensname|FIRMA",
    "street": "Straße|Strasse|Str.|Anschrift|Adresse|Adresszeile 1|Straße/Hausnr|Strasse und Nr|"
    "Rechnungsadresse|Straße, Hausnummer|"
    "STRASSE|Straße + Nr.|Straße u. Hausnr.|Straße (Rechnung)",
    "street_name": "Straße|Strasse|Straßenname",
    "house": "Hausnummer|Haus-Nr|Hausnr.|HNr.|Haus Nr.|Hs-Nr.",
    "postcode": "PLZ|Postleitzahl|Post-LZ|Zustell-PLZ|Rechnungs-PLZ|plz|P L Z",
    "city": "Ort|Stadt|Wohnort|Ortschaft|Rechnungsort|Ortsname|ORT|Gemeinde",
    "place": "PLZ Ort|PLZ/Ort|PLZ, Ort|PLZ und Ort|PLZ-Ort|PLZ + Ort|Postleitzahl Ort|PLZ Wohnort",
    "invoice_number": "Rechnungsnummer|Rechnungsnr|Rechnungs-Nr.|RE-Nr|ReNr|Rg-Nr|Rg.Nr|Belegnummer|"
    "Beleg-Nr|Belegfeld 1|Beleg|OP-Nummer|"
    "Faktura|Fakturanummer|Dokumentnummer|Rechnung|Rechn.Nr.|Rechnungs Nr.|"
    "RECHNUNGSNUMMER|RG-Nummer|R.-Nr.|Rechnung Nr.|Fakt.-Nr.|Beleg Nr.",
    "invoice_date": "Rechnungsdatum|Rg-Datum|RE-Datum|Belegdatum|Datum|Faktdatum|Ausstellungsdatum|ReDat|"
    "vom|Rg.-Dat.|Rechnungs-Datum|"
    "Rechn.-Datum|Datum der Rechnung|RECHNUNGSDATUM|Rg. vom|Fakturadatum",
    "due_date": "Fälligkeit|Fälligkeitsdatum|fällig am|Fällig|zahlbar bis|Nettofälligkeit|Zieldatum|"
    "FäDat|Zahlungsfrist|Zahlungsziel|"
    "Faelligkeit|fällig seit|FÄLLIGKEIT|Fällig zum|Zahlungsziel bis|Fällig (netto)|"
    "fällig ab|Zahlungstermin|Fällig.-Datum|zu zahlen bis",
    "open": "Offen|offener Betrag|Restbetrag|Rest|Saldo|offener Saldo|OP-Betrag|Offene Posten|"
    "noch offen|Restforderung|Hauptforderung|"
    "Forderungsbetrag|offen EUR|Außenstand|Offen (EUR)|Betrag offen|OFFENER BETRAG|"
    "Offener Betrag in €|Offene Summe|Saldo EUR|"
    "offene Forderung|Offener Posten|Offen in EUR|Rückstand|noch zu zahlen|Restschuld|unbezahlt",
    "gross": "Betrag|Rechnungsbetrag|Bruttobetrag|Brutto|Gesamtbetrag|Summe|Rg-Betrag|Endbetrag|"
    "Betrag brutto|Rechnungssumme|Betrag EUR|"
    "Rechnungsbetrag (brutto)|Gesamt|Bruttosumme|Ursprungsbetrag",
    "currency": "Währung|Whg|Wkz|Währungscode|Belegwährung|Whg.",
}
ENGLISH = {
    "number": "customer no|customer id|customer number|debtor no|account no|client id|member id|"
    "Customer No.|Account|Client Number|Cust. No.",
    "last": "last name|surname|family name|Last Name",
    "first": "first name|given name|forename|First Name",
    "whole": "name|debtor name|customer|customer name|bill to|Client Name|Debtor|Full Name|Client",
    "company": "company|company name|organization|business name|Company",
    "street": "street|street address|address|address line 1|billing address|Street",
    "street_name": "street|road|Street name",
    "house": "house no|house number|House No.",
    "postcode": "zip|zip code|postcode|postal code|ZIP|Zip/Postal Code",
    "city": "city|town|place|locality|billing city|City",
    "place": "zip city|zip/city|postcode city",
    "invoice_number": "invoice no|invoice number|invoice #|inv no|bill no|document no|Invoice No.|Invoice|"
    "Inv. No.|Document Number|Reference",
    "invoice_date": "invoice date|date|document date|issue date|bill date|date of invoice|Invoice Date|"
    "Issued|Inv. Date|Date issued",
    "due_date": "due date|due|payable until|payment due|net due date|maturity|deadline|Due Date|"
    "Date due|Due on|Payment due by",
    "open": "open amount|amount due|balance|outstanding|open balance|remaining|residual|"
    "principal|Balance Due|Open Amount|Amount outstanding|"
    "Outstanding balance|Amount open (EUR)|Unpaid balance|overdue amount",
    "gross": "amount|invoice amount|total|gross|gross amount|total amount|Invoice total|"
    "Grand Total|Original amount",
    "currency": "currency|ccy|curr|currency code",
}
_DOUBLE = {
    "Debitor": ("number", "whole"),
    "Name": ("last", "whole"),
    "Konto": ("number",),
    "Kunde": ("whole",),
}


def _after(header: str, days: int, since: str = "invoice_date"):
    """A date that is none of those that count."""
    return Column(header, lambda i: getattr(i, since) + timedelta(days))


def _some(header: str, *values: str):
    """Words by chance."""
    return Column(header, lambda i: values[i.level % len(values)])


_NOISE = (
    lambda d: col.level(d.choice(("Mahnstufe", "MS", "Mahnst.", "Anzahl Mahnungen"))),
    lambda d: Column("Tage überfällig", lambda i: 30 + i.level * 14),
    lambda d: Column("letzte Mahnung", lambda i: i.due_date + timedelta(14) if i.level else ""),
    lambda d: _after(d.choice(("Mahndatum", "Datum letzte Mahnung", "Frist letzte Mahnung")), 28, "due_date"),
    lambda d: col.phone(d.choice(("Telefon", "Tel.", "Mobil", "Rufnummer", "Fax"))),
    lambda d: col.email(d.choice(("E-Mail", "Email", "Mailadresse"))),
    lambda d: _some("Bemerkung", "", "Ratenzahlung 50,00 abgelehnt", "verzogen?", "s. Mail vom 01.02.2025"),
    lambda d: _some(
        d.choice(("Sachbearbeiter", "Vertreter", "Name Sachbearbeiter")), "Weiß", "Jäger", "Müller", ""
    ),
    lambda d: _after(d.choice(("Leistungsdatum", "Lieferdatum", "Lieferscheindatum", "Bestelldatum")), -5),
    lambda d: _after(d.choice(("Buchungsdatum", "Erfassungsdatum", "Versanddatum")), 1),
    lambda d: _after(d.choice(("Skonto bis", "Skontodatum", "Skontofrist")), 5),
    lambda d: _after(d.choice(("Vertragsdatum", "Auftragsdatum", "Vertragsbeginn")), -20),
    lambda d: _after(d.choice(("Zinsen ab", "Verzug ab")), 1, "due_date"),
    lambda d: col.constant(d.choice(("Stichtag", "Druckdatum", "Erstellt am")), "31.03.2026"),
    lambda d: col.net(d.choice(("Netto", "Nettobetrag", "Betrag netto"))),
    lambda d: col.vat(d.choice(("MwSt", "USt", "MwSt.-Betrag", "Umsatzsteuer"))),
    lambda d: Column("MwSt %", lambda i: 19),
    lambda d: col.fee("Mahngebühr", lambda i: 500 if i.level else 0),
    lambda d: Column("Skonto", lambda i: Cents(i.gross // 50) if i.level == 3 else ""),
    lambda d: Column("Verzugszinsen", lambda i: Cents(i.level * 111) if i.level else ""),
    lambda d: Column(d.choice(("Kreditlimit", "Umsatz Vorjahr")), lambda i: Cents(500_000 + i.level)),
    lambda d: Column("USt-IdNr.", lambda i: f"DE{i.party.number.zfill(9)}" if i.party.is_company else ""),
    lambda d: Column(
        d.choice(("Auftragsnummer", "Bestellnummer", "Vertragsnummer", "Lieferscheinnr.", "Projektnr.")),
        lambda i: f"AB-{i.gross % 99_991}",
    ),
    lambda d: Column("Filiale", lambda i: 100 + i.level),
    lambda d: Column("Kostenstelle", lambda i: 4000 + i.level),
    lambda d: Column("Lfd. Nr.", lambda i: i.gross % 1000),
    lambda d: col.contact("Ansprechpartner"),
    lambda d: Column("Buchungstext", lambda i: i.text),
    lambda d: col.constant("Mandant", "1"),
    lambda d: _some("Zahlungsart", "Rechnung", "Lastschrift", "Vorkasse", "Überweisung"),
    lambda d: _some("Mahnsperre", "", "", "X", ""),
    lambda d: _some("Periode", "01/2025", "02/2025", "03/2025", "12/2024"),
    lambda d: _some("BIC", "COBADEFFXXX", "", "GENODEF1S06", ""),
)

_ENGLISH_NOISE = (
    lambda d: _some("Sales rep", "Weber", "Jones", "", "Fischer"),
    lambda d: Column("PO Number", lambda i: f"PO{i.gross % 9_973}"),
    lambda d: Column("Terms", lambda i: f"Net {i.terms}"),
    lambda d: Column("Days overdue", lambda i: 30 + i.level * 14),
    lambda d: col.vat("Tax"),
    lambda d: col.net("Subtotal"),
    lambda d: col.phone("Phone"),
    lambda d: col.email("Email"),
    lambda d: _after("Ship date", 2),
    lambda d: _after("Order date", -9),
    lambda d: Column("Credit limit", lambda i: Cents(500_000)),
    lambda d: _some("Notes", "", "called twice", "moved?", ""),
    lambda d: _some("Reminder level", "0", "1", "2", "3"),
)


def _pick(dice: random.Random, words: dict[str, str], key: str, used: set[str]) -> str:
    free = [word for word in words[key].split("|") if word.casefold().strip(".") not in used]
    word = dice.choice(free)
    used.add(word.casefold().strip("."))
    return word


def _who(dice: random.Random, words, used) -> list[Column]:
    style = dice.randrange(5)
    if style == 0:
        return [col.last_first(_pick(dice, words, "whole", used))]
    if style == 1:
        return [col.first_last(_pick(dice, words, "whole", used))]
    last, first = _pick(dice, words, "last", used), _pick(dice, words, "first", used)
    if style == 2:
        return col.name_and_first(last, first)
    columns = col.company_and_person(_pick(dice, words, "company", used), last, first)
    if style == 3:
        columns.insert(0, col.salutation("Anrede" if words is GERMAN else "Salutation"))
    return columns


def _where(dice: random.Random, words, used) -> list[Column]:
    style = dice.randrange(5)
    if style == 0:
        return []
    if style == 1:
        return [col.street(_pick(dice, words, "street", used)), col.place(_pick(dice, words, "place", used))]
    columns = [col.postcode(_pick(dice, words, "postcode", used)), col.city(_pick(dice, words, "city", used))]
    if style == 2:
        return [
            *col.street_and_house(_pick(dice, words, "street_name", used), _pick(dice, words, "house", used)),
            *columns,
        ]
    return [col.street(_pick(dice, words, "street", used)), *columns]


def _what(dice: random.Random, words, used) -> list[Column]:
    columns = [
        col.invoice_number(_pick(dice, words, "invoice_number", used)),
        col.invoice_date(_pick(dice, words, "invoice_date", used)),
        col.due_date(_pick(dice, words, "due_date", used)),
    ]
    if dice.random() < 0.5:
        columns.append(col.gross(_pick(dice, words, "gross", used)))
    columns.append(col.open_amount(_pick(dice, words, "open", used)))
    if dice.random() < 0.4:
        columns.append(col.currency(_pick(dice, words, "currency", used)))
    return columns


def compose(dice: random.Random, words: dict[str, str]) -> list[Column]:
    """The columns of a list by chance; groups stay together, as they do in real lists."""
    used: set[str] = set()
    who = _who(dice, words, used)
    if dice.random() < 0.8:
        who.insert(0, col.debtor_number(_pick(dice, words, "number", used)))
    groups = [who, _where(dice, words, used), _what(dice, words, used)]
    dice.shuffle(groups)
    columns = [column for group in groups for column in group]
    for noise in dice.sample(_NOISE if words is GERMAN else _ENGLISH_NOISE, dice.randrange(5)):
        extra = noise(dice)
        if extra.header.casefold().strip(".") not in used:
            columns.insert(dice.randrange(len(columns) + 1), extra)
    return columns


GERMAN_AMOUNTS = (
    writing.german,
    writing.german,
    writing.german_plain,
    writing.with_euro,
    writing.nbsp,
    writing.swiss,
    writing.euro_first,
)
GERMAN_DAYS = (writing.dotted, writing.dotted, writing.two_digit, writing.short_dotted, writing.iso)


def _around(dice: random.Random, columns: list[Column], items) -> list[Line]:
    lines = [header(columns), *item_lines(items, columns)]
    if dice.random() < 0.3:
        at = next(index for index, column in enumerate(columns) if "amount" in column.tells(items[0]))
        label = 0 if at else len(columns) - 1
        total = Cents(sum(item.open for item in items))
        lines.append(
            line(
                *placed(columns, {label: dice.choice(("Summe", "Gesamt", "Total", "Summe:")), at: total}),
                truth=Refuse("total"),
            )
        )
    if dice.random() < 0.3:
        lines = [
            line("Firma Beispiel GmbH"),
            line(dice.choice(("Offene Posten", "OP-Liste Debitoren", "Forderungen"))),
            BLANK,
            *lines,
        ]
    return lines


def _tastes(dice, *, wide):
    return Tastes(
        wide=wide,
        companies=dice.choice((0.1, 0.4, 0.9)),
        titles=dice.choice((0, 0.1)),
        formless=dice.choice((0, 0.2)),
    )


_SHARES = Shares(partly=0.1, zero=0.03, credit=0.03)


@layout("composed-german", "composed", "CSV", items=(4, 120))
def composed_german(dice, count):
    columns = compose(dice, GERMAN)
    encoding = dice.choice(("utf-8", "utf-8-sig", "cp1252", "cp850"))
    items = make_items(dice, count, _SHARES, _tastes(dice, wide=encoding.startswith("utf")))
    amount = dice.choice(GERMAN_AMOUNTS)
    dialect = Dialect(
        delimiter=dice.choice((";", ";", "\t", "|")),
        encoding=encoding,
        quoting=dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
        newline=dice.choice(("\r\n", "\n")),
    )
    if encoding == "cp850":  # it has no euro sign
        amount = writing.german if amount is writing.with_euro else amount
        columns = [column._replace(header=column.header.replace("€", "EUR")) for column in columns]
    content, truths = delimited(
        _around(dice, columns, items), Writing(amount=amount, day=dice.choice(GERMAN_DAYS)), dialect
    )
    return Made(name=dice.choice(("Liste.csv", "OP.txt", "export.csv")), content=content, truths=truths)


@layout("composed-german-book", "composed", "XLSX", "XLS", items=(4, 60), weight=0.4)
def composed_german_book(dice, count):
    columns = compose(dice, GERMAN)
    items = make_items(dice, count, _SHARES, _tastes(dice, wide=True))
    style = dice.choice(
        (
            Style(),
            Style(),
            Style(amounts_as_text=writing.german),
            Style(days_as_text=writing.dotted),
            Style(amounts_as_text=writing.with_euro, days_as_text=writing.two_digit),
        )
    )
    write = dice.choice((xlsx, xlsx, xls))
    content, truths = write([Sheet(lines=_around(dice, columns, items))], style)
    return Made(name=f"Liste.{write.__name__}", content=content, truths=truths)


@layout("composed-english", "composed", "English", "CSV", items=(4, 120))
def composed_english(dice, count):
    columns = compose(dice, ENGLISH)
    items = with_days_above_twelve(make_items(dice, count, _SHARES, _tastes(dice, wide=True)))
    day = dice.choice((writing.iso, writing.month_first, writing.day_first, writing.short_named))
    style = Writing(amount=dice.choice((writing.american, writing.point)), day=day)
    dialect = Dialect(delimiter=dice.choice((",", ";", "\t")), encoding="utf-8", newline="\n")
    content, truths = delimited([header(columns), *item_lines(items, columns)], style, dialect)
    return Made(name="list.csv", content=content, truths=truths)
