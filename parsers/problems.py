"""What can be wrong with what a creditor sends: the closed list of codes, and how to say it.

Every code has a sentence that says what is wrong and one that says what to do about it, in German
and English (`problem_texts`, `warning_texts`, `document_texts`). A problem names the column as the
sender's own header does.
"""

from enum import StrEnum
from typing import Any

from parsers.document_texts import DOCUMENT_TEXTS, FIELD_LABELS, SKIP_TEXTS
from parsers.invoice_texts import INVOICE_TEXTS, INVOICE_WORDS
from parsers.problem_texts import REJECTION_TEXTS, Words
from parsers.warning_texts import WARNING_TEXTS
from storage.records import Problem

VALUE_CHARACTERS_MAX = 120
_TEXTS = REJECTION_TEXTS | WARNING_TEXTS | DOCUMENT_TEXTS | INVOICE_TEXTS


class Code(StrEnum):
    """Why a row is not taken, what to know of a row that is, or why a document is not read."""

    # A row is rejected.
    AMOUNT_MISSING = "amount_missing"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_DECIMALS = "amount_decimals"
    AMOUNT_ZERO = "amount_zero"
    AMOUNT_NEGATIVE = "amount_negative"
    CURRENCY_NOT_EURO = "currency_not_euro"
    DATE_UNREADABLE = "date_unreadable"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_IMPLAUSIBLE = "date_implausible"
    DATE_WITHOUT_YEAR = "date_without_year"
    NAME_MISSING = "name_missing"
    DEBTOR_UNKNOWN = "debtor_unknown"
    DEBTOR_UNDECIDED = "debtor_undecided"
    DUE_AND_NUMBER_MISSING = "due_and_number_missing"
    IDENTIFIER_MANGLED = "identifier_mangled"
    CELLS_TOO_MANY = "cells_too_many"
    CELLS_TOO_FEW = "cells_too_few"
    COLUMNS_OVERRUN = "columns_overrun"
    VALUE_TWICE = "value_twice"
    OPEN_QUOTE = "open_quote"
    CUT_OFF = "cut_off"
    BROKEN_CHARACTERS = "broken_characters"
    CONTRADICTORY_REPEAT = "contradictory_repeat"
    AWAITS_ANSWER = "awaits_answer"
    ALREADY_SETTLED = "already_settled"
    SIGN_UNREADABLE = "sign_unreadable"
    # An invoice is no claim.
    CREDIT_NOTE = "credit_note"
    CORRECTED_INVOICE = "corrected_invoice"
    SELF_BILLED_INVOICE = "self_billed_invoice"
    PREPAYMENT_INVOICE = "prepayment_invoice"
    NO_INVOICE = "no_invoice"
    TEST_INVOICE = "test_invoice"
    SUMS_DIFFER = "sums_differ"
    INVOICE_NUMBER_MISSING = "invoice_number_missing"
    CURRENCY_MISSING = "currency_missing"
    INVOICE_TO_SENDER = "invoice_to_sender"
    # A row is taken, with a warning that says what will stop later.
    SELLER_DIFFERS = "seller_differs"
    REPEATED_ROW = "repeated_row"
    MISSING_ADDRESS = "missing_address"
    MISSING_CONTRACT_DATE = "missing_contract_date"
    MISSING_GROUND = "missing_ground"
    MISSING_DUE_DATE = "missing_due_date"
    MISSING_INVOICE_NUMBER = "missing_invoice_number"
    MISSING_INVOICE_DATE = "missing_invoice_date"
    MISSING_FIRST_NAME = "missing_first_name"
    DEFAULT_WITHOUT_REASON = "default_without_reason"
    NOT_YET_DUE = "not_yet_due"
    TIME_BARRED = "time_barred"
    TIME_BARRED_SOON = "time_barred_soon"
    DUE_BEFORE_INVOICE = "due_before_invoice"
    INVOICE_IN_FUTURE = "invoice_in_future"
    OPEN_EXCEEDS_TOTAL = "open_exceeds_total"
    POSTCODE_PADDED = "postcode_padded"
    POSTCODE_INVALID = "postcode_invalid"
    IBAN_INVALID = "iban_invalid"
    EMAIL_INVALID = "email_invalid"
    COUNTRY_UNKNOWN = "country_unknown"
    BIRTH_DATE_UNLIKELY = "birth_date_unlikely"
    # A document is read, with a warning.
    HIDDEN_SHEET = "hidden_sheet"
    HIDDEN_COLUMN = "hidden_column"
    COLUMN_AMBIGUOUS = "column_ambiguous"
    DEBTORS_JOINED = "debtors_joined"
    DEBTOR_FROM_ABOVE = "debtor_from_above"
    # Master data is read, but for some of its rows.
    CUSTOMERS_UNDECIDED = "customers_undecided"
    CUSTOMERS_INCOMPLETE = "customers_incomplete"
    # A document is not read.
    TOO_MANY_CUSTOMERS = "too_many_customers"
    COLUMNS_MISSING = "columns_missing"
    NOT_CLAIMS = "not_claims"
    AMOUNTS_SPLIT = "amounts_split"
    NO_TABLE = "no_table"
    EMPTY_FILE = "empty_file"
    NO_ROWS = "no_rows"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    ARCHIVE_BOMB = "archive_bomb"
    NESTED_TOO_DEEP = "nested_too_deep"
    TOO_MANY_FILES = "too_many_files"
    TOO_MANY_ROWS = "too_many_rows"
    SHEET_TOO_LARGE = "sheet_too_large"
    UNSUPPORTED_FORMAT = "unsupported_format"
    READING_STOPPED = "reading_stopped"
    SEVERAL_INVOICES = "several_invoices"
    XML_DEFINITIONS = "xml_definitions"
    EVIDENCE_ONLY = "evidence_only"
    NO_ATTACHMENT = "no_attachment"
    NOTHING_UNDERSTOOD = "nothing_understood"


