"""What a creditor knows its cases by: references, invoices and debtor, looked up for many at once."""

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from storage.engine.bulk import select_by_keys
from storage.intake.submissions import debtor_label


class CaseNames(msgspec.Struct, kw_only=True):
    """One case. invoices of the claims that stand."""

    status: str
    debtor_number: str | None
    debtor: str
    references: tuple[str, ...] = ()
    invoices: tuple[str, ...] = ()


def case_names(connection: Connection, account_id: int, case_ids: Sequence[int]) -> dict[int, CaseNames]:
    """The names of some cases of an account."""
    rows = select_by_keys(
        connection,
        "c.case_id, c.status, d.number, d.company, d.name, d.first_name",
        "cases c",
        "c.case_id",
        account_id=account_id,
        values=case_ids,
        joined="JOIN debtors d ON d.account_id = c.account_id AND d.debtor_id = c.debtor_id",
    )
    names = {
        row.case_id: CaseNames(status=row.status, debtor_number=row.number, debtor=debtor_label(row))
        for row in rows
    }
    told: dict[int, list[Any]] = {}
    for row in select_by_keys(
        connection,
        "c.case_id, c.creditor_reference, c.invoice_number",
        "claims c",
        "c.case_id",
        account_id=account_id,
        values=case_ids,
        ending="AND c.withdrawn_at IS NULL ORDER BY c.case_id, c.position",
    ):
        told.setdefault(row.case_id, []).append(row)
    for case_id, of_case in told.items():
        references = (row.creditor_reference for row in of_case)
        names[case_id].references = tuple(dict.fromkeys(one for one in references if one))
        names[case_id].invoices = tuple(row.invoice_number for row in of_case if row.invoice_number)
    return names
