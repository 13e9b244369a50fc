"""A plain invoice as text: what it says for certain, asked back before it becomes a claim.

Only what stands beside its own label is taken, and only where nothing else on the page could be it:
two numbers, two sums or two addressees are none. A text without an invoice's number is no invoice.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import blake2b

from parsers.documents import Piece
from parsers.invoices.addressee import addressee_of
from parsers.invoices.claim import ROW
from parsers.invoices.terms import due_by_terms
from parsers.invoices.warnings import warnings_of
from parsers.options import Options
from parsers.problems import Code, make_invoice_problem
from parsers.questions import Ask, advice, ask_of, make_question, standing_choices
from parsers.sheets.amounts import Mark, MarkEvidence, parse_amount
from parsers.sheets.dates import DateReader, OrderEvidence
from storage.money import Money, english, german
from storage.records import Debtor, DocumentHead, DocumentTail, Item, Kind, Question, RejectedRow, Row

FORMAT = "pdf"
DATE = r"\d{1,2}\. ?\d{1,2}\. ?\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4}"
_DATES = re.compile(DATE)
NUMBER_SHAPE = r"((?=[\w./-]*\d)[A-Za-z0-9](?:[\w./-]{0,38}\w)?)"
_NUMBER = re.compile(
    r"(?i)(?:\brechnungs[- ]?(?:nummer|nr\b\.?|no\b\.?)|"
    r"\b\w{0,20}rechnung[- ]?\s*(?:\(\d{3}\)\s*)?(?:nr\b\.?|nummer|#)|\bre\.?-?nr\b\.?|"
    rf"\binvoice\s*(?:no\b\.?|number|#|nr\b\.?))\s*[:#]?\s*{NUMBER_SHAPE}"
)
_NUMBER_BARE = re.compile(rf"(?i)^[ \t]*(?:rechnung|invoice)\s+{NUMBER_SHAPE}(?=\s|,|$)", re.MULTILINE)
_CUSTOMER = re.compile(
    rf"(?i)\b(?:kunden-?\s?(?:nummer|nr\b\.?)|customer\s*(?:no\b\.?|number|id))\s*:?\s*{NUMBER_SHAPE}"
)
_ISSUED = re.compile(rf"(?i)\b(?:rechnungsdatum|invoice date|ausstellungsdatum)\s*:?\s*({DATE})")
_ISSUED_BESIDE = rf"\s*,?\s*(?:vom|von|issued (?:at|on)|dated|of)\s+({DATE})"
_ISSUED_WEAK = re.compile(rf"(?im)^[ \t]*(?:[\w ,.-]{{0,30}}\b)?(?:datum|date)[ \t]*:?[ \t]*({DATE})[ \t]*$")
# After a digit and a blank nothing is an amount: `1 250,00` is a thousand and more, or one of a piece.
_AMOUNTS = re.compile(
    r"(?<![\d.,'])(?<!\d )"
    r"(-?\d{1,3}(?:[.']\d{3}){0,4},\d{2}|-?\d{1,3}(?:,\d{3}){0,4}\.\d{2}|-?\d{1,12}[.,]\d{2})(?!\d|[.,']\d)"
)
_OPEN = re.compile(
    r"(?i)\b(?:offene[rn]?|fällige[rn]?|zu zahlende[rn]?)\s+(?:betrag|gesamtbetrag|summe)|\bzahlbetrag|"
    r"\bzu zahlen\b|\brestbetrag|\bnoch offen\b|\bforderungsbetrag|\bamount due|\bbalance due|"
    r"\bdue payable|\btotal due|\bpayable amount"
)
_GROSS = re.compile(
    r"(?i)\bgesamt(?:betrag|summe)|\brechnungs(?:betrag|summe)|\bbrutto(?:betrag|summe)|\bend(?:betrag|summe)|"
    r"\bsumme brutto|\bgesamt brutto|\b(?:grand|invoice) total|\btotal amount"
)
_NOT_WHOLE = re.compile(r"(?i)\bnetto|\bnet\b|zzgl|steuer(?:betrag|satz)|\bskonto|\bsteuerbasis")
_DEDUCTED = re.compile(
    r"(?i)anzahlung|abschlag|teilzahlung|bereits (?:ge|be)zahlt|gutschrift|already paid|deposit|prepaid"
)
_PAYMENT = re.compile(r"(?i)zahl|fällig|überweis|begleich|\bdue\b|payable|remit|\bpay\b|until")
_EURO = re.compile(r"(?i)€|\beur(?:o)?\b")
_NO_CLAIM = re.compile(
    r"(?i)(?:storno(?:rechnung)?|rechnungskorrektur|gutschrift|credit note|pro-?forma)\b.*"
)
_OTHER_TITLE = re.compile(
    r"(?i)(?:angebot|auftragsbestätigung|lieferschein|bestellung|"
    r"quotation|quote|order|(?:kauf|werk|dienst|miet)?vertrag|agreement)\W*"
)


def read_plain(text: str, options: Options) -> Row | None:
    """What a plain invoice says for certain; an amount of zero is one that is not certain.

    None where the text is no invoice.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if any(_NO_CLAIM.fullmatch(line) or _OTHER_TITLE.fullmatch(line) for line in lines):
        return None
    number = _only(_NUMBER.findall(text)) or _only(_NUMBER_BARE.findall(text))
    amount = _amount(lines) if _EURO.search(text) else None
    if number is None or (amount is None and not _labels_amount(lines)):
        return None
    reader = date_reader(text, options)
    issued_on = _issued(text, number, reader)
    return Row(
        row=ROW,
        debtor=addressee_of(lines, options.creditor, _only(_CUSTOMER.findall(text))),
        amount=Money(amount or 0),
        invoice_number=number,
        invoice_date=issued_on,
        due_date=due_by_terms([line for line in lines if _PAYMENT.search(line)], issued_on, reader),
    )


