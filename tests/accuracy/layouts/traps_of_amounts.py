"""Traps of how much is owed: units, currencies, flags, statuses, credits."""

from datetime import timedelta

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Cents, Column
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import layout
from tests.accuracy.lines import (
    Line,
    header,
    item_line,
    may_ask,
    plain_list,
    with_truth,
)
from tests.accuracy.ordinary import MIXED, UTF8, core, text
from tests.accuracy.truth import Refuse


@layout("trap-amount-in-cents", "unit in the header", "CSV")
def in_cents(dice, count):
    """The header says that amounts are cents: a hundred times too much is claimed by who overlooks it."""
    items = make_items(dice, count, Shares(partly=0.2), MIXED)
    opened, gross, fee = dice.choice(
        (
            ("Offen (Cent)", "Betrag in Cent", "Mahngebühr"),
            ("Offener Betrag (ct)", "Rechnungsbetrag (ct)", "Mahngebühr in Cent"),
            ("amount_due_cents", "amount_cents", "Dunning fee"),
            ("Restbetrag Ct.", "Betrag Ct.", "Mahngebühr EUR"),
            ("Offen in Eurocent", "Betrag in Euro-Cent", "Mahngebühr"),
        )
    )

    def fees(item):
        cents = 250 * item.level
        return cents if "Cent" in fee else Cents(cents)

    amount = [
        Column(gross, lambda i: i.gross),
        Column(opened, lambda i: i.open, lambda i: {"amount": i.open}),
        Column(fee, fees, lambda i: {"costs.dunning_fee": 250 * i.level}),
    ]
    return text(plain_list(items, core(amount=amount)))


@layout("trap-cents-that-are-none", "unit in the header", "CSV")
def no_cents(dice, count):
    """The header speaks of cents, the amounts have decimals: they are euros, or not to be believed."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(("Offen (Euro, Cent)", "Betrag EUR,Cent", "Offen in Cent", "Betrag (€/ct)"))
    return text(may_ask(plain_list(items, core(amount=[col.open_amount(name)])), may_refuse=True))


@layout("trap-amount-in-thousands", "unit in the header", "CSV")
def in_thousands(dice, count):
    """The header says thousands of euros: such amounts are rounded, so to refuse them is right."""
    items = make_items(dice, count, Shares(), MIXED)
    items = [msgspec.structs.replace(i, gross=dice.randrange(100, 90_000) * 1_000) for i in items]
    name = dice.choice(("Offen (TEUR)", "Saldo T€", "Offener Betrag in TEUR", "Offen in Tsd. EUR"))
    return text(
        may_ask(
            plain_list(
                items,
                core(
                    amount=[
                        Column(name, lambda i: writing.german(i.open // 1000), lambda i: {"amount": i.open})
                    ]
                ),
            ),
            may_refuse=True,
        )
    )


@layout("trap-foreign-currency-header", "foreign currency", "unit in the header", "CSV")
def foreign_header(dice, count):
    """The header says another currency than euros."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(
        ("Offen (CHF)", "Betrag USD", "Saldo CHF", "Offener Betrag in $", "Offen £", "Betrag in PLN")
    )
    return text(with_truth(plain_list(items, core(amount=[col.open_amount(name)])), Refuse("currency")))


@layout("trap-foreign-currency-cells", "foreign currency", "CSV")
def foreign_cells(dice, count):
    """Some amounts carry another currency in their cell."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.3:
            odd = dice.choice(("{} CHF", "USD {}", "{} $", "£ {}", "{} Fr.", "{} zł", "{} Kč")).format(
                writing.german(item.open)
            )
            one = Line((*one.cells[:-1], odd), Refuse("currency"))
        lines.append(one)
    return text(lines, dialect=UTF8)


@layout("trap-home-and-foreign-amounts", "foreign currency", "SAP", "CSV")
def home_and_foreign(dice, count):
    """The amount in the document's currency and in euros."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        *core(
            amount=[
                Column("Betrag in Belegwährung", lambda i: Cents(i.open * 11 // 10 if i.level else i.open)),
                Column("Belegwährung", lambda i: "USD" if i.level else "EUR"),
                col.open_amount("Betrag in EUR"),
            ]
        ),
    ]
    return text(may_ask(plain_list(items, columns)))


