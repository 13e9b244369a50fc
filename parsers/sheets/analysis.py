"""A first look at a table: where its header is, what its columns are, whether it is a list of claims."""

import re
from collections.abc import Sequence
from itertools import islice

import msgspec

from parsers.grids.cells import Cell, Grid, is_blank, text_of
from parsers.problems import field_label
from parsers.sheets.columns import Mapping, map_columns, missing_fields
from parsers.sheets.fields import Field
from parsers.sheets.header import Header, find_header
from parsers.sheets.known_producers import producer_of
from parsers.sheets.names import exact_meanings
from parsers.sheets.profile import MOST, Profile, are_compact_days, are_padded, profile_of

SAMPLE_BATCHES = 3
SAMPLE_ROWS = 400
FIRST_ROWS = 20
_FOUND_MAX = 20

_NO_CLAIMS_TITLE = re.compile(
    r"zahlungseing|zahlungsliste|zahlungsjournal|kontoauszug|umsatzanzeige|lieferanten|"
    r"(?<!debitoren/)kreditoren|verbindlichkeiten|"
    r"payments received|payment list|bank statement|accounts payable|gutschriften"
)
# Words in the headers of tables that name nothing which a list of claims has.
_OTHER_HEADERS = {
    "offers": re.compile(r"(?i)angebot|\boffers?\b|quotation|\bquote"),
    "refunds": re.compile(r"(?i)erstatt|refund|gutschrift|credit note"),
}
_OTHER_HEADERS_MIN = 2
_LOOKS_LIKE = {
    "bank": (
        "einem Kontoauszug oder einer Liste von Zahlungen",
        "an account statement or a list of payments",
    ),
    "payments": ("einer Liste von Zahlungen oder Verbindlichkeiten", "a list of payments or payables"),
    "offers": ("einer Liste von Angeboten", "a list of offers"),
    "refunds": ("einer Liste von Gutschriften oder Erstattungen", "a list of credit notes or refunds"),
    "payables": ("Rechnungen von Lieferanten (Verbindlichkeiten)", "invoices from suppliers (payables)"),
}


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What the first rows of a table show."""

    header: Header | None
    header_number: int
    mapping: Mapping
    profiles: tuple[Profile, ...]
    first_rows: tuple[tuple[Cell, ...], ...]
    producer: str | None = None
    writes: str = "open items"  # what that program is known to write: open items, master data, postings

    @property
    def missing(self) -> list[tuple[Field, ...]]:
        """What a list of claims would need and this table has not."""
        return missing_fields(self.mapping.columns)

    @property
    def is_claims(self) -> bool:
        """Whether this is a list of claims as far as its columns go."""
        return self.header is not None and not self.missing and self.mapping.looks_like is None

    @property
    def is_nameless(self) -> bool:
        """Whether this is a list of claims that names its debtors by number alone."""
        return (
            self.header is not None
            and self.missing == [(Field.NAME, Field.COMPANY)]
            and Field.NUMBER in self.mapping.columns
            and self.mapping.looks_like is None
            and self.writes == "open items"
            and not self._has_odd_names()
        )

    def _has_odd_names(self) -> bool:
        """Whether a column is headed like a name and was not understood: then the row may well say who."""
        assert self.header is not None
        known = set(self.mapping.columns.values())
        return any(
            meaning.field in (Field.NAME, Field.COMPANY)
            for index, text in enumerate(self.header.texts)
            if text and index not in known
            for meaning in exact_meanings(text)
        )

    @property
    def is_filled(self) -> bool:
        """Whether there is anything in the table."""
        return self.header is not None or bool(self.first_rows)

    @property
    def score(self) -> int:
        """How much of a header was recognised."""
        return self.header.score if self.header else 0

    def first_texts(self, index: int) -> list[str]:
        """What the first rows say in a column."""
        return [text for row in self.first_rows if index < len(row) and (text := text_of(row[index]))]

    def found_text(self, language: str) -> str:
        """The sender's headers that were understood, for a message."""
        if self.header is None:
            return "-"
        texts = [text for text in self.header.texts if text and exact_meanings(text)]
        shown = ", ".join(f"„{text}“" if language != "en" else f"“{text}”" for text in texts[:_FOUND_MAX])
        return shown or ("nichts" if language != "en" else "nothing")

    def missing_text(self, language: str) -> str:
        """What is missing, for a message."""
        either = " oder " if language != "en" else " or "
        choices = [either.join(field_label(one.value, language) for one in fields) for fields in self.missing]
        return "; ".join(choices) or ("nichts" if language != "en" else "nothing")

    def looks_like_text(self, language: str) -> str:
        """What the table looks like instead."""
        assert self.mapping.looks_like is not None
        return looks_like_text(self.mapping.looks_like, language)


