"""A plain invoice as text: what it says, asked back before it becomes a claim."""

from collections.abc import Iterator

from parsers.documents import Piece
from parsers.options import Options
from storage.records import Item


def plain_items(piece: Piece, text: str, options: Options) -> Iterator[Item] | None:
    """The document of a plain invoice; None where the text is no invoice."""
    return None
