"""Lists of people who do something else for a living: practices, studios, landlords, craftsmen."""

from datetime import timedelta

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Dialect, Sheet, Style, Writing, delimited, xls, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import BLANK, Line, header, item_line, item_lines, line, placed, plain_list
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Refuse

PERSONS = Tastes(companies=0.0, titles=0.08)


@layout("doctor", "practice", "persons", "birth dates", "MacRoman", "TXT", "tabs", "Name, Vorname")
def doctor(dice, count):
    items = make_items(dice, count, Shares(partly=0.05), PERSONS)
    columns = [
        col.debtor_number("Patientennummer"),
        col.last_first("Patient"),
        Column("geb. am", lambda i: i.invoice_date - timedelta(9_000 + int(i.party.number) % 20_000)),
        col.street("Anschrift"),
        col.place("PLZ/Ort"),
        col.invoice_number("Rg.-Nr."),
        col.invoice_date("Rg.-Datum"),
        col.due_date("zahlbar bis"),
        col.gross("Rg.-Betrag"),
        col.open_amount("noch offen"),
    ]
    dialect = Dialect(delimiter="\t", encoding="mac_roman", newline="\r")
    content, truths = delimited(plain_list(items, columns), dialect=dialect)
    return Made(name="Patienten offen.txt", content=content, truths=truths)


@layout("clinic", "practice", "persons", "XLS", "duplicate columns", "insurers", weight=0.3, items=(4, 150))
def clinic(dice, count):
    """Treatment and invoice dates side by side, the amount twice."""
    items = make_items(dice, count, Shares(), PERSONS)
    columns = [
        col.invoice_number("Rechnungs-Nr."),
        col.invoice_date("Rechnungsdatum"),
        Column("Leistungsdatum", lambda i: i.invoice_date - timedelta(9)),
        col.due_date("Fälligkeitsdatum"),
        col.salutation(),
        col.title(),
        *col.name_and_first("Nachname", "Vorname"),
        *col.street_and_house("Strasse", "Nr."),
        col.postcode(),
        col.city("Wohnort"),
        col.open_amount("Offener Betrag"),
        Column("Offener Betrag", lambda i: Cents(i.open)),
    ]
    content, truths = xls([Sheet(lines=plain_list(items, columns))])
    return Made(name="Selbstzahler.xls", content=content, truths=truths)


@layout(
    "fitness-magicline",
    "Magicline",
    "persons",
    "fees beside",
    "one row a claim",
    "CSV",
    "UTF-8",
    "street and house number apart",
)
def magicline(dice, count):
    items = make_items(dice, count, Shares(a_debtor=1.7), PERSONS)
    columns = [
        col.debtor_number("Mitgliedsnummer"),
        Column("Vorname", lambda i: i.party.first_name),
        Column("Nachname", lambda i: i.party.last_name, col.apart_names),
        *col.street_and_house(),
        col.postcode(),
        col.city(),
        Column("Geburtsdatum", lambda i: i.invoice_date - timedelta(11_000)),
        col.email(),
        Column("Vertragsbeginn", lambda i: i.invoice_date - timedelta(400)),
        col.invoice_number("Belegnummer"),
        col.due_date("Fälligkeitsdatum"),
        Column("Bezeichnung", lambda i: "Mitgliedsbeitrag"),
        col.open_amount("Offener Betrag"),
        col.fee("Mahngebühr", lambda i: 500 if i.level else 0),
        col.fee("Rücklastschriftgebühr", lambda i: 350 if i.level == 2 else 0, "bank_return_fee"),
    ]
    content, truths = delimited(plain_list(items, columns), dialect=Dialect(encoding="utf-8"))
    return Made(name="Inkasso-Export.csv", content=content, truths=truths)


@layout(
    "fitness-no-invoices",
    "fitness studio",
    "persons",
    "no invoice numbers",
    "XLSX",
    "numbers as text",
    weight=0.3,
)
def studio(dice, count):
    items = make_items(dice, count, Shares(), PERSONS)
    columns = [
        col.debtor_number("Mitglied-Nr."),
        col.first_last("Name"),
        col.street(),
        col.place("PLZ, Ort"),
        Column("Grund", lambda i: "Beitrag"),
        col.due_date("fällig seit"),
        col.open_amount("Rückstand offen"),
    ]
    style = Style(amounts_as_text=writing.with_euro, days_as_text=writing.dotted)
    content, truths = xlsx([Sheet(title="Mahnliste", lines=plain_list(items, columns))], style)
    return Made(name="Rückstände.xlsx", content=content, truths=truths)


@layout(
    "landlord",
    "landlord",
    "persons",
    "no invoice numbers",
    "letterhead",
    "named months",
    "CSV",
    "euro signs",
    "totals",
)
def landlord(dice, count):
    items = make_items(dice, count, Shares(), Tastes(companies=0.1))
    columns = [
        Column("Objekt", lambda i: f"WE {i.level + 1}"),
        col.first_last("Mieter"),
        col.street("Adresse"),
        col.place("PLZ Ort"),
        Column("Monat", lambda i: i.due_date.strftime("%m/%Y")),
        col.due_date("fällig am"),
        Column("Sollmiete", lambda i: Cents(i.gross)),
        col.open_amount("Rückstand"),
    ]
    cells = {1: "Summe Rückstände", 7: Cents(sum(i.open for i in items))}
    lines = [
        line("Hausverwaltung Süß"),
        line("Mietrückstände"),
        BLANK,
        *plain_list(items, columns),
        line(*placed(columns, cells), truth=Refuse("total")),
    ]
    content, truths = delimited(lines, Writing(amount=writing.with_euro, day=writing.named))
    return Made(name="Mietrückstände.csv", content=content, truths=truths)


