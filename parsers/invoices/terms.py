"""When an invoice is due by the words of its payment terms; only where they leave no choice.

`Zahlbar innerhalb 30 Tagen netto bis 04.04.2018, 3% Skonto innerhalb 10 Tagen bis 15.03.2018` is
due on 4 April. What counts from receipt or delivery, what falls due at once, and any second date
are no dates that we could know: then there is none.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from parsers.sheets.dates import DAYS_MAX, DateReader

_DATE = r"\d{1,2}\. ?\d{1,2}\. ?\d{4}|\d{4}-\d{2}-\d{2}"
_DATES = re.compile(_DATE)
_UNTIL = re.compile(
    rf"(?i)\b(?:bis(?:\s+(?:zum|spätestens|einschließlich|sp\.))*|fällig(?:keit)?(?:\s+(?:am|ist|zum))*|"
    rf"zahlbar(?:\s+(?:am|zum))?|zahlungsziel|due(?:\s+(?:on|by|date))?|payable\s+(?:on|by)|until|by)"
    rf"\s*:?\s*({_DATE})"
)
_DAYS = re.compile(r"(?i)\b(\d{1,3})\s*(?:kalender)?(?:tagen?|tg\.?|days?)\b")
_ALONE = re.compile(
    r"(?i)\s*(?:zahlungsziel|payment terms?|terms?)?\s*:?\s*\d{1,3}\s*(?:tage|days)\s*(?:netto|net)?\.?\s*"
)
_ALL_DUE = re.compile(
    r"(?i)\bnetto\b|\bnet\b|ohne (?:jeden )?abzug|without deduction|zahlbar|fällig|payable|\bdue\b"
)
_DISCOUNT = re.compile(r"(?i)skonto|rabatt|nachlass|discount|escompte|\d\s*%|#")
_NOT_FROM_INVOICE = re.compile(
    r"(?i)erhalt|zugang|eingang|lieferung|abnahme|leistung|receipt|delivery|acceptance|monats?ende|end of|"
    r"werktag|arbeitstag|bankarbeitstag|business|working"
)
_CLAUSES = re.compile(r"[;\n]|,(?!\d)|(?<!\d)\.\s|\s(?:und|oder|bzw\.|and|or)\s")
_SETTLED = re.compile(
    r"(?i)(?:bereits|schon|vollständig|dankend|already|fully)\s+(?:\w+\s+)?(?:beglichen|bezahlt|gezahlt|erhalten|paid|"
    r"settled|ausgeglichen)|betrag\s+(?:wurde\s+)?(?:dankend\s+)?erhalten|keine\s+(?:zahlungs)?aufforderung|"
    r"nicht\s+(?:zu\s+)?(?:überweisen|bezahlen|zahlen)|wurde\s+(?:bereits\s+)?(?:beglichen|bezahlt)|"
    r"no payment (?:is )?(?:due|required)|do not pay|konto gutgeschrieben|"
    r"mit der nächsten rechnung verrechnet"
)
_CONDITION = re.compile(r"(?i)\b(?:falls|sofern|wenn|sollte[n]?|if|unless|bis|solange|until)\b[^.!?]*$")


def due_by_terms(terms: Iterable[str], issued_on: date | None, reader: DateReader) -> date | None:
    """The due date that the words give, or None."""
    clauses = [clause for text in terms for clause in _clauses(text)]
    whole = [clause for clause in clauses if not _DISCOUNT.search(clause)]
    has_discount = len(whole) < len(clauses)
    dates = {match[1] for clause in whole for match in _UNTIL.finditer(clause)}
    mentioned = {found for clause in whole for found in _DATES.findall(clause)}
    if dates:
        day = reader.parse(next(iter(dates))) if len(dates) == 1 and mentioned == dates else None
        return day if isinstance(day, date) else None
    if mentioned or issued_on is None:
        return None
    days = {days for clause in whole for days in _days(clause, has_discount=has_discount)}
    return issued_on + timedelta(days=days.pop()) if len(days) == 1 else None


def says_settled(texts: Iterable[str]) -> str | None:
    """The words by which an invoice says that nothing is to be paid, where there are such."""
    for text in texts:
        found = _SETTLED.search(text)
        if found is not None and not _CONDITION.search(text, 0, found.start()):
            return text
    return None


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(text) if clause and clause.strip()]


def _days(clause: str, *, has_discount: bool) -> Iterator[int]:
    """The days of a clause that speaks of the whole amount, counted from the invoice's date."""
    if _NOT_FROM_INVOICE.search(clause):
        return
    if _ALL_DUE.search(clause) or (not has_discount and _ALONE.fullmatch(clause)):
        yield from (days for found in _DAYS.findall(clause) if (days := int(found)) <= DAYS_MAX)
