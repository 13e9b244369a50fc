"""Rows whose claim the store has under another identity, because one of the two lacks the customer number.

A list without customer numbers and an invoice with one name the same claim by different keys (INTERFACE,
*Row identity*). Such a twin has the same invoice number and the same debtor by name and postcode; two
customer numbers that differ make two debtors. What a submission has brought itself is no twin of its own
rows, so that a dry run and a commit see the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection, select

from storage.engine.bulk import select_by_keys
from storage.engine.schema import submissions
from storage.entries import CLAIM_COLUMNS, DEBTOR_COLUMNS, ClaimEntry
from storage.identity import (
    IdentityRange,
    fold,
    fold_called,
    fold_number,
    identity_range,
    invoice_part,
    numberless_identity,
)
from storage.intake.changes import Place, Version, current_claims

# Invoice numbers that are alike for longer than a key shows are looked through, so many at most.
CANDIDATES_MAX = 5_000
_INVOICE = CLAIM_COLUMNS.index("invoice_number")
_NUMBER, _NAME, _FIRST_NAME, _COMPANY, _POSTCODE = map(
    DEBTOR_COLUMNS.index, ("number", "name", "first_name", "company", "postcode")
)
_COLUMNS = (
    "c.identity, c.case_id, c.position, c.content, c.submission_id, c.invoice_number, "
    "d.number, d.name, d.first_name, d.company, d.postcode"
)
_JOINED = (
    "JOIN cases k ON k.account_id = c.account_id AND k.case_id = c.case_id "
    "JOIN debtors d ON d.account_id = k.account_id AND d.debtor_id = k.debtor_id"
)

_ALIKE_POSTGRESQL = """
    SELECT c.identity FROM unnest(%b::bytea[], %b::bytea[], %s::int[]) AS asked(low, high, size)
    CROSS JOIN LATERAL (
        SELECT identity FROM claims
        WHERE account_id = %s AND identity >= asked.low AND identity < asked.high
        AND length(identity) = asked.size LIMIT %s
    ) AS c LIMIT %s
"""
# Pairs are compared: for an account that is equal SQLite would first go through all of its claims.
_ALIKE_SQLITE = """
    WITH asked(low, high, size) AS (VALUES {marks})
    SELECT c.identity FROM asked CROSS JOIN claims c
    WHERE (c.account_id, c.identity) >= (?, asked.low) AND (c.account_id, c.identity) < (?, asked.high)
    AND length(c.identity) = asked.size LIMIT ?
