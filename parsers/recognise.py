"""What a piece of bytes is, by its content and never by its name.

Containers are told apart by what is in them, texts by how they begin; libmagic names the rest.
"""

import re
from enum import Enum
from pathlib import Path

import msgspec

from parsers.grids.compound import COMPOUND_FILE, WORKBOOKS, streams_at_top
from parsers.grids.container import head_of, names_of
from parsers.grids.kinds import EXCEL_XML, EXCEL_XML_TYPE, HTML_TYPE, MEDIA_TYPES, BookKind
from parsers.invoices.roots import dialect_of

HEAD_BYTES = 1 << 20
TAIL_BYTES = 1 << 16
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TNEF = b"\x78\x9f\x3e\x22"
_OUTLOOK, _WORD = "__properties_version1.0", "WordDocument"
_MAIL_HEADERS = frozenset(
    {"from", "to", "subject", "date", "received", "message-id", "mime-version", "return-path", "content-type",
     "delivered-to", "reply-to", "x-mailer"}
)  # fmt: skip
_HEADER_LINE = re.compile(rb"([!-9;-~]+):")
_PDF = "application/pdf"
_PDF_MARK = re.compile(rb"(?:^|[\r\n])%PDF-\d\.\d")
_PDF_MARK_WITHIN = 1_024  # some programs write a few lines of their own before it
_EVIDENCE = re.compile(
    r"image/(?!svg)|application/msword|application/vnd\.openxmlformats.*document|audio/|video/"
)
_MARKUP = re.compile(rb"(?is)\s*(?:<\?xml|<!doctype|<html|<table|<\w+[\s>])")
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 26})
_CONTROL_SHARE_MAX = 0.005


class What(Enum):
    """Which way a piece is read."""

    EMPTY = "empty"
    MAIL = "mail"
    TEXT = "text"
    WORKBOOK = "workbook"
    TABLES = "tables in markup"
    ENCRYPTED = "encrypted"
    ARCHIVE = "archive"
    PDF = "pdf"
    INVOICE = "invoice"
    EVIDENCE = "evidence"
    UNSUPPORTED = "unsupported"


class Recognised(msgspec.Struct, frozen=True):
    """What a piece is, and its media type."""

    what: What
    media_type: str


def recognise(path: Path) -> Recognised:  # noqa: PLR0911 - a list of kinds
    """Look at a file's content. Large files are looked at from both ends."""
    head, tail = _ends(path)
    if not (head + tail).strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        return Recognised(What.EMPTY, "application/x-empty")
    if head.startswith(_ZIP):
        return _container(path)
    if head.startswith(COMPOUND_FILE):
        return _compound(path, head, tail)
    if head.startswith(_TNEF):
        return Recognised(What.UNSUPPORTED, "application/vnd.ms-tnef")
    media_type = _magic(head)
    if _PDF_MARK.search(head, 0, _PDF_MARK_WITHIN):  # libmagic takes the mark for it wherever it stands
        return Recognised(What.PDF, _PDF)
    if _EVIDENCE.match(media_type):
        return Recognised(What.EVIDENCE, media_type)
    if _is_text(head, media_type):
        return _text(head, media_type)
    return Recognised(What.UNSUPPORTED, media_type)


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
        size = path.stat().st_size
        if size <= HEAD_BYTES:
            return head, b""
        file.seek(max(HEAD_BYTES, size - TAIL_BYTES))
        return head, file.read(TAIL_BYTES)


def _container(path: Path) -> Recognised:
    names = names_of(path)
    if "xl/workbook.xml" in names:
        return _workbook(BookKind.XLSX)
    if "xl/workbook.bin" in names:
        return _workbook(BookKind.XLSB)
    if "word/document.xml" in names:
        return Recognised(
            What.EVIDENCE, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        )
    if "content.xml" in names and "mimetype" in names:
        if MEDIA_TYPES[BookKind.ODS].encode() in head_of(path, "mimetype", 256):
            return _workbook(BookKind.ODS)
        return Recognised(What.EVIDENCE, "application/vnd.oasis.opendocument.text")
    return Recognised(What.ARCHIVE, "application/zip")


