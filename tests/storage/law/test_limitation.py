"""Limitation: ends, levels, restarts and suspension."""

from datetime import date

import pytest

from storage.law.limitation import (
    ClaimDates,
    LimitationLevel,
    LimitationRule,
    Suspension,
    limitation_of,
)

TODAY = date(2026, 11, 21)


def claim(arisen_on, **known):
    return ClaimDates(arisen_on=date.fromisoformat(arisen_on), **known)


@pytest.mark.parametrize(
    ("arisen_on", "ends_on", "level", "days_left"),
    [
        ("2021-06-30", "2024-12-31", LimitationLevel.BLOCK, -690),
        ("2022-01-01", "2025-12-31", LimitationLevel.BLOCK, -325),
        ("2022-12-31", "2025-12-31", LimitationLevel.BLOCK, -325),
        ("2023-01-01", "2026-12-31", LimitationLevel.RED, 40),
        ("2023-12-31", "2026-12-31", LimitationLevel.RED, 40),
        ("2024-01-01", "2027-12-31", LimitationLevel.NOTE, 405),
        ("2025-03-01", "2028-12-31", LimitationLevel.CLEAR, 771),
        ("2026-11-20", "2029-12-31", LimitationLevel.CLEAR, 1136),
    ],
)
def test_what_intake_says(arisen_on, ends_on, level, days_left):
    verdict = limitation_of([claim(arisen_on)], TODAY)
    assert (verdict.ends_on, verdict.level, verdict.days_left) == (
        date.fromisoformat(ends_on),
        level,
        days_left,
    )
    assert verdict.rule is LimitationRule.YEAR_END


@pytest.mark.parametrize(
    ("today", "level"),
    [
        ("2027-09-30", LimitationLevel.NOTE),
        ("2027-10-01", LimitationLevel.RED),
        ("2027-12-31", LimitationLevel.RED),
        ("2028-01-01", LimitationLevel.BLOCK),
    ],
)
def test_a_claim_of_2024_is_warned_of_again_from_october_2027(today, level):
    verdict = limitation_of([claim("2024-05-05")], date.fromisoformat(today))
    assert (verdict.level, verdict.warn_from) == (level, date(2027, 10, 1))


def test_of_several_claims_the_earliest_decides():
    verdict = limitation_of([claim("2025-01-01"), claim("2023-05-01"), claim("2024-01-01")], TODAY)
    assert (verdict.deciding, verdict.level) == (1, LimitationLevel.RED)


def test_an_acknowledgement_begins_three_years_anew_from_its_day():
    verdict = limitation_of([claim("2023-05-01", acknowledged_on=(date(2026, 4, 10),))], TODAY)
    assert (verdict.ends_on, verdict.rule) == (date(2029, 4, 10), LimitationRule.ACKNOWLEDGED)


def test_of_several_acknowledgements_the_last_counts():
    paid = (date(2026, 8, 1), date(2025, 5, 1), date(2027, 1, 1))
    verdict = limitation_of([claim("2022-05-01", acknowledged_on=paid)], TODAY)
    assert verdict.ends_on == date(2029, 8, 1)


def test_an_acknowledgement_never_shortens():
    verdict = limitation_of([claim("2025-01-10", acknowledged_on=(date(2025, 2, 1),))], TODAY)
    assert (verdict.ends_on, verdict.rule) == (date(2028, 12, 31), LimitationRule.YEAR_END)


def test_an_acknowledgement_of_what_has_lapsed_begins_nothing():
    verdict = limitation_of([claim("2022-05-01", acknowledged_on=(date(2026, 1, 1),))], TODAY)
    assert verdict.level is LimitationLevel.BLOCK


def test_an_acknowledgement_on_the_last_day_is_in_time():
    verdict = limitation_of([claim("2022-05-01", acknowledged_on=(date(2025, 12, 31),))], TODAY)
    assert verdict.ends_on == date(2028, 12, 31)


def test_a_title_holds_thirty_years():
    verdict = limitation_of([claim("2010-05-01", titled_on=date(2012, 2, 29))], TODAY)
    assert (verdict.ends_on, verdict.rule) == (date(2042, 2, 28), LimitationRule.TITLE)
    assert verdict.level is LimitationLevel.CLEAR


def test_while_suspended_nothing_lapses():
    running = Suspension(begins=date(2025, 12, 1))
    verdict = limitation_of([claim("2022-05-01", suspensions=(running,))], TODAY)
    assert (verdict.ends_on, verdict.days_left, verdict.level) == (None, None, LimitationLevel.CLEAR)


def test_suspended_days_are_added_and_overlaps_count_once():
    both = (
        Suspension(begins=date(2025, 11, 1), ends=date(2025, 11, 30)),
        Suspension(begins=date(2025, 11, 16), ends=date(2025, 12, 10)),
    )
    verdict = limitation_of([claim("2022-05-01", suspensions=both)], TODAY)
    assert verdict.ends_on == date(2026, 2, 9)  # 40 days after 31 December 2025


def test_what_was_suspended_before_the_period_began_adds_nothing():
    early = Suspension(begins=date(2022, 6, 1), ends=date(2022, 12, 31))
    assert limitation_of([claim("2022-05-01", suspensions=(early,))], TODAY).ends_on == date(2025, 12, 31)


def test_a_suspension_that_begins_too_late_adds_nothing():
    late = Suspension(begins=date(2026, 1, 1), ends=date(2026, 6, 1))
    assert limitation_of([claim("2022-05-01", suspensions=(late,))], TODAY).level is LimitationLevel.BLOCK


def test_proceedings_suspend_until_six_months_after_their_last_step():
    suspension = Suspension.by_proceedings(date(2025, 12, 15), date(2026, 8, 31))
    assert suspension == Suspension(begins=date(2025, 12, 15), ends=date(2027, 2, 28))


def test_a_suspended_claim_does_not_hide_one_that_lapses():
    running = claim("2022-05-01", suspensions=(Suspension(begins=date(2025, 12, 1)),))
    verdict = limitation_of([running, claim("2023-05-01")], TODAY)
    assert (verdict.deciding, verdict.level) == (1, LimitationLevel.RED)
