"""Whether a message tells of a payment at all; if not, others may read it.

A question is none, with or without its mark, and neither is a claim. What could be taken for a payment,
as a refund or a promise, is a notice too, so that its sender is asked.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest

from parsers.notices.doubts import Why
from parsers.notices.senses import SUBJECTS, Sense, Token

_AMOUNTS = frozenset({Sense.AMOUNT, Sense.NO_AMOUNT})
_DAYS = frozenset({Sense.DAY, Sense.NO_DAY})
_NUMBERS = _AMOUNTS | {Sense.NUMBER}
_BESIDE_AMOUNTS = _DAYS | {Sense.WAY, Sense.STATEMENT, Sense.DISCOUNT, Sense.PARTIAL}
_BESIDE_MONEY = _AMOUNTS | _DAYS | {Sense.BEFORE, Sense.PARTIAL, Sense.NOT}
_OF_MONEY = frozenset({Sense.MONEY, Sense.WILL_PAY, Sense.PAID, Sense.CAME})
# Told of a claim or a case rather than of a payment, where no verb says that anything was paid.
_OTHERWISE = frozenset({Sense.DUE, Sense.CLAIM, Sense.OPEN})
# A line of a list: `10021; 45; 02.04.2026`.
_LISTED = SUBJECTS | _DAYS | _NUMBERS | {Sense.COMMA, Sense.FILLER}
_ALONE = frozenset(
    {
        *(Why.REFUND, Why.REVERSAL, Why.CREDIT_NOTE, Why.SET_OFF, Why.OVERPAID, Why.DOUBLE, Why.CHEQUE),
        *(Why.SETTLEMENT, Why.WAIVER, Why.PROMISE, Why.NOT_TO_YOU),
    }
)
_ASKING = re.compile(
    r"(?i)\W*(?:(?:und|and|aber|but)\s+)?(?:"
    r"(?:wann|wo|wie|wieso|warum|weshalb|was|wer|welche\w*|wieviel|when|where|how|why|what|who|which|did|does|do|"
    r"can|could|kann|k(?:ö|oe)nnen|k(?:ö|oe)nnten|soll|sollen|should|gibt|gibts|wissen)\b|"
    r"(?:hat|haben|hatte|ist|sind|war|waren|wurde|wurden|l(?:ä|ae)uft|kam|kamen|ging|gingen|has|have|had|is|are|was|"
    r"were)\s+(?:der|die|das|den|er|sie|es|da|denn|kunde|schuldner|schon|ihr|ihnen|bei|the|he|she|it|they|you|we|"
    r"any|my|our|your|customer|debtor|payment|herr|frau|mr|mrs|ms)\b)"
)


def senses_of(tokens: Sequence[Token]) -> set[Sense]:
    """What all pieces are."""
    return {token.sense for token in tokens}


def is_notice(sentences: Sequence[Sequence[Token]]) -> bool:
    """Whether a message tells of a payment, or of something that could be taken for one."""
    told = [one for one in sentences if not only_asks(one)]
    return any(map(_tells, told)) or _tells([token for sentence in told for token in sentence], as_one=True)


def only_asks(sentence: Sequence[Token]) -> bool:
    """Whether a sentence asks, and tells nothing: `Hat er schon gezahlt?`, and the same without its mark."""
    has_mark = Sense.QUESTION in senses_of(sentence)
    if not _has_number(sentence) and not any(token.why for token in sentence):
        return has_mark or _begins_question(sentence)
    return has_mark and _begins_question(sentence)


def _begins_question(sentence: Sequence[Token]) -> bool:
    words = " ".join(token.text for token in sentence if token.sense is not Sense.COMMA)
    return _ASKING.match(words) is not None


def _has_number(sentence: Sequence[Token]) -> bool:
    """Whether there is an amount, or a number that does not count something."""
    return any(
        token.sense in _AMOUNTS
        or (token.sense is Sense.NUMBER and (following is None or following.sense is not Sense.COUNTED))
        for token, following in zip_longest(sentence, sentence[1:])
    )


def _tells(sentence: Sequence[Token], *, as_one: bool = False) -> bool:
    """Whether a sentence, or a whole message as one, tells of a payment."""
    senses = senses_of(sentence)
    if Sense.PAID in senses or _tells_of_none(sentence, senses) or _tells_of_money(sentence, senses):
        return True
    if senses & SUBJECTS and any(map(_pays, _clauses(sentence))):
        return True
    if senses & _OTHERWISE and not (as_one and Sense.PARTIAL in senses):
        return False
    if senses & _AMOUNTS and senses & _BESIDE_AMOUNTS:
        return True
    if {Sense.DISCOUNT, Sense.OF} <= senses and _has_number(sentence):
        return True
    return as_one and bool(senses & _AMOUNTS and senses & SUBJECTS) and Sense.QUESTION not in senses


def _pays(clause: set[Sense]) -> bool:
    """`am 1.3. 50 €`, whatever is said to be open beside it."""
    return bool(clause & _AMOUNTS and clause & _DAYS) and not clause & (_OTHERWISE | {Sense.INVOICE})


def _clauses(sentence: Sequence[Token]) -> list[set[Sense]]:
    clauses: list[set[Sense]] = [set()]
    for token in sentence:
        if token.text in (",", ";"):
            clauses.append(set())
        else:
            clauses[-1].add(token.sense)
    return clauses


def _tells_of_money(sentence: Sequence[Token], senses: set[Sense]) -> bool:
    """Whether money came, is spoken of with a fact, or stands in a line of a list."""
    has_number = _has_number(sentence)
    if Sense.CAME in senses and (
        has_number or Sense.MONEY in senses or (senses & SUBJECTS and senses & _DAYS)
    ):
        return True
    if Sense.MONEY in senses and senses & _BESIDE_MONEY:
        return True
    if Sense.WILL_PAY in senses and has_number:
        return True
    is_listed = senses & SUBJECTS and senses & _DAYS and senses & _NUMBERS
    return bool(is_listed) and senses <= _LISTED


def _tells_of_none(sentence: Sequence[Token], senses: set[Sense]) -> bool:
    """Whether something is told that could be taken for a payment."""
    whys = {token.why for token in sentence if token.sense is Sense.NO_PAYMENT}
    if Why.OVERPAID in whys:
        return True
    digits = "".join(token.text for token in sentence if token.why)
    has_number = _has_number(sentence) or any(map(str.isdigit, digits))
    is_of_money = has_number or bool(senses & _OF_MONEY)
    if whys & _ALONE and is_of_money and (has_number or Sense.QUESTION not in senses):
        return True
    return bool(whys and senses & {Sense.MONEY, Sense.PAID, Sense.CAME})
