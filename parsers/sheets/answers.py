"""What the sender has answered before, so that the same header is asked about only once.

A question's id holds for a kind of question and the column it is about, so that the answer fits the
next list of the same report too. An answer is one of the choices in words, in either language.
"""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple

import msgspec

from parsers.options import Options
from parsers.questions import Ask, make_question, other_language
from parsers.sheets.columns import Mapping
from parsers.sheets.fields import Field
from parsers.sheets.marks import OUR_HEADERS
from storage.identity import fold
from storage.records import Question

_FINGERPRINT_BYTES = 8
_SEPARATOR = "\x1f"


class Posed(NamedTuple):
    """A question and which of its choices has been taken; None where it has to be asked."""

    question: Question
    choice: int | None


class Answers:
    """The answers that a caller has for the table with one fingerprint."""

    def __init__(self, options: Options, fingerprint: str | None) -> None:
        self._given = options.answers
        self._language = options.language
        self._fingerprint = fingerprint

    def said(self, question_id: str) -> str | None:
        """What was answered to a question; the answer for this very header counts first."""
        if not self._given:
            return None
        own = self._given.get(f"{self._fingerprint}/{question_id}")
        return own if own is not None else self._given.get(question_id)

    def pose(
        self, ask: Ask, *, about: str, choices: tuple[str, ...] | None = None, key: str = "", **facts: Any
    ) -> Posed:
        """A question with its answer, if there is one."""
        question = make_question(ask, self._language, about=about, choices=choices, key=key, **facts)
        answer = self.said(question.id)
        if answer is None:
            return Posed(question, None)
        other = make_question(
            ask, other_language(self._language), about=about, choices=choices, key=key, **facts
        )
        return Posed(question, _place(answer, question.choices, other.choices))


def settled(mapping: Mapping, texts: Sequence[str], answers: Answers) -> Mapping:
    """The columns with every rivalry decided that the sender has been asked about before."""
    columns, rivals, doubtful = dict(mapping.columns), dict(mapping.rivals), dict(mapping.doubtful)
    says_open = mapping.says_open
    for field in list(rivals):
        index = _answered_column(field, rivals[field], texts, answers)
        if index is not None:
            columns[field] = index
            del rivals[field]
            if field is Field.NAME:  # asked which of a company and a name is the debtor: not both
                columns.pop(Field.COMPANY, None)
    if Field.AMOUNT in columns:
        own = columns[Field.AMOUNT]
        gross = {columns[Field.GROSS]} if Field.GROSS in columns else set()
        among = sorted({own, *doubtful, *gross, *mapping.beside.values()})
        index = _answered_column(Field.AMOUNT, among, texts, answers)
        if index is not None:
            says_open = says_open if index == own else not says_open
            columns[Field.AMOUNT] = index
            doubtful = {}
    return msgspec.structs.replace(
        mapping, columns=columns, rivals=rivals, doubtful=doubtful, says_open=says_open
    )


def column_names(indexes: Sequence[int], texts: Sequence[str]) -> tuple[str, ...]:
    """Headers as choices; those that are alike are told apart by their letters."""
    names = [texts[index] for index in indexes]
    folded = list(map(fold, names))
    return tuple(
        name if name and folded.count(fold(name)) == 1 else f"{name} ({letters(index)})".strip()
        for name, index in zip(names, indexes, strict=True)
    )


def letters(index: int) -> str:
    """A column as a spreadsheet calls it: 0 is A."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def fingerprint_of(texts: Sequence[str]) -> str:
    """A short hash over the folded headers in order; the columns that a copy of ours adds do not count."""
    folded = [name for name in map(fold, texts) if name not in OUR_HEADERS]
    while folded and not folded[-1]:
        folded.pop()
    return blake2b(_SEPARATOR.join(folded).encode(), digest_size=_FINGERPRINT_BYTES).hexdigest()


def _answered_column(
    field: Field, indexes: Sequence[int], texts: Sequence[str], answers: Answers
) -> int | None:
    answer = answers.said(f"{Ask.WHICH_COLUMN.value}:{field.value}")
    if answer is None:
        return None
    place = _place(answer, column_names(indexes, texts))
    return None if place is None else indexes[place]


def _place(answer: str, *choices: Sequence[str]) -> int | None:
    wanted = fold(answer)
    for offered in choices:
        folded = list(map(fold, offered))
        if wanted in folded:
            return folded.index(wanted)
    return None
