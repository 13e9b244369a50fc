"""What must hold of every outcome, whatever was read."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from gateway.reading.pool import ReaderDiedError, ReaderPool
from gateway.reading.wire import Head, Job, Rows, Tail
from parsers.document_json import documents_json
from storage.records import Item

TODAY = date(2026, 4, 20)
OURS = (
    "AssertionError",
    "TypeError",
    "KeyError",
    "AttributeError",
    "NameError",
    "IndexError",
    "UnboundLocalError",
)
_COUNTED = ("accepted", "rejected", "skipped")
_SAYS_WHY = frozenset({"unreadable", "empty"})


def read_in_a_process(
    pool: ReaderPool, path: Path, scratch: Path, *, is_mail: bool = False
) -> list[dict[str, Any]]:
    """The documents of a file, read as the gateway reads it. Raises ReaderDiedError."""
    job = Job(
        path=str(path),
        name=path.name,
        scratch=str(scratch),
        is_mail=is_mail,
        language="de",
        today=TODAY,
        rows_max=2_000_000,
        wants_rows=True,
    )
    documents: list[dict[str, Any]] = documents_json(_items(pool, job))["documents"]
    return documents


def _items(pool: ReaderPool, job: Job) -> Iterator[Item]:
    for frame in pool.read(job):
        match frame:
            case Head(head=head):
                yield head
            case Rows(rows=rows):
                yield from (row.row for row in rows)
            case Tail(tail=tail):
                yield tail


def faults_of(documents: list[dict[str, Any]]) -> list[str]:
    """What does not hold of the documents of a source; empty where all is well."""
    faults = [] if documents else ["no document"]
    json.loads(json.dumps(documents, allow_nan=False))
    for document in documents:
        problems = document.get("problems", [])
        if document["kind"] == "claims":
            counted = sum(len(document[part]) for part in _COUNTED)
            if counted != document["rows_total"]:
                faults.append(f"rows_total is {document['rows_total']}, counted {counted}")
            for row in document["rejected"]:
                problems = problems + row["problems"]
                if not row["problems"]:
                    faults.append(f"row {row['row']} is rejected without a reason")
        if document["kind"] in _SAYS_WHY and not problems:
            faults.append("no reason")
        faults += [f"no mending: {one['code']}" for one in problems if not (one["message"] and one["fix"])]
        faults += [
            f"a mistake of ours: {one['message']}"
            for one in problems
            if any(o in one["message"] for o in OURS)
        ]
    return faults


def outcome_of(documents: list[dict[str, Any]]) -> str:
    """The kinds of the documents and the codes of what keeps them from being read."""
    return " + ".join(sorted({_short(document) for document in documents}))


def _short(document: dict[str, Any]) -> str:
    if document["kind"] in _SAYS_WHY:
        return f"{document['kind']} ({', '.join(one['code'] for one in document['problems'])})"
    if document["kind"] == "claims":
        taken = "some rows taken" if document["accepted"] else "no row taken"
        return f"claims ({'asked' if document['needs_answer'] else taken})"
    return str(document["kind"])


__all__ = ["ReaderDiedError", "faults_of", "outcome_of", "read_in_a_process"]
