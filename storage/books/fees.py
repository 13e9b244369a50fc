"""The agency's fee in the books: charged by its rate, raised later, taken back when it was not due.

0.5 when letter 1 goes out, 0.9 from day 14 after it, 1.3 only by the operator with a reason (VV 2300
RVG). The value is the principal at the time of the order; whoever raises a fee charges the difference.
"""

from datetime import date
from fractions import Fraction

from storage.books.booking import Change
from storage.books.case_book import CaseBook
from storage.books.claim_account import Charge
from storage.books.entries import EntryKind
from storage.books.ledgers import AGENCY_COSTS, AGREEMENT_COSTS, Ledger
from storage.law import fees as law
from storage.law.exact import half_up
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


def fee_change(
    book: CaseBook, tenths: int, on: date, note: str | None = None, *, before: CaseBook | None = None
) -> Change | None:
    """What brings the fee in the books to a rate (0: none); None when nothing changes.

    It is the difference of two charges, so that what was waived stays waived; and never more is taken back
    than is still charged. before: the book as it was,
    where the value of the order itself has changed.
    """
    target = _figures(book, tenths, on)
    charged = _figures(before or book, book.progress.fee_tenths, on)
    more = {
        ledger: max(target[ledger] - charged[ledger], -max(_charged(book, ledger), 0))
        for ledger in _COLLECTION
    }
    charges = tuple(Charge(bucket=(ledger, 0), cents=cents, on=on) for ledger, cents in more.items() if cents)
    if not charges:
        return None
    kind = EntryKind.FEE if sum(charge.cents for charge in charges) > 0 else EntryKind.CORRECTION
    credit = _lump_sum_credit(book, target, on) if kind is EntryKind.FEE else ()
    return Change(kind=kind, value_date=on, charges=(*charges, *credit), note=note)


def agreement_change(book: CaseBook, on: date) -> Change:
    """What charges the fee for a plan of installments: VV 1000 No. 2 of half the principal that is open.

    § 31b RVG says "the claim"; interest and costs are left out of it, as they are for the other fees.
    """
    progress = book.progress
    due = law.agreement_fee(
        Money(book.total(Ledger.PRINCIPAL)),
        ordered_on=date.fromisoformat(progress.ordered_on),
        earlier=fee_due(book, progress.fee_tenths, on) if progress.fee_tenths else None,
        creditor_deducts_vat=not progress.vat_charged,
        charged_on=on,
    )
    charged = zip(AGREEMENT_COSTS, (due.fee.cents, due.expenses.cents, due.vat.cents), strict=True)
    return Change(
        kind=EntryKind.FEE,
        value_date=on,
        charges=tuple(Charge(bucket=(ledger, 0), cents=cents, on=on) for ledger, cents in charged if cents),
        note=due.derivation.rate_rule,
    )


def fees_reversed(book: CaseBook, on: date, note: str) -> Change | None:
    """What takes all fees back, so that what was paid on them counts for the rest."""
    charges = tuple(
        Charge(bucket=(ledger, 0), cents=-_charged(book, ledger), on=on)
        for ledger in AGENCY_COSTS
        if _charged(book, ledger)
    )
    return Change(kind=EntryKind.REVERSAL, value_date=on, charges=charges, note=note) if charges else None


def fees_undone(book: CaseBook, note: str) -> list[Change]:
    """What takes all fees back as never charged, the newest first: each as of its own day.

    Unlike a reversal of today, it leaves no trace in how earlier payments were allocated.
    """
    by_day: dict[date, dict[Ledger, int]] = {}
    for charge in book.charges:
        if charge.bucket[0] in AGENCY_COSTS and charge.on is not None:
            of_day = by_day.setdefault(charge.on, {})
            of_day[charge.bucket[0]] = of_day.get(charge.bucket[0], 0) + charge.cents
    changes = []
    for day in sorted(by_day, reverse=True):
        charges = tuple(
            Charge(bucket=(ledger, 0), cents=-cents, on=day) for ledger, cents in by_day[day].items() if cents
        )
        if charges:
            changes.append(Change(kind=EntryKind.REVERSAL, value_date=day, charges=charges, note=note))
    return changes


def _figures(book: CaseBook, tenths: int, on: date) -> dict[Ledger, int]:
    """Fee, expenses and VAT at a rate; with the fee for a plan, the expenses share one maximum."""
    if not tenths or order_value(book) <= 0:
        return dict.fromkeys(_COLLECTION, 0)
    due = fee_due(book, tenths, on)
    ordered_on = date.fromisoformat(book.progress.ordered_on)
    left = law.expenses_maximum(ordered_on).cents - max(_charged(book, Ledger.AGREEMENT_EXPENSES), 0)
    expenses, vat = min(due.expenses.cents, left), due.vat.cents
    if vat and expenses < due.expenses.cents:
        vat = half_up(Fraction((due.fee.cents + expenses) * law.vat_percent(on), 100))
    return {Ledger.FEE: due.fee.cents, Ledger.EXPENSES: expenses, Ledger.VAT: vat}


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
