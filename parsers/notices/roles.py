"""Which amounts and days of some pieces are those of a payment, and which only stand beside it.

An invoice has a day and an amount too, fees are taken off, a rest stays open. What does not come out
certain is not listed, and asked.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise, zip_longest

import msgspec

from parsers.notices.doubts import Why
from parsers.notices.senses import Sense, Token
from storage.records import Covers

_SILENT = frozenset({Sense.FILLER, Sense.MONEY, Sense.WAY})
_NUMBERS = frozenset({Sense.AMOUNT, Sense.NUMBER, Sense.NUMBER_REFERENCE})
_DAYS = frozenset({Sense.DAY, Sense.NO_DAY})
_PAPERS = frozenset({Sense.INVOICE, Sense.CLAIM})
_HANDOVERS = frozenset({Sense.BEFORE, Sense.AFTER})
_TOLD_OF_MONEY = frozenset({Sense.PAID, Sense.MONEY, Sense.WAY, Sense.AMOUNT, Sense.NO_AMOUNT})
_NOTHING: frozenset[Sense] = frozenset()
_AT = frozenset({"am", "on", "den", "the", "vom", "of"})
_TIMES = ("rat", "inst", "mal", "zahl", "pay", "times")
_BARE_DIGITS_MAX = 3
_NET_SHARE_MIN = 0.8
_INCLUSIVE = ("inkl", "incl", "mit", "samt", "zzgl")


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """One payment of some pieces: its amount and its day, as far as they are certain."""

    cents: int | None = None
    day: date | None = None


class Facts(msgspec.Struct, kw_only=True):
    """What some pieces tell of payments, and what about it is in doubt."""

    told: list[Told] = []
    doubts: list[Why] = []
    covers: Covers = Covers.UNKNOWN


class Roles:
    """The pieces of one payment or of several of one case, looked at one kind after the other."""

    def __init__(self, tokens: Iterable[Token], shared: Sequence[Token] = ()) -> None:
        self._row = list(tokens)
        self._shared = shared
        self._doubts: list[Why] = []
        self._is_part = False
        self._times = ""

    def facts(self) -> Facts:
        """What is certain, and what is to be asked."""
        self._parts()
        self._counts()
        self._days_of_invoices()
        self._days_of_telling()
        self._fees()
        self._left_open()
        self._totals()
        self._bare()
        told, covers = self._told(), self._covers()
        if self._times.isdecimal() and int(self._times) not in (1, len(told)):
            self._doubts.append(Why.AMOUNTS_SEVERAL)
        return Facts(told=told, doubts=list(dict.fromkeys(self._doubts)), covers=covers)

    def _has(self, *senses: Sense) -> bool:
        return any(token.sense in senses for token in self._row)

    def _before(self, at: int, silent: frozenset[Sense] = _SILENT) -> int | None:
        """The place of the last piece before `at` that says something."""
        return next((place for place in range(at - 1, -1, -1) if self._row[place].sense not in silent), None)

    def _after(self, at: int) -> int | None:
        return next(
            (place for place in range(at + 1, len(self._row)) if self._row[place].sense not in _SILENT), None
        )

    def _parts(self) -> None:
        """`200 von 480`, `294 statt 300`: the first is paid of the second."""
        for at, token in enumerate(self._row):
            if token.sense is not Sense.OF and token.text.lower() not in ("von", "of"):
                continue
            left, right = at - 1, self._after(at)
            if left < 0 or right is None or {self._row[left].sense, self._row[right].sense} - _NUMBERS:
                continue
            paid, whole = _cents_in(self._row[left]), _cents_in(self._row[right])
            following = self._row[right + 1 : right + 2]
            is_count = following and following[0].sense is Sense.COUNTED
            if paid is None or whole is None or is_count:
                continue
            if paid > whole:
                self._doubts.append(Why.MORE_THAN_OPEN)
            self._is_part = paid < whole
            self._row[left : right + 1] = [
                msgspec.structs.replace(self._row[left], sense=Sense.AMOUNT, cents=paid)
            ]
            self._parts()
            return

    def _counts(self) -> None:
        """`3 Raten` counts, and pays nothing."""
        kept = []
        for token, following in zip_longest(self._row, self._row[1:]):
            counts = following is not None and following.sense in (Sense.COUNTED, Sense.MONEY, Sense.INVOICE)
            if not (token.sense is Sense.NUMBER and counts):
                kept.append(token)
            elif following is not None and following.text.lower().startswith(_TIMES):
                self._times = token.text
        self._row = kept

    def _days_of_invoices(self) -> None:
        """`Rechnung vom 3.2.`, `fällig am 3.2.`: not the day of a payment."""
        self._row = [token for at, token in enumerate(self._row) if not self._is_beside(at, token)]
        beside: list[Token] = []
        for clause in _clauses(self._row):
            senses = {token.sense for token in clause}
            if senses & _PAPERS and not senses & _TOLD_OF_MONEY:
                beside += [token for token in clause if token.sense in _DAYS]
        self._row = [token for token in self._row if not any(token is one for one in beside)]
        for at, token in enumerate(self._row):
            before = self._before(at, _NOTHING)
            while before is not None and self._row[before].text.lower() in _AT:
                before = self._before(before, _NOTHING)
            if token.sense is Sense.DAY and before is not None and self._row[before].sense in _HANDOVERS:
                self._row[at] = msgspec.structs.replace(token, sense=Sense.NO_DAY, why=Why.DATE_UNCLEAR)

    def _days_of_telling(self) -> None:
        """`Heute gesehen: 250 € bezahlt`: the day on which somebody told or saw it may be no other's."""
        tells = self._has(Sense.TELLING)
        for at, token in enumerate(self._row):
            near = {
                self._row[place].sense for place in (self._before(at), self._after(at)) if place is not None
            }
            is_relative = tells and not any(map(str.isdigit, token.text))
            if token.sense is Sense.DAY and (is_relative or Sense.TELLING in near):
                self._row[at] = msgspec.structs.replace(token, sense=Sense.NO_DAY, why=Why.DATE_UNCLEAR)

    def _is_beside(self, at: int, token: Token) -> bool:
        if token.sense not in _DAYS:
            return False
        before = self._before(at)
        if before is None:
            return False
        if self._row[before].sense is Sense.DUE:
            return True
        is_from = self._row[before].sense is Sense.FROM
        named = self._before(before) if is_from else None
        if named is None:
            return False
        if self._row[named].sense is Sense.CASE:  # a file has a day too, unless its payment is spoken of
            return not any(one.sense is Sense.MONEY for one in _clauses(self._row[:named])[-1])
        return self._row[named].sense in (Sense.REFERENCE, Sense.NUMBER_REFERENCE, *_PAPERS, *_HANDOVERS)

    def _fees(self) -> None:
        """What PayPal and its like keep: the debtor has paid the gross amount."""
        if not self._has(Sense.FEE, Sense.NET) or not self._amounts():
            return
        amounts = {token.cents for token in self._amounts() if token.cents is not None}
        gross = max(amounts)
        others = amounts - {gross}
        fees = {token.cents for token in self._marked(Sense.FEE)}
        nets = {token.cents for token in self._marked(Sense.NET)}
        if len(others) == 2 and sum(others) == gross and fees & others:
            is_certain = True
        elif len(others) == 1:
            is_net = nets == others and min(others) >= gross * _NET_SHARE_MIN
            is_certain = is_net or (fees == others and self._has(Sense.LESS))
        else:
            is_certain = not others and not nets and not fees
        if is_certain:
            self._keep(lambda token: token.cents == gross)
            return
        self._doubts.append(Why.AMOUNT_NET)
        self._keep(lambda _: False)

    def _marked(self, sense: Sense) -> list[Token]:
        """The amounts beside which stands what they are."""
        found = []
        for at, token in enumerate(self._row):
            before = self._before(at)
            after = self._after(at)
            near = {self._row[place].sense for place in (before, after) if place is not None}
            if token.sense is Sense.AMOUNT and sense in near:
                found.append(token)
        return found

    def _left_open(self) -> None:
        """`50 € gezahlt, Rest 20 € offen`: what stays open is not paid."""
        left: list[Token] = []
        for clause in _clauses(self._row):
            senses = {token.sense for token in clause}
            if Sense.OPEN in senses and not senses & {Sense.PAID, Sense.CAME}:
                left += [token for token in clause if token.sense is Sense.AMOUNT]
        if left and len(left) == len(self._amounts()):
            self._doubts.append(Why.AMOUNT_UNCLEAR)
        self._row = [token for token in self._row if not any(token is one for one in left)]

    def _totals(self) -> None:
        """A sum of all amounts is no payment of its own."""
        for at, token in enumerate(self._row):
            before = self._before(at, _SILENT | {Sense.COMMA})
            if (
                token.sense is not Sense.AMOUNT
                or before is None
                or self._row[before].sense is not Sense.TOTAL
            ):
                continue
            others = [one.cents or 0 for one in self._amounts() if one is not token]
            if others and sum(others) == token.cents and len(others) > 1:
                del self._row[at]
                return
            if others and set(others) != {token.cents}:
                self._doubts.append(Why.AMOUNTS_SEVERAL)

    def _bare(self) -> None:
        """A number without a currency may be an amount, if nothing else can be: asked in any case."""
        numbers = [token for token in self._row if token.sense is Sense.NUMBER]
        if not numbers:
            return
        is_alone = len(numbers) == 1 and not self._has(Sense.AMOUNT, Sense.NO_AMOUNT)
        cents = _cents_in(numbers[0])
        if is_alone and cents and len(numbers[0].text) <= _BARE_DIGITS_MAX and numbers[0].text.isdigit():
            self._row = [
                msgspec.structs.replace(one, sense=Sense.AMOUNT, cents=cents) if one is numbers[0] else one
                for one in self._row
            ]
            self._doubts.append(Why.AMOUNT_BARE)
        else:
            self._doubts.append(Why.AMOUNT_UNCLEAR)

    def _told(self) -> list[Told]:
        doubtful = [token for token in self._row if token.sense is Sense.NO_AMOUNT]
        no_days = [token for token in self._row if token.sense is Sense.NO_DAY]
        self._doubts += [token.why for token in (*doubtful, *no_days) if token.why is not None]
        self._doubts += [Why.DATE_UNCLEAR for one in pairwise(self._row) if _is_number_of_statement(*one)]
        amounts = self._distinct(self._amounts())
        days = self._distinct([token for token in self._row if token.sense is Sense.DAY]) or list(
            self._shared
        )
        if doubtful:
            amounts = []
        if len(amounts) > 1:
            return self._several(amounts, days, certain=not no_days)
        if len({token.day for token in days}) > 1:
            self._doubts.append(Why.DATES_SEVERAL)
            days = []
        cents = amounts[0].cents if amounts else None
        if cents is None and not doubtful and Why.AMOUNT_NET not in self._doubts:
            self._doubts.append(Why.AMOUNT_MISSING)
        day = days[0].day if days and not no_days else None
        if day is None and not no_days and Why.DATES_SEVERAL not in self._doubts:
            self._doubts.append(Why.DATE_MISSING)
        return [Told(cents=cents, day=day)]

    def _several(self, amounts: list[Token], days: list[Token], *, certain: bool) -> list[Told]:
        """Several payments: each with its day, all on one that is told of all, or without a day."""
        order = [token for token in self._row if token.sense in (Sense.AMOUNT, Sense.DAY)]
        kinds = [token.sense for token in order]
        alternates = len(kinds) % 2 == 0 and all(
            set(kinds[at : at + 2]) == {Sense.AMOUNT, Sense.DAY} and kinds[at] is kinds[0]
            for at in range(0, len(kinds), 2)
        )
        if alternates and certain:
            return [
                Told(cents=max(one.cents or 0, other.cents or 0), day=one.day or other.day)
                for one, other in zip(order[::2], order[1::2], strict=True)
            ]
        same_day = {token.day for token in days}
        if len(same_day) == 1 and certain and self._has(Sense.ALL):
            return [Told(cents=token.cents, day=days[0].day) for token in amounts]
        if not days and certain:
            self._doubts.append(Why.DATE_MISSING)
            return [Told(cents=token.cents) for token in amounts]
        self._doubts.append(Why.AMOUNTS_SEVERAL)
        return []

    def _covers(self) -> Covers:
        full = [token for token in self._row if token.sense is Sense.FULL]
        is_partial = self._is_part or self._has(Sense.PARTIAL)
        is_inclusive = any(token.text.lower().startswith(_INCLUSIVE) for token in full)
        is_principal = self._has(Sense.PRINCIPAL)
        if self._has(Sense.DISCOUNT):
            if not self._is_part:
                self._doubts.append(Why.DISCOUNT)
            is_partial = True
        if (full and is_partial) or (
            is_principal and (is_inclusive or is_partial or self._has(Sense.WITH_COSTS))
        ):
            self._doubts.append(Why.CONTRADICTION)
            return Covers.UNKNOWN
        if is_principal:
            return Covers.PRINCIPAL
        if full:
            return Covers.FULL
        leaves = [{token.sense for token in clause} for clause in _clauses(self._row)]
        is_left = any(Sense.OPEN in one and not one & {Sense.PAID, Sense.CAME} for one in leaves)
        return Covers.PARTIAL if is_partial or is_left else Covers.UNKNOWN

    def _amounts(self) -> list[Token]:
        return [token for token in self._row if token.sense is Sense.AMOUNT]

    def _keep(self, is_kept: Callable[[Token], bool]) -> None:
        """Of the amounts only those; all else stays."""
        self._row = [token for token in self._row if token.sense is not Sense.AMOUNT or is_kept(token)]

    def _distinct(self, tokens: list[Token]) -> list[Token]:
        """The same amount or day said twice is one, unless there are as many of the other kind."""
        values = {(token.cents, token.day) for token in tokens}
        others = sum(token.sense in (Sense.AMOUNT, Sense.DAY) for token in self._row) - len(tokens)
        return tokens[:1] if len(values) == 1 and others <= 1 else tokens


def _is_number_of_statement(before: Token, token: Token) -> bool:
    """`Kontoauszug 14/03` may be its 14th page or number."""
    return before.sense is Sense.STATEMENT and token.sense is Sense.DAY and "/" in token.text


def _clauses(row: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in row:
        if token.sense in (Sense.COMMA, Sense.BREAK):
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _cents_in(token: Token) -> int | None:
    """The cents of an amount, or of a whole number that stands for one."""
    if token.sense is Sense.AMOUNT:
        return token.cents
    return int(token.text) * 100 if token.text.isdecimal() and len(token.text) <= 9 else None
