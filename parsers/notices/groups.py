"""Which pieces of a message belong to which case, invoice or debtor.

A message about one case is one group. One about several must name each of them before what it tells of
it, or after it throughout; whatever belongs to nobody for certain is told as such.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from parsers.notices.senses import SUBJECTS, Sense, Token

_FACTS = frozenset({Sense.AMOUNT, Sense.NO_AMOUNT, Sense.DAY, Sense.NO_DAY, Sense.NUMBER})
_AMOUNTS = frozenset({Sense.AMOUNT, Sense.NO_AMOUNT})
_DAYS = frozenset({Sense.DAY, Sense.NO_DAY})
_JOINING = frozenset({Sense.FILLER, Sense.COMMA, Sense.INVOICE, Sense.NAME, Sense.CLAIM})
_PLAIN = frozenset(
    {*_AMOUNTS, *_DAYS, Sense.FILLER, Sense.COMMA, Sense.MONEY, Sense.WAY, Sense.PAID, Sense.CAME, Sense.FROM}
)
_STOP = Token(Sense.BREAK, ".")
_MORE = frozenset(
    {
        *("nochmal", "nochmals", "erneut", "weitere", "weiteren", "weiterer", "weiteres", "again"),
        *("another", "zusätzlich", "additionally", "ferner"),
    }
)
_AND = frozenset({"und", "and", "u", "sowie", "plus", "&"})


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what a payment is about, all that is said of it."""

    case: str | None = None
    case_wrong: str | None = None
    reference: str | None = None
    debtor_number: str | None = None


class Group(msgspec.Struct, kw_only=True):
    """What is said of one subject; without one, `subjects` is empty, of several at once it has them all."""

    subjects: list[Subject] = []
    tokens: list[Token] = []
    shared: list[Token] = []  # a day that was told for several
    may_be_others: bool = False  # a line that names no case as others do, or somebody by name alone


def groups_of(sentences: Sequence[Sequence[Token]]) -> list[Group]:
    """The groups of a message; sentences are its pieces between full stops and line ends."""
    everything = [token for sentence in sentences for token in (*sentence, _STOP)]
    named = _subjects(everything)
    merged = _merged(named)
    if not named:
        return [Group(tokens=everything)]
    if merged is not None and (len(named) == 1 or _tell_of_one(sentences)):
        return _of_one(merged, sentences)
    return _of_several(sentences)


def _tell_of_one(sentences: Sequence[Sequence[Token]]) -> bool:
    """Whether numbers of several kinds are of one payment: one sentence tells it, others only name."""
    paying = [one for one in sentences if _count(one, _AMOUNTS)]
    naming = [one for one in sentences if _starts(one) and not _count(one, _AMOUNTS)]
    return (
        len(paying) <= 1
        and sum(_count(one, _AMOUNTS) for one in paying) <= 1
        and all(map(_is_only_named, naming))
    )


def _tells_apart(sentence: Sequence[Token]) -> bool:
    """Whether something was paid on a number beside which no amount stands, while another has one."""
    places = _starts(sentence)
    parts = [sentence[start:end] for start, end in pairwise([*places, len(sentence)])]
    return len(parts) > 1 and any(
        not _count(part, _AMOUNTS) and any(token.sense in (Sense.PAID, Sense.CAME) for token in part)
        for part in parts
    )


def _of_one(subject: Subject, sentences: Sequence[Sequence[Token]]) -> list[Group]:
    """A group for each sentence that tells a payment of its own; else one for all."""
    paying = [one for one in sentences if _count(one, _AMOUNTS)]
    first = next((at for at, one in enumerate(sentences) if _count(one, _AMOUNTS)), 0)
    is_titled = any(map(_starts, sentences[:first]))
    if len(paying) < 2 or not all(_stands_alone(one) for one in paying):
        doubtful = len(paying) > 1 and any(_may_be_others(one, is_titled=is_titled) for one in paying)
        doubtful = doubtful or any(_is_between(one) or _names_later(one) for one in paying)
        tokens = [token for sentence in sentences for token in (*sentence, _STOP)]
        return [Group(subjects=[subject], tokens=tokens, may_be_others=doubtful)]
    heading: list[Token] = []
    groups: list[Group] = []
    for sentence in sentences:
        if _count(sentence, _AMOUNTS):
            tokens = [*(token for token in heading if token.sense not in _DAYS), *sentence]
            doubtful = _may_be_others(sentence, is_titled=is_titled) or _is_between(sentence)
            groups.append(Group(subjects=[subject], tokens=tokens, may_be_others=doubtful))
        elif groups:
            groups[-1].tokens += [_STOP, *sentence]
        else:
            heading += [*sentence, _STOP]
    return groups


