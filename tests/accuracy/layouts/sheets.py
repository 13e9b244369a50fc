"""Workbooks of several sheets, hidden rows, covers: which sheet is the list, and which rows count."""

from datetime import timedelta

from tests.accuracy import columns as col
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Sheet, ods, xls, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import (
    BLANK,
    Line,
    header,
    item_lines,
    line,
    may_ask,
    placed,
    plain_list,
    with_truth,
)
from tests.accuracy.ordinary import ordinary_columns
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Ask, Claim, Refuse

WIDE = Tastes(wide=True)


def _untold(lines: list[Line]) -> list[Line]:
    """Lines of a sheet that is no list of claims: any of them accepted is wrong."""
    return [Line(one.cells) for one in lines]


def _customers(items):
    columns = [
        col.debtor_number(),
        *col.name_and_first(),
        col.street(),
        col.postcode(),
        col.city(),
        col.email(),
        Column("Umsatz 2025", lambda i: Cents(i.gross)),
    ]
    return _untold(plain_list(items, columns))


def _payments(items):
    columns = [
        Column("Zahlungsdatum", lambda i: i.due_date + timedelta(2)),
        col.first_last("Kunde"),
        col.invoice_number(),
        col.gross("Zahlbetrag"),
    ]
    return _untold(plain_list(items, columns))


@layout("sheets-with-decoys", "several sheets", "decoys", "XLSX", weight=0.2, items=(4, 80))
def with_decoys(dice, count):
    """A cover, the customers, the payments and, somewhere between, the list."""
    items = make_items(dice, count, Shares(partly=0.1), WIDE)
    others = make_items(dice, 12, Shares(), WIDE)
    cover = [
        line("Übergabe an Inkasso"),
        BLANK,
        line("Stand", "31.03.2026"),
        line("Anzahl", len(items)),
        line("Summe", Cents(sum(i.open for i in items))),
    ]
    sheets = [
        Sheet(title="Deckblatt", lines=cover),
        Sheet(title="Kunden", lines=_customers(others)),
        Sheet(title="Zahlungen", lines=_payments(others)),
        Sheet(title="Offene Posten", lines=plain_list(items, ordinary_columns())),
    ]
    dice.shuffle(sheets)
    content, truths = xlsx(sheets)
    return Made(name="Übergabe.xlsx", content=content, truths=truths)


@layout("sheets-with-decoys-xls", "several sheets", "decoys", "XLS", weight=0.2, items=(4, 80))
def with_decoys_xls(dice, count):
    items = make_items(dice, count, Shares(partly=0.1), WIDE)
    others = make_items(dice, 12, Shares(), WIDE)
    sheets = [
        Sheet(title="Kunden", lines=_customers(others)),
        Sheet(title="OP", lines=plain_list(items, ordinary_columns())),
    ]
    content, truths = xls(sheets)
    return Made(name="Übergabe.xls", content=content, truths=truths)


@layout("sheets-with-decoys-ods", "several sheets", "decoys", "ODS", weight=0.1, items=(4, 25))
def with_decoys_ods(dice, count):
    items = make_items(dice, count, Shares(partly=0.1), WIDE)
    others = make_items(dice, 8, Shares(), WIDE)
    sheets = [
        Sheet(title="Zahlungen", lines=_payments(others)),
        Sheet(title="OP", lines=plain_list(items, ordinary_columns())),
    ]
    content, truths = ods(sheets)
    return Made(name="Übergabe.ods", content=content, truths=truths)


@layout("sheet-with-pivot", "several sheets", "decoys", "totals", "XLSX", weight=0.2, items=(6, 80))
def with_pivot(dice, count):
    """Beside the list a sheet that sums it up by customer: the same money must not be claimed twice."""
    items = make_items(dice, count, Shares(a_debtor=1.8), WIDE)
    sums: dict[str, int] = {}
    for item in items:
        sums[col.name_cell_last_first(item)] = sums.get(col.name_cell_last_first(item), 0) + item.open
    pivot = [
        line("Zeilenbeschriftungen", "Summe von Offen"),
        *(line(name, Cents(cents)) for name, cents in sums.items()),
        line("Gesamtergebnis", Cents(sum(sums.values()))),
    ]
    sheets = [
        Sheet(title="Pivot", lines=pivot),
        Sheet(title="Daten", lines=plain_list(items, ordinary_columns())),
    ]
    content, truths = xlsx(sheets)
    return Made(name="Auswertung.xlsx", content=content, truths=truths)


