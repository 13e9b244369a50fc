"""Printed lists: pages with heads, carry-overs, columns that only blanks keep apart."""

from tests.accuracy import columns as col
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Writing, fixed_width
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.layouts.ledgers import by_debtor
from tests.accuracy.lines import BLANK, Line, header, item_lines, line, may_ask, placed
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Claim, Refuse
from tests.accuracy.writing import compact, german, point

_WIDTHS = [10, 60, 16, 12, 12, 18]


def _columns():
    return [
        col.debtor_number("Kd-Nr"),
        col.first_last("Name"),
        col.invoice_number("Rechnung"),
        col.invoice_date("Datum"),
        col.due_date("Fällig"),
        col.open_amount("Offen"),
    ]


def _right(text: str, width: int) -> str:
    return text.rjust(width - 2)


@layout("print-pages", "fixed width", "cp850", "repeated headers", "carry-overs", "TXT", items=(8, 150))
def pages(dice, count):
    """Every page begins with title and header, and with what the page before came to."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = _columns()
    head = list(header(columns).cells)
    if dice.random() < 0.5:
        head[-1] = _right(head[-1], _WIDTHS[-1])
    rule = line(*("-" * (width - 2) for width in _WIDTHS)) if dice.random() < 0.5 else BLANK
    word = dice.choice(("Übertrag", "Zwischensumme", "Übertrag:", "Seitensumme"))
    lines: list[Line] = []
    size, total = dice.randrange(5, 40), 0
    for page, at in enumerate(range(0, len(items), size), start=1):
        part = items[at : at + size]
        lines += [line("OP-Liste", "Muster GmbH, 31.03.2026", f"Seite {page}"), BLANK, line(*head), rule]
        if at:
            lines.append(line(*placed(columns, {1: word, 5: Cents(total)}), truth=Refuse("carry-over")))
        lines += item_lines(part, columns)
        total += sum(i.open for i in part)
        name = word if at + size < len(items) else dice.choice(("Gesamt", "Summe", "Gesamtsumme"))
        lines += [line(*placed(columns, {1: name, 5: Cents(total)}), truth=Refuse("total")), BLANK]
    content, truths = fixed_width(lines, _WIDTHS)
    return Made(name="OPLISTE.LST", content=content, truths=truths)


@layout("print-narrow", "fixed width", "truncated names", "TXT", items=(8, 150))
def narrow(dice, count):
    """Columns one blank apart, names and streets cut off where their columns end: never moved or mixed."""
    items = make_items(dice, count, Shares(), Tastes(), numeric=True)
    width = dice.choice((14, 18, 24))
    columns = [
        col.debtor_number("Konto"),
        Column("Name", lambda i: _cut(col.name_cell_first_last(i), width), lambda i: _names(i, width)),
        Column("Straße", lambda i: _cut(i.party.street, 16), lambda i: {"street": _cut(i.party.street, 16)}),
        col.postcode(),
        Column("Ort", lambda i: _cut(i.party.city, 14), lambda i: {"city": _cut(i.party.city, 14)}),
        col.invoice_number("RE-Nr"),
        col.due_date("Fällig"),
        col.open_amount("Offen"),
    ]
    lines = [header(columns), *may_ask(item_lines(items, columns), may_refuse=True)]
    content, truths = fixed_width(lines, [6, width + 1, 17, 6, 15, 10, 11, 14])
    return Made(name="OP.TXT", content=content, truths=truths)


def _cut(text: str, width: int) -> str:
    return text[:width].strip()


def _names(item, width):
    """The names as far as they are printed; what is left of a company may look like a person."""
    name = _cut(col.name_cell_first_last(item), width)
    names = {(None, None, name), (name, None, None), *col.whole_names(item)["names"]}
    return {"names": frozenset(names)}


@layout("print-of-blocks", "fixed width", "grouped by debtor", "TXT", items=(6, 100))
def of_blocks(dice, count):
    """A print with a line for the debtor above his invoices."""
    items = [i for i in make_items(dice, count * 2, Shares(a_debtor=1.8), Tastes()) if len(_named(i)) < 30]
    columns = _columns()[2:]
    lines = [line("OP-Liste"), BLANK, header(columns)]
    for block in by_debtor(items):
        lines.append(line(_named(block[0])))
        for one, item in zip(item_lines(block, columns), block, strict=True):
            one.truth.facts.update(number=item.party.number, **col.whole_names(item))
            lines.append(one)
        total = {0: "Summe", 3: Cents(sum(i.open for i in block))}
        lines.append(line(*placed(columns, total), truth=Refuse("subtotal")))
    content, truths = fixed_width(lines, [30, 14, 14, 18])
    return Made(name="OPLISTE.TXT", content=content, truths=truths)


def _named(item) -> str:
    return f"{item.party.number} {col.name_cell_first_last(item)}"


@layout("print-without-header", "fixed width", "header-less", "TXT", items=(6, 100))
def without_header(dice, count):
    """Columns below each other and no word above them: they must be asked."""
    items = make_items(dice, count, Shares(), Tastes())
    lines = may_ask(item_lines(items, _columns()))
    content, truths = fixed_width(lines, _WIDTHS)
    return Made(name="OP.TXT", content=content, truths=truths)


@layout("utility-print", "kVASy", "fixed width", "cents without a mark", "TXT", items=(6, 100))
def utility_print(dice, count):
    """A utility's long lines below a header; the amount is in cents, as its header says."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        col.debtor_number("Vertragskonto"),
        col.first_last("Name"),
        col.street("Strasse"),
        col.postcode("PLZ"),
        col.city("Ort"),
        col.invoice_number("Rechnungsnr"),
        col.invoice_date("Rechnungsdatum"),
        col.due_date("Faelligkeit"),
        Column("Offen in Cent", lambda i: f"{i.open:012d}", lambda i: {"amount": i.open}),
    ]
    widths = [16, 60, 34, 8, 30, 16, 16, 14, 16]
    content, truths = fixed_width([header(columns), *item_lines(items, columns)], widths,
                                  Writing(day=compact), "cp1252")  # fmt: skip
    return Made(name="kvasy.txt", content=content, truths=truths)


