"""Lists that look like a trap and are none: what is careful elsewhere must not lose these rows."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy.columns import Column
from tests.accuracy.files import Sheet, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.layouts.ledgers import by_debtor
from tests.accuracy.lines import (
    BLANK,
    Line,
    header,
    item_line,
    item_lines,
    line,
    may_ask,
    plain_list,
    with_truth,
)
from tests.accuracy.ordinary import MIXED, core, ordinary_columns, text
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Claim, Refuse

_FLAGS = (
    ("Newsletter", "ja", "nein"),
    ("Geprüft", "x", ""),
    ("E-Rechnung", "ja", "nein"),
    ("Mahnung gesendet", "ja", "nein"),
    ("Rechnung versendet", "X", ""),
    ("Storniert", "nein", "nein"),
    ("Bezahlt", "nein", "nein"),
    ("SEPA-Mandat", "ja", ""),
)
_STATUSES = [
    "offen",
    "überfällig",
    "gemahnt",
    "letzte Mahnung",
    "an Inkasso",
    "Zahlungserinnerung versandt",
    "Zahlung ausstehend",
    "Zahlung offen",
    "Lastschrift geplatzt",
    "nicht bezahlt",
    "unbezahlt",
    "3. Mahnung",
    "Rücklastschrift",
    "in Verzug",
    "nicht beglichen",
]
_TEXTS = [
    "2. Abschlagszahlung",
    "Schlussrechnung",
    "Stornogebühr Hotel",
    "Rechnung, Zahlung bis 15.03.",
    "Zahlungsziel 14 Tage",
    "Anzahlung Küche",
    "Gutscheinkauf",
    "Restzahlung Seminar",
    "Rücklastschrift März",
    "Kreditkartengebühr",
    "Summe laut Angebot",
    "Teilrechnung 3",
]
_SURNAMES = [
    "Bäcker",
    "Schneider",
    "Gärtner",
    "Maurer",
    "Zimmermann",
    "Wirt",
    "Apotheker",
    "Notar",
    "Richter",
    "Vogt",
    "Kaufmann",
    "Hausmann",
    "Amtmann",
    "Stadtler",
    "Praxl",
    "Hotz",
    "Firmenich",
    "Gemeinder",
    "Gesellmann",
    "Partner",
    "Bank",
    "Summer",
]
_FIRST_NAMES = [
    "Anna Maria",
    "Karl Theodor Maria",
    "J. R.",
    "M.",
    "Anna-Lena",
    "Jean Luc",
    "Abd al-Rahman",
    "Thi Hong Van",
    "Dr. Eva",
    "Hans Peter Paul",
    "Ó Séan",
    "Zoë K.",
]


@layout("harmless-flags", "flags", "harmless", "CSV")
def harmless_flags(dice, count):
    """Flags that say nothing of what is owed."""
    items = make_items(dice, count, Shares(), MIXED)
    name, yes, no = dice.choice(_FLAGS)
    return text(plain_list(items, [*core(), Column(name, lambda i: yes if i.level == 2 else no)]))


@layout("harmless-statuses", "status", "harmless", "CSV")
def harmless_statuses(dice, count):
    """Every status in which a claim is open."""
    items = make_items(dice, count, Shares(), MIXED)
    status = Column("Status", lambda i: _STATUSES[i.gross % len(_STATUSES)])
    return text(plain_list(items, [*core(amount=[col.open_amount("Betrag")]), status]))


@layout("harmless-texts", "posting texts", "harmless", "CSV")
def harmless_texts(dice, count):
    """Posting texts with the words of payments and cancellations that are invoices all the same."""
    items = make_items(dice, count, Shares(), MIXED)
    words = Column("Buchungstext", lambda i: _TEXTS[i.gross % len(_TEXTS)])
    return text(plain_list(items, [*core(amount=[col.open_amount("Betrag")]), words]))


@layout("harmless-surnames", "persons", "Name, Vorname", "harmless", "CSV")
def harmless_surnames(dice, count):
    """Surnames that are trades, and first names of many parts."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.0))
    items = [
        msgspec.structs.replace(
            i,
            party=msgspec.structs.replace(
                i.party, last_name=dice.choice(_SURNAMES), first_name=dice.choice(_FIRST_NAMES)
            ),
        )
        for i in items
    ]
    return text(plain_list(items, core(who=[col.last_first("Name")])))


@layout("one-debtor", "one debtor", "harmless", "CSV", items=(3, 60))
def one_debtor(dice, count):
    """All invoices are one company's: its name is the same in every row, and rightly so."""
    items = make_items(dice, count, Shares(a_debtor=1.0), Tastes(companies=1.0))
    items = [msgspec.structs.replace(i, party=items[0].party) for i in items]
    who = dice.choice(
        ([col.first_last("Kunde")], col.company_and_person(), [col.first_last("Firma"), col.contact()])
    )
    return text(plain_list(items, core(who=who)))


