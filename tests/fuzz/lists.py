"""Lists of known claims in a format, a dialect and an order of columns that the dice choose."""

import csv
import io
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tests.hostile.attacks import zipped
from tests.parsers.books import KINDS, Sheet, write_book

_HEADERS = (
    ("Kunde", "Name", "Firma", "Debitor Name"),
    ("Rechnungsnummer", "Rechnungs-Nr.", "RE-Nr", "Belegnummer", "Invoice Number"),
    ("Fälligkeit", "Fällig am", "Fälligkeitsdatum", "Due Date"),
    ("Offen", "Offener Betrag", "Restbetrag", "Open Amount"),
)
_NAMES = (
    "Müller GmbH",
    "Weiß & Söhne KG",
    "Öztürk, Ali",
    "Anna Maria Schäfer",
    "O'Neill Ltd",
    '"Zum Adler" OHG',
    "=Rot AG",
    "Kunz; Kunz & Co. KG",
    "Groß=Handel GmbH",
    "Bär: Mode e.K.",
    "Größe 0815 UG",
    "Łódź Sp. z o.o.",
    "  Rand  GmbH ",
)
_DECIMALS = ("de", "de", "plain", "en")


class Claim(NamedTuple):
    """What a row must say, if it is taken."""

    invoice_number: str
    due_date: str
    amount: str


class Made(NamedTuple):
    """A file and the claims that it holds."""

    content: bytes
    claims: frozenset[Claim]


def make_list(dice: random.Random, folder: Path) -> Made:
    """A list of up to thirty claims."""
    count = dice.randrange(1, 30)
    headers = [dice.choice(names) for names in _HEADERS]
    order = dice.sample(range(4), 4)
    rows, claims = [], set()
    for number in range(count):
        due = date(2023, 1, 1) + timedelta(dice.randrange(900))
        cents = dice.choice((dice.randrange(1, 1_000), dice.randrange(100, 10_000_000)))
        invoice = dice.choice(("RE-", "", "2025/")) + str(10_000 + number)
        claims.add(Claim(invoice, due.isoformat(), f"{cents // 100}.{cents % 100:02}"))
        rows.append([dice.choice(_NAMES), invoice, due, cents])
    form = dice.choice(("csv", "csv", "fixed", "keyed", *KINDS))
    write = {"csv": _csv, "fixed": _fixed, "keyed": _keyed}.get(form)
    if write is None:
        cells = [[row[at] / 100 if at == 3 else row[at] for at in order] for row in rows]
        sheet = Sheet(rows=[[headers[at] for at in order], *cells])
        content = write_book(
            form, folder / "made", sheet, epoch_1904=form != "ods" and dice.random() < 0.3
        ).read_bytes()
    else:
        style = dice.choice(_DECIMALS)
        texts = [[_text(row[at], style) for at in order] for row in rows]
        content = write(dice, [headers[at] for at in order], texts)
    if dice.random() < 0.1:
        content = zipped({"list": content})
    return Made(content, frozenset(claims))


def _text(value: Any, style: str) -> str:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y") if style != "plain" else value.isoformat()
    if not isinstance(value, int):
        return str(value)
    plain = f"{value // 100:,}.{value % 100:02}" if style != "plain" else f"{value / 100:.2f}"
    return plain.translate(str.maketrans(",.", ".,")) if style == "de" else plain


def _csv(dice: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    target = io.StringIO(newline="")
    quoting = dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(
        target, delimiter=dice.choice(";;,\t|"), quoting=quoting, lineterminator=dice.choice(("\r\n", "\n"))
    )
    for _ in range(dice.choice((0, 0, 1, 3))):
        writer.writerow(["Liste der offenen Posten"])
    writer.writerows([header, *rows])
    return _encoded(dice, target.getvalue())


def _fixed(dice: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    widths = [max(len(row[at]) for row in (header, *rows)) + dice.randrange(2, 6) for at in range(4)]
    amounts = header.index(next(name for name in header if name in _HEADERS[3]))
    lines = []
    for row in (header, *rows):
        cells = [
            cell.rjust(width - 2) + "  " if at == amounts else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("".join(cells).rstrip())
    if dice.random() < 0.3:
        lines.insert(1, "  ".join("-" * (width - 2) for width in widths))
    return _encoded(dice, "\r\n".join(lines) + "\r\n")


def _keyed(dice: random.Random, header: list[str], rows: list[list[str]]) -> bytes:
    equals, between = dice.choice((("=", "\n"), (": ", "\n"), ("=", "&"), ("=", ";"), ("\t", "\n")))
    gap = dice.choice(("\n", "\n\n")) if between == "\n" else "\n"
    records = [
        between.join(f"{name}{equals}{cell}" for name, cell in zip(header, row, strict=True)) for row in rows
    ]
    return _encoded(dice, gap.join(records) + "\n")


def _encoded(dice: random.Random, text: str) -> bytes:
    encoding = dice.choice(("utf-8", "utf-8-sig", "cp1252", "cp850", "mac_roman", "utf-16", "utf-16-le"))
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")
