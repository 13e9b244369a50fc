"""Entries: rows made ready for the store, so that the one who writes only writes.

A reading process turns every item of a document into an entry; the store plans and commits
entries. Dates are ISO 8601 text and money is cents, which both engines take as they are.
"""

from datetime import date
from functools import lru_cache

import msgspec

from storage.identity import content_key, debtor_key, row_identity
from storage.records import Problem, RejectedRow, Row, SkippedRow

DEBTOR_COLUMNS = (
    "number",
    "kind",
    "name",
    "first_name",
    "company",
    "street",
    "postcode",
    "city",
    "country",
    "email",
    "phone",
    "birth_date",
    "iban",
)
CLAIM_COLUMNS = (
    "principal_cents",
    "currency",
    "creditor_reference",
    "invoice_number",
    "invoice_date",
    "due_date",
    "ground",
    "contract_date",
    "default_since",
    "default_reason",
)


class ClaimEntry(msgspec.Struct, frozen=True, array_like=True, tag="claim"):
    """One accepted row. `debtor` follows DEBTOR_COLUMNS, `claim` CLAIM_COLUMNS; costs are (kind, cents)."""

    document: int
    row: int
    identity: bytes
    content: bytes
    debtor_key: bytes
    debtor: tuple[str | None, ...]
    claim: tuple[int | str | None, ...]
    costs: tuple[tuple[str, int], ...]
    warnings: tuple[Problem, ...]


class RejectedEntry(msgspec.Struct, frozen=True, array_like=True, tag="rejected"):
    """One row that is not taken, and why."""

    document: int
    row: int
    problems: tuple[Problem, ...]


class SkippedEntry(msgspec.Struct, frozen=True, array_like=True, tag="skipped"):
    """One row that is no claim, and why."""

    document: int
    row: int
    reason: str


Entry = ClaimEntry | RejectedEntry | SkippedEntry


def entry_of(item: Row | RejectedRow | SkippedRow, document: int, occurrence: int = 1) -> Entry:
    """The entry of one item; `document` counts the documents of the submission from 0."""
    if isinstance(item, RejectedRow):
        return RejectedEntry(document, item.row, item.problems)
    if isinstance(item, SkippedRow):
        return SkippedEntry(document, item.row, item.reason)
    debtor, amount, costs = item.debtor, item.amount, item.creditor_costs
    return ClaimEntry(
        document,
        item.row,
        row_identity(item, occurrence),
        content_key(item),
        debtor_key(item),
        (
            debtor.number,
            debtor.kind.value,
            debtor.name,
            debtor.first_name,
            debtor.company,
            debtor.street,
            debtor.postcode,
            debtor.city,
            debtor.country,
            debtor.email,
            debtor.phone,
            _iso(debtor.birth_date),
            debtor.iban,
        ),
        (
            amount.cents,
            amount.currency,
            item.creditor_reference,
            item.invoice_number,
            _iso(item.invoice_date),
            _iso(item.due_date),
            item.ground,
            _iso(item.contract_date),
            _iso(item.default_since),
            item.default_reason,
        ),
        tuple((cost.kind, cost.amount.cents) for cost in costs) if costs else (),
        item.warnings,
    )


@lru_cache(maxsize=65_536)
def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
