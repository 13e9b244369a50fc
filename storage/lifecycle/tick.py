"""All that is due, late steps too, once: what `inkasso tick` does and a running gateway repeats."""

from datetime import datetime

from storage.books.plans import break_plans
from storage.books.settings import BookSettings
from storage.books.settlements import lapse_settlements
from storage.engine.database import Database
from storage.lifecycle.acceptance import accept_cases
from storage.lifecycle.autocollect import Rhythm
from storage.lifecycle.reviews import call_reviews
from storage.lifecycle.steps import take_due_steps


def tick(database: Database, settings: BookSettings, rhythm: Rhythm, now: datetime) -> dict[str, int]:
    """Do what is due; returns how much of each kind of work was done."""
    accepted = accept_cases(database, settings, rhythm, now)
    # What was agreed comes first: a case that goes on by it may have a step that is due today.
    lapsed = lapse_settlements(database, settings, now)
    broken = break_plans(database, settings, now)
    taken = take_due_steps(database, settings, rhythm, now)
    done = {
        "letters": accepted.letters,
        "waiting": accepted.waiting,
        "settlements_lapsed": lapsed,
        "plans_broken": broken,
        "fees_raised": taken.fees_raised,
        "steps": taken.steps,
        "reviews": call_reviews(database, now),
    }
    return {kind: count for kind, count in done.items() if count}
