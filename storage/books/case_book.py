"""The book of one case: all facts that its journal holds, and what is booked on them so far."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, select

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
from storage.books.journal import AGENCY_ZONE, case_balances
from storage.books.ledgers import OPEN_BUCKETS, Ledger
from storage.books.settings import BookSettings
from storage.engine.book_tables import journal, postings, progress, receipts
from storage.engine.instants import from_micros
from storage.engine.schema import cases, claims, debtors
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
    case = _case(connection, account_id, case_id)
    folded = _fold(_booked_legs(connection, account_id, case_id))
    return CaseBook(
        account_id=account_id,
        case_id=case_id,
        status=case.status,
        mode=case.mode,
        is_consumer=case.kind == "private",
        handed_over_on=from_micros(case.opened_at).astimezone(AGENCY_ZONE).date(),
        progress=connection.execute(
            select(progress).filter_by(account_id=account_id, case_id=case_id)
        ).first(),
        claims=_terms(connection, account_id, case_id, case.kind == "private", settings),
        charges=folded.charges,
        receipts=_receipts(connection, account_id, case_id, folded),
        booked=case_balances(connection, account_id, case_id),
        allocated=folded.allocated,
        unused=folded.unused,
        interest=folded.interest,
    )


class _Folded(msgspec.Struct):
    charges: list[Charge] = []
    allocated: dict[int, dict[Bucket, int]] = {}
    unused: dict[int, int] = {}
    interest: dict[int, int] = {}
    refunded: dict[int, int] = {}
    entries: dict[int, int] = {}


def _fold(legs: Iterable[Any]) -> _Folded:
    """What the journal of a case says, from its legs in the order of booking."""
    folded = _Folded()
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


def _fold_receipt(folded: _Folded, kind: EntryKind, bucket: Bucket, leg: Any) -> None:
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


def _case(connection: Connection, account_id: int, case_id: int) -> Any:
    owed_by = (debtors.c.account_id == cases.c.account_id) & (debtors.c.debtor_id == cases.c.debtor_id)
    return connection.execute(
        select(cases.c.status, cases.c.mode, cases.c.opened_at, debtors.c.kind)
        .join(debtors, owed_by)
        .where(cases.c.account_id == account_id, cases.c.case_id == case_id)
    ).one()


def _booked_legs(connection: Connection, account_id: int, case_id: int) -> Iterable[Any]:
    found = (
        select(
            journal.c.entry,
            journal.c.kind,
            journal.c.value_date,
            journal.c.receipt_id,
            postings.c.ledger,
            postings.c.position,
            postings.c.cents,
        )
        .join(
            postings, (postings.c.account_id == journal.c.account_id) & (postings.c.entry == journal.c.entry)
        )
        .where(journal.c.account_id == account_id, journal.c.case_id == case_id)
        .order_by(postings.c.entry, postings.c.leg)
    )
    return connection.execute(found)


def _receipts(connection: Connection, account_id: int, case_id: int, folded: _Folded) -> list[Receipt]:
    found = select(receipts).filter_by(account_id=account_id, case_id=case_id).order_by(receipts.c.receipt_id)
    return [
        Receipt(
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
        for row in connection.execute(found)
    ]


def _terms(
    connection: Connection, account_id: int, case_id: int, is_consumer: bool, settings: BookSettings
) -> list[ClaimTerms]:
    # Withdrawn claims too: nothing is open on them, but what was booked on them is still there.
    found = select(claims).filter_by(account_id=account_id, case_id=case_id)
    return [
        claim_terms(row, is_consumer, settings)
        for row in connection.execute(found.order_by(claims.c.position))
    ]


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


def today_of(now: datetime) -> date:
    """The agency's day of a moment."""
    return now.astimezone(AGENCY_ZONE).date()
