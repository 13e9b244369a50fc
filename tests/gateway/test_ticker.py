"""A running gateway does what is due by itself."""

import threading
from datetime import UTC, date, datetime

from gateway.ticker import Ticker
from storage.books.settings import BookSettings
from storage.intake.tasks import open_tasks
from storage.lifecycle.autocollect import Rhythm
from tests.storage.books.collected import claim, creditor, hand_over

NOW = datetime(2026, 2, 2, 9, tzinfo=UTC)
BEFORE_ALL_TABLES = datetime(1999, 3, 1, 9, tzinfo=UTC)


def ticker(database, clock):
    return Ticker(database, BookSettings(), Rhythm(), clock, every_seconds=0.01)


def test_it_ticks_on_start_and_again_until_it_is_stopped(database):
    account = creditor(database, NOW)
    hand_over(database, account, NOW, claim())
    seen, twice = [], threading.Event()

    def clock():
        seen.append(NOW)
        if len(seen) > 1:
            twice.set()
        return NOW

    ticking = ticker(database, clock)
    ticking.start()
    assert twice.wait(30)
    assert ticking.is_alive
    ticking.stop()
    assert not ticking.is_alive
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT status FROM cases").scalar() == "AUTOCOLLECT"


def test_a_figure_of_the_law_that_is_missing_is_one_task_for_the_operator(database):
    account = creditor(database, BEFORE_ALL_TABLES)
    days = {
        "contract_date": date(1999, 1, 2),
        "due_date": date(1999, 1, 10),
        "default_since": date(1999, 1, 16),
    }
    hand_over(database, account, BEFORE_ALL_TABLES, claim(**days))
    ticking = ticker(database, lambda: BEFORE_ALL_TABLES)
    for _ in range(2):
        assert ticking.round() == {}
    with database.read() as connection:
        (task,) = open_tasks(connection, "statutory_data_missing")
    assert "storage/law/" in task.detail["about"]
