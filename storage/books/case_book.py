"""The book of one case: all facts that its journal holds, and what is booked on them so far."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.books.case_queries import CASE, CLAIMS, LEGS, PROGRESS, RECEIPTS
from storage.books.claim_account import (
    Bucket,
    Charge,
    ClaimAccount,
    ClaimTerms,
    Payment,
    Policy,
    claim_account,
)
from storage.books.entries import EntryKind
from storage.books.journal import case_balances
from storage.books.ledgers import OPEN_BUCKETS, Ledger
from storage.books.settings import BookSettings
from storage.days import AGENCY_ZONE
from storage.engine.instants import from_micros
from storage.law.base_rates import points
from storage.law.interest import InterestTerms, default_interest
from storage.lifecycle.checks import ClaimFacts, default_since

_BUCKETS = frozenset(OPEN_BUCKETS)
_ALLOCATING = frozenset(
    (EntryKind.RECEIPT, EntryKind.DIRECT_PAYMENT, EntryKind.ALLOCATION, EntryKind.REVERSAL, EntryKind.REFUND)
)


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A payment as it is kept; entry: the number of its booking. net_cents: without what went back of it."""

    receipt_id: int
    channel: str
    method: str
    state: str
    cents: int
    net_cents: int
    value_date: date
    policy: Policy
    position: int | None
    held_until: date | None
    entry: int


class CaseBook(msgspec.Struct, frozen=True, kw_only=True):
    """One case for booking. booked: kept balances; allocated, unused: of each receipt; interest: by position.

    handed_over_on: the day of the order; progress: the row of that table, None before the claims are in the
    books.
    """

    account_id: int
    case_id: int
    status: str
    mode: str
    is_consumer: bool
    handed_over_on: date
    progress: Any
    claims: Sequence[ClaimTerms]
    charges: Sequence[Charge]
    receipts: Sequence[Receipt]
    booked: Mapping[Bucket, int]
    allocated: Mapping[int, Mapping[Bucket, int]]
    unused: Mapping[int, int]
    interest: Mapping[int, int]

    @property
    def payments(self) -> list[Payment]:
        """What was received and stands, for the account."""
        return [
            Payment(
                receipt_id=one.receipt_id,
                cents=one.net_cents,
                value_date=one.value_date,
                policy=one.policy,
                position=one.position,
            )
            for one in self.receipts
            if one.state == "booked" and one.net_cents
        ]

    def total(self, ledger: Ledger) -> int:
        """The kept balance of a ledger over all claims of the case, in cents."""
        return sum(cents for (kind, _), cents in self.booked.items() if kind == ledger)

    def until(self, day: date) -> "CaseBook":
        """The same with only what was charged and received up to and including a day."""
        return msgspec.structs.replace(
            self,
            charges=[one for one in self.charges if one.on is None or one.on <= day],
            receipts=[one for one in self.receipts if one.value_date <= day],
        )

    def account(self, through: date) -> ClaimAccount:
        """What the debtor owes with interest up to and including a day."""
        return claim_account(self.claims, self.charges, self.payments, through)


def load_case_book(connection: Connection, account_id: int, case_id: int, settings: BookSettings) -> CaseBook:
    """The book of a case that exists."""
    asked = {"account_id": account_id, "case_id": case_id}
    case = connection.execute(CASE, asked).one()
    folded = fold(connection.execute(LEGS, asked))
    is_consumer = case.kind == "private"
    return CaseBook(
        account_id=account_id,
        case_id=case_id,
        status=case.status,
        mode=case.mode,
        is_consumer=is_consumer,
        handed_over_on=from_micros(case.opened_at).astimezone(AGENCY_ZONE).date(),
        progress=connection.execute(PROGRESS, asked).first(),
        claims=[claim_terms(row, is_consumer, settings) for row in connection.execute(CLAIMS, asked)],
        charges=folded.charges,
        receipts=[_receipt(row, folded) for row in connection.execute(RECEIPTS, asked)],
        booked=case_balances(connection, account_id, case_id),
        allocated=folded.allocated,
        unused=folded.unused,
        interest=folded.interest,
    )


