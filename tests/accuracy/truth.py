"""What a list truly says, row by row: made with the list, never read from it."""

import msgspec

Facts = dict[str, object]


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A row to be accepted with exactly these facts.

    `may_ask` where a question is no shame, `may_refuse` where to refuse is none either: the file is broken.
    """

    facts: Facts
    may_ask: bool = False
    may_refuse: bool = False


class Refuse(msgspec.Struct, frozen=True):
    """A row that must not become a claim."""

    why: str


class Ask(msgspec.Struct, frozen=True):
    """A row that depends on what the file does not decide."""

    about: str


Truth = Claim | Refuse | Ask


class Case(msgspec.Struct, frozen=True, kw_only=True):
    """One generated file and the truth of its rows by number.

    `by_invoice`: the format has no rows that a person counts, so claims are found by invoice number.
    """

    layout: str
    name: str
    content: bytes
    truths: dict[int, Truth]
    by_invoice: bool = False

    @property
    def decides(self):
        """Whether the file answers every question itself."""
        return not any(
            isinstance(truth, Ask) or (isinstance(truth, Claim) and truth.may_ask)
            for truth in self.truths.values()
        )