@layout(
    "craftsman",
    "own Excel",
    "letterhead",
    "totals",
    "remarks after the table",
    "blank lines",
    "XLSX",
    weight=0.3,
    items=(3, 60),
)
def craftsman(dice, count):
    items = make_items(dice, count, Shares(partly=0.1, a_debtor=1.1), Tastes(formless=0.3))
    columns = [
        col.constant("", ""),
        col.first_last("Kunde"),
        col.address("Anschrift"),
        col.invoice_number("Re.-Nr."),
        col.invoice_date("vom"),
        col.due_date("fällig"),
        col.gross("Betrag"),
        Column("angezahlt", lambda i: Cents(i.paid) if i.paid else ""),
        col.open_amount("Rest"),
    ]
    lines = [line("Elektro Jäger"), line("", "offene Rechnungen"), BLANK, header(columns)]
    for one in item_lines(items, columns):
        lines.append(one)
        if dice.random() < 0.1:
            lines.append(BLANK)
    cells = {1: "Summe", 6: Cents(sum(i.gross for i in items)), 8: Cents(sum(i.open for i in items))}
    lines += [
        line(*placed(columns, cells), truth=Refuse("total")),
        BLANK,
        line("", "Bitte alle ins Inkasso geben, habe mehrfach angerufen!"),
        line("", "Danke, Jäger"),
    ]
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="offene Rechnungen.xlsx", content=content, truths=truths)


@layout(
    "craftsman-lazy",
    "own Excel",
    "numbers as text",
    "two-digit years",
    "dashes for cents",
    "XLSX",
    weight=0.3,
    items=(3, 60),
)
def craftsman_lazy(dice, count):
    items = make_items(dice, count, Shares(a_debtor=1.1), Tastes(companies=0.2))
    columns = [
        *col.name_and_first("Name", "Vorname"),
        col.street("Str."),
        col.postcode_without_zero(),
        col.city(),
        col.invoice_number("Rechnung"),
        col.invoice_date("Datum"),
        col.due_date("zu zahlen bis"),
        col.open_amount("Betrag"),
    ]
    style = Style(amounts_as_text=writing.dashed, days_as_text=writing.two_digit)
    content, truths = xlsx([Sheet(lines=plain_list(items, columns))], style)
    return Made(name="liste.xlsx", content=content, truths=truths)


@layout("one-row-per-debtor", "own Excel", "one row a debtor", "CSV", "no invoice numbers")
def per_debtor(dice, count):
    """What a debtor owes in all, since when the oldest is due."""
    items = make_items(dice, count, Shares(a_debtor=1.0), Tastes())
    columns = [
        col.debtor_number("Kd-Nr"),
        *col.company_and_person("Firma", "Name", "Vorname"),
        col.street(),
        col.postcode(),
        col.city(),
        Column("Anzahl Rechnungen", lambda i: i.level + 1),
        col.due_date("älteste Fälligkeit"),
        col.open_amount("offener Saldo"),
    ]
    content, truths = delimited(plain_list(items, columns))
    return Made(name="Salden.csv", content=content, truths=truths)


@layout("freelancer-pages", "own Excel", "carry-overs", "repeated headers", "CSV")
def freelancer(dice, count):
    """A list of pages: each begins with the header and what is carried over."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.invoice_number("Rechnung Nr."),
        col.invoice_date(),
        col.due_date("Zahlbar bis"),
        col.first_last("Rechnungsempfänger"),
        col.open_amount("Offener Betrag"),
    ]
    lines, carried = [header(columns)], 0
    for number, item in enumerate(items):
        if number and number % 20 == 0:
            over = {0: "Übertrag", 4: Cents(carried)}
            lines += [
                line(*placed(columns, over), truth=Refuse("carry-over")),
                line(f"Seite {number // 20 + 1}"),
                header(columns),
                line(*placed(columns, over), truth=Refuse("carry-over")),
            ]
        lines.append(item_line(item, columns))
        carried += item.open
    lines.append(line(*placed(columns, {0: "Summe", 4: Cents(carried)}), truth=Refuse("total")))
    content, truths = delimited(lines)
    return Made(name="Rechnungen.csv", content=content, truths=truths)


@layout("dirty-cells", "own Excel", "unreadable dates", "unreadable amounts", "CSV")
def dirty(dice, count):
    """Cells that must reject their row, among good ones."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.first_last("Name"),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date(),
        col.open_amount("Betrag"),
    ]
    faults = {
        2: ("31.02.2025", "00.13.2025", "gestern", "30.02.2024"),
        3: ("31.04.2025", "32.01.2025", "demnächst", "2025"),
        4: ("zwölf Euro", "12,3,4", "-", "1.23.456,78", "0,00", "-15,00", "siehe Anlage"),
    }
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        if dice.random() < 0.15:
            at = dice.choice(list(faults))
            cells = list(one.cells)
            cells[at] = dice.choice(faults[at])
            one = Line(tuple(cells), Refuse(f"{columns[at].header}: {cells[at]}"))
        lines.append(one)
    content, truths = delimited(lines)
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("line-breaks", "own Excel", "quoted line breaks", "CSV", "sep=;")
def line_breaks(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(),
        col.first_last("Name"),
        col.street(),
        col.postcode(),
        col.city(),
        col.invoice_number(),
        col.invoice_date(),
        Column("Bemerkung", lambda i: f"{i.text};\nTel. {i.party.phone}" if i.level else i.text),
        col.due_date(),
        col.open_amount(),
    ]
    content, truths = delimited(
        plain_list(items, columns), dialect=Dialect(encoding="utf-8", newline="\n", before=("sep=;",))
    )
    return Made(name="export.csv", content=content, truths=truths)
