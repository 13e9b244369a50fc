"""Which rows are the same claim, which debtors the same person (INTERFACE, *Row identity*).

Pure and without a database, so that it can run beside the parsers, off the writer's path.
Keys are BLAKE2b hashes of folded text, short enough that an index holds a million of them cheaply.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import msgspec

from storage.records import Debtor, Row

_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_SEPARATORS = {code: None for code in range(128) if not chr(code).isalnum()}
_WITHIN_LINES = {code: None for code in _ASCII_SEPARATORS if code != ord("\n")}
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
REST_BYTES = 8
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


def fold_all(texts: Iterable[str | None]) -> list[str]:
    """Each text folded as `fold` does it, a whole column at once where no letter needs a closer look."""
    filled = [text or "" for text in texts]
    joined = "\n".join(filled).casefold().translate(_UMLAUTS)
    if joined.isascii() and joined.count("\n") == len(filled) - 1:
        return joined.translate(_WITHIN_LINES).split("\n")
    return list(map(fold, filled))


def fold_number(number: str | None) -> str:
    """A folded customer number; empty where it is none but a word that stands in its place."""
    return _told(fold(number))


def fold_name(debtor: Debtor) -> str:
    """A debtor's folded name; company and person never meet."""
    return fold_called(debtor.company, debtor.name, debtor.first_name)


def fold_called(company: str | None, name: str | None, first_name: str | None) -> str:
    """A folded name, as `fold_name` makes it of a debtor."""
    return fold(company) if company else fold(name) + _SEPARATOR + fold(first_name)


@lru_cache(maxsize=16_384)
def fold_street(street: str | None) -> str:
    """A folded street in which `Hauptstraße`, `Hauptstr.` and `Hauptstrasse` are one."""
    return fold(street.casefold().replace("strasse", "str").replace("str.", "str")) if street else ""


