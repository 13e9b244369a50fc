"""Lists with amounts that are not what a row owes: running balances, sums by customer, fees, days."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import Writing
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import layout
from tests.accuracy.lines import Line, header, item_line, line, may_ask, plain_list
from tests.accuracy.ordinary import MIXED, core, text
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Ask, Claim, Refuse


def by_debtor(items):
    """The items in blocks of one debtor."""
    blocks: dict[str, list] = {}
    for item in items:
        blocks.setdefault(item.party.number, []).append(item)
    return blocks.values()


@layout("running-balance", "running balance", "Soll and Haben", "undecided", "CSV", items=(8, 200))
def running_balance(dice, count):
    """The sheet of an account: its balance runs on from row to row, so no row's balance is its claim."""
    items = make_items(dice, count, Shares(a_debtor=2.0, partly=0.3), MIXED)
    names = ["Konto", "Name", "Rechnungsnummer", "Datum", "Fälligkeit", "Soll", "Haben", "Saldo"]
    lines = [line(*names)]
    for block in by_debtor(items):
        balance = 0
        for item in block:
            balance += item.gross
            who = (item.party.number, col.name_cell_first_last(item), item.invoice_number)
            row = (*who, item.invoice_date, item.due_date, Cents(item.gross), "", Cents(balance))
            lines.append(Line(row, Ask("running balance")))
            if item.paid:
                balance -= item.paid
                row = (*who, item.due_date, "", "", Cents(item.paid), Cents(balance))
                lines.append(Line(row, Refuse("a payment")))
    return text(lines)


@layout("balance-of-the-customer", "running balance", "gross beside balance", "CSV", items=(8, 200))
def balance_of_the_customer(dice, count):
    """Each row repeats what its customer owes: claimed as often as he has rows by who overlooks it."""
    items = make_items(dice, count, Shares(a_debtor=1.9), MIXED)
    sums: dict[str, int] = {}
    for item in items:
        sums[item.party.number] = sums.get(item.party.number, 0) + item.open
    name = dice.choice(
        ("Saldo", "Gesamtsaldo", "Kontosaldo", "Saldo Kunde", "Gesamtforderung", "Offen gesamt")
    )
    amount = [
        Column("Betrag", lambda i: Cents(i.open), lambda i: {"amount": i.open}),
        Column(name, lambda i: Cents(sums[i.party.number])),
    ]
    return text(may_ask(plain_list(items, core(amount=amount))))


@layout("total-with-fees", "fees beside", "gross beside balance", "CSV")
def total_with_fees(dice, count):
    """Beside the invoice's amount what it comes to with fees: the fees must not be claimed twice."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("Gesamt", "Gesamtbetrag", "Summe", "Gesamtforderung", "zu zahlen"))
    amount = [
        col.open_amount("Rechnungsbetrag"),
        col.fee("Mahngebühren", lambda i: i.level * 250),
        Column(name, lambda i: Cents(i.open + i.level * 250)),
    ]
    lines = [header(core(amount=amount))]
    for item in items:
        one = item_line(item, core(amount=amount))
        lines.append(Line(one.cells, Claim(facts=one.truth.facts, may_ask=True)))
    return text(lines)


@layout("days-since-due", "days for payment", "CSV")
def days_since_due(dice, count):
    """How long a claim is overdue, in days: neither a due date nor a term of payment."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(
        (
            "Fällig seit Tagen",
            "Tage überfällig",
            "überfällig",
            "fällig seit",
            "Verzug in Tagen",
            "Fällig",
            "Tage",
            "Überf. Tage",
        )
    )
    days = Column(name, lambda i: 20 + i.level * 14)
    columns = [
        col.debtor_number(),
        col.first_last("Kunde"),
        col.invoice_number(),
        col.invoice_date(),
        days,
        col.open_amount(),
    ]
    return text(may_ask(plain_list(items, columns)))


@layout("amounts-whole-between", "whole euros", "CSV", items=(8, 200))
def whole_between(dice, count):
    """Whole amounts without cents among others with: the column decides that `1.234` is a thousand."""
    items = make_items(dice, count, Shares(), MIXED)
    items = [
        msgspec.structs.replace(i, gross=i.gross - i.gross % 100 or 100) if dice.random() < 0.5 else i
        for i in items
    ]
    items[0] = msgspec.structs.replace(items[0], gross=123_456)

    def amount(cents):
        return writing.thousands_only(cents) if cents % 100 == 0 else writing.german(cents)

    return text(plain_list(items, core()), Writing(amount=amount))


@layout("amounts-one-otherwise", "mixed writings", "CSV", items=(8, 200))
def one_otherwise(dice, count):
    """One amount written the other way round: read rightly or not at all."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.1:
            other = dice.choice((writing.point, writing.american))
            one = Line((*one.cells[:-1], other(item.open)), one.truth)
        lines.append(Line(one.cells, Claim(facts=one.truth.facts, may_ask=True)))
    return text(lines)


@layout("dates-one-column-decides", "slashed dates", "undecided", "CSV", items=(4, 200))
def one_column_decides(dice, count):
    """Days above twelve in the dates of invoices only: the due dates are read alike, or asked."""
    from datetime import date

    items = make_items(dice, count, Shares(), MIXED)
    items = [
        msgspec.structs.replace(i, due_date=i.due_date.replace(day=i.due_date.month % 12 + 1)) for i in items
    ]
    items[0] = msgspec.structs.replace(items[0], invoice_date=date(2025, 1, 17))
    style = Writing(day=dice.choice((writing.day_first, writing.month_first)))
    return text(may_ask(plain_list(items, core())), style)


@layout("dates-contradictory", "slashed dates", "undecided", "CSV", items=(6, 200))
def contradictory(dice, count):
    """Both orders in one column: days up to twelve are not to be known."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(core())]
    for at, item in enumerate(items):
        day = item.due_date.replace(day=(17, 25)[at] if at < 2 else item.due_date.month % 12 + 1)
        one = item_line(msgspec.structs.replace(item, due_date=day), core())
        cells = list(one.cells)
        cells[4] = (writing.day_first, writing.month_first)[at % 2](day)
        truth = Claim(facts=one.truth.facts, may_ask=True) if at < 2 else Ask("day or month")
        lines.append(Line(tuple(cells), truth))
    return text(lines)


@layout("name-without-comma", "persons", "Name Vorname", "CSV")
def name_without_comma(dice, count):
    """`Müller Hans` under `Name Vorname`: left whole or taken apart in that order."""
    items = [item for item in make_items(dice, count, Shares(), MIXED) if item.party.last_name != "Herr"]

    def tells(item):
        if item.party.is_company:
            return col.company_names(item)
        last, first = item.party.last_name, item.party.first_name
        return {"names": frozenset({(f"{last} {first}", None, None), (last, first, None)}), "kind": "private"}

    name = dice.choice(
        ("Name Vorname", "Nachname Vorname", "Name, Vorname", "Nachname, Vorname", "Name/Vorname")
    )
    cell = Column(name, lambda i: i.party.company or f"{i.party.last_name} {i.party.first_name}", tells)
    return text(plain_list(items, core(who=[cell])))


@layout("persons-under-company", "persons", "salutation", "CSV")
def persons_under_company(dice, count):
    """One column `Firma` for everybody; the salutation tells who is a person."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.5))

    def tells(item):
        if item.party.is_company:
            return col.certain_names(item)
        return col.whole_names(item)

    who = [col.salutation(), Column("Firma", col.name_cell_first_last, tells)]
    return text(plain_list(items, core(who=who)))
