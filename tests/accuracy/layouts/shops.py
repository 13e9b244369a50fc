"""Lists of shop and invoicing programs: JTL, Shopify, Billomat, easybill, sevDesk, Odoo."""

import csv

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Dialect, Sheet, Style, Writing, delimited, ods, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import plain_list
from tests.accuracy.parties import Tastes

UTF8 = Dialect(encoding="utf-8")
BOM = Dialect(encoding="utf-8-sig")
ENGLISH = Dialect(delimiter=",", encoding="utf-8", newline="\n")
POINT_ISO = Writing(amount=writing.point, day=writing.iso)


@layout("sevdesk", "sevDesk", "gross beside balance", "status", "UTF-8 BOM", "CSV", "quoted")
def sevdesk(dice, count):
    items = make_items(dice, count, Shares(partly=0.1, zero=0.2), Tastes(wide=True, titles=0.05))
    columns = [
        col.invoice_number("Rechnungsnummer"),
        Column("Status", lambda i: "Bezahlt" if i.open == 0 else ("Teilbezahlt" if i.paid else "Offen")),
        col.first_last("Kunde"),
        col.debtor_number("Kundennummer"),
        col.invoice_date("Rechnungsdatum"),
        col.due_date("Fälligkeitsdatum"),
        col.net("Betrag (Netto)"),
        col.gross("Betrag (Brutto)"),
        col.open_amount("Offener Betrag"),
        col.currency("Währung"),
    ]
    dialect = Dialect(encoding="utf-8-sig", quoting=csv.QUOTE_ALL)
    content, truths = delimited(plain_list(items, columns), dialect=dialect)
    return Made(name="Rechnungen_Export.csv", content=content, truths=truths)


@layout("billomat", "Billomat", "ISO dates", "point decimals", "UTF-8", "CSV")
def billomat(dice, count):
    items = make_items(dice, count, Shares(partly=0.1), Tastes(wide=True, abroad=0.2))
    columns = [
        col.invoice_number("Rechnungsnummer"),
        col.debtor_number("Kundennummer", "KD"),
        *col.company_and_person(),
        col.street("Straße"),
        col.postcode(),
        col.city(),
        col.country("Land"),
        col.invoice_date("Datum"),
        col.due_date("Fälligkeit"),
        col.net("Netto"),
        col.gross("Brutto"),
        col.open_amount("Offen"),
        col.currency("Währung"),
    ]
    content, truths = delimited(plain_list(items, columns), POINT_ISO, UTF8)
    return Made(name="billomat-export.csv", content=content, truths=truths)


@layout("easybill", "easybill", "paid invoices between", "CSV", "UTF-8")
def easybill(dice, count):
    items = make_items(dice, count, Shares(zero=0.3), Tastes(wide=True))
    columns = [
        Column("Typ", lambda item: "Rechnung"),
        col.invoice_number("Nummer"),
        col.invoice_date("Datum"),
        col.due_date("Fällig am"),
        col.debtor_number("Kundennummer"),
        *col.company_and_person(),
        col.place("PLZ Ort"),
        col.street("Straße"),
        col.gross("Betrag"),
        Column("bezahlt am", lambda i: i.due_date if i.open == 0 else ""),
        col.paid("Bezahlt"),
        col.open_amount("Restbetrag"),
    ]
    content, truths = delimited(plain_list(items, columns), dialect=UTF8)
    return Made(name="easybill.csv", content=content, truths=truths)


@layout("odoo", "Odoo", "English", "XLSX", "credit notes", "names in one cell", weight=0.3)
def odoo(dice, count):
    items = make_items(dice, count, Shares(partly=0.1, credit=0.1), Tastes(wide=True))
    columns = [
        col.invoice_number("Number"),
        col.first_last("Invoice Partner Display Name"),
        col.invoice_date("Invoice Date"),
        col.due_date("Due Date"),
        col.gross("Total"),
        col.open_amount("Amount Due"),
        Column("Payment Status", lambda i: "Partially Paid" if i.paid else "Not Paid"),
    ]
    content, truths = xlsx(
        [Sheet(title="Sheet1", lines=plain_list(items, columns))], Style(day_format="yyyy-mm-dd")
    )
    return Made(name="account.move.xlsx", content=content, truths=truths)


@layout("odoo-technical", "Odoo", "technical names", "English", "CSV", "UTF-8")
def odoo_technical(dice, count):
    items = make_items(dice, count, Shares(partly=0.1), Tastes(wide=True))
    columns = [
        col.invoice_number("name"),
        col.first_last("partner_id"),
        col.invoice_date("invoice_date"),
        col.due_date("invoice_date_due"),
        col.gross("amount_total"),
        col.open_amount("amount_residual"),
        col.currency("currency_id"),
    ]
    content, truths = delimited(plain_list(items, columns), POINT_ISO, ENGLISH)
    return Made(name="account.move.csv", content=content, truths=truths)


