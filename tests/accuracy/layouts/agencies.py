"""Formats for handing claims over: RA-MICRO, paywise, kVASy, WEBFAKT, insopedia."""

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Column, facts_of
from tests.accuracy.files import Dialect, Sheet, Writing, delimited, fixed_width, xlsx
from tests.accuracy.items import Item, Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import item_lines, plain_list
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Claim, Truth


def _may_ask(truth: Truth) -> Truth:
    return Claim(facts=truth.facts, may_ask=True) if isinstance(truth, Claim) else truth


@layout("ra-micro-excelcsv", "RA-MICRO", "rows of one debtor together", "cp1252", "CSV")
def ra_micro_excelcsv(dice, count):
    items = make_items(dice, count, Shares(a_debtor=1.8), Tastes())
    columns = [
        col.debtor_number("KD-NR"),
        col.salutation("ANREDE"),
        *col.name_and_first("NAME", "VORNAME"),
        col.street("STRASSE"),
        col.postcode(),
        col.city("ORT"),
        col.invoice_number("RECHNUNGSNR"),
        col.invoice_date("RECHNUNGSDATUM"),
        col.due_date("FAELLIGKEIT"),
        col.open_amount("HAUPTFORDERUNG"),
        col.fee("MAHNKOSTEN", lambda i: 500 if i.level else 0),
    ]
    content, truths = delimited(plain_list(items, columns), Writing(amount=writing.german_plain))
    return Made(name="ExcelCSV.csv", content=content, truths=truths)


@layout("ra-micro-import1", "RA-MICRO", "header-less", "CSV", items=(6, 150))
def ra_micro_import1(dice, count):
    """No header: what the columns hold must be certain, or asked."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(""),
        col.salutation(""),
        *col.name_and_first("", ""),
        col.street(""),
        col.postcode(""),
        col.city(""),
        col.invoice_number(""),
        col.invoice_date(""),
        col.due_date(""),
        col.open_amount(""),
    ]
    content, truths = delimited(item_lines(items, columns), Writing(amount=writing.german_plain))
    return Made(
        name="IMPORT1.TXT", content=content, truths={row: _may_ask(truth) for row, truth in truths.items()}
    )


@layout("paywise-fields", "paywise", "English", "technical names", "CSV", "ISO dates")
def paywise(dice, count):
    items = make_items(dice, count, Shares(), Tastes(wide=True))
    columns = [
        Column("your_reference", lambda i: f"V-{i.party.number}"),
        Column("acting_as", lambda i: "business" if i.party.is_company else "consumer"),
        Column("organization_name", lambda i: i.party.company or "", col.certain_names),
        Column("first_name", lambda i: i.party.first_name),
        Column("last_name", lambda i: i.party.last_name),
        col.street("street"),
        col.postcode("zip"),
        col.city("city"),
        col.country("country"),
        Column("subject_matter", lambda i: i.text),
        col.invoice_number("document_reference"),
        col.invoice_date("document_date"),
        col.due_date("due_date"),
        col.open_amount("main_claim_amount"),
    ]
    style = Writing(amount=writing.point, day=writing.iso)
    content, truths = delimited(plain_list(items, columns), style, Dialect(delimiter=",", encoding="utf-8"))
    return Made(name="claims.csv", content=content, truths=truths)


@layout("insopedia", "insopedia", "technical names", "XLSX", weight=0.3)
def insopedia(dice, count):
    items = make_items(dice, count, Shares(), Tastes(companies=1.0))
    columns = [
        Column("GlZeichen", lambda i: f"GZ {i.party.number}"),
        col.first_last("Schuldner"),
        col.street("Anschrift"),
        col.place("PLZ Ort"),
        col.invoice_number("FoZeichen"),
        Column("FoGrund", lambda i: i.text),
        col.invoice_date("ReDat"),
        col.due_date("FäDat"),
        col.open_amount("FoHaupt"),
        Column("FoZinsen", lambda i: col.Cents(123)),
        col.fee("FoKosten", lambda i: 500),
    ]
    content, truths = xlsx([Sheet(title="Forderungen", lines=plain_list(items, columns))])
    return Made(name="Forderungsanmeldung.xlsx", content=content, truths=truths)


@layout(
    "kvasy-fixed-width", "kVASy", "fixed width", "header-less", "cents without a mark", "TXT", items=(6, 150)
)
def kvasy(dice, count):
    """Long lines, amounts in cents with leading zeros: only a description decides that."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number(""),
        col.first_last(""),
        col.street(""),
        col.postcode(""),
        col.city(""),
        col.invoice_number(""),
        col.invoice_date(""),
        col.due_date(""),
        Column("", lambda i: f"{i.open:012d}", lambda i: {"amount": i.open}),
    ]
    widths = [10, 60, 34, 6, 30, 16, 9, 9, 13]
    content, truths = fixed_width(item_lines(items, columns), widths, Writing(day=writing.compact), "cp1252")
    return Made(
        name="kvasy.dat", content=content, truths={row: _may_ask(truth) for row, truth in truths.items()}
    )


def _key_values(items: list[Item], sign: str, blank: str) -> Made:
    columns = [
        col.debtor_number("Kundennummer"),
        Column("Firma", lambda i: i.party.company or "", col.certain_names),
        Column("Nachname", lambda i: i.party.last_name),
        Column("Vorname", lambda i: i.party.first_name),
        col.street("Strasse"),
        col.postcode(),
        col.city(),
        col.invoice_number("Rechnungsnummer"),
        col.invoice_date("Rechnungsdatum"),
        col.due_date("Faelligkeit"),
        col.open_amount("Betrag"),
    ]
    writer = Writing(amount=writing.german_plain)
    blocks, truths, number = [], {}, 1
    for item, one in zip(items, item_lines(items, columns), strict=True):
        rows = [f"{c.header}{sign}{writer.text(c.cell(item))}" for c in columns]
        truths[number] = one.truth
        assert not isinstance(one.truth, Claim) or one.truth.facts == facts_of(item, columns)
        number += len(rows) + 1
        blocks.append("\r\n".join(rows) + "\r\n" + blank)
    return Made(
        name="WEBFAKT.TXT", content="\r\n".join(blocks).encode("cp1252"), truths=truths, by_invoice=True
    )


@layout("webfakt-equals", "WEBFAKT", "key=value", "TXT", items=(3, 80))
def webfakt(dice, count):
    """A block of `key=value` lines a claim, a blank line between blocks."""
    return _key_values(make_items(dice, count, Shares(), Tastes()), "=", "")


@layout("webfakt-colons", "WEBFAKT", "key: value", "TXT", items=(3, 80))
def webfakt_colons(dice, count):
    return _key_values(make_items(dice, count, Shares(), Tastes()), ": ", "")
