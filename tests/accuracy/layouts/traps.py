"""Traps: lists in which the nearest reading is the wrong one."""

from datetime import timedelta

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Sheet, Writing, delimited, xlsx
from tests.accuracy.items import Item, Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.layouts.variety import ordinary_columns
from tests.accuracy.lines import BLANK, Line, header, item_line, item_lines, line, placed, plain_list
from tests.accuracy.parties import FIRST_NAMES, LAST_NAMES, Tastes
from tests.accuracy.truth import Ask, Claim, Refuse, Truth

MIXED = Tastes()


def may_ask(lines: list[Line]) -> list[Line]:
    """The lines, each of them rather asked than misread."""
    return [
        Line(one.cells, Claim(facts=one.truth.facts, may_ask=True), one.is_hidden) if isinstance(one.truth, Claim) else one
        for one in lines
    ]


def with_truth(lines: list[Line], truth: Truth) -> list[Line]:
    """The lines, all items among them with this truth."""
    return [Line(one.cells, truth) if one.truth is not None else one for one in lines]


def text(lines: list[Line], style=Writing()) -> Made:
    content, truths = delimited(lines, style)
    return Made(name="Liste.csv", content=content, truths=truths)


def core(*, who=None, amount=None) -> list[Column]:
    """The usual columns, with others for who owes and how much."""
    return [
        col.debtor_number(), *(who or [col.first_last("Kunde")]), col.invoice_number(), col.invoice_date(), col.due_date(), *(amount or [col.open_amount("Offen")]),
    ]  # fmt: skip


# Who


@layout("trap-own-company-column", "two names", "creditor's own name", "CSV")
def own_company(dice, count):
    """`Firma` is the sender's own company in every row; the debtor is `Kunde`."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [col.constant("Firma", "Größer Handels GmbH"), *core()]
    return text(may_ask(plain_list(items, columns)))


@layout("trap-patient-and-payer", "two names", "persons", "CSV")
def patient_and_payer(dice, count):
    """The patient is treated, the recipient of the invoice owes."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.1))
    patient = Column("Patient", lambda i: f"{LAST_NAMES[i.gross % 9]}, {FIRST_NAMES[i.gross % 7]}")
    return text(may_ask(plain_list(items, core(who=[patient, col.last_first("Rechnungsempfänger")]))))


@layout("trap-contact-beside-unknown-name", "two names", "contact person", "CSV")
def contact(dice, count):
    """A contact person is no debtor, even where the debtor's header is unusual."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("Adressat", "Geschäftspartner", "Kurzbezeichnung", "Kundenbezeichnung", "Vertragsnehmer", "Zahlungspflichtiger", "Besteller"))
    person = Column(dice.choice(("Ansprechpartner", "Kontakt", "Kontaktperson")), lambda i: "Frau Weber" if i.party.is_company else "")
    return text(may_ask(plain_list(items, core(who=[person, col.first_last(name)]))))


@layout("trap-representative", "two names", "representative", "CSV")
def representative(dice, count):
    """Names of the sender's own people beside the customer's."""
    items = make_items(dice, count, Shares(), MIXED)
    own = Column(dice.choice(("Vertreter", "Sachbearbeiter", "Verkäufer", "Kundenbetreuer", "Bearbeiter")), lambda i: LAST_NAMES[i.gross % 5])
    return text(plain_list(items, core(who=[own, col.first_last("Kunde")])))


@layout("trap-billing-and-shipping", "two addresses", "English", "CSV")
def billing_and_shipping(dice, count):
    """The invoice goes to the billing address, the parcel elsewhere."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.2))
    elsewhere = [
        Column("Shipping Name", lambda i: f"{FIRST_NAMES[i.gross % 9]} {LAST_NAMES[i.gross % 11]}"), Column("Shipping Street", lambda i: f"Nebenweg {i.gross % 40}"),
        Column("Shipping Zip", lambda i: "99999"), Column("Shipping City", lambda i: "Anderswo"),
    ]  # fmt: skip
    columns = [
        col.invoice_number("Name"), col.invoice_date("Created at"), col.due_date("Due date"), col.first_last("Billing Name"), col.street("Billing Street"),
        col.postcode("Billing Zip"), col.city("Billing City"), *elsewhere, col.gross("Total"), col.open_amount("Outstanding Balance"),
    ]  # fmt: skip
    if dice.random() < 0.5:
        columns = [*columns[:3], *columns[7:11], *columns[3:7], *columns[11:]]
    return text(may_ask(plain_list(items, columns)), Writing(amount=writing.point, day=writing.iso))


