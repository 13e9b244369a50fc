"""What a file does not decide, asked in words: the closed list of questions.

A question's id is its kind and what it is about, the same for every list with the same header, so
that an answer can be kept and applied to the next one.
"""

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
    HIDDEN_SHEET = "hidden_sheet"
    GROUND_AND_CONTRACT_DATE = "ground_and_contract_date"
    GROUND = "ground"
    CONTRACT_DATE = "contract_date"
    CONFIRM_INVOICE = "confirm_invoice"
    COMPLETE_INVOICE = "complete_invoice"
    UNUSUAL_SIZE = "unusual_size"
    NOT_YET_DUE = "not_yet_due"
    MISSING_CLAIM = "missing_claim"
    MISSING_CLAIMS = "missing_claims"


# Answers to these are about what happens to be in one file, and say nothing of the next.
ONLY_THIS_FILE = frozenset(
    {
        *(Ask.HIDDEN_ROWS, Ask.HIDDEN_COLUMNS, Ask.HIDDEN_SHEET, Ask.CONFIRM_INVOICE, Ask.COMPLETE_INVOICE),
        *(Ask.UNUSUAL_SIZE, Ask.NOT_YET_DUE, Ask.MISSING_CLAIM, Ask.MISSING_CLAIMS),
    }
)
# Taken, but nothing is done about it before the answer (DESIGN, *Decisions*: unusual submissions).
HOLDS = frozenset({Ask.UNUSUAL_SIZE, Ask.NOT_YET_DUE})
# What is missing in a list; answered in words of its own, claim by claim.
ABOUT_MISSING = frozenset({Ask.MISSING_CLAIM, Ask.MISSING_CLAIMS})
# Nothing waits for these; one answer completes every row.
OFFERS = frozenset({Ask.GROUND_AND_CONTRACT_DATE, Ask.GROUND, Ask.CONTRACT_DATE})

_SEND_DE = "schicken Sie die Angaben als Zeile einer Tabelle oder die Rechnung als E-Rechnung."
_SEND_EN = "send the details as a row of a table, or the invoice as an e-invoice."

_TEXTS: dict[Ask, tuple[tuple[str, str], tuple[str, str]]] = {
    Ask.CONFIRM_INVOICE: (
        ("Das haben wir gelesen: {found}. Stimmt es?", _SEND_DE),
        ("This is what we read: {found}. Is it right?", _SEND_EN),
    ),
    Ask.COMPLETE_INVOICE: (
        (
            "Das haben wir gelesen: {found}. Nicht sicher erkannt: {missing}. Was ist richtig?",
            _SEND_DE,
        ),
        ("This is what we read: {found}. Not certain: {missing}. What is right?", _SEND_EN),
    ),
    Ask.UNUSUAL_SIZE: (
        (
            (
                "Ihre Liste bringt {new} neue Forderungen, bisher waren es höchstens {largest}. "
                "Sollen wir alle einziehen?"
            ),
            "antworten Sie mit JA.",
        ),
        (
            (
                "Your list brings {new} new claims; there were {largest} at most before. "
                "Shall we collect all of them?"
            ),
            "answer YES.",
        ),
    ),
    Ask.MISSING_CLAIM: (
        (
            (
                "Eine Forderung aus Ihrer früheren Liste fehlt jetzt. Wurde sie bei Ihnen bezahlt? Wann, und "
                "wie viel?"
            ),
            "melden Sie Zahlungen, die bei Ihnen eingehen.",
        ),
        (
            "A claim of your earlier list is missing now. Was it paid to you? When, and how much?",
            "report payments that you receive.",
        ),
    ),
    Ask.MISSING_CLAIMS: (
        (
            (
                "{count} Forderungen aus Ihren früheren Listen fehlen jetzt. Wurden sie bei Ihnen bezahlt? "
                "Wann, und wie viel?"
            ),
            "melden Sie Zahlungen, die bei Ihnen eingehen.",
        ),
        (
            (
                "{count} claims of your earlier lists are missing now. Were they paid to you? When, and how "
                "much?"
            ),
            "report payments that you receive.",
        ),
    ),
    Ask.NOT_YET_DUE: (
        (
            "{early} von {new} neuen Forderungen sind noch nicht fällig. Sollen wir sie trotzdem einziehen?",
            "antworten Sie mit JA.",
        ),
        ("{early} of {new} new claims are not yet due. Shall we collect them all the same?", "answer YES."),
    ),
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
    Ask.HIDDEN_SHEET: (
        (
            "Die Liste steht auf einem ausgeblendeten Blatt („{sheet}“). Sollen wir sie übernehmen?",
            "blenden Sie das Blatt ein.",
        ),
        ("The list is on a hidden sheet (“{sheet}”). Shall we take it?", "unhide the sheet."),
    ),
    Ask.GROUND_AND_CONTRACT_DATE: (
        (
            (
                "Bei allen Privatkunden fehlen Forderungsgrund und Vertragsdatum, die im ersten Brief stehen "
                "müssen. Gilt für alle das Rechnungsdatum als Vertragsdatum, und mit welchem Grund?"
            ),
            "ergänzen Sie die Spalten „Forderungsgrund“ und „Vertragsdatum“.",
        ),
        (
            (
                "All private customers lack the ground of the claim and the contract date, which the first "
                "letter must state. Is the invoice date the contract date for all, and what is the ground?"
            ),
            "add the columns “Ground” and “Contract date”.",
        ),
    ),
    Ask.GROUND: (
        (
            (
                "Bei allen Privatkunden fehlt der Forderungsgrund, der im ersten Brief stehen muss. Was gilt "
                "für alle?"
            ),
            "ergänzen Sie eine Spalte „Forderungsgrund“.",
        ),
        (
            (
                "All private customers lack the ground of the claim, which the first letter must state. What "
                "holds for all?"
            ),
            "add a column “Ground”.",
        ),
    ),
    Ask.CONTRACT_DATE: (
        (
            (
                "Bei allen Privatkunden fehlt das Vertragsdatum, das im ersten Brief stehen muss. Ist es bei "
                "allen das Rechnungsdatum?"
            ),
            "ergänzen Sie eine Spalte „Vertragsdatum“.",
        ),
        (
            (
                "All private customers lack the contract date, which the first letter must state. Is it the "
                "invoice date for all?"
            ),
            "add a column “Contract date”.",
        ),
    ),
}

