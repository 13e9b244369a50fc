"""What the parsers hand on: rows, problems, questions and documents, as INTERFACE names them.

The records are frozen and keyword-only. They are msgspec structs rather than dataclasses because
every row of a million crosses a process border: a struct is built and packed several times faster
and, unlike a pickle, cannot carry code out of a process that has read a hostile file.
"""

from datetime import date
from enum import StrEnum

import msgspec

from storage.money import Money


class DebtorKind(StrEnum):
    """Whether the consumer rules of § 13a RDG apply."""

    PRIVATE = "private"
    COMPANY = "company"


class Kind(StrEnum):
    """What a document is."""

    CLAIMS = "claims"
    MASTER_DATA = "master_data"
    INVOICE = "invoice"
    EVIDENCE = "evidence"
    PAYMENT_NOTICE = "payment_notice"
    AUTOMATIC = "automatic"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNREADABLE = "unreadable"


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False, gc=False):
    """What is wrong with one value and how its sender mends it."""

    code: str
    field: str | None = None
    value: str | None = None
    message: str
    fix: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """What the file does not decide; no row that depends on it is accepted."""

    id: str
    about: str
    text: str
    choices: tuple[str, ...]


class Debtor(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """Who owes; absent values are None, numbers and postcodes are text."""

    number: str | None = None
    kind: DebtorKind = DebtorKind.PRIVATE
    name: str | None = None
    first_name: str | None = None
    company: str | None = None
    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    birth_date: date | None = None
    iban: str | None = None

    @property
    def label(self) -> str:
        """The name that a person would call the debtor by."""
        if self.company:
            return self.company
        return ", ".join(part for part in (self.name, self.first_name) if part)


class CreditorCost(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """A cost of the creditor that is claimed beside the principal (Nebenforderung)."""

    kind: str  # dunning_fee | bank_return_fee | interest | other
    amount: Money


class Row(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """One accepted row: one claim against one debtor. `row` counts as the sender's program shows it."""

    row: int
    debtor: Debtor
    amount: Money
    creditor_reference: str | None = None
    invoice_number: str | None = None
    invoice_date: date | None = None
    due_date: date | None = None
    ground: str | None = None
    contract_date: date | None = None
    default_since: date | None = None
    default_reason: str | None = None
    creditor_costs: tuple[CreditorCost, ...] = ()
    warnings: tuple[Problem, ...] = ()


class RejectedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is not taken, with everything that is wrong with it; `read` is what an invoice said."""

    row: int
    problems: tuple[Problem, ...]
    read: Row | None = None
    invoice_number: str | None = None  # as it stands there, where the row still tells


class SkippedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is no claim (a total, a blank, a remark) and why it was passed over."""

    row: int
    reason: str


class Customer(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """One customer of a list of master data, by his folded number.

    Numbers count in circles: customer 10021 and account 10021 need not be the same. Without `debtor`
    the list says different things of the number, and nothing that was known of it holds any more.
    """

    circle: str
    number: str
    debtor: Debtor | None = None


class Covers(StrEnum):
    """What a payment is for; FULL where its sender says that all is paid."""

    FULL = "full"
    PRINCIPAL = "principal"
    PARTIAL = "partial"
    UNKNOWN = "unknown"


class Timing(StrEnum):
    """Whether a payment came before the case was handed over."""

    BEFORE_HANDOVER = "before_handover"
    AFTER_HANDOVER = "after_handover"
    UNKNOWN = "unknown"


class ToldPayment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment to the creditor, as far as its notice was understood; `debtor` is a name or a number."""

    case: str | None = None
    reference: str | None = None
    debtor: str | None = None
    amount: Money | None = None
    paid_on: date | None = None
    covers: Covers = Covers.UNKNOWN
    timing: Timing = Timing.UNKNOWN


class PaymentNotice(msgspec.Struct, frozen=True, kw_only=True):
    """All payments of a message; as long as anything is to be asked, none of them may be booked."""

    payments: tuple[ToldPayment, ...] = ()
    ask: tuple[str, ...] = ()

    @property
    def must_ask(self) -> bool:
        """Whether nothing may be booked before the answer."""
        return bool(self.ask)


class DocumentHead(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document before its rows: what it is and how its table is read."""

    kind: Kind
    name: str
    path: str | None = None  # where its bytes lie while the reading process lives; shown to nobody
    media_type: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal_mark: str | None = None
    date_order: str | None = None
    columns: dict[str, str] = {}
    header_row: int | None = None
    fingerprint: str | None = None  # of the header: the same for all lists that one report writes
    producer: str | None = None  # the program that wrote the list, where its header tells
    needs_answer: tuple[Question, ...] = ()
    offers: tuple[Question, ...] = ()  # what one answer would complete; no row waits for it
    problems: tuple[Problem, ...] = ()
    notice: PaymentNotice | None = None  # of payments that went to the creditor
    said: str | None = None  # of a message that holds nothing else: the own words of its writer
    reason: str | None = None  # of an automatic mail: auto-reply, mailing-list, delivery-report …
    pages: int | None = None
    format: str | None = None  # of an invoice: xrechnung-ubl, xrechnung-cii, zugferd, pdf
    seller: str | None = None  # who issued an invoice
    case: str | None = None  # of evidence: the number of the case that it names


class DocumentTail(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a document only after its last row; problems found half-way are here."""

    rows_total: int
    problems: tuple[Problem, ...] = ()
    kept: int = 0  # of master data: how many of its rows are customers that can be used
    skipped: tuple[SkippedRow, ...] = ()  # of master data: its other rows


RowItem = Row | RejectedRow | SkippedRow
Item = DocumentHead | RowItem | DocumentTail | Customer
