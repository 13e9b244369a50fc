"""What a case must have before it is collected, and what of it is missing; each code names one thing.

A private debtor's first letter needs creditor and address, ground and date of the contract and since when
the debtor is in default (§ 13a RDG, § 286 BGB); nobody is written to without an address, and what has
probably lapsed (§§ 195, 199 BGB) waits for the creditor's word.
"""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

import msgspec

from storage.law.default import DefaultFacts, default_begins
from storage.law.limitation import ClaimDates, LimitationLevel, limitation_of


class Missing(StrEnum):
    """What a case waits for."""

    GROUND = "ground"
    CONTRACT_DATE = "contract_date"
    DEFAULT_SINCE = "default_since"
    CREDITOR_ADDRESS = "creditor_address"
    DEBTOR_ADDRESS = "debtor_address"
    TIME_BARRED = "time_barred"
    HELD = "held"


class ClaimFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one claim; dates as they were handed over."""

    ground: str | None
    contract_date: date | None
    invoice_date: date | None
    due_date: date | None
    default_since: date | None
    default_reason: str | None


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the formal checks look at."""

    is_consumer: bool
    creditor_address: bool
    debtor_address: bool
    held: bool
    claims: Sequence[ClaimFacts]


def formal_gaps(facts: CaseFacts, today: date) -> tuple[Missing, ...]:
    """What keeps a case in VALIDATION, in the order of asking."""
    gaps: list[Missing] = [Missing.HELD] if facts.held else []
    if facts.is_consumer:
        if not facts.creditor_address:
            gaps.append(Missing.CREDITOR_ADDRESS)
        if not all(claim.ground for claim in facts.claims):
            gaps.append(Missing.GROUND)
        if not all(claim.contract_date for claim in facts.claims):
            gaps.append(Missing.CONTRACT_DATE)
    if not all(default_since(claim, is_consumer=facts.is_consumer) for claim in facts.claims):
        gaps.append(Missing.DEFAULT_SINCE)
    if is_time_barred(facts.claims, today):
        gaps.append(Missing.TIME_BARRED)
    return tuple(gaps)


def default_since(claim: ClaimFacts, *, is_consumer: bool) -> date | None:
    """The first day that bears interest; None before default."""
    verdict = default_begins(
        DefaultFacts(
            consumer=is_consumer,
            due_date=claim.due_date,
            asserted_since=claim.default_since,
            asserted_reason=claim.default_reason,
        )
    )
    return verdict.since


def is_time_barred(claims: Sequence[ClaimFacts], today: date) -> bool:
    """Whether one of the claims has probably lapsed; unknown days are no reason to say so."""
    arisen = [claim.due_date or claim.invoice_date or claim.contract_date for claim in claims]
    known = [ClaimDates(arisen_on=day) for day in arisen if day is not None]
    return bool(known) and limitation_of(known, today).level is LimitationLevel.BLOCK