def looks_like_text(looks_like: str, language: str) -> str:
    """A kind of table in words."""
    return _LOOKS_LIKE[looks_like][language == "en"]


def analyse(grid: Grid) -> Analysis:
    """Look at the first rows of a grid. Raises csv.Error and ContainerError."""
    numbers: list[int] = []
    rows: list[list[Cell]] = []
    for batch in islice(grid.batches(), SAMPLE_BATCHES):
        numbers += batch.numbers
        rows += batch.rows
    header = find_header(rows)
    start = header.index + 1 if header else 0
    below = [row for row in rows[start:] if not is_blank(row)][:SAMPLE_ROWS]
    texts = header.texts if header else ("",) * max(map(len, below), default=0)
    producer = producer_of(texts)
    profiles = tuple(profile_of(_column(below, index)) for index in range(len(texts)))
    return Analysis(
        header=header,
        header_number=numbers[header.index] if header else 0,
        mapping=_told_by_title(map_columns(texts, profiles, producer), rows[: max(0, start - 1)], grid.sheet),
        profiles=profiles,
        first_rows=tuple(tuple(row) for row in below[:FIRST_ROWS]),
        producer=producer.name if producer is not None else None,
        writes=producer.writes if producer is not None else "open items",
    )


def headed_otherwise(row: Sequence[Cell]) -> str | None:
    """What a row of nothing but words heads instead of claims; None where it does not tell."""
    texts = [text for cell in row if (text := text_of(cell))]
    if any(char.isdigit() for text in texts for char in text):
        return None
    return next(
        (
            name
            for name, words in _OTHER_HEADERS.items()
            if sum(1 for text in texts if words.search(text)) >= _OTHER_HEADERS_MIN
        ),
        None,
    )


def _told_by_title(mapping: Mapping, above: Sequence[Sequence[Cell]], sheet: str | None) -> Mapping:
    """What the letterhead or the sheet's name calls the table counts more than its columns."""
    title = " ".join(cell for row in above for cell in row if isinstance(cell, str))
    if mapping.looks_like is None and _NO_CLAIMS_TITLE.search(f"{sheet or ''} {title}".casefold()):
        return msgspec.structs.replace(mapping, looks_like="payments")
    return mapping


def could_be_claims(analysis: Analysis) -> bool:
    """Whether a table without a header may be a list of claims: names, amounts and dates or numbers."""
    profiles = [one for one in analysis.profiles if one.fill > MOST]
    has_amounts = any(one.cents > MOST and one.negative < 0.2 for one in profiles)
    has_words = any(one.words > MOST and one.letters > MOST for one in profiles)
    has_days = any(one.dates > MOST for one in profiles)
    is_bank = any(one.cents > MOST and one.negative >= 0.2 for one in profiles)
    texts = [analysis.first_texts(index) for index in range(len(analysis.profiles))]
    has_amounts = has_amounts or any(map(are_padded, texts))
    has_days = has_days or any(map(are_compact_days, texts))
    return has_amounts and has_words and has_days and not is_bank


def _column(rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
    return [row[index] if index < len(row) else "" for row in rows]
