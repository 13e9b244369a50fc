"""Which rows are the same claim, which debtors the same person (INTERFACE, *Row identity*).

Pure and without a database, so that it can run beside the parsers, off the writer's path.
Keys are BLAKE2b hashes of folded text, short enough that an index holds a million of them cheaply.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import msgspec

from storage.records import Debtor, Row

_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_SEPARATORS = {code: None for code in range(128) if not chr(code).isalnum()}
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# What people write where a customer has no number: rows that share it are not of one debtor.
_NO_NUMBER = frozenset(
    {
        *("", "0", "00", "000", "0000", "00000", "000000", "na", "nv", "neu", "neukunde", "new", "none"),
        *("null", "nan", "keine", "kein", "ohne", "unbekannt", "unknown", "diverse", "div", "cpd", "gast"),
        *("barverkauf", "laufkunde", "laufkundschaft", "privat", "tba", "tbd", "x", "xx", "xxx"),
    }
)
_SEPARATOR = "\x1f"
HASH_BYTES = 16
SORTED_BYTES_MAX = 16
_PACK = msgspec.msgpack.Encoder()


def fold(text: str | None) -> str:
    """Text with case, accents, umlaut spelling and separators folded: `Müller-Groß` → `muellergross`."""
    if not text:
        return ""
    if text.isascii():
        return text.lower().translate(_ASCII_SEPARATORS)
    return _fold_letters(text)


@lru_cache(maxsize=16_384)
def _fold_letters(text: str) -> str:
    spelled = unicodedata.normalize("NFKC", text).casefold().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled)
    return _NOT_WORD.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def fold_number(number: str | None) -> str:
    """A folded customer number; empty where it is none but a word that stands in its place."""
    folded = fold(number)
    return "" if folded in _NO_NUMBER else folded


def fold_name(debtor: Debtor) -> str:
    """A debtor's folded name; company and person never meet."""
    if debtor.company:
        return fold(debtor.company)
    return fold(debtor.name) + _SEPARATOR + fold(debtor.first_name)


@lru_cache(maxsize=16_384)
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
        return _key(invoice, "invoice", debtor)
    day, amount = _day(row.due_date), row.amount
    return _key(day, "due", debtor, str(amount.cents), amount.currency, str(occurrence))


def occurrence_key(row: Row) -> bytes:
    """The key under which rows without an invoice number are counted within one file."""
    return row_identity(row, 0)


def content_key(row: Row) -> bytes:
    """A hash of everything a row says: equal means `unchanged`, other means `changed`.

    Where a row stood and what was warned of is not content, nor how a number is spelled.
    """
    debtor = row.debtor
    said = (
        fold(debtor.number),
        debtor.kind,
        debtor.name,
        debtor.first_name,
        debtor.company,
        debtor.street,
        debtor.postcode,
        debtor.city,
        debtor.country,
        debtor.email,
        debtor.phone,
        debtor.birth_date,
        debtor.iban,
        row.amount,
        row.creditor_reference,
        fold(row.invoice_number),
        row.invoice_date,
        row.due_date,
        row.ground,
        row.contract_date,
        row.default_since,
        row.default_reason,
        row.creditor_costs,
    )
    return blake2b(_PACK.encode(said), digest_size=16).digest()


def debtor_key(row: Row) -> bytes:
    """The key under which rows of one debtor meet in one case.

    Stricter than the row identity, because a second case costs little and a claim against the wrong
    person a lot: with a number the name must agree as well; without one the street and the date of
    birth too, and rows that tell neither number nor street never meet.
    """
    debtor = row.debtor
    number = fold_number(debtor.number)
    if number:
        return _key(number, "number", fold_name(debtor))
    if not debtor.street:
        return _key(fold_name(debtor), "alone", row_identity(row).hex())
    place = (debtor.postcode or "", fold_street(debtor.street), fold(debtor.city), _day(debtor.birth_date))
    return _key(fold_name(debtor), "name", *place)


def _debtor_part(debtor: Debtor) -> str:
    number = fold_number(debtor.number)
    if number:
        return "n" + number
    return "a" + fold_name(debtor) + _SEPARATOR + fold(debtor.postcode)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _key(first: str, *parts: str) -> bytes:
    """The beginning of `first` as it is, then a hash over all.

    Lists are sorted by invoice, by debtor or by date. Keys that keep this order go into an index side
    by side; pure hashes would touch another page of it with every row.
    """
    hashed = blake2b(_SEPARATOR.join((first, *parts)).encode(), digest_size=HASH_BYTES).digest()
    return first.encode()[:SORTED_BYTES_MAX] + hashed
