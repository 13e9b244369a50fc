"""The audit of one case's receipts and reversals against its journal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storage.books.audit.streams import Rows
from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger


class BookedLeg(NamedTuple):
    """A posting of a case with what its entry says."""

    account_id: int
    case_id: int
    entry: int
    kind: str
    value_date: str
    receipt_id: int | None
    reverses: int | None
    ledger: int
    position: int
    cents: int


_CHANNELS = {EntryKind.RECEIPT.value: "agency", EntryKind.DIRECT_PAYMENT.value: "direct"}
_SHARES = int(Ledger.RECEIVED)


def receipt_messages(received: Rows, legs: Sequence[BookedLeg]) -> Iterator[str]:
    """What does not agree between the receipts that are kept and the entries that book them."""
    booked: dict[int, list[BookedLeg]] = {}
    for leg in legs:
        if leg.receipt_id is not None:
            booked.setdefault(leg.receipt_id, []).append(leg)
    for row in received:
        for message in _messages_of(row, booked.pop(row.receipt_id, [])):
            yield f"receipt {row.receipt_id} {message}"
    for receipt_id, of_it in booked.items():
        yield f"receipt {receipt_id} is booked by entry {of_it[0].entry}, but is not kept"


def _messages_of(row: NamedTuple, legs: Sequence[BookedLeg]) -> Iterator[str]:
    (_, _, _, channel, state, cents, value_date, _, _) = row
    first = [leg for leg in legs if leg.kind in _CHANNELS]
    entries = {leg.entry for leg in first}
    if len(entries) != 1:
        yield f"of {cents} cents is booked by {len(entries)} entries, not by one"
        return
    settled = sum(leg.cents for leg in first if leg.ledger == Ledger.SETTLED)
    if settled != cents:
        yield f"is of {cents} cents, its entry {first[0].entry} is of {settled}"
    if (_CHANNELS[first[0].kind], first[0].value_date) != (channel, value_date):
        yield (
            f"came by {channel} on {value_date}, its entry {first[0].entry} is a {first[0].kind} "
            f"of {first[0].value_date}"
        )
    is_reversed = any(leg.kind == EntryKind.REVERSAL for leg in legs)
    if is_reversed is not (state == "returned"):
        yield f"is {state}, but its reversal is {'booked' if is_reversed else 'not booked'}"
    elif is_reversed and any(_claims_of(legs).values()):
        yield "was returned, but its reversal does not undo all that it settled"


def reversal_messages(legs: Sequence[BookedLeg]) -> Iterator[str]:
    """What does not agree between reversals and the entries that they mirror."""
    entries: dict[int, list[BookedLeg]] = {}
    for leg in legs:
        entries.setdefault(leg.entry, []).append(leg)
    mirrored: set[int] = set()
    for number, of_it in entries.items():
        reverses = of_it[0].reverses
        if reverses is None:
            if of_it[0].kind == EntryKind.REVERSAL and of_it[0].receipt_id is not None:
                yield f"entry {number} returns a receipt, but does not say which entry it reverses"
            continue
        before = entries.get(reverses)
        if before is None or reverses >= number:
            yield f"entry {number} reverses entry {reverses}, which is no earlier entry of the case"
        elif reverses in mirrored:
            yield f"entry {number} reverses entry {reverses} once more"
        elif of_it[0].receipt_id is None:
            if _claims_of([*before, *of_it]):
                yield f"entry {number} does not mirror entry {reverses}, which it reverses"
        elif (before[0].receipt_id, before[0].kind in _CHANNELS) != (of_it[0].receipt_id, True):
            yield f"entry {number} returns a receipt, but reverses entry {reverses}, which is not its booking"
        mirrored.add(reverses)


def _claims_of(legs: Iterable[BookedLeg]) -> dict[tuple[int, int], int]:
    """The sums in the section of claims that are not zero."""
    sums: dict[tuple[int, int], int] = {}
    for leg in legs:
        if leg.ledger < _SHARES:
            bucket = leg.ledger, leg.position
            sums[bucket] = sums.get(bucket, 0) + leg.cents
    return {bucket: cents for bucket, cents in sums.items() if cents}
