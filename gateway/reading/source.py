"""Reads one file or text for somebody who waits, whole and without a store: `inkasso read`."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from gateway.listeners.spool import work_folder
from gateway.reading.pool import ReaderDiedError, ReaderPool
from gateway.reading.wire import Head, Job, Rows, Tail
from parsers.document_json import documents_json
from parsers.problems import Code, make_problem
from storage.records import DocumentHead, DocumentTail, Item, Kind


def read_file(
    path: Path,
    *,
    today: date,
    language: str,
    rows_max: int,
    on_rows: Callable[[int], None] | None = None,
) -> dict[str, Any]:
    """The `read` document of the contract. Raises OSError when the file cannot be read."""
    with work_folder() as scratch:
        source = scratch / "source"
        shutil.copyfile(path, source)
        name = os.fsencode(path.name).decode("utf-8", "replace")
        return _read(_job(source, name, today, language, rows_max), on_rows)


def read_text(text: str, *, today: date, language: str) -> dict[str, Any]:
    """The same of a text that somebody typed."""
    with work_folder() as scratch:
        source = scratch / "source"
        source.write_text(text, encoding="utf-8")
        job = _job(source, "text", today, language, rows_max=1)
        return _read(msgspec.structs.replace(job, is_message=True), None)


def _job(source: Path, name: str, today: date, language: str, rows_max: int) -> Job:
    return Job(
        path=str(source),
        name=name,
        scratch=str(source.parent),
        is_mail=False,
        language=language,
        today=today,
        rows_max=rows_max,
        wants_rows=True,
    )


def _read(job: Job, on_rows: Callable[[int], None] | None) -> dict[str, Any]:
    return {"source": job.name, **documents_json(_items(ReaderPool(ready=0), job, on_rows))}


def _items(pool: ReaderPool, job: Job, on_rows: Callable[[int], None] | None) -> Iterator[Item]:
    """The items of a job; a reader that dies leaves one more document that says so."""
    open_head, rows = False, 0
    try:
        for frame in pool.read(job):
            match frame:
                case Head(head=head):
                    open_head = True
                    yield head
                case Rows(rows=found):
                    yield from (row.row for row in found)
                    rows += len(found)
                    if on_rows is not None:
                        on_rows(rows)
                case Tail(tail=tail):
                    open_head = False
                    yield tail
    except ReaderDiedError:
        problem = make_problem(Code.READING_STOPPED, job.language)
        if open_head:
            yield DocumentTail(rows_total=rows, problems=(problem,))
        yield DocumentHead(kind=Kind.UNREADABLE, name=job.name, problems=(problem,))
        yield DocumentTail(rows_total=0)
