"""The whole road of parsing: a source in, its documents out, row by row.

A mail becomes its attachments, an archive its members, a workbook or a text its rows. Nothing that
a file holds makes this raise: what cannot be read is a document that says why.
"""

from collections.abc import Iterator
from email.message import EmailMessage, Message
from pathlib import Path
from tempfile import TemporaryDirectory

from parsers.archive import Budget, members
from parsers.documents import Part, Piece, unreadable, without_rows
from parsers.grids.container import ContainerError
from parsers.grids.workbook import reader_faults
from parsers.invoices.document import evidence, read_xml_invoice
from parsers.invoices.pdf import is_e_invoice, read_pdf
from parsers.invoices.plain import plain_items
from parsers.invoices.prose import read_prose
from parsers.mail import Attachment, attachments, automatic_reason, parse_mail
from parsers.masters.desk import Desk
from parsers.messages import documents_of_text, subject_of, written_on
from parsers.options import Options
from parsers.problems import Code, make_problem
from parsers.recognise import What, recognise
from parsers.replies.words import said_in
from parsers.sheets.sources import read_text, read_workbook
from storage.identity import fold
from storage.records import DocumentHead, DocumentTail, Item, Kind, Row

__all__ = ["Options", "Part", "read_message", "read_parts", "read_source"]

_MAIL_TYPE = "message/rfc822"
_NUMBERS_MAX = 200_000


def read_source(path: Path, name: str, *, is_mail: bool, options: Options) -> Iterator[Item]:
    """Every document of a source, item by item, as `read_parts` reads it."""
    for part in read_parts(path, name, is_mail=is_mail, options=options):
        if isinstance(part, list):
            yield from part
        else:
            yield part


def read_parts(path: Path, name: str, *, is_mail: bool, options: Options) -> Iterator[Part]:
    """Every document of a source: a DocumentHead, its rows in order, a DocumentTail; lazily.

    The rows of a table come in lists: handing on a million rows one by one through a dozen iterators
    takes longer than to parse their amounts.

    `name` is what the sender calls the source; `is_mail` says that its bytes came by mail, whatever
    they look like. Unpacked pieces lie in a temporary folder until the iterator is done, so that a
    document's `path` can be read again while its tail is handled. OSError where `path` is not there.
    """
    path.stat()
    with TemporaryDirectory(prefix="inkasso-read-") as scratch:
        reading = _Reading(Path(scratch), options)
        if is_mail:
            yield from reading.mail(Piece(path=path, name=name, media_type=_MAIL_TYPE), 0)
        else:
            yield from reading.piece(path, name, 0)
        yield from reading.left_for_last()


def read_message(path: Path, name: str, options: Options) -> Iterator[Item]:
    """The documents of a text that somebody typed, or that it is understood by nobody."""
    piece = Piece(path=path, name=name, media_type="text/plain")
    text = path.read_text(encoding="utf-8", errors="replace")
    row = read_prose(text, options)
    if row is not None:
        yield from plain_items(piece, row, options, "text")
        return
    found = documents_of_text(piece, text, options)
    for head in found:
        yield from without_rows(head)
    if not found:
        yield from unreadable(piece, Code.NOTHING_UNDERSTOOD, options.language)