def _may_be_others(sentence: Sequence[Token], *, is_titled: bool) -> bool:
    """Whether a sentence with a payment names no case, and nothing says that it is about the same."""
    if _starts(sentence) or any(token.text.lower() in _MORE for token in sentence):
        return False
    return not (is_titled and _names_nobody(sentence))


def _is_between(sentence: Sequence[Token], kinds_min: int = 2) -> bool:
    """Whether numbers of a case or an invoice stand between two amounts, so that each may be of either."""
    kinds = {_kind(token) for token in sentence if token.sense in SUBJECTS}
    places = [at for at, token in enumerate(sentence) if token.sense in SUBJECTS]
    amounts = [at for at, token in enumerate(sentence) if token.sense in _AMOUNTS]
    return len(kinds) >= kinds_min and bool(amounts) and amounts[0] < places[0] and amounts[-1] > places[-1]


def _names_later(sentence: Sequence[Token]) -> bool:
    """Whether somebody is named between the first payment and another: perhaps another debtor."""
    amounts = [at for at, token in enumerate(sentence) if token.sense in _AMOUNTS]
    return any(
        amounts[0] < at < amounts[-1] for at, token in enumerate(sentence) if token.sense is Sense.NAME
    )


def _names_nobody(sentence: Sequence[Token]) -> bool:
    return all(token.sense is not Sense.NAME for token in sentence)


def _stands_alone(sentence: Sequence[Token]) -> bool:
    amounts, days = _count(sentence, _AMOUNTS), _count(sentence, _DAYS)
    return bool(days) and amounts in (1, days)


def _of_several(sentences: Sequence[Sequence[Token]]) -> list[Group]:
    groups: list[Group] = []
    shared: list[Token] = []
    for sentence in sentences:
        named = _subjects(sentence)
        if len(named) > 1:
            groups += _split(sentence, shared)
        elif named:
            doubtful = _is_between(sentence, kinds_min=1)
            tokens = list(sentence)
            groups.append(Group(subjects=named, tokens=tokens, shared=list(shared), may_be_others=doubtful))
        elif groups and groups[-1].subjects and _completes(sentence, groups[-1]):
            groups[-1].tokens += [Token(Sense.COMMA, ","), *sentence]
        elif not _named(groups) and _count(sentence, _DAYS) and not _count(sentence, _AMOUNTS):
            shared = [token for token in sentence if token.sense in _DAYS]
            groups.append(Group(tokens=[token for token in sentence if token.sense not in _DAYS]))
        else:
            groups.append(Group(tokens=list(sentence)))
    return groups


def _named(groups: Sequence[Group]) -> bool:
    return any(group.subjects for group in groups)


def _completes(sentence: Sequence[Token], group: Group) -> bool:
    """Whether a line tells nothing but an amount or a day that the lines about a case before it lack."""
    senses = {token.sense for token in sentence}
    has_amounts, has_days = bool(senses & _AMOUNTS), bool(senses & _DAYS)
    before = group.tokens
    if group.shared and has_days:
        return False
    if not senses <= _PLAIN or not (has_amounts or has_days):
        return False
    return not (has_amounts and _count(before, _AMOUNTS)) and not (has_days and _count(before, _DAYS))


def _split(sentence: Sequence[Token], shared: Sequence[Token]) -> list[Group]:
    """The groups of a sentence with several subjects."""
    places = _starts(sentence)
    first_fact = next((at for at, token in enumerate(sentence) if token.sense in _AMOUNTS), len(sentence))
    head = list(sentence[: places[0]])
    days = [token for token in head if token.sense in _DAYS]
    if first_fact < places[0]:
        return _facts_first(sentence, places, shared)
    ends = [*places[1:], len(sentence)]
    parts = [list(sentence[start:end]) for start, end in zip(places, ends, strict=True)]
    if any(_is_either_s(part, following) for part, following in pairwise(parts)):
        return [Group(subjects=_subjects(sentence), tokens=list(sentence))]
    groups = [Group(tokens=[token for token in head if token.sense not in _DAYS])] if head else []
    common = days or list(shared)
    is_of_all = any(token.sense is Sense.ALL for token in sentence)
    last_days = [token for token in parts[-1] if token.sense in _DAYS]
    if is_of_all and not common and last_days and not any(_count(part, _DAYS) for part in parts[:-1]):
        common = last_days
    waiting: list[Subject] = []
    for part in parts:
        subjects = _subjects(part)
        if _is_only_named(part) and part is not parts[-1]:
            waiting += subjects  # `A und B: 250 €`: which of them?
            continue
        groups.append(Group(subjects=[*waiting, *subjects], tokens=part, shared=common))
        waiting = []
    return groups


