"""Invoices of the corpus with one thing changed."""

from tests.conftest import CORPUS

UBL = CORPUS / "einvoice" / "corpus" / "XRECHNUNG_Einfach.ubl.xml"
CII = CORPUS / "einvoice" / "corpus" / "EN16931_Einfach_DueDate.cii.xml"
ZUGFERD_1 = CORPUS / "einvoice" / "corpus" / "ZUGFeRD_1p0_COMFORT_Einfach.pdf"


def changed(path, *changes: tuple[str, str]) -> bytes:
    """The file with every first text replaced by the second; each must be there."""
    text = path.read_text(encoding="utf-8-sig")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text.encode()


def due(amount: str) -> tuple[str, str]:
    """Another due amount in the CII sample."""
    return ("<ram:DuePayableAmount>529.87<", f"<ram:DuePayableAmount>{amount}<")


def kind(code: str) -> tuple[str, str]:
    """Another document type in the CII sample."""
    return ("<ram:TypeCode>380<", f"<ram:TypeCode>{code}<")
