"""A question said back in words, so that its sender sees what was understood.

`Akten im Status INSTALLMENT, offen, über 500,00 €, vom 01.03.2026 bis 31.03.2026`.
"""

from collections.abc import Iterator

from bot.understanding.request import Comparison, Going, Intent, Period, Request, Subject
from bot.wording import day, folded, money

_SUBJECTS = {
    Intent.CASE_STATUS: ("Sachstand", "Status"),
    Intent.CASES_LIST: ("Akten", "Cases"),
    Intent.BALANCE: ("Guthaben", "Balance"),
    Intent.PAYOUTS: ("Auszahlungen", "Payouts"),
    Intent.PAYMENTS_LIST: ("Zahlungseingänge", "Payments received"),
    Intent.STATEMENTS: ("Abrechnungen", "Statements"),
    Intent.EXPORT: ("Datei", "File"),
    Intent.CANCEL_CASE: ("Akte zurückziehen oder stornieren", "Recall or cancel a case"),
    Intent.REPORT_PAYMENT: ("Zahlung melden", "Report a payment"),
    Intent.UPDATE_DEBTOR: ("Daten eines Kunden ändern", "Change a customer's data"),
    Intent.COSTS: ("Kosten", "Costs"),
    Intent.LIMITATION: ("Verjährung", "Limitation"),
    Intent.EXPLAIN_STATUS: ("Was ein Status bedeutet", "What a status means"),
    Intent.WHY: ("Wie ein Betrag entsteht", "How an amount is made up"),
    Intent.OVERVIEW: ("Übersicht", "Overview"),
    Intent.HELP: ("Hilfe", "Help"),
    Intent.HUMAN: ("Gespräch mit einem Menschen", "Talk to a person"),
    Intent.OTHER: ("Etwas anderes", "Something else"),
}
_FILES = {
    Subject.CASES: ("mit Akten", "of cases"),
    Subject.STATEMENTS: ("mit Abrechnungen", "of statements"),
    Subject.TRANSACTIONS: ("mit Buchungen", "of transactions"),
}
_CATEGORIES = {
    "full_payment": ("Vollzahlung", "full payment"),
    "installment": ("Ratenzahlung", "installment"),
    "settlement": ("Vergleich", "settlement"),
    "direct_payment": ("Direktzahlung", "direct payment"),
}
_GOING = {
    Going.MORE: ("weiter", "more"),
    Going.BACK: ("zurück", "back"),
    Going.OTHER: ("die anderen", "the others"),
    Going.PICK: ("Auswahl", "choice"),
    Going.NARROW: ("davon nur", "of these only"),
    Going.YES: ("ja", "yes"),
    Going.NO: ("nein", "no"),
}
_FORMATS = {"csv": ("als CSV", "as CSV"), "xlsx": ("als Excel-Datei", "as an Excel file")}
_OR = (" oder ", " or ")


def in_words(request: Request, language: str) -> str:
    """One line that says what was understood, in `de` or `en`."""
    at = 1 if language == "en" else 0
    return ", ".join(part for part in (_what(request, at), *_details(request, language, at)) if part)


def named(intent: Intent, language: str) -> str:
    """An intent as it is offered to choose."""
    return _SUBJECTS[intent][1 if language == "en" else 0]


def _what(request: Request, at: int) -> str:
    if request.going is not None:
        place = f" {request.picked}" if request.picked is not None else ""
        return _GOING[request.going][at] + place
    if request.choices:
        return _OR[at].join(_SUBJECTS[choice][at] for choice in request.choices)
    what = _SUBJECTS[request.intent][at]
    if request.subject is not None:
        what = f"{what} {_FILES[request.subject][at]}"
    if request.file_format is not None:
        what = f"{what} {_FORMATS[request.file_format][at]}"
    return what + _filter(request, at)


def _filter(request: Request, at: int) -> str:
    if request.filter is None:
        return ""
    if request.filter in _CATEGORIES:
        return f" ({_CATEGORIES[request.filter][at]})"
    return (
        f": {request.filter}"
        if request.intent is Intent.EXPLAIN_STATUS
        else f" {_STATUS[at]} {request.filter}"
    )


_STATUS = ("im Status", "in status")


def _details(request: Request, language: str, at: int) -> Iterator[str]:
    numbers = [*request.cases, *request.references]
    if request.going is not None and request.filter is not None:
        yield request.filter
    if numbers:
        yield f"{('zu', 'for')[at]} {', '.join(numbers)}"
    if request.debtor is not None:
        yield (
            f"{('Kunde', 'customer')[at]} „{folded(request.debtor, 80)}“"
            if at == 0
            else f"customer “{folded(request.debtor, 80)}”"
        )
    if request.only_open:
        yield ("offen", "open")[at]
    if request.amount is not None:
        yield _amount(request.amount, language, at)
    if request.period != Period():
        yield _period(request.period, language, at)
    if request.failed:
        unclear = ", ".join(folded(one, 40) for one in request.failed)
        yield f"{('nicht erkannt', 'not recognised')[at]}: {unclear}"


def _amount(amount: Comparison, language: str, at: int) -> str:
    if amount.exact is not None:
        return money(amount.exact, language)
    if amount.low is not None and amount.high is not None:
        low, high = money(amount.low, language), money(amount.high, language)
        return f"{low} {('bis', 'to')[at]} {high}"
    if amount.low is not None:
        word = ("ab", "at least") if amount.holds_ends else ("über", "over")
        return f"{word[at]} {money(amount.low, language)}"
    assert amount.high is not None, "a comparison has one end at least"
    word = ("bis", "at most") if amount.holds_ends else ("unter", "under")
    return f"{word[at]} {money(amount.high, language)}"


def _period(period: Period, language: str, at: int) -> str:
    first, last = period.first, period.last
    if first is not None and first == last:
        return f"{('am', 'on')[at]} {day(first, language)}"
    if first is not None and last is not None:
        return f"{day(first, language)} {('bis', 'to')[at]} {day(last, language)}"
    if first is not None:
        return f"{('seit', 'since')[at]} {day(first, language)}"
    assert last is not None, "a period has one end at least"
    return f"{('bis', 'until')[at]} {day(last, language)}"
