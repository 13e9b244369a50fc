"""Lists of bookkeeping programs: DATEV, Lexware, SAP, Sage and their like."""

import csv

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Dialect, Sheet, Writing, delimited, fixed_width, xls, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import BLANK, Line, header, item_line, item_lines, line, may_ask, placed, plain_list
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Refuse

ADDRESS = [col.street(), col.postcode(), col.city()]


def _opos_columns():
    return [
        col.debtor_number("Konto"),
        col.invoice_number(),
        col.invoice_date("Datum"),
        col.due_date(),
        Column("Sollbetrag", lambda item: Cents(item.gross) if item.gross > 0 else ""),
        Column("Habenbetrag", lambda item: Cents(item.paid) if item.paid else ""),
        col.open_amount("Saldo"),
        col.constant("Gegenkonto", "8400"),
        col.text(),
    ]


@layout("datev-opos", "DATEV", "Soll and Haben", "partial payments", "no debtor's name", "CSV")
def datev_opos(dice, count):
    """The plain OPOS export has no names: nothing can be taken, nor must it be."""
    items = make_items(dice, count, Shares(partly=0.2), Tastes())
    columns = _opos_columns()
    lines = [header(columns), *(item_line(item, columns, Refuse("no debtor's name")) for item in items)]
    content, truths = delimited(lines)
    return Made(name="OPOS.csv", content=content, truths=truths)


@layout(
    "datev-opos-and-master", "DATEV", "several sheets", "Soll and Haben", "debtor master", "XLSX", weight=0.2
)
def datev_opos_and_master(dice, count):
    """The OPOS list and the master data of debtors as two sheets of one workbook: the account joins them."""
    items = make_items(dice, count, Shares(partly=0.2), Tastes(titles=0.05))
    master = [
        col.debtor_number("Konto"),
        Column("Name (Adressattyp Unternehmen)", lambda item: item.party.company or "", col.apart_names),
        Column("Name (Adressattyp natürl. Person)", lambda item: item.party.last_name),
        Column("Vorname (Adressattyp natürl. Person)", lambda item: item.party.first_name),
        Column("Adressattyp", lambda item: 2 if item.party.is_company else 1),
        *[col.street(), col.postcode("Postleitzahl"), col.city()],
    ]
    columns = _opos_columns()
    parties = {item.party.number: item for item in items}
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        if not isinstance(one.truth, Refuse):
            one.truth.facts.update(col.facts_of(item, master))
        lines.append(one)
    stored = [
        header(master),
        *(Line(tuple(column.cell(item) for column in master)) for item in parties.values()),
    ]
    content, truths = xlsx([Sheet(title="OPOS", lines=lines), Sheet(title="Debitoren", lines=stored)])
    return Made(name="OPOS mit Stammdaten.xlsx", content=content, truths=truths)


@layout(
    "datev-opos-with-names", "DATEV", "Soll and Haben", "partial payments", "totals", "CSV", "zero and credit"
)
def datev_opos_with_names(dice, count):
    items = make_items(dice, count, Shares(partly=0.2, zero=0.05, credit=0.05), Tastes(titles=0.05))
    columns = [*_opos_columns()[:1], col.last_first("Name"), *_opos_columns()[1:]]
    total = line(
        *placed(columns, {0: "Summe", 7: Cents(sum(item.open for item in items))}), truth=Refuse("total")
    )
    content, truths = delimited([*plain_list(items, columns), total])
    return Made(name="OPOS-Liste.csv", content=content, truths=truths)


