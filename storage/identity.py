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
from typing import Any, NamedTuple, Self, cast

import msgspec
from msgspec.structs import astuple

from storage.records import Debtor, Row

_NOT_WORD = re.compile(r"[\W_]+")
_ASCII_SEPARATORS = {code: None for code in range(128) if not chr(code).isalnum()}
_WITHIN_LINES = {code: None for code in _ASCII_SEPARATORS if code != ord("\n")}
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
_SPELLED = str.maketrans(_UMLAUTS)
# What people write where a customer has no number: rows that share it are not of one debtor.
_NO_NUMBER = frozenset(
    {
        *("", "0", "00", "000", "0000", "00000", "000000", "na", "nv", "neu", "neukunde", "new", "none"),
        *("null", "nan", "keine", "kein", "ohne", "unbekannt", "unknown", "diverse", "div", "cpd", "gast"),
        *("barverkauf", "laufkunde", "laufkundschaft", "privat", "tba", "tbd", "x", "xx", "xxx"),
    }
)
_SEPARATOR = "\x1f"
_NUMBER, _NAME, _FIRST_NAME, _COMPANY, _BIRTH_DATE = map(
    Debtor.__struct_fields__.index, ("number", "name", "first_name", "company", "birth_date")
)
# Of a row, what is said of the claim; what remains is where it stood, its debtor and its warnings.
_CLAIM = slice(Row.__struct_fields__.index("amount"), Row.__struct_fields__.index("warnings"))
_CLAIM_FIELDS = Row.__struct_fields__[_CLAIM]
_INVOICE = _CLAIM_FIELDS.index("invoice_number")
_DAYS = tuple(map(_CLAIM_FIELDS.index, ("invoice_date", "due_date", "contract_date", "default_since")))
HASH_BYTES = 16
REST_BYTES = 8
_DAYS_MAX = 65_536
# To copy a hash that has only begun takes two thirds of the time of beginning one.
_new_hash = blake2b(digest_size=HASH_BYTES).copy
_new_rest = blake2b(digest_size=REST_BYTES).copy
SORTED_BYTES_MAX = 16
_PACK = msgspec.msgpack.Encoder().encode


def fold(text: str | None) -> str:
    """Text with case, accents, umlaut spelling and separators folded: `Müller-Groß` → `muellergross`."""
    if not text:
        return ""
    if text.isascii():
        return text.lower().translate(_ASCII_SEPARATORS)
    return _fold_letters(text)


@lru_cache(maxsize=16_384)
def _fold_letters(text: str) -> str:
    spelled = unicodedata.normalize("NFKC", text).casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled)
    return _NOT_WORD.sub("", "".join(char for char in plain if not unicodedata.combining(char)))


def fold_all(texts: Iterable[str | None]) -> list[str]:
    """Each text folded as `fold` does it, a whole column at once where no letter needs a closer look."""
    filled = [text or "" for text in texts]
    joined = "\n".join(filled).casefold()
    for umlaut, spelled in _UMLAUTS.items():  # a tenth of the time of one `translate`
        joined = joined.replace(umlaut, spelled)
    if joined.isascii() and joined.count("\n") == len(filled) - 1:
        return joined.translate(_WITHIN_LINES).split("\n")
    folded = {text: fold(text) for text in set(filled)}  # most names of a list come again and again
    return [folded[text] for text in filled]


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


class Columns(NamedTuple):
    """What many rows say, column by column: columns are worked through many times faster than rows are.

    `debtor` has the fields of Debtor, `claim` those of Row from the amount to the costs; days are ISO 8601.
    """

    rows: Sequence[Row]
    debtor: list[Sequence[Any]]
    claim: list[Sequence[Any]]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """The columns of some rows."""
        debtor: list[Sequence[Any]] = [*zip(*(astuple(row.debtor) for row in rows), strict=True)]
        row: list[Sequence[Any]] = [*zip(*map(astuple, rows), strict=True)]
        claim = row[_CLAIM]
        if rows:
            debtor[_BIRTH_DATE] = _iso_all(debtor[_BIRTH_DATE])
            for at in _DAYS:
                claim[at] = _iso_all(claim[at])
        return cls(rows, debtor or [()] * len(Debtor.__struct_fields__), claim or [()] * len(_CLAIM_FIELDS))


