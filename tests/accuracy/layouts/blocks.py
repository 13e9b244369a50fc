"""Lists in blocks: a line for the debtor, his invoices below it. Whose an invoice is must be certain."""

from collections.abc import Callable, Sequence

from tests.accuracy import columns as col
from tests.accuracy.items import Item, Shares, make_items
from tests.accuracy.layouts import layout
from tests.accuracy.layouts.ledgers import by_debtor
from tests.accuracy.lines import BLANK, Line, header, item_line, line, may_ask, placed
from tests.accuracy.ordinary import MIXED, text
from tests.accuracy.parties import Tastes
from tests.accuracy.truth import Claim, Refuse

Heading = Callable[[Item], Line]
SHARES = Shares(a_debtor=1.8)
_CELLS = (
    lambda i, name: line(f"{i.party.number} {name}"),
    lambda i, name: line(i.party.number, name),
    lambda i, name: line(f"Kunde: {i.party.number} {name}"),
    lambda i, name: line(f"Konto {i.party.number}", name),
    lambda i, name: line(f"{i.party.number} - {name}"),
    lambda i, name: line(f"Debitor {i.party.number}: {name}"),
)


def _columns():
    return [
        col.invoice_number("Rechnungsnummer"),
        col.invoice_date("Datum"),
        col.due_date(),
        col.gross("Betrag"),
        col.open_amount("Saldo"),
    ]


def _headed(dice) -> tuple[Heading, Callable]:
    """How a list writes the lines of its debtors, and what they tell."""
    form = dice.choice(_CELLS)
    name, tells = dice.choice(
        ((col.name_cell_first_last, col.whole_names), (col.name_cell_last_first, col.apart_names))
    )
    return (lambda item: form(item, name(item))), tells


def _below(item: Item, tells: Callable) -> Line:
    """An invoice whose debtor stands above it."""
    one = item_line(item, _columns())
    if isinstance(one.truth, Claim):
        one.truth.facts.update(number=item.party.number, **tells(item))
    return one


def _subtotal(block: Sequence[Item]) -> Line:
    cells = {0: "Summe", 3: col.Cents(sum(i.gross for i in block)), 4: col.Cents(sum(i.open for i in block))}
    return line(*placed(_columns(), cells), truth=Refuse("subtotal"))


@layout("blocks-headed", "grouped by debtor", "CSV", items=(6, 150))
def headed(dice, count):
    """`10021 Müller` or `10021;Müller` above the invoices, with sums and blanks between or without."""
    heading, tells = _headed(dice)
    has_sums, has_blanks = dice.random() < 0.5, dice.random() < 0.5
    lines = [header(_columns())]
    for block in by_debtor(make_items(dice, count, SHARES, Tastes())):
        lines += [heading(block[0]), *(_below(item, tells) for item in block)]
        lines += [_subtotal(block)] * has_sums + [BLANK] * has_blanks
    return text(lines)


@layout("blocks-with-address", "grouped by debtor", "addresses between", "CSV", items=(6, 100))
def with_address(dice, count):
    """Below the debtor his street and place: they must not become another debtor, nor end his block."""
    heading, tells = _headed(dice)
    lines = [header(_columns())]
    for block in by_debtor(make_items(dice, count, SHARES, Tastes())):
        party = block[0].party
        address = [line(party.street), line(f"{party.postcode} {party.city}")]
        if dice.random() < 0.3:
            address = [line(f"{party.street}, {party.postcode} {party.city}")]
        lines += [heading(block[0]), *address, *(_below(item, tells) for item in block)]
    return text(may_ask(lines, may_refuse=True))


_SHORT = ("BP AG", "3M GmbH", "Ng", "Li, Wu", "O2", "E.ON SE", "1&1 AG", "H&M", "Ey, Al", "7 Zwerge e.V.")


