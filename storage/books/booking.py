"""From what is new to what is booked: entries that bring a case's book in line with all its facts.

Both views are functions of the facts (`claim_account`, `waterfall`), so whatever happens, in whatever
order it becomes known, is booked the same way: what follows now, less what is booked already. An older
receipt told late shows as entries that allocate the later ones anew; nothing is ever edited.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket, Charge, ClaimAccount, Payment, claim_account
from storage.books.entries import Entry, EntryKind, Leg, merged
from storage.books.ledgers import Ledger, charged_by
from storage.books.settings import BookSettings
from storage.books.waterfall import share

_MOVES_MONEY = frozenset((EntryKind.RECEIPT, EntryKind.DIRECT_PAYMENT, EntryKind.REVERSAL, EntryKind.REFUND))


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What is new in a case: charges (waivers and corrections below zero), or one receipt.

    payment: a new receipt; returned, refunded: the receipt that was returned whole, or of which
    refunded_cents are paid back; reverses: the entry that is mirrored; note: the reason, for people.
    """

    kind: EntryKind
    value_date: date
    charges: tuple[Charge, ...] = ()
    payment: Payment | None = None
    is_direct: bool = False
    returned: int | None = None
    refunded: int | None = None
    refunded_cents: int = 0
    reverses: int | None = None
    note: str | None = None


def entries_of(book: CaseBook, change: Change, settings: BookSettings) -> list[Entry]:
    """The entries that a change needs, each balanced in itself; the book is as it was before the change."""
    change = _as_kept(change)
    payments = _payments_after(book, change)
    account = claim_account(book.claims, [*book.charges, *change.charges], payments)
    entries = []
    if change.charges:
        legs = _charge_legs(change.charges, settings)
        entries.append(_entry(book, change, change.kind, legs))
    interest = _interest_legs(book, account, settings)
    if interest:
        entries.append(_entry(book, change, EntryKind.INTEREST, interest))
    subject = change.payment.receipt_id if change.payment else change.returned or change.refunded
    entries += _allocations(book, account, change, subject)
    settled = _settled_legs(book, account, subject) if subject else []
    shared = _shared_legs(book, account, [*entries_legs(entries), *settled], payments, change)
    if subject:
        policy = change.payment.policy.value if change.payment else None
        entry = _entry(book, change, change.kind, [*settled, *shared])
        entries.append(msgspec.structs.replace(entry, receipt_id=subject, policy=policy))
    elif shared:
        entries.append(_entry(book, change, EntryKind.ALLOCATION, shared))
    return entries


def _as_kept(change: Change) -> Change:
    """The change as it will be read again: charges of its value date, a claim from the beginning."""
    on = None if change.kind is EntryKind.CLAIM else change.value_date
    charges = tuple(msgspec.structs.replace(charge, on=on) for charge in change.charges)
    return msgspec.structs.replace(change, charges=charges)


def entries_legs(entries: Sequence[Entry]) -> list[Leg]:
    """All legs of some entries."""
    return [leg for entry in entries for leg in entry.legs]


def _entry(book: CaseBook, change: Change, kind: EntryKind, legs: Sequence[Leg]) -> Entry:
    is_it = kind is change.kind
    return Entry(
        kind=kind,
        value_date=change.value_date,
        legs=merged(legs),
        case_id=book.case_id,
        reverses=change.reverses if is_it else None,
        note=change.note if is_it else None,
    )


def _payments_after(book: CaseBook, change: Change) -> list[Payment]:
    payments = [
        msgspec.structs.replace(one, cents=one.cents - change.refunded_cents)
        if one.receipt_id == change.refunded
        else one
        for one in book.payments
        if one.receipt_id != change.returned
    ]
    return [one for one in [*payments, change.payment] if one is not None and one.cents]


def _charge_legs(charges: Sequence[Charge], settings: BookSettings) -> list[Leg]:
    legs = []
    for charge in charges:
        ledger, position = charge.bucket
        against = _against(ledger, settings)
        legs += [Leg(ledger, charge.cents, position), Leg(against, -charge.cents)]
    return legs


def _against(ledger: Ledger, settings: BookSettings) -> Ledger:
    if ledger is Ledger.INTEREST and settings.interest_to == "agency":
        return Ledger.CHARGED_AGENCY
    return charged_by(ledger)