def plain_items(piece: Piece, row: Row, options: Options, file_format: str = FORMAT) -> Iterator[Item]:
    """The document of a plain invoice: its row waits for an answer."""
    question = _question(row, options.language)
    if _is_confirmed(question, options):
        yield from _confirmed(piece, warnings_of(row, (), options), file_format)
        return
    yield DocumentHead(
        kind=Kind.INVOICE,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        format=file_format,
        needs_answer=(question,),
    )
    waits = make_invoice_problem(
        Code.AWAITS_ANSWER,
        options.language,
        question=question.text,
        advice=advice(question, options.language),
    )
    yield RejectedRow(row=ROW, problems=(waits,), read=warnings_of(row, (), options))
    yield DocumentTail(rows_total=1)


def _confirmed(piece: Piece, row: Row, file_format: str) -> Iterator[Item]:
    """The document of an invoice whose sender has said that it was read right."""
    yield DocumentHead(
        kind=Kind.INVOICE,
        name=piece.name,
        path=str(piece.path),
        media_type=piece.media_type,
        format=file_format,
    )
    yield row
    yield DocumentTail(rows_total=1)


def _is_confirmed(question: Question, options: Options) -> bool:
    """Whether the answer to this very question, with these very values, was yes."""
    if ask_of(question.id) is not Ask.CONFIRM_INVOICE:
        return False
    yes = {standing_choices(Ask.CONFIRM_INVOICE, language)[0] for language in ("de", "en")}
    return options.answers.get(question.id) in yes


def _question(row: Row, language: str) -> Question:
    """What was read, in words, and what was not certain."""
    index = 1 if language == "en" else 0
    said = [f"{_LABELS[name][index]} {value}" for name, value in _found(row, language) if value]
    missing = [_LABELS[name][index] for name, value in _found(row, language) if not value]
    ask = Ask.CONFIRM_INVOICE if not missing else Ask.COMPLETE_INVOICE
    # The id is of the values, not of the words, so that a yes holds for them alone.
    values = repr((row.debtor, row.amount.cents, row.invoice_number, row.invoice_date, row.due_date))
    return make_question(
        ask,
        language,
        about="invoice",
        key=blake2b(values.encode(), digest_size=8).hexdigest(),
        found=", ".join(said),
        missing=", ".join(missing),
    )


_LABELS = {
    "number": ("Rechnungsnummer", "invoice number"),
    "issued": ("Rechnungsdatum", "invoice date"),
    "due": ("fällig am", "due on"),
    "amount": ("offener Betrag", "amount due"),
    "debtor": ("Kunde", "customer"),
}


def _found(row: Row, language: str) -> Iterator[tuple[str, str]]:
    cents, write = row.amount.cents, english if language == "en" else german
    yield "number", row.invoice_number or ""
    yield "issued", _day(row.invoice_date, language)
    yield "due", _day(row.due_date, language)
    yield "amount", f"{write(cents)} EUR" if cents else ""
    yield "debtor", _who(row.debtor)


def _who(debtor: Debtor) -> str:
    place = " ".join(part for part in (debtor.postcode, debtor.city) if part)
    return ", ".join(part for part in (debtor.label, debtor.street, place) if part)


def _day(day: date | None, language: str) -> str:
    if day is None:
        return ""
    return day.isoformat() if language == "en" else f"{day:%d.%m.%Y}"


def _only(found: Iterable[str]) -> str | None:
    values = set(found)
    return values.pop() if len(values) == 1 else None


def date_reader(text: str, options: Options) -> DateReader:
    """A reader of dates that knows in which order this text writes them."""
    evidence = OrderEvidence()
    evidence.add(_DATES.findall(text))
    return DateReader(evidence.order, options.today)


def _issued(text: str, number: str, reader: DateReader) -> date | None:
    """The date by its label, or beside the number: `Rechnung gemäß Bestellung vom …` is the order's."""
    beside = re.compile(re.escape(number) + _ISSUED_BESIDE)
    for pattern in (_ISSUED, beside, _ISSUED_WEAK):
        written = set(pattern.findall(text))
        if written:
            day = reader.parse(written.pop()) if len(written) == 1 else None
            return day if isinstance(day, date) else None
    return None


def _labels_amount(lines: Iterable[str]) -> bool:
    return any(_OPEN.search(line) or _GROSS.search(line) for line in lines)


def _amount(lines: list[str]) -> int | None:
    """Cents of what is open: as it is called so, else the gross sum where nothing was deducted from it."""
    evidence = MarkEvidence()
    evidence.add([amount for line in lines for amount in _AMOUNTS.findall(line)])
    opened = _sums(lines, _OPEN, evidence.mark)
    if opened:
        return opened.pop() if len(opened) == 1 else None
    gross = _sums(lines, _GROSS, evidence.mark)
    is_whole = len(gross) == 1 and not any(_DEDUCTED.search(line) for line in lines)
    return gross.pop() if is_whole else None


def _sums(lines: list[str], label: re.Pattern[str], mark: Mark) -> set[int]:
    """The amounts above zero that stand alone beside a label."""
    found: set[int] = set()
    for line in lines:
        at = label.search(line)
        amounts = _AMOUNTS.findall(line, at.end()) if at and not _NOT_WHOLE.search(line) else []
        if len(amounts) == 1:
            cents = parse_amount(amounts[0], mark)
            found |= {cents} if isinstance(cents, int) and cents > 0 else set()
    return found
