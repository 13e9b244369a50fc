"""What crosses the border between the gateway and a reading process, packed as msgpack.

The gateway sends one `Job`; the process answers with frames in this order: for every document
a `Head`, any number of `Entries` (or `Rows`), a `Tail` and perhaps a `Copy`; between two documents
`Customers`, what the source says of them; after the last one an `End`. Nothing that comes back can
carry code, whatever has happened to the process.
"""

from datetime import date

import msgspec

from storage.entries import Entry
from storage.records import Customer, DocumentHead, DocumentTail, RejectedRow, Row, SkippedRow


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """One source to read. `scratch` is a folder for the process alone, removed by the gateway."""

    path: str
    name: str
    scratch: str
    is_mail: bool
    language: str
    today: date
    rows_max: int
    answers: dict[str, str] = {}  # what the sender has answered, as parsers.options takes it
    creditor: str | None = None  # the name of the account, where there is one
    is_message: bool = False  # a text that somebody typed, not a file
    customers: str | None = None  # the file of what the account has told of customers before
    wants_rows: bool = False  # whole rows for a person to look at, instead of entries for the store


class Head(msgspec.Struct, frozen=True, tag="head"):
    """A document begins."""

    document: int
    head: DocumentHead


class Entries(msgspec.Struct, frozen=True, tag="entries"):
    """The next rows of the document that began last, ready for the store."""

    entries: list[Entry]


class AcceptedRow(msgspec.Struct, frozen=True, tag="accepted"):
    """A row that is taken."""

    row: Row


class Rejected(msgspec.Struct, frozen=True, tag="rejected"):
    """A row that is not."""

    row: RejectedRow


class Skipped(msgspec.Struct, frozen=True, tag="skipped"):
    """A row that is no claim."""

    row: SkippedRow


class Rows(msgspec.Struct, frozen=True, tag="rows"):
    """The next rows as they were read."""

    rows: list[AcceptedRow | Rejected | Skipped]


class Customers(msgspec.Struct, frozen=True, tag="customers"):
    """The next customers that master data of the source names, to be kept for the account."""

    customers: list[Customer]


class Tail(msgspec.Struct, frozen=True, tag="tail"):
    """The document that began last has ended."""

    document: int
    tail: DocumentTail


class Copy(msgspec.Struct, frozen=True, tag="copy"):
    """The sender's own sheet, rebuilt with what is to be mended."""

    document: int
    name: str
    content: bytes


class End(msgspec.Struct, frozen=True, tag="end"):
    """Everything has been read."""


Frame = Head | Entries | Rows | Customers | Tail | Copy | End

pack = msgspec.msgpack.Encoder().encode
unpack_frame = msgspec.msgpack.Decoder(Frame).decode
unpack_job = msgspec.msgpack.Decoder(Job).decode
