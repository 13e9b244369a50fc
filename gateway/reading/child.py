"""What a reading process does: one job in, frames out.

Everything that touches the bytes of a stranger happens here, under limits, so that a poison file
kills this process and nothing else.
"""

from collections.abc import Iterator
from pathlib import Path

from gateway.reading.wire import (
    AcceptedRow,
    Copy,
    End,
    Entries,
    Frame,
    Head,
    Job,
    Rejected,
    Rows,
    Skipped,
    Tail,
)
from parsers.reading import Options, read_source
from parsers.sheets.annotated import ROWS_WHOLE_MAX, annotate
from parsers.sheets.triage import advice_for, advice_text
from storage.entries import Entry, entry_of
from storage.identity import occurrence_key
from storage.records import DocumentHead, DocumentTail, Problem, RejectedRow, Row, SkippedRow

ROWS_A_FRAME = 2_500
CHARACTERS_A_FRAME = 2_000_000
COPY_BYTES_MAX = 8 << 20  # what grows beyond this would not pass the reader's mail server either
PROBLEM_ROWS_MAX = 100_000  # beyond this many bad rows the copy says no more than the answer does


def frames_of(job: Job) -> Iterator[Frame]:
    """All frames of a job, in order, ended by `End`."""
    options = Options(language=job.language, today=job.today, rows_max=job.rows_max)
    document = _Document(-1, job)
    for item in read_source(Path(job.path), job.name, is_mail=job.is_mail, options=options):
        if isinstance(item, DocumentHead):
            document = _Document(document.number + 1, job, item)
            yield Head(document.number, item)
        elif isinstance(item, DocumentTail):
            yield from document.end(item)
        else:
            yield from document.add(item)
    yield End()


class _Document:
    """One document on its way out: rows collected into frames, problems kept for the copy."""

    def __init__(self, number: int, job: Job, head: DocumentHead | None = None) -> None:
        self.number = number
        self._job = job
        self._head = head
        self._characters = 0
        self._entries: list[Entry] = []
        self._rows: list[AcceptedRow | Rejected | Skipped] = []
        self._occurrences: dict[bytes, int] = {}
        self._problems: dict[int, tuple[Problem, ...]] = {}
        self._skipped: dict[int, str] = {}
        self._advice: dict[int, str] = {}

    def add(self, item: Row | RejectedRow | SkippedRow) -> Iterator[Frame]:
        if self._job.wants_rows:
            self._rows.append(_shown(item))
        else:
            self._entries.append(self._entry(item))
        self._characters += _length(item)
        if len(self._entries) + len(self._rows) >= ROWS_A_FRAME or self._characters > CHARACTERS_A_FRAME:
            yield from self._flush()

    def end(self, tail: DocumentTail) -> Iterator[Frame]:
        yield from self._flush()
        yield Tail(self.number, tail)
        if self._problems and self._head is not None and self._head.path is not None:
            rebuilt = annotate(
                Path(self._head.path),
                self._head.name,
                self._head,
                self._problems,
                self._skipped,
                self._job.language,
                advice=self._advice,
            )
            if rebuilt is not None and len(rebuilt[1]) <= COPY_BYTES_MAX:
                yield Copy(self.number, *rebuilt)

    def _entry(self, item: Row | RejectedRow | SkippedRow) -> Entry:
        if len(self._advice) < ROWS_WHOLE_MAX and isinstance(item, Row) and self._head is not None:
            advice = advice_for(item, self._head, self._job.today)
            self._advice[item.row] = advice_text(advice, self._job.language)
        if isinstance(item, RejectedRow):
            if len(self._problems) < PROBLEM_ROWS_MAX:
                self._problems[item.row] = item.problems
        elif isinstance(item, SkippedRow):
            self._skipped[item.row] = item.reason
        elif not item.invoice_number:
            key = occurrence_key(item)
            nth = self._occurrences[key] = self._occurrences.get(key, 0) + 1
            return entry_of(item, self.number, nth)
        return entry_of(item, self.number)

    def _flush(self) -> Iterator[Frame]:
        self._characters = 0
        if self._entries:
            yield Entries(self._entries)
            self._entries = []
        if self._rows:
            yield Rows(self._rows)
            self._rows = []


def _length(item: Row | RejectedRow | SkippedRow) -> int:
    """About how long the texts of an item are; only what may be long is looked at."""
    if isinstance(item, Row):
        return len(item.ground or "") + len(item.warnings) * 200
    return len(item.problems) * 400 if isinstance(item, RejectedRow) else 0


def _shown(item: Row | RejectedRow | SkippedRow) -> AcceptedRow | Rejected | Skipped:
    if isinstance(item, Row):
        return AcceptedRow(item)
    return Rejected(item) if isinstance(item, RejectedRow) else Skipped(item)
