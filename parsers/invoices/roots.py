"""What an XML file is, by its first element: nothing is parsed before this is known."""

import codecs
import re
from enum import Enum

import msgspec

HEAD_CHARACTERS_MAX = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_BLANK = re.compile(r"\s*")
_FIRST_ELEMENT = re.compile(r"<(?:([\w.-]{1,80}):)?([\w.-]{1,80})(?=[\s/>])([^<>]{0,8000})")
_NAMESPACE = re.compile(r"xmlns(?::([\w.-]{1,80}))?\s*=\s*[\"']([^\"']{0,400})[\"']")
_DOCTYPE_SUBSET = re.compile(r"<!DOCTYPE[^>\[]*\[")
_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_UBL_ORDERS = frozenset(
    {
        "Order",
        "OrderChange",
        "OrderResponse",
        "OrderResponseSimple",
        "Quotation",
        "DespatchAdvice",
        "Catalogue",
    }
)
_DRAFT = "CBFBUY"  # the namespace of ZUGFeRD's release candidate


class Dialect(Enum):
    """In which vocabulary an invoice is written."""

    UBL = "ubl"
    UBL_CREDIT_NOTE = "ubl credit note"
    CII = "cii"
    ZUGFERD_1 = "zugferd 1"  # also its release candidate
    ORDER = "order"  # Order-X and the orders of UBL: no invoice, but near enough to be told so


class Root(msgspec.Struct, frozen=True):
    """The name of a first element."""

    namespace: str
    name: str


def encoding_mark(head: bytes) -> str | None:
    """The encoding that the first bytes of an XML file show by themselves."""
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def dialect_of(head: bytes) -> Dialect | None:
    """The dialect of an invoice by its first bytes; None where it is no invoice."""
    text = head.decode(encoding_mark(head) or "latin-1", "replace")[:HEAD_CHARACTERS_MAX]
    root = root_of(text)
    return None if root is None else _dialect(root)


def root_of(text: str) -> Root | None:
    """The first element of a text, past its declaration, comments and document type."""
    start = _past_prolog(text)
    match = None if start is None else _FIRST_ELEMENT.match(text, start)
    if match is None:
        return None
    prefix, name, attributes = match.groups()
    spaces = {space[1]: space[2] for space in _NAMESPACE.finditer(attributes)}
    return Root(spaces.get(prefix, ""), name)


def _past_prolog(text: str) -> int | None:
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        end = _end_of_markup(text, at)
        if end is None:
            return None
        if end == at:
            return at
        at = end


def _end_of_markup(text: str, at: int) -> int | None:
    """Where the markup that begins here ends: `at` where none does, None where it has no end."""
    if text.startswith("<?", at):
        return _after(text, "?>", at)
    if text.startswith("<!--", at):
        return _after(text, "-->", at)
    if text.startswith("<!DOCTYPE", at):
        subset = _DOCTYPE_SUBSET.match(text, at)
        inside = _after(text, "]", subset.end()) if subset else at
        return None if inside is None else _after(text, ">", inside)
    return at


def _after(text: str, mark: str, at: int) -> int | None:
    found = text.find(mark, at)
    return None if found < 0 else found + len(mark)


def _dialect(root: Root) -> Dialect | None:  # noqa: PLR0911 - a list of vocabularies
    if root.name == "CrossIndustryInvoice":
        return Dialect.CII
    if root.name == "CrossIndustryDocument" or (root.name == "Invoice" and _DRAFT in root.namespace):
        return Dialect.ZUGFERD_1
    if root.name == "SCRDMCCBDACIOMessageStructure":
        return Dialect.ORDER
    if not root.namespace.startswith(_UBL):
        return None
    if root.name == "Invoice":
        return Dialect.UBL
    if root.name == "CreditNote":
        return Dialect.UBL_CREDIT_NOTE
    return Dialect.ORDER if root.name in _UBL_ORDERS else None