class Folded(msgspec.Struct):
    """What the journal of a case says: charges, and in cents what was allocated of each receipt and so on."""

    charges: list[Charge] = []
    allocated: dict[int, dict[Bucket, int]] = {}
    unused: dict[int, int] = {}
    interest: dict[int, int] = {}
    refunded: dict[int, int] = {}
    entries: dict[int, int] = {}


def fold(legs: Iterable[Any]) -> Folded:
    """What the journal of a case says, from its legs in the order of booking."""
    folded = Folded()
    for leg in legs:
        kind, ledger, bucket = EntryKind(leg.kind), Ledger(leg.ledger), (Ledger(leg.ledger), leg.position)
        if kind in _ALLOCATING and leg.receipt_id is not None:
            _fold_receipt(folded, kind, bucket, leg)
        elif ledger not in _BUCKETS:
            continue
        elif kind is EntryKind.INTEREST:
            folded.interest[leg.position] = folded.interest.get(leg.position, 0) + leg.cents
        else:
            on = None if kind is EntryKind.CLAIM else date.fromisoformat(leg.value_date)
            folded.charges.append(Charge(bucket=bucket, cents=leg.cents, on=on))
    return folded


def _fold_receipt(folded: Folded, kind: EntryKind, bucket: Bucket, leg: Any) -> None:
    receipt_id, ledger = leg.receipt_id, bucket[0]
    if kind in {EntryKind.RECEIPT, EntryKind.DIRECT_PAYMENT}:
        folded.entries[receipt_id] = leg.entry
    if ledger in _BUCKETS:
        allocated = folded.allocated.setdefault(receipt_id, {})
        allocated[bucket] = allocated.get(bucket, 0) - leg.cents
    elif ledger is Ledger.OVERPAID:
        folded.unused[receipt_id] = folded.unused.get(receipt_id, 0) - leg.cents
    elif ledger is Ledger.SETTLED and kind is EntryKind.REFUND:
        folded.refunded[receipt_id] = folded.refunded.get(receipt_id, 0) - leg.cents


def _receipt(row: Any, folded: Folded) -> Receipt:
    return Receipt(
        receipt_id=row.receipt_id,
        channel=row.channel,
        method=row.method,
        state=row.state,
        cents=row.cents,
        net_cents=row.cents - folded.refunded.get(row.receipt_id, 0),
        value_date=date.fromisoformat(row.value_date),
        policy=Policy(row.policy),
        position=row.position,
        held_until=_day(row.held_until),
        entry=folded.entries[row.receipt_id],
    )


def claim_terms(row: Any, is_consumer: bool, settings: BookSettings) -> ClaimTerms:
    """How a row of `claims` bears interest: § 288 (1) and (2) BGB."""
    facts = claim_facts(row)
    since = default_since(facts, is_consumer=is_consumer)
    arisen = facts.contract_date or facts.invoice_date or facts.due_date or since
    interest = None
    if since is not None and arisen is not None:
        terms = InterestTerms(
            points=points(consumer=is_consumer, payment_claim=True, contracted_on=arisen),
            day_count=settings.day_count,
            include_value_date=settings.value_date_included,
        )
        interest = default_interest(terms)
    return ClaimTerms(
        position=row.position,
        default_since=since,
        interest=interest,
        due_on=facts.due_date,
        invoiced_on=facts.invoice_date,
    )


def claim_facts(row: Any) -> ClaimFacts:
    """What a row of `claims` says of a claim."""
    return ClaimFacts(
        ground=row.ground,
        contract_date=_day(row.contract_date),
        invoice_date=_day(row.invoice_date),
        due_date=_day(row.due_date),
        default_since=_day(row.default_since),
        default_reason=row.default_reason,
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
