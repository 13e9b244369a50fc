"""Lists that do not decide something: it must be asked, and no row that depends on it taken."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.files import EXCEL, GERMAN, Dialect, Writing, delimited
from tests.accuracy.items import Shares, make_items, with_days_up_to_twelve
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import header, item_line
from tests.accuracy.ordinary import english_columns, ordinary_columns
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Ask


def _asked(items, columns, about, style=GERMAN, dialect=EXCEL):
    lines = [header(columns), *(item_line(item, columns, Ask(about)) for item in items)]
    content, truths = delimited(lines, style, dialect)
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("undecided-thousands", "undecided", "whole euros", "CSV", items=(3, 200))
def thousands(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    items = [msgspec.structs.replace(i, gross=dice.randrange(1_000, 999_999) * 100, paid=0) for i in items]
    columns = [c for c in ordinary_columns() if c.header != "Rechnungsbetrag"]
    return _asked(items, columns, "decimal mark", Writing(amount=writing.thousands_only))


@layout("undecided-days", "undecided", "slashed dates", "English", "CSV", items=(3, 200))
def days(dice, count):
    items = with_days_up_to_twelve(make_items(dice, count, Shares(), Tastes()))
    items = [
        msgspec.structs.replace(i, invoice_date=_uneven(i.invoice_date), due_date=_uneven(i.due_date))
        for i in items
    ]
    style = Writing(amount=writing.point, day=writing.day_first)
    return _asked(items, english_columns(), "day or month", style, Dialect(encoding="utf-8"))


def _uneven(day):
    """A day that is another one when day and month change places."""
    return day if day.day != day.month else day.replace(day=day.month % 12 + 1)


@layout("undecided-two-balances", "undecided", "duplicate columns", "CSV", items=(4, 200))
def two_balances(dice, count):
    """Two columns that both say what is open, and differ."""
    items = make_items(dice, count, Shares(), Tastes())
    columns = [
        *ordinary_columns()[:-1],
        col.open_amount("Offen"),
        Column("Restbetrag", lambda i: Cents(i.open + 500)),
    ]
    return _asked(items, columns, "which amount")


@layout("undecided-same-header", "undecided", "duplicate columns", "CSV", items=(4, 200))
def same_header(dice, count):
    items = make_items(dice, count, Shares(), Tastes())
    columns = [c for c in ordinary_columns() if c.header not in ("Offen", "Rechnungsbetrag")]
    columns += [
        Column("Betrag", lambda i: Cents(i.gross)),
        Column("Betrag", lambda i: Cents(i.gross - i.gross * 19 // 119)),
    ]
    return _asked(items, columns, "which amount")


@layout("undecided-two-due-dates", "undecided", "duplicate columns", "CSV", items=(4, 200))
def two_due_dates(dice, count):
    from datetime import timedelta

    items = make_items(dice, count, Shares(), Tastes())
    columns = [*ordinary_columns(), Column("Zahlbar bis", lambda i: i.due_date + timedelta(7))]
    return _asked(items, columns, "which due date")


@layout("undecided-paid", "undecided", "partial payments", "CSV", items=(6, 200))
def paid(dice, count):
    """An amount and what was paid: already deducted or not?"""
    items = make_items(dice, count, Shares(partly=0.4), Tastes())
    items[0] = msgspec.structs.replace(items[0], gross=25_000, paid=5_000)
    columns = [
        *[c for c in ordinary_columns() if c.header not in ("Offen", "Rechnungsbetrag")],
        col.gross("Betrag"),
        col.paid("Bezahlt"),
    ]
    return _asked(items, columns, "paid amount")


@layout("undecided-paid-oddly-named", "undecided", "partial payments", "CSV", items=(6, 200))
def paid_oddly(dice, count):
    """What was paid under an unusual name: taking the whole amount would claim too much."""
    items = make_items(dice, count, Shares(partly=0.4), Tastes())
    items[0] = msgspec.structs.replace(items[0], gross=25_000, paid=5_000)
    name = dice.choice(
        (
            "Akonto",
            "à conto",
            "Eingegangen",
            "Zahlungseingang EUR",
            "bisher erhalten",
            "Abzgl. Zahlung",
            "ausgeglichen",
            "getilgt",
            "Ratenzahlung bisher",
            "davon bezahlt",
        )
    )
    columns = [
        *[c for c in ordinary_columns() if c.header not in ("Offen", "Rechnungsbetrag")],
        col.gross("Betrag"),
        Column(name, lambda i: Cents(i.paid) if i.paid else ""),
    ]
    return _asked(items, columns, f"paid amount ({name})")


@layout("undecided-open-oddly-named", "undecided", "gross beside balance", "CSV", items=(6, 200))
def open_oddly(dice, count):
    """What is open stands under a name that may be unknown: the gross amount beside it must not be taken."""
    from tests.accuracy.lines import item_lines

    items = make_items(dice, count, Shares(partly=0.4, zero=0.1), Tastes())
    items[0] = msgspec.structs.replace(items[0], gross=25_000, paid=5_000)
    name = dice.choice(
        (
            "Differenz",
            "Rückstand",
            "aktueller Stand",
            "heute fällig",
            "Rst.",
            "O-Posten",
            "nicht beglichen",
            "steht aus",
            "Fehlbetrag",
            "Salden",
            "OP",
            "unbeglichen",
            "Zahlrückstand",
            "EUR o.",
        )
    )
    columns = [
        *[c for c in ordinary_columns() if c.header not in ("Offen", "Rechnungsbetrag")],
        col.gross("Betrag"),
        col.open_amount(name),
    ]
    lines = [header(columns), *item_lines(items, columns)]
    content, truths = delimited(lines)
    from tests.accuracy.truth import Claim

    truths = {
        row: Claim(facts=t.facts, may_ask=True) if isinstance(t, Claim) else t for row, t in truths.items()
    }
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("undecided-headers", "undecided", "header-less", "CSV", items=(6, 150))
def no_header(dice, count):
    """No header and two amounts in each row: which one is open?"""
    items = make_items(dice, count, Shares(partly=0.5), Tastes())
    columns = [c._replace(header="") for c in ordinary_columns()]
    from tests.accuracy.lines import item_lines

    lines = [
        one if one.truth is None else type(one)(one.cells, Ask("which column"))
        for one in item_lines(items, columns)
    ]
    content, truths = delimited(lines)
    return Made(name="Liste.csv", content=content, truths=truths)


@layout("undecided-thousands-mixed", "undecided", "whole euros", "CSV", items=(4, 200))
def thousands_mixed(dice, count):
    """Small amounts are plain, large ones with a point: `950` and `1.250` decide nothing."""
    from tests.accuracy.lines import item_lines
    from tests.accuracy.truth import Claim

    items = make_items(dice, count, Shares(), Tastes())
    items = [
        msgspec.structs.replace(
            i, gross=dice.choice((dice.randrange(1, 999), dice.randrange(1_000, 999_000))) * 100, paid=0
        )
        for i in items
    ]
    items[0] = msgspec.structs.replace(items[0], gross=125_000)
    columns = [c for c in ordinary_columns() if c.header != "Rechnungsbetrag"]
    lines = [header(columns)]
    for item, one in zip(items, item_lines(items, columns), strict=True):
        truth = Ask("decimal mark") if item.gross >= 100_000 else Claim(facts=one.truth.facts, may_ask=True)
        lines.append(type(one)(one.cells, truth))
    content, truths = delimited(lines, Writing(amount=writing.thousands_only))
    return Made(name="Liste.csv", content=content, truths=truths)
