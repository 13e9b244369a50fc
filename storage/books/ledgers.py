"""The chart of accounts: where a cent can stand, in three sections that each balance in every entry.

`claims` is what the debtor owes (view A, the Forderungskonto): a bucket for each kind of claim,
against what was charged for the creditor and for the agency, and against what was settled.
`shares` is who gets what came in (view B, the creditor first), in the same sums. `money` is where
the money lies: the trust account against the creditor's balance account, the agency's share and
refunds. Debit is positive, credit negative; all sums are whole cents.
"""

from enum import IntEnum


class Section(IntEnum):
    """A part of the books that balances by itself; the tens of a ledger's number times ten."""

    CLAIMS = 1
    SHARES = 2
    MONEY = 3


class Ledger(IntEnum):
    """One account of the books; the numbers are stored and never change."""

    # Claims, of one claim of a case (its position): what is open of each kind.
    PRINCIPAL = 101
    INTEREST = 102
    DUNNING_FEE = 103
    BANK_RETURN_FEE = 104
    CLAIMED_INTEREST = 105  # interest that the creditor had counted itself and handed over as a sum
    OTHER_COST = 106
    LUMP_SUM = 107  # 40 EUR, § 288 (5) BGB
    # Claims, of the case (position 0).
    FEE = 111
    EXPENSES = 112
    VAT = 113
    AGREEMENT_FEE = 114  # VV 1000 RVG, for an installment agreement that was announced
    COURT_COST = 115
    AGREEMENT_EXPENSES = 116  # apart from the others, since a fee that changes later leaves them alone
    AGREEMENT_VAT = 117
    RETURN_EXPENSES = 118  # what the agency's bank took for a payment that was returned
    OVERPAID = 121  # a credit: what came in above all that was owed
    CHARGED_CREDITOR = 131  # against the buckets: all that was charged for the creditor
    CHARGED_AGENCY = 132
    SETTLED = 133  # against the buckets: all that was received
    # Shares, of the case.
    RECEIVED = 201
    RECEIVED_DIRECT = 202
    CREDITOR_SHARE = 211
    AGENCY_SHARE = 212
    SURPLUS = 213
    # Money, of the creditor's account with the agency.
    TRUST_BANK = 301
    BALANCE = 311  # the credit balance account (Guthabenkonto); a credit is the creditor's money
    AGENCY = 312
    REFUNDS_DUE = 313
    IN_TRANSIT = 314  # told to the bank, not yet on its statement

    @property
    def section(self) -> Section:
        """The part of the books that it belongs to."""
        return Section(self // 100)

    @property
    def is_of_the_account(self) -> bool:
        """Whether one balance stands for the whole account, not one for each case."""
        return self >= Ledger.TRUST_BANK


CREDITOR_COSTS = (
    Ledger.DUNNING_FEE,
    Ledger.BANK_RETURN_FEE,
    Ledger.CLAIMED_INTEREST,
    Ledger.OTHER_COST,
    Ledger.LUMP_SUM,
)
AGREEMENT_COSTS = (Ledger.AGREEMENT_FEE, Ledger.AGREEMENT_EXPENSES, Ledger.AGREEMENT_VAT)
AGENCY_COSTS = (Ledger.FEE, Ledger.EXPENSES, Ledger.VAT, *AGREEMENT_COSTS, Ledger.RETURN_EXPENSES)
OPEN_BUCKETS = (Ledger.PRINCIPAL, Ledger.INTEREST, *CREDITOR_COSTS, *AGENCY_COSTS, Ledger.COURT_COST)

# What people are told of an account of a debtor: the kinds, in the contract's words, and their buckets.
FIGURES: dict[str, tuple[Ledger, ...]] = {
    "principal": (Ledger.PRINCIPAL,),
    "creditor_costs": CREDITOR_COSTS,
    "interest": (Ledger.INTEREST,),
    "court_costs": (Ledger.COURT_COST,),
    "fee": (Ledger.FEE, Ledger.AGREEMENT_FEE),
    "expenses": (Ledger.EXPENSES, Ledger.AGREEMENT_EXPENSES, Ledger.RETURN_EXPENSES),
    "vat": (Ledger.VAT, Ledger.AGREEMENT_VAT),
}
assert {ledger for ledgers in FIGURES.values() for ledger in ledgers} == set(OPEN_BUCKETS), "each is told"

COST_LEDGERS = {
    "dunning_fee": Ledger.DUNNING_FEE,
    "bank_return_fee": Ledger.BANK_RETURN_FEE,
    "interest": Ledger.CLAIMED_INTEREST,
    "lump_sum": Ledger.LUMP_SUM,
    "other": Ledger.OTHER_COST,
}


def charged_by(ledger: Ledger) -> Ledger:
    """The ledger that a charge in a bucket stands against: for whom it is charged."""
    return Ledger.CHARGED_AGENCY if ledger in AGENCY_COSTS else Ledger.CHARGED_CREDITOR


def named(ledger: int, position: int = 0) -> str:
    """A ledger, or one claim's part of it, for messages; a number that no ledger has is shown as it is."""
    name = Ledger(ledger).name if ledger in _NUMBERS else str(ledger)
    return f"{name} of claim {position}" if position else name


_NUMBERS = frozenset(Ledger)
