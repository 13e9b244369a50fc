"""The final document of a closed case (Abrechnung): made once from its book, kept as it was made.

It names each receipt with where it went, what was charged, waived and shared, and the head of the
account's chain, so that whoever keeps the document can prove later that nothing before it was changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec
from sqlalchemy import func, insert, select, update

from storage.books.bookkeeping import Books
from storage.books.case_book import CaseBook
from storage.books.claim_account import Bucket
from storage.books.ledgers import FIGURES, Ledger
from storage.books.waterfall import share
from storage.case_number import format_case_number
from storage.engine.book_tables import statements
from storage.engine.instants import to_micros
from storage.engine.schema import cases, claims, debtors
from storage.law.fees import vat_percent
from storage.lifecycle.words import Category
from storage.money import Money


class Amounts(msgspec.Struct, frozen=True, kw_only=True):
    """Sums by kind, in the contract's form of money."""

    principal: str
    creditor_costs: str
    interest: str
    court_costs: str
    fee: str
    expenses: str
    vat: str
    total: str


class StatementLine(msgspec.Struct, frozen=True, kw_only=True):
    """One receipt: to whom it was paid (agency or creditor), its allocation and its shares."""

    value_date: date
    paid_to: str
    amount: str
    allocation: Amounts
    creditor_share: str
    agency_share: str
    surplus: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """The final document. charged is what the debtor had to pay in all, waived what was let off of it.

    invoice_net is what the agency invoices to its creditor for fee and expenses, invoice_vat the VAT on it at
    vat_percent; neither is taken from the payout. entry and head: the newest entry of the account's chain.
    """

    number: str
    case: str
    category: str
    closed_on: date
    handed_over_on: date
    creditor_references: Sequence[str]
    invoices: Sequence[str]
    debtor_number: str | None
    debtor: str
    charged: Amounts
    waived: Amounts
    lines: Sequence[StatementLine]
    received_agency: str
    received_direct: str
    creditor_share: str
    agency_share: str
    surplus: str
    invoice_net: str
    vat_percent: int
    invoice_vat: str
    entry: int
    head: str


def make_statement(books: Books, case_id: int, category: Category) -> Statement:
    """Make and keep the final document of a case whose last booking is made."""
    book = books.case(case_id)
    number = _next_number(books)
    document = _document(books, book, category, number)
    books.connection.execute(
        insert(statements).values(
            account_id=books.account_id,
            statement_id=number,
            case_id=case_id,
            state="final",
            category=category.value,
            closed_on=document.closed_on.isoformat(),
            content=msgspec.json.encode(document).decode(),
            created_at=to_micros(books.now),
        )
    )
    return document


def reopen_statement(books: Books, case_id: int) -> None:
    """Mark the final document of a case as one that no longer stands; it is kept."""
    standing = update(statements).filter_by(account_id=books.account_id, case_id=case_id, state="final")
    books.connection.execute(standing.values(state="reopened"))


def _next_number(books: Books) -> int:
    last = select(func.max(statements.c.statement_id)).filter_by(account_id=books.account_id)
    return (books.connection.execute(last).scalar() or 0) + 1


