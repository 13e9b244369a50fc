"""What a reply says of claims that are missing in a list: paid and when, cancelled, still open.

Every sentence must be understood whole. A sentence with a word, a number, a day or an amount that is
not certain is a doubt, and where there is any doubt nothing of the reply is acted on: its writer is
asked back. A sentence names its invoices before the facts (`RE-1 bezahlt am 3.2., RE-2 storniert`); only
one that names them in a single place may put facts on both sides of it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from parsers.replies.missing_facts import Facts, facts_of
from parsers.replies.missing_words import CLOSING, Names, Piece, Token, tokens_of
from storage.identity import fold

_WRAPPED = re.compile(r"\n(?=[a-zäöüß])")
_SUBJECTS = frozenset({Piece.INVOICE, Piece.ALL, Piece.REST})
_FACTS = frozenset(
    {
        *(Piece.DAY, Piece.AMOUNT, Piece.PAID, Piece.CANCELLED, Piece.OPEN),
        *(Piece.NOT, Piece.FULL, Piece.PARTIAL),
    }
)
_BOTH, _BOTH_ARE = frozenset({"beide", "beides", "both"}), 2
_SHOWN_MAX = 80


class Kind(StrEnum):
    """What has become of a missing claim."""

    PAID = "paid"
    CANCELLED = "cancelled"
    OPEN = "open"


class Why(StrEnum):
    """Why something is asked back."""

    NOTHING_SAID = "nothing_said"
    UNCLEAR = "unclear"
    UNKNOWN_INVOICE = "unknown_invoice"
    AMBIGUOUS_INVOICE = "ambiguous_invoice"
    ALREADY_ANSWERED = "already_answered"
    CONTRADICTION = "contradiction"
    DATE_MISSING = "date_missing"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_UNCLEAR = "date_unclear"
    DATE_FUTURE = "date_future"
    AMOUNT_UNCLEAR = "amount_unclear"
    AMOUNT_TOO_HIGH = "amount_too_high"
    AMOUNT_MISSING = "amount_missing"


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that was asked about: what it is called and what is open, without and with its costs."""

    invoice_number: str
    cents: int
    total_cents: int
    debtor: str = ""
    is_answered: bool = False


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What has become of the claim at `place`; day, cents and covers of a payment only."""

    place: int
    kind: Kind
    paid_on: date | None = None
    cents: int | None = None
    covers: str | None = None  # full | partial | unknown


class Doubt(msgspec.Struct, frozen=True, kw_only=True):
    """What has to be asked back, and the words or the invoice that it is about."""

    why: Why
    about: str = ""


class Understood(msgspec.Struct, frozen=True, kw_only=True):
    """What a reply says; with any doubt, nothing of it may be acted on."""

    said: tuple[Said, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class _Group(msgspec.Struct):
    """Some claims and what one sentence says of them."""

    subjects: list[Token] = []
    facts: list[Token] = []


def understand_missing(said: str, missing: Sequence[Missing], today: date) -> Understood:
    """What a reply says of the claims that were asked about; `today` is the day on which it was written."""
    names = Names([one.invoice_number for one in missing])
    reading = _Reading(missing, today)
    is_over = False
    for line in _WRAPPED.sub(" ", said).splitlines():
        is_over = is_over or CLOSING.fullmatch(line) is not None
        for tokens in _sentences(tokens_of(line, names)):
            if not is_over:
                reading.sentence(line, tokens)
            elif any(token.piece is Piece.INVOICE for token in tokens):
                reading.doubt(Why.UNCLEAR, line)  # below the greeting, yet about a claim
    return reading.understood()


class _Reading:
    """One reply on its way; groups first, since `the rest` is known only at the end."""

    def __init__(self, missing: Sequence[Missing], today: date) -> None:
        self._missing = missing
        self._today = today
        self._groups: list[tuple[str, _Group]] = []
        self._doubts: list[Doubt] = []
        self._found: dict[int, list[Said]] = {}
        self._doubted: set[int] = set()

    def doubt(self, why: Why, about: str) -> None:
        """Note once what has to be asked back."""
        one = Doubt(why=why, about=" ".join(about.split())[:_SHOWN_MAX])
        if one not in self._doubts:
            self._doubts.append(one)

    def sentence(self, line: str, tokens: Sequence[Token]) -> None:
        """Take one sentence, whole or not at all."""
        pieces = {token.piece for token in tokens}
        if Piece.DOUBT in pieces:
            self.doubt(Why.UNCLEAR, line)
        elif pieces & (_SUBJECTS | _FACTS):
            self._take(line, tokens)

    def _take(self, line: str, tokens: Sequence[Token]) -> None:
        unknown = [token for token in tokens if token.piece is Piece.UNKNOWN_NUMBER]
        unclear = {place for token in tokens if len(token.places) > 1 for place in token.places}
        for token in unknown:
            self.doubt(Why.UNKNOWN_INVOICE, token.text)
        for token in tokens:
            if len(token.places) > 1:
                self.doubt(Why.AMBIGUOUS_INVOICE, token.text)
        if unknown or unclear:
            return
        if self._has_strangers(tokens):
            self.doubt(Why.UNCLEAR, line)
            return
        groups = _groups(tokens)
        if groups is None:
            self.doubt(Why.UNCLEAR, line)
            return
        self._groups += [(line, group) for group in groups]

    def _has_strangers(self, tokens: Sequence[Token]) -> bool:
        """Whether there is a word that is neither known nor a name of a debtor who is spoken of."""
        words = {fold(token.text) for token in tokens if token.piece is Piece.UNKNOWN_WORD}
        if not words:
            return False
        places = [place for token in tokens for place in token.places]
        named = {
            fold(part) for place in places for part in re.split(r"[\s,.&+/-]+", self._missing[place].debtor)
        }
        return not words <= named

    def understood(self) -> Understood:
        """What all sentences together say."""
        waiting = [place for place, one in enumerate(self._missing) if not one.is_answered]
        named = {place for _, group in self._groups for token in group.subjects for place in token.places}
        for line, group in self._groups:
            places = self._places(group, waiting, named)
            if places:
                self._say(line, group, places)
            elif not self._leaves_nothing(group, waiting, named):
                self.doubt(Why.UNCLEAR, line)
        said = []
        for place, all_said in sorted(self._found.items()):
            if all(one == all_said[0] for one in all_said):
                said.append(all_said[0])
            else:
                self.doubt(Why.CONTRADICTION, self._missing[place].invoice_number)
        if not said and not self._doubts:
            self.doubt(Why.NOTHING_SAID, "")
        return Understood(said=tuple(said), doubts=tuple(self._doubts))

    def _places(self, group: _Group, waiting: Sequence[int], named: set[int]) -> list[int]:
        """The claims that a group is about; none where that is not certain."""
        pieces = {token.piece for token in group.subjects}
        if not pieces:
            return list(waiting) if len(self._missing) == 1 else []
        if Piece.REST in pieces:
            return [] if Piece.INVOICE in pieces else [place for place in waiting if place not in named]
        called = sorted({place for token in group.subjects for place in token.places})
        if Piece.ALL not in pieces:
            return called
        places = called or list(waiting)
        if any(fold(token.text) in _BOTH for token in group.subjects):
            return places if len(places) == _BOTH_ARE else []
        return places if places == list(waiting) else []

    def _leaves_nothing(self, group: _Group, waiting: Sequence[int], named: set[int]) -> bool:
        """Whether the rest that is said to be open is none of the claims that were asked about."""
        is_rest = {token.piece for token in group.subjects} == {Piece.REST}
        return is_rest and set(waiting) <= named and facts_of(group.facts, self._today).kind == Kind.OPEN

    def _say(self, line: str, group: _Group, places: Sequence[int]) -> None:
        facts = facts_of(group.facts, self._today)
        for place in places:
            one = self._missing[place]
            if one.is_answered:
                self.doubt(Why.ALREADY_ANSWERED, one.invoice_number)
                continue
            answer = _answer(place, one, facts, is_alone=len(places) == 1)
            if isinstance(answer, Said):
                self._found.setdefault(place, []).append(answer)
            else:
                self.doubt(answer, line if answer is Why.UNCLEAR else one.invoice_number)


def _answer(place: int, one: Missing, facts: Facts, *, is_alone: bool) -> Said | Why:
    """What some facts say of one claim."""
    if facts.kind is None:
        return Why.UNCLEAR
    kind = Kind(facts.kind)
    if kind is not Kind.PAID:
        if facts.amounts or facts.is_full or facts.is_partial:
            return Why.UNCLEAR
        return Said(place=place, kind=kind)
    if (facts.amounts or facts.is_partial) and not is_alone:
        return Why.AMOUNT_UNCLEAR  # of each, or of all together?
    day = _paid_on(facts)
    if isinstance(day, Why):
        return day
    return _payment(place, one, facts, day)


def _paid_on(facts: Facts) -> date | Why:
    if not facts.days:
        return Why.DATE_MISSING
    if len(set(facts.days)) > 1:
        return Why.CONTRADICTION
    day = facts.days[0]
    return day if isinstance(day, date) else Why(day)


def _payment(place: int, one: Missing, facts: Facts, day: date) -> Said | Why:
    """A payment with its amount: the one that is said, else the one that the question named."""
    if not facts.amounts and facts.is_partial:
        return Why.AMOUNT_MISSING
    cents = facts.amounts[0] if facts.amounts else one.cents
    if len(facts.amounts) > 1 or cents is None or cents <= 0:
        return Why.AMOUNT_UNCLEAR
    if cents > one.total_cents:
        return Why.AMOUNT_TOO_HIGH
    if (facts.is_full and cents < one.cents) or (facts.is_partial and cents >= one.cents):
        return Why.CONTRADICTION
    says_all = cents == one.total_cents or (facts.is_full and not facts.amounts)
    covers = "partial" if cents < one.cents else "full" if says_all else "unknown"
    return Said(place=place, kind=Kind.PAID, paid_on=day, cents=cents, covers=covers)


def _sentences(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    """The pieces between full stops."""
    sentence: list[Token] = []
    for token in tokens:
        if token.piece is Piece.BREAK:
            yield sentence
            sentence = []
        else:
            sentence.append(token)
    yield sentence


def _groups(tokens: Sequence[Token]) -> list[_Group] | None:
    """Who is spoken of and what is said of them; None where that does not follow from the order."""
    told = [token for token in tokens if token.piece in _SUBJECTS | _FACTS]
    groups: list[_Group] = [_Group()]
    for token in told:
        if token.piece in _FACTS:
            groups[-1].facts.append(token)
        elif groups[-1].facts:
            groups.append(_Group(subjects=[token]))
        else:
            groups[-1].subjects.append(token)
    runs = [group for group in groups if group.subjects]
    if len(runs) <= 1:
        facts = [token for token in told if token.piece in _FACTS]
        return [_Group(subjects=runs[0].subjects if runs else [], facts=facts)] if facts else None
    if len(runs) < len(groups) or not all(group.facts for group in groups):
        return None
    return None if _lends_its_verb(groups) else groups


def _lends_its_verb(groups: Sequence[_Group]) -> bool:
    """Whether it is open whose verb it is: one group has none, another says something else than paid."""
    verbs = [{token.piece for token in group.facts} - {Piece.DAY, Piece.AMOUNT} for group in groups]
    return not all(verbs) and any(verb - {Piece.PAID} for verb in verbs)
