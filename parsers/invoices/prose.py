"""A claim typed in a message: one sum, one debtor with an address, one invoice; asked back as well.

Whatever else a message may be (a payment, a question, a credit note, several claims at once) is not
guessed at: then there is no claim in it.
"""

import re
from datetime import date

from parsers.invoices.claim import ROW
from parsers.invoices.plain import DATE, NUMBER_SHAPE, date_reader
from parsers.invoices.terms import due_by_terms
from parsers.options import Options
from parsers.sheets.amounts import MarkEvidence, parse_amount
from parsers.sheets.checks import is_postcode
from parsers.sheets.debtors import name_debtor
from storage.money import Money
from storage.records import Debtor, DebtorKind, Row

CHARACTERS_MAX = 20_000
_QUOTED = re.compile(r"(?m)^>.*$")
_END = re.compile(
    r"(?im)^(?:-- ?$|-{3,}.*|_{5,}|am .{6,80} schrieb\b.*|on .{6,80} wrote:?$|von: .*|from: .*|"
    r"(?:mit )?(?:freundlichen|besten|vielen) grü(?:ß|ss)en.*|(?:best|kind) regards.*)"
)
_HANDOVER = re.compile(
    r"(?i)\bzieh\w*\b.{0,300}\bein\b|\bein(?:zu)?ziehen\b|\bein(?:zu)?treiben\b|\bbei(?:zu)?treiben\b|\binkasso|"
    r"\bforderung|\bcollect|\bclaim against\b",
    re.DOTALL,
)
_UNPAID = re.compile(
    r"(?i)\b(?:nicht|nie|not|never)\s+(?:\w+\s+){0,2}(?:bezahlt|gezahlt|beglichen|überwiesen|paid)\b|"
    r"unbezahlt\w*|unpaid"
)
_OTHERWISE = re.compile(
    r"(?i)\b\w*(?:bezahlt|gezahlt|beglichen|überwiesen|eingegangen|erhalten|erledigt|storn|gutschrift|"
    r"gutgeschrieben|ratenzahlung|vergleich|zurück|insolven|widerspr|bestreit|paid|received|refund|cancel|"
    r"withdraw|dispute)|\b\d{2}-\d{6,}-\d\b"
)
_MONEY = re.compile(r"(?i)(?<![\w.,])(\d[\d.,']*\d|\d)\s*(?:€|eur\b|euro\b)|(?:€|\beur)\s*(\d[\d.,']*\d|\d)")
_NUMBER = re.compile(
    r"(?i)\b(?:rechnungs?|invoice|re\.?)[- ]?(?:nummer|nr\b\.?|number|no\b\.?|#)?\s*:?\s*"
    rf"(?-i:(?=[A-Z\d])){NUMBER_SHAPE}"
)
_ISSUED = rf"\s*,?\s*(?:vom|von|of|dated)\s+({DATE})"
_DEBTOR = re.compile(
    r"\b(?:[Vv]on|[Gg]egen|Kunden?:?|Kundin:?|Schuldner(?:in)?:?|from|against|[Cc]ustomer:?|[Dd]ebtor:?)\s+"
    r"(?:(?:Herrn?|Frau|der Firma|Firma|Mrs?\.?|Ms\.?)\s+)?([A-ZÄÖÜ][^,\n\d]{2,60}),\s*"
    r"([A-ZÄÖÜ][^,\n]{2,50}\d[^,\n]{0,6}),\s*(?:D-)?(\d{5})\s+"
    r"([A-ZÄÖÜ][a-zäöüß]+(?:[ -][A-ZÄÖÜ(][a-zäöüß.)]+){0,4})"
)
_CLAUSE = re.compile(r",(?!\d)|;|\n|(?<=[a-zäöüß]{3})\.\s")
_DUE = re.compile(r"(?i)fällig|zahlbar|zahlungsziel|\bdue\b|payable")


def read_prose(text: str, options: Options) -> Row | None:
    """The one claim of a message; None where it is not certainly one."""
    said = _own_words(text)
    plain = _UNPAID.sub(" ", said)
    if not _HANDOVER.search(said) or _OTHERWISE.search(plain):
        return None
    amount, number, debtor = _amount(said), _number(said), _debtor(said)
    if amount is None or debtor is None or number is None:
        return None
    reader = date_reader(said, options)
    written = set(re.findall(re.escape(number) + _ISSUED, said))
    issued = reader.parse(written.pop()) if len(written) == 1 else None
    issued_on = issued if isinstance(issued, date) else None
    return Row(
        row=ROW,
        debtor=debtor,
        amount=Money(amount),
        invoice_number=number,
        invoice_date=issued_on,
        due_date=due_by_terms([one for one in _CLAUSE.split(said) if _DUE.search(one)], issued_on, reader),
    )


def _own_words(text: str) -> str:
    """A message without what it quotes and without its signature."""
    own = _QUOTED.sub("", text[:CHARACTERS_MAX])
    end = _END.search(own)
    return own[: end.start()] if end else own


def _amount(text: str) -> int | None:
    written = [first or second for first, second in _MONEY.findall(text)]
    evidence = MarkEvidence()
    evidence.add(written)
    read = {parse_amount(one, evidence.mark) for one in written}
    cents = read.pop() if len(read) == 1 else None
    return cents if isinstance(cents, int) and cents > 0 else None


def _number(text: str) -> str | None:
    found = set(_NUMBER.findall(text))
    return found.pop() if len(found) == 1 else None


def _debtor(text: str) -> Debtor | None:
    found = set(_DEBTOR.findall(text))
    if len(found) != 1:
        return None
    name, street, postcode, city = found.pop()
    if not is_postcode(postcode, None):
        return None
    named = name_debtor(name.strip(), None, None, None)
    return Debtor(
        kind=DebtorKind.COMPANY if named.is_company else DebtorKind.PRIVATE,
        name=named.name,
        first_name=named.first_name,
        company=named.company,
        street=street.strip(),
        postcode=postcode,
        city=city.strip(),
    )
