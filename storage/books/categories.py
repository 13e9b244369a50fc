"""How cases with payments were paid: by their final document, else by how their payments look so far."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.engine.bulk import select_by_keys
from storage.lifecycle.statuses import Status
from storage.lifecycle.words import Category

OTHER = "other"  # paid in part, and not closed
CATEGORIES = (*(category.value for category in Category), OTHER)


class CaseCategory(msgspec.Struct, frozen=True, kw_only=True):
    """One case. statement: the number of its final document, None while there is none that stands."""

    category: str
    statement: str | None = None


def case_categories(
    connection: Connection, account_id: int, statuses: Mapping[int, str]
) -> dict[int, CaseCategory]:
    """The categories of those of some cases that were paid at all; statuses by case."""

    def rows(columns: str, table: str, ending: str = "") -> Sequence[Any]:
        source = f"{table} t"
        return select_by_keys(
            connection, columns, source, "t.case_id", account_id=account_id, values=statuses, ending=ending
        )

    channels: dict[int, set[str]] = {}
    for row in rows("t.case_id, t.channel", "receipts"):
        channels.setdefault(row.case_id, set()).add(row.channel)
    if not channels:
        return {}
    settled = {row.case_id for row in rows("t.case_id", "settlements", "AND t.state = 'agreed'")}
    found = {
        case_id: CaseCategory(category=_so_far(statuses[case_id], of_case, is_settled=case_id in settled))
        for case_id, of_case in channels.items()
    }
    for row in rows("t.case_id, t.statement_id, t.category", "statements", "AND t.state = 'final'"):
        found[row.case_id] = CaseCategory(
            category=row.category, statement=f"A-{account_id}-{row.statement_id:06d}"
        )
    return found


def _so_far(status: str, channels: Iterable[str], *, is_settled: bool) -> str:
    """The agreement that holds, else where the payments went."""
    if status == Status.INSTALLMENT:
        return Category.INSTALLMENT.value
    if is_settled:
        return Category.SETTLEMENT.value
    return OTHER if "agency" in channels else Category.DIRECT_PAYMENT.value
