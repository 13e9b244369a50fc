"""The audit of one case against its own facts: what follows of them must be what is booked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from storage.books.audit.receipts import BookedLeg
from storage.books.audit.streams import Rows
from storage.books.case_book import Folded, claim_terms, fold
from storage.books.claim_account import Payment, Policy, claim_account
from storage.books.entries import EntryKind
from storage.books.ledgers import OPEN_BUCKETS, Ledger, named
from storage.books.settings import BookSettings
from storage.errors import RefusedError

_BUCKETS = frozenset(OPEN_BUCKETS)
_PRINCIPAL = int(Ledger.PRINCIPAL)


def claim_messages(claims: Rows, legs: Rows) -> Iterator[str]:
    """Whether each claim that stands is in the books with its principal. Legs are plain rows, for speed."""
    booked: dict[int, int] = {}
    for leg in legs:
        if leg[7] == _PRINCIPAL and leg[3] == EntryKind.CLAIM:
            booked[leg[8]] = booked.get(leg[8], 0) + leg[9]
    for claim in claims:
        cents = booked.pop(claim[2], 0)
        if cents != claim[3] and claim[4] is None:
            yield f"claim {claim[2]} is of {claim[3]} cents, the books took it in with {cents}"
    for position, cents in booked.items():
        yield f"claim {position} is in the books with {cents} cents, but does not exist"


def replay_messages(
    claims: Rows,
    received: Rows,
    legs: Sequence[BookedLeg],
    sums: Mapping[tuple[int, int], int],
    settings: BookSettings,
) -> Iterator[str]:
    """Where the buckets and the surplus differ from what follows of charges and receipts."""
    try:
        yield from _differences(claims, received, legs, sums, settings)
    except (RefusedError, ValueError) as error:  # no base rate for a day, or no date where one must be
        yield f"cannot be replayed: {error}"


def _differences(
    claims: Rows,
    received: Rows,
    legs: Sequence[BookedLeg],
    sums: Mapping[tuple[int, int], int],
    settings: BookSettings,
) -> Iterator[str]:
    folded = fold(legs)
    terms = [claim_terms(claim, claim.kind == "private", settings) for claim in claims]
    positions = {claim.position for claim in terms}
    gone = {charge.bucket[1] for charge in folded.charges if charge.bucket[0] is Ledger.PRINCIPAL} - positions
    if gone:
        yield f"cannot be replayed: claim {min(gone)} is in its book, but does not exist"
        return
    account = claim_account(terms, folded.charges, _payments(received, folded))
    facts = {(int(ledger), position): cents for (ledger, position), cents in account.open.items()}
    facts[int(Ledger.OVERPAID), 0] = -sum(account.unused.values())
    for bucket in sorted(facts.keys() | sums.keys()):
        if bucket[0] not in _BUCKETS and bucket[0] != Ledger.OVERPAID:
            continue
        follows, booked = facts.get(bucket, 0), sums.get(bucket, 0)
        if follows != booked:
            yield f"has {booked} cents booked in {named(*bucket)}, its charges and receipts come to {follows}"


def _payments(received: Rows, folded: Folded) -> list[Payment]:
    """The receipts that stand, without what went back of them."""
    payments = []
    for row in received:
        cents = row.cents - folded.refunded.get(row.receipt_id, 0)
        if row.state == "booked" and cents:
            payments.append(
                Payment(
                    receipt_id=row.receipt_id,
                    cents=cents,
                    value_date=date.fromisoformat(row.value_date),
                    policy=Policy(row.policy),
                    position=row.position,
                )
            )
    return payments
