"""From a file to its document: an invoice and its one row, or evidence that is kept."""

from collections.abc import Iterator

import msgspec

from parsers.documents import Piece, unreadable, without_rows
from parsers.grids.container import ContainerError
from parsers.invoices.casenumbers import case_in
from parsers.invoices.cii import read_cii
from parsers.invoices.claim import ROW, Reading
from parsers.invoices.record import Invoice
from parsers.invoices.roots import Dialect, dialect_of
from parsers.invoices.tree import XML_BYTES_MAX, Node, parse_xml
from parsers.invoices.ubl import read_ubl
from parsers.options import Options
from parsers.problems import Code
from storage.records import DocumentHead, DocumentTail, Item, Kind, RejectedRow

ZUGFERD = "zugferd"
XRECHNUNG_CII = "xrechnung-cii"


def read_xml_invoice(piece: Piece, options: Options) -> Iterator[Item]:
    """The document of an invoice in XML. Raises ContainerError."""
    if piece.path.stat().st_size > XML_BYTES_MAX:
        raise ContainerError(Code.ARCHIVE_BOMB)
    content = piece.path.read_bytes()
    yield from invoice_items(piece, invoice_of(content, is_embedded=False), options)


def invoice_of(content: bytes, *, is_embedded: bool) -> Invoice:
    """The record of an invoice's XML. Raises ContainerError."""
    invoice = _read(parse_xml(content), dialect_of(content))
    return msgspec.structs.replace(invoice, format=ZUGFERD) if is_embedded else invoice


def _read(root: Node, dialect: Dialect | None) -> Invoice:
    if dialect is Dialect.CII:
        return read_cii(root, file_format=XRECHNUNG_CII)
    if dialect is Dialect.ZUGFERD_1:
        return read_cii(root, file_format=ZUGFERD, is_first=True)
    if dialect is Dialect.ORDER:
        return Invoice(format=XRECHNUNG_CII, kind=None, is_order=True)
    return read_ubl(root, is_credit_note=dialect is Dialect.UBL_CREDIT_NOTE)


def invoice_items(piece: Piece, invoice: Invoice, options: Options) -> Iterator[Item]:
    """Head, row and tail of an invoice; with problems its row is a rejected one."""
    reading = Reading(invoice, options)
    row = reading.row()
    yield DocumentHead(
        kind=Kind.INVOICE,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        format=invoice.format,
        seller=invoice.seller.name,
    )
    if reading.problems or row is None:
        yield RejectedRow(row=ROW, problems=tuple(reading.problems), read=row)
    else:
        yield row
    yield DocumentTail(rows_total=1)


def evidence(piece: Piece, *, pages: int | None = None, text: str = "") -> Iterator[Item]:
    """A document that is filed and not parsed: a contract, a delivery note, a scan."""
    yield from without_rows(
        DocumentHead(
            kind=Kind.EVIDENCE,
            name=piece.name,
            path=str(piece.path),
            media_type=piece.media_type,
            pages=pages,
            case=case_in(piece.name, text),
        )
    )


def several(piece: Piece, count: int, options: Options) -> Iterator[Item]:
    """A file with more than one invoice in it: none is taken."""
    yield from unreadable(piece, Code.SEVERAL_INVOICES, options.language, count=count)
