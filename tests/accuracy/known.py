"""What the parsers are known not to manage yet: one list, each with its reason.

A layout leaves the list when it is mended: its test is expected to fail, strictly, so that it turns
red then. Nothing is hidden from `make accuracy`, which counts all of it.
"""

# Rows that are accepted with something that the list says otherwise, or that must not be accepted.
READ_WRONGLY = {
    "aging-detail": "`Num` beside a transaction type is not known as the invoice number, which is lost",
    "clinic": "`Nr.` right of the street is not known as the house number, which is lost",
    "composed-english": "unusual headers are passed over in silence, so their fields are lost",
    "composed-german": "unusual headers are passed over in silence, so their fields are lost",
    "composed-german-book": "unusual headers are passed over in silence, so their fields are lost",
    "craftsman-lazy": "`zu zahlen bis` is not known as the due date, which is lost",
    "odoo-technical": "`name` heads the invoice numbers and is taken for the customer number",
    "trap-amount-in-cents": "a header that says cents is read as euros",
    "trap-amount-in-thousands": "a header that says thousands of euros is read as euros",
    "trap-company-with-comma": "a company's name with a comma is split into last and first name",
    "trap-contact-beside-unknown-name": "a contact person is taken for the debtor",
    "trap-credit-by-text": "a posting text that says credit note, cancellation or payment is not heeded",
    "trap-date-like-numbers": "invoice numbers that look like amounts or dates are lost",
    "trap-delivery-address": "`Rechnungsstraße` is not known as the street, which is lost",
    "trap-flag-columns": "flags such as `Storniert: x` are not heeded",
    "trap-foreign-companies": "legal forms of other countries are not known, so companies become persons",
    "trap-lower-case": "legal forms in small letters are not known, so companies become persons",
    "trap-own-company-column": "the sender's own company, the same in every row, is taken for the debtor",
    "trap-second-table-below": "a second table below the list, under a title of its own, is read on",
    "trap-upper-case": "legal forms in capitals are not known, so companies become persons",
}

# Rows that are good and not accepted, or asked though the file decides.
NOT_READ = {
    "composed-german": "names of the open amount such as `Rückstand` or `unbezahlt` are not known",
    "composed-german-book": "names of the open amount such as `Rückstand` or `unbezahlt` are not known",
    "dates-serial": "day numbers of a spreadsheet in a text file are not read as dates",
    "fitness-no-invoices": "`Rückstand offen` is not known as the open amount",
    "fixed-width-print": "columns kept apart by blanks are not taken apart",
    "kvasy-fixed-width": "columns of fixed width without a header are neither read nor asked",
    "landlord": "`Rückstand` is not known as the open amount",
    "merged-header": "groups of columns in merged cells are not heeded",
    "odoo": "`Invoice Partner Display Name` is not known as the debtor's name",
    "offers": "offers are asked for a header instead of being called no claims",
    "one-row-per-debtor": "`älteste Fälligkeit` is not known as the due date",
    "paywise-fields": "`organization_name` takes the place of a person's name",
    "refunds": "refunds are asked for a header instead of being called no claims",
    "sage-name-once": "a debtor that is named once for all his rows is not carried down",
    "sage-office-line": "a debtor that is named above his rows is not carried down",
    "sap-fbl5n": "`Betrag in Hauswährung` is not known as the amount",
    "trap-amount-in-cents": "a header that says cents is not known as an amount",
    "trap-amount-in-thousands": "a header that says thousands of euros is not known as an amount",
    "trap-billing-and-shipping": "`Billing Name` is not known as the debtor's name",
    "trap-contact-beside-unknown-name": "unusual headers of the debtor's name are not known",
    "trap-flag-columns": "`offen: ja` is taken for the amount",
    "trap-terms-in-words": "the net term after a discount's is not read",
    "two-line-header": "a header broken over two rows is not joined",
    "webfakt-colons": "blocks of keys and values are not read",
    "webfakt-equals": "blocks of keys and values are not read",
}
