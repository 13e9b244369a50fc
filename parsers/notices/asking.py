"""What has to be asked of a notice, in words: first what was understood, then each question once."""

from collections.abc import Iterable, Sequence
from datetime import date

from parsers.notices.doubts import NO_PAYMENT, Doubt, Why
from parsers.notices.texts import NOTHING_BOOKED, TEXTS, UNDERSTOOD
from storage.money import english, german
from storage.records import Covers, ToldPayment

_WORDS_SHOWN_MAX = 8
_CHARACTERS_MAX = 160
_COVERS = {
    Covers.FULL: ("alles bezahlt", "all paid"),
    Covers.PRINCIPAL: ("die Hauptforderung", "the principal"),
    Covers.PARTIAL: ("Teilzahlung", "part payment"),
}
_QUOTED = frozenset({Why.UNCLEAR, Why.CASE_WRONG})
_MONTHS = (
    ("Januar", "January"), ("Februar", "February"), ("März", "March"), ("April", "April"), ("Mai", "May"),
    ("Juni", "June"), ("Juli", "July"), ("August", "August"), ("September", "September"),
    ("Oktober", "October"), ("November", "November"), ("Dezember", "December"),
)  # fmt: skip


def ask(payments: Sequence[ToldPayment], doubts: Sequence[Doubt], language: str) -> tuple[str, ...]:
    """One list for the sender; empty where nothing is in doubt."""
    if not doubts:
        return ()
    index = 1 if language == "en" else 0
    texts = [_question(why, doubts, payments, index) for why in dict.fromkeys(one.why for one in doubts)]
    understood = "; ".join(filter(None, (_payment(one, index) for one in payments)))
    if understood:
        texts.insert(0, UNDERSTOOD[index].format(about=understood))
    return (*texts, NOTHING_BOOKED[index])


def _question(why: Why, doubts: Iterable[Doubt], payments: Sequence[ToldPayment], index: int) -> str:
    """One question, for all that it is about."""
    same = [one for one in doubts if one.why is why]
    template = TEXTS[why][index]
    if why in _QUOTED:
        return template.format(about=_words(one.about for one in same))
    if why in NO_PAYMENT or why is Why.CASES_MIXED:
        named = [one.about for one in same]
    elif len(payments) > 1:
        named = [_payment(one.payment, index) for one in same if one.payment is not None]
    else:
        named = []  # there is only one, and it has been named
    if why not in NO_PAYMENT and len(set(named)) == len(payments):
        named = []  # it holds for all that has been named
    shown = ", ".join(dict.fromkeys(filter(None, named)))
    return template.format(about=f" ({shown[:_CHARACTERS_MAX]})" if shown else "")


def _words(words: Iterable[str]) -> str:
    shown = list(dict.fromkeys(filter(None, words)))
    more = " …" if len(shown) > _WORDS_SHOWN_MAX else ""
    return ", ".join(shown[:_WORDS_SHOWN_MAX])[:_CHARACTERS_MAX] + more


def _payment(payment: ToldPayment, index: int) -> str:
    """A payment as far as it is known: `250,00 € am 12. März 2026 zu Akte 26-004711-2 (Teilzahlung)`."""
    parts = []
    if payment.amount is not None:
        cents = payment.amount.cents
        parts.append(f"{english(cents)} EUR" if index else f"{german(cents)} €")
    if payment.paid_on is not None:
        parts.append(_day(payment.paid_on, index))
    if payment.case is not None:
        parts.append(("zu Akte ", "for file ")[index] + payment.case)
    if payment.reference is not None:
        parts.append(("zu Nr. ", "for no. ")[index] + payment.reference)
    if payment.debtor is not None:
        parts.append(("Kunde ", "customer ")[index] + payment.debtor)
    said = " ".join(parts)
    covers = _COVERS.get(payment.covers)
    if covers is None:
        return said
    return f"{said} ({covers[index]})" if said else covers[index]


def _day(day: date, index: int) -> str:
    month = _MONTHS[day.month - 1][index]
    return f"on {day.day} {month} {day.year}" if index else f"am {day.day}. {month} {day.year}"
