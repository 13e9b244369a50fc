"""What the lists of a submission hold, noted on the way, so that what is missing shows at their end.

Only identities are kept, and only so many: above the bound nothing is compared, and nothing kept.
"""

from collections.abc import Iterable, Sequence

from gateway.road.documents import TABLES, DocumentRead
from parsers.problems import Skip, skip_text
from storage.entries import ClaimEntry, Entry, RejectedEntry
from storage.identity import fold
from storage.intake.lists import CLAIMS_MAX
from storage.intake.missing import Listed
from storage.records import Kind

# Rows that were passed over although they may be claims.
_PASSED_OVER = frozenset(
    skip_text(skip, language) for skip in (Skip.HIDDEN, Skip.OTHER_TABLE) for language in ("de", "en")
)


class Listing:
    """The claims of all lists of one submission, by header, while its rows go by."""

    def __init__(self) -> None:
        self._by_header: dict[str, set[bytes]] = {}
        self._rejected: set[str] = set()
        self._is_whole = True
        self._left = CLAIMS_MAX

    def add(self, document: DocumentRead, entries: Iterable[Entry]) -> None:
        """Note the next rows of a document."""
        if self._left < 0:
            return
        header = document.head.fingerprint
        identities = self._by_header.setdefault(header or "", set())
        before = len(identities) + len(self._rejected)
        for entry in entries:
            if isinstance(entry, ClaimEntry):
                identities.add(entry.identity)
            elif isinstance(entry, RejectedEntry):
                self._reject(entry)
            elif entry.reason in _PASSED_OVER:
                self._is_whole = False
        self._left -= len(identities) + len(self._rejected) - before
        if self._left < 0:
            self._by_header.clear()
            self._rejected.clear()

    def _reject(self, entry: RejectedEntry) -> None:
        number = fold(entry.invoice_number)
        if number:
            self._rejected.add(number)
        else:
            self._is_whole = False

    def of(self, documents: Sequence[DocumentRead]) -> Listed | None:
        """What was noted, once all documents have ended; None where it was too much, or nothing."""
        if self._left < 0 or not any(self._by_header.values()):
            return None
        return Listed(
            by_header={header: frozenset(found) for header, found in self._by_header.items()},
            rejected_numbers=frozenset(self._rejected),
            is_whole=self._is_whole and all(map(_is_read_whole, documents)),
        )


def _is_read_whole(document: DocumentRead) -> bool:
    """Whether all of a document was read, so that what is not among its rows is not in it."""
    if document.head.kind not in (*TABLES, Kind.UNREADABLE, Kind.ARCHIVE):
        return True  # a letter, a logo: no part of the list
    return not document.problems and (document.rows_taken > 0 or not document.head.needs_answer)
