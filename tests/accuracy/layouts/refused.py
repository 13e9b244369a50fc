"""Files that are no lists of open claims, and must never become some."""

from datetime import timedelta

from tests.accuracy import columns as col
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Sheet, delimited, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import BLANK, header, item_line, line
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Refuse


def _refused(items, columns, why, above=()):
    return [*above, header(columns), *(item_line(item, columns, Refuse(why)) for item in items)]


def _text(name, lines):
    content, truths = delimited(lines)
    return Made(name=name, content=content, truths=truths)


PAID_ON = Column("Zahlungsdatum", lambda i: i.due_date + timedelta(3))


@layout("payments", "no claims", "payments", "CSV")
def payments(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        PAID_ON,
        col.first_last("Kunde"),
        col.invoice_number(),
        col.gross("Zahlbetrag"),
        Column("Zahlungsart", lambda i: "Überweisung"),
    ]
    return _text("Zahlungen.csv", _refused(items, columns, "a payment"))


@layout("payments-titled", "no claims", "payments", "letterhead", "XLSX", weight=0.3, items=(4, 100))
def payments_titled(dice, count):
    """Only the title tells that these amounts have come in."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(),
        col.first_last("Name"),
        col.invoice_number(),
        col.invoice_date("Datum"),
        col.gross("Betrag"),
    ]
    above = [line("Zahlungseingänge März 2026"), BLANK]
    content, truths = xlsx([Sheet(lines=_refused(items, columns, "a payment", above))])
    return Made(name="Eingänge.xlsx", content=content, truths=truths)


@layout("receipts-by-booking-day", "no claims", "payments", "CSV")
def receipts(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        Column("Eingang am", lambda i: i.due_date),
        col.debtor_number("Kundennr."),
        col.first_last("Name"),
        col.invoice_number("Rechnungsnr."),
        col.gross("Eingegangener Betrag"),
    ]
    return _text("Eingang.csv", _refused(items, columns, "a payment"))


@layout("customers", "no claims", "customers", "CSV")
def customers(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(),
        *col.name_and_first(),
        col.street(),
        col.postcode(),
        col.city(),
        col.email(),
        col.phone(),
        Column("Kunde seit", lambda i: i.invoice_date),
        Column("Umsatz Vorjahr", lambda i: Cents(i.gross)),
        Column("Kreditlimit", lambda i: Cents(500_000)),
    ]
    return _text("Kunden.csv", _refused(items, columns, "a customer"))


@layout("customers-with-limit", "no claims", "customers", "CSV")
def customers_with_limit(dice, count):
    """Customers with an amount and a day that are not owed: the volume of orders and the first order."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number("Kundennr"),
        col.first_last("Kunde"),
        Column("Auftragsvolumen", lambda i: Cents(i.gross)),
        Column("Letzte Bestellung", lambda i: i.invoice_date),
    ]
    return _text("Kundenliste.csv", _refused(items, columns, "a customer"))


@layout("refunds", "no claims", "refunds", "CSV")
def refunds(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.invoice_number("Gutschriftnummer"),
        Column("Gutschriftdatum", lambda i: i.invoice_date),
        col.first_last("Kunde"),
        Column("Erstattungsbetrag", lambda i: Cents(i.gross)),
        Column("Erstattet am", lambda i: i.due_date),
    ]
    return _text("Erstattungen.csv", _refused(items, columns, "a refund"))


@layout("refunds-titled", "no claims", "refunds", "letterhead", "CSV")
def refunds_titled(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(),
        col.first_last("Name"),
        col.invoice_number("Belegnummer"),
        col.invoice_date("Datum"),
        col.gross("Betrag"),
    ]
    return _text(
        "Q1.csv",
        _refused(items, columns, "a refund", [line("Erstattungen und Gutschriften 1. Quartal"), BLANK]),
    )


