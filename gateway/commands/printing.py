"""What a command prints: one JSON document, or tables for a person."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any
from unicodedata import category

import msgspec

from storage.case_number import CaseNumbers
from storage.days import AGENCY_ZONE

if TYPE_CHECKING:  # loads for longer than `inkasso --help` may take
    from rich.console import Console
    from rich.table import Table

_NUMBERS_A_PIECE = 10_000
NUMBERS = {
    "Rows",
    "Row",
    "Count",
    "Claims",
    "Principal",
    "Amount",
    "Document",
    "Net",
    "VAT",
    "Paid by debtors",
    "Still open",
}


def emit(document: Any, as_json: bool, show: "Callable[[Console], None]") -> None:
    """Print the document as JSON, or have it shown to a person."""
    if as_json:
        print_json(document)
        return
    from rich.console import Console  # noqa: PLC0415

    show(Console(highlight=False, emoji=False, markup=False))


def print_json(document: Any) -> None:
    """One JSON document on stdout, in UTF-8 wherever we are, indented where a person looks on."""
    pieces = _pieces(document) if isinstance(document, dict) else [_encoded(document)]
    if sys.stdout.isatty():
        pieces = [msgspec.json.format(b"".join(pieces), indent=2)]
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.write(b"\n")
    sys.stdout.buffer.flush()


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> "Table":
    """A table; what senders wrote cannot steer the terminal."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    drawn = Table(
        title=title or None, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False
    )
    for column in columns:
        drawn.add_column(column, justify="right" if column in NUMBERS else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(_text(cell) for cell in row))
    return drawn


def facts(title: str, pairs: Iterable[tuple[str, object]]) -> "Table":
    """A list of names and values; values that are absent are left out."""
    from rich.table import Table  # noqa: PLC0415

    drawn = Table(box=None, show_header=False, title=title or None, title_justify="left", title_style="bold")
    drawn.add_column(style="dim")
    drawn.add_column(overflow="fold")
    for name, value in pairs:
        if value not in {None, ""}:
            drawn.add_row(name, _text(value))
    return drawn


def counted(count: int, noun: str) -> str:
    """`1 case`, `2 cases`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def plain(text: object) -> str:
    """Text without control characters, which could move the cursor or recolour a terminal."""
    return "".join(char if _is_shown(char) else "\N{REPLACEMENT CHARACTER}" for char in str(text))


def _is_shown(char: str) -> bool:
    return char.isprintable() or char == "\n" or category(char) == "Zs"


def moment(at: datetime | None) -> str:
    """A time as the agency's people read it."""
    return "" if at is None else at.astimezone(AGENCY_ZONE).strftime("%Y-%m-%d %H:%M:%S")


def _text(cell: object) -> Any:
    from rich.text import Text  # noqa: PLC0415

    if isinstance(cell, datetime):
        return Text(moment(cell))
    return Text("" if cell is None else plain(cell))


def _pieces(document: dict[str, Any]) -> Iterable[bytes]:
    """A document piece by piece: the case numbers of a large list are never all in memory at once."""
    opening = b"{"
    for key, value in document.items():
        yield opening + _encoded(key) + b":"
        opening = b","
        if isinstance(value, CaseNumbers):
            yield b"["
            for start in range(0, len(value), _NUMBERS_A_PIECE):
                yield (b"," if start else b"") + _encoded(value[start : start + _NUMBERS_A_PIECE])[1:-1]
            yield b"]"
        elif isinstance(value, Iterator):
            yield b"["
            yield from _in_batches(value)
            yield b"]"
        else:
            yield _encoded(value)
    yield b"}" if document else b"{}"


def _in_batches(values: Iterator[Any]) -> Iterable[bytes]:
    """What is in a list that is made while it is printed."""
    opening = b""
    while batch := list(islice(values, _NUMBERS_A_PIECE)):
        yield opening + _encoded(batch)[1:-1]
        opening = b","


def _encoded(document: Any) -> bytes:
    try:
        return msgspec.json.encode(document)
    except UnicodeEncodeError:  # a file name that is no UTF-8 carries its bytes as surrogates
        import json  # noqa: PLC0415

        return json.dumps(msgspec.to_builtins(document)).encode()
