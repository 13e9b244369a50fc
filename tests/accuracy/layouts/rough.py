"""Lists as people leave them: a row or two, gaps, stray blanks, protected numbers, rows above the header."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import NATIVE, Dialect, Sheet, Style, Writing, delimited, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.layouts.composed import GERMAN, compose
from tests.accuracy.lines import BLANK, Line, header, item_line, item_lines, line, may_ask, plain_list
from tests.accuracy.ordinary import MIXED, UTF8, core, ordinary_columns, text
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Claim, Refuse


@layout("tiny", "a row or two", "CSV", items=(1, 3))
def tiny(dice, count):
    """One to three rows: little evidence, but the ordinary headers say all."""
    return text(plain_list(make_items(dice, count, Shares(), Tastes(formless=0.2)), ordinary_columns()))


@layout("tiny-book", "a row or two", "XLSX", items=(1, 3), weight=0.2)
def tiny_book(dice, count):
    items = make_items(dice, count, Shares(), Tastes(formless=0.2))
    style = dice.choice((NATIVE, Style(amounts_as_text=writing.german, days_as_text=writing.dotted)))
    content, truths = xlsx([Sheet(lines=plain_list(items, ordinary_columns()))], style)
    return Made(name="Liste.xlsx", content=content, truths=truths)


@layout("tiny-composed", "a row or two", "composed", "CSV", items=(1, 3))
def tiny_composed(dice, count):
    """Few rows under any usual headers."""
    items = make_items(dice, count, Shares(), Tastes(formless=0.2))
    return text(may_ask(plain_list(items, compose(dice, GERMAN))), dialect=UTF8)


@layout("gaps", "empty cells", "CSV")
def gaps(dice, count):
    """Cells left empty: a row is good while it has a name, an amount, and an invoice number or a due date."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = core(who=[col.first_last("Kunde"), col.street(), col.postcode(), col.city()])
    optional = [
        (0, ("number",)),
        (2, ("street",)),
        (3, ("postcode",)),
        (4, ("city",)),
        (5, ("invoice_number",)),
        (6, ("invoice_date",)),
        (7, ("due_date",)),
    ]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        cells, facts = list(one.cells), dict(one.truth.facts)
        for at, fields in optional:
            if dice.random() < 0.12:
                cells[at] = ""
                for field in fields:
                    facts.pop(field)
        good = facts.keys() & {"invoice_number", "due_date"}
        lines.append(
            Line(tuple(cells), Claim(facts=facts) if good else Refuse("neither invoice number nor due date"))
        )
    return text(lines)


@layout("padded", "stray blanks", "CSV")
def padded(dice, count):
    """Blanks before and after, doubled, and such that do not break."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(ordinary_columns())]
    for one in item_lines(items, ordinary_columns()):
        cells = [
            dice.choice(("{} ", " {}", "{}\u00a0", "  {}  ")).format(cell) if isinstance(cell, str) else cell
            for cell in one.cells
        ]
        lines.append(Line(tuple(cells), one.truth))
    return text(lines)


@layout("protected-numbers", "formula-like text", "CSV")
def protected_numbers(dice, count):
    """`="00123"`: how programs keep a spreadsheet from taking numbers for numbers."""
    items = make_items(dice, count, Shares(), Tastes(digits=6), numeric=True)
    columns = ordinary_columns()
    lines = [header(columns)]
    for one in item_lines(items, columns):
        cells = list(one.cells)
        for at in (0, 4, 6):
            cells[at] = f'="{cells[at]}"'
        lines.append(Line(tuple(cells), one.truth))
    return text(may_ask(lines))


@layout("parameters-above", "letterhead", "CSV")
def parameters_above(dice, count):
    """The choices of a report above it, in words that are headers too."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    above = [
        line("Mandant", "4711 Größer Handels GmbH"),
        line("Kunde", "alle", "Konto", "10000-69999"),
        line("Stichtag", "31.03.2026", "Betrag ab", "0,00"),
        line("Rechnungsdatum von", "01.01.2020", "bis", "31.03.2026"),
        BLANK,
    ]
    return text([*above, *plain_list(items, ordinary_columns())])


@layout("index-column", "English", "CSV", "commas")
def index_column(dice, count):
    """A first column without a header that counts the rows, as a data frame is written."""
    items = make_items(dice, count, Shares(partly=0.1), Tastes(wide=True))
    columns = ordinary_columns()
    lines = [Line(("", *header(columns).cells))]
    lines += [Line((at, *one.cells), one.truth) for at, one in enumerate(item_lines(items, columns))]
    return text(
        lines, Writing(amount=writing.point, day=writing.iso), Dialect(delimiter=",", encoding="utf-8")
    )