def _document(books: Books, book: CaseBook, category: Category, number: int) -> Statement:
    waived = {bucket: -cents for bucket, cents in _sum(_charged(book, below_zero=True)).items()}
    lines = _lines(book)
    net = -sum(cents for (ledger, _), cents in book.booked.items() if ledger is Ledger.AGENCY_SHARE)
    vat_in_it = sum(cents for (ledger, _), cents in _sum(_charged(book)).items() if ledger in FIGURES["vat"])
    percent = vat_percent(books.today)
    net -= min(net, vat_in_it)
    owner = _owner(books, book.case_id)
    return Statement(
        number=f"A-{books.account_id}-{number:06d}",
        case=format_case_number(book.case_id),
        category=category.value,
        closed_on=books.today,
        handed_over_on=book.handed_over_on,
        creditor_references=owner.references,
        invoices=owner.invoices,
        debtor_number=owner.number,
        debtor=owner.label,
        charged=_amounts(_sum([*_charged(book, below_zero=False), *_interest(book)])),
        waived=_amounts(waived),
        lines=lines,
        received_agency=_money(book.total(Ledger.RECEIVED)),
        received_direct=_money(book.total(Ledger.RECEIVED_DIRECT)),
        creditor_share=_money(-book.total(Ledger.CREDITOR_SHARE)),
        agency_share=_money(-book.total(Ledger.AGENCY_SHARE)),
        surplus=_money(-book.total(Ledger.SURPLUS)),
        invoice_net=_money(net),
        vat_percent=percent,
        invoice_vat=_money((net * percent + 50) // 100),
        entry=books.journal.number,
        head=books.journal.head.hex(),
    )


def _lines(book: CaseBook) -> list[StatementLine]:
    """The receipts by value date; the shares are those of the whole, filled in this order."""
    charged = (-book.total(Ledger.CHARGED_CREDITOR), -book.total(Ledger.CHARGED_AGENCY))
    received = 0
    before = share(0, *charged)
    lines = []
    standing = [one for one in book.receipts if one.state == "booked" and one.net_cents]
    for one in sorted(standing, key=lambda receipt: (receipt.value_date, receipt.receipt_id)):
        received += one.net_cents
        after = share(received, *charged)
        lines.append(
            StatementLine(
                value_date=one.value_date,
                paid_to="creditor" if one.channel == "direct" else "agency",
                amount=_money(one.net_cents),
                allocation=_amounts(book.allocated.get(one.receipt_id, {})),
                creditor_share=_money(after.creditor - before.creditor),
                agency_share=_money(after.agency - before.agency),
                surplus=_money(after.surplus - before.surplus),
            )
        )
        before = after
    return lines


class _Owner(msgspec.Struct, frozen=True, kw_only=True):
    number: str | None
    label: str
    references: tuple[str, ...]
    invoices: tuple[str, ...]


def _owner(books: Books, case_id: int) -> _Owner:
    row = books.connection.execute(
        select(debtors)
        .join(
            cases, (cases.c.account_id == debtors.c.account_id) & (cases.c.debtor_id == debtors.c.debtor_id)
        )
        .where(cases.c.account_id == books.account_id, cases.c.case_id == case_id)
    ).one()
    told = books.connection.execute(
        select(claims.c.creditor_reference, claims.c.invoice_number)
        .filter_by(account_id=books.account_id, case_id=case_id, withdrawn_at=None)
        .order_by(claims.c.position)
    ).all()
    return _Owner(
        number=row.number,
        label=row.company or ", ".join(part for part in (row.name, row.first_name) if part),
        references=tuple(dict.fromkeys(one.creditor_reference for one in told if one.creditor_reference)),
        invoices=tuple(one.invoice_number for one in told if one.invoice_number),
    )


def _charged(book: CaseBook, *, below_zero: bool | None = None) -> list[tuple[Bucket, int]]:
    return [
        (charge.bucket, charge.cents)
        for charge in book.charges
        if below_zero is None or (charge.cents < 0) == below_zero
    ]


def _interest(book: CaseBook) -> list[tuple[Bucket, int]]:
    return [((Ledger.INTEREST, position), cents) for position, cents in book.interest.items()]


def _sum(parts: Iterable[tuple[Bucket, int]]) -> dict[Bucket, int]:
    sums: dict[Bucket, int] = {}
    for bucket, cents in parts:
        sums[bucket] = sums.get(bucket, 0) + cents
    return sums


def _amounts(cents: Mapping[Bucket, int]) -> Amounts:
    sums = {
        name: sum(amount for (ledger, _), amount in cents.items() if ledger in ledgers)
        for name, ledgers in FIGURES.items()
    }
    return Amounts(
        **{name: _money(amount) for name, amount in sums.items()}, total=_money(sum(sums.values()))
    )


def _money(cents: int) -> str:
    return str(Money(cents))
