"""A payment notice in plain words: what it tells of payments, and what has to be asked.

No payment is ever read wrongly: what is not certain is not listed, and as long as anything is asked
nothing of the message may be booked. Words that are not understood are asked about as well.
"""

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from parsers.notices.asking import ask
from parsers.notices.doubts import NO_PAYMENT, Doubt, Why
from parsers.notices.groups import Group, Subject, groups_of
from parsers.notices.lexer import TOKENS_MAX, Lexer
from parsers.notices.numbers import spelled
from parsers.notices.roles import Facts, Roles
from parsers.notices.senses import SUBJECTS, Sense, Token
from parsers.notices.telling import is_notice, only_asks, senses_of
from parsers.replies.missing_words import CLOSING
from parsers.replies.words import CHARACTERS_MAX, LINES_MAX, own_words
from storage.money import Money
from storage.records import Covers, PaymentNotice, Timing, ToldPayment

_WORD_STARTS = re.compile(r"(?<![\w])(?=\w)")
_BYE = re.compile(
    r"(?i)(?:best|thanks|thank\s+you|thx|cheers|danke|vielen\s+dank|gr(?:ü|ue)(?:ß|ss)e|bg|lg|vg|mfg|regards|yours)"
    r"\s*(?:,\s*|$)(?-i:[A-ZÄÖÜ][\w.-]*(?:\s+[A-ZÄÖÜ][\w.-]*){0,2})?\s*[.!]?"
)
_SUBJECT_LINE = re.compile(r"(?i)(?:betreff|subject|betr)\b")
_REPLY = re.compile(r"(?i)^\s*(?:(?:re|aw|wg|fwd?|antw)\s*:\s*)+")
_FACTS = frozenset({Sense.AMOUNT, Sense.NO_AMOUNT, Sense.DAY, Sense.NO_DAY})
_AMOUNTS = frozenset({Sense.AMOUNT, Sense.NO_AMOUNT})
_PAID = frozenset({Sense.PAID, Sense.CAME})


def read_notice(text: str, today: date, *, language: str = "de", subject: str = "") -> PaymentNotice | None:
    """What a message tells of payments; None where it is about something else.

    `today` is the day on which it was written, `subject` that of a mail, `language` that of the questions.
    """
    own, rest, is_cut = _own(text)
    sentences = _sentences(_lexed(_titled(own, subject, today), today))
    if not is_notice(sentences):
        return None
    reading = _Reading([one for one in sentences if not only_asks(one)])
    if any(only_asks(one) and senses_of(one) & (_PAID | _FACTS | SUBJECTS) for one in sentences):
        reading.doubt(Why.QUESTION)
    if is_cut or sum(map(len, sentences)) >= TOKENS_MAX:
        reading.doubt(Why.TOO_LONG)
    if _tells_more(rest, today):
        reading.doubt(Why.UNCLEAR, " ".join(rest.split()))
    payments = tuple(reading.payments())
    return PaymentNotice(payments=payments, ask=ask(payments, reading.doubts, language))


def _own(text: str) -> tuple[str, str, bool]:
    """The own words of a message above its greeting, those below it, and whether some were cut off."""
    own = own_words(text)
    is_cut = len(own) >= CHARACTERS_MAX or own.count("\n") + 1 >= LINES_MAX
    kept: list[str] = []
    lines = own.split("\n")
    for number, line in enumerate(lines):
        starts = [match.start() for match in _WORD_STARTS.finditer(line)]
        ends = next((at for at in starts if CLOSING.fullmatch(line[at:]) or _BYE.fullmatch(line[at:])), None)
        if ends is not None:
            kept.append(line[:ends])
            return "\n".join(kept), "\n".join(lines[number + 1 :]), is_cut
        kept.append(line)
    return own, "", is_cut


def _titled(own: str, subject: str, today: date) -> str:
    """The message with its subject as its first line.

    An answer's subject is ours or was written before: it names the case, where the message names nothing.
    """
    title = spelled(" ".join(subject.split()))
    if not title:
        first, line, rest = own.partition("\n")
        return f"{spelled(first)}{line}{rest}" if _SUBJECT_LINE.match(first) else own
    if not _REPLY.match(title):
        return f"Betreff: {title}\n{own}"
    cases = {token.text for token in _lexed(title, today) if token.sense is Sense.CASE}
    names = {token.sense for token in _lexed(own, today)} & SUBJECTS
    return own if names or len(cases) != 1 else f"Az. {cases.pop()}\n{own}"


def _lexed(text: str, today: date) -> list[Token]:
    return Lexer(text, today).tokens()


def _tells_more(rest: str, today: date) -> bool:
    """Whether there is something of a payment below the greeting, where only names belong."""
    senses = {token.sense for token in _lexed(rest, today)}
    return bool(senses & {Sense.AMOUNT, Sense.CASE} or senses & _PAID)


def _sentences(tokens: Sequence[Token]) -> list[list[Token]]:
    """The pieces between full stops and line ends; what closes a question stays at its end."""
    sentences: list[list[Token]] = [[]]
    for token in tokens:
        if token.sense is not Sense.BREAK:
            sentences[-1].append(token)
        if token.sense in (Sense.BREAK, Sense.QUESTION):
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


