"""Columns of a list: how a cell is filled from an item, and what that tells its reader."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from tests.accuracy.items import Item
from tests.accuracy.truth import Claim, Facts, Refuse, Truth


class Cents(msgspec.Struct, frozen=True):
    """An amount, written as its file writes amounts."""

    cents: int


def _nothing(item: Item) -> Facts:
    return {}


class Column(NamedTuple):
    header: str
    cell: Callable
    tells: Callable = _nothing


def one_of(*values):
    """Facts that are right in more than one writing."""
    return frozenset(values)


def facts_of(item: Item, columns: list[Column]) -> Facts:
    """All that the columns tell of an item."""
    facts: Facts = {}
    for column in columns:
        facts |= column.tells(item)
    return facts


def truth_of(item: Item, columns: list[Column]) -> Truth:
    """A claim, or why the item is none."""
    if item.open == 0:
        return Refuse("zero")
    if item.open < 0:
        return Refuse("credit")
    if item.currency != "EUR":
        return Refuse("currency")
    return Claim(facts=facts_of(item, columns))


# Who: a debtor's names are (name, first name, company), each in all writings that are right.


def company_names(item: Item) -> Facts:
    company = item.party.company
    if item.party.is_certain:
        return {"names": frozenset((None, None, one) for one in spellings(company)), "kind": "company"}
    return {"names": one_of((None, None, company), (company, None, None))}


def spellings(company: str) -> set[str]:
    """A company's name, and the same without `Fa.`."""
    return {company, company[4:]} if company.casefold().startswith("fa. ") else {company}


def apart_names(item: Item) -> Facts:
    """Last and first name in columns of their own; a title may stay with either."""
    party = item.party
    if party.is_company:
        return company_names(item)
    names = {(party.last_name, party.first_name, None)}
    if party.title:
        names |= {
            (f"{party.title} {party.last_name}", party.first_name, None),
            (party.last_name, f"{party.title} {party.first_name}", None),
        }
    return {"names": frozenset(names), "kind": "private"}


def whole_names(item: Item) -> Facts:
    """`Hans Müller` in one cell: together, or taken apart rightly."""
    party = item.party
    if party.is_company:
        return company_names(item)
    whole = f"{party.first_name} {party.last_name}"
    names = {(whole, None, None), (party.last_name, party.first_name, None)}
    if party.title:
        names |= {(f"{party.title} {name}", first, None) for name, first, _ in set(names)}
    return {"names": frozenset(names), "kind": "private"}


def name_cell_last_first(item: Item) -> str:
    party = item.party
    title = f"{party.title} " if party.title else ""
    return party.company or f"{party.last_name}, {title}{party.first_name}"


def name_cell_first_last(item: Item) -> str:
    party = item.party
    title = f"{party.title} " if party.title else ""
    return party.company or f"{title}{party.first_name} {party.last_name}"


def last_first(header="Name"):
    return Column(header, name_cell_last_first, apart_names)


def first_last(header="Name"):
    return Column(header, name_cell_first_last, whole_names)


def name_and_first(name="Name", first="Vorname"):
    """A company's name stands in the column of last names."""
    return [
        Column(name, lambda item: item.party.company or item.party.last_name, apart_names),
        Column(first, lambda item: item.party.first_name),
    ]


def company_and_person(company="Firma", name="Nachname", first="Vorname"):
    return [
        Column(company, lambda item: item.party.company or "", certain_names),
        Column(name, lambda item: item.party.last_name),
        Column(first, lambda item: item.party.first_name),
    ]


def certain_names(item: Item) -> Facts:
    if item.party.is_company:
        return {
            "names": frozenset((None, None, one) for one in spellings(item.party.company)),
            "kind": "company",
        }
    return apart_names(item)


def salutation(header="Anrede"):
    return Column(header, lambda item: item.party.salutation, _salutation_tells)


def _salutation_tells(item: Item) -> Facts:
    if item.party.is_company:
        return certain_names(item)
    return {"kind": "private"}


def title(header="Titel"):
    return Column(header, lambda item: item.party.title)


