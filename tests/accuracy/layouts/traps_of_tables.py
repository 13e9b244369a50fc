"""Traps of where the list is: second tables, odd headers, sums by age."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Sheet, Writing, xlsx
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import (
    BLANK,
    Line,
    header,
    item_line,
    item_lines,
    line,
    may_ask,
    placed,
    plain_list,
    with_truth,
)
from tests.accuracy.ordinary import MIXED, core, ordinary_columns, text
from tests.accuracy.truth import Refuse


@layout("trap-second-table-below", "second table", "XLSX", weight=0.2, items=(6, 80))
def second_table(dice, count):
    """Below the list stands another of the same columns: what has been paid."""
    items, others = make_items(dice, count, Shares(), MIXED), make_items(dice, 6, Shares(), MIXED)
    title = dice.choice(("Zahlungseingänge", "bereits bezahlt", "Gutschriften", "erledigt:", "Storniert"))
    lines = [
        *plain_list(items, core()),
        BLANK,
        line(title),
        header(core()),
        *with_truth(item_lines(others, core()), Refuse("below a title of its own")),
    ]
    content, truths = xlsx([Sheet(lines=lines)])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("trap-second-table-beside", "second table", "XLSX", weight=0.2, items=(6, 80))
def table_beside(dice, count):
    """To the right of the list stand the payments, under headers of the same names."""
    items, others = make_items(dice, count, Shares(), MIXED), make_items(dice, count, Shares(), MIXED)
    left, right = (
        core(amount=[col.open_amount("Betrag")]),
        [col.invoice_number(), Column("Datum", lambda i: i.due_date), col.gross("Betrag")],
    )
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
        col.debtor_number("Kunden-\nnummer"),
        col.first_last("Kunde\n(Name)"),
        col.invoice_number("Rechnungs-\nnummer"),
        col.invoice_date("Rechnungs-\ndatum"),
        col.due_date("Fällig\nam"),
        col.gross("Rechnungs-\nbetrag"),
        col.open_amount("Offener\nBetrag"),
    ]
    content, truths = xlsx([Sheet(lines=plain_list(items, columns))])
    return Made(name="OP.xlsx", content=content, truths=truths)


@layout("header-with-units-below", "units row", "CSV")
def units_below(dice, count):
    """A row of units or of column numbers between header and items."""
    items = make_items(dice, count, Shares(), MIXED)
    below = dice.choice(
        (
            line("", "", "", "TT.MM.JJJJ", "TT.MM.JJJJ", "EUR"),
            line("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
            BLANK,
            line(1, 2, 3, 4, 5, 6),
            line("-----", "-----", "-----", "-----", "-----", "-----"),
        )
    )
    return text([header(core()), below, *item_lines(items, core())])


@layout("aging-summary", "aging", "no claims", "English", "CSV")
def aging_summary(dice, count):
    """Sums by customer and age: no invoice and no due date, so nothing to claim without asking."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        col.first_last("Customer"),
        col.open_amount("Current"),
        *[Column(n, lambda i: Cents(i.open // 5)) for n in ("1 - 30", "31 - 60", "61 - 90", "> 90")],
        Column("Total", lambda i: Cents(i.open * 2)),
    ]
    return text(
        with_truth(plain_list(items, columns), Refuse("a sum by age")), Writing(amount=writing.american)
    )


@layout("aging-detail", "aging", "English", "subtotals", "document type", "CSV")
def aging_detail(dice, count):
    """Grouped by age, with a title and a total a group; payments and credit memos between."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    columns = [
        col.invoice_date("Date"),
        Column("Transaction Type", lambda i: "Invoice"),
        col.invoice_number("Num"),
        col.first_last("Customer"),
        col.due_date("Due Date"),
        col.gross("Amount"),
        col.open_amount("Open Balance"),
    ]
    lines = [
        line("Muster GmbH"),
        line("A/R Aging Detail"),
        line("As of March 31, 2026"),
        BLANK,
        header(columns),
    ]
    size = max(1, len(items) // 3)
    for at, title in zip(
        range(0, len(items), size),
        (
            "91 or more days past due",
            "61 - 90 days past due",
            "31 - 60 days past due",
            "1 - 30 days past due",
        ),
        strict=False,
    ):
        group = items[at : at + size]
        lines += [line(title), *item_lines(group, columns)]
        paid = list(item_line(group[0], columns).cells)
        paid[1], paid[5], paid[6] = "Payment", Cents(-1_000), Cents(-1_000)
        lines.append(Line(tuple(paid), Refuse("a payment")))
        total = {
            0: f"Total for {title}",
            5: Cents(sum(i.gross for i in group)),
            6: Cents(sum(i.open for i in group)),
        }
        lines.append(line(*placed(columns, total), truth=Refuse("total")))
    lines.append(
        line(*placed(columns, {0: "TOTAL", 6: Cents(sum(i.open for i in items))}), truth=Refuse("total"))
    )
    return text(lines, Writing(amount=writing.american, day=writing.iso))


@layout("aging-columns", "aging", "gross beside balance", "CSV")
def aging_columns(dice, count):
    """The open amount once more in the column of its age."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    ages = [
        Column(name, lambda i, at=at: Cents(i.open) if i.level == at else "")
        for at, name in enumerate(("0-30 Tage", "31-60 Tage", "61-90 Tage", "über 90 Tage"))
    ]
    return text(plain_list(items, core(amount=[col.open_amount("Saldo"), *ages])))


@layout("trap-date-like-numbers", "odd invoice numbers", "CSV")
def date_like(dice, count):
    """Invoice numbers that look like dates, amounts or numbers of a spreadsheet."""
    items = make_items(dice, count, Shares(a_debtor=1.0), MIXED)
    styles = (
        lambda n: f"{n % 12 + 1:02d}-{2000 + n % 1000}",
        lambda n: f"{n % 28 + 1:02d}.{n % 12 + 1:02d}.{n}",
        lambda n: f"{n}.{n % 100:02d}",
        lambda n: f"2025/{n % 12 + 1:02d}/{n}",
        lambda n: f"{n}E{n % 9}",
        lambda n: f"000{n}",
    )
    style = dice.choice(styles)
    first = dice.randrange(100, 900)
    items = [msgspec.structs.replace(i, invoice_number=style(first + at * 13)) for at, i in enumerate(items)]
    return text(may_ask(plain_list(items, core())))


@layout("trailing-delimiters", "short lines", "CSV")
def trailing(dice, count):
    """Every line ends with a delimiter; so does the header."""
    items = make_items(dice, count, Shares(partly=0.1), MIXED)
    return text(plain_list(items, [*ordinary_columns(), col.constant("")]))
