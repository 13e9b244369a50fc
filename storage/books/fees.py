"""The agency's fee in the books: charged by its rate, raised later, taken back when it was not due.

0.5 when letter 1 goes out, 0.9 from day 14 after it, 1.3 only by the operator with a reason (VV 2300
RVG). The value is the principal at the time of the order; whoever raises a fee charges the difference.
"""

from datetime import date

from storage.books.booking import Change
from storage.books.case_book import CaseBook
from storage.books.claim_account import Charge
from storage.books.entries import EntryKind
from storage.books.ledgers import AGENCY_COSTS, Ledger
from storage.law import fees as law
from storage.law.fees import FeeRate
from storage.money import Money

SIMPLE_TENTHS, NORMAL_TENTHS, EXTENSIVE_TENTHS = 5, 9, 13
RATES = {
    SIMPLE_TENTHS: FeeRate.SIMPLE,
    NORMAL_TENTHS: FeeRate.NORMAL,
    EXTENSIVE_TENTHS: FeeRate.EXTENSIVE,
}
_COLLECTION = (Ledger.FEE, Ledger.EXPENSES, Ledger.VAT)


def order_value(book: CaseBook) -> int:
    """The principal at the time of the order, in cents: what was handed over, less what was paid before."""
    return sum(
        charge.cents
        for charge in book.charges
        if charge.bucket[0] is Ledger.PRINCIPAL and (charge.on is None or charge.on <= book.handed_over_on)
    )


def fee_due(book: CaseBook, tenths: int, charged_on: date) -> law.Charge:
    """The fee of a rate in tenths, with its derivation. Raises StatutoryDataMissingError."""
    return law.collection_fee(
        Money(order_value(book)),
        ordered_on=date.fromisoformat(book.progress.ordered_on),
        rate=RATES[tenths],
        disputed=False,
        creditor_deducts_vat=not book.progress.vat_charged,
        charged_on=charged_on,
    )


def fee_change(book: CaseBook, tenths: int, on: date, note: str | None = None) -> Change | None:
    """What brings the fee in the books to a rate (0: none); None when it is there already."""
    target = dict.fromkeys(_COLLECTION, 0)
    if tenths and order_value(book) > 0:
        due = fee_due(book, tenths, on)
        target = {Ledger.FEE: due.fee.cents, Ledger.EXPENSES: due.expenses.cents, Ledger.VAT: due.vat.cents}
    charged = {ledger: _charged(book, ledger) for ledger in _COLLECTION}
    charges = tuple(
        Charge(bucket=(ledger, 0), cents=target[ledger] - charged[ledger], on=on)
        for ledger in _COLLECTION
        if target[ledger] != charged[ledger]
    )
    if not charges:
        return None
    kind = EntryKind.FEE if sum(charge.cents for charge in charges) > 0 else EntryKind.CORRECTION
    credit = _lump_sum_credit(book, target, on) if kind is EntryKind.FEE else ()
    return Change(kind=kind, value_date=on, charges=(*charges, *credit), note=note)


def fees_reversed(book: CaseBook, on: date, note: str) -> Change | None:
    """What takes all fees back, so that what was paid on them counts for the rest."""
    charges = tuple(
        Charge(bucket=(ledger, 0), cents=-_charged(book, ledger), on=on)
        for ledger in AGENCY_COSTS
        if _charged(book, ledger)
    )
    return Change(kind=EntryKind.REVERSAL, value_date=on, charges=charges, note=note) if charges else None


def _charged(book: CaseBook, ledger: Ledger) -> int:
    return sum(charge.cents for charge in book.charges if charge.bucket[0] is ledger)


def _lump_sum_credit(book: CaseBook, target: dict[Ledger, int], on: date) -> tuple[Charge, ...]:
    """The 40 EUR of § 288 (5) BGB are credited against the fee: the debtor bears max(40, fee) in all."""
    claimed = _charged_by_position(book)
    left = sum(claimed.values()) - max(
        _claimed_at_first(book) - target[Ledger.FEE] - target[Ledger.EXPENSES], 0
    )
    charges = []
    for position, cents in claimed.items():
        share = min(cents, left)
        if share > 0:
            charges.append(Charge(bucket=(Ledger.LUMP_SUM, position), cents=-share, on=on))
            left -= share
    return tuple(charges)


def _charged_by_position(book: CaseBook) -> dict[int, int]:
    claimed: dict[int, int] = {}
    for charge in book.charges:
        if charge.bucket[0] is Ledger.LUMP_SUM:
            claimed[charge.bucket[1]] = claimed.get(charge.bucket[1], 0) + charge.cents
    return claimed


def _claimed_at_first(book: CaseBook) -> int:
    return sum(
        charge.cents for charge in book.charges if charge.bucket[0] is Ledger.LUMP_SUM and charge.cents > 0
    )
