"""Entries: rows made ready for the store, so that the one who writes only writes.

A reading process turns every item of a document into an entry; the store plans and commits
entries. Dates are ISO 8601 text and money is cents, which both engines take as they are.
"""

from collections.abc import Iterator, Sequence

import msgspec

from storage.identity import Columns, keys_of
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
_KIND = DEBTOR_COLUMNS.index("kind")
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
    rows = [item for item in items if type(item) is Row]
    claims = _claims(rows, document, occurrences)
    if len(rows) == len(items):
        return list(claims)
    return [next(claims) if type(item) is Row else _other(item, document) for item in items]


def _claims(rows: Sequence[Row], document: int, occurrences: dict[bytes, int]) -> Iterator[Entry]:
    """The entries of accepted rows, put together column by column."""
    told = Columns.of(rows)
    debtor, (amounts, *claim, costs) = list(told.debtor), told.claim
    debtor[_KIND] = [_COMPANY_KIND if kind is _COMPANY else _PRIVATE_KIND for kind in debtor[_KIND]]
    cents, currencies = [amount.cents for amount in amounts], [amount.currency for amount in amounts]
    if any(costs):
        costs = [tuple((cost.kind, cost.amount.cents) for cost in of_row) for of_row in costs]
    for row, key, debtor_values, claim_values, costs_of_row in zip(
        rows,
        keys_of(told, occurrences),
        zip(*debtor, strict=True),
        zip(cents, currencies, *claim, strict=True),
        costs,
        strict=True,
    ):
        yield ClaimEntry(
            document,
            row.row,
            key.identity,
            key.content,
            key.debtor,
            debtor_values,
            claim_values,
            costs_of_row,
            row.warnings,
        )


def _other(item: Row | RejectedRow | SkippedRow, document: int) -> Entry:
    if isinstance(item, RejectedRow):
        number = item.invoice_number if item.read is None else item.read.invoice_number
        return RejectedEntry(document, item.row, item.problems, number)
    assert isinstance(item, SkippedRow)
    return SkippedEntry(document, item.row, item.reason)
