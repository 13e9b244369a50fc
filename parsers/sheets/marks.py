"""Which cells of a list are marked, in which column the mistakes are told, and which rows come back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec

from storage.identity import fold
from storage.records import DocumentHead, Problem

ERROR_HEADERS = frozenset({"fehler", "error"})
ROW_HEADERS = frozenset({"zeile", "row"})
ADVICE_HEADERS = frozenset({"empfehlung", "recommendation"})
OUR_HEADERS = ERROR_HEADERS | ROW_HEADERS | ADVICE_HEADERS
_SUFFIX_LENGTH_MIN = 3

AnyCell = TypeVar("AnyCell")


class Words(NamedTuple):
    """What is written into the list itself."""

    error: str
    advice: str
    mend: str
    row: str
    suffix: str
    skipped: str
    author: str
    explains: str
    values_only: str
    rows_only: str
    first_only: str


_WORDS = {
    "de": Words(
        error="Fehler",
        advice="Empfehlung",
        mend="korrigieren und noch einmal senden",
        row="Zeile",
        suffix="-Korrektur",
        skipped="Keine Forderung",
        author="Inkasso",
        explains="Diese Spalte sagt, was in einer Zeile zu korrigieren ist; die fehlerhaften Zellen sind rot."
        " Schicken Sie die Datei korrigiert zurück, die Spalte darf stehen bleiben.",
        values_only="Aus Ihrer Mappe steht hier nur das Blatt „{sheet}“, ohne Formeln, mit deren Werten.",
        rows_only="Ihre Liste ist lang: Hier stehen nur die Zeilen, die zu korrigieren sind.",
        first_only="Es sind die ersten {count}, weitere folgen.",
    ),
    "en": Words(
        error="Error",
        advice="Recommendation",
        mend="correct and send again",
        row="Row",
        suffix="-corrections",
        skipped="Not a claim",
        author="Collections",
        explains="This column says what has to be corrected in a row; the cells with mistakes are red."
        " Send the file back corrected, the column may stay.",
        values_only="Of your workbook only the sheet “{sheet}” is here, with values instead of formulas.",
        rows_only="Your list is long: only the rows that need correcting are here.",
        first_only="These are the first {count}, more will follow.",
    ),
}


def words_in(language: str) -> Words:
    """The words of a language; German where we do not have it."""
    return _WORDS.get(language, _WORDS["de"])


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be marked in one list. Rows are numbered as the sender's program shows them."""

    head: DocumentHead
    source: str
    problems: Mapping[int, Sequence[Problem]]
    skipped: Mapping[int, str]
    language: str
    rows_whole_max: int
    advice: Mapping[int, str] = {}  # what is best for each row that was taken, in words

    @property
    def words(self) -> Words:
        """The words of the reader's language."""
        return words_in(self.language)

    def to_mend(self) -> list[int]:
        """The rows that come back from a list that is too long to come back whole, ascending."""
        return sorted(self.problems)[: self.rows_whole_max]

    def told(self, row: int) -> str:
        """What is wrong in a row, in words; empty where nothing is."""
        return "  ·  ".join(f"{problem.message} {problem.fix}" for problem in self.problems.get(row, ()))

    def advised(self, row: int) -> str:
        """What is best for a row, in words; empty where it is no claim."""
        if not self.advice:
            return ""
        return self.words.mend if row in self.problems else self.advice.get(row, "")

    def explained(self, *, whole: bool) -> str:
        """What the reader should know of the column of mistakes."""
        said = [self.words.explains]
        if self.head.sheet is not None:
            said.append(self.words.values_only.format(sheet=self.head.sheet))
        if not whole:
            said.append(self.words.rows_only)
            if len(self.problems) > self.rows_whole_max:
                said.append(self.words.first_only.format(count=self.rows_whole_max))
        return "\n".join(said)


class Kept(NamedTuple):
    """The rows of a list that come back; `whole` when that is all of them."""

    rows: list[tuple[int, list]]  # type: ignore[type-arg]
    whole: bool


class Layout(NamedTuple):
    """Where things stand in a list; columns count from 0 and as the sender's list has them."""

    fields: dict[str, int]
    error_column: int
    advice_column: int | None  # only where there is advice
    adds_error_header: bool
    adds_row_column: bool


def keep(rows: Iterable[tuple[int, list[AnyCell]]], marks: Marks) -> Kept:
    """The rows that come back, read once: all of a short list, of a long one those to mend."""
    chosen = {*marks.to_mend(), *_header_rows(marks)}
    last = max(chosen)
    kept: list[tuple[int, list[AnyCell]]] = []
    whole = True
    for number, cells in rows:
        if whole and number > marks.rows_whole_max:
            whole = False
            kept = [row for row in kept if row[0] in chosen]
        if whole or number in chosen:
            kept.append((number, cells))
        if not whole and number >= last:
            break
    return Kept(kept, whole)


def lay_out(header: Sequence[str], width: int, marks: Marks, *, whole: bool) -> Layout:
    """Where the added columns go and which field stands in which; `width` is that of the widest row.

    A list that came back before has these columns already: they are filled anew, not doubled.
    """
    folded = [fold(text) for text in header]
    known = [column for column, text in enumerate(folded) if text in ERROR_HEADERS]
    advised = [column for column, text in enumerate(folded) if text in ADVICE_HEADERS]
    error_column = known[-1] if known else max(width, len(header))
    after = max(width, len(header), error_column + 1)
    fields = {field: column for field, text in marks.head.columns.items() for column in _found(text, folded)}
    return Layout(
        fields=fields,
        error_column=error_column,
        advice_column=(advised[-1] if advised else after) if marks.advice else None,
        adds_error_header=bool(header),
        adds_row_column=not whole and not (folded and folded[0] in ROW_HEADERS),
    )


def bad_cells(row: int, layout: Layout, marks: Marks) -> dict[int, list[Problem]]:
    """The columns of a row that hold mistakes; a mistake of the row as a whole has none."""
    bad: dict[int, list[Problem]] = {}
    for problem in marks.problems.get(row, ()):
        column = layout.fields.get(problem.field or "")
        if column is not None:
            bad.setdefault(column, []).append(problem)
    return bad


def _header_rows(marks: Marks) -> Iterator[int]:
    if marks.head.header_row is not None:
        yield marks.head.header_row


def _found(text: str, folded: Sequence[str]) -> Iterator[int]:
    """The column under a header; of a header in two rows the lower one ends the text."""
    wanted = fold(text)
    if wanted in folded:
        yield folded.index(wanted)
        return
    for column, name in enumerate(folded):
        if len(name) >= _SUFFIX_LENGTH_MIN and wanted.endswith(name):
            yield column
            return
