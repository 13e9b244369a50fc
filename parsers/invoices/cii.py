"""Cross Industry Invoices (XRechnung, Factur-X, ZUGFeRD 2, and ZUGFeRD 1 with its older names)."""

import msgspec

from parsers.grids.container import ContainerError
from parsers.invoices.record import Invoice, Party, Sums
from parsers.invoices.tree import Node
from parsers.problems import Code

# What ZUGFeRD 1 and its release candidate call the parts that today have shorter names.
_HEADER = ("ExchangedDocument", "HeaderExchangedDocument")
_CONTEXT = ("ExchangedDocumentContext", "SpecifiedExchangedDocumentContext")
_TRANSACTION = ("SupplyChainTradeTransaction", "SpecifiedSupplyChainTradeTransaction")
_AGREEMENT = ("ApplicableHeaderTradeAgreement", "ApplicableSupplyChainTradeAgreement")
_SETTLEMENT = ("ApplicableHeaderTradeSettlement", "ApplicableSupplyChainTradeSettlement")
_SUMMATION = (
    "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
_LINE_SETTLEMENT = ("SpecifiedLineTradeSettlement", "SpecifiedSupplyChainTradeSettlement")
_LINE_SUMMATION = (
    "SpecifiedTradeSettlementLineMonetarySummation",
    "SpecifiedTradeSettlementMonetarySummation",
)
_DAY_FORMATS = (None, "102")
_NO_POSITION = ("GROUP", "INFORMATION")  # lines that only head or explain others


def read_cii(root: Node, *, file_format: str, is_first: bool = False) -> Invoice:
    """The record of a CII document; `is_first`: of ZUGFeRD 1.

    Raises ContainerError where a part is missing or said twice.
    """
    context = _maybe(root, _CONTEXT)
    header = _part(root, _HEADER)
    transaction = _part(root, _TRANSACTION)
    agreement, settlement = _part(transaction, _AGREEMENT), _part(transaction, _SETTLEMENT)
    total = _maybe(settlement, _SUMMATION)
    due = total.only("DuePayableAmount") if total else None
    currency = settlement.text("InvoiceCurrencyCode")
    lines = [one for one in transaction.all("IncludedSupplyChainTradeLineItem") if _is_position(one)]
    terms = settlement.all("SpecifiedTradePaymentTerms")
    return Invoice(
        format=file_format,
        kind=header.text("TypeCode"),
        title=header.text("Name"),
        is_test=_is_test(context),
        number=header.text("ID"),
        issued_on=_day(header.only("IssueDateTime")),
        due_on=tuple(
            day for term in terms for one in term.all("DueDateDateTime") if (day := _day(one)) is not None
        ),
        terms=tuple(text for term in terms for text in term.texts("Description")),
        currency=currency,
        due_currency=due.attribute("currencyID") if due else None,
        seller=_party(agreement.only("SellerTradeParty")),
        buyer=_party(agreement.only("BuyerTradeParty")),
        buyer_iban=_one(
            settlement.texts("SpecifiedTradeSettlementPaymentMeans/PayerPartyDebtorFinancialAccount/IBANID")
        ),
        seller_order=agreement.text("SellerOrderReferencedDocument/IssuerAssignedID"),
        contract_on=_referenced(agreement, "ContractReferencedDocument")
        or _referenced(agreement, "BuyerOrderReferencedDocument"),
        items=tuple(name for line in lines for name in line.texts("SpecifiedTradeProduct/Name")[:1]),
        notes=_notes(header),
        sums=msgspec.structs.replace(
            _sums(settlement, total, lines, currency) if total else Sums(),
            lines_may_be_gross=is_first,
            hides_prepaid=_is_minimum(context),
        ),
    )


def _sums(settlement: Node, total: Node, lines: list[Node], currency: str | None) -> Sums:
    taxes = [one for one in total.all("TaxTotalAmount") if one.attribute("currencyID") in (None, currency)]
    return Sums(
        lines=tuple(amount for line in lines if (amount := _line_amount(line)) is not None),
        line_total=total.text("LineTotalAmount"),
        allowances=total.text("AllowanceTotalAmount"),
        charges=total.text("ChargeTotalAmount"),
        basis=total.text("TaxBasisTotalAmount"),
        taxes=settlement.texts("ApplicableTradeTax/CalculatedAmount"),
        tax=taxes[0].value if len(taxes) == 1 else None,
        gross=total.text("GrandTotalAmount"),
        prepaid=total.text("TotalPrepaidAmount"),
        rounding=total.text("RoundingAmount"),
        due=total.text("DuePayableAmount"),
    )


def _line_amount(line: Node) -> str | None:
    settlement = _maybe(line, _LINE_SETTLEMENT)
    total = _maybe(settlement, _LINE_SUMMATION) if settlement else None
    return total.text("LineTotalAmount") if total else None


def _is_position(line: Node) -> bool:
    document = line.first("AssociatedDocumentLineDocument")
    reason = document.text("LineStatusReasonCode") if document else None
    has_product = line.first("SpecifiedTradeProduct") is not None
    return has_product and reason not in _NO_POSITION


def _is_test(context: Node | None) -> bool:
    marks = (context.texts("TestIndicator/Indicator") + context.texts("TestIndicator")) if context else ()
    return any(mark.lower() in ("true", "1") for mark in marks)


def _is_minimum(context: Node | None) -> bool:
    guidelines = context.texts("GuidelineSpecifiedDocumentContextParameter/ID") if context else ()
    return any("minimum" in guideline.lower() for guideline in guidelines)


def _party(party: Node | None) -> Party:
    if party is None:
        return Party()
    address = party.first("PostalTradeAddress")
    contact = party.first("DefinedTradeContact")
    taxed = any(one.value and one.attribute("schemeID") == "VA" for one in _tax_ids(party))
    registered = bool(party.texts("SpecifiedLegalOrganization/ID"))
    ids = party.texts("ID")
    return Party(
        name=party.text("Name"),
        number=ids[0] if len(ids) == 1 else None,
        lines=tuple(
            line for name in ("LineOne", "LineTwo", "LineThree") if address and (line := address.text(name))
        ),
        postcode=address.text("PostcodeCode") if address else None,
        city=address.text("CityName") if address else None,
        country=address.text("CountryID") if address else None,
        email=(_one(contact.texts("EmailURIUniversalCommunication/URIID")) if contact else None)
        or _electronic_address(party),
        phone=_one(contact.texts("TelephoneUniversalCommunication/CompleteNumber")) if contact else None,
        is_company=taxed or registered,
    )


def _tax_ids(party: Node) -> list[Node]:
    return party.all("SpecifiedTaxRegistration/ID")


def _electronic_address(party: Node) -> str | None:
    addresses = party.all("URIUniversalCommunication/URIID")
    return next((one.value for one in addresses if one.attribute("schemeID") == "EM"), None)


def _notes(header: Node) -> tuple[str, ...]:
    """What is said freely; notes with a subject are imprints and conditions."""
    free = [note for note in header.all("IncludedNote") if not note.texts("SubjectCode")]
    return tuple(text for note in free for text in note.texts("Content"))


def _referenced(agreement: Node, name: str) -> str | None:
    document = agreement.first(name)
    issued = document.first("FormattedIssueDateTime") if document else None
    return _day(issued) if issued else None


def _day(holder: Node | None) -> str | None:
    """The day in a date element; a form other than `YYYYMMDD` is handed on with its number, unreadable."""
    if holder is None:
        return None
    inner = holder.only("DateTimeString") or holder.only("DateTime") or holder
    if inner.attribute("format") not in _DAY_FORMATS:
        return f"{inner.value} (format {inner.attribute('format')})"
    return inner.value


def _part(node: Node, names: tuple[str, ...]) -> Node:
    found = _maybe(node, names)
    if found is None:
        raise ContainerError(Code.DAMAGED, detail=names[0])
    return found


def _maybe(node: Node, names: tuple[str, ...]) -> Node | None:
    return next((found for name in names if (found := node.only(name)) is not None), None)


def _one(texts: tuple[str, ...]) -> str | None:
    return texts[0] if texts else None