@layout("blocks-of-odd-names", "grouped by debtor", "odd names", "CSV", items=(6, 100))
def odd_names(dice, count):
    """Names of two letters or with digits: who is not understood must not leave his invoices to another."""
    heading, tells = _headed(dice)
    lines = [header(_columns())]
    for block in by_debtor(make_items(dice, count, SHARES, Tastes())):
        own = [_below(item, tells) for item in block]
        if dice.random() < 0.25:
            name = dice.choice(_SHORT)
            lines.append(line(*_odd(heading(block[0]), block[0], name)))
            names = {(None, None, name), (name, None, None)}
            if ", " in name:
                names.add((*name.split(", "), None))
            for one in own:
                facts = {key: fact for key, fact in one.truth.facts.items() if key != "kind"}
                lines.append(Line(one.cells, Claim(facts=facts | {"names": frozenset(names)})))
        else:
            lines += [heading(block[0]), *own]
    return text(may_ask(lines, may_refuse=True))


def _odd(heading: Line, item: Item, name: str) -> tuple:
    """The heading's cells with another name."""
    written = (col.name_cell_first_last(item), col.name_cell_last_first(item))
    return tuple(cell.replace(written[0], name).replace(written[1], name) for cell in heading.cells)


_REMARKS = (
    "*** Mahnsperre ***",
    "siehe Mail vom 03.02.2026",
    "Ratenzahlung vereinbart",
    "zu Händen Frau Weber",
    "Weber KG",
    "Filiale Nord",
    "Fortsetzung",
    "1234 Stück",
    "Seite 2",
)


@layout("blocks-with-doubtful-lines", "grouped by debtor", "remarks", "CSV", items=(6, 100))
def doubtful_lines(dice, count):
    """Between debtor and invoices, or among these, a line that may be a remark or another debtor."""
    heading, tells = _headed(dice)
    lines = [header(_columns())]
    for block in by_debtor(make_items(dice, count, SHARES, Tastes())):
        own = [_below(item, tells) for item in block]
        if dice.random() < 0.2:
            own.insert(dice.randrange(len(own)), line(dice.choice(_REMARKS)))
        lines += [heading(block[0]), *own]
    return text(may_ask(lines, may_refuse=True))


@layout("blocks-with-a-nameless-debtor", "grouped by debtor", "no debtor's name", "CSV", items=(6, 100))
def nameless(dice, count):
    """One debtor's line has his number only, or his name only: his invoices are not the one's above him."""
    heading, tells = _headed(dice)
    lines = [header(_columns())]
    for at, block in enumerate(by_debtor(make_items(dice, count, SHARES, Tastes()))):
        own = [_below(item, tells) for item in block]
        if at == 1 or dice.random() < 0.1:
            name = col.name_cell_first_last(block[0])
            lines.append(line(dice.choice((block[0].party.number, name, f"Kunde {block[0].party.number}"))))
            lines += [Line(one.cells, Refuse("debtor not named")) for one in own]
        else:
            lines += [heading(block[0]), *may_ask(own, may_refuse=True)]
    return text(lines)


@layout("blocks-headed-in-columns", "grouped by debtor", "name in a row of its own", "CSV", items=(6, 150))
def headed_in_columns(dice, count):
    """Number and name stand in their columns, in a row of their own above the invoices."""
    who = [col.debtor_number("Kundennr."), col.last_first("Name")]
    has_sums, has_blanks = dice.random() < 0.4, dice.random() < 0.4
    lines = [header([*who, *_columns()])]
    for block in by_debtor(make_items(dice, count, SHARES, Tastes())):
        lines.append(line(block[0].party.number, col.name_cell_last_first(block[0]), *[""] * 5))
        for item in block:
            one = _below(item, col.apart_names)
            lines.append(Line(("", "", *one.cells), one.truth))
        if has_sums:
            one = _subtotal(block)
            lines.append(Line(("", "", *one.cells), one.truth))
        lines += [BLANK] * has_blanks
    return text(lines)


@layout("blocks-named-once", "name in the first row of a block", "CSV", items=(8, 150))
def named_once(dice, count):
    """Everything of the debtor stands in the first of his rows only, his address too."""
    items = make_items(dice, count, Shares(a_debtor=2.2), MIXED)
    who = [col.debtor_number("Kunde"), col.first_last("Name"), col.street(), col.place("PLZ Ort")]
    lines, before = [header([*who, *_columns()])], None
    for item in items:
        one = item_line(item, [*who, *_columns()])
        is_first = item.party.number != before
        before = item.party.number
        lines.append(one if is_first else Line(("", "", "", "", *one.cells[4:]), one.truth))
    return text(may_ask(lines) if len(items) < 12 else lines)
