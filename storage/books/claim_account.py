"""What the debtor owes (view A, the Forderungskonto), as a pure function of what was charged and received.

Everything is taken in the order of its value dates, whatever the order in which it became known: an
older payment told late changes how later ones are allocated, exactly as if it had been told in time.
The journal books the difference between what follows from all facts and what it already holds.

Rules: § 367 (1) BGB costs, then interest, then principal; § 366 (2) BGB the older claim first, alike
ones pro rata; § 366 (1), § 367 (2) BGB what the debtor designates; § 497 (3) BGB for consumer loans
costs of enforcement, principal, interest. Interest per claim is rounded once (see `storage.law.interest`).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

import msgspec

from storage.books.ledgers import AGENCY_COSTS, CREDITOR_COSTS, Ledger
from storage.law.interest import DefaultInterest, Step

Bucket = tuple[Ledger, int]  # a kind of claim, and the position of the claim; 0 for the whole case

_CLAIM_COSTS = tuple(ledger for ledger in CREDITOR_COSTS if ledger is not Ledger.CLAIMED_INTEREST)
_CLAIM_INTEREST = (Ledger.CLAIMED_INTEREST, Ledger.INTEREST)
_CASE_COSTS = (Ledger.COURT_COST, *AGENCY_COSTS)


class Policy(StrEnum):
    """By which rule one payment is allocated; kept with the payment."""

    BGB366_367 = "BGB366_367"
    DESIGNATED = "DEBTOR_DESIGNATED"  # to the principal, or to one claim
    BGB497 = "BGB497"
    AGREED = "AGREED"  # by an installment plan or a settlement, which say nothing else: as § 367


class ClaimTerms(msgspec.Struct, frozen=True, kw_only=True):
    """One claim of a case: since when and how it bears interest (None: not at all), and its age."""

    position: int
    default_since: date | None
    interest: DefaultInterest | None
    due_on: date | None = None
    invoiced_on: date | None = None


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed from a day on; on=None from the beginning. Below zero: a waiver or correction."""

    bucket: Bucket
    cents: int
    on: date | None = None


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """What was received, without what was paid back of it. position: of the claim that was designated."""

    receipt_id: int
    cents: int
    value_date: date
    policy: Policy = Policy.BGB366_367
    position: int | None = None


class ClaimAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What follows of the facts, in cents.

    open by bucket; interest charged so far by position; for each receipt where it went, and how much of it
    nothing was owed for; the steps of each principal, for `why`.
    """

    open: Mapping[Bucket, int]
    interest: Mapping[int, int]
    allocations: Mapping[int, Mapping[Bucket, int]]
    unused: Mapping[int, int]
    steps: Mapping[int, tuple[Step, ...]]

    @property
    def owed(self) -> int:
        """All that is open, in cents."""
        return sum(self.open.values())

    def open_of(self, ledger: Ledger) -> int:
        """What is open of one kind, in cents."""
        return sum(cents for (kind, _), cents in self.open.items() if kind == ledger)


def claim_account(
    claims: Sequence[ClaimTerms],
    charges: Sequence[Charge],
    payments: Sequence[Payment],
    interest_through: date | None = None,
) -> ClaimAccount:
    """The account after all that is given, with interest up to and including a day.

    interest_through=None: up to the last payment or waiver, which is what the journal has booked. Raises
    StatutoryDataMissingError when a base rate is not known.
    """
    account = _Account(claims)
    for charge in charges:
        if charge.on is None:
            account.charge(charge)
    for fact in _in_order(charges, payments):
        if isinstance(fact, Charge):
            account.charge(fact)
        else:
            account.pay(fact)
    if interest_through is not None:
        account.accrue(interest_through, received=False)
    return account.result()


def _in_order(charges: Sequence[Charge], payments: Sequence[Payment]) -> list[Charge | Payment]:
    """By value date; on one day what is charged, then what is received, then what is waived."""
    dated: list[tuple[date, int, int, Charge | Payment]] = [
        (charge.on, 0 if charge.cents > 0 else 2, number, charge)
        for number, charge in enumerate(charges)
        if charge.on is not None
    ]
    dated += [(payment.value_date, 1, payment.receipt_id, payment) for payment in payments]
    return [fact for *_, fact in sorted(dated, key=lambda one: one[:3])]


class _Account:
    def __init__(self, claims: Sequence[ClaimTerms]) -> None:
        self._claims = {claim.position: claim for claim in claims}
        self._tiers = _by_age(claims)
        self._open: dict[Bucket, int] = {}
        self._interest: dict[int, int] = {}
        self._let_off: dict[int, int] = {}  # interest that was waived before it was known that less was owed
        self._moves: dict[int, list[Step]] = {}  # of principal; here a step's cents are the change
        self._allocations: dict[int, dict[Bucket, int]] = {}
        self._unused: dict[int, int] = {}

    def charge(self, charge: Charge) -> None:
        ledger, position = charge.bucket
        is_lowered = ledger is Ledger.PRINCIPAL and charge.cents < 0  # its interest until then stays owed
        if charge.on is not None and (ledger is Ledger.INTEREST or is_lowered):
            self.accrue(charge.on)
        self._open[charge.bucket] = self._open.get(charge.bucket, 0) + charge.cents
        if ledger is Ledger.PRINCIPAL:
            self._move(position, charge.cents, charge.on)
        if self._open[charge.bucket] < 0:  # less is owed than was already paid: that is free for the rest
            self._release(charge.bucket, -self._open[charge.bucket], charge.on)
        if ledger is Ledger.INTEREST and self._open[charge.bucket] < 0:
            self._count_as_charged(position, -self._open[charge.bucket])
        if charge.cents:
            self._use_what_is_left(charge.on)

    def pay(self, payment: Payment) -> None:
        self.accrue(payment.value_date)
        self._allocations[payment.receipt_id] = {}
        left = self._allocate(payment.receipt_id, payment.cents, payment.value_date, self._order(payment))
        self._unused[payment.receipt_id] = left

    def accrue(self, day: date, *, received: bool = True) -> None:
        """Charge what interest a day has come to; a day on which money is received may not count itself."""
        for position, claim in self._claims.items():
            if claim.interest is None or claim.default_since is None:
                continue
            last = claim.interest.terms.last_day(day) if received else day
            cents = claim.interest.cents(self._steps(position), last) + self._let_off.get(position, 0)
            more = cents - self._interest.get(position, 0)
            if more > 0:
                bucket = (Ledger.INTEREST, position)
                self._interest[position] = cents
                self._open[bucket] = self._open.get(bucket, 0) + more

    def result(self) -> ClaimAccount:
        return ClaimAccount(
            open={bucket: cents for bucket, cents in self._open.items() if cents},
            interest=dict(self._interest),
            allocations=self._allocations,
            unused=self._unused,
            steps={position: tuple(self._steps(position)) for position in self._moves},
        )

    def _order(self, payment: Payment) -> list[list[Bucket]]:
        """Buckets in tiers: one after the other, those of one tier pro rata."""
        costs: list[list[Bucket]] = [[(ledger, 0)] for ledger in _CASE_COSTS]
        principal: list[list[Bucket]] = [
            [(Ledger.PRINCIPAL, position) for position in tier] for tier in self._tiers
        ]
        of_claims = [tiers for tier in self._tiers for tiers in _claim_tiers(tier)]
        usual = costs + of_claims
        if payment.policy is Policy.DESIGNATED:
            named = principal if payment.position is None else _claim_tiers([payment.position])
            return named + usual
        if payment.policy is Policy.BGB497:
            claim_costs: list[list[Bucket]] = [
                [(ledger, p) for p in tier] for tier in self._tiers for ledger in _CLAIM_COSTS
            ]
            return costs + claim_costs + principal + usual
        return usual

    def _allocate(self, receipt_id: int, cents: int, day: date | None, order: Iterable[list[Bucket]]) -> int:
        """Put cents of a receipt where they belong; returns what is left of them."""
        for tier in order:
            if not cents:
                break
            for bucket, share in _pro_rata(cents, {bucket: self._open.get(bucket, 0) for bucket in tier}):
                self._put(receipt_id, bucket, share, day)
                cents -= share
        return cents

    def _put(self, receipt_id: int, bucket: Bucket, cents: int, day: date | None) -> None:
        self._open[bucket] = self._open.get(bucket, 0) - cents
        taken = self._allocations[receipt_id]
        taken[bucket] = taken.get(bucket, 0) + cents
        if not taken[bucket]:
            del taken[bucket]
        if bucket[0] is Ledger.PRINCIPAL:
            self._move(bucket[1], -cents, day)

    def _release(self, bucket: Bucket, cents: int, day: date | None) -> None:
        """Take cents out of a bucket again, the newest receipts first."""
        for receipt_id in reversed(self._allocations):
            share = min(cents, self._allocations[receipt_id].get(bucket, 0))
            if share:
                self._put(receipt_id, bucket, -share, day)
                self._unused[receipt_id] += share
                cents -= share

    def _count_as_charged(self, position: int, cents: int) -> None:
        """More interest was let off than came up: only that much is let off, and later interest runs."""
        self._let_off[position] = self._let_off.get(position, 0) + cents
        self._interest[position] = self._interest.get(position, 0) + cents
        self._open[Ledger.INTEREST, position] += cents

    def _use_what_is_left(self, day: date | None) -> None:
        """What nothing was owed for counts for what is open now, as if it were received on that day."""
        if day is not None and any(self._unused.values()):
            self.accrue(day)
        for receipt_id, left in self._unused.items():
            if left:
                order = self._order(Payment(receipt_id=receipt_id, cents=left, value_date=day or date.min))
                self._unused[receipt_id] = self._allocate(receipt_id, left, day, order)

    def _move(self, position: int, cents: int, day: date | None) -> None:
        claim = self._claims[position]
        if claim.default_since is None or claim.interest is None:
            return
        since = claim.default_since
        if day is not None:
            since = max(since, claim.interest.terms.bearing_from(day))
        self._moves.setdefault(position, []).append(Step(since, cents))

    def _steps(self, position: int) -> list[Step]:
        steps: list[Step] = []
        principal = 0
        for move in sorted(self._moves.get(position, ()), key=lambda move: move.since):
            principal += move.cents
            if steps and steps[-1].since == move.since:
                steps.pop()
            steps.append(Step(move.since, max(principal, 0)))
        return steps


def _by_age(claims: Sequence[ClaimTerms]) -> list[list[int]]:
    """Positions in tiers, the oldest claims first; those of one day together."""
    tiers: dict[tuple[date, date], list[int]] = {}
    for claim in claims:
        age = (claim.due_on or claim.invoiced_on or date.max, claim.invoiced_on or claim.due_on or date.max)
        tiers.setdefault(age, []).append(claim.position)
    return [tiers[age] for age in sorted(tiers)]


def _claim_tiers(positions: Sequence[int]) -> list[list[Bucket]]:
    """Costs, then interest, then principal of claims of one age."""
    ledgers = (*_CLAIM_COSTS, *_CLAIM_INTEREST, Ledger.PRINCIPAL)
    return [[(ledger, position) for position in positions] for ledger in ledgers]


def _pro_rata(cents: int, open_cents: Mapping[Bucket, int]) -> list[tuple[Bucket, int]]:
    """Shares of cents by what is open, none above it; odd cents go to the first."""
    total = sum(open_cents.values())
    if total <= cents:
        return [(bucket, amount) for bucket, amount in open_cents.items() if amount]
    shares = {bucket: cents * amount // total for bucket, amount in open_cents.items()}
    odd = cents - sum(shares.values())
    for bucket, amount in open_cents.items():
        if odd and shares[bucket] < amount:
            shares[bucket] += 1
            odd -= 1
    return [(bucket, share) for bucket, share in shares.items() if share]
