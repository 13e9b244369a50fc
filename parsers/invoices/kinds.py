"""What a document type code says (UNTDID 1001, the subset of EN 16931 and Order-X): claim or not.

Only what asks for a sum as it stands is a claim. A prepayment is not: nothing has been delivered for
it, and whether it can be collected the invoice does not say. Nor is a consolidated invoice, which
asks for other invoices once more, or a factored one, which somebody else has to collect.
"""

import re

from parsers.problems import Code

CLAIMS = frozenset(
    {
        "80",  # debit note for goods or services
        "82",  # metered services
        "84",  # debit note for financial adjustments
        "326",  # partial invoice
        "380",  # commercial invoice
        "383",  # debit note
        "387",  # hire
        "388",  # tax invoice
        "394",  # lease
        "395",  # consignment
        "575",  # insurer
        "623",  # forwarder
        "780",  # freight
        "875",  # partial, final and last invoice for building work
        "876",
        "877",
    }
)
_CREDITS = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")
_OTHERS = {
    **dict.fromkeys(_CREDITS, Code.CREDIT_NOTE),
    **dict.fromkeys(("389", "527"), Code.SELF_BILLED_INVOICE),
    "384": Code.CORRECTED_INVOICE,
    "386": Code.PREPAYMENT_INVOICE,
}
_TITLES = (
    (re.compile(r"(?i)storno|korrektur|berichtig|correct|rectif|cancel"), Code.CORRECTED_INVOICE),
    (re.compile(r"(?i)gutschrift|credit|avoir"), Code.CREDIT_NOTE),
    (
        re.compile(
            r"(?i)angebot|auftrag|bestell|lieferschein|pro.?forma|mahnung|quote|quotation|order|offer"
        ),
        Code.NO_INVOICE,
    ),
)


def kind_problem(kind: str | None, title: str | None, *, is_order: bool) -> Code | None:
    """Why a document of this type is no claim; None where it is one."""
    if is_order:
        return Code.NO_INVOICE
    if kind not in CLAIMS:
        return _OTHERS.get(kind or "", Code.NO_INVOICE)
    return next((code for pattern, code in _TITLES if title and pattern.search(title)), None)
