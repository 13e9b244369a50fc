"""The steps inside AUTOCOLLECT."""

from datetime import date, timedelta

import pytest

from storage.lifecycle.autocollect import AutocollectStep, PlannedStep, Rhythm, fee_rises_on, next_step

START = date(2026, 4, 1)


def test_a_case_that_nobody_answers_goes_letter_by_letter_to_its_end():
    rhythm = Rhythm(contacts_planned=3, answer_days=14, call_out_days=10)
    done, contacts, step, day = [], 0, None, START
    while planned := next_step(step, day, contacts_made=contacts, rhythm=rhythm):
        step, day = planned.step, planned.not_before
        contacts += step in {AutocollectStep.CONTACT, AutocollectStep.ANNOUNCEMENT}
        done.append((step.value, (day - START).days))
    assert done == [
        ("contact", 0),
        ("call_out", 14),
        ("contact", 24),
        ("call_out", 38),
        ("announcement", 48),
        ("exhausted", 62),
    ]
    assert contacts == 3


def test_a_late_step_moves_the_next_one_with_it():
    planned = next_step(AutocollectStep.CONTACT, START + timedelta(days=5), contacts_made=1, rhythm=Rhythm())
    assert planned == PlannedStep(step=AutocollectStep.CALL_OUT, not_before=START + timedelta(days=19))


def test_contacts_that_were_cut_down_meanwhile_lead_to_the_announcement():
    planned = next_step(AutocollectStep.CALL_OUT, START, contacts_made=9, rhythm=Rhythm(contacts_planned=3))
    assert planned.step is AutocollectStep.ANNOUNCEMENT


def test_the_fee_rises_on_day_fourteen_after_the_first_letter():
    assert fee_rises_on(START, Rhythm()) == date(2026, 4, 15)


@pytest.mark.parametrize(
    "setting", [{"contacts_planned": 1}, {"answer_days": 0}, {"fee_rises_after_days": 0}]
)
def test_a_rhythm_that_makes_no_sense_is_refused(setting):
    with pytest.raises(AssertionError):
        Rhythm(**setting)