class _Reading:
    """One source on its way: the limits it has left and the folder for its pieces."""

    def __init__(self, scratch: Path, options: Options) -> None:
        self._scratch = scratch
        self._options = options
        self._language = options.language
        self._budget = Budget(options.expanded_bytes_max, options.members_max)
        self._written = 0
        self._last: list[tuple[Piece, What]] = []
        self._desk = Desk(options.customers)
        self._numbers: set[str] = set()
        self._invoiced: set[tuple[str, int]] = set()

    def piece(self, path: Path, name: str, depth: int) -> Iterator[Part]:
        """All documents of one file, `depth` containers down."""
        found = recognise(path)
        piece = Piece(path=path, name=name, media_type=found.media_type)
        if found.what is What.MAIL:
            yield from self.mail(piece, depth)
        elif found.what is What.ARCHIVE:
            yield from self._guarded(piece, self._archive(piece, depth))
        elif depth == 0:
            yield from self._guarded(piece, self._document(piece, found.what))
        elif found.what in (What.PDF, What.INVOICE):
            self._last.append((piece, found.what))
        else:
            yield from self._guarded(piece, self._noted(self._document(piece, found.what)))

    def left_for_last(self) -> Iterator[Part]:
        """What is read when all files have been looked at: lists that wait for master data, invoices.

        Of several files, an invoice that a list or another file names as well is its evidence.

        Of PDFs among several files, a copy of an invoice that was handed over is evidence of it.
        E-invoices come before plain ones, because they may be what a plain one is a copy of.
        """
        yield from self._desk.customers()
        for piece, items in self._desk.take():
            yield from self._guarded(piece, self._noted(items))
        known = set(map(fold, self._numbers))
        plain = []
        for piece, what in self._last:
            if what is What.INVOICE or is_e_invoice(piece):
                yield from self._guarded(piece, self._once(piece, self._document(piece, what), known))
            else:
                plain.append(piece)
        known |= {number for number, _ in self._invoiced}
        for piece in plain:
            yield from self._guarded(piece, read_pdf(piece, self._options, known))

    def _once(self, piece: Piece, items: Iterator[Part], listed: set[str]) -> Iterator[Part]:
        """An e-invoice, or evidence where a list or another file has handed it over already.

        What the list says is open counts then; two e-invoices of one number must agree in the amount.
        """
        document = list(items)
        row = next((item for item in document if type(item) is Row), None)
        if row is not None:
            number = fold(row.invoice_number)
            if number in listed or (number, row.amount.cents) in self._invoiced:
                document = list(evidence(piece))
            self._invoiced.add((number, row.amount.cents))
        yield from document

    def _noted(self, items: Iterator[Part]) -> Iterator[Part]:
        """The items, their invoice numbers remembered up to a limit."""
        for part in items:
            for item in part if isinstance(part, list) else [part]:
                if type(item) is Row and item.invoice_number and len(self._numbers) < _NUMBERS_MAX:
                    self._numbers.add(item.invoice_number)
            yield part

    def mail(self, piece: Piece, depth: int) -> Iterator[Part]:
        """All documents attached to a mail."""
        yield from self._guarded(piece, self._parsed_mail(piece, depth))

    def _document(self, piece: Piece, what: What) -> Iterator[Part]:
        if what is What.TEXT:
            yield from read_text(piece, self._options, self._desk)
        elif what in (What.WORKBOOK, What.TABLES):
            yield from read_workbook(piece, self._options, self._desk)
        elif what is What.INVOICE:
            yield from read_xml_invoice(piece, self._options)
        elif what is What.PDF:
            yield from read_pdf(piece, self._options)
        elif what is What.EVIDENCE:
            yield from evidence(piece)
        elif what is What.EMPTY:
            yield from unreadable(piece, Code.EMPTY_FILE, self._language)
        elif what is What.ENCRYPTED:
            yield from unreadable(piece, Code.ENCRYPTED, self._language)
        else:
            yield from unreadable(piece, Code.UNSUPPORTED_FORMAT, self._language, detail=piece.media_type)

    def _parsed_mail(self, piece: Piece, depth: int) -> Iterator[Part]:
        mail = parse_mail(piece.path)
        reason = automatic_reason(mail) if depth == 0 else None
        if reason is not None:
            yield from without_rows(
                DocumentHead(kind=Kind.AUTOMATIC, name=piece.name, media_type=_MAIL_TYPE, reason=reason)
            )
            return
        is_bare = True
        for item in self._attached(piece, mail, depth):
            is_bare = False
            yield item
        if is_bare and depth == 0 and not self._last and not self._desk.is_waited_for:
            yield from self._said(piece, mail)

    def _said(self, piece: Piece, mail: EmailMessage) -> Iterator[Part]:
        """A mail without attachments: what it tells in words, or that it has none."""
        said = said_in(mail)
        row = read_prose(said, self._options)
        if row is not None:
            yield from plain_items(piece, row, self._options, "text")
            return
        day = written_on(mail, self._options.today)
        found = documents_of_text(piece, said, self._options, subject=subject_of(mail), day=day)
        for head in found:
            yield from without_rows(head)
        if not found:
            yield from unreadable(piece, Code.NO_ATTACHMENT, self._language, said=said)

    def _attached(self, piece: Piece, mail: Message, depth: int) -> Iterator[Part]:
        for attachment in attachments(mail):
            inner = Piece(path=piece.path, name=attachment.name, media_type=_MAIL_TYPE)
            if not self._budget.open_member():
                yield from self._too_many(inner)
                return
            yield from self._guarded(inner, self._attachment(inner, attachment, depth + 1))

    def _attachment(self, piece: Piece, attachment: Attachment, depth: int) -> Iterator[Part]:
        if attachment.is_encrypted:
            yield from unreadable(piece, Code.ENCRYPTED, self._language)
        elif attachment.message is None:
            self._budget.spend(len(attachment.content))
            self._written += 1
            path = self._scratch / f"attachment-{self._written}"
            path.write_bytes(attachment.content)
            yield from self.piece(path, attachment.name, depth)
        elif depth > self._options.depth_max:
            yield from self._too_deep(piece)
        else:
            yield from self._attached(piece, attachment.message, depth)

    def _archive(self, piece: Piece, depth: int) -> Iterator[Part]:
        if depth >= self._options.depth_max:
            yield from self._too_deep(piece)
            return
        is_announced = False
        for member in members(piece.path, self._scratch, self._budget):
            if not is_announced:
                is_announced = True
                yield from without_rows(
                    DocumentHead(kind=Kind.ARCHIVE, name=piece.name, media_type=piece.media_type)
                )
            inner = Piece(path=member.path or piece.path, name=member.name, media_type=piece.media_type)
            if not self._budget.open_member():
                yield from self._too_many(inner)
                return
            if member.fault is not None:
                yield from self._refused(inner, member.fault)
            elif member.path is not None:
                yield from self.piece(member.path, member.name, depth + 1)
        if not is_announced:
            yield from unreadable(piece, Code.EMPTY_FILE, self._language)

    def _guarded(self, piece: Piece, items: Iterator[Part]) -> Iterator[Part]:
        """The items, ended properly whatever happens while they are made."""
        is_open = False
        count = 0
        try:
            with reader_faults():
                for item in items:
                    if isinstance(item, list):
                        count += len(item)
                    elif isinstance(item, DocumentHead):
                        is_open, count = True, 0
                    elif isinstance(item, DocumentTail):
                        is_open = False
                    else:
                        count += 1
                    yield item
        except ContainerError as fault:
            if is_open:
                problem = make_problem(Code(fault.code), self._language, **fault.facts)
                yield DocumentTail(rows_total=count, problems=(problem,))
            else:
                yield from self._refused(piece, fault)

    def _refused(self, piece: Piece, fault: ContainerError) -> Iterator[Part]:
        yield from unreadable(piece, Code(fault.code), self._language, **fault.facts)

    def _too_deep(self, piece: Piece) -> Iterator[Part]:
        yield from unreadable(piece, Code.NESTED_TOO_DEEP, self._language, depth_max=self._options.depth_max)

    def _too_many(self, piece: Piece) -> Iterator[Part]:
        yield from unreadable(
            piece, Code.TOO_MANY_FILES, self._language, members_max=self._options.members_max
        )
