"""Claims that were in a report's earlier lists and are not in its new one: perhaps paid to the creditor.

They are asked about only when the new list plainly is a new state of the same list of open items: at
least one of the earlier list's open claims is in it again, and at least a third of them. What a list
leaves open (a rejected row without an invoice number, a part that could not be read) is carried over to
the next list and not asked about. A claim without an invoice number is not asked about either: nobody
could name it, and with a part of it paid it is another claim.
"""

from collections.abc import Collection, Iterator, Sequence

import msgspec
from sqlalchemy import Connection, delete

from storage.engine.bulk import insert_rows, select_by_keys
from storage.engine.schema import missing_claims
from storage.identity import SORTED_BYTES_MAX, fold, invoice_part
from storage.intake.inbox import Work, fence
from storage.intake.lists import CLAIMS_MAX, ListState, put_state, states_of
from storage.intake.submissions import debtor_label

CLOSED = ("CLEARED", "UNFOUNDED", "CANCELLED", "RECALLED")
TIMES_AS_MANY_MISSING = 2  # of three claims, one at least must be there again
_AT_A_TIME = 5_000
_ROW = ("account_id", "submission_id", "case_id", "position")
_OPEN = f"AND c.withdrawn_at IS NULL AND k.status NOT IN ({', '.join(repr(one) for one in CLOSED)})"
_JOINED = (
    "JOIN cases k ON k.account_id = c.account_id AND k.case_id = c.case_id "
    "JOIN debtors d ON d.account_id = k.account_id AND d.debtor_id = k.debtor_id"
)
_COLUMNS = (
    "c.identity, c.case_id, c.position, c.invoice_number, c.principal_cents, c.currency, "
    "d.company, d.name, d.first_name"
)


class Listed(msgspec.Struct, frozen=True, kw_only=True):
    """What the lists of one submission hold; `by_header`: its claims by the header's fingerprint."""

    by_header: dict[str, frozenset[bytes]]
    rejected_numbers: frozenset[str] = frozenset()  # folded invoice numbers of rows that were not taken
    is_whole: bool = True  # every row told at least its invoice number

    @property
    def identities(self) -> frozenset[bytes]:
        """Of all claims of the submission."""
        return frozenset().union(*self.by_header.values())


class MissingClaim(msgspec.Struct, frozen=True, kw_only=True):
    """An open claim that is in the new list no more."""

    identity: bytes
    case_id: int
    position: int
    invoice_number: str
    debtor: str
    cents: int
    currency: str


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be asked about, and the states of the lists as they are from now on."""

    claims: tuple[MissingClaim, ...] = ()
    states: tuple[tuple[ListState, tuple[int, ...]], ...] = ()  # each with the submissions that it follows


def find_missing(
    connection: Connection,
    account_id: int,
    submission_id: int,
    listed: Listed,
    *,
    corrects: int | None = None,
) -> Missing:
    """What the lists of a submission lack; reads only. `corrects`: the submission that it replies to."""
    present = listed.identities
    if len(present) > CLAIMS_MAX:
        return Missing()
    asked: dict[bytes, MissingClaim] = {}
    states = []
    for fingerprint, identities in listed.by_header.items():
        if not fingerprint:
            continue  # invoices and the like: no report writes them
        now, followed = set(identities), []
        for state in states_of(connection, account_id, fingerprint):
            if state.submission_id in (submission_id, corrects):
                now |= state.identities if corrects == state.submission_id else set()
            else:
                gone = _gone(connection, account_id, state, present)
                if gone is None:
                    continue
                left_open = gone if corrects is not None else _left_open(gone, listed, present)
                now |= {one.identity for one in left_open}
                asked |= {one.identity: one for one in gone if one not in left_open}
            followed.append(state)
        if identities and [state.identities for state in followed] != [now]:
            kept = frozenset(now if len(now) <= CLAIMS_MAX else identities)
            new = ListState(fingerprint=fingerprint, submission_id=submission_id, identities=kept)
            states.append((new, tuple(state.submission_id for state in followed)))
    claims = sorted(asked.values(), key=lambda one: (fold(one.invoice_number), one.case_id, one.position))
    return Missing(claims=tuple(claims), states=tuple(states))


def put_missing(connection: Connection, work: Work, missing: Missing) -> None:
    """Keep what is asked about and what the lists hold now, in the transaction that ends the submission."""
    fence(connection, work)
    for state, followed in missing.states:
        put_state(connection, work.account_id, state, followed)
    mine = {"account_id": work.account_id, "submission_id": work.submission_id}
    connection.execute(delete(missing_claims).filter_by(**mine).where(missing_claims.c.answer.is_(None)))
    rows = [(*mine.values(), one.case_id, one.position) for one in missing.claims]
    insert_rows(connection, "missing_claims", _ROW, rows)


def _gone(
    connection: Connection, account_id: int, state: ListState, present: frozenset[bytes]
) -> list[MissingClaim] | None:
    """The open claims of an earlier list that are not there any more; None where it is another list."""
    again, vanished = state.identities & present, state.identities - present
    if not again or not vanished:
        return [] if again else None
    gone = list(_open_claims(connection, account_id, vanished))
    needed, found = max(1, -(-len(gone) // TIMES_AS_MANY_MISSING)), 0
    for some in _batches(again):
        found += sum(1 for _ in _open_claims(connection, account_id, some))
        if found >= needed:
            return [one for one in gone if one.invoice_number]
    return None


def _left_open(
    gone: Sequence[MissingClaim], listed: Listed, present: Collection[bytes]
) -> Sequence[MissingClaim]:
    """Those that may be in the list all the same: in a row with a mistake, or under another debtor."""
    if not gone or not listed.is_whole:
        return gone
    shown = set(map(invoice_part, present))
    return [
        one
        for one in gone
        if (number := fold(one.invoice_number)) in listed.rejected_numbers
        or number.encode()[:SORTED_BYTES_MAX] in shown
    ]


def _open_claims(
    connection: Connection, account_id: int, identities: Collection[bytes]
) -> Iterator[MissingClaim]:
    for some in _batches(identities):
        found = select_by_keys(
            connection,
            _COLUMNS,
            "claims c",
            "c.identity",
            account_id=account_id,
            values=some,
            joined=_JOINED,
            ending=_OPEN,
        )
        for row in found:
            yield MissingClaim(
                identity=bytes(row.identity),
                case_id=row.case_id,
                position=row.position,
                invoice_number=row.invoice_number or "",
                debtor=debtor_label(row),
                cents=row.principal_cents,
                currency=row.currency,
            )


def _batches(identities: Collection[bytes]) -> Iterator[list[bytes]]:
    """In the order of the index, so many as one statement takes."""
    ordered = sorted(identities)
    for start in range(0, len(ordered), _AT_A_TIME):
        yield ordered[start : start + _AT_A_TIME]