class Skip(StrEnum):
    """Why a row is no claim."""

    BLANK = "blank"
    TOTAL = "total"
    REMARK = "remark"
    HEADER = "header"
    HIDDEN = "hidden"
    OTHER_TABLE = "other_table"
    CUSTOMER_INCOMPLETE = "customer_incomplete"
    CUSTOMER_UNDECIDED = "customer_undecided"
    CUSTOMER_REPEATED = "customer_repeated"


def make_problem(
    code: Code, language: str, *, field: str | None = None, value: object = None, **facts: Any
) -> Problem:
    """One problem in words; `facts` fill the sentences (`column` defaults to the field's plain name)."""
    return _worded(_TEXTS[code], code, language, field, {**facts, "value": value})


def make_invoice_problem(
    code: Code, language: str, *, field: str | None = None, value: object = None, **facts: Any
) -> Problem:
    """The same of an invoice, which has no columns: where a code needs other words, it has them."""
    words = INVOICE_WORDS.get(code) or _TEXTS[code]
    return _worded(words, code, language, field, {**facts, "value": value})


def _worded(words: Words, code: Code, language: str, field: str | None, facts: dict[str, Any]) -> Problem:
    shown = None if facts["value"] is None else _shorten(str(facts["value"]))
    facts.setdefault("column", field_label(field, language))
    facts["value"] = shown if shown is not None else ""
    message, fix = words[_index(language)]
    return Problem(
        code=code.value,
        field=field,
        value=shown,
        message=message.format_map(facts),
        fix=fix.format_map(facts),
    )


def field_label(field: str | None, language: str) -> str:
    """What a clerk calls a field of a row: `debtor.postcode` is `PLZ`."""
    if field is None:
        return ""
    return FIELD_LABELS.get(field, (field, field))[_index(language)]


def skip_text(skip: Skip, language: str) -> str:
    """Why a row was passed over, in words."""
    return SKIP_TEXTS[skip][_index(language)]


def _index(language: str) -> int:
    return 1 if language == "en" else 0


def _shorten(text: str) -> str:
    if len(text) <= VALUE_CHARACTERS_MAX:
        return text
    return text[: VALUE_CHARACTERS_MAX - 1] + "…"