def _interest_legs(book: CaseBook, account: ClaimAccount, settings: BookSettings) -> list[Leg]:
    """Interest booked = round(accrued so far) - booked so far."""
    more = {
        position: account.interest.get(position, 0) - book.interest.get(position, 0)
        for position in account.interest.keys() | book.interest.keys()
    }
    charges = [
        Charge(bucket=(Ledger.INTEREST, position), cents=cents)
        for position, cents in sorted(more.items())
        if cents
    ]
    return _charge_legs(charges, settings)


def _allocations(book: CaseBook, account: ClaimAccount, change: Change, subject: int | None) -> list[Entry]:
    """Receipts that were allocated otherwise before, one entry for each."""
    entries = []
    for receipt_id in account.allocations:
        if receipt_id == subject:
            continue
        legs = _receipt_legs(book, account, receipt_id)
        if legs:
            entry = _entry(book, change, EntryKind.ALLOCATION, legs)
            entries.append(msgspec.structs.replace(entry, receipt_id=receipt_id))
    return entries


def _receipt_legs(book: CaseBook, account: ClaimAccount, receipt_id: int) -> list[Leg]:
    """The buckets of one receipt: what follows now, less what is booked."""
    now: Mapping[Bucket, int] = account.allocations.get(receipt_id, {})
    before: Mapping[Bucket, int] = book.allocated.get(receipt_id, {})
    legs = [
        Leg(bucket[0], before.get(bucket, 0) - now.get(bucket, 0), bucket[1])
        for bucket in now.keys() | before.keys()
    ]
    unused = account.unused.get(receipt_id, 0) - book.unused.get(receipt_id, 0)
    return list(merged([*legs, Leg(Ledger.OVERPAID, -unused)]))


def _settled_legs(book: CaseBook, account: ClaimAccount, subject: int) -> list[Leg]:
    legs = _receipt_legs(book, account, subject)
    return [*legs, Leg(Ledger.SETTLED, -sum(leg.cents for leg in legs))]


def _shared_legs(
    book: CaseBook, account: ClaimAccount, claims: Sequence[Leg], payments: Sequence[Payment], change: Change
) -> list[Leg]:
    """View B and the money: what follows of all receipts, less what is booked."""
    direct = {one.receipt_id for one in book.receipts if one.channel == "direct"}
    if change.payment is not None and change.is_direct:
        direct.add(change.payment.receipt_id)
    received = sum(one.cents for one in payments if one.receipt_id not in direct)
    received_direct = sum(one.cents for one in payments if one.receipt_id in direct)
    charged = {
        ledger: -book.total(ledger) - sum(leg.cents for leg in claims if leg.ledger is ledger)
        for ledger in (Ledger.CHARGED_CREDITOR, Ledger.CHARGED_AGENCY)
    }
    shares = share(
        received + received_direct, charged[Ledger.CHARGED_CREDITOR], charged[Ledger.CHARGED_AGENCY]
    )
    assert shares.surplus == sum(account.unused.values()), "both views see the same surplus"
    more_received = received - book.total(Ledger.RECEIVED)
    more_agency = shares.agency + book.total(Ledger.AGENCY_SHARE)
    refunds = _unused_at_agency(account.unused, direct) - _unused_at_agency(book.unused, direct)
    return list(
        merged(
            [
                Leg(Ledger.RECEIVED, more_received),
                Leg(Ledger.RECEIVED_DIRECT, received_direct - book.total(Ledger.RECEIVED_DIRECT)),
                Leg(Ledger.CREDITOR_SHARE, -shares.creditor - book.total(Ledger.CREDITOR_SHARE)),
                Leg(Ledger.AGENCY_SHARE, -more_agency),
                Leg(Ledger.SURPLUS, -shares.surplus - book.total(Ledger.SURPLUS)),
                Leg(Ledger.TRUST_BANK, more_received),
                Leg(Ledger.AGENCY, -more_agency),
                Leg(Ledger.REFUNDS_DUE, -refunds),
                Leg(Ledger.BALANCE, more_agency + refunds - more_received),
            ]
        )
    )


def _unused_at_agency(unused: Mapping[int, int], direct: set[int]) -> int:
    return sum(cents for receipt_id, cents in unused.items() if receipt_id not in direct)
