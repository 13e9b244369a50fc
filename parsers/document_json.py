"""The contract form of documents: what `inkasso read --json` prints (INTERFACE, *read --json*)."""

from collections.abc import Iterable
from typing import Any

from parsers.problems import Code
from storage.records import (
    Customer,
    Debtor,
    DebtorKind,
    DocumentHead,
    DocumentTail,
    Item,
    Kind,
    PaymentNotice,
    Problem,
    Question,
    RejectedRow,
    Row,
    SkippedRow,
)

Json = dict[str, Any]

# Said once in a document's head where a whole column is missing; here each row that lacks it tells.
_GAPS = frozenset(
    {
        Code.MISSING_ADDRESS,
        Code.MISSING_CONTRACT_DATE,
        Code.MISSING_GROUND,
        Code.MISSING_DUE_DATE,
        Code.MISSING_INVOICE_NUMBER,
        Code.MISSING_INVOICE_DATE,
        Code.DEFAULT_WITHOUT_REASON,
    }
)
_GAPS_OF_PERSONS = frozenset({Code.MISSING_CONTRACT_DATE, Code.MISSING_GROUND})


def documents_json(items: Iterable[Item]) -> Json:
    """`{"documents": […]}` of all items of a source; the caller adds what the source is called."""
    documents: list[Json] = []
    document = _Document(DocumentHead(kind=Kind.EMPTY, name=""))
    for item in items:
        if isinstance(item, DocumentHead):
            document = _Document(item)
        elif isinstance(item, DocumentTail):
            documents.append(document.ended(item))
        elif not isinstance(item, Customer):
            document.add(item)
    return {"documents": documents}


def row_warnings(head: DocumentHead, row: Row) -> tuple[Problem, ...]:
    """Everything a row is warned of: its own warnings, and the document's that hold for it."""
    return row.warnings + tuple(problem for problem in head.problems if _holds_for(problem, row))


def problem_json(problem: Problem) -> Json:
    """PROBLEM of the contract."""
    return {
        "code": problem.code,
        "field": problem.field,
        "value": problem.value,
        "message": problem.message,
        "fix": problem.fix,
    }


def question_json(question: Question) -> Json:
    """QUESTION of the contract."""
    return {
        "id": question.id,
        "about": question.about,
        "text": question.text,
        "choices": list(question.choices),
    }


def row_json(row: Row, warnings: Iterable[Problem]) -> Json:
    """ROW of the contract; absent values are null."""
    return {
        "row": row.row,
        "creditor_reference": row.creditor_reference,
        "debtor": _debtor_json(row.debtor),
        "invoice_number": row.invoice_number,
        "invoice_date": _day(row.invoice_date),
        "due_date": _day(row.due_date),
        "amount": str(row.amount),
        "currency": row.amount.currency,
        "ground": row.ground,
        "contract_date": _day(row.contract_date),
        "default_since": _day(row.default_since),
        "default_reason": row.default_reason,
        "creditor_costs": [{"kind": cost.kind, "amount": str(cost.amount)} for cost in row.creditor_costs],
        "warnings": [problem_json(warning) for warning in warnings],
    }


def notice_json(notice: PaymentNotice) -> Json:
    """What the contract says of a payment notice; absent values are null."""
    return {
        "payments": [
            {
                "case": one.case,
                "reference": one.reference,
                "debtor": one.debtor,
                "amount": None if one.amount is None else str(one.amount),
                "currency": None if one.amount is None else one.amount.currency,
                "paid_on": _day(one.paid_on),
                "covers": one.covers.value,
                "timing": one.timing.value,
            }
            for one in notice.payments
        ],
        "must_ask": notice.must_ask,
        "ask": list(notice.ask),
    }


