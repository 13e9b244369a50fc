"""How a file ends: without a last line end, or in the middle of its last line."""

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Column
from tests.accuracy.files import Dialect, Writing
from tests.accuracy.items import Shares, make_items
from tests.accuracy.layouts import Made, layout
from tests.accuracy.lines import Line, plain_list
from tests.accuracy.ordinary import MIXED, text
from tests.accuracy.truth import Claim, Refuse

_AMOUNTS = (
    writing.german,
    writing.german_plain,
    writing.point,
    writing.swiss,
    writing.dashed,
    writing.with_euro,
)
_DAYS = (writing.dotted, writing.iso, writing.compact, writing.two_digit, writing.short_dotted)
_LAST = (
    lambda: [col.due_date(), col.open_amount("Offen")],
    lambda: [col.open_amount("Offen"), col.due_date()],
    lambda: [col.due_date(), col.open_amount("Offen"), col.postcode()],
    lambda: [col.due_date(), col.open_amount("Offen"), col.email()],
    lambda: [col.due_date(), col.gross("Betrag"), col.open_amount("Offen"), col.text("Bemerkung")],
)  # fmt: skip


def _list(dice, count, last):
    items = make_items(dice, count, Shares(partly=0.1), MIXED, numeric=True)
    columns = [col.first_last("Kunde"), col.invoice_number(), col.invoice_date(), *last]
    style = Writing(amount=dice.choice(_AMOUNTS), day=dice.choice(_DAYS))
    return plain_list(items, columns), columns, style


@layout("no-last-line-end", "no line end", "CSV", items=(6, 100))
def no_last_line_end(dice, count):
    """Many programs end no last line: such a file is as good as any."""
    lines, _, style = _list(dice, count, dice.choice(_LAST)())
    made = text(lines, style, Dialect(newline=dice.choice(("\r\n", "\n"))))
    return Made(name=made.name, content=made.content.rstrip(b"\r\n"), truths=made.truths)


@layout("no-last-line-end-uneven", "no line end", "whole euros", "CSV", items=(12, 100))
def uneven(dice, count):
    """Amounts with as many decimals as they need, numbers of any length, and no last line end."""
    items = make_items(dice, count, Shares(), MIXED)
    last = dice.choice(
        ([col.due_date(), col.open_amount("Offen")], [col.open_amount("Offen"), col.due_date()])
    )
    columns = [col.first_last("Kunde"), col.invoice_number(), col.invoice_date(), *last]
    style = Writing(amount=writing.shortened, day=writing.short_dotted)
    made = text(plain_list(items, columns), style)
    return Made(name=made.name, content=made.content.rstrip(b"\r\n"), truths=made.truths)


@layout("broken-cut-off-anywhere", "no line end", "CSV", items=(6, 100))
def cut_off_anywhere(dice, count):
    """The file ends somewhere in the last two cells of its last line: whole they may count, half never."""
    last = dice.choice(_LAST)()
    lines, columns, style = _list(dice, count, last)
    cells = [style.text(cell) for cell in lines[-1].cells]
    end = ";".join(cells[-2:])
    kept = end[: dice.randrange(len(end))]
    truth = lines[-1].truth
    amount = kept.partition(";")[0].rstrip(" €-")
    is_whole = columns[-1].header in ("E-Mail", "Bemerkung") and amount == cells[-2].rstrip(" €-")
    last_truth = Claim(facts=truth.facts, may_refuse=True) if is_whole else Refuse("cut off")
    made = text([*lines[:-1], Line(lines[-1].cells, last_truth)], style)
    whole = made.content.rstrip(b"\r\n")
    tail = end.encode("cp1252")
    assert whole.endswith(tail) or b'"' in whole[-len(tail) - 4 :]
    if not whole.endswith(tail):
        return Made(name=made.name, content=made.content, truths=made.truths | {len(lines): truth})
    content = whole.removesuffix(tail) + kept.encode("cp1252")
    return Made(name=made.name, content=content, truths=made.truths)


_SERVICES = ("Strom", "Gas", "Wasser", "Fernwärme")


@layout("utility-export", "kVASy", "two addresses", "CSV")
def utility_export(dice, count):
    """A utility's open items: contract account, place of use, meter, kind of document, instalments."""
    items = make_items(dice, count, Shares(partly=0.2), MIXED)
    columns = [
        col.debtor_number("Vertragskonto"),
        Column("Geschäftspartner", lambda i: f"10{i.party.number}"),
        *col.name_and_first("Name", "Vorname"),
        col.street("Straße"),
        col.postcode(),
        col.city(),
        Column("Verbrauchsstelle", lambda i: f"Nebenweg {i.gross % 40}, 99999 Anderswo"),
        Column("Zählernummer", lambda i: f"1EMH00{i.gross % 99_999:05d}"),
        Column("Sparte", lambda i: _SERVICES[i.level]),
        Column("Belegart", lambda i: ("Jahresrechnung", "Abschlag", "Rechnung", "Schlussrechnung")[i.level]),
        col.invoice_number("Belegnummer"),
        col.invoice_date("Belegdatum"),
        col.due_date("Nettofälligkeit"),
        col.gross("Forderungsbetrag brutto"),
        col.open_amount(dice.choice(("offener Betrag", "Offen", "Restforderung"))),
        col.level("Mahnstufe"),
        Column("Sperrkennzeichen", lambda i: ""),
    ]
    return text(plain_list(items, columns))
