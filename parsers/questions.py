"""What a file does not decide, asked in words: the closed list of questions."""

from enum import StrEnum
from typing import Any

from parsers.problems import field_label
from storage.records import Question


class Ask(StrEnum):
    """What may have to be asked; the value is the first part of the question's id."""

    DECIMAL_MARK = "decimal_mark"
    DATE_ORDER = "date_order"
    WHICH_COLUMN = "which_column"
    DEBIT_CREDIT = "debit_credit"
    PAID_AMOUNT = "paid_amount"
    WHICH_SHEET = "which_sheet"
    NO_HEADER = "no_header"
    HIDDEN_ROWS = "hidden_rows"
    HIDDEN_COLUMNS = "hidden_columns"


_TEXTS: dict[Ask, tuple[tuple[str, str], tuple[str, str]]] = {
    Ask.HIDDEN_ROWS: (
        (
            "Zeilen {rows} sind ausgeblendet. Sollen sie übernommen werden?",
            "blenden Sie die Zeilen ein oder löschen Sie sie.",
        ),
        ("Rows {rows} are hidden. Shall they be taken?", "show these rows or delete them."),
    ),
    Ask.HIDDEN_COLUMNS: (
        (
            "Diese Spalten sind ausgeblendet: {columns}. Sollen wir sie trotzdem verwenden?",
            "blenden Sie die Spalten ein oder löschen Sie sie, wenn ihre Werte nicht gelten.",
        ),
        (
            "These columns are hidden: {columns}. Shall we use them all the same?",
            "show these columns or delete them if their values do not hold.",
        ),
    ),
    Ask.DECIMAL_MARK: (
        (
            "Was trennt in der Spalte „{column}“ Euro und Cent: Komma oder Punkt? (Beispiel: {example})",
            "schreiben Sie die Beträge einheitlich mit zwei Nachkommastellen, zum Beispiel 1234,00.",
        ),
        (
            "What separates euros and cents in column “{column}”: comma or point? (Example: {example})",
            "write all amounts alike with two decimals, for example 1234.00.",
        ),
    ),
    Ask.DATE_ORDER: (
        (
            "Steht in der Spalte „{column}“ zuerst der Tag oder zuerst der Monat? (Beispiel: {example})",
            "schreiben Sie die Daten als TT.MM.JJJJ, zum Beispiel 31.03.2025.",
        ),
        (
            "Does column “{column}” have the day first or the month first? (Example: {example})",
            "write the dates as YYYY-MM-DD, for example 2025-03-31.",
        ),
    ),
    Ask.WHICH_COLUMN: (
        (
            "Welche Spalte ist „{column}“: {columns}?",
            "lassen Sie nur eine dieser Spalten stehen.",
        ),
        ("Which column is “{column}”: {columns}?", "leave only one of these columns."),
    ),
    Ask.DEBIT_CREDIT: (
        (
            "Was ist offen: der Betrag in „{debit}“ oder „{debit}“ minus „{credit}“?",
            "ergänzen Sie eine Spalte „Offen“ mit dem offenen Betrag je Rechnung.",
        ),
        (
            "What is owed: the amount in “{debit}”, or “{debit}” less “{credit}”?",
            "add a column “Open amount” with what is owed on each invoice.",
        ),
    ),
    Ask.PAID_AMOUNT: (
        (
            "Ist „{column}“ von „{amount}“ schon abgezogen oder noch abzuziehen?",
            "ergänzen Sie eine Spalte „Offen“ mit dem offenen Betrag je Rechnung.",
        ),
        (
            "Has “{column}” already been deducted from “{amount}”, or is it still to be deducted?",
            "add a column “Open amount” with what is owed on each invoice.",
        ),
    ),
    Ask.WHICH_SHEET: (
        (
            "Mehrere Blätter sehen wie Listen offener Forderungen aus ({sheets}). Welches sollen wir nehmen?",
            "lassen Sie nur das eine Blatt in der Datei stehen.",
        ),
        (
            "Several sheets look like lists of open claims ({sheets}). Which one shall we take?",
            "leave only that sheet in the file.",
        ),
    ),
    Ask.NO_HEADER: (
        (
            "Der Tabelle fehlt die Kopfzeile. Was steht in den Spalten? (Erste Zeile: {example})",
            "setzen Sie eine Kopfzeile darüber, zum Beispiel Name; Rechnungsnummer; Fälligkeit; Offen.",
        ),
        (
            "The table has no header row. What do the columns hold? (First row: {example})",
            "put a header row on top, for example Name; Invoice number; Due date; Open amount.",
        ),
    ),
}

_CHOICES: dict[Ask, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Ask.DECIMAL_MARK: (("Komma", "Punkt"), ("comma", "point")),
    Ask.DATE_ORDER: (("zuerst der Tag", "zuerst der Monat"), ("day first", "month first")),
    Ask.DEBIT_CREDIT: (
        ("nur „{debit}“", "„{debit}“ minus „{credit}“"),
        ("“{debit}” only", "“{debit}” less “{credit}”"),
    ),
    Ask.PAID_AMOUNT: (
        ("schon abgezogen", "noch abzuziehen"),
        ("already deducted", "still to be deducted"),
    ),
    Ask.HIDDEN_ROWS: (("ja", "nein"), ("yes", "no")),
    Ask.HIDDEN_COLUMNS: (("ja", "nein"), ("yes", "no")),
    Ask.NO_HEADER: (("ich sende sie mit Kopfzeile",), ("I will send it with a header row",)),
}


def make_question(
    ask: Ask, language: str, *, about: str, choices: tuple[str, ...] | None = None, **facts: Any
) -> Question:
    """One question in words; `facts` fill the sentences."""
    index = 1 if language == "en" else 0
    facts.setdefault("column", field_label(about, language))
    offered = choices if choices is not None else _CHOICES[ask][index]
    return Question(
        id=f"{ask.value}:{about}",
        about=about,
        text=_TEXTS[ask][index][0].format_map(facts),
        choices=tuple(choice if choices is not None else choice.format_map(facts) for choice in offered),
    )


def advice(question: Question, language: str) -> str:
    """How a sender spares himself a question: the second half of a problem's mending."""
    ask = Ask(question.id.partition(":")[0])
    return _TEXTS[ask][1 if language == "en" else 0][1]