@layout("datev-extf", "DATEV", "no debtor's name", "S/H flag", "CSV")
def datev_extf(dice, count):
    """A batch of postings in DATEV's own format names no debtor, and is no list of what is open."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        Column("Umsatz (ohne Soll/Haben-Kz)", lambda item: Cents(item.gross)),
        Column("Soll/Haben-Kennzeichen", lambda item: dice.choice("SSSH")),
        col.currency("WKZ Umsatz"),
        *[col.constant(name) for name in ("Kurs", "Basisumsatz", "WKZ Basisumsatz")],
        col.debtor_number("Konto"),
        col.constant("Gegenkonto (ohne BU-Schlüssel)", "8400"),
        col.constant("BU-Schlüssel"),
        Column("Belegdatum", lambda item: item.invoice_date.strftime("%d%m")),
        col.invoice_number("Belegfeld 1"),
        Column("Belegfeld 2", lambda item: item.due_date.strftime("%d%m%y")),
        col.constant("Skonto"),
        Column("Buchungstext", col.name_cell_first_last),
    ]
    lines = [
        line(
            "EXTF", 700, 21, "Buchungsstapel", 9, "20250306102500000", "", "RE", "", "", 1001, 456, "20250101"
        ),
        header(columns),
        *(item_line(item, columns, Refuse("a batch of postings")) for item in items),
    ]
    content, truths = delimited(
        lines, Writing(amount=writing.german_plain), Dialect(quoting=csv.QUOTE_NONNUMERIC)
    )
    return Made(name="EXTF_Buchungsstapel.csv", content=content, truths=truths)


@layout(
    "lexware-open-items", "Lexware", "letterhead", "subtotals", "remarks after the table", "CSV", "cp1252"
)
def lexware(dice, count):
    items = make_items(dice, count, Shares(partly=0.1, zero=0.02), Tastes(formless=0.1))
    columns = [
        col.debtor_number("Kunden-Nr."),
        col.first_last("Kunde"),
        col.invoice_number("Beleg-Nr."),
        col.invoice_date("Belegdatum"),
        col.due_date("Fällig am"),
        col.level("Mahnst."),
        col.gross("Rechnungsbetrag"),
        col.open_amount("Offener Betrag"),
    ]
    lines = [
        line("Malerbetrieb Größer GmbH"),
        line("Offene-Posten-Liste Debitoren zum 31.03.2026"),
        BLANK,
        header(columns),
    ]
    half = len(items) // 2
    for part in (items[:half], items[half:]):
        lines += item_lines(part, columns)
        cells = {
            0: "Zwischensumme",
            6: Cents(sum(i.gross for i in part)),
            7: Cents(sum(i.open for i in part)),
        }
        lines.append(line(*placed(columns, cells), truth=Refuse("subtotal")))
    cells = {0: "Gesamtsumme", 6: Cents(sum(i.gross for i in items)), 7: Cents(sum(i.open for i in items))}
    lines += [
        line(*placed(columns, cells), truth=Refuse("total")),
        BLANK,
        line("Gedruckt am 31.03.2026 von M. Weiß, Seite 1 von 1"),
    ]
    content, truths = delimited(lines)
    return Made(name="OP-Liste.csv", content=content, truths=truths)


@layout("sap-fbl5n", "SAP", "trailing minus", "credit notes", "totals", "TXT", "pipes", "dotted dates")
def sap_fbl5n(dice, count):
    items = make_items(dice, count, Shares(credit=0.1), Tastes(digits=7), numeric=True)
    columns = [
        col.debtor_number("Debitor"),
        col.first_last("Name 1"),
        col.constant("BuKr", "1000"),
        col.invoice_number("Belegnummer"),
        Column("Belegart", lambda item: "RV" if item.open > 0 else "DG"),
        col.invoice_date("Belegdatum"),
        col.due_date("Nettofälligkeit"),
        col.open_amount("Betrag in Hauswährung"),
        col.currency("Hauswährung"),
    ]
    lines = [*plain_list(items, columns)]
    total = {0: "*", 7: Cents(sum(item.open for item in items)), 8: "EUR"}
    lines.append(line(*placed(columns, total), truth=Refuse("total")))
    content, truths = delimited(lines, Writing(amount=writing.trailing_minus), Dialect(delimiter="|"))
    return Made(name="FBL5N.txt", content=content, truths=truths)


@layout("sap-table", "SAP", "S/H flag", "compact dates", "technical names", "TSV", "UTF-16")
def sap_table(dice, count):
    items = make_items(dice, count, Shares(credit=0.1), Tastes(wide=True, digits=7), numeric=True)
    columns = [
        Column("KUNNR", lambda i: i.party.number.zfill(10), lambda i: {"number": i.party.number.zfill(10)}),
        col.first_last("NAME1"),
        Column("BELNR", lambda item: f"90{item.invoice_number[-8:]}"),
        col.invoice_number("XBLNR"),
        col.invoice_date("BLDAT"),
        col.due_date("Nettofälligkeit"),
        Column("DMBTR", lambda item: Cents(abs(item.open)), lambda item: {"amount": item.open}),
        col.currency("WAERS"),
        Column("SHKZG", lambda item: "S" if item.open > 0 else "H"),
        col.level("MAHNS"),
    ]
    style = Writing(amount=writing.german_plain, day=writing.compact)
    content, truths = delimited(plain_list(items, columns), style, Dialect(delimiter="\t", encoding="utf-16"))
    return Made(name="BSID.txt", content=content, truths=truths)


@layout("sage-office-line", "Sage", "grouped by debtor", "subtotals", "XLS", weight=0.3, items=(4, 120))
def sage_grouped(dice, count):
    """A line for the debtor, then his invoices below it, then his subtotal."""
    items = make_items(dice, count, Shares(a_debtor=1.8), Tastes())
    columns = [
        col.invoice_number("Beleg"),
        col.invoice_date("Belegdatum"),
        col.due_date("Fälligkeit"),
        col.gross("Betrag"),
        col.open_amount("Offen"),
    ]
    lines = [line("Offene Posten Debitoren"), BLANK, header(columns)]
    blocks: dict[str, list] = {}
    for item in items:
        blocks.setdefault(item.party.number, []).append(item)
    for number, block in blocks.items():
        lines.append(line(f"{number} {col.name_cell_first_last(block[0])}"))
        for item in block:
            one = item_line(item, columns)
            if not isinstance(one.truth, Refuse):
                one.truth.facts.update(number=number, **col.whole_names(item))
            lines.append(one)
        cells = {0: "Summe", 3: Cents(sum(i.gross for i in block)), 4: Cents(sum(i.open for i in block))}
        lines.append(line(*placed(columns, cells), truth=Refuse("subtotal")))
    content, truths = xls([Sheet(title="OP", lines=lines)])
    return Made(name="OP.xls", content=content, truths=truths)


@layout("sage-name-once", "Sage", "name in the first row of a block", "XLSX", weight=0.3, items=(4, 120))
def sage_name_once(dice, count):
    """Number and name stand only in the first of a debtor's rows; one such row alone is no habit."""
    items = make_items(dice, count, Shares(a_debtor=1.8), Tastes())
    columns = [
        col.debtor_number("Kundennr."),
        col.last_first("Name"),
        col.invoice_number("Rechnung"),
        col.invoice_date(),
        col.due_date(),
        col.open_amount("Offen EUR"),
    ]
    lines, before = [header(columns)], None
    for item in items:
        one = item_line(item, columns)
        if item.party.number == before:
            one = Line(("", "", *one.cells[2:]), one.truth)
        before = item.party.number
        lines.append(one)
    blanks = sum(1 for one in lines if not one.cells[0])
    if blanks < max(2, len(items) * 0.15):
        lines = [one if one.cells[0] else may_ask([one], may_refuse=True)[0] for one in lines]
    content, truths = xlsx([Sheet(title="Offene Posten", lines=lines)])
    return Made(name="Offene Posten.xlsx", content=content, truths=truths)


