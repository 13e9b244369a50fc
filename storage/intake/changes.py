"""Rows that the store has with other content: updated while the case is checked, asked about later.

A change keeps the old values whole in an append-only event, so that it can be seen and taken back.
What a row leaves open of its debtor keeps its known value, unless it names somebody else: then nothing
of the former debtor stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from storage.books.claim_changes import Asked
from storage.counters import reserve_apart
from storage.engine.bulk import insert_rows, select_by_keys, update_rows
from storage.engine.instants import to_micros
from storage.entries import CLAIM_COLUMNS, DEBTOR_COLUMNS, ClaimEntry
from storage.identity import fold
from storage.intake.handover import COST_COLUMNS, EVENT_COLUMNS, actor_of, cost_rows, last_event_numbers
from storage.intake.inbox import Work

CHANGEABLE = ("VALIDATION",)
_WHO = ("kind", "name", "first_name", "company")
TASK_ROW = (
    "account_id",
    "task_id",
    "kind",
    "state",
    "submission_id",
    "case_id",
    "detail",
    "created_at",
)

Place = tuple[int, int]  # case and position of a claim


class Version(msgspec.Struct, frozen=True, kw_only=True):
    """One state of a claim with its costs and its debtor, as an event's detail keeps it."""

    claim: dict[str, int | str | None]
    costs: list[tuple[str, int]]
    debtor: dict[str, str | None]
    content: bytes
    debtor_key: bytes


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """The detail of a `row_changed` event."""

    position: int
    document: int
    row: int
    old: Version
    new: Version


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as the store has it."""

    status: str
    debtor_id: int
    version: Version


def apply_changes(
    connection: Connection, work: Work, entries: Sequence[tuple[ClaimEntry, Place]], now: datetime
) -> dict[Place, tuple[Version, Version]]:
    """Apply the changed rows of a chunk, in order; a row may come twice.

    Returns what was applied: each claim as it was and as it is.
    """
    if not entries:
        return {}
    current = current_claims(connection, work.account_id, {case_id for _, (case_id, _) in entries})
    changed: dict[Place, Version] = {}
    history: list[tuple[int, str, RowChange]] = []
    requests: list[tuple[int, RowChange]] = []
    debtors: dict[int, Version] = {}
    for entry, place in entries:
        claim = current[place]
        old = _with_debtor(changed.get(place, claim.version), debtors.get(claim.debtor_id))
        new = _said(entry, old)
        change = RowChange(position=place[1], document=entry.document, row=entry.row, old=old, new=new)
        if claim.status not in CHANGEABLE:
            requests.append((place[0], change))
            continue
        changed[place] = debtors[claim.debtor_id] = new
        history.append((place[0], claim.status, change))
    write_versions(connection, work.account_id, changed)
    write_debtors(connection, work.account_id, debtors)
    _write_history(connection, work, history, to_micros(now))
    _ask_operator(connection, work, requests, to_micros(now))
    return {place: (current[place].version, version) for place, version in changed.items()}


def asked_by(version: Version) -> Asked:
    """What a version of a claim asks for, for the books."""
    principal = version.claim["principal_cents"]
    assert isinstance(principal, int), "an amount is whole cents"
    return Asked(principal=principal, costs=version.costs)


def current_claims(connection: Connection, account_id: int, case_ids: Iterable[int]) -> dict[Place, Current]:
    """All claims of some cases with their costs and debtors."""
    wanted = list(case_ids)
    costs = _costs(connection, account_id, wanted)
    claim = ", ".join(f"c.{column}" for column in CLAIM_COLUMNS)
    debtor = ", ".join(f"d.{column}" for column in DEBTOR_COLUMNS)
    found = select_by_keys(
        connection,
        f"c.case_id, c.position, k.status, d.debtor_id, c.content, d.debtor_key, {claim}, {debtor}",
        "claims c",
        "c.case_id",
        account_id=account_id,
        values=wanted,
        joined="JOIN cases k ON k.account_id = c.account_id AND k.case_id = c.case_id "
        "JOIN debtors d ON d.account_id = k.account_id AND d.debtor_id = k.debtor_id",
    )
    middle = 6 + len(CLAIM_COLUMNS)
    return {
        (row[0], row[1]): Current(
            status=row[2],
            debtor_id=row[3],
            version=Version(
                claim=dict(zip(CLAIM_COLUMNS, row[6:middle], strict=True)),
                costs=costs.get((row[0], row[1]), []),
                debtor=dict(zip(DEBTOR_COLUMNS, row[middle:], strict=True)),
                content=bytes(row[4]),
                debtor_key=bytes(row[5]),
            ),
        )
        for row in found
    }


def write_versions(connection: Connection, account_id: int, versions: Mapping[Place, Version]) -> None:
    """Set claims and their costs to the given versions."""
    update_rows(
        connection,
        "claims",
        (*CLAIM_COLUMNS, "content"),
        [(*version.claim.values(), version.content, *place) for place, version in versions.items()],
        account_id=account_id,
        keys=("case_id", "position"),
    )
    _write_costs(connection, account_id, versions)


def write_debtors(connection: Connection, account_id: int, debtors: Mapping[int, Version]) -> None:
    """Set debtors, named by their ids, to what the given versions say of them."""
    update_rows(
        connection,
        "debtors",
        (*DEBTOR_COLUMNS, "debtor_key"),
        [(*version.debtor.values(), version.debtor_key, debtor_id) for debtor_id, version in debtors.items()],
        account_id=account_id,
        keys=("debtor_id",),
    )


def _said(entry: ClaimEntry, old: Version) -> Version:
    return Version(
        claim=dict(zip(CLAIM_COLUMNS, entry.claim, strict=True)),
        costs=list(entry.costs),
        debtor=_corrected(old.debtor, dict(zip(DEBTOR_COLUMNS, entry.debtor, strict=True))),
        content=entry.content,
        debtor_key=entry.debtor_key,
    )


def _corrected(known: Mapping[str, str | None], said: dict[str, str | None]) -> dict[str, str | None]:
    """What a row says of its debtor, its gaps filled from what is known of the same person only. Pure."""
    if any(fold(known[column]) != fold(said[column]) for column in _WHO):
        return said
    return {column: known[column] if value is None else value for column, value in said.items()}


def _with_debtor(version: Version, newer: Version | None) -> Version:
    """A version beside whose claim another row of the chunk has changed the debtor."""
    if newer is None:
        return version
    return msgspec.structs.replace(version, debtor=newer.debtor, debtor_key=newer.debtor_key)


def _costs(
    connection: Connection, account_id: int, case_ids: Iterable[int]
) -> dict[Place, list[tuple[str, int]]]:
    columns, ending = "n.case_id, n.position, n.kind, n.cents", "ORDER BY n.case_id, n.position, n.number"
    found = select_by_keys(
        connection,
        columns,
        "creditor_costs n",
        "n.case_id",
        account_id=account_id,
        values=case_ids,
        ending=ending,
    )
    costs: dict[Place, list[tuple[str, int]]] = {}
    for case_id, position, kind, cents in found:
        costs.setdefault((case_id, position), []).append((kind, cents))
    return costs


def _write_costs(connection: Connection, account_id: int, versions: Mapping[Place, Version]) -> None:
    if not versions:
        return
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    old = f"DELETE FROM creditor_costs WHERE account_id = {mark} AND case_id = {mark} AND position = {mark}"  # noqa: S608
    connection.exec_driver_sql(old, [(account_id, *place) for place in versions])
    rows = [
        row for place, version in versions.items() for row in cost_rows(account_id, *place, version.costs)
    ]
    insert_rows(connection, "creditor_costs", COST_COLUMNS, rows)


def _write_history(
    connection: Connection, work: Work, history: Sequence[tuple[int, str, RowChange]], at: int
) -> None:
    numbers = last_event_numbers(connection, work.account_id, {case_id for case_id, _, _ in history})
    rows = []
    for case_id, status, change in history:
        numbers[case_id] += 1
        head = (work.account_id, case_id, numbers[case_id], at, actor_of(work), status, status)
        rows.append((*head, "row_changed", None, work.submission_id, _json(change)))
    insert_rows(connection, "case_events", EVENT_COLUMNS, rows)


def _ask_operator(
    connection: Connection, work: Work, requests: Sequence[tuple[int, RowChange]], at: int
) -> None:
    """Open a change request for each row, unless the same one waits already."""
    waiting = _requested(connection, work.account_id, {case_id for case_id, _ in requests})
    asked = [
        (case_id, change)
        for case_id, change in requests
        if (case_id, change.position, change.new.content) not in waiting
    ]
    if not asked:
        return
    first = reserve_apart(connection, "task", len(asked))
    rows = [
        (work.account_id, task_id, "change_request", "open", work.submission_id, case_id, _json(change), at)
        for task_id, (case_id, change) in enumerate(asked, first)
    ]
    insert_rows(connection, "tasks", TASK_ROW, rows)


def _requested(
    connection: Connection, account_id: int, case_ids: Iterable[int]
) -> set[tuple[int, int, bytes]]:
    ending = "AND t.state = 'open' AND t.kind = 'change_request'"
    found = select_by_keys(
        connection,
        "t.case_id, t.detail",
        "tasks t",
        "t.case_id",
        account_id=account_id,
        values=case_ids,
        ending=ending,
    )
    changes = [(case_id, msgspec.json.decode(detail, type=RowChange)) for case_id, detail in found]
    return {(case_id, change.position, change.new.content) for case_id, change in changes}


def _json(change: RowChange) -> str:
    return msgspec.json.encode(change).decode()
