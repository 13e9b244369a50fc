"""Which rows are the same claim, which debtors the same person (INTERFACE, *Row identity*).

Pure and without a database, so that it can run beside the parsers, off the writer's path.
Keys are 16-byte BLAKE2b hashes of folded text, so that an index holds a million of them cheaply.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import msgspec

from storage.records import Debtor, Row

_NOT_WORD = re.compile(r"[\W_]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_SEPARATOR = "\x1f"
_PACK = msgspec.msgpack.Encoder()


@lru_cache(maxsize=65_536)
def fold(text: str | None) -> str:
    """Text with case, accents, umlaut spelling and separators folded: `Müller-Groß` → `muellergross`."""
    if not text:
        return ""
    if text.isascii():
        return _NOT_WORD.sub("", text.lower())
    spelled = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled)
    return _NOT_WORD.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def fold_name(debtor: Debtor) -> str:
    """A debtor's folded name; company and person never meet."""
    if debtor.company:
        return fold(debtor.company)
    return fold(debtor.name) + _SEPARATOR + fold(debtor.first_name)


@lru_cache(maxsize=65_536)
def fold_street(street: str | None) -> str:
    """A folded street in which `Hauptstraße`, `Hauptstr.` and `Hauptstrasse` are one."""
    if not street:
        return ""
    words = street.casefold().replace("straße", "str").replace("strasse", "str").replace("str.", "str")
    return fold(words)


def row_identity(row: Row, occurrence: int = 1) -> bytes:
    """The key under which a row is the same claim whatever channel and file it comes by.

    `occurrence` counts the rows of one file that have no invoice number and are alike in debtor,
    due date and amount: the second of two equal rows is a claim of its own.
    """
    debtor = _debtor_part(row.debtor)
    invoice = fold(row.invoice_number)
    if invoice:
        return _key("invoice", invoice, debtor)
    due, amount = row.due_date, row.amount
    return _key("due", debtor, _day(due), str(amount.cents), amount.currency, str(occurrence))


def occurrence_key(row: Row) -> bytes:
    """The key under which rows without an invoice number are counted within one file."""
    return row_identity(row, 0)


def content_key(row: Row) -> bytes:
    """A hash of everything a row says: equal means `unchanged`, other means `changed`.

    Where a row stood and what was warned of is not content.
    """
    said = (
        row.debtor,
        row.amount,
        row.creditor_reference,
        row.invoice_number,
        row.invoice_date,
        row.due_date,
        row.ground,
        row.contract_date,
        row.default_since,
        row.default_reason,
        row.creditor_costs,
    )
    return blake2b(_PACK.encode(said), digest_size=16).digest()


def debtor_key(debtor: Debtor) -> bytes:
    """The key under which rows of one debtor meet in one case.

    Stricter than the row identity: with a number the name must agree as well, without one the
    street too, because a second case costs little and a claim against the wrong person a lot.
    """
    if debtor.number:
        return _key("number", fold(debtor.number), fold_name(debtor))
    place = (debtor.postcode or "", fold_street(debtor.street), fold(debtor.city))
    return _key("name", fold_name(debtor), *place)


def _debtor_part(debtor: Debtor) -> str:
    if debtor.number:
        return "n" + fold(debtor.number)
    return "a" + fold_name(debtor) + _SEPARATOR + fold(debtor.postcode)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _key(*parts: str) -> bytes:
    return blake2b(_SEPARATOR.join(parts).encode(), digest_size=16).digest()