@layout("two-lists", "several sheets", "undecided", "XLSX", weight=0.2, items=(6, 80))
def two_lists(dice, count):
    """Two months, each a sheet: which to take must be asked (or both taken rightly)."""
    items = make_items(dice, count, Shares(), WIDE)
    half = len(items) // 2
    columns = ordinary_columns()

    def may_ask(lines):
        return [
            Line(o.cells, Claim(facts=o.truth.facts, may_ask=True) if isinstance(o.truth, Claim) else o.truth)
            for o in lines
        ]

    first = [header(columns), *may_ask(item_lines(items[:half], columns))]
    second = [*[BLANK] * len(first), header(columns), *may_ask(item_lines(items[half:], columns))]
    content, truths = xlsx([Sheet(title="Februar", lines=first), Sheet(title="März", lines=second)])
    return Made(name="Monate.xlsx", content=content, truths=truths)


@layout("hidden-rows", "hidden rows", "XLSX", weight=0.2, items=(6, 100))
def hidden_rows(dice, count):
    """Hidden rows are asked, the others taken."""
    items = make_items(dice, count, Shares(), WIDE)
    columns = ordinary_columns()
    lines = [header(columns)]
    for number, one in enumerate(item_lines(items, columns)):
        hides = number == 1 or dice.random() < 0.1
        lines.append(Line(one.cells, Ask("hidden"), True) if hides else one)
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="gefiltert.xlsx", content=content, truths=truths)


