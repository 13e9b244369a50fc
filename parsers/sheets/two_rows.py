"""A header in two rows: words cut in half at a hyphen, or one word over several columns."""

from collections.abc import Iterator, Sequence

from parsers.grids.cells import Cell, tidy
from parsers.sheets.names import exact_meanings

_CELLS_MIN = 2


def joined_texts(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[str, ...] | None:
    """The headers of two rows read as one; None where the two cannot be a header together."""
    if not (_is_header_like(upper) and _is_header_like(lower)):
        return None
    width = max(len(upper), len(lower))
    above, below = _texts(upper, width), _texts(lower, width)
    texts: list[str] = []
    over = ""
    for top, bottom in zip(above, below, strict=True):
        over = top or over
        texts.append(_joined(top, bottom, over))
    return tuple(texts)


def _joined(top: str, bottom: str, over: str) -> str:
    """One header: the best known reading of a cell, the one above it, and the one that spans it."""
    if not bottom:
        return top
    readings = [*_readings(over, bottom), bottom] if over else [bottom]
    known = [(meanings[0].rank, text) for text in readings if (meanings := exact_meanings(text))]
    if known:
        return min(known, key=lambda one: one[0])[1]
    return readings[0] if top else bottom


def _readings(top: str, bottom: str) -> Iterator[str]:
    if top.endswith("-"):
        yield top[:-1] + bottom
    yield f"{top} {bottom}"
    for link in ("", "s", "n"):  # Betrag·brutto, Rechnung·s·datum, Kunde·n·nummer
        yield f"{top}{link}{bottom[:1].lower()}{bottom[1:]}"


def _is_header_like(row: Sequence[Cell]) -> bool:
    """Whether a row holds nothing but words, and more than one."""
    filled = [cell for cell in row if not isinstance(cell, str) or cell.strip()]
    return len(filled) >= _CELLS_MIN and all(
        isinstance(cell, str) and any(map(str.isalpha, cell)) and sum(map(str.isdigit, cell)) <= 1
        for cell in filled
    )


def _texts(row: Sequence[Cell], width: int) -> list[str]:
    texts = [tidy(cell) if isinstance(cell, str) else "" for cell in row]
    return texts + [""] * (width - len(texts))
