"""Entries: rows made ready for the store, so that the one who writes only writes.

A reading process turns every item of a document into an entry; the store plans and commits
entries. Dates are ISO 8601 text and money is cents, which both engines take as they are.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from storage.identity import Keys, keys_of
from storage.records import DebtorKind, Problem, RejectedRow, Row, SkippedRow

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
_COMPANY = DebtorKind.COMPANY  # looked up once: a list of a million rows asks a million times
_COMPANY_KIND, _PRIVATE_KIND = DebtorKind.COMPANY.value, DebtorKind.PRIVATE.value


class ClaimEntry(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="claim"):
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


class RejectedEntry(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="rejected"):
    """One row that is not taken, and why; `invoice_number` as it stands there, where the row still tells."""

    document: int
    row: int
    problems: tuple[Problem, ...]
    invoice_number: str | None = None


class SkippedEntry(msgspec.Struct, frozen=True, array_like=True, gc=False, tag="skipped"):
    """One row that is no claim, and why."""

    document: int
    row: int
    reason: str


Entry = ClaimEntry | RejectedEntry | SkippedEntry


def entries_of(
    items: Sequence[Row | RejectedRow | SkippedRow], document: int, occurrences: dict[bytes, int]
) -> list[Entry]:
    """The entries of some items of one document, in order; `document` counts those of the submission from 0.

    `occurrences` is the document's own: it starts empty and goes along with all its items.
    """
    keys = iter(keys_of([item for item in items if type(item) is Row], occurrences))
    return [_entry(item, document, keys) for item in items]


def _entry(item: Row | RejectedRow | SkippedRow, document: int, keys: Iterator[Keys]) -> Entry:
    if isinstance(item, RejectedRow):
        number = item.invoice_number if item.read is None else item.read.invoice_number
        return RejectedEntry(document, item.row, item.problems, number)
    if isinstance(item, SkippedRow):
        return SkippedEntry(document, item.row, item.reason)
    debtor, amount, costs, key = item.debtor, item.amount, item.creditor_costs, next(keys)
    return ClaimEntry(
        document,
        item.row,
        key.identity,
        key.content,
        key.debtor,
        (
            debtor.number,
            _COMPANY_KIND if debtor.kind is _COMPANY else _PRIVATE_KIND,
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
