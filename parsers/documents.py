"""Documents that hold no rows: read as evidence, not read, or not to be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from parsers.problems import Code, make_problem
from storage.records import DocumentHead, DocumentTail, Item, Kind, RowItem

Part = Item | list[RowItem]  # rows of a table come many at a time


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """One file to read: its bytes, the name that its sender gave it and what kind of bytes it is."""

    path: Path
    name: str
    media_type: str


def without_rows(head: DocumentHead) -> Iterator[Item]:
    """A document of which the head says everything."""
    yield head
    yield DocumentTail(rows_total=0)


def unreadable(
    piece: Piece, code: Code, language: str, *, said: str | None = None, **facts: Any
) -> Iterator[Item]:
    """A document that is not read, and what its sender can do; `said`: the words that it consists of."""
    kind = Kind.EMPTY if code in (Code.EMPTY_FILE, Code.NO_ROWS) else Kind.UNREADABLE
    yield from without_rows(
        DocumentHead(
            kind=kind,
            name=piece.name,
            path=str(piece.path),
            media_type=piece.media_type,
            problems=(make_problem(code, language, **facts),),
            said=said or None,
        )
    )
