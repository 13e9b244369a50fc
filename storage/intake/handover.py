"""New claims become cases: the rows of one debtor in one submission are one case with several claims.

An older case of the debtor that is not past its checks takes them in; otherwise they open a new
case, linked to the debtor's first. What two rows say differently of one debtor is kept in the
history, what only one of them says is filled in.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.case_number import make_case_id
from storage.counters import reserve_apart
from storage.engine.bulk import insert_rows, select_by_keys, update_rows
from storage.engine.instants import to_micros
from storage.entries import CLAIM_COLUMNS, DEBTOR_COLUMNS, ClaimEntry
from storage.intake.inbox import Work

JOINABLE = ("VALIDATION", "ENRICHMENT")
EVENT_COLUMNS = (
    "account_id",
    "case_id",
    "number",
    "at",
    "actor",
    "from_status",
    "to_status",
    "trigger",
    "reason",
    "submission_id",
    "detail",
)
COST_COLUMNS = ("account_id", "case_id", "position", "number", "kind", "cents")
_DEBTOR_ROW = ("account_id", "debtor_id", "debtor_key", "current_case_id", *DEBTOR_COLUMNS)
_CASE_ROW = (
    "account_id",
    "case_id",
    "debtor_id",
    "submission_id",
    "status",
    "mode",
    "opened_at",
    "status_since",
    "linked_case_id",
)
_CLAIM_ROW = (
    "account_id",
    "case_id",
    "position",
    "submission_id",
    "document",
    "row",
    "identity",
    "content",
    *CLAIM_COLUMNS,
)

DebtorValues = tuple[str | None, ...]


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """A debtor of the store and its current case."""

    debtor_id: int
    case_id: int
    status: str
    mode: str
    submission_id: int
    last_position: int
    debtor: DebtorValues


class _Rows(msgspec.Struct):
    """What one chunk inserts."""

    debtors: list[tuple[Any, ...]] = []
    cases: list[tuple[Any, ...]] = []
    claims: list[tuple[Any, ...]] = []
    costs: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    joins: list[tuple[int, str, str | None]] = []  # case, status and detail of claims_joined events
    filled: list[tuple[Any, ...]] = []  # debtor values and their debtor_id
    moved: list[tuple[int, int]] = []  # current case and debtor_id


class _Handover(msgspec.Struct, frozen=True, kw_only=True):
    """What all rows of one chunk have in common."""

    account_id: int
    submission_id: int
    mode: str
    actor: str
    at: int


def actor_of(work: Work) -> str:
    """Who is behind a submission, for the history."""
    return "operator" if work.trust == "operator" else "creditor"


def hand_over(
    connection: Connection, work: Work, mode: str, entries: Sequence[ClaimEntry], now: datetime
) -> dict[bytes, tuple[int, int]]:
    """Write new claims with their cases and debtors; returns case and position by row identity."""
    handover = _Handover(
        account_id=work.account_id,
        submission_id=work.submission_id,
        mode=mode,
        actor=actor_of(work),
        at=to_micros(now),
    )
    groups: dict[bytes, list[ClaimEntry]] = {}
    for entry in entries:
        groups.setdefault(entry.debtor_key, []).append(entry)
    known = _known_debtors(connection, work.account_id, groups)
    joined = {
        key: debtor for key, debtor in known.items() if debtor.status in JOINABLE and debtor.mode == mode
    }
    year = now.year % 100
    fresh = len(groups) - len(joined)
    serial = reserve_apart(connection, f"case-{year:02d}", fresh) if fresh else 0
    rows = _Rows()
    placed: dict[bytes, tuple[int, int]] = {}
    for key, group in groups.items():
        debtor = joined.get(key)
        if debtor is not None:
            case_id, last = debtor.case_id, debtor.last_position
            _join(rows, handover, debtor, group)
        else:
            case_id, last = make_case_id(year, serial), 0
            serial += 1
            _open(rows, handover, case_id, known.get(key), group)
        for position, entry in enumerate(group, last + 1):
            _claim(rows, handover, case_id, position, entry)
            placed[entry.identity] = (case_id, position)
    _tell_joins(connection, rows, handover)
    _write(connection, work.account_id, rows)
    return placed


def merge_debtor(known: DebtorValues, said: DebtorValues) -> tuple[DebtorValues, dict[str, str]]:
    """Known values with their gaps filled, and what is said differently, by column. Pure."""
    if known == said:
        return known, {}
    merged = tuple(new if old is None else old for old, new in zip(known, said, strict=True))
    differing = {
        column: new
        for column, old, new in zip(DEBTOR_COLUMNS, merged, said, strict=True)
        if new is not None and new != old
    }
    return merged, differing


def last_event_numbers(connection: Connection, account_id: int, case_ids: Iterable[int]) -> dict[int, int]:
    """The number of the newest event of each case."""
    found = select_by_keys(
        connection,
        "e.case_id, max(e.number)",
        "case_events e",
        "e.case_id",
        account_id=account_id,
        values=case_ids,
        ending="GROUP BY e.case_id",
    )
    return {row[0]: row[1] for row in found}


def cost_rows(
    account_id: int, case_id: int, position: int, costs: Iterable[tuple[str, int]]
) -> list[tuple[Any, ...]]:
    """The creditor's costs of one claim as rows of COST_COLUMNS."""
    return [
        (account_id, case_id, position, number, kind, cents) for number, (kind, cents) in enumerate(costs, 1)
    ]


