"""A sheet: what stands on a document, in words and figures of one language, before it takes a form.

Text, HTML and PDF are three ways to lay out the same sheet, so they can never say different things.
"""

import msgspec


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """The head of a column; figures stand at its right. wide: it may take more room than the others."""

    label: str
    is_figure: bool = True
    wide: bool = False


class Facts(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Names and what stands behind them."""

    pairs: tuple[tuple[str, str], ...]


class Table(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Rows under a heading; total is the last row. nothing: what is said where there is no row."""

    heading: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    intro: str | None = None
    total: tuple[str, ...] | None = None
    nothing: str | None = None


class Note(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Paragraphs under a heading; code: a value that is compared letter by letter, in groups."""

    heading: str
    paragraphs: tuple[str, ...]
    code: str | None = None


Block = Facts | Table | Note


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """One document. figures: the few that matter most, by name; notice: what must be seen before all else."""

    language: str
    kind: str
    title: str
    subtitle: str
    sentence: str | None
    figures: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str
    page: str  # "Seite {page} von {pages}"
    notice: str | None = None
