"""An invoice as its file writes it: the same record from every dialect, values still as text."""

import msgspec


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """Seller or buyer. `number` is what the seller calls the buyer by; `lines` are those above the place."""

    name: str | None = None
    number: str | None = None
    lines: tuple[str, ...] = ()
    postcode: str | None = None
    city: str | None = None
    country: str | None = None
    email: str | None = None
    phone: str | None = None
    is_company: bool = False  # a VAT number or an entry in a register


class Sums(msgspec.Struct, frozen=True, kw_only=True):
    """The sums of an invoice (EN 16931: BT-106 to BT-115, BT-131, BT-117)."""

    lines: tuple[str, ...] = ()  # the net amount of each line
    line_total: str | None = None
    allowances: str | None = None
    charges: str | None = None
    basis: str | None = None  # without tax
    taxes: tuple[str, ...] = ()  # the tax of each rate
    tax: str | None = None
    gross: str | None = None
    prepaid: str | None = None
    rounding: str | None = None
    third_party: tuple[str, ...] = ()  # claims of others on the same bill (XRechnung extension)
    due: str | None = None
    lines_may_be_gross: bool = False  # ZUGFeRD 1: some programs wrote the lines with tax
    hides_prepaid: bool = False  # the MINIMUM profile has no place for what was paid before


class Invoice(msgspec.Struct, frozen=True, kw_only=True):
    """Everything of an invoice that matters here; dates as `YYYY-MM-DD` or `YYYYMMDD`."""

    format: str  # xrechnung-ubl | xrechnung-cii | zugferd
    kind: str | None  # document type code, UNTDID 1001
    title: str | None = None  # what the document calls itself
    is_order: bool = False
    is_test: bool = False
    number: str | None = None
    issued_on: str | None = None
    due_on: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    currency: str | None = None
    due_currency: str | None = None  # as the due amount itself says it
    seller: Party = Party()
    buyer: Party = Party()
    buyer_iban: str | None = None
    seller_order: str | None = None
    contract_on: str | None = None
    items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sums: Sums = Sums()
