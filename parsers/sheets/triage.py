"""What is best for a claim that was taken: one word a row for the copy that goes back."""

from datetime import date, timedelta
from enum import StrEnum

from parsers.document_json import row_warnings
from parsers.problems import Code
from storage.records import DocumentHead, Row

# § 286 (3) BGB: at the latest so long after due date and invoice a debtor is in default.
DEFAULT_DAYS = 30
_LACKS_EVIDENCE = frozenset({Code.MISSING_ADDRESS, Code.MISSING_GROUND, Code.MISSING_CONTRACT_DATE})


class Advice(StrEnum):
    """What to do with a row, the most pressing first."""

    TIME_BARRED = "time_barred"
    NOT_DUE = "not_due"
    REMIND = "remind"
    COMPLETE = "complete"
    TAKEN = "taken"


_WORDS = {
    Advice.TIME_BARRED: ("wahrscheinlich verjährt: Nachweis senden", "probably time-barred: send evidence"),
    Advice.NOT_DUE: ("noch nicht fällig", "not yet due"),
    Advice.REMIND: ("erst mahnen: noch nicht sicher in Verzug", "remind first: not surely in default"),
    Advice.COMPLETE: (
        "übernommen, Angaben für den ersten Brief fehlen",
        "taken, the first letter lacks details",
    ),
    Advice.TAKEN: ("übernommen", "taken"),
}


def advice_for(row: Row, head: DocumentHead, today: date) -> Advice:
    """The advice for one row."""
    codes = {warning.code for warning in row_warnings(head, row)}
    if Code.TIME_BARRED in codes:
        return Advice.TIME_BARRED
    if Code.NOT_YET_DUE in codes:
        return Advice.NOT_DUE
    if not _is_in_default(row, today):
        return Advice.REMIND
    return Advice.COMPLETE if codes & _LACKS_EVIDENCE else Advice.TAKEN


def advice_text(advice: Advice, language: str) -> str:
    """The advice in words."""
    return _WORDS[advice][1 if language == "en" else 0]


def _is_in_default(row: Row, today: date) -> bool:
    """Whether the list itself shows default: by its word, by a dunning fee, or by the time that passed."""
    if row.default_since is not None:
        return row.default_since <= today
    if any(cost.kind == "dunning_fee" for cost in row.creditor_costs):
        return True
    return row.due_date is not None and row.due_date + timedelta(days=DEFAULT_DAYS) < today
