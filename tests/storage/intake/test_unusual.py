"""What is unlike all before, or comes too early, waits for a JA; what is known already does not count."""

from datetime import date

import msgspec

from storage.intake.unusual import unusual
from tests.storage.road import entries, new_account, row, submit

TODAY = date(2026, 4, 20)
LATER, BEFORE = date(2026, 6, 1), date(2026, 3, 1)


def verdict(database, work, warned):
    with database.read() as connection:
        return unusual(connection, work.account_id, work.submission_id, warned=warned, today=TODAY)


def rows(first, count, due):
    listed = [row(n, f"R-{n}", customer=f"K{n}") for n in range(first, first + count)]
    return entries(*(msgspec.structs.replace(one, due_date=due) for one in listed))


def test_a_first_list_is_like_no_other_and_waits_for_nothing(database, now):
    account = new_account(database, now)
    assert verdict(database, submit(database, account, now, rows(2, 600, BEFORE)), 0) is None


def test_a_list_three_times_the_largest_waits(database, now):
    account = new_account(database, now)
    submit(database, account, now, rows(2, 150, BEFORE))
    found = verdict(database, submit(database, account, now, rows(1_000, 501, BEFORE)), 0)
    assert (found.kind, found.new, found.largest) == ("unusual_size", 501, 150)


def test_only_new_claims_are_early(database, now):
    account = new_account(database, now)
    early = rows(2, 3, LATER)
    first = submit(database, account, now, early)
    assert verdict(database, first, 3).early == 3
    again = submit(database, account, now, [*early, *rows(10, 1, BEFORE)])
    assert verdict(database, again, 3) is None