@layout("suppliers", "no claims", "payables", "CSV")
def suppliers(dice, count):
    """What the sender owes himself."""
    items = make_items(dice, count, Shares(), Tastes(companies=1.0))
    columns = [
        col.debtor_number("Kreditor"),
        col.first_last("Lieferant"),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date(),
        col.open_amount("Offen"),
    ]
    return _text("OP Kreditoren.csv", _refused(items, columns, "a payable"))


@layout("suppliers-titled", "no claims", "payables", "letterhead", "CSV")
def suppliers_titled(dice, count):
    items = make_items(dice, count, Shares(), Tastes(companies=1.0))
    columns = [
        col.debtor_number("Konto"),
        col.first_last("Name"),
        col.invoice_number(),
        col.invoice_date("Datum"),
        col.due_date(),
        col.open_amount("Saldo"),
    ]
    return _text("OP.csv", _refused(items, columns, "a payable", [line("Offene Posten Kreditoren"), BLANK]))


@layout("offers", "no claims", "offers", "CSV")
def offers(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        Column("Angebotsnummer", lambda i: i.invoice_number),
        Column("Angebotsdatum", lambda i: i.invoice_date),
        Column("Gültig bis", lambda i: i.due_date),
        col.first_last("Kunde"),
        col.gross("Angebotssumme"),
    ]
    return _text("Angebote.csv", _refused(items, columns, "an offer"))


@layout("orders", "no claims", "orders", "CSV")
def orders(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        Column("Auftragsnummer", lambda i: i.invoice_number),
        Column("Auftragsdatum", lambda i: i.invoice_date),
        Column("Lieferdatum", lambda i: i.due_date),
        col.first_last("Kunde"),
        col.gross("Auftragssumme"),
        Column("Status", lambda i: "in Bearbeitung"),
    ]
    return _text("Aufträge.csv", _refused(items, columns, "an order"))


@layout("paid-invoices", "no claims", "all paid", "status", "CSV")
def paid_invoices(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.invoice_number(),
        col.first_last("Kunde"),
        col.invoice_date(),
        col.due_date(),
        col.gross("Betrag"),
        Column(
            "Status", lambda i: ("bezahlt", "Bezahlt am 03.03.2026", "storniert", "ausgeglichen")[i.level]
        ),
    ]
    return _text("Rechnungsausgangsbuch.csv", _refused(items, columns, "paid"))


@layout("payroll", "no claims", "payroll", "CSV")
def payroll(dice, count):
    items = make_items(dice, count, Shares(), Tastes(companies=0.0))
    columns = [
        col.debtor_number("Personalnummer"),
        *col.name_and_first("Nachname", "Vorname"),
        Column("Eintritt", lambda i: i.invoice_date),
        Column("Bruttolohn", lambda i: Cents(i.gross)),
        Column("Auszahlungsbetrag", lambda i: Cents(i.gross * 2 // 3)),
        Column("Auszahlung am", lambda i: i.due_date),
    ]
    return _text("Lohnjournal.csv", _refused(items, columns, "a wage"))


@layout("bank-statement", "no claims", "bank", "CSV")
def bank(dice, count):
    items = make_items(dice, count, Shares(credit=0.4), Tastes())
    columns = [
        Column("Buchungstag", lambda i: i.invoice_date),
        Column("Valuta", lambda i: i.invoice_date),
        col.first_last("Auftraggeber/Empfänger"),
        Column("Verwendungszweck", lambda i: f"Rechnung {i.invoice_number}"),
        col.gross("Betrag"),
        Column("Währung", lambda i: "EUR"),
    ]
    return _text("Umsaetze.csv", _refused(items, columns, "a bank entry"))


@layout("sales-journal", "no claims", "sales journal", "CSV")
def sales_journal(dice, count):
    """Every invoice of the month, paid or not: a column for what has come in is wholly filled."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.invoice_number(),
        col.first_last("Kunde"),
        col.invoice_date(),
        col.gross("Rechnungsbetrag"),
        Column("Bezahlt am", lambda i: i.due_date),
        Column("Bezahlt", lambda i: Cents(i.gross)),
    ]
    return _text("Journal.csv", _refused(items, columns, "paid"))
