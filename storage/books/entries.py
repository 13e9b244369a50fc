"""What is booked: an entry of legs, which balances in every section, and its place in the chain.

The hash of an entry covers the hash of the one before it, so that whoever rewrites history must
rewrite all of it, and the head that a statement names no longer fits. What is hashed is one line of
text of numbers and dates, without anything that a person could be known by: it can be checked with a
SHA-256 of any kind, and erasing a person's data does not break it.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

import msgspec

from storage.books.ledgers import Ledger, Section
from storage.errors import RefusedError

CHAIN_START = bytes(32)
_SECTIONS = max(Section) + 1
# previous hash | account | number | kind | case | receipt | reverses | policy | value date | booked at | legs
_LINE = "%s|%d|%d|%s|%d|%d|%d|%s|%s|%d|%s"


class EntryKind(StrEnum):
    """What an entry is about."""

    CLAIM = "claim"  # a claim is taken into the books, or changed by its creditor
    INTEREST = "interest"
    FEE = "fee"
    COST = "cost"  # a cost of the creditor that came up later, as a bank's return fee
    RECEIPT = "receipt"
    DIRECT_PAYMENT = "direct_payment"
    ALLOCATION = "allocation"  # what was received is allocated anew, since an earlier one became known
    REVERSAL = "reversal"
    WAIVER = "waiver"
    REFUND = "refund"
    PAYOUT = "payout"
    AGENCY = "agency"  # the agency takes its share out of the trust account
    CORRECTION = "correction"


class Leg(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One posting: debit is positive. position: the claim of the case, 0 for none."""

    ledger: Ledger
    cents: int
    position: int = 0


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One booking to make. reverses: the number of the entry that it mirrors; policy: of an allocation."""

    kind: EntryKind
    value_date: date
    legs: tuple[Leg, ...]
    case_id: int | None = None
    receipt_id: int | None = None
    reverses: int | None = None
    policy: str | None = None
    note: str | None = None


def check_balanced(entry: Entry) -> None:
    """Raise RefusedError when the legs do not sum to zero in each section, or say nothing."""
    sums = [0] * (_SECTIONS)
    is_empty = not entry.legs
    for leg in entry.legs:
        cents = leg.cents
        sums[leg.ledger // 100] += cents
        is_empty = is_empty or not cents
    if is_empty or any(sums):
        written = ", ".join(f"{leg.ledger.name} {leg.cents}" for leg in entry.legs)
        raise RefusedError(
            f"the {entry.kind} would unbalance the books and is not made: {written or 'no legs'}"
        )


def link(*told: Any) -> bytes:
    """The hash of an entry: 32 bytes. See `_LINE` for what is told of it.

    The previous hash is in hex; 0 stands for no case, no receipt and nothing reversed, an empty text for
    no policy; booked at is in microseconds since 1970 UTC; legs as `legs_text` writes them.
    """
    return sha256((_LINE % told).encode()).digest()


def legs_text(legs: Iterable[tuple[int, int, int]]) -> str:
    """The legs of an entry as they are hashed; each is ledger, position and cents."""
    return ",".join([f"{ledger}:{position}:{cents}" for ledger, position, cents in legs])


def mirrored(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """The legs that undo these."""
    return tuple(Leg(leg.ledger, -leg.cents, leg.position) for leg in legs)


def merged(legs: Iterable[Leg]) -> tuple[Leg, ...]:
    """The same in as few legs as can be, in the order of the ledgers."""
    sums: dict[tuple[Ledger, int], int] = {}
    for leg in legs:
        key = (leg.ledger, leg.position)
        sums[key] = sums.get(key, 0) + leg.cents
    return tuple(Leg(ledger, cents, position) for (ledger, position), cents in sorted(sums.items()) if cents)
