"""What an invoice that is taken lacks: the same gaps that a row of a list is warned of."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from parsers.options import Options
from parsers.problems import Code, make_invoice_problem
from storage.records import DebtorKind, Problem, Row


def warnings_of(row: Row, doubts: Iterable[Problem], options: Options) -> Row:
    """The row with all its warnings."""
    found = (
        make_invoice_problem(code, options.language, field=field, value=_shown(value, options.language))
        for code, field, value in (*_gaps(row), *_odd_dates(row, options.today))
    )
    return msgspec.structs.replace(row, warnings=(*doubts, *found))


def _gaps(row: Row) -> Iterator[tuple[Code, str, date | None]]:
    debtor = row.debtor
    for field, value in (("street", debtor.street), ("postcode", debtor.postcode), ("city", debtor.city)):
        if not value:
            yield Code.MISSING_ADDRESS, f"debtor.{field}", None
            break
    if row.due_date is None:
        yield Code.MISSING_DUE_DATE, "due_date", None
    if row.invoice_date is None:
        yield Code.MISSING_INVOICE_DATE, "invoice_date", None
    if debtor.kind is DebtorKind.PRIVATE:
        if row.contract_date is None:
            yield Code.MISSING_CONTRACT_DATE, "contract_date", None
        if row.ground is None:
            yield Code.MISSING_GROUND, "ground", None
        if not debtor.first_name and " " not in (debtor.name or ""):
            yield Code.MISSING_FIRST_NAME, "debtor.first_name", None


def _odd_dates(row: Row, today: date) -> Iterator[tuple[Code, str, date]]:
    due, issued = row.due_date, row.invoice_date
    if due and due > today:
        yield Code.NOT_YET_DUE, "due_date", due
    if issued and issued > today:
        yield Code.INVOICE_IN_FUTURE, "invoice_date", issued
    if due and issued and due < issued:
        yield Code.DUE_BEFORE_INVOICE, "due_date", due


def _shown(day: date | None, language: str) -> str | None:
    if day is None:
        return None
    return day.isoformat() if language == "en" else f"{day:%d.%m.%Y}"
