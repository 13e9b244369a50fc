"""Where the header row is: below a letterhead, in the delimiter that makes sense of it."""

from collections.abc import Sequence

import msgspec

from parsers.grids.cells import Cell, tidy
from parsers.grids.delimited import DELIMITERS, split
from parsers.sheets.fields import Field
from parsers.sheets.known_producers import producer_of
from parsers.sheets.names import exact_meanings, near_meanings
from parsers.sheets.two_rows import joined_texts

HEADER_ROWS_MAX = 60
NEAR_ROWS_MAX = 20
_FIELDS_MIN = 2
_KNOWN_ENOUGH = 6  # known names, or one in six of a shorter header
_SAMPLE_LINES = 200


class Header(msgspec.Struct, frozen=True):
    """The header row: its index in the rows looked at, its texts and how many fields it names."""

    index: int
    texts: tuple[str, ...]
    score: int


def find_header(rows: Sequence[Sequence[Cell]]) -> Header | None:
    """The row, or two rows, that name the most fields; None where no row names two."""
    best = _best(rows[:HEADER_ROWS_MAX], near=False)
    if best is None:
        best = _best(rows[:NEAR_ROWS_MAX], near=True)
    return _with_second_row(best, rows) if best is not None else None


def _with_second_row(header: Header, rows: Sequence[Sequence[Cell]]) -> Header:
    """The header together with the row above or below it, where the two read better than the one."""
    best = header
    for upper in (header.index - 1, header.index):
        if upper < 0 or upper + 1 >= len(rows):
            continue
        texts = joined_texts(rows[upper], rows[upper + 1])
        score = _score(texts, near=False) if texts is not None else 0
        if texts is not None and (score, _known_count(texts)) > (best.score, _known_count(best.texts)):
            best = Header(upper + 1, texts, score)
    return best


def _known_count(texts: tuple[str, ...]) -> int:
    return sum(1 for text in texts if text and exact_meanings(text))


def choose_delimiter(sample: str) -> str:
    """The delimiter under which a header makes most sense; else the one that splits most evenly."""
    lines = "".join(sample.splitlines(keepends=True)[:_SAMPLE_LINES])
    marked = _declared(lines)
    if marked:
        return marked

    def fit(delimiter: str) -> tuple[int, float]:
        rows = split(lines, delimiter)
        header = find_header(rows)
        return header.score if header else 0, _evenness(rows)

    return max(DELIMITERS, key=fit)


def texts_of(row: Sequence[Cell]) -> tuple[str, ...]:
    """The header texts of a row; cells that are no text name nothing."""
    return tuple(tidy(cell) if isinstance(cell, str) else "" for cell in row)


def _declared(lines: str) -> str | None:
    """Excel's own first line `sep=;`."""
    first = lines.partition("\n")[0].strip().strip('"')
    if len(first) == 5 and first.lower().startswith("sep=") and first[4] in DELIMITERS:
        return first[4]
    return None


def _evenness(rows: list[list[str]]) -> float:
    """The share of rows that have the commonest number of fields, if that is two or more."""
    widths = [len(row) for row in rows if row]
    if not widths:
        return 0.0
    commonest = max(set(widths), key=widths.count)
    return widths.count(commonest) / len(widths) if commonest > 1 else 0.0


def _best(rows: Sequence[Sequence[Cell]], *, near: bool) -> Header | None:
    best: Header | None = None
    for index, row in enumerate(rows):
        texts = texts_of(row)
        score = _score(texts, near=near)
        if score and (best is None or score > best.score):
            best = Header(index, texts, score)
    return best


def _score(texts: tuple[str, ...], *, near: bool) -> int:
    """How many different fields a row names, good names counted twice; 0 where it is no header."""
    ranks: dict[Field, int] = {}
    known = 0
    producer = producer_of(texts)
    for text in filter(None, texts):
        own = producer.meaning(text) if producer is not None else None
        meanings = (own,) if own else exact_meanings(text) or (near_meanings(text) if near else ())
        for meaning in meanings[:1]:
            known += 1
            if meaning.field is not Field.KNOWN:
                ranks[meaning.field] = min(meaning.rank, ranks.get(meaning.field, 9))
    filled = sum(1 for text in texts if text)
    if len(ranks) < _FIELDS_MIN or known < min(_KNOWN_ENOUGH, filled / _KNOWN_ENOUGH):
        return 0
    return sum(2 if rank < 2 else 1 for rank in ranks.values()) + known
