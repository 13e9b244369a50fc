"""The audit of each case's book: kept balances, both views, its receipts, and a replay of all its facts."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import Connection, select

from storage.books.audit.chain import AccountSums
from storage.books.audit.receipts import BookedLeg, receipt_messages, reversal_messages
from storage.books.audit.replay import claim_messages, replay_messages
from storage.books.audit.streams import Key, Rows, rows, side_by_side
from storage.books.entries import EntryKind
from storage.books.ledgers import OPEN_BUCKETS, Ledger, named
from storage.books.settings import BookSettings
from storage.books.waterfall import share
from storage.case_number import format_case_number
from storage.engine.schema import tasks
from storage.findings import Finding

Sums = dict[tuple[int, int], int]  # by ledger and position

# A case's entries lie far apart in the journal: the index by case finds them; an entry's legs lie together.
_LEGS = (
    "SELECT j.account_id, j.case_id, j.entry, j.kind, j.value_date, j.receipt_id, j.reverses, p.ledger, "
    "p.position, p.cents FROM journal j {join} postings p "
    "ON p.account_id = j.account_id AND p.entry = j.entry "
    "WHERE j.case_id IS NOT NULL AND p.ledger < 300 ORDER BY j.account_id, j.case_id, j.entry, p.leg"
)
_BALANCES = (
    "SELECT account_id, case_id, ledger, position, cents FROM balances "
    "ORDER BY account_id, case_id, ledger, position"
)
_RECEIPTS = (
    "SELECT account_id, case_id, receipt_id, channel, state, cents, value_date, policy, position "
    "FROM receipts ORDER BY account_id, case_id, receipt_id"
)
_CLAIMS = (
    "SELECT c.account_id, c.case_id, c.position, c.principal_cents, c.withdrawn_at, c.default_since, "
    "c.invoice_date, c.due_date, c.contract_date, c.ground, c.default_reason, d.kind FROM claims c "
    "JOIN cases k ON k.account_id = c.account_id AND k.case_id = c.case_id "
    "JOIN debtors d ON d.account_id = k.account_id AND d.debtor_id = k.debtor_id WHERE EXISTS (SELECT 1 FROM "
    "journal j WHERE j.account_id = c.account_id AND j.case_id = c.case_id) "
    "ORDER BY c.account_id, c.case_id, c.position"
)
# Without any of these, a case's buckets are the sums of its charges, which its balances were compared with.
_TOLD_MORE = frozenset(EntryKind) - {EntryKind.CLAIM, EntryKind.FEE, EntryKind.COST}
_OPEN = frozenset(OPEN_BUCKETS)


def _undecided(connection: Connection) -> set[tuple[int, int]]:
    """Cases whose changed claim waits for the operator: until then the books keep what they took in."""
    waiting = select(tasks.c.account_id, tasks.c.case_id).filter_by(kind="books_differ", state="open")
    return {(row.account_id, row.case_id) for row in connection.execute(waiting)}


def case_findings(
    connection: Connection, settings: BookSettings, account_sums: AccountSums
) -> Iterator[Finding]:
    """All that does not hold in the book of a case, or in the kept balances of an account."""
    in_order = (
        "CROSS JOIN" if connection.dialect.name == "sqlite" else "JOIN"
    )  # the index by case comes first
    statements = (_LEGS.format(join=in_order), _BALANCES, _RECEIPTS, _CLAIMS)
    left = dict(account_sums)
    undecided = _undecided(connection)
    for key, (legs, kept, received, claims) in side_by_side(*[rows(connection, one) for one in statements]):
        if not key[1]:
            yield from _balance_findings(key, left.pop(key[0], {}), kept)
            continue
        sums = _sums(legs)
        yield from _balance_findings(key, sums, kept)
        yield from _findings(key, "case.open", _open_messages(kept))
        if key not in undecided:
            yield from _findings(key, "case.claims_booked", claim_messages(claims, legs))
        yield from _findings(key, "case.shares", _share_messages(sums))
        if received or any(leg[3] in _TOLD_MORE for leg in legs):
            booked = [BookedLeg(*leg) for leg in legs]
            yield from _findings(key, "case.receipts", receipt_messages(received, booked))
            yield from _findings(key, "case.reversals", reversal_messages(booked))
            yield from _findings(
                key, "case.replay", replay_messages(claims, received, booked, sums, settings)
            )
    for account_id, sums in left.items():
        yield from _balance_findings((account_id, 0), sums, [])


def _findings(key: Key, check: str, messages: Iterable[str]) -> Iterator[Finding]:
    for message in messages:
        subject = f"case {format_case_number(key[1])}" if key[1] else f"account {key[0]}"
        yield Finding(check=check, subject=subject, message=message)


def _sums(legs: Rows) -> Sums:
    sums: Sums = {}
    for leg in legs:
        key = leg[7], leg[8]
        sums[key] = sums.get(key, 0) + leg[9]
    return sums


def _open_messages(kept: Rows) -> Iterator[str]:
    for row in kept:
        if row[4] < 0 and row[2] in _OPEN:
            yield f"has {row[4]} cents open in {named(row[2], row[3])}: more was taken than was owed"
        elif row[4] > 0 and row[2] == Ledger.OVERPAID:
            yield f"has {row[4]} cents in OVERPAID, where only what debtors get back may stand, as a credit"


def _balance_findings(key: Key, sums: Mapping[tuple[int, int], int], kept: Rows) -> Iterator[Finding]:
    found = {(row[2], row[3]): row[4] for row in kept}
    if found != sums:
        yield from _findings(key, "books.balance", _balance_messages(sums, found))


def _balance_messages(
    sums: Mapping[tuple[int, int], int], kept: Mapping[tuple[int, int], int]
) -> Iterator[str]:
    for bucket in sorted(sums.keys() | kept.keys()):
        name = named(*bucket)
        if bucket not in sums:
            yield f"keeps a balance of {kept[bucket]} cents in {name}, where nothing was ever booked"
        elif bucket not in kept and sums[bucket]:
            yield f"keeps no balance in {name}, its postings sum to {sums[bucket]} cents"
        elif kept.get(bucket, 0) != sums[bucket]:
            yield f"keeps a balance of {kept[bucket]} cents in {name}, its postings sum to {sums[bucket]}"


def _share_messages(sums: Sums) -> Iterator[str]:
    """Both views speak of the same receipts, and the shares are those that the contract says."""
    totals: dict[int, int] = {}
    for (ledger, _), cents in sums.items():
        totals[ledger] = totals.get(ledger, 0) + cents
    settled = totals.get(Ledger.SETTLED, 0)
    received = totals.get(Ledger.RECEIVED, 0) + totals.get(Ledger.RECEIVED_DIRECT, 0)
    if settled != received:
        yield f"settles {settled} cents, but received {received}"
    if not settled and not received and Ledger.CREDITOR_SHARE not in totals:
        return
    due = share(settled, -totals.get(Ledger.CHARGED_CREDITOR, 0), -totals.get(Ledger.CHARGED_AGENCY, 0))
    for ledger, cents in (
        (Ledger.CREDITOR_SHARE, due.creditor),
        (Ledger.AGENCY_SHARE, due.agency),
        (Ledger.SURPLUS, due.surplus),
    ):
        booked = -totals.get(ledger, 0)
        if booked != cents:
            yield f"has {booked} cents in {ledger.name}; of {settled} that came in, {cents} belong there"
    overpaid = -totals.get(Ledger.OVERPAID, 0)
    if overpaid != due.surplus:
        yield f"has {overpaid} cents in OVERPAID, but a surplus of {due.surplus}"
