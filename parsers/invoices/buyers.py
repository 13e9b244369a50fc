"""The buyer of an invoice as the debtor of a row."""

import re

from parsers.invoices.record import Invoice, Party
from parsers.problems import Code, make_invoice_problem
from parsers.sheets.checks import is_email, is_iban, is_postcode
from parsers.sheets.debtors import country_code, name_debtor
from storage.identity import fold
from storage.records import Debtor, DebtorKind, Problem

_COUNTRY = re.compile(r"[A-Z]{2}")
_HOUSE_NUMBER = re.compile(r"[^\W\d].*\d|\d.*[^\W\d]")


def debtor_of(invoice: Invoice, language: str) -> tuple[Debtor, tuple[Problem, ...]]:
    """The debtor, and what is doubtful about it. A VAT number or a register entry makes a company."""
    buyer = invoice.buyer
    said = DebtorKind.COMPANY if buyer.is_company else None
    named = name_debtor(buyer.name, None, None, said)
    country = _country(buyer.country)
    doubts: list[Problem] = []
    if buyer.postcode and not is_postcode(buyer.postcode, country):
        doubts.append(_doubt(Code.POSTCODE_INVALID, "debtor.postcode", buyer.postcode, language))
    if buyer.email and not is_email(buyer.email):
        doubts.append(_doubt(Code.EMAIL_INVALID, "debtor.email", buyer.email, language))
    debtor = Debtor(
        number=_number(buyer),
        kind=DebtorKind.COMPANY if named.is_company else DebtorKind.PRIVATE,
        name=named.name,
        first_name=named.first_name,
        company=named.company,
        street=_street(buyer.lines),
        postcode=buyer.postcode,
        city=buyer.city,
        country=country,
        email=buyer.email,
        phone=buyer.phone,
        iban=_iban(invoice.buyer_iban),
    )
    return debtor, tuple(doubts)


def _doubt(code: Code, field: str, value: str, language: str) -> Problem:
    return make_invoice_problem(code, language, field=field, value=value)


def _number(buyer: Party) -> str | None:
    """The customer number; some programs write the name there once more."""
    return buyer.number if fold(buyer.number) != fold(buyer.name) else None


def _street(lines: tuple[str, ...]) -> str | None:
    """The line with a house number, else the first: many programs put a contact person above it."""
    with_number = [line for line in lines if _HOUSE_NUMBER.search(line)]
    return next(iter(with_number or lines), None)


def _country(code: str | None) -> str | None:
    if code is None:
        return None
    known = country_code(code)
    return known if known or not _COUNTRY.fullmatch(code) else code


def _iban(written: str | None) -> str | None:
    compact = (written or "").replace(" ", "").upper()
    return compact if is_iban(compact) else None
