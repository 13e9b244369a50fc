"""Who gets what came in (view B): the creditor first, then the agency, the rest goes back to the debtor.

The product's promise: until all that was handed over, with what it has borne since, is paid, nothing
goes to the agency, whatever § 367 BGB says of the debtor's account. § 367 BGB binds debtor and creditor;
between creditor and agency the contract counts.
"""

import msgspec


class Shares(msgspec.Struct, frozen=True, kw_only=True):
    """How all receipts of a case are shared, in cents."""

    creditor: int
    agency: int
    surplus: int


def share(received: int, charged_creditor: int, charged_agency: int) -> Shares:
    """The shares of all that was received, at the agency or by the creditor itself.

    charged_creditor is what was handed over with creditor costs, advanced court costs and interest since
    (unless it is the agency's); charged_agency is fee, expenses and what the debtor pays of VAT.
    """
    creditor = min(received, charged_creditor)
    agency = min(received - creditor, charged_agency)
    return Shares(creditor=creditor, agency=agency, surplus=received - creditor - agency)