"""


class _Owed(NamedTuple):
    """What makes two rows one claim, folded."""

    invoice: str
    called: str
    postcode: str


class _Stored(NamedTuple):
    place: Place
    content: bytes
    owed: _Owed
    number: str


Twin = tuple[int, int, bytes]  # case and position of the claim, its content


def find_twins(
    connection: Connection,
    account_id: int,
    entries: Sequence[ClaimEntry],
    highest: bytes,
    submission_id: int | None,
) -> dict[bytes, Twin]:
    """The claims that entries, unknown by their own identities, are twins of, by those identities.

    `highest` is the account's last identity. Where several entries claim one twin, none is taken for it. A
    twin that tells a number, and all else as the entry does, comes with the entry's own content.
    """
    asked = [
        entry for entry in entries if entry.claim[_INVOICE] and invoice_part(entry.identity) <= highest
    ]  # of numbers above all that is known, as in most lists, nothing is looked up
    if not asked or not _has_earlier(connection, account_id, submission_id):
        return {}
    wanted = {identity for entry in asked if (identity := _numberless(entry)) is not None}
    ranges = {identity_range(entry.identity) for entry in asked if not _number(entry)}
    wanted.update(_alike(connection, account_id, ranges))
    stored = _stored(connection, account_id, wanted, submission_id)
    pairs = _paired(asked, stored)
    current = current_claims(connection, account_id, {found.place[0] for _, found in pairs})
    return {
        entry.identity: (*found.place, _content(entry, found, current[found.place].version))
        for entry, found in pairs
    }


def _has_earlier(connection: Connection, account_id: int, submission_id: int | None) -> bool:
    """Whether another submission has brought claims: the first list of an account is not slowed down."""
    others = select(submissions.c.submission_id).where(
        submissions.c.account_id == account_id,
        submissions.c.new > 0,
        submissions.c.submission_id != (submission_id or 0),
    )
    return connection.execute(others.limit(1)).first() is not None


def _numberless(entry: ClaimEntry) -> bytes | None:
    """The identity that a row with a customer number would have without it."""
    if not _number(entry):
        return None
    return numberless_identity(*_owed(entry))


def _alike(connection: Connection, account_id: int, asked: Iterable[IdentityRange]) -> list[bytes]:
    """The identities in the store that show the same invoice numbers."""
    ranges = sorted(asked, key=lambda one: (one.is_cut, one.low))
    if not ranges:
        return []
    asked_for = [(one.low, one.high, one.size) for one in ranges]
    if connection.dialect.name == "postgresql":
        columns = map(list, zip(*asked_for, strict=True))
        found = connection.exec_driver_sql(
            _ALIKE_POSTGRESQL, (*columns, account_id, CANDIDATES_MAX, CANDIDATES_MAX)
        )
    else:
        statement = _ALIKE_SQLITE.format(marks=", ".join(["(?, ?, ?)"] * len(asked_for)))
        values = (*chain.from_iterable(asked_for), account_id, account_id, CANDIDATES_MAX)
        found = connection.exec_driver_sql(statement, values)
    return [bytes(identity) for identity in found.scalars()]


def _stored(
    connection: Connection, account_id: int, identities: Iterable[bytes], submission_id: int | None
) -> dict[_Owed, list[_Stored]]:
    found: defaultdict[_Owed, list[_Stored]] = defaultdict(list)
    for row in select_by_keys(
        connection,
        _COLUMNS,
        "claims c",
        "c.identity",
        account_id=account_id,
        values=identities,
        joined=_JOINED,
    ):
        if row.submission_id == submission_id:
            continue
        owed = _Owed(
            fold(row.invoice_number),
            fold_called(row.company, row.name, row.first_name),
            fold(row.postcode),
        )
        stored = _Stored((row.case_id, row.position), bytes(row.content), owed, fold_number(row.number))
        found[owed].append(stored)
    return found


def _paired(
    entries: Sequence[ClaimEntry], stored: dict[_Owed, list[_Stored]]
) -> list[tuple[ClaimEntry, _Stored]]:
    pairs = [(entry, found) for entry in entries if (found := _twin(entry, stored)) is not None]
    claimants: defaultdict[Place, set[bytes]] = defaultdict(set)
    for entry, found in pairs:
        claimants[found.place].add(entry.identity)
    return [(entry, found) for entry, found in pairs if len(claimants[found.place]) == 1]


def _twin(entry: ClaimEntry, stored: dict[_Owed, list[_Stored]]) -> _Stored | None:
    """The one claim that an entry is a twin of; None where there is none, or more than one."""
    number = _number(entry)
    alike = [
        one for one in stored.get(_owed(entry), ()) if not number or not one.number or one.number == number
    ]
    return alike[0] if len(alike) == 1 else None


def _content(entry: ClaimEntry, found: _Stored, version: Version) -> bytes:
    said = dict(zip(DEBTOR_COLUMNS, entry.debtor, strict=True)) | {"number": version.debtor["number"]}
    is_same = (
        not _number(entry)  # one that is told is to be learned
        and said == version.debtor
        and tuple(version.claim.values()) == entry.claim
        and tuple(map(tuple, version.costs)) == entry.costs
    )
    return entry.content if is_same else found.content


def _number(entry: ClaimEntry) -> str:
    return fold_number(entry.debtor[_NUMBER])


def _owed(entry: ClaimEntry) -> _Owed:
    debtor, invoice = entry.debtor, entry.claim[_INVOICE]
    called = fold_called(debtor[_COMPANY], debtor[_NAME], debtor[_FIRST_NAME])
    return _Owed(fold(str(invoice)), called, fold(debtor[_POSTCODE]))
