"""Files that something has broken on their way: read rightly where they can be mended, else not taken."""

import csv

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Column
from tests.accuracy.files import Dialect, Writing
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import Line, header, item_line, may_ask, plain_list
from tests.accuracy.ordinary import MIXED, UTF8, core, ordinary_columns, text
from tests.accuracy.truth import Claim, Refuse


def _unquoted(lines: list[Line], delimiter: str, style: Writing) -> Made:
    """Cells joined without any quotation marks, as careless programs write them."""
    rows, truths = [], {}
    for number, one in enumerate(lines, start=1):
        rows.append(delimiter.join(style.text(cell) for cell in one.cells))
        if one.truth is not None:
            truths[number] = one.truth
    return Made(name="Liste.csv", content=("\r\n".join(rows) + "\r\n").encode(), truths=truths)


@layout("broken-mojibake", "broken characters", "CSV")
def mojibake(dice, count):
    """UTF-8 taken for something else and written as UTF-8 once more: `MÃ¼ller` is nobody's name."""
    items = make_items(dice, count, Shares(), MIXED)
    made = text(may_ask(plain_list(items, ordinary_columns()), may_refuse=True), dialect=UTF8)
    garbled = made.content.decode().encode().decode("latin-1").encode()
    return Made(name=made.name, content=garbled, truths=made.truths)


@layout("broken-replaced", "broken characters", "CSV")
def replaced(dice, count):
    """Umlauts replaced for good by `\ufffd`."""
    items = make_items(dice, count, Shares(), MIXED)
    made = text(may_ask(plain_list(items, ordinary_columns()), may_refuse=True), dialect=UTF8)
    broken = "".join(char if char.isascii() else "\ufffd" for char in made.content.decode())
    return Made(name=made.name, content=broken.encode(), truths=made.truths)


@layout("broken-scientific", "mangled numbers", "CSV")
def scientific(dice, count):
    """Invoice numbers that a spreadsheet has turned into powers of ten."""
    items = make_items(dice, count, Shares(), MIXED, numeric=True)
    lines = [header(core())]
    for item in items:
        one = item_line(item, core())
        if dice.random() < 0.2:
            mangled = (
                f"{item.invoice_number[0]},{item.invoice_number[1:6]}E+{len(item.invoice_number) - 1:02d}"
            )
            one = Line((*one.cells[:2], mangled, *one.cells[3:]), Refuse("mangled number"))
        lines.append(one)
    return text(lines)


@layout("broken-delimiter-in-name", "unquoted", "CSV")
def delimiter_in_name(dice, count):
    """An unquoted semicolon in a name moves all cells behind it."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        *core(who=[col.first_last("Kunde"), col.street(), col.postcode(), col.city()]),
        col.constant("Bemerkung"),
    ]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        if dice.random() < 0.1 or ";" in str(one.cells[1]):
            one = Line((one.cells[0], "Weber; Vogel", *one.cells[2:-1]), Refuse("cells moved"))
        lines.append(one)
    return _unquoted(lines, ";", Writing())


@layout("broken-decimal-commas", "unquoted", "commas", "CSV")
def decimal_commas(dice, count):
    """Decimal commas unquoted between commas, before an empty last column: the cents fall into it."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [*core(), col.constant("Bemerkung")]
    lines = [header(columns)]
    for item in items:
        one = item_line(item, columns)
        moved = "," in str(one.cells[1])
        truth = (
            Refuse("cells moved") if moved else Claim(facts=one.truth.facts, may_ask=True, may_refuse=True)
        )
        lines.append(Line(one.cells[:-1], truth))
    return _unquoted(lines, ",", Writing(amount=writing.german_plain))


@layout("broken-cut-off", "unquoted", "CSV", items=(6, 100))
def cut_off(dice, count):
    """The file ends in the middle of a row: that row is not taken with half an amount."""
    items = make_items(dice, count, Shares(), MIXED)
    lines = plain_list(items, core())
    last = lines[-1]
    made = text([*lines[:-1], Line(last.cells, Refuse("cut off"))])
    ending = f"{writing.german(items[-1].open)}\r\n".encode()
    keep = made.content.removesuffix(ending) + ending[: max(0, len(ending) - 5)]
    return Made(name=made.name, content=keep, truths=made.truths)


@layout("quoted-quotes", "quoted", "CSV")
def quoted_quotes(dice, count):
    """Quotation marks within quoted cells, line breaks and delimiters too."""
    items = make_items(dice, count, Shares(), MIXED)
    note = Column("Notiz", lambda i: f'sagte: "zahle; später"\nTel. {i.party.phone}, {i.text}')
    columns = [note, *core()]
    return text(plain_list(items, columns), dialect=Dialect(quoting=csv.QUOTE_ALL))