def contact(header="Ansprechpartner"):
    """Whom to ask for at a company: never the debtor."""
    return Column(
        header,
        lambda item: "Frau Weber" if item.party.is_company else "",
        lambda item: {"contact": "Frau Weber"},
    )


def debtor_number(header="Kundennummer", prefix=""):
    return Column(
        header, lambda item: prefix + item.party.number, lambda item: {"number": prefix + item.party.number}
    )


def street(header="Straße"):
    return Column(header, lambda item: item.party.street, lambda item: {"street": item.party.street})


def street_and_house(name="Straße", house="Hausnummer"):
    return [
        Column(name, lambda item: item.party.street_name, lambda item: {"street": item.party.street}),
        Column(house, lambda item: item.party.house),
    ]


def postcode(header="PLZ"):
    return Column(header, lambda item: item.party.postcode, lambda item: {"postcode": item.party.postcode})


def postcode_without_zero(header="PLZ"):
    return Column(
        header, lambda item: int(item.party.postcode), lambda item: {"postcode": item.party.postcode}
    )


def city(header="Ort"):
    return Column(header, lambda item: item.party.city, lambda item: {"city": item.party.city})


def place(header="PLZ Ort", prefix=False):
    def cell(item):
        sign = {"DE": "D-", "AT": "A-", "CH": "CH-"}[item.party.country] if prefix else ""
        return f"{sign}{item.party.postcode} {item.party.city}"

    return Column(header, cell, lambda item: {"postcode": item.party.postcode, "city": item.party.city})


def address(header="Anschrift", between=", "):
    return Column(
        header,
        lambda item: f"{item.party.street}{between}{item.party.postcode} {item.party.city}",
        lambda item: {"street": item.party.street, "postcode": item.party.postcode, "city": item.party.city},
    )


def country(header="Land", names=None):
    return Column(
        header,
        lambda item: (names or {}).get(item.party.country, item.party.country),
        lambda item: {"country": item.party.country},
    )


def email(header="E-Mail"):
    return Column(header, lambda item: item.party.email)


def phone(header="Telefon"):
    return Column(header, lambda item: item.party.phone)


# What for


def invoice_number(header="Rechnungsnummer", prefix=""):
    return Column(
        header,
        lambda item: prefix + item.invoice_number,
        lambda item: {"invoice_number": prefix + item.invoice_number},
    )


def invoice_number_as_number(header="Rechnungsnummer"):
    return Column(
        header,
        lambda item: int(item.invoice_number),
        lambda item: {"invoice_number": item.invoice_number},
    )


def invoice_date(header="Rechnungsdatum"):
    return Column(
        header, lambda item: item.invoice_date, lambda item: {"invoice_date": item.invoice_date.isoformat()}
    )


def due_date(header="Fälligkeit"):
    return Column(header, lambda item: item.due_date, lambda item: {"due_date": item.due_date.isoformat()})


def terms(header="Zahlungsziel", unit=""):
    return Column(
        header, lambda item: f"{item.terms}{unit}", lambda item: {"due_date": item.due_date.isoformat()}
    )


def open_amount(header="Offen"):
    return Column(header, lambda item: Cents(item.open), lambda item: {"amount": item.open})


def gross(header="Rechnungsbetrag"):
    return Column(header, lambda item: Cents(item.gross))


def paid(header="Bezahlt"):
    return Column(header, lambda item: Cents(item.paid))


def net(header="Netto"):
    return Column(header, lambda item: Cents(round(item.gross / 1.19)))


def vat(header="MwSt"):
    return Column(header, lambda item: Cents(item.gross - round(item.gross / 1.19)))


def fee(header, cents, kind="dunning_fee"):
    """A cost of the creditor beside the claim: `cents` of an item, nothing where it is zero."""
    return Column(
        header,
        lambda item: Cents(cents(item)) if cents(item) else "",
        lambda item: {f"costs.{kind}": cents(item)},
    )


def currency(header="Währung"):
    return Column(header, lambda item: item.currency)


def text(header="Buchungstext"):
    return Column(header, lambda item: item.text)


def level(header="Mahnstufe"):
    return Column(header, lambda item: item.level)


def constant(header, value=""):
    return Column(header, lambda item: value)
