"""The outcome of a submission as a table, a line a row.

Its form is the *CSV for creditors* of INTERFACE.md, in either language: only words differ.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from bot.wording import folded, known_language
from parsers.defuse import defuse
from storage.money import Money

LINES_A_PIECE = 1_000
_MARK = b"\xef\xbb\xbf"

_HEADERS = {
    "de": ("Zeile", "Ergebnis", "Aktenzeichen", "Rechnung", "Kunde", "Betrag", "Problem", "Abhilfe", "Datei"),
    "en": ("Row", "Result", "Case number", "Invoice", "Customer", "Amount", "Problem", "Remedy", "File"),
}
_DECISIONS = {
    "de": {
        "new": "übernommen",
        "unchanged": "unverändert",
        "changed": "geändert",
        "rejected": "abgelehnt",
        "skipped": "übersprungen",
    },
    "en": {
        "new": "taken",
        "unchanged": "unchanged",
        "changed": "changed",
        "rejected": "rejected",
        "skipped": "skipped",
    },
}


class OutcomeRow(Protocol):
    """What became of one row, as `storage.intake.results` tells it."""

    @property
    def document(self) -> int:
        """Which document of the submission, counted from 0."""
        ...

    @property
    def row(self) -> int:
        """Its number as the sender's program shows it."""
        ...

    @property
    def decision(self) -> str:
        """One of new, unchanged, changed, rejected, skipped."""
        ...

    @property
    def case(self) -> str | None:
        """The case number."""
        ...

    @property
    def invoice(self) -> str | None:
        """The invoice number as the sender wrote it."""
        ...

    @property
    def debtor(self) -> str | None:
        """What a person calls the debtor."""
        ...

    @property
    def principal(self) -> Money | None:
        """The claim's amount."""
        ...

    @property
    def problem(self) -> str | None:
        """What is wrong, or why the row was skipped."""
        ...

    @property
    def fix(self) -> str | None:
        """How it is mended."""
        ...


def outcome_csv(rows: Iterable[OutcomeRow], language: str, documents: Sequence[str]) -> bytes:
    """The whole table; the header stands there even when no row does. `documents` are their names."""
    return b"".join(outcome_csv_pieces(rows, language, documents))


def outcome_csv_pieces(
    rows: Iterable[OutcomeRow], language: str, documents: Sequence[str]
) -> Iterator[bytes]:
    """The same in pieces, so that a table of a million rows never lies in memory."""
    language = known_language(language)
    decisions, names = _DECISIONS[language], [_text(name) for name in documents]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_HEADERS[language])
    yield _MARK
    for count, row in enumerate(rows, 1):
        writer.writerow((*_line(row, decisions[row.decision]), names[row.document]))
        if count % LINES_A_PIECE == 0:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def plain_amount(amount: Money) -> str:
    """`-1234,56`: a decimal comma and no grouping, so that every program takes it for a number."""
    return str(amount).replace(".", ",")


def _line(row: OutcomeRow, decision: str) -> tuple[str, ...]:
    return (
        str(row.row),
        decision,
        row.case or "",
        _text(row.invoice),
        _text(row.debtor),
        plain_amount(row.principal) if row.principal else "",
        _text(row.problem),
        _text(row.fix),
    )


def _text(text: str | None) -> str:
    return defuse(folded(text)) if text else ""