def _known_debtors(connection: Connection, account_id: int, keys: Iterable[bytes]) -> dict[bytes, _Known]:
    """The debtors of these keys that the store has, each with its current case."""
    said = ", ".join(f"d.{column}" for column in DEBTOR_COLUMNS)
    last = "SELECT max(c.position) FROM claims c WHERE c.account_id = k.account_id AND c.case_id = k.case_id"
    found = select_by_keys(
        connection,
        f"d.debtor_key, d.debtor_id, k.case_id, k.status, k.mode, k.submission_id, ({last}), {said}",
        "debtors d",
        "d.debtor_key",
        account_id=account_id,
        values=keys,
        joined="JOIN cases k ON k.account_id = d.account_id AND k.case_id = d.current_case_id",
        ending="ORDER BY d.debtor_id DESC",  # of two that have come to be alike, the older one stays
    )
    return {
        bytes(key): _Known(
            debtor_id=debtor_id,
            case_id=case_id,
            status=status,
            mode=mode,
            submission_id=submission_id,
            last_position=last_position or 0,
            debtor=tuple(values),
        )
        for key, debtor_id, case_id, status, mode, submission_id, last_position, *values in found
    }


def _open(
    rows: _Rows, handover: _Handover, case_id: int, known: _Known | None, group: Sequence[ClaimEntry]
) -> None:
    """A new case with its first event: of a new debtor, or of a known one whose case takes no more."""
    account_id, submission_id, at = handover.account_id, handover.submission_id, handover.at
    first = group[0]
    values, detail = first.debtor, None
    if known is not None or len(group) > 1:
        values, detail = _heard(first.debtor if known is None else known.debtor, group)
    if known is None:
        debtor_id, linked = case_id, None
        rows.debtors.append((account_id, debtor_id, first.debtor_key, case_id, *values))
    else:
        debtor_id = linked = known.debtor_id
        rows.moved.append((case_id, debtor_id))
        if values != known.debtor:
            rows.filled.append((*values, debtor_id))
    status = "VALIDATION"
    rows.cases.append((account_id, case_id, debtor_id, submission_id, status, handover.mode, at, at, linked))
    head = (account_id, case_id, 1, at, handover.actor, None, status)
    rows.events.append((*head, "handover", None, submission_id, detail))


def _join(rows: _Rows, handover: _Handover, known: _Known, group: Sequence[ClaimEntry]) -> None:
    """Claims for a case that is there and takes them."""
    values, detail = _heard(known.debtor, group)
    if values != known.debtor:
        rows.filled.append((*values, known.debtor_id))
    if known.submission_id != handover.submission_id or detail is not None:
        rows.joins.append((known.case_id, known.status, detail))
    # else the same handover goes on; its event stands already


def _tell_joins(connection: Connection, rows: _Rows, handover: _Handover) -> None:
    """The events of the cases that claims have joined."""
    joined = [case_id for case_id, _, _ in rows.joins]
    numbers = last_event_numbers(connection, handover.account_id, joined)
    for case_id, status, detail in rows.joins:
        head = (handover.account_id, case_id, numbers[case_id] + 1, handover.at, handover.actor)
        rows.events.append((*head, status, status, "claims_joined", None, handover.submission_id, detail))


def _heard(values: DebtorValues, group: Sequence[ClaimEntry]) -> tuple[DebtorValues, str | None]:
    """The debtor after all rows of a group, and what they said differently as JSON for the history."""
    differing = []
    for entry in group:
        values, other = merge_debtor(values, entry.debtor)
        if other:
            differing.append({"document": entry.document, "row": entry.row, "debtor": other})
    return values, msgspec.json.encode({"differing": differing}).decode() if differing else None


def _claim(rows: _Rows, handover: _Handover, case_id: int, position: int, entry: ClaimEntry) -> None:
    account_id = handover.account_id
    head = (account_id, case_id, position, handover.submission_id, entry.document, entry.row)
    rows.claims.append((*head, entry.identity, entry.content, *entry.claim))
    if entry.costs:
        rows.costs.extend(cost_rows(account_id, case_id, position, entry.costs))


def _write(connection: Connection, account_id: int, rows: _Rows) -> None:
    insert_rows(connection, "debtors", _DEBTOR_ROW, rows.debtors)
    insert_rows(connection, "cases", _CASE_ROW, rows.cases)
    insert_rows(connection, "claims", _CLAIM_ROW, rows.claims)
    insert_rows(connection, "creditor_costs", COST_COLUMNS, rows.costs)
    insert_rows(connection, "case_events", EVENT_COLUMNS, rows.events)
    update_rows(
        connection, "debtors", DEBTOR_COLUMNS, rows.filled, account_id=account_id, keys=("debtor_id",)
    )
    update_rows(
        connection, "debtors", ("current_case_id",), rows.moved, account_id=account_id, keys=("debtor_id",)
    )