@layout("trap-delivery-address", "two addresses", "CSV")
def delivery_address(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        col.debtor_number(), col.first_last("Kunde"), Column("Lieferstraße", lambda i: "Nebenweg 5"), Column("Liefer-PLZ", lambda i: "99999"),
        Column("Lieferort", lambda i: "Anderswo"), col.street("Rechnungsstraße"), col.postcode("Rechnungs-PLZ"), col.city("Rechnungsort"),
        col.invoice_number(), col.due_date(), col.open_amount(),
    ]  # fmt: skip
    return text(plain_list(items, columns))


@layout("trap-name-in-two-parts", "Name 1 and Name 2", "companies", "CSV")
def name_parts(dice, count):
    """A company's name goes on in `Name 2`, or a person to ask for stands there."""
    items = make_items(dice, count, Shares(), Tastes(companies=1.0))
    second = ("", "Niederlassung Süd", "z. Hd. Frau Weber", "Abt. Einkauf")

    def tells(item):
        more = second[item.level]
        companies = col.spellings(item.party.company)
        return {
            "names": frozenset((None, None, name) for one in companies for name in (one, f"{one} {more}".strip())),
            "kind": "company",
        }

    columns = core(who=[Column("Name 1", lambda i: i.party.company, tells), Column("Name 2", lambda i: second[i.level])])
    return text(plain_list(items, columns))


_FOREIGN = ("S.L.", "S.A.", "SARL", "S.A.R.L.", "Oy", "A/S", "AS", "AB", "d.o.o.", "Kft.", "Zrt.", "S.r.l.", "SRL", "Lda.", "LLC", "Pty Ltd", "NV", "B.V.", "SAS", "EURL", "V.O.F.", "Sp. z o. o.", "a.s.", "OÜ", "SIA", "UAB", "GesmbH", "Ges.m.b.H.", "Sàrl", "LLP", "PLC", "Corp.", "Inc", "Limited", "OG")  # fmt: skip


