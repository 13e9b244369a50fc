"""When a claim becomes time-barred (§§ 195 to 217 BGB), and what intake says about it.

Counted from the day on which each invoice fell due, never from the handover; of several, the earliest
decides. What is not told (negotiations, a suspension that nobody recorded) does not lengthen anything: the
end given here is never later than what the facts prove. Interest that falls due after a title lapses in three
years again (§ 197(2)); this is about the claim itself.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from storage.law.periods import months_later, years_later

REGULAR_YEARS = 3  # § 195
TITLE_YEARS = 30  # § 197(1) No. 3
SUSPENSION_ENDS_MONTHS = 6  # § 204(2): after the last step of the proceedings
RED_MONTHS = 3
_DAY = timedelta(days=1)


class LimitationLevel(StrEnum):
    """What intake does, the mildest first."""

    CLEAR = "clear"
    NOTE = "note"  # lapses within this year or the next
    RED = "red"  # lapses within three months: go to court at once
    BLOCK = "block"  # has lapsed, as far as is known: no letters without evidence or the creditor's word


class LimitationRule(StrEnum):
    """Which rule gave the end."""

    YEAR_END = "§§ 195, 199 BGB"
    ACKNOWLEDGED = "§ 212 BGB"
    TITLE = "§ 197 BGB"


class Suspension(msgspec.Struct, frozen=True, kw_only=True):
    """Days that do not count (§ 209): court dunning (§ 204), negotiations (§ 203). No end: still running."""

    begins: date
    ends: date | None = None

    @classmethod
    def by_proceedings(cls, begins: date, last_step: date) -> "Suspension":
        """From filing (or service) to six months after the last step (§ 204(2) BGB)."""
        return cls(begins=begins, ends=months_later(last_step, SUSPENSION_ENDS_MONTHS))


class ClaimDates(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one claim.

    `arisen_on`: when it fell due · `acknowledged_on`: acknowledgements, installments and part payments by the
    debtor · `titled_on`: when a court's title became final.
    """

    arisen_on: date
    acknowledged_on: tuple[date, ...] = ()
    suspensions: tuple[Suspension, ...] = ()
    titled_on: date | None = None


class LimitationVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """When the first of the claims lapses: `ends_on` is its last good day, None while it is suspended.

    `days_left` counts from today to ends_on, below zero once lapsed · `warn_from`: first day of RED ·
    `deciding`: the position of the claim in what was asked.
    """

    level: LimitationLevel
    rule: LimitationRule
    ends_on: date | None
    days_left: int | None
    warn_from: date | None
    deciding: int


def limitation_of(claims: Sequence[ClaimDates], today: date) -> LimitationVerdict:
    """The verdict over at least one claim; the earliest end decides."""
    assert claims, "limitation is asked about at least one claim"
    ends = [_end_of(claim, today) for claim in claims]
    deciding = min(range(len(ends)), key=lambda number: ends[number][0] or date.max)
    ends_on, rule = ends[deciding]
    if ends_on is None:
        return LimitationVerdict(
            level=LimitationLevel.CLEAR,
            rule=rule,
            ends_on=None,
            days_left=None,
            warn_from=None,
            deciding=deciding,
        )
    warn_from = months_later(ends_on, -RED_MONTHS) + _DAY
    return LimitationVerdict(
        level=_level(today, ends_on, warn_from),
        rule=rule,
        ends_on=ends_on,
        days_left=(ends_on - today).days,
        warn_from=warn_from,
        deciding=deciding,
    )


def _level(today: date, ends_on: date, warn_from: date) -> LimitationLevel:
    if today > ends_on:
        return LimitationLevel.BLOCK
    if today >= warn_from:
        return LimitationLevel.RED
    return LimitationLevel.NOTE if ends_on.year <= today.year + 1 else LimitationLevel.CLEAR


def _end_of(claim: ClaimDates, today: date) -> tuple[date | None, LimitationRule]:
    """The last good day of one claim as of today, and the rule that gave it."""
    if claim.titled_on is not None and claim.titled_on <= today:
        return years_later(claim.titled_on, TITLE_YEARS), LimitationRule.TITLE
    suspensions = [one for one in claim.suspensions if one.begins <= today]
    begun = date(claim.arisen_on.year, 12, 31)
    rule = LimitationRule.YEAR_END
    end = _suspended(begun, years_later(begun, REGULAR_YEARS), suspensions)
    for day in sorted(claim.acknowledged_on):
        if day > today or (end is not None and day > end):
            break  # what has lapsed does not begin anew
        restarted = _suspended(day, years_later(day, REGULAR_YEARS), suspensions)
        if end is not None and (restarted is None or restarted > end):
            end, rule = restarted, LimitationRule.ACKNOWLEDGED
    return end, rule


def _suspended(begun: date, end: date, suspensions: Sequence[Suspension]) -> date | None:
    """The end moved by the suspended days after `begun`; None while one is running. Overlaps count once."""
    counted = begun
    for one in sorted(suspensions, key=lambda suspension: suspension.begins):
        if one.begins > end:
            break
        if one.ends is None:
            return None
        first = max(one.begins, counted + _DAY)
        if one.ends >= first:
            end += one.ends - first + _DAY
            counted = one.ends
    return end