@layout("shop-orders-us", "Shopify", "English", "US dates", "US amounts", "commas", "quoted", "CSV")
def shop_us(dice, count):
    from tests.accuracy.items import with_days_above_twelve

    items = with_days_above_twelve(make_items(dice, count, Shares(partly=0.1), Tastes(wide=True, abroad=0.1)))
    columns = [
        col.invoice_number("Invoice #"),
        col.debtor_number("Customer ID"),
        *col.company_and_person("Company", "Last Name", "First Name"),
        col.street("Billing Street"),
        col.postcode("Billing Zip"),
        col.city("Billing City"),
        col.country("Billing Country"),
        col.email("Email"),
        col.invoice_date("Invoice Date"),
        col.due_date("Due Date"),
        col.gross("Total"),
        col.open_amount("Outstanding"),
        col.currency("Currency"),
    ]
    style = Writing(amount=writing.american, day=writing.month_first)
    content, truths = delimited(plain_list(items, columns), style, ENGLISH)
    return Made(name="orders_export.csv", content=content, truths=truths)


@layout("woocommerce", "WooCommerce", "English", "ISO times", "foreign currency", "CSV", "commas")
def woocommerce(dice, count):
    import msgspec

    items = make_items(dice, count, Shares(), Tastes(wide=True, abroad=0.1))
    items = [msgspec.structs.replace(i, currency="USD") if dice.random() < 0.1 else i for i in items]
    columns = [
        col.invoice_number("Invoice Number"),
        col.invoice_date("Invoice Date"),
        col.due_date("Due Date"),
        Column("First Name", lambda i: i.party.first_name),
        Column("Last Name", lambda i: i.party.last_name),
        Column("Company", lambda i: i.party.company or "", col.certain_names),
        col.street("Address"),
        col.postcode("Postcode"),
        col.city("City"),
        col.country("Country Code"),
        col.open_amount("Amount Due"),
        col.currency("Currency"),
    ]
    style = Writing(amount=writing.point, day=writing.iso_time)
    content, truths = delimited(plain_list(items, columns), style, ENGLISH)
    return Made(name="orders.csv", content=content, truths=truths)


@layout("jtl-wawi", "JTL", "street and house number apart", "status", "CSV", "cp1252", "days for payment")
def jtl(dice, count):
    items = make_items(dice, count, Shares(), Tastes(titles=0.1))
    columns = [
        col.invoice_number("Rechnungsnr."),
        col.invoice_date("Rechnungsdatum"),
        col.terms("Zahlungsziel", " Tage"),
        col.debtor_number("Kundennr."),
        col.salutation(),
        col.title(),
        Column("Firma", lambda i: i.party.company or "", col.certain_names),
        Column("Vorname", lambda i: i.party.first_name),
        Column("Nachname", lambda i: i.party.last_name),
        *col.street_and_house("Straße", "Hausnr."),
        col.postcode(),
        col.city(),
        col.country("Land", {"DE": "Deutschland"}),
        col.gross("Gesamtbetrag brutto"),
        col.open_amount("Offener Betrag"),
    ]
    content, truths = delimited(plain_list(items, columns), Writing(amount=writing.german_plain))
    return Made(name="JTL-Rechnungen.csv", content=content, truths=truths)


@layout("marketplace-ods", "marketplace", "ODS", "credit notes", weight=0.1, items=(4, 40))
def marketplace_ods(dice, count):
    items = make_items(dice, count, Shares(credit=0.1), Tastes(wide=True))
    columns = [
        col.debtor_number(),
        *col.name_and_first(),
        col.street(),
        col.postcode(),
        col.city(),
        col.invoice_number(),
        col.invoice_date(),
        col.due_date(),
        col.open_amount("Betrag offen"),
    ]
    content, truths = ods([Sheet(lines=plain_list(items, columns))])
    return Made(name="Forderungen.ods", content=content, truths=truths)


@layout("invoices-by-type", "invoicing program", "document type", "credit notes", "CSV")
def invoices_by_type(dice, count):
    """Credit notes without a sign, told by their type."""
    items = make_items(dice, count, Shares(credit=0.2), Tastes())
    columns = [
        Column("Belegart", lambda i: "Rechnung" if i.open > 0 else "Gutschrift"),
        col.invoice_number("Belegnummer"),
        col.first_last("Kunde"),
        col.invoice_date("Belegdatum"),
        col.due_date("Fälligkeit"),
        Column("Betrag", lambda i: Cents(abs(i.open)), lambda i: {"amount": i.open}),
    ]
    content, truths = delimited(plain_list(items, columns))
    return Made(name="Belege.csv", content=content, truths=truths)