class Keys(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a row is known by: as a claim, by what it says, and by whom it is owed."""

    identity: bytes
    content: bytes
    debtor: bytes


def keys_of(rows: Sequence[Row], occurrences: dict[bytes, int]) -> list[Keys]:
    """The keys of many rows of one file, in order, the same that each row has alone.

    `occurrences` counts the equal rows of the file that have no invoice number; it is added to.
    """
    people = [row.debtor for row in rows]
    numbers = fold_all([debtor.number for debtor in people])
    companies = fold_all([debtor.company for debtor in people])
    names = fold_all([debtor.name for debtor in people])
    first_names = fold_all([debtor.first_name for debtor in people])
    invoices = fold_all([row.invoice_number for row in rows])
    keys = []
    for row, debtor, number, company, name, first_name, invoice in zip(
        rows, people, numbers, companies, names, first_names, invoices, strict=True
    ):
        told, called = _told(number), _name(company, name, first_name, debtor)
        who = "n" + told if told else _nameless(debtor, called)
        if invoice:
            identity = _key(invoice, "invoice", who)
        else:
            alike = _without_invoice(row, who, 0)
            occurrences[alike] = occurrence = occurrences.get(alike, 0) + 1
            identity = _without_invoice(row, who, occurrence)
        owed_by = _key(told, "number", called) if told else _unnumbered(row, called, identity)
        keys.append(Keys(identity, _content(row, number, invoice), owed_by))
    return keys


def row_identity(row: Row, occurrence: int = 1) -> bytes:
    """The key under which a row is the same claim whatever channel and file it comes by.

    `occurrence` counts the rows of one file that have no invoice number and are alike in debtor,
    due date and amount: the second of two equal rows is a claim of its own.
    """
    debtor = row.debtor
    number = fold_number(debtor.number)
    who = "n" + number if number else _nameless(debtor, fold_name(debtor))
    invoice = fold(row.invoice_number)
    return _key(invoice, "invoice", who) if invoice else _without_invoice(row, who, occurrence)


def invoice_part(identity: bytes) -> bytes:
    """What an identity shows of the invoice number that it is made of: the folded beginning."""
    is_whole = len(identity) <= SORTED_BYTES_MAX + REST_BYTES
    return identity[:-REST_BYTES] if is_whole else identity[:SORTED_BYTES_MAX]


def numberless_identity(invoice: str, called: str, postcode: str) -> bytes:
    """The identity of a row without a customer number; all that it is made of is folded already."""
    return _key(invoice, "invoice", _by_name(called, postcode))


class IdentityRange(msgspec.Struct, frozen=True, kw_only=True):
    """Where the identities lie that show the same of an invoice number, which `is_cut` where it is long."""

    low: bytes
    high: bytes
    size: int
    is_cut: bool


def identity_range(identity: bytes) -> IdentityRange:
    """The range in which an identity lies; those of another size in it are of longer numbers."""
    part, size = invoice_part(identity), len(identity)
    is_cut = size > SORTED_BYTES_MAX + REST_BYTES
    return IdentityRange(low=part, high=part + b"\xff" * HASH_BYTES, size=size, is_cut=is_cut)


def content_key(row: Row) -> bytes:
    """A hash of everything a row says: equal means `unchanged`, other means `changed`.

    Where a row stood and what was warned of is not content, nor how a number is spelled.
    """
    return _content(row, fold(row.debtor.number), fold(row.invoice_number))


def debtor_key(row: Row, occurrence: int = 1) -> bytes:
    """The key under which rows of one debtor meet in one case.

    Stricter than the row identity, because a second case costs little and a claim against the wrong
    person a lot: with a number the name must agree as well; without one the street and the date of
    birth too, and rows that tell neither number nor street never meet.
    """
    number, name = fold_number(row.debtor.number), fold_name(row.debtor)
    return _key(number, "number", name) if number else _unnumbered(row, name, row_identity(row, occurrence))


def _told(folded: str) -> str:
    return "" if folded in _NO_NUMBER else folded


def _name(company: str, name: str, first_name: str, debtor: Debtor) -> str:
    return company if debtor.company else name + _SEPARATOR + first_name


def _nameless(debtor: Debtor, name: str) -> str:
    """Who a debtor without a number is, for the identity of its rows."""
    return _by_name(name, fold(debtor.postcode))


def _by_name(called: str, postcode: str) -> str:
    return "a" + called + _SEPARATOR + postcode


def _without_invoice(row: Row, who: str, occurrence: int) -> bytes:
    amount = row.amount
    return _key(_day(row.due_date), "due", who, str(amount.cents), amount.currency, str(occurrence))


def _unnumbered(row: Row, name: str, identity: bytes) -> bytes:
    debtor = row.debtor
    if not debtor.street:
        return _key(name, "alone", identity.hex())
    place = (debtor.postcode or "", fold_street(debtor.street), fold(debtor.city), _day(debtor.birth_date))
    return _key(name, "name", *place)


def _content(row: Row, number: str, invoice: str) -> bytes:
    debtor = row.debtor
    said = (
        number,
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
        invoice,
        row.invoice_date,
        row.due_date,
        row.ground,
        row.contract_date,
        row.default_since,
        row.default_reason,
        row.creditor_costs,
    )
    return blake2b(_PACK.encode(said), digest_size=HASH_BYTES).digest()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _key(first: str, *parts: str) -> bytes:
    """The beginning of `first` as it is, then a hash over all.

    Lists are sorted by invoice, by debtor or by date. Keys that keep this order go into an index side
    by side; pure hashes would touch another page of it with every row. Where `first` is there whole,
    a shorter hash tells the few keys apart that begin alike.
    """
    start = first.encode()
    hash_bytes = REST_BYTES if len(start) <= SORTED_BYTES_MAX else HASH_BYTES
    hashed = blake2b(_SEPARATOR.join((first, *parts)).encode(), digest_size=hash_bytes).digest()
    return start[:SORTED_BYTES_MAX] + hashed