def _workbook(kind: BookKind) -> Recognised:
    return Recognised(What.WORKBOOK, MEDIA_TYPES[kind])


def _compound(path: Path, head: bytes, tail: bytes) -> Recognised:
    """The old compound files of Office: the names of their streams tell them apart."""
    names = streams_at_top(path) or _names_in(head + tail)
    if "EncryptedPackage" in names:
        return Recognised(What.ENCRYPTED, "application/encrypted")
    if _OUTLOOK in names:
        return Recognised(What.UNSUPPORTED, "application/vnd.ms-outlook")
    if (
        names & set(WORKBOOKS) or not names
    ):  # with no names it is damaged, as the reader of workbooks will say
        return _workbook(BookKind.XLS)
    if _WORD in names:
        return Recognised(What.EVIDENCE, "application/msword")
    return Recognised(What.UNSUPPORTED, "application/x-ole-storage")


def _names_in(content: bytes) -> frozenset[str]:
    """The telling names in a file that is too damaged to be opened."""
    telling = ("EncryptedPackage", _OUTLOOK, _WORD, *WORKBOOKS)
    return frozenset(name for name in telling if name.encode("utf-16-le") in content)


def _magic(head: bytes) -> str:
    """Libmagic's answer; its wheel must be loaded first, so that no system package is needed."""
    import pylibmagic  # noqa: F401, PLC0415 - loaded for what it does on import

    # isort: split
    import magic  # noqa: PLC0415

    try:
        return str(magic.from_buffer(head, mime=True))
    except magic.MagicException:
        return "application/octet-stream"


def _is_text(head: bytes, media_type: str) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or media_type.startswith("text/"):
        return True
    if b"\0" in head:
        return _has_zeros_of_utf16(head)
    if media_type.partition("/")[0] in ("image", "audio", "video", "font"):
        return False
    kept = head.translate(None, _CONTROL)
    return len(head) - len(kept) <= len(head) * _CONTROL_SHARE_MAX and not head.startswith(
        (b"{\\rtf", b"%PDF")
    )


def _has_zeros_of_utf16(head: bytes) -> bool:
    even, odd = head[::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    return many > len(head) * 0.35 and few * 4 < many


def _text(head: bytes, media_type: str) -> Recognised:
    if dialect_of(head) is not None:
        return Recognised(What.INVOICE, "application/xml")
    if _is_mail(head):
        return Recognised(What.MAIL, "message/rfc822")
    if head.startswith(b"{\\rtf"):
        return Recognised(What.EVIDENCE, "text/rtf")
    if _MARKUP.match(head.lstrip(b"\xef\xbb\xbf")):
        kind = (
            "text/html" if b"<html" in head[:4096].lower() or b"<table" in head[:4096].lower() else "text/xml"
        )
        if EXCEL_XML in head[:4096]:
            return Recognised(What.TABLES, EXCEL_XML_TYPE)
        is_table = kind == HTML_TYPE and b"<tr" in head.lower()
        return Recognised(What.TABLES if is_table else What.UNSUPPORTED, kind)
    return Recognised(What.TEXT, media_type if media_type.startswith("text/") else "text/plain")


def _is_mail(head: bytes) -> bool:
    """Whether a text begins with the headers of a mail."""
    found = set()
    lines = head[:65_536].lstrip().splitlines()
    if lines and lines[0].startswith((b"From ", b">From ")):
        lines = lines[1:]
    for line in lines:
        if not line:
            break
        if line[:1] in b" \t":
            continue
        match = _HEADER_LINE.match(line)
        if match is None:
            break
        found.add(match[1].decode("ascii").lower())
    return len(found & _MAIL_HEADERS) >= 2
