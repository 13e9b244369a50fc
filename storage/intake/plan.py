"""What will become of every row, decided before anything is written.

Dry run, preview and commit go through here; the digest of a plan proves that they agree. The digest
is chained from chunk to chunk, so that the last one stands for the whole submission.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, select

from storage.engine.bulk import select_if_dense
from storage.engine.schema import claims
from storage.entries import ClaimEntry, Entry, RejectedEntry, SkippedEntry
from storage.intake.twins import find_twins

CHUNK_ENTRIES_MAX = 5_000  # SQLite binds at most 32,766 values in a statement


class Decision(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    REJECTED = "rejected"
    SKIPPED = "skipped"


_WRITTEN = {decision: decision.value.encode() for decision in Decision}


class Planned(msgspec.Struct, frozen=True, gc=False):
    """One entry and its decision; case_id and position name a claim that the store has already."""

    entry: Entry
    decision: Decision
    case_id: int | None = None
    position: int | None = None
    reason: str | None = None


class ChunkPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The decisions of one chunk, in the order of its rows."""

    planned: tuple[Planned, ...]
    digest: bytes


class Seen:
    """The claims that earlier chunks of a dry run would have made; a commit finds them in the store."""

    def __init__(self) -> None:
        self.contents: dict[bytes, bytes] = {}


def plan_chunk(
    connection: Connection,
    account_id: int,
    entries: Sequence[Entry],
    previous: bytes = b"",
    seen: Seen | None = None,
    *,
    submission_id: int | None = None,
) -> ChunkPlan:
    """The plan of the next chunk; reads only. `previous` is the digest of the chunk before.

    A dry run passes the same `seen` with every chunk of one submission, a commit its own `submission_id`.
    """
    assert len(entries) <= CHUNK_ENTRIES_MAX, "a chunk is bounded"
    identities = {entry.identity for entry in entries if isinstance(entry, ClaimEntry)}
    highest = _highest_identity(connection, account_id)
    known = _known_claims(connection, account_id, identities, highest)
    unknown = [entry for entry in entries if isinstance(entry, ClaimEntry) and entry.identity not in known]
    known |= find_twins(connection, account_id, unknown, highest, submission_id)
    if seen is not None:
        for identity in identities & seen.contents.keys():
            case_id, position, _ = known.get(identity, (None, None, b""))
            known[identity] = (case_id, position, seen.contents[identity])
    planned = tuple(_decide(entry, known) for entry in entries)
    if seen is not None:
        seen.contents.update((identity, known[identity][2]) for identity in identities)
    return ChunkPlan(planned=planned, digest=_digest(previous, planned))


_Known = dict[bytes, tuple[int | None, int | None, bytes]]


def _known_claims(
    connection: Connection, account_id: int, identities: Iterable[bytes], highest: bytes
) -> _Known:
    """The claims that the store has; identities keep the order of a list, so most new ones lie above all."""
    found = select_if_dense(
        connection,
        "c.identity, c.case_id, c.position, c.content",
        "claims c",
        "c.identity",
        account_id=account_id,
        values=[identity for identity in identities if identity <= highest],
    )
    return {
        bytes(identity): (case_id, position, bytes(content)) for identity, case_id, position, content in found
    }


def _highest_identity(connection: Connection, account_id: int) -> bytes:
    of_account = select(claims.c.identity).where(
        claims.c.account_id == account_id, claims.c.identity.is_not(None)
    )
    highest = connection.execute(of_account.order_by(claims.c.identity.desc()).limit(1)).scalar()
    return bytes(highest or b"")


def _decide(entry: Entry, known: _Known) -> Planned:
    """The decision on one entry; `known` learns what the entry brings, for those that follow in the chunk."""
    if isinstance(entry, RejectedEntry):
        return Planned(entry, Decision.REJECTED)
    if isinstance(entry, SkippedEntry):
        return Planned(entry, Decision.SKIPPED, reason=entry.reason)
    before = known.get(entry.identity)
    if before is None:
        known[entry.identity] = (None, None, entry.content)
        return Planned(entry, Decision.NEW)
    case_id, position, content = before
    if content == entry.content:
        return Planned(entry, Decision.UNCHANGED, case_id, position)
    known[entry.identity] = (case_id, position, entry.content)
    return Planned(entry, Decision.CHANGED, case_id, position)


def _digest(previous: bytes, planned: Iterable[Planned]) -> bytes:
    """The digest after one more chunk. Chunks are the reader's frames: one file is always cut alike."""
    parts = [previous]
    for one in planned:
        entry = one.entry
        parts.append(b"%d,%d,%b;" % (entry.document, entry.row, _WRITTEN[one.decision]))
        if isinstance(entry, ClaimEntry):
            parts += (entry.identity, entry.content)
    return sha256(b"".join(parts)).digest()