@layout("euro-as-header", "unit in the header", "CSV")
def euro_as_header(dice, count):
    """The amount's header is the currency alone."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("EUR", "Euro", "€", "in EUR", "(EUR)", "[€]"))
    return text(plain_list(items, core(amount=[col.open_amount(name)])))


@layout("short-names-beside", "two names", "CSV")
def short_names(dice, count):
    """A search word beside the name."""
    items = make_items(dice, count, Shares(), MIXED)
    word = dice.choice(("Matchcode", "Suchbegriff", "Kurzname", "Suchname"))
    short = Column(word, lambda i: (i.party.company or i.party.last_name)[:8].upper())
    return text(plain_list(items, core(who=[short, col.first_last(dice.choice(("Name", "Kunde")))])))


@layout("general-account-beside", "two numbers", "CSV")
def general_account(dice, count):
    """The account of the general ledger, the same in all rows, beside the debtor's own."""
    items = make_items(dice, count, Shares(), MIXED)
    account = col.constant(dice.choice(("Konto", "Sammelkonto", "Sachkonto", "Erlöskonto")), "1400")
    return text(may_ask(plain_list(items, [account, col.debtor_number("Debitor"), *core()[1:]])))


@layout("sign-columns", "S/H flag", "credit notes", "CSV")
def sign_columns(dice, count):
    """Amounts without a sign; whether one is owed or owing stands in a column of its own, under any name."""
    items = make_items(dice, count, Shares(credit=0.2), MIXED)
    name, debit, credit = dice.choice(
        (
            ("S/H", "S", "H"),
            ("Kz", "S", "H"),
            ("SH-Kz.", "S", "H"),
            ("Soll/Haben Kz.", "S", "H"),
            ("S/H-Kennz.", "Soll", "Haben"),
            ("Vorzeichen", "+", "-"),
            ("+/-", "+", "-"),
            ("Vz.", "+", "-"),
            ("D/C", "D", "C"),
            ("Dr/Cr", "Dr", "Cr"),
            ("Buchungsseite", "Soll", "Haben"),
        )
    )
    amount = Column("Betrag", lambda i: Cents(abs(i.open)), lambda i: {"amount": i.open})
    sign = Column(name, lambda i: debit if i.open > 0 else credit)
    return text(may_ask(plain_list(items, core(amount=[amount, sign]))))


@layout("document-codes", "document type", "credit notes", "CSV")
def document_codes(dice, count):
    """Kinds of documents as short codes; amounts without a sign."""
    items = make_items(dice, count, Shares(credit=0.2), MIXED)
    header_, invoice, credit = dice.choice(
        (
            ("Belegart", "RE", "GS"),
            ("Belegart", "RV", "DG"),
            ("BA", "AR", "GU"),
            ("Art", "R", "G"),
            ("Belegtyp", "RG", "GUT"),
            ("Belegart", "Rechnung", "Rechnungskorrektur"),
            ("Typ", "Invoice", "Credit Memo"),
            ("Vorgang", "Ausgangsrechnung", "Gutschrift"),
            ("Belegart", "Rechnung", "Zahlungseingang"),
        )
    )
    amount = Column("Betrag", lambda i: Cents(abs(i.open)), lambda i: {"amount": i.open})
    kind = Column(header_, lambda i: invoice if i.open > 0 else credit)
    return text(may_ask(plain_list(items, core(amount=[kind, amount]))))


@layout("amounts-unicode-minus", "credit notes", "CSV", "UTF-8")
def unicode_minus(dice, count):
    """A minus as typography knows it."""
    items = make_items(dice, count, Shares(credit=0.15), MIXED)
    minus = dice.choice(("\u2212", "\u2013", "- ", "\u2011"))
    style = Writing(amount=lambda cents: writing.german(cents).replace("-", minus))
    return text(plain_list(items, core()), style, UTF8)


@layout("repeated-invoices", "repeats", "CSV")
def repeated_invoices(dice, count):
    """The same invoice twice with different amounts: neither can be right alone."""
    items = make_items(dice, count, Shares(a_debtor=1.0), MIXED)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.1:
            other = item_line(msgspec.structs.replace(item, gross=item.gross + 100), core())
            lines += [Line(one.cells, Refuse("contradicted")), Line(other.cells, Refuse("contradicted"))]
        else:
            lines.append(one)
    return text(lines)


@layout("error-cells", "unreadable amounts", "CSV")
def error_cells(dice, count):
    """What a spreadsheet writes where a formula failed."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.1:
            error = dice.choice(("#NV", "#WERT!", "#BEZUG!", "#DIV/0!", "#N/A", "#REF!", "#####"))
            one = Line((*one.cells[:-1], error), Refuse(f"amount {error}"))
        lines.append(one)
    return text(lines)


@layout("currency-words", "currencies", "CSV")
def currency_words(dice, count):
    """Euros in all their writings, some of them missing; other currencies between."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [*core(), Column("Währung", lambda i: "")]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        word = dice.choice(("EUR", "€", "Euro", "eur", "", "EUR ", "USD", "CHF", "GBP"))
        truth = Refuse("currency") if word in ("USD", "CHF", "GBP") else one.truth
        lines.append(Line((*one.cells[:-1], word), truth))
    content, truths = delimited(lines)
    return Made(name="Liste.csv", content=content, truths=truths)