@layout("hidden-sheet", "hidden sheet", "several sheets", "XLSX", weight=0.2, items=(4, 80))
def hidden_sheet(dice, count):
    """An old list on a hidden sheet is not taken."""
    items = make_items(dice, count, Shares(), WIDE)
    old = make_items(dice, 10, Shares(), WIDE)
    columns = ordinary_columns()
    sheets = [
        Sheet(title="alt", lines=_untold(plain_list(old, columns)), is_hidden=True),
        Sheet(title="OP", lines=plain_list(items, columns)),
    ]
    content, truths = xlsx(sheets)
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("table-off-the-corner", "letterhead", "XLSX", "totals", weight=0.2, items=(4, 100))
def off_the_corner(dice, count):
    """The table begins in column C below a letterhead, with its total above it."""
    items = make_items(dice, count, Shares(partly=0.1), WIDE)
    columns = [col.constant(""), col.constant(""), *ordinary_columns()]
    total = sum(i.open for i in items)
    lines = [
        line("", "", "Größer & Söhne OHG"),
        line("", "", "Musterweg 1, 12345 Berlin"),
        line("", "", "Summe offen", Cents(total)),
        BLANK,
        *plain_list(items, columns),
        line(*placed(columns, {2: "Gesamt", 12: Cents(total)}), truth=Refuse("total")),
        BLANK,
        line("", "", "Stand: 31.03.2026"),
    ]
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("bare-totals", "totals", "subtotals", "XLSX", weight=0.2, items=(6, 100))
def bare_totals(dice, count):
    """Totals without a word: only the amount below the column."""
    items = make_items(dice, count, Shares(), WIDE)
    columns = ordinary_columns()
    half = len(items) // 2
    lines = [header(columns)]
    for part in (items[:half], items[half:]):
        cells = {9: Cents(sum(i.gross for i in part)), 10: Cents(sum(i.open for i in part))}
        lines += [*item_lines(part, columns), line(*placed(columns, cells), truth=Refuse("subtotal")), BLANK]
    cells = {9: Cents(sum(i.gross for i in items)), 10: Cents(sum(i.open for i in items))}
    lines.append(line(*placed(columns, cells), truth=Refuse("total")))
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("odd-totals", "totals", "subtotals", "CSV")
def odd_totals(dice, count):
    """Totals that are told by a word in an odd place, with counts, names or dates beside."""
    from tests.accuracy.files import delimited

    items = make_items(dice, count, Shares(a_debtor=1.6), Tastes())
    columns = ordinary_columns()
    blocks: dict[str, list] = {}
    for item in items:
        blocks.setdefault(item.party.number, []).append(item)
    lines = [header(columns)]
    words = (
        lambda b: {1: f"Summe {b[0].party.company or b[0].party.last_name}"},
        lambda b: {0: b[0].party.number, 1: "Summe Kunde"},
        lambda b: {3: f"{len(b)} Belege", 8: "Summe:"},
        lambda b: {0: f"Summe {b[0].party.number}"},
        lambda b: {6: "Zwischensumme"},
        lambda b: {1: "Summe", 6: f"{len(b)} Rechnungen"},
        lambda b: {1: "Gesamt", 8: b[-1].due_date},
        lambda b: {1: f"{b[0].party.company or b[0].party.last_name} Ergebnis"},
        lambda b: {0: f"{b[0].party.number} Ergebnis"},
        lambda b: {6: f"{len(b)}", 7: "Posten"},
        lambda b: {0: b[0].party.number, 1: b[0].party.company or b[0].party.last_name, 7: "Gesamt"},
    )
    word = dice.choice(words)
    for block in blocks.values():
        cells = word(block) | {9: Cents(sum(i.gross for i in block)), 10: Cents(sum(i.open for i in block))}
        lines += [*item_lines(block, columns), line(*placed(columns, cells), truth=Refuse("subtotal"))]
    cells = {
        0: "Summe zum 31.03.2026",
        9: Cents(sum(i.gross for i in items)),
        10: Cents(sum(i.open for i in items)),
    }
    lines.append(line(*placed(columns, cells), truth=Refuse("total")))
    content, truths = delimited(lines)
    return Made(name="OP.csv", content=content, truths=truths)


@layout("sheet-of-what-is-paid", "several sheets", "undecided", "XLSX", weight=0.2, items=(6, 80))
def sheet_of_paid(dice, count):
    """Beside the open items a sheet of the same columns with what is paid: its rows are no claims."""
    items = make_items(dice, count, Shares(), WIDE)
    half = len(items) // 2
    columns = ordinary_columns()
    first = [header(columns), *may_ask(item_lines(items[:half], columns))]
    paid = with_truth(item_lines(items[half:], columns), Refuse("on a sheet of what is paid"))
    second = [*[BLANK] * len(first), header(columns), *paid]
    names = dice.choice(
        (("Offen", "Bezahlt"), ("OP", "erledigt"), ("offene Posten", "Archiv"), ("Liste", "storniert"))
    )
    sheets = [Sheet(title=names[0], lines=first), Sheet(title=names[1], lines=second)]
    content, truths = xlsx(sheets if dice.random() < 0.5 else sheets[::-1])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("hidden-columns", "hidden columns", "XLSX", weight=0.2, items=(4, 80))
def hidden_columns(dice, count):
    """A hidden column that says little is left out; one that decides what is owed is asked about."""
    items = make_items(dice, count, Shares(partly=0.2), WIDE)
    columns = [*ordinary_columns(), col.phone(), col.email(), Column("Notiz intern", lambda i: i.text)]
    hidden = dice.choice((11, 12, 13, 6, 10))
    lines = plain_list(items, columns)
    if hidden in (6, 10):
        about = Ask(f"hidden column {columns[hidden].header}")
        lines = [Line(one.cells, about) if isinstance(one.truth, Claim) else one for one in lines]
    content, truths = xlsx([Sheet(lines=lines, hidden_columns=(hidden,))])
    return Made(name="OP.xlsx", content=content, truths=truths)