# What a letter to a debtor says is German, whatever language the creditor reads.
GROUNDS = ("Kaufvertrag", "Dienstleistungsvertrag", "Handwerkerleistung")
_GROUNDS = (
    (*GROUNDS, "Nein"),
    ("sales contract", "service contract", "craftsman's work", "no"),
)

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
    Ask.CONFIRM_INVOICE: (("ja", "nein, ich berichtige es"), ("yes", "no, I will correct it")),
    Ask.COMPLETE_INVOICE: (("ich ergänze es",), ("I will complete it",)),
    Ask.UNUSUAL_SIZE: (("ja", "nein"), ("yes", "no")),
    Ask.NOT_YET_DUE: (("ja", "nein"), ("yes", "no")),
    Ask.MISSING_CLAIM: (
        ("bezahlt am TT.MM.JJJJ", "storniert", "noch offen"),
        ("paid on YYYY-MM-DD", "cancelled", "still open"),
    ),
    Ask.MISSING_CLAIMS: (
        (
            *("{invoice} bezahlt am TT.MM.JJJJ", "{invoice} storniert, Rest noch offen"),
            *("alle bezahlt am TT.MM.JJJJ", "alle noch offen"),
        ),
        (
            *("{invoice} paid on YYYY-MM-DD", "{invoice} cancelled, the rest still open"),
            *("all paid on YYYY-MM-DD", "all still open"),
        ),
    ),
    Ask.HIDDEN_ROWS: (("ja", "nein"), ("yes", "no")),
    Ask.HIDDEN_SHEET: (("ja", "nein"), ("yes", "no")),
    Ask.HIDDEN_COLUMNS: (("ja", "nein"), ("yes", "no")),
    Ask.NO_HEADER: (("ich sende sie mit Kopfzeile",), ("I will send it with a header row",)),
    Ask.GROUND_AND_CONTRACT_DATE: _GROUNDS,
    Ask.GROUND: _GROUNDS,
    Ask.CONTRACT_DATE: (("ja", "nein"), ("yes", "no")),
}


def make_question(
    ask: Ask,
    language: str,
    *,
    about: str,
    choices: tuple[str, ...] | None = None,
    key: str = "",
    **facts: Any,
) -> Question:
    """One question in words; `facts` fill the sentences, `key` names its subject in the id."""
    index = 1 if language == "en" else 0
    facts.setdefault("column", field_label(about, language))
    offered = choices if choices is not None else standing_choices(ask, language)
    return Question(
        id=f"{ask.value}:{key or about}",
        about=about,
        text=_TEXTS[ask][index][0].format_map(facts),
        choices=tuple(choice if choices is not None else choice.format_map(facts) for choice in offered),
    )


def standing_choices(ask: Ask, language: str) -> tuple[str, ...]:
    """What can be answered to a question in every file; places for facts are not yet filled."""
    return _CHOICES[ask][1 if language == "en" else 0]


def other_language(language: str) -> str:
    """The language in which the same person may have answered before."""
    return "de" if language == "en" else "en"


def ask_of(question_id: str) -> Ask:
    """What a question's id, with or without the fingerprint before it, is about."""
    return Ask(question_id.rpartition("/")[2].partition(":")[0])


def is_kept(question_id: str) -> bool:
    """Whether an answer holds for later files with the same header too."""
    return ask_of(question_id) not in ONLY_THIS_FILE


def advice(question: Question, language: str) -> str:
    """How a sender spares himself a question: the second half of a problem's mending."""
    ask = Ask(question.id.partition(":")[0])
    return _TEXTS[ask][1 if language == "en" else 0][1]