@layout("trap-flag-columns", "status", "flags", "CSV")
def flags(dice, count):
    """`Bezahlt: ja`, `Storniert: x`, `Ausgebucht am`: the row is no claim."""
    items = make_items(dice, count, Shares(), MIXED)
    name, yes, no = dice.choice(
        (
            ("Bezahlt", "ja", "nein"),
            ("bezahlt?", "x", ""),
            ("Storniert", "ja", ""),
            ("Storniert am", "12.03.2026", ""),
            ("Storno", "X", ""),
            ("erledigt", "x", ""),
            ("Ausgebucht am", "01.02.2026", ""),
            ("offen", "nein", "ja"),
            ("Paid", "TRUE", "FALSE"),
            ("Beglichen am", "05.01.2026", ""),
            ("Gutschrift", "ja", "nein"),
            ("Ausgeglichen", "1", "0"),
            ("Gelöscht", "ja", "nein"),
        )
    )
    columns = [
        *core(amount=[Column("Betrag", lambda i: Cents(i.open), lambda i: {"amount": i.open})]),
        Column(name, lambda i: yes if i.level == 3 else no),
    ]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        lines.append(Line(one.cells, Refuse(f"{name}: {yes}")) if item.level == 3 else one)
    return text(may_ask(lines))


@layout("trap-status-words", "status", "CSV")
def status_words(dice, count):
    """Statuses that mean settled, and such that do not."""
    items = make_items(dice, count, Shares(), MIXED)
    settled = (
        "bezahlt",
        "vollständig bezahlt",
        "storniert",
        "Storno",
        "gutgeschrieben",
        "erledigt",
        "ausgebucht",
        "Paid",
        "teilbezahlt",
        "abgeschrieben",
        "Zahlung eingegangen",
        "beglichen am 03.03.2026",
        "verrechnet",
        "Entwurf",
        "ausgeglichen",
    )
    still_open = (
        "offen",
        "überfällig",
        "gemahnt",
        "1. Mahnung",
        "nicht bezahlt",
        "unbezahlt",
        "versendet",
        "fällig",
        "Mahnstufe 3",
        "open",
        "Rücklastschrift",
        "zur Zahlung offen",
    )
    columns = [
        *core(amount=[Column("Betrag", lambda i: Cents(i.open), lambda i: {"amount": i.open})]),
        Column("Status", lambda i: ""),
    ]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        word = dice.choice(settled if dice.random() < 0.3 else still_open)
        lines.append(
            Line((*one.cells[:-1], word), Refuse(f"status {word}") if word in settled else one.truth)
        )
    return text(lines)


@layout("trap-credit-by-text", "credit notes", "CSV")
def credit_by_text(dice, count):
    """Only the text of the posting says that the amount, without a sign, is a credit."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        *core(amount=[col.open_amount("Betrag")]),
        Column("Buchungstext", lambda i: f"Rechnung {i.text}"),
    ]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        if dice.random() < 0.15:
            word = dice.choice(
                (
                    "Gutschrift zu RE-17",
                    "Storno Rechnung",
                    "Stornorechnung",
                    "Zahlung vom 03.03.",
                    "Erstattung",
                    "Gutschrift Retoure",
                    "Credit note",
                )
            )
            one = Line((*one.cells[:-1], word), Refuse(f"text: {word}"))
        lines.append(one)
    return text(lines)


@layout("trap-positions", "several rows an invoice", "CSV")
def positions(dice, count):
    """An export of positions: the amounts of rows are parts of an invoice, none is the claim."""
    items = make_items(dice, max(2, count // 3), Shares(), MIXED)
    columns = [
        col.invoice_number(),
        Column("Pos", lambda i: ""),
        col.first_last("Kunde"),
        Column("Artikel", lambda i: i.text),
        Column("Menge", lambda i: 1),
        Column("Gesamtpreis", lambda i: ""),
        col.invoice_date(),
        col.due_date(),
    ]
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
    words = (
        ("30 Tage netto", 30),
        ("14 Tage 2 % Skonto, 30 Tage netto", 30),
        ("10 Tage 3%, 21 Tage netto", 21),
        ("netto 14 Tage", 14),
        ("7 Tage", 7),
    )

    def tells(item):
        return {"due_date": (item.invoice_date + timedelta(words[item.gross % 5][1])).isoformat()}

    columns = [
        col.first_last("Kunde"),
        col.invoice_number(),
        col.invoice_date(),
        Column("Zahlungsbedingung", lambda i: words[i.gross % 5][0], tells),
        col.open_amount(),
    ]
    return text(plain_list(items, columns))