class _Document:
    """One document while its items come in."""

    def __init__(self, head: DocumentHead) -> None:
        self._head = head
        self._accepted: list[Json] = []
        self._rejected: list[Json] = []
        self._skipped: list[Json] = []
        self._read: Json | None = None  # of an invoice: what it says, taken or not

    def add(self, item: Row | RejectedRow | SkippedRow) -> None:
        if isinstance(item, Row):
            self._accepted.append(row_json(item, row_warnings(self._head, item)))
            self._read = self._accepted[-1]
        elif isinstance(item, RejectedRow):
            self._read = None if item.read is None else _invoice_row_json(item.read, item.problems)
            self._rejected.append({"row": item.row, "problems": list(map(problem_json, item.problems))})
        else:
            self._skipped.append({"row": item.row, "reason": item.reason})

    def ended(self, tail: DocumentTail) -> Json:
        head = self._head
        document: Json = {"kind": head.kind.value, "name": head.name}
        problems = [problem_json(problem) for problem in (*head.problems, *tail.problems)]
        if head.kind is Kind.CLAIMS:
            return document | self._claims(tail) | {"problems": problems}
        if head.kind is Kind.INVOICE:
            return document | self._invoice(problems)
        if head.kind is Kind.MASTER_DATA:
            return document | _master_data(head, tail) | {"problems": problems}
        return document | _without_rows(head, problems)

    def _invoice(self, problems: list[Json]) -> Json:
        head = self._head
        return {
            "format": head.format,
            "seller": head.seller,
            "row": self._read,
            "problems": [problem for row in self._rejected for problem in row["problems"]] + problems,
            "needs_answer": [question_json(question) for question in head.needs_answer],
        }

    def _claims(self, tail: DocumentTail) -> Json:
        head = self._head
        return {
            "rows_total": tail.rows_total,
            "accepted": self._accepted,
            "rejected": self._rejected,
            "skipped": self._skipped,
            "columns": head.columns,
            "sheet": head.sheet,
            "encoding": head.encoding,
            "delimiter": head.delimiter,
            "decimal_mark": head.decimal_mark,
            "date_order": head.date_order,
            "fingerprint": head.fingerprint,
            "producer": head.producer,
            "needs_answer": [question_json(question) for question in head.needs_answer],
            "offers": [question_json(question) for question in head.offers],
        }


def _without_rows(head: DocumentHead, problems: list[Json]) -> Json:
    if head.kind is Kind.EVIDENCE:
        return {"media_type": head.media_type, "pages": head.pages, "case": head.case}
    if head.kind is Kind.AUTOMATIC:
        return {"reason": head.reason}
    if head.kind is Kind.PAYMENT_NOTICE and head.notice is not None:
        return notice_json(head.notice)
    if head.kind is Kind.ARCHIVE:
        return {"media_type": head.media_type}
    return {"media_type": head.media_type, "problems": problems}


def _master_data(head: DocumentHead, tail: DocumentTail) -> Json:
    return {
        "rows_total": tail.rows_total,
        "kept": tail.kept,
        "skipped": [{"row": skipped.row, "reason": skipped.reason} for skipped in tail.skipped],
        "columns": head.columns,
        "sheet": head.sheet,
        "encoding": head.encoding,
        "delimiter": head.delimiter,
        "fingerprint": head.fingerprint,
        "producer": head.producer,
    }


def _invoice_row_json(row: Row, problems: Iterable[Problem]) -> Json:
    """The row of an invoice that is not taken; an amount that could not be read is absent."""
    document = row_json(row, row.warnings)
    codes = {problem.code for problem in problems}
    if not row.amount.cents and Code.AMOUNT_ZERO not in codes:
        document["amount"] = None
    if Code.CURRENCY_MISSING in codes:
        document["currency"] = None
    return document


def _holds_for(problem: Problem, row: Row) -> bool:
    if problem.code not in _GAPS:
        return False
    if problem.code in _GAPS_OF_PERSONS:
        return row.debtor.kind is DebtorKind.PRIVATE
    return problem.code != Code.DEFAULT_WITHOUT_REASON or row.default_since is not None


def _debtor_json(debtor: Debtor) -> Json:
    return {
        "number": debtor.number,
        "kind": debtor.kind.value,
        "name": debtor.name,
        "first_name": debtor.first_name,
        "company": debtor.company,
        "street": debtor.street,
        "postcode": debtor.postcode,
        "city": debtor.city,
        "country": debtor.country,
        "email": debtor.email,
        "phone": debtor.phone,
        "birth_date": _day(debtor.birth_date),
        "iban": debtor.iban,
    }


def _day(day: object) -> str | None:
    return None if day is None else str(day)
