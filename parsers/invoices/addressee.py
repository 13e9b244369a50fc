"""Whom a plain invoice is addressed to: the one block of name, street and place that is not the sender's."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from parsers.invoices.names import is_same_business
from parsers.sheets.checks import is_postcode
from parsers.sheets.debtors import name_debtor
from storage.identity import fold
from storage.records import Debtor, DebtorKind

NAME_LINES_MAX = 2
LINES_BELOW = 6
LINES_MAX = 400  # of more than a few pages, the rest holds no addressee
_PLACE = re.compile(r"(?:D-|DE[- ])?(\d{5})\s*([^\W\d][^\d|●•·]{1,40})")
_STREET = re.compile(r"[^\W\d][^\d]{2,60}?\s*\d{1,4}\s?[a-zA-Z]?(?:\s?[-/]\s?\d{1,4}\s?[a-zA-Z]?)?")
_NAME = re.compile(r"[^\W\d][^\d:@●•|]{2,80}")
_LABEL = re.compile(
    r"(?i)^(?:name|anschrift|adresse|straße|rechnungsempfänger|kunde|an)\s*:?\s+|^(?:an|herrn?|frau|firma)$"
)
_GREETING = re.compile(r"(?i)(?:an|herrn?|frau|firma|z\.? ?hd\.?.*|c/o.*)")
_SENDER_SIGNS = re.compile(
    r"(?i)\b(?:iban|bic|ust\.?-?id|steuer-?nr|steuernummer|tel(?:efon)?|fon|phone|fax|vat-id|e-mail|hr[ab])\b"
)


class Block(msgspec.Struct, frozen=True):
    """One postal address as it stands in the text."""

    name: str
    street: str
    postcode: str
    city: str
    is_sender: bool


def addressee_of(lines: Sequence[str], creditor: str | None, number: str | None) -> Debtor:
    """The debtor by the one address that is not the sender's; without name where that is not certain."""
    blocks = {
        block
        for block in _blocks(lines[:LINES_MAX])
        if not block.is_sender and not (creditor and is_same_business(block.name, creditor))
    }
    if len(blocks) != 1:
        return Debtor(number=number)
    block = blocks.pop()
    named = name_debtor(block.name, None, None, None)
    return Debtor(
        number=number,
        kind=DebtorKind.COMPANY if named.is_company else DebtorKind.PRIVATE,
        name=named.name,
        first_name=named.first_name,
        company=named.company,
        street=block.street,
        postcode=block.postcode,
        city=block.city,
    )


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Every place with a street above it and a name above that."""
    for at, line in enumerate(lines):
        place = _PLACE.fullmatch(line)
        if place is None or at < 2 or not is_postcode(place[1], None):
            continue
        street = _bare(lines[at - 1])
        name = _name(lines, at - 2)
        if name and _STREET.fullmatch(street):
            yield Block(name, street, place[1], place[2].strip(), _is_sender(lines, at, name, place[1]))


def _name(lines: Sequence[str], at: int) -> str | None:
    """The name above a street, past a greeting or a `c/o`; the first of two lines of a name."""
    above = [_bare(line) for line in lines[max(0, at - NAME_LINES_MAX + 1) : at + 1]]
    names = [line for line in above if _NAME.fullmatch(line) and not _GREETING.fullmatch(line)]
    return names[-1] if names else None


def _bare(line: str) -> str:
    return _LABEL.sub("", line).strip()


def _is_sender(lines: Sequence[str], at: int, name: str, postcode: str) -> bool:
    """Whether the address is the letterhead's: repeated in one line, or with bank and telephone below."""
    folded = fold(name)
    if any(folded in fold(line) and postcode in line for line in lines):
        return True
    below = lines[at + 1 : at + 1 + LINES_BELOW]
    return any(_SENDER_SIGNS.search(line) for line in below)