@layout("pages-with-titles", "repeated headers", "harmless", "XLSX", weight=0.2, items=(8, 80))
def pages_with_titles(dice, count):
    """Each page begins with the list's title and its header once more."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = []
    for number, at in enumerate(range(0, len(items), 8), start=1):
        title = line(f"Offene Posten, Seite {number}")
        lines += [title, BLANK, header(core()), *item_lines(items[at : at + 8], core()), BLANK]
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("sections-with-titles", "repeated headers", "harmless", "CSV", items=(8, 80))
def sections_with_titles(dice, count):
    """Sections by branch or level of dunning, all of them open."""
    items = make_items(dice, count, Shares(), MIXED)
    titles = dice.choice(
        (("Filiale Nord", "Filiale Süd", "Zentrale"), ("Mahnstufe 1", "Mahnstufe 2", "Mahnstufe 3"))
    )
    size = len(items) // 3 + 1
    lines = []
    for at, title in enumerate(titles):
        part = items[at * size : (at + 1) * size]
        lines += [line(title), header(core()), *item_lines(part, core()), BLANK]
    return text(may_ask(lines))


@layout("blocks-of-no-debtors", "grouped", "no debtor's name", "CSV", items=(6, 80))
def blocks_of_no_debtors(dice, count):
    """Groups that are named for a branch, a month or a level: no debtor is named anywhere."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [col.invoice_number(), col.invoice_date(), col.due_date(), col.open_amount()]
    titles = dice.choice(
        (
            ("Filiale Nord", "Filiale Süd", "Zentrale"),
            ("Januar 2026", "Februar 2026", "März 2026"),
            ("Mahnstufe 1", "Mahnstufe 2", "Mahnstufe 3"),
            ("Kostenstelle 100", "Kostenstelle 200", "Kostenstelle 300"),
            ("100 Filiale Nord", "200 Filiale Süd", "300 Zentrale"),
            ("2026 Januar", "2026 Februar", "2026 März"),
            ("2025 Januar bis März", "2025 April - Juni", "2025 Juli/August"),
            ("4100 Kostenstelle Vertrieb", "4200 Kostenstelle Service", "4300 Kostenstelle Werkstatt"),
            ("Konto 1400 Forderungen Inland", "Konto 1410 Forderungen EU", "Konto 1420 Sonstige"),
            ("8400 Erlöse 19 %", "8300 Erlöse 7 %", "8125 Erlöse steuerfrei"),
            ("2025 Quartal 1", "2025 Quartal 2", "2025 Quartal 3"),
            ("001 Region West", "002 Region Ost", "003 Region Süd"),
            ("100 Vertreter Schulze", "101 Vertreter Weber", "102 Vertreter Weiß"),
            ("überfällig bis 30 Tage", "überfällig bis 60 Tage", "überfällig über 60 Tage"),
        )
    )
    size = len(items) // 3 + 1
    lines = [header(columns)]
    for at, title in enumerate(titles):
        part = item_lines(items[at * size : (at + 1) * size], columns)
        lines += [line(title), *with_truth(part, Refuse("no debtor's name"))]
    return text(lines)


@layout("names-missing-here-and-there", "empty cells", "no debtor's name", "CSV", items=(8, 150))
def names_missing(dice, count):
    """A name forgotten is none that is carried down: the customer number is another."""
    items = make_items(dice, count, Shares(a_debtor=1.5), MIXED)
    lines = [header(core())]
    for at, item in enumerate(items):
        one = item_line(item, core())
        changes = at > 0 and item.party.number != items[at - 1].party.number
        if changes and dice.random() < 0.15:
            cells = list(one.cells)
            cells[1] = ""
            one = Line(tuple(cells), Refuse("no name"))
        lines.append(one)
    return text(lines)


@layout(
    "name-in-merged-cells",
    "merged cells",
    "name in the first row of a block",
    "XLSX",
    weight=0.2,
    items=(6, 60),
)
def merged_names(dice, count):
    """The debtor's cells are merged over all of his rows."""
    items = make_items(dice, count, Shares(a_debtor=1.8), MIXED)
    columns = ordinary_columns()
    lines, merged = [header(columns)], []
    for block in by_debtor(items):
        first = len(lines) + 1
        for item in block:
            one = item_line(item, columns)
            cells = one.cells if item is block[0] else ("",) * 6 + one.cells[6:]
            lines.append(Line(cells, one.truth))
        if len(block) > 1:
            merged += [f"{letter}{first}:{letter}{len(lines)}" for letter in "ABCDEF"]
    content, truths = xlsx([Sheet(lines=lines, merged=tuple(merged))])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("header-less-book", "header-less", "XLSX", weight=0.2, items=(6, 60))
def header_less_book(dice, count):
    """No header in a workbook: read only if certain, else asked."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = item_lines(items, core())
    content, truths = xlsx([Sheet(lines=lines)])
    truths = {
        row: Claim(facts=one.facts, may_ask=True) if isinstance(one, Claim) else one
        for row, one in truths.items()
    }
    return Made(name="Liste.xlsx", content=content, truths=truths)
