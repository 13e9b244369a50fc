"""UBL 2.1 invoices and credit notes (EN 16931, XRechnung, Peppol) as the common record."""

import re

from parsers.invoices.record import Invoice, Party, Sums
from parsers.invoices.tree import Node

_CREDIT_NOTE = "381"
_NOTE_SUBJECT = re.compile(r"#[A-Z]{2,3}#")


def read_ubl(root: Node, *, is_credit_note: bool) -> Invoice:
    """The record of a UBL document. Raises ContainerError where it says one thing twice."""
    word = "CreditNote" if is_credit_note else "Invoice"
    total = root.only("LegalMonetaryTotal")
    payable = total.only("PayableAmount") if total else None
    currency = root.text("DocumentCurrencyCode")
    means = root.all("PaymentMeans")
    lines = root.all(f"{word}Line")
    return Invoice(
        format="xrechnung-ubl",
        kind=_CREDIT_NOTE if is_credit_note else root.text("InvoiceTypeCode"),
        number=root.text("ID"),
        issued_on=root.text("IssueDate"),
        due_on=root.texts("DueDate") or tuple(day for one in means for day in one.texts("PaymentDueDate")),
        terms=root.texts("PaymentTerms/Note"),
        currency=currency,
        due_currency=payable.attribute("currencyID") if payable else None,
        seller=_party(root.only("AccountingSupplierParty/Party")),
        buyer=_party(root.only("AccountingCustomerParty/Party")),
        buyer_iban=next(
            (iban for one in means for iban in one.texts("PaymentMandate/PayerFinancialAccount/ID")), None
        ),
        seller_order=root.text("OrderReference/SalesOrderID"),
        contract_on=_one(root.texts("ContractDocumentReference/IssueDate"))
        or _one(root.texts("OrderReference/IssueDate")),
        items=tuple(name for line in lines for name in line.texts("Item/Name")[:1]),
        notes=tuple(note for note in root.texts("Note") if not _NOTE_SUBJECT.match(note)),
        sums=_sums(root, total, lines, currency) if total else Sums(),
    )


def _sums(root: Node, total: Node, lines: list[Node], currency: str | None) -> Sums:
    taxes = [one for one in root.all("TaxTotal") if _is_in(one.only("TaxAmount"), currency)]
    return Sums(
        lines=tuple(amount for line in lines for amount in line.texts("LineExtensionAmount")),
        line_total=total.text("LineExtensionAmount"),
        allowances=total.text("AllowanceTotalAmount"),
        charges=total.text("ChargeTotalAmount"),
        basis=total.text("TaxExclusiveAmount"),
        taxes=tuple(amount for one in taxes for amount in one.texts("TaxSubtotal/TaxAmount")),
        tax=taxes[0].text("TaxAmount") if len(taxes) == 1 else None,
        gross=total.text("TaxInclusiveAmount"),
        prepaid=total.text("PrepaidAmount"),
        rounding=total.text("PayableRoundingAmount"),
        third_party=root.texts("PrepaidPayment/PaidAmount") if _is_extended(root) else (),
        due=total.text("PayableAmount"),
    )


def _is_extended(root: Node) -> bool:
    """Only the extension of XRechnung adds other people's claims to the sum (BG-DEX-09)."""
    return "extension:xrechnung" in (root.text("CustomizationID") or "")


def _is_in(amount: Node | None, currency: str | None) -> bool:
    """The tax may be given once more in the currency of the tax office."""
    return amount is not None and amount.attribute("currencyID") in (None, currency)


def _party(party: Node | None) -> Party:
    if party is None:
        return Party()
    address = party.first("PostalAddress")
    registered = party.first("PartyLegalEntity/CompanyID") is not None
    taxed = party.first("PartyTaxScheme/CompanyID") is not None
    return Party(
        name=_one(party.texts("PartyLegalEntity/RegistrationName")) or _one(party.texts("PartyName/Name")),
        number=_number(party.all("PartyIdentification/ID")),
        lines=_lines(address) if address else (),
        postcode=address.text("PostalZone") if address else None,
        city=address.text("CityName") if address else None,
        country=address.text("Country/IdentificationCode") if address else None,
        email=_one(party.texts("Contact/ElectronicMail")) or _endpoint(party.first("EndpointID")),
        phone=_one(party.texts("Contact/Telephone")),
        is_company=registered or taxed,
    )


def _number(ids: list[Node]) -> str | None:
    """What the seller calls the buyer by; numbers of public registers have a scheme."""
    own = [one.value for one in ids if one.value and one.attribute("schemeID") is None]
    return own[0] if len(own) == 1 else None


def _endpoint(endpoint: Node | None) -> str | None:
    return endpoint.value if endpoint is not None and endpoint.attribute("schemeID") == "EM" else None


def _lines(address: Node) -> tuple[str, ...]:
    street, house = address.text("StreetName"), address.text("BuildingNumber")
    first = " ".join(part for part in (street, house) if part)
    rest = (address.text("AdditionalStreetName"), *address.texts("AddressLine/Line"))
    return tuple(line for line in (first, *rest) if line)


def _one(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None
