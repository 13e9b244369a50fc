"""What a reading process does: one job in, frames out.

Everything that touches the bytes of a stranger happens here, under limits, so that a poison file
kills this process and nothing else.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from gateway.reading.wire import (
    AcceptedRow,
    Copy,
    Customers,
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
from parsers.invoices.prefilled import prefilled
from parsers.reading import Options, Part, read_message, read_parts
from parsers.sheets.annotated import ROWS_WHOLE_MAX, annotate
from parsers.sheets.triage import advice_for, advice_text
from storage.entries import entries_of
from storage.records import (
    Customer,
    DocumentHead,
    DocumentTail,
    Kind,
    Problem,
    RejectedRow,
    Row,
    RowItem,
    SkippedRow,
)

ROWS_A_FRAME = 2_500
CHARACTERS_A_FRAME = 2_000_000
COPY_BYTES_MAX = 8 << 20  # what grows beyond this would not pass the reader's mail server either
PROBLEM_ROWS_MAX = 100_000  # beyond this many bad rows the copy says no more than the answer does


def frames_of(job: Job) -> Iterator[Frame]:
    """All frames of a job, in order, ended by `End`."""
    options = Options(
        language=job.language,
        today=job.today,
        rows_max=job.rows_max,
        creditor=job.creditor,
        answers=job.answers,
        customers=Path(job.customers) if job.customers is not None else None,
    )
    document = _Document(-1, job)
    customers: list[Customer] = []
    for part in _parts(job, options):
        if isinstance(part, Customer):
            customers.append(part)
        if customers and (len(customers) == ROWS_A_FRAME or not isinstance(part, Customer)):
            yield Customers(customers)
            customers = []
        if isinstance(part, Customer):
            continue
        if isinstance(part, DocumentHead):
            document = _Document(document.number + 1, job, part)
            yield Head(document.number, part)
        elif isinstance(part, DocumentTail):
            yield from document.end(part)
        else:
            yield from document.add(part if isinstance(part, list) else [part])
    if customers:
        yield Customers(customers)
    yield End()


def _parts(job: Job, options: Options) -> Iterator[Part]:
    if job.is_message:
        return read_message(Path(job.path), job.name, options)
    return read_parts(Path(job.path), job.name, is_mail=job.is_mail, options=options)


class _Document:
    """One document on its way out: rows collected into frames, problems kept for the copy."""

    def __init__(self, number: int, job: Job, head: DocumentHead | None = None) -> None:
        self.number = number
        self._job = job
        self._head = head
        self._characters = 0
        self._ready: list[Any] = []  # entries, or rows where those are wanted
        self._occurrences: dict[bytes, int] = {}
        self._problems: dict[int, tuple[Problem, ...]] = {}
        self._skipped: dict[int, str] = {}
        self._asked: Row | None = None  # of a plain invoice: what its sender is to check
        self._advice: dict[int, str] = {}

    def add(self, items: list[RowItem]) -> Iterator[Frame]:
        """Take the next rows; the frames that are full now."""
        characters = sum(map(_length, items))
        if characters > CHARACTERS_A_FRAME and len(items) > 1:
            for item in items:
                yield from self.add([item])
            return
        self._characters += characters
        if self._job.wants_rows:
            self._ready += map(_shown, items)
        else:  # few at a time, while what was read is in the processor's cache
            self._keep(items)
            self._ready += entries_of(items, self.number, self._occurrences)
        while len(self._ready) >= ROWS_A_FRAME or self._characters > CHARACTERS_A_FRAME:
            yield self._frame()

    def end(self, tail: DocumentTail) -> Iterator[Frame]:
        if self._ready:
            yield self._frame()
        yield Tail(self.number, tail if self._job.wants_rows else msgspec.structs.replace(tail, skipped=()))
        rebuilt = self._copy()
        if rebuilt is not None and len(rebuilt[1]) <= COPY_BYTES_MAX:
            yield Copy(self.number, *rebuilt)

    def _copy(self) -> tuple[str, bytes] | None:
        """What goes back to be mended: the sender's list, or what was read of an invoice, as a table."""
        head = self._head
        if head is None:
            return None
        if head.kind is Kind.INVOICE and head.needs_answer and self._asked is not None:
            return prefilled(head.name, self._asked, self._job.language)
        if head.kind is not Kind.CLAIMS or not self._problems or head.path is None:
            return None
        return annotate(
            Path(head.path),
            head.name,
            head,
            self._problems,
            self._skipped,
            self._job.language,
            advice=self._advice,
        )

    def _frame(self) -> Frame:
        ready, self._ready = self._ready[:ROWS_A_FRAME], self._ready[ROWS_A_FRAME:]
        self._characters = 0
        return Rows(ready) if self._job.wants_rows else Entries(ready)

    def _keep(self, items: list[RowItem]) -> None:
        """Remember what a copy will need."""
        if len(self._advice) < ROWS_WHOLE_MAX:
            for item in items:
                if isinstance(item, Row):
                    self._advise(item)
        for item in items:
            if type(item) is Row:
                continue
            if isinstance(item, SkippedRow):
                self._skipped[item.row] = item.reason
            elif isinstance(item, RejectedRow):
                self._asked = item.read
                if len(self._problems) < PROBLEM_ROWS_MAX:
                    self._problems[item.row] = item.problems

    def _advise(self, row: Row) -> None:
        """What is best done with a row, for the copy; of long lists only bad rows come back."""
        if len(self._advice) < ROWS_WHOLE_MAX and self._head is not None:
            advice = advice_for(row, self._head, self._job.today)
            self._advice[row.row] = advice_text(advice, self._job.language)


def _length(item: RowItem) -> int:
    """About how long the texts of an item are; only what may be long is looked at."""
    if isinstance(item, Row):
        return len(item.ground or "") + len(item.warnings) * 200
    return len(item.problems) * 400 if isinstance(item, RejectedRow) else 0


def _shown(item: RowItem) -> AcceptedRow | Rejected | Skipped:
    if isinstance(item, Row):
        return AcceptedRow(item)
    return Rejected(item) if isinstance(item, RejectedRow) else Skipped(item)
