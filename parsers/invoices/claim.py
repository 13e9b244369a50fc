"""An invoice read strictly: a row, and everything that keeps it from being a claim."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from parsers.invoices.buyers import debtor_of
from parsers.invoices.kinds import kind_problem
from parsers.invoices.names import is_same_business
from parsers.invoices.record import Invoice
from parsers.invoices.sums import cents_of, contradiction, written
from parsers.invoices.terms import due_by_terms, says_settled
from parsers.invoices.warnings import warnings_of
from parsers.options import Options
from parsers.problems import Code, make_invoice_problem
from parsers.sheets.amounts import Fault
from parsers.sheets.dates import DateReader, Order
from storage.money import Money
from storage.records import Problem, Row

ROW = 1  # an invoice is a list of one
GROUND_CHARACTERS_MAX = 120
_ZONE = re.compile(r"(?<=\d)(?:Z|[+-]\d\d:\d\d)$")


class Reading:
    """One invoice on its way to a row: what is wrong is noted as it is found."""

    def __init__(self, invoice: Invoice, options: Options) -> None:
        self._invoice = invoice
        self._language = options.language
        self._options = options
        self._dates = DateReader(Order.DMY, options.today)
        self.problems: list[Problem] = []

    def row(self) -> Row | None:
        """What was read; None where the file says nothing at all. `problems` are complete afterwards."""
        invoice = self._invoice
        self._check_kind()
        number = self._number()
        amount = self._amount()
        issued_on = self._day(invoice.issued_on, "invoice_date")
        due_on = self._due(issued_on)
        self._check_sums()
        self._check_parties()
        if not (number or invoice.sums.due or invoice.buyer.name):
            return None
        debtor, warnings = debtor_of(invoice, self._language)
        row = Row(
            row=ROW,
            debtor=debtor,
            amount=amount,
            creditor_reference=invoice.seller_order,
            invoice_number=number,
            invoice_date=issued_on,
            due_date=due_on,
            ground=_ground(invoice),
            contract_date=self._contract_day(),
        )
        seller = self._seller_warning()
        return warnings_of(row, (*seller, *warnings), self._options)

    def _reject(self, code: Code, field: str | None, value: object = None, **facts: Any) -> None:
        self.problems.append(make_invoice_problem(code, self._language, field=field, value=value, **facts))

    def _check_kind(self) -> None:
        invoice = self._invoice
        code = kind_problem(invoice.kind, invoice.title, is_order=invoice.is_order)
        if code is not None:
            self._reject(code, None, value=invoice.kind or invoice.title or "?")
        if invoice.is_test:
            self._reject(Code.TEST_INVOICE, None)
        said = says_settled((*invoice.terms, *invoice.notes))
        if said is not None:
            self._reject(Code.ALREADY_SETTLED, None, value=said)

    def _number(self) -> str | None:
        number = self._invoice.number
        if number is None or not any(char.isalnum() for char in number):
            self._reject(Code.INVOICE_NUMBER_MISSING, "invoice_number")
            return None
        return number

    def _amount(self) -> Money:
        """What is to be paid; zero where that cannot be read, which is always a problem."""
        currency = self._currency()
        due = self._invoice.sums.due
        if due is None:
            self._reject(Code.AMOUNT_MISSING, "amount")
            return Money(0, currency)
        cents = cents_of(due)
        if isinstance(cents, Fault):
            self._reject(cents.code, "amount", value=due)
            return Money(0, currency)
        if cents <= 0:
            code = Code.AMOUNT_NEGATIVE if cents else Code.AMOUNT_ZERO
            self._reject(code, "amount", value=written(cents, self._language))
        return Money(cents, currency)

    def _currency(self) -> str:
        """The currency of the amount; where invoice and amount name two, neither is certain."""
        said = {code for code in (self._invoice.currency, self._invoice.due_currency) if code}
        if not said:
            self._reject(Code.CURRENCY_MISSING, "currency")
            return "EUR"
        if said != {"EUR"}:
            self._reject(Code.CURRENCY_NOT_EURO, "currency", value=" / ".join(sorted(said)))
        return max(said)

    def _day(self, written: str | None, field: str) -> date | None:
        if written is None:
            return None
        day = self._dates.parse(_ZONE.sub("", written))
        if isinstance(day, Fault):
            self._reject(day.code, field, value=written)
            return None
        return day

    def _due(self, issued_on: date | None) -> date | None:
        """The date that stands there, or the one that the terms give; of several none."""
        written = sorted(set(self._invoice.due_on))
        days = {day for one in written if (day := self._day(one, "due_date")) is not None}
        if written:
            return days.pop() if len(days) == 1 else None
        return due_by_terms(self._invoice.terms, issued_on, self._dates)

    def _contract_day(self) -> date | None:
        """The day of contract or order; one that cannot be read is left out, it is not needed."""
        written = self._invoice.contract_on
        day = self._dates.parse(_ZONE.sub("", written)) if written else None
        return day if isinstance(day, date) and day <= self._options.today + timedelta(days=1) else None

    def _check_sums(self) -> None:
        found = contradiction(self._invoice.sums, self._language)
        if found is not None:
            self._reject(Code.SUMS_DIFFER, "amount", value=found)

    def _check_parties(self) -> None:
        name = self._invoice.buyer.name
        if name is None or not any(char.isalpha() for char in name):
            self._reject(Code.NAME_MISSING, "debtor.name")
            return
        sender, seller = self._options.creditor, self._invoice.seller.name
        is_to_sender = sender is not None and is_same_business(name, sender)
        if is_to_sender or (seller is not None and is_same_business(name, seller)):
            self._reject(Code.INVOICE_TO_SENDER, "debtor.name", value=name)

    def _seller_warning(self) -> tuple[Problem, ...]:
        sender, seller = self._options.creditor, self._invoice.seller.name
        if sender is None or seller is None or is_same_business(sender, seller):
            return ()
        return (make_invoice_problem(Code.SELLER_DIFFERS, self._language, value=seller),)


def _ground(invoice: Invoice) -> str | None:
    """What the invoice is for: its first positions, else what it says freely; short."""
    named = [item for item in dict.fromkeys(invoice.items) if any(char.isalpha() for char in item)]
    return _joined(named) or _joined(invoice.notes[:1])


def _joined(texts: Iterable[str]) -> str | None:
    ground = ", ".join(texts)
    if len(ground) <= GROUND_CHARACTERS_MAX:
        return ground or None
    return ground[: GROUND_CHARACTERS_MAX - 1].rsplit(" ", 1)[0].rstrip(" ,;") + "…"
