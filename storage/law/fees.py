"""What a collection may cost the debtor (§ 13e RDG): fee, expenses and VAT by the RVG.

The date of the order selects the table. A fee is the full fee of § 13 RVG times a rate, rounded half up to
the cent (§ 2(2)), at least 15.00; expenses are 20 percent of the fees of one matter, at most 20.00 (VV
7002). VAT is charged to the debtor only where the creditor cannot deduct it; it is rounded once, on fee and
expenses. Going from 0.5 to 0.9 is the difference of two charges, never a fee added to a fee.
"""

from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cache, lru_cache

import msgspec

from storage.errors import StatutoryDataMissingError
from storage.law.derivations import FeeDerivation
from storage.law.exact import half_up, shown
from storage.law.scale import Scale, cents, rate_of, scale_of
from storage.law.statutes import in_force, read_statute
from storage.money import Money

FILE = "rvg.toml"
_NOTHING = Money(0)


class FeeRate(StrEnum):
    """The rates of VV 2300 for a claim, note (2) where it is undisputed."""

    SIMPLE = "0.5"  # a simple case: as a rule, paid on the first demand
    NORMAL = "0.9"
    EXTENSIVE = "1.3"  # only if especially extensive or difficult, with a reason


class FeeTable(msgspec.Struct, frozen=True, kw_only=True):
    """The figures for orders from `since` to `until`; amounts in cents."""

    since: date
    until: date | None
    scale: Scale
    minimum: int
    collection_rules_since: date
    small_value: int
    small_fee: int
    agreement_rate: str
    agreement_value_percent: int
    expenses_percent: int
    expenses_maximum: int
    source: str


class VatRate(msgspec.Struct, frozen=True, kw_only=True):
    """VAT in percent for what is rendered from `since` to `until`."""

    since: date
    until: date | None = None
    percent: int


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """What is charged to the debtor for one matter; vat is zero where the creditor deducts it."""

    fee: Money
    expenses: Money
    vat: Money
    derivation: FeeDerivation

    @property
    def net(self) -> Money:
        """Fee and expenses."""
        return self.fee + self.expenses

    @property
    def total(self) -> Money:
        """Fee, expenses and VAT."""
        return self.net + self.vat


class _Base(msgspec.Struct, frozen=True, kw_only=True):
    """The full fee that a rate is applied to, and where it comes from."""

    value: Money
    fee: Money
    rule: str
    verified: bool


def base_fee(value: Money, ordered_on: date) -> Money:
    """The full (1.0) fee of § 13(1) RVG for a value above zero."""
    return _table(ordered_on).scale.fee(value)[0]


def expenses_maximum(ordered_on: date) -> Money:
    """The most that the expenses of one matter may come to (VV 7002)."""
    return Money(_table(ordered_on).expenses_maximum)


def vat_percent(day: date) -> int:
    """VAT in percent for a service that is completed on a day."""
    return in_force(_vat_rates(), day, "VAT rate (§ 12 UStG)", FILE).percent


def collection_fee(
    value: Money,
    *,
    ordered_on: date,
    rate: FeeRate,
    disputed: bool = False,
    creditor_deducts_vat: bool = True,
    charged_on: date | None = None,
) -> Charge:
    """The fee for collecting out of court (VV 2300) with its expenses.

    `value` is the principal at the time of the order, the sum of all invoices of one debtor in it
    (§ 23 RVG, § 43 GKG), above zero. Up to 50.00 an undisputed claim has a base of its own (§ 13(2)).
    `charged_on` is the day that decides the rate of VAT, else the date of the order.
    StatutoryDataMissingError before 2021.
    """
    table = _table(ordered_on)
    base = _small(value, table, ordered_on) if not disputed else None
    return _charge(
        base or _full(value, table),
        table,
        ordered_on=ordered_on,
        rate=rate.value,
        rate_rule="VV 2300 RVG",
        before=None,
        vat_on=None if creditor_deducts_vat else charged_on or ordered_on,
    )


