"""What reading has told of each document of a submission, beside its rows."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gateway.reading.wire import Copy
from parsers.problems import Code
from storage.entries import DEBTOR_COLUMNS, ClaimEntry, Entry, RejectedEntry
from storage.records import DebtorKind, DocumentHead, DocumentTail, Kind, Problem

TABLES = (Kind.CLAIMS, Kind.INVOICE)
AWAITING = Code.AWAITS_ANSWER
# § 13a RDG asks for the subject and date of a contract only towards private persons.
CONCERN_PERSONS = frozenset({Code.MISSING_CONTRACT_DATE, Code.MISSING_GROUND})
_KIND = DEBTOR_COLUMNS.index("kind")


@dataclass
class DocumentRead:
    """One document; filled while its frames come in."""

    head: DocumentHead
    tail: DocumentTail | None = None
    copy: Copy | None = None
    rows_awaiting: int = 0  # rows with nothing wrong but an open question
    known_cases: "array[int]" = field(default_factory=lambda: array("q"))  # where rows of it were before
    rows_taken: int = 0
    rows_of_persons: int = 0  # of those taken: against a private debtor

    def count(self, entries: Iterable[Entry]) -> None:
        """Note how many rows wait for an answer, and whom the warnings of the whole list concern."""
        for entry in entries:
            if isinstance(entry, ClaimEntry):
                self.rows_taken += 1
                self.rows_of_persons += entry.debtor[_KIND] == DebtorKind.PRIVATE
            elif isinstance(entry, RejectedEntry):
                self.rows_awaiting += all(problem.code == AWAITING for problem in entry.problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why the document, or the rest of it, could not be taken."""
        return document_problems(self.head, self.tail.problems if self.tail else ())

    @property
    def warnings(self) -> tuple[tuple[Problem, int], ...]:
        """What a list lacks as a whole, with the count of rows that it concerns."""
        if self.head.kind not in TABLES:
            return ()
        return tuple(
            (problem, self.rows_of_persons if problem.code in CONCERN_PERSONS else self.rows_taken)
            for problem in self.head.problems
        )


def document_problems(head: DocumentHead, ended: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """What is wrong with a document; what a list's head tells beside are warnings, the list is taken."""
    return ended if head.kind in TABLES else head.problems + ended


def is_automatic(documents: Sequence[DocumentRead]) -> bool:
    """Whether this was an automatic mail, which is never answered."""
    return any(document.head.kind is Kind.AUTOMATIC for document in documents)


def of_invoices(documents: Sequence[DocumentRead]) -> bool:
    """Whether all that was read are invoices."""
    kinds = {document.head.kind for document in documents if document.head.kind in TABLES}
    return kinds == {Kind.INVOICE}


def has_table(documents: Sequence[DocumentRead]) -> bool:
    """Whether any document was read as a list of claims, or as an invoice, which is a list of one."""
    return any(document.head.kind in TABLES for document in documents)
