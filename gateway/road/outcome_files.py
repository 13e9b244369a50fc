"""The outcome of every row as a file, made from the store piece by piece: a list may have a million rows."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from sqlalchemy import Connection

from bot.outcome_table import outcome_csv_pieces
from gateway.road.reply import Attachment
from storage.accounts import account_by_id
from storage.intake.documents import documents_of
from storage.intake.results import row_outcomes
from storage.intake.submissions import SubmissionSummary

ROWS_UNPACKED_MAX = 20_000
STEMS = {"de": "Ergebnis", "en": "Outcome"}


def outcome_table_name(summary: SubmissionSummary, language: str) -> str:
    """`Ergebnis.csv`; packed as `.zip` when it is long."""
    return STEMS[language] + (".zip" if is_long(summary) else ".csv")


def is_long(summary: SubmissionSummary) -> bool:
    """Whether the table is too long to be carried about as it is."""
    return summary.rows_total > ROWS_UNPACKED_MAX


def outcome_table(
    connection: Connection, summary: SubmissionSummary, names: list[str] | None = None
) -> Iterator[bytes]:
    """The table in pieces; `names` are those of the documents where the store has none yet."""
    account_id, submission_id = summary.account_id, summary.submission_id
    language = account_by_id(connection, account_id).language
    stored = names or [one.head.name for one in documents_of(connection, account_id, submission_id)]
    rows = row_outcomes(connection, account_id, submission_id, with_changes=summary.changed > 0)
    return outcome_csv_pieces(rows, language, stored)


def attached_table(
    connection: Connection, summary: SubmissionSummary, language: str, names: list[str]
) -> Attachment:
    """The table as it goes with a mail."""
    name = outcome_table_name(summary, language)
    pieces = outcome_table(connection, summary, names)
    if not is_long(summary):
        return Attachment(name=name, content=b"".join(pieces))
    packed = BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(f"{STEMS[language]}.csv", "w", force_zip64=True) as table,
    ):
        for piece in pieces:
            table.write(piece)
    return Attachment(name=name, content=packed.getvalue())
