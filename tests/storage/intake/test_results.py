"""What became of each row, as the tables beside an answer tell it."""

from datetime import datetime

from storage.case_number import CaseNumbers
from storage.engine.database import Database
from storage.intake.results import case_ids_of, row_outcomes, under_review
from storage.money import Money
from tests.storage import road


def outcomes(database: Database, work: road.Work) -> list[tuple[int, str, str | None]]:
    with database.read() as connection:
        found = row_outcomes(connection, work.account_id, work.submission_id, with_changes=True)
        return sorted((one.row, one.decision, one.invoice) for one in found)


def test_every_row_that_brought_something_is_told_once(database: Database, now: datetime):
    account = road.new_account(database, now)
    first = road.submit(
        database,
        account,
        now,
        road.entries(road.row(2, "RE-1"), road.row(3, "RE-2", "5.00"), road.rejected(4), road.skipped(5)),
    )
    second = road.submit(
        database, account, now, road.entries(road.row(2, "RE-1"), road.row(3, "RE-2", "6.00"))
    )

    assert outcomes(database, first) == [
        (2, "new", "RE-1"),
        (3, "new", "RE-2"),
        (4, "rejected", None),
        (5, "skipped", None),
    ]
    assert outcomes(database, second) == [(3, "changed", "RE-2")]


def test_the_table_names_the_case_and_what_is_owed(database: Database, now: datetime):
    account = road.new_account(database, now)
    work = road.submit(database, account, now, road.entries(road.row(2, "RE-1", "12.30", customer="K1")))

    with database.read() as connection:
        (told,) = row_outcomes(connection, work.account_id, work.submission_id, with_changes=False)
        numbers = CaseNumbers(case_ids_of(connection, work.account_id, work.submission_id))
        waiting = under_review(connection, work.account_id, work.submission_id)

    assert (told.case, told.debtor, told.principal) == (numbers[0], "K1", Money(1230))
    assert (len(numbers), waiting) == (1, 0)