class _Reading:
    """One message on its way."""

    def __init__(self, sentences: Sequence[Sequence[Token]]) -> None:
        self._sentences = sentences
        self.doubts: list[Doubt] = []

    def doubt(self, why: Why, about: str = "", payment: ToldPayment | None = None) -> None:
        """Note once what has to be asked."""
        one = Doubt(why=why, about=about, payment=payment)
        if one not in self.doubts:
            self.doubts.append(one)

    def payments(self) -> list[ToldPayment]:
        """Everything that is certain of every payment."""
        groups = groups_of(self._sentences)
        everything = [token for sentence in self._sentences for token in sentence]
        self._words(everything)
        refused = [group for group in groups if _refusals(group.tokens)]
        for group in refused:
            for why in _refusals(group.tokens):
                self.doubt(why, _named(group.subjects))
        if any(not group.subjects for group in refused):
            return []  # of which payment that is said is not certain
        voided = [subject for group in refused for subject in group.subjects]
        found: list[ToldPayment] = []
        for group in groups:
            if not any(one == other for one in voided for other in group.subjects):
                found += self._paid(group, is_alone=len(groups) == 1)
        return found

    def _words(self, tokens: Sequence[Token]) -> None:
        senses = senses_of(tokens)
        unknown = [token.text for token in tokens if token.sense is Sense.UNKNOWN]
        doubtful = [token.text for token in tokens if token.sense is Sense.DOUBT]
        for word in (*unknown, *doubtful):
            self.doubt(Why.UNCLEAR, word)
        if Sense.QUESTION in senses:
            self.doubt(Why.QUESTION)
        if Sense.CANCEL in senses and Sense.BEFORE not in senses:
            self.doubt(Why.CANCEL)

    def _paid(self, group: Group, *, is_alone: bool) -> list[ToldPayment]:
        senses = senses_of(group.tokens)
        if not group.subjects and not is_alone:
            if senses & _FACTS and Sense.INVOICE not in senses:
                self.doubt(Why.CASES_MIXED)
            return []
        if group.may_be_others:
            self.doubt(Why.CASES_MIXED)
        if len(group.subjects) > 1:
            self.doubt(Why.CASES_MIXED, _named(group.subjects))
            return []
        telling = _FACTS | _PAID | {Sense.NUMBER, Sense.FULL, Sense.PARTIAL, Sense.PRINCIPAL, Sense.BEFORE}
        if not is_alone and not senses & telling:
            self.doubt(Why.CASES_MIXED, _named(group.subjects))  # named for a reason that nobody understood
            return []
        return self._payments(group, _facts(group))

    def _payments(self, group: Group, facts: Facts) -> list[ToldPayment]:
        subject = group.subjects[0] if group.subjects else Subject()
        base = _base(subject, group.tokens, facts.covers)
        if Why.AMOUNT_MISSING in facts.doubts and any(_is_doubt(token) for token in group.tokens):
            facts.doubts.remove(Why.AMOUNT_MISSING)
        payments = [
            msgspec.structs.replace(
                base, amount=None if one.cents is None else Money(one.cents), paid_on=one.day
            )
            for one in facts.told
        ]
        payments = [one for one in payments if not _is_empty(one)]
        about = payments[0] if len(payments) == 1 else base
        for why in facts.doubts:
            self.doubt(why, payment=about)
        if subject.case_wrong is not None:
            self.doubt(Why.CASE_WRONG, subject.case_wrong, about)
        elif subject == Subject():
            self.doubt(Why.CASE_MISSING, payment=about)
        return payments


def _is_doubt(token: Token) -> bool:
    return token.sense is Sense.NO_AMOUNT


def _facts(group: Group) -> Facts:
    """The facts of a group; an amount that is only about so much is none."""
    tokens: list[Token] = []
    for token in group.tokens:
        before = next((one for one in reversed(tokens) if one.sense is not Sense.FILLER), None)
        is_about = before is not None and before.sense is Sense.DOUBT
        if is_about and token.sense is Sense.AMOUNT:
            tokens.append(msgspec.structs.replace(token, sense=Sense.NO_AMOUNT, why=Why.AMOUNT_UNCLEAR))
        elif is_about and token.sense is Sense.DAY:
            tokens.append(msgspec.structs.replace(token, sense=Sense.NO_DAY, why=Why.DATE_UNCLEAR))
        else:
            tokens.append(token)
    return Roles(tokens, group.shared).facts()


def _refusals(tokens: Sequence[Token]) -> list[Why]:
    """Why some words tell of no payment."""
    found = [token.why for token in tokens if token.sense is Sense.NO_PAYMENT and token.why is not None]
    senses = senses_of(tokens)
    if {Sense.FEE, Sense.WAY} <= senses:  # what is left of a payment by PayPal is credited
        found = [why for why in found if why is not Why.CREDIT_NOTE]
    if Sense.WILL_PAY in senses:
        found.append(Why.PROMISE)
    if Sense.NOT in senses:
        found.append(Why.NOT_PAID)
    return list(dict.fromkeys(one for one in found if one in NO_PAYMENT))


def _base(subject: Subject, tokens: Sequence[Token], covers: Covers) -> ToldPayment:
    senses = senses_of(tokens)
    name = next((token.text for token in tokens if token.sense is Sense.NAME), None)
    timing = Timing.UNKNOWN
    if (Sense.BEFORE in senses) != (Sense.AFTER in senses):
        timing = Timing.BEFORE_HANDOVER if Sense.BEFORE in senses else Timing.AFTER_HANDOVER
    return ToldPayment(
        case=subject.case,
        reference=subject.reference,
        debtor=subject.debtor_number or name,
        covers=covers,
        timing=timing,
    )


def _is_empty(payment: ToldPayment) -> bool:
    return payment == ToldPayment()


def _named(subjects: Sequence[Subject]) -> str:
    """The numbers of some subjects, as they are called."""
    return ", ".join(
        one.case or one.case_wrong or one.reference or one.debtor_number or "" for one in subjects
    )