def _is_either_s(part: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether an amount between two subjects may be that of the second, since that has no other."""
    explains = any(token.sense in (Sense.NOT, Sense.NO_PAYMENT, Sense.PARTIAL) for token in following)
    return bool(_count(part, _AMOUNTS)) and not _count(following, _AMOUNTS) and not explains


def _facts_first(sentence: Sequence[Token], places: list[int], shared: Sequence[Token]) -> list[Group]:
    """`45 € für A und 80 € für B` has its facts before its subjects, strictly in turn."""
    order = [
        "S" if at in places else "A"
        for at, token in enumerate(sentence)
        if at in places or token.sense in _AMOUNTS
    ]
    if order != ["A", "S"] * len(places):
        return [Group(subjects=_subjects(sentence), tokens=list(sentence))]
    tail = _end_of(sentence, places[-1])
    days = [token for token in sentence[tail:] if token.sense in _DAYS]
    is_of_all = any(token.sense is Sense.ALL for token in sentence[tail:])
    common = days if days and is_of_all else list(shared)
    starts = [0, *(_end_of(sentence, place) for place in places)]
    parts = [sentence[start:end] for start, end in pairwise(starts)]
    with_days = sum(bool(_count(part, _DAYS)) for part in parts)
    if with_days not in (0, len(parts)) or (with_days and days):
        return [Group(subjects=_subjects(sentence), tokens=list(sentence))]
    groups = []
    for start, end in pairwise(starts):
        part = list(sentence[start:end])
        groups.append(Group(subjects=_subjects(part), tokens=part, shared=common))
    rest = list(sentence[starts[-1] :])
    if days and not is_of_all:
        groups[-1].tokens += rest
    else:
        groups.append(Group(tokens=[token for token in rest if token.sense not in _DAYS]))
    return groups


def _end_of(sentence: Sequence[Token], place: int) -> int:
    """Where the subject that begins at `place` ends."""
    end = place + 1
    for at in range(place + 1, len(sentence)):
        if sentence[at].sense in SUBJECTS:
            end = at + 1
        elif sentence[at].sense not in _JOINING:
            break
    return end


def _starts(tokens: Sequence[Token]) -> list[int]:
    """Where subjects begin; a case and its invoice side by side are one."""
    starts: list[int] = []
    kinds: set[Sense] = set()
    for at, token in enumerate(tokens):
        if token.sense in SUBJECTS:
            if not kinds or _kind(token) in kinds:
                starts.append(at)
                kinds = set()
            kinds.add(_kind(token))
        elif token.sense not in _JOINING or token.text.lower() in _AND or token.text == ";":
            kinds = set()
    return starts


def _subjects(tokens: Sequence[Token]) -> list[Subject]:
    """All different subjects of some pieces, in their order."""
    starts = _starts(tokens)
    ends = [*starts[1:], len(tokens)] if starts else []
    found: list[Subject] = []
    for start, end in zip(starts, ends, strict=True):
        parts = [token for token in tokens[start:end] if token.sense in SUBJECTS]
        subject = _subject(parts)
        if subject not in found:
            found.append(subject)
    return found


def _subject(parts: Sequence[Token]) -> Subject:
    said = {_kind(token): token.text for token in reversed(parts)}
    wrong = next((token.text for token in parts if token.sense is Sense.CASE_WRONG), None)
    return Subject(
        case=None if wrong else said.get(Sense.CASE),
        case_wrong=wrong,
        reference=said.get(Sense.REFERENCE),
        debtor_number=said.get(Sense.DEBTOR_NUMBER),
    )


def _merged(named: Sequence[Subject]) -> Subject | None:
    """One subject of all that is named, if no two of a kind differ."""
    said: dict[str, str] = {}
    for one in named:
        for name in Subject.__struct_fields__:
            value = getattr(one, name)
            if value is not None and said.setdefault(name, value) != value:
                return None
    return Subject(**said) if named and not ("case" in said and "case_wrong" in said) else None


def _kind(token: Token) -> Sense:
    """What a subject is the number of."""
    if token.sense is Sense.NUMBER_REFERENCE:
        return Sense.REFERENCE
    return Sense.CASE if token.sense is Sense.CASE_WRONG else token.sense


def _is_only_named(part: Sequence[Token]) -> bool:
    """Whether some pieces name a case and tell nothing of it."""
    return all(token.sense in SUBJECTS | _JOINING for token in part)


def _count(tokens: Sequence[Token], senses: frozenset[Sense]) -> int:
    return sum(token.sense in senses for token in tokens)