def agreement_fee(
    claim: Money,
    *,
    ordered_on: date,
    earlier: Charge | None,
    creditor_deducts_vat: bool = True,
    charged_on: date | None = None,
) -> Charge:
    """The fee for a plan of installments or a deferral: 0.7 (VV 1000 No. 2) from half the claim (§ 31b RVG).

    Only if agreed with the debtor and announced before in text form (§ 13a(3) RDG). `claim` is what the plan
    is about, above zero. `earlier` is the charge of the same matter so far: both share one maximum of
    expenses.
    """
    table = _table(ordered_on)
    if ordered_on < table.collection_rules_since:
        raise StatutoryDataMissingError(
            f"fee for a payment agreement (VV 1000 No. 2) for orders of {ordered_on}",
            ordered_on,
            f"storage/law/{FILE}",
        )
    value = Money(half_up(Fraction(claim.cents * table.agreement_value_percent, 100)))
    return _charge(
        _full(value, table),
        table,
        ordered_on=ordered_on,
        rate=table.agreement_rate,
        rate_rule=f"VV 1000 No. 2 RVG, {table.agreement_value_percent} % of the claim (§ 31b RVG)",
        before=earlier,
        vat_on=None if creditor_deducts_vat else charged_on or ordered_on,
    )


def _charge(
    base: _Base,
    table: FeeTable,
    *,
    ordered_on: date,
    rate: str,
    rate_rule: str,
    before: Charge | None,
    vat_on: date | None,
) -> Charge:
    expenses_before = before.expenses if before else _NOTHING
    figures = _figures(
        base.fee,
        rate,
        table,
        fees_before=before.fee if before else _NOTHING,
        expenses_before=expenses_before,
        vat=0 if vat_on is None else vat_percent(vat_on),
    )
    derivation = FeeDerivation(
        value=base.value,
        ordered_on=ordered_on,
        table_since=table.since,
        base=base.fee,
        base_rule=base.rule,
        rate=rate,
        rate_rule=rate_rule,
        exact=figures.exact,
        minimum_applied=figures.minimum_applied,
        fee=figures.fee,
        expenses_uncapped=figures.expenses_uncapped,
        expenses_before=expenses_before,
        expenses=figures.expenses,
        vat_percent=figures.vat_percent,
        vat=figures.vat,
        verified=base.verified,
        source=table.source,
    )
    return Charge(fee=figures.fee, expenses=figures.expenses, vat=figures.vat, derivation=derivation)


class _Figures(msgspec.Struct, frozen=True, kw_only=True):
    """The amounts that do not depend on the value itself, only on its base fee."""

    exact: str
    minimum_applied: bool
    fee: Money
    expenses_uncapped: Money
    expenses: Money
    vat_percent: str
    vat: Money


@lru_cache(maxsize=4_096)  # a million cases share a few dozen base fees
def _figures(
    base: Money, rate: str, table: FeeTable, *, fees_before: Money, expenses_before: Money, vat: int
) -> _Figures:
    exact = base.cents * rate_of(rate)
    fee = Money(max(half_up(exact), table.minimum))
    uncapped = Money(half_up(Fraction((fees_before + fee).cents * table.expenses_percent, 100)))
    expenses = max(min(uncapped, Money(table.expenses_maximum)) - expenses_before, _NOTHING)
    return _Figures(
        exact=shown(exact),
        minimum_applied=half_up(exact) < table.minimum,
        fee=fee,
        expenses_uncapped=uncapped,
        expenses=expenses,
        vat_percent=str(vat),
        vat=Money(half_up(Fraction((fee + expenses).cents * vat, 100))),
    )


def _full(value: Money, table: FeeTable) -> _Base:
    fee, verified = table.scale.fee(value)
    return _Base(value=value, fee=fee, rule="§ 13(1) RVG", verified=verified)


def _small(value: Money, table: FeeTable, ordered_on: date) -> _Base | None:
    if value.cents > table.small_value or ordered_on < table.collection_rules_since:
        return None
    assert value.cents > 0, "a fee by value needs a value above zero"
    return _Base(value=value, fee=Money(table.small_fee), rule="§ 13(2) RVG", verified=True)


def _table(ordered_on: date) -> FeeTable:
    return in_force(_tables(), ordered_on, "fee table (§ 13 RVG)", FILE)


@cache
def _tables() -> tuple[FeeTable, ...]:
    return tuple(
        FeeTable(
            since=read["since"],
            until=read.get("until"),
            scale=scale_of(read),
            minimum=cents(read["minimum"]),
            collection_rules_since=read["collection_rules_since"],
            small_value=cents(read["small_value"]),
            small_fee=cents(read["small_fee"]),
            agreement_rate=read["agreement_rate"],
            agreement_value_percent=read["agreement_value_percent"],
            expenses_percent=read["expenses_percent"],
            expenses_maximum=cents(read["expenses_maximum"]),
            source=read["source"],
        )
        for read in read_statute(FILE)["tables"]
    )


@cache
def _vat_rates() -> tuple[VatRate, ...]:
    return msgspec.convert(read_statute(FILE)["vat"], tuple[VatRate, ...])
