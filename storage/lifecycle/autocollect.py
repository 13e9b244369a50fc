"""The steps inside AUTOCOLLECT: letters, two weeks of calls, urgent letters, court action announced.

The status does not change. What follows a step is a small table; the number of contacts and the days are
settings. The last contact of all announces court action; after it the attempts are exhausted.
"""

from datetime import date, timedelta
from enum import StrEnum

import msgspec


class AutocollectStep(StrEnum):
    """What was done last, or comes next."""

    CONTACT = "contact"  # letter, mail, SMS; the first one is letter 1
    CALL_OUT = "call_out"
    ANNOUNCEMENT = "announcement"  # the contact that announces court action
    EXHAUSTED = "exhausted"  # evaluation by the legal department


class Rhythm(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how fast: contacts count letters, mails and SMS, the announcement among them."""

    contacts_planned: int = 4
    answer_days: int = 14  # between a contact and what follows it
    call_out_days: int = 14
    fee_rises_after_days: int = 14  # from 0.5 to 0.9

    def __post_init__(self) -> None:
        assert self.contacts_planned >= 2, "letter 1 and the announcement are two contacts"
        assert min(self.answer_days, self.call_out_days, self.fee_rises_after_days) > 0, "steps take days"


class PlannedStep(msgspec.Struct, frozen=True, kw_only=True):
    """The next step, and the first day on which it may be taken."""

    step: AutocollectStep
    not_before: date


def next_step(
    last: AutocollectStep | None, last_on: date, *, contacts_made: int, rhythm: Rhythm
) -> PlannedStep | None:
    """What follows the last step, which was taken (a call-out: begun) on `last_on`; None after the end.

    `contacts_made` counts all contacts so far. With `last` None letter 1 is due on `last_on` itself.
    """
    if last is None:
        return PlannedStep(step=AutocollectStep.CONTACT, not_before=last_on)
    if last is AutocollectStep.EXHAUSTED:
        return None
    if last is AutocollectStep.CALL_OUT:
        is_last = contacts_made + 1 >= rhythm.contacts_planned
        step = AutocollectStep.ANNOUNCEMENT if is_last else AutocollectStep.CONTACT
        return PlannedStep(step=step, not_before=last_on + timedelta(days=rhythm.call_out_days))
    step = AutocollectStep.CALL_OUT if last is AutocollectStep.CONTACT else AutocollectStep.EXHAUSTED
    return PlannedStep(step=step, not_before=last_on + timedelta(days=rhythm.answer_days))


def fee_rises_on(first_letter_on: date, rhythm: Rhythm) -> date:
    """The first day on which 0.9 is charged instead of 0.5, if nothing was paid."""
    return first_letter_on + timedelta(days=rhythm.fee_rises_after_days)
