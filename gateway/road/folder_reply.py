"""The acknowledgement in a drop folder: outcome as JSON and CSV, and the sender's list rebuilt."""

from collections.abc import Collection, Iterable, Iterator
from itertools import chain, count
from pathlib import PurePath
from typing import Any

import msgspec
from sqlalchemy import Connection

from gateway.listeners.drop.names import fitted, receipt
from gateway.listeners.drop.names import outcome as outcome_name
from gateway.road.outcome_files import is_long, outcome_table
from gateway.road.report import Told
from storage.accounts import Account
from storage.intake.inbox import Work
from storage.intake.outbox import Deliverable
from storage.intake.submissions import format_submission


def folder_files(
    connection: Connection, work: Work, account: Account, told: Told, names: list[str]
) -> list[Deliverable]:
    """`<name>.outcome.csv`, the annotated copies and, last of all, `<name>.outcome.json`, for `out/`.

    Whoever waits for the JSON finds the others in place. A file of which nothing could be read is
    moved to `failed/`.
    """
    label = format_submission(work.submission_id)
    name, out = work.source_name or label, f"{account.drop_folder}/out"
    table_name = fitted("", name, ".outcome.csv")
    copy_names = apart((copy.name for copy in told.copies), {table_name, outcome_name(name), receipt(name)})

    def deliverable(kind: str, recipient: str, content: bytes) -> Deliverable:
        return Deliverable(
            kind=kind,
            recipient=recipient,
            subject=told.answer.subject,
            content=content,
            message_id=f"{label}/{recipient}",
        )

    def files() -> Iterator[Deliverable]:
        if told.summary is not None:
            is_made_later = is_long(told.summary)
            table = b"" if is_made_later else b"".join(outcome_table(connection, told.summary, names))
            yield deliverable("table" if is_made_later else "file", f"{out}/{table_name}", table)
        for copy_name, copy in zip(copy_names, told.copies, strict=True):
            yield deliverable("file", f"{out}/{copy_name}", copy.content)
        if not told.ok:
            yield deliverable("failed", account.drop_folder, b"")
        outcome = msgspec.json.format(msgspec.json.encode(_outcome(work, told, copy_names)), indent=2)
        yield deliverable("file", f"{out}/{outcome_name(name)}", outcome)

    return list(files())


def apart(wanted: Iterable[str], taken: Collection[str]) -> list[str]:
    """The names as file names, equal ones numbered: two documents of a zip may have the same name."""
    used = {name.casefold() for name in taken}  # some systems do not tell `A.csv` from `a.csv`
    names = []
    for name in wanted:
        tried = chain([fitted("", name, "")], (_numbered(name, number) for number in count(2)))
        free = next(one for one in tried if one.casefold() not in used)
        used.add(free.casefold())
        names.append(free)
    return names


def _numbered(name: str, number: int) -> str:
    path = PurePath(name)
    return fitted("", path.stem, f" ({number}){path.suffix}")


def _outcome(work: Work, told: Told, copy_names: list[str]) -> dict[str, Any]:
    head: dict[str, Any] = {
        "submission": format_submission(work.submission_id),
        "name": work.source_name,
        "sha256": work.sha256.hex(),
        "received_at": work.received_at,
        "ok": told.ok,
    }
    if told.summary is not None:
        names = ("rows_total", "new", "unchanged", "changed", "rejected", "skipped")
        head |= {name: getattr(told.summary, name) for name in names}
    return head | {"text": told.answer.text, "files": copy_names}