@layout("trap-foreign-companies", "companies", "foreign legal forms", "CSV")
def foreign_companies(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    items = [_renamed(i, f"{dice.choice(('Nordic', 'Kovac', 'Iberia', 'Delta', 'Rossi'))} {dice.choice(('Trade', 'Logistics', 'Foods'))} {dice.choice(_FOREIGN)}") for i in items]
    return text(plain_list(items, core()))


def _renamed(item: Item, company: str, *, is_certain=True) -> Item:
    if not item.party.is_company:
        return item
    return msgspec.structs.replace(item, party=msgspec.structs.replace(item.party, company=company, is_certain=is_certain))


@layout("trap-upper-case", "companies", "upper case", "CSV")
def upper_case(dice, count):
    """Old programs know capitals only, in names and legal forms."""
    items = make_items(dice, count, Shares(), MIXED)
    items = [
        msgspec.structs.replace(i, party=msgspec.structs.replace(
            i.party, company=i.party.company and i.party.company.upper(), last_name=i.party.last_name.upper().replace("ẞ", "SS"), first_name=i.party.first_name.upper(),
        ))
        for i in items
    ]  # fmt: skip
    return text(plain_list(items, core(who=[col.last_first("NAME")])))


@layout("trap-lower-case", "companies", "lower case", "CSV")
def lower_case(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    items = [_renamed(i, f"{dice.choice(LAST_NAMES[:9]).lower()} {dice.choice(('gmbh', 'gmbh & co. kg', 'gmbh & co kg', 'ug (haftungsbeschränkt)', 'gbr', 'ohg', 'e.k.', 'e.v.'))}") for i in items]
    return text(plain_list(items, core()))


@layout("trap-company-with-comma", "companies", "Name, Vorname", "CSV")
def company_with_comma(dice, count):
    """A comma in a company's name is none between last and first name."""
    items = make_items(dice, count, Shares(), MIXED)
    names = (("Elektro Meier, Inh. Karl Meier", False), ("Meier, Schulz & Kollegen, Rechtsanwälte", False), ("Weiß, Groß und Partner mbB", True), ("Hotel Post, Inhaber Familie Weiß", False), ("Autohaus Nord, Zweigniederlassung der Nord AG", True), ("Praxis Dr. Weiß, Zahnärzte", False), ("Gemeinde Süd, Bauamt", False))  # fmt: skip
    items = [(lambda n: _renamed(i, n[0], is_certain=n[1]))(dice.choice(names)) for i in items]
    return text(plain_list(items, core(who=[col.last_first("Name")])))


@layout("trap-salutation-in-name", "salutation in the name", "Name, Vorname", "CSV")
def salutation_in_name(dice, count):
    """`Frau Müller, Anna`, `Firma Bäcker Schulz`."""
    items = make_items(dice, count, Shares(), Tastes(formless=0.3))

    def cell(item):
        return f"{item.party.salutation} {col.name_cell_last_first(item)}"

    def tells(item):
        if item.party.is_company:
            companies = col.spellings(item.party.company)
            return {
                "names": frozenset((None, None, name) for one in companies for name in (one, f"Firma {one}")),
                "kind": "company",
            }
        return col.apart_names(item)

    return text(plain_list(items, core(who=[Column("Name", cell, tells)])))


@layout("trap-couples", "persons", "couples", "CSV")
def couples(dice, count):
    """Two debtors in one cell stay together."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.0))

    def cell(item):
        p = item.party
        return (f"{p.first_name} und Eva {p.last_name}", f"{p.last_name}, {p.first_name} und Eva", f"Eheleute {p.last_name}", f"{p.first_name} {p.last_name} u. Eva Groß")[item.level]

    def tells(item):
        p, whole = item.party, cell(item)
        names = {(whole, None, None)}
        if item.level == 0:
            names.add((p.last_name, f"{p.first_name} und Eva", None))
        if item.level == 1:
            names = {(p.last_name, f"{p.first_name} und Eva", None), (whole, None, None)}
        if item.level == 2:
            names.add((p.last_name, None, None))
        return {"names": frozenset(names), "kind": "private"}

    return text(plain_list(items, core(who=[Column("Mieter", cell, tells)])))


# How much


@layout("trap-amount-in-cents", "unit in the header", "CSV")
def in_cents(dice, count):
    """The header says that amounts are cents: a hundred times too much is claimed by who overlooks it."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("Betrag in Cent", "Offen (Cent)", "Offener Betrag (ct)", "amount_cents", "Betrag Ct."))
    return text(may_ask(plain_list(items, core(amount=[Column(name, lambda i: str(i.open), lambda i: {"amount": i.open})]))))


@layout("trap-amount-in-thousands", "unit in the header", "CSV")
def in_thousands(dice, count):
    """The header says thousands of euros."""
    items = make_items(dice, count, Shares(), MIXED)
    items = [msgspec.structs.replace(i, gross=dice.randrange(100, 90_000) * 1_000) for i in items]
    name = dice.choice(("Offen (TEUR)", "Saldo T€", "Offener Betrag in TEUR", "Offen in Tsd. EUR"))
    return text(may_ask(plain_list(items, core(amount=[Column(name, lambda i: writing.german(i.open // 1000), lambda i: {"amount": i.open})]))))


@layout("trap-foreign-currency-header", "foreign currency", "unit in the header", "CSV")
def foreign_header(dice, count):
    """The header says another currency than euros."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("Offen (CHF)", "Betrag USD", "Saldo CHF", "Offener Betrag in $", "Offen £", "Betrag in PLN"))
    return text(with_truth(plain_list(items, core(amount=[col.open_amount(name)])), Ask("currency")))


@layout("trap-foreign-currency-cells", "foreign currency", "CSV")
def foreign_cells(dice, count):
    """Some amounts carry another currency in their cell."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.3:
            odd = dice.choice(("{} CHF", "USD {}", "{} $", "£ {}", "{} Fr.", "{} zł", "{} Kč")).format(writing.german(item.open))
            one = Line((*one.cells[:-1], odd), Refuse("currency"))
        lines.append(one)
    content, truths = delimited(lines, dialect=msgspec.structs.replace(_UTF8))
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("trap-home-and-foreign-amounts", "foreign currency", "SAP", "CSV")
def home_and_foreign(dice, count):
    """The amount in the document's currency and in euros."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        *core(amount=[Column("Betrag in Belegwährung", lambda i: Cents(i.open * 11 // 10 if i.level else i.open)), Column("Belegwährung", lambda i: "USD" if i.level else "EUR"),
                      col.open_amount("Betrag in EUR")]),
    ]  # fmt: skip
    return text(may_ask(plain_list(items, columns)))


@layout("trap-flag-columns", "status", "flags", "CSV")
def flags(dice, count):
    """`Bezahlt: ja`, `Storniert: x`, `Ausgebucht am`: the row is no claim."""
    items = make_items(dice, count, Shares(), MIXED)
    name, yes, no = dice.choice((
        ("Bezahlt", "ja", "nein"), ("bezahlt?", "x", ""), ("Storniert", "ja", ""), ("Storniert am", "12.03.2026", ""), ("Storno", "X", ""), ("erledigt", "x", ""),
        ("Ausgebucht am", "01.02.2026", ""), ("offen", "nein", "ja"), ("Paid", "TRUE", "FALSE"), ("Beglichen am", "05.01.2026", ""), ("Gutschrift", "ja", "nein"),
        ("Ausgeglichen", "1", "0"), ("Gelöscht", "ja", "nein"),
    ))  # fmt: skip
    columns = [*core(amount=[Column("Betrag", lambda i: Cents(i.open), lambda i: {"amount": i.open})]), Column(name, lambda i: yes if i.level == 3 else no)]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        lines.append(Line(one.cells, Refuse(f"{name}: {yes}")) if item.level == 3 else one)
    return text(may_ask(lines))


@layout("trap-status-words", "status", "CSV")
def status_words(dice, count):
    """Statuses that mean settled, and such that do not."""
    items = make_items(dice, count, Shares(), MIXED)
    settled = ("bezahlt", "vollständig bezahlt", "storniert", "Storno", "gutgeschrieben", "erledigt", "ausgebucht", "Paid", "teilbezahlt", "abgeschrieben", "Zahlung eingegangen", "beglichen am 03.03.2026", "verrechnet", "Entwurf", "ausgeglichen")
    still_open = ("offen", "überfällig", "gemahnt", "1. Mahnung", "nicht bezahlt", "unbezahlt", "versendet", "fällig", "Mahnstufe 3", "open", "Rücklastschrift", "zur Zahlung offen")
    columns = [*core(amount=[Column("Betrag", lambda i: Cents(i.open), lambda i: {"amount": i.open})]), Column("Status", lambda i: "")]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        word = dice.choice(settled if dice.random() < 0.3 else still_open)
        lines.append(Line((*one.cells[:-1], word), Refuse(f"status {word}") if word in settled else one.truth))
    return text(lines)


@layout("trap-credit-by-text", "credit notes", "CSV")
def credit_by_text(dice, count):
    """Only the text of the posting says that the amount, without a sign, is a credit."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [*core(amount=[col.open_amount("Betrag")]), Column("Buchungstext", lambda i: f"Rechnung {i.text}")]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        if dice.random() < 0.15:
            word = dice.choice(("Gutschrift zu RE-17", "Storno Rechnung", "Stornorechnung", "Zahlung vom 03.03.", "Erstattung", "Gutschrift Retoure", "Credit note"))
            one = Line((*one.cells[:-1], word), Refuse(f"text: {word}"))
        lines.append(one)
    return text(lines)


@layout("trap-positions", "several rows an invoice", "CSV")
def positions(dice, count):
    """An export of positions: the amounts of rows are parts of an invoice, none is the claim."""
    items = make_items(dice, max(2, count // 3), Shares(), MIXED)
    columns = [
        col.invoice_number(), Column("Pos", lambda i: ""), col.first_last("Kunde"), Column("Artikel", lambda i: i.text), Column("Menge", lambda i: 1),
        Column("Gesamtpreis", lambda i: ""), col.invoice_date(), col.due_date(),
    ]  # fmt: skip
    lines = [header(columns)]
    for item in items:
        cells = item_line(item, columns).cells
        for position in range(1, 4):
            one = list(cells)
            one[1], one[5] = position, Cents(max(1, item.gross // (position + 2)))
            lines.append(Line(tuple(one), Refuse("a position")))
    return text(lines)


@layout("trap-terms-in-words", "days for payment", "CSV")
def terms_in_words(dice, count):
    """Two terms in one cell: what counts is the net one."""
    items = make_items(dice, count, Shares(), MIXED)
    words = (("30 Tage netto", 30), ("14 Tage 2 % Skonto, 30 Tage netto", 30), ("10 Tage 3%, 21 Tage netto", 21), ("netto 14 Tage", 14), ("7 Tage", 7))

    def tells(item):
        return {"due_date": (item.invoice_date + timedelta(words[item.gross % 5][1])).isoformat()}

    columns = [col.first_last("Kunde"), col.invoice_number(), col.invoice_date(), Column("Zahlungsbedingung", lambda i: words[i.gross % 5][0], tells), col.open_amount()]
    return text(plain_list(items, columns))


# Where


@layout("trap-second-table-below", "second table", "XLSX", weight=0.2, items=(6, 80))
def second_table(dice, count):
    """Below the list stands another of the same columns: what has been paid."""
    items, others = make_items(dice, count, Shares(), MIXED), make_items(dice, 6, Shares(), MIXED)
    title = dice.choice(("Zahlungseingänge", "bereits bezahlt", "Gutschriften", "erledigt:", "Storniert"))
    lines = [*plain_list(items, core()), BLANK, line(title), header(core()), *with_truth(item_lines(others, core()), Refuse("below a title of its own"))]
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("trap-second-table-beside", "second table", "XLSX", weight=0.2, items=(6, 80))
def table_beside(dice, count):
    """To the right of the list stand the payments, under headers of the same names."""
    items, others = make_items(dice, count, Shares(), MIXED), make_items(dice, count, Shares(), MIXED)
    left, right = core(amount=[col.open_amount("Betrag")]), [col.invoice_number(), Column("Datum", lambda i: i.due_date), col.gross("Betrag")]
    titles = line(*placed([*left, left[0], *right], {0: "Offene Rechnungen", len(left) + 1: "Zahlungen"}))
    lines = [titles, Line((*header(left).cells, "", *header(right).cells))]
    for one, other in zip(item_lines(items, left), others, strict=True):
        lines.append(Line((*one.cells, "", *(c.cell(other) for c in right)), one.truth))
    content, truths = xlsx([Sheet(lines=may_ask(lines))])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("header-with-line-breaks", "line breaks in the header", "XLSX", weight=0.2, items=(4, 80))
def broken_header(dice, count):
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    columns = [
        col.debtor_number("Kunden-\nnummer"), col.first_last("Kunde\n(Name)"), col.invoice_number("Rechnungs-\nnummer"), col.invoice_date("Rechnungs-\ndatum"),
        col.due_date("Fällig\nam"), col.gross("Rechnungs-\nbetrag"), col.open_amount("Offener\nBetrag"),
    ]  # fmt: skip
    content, truths = xlsx([Sheet(lines=plain_list(items, columns))])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("header-with-units-below", "units row", "CSV")
def units_below(dice, count):
    """A row of units or of column numbers between header and items."""
    items = make_items(dice, count, Shares(), MIXED)
    below = dice.choice((line("", "", "", "TT.MM.JJJJ", "TT.MM.JJJJ", "EUR"), line("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), BLANK, line(1, 2, 3, 4, 5, 6), line("-----", "-----", "-----", "-----", "-----", "-----")))
    return text([header(core()), below, *item_lines(items, core())])


@layout("aging-summary", "aging", "no claims", "English", "CSV")
def aging_summary(dice, count):
    """Sums by customer and age: no invoice and no due date, so nothing to claim without asking."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [col.first_last("Customer"), col.open_amount("Current"), *[Column(n, lambda i: Cents(i.open // 5)) for n in ("1 - 30", "31 - 60", "61 - 90", "> 90")], Column("Total", lambda i: Cents(i.open * 2))]
    return text(with_truth(plain_list(items, columns), Refuse("a sum by age")), Writing(amount=writing.american))


@layout("aging-detail", "aging", "English", "subtotals", "document type", "CSV")
def aging_detail(dice, count):
    """Grouped by age, with a title and a total a group; payments and credit memos between."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    columns = [
        col.invoice_date("Date"), Column("Transaction Type", lambda i: "Invoice"), col.invoice_number("Num"), col.first_last("Customer"), col.due_date("Due Date"),
        col.gross("Amount"), col.open_amount("Open Balance"),
    ]  # fmt: skip
    lines = [line("Muster GmbH"), line("A/R Aging Detail"), line("As of March 31, 2026"), BLANK, header(columns)]
    size = max(1, len(items) // 3)
    for at, title in zip(range(0, len(items), size), ("91 or more days past due", "61 - 90 days past due", "31 - 60 days past due", "1 - 30 days past due"), strict=False):
        group = items[at : at + size]
        lines += [line(title), *item_lines(group, columns)]
        paid = list(item_line(group[0], columns).cells)
        paid[1], paid[5], paid[6] = "Payment", Cents(-1_000), Cents(-1_000)
        lines.append(Line(tuple(paid), Refuse("a payment")))
        total = {0: f"Total for {title}", 5: Cents(sum(i.gross for i in group)), 6: Cents(sum(i.open for i in group))}
        lines.append(line(*placed(columns, total), truth=Refuse("total")))
    lines.append(line(*placed(columns, {0: "TOTAL", 6: Cents(sum(i.open for i in items))}), truth=Refuse("total")))
    return text(lines, Writing(amount=writing.american, day=writing.iso))


@layout("aging-columns", "aging", "gross beside balance", "CSV")
def aging_columns(dice, count):
    """The open amount once more in the column of its age."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    ages = [Column(name, lambda i, at=at: Cents(i.open) if i.level == at else "") for at, name in enumerate(("0-30 Tage", "31-60 Tage", "61-90 Tage", "über 90 Tage"))]
    return text(plain_list(items, core(amount=[col.open_amount("Saldo"), *ages])))


@layout("trap-date-like-numbers", "odd invoice numbers", "CSV")
def date_like(dice, count):
    """Invoice numbers that look like dates, amounts or numbers of a spreadsheet."""
    items = make_items(dice, count, Shares(a_debtor=1.0), MIXED)
    styles = (lambda n: f"{n % 12 + 1:02d}-{2000 + n % 1000}", lambda n: f"{n % 28 + 1:02d}.{n % 12 + 1:02d}.{n}", lambda n: f"{n}.{n % 100:02d}", lambda n: f"2025/{n % 12 + 1:02d}/{n}", lambda n: f"{n}E{n % 9}", lambda n: f"000{n}")
    style = dice.choice(styles)
    first = dice.randrange(100, 900)
    items = [msgspec.structs.replace(i, invoice_number=style(first + at * 13)) for at, i in enumerate(items)]
    return text(may_ask(plain_list(items, core())))


@layout("trailing-delimiters", "short lines", "CSV")
def trailing(dice, count):
    """Every line ends with a delimiter; so does the header."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    return text(plain_list(items, [*ordinary_columns(), col.constant("")]))


from tests.accuracy.files import Dialect  # noqa: E402

_UTF8 = Dialect(encoding="utf-8")
