"""What is booked on many cases at once, summed by the database: for lists of any length."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.books.entries import EntryKind
from storage.books.ledgers import AGENCY_COSTS, CREDITOR_COSTS, OPEN_BUCKETS, Ledger
from storage.engine.bulk import select_by_keys

_OPEN = frozenset(OPEN_BUCKETS)
_CREDITOR_COSTS = frozenset(CREDITOR_COSTS)
_AGENCY_COSTS = frozenset(AGENCY_COSTS)
_BEARING = frozenset((Ledger.PRINCIPAL, Ledger.INTEREST))
_AS_HANDED_OVER = frozenset((EntryKind.CLAIM, EntryKind.INTEREST))
_RECEIVED = {Ledger.RECEIVED: "received_agency", Ledger.RECEIVED_DIRECT: "received_direct"}
_SHARED = {
    Ledger.CREDITOR_SHARE: "creditor_share",
    Ledger.AGENCY_SHARE: "agency_share",
    Ledger.SURPLUS: "surplus",
    Ledger.BALANCE: "credited",
}

_COLUMNS = (
    "j.case_id, p.ledger, j.kind, CASE WHEN j.receipt_id IS NULL THEN 0 ELSE 1 END AS of_receipt, "
    "SUM(p.cents) AS cents, SUM(CASE WHEN p.cents < 0 THEN p.cents ELSE 0 END) AS below"
)
_JOINED = "JOIN postings p ON p.account_id = j.account_id AND p.entry = j.entry"
_GROUPED = "GROUP BY j.case_id, p.ledger, j.kind, CASE WHEN j.receipt_id IS NULL THEN 0 ELSE 1 END"


class CaseSums(msgspec.Struct):
    """One case in cents. The charges are what was charged above zero, waived what was charged below it.

    open: what is open of all buckets, with the interest that is booked; open_principal of it. credited: what
    came to the creditor's balance account. is_plain: the
    claims are as they were handed over and nothing was received, so that interest is one multiplication.
    """

    principal: int = 0
    creditor_costs: int = 0
    interest: int = 0
    fees: int = 0
    court_costs: int = 0
    waived: int = 0
    open: int = 0
    open_principal: int = 0
    received_agency: int = 0
    received_direct: int = 0
    creditor_share: int = 0
    agency_share: int = 0
    surplus: int = 0
    credited: int = 0
    is_plain: bool = True


def case_sums(
    connection: Connection,
    account_id: int,
    case_ids: Sequence[int],
    *,
    since: date | None = None,
    through: date | None = None,
) -> dict[int, CaseSums]:
    """The sums of those cases that have entries, by days of booking where they are given."""
    rows = select_by_keys(
        connection,
        _COLUMNS,
        "journal j",
        "j.case_id",
        account_id=account_id,
        values=case_ids,
        joined=_JOINED,
        ending=f"{booked_between(since, through)} {_GROUPED}",
    )
    sums: dict[int, CaseSums] = {}
    for row in rows:
        _add(sums.setdefault(row.case_id, CaseSums()), row)
    return sums


def booked_between(since: date | None, through: date | None) -> str:
    """The condition on `journal j` in SQL; days are written out, they cannot be anything else."""
    after = f"AND j.booked_on >= '{since.isoformat()}'" if since is not None else ""
    before = f"AND j.booked_on <= '{through.isoformat()}'" if through is not None else ""
    return f"{after} {before}"


def _add(sums: CaseSums, row: Any) -> None:
    ledger, kind, cents = Ledger(row.ledger), EntryKind(row.kind), int(row.cents)
    if row.of_receipt or (ledger in _BEARING and kind not in _AS_HANDED_OVER):
        sums.is_plain = False
    if ledger in _OPEN:
        sums.open += cents
        if ledger is Ledger.PRINCIPAL:
            sums.open_principal += cents
        if not row.of_receipt:
            _charge(sums, ledger, kind, cents, int(row.below))
    elif ledger in _RECEIVED:
        name = _RECEIVED[ledger]
        setattr(sums, name, getattr(sums, name) + cents)
    elif ledger in _SHARED:
        name = _SHARED[ledger]
        setattr(sums, name, getattr(sums, name) - cents)


def _charge(sums: CaseSums, ledger: Ledger, kind: EntryKind, cents: int, below: int) -> None:
    if kind is EntryKind.INTEREST:  # booked as what it came to, less what was booked before
        sums.interest += cents
        return
    sums.waived -= below
    if ledger is Ledger.PRINCIPAL:
        sums.principal += cents - below
    elif ledger in _CREDITOR_COSTS:
        sums.creditor_costs += cents - below
    elif ledger is Ledger.INTEREST:
        sums.interest += cents - below
    elif ledger in _AGENCY_COSTS:
        sums.fees += cents - below
    else:
        sums.court_costs += cents - below
