"""PDF files: the e-invoice inside, else the text of a plain invoice, else evidence.

An embedded invoice is found by what it is and not by its name: programs call it factur-x.xml,
xrechnung.xml, ZUGFeRD-invoice.xml and worse.
"""

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

import msgspec

from parsers.documents import Piece
from parsers.grids.container import ContainerError
from parsers.invoices.document import evidence, invoice_items, invoice_of, several
from parsers.invoices.plain import plain_items, read_plain
from parsers.invoices.roots import dialect_of
from parsers.invoices.tree import XML_BYTES_MAX
from parsers.options import Options
from parsers.problems import Code
from storage.identity import fold
from storage.records import Item

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

ATTACHMENTS_MAX = 100
PAGES_READ_MAX = 5
CHARACTERS_MAX = 40_000


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF holds: its invoices in XML, how many pages, and the text of the first ones."""

    invoices: tuple[bytes, ...]
    pages: int
    text: str


def read_pdf(piece: Piece, options: Options, known: Container[str] = ()) -> Iterator[Item]:
    """The document of a PDF file. Raises ContainerError where it cannot be opened.

    `known` are the folded invoice numbers that were read beside it: a copy of one is its evidence.
    """
    contents = open_pdf(piece)
    if len(contents.invoices) > 1:
        yield from several(piece, len(contents.invoices), options)
        return
    if contents.invoices:
        yield from invoice_items(piece, invoice_of(contents.invoices[0], is_embedded=True), options)
        return
    row = read_plain(contents.text, options)
    if row is None or fold(row.invoice_number) in known:
        yield from evidence(piece, pages=contents.pages, text=contents.text)
    else:
        yield from plain_items(piece, row, options)


def is_e_invoice(piece: Piece) -> bool:
    """Whether a PDF file holds an e-invoice; one that cannot be opened does not."""
    try:
        return bool(open_pdf(piece, with_text=False).invoices)
    except ContainerError:
        return False


def open_pdf(piece: Piece, *, with_text: bool = True) -> Contents:
    """What a PDF file holds. Raises ContainerError."""
    import pypdfium2  # noqa: PLC0415 - only where a PDF is read

    try:
        document = pypdfium2.PdfDocument(piece.path)
    except pypdfium2.PdfiumError as fault:
        is_locked = "password" in str(fault).lower()
        code = Code.ENCRYPTED if is_locked else Code.DAMAGED
        raise ContainerError(code, detail="PDF") from None
    try:
        pages = len(document)
        invoices = tuple(dict.fromkeys(_invoices(document)))
        text = _text(document, pages) if with_text and not invoices else ""
        return Contents(invoices=invoices, pages=pages, text=text)
    except pypdfium2.PdfiumError:
        raise ContainerError(Code.DAMAGED, detail="PDF") from None
    finally:
        document.close()


def _invoices(document: "PdfDocument") -> Iterator[bytes]:
    import pypdfium2  # noqa: PLC0415

    for number in range(min(document.count_attachments(), ATTACHMENTS_MAX)):
        try:
            content = bytes(document.get_attachment(number).get_data())
        except pypdfium2.PdfiumError:  # one that cannot be read is none
            continue
        if len(content) <= XML_BYTES_MAX and dialect_of(content) is not None:
            yield content


def _text(document: "PdfDocument", pages: int) -> str:
    """The text of the first pages, in the order in which it stands there."""
    text = ""
    for number in range(min(pages, PAGES_READ_MAX)):
        page = document[number]
        on_page = page.get_textpage()
        text += str(on_page.get_text_range(0, min(on_page.count_chars(), CHARACTERS_MAX))) + "\n"
        on_page.close()
        page.close()
        if len(text) >= CHARACTERS_MAX:
            break
    return text[:CHARACTERS_MAX].replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
