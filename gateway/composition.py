"""The composition root: the one place where the parts are built and handed to each other."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gateway.clock import Clock
from gateway.config import Config
from gateway.garbage import collect_rarely
from gateway.owner import name_of_this_process
from gateway.reading.pool import ReaderPool
from gateway.road.answers import Answers
from gateway.road.travel import Road
from storage.books.settings import BookSettings
from storage.engine.database import Database
from storage.intake.group_commit import GroupCommit
from storage.law.interest import DayCount
from storage.lifecycle.autocollect import Rhythm
from storage.rehearsal import agree_on_rehearsal


class Gateway:
    """An open store with everything that works on it, without listeners."""

    def __init__(self, config: Config, clock: Clock, database: Database) -> None:
        self.config = config
        self.clock = clock
        self.database = database
        self.owner = name_of_this_process()
        self.drop_folder = Path(config.drop.folder)
        self.group_commit = GroupCommit(database, clock)
        self.pool = ReaderPool()
        self.answers = Answers(database, clock, domain=config.intake.domain, sender=config.delivery.sender)
        self.book_settings = book_settings(config)
        self.rhythm = Rhythm(
            contacts_planned=config.autocollect.contacts,
            answer_days=config.autocollect.answer_days,
            call_out_days=config.autocollect.call_out_days,
            fee_rises_after_days=config.fees.raised_after_days,
        )
        self.road = Road(
            database, self.pool, clock, self.answers, config.intake.rows_max, settings=self.book_settings
        )


def book_settings(config: Config) -> BookSettings:
    """What the configuration sets of the rules of the books."""
    return BookSettings(
        day_count=DayCount(config.fees.day_count),
        value_date_included=config.fees.value_date_included,
        interest_to=config.fees.interest_to,
        tolerance_cents=config.fees.tolerance_cents,
        letter_days=config.autocollect.letter_days,
        fee_raised_after_days=config.fees.raised_after_days,
        gap=config.fees.gap,
        waiver_first=config.fees.waiver_first,
        hold_weeks=config.payout.hold_weeks,
        grace_days=config.autocollect.plan_grace_days,
        missed_max=config.autocollect.plan_missed_rates,
        payout_day=config.payout.day,
    )


@contextmanager
def open_gateway(config: Config, clock: Clock) -> Iterator[Gateway]:
    """A gateway with its store migrated; closed again on leaving."""
    os.umask(0o077)  # whatever is written here holds personal data
    collect_rarely()
    database = Database.open(config.store.url)
    try:
        database.migrate()
        agree_on_rehearsal(database, rehearsal=config.store.rehearsal)
        gateway = Gateway(config, clock, database)
        try:
            yield gateway
        finally:
            gateway.group_commit.stop()
            gateway.pool.close()
    finally:
        database.close()