class Keys(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a row is known by: as a claim, by what it says, and by whom it is owed."""

    identity: bytes
    content: bytes
    debtor: bytes


def keys_of(told: Columns, occurrences: dict[bytes, int]) -> list[Keys]:
    """The keys of many rows of one file, in order, the same that each row has alone.

    `occurrences` counts the equal rows of the file that have no invoice number; it is added to.
    """
    debtor, claim = told.debtor, told.claim
    numbers, companies, names, first_names = (
        fold_all(debtor[at]) for at in (_NUMBER, _COMPANY, _NAME, _FIRST_NAME)
    )
    invoices = fold_all(claim[_INVOICE])
    identities, owed_by = [], []
    for row, number, company, name, first_name, invoice in zip(
        told.rows, numbers, companies, names, first_names, invoices, strict=True
    ):
        known_by, called = _told(number), _name(company, name, first_name, row.debtor)
        if invoice and known_by:  # nearly every row
            identities.append(_key_of(invoice, f"{invoice}{_SEPARATOR}invoice{_SEPARATOR}n{known_by}"))
            owed_by.append(_key_of(known_by, f"{known_by}{_SEPARATOR}number{_SEPARATOR}{called}"))
            continue
        who = "n" + known_by if known_by else _nameless(row.debtor, called)
        if invoice:
            identity = _key(invoice, "invoice", who)
        else:
            alike = _without_invoice(row, who, 0)
            occurrences[alike] = occurrence = occurrences.get(alike, 0) + 1
            identity = _without_invoice(row, who, occurrence)
        identities.append(identity)
        owed_by.append(_key(known_by, "number", called) if known_by else _unnumbered(row, called, identity))
    said = zip(
        numbers, *debtor[_NUMBER + 1 :], *claim[:_INVOICE], invoices, *claim[_INVOICE + 1 :], strict=True
    )
    return list(map(Keys, identities, map(_content_hash, said), owed_by))


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
    debtor, claim = astuple(row.debtor), astuple(row)[_CLAIM]
    number, invoice = fold(row.debtor.number), fold(row.invoice_number)
    return _content_hash((number, *debtor[_NUMBER + 1 :], *claim[:_INVOICE], invoice, *claim[_INVOICE + 1 :]))


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


def _content_hash(said: tuple[object, ...]) -> bytes:
    """A hash of all values of a row; a day and its ISO 8601 text are one."""
    content = _new_hash()
    content.update(_PACK(said))
    return content.digest()


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


class _IsoDays(dict[date | None, str | None]):
    """Days as ISO 8601 text, each written once.

    A dictionary, because a look-up takes half of what one in `lru_cache` does, which keeps an order.
    """

    def __missing__(self, day: date | None) -> str | None:
        if len(self) >= _DAYS_MAX:
            self.clear()
        written = self[day] = None if day is None else day.isoformat()
        return written


_iso = _IsoDays().__getitem__


def _iso_all(days: Sequence[date | None]) -> Sequence[str | None]:
    return list(map(_iso, days)) if any(days) else cast("Sequence[None]", days)


def _key(first: str, *parts: str) -> bytes:
    return _key_of(first, _SEPARATOR.join((first, *parts)))


def _key_of(first: str, whole: str) -> bytes:
    """The beginning of `first` as it is, then a hash over all of `whole`, which begins with it.

    Lists are sorted by invoice, by debtor or by date. Keys that keep this order go into an index side
    by side; pure hashes would touch another page of it with every row. Where `first` is there whole,
    a shorter hash tells the few keys apart that begin alike.
    """
    start = first.encode()
    hashed = _new_rest() if len(start) <= SORTED_BYTES_MAX else _new_hash()
    hashed.update(whole.encode())
    return start[:SORTED_BYTES_MAX] + hashed.digest()
