"""Court dunning: what the application costs (GKG), and which court is competent (§ 689 ZPO)."""

from datetime import date
from functools import cache

import msgspec

from storage.errors import RefusedError
from storage.law.exact import half_up
from storage.law.scale import Scale, cents, rate_of, scale_of
from storage.law.statutes import in_force, read_statute
from storage.money import Money

FILE = "courts.toml"


class CourtFeeTable(msgspec.Struct, frozen=True, kw_only=True):
    """The figures for applications from `since` to `until`; the minimum in cents."""

    since: date
    until: date | None
    scale: Scale
    rate: str
    minimum: int
    source: str


class CourtFee(msgspec.Struct, frozen=True, kw_only=True):
    """What the court takes for the application, and how it came about."""

    fee: Money
    value: Money
    base: Money
    rate: str
    minimum_applied: bool
    source: str


class Court(msgspec.Struct, frozen=True, kw_only=True):
    """A court for payment orders; states as in ISO 3166-2:DE, without the DE."""

    name: str
    states: frozenset[str]
    higher_courts: frozenset[str] = frozenset()
    abroad: bool = False


def court_fee(value: Money, filed_on: date) -> CourtFee:
    """The fee for the court payment order (KV 1100 GKG) on a principal above zero.

    StatutoryDataMissingError for an application before 1 June 2025.
    """
    table = in_force(_fee_tables(), filed_on, "court fee table (§ 34 GKG)", FILE)
    base, _ = table.scale.fee(value)
    fee = half_up(base.cents * rate_of(table.rate))
    return CourtFee(
        fee=Money(max(fee, table.minimum)),
        value=value,
        base=base,
        rate=table.rate,
        minimum_applied=fee < table.minimum,
        source=table.source,
    )


def competent_court(*, country: str = "DE", state: str | None, higher_court: str | None = None) -> Court:
    """The court where the creditor has its seat; a creditor abroad goes to Wedding.

    `higher_court` is the place of the Oberlandesgericht, which only NW needs. RefusedError says what is
    missing rather than guess a court.
    """
    if country != "DE":
        return next(court for court in courts() if court.abroad)
    found = [court for court in courts() if state in court.states]
    if not found:
        raise RefusedError(f"the state of the creditor's seat decides the court, and {state!r} is none")
    if len(found) == 1:
        return found[0]
    exact = [court for court in found if higher_court in court.higher_courts]
    if not exact:
        known = ", ".join(sorted(place for court in found for place in court.higher_courts))
        raise RefusedError(f"in {state} the higher court decides ({known}); {higher_court!r} is none of them")
    return exact[0]


@cache
def courts() -> tuple[Court, ...]:
    """All courts for payment orders."""
    return msgspec.convert(read_statute(FILE)["courts"], tuple[Court, ...])


@cache
def _fee_tables() -> tuple[CourtFeeTable, ...]:
    return tuple(
        CourtFeeTable(
            since=read["since"],
            until=read.get("until"),
            scale=scale_of(read),
            rate=read["rate"],
            minimum=cents(read["minimum"]),
            source=read["source"],
        )
        for read in read_statute(FILE)["fees"]
    )
