"""What the parsers are known not to manage yet: one list, each with its reason.

A layout leaves the list when it is mended: its test is expected to fail, strictly, so that it turns
red then. Nothing is hidden from `make accuracy`, which counts all of it.
"""

# Rows that are accepted with something that the list says otherwise, or that must not be accepted.
READ_WRONGLY: dict[str, str] = {}

# Rows that are good and not accepted, or asked though the file decides.
NOT_READ = {
    "euro-as-header": "`EUR` alone is not known as the header of an amount",
    "fixed-width-print": "columns kept apart by blanks are not taken apart",
    "kvasy-fixed-width": "columns of fixed width without a header are neither read nor asked",
    "offers": "offers are asked for a header instead of being called no claims",
    "refunds": "refunds are asked for a header instead of being called no claims",
    "sage-name-once": "a debtor that is named once for all his rows is not carried down",
    "trap-amount-in-cents": "a header that says cents is not known as an amount",
    "trap-amount-in-thousands": "a header that says thousands of euros is not known as an amount",
}
