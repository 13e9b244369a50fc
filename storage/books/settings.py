"""What the agency may set of the rules, with the decisions of the house as defaults."""

from typing import Literal

import msgspec

from storage.law.interest import DayCount


class BookSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Settings of the books; days are calendar days, cents whole cents.

    interest_to: whom interest after handover belongs to. tolerance_cents: up to this much that is left open
    is waived when a case is paid. letter_days: from the dispatch of a letter to its receipt. gap: what
    becomes of the fee when a debtor pays directly between handover and receipt of letter 1. hold_weeks: how
    long receipts by direct debit are kept from payout. waiver_first: on whose part a settlement's waiver
    falls first.
    """

    day_count: DayCount = DayCount.ACT_ACT
    value_date_included: bool = True
    interest_to: Literal["creditor", "agency"] = "creditor"
    tolerance_cents: int = 0
    letter_days: int = 3
    fee_raised_after_days: int = 14
    gap: Literal["review", "free"] = "review"
    waiver_first: Literal["agency", "creditor"] = "agency"
    hold_weeks: int = 8
    grace_days: int = 7
    missed_max: int = 2
    payout_day: int = 15
