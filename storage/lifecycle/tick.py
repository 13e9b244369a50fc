"""All that is due, late steps too, once: what `inkasso tick` does and a running gateway repeats."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from storage.books.plans import break_plans
from storage.books.settings import BookSettings
from storage.books.settlements import lapse_settlements
from storage.engine.database import Database
from storage.errors import StatutoryDataMissingError
from storage.lifecycle.acceptance import accept_cases
from storage.lifecycle.autocollect import Rhythm
from storage.lifecycle.reviews import call_reviews
from storage.lifecycle.steps import take_due_steps

Work = Callable[[], dict[str, int]]


def tick(
    database: Database,
    settings: BookSettings,
    rhythm: Rhythm,
    now: datetime,
    *,
    wait: timedelta = timedelta(0),
    on_missing: Callable[[StatutoryDataMissingError], None] | None = None,
) -> dict[str, int]:
    """Do what is due; returns how much of each kind of work was done.

    wait: how long a case rests after its handover before letter 1, so that a list can be taken back.

    A figure of the law that is missing is raised, or told to `on_missing` and the other kinds of work go on.
    """
    done: dict[str, int] = {}
    for work in _work(database, settings, rhythm, now, wait):
        try:
            done |= work()
        except StatutoryDataMissingError as missing:
            if on_missing is None:
                raise
            on_missing(missing)
    return {kind: count for kind, count in done.items() if count}


def _work(
    database: Database, settings: BookSettings, rhythm: Rhythm, now: datetime, wait: timedelta
) -> Iterator[Work]:
    """The kinds of work in their order: a case that goes on by what lapsed may have a step due today."""

    def accept() -> dict[str, int]:
        accepted = accept_cases(database, settings, rhythm, now, wait)
        return {"letters": accepted.letters, "waiting": accepted.waiting}

    def take_steps() -> dict[str, int]:
        taken = take_due_steps(database, settings, rhythm, now)
        return {"fees_raised": taken.fees_raised, "steps": taken.steps}

    yield accept
    yield lambda: {"settlements_lapsed": lapse_settlements(database, settings, now)}
    yield lambda: {"plans_broken": break_plans(database, settings, now)}
    yield take_steps
    yield lambda: {"reviews": call_reviews(database, now)}