_KEYS = (
    ("Kundennummer", "Name", "Strasse", "PLZ", "Ort", "Rechnungsnummer", "Rechnungsdatum", "Faelligkeit",
     "Betrag"),
    ("KDNR", "NAME", "STRASSE", "PLZ", "ORT", "RENR", "REDATUM", "FAELLIG", "OFFEN"),
)  # fmt: skip


@layout("keyed-in-one-line", "WEBFAKT", "key=value", "TXT", items=(3, 80))
def keyed_in_one_line(dice, count):
    """All values of a claim in one line, each with its name."""
    items = make_items(dice, count, Shares(), Tastes())
    sign = dice.choice("&;|")
    names, amount = dice.choice(_KEYS), dice.choice((german, point))
    rows, truths = [], {}
    for number, item in enumerate(items, start=1):
        row, truths[number] = _keyed(item, names, amount)
        rows.append(sign.join(row))
    truths = {
        row: Claim(facts=truth.facts, may_refuse=rows[row - 1].count(sign) > len(names) - 1)
        for row, truth in truths.items()
    }
    return Made(
        name="WEBFAKT.TXT", content="\r\n".join(rows).encode("cp1252"), truths=truths, by_invoice=True
    )


def _keyed(item, names, amount):
    columns = [
        col.debtor_number(names[0]), col.first_last(names[1]), col.street(names[2]), col.postcode(names[3]),
        col.city(names[4]), col.invoice_number(names[5]), col.invoice_date(names[6]), col.due_date(names[7]),
        col.open_amount(names[8]),
    ]  # fmt: skip
    one = item_lines([item], columns)[0]
    writer = Writing(amount=amount)
    return [f"{n}={writer.text(c)}" for n, c in zip(names, one.cells, strict=True)], one.truth


@layout("keyed-with-gaps", "WEBFAKT", "key=value", "empty cells", "TXT", items=(3, 80))
def keyed_with_gaps(dice, count):
    """Blocks in which some values are left out, ruled off by dashes or blank lines or titles."""
    items = make_items(dice, count, Shares(), Tastes())
    names = dice.choice(_KEYS)
    between = dice.choice(("", "-----------", "[Forderung]", "* * *"))
    rows, truths = [], {}
    for item in items:
        cells, truth = _keyed(item, names, german)
        facts = dict(truth.facts)
        for at, field in ((2, "street"), (3, "postcode"), (4, "city"), (6, "invoice_date"), (7, "due_date")):
            if dice.random() < 0.15:
                cells[at] = dice.choice(("", f"{names[at]}="))
                facts.pop(field)
        truths[len(rows) + 1] = type(truth)(facts=facts)
        rows += [*filter(None, cells), between]
    content = "\r\n".join(rows).encode("cp1252")
    return Made(name="WEBFAKT.TXT", content=content, truths=truths, by_invoice=True)