@layout("fixed-width-print", "fixed width", "cp850", "letterhead", "totals", "TXT", items=(4, 150))
def fixed_width_print(dice, count):
    """A printed list with a header over columns that blanks keep apart."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number("Kd-Nr"),
        col.first_last("Name"),
        col.invoice_number("Rechnung"),
        col.invoice_date("Datum"),
        col.due_date("Fällig"),
        col.open_amount("Offen"),
    ]
    total = {1: "Gesamt", 5: Cents(sum(item.open for item in items))}
    lines = [
        line("OP-Liste"),
        BLANK,
        *plain_list(items, columns),
        line(*placed(columns, total), truth=Refuse("total")),
    ]
    content, truths = fixed_width(lines, [10, 60, 16, 12, 12, 18])
    return Made(name="OPLISTE.TXT", content=content, truths=truths)


@layout("datev-soll-haben", "DATEV", "Soll and Haben", "undecided", "CSV", items=(6, 200))
def soll_haben_without_balance(dice, count):
    """Debit and credit in one row and no balance: what is open is the difference, or is it?"""
    from tests.accuracy.truth import Ask

    items = make_items(dice, count, Shares(partly=0.5), Tastes())
    if not any(item.paid for item in items):
        items[0] = type(items[0])(
            **{name: getattr(items[0], name) for name in items[0].__struct_fields__}
            | {"gross": 10_000, "paid": 2_500}
        )
    columns = [
        col.debtor_number("Konto"),
        col.first_last("Name"),
        col.invoice_number(),
        col.invoice_date("Datum"),
        col.due_date(),
        Column("Soll", lambda i: Cents(i.gross)),
        Column("Haben", lambda i: Cents(i.paid) if i.paid else ""),
    ]
    lines = [header(columns), *(item_line(item, columns, Ask("debit or balance")) for item in items)]
    content, truths = delimited(lines)
    return Made(name="Konten.csv", content=content, truths=truths)
