"""What is missing in a list is told from what its report has listed before, on both engines."""

import pytest

from storage.identity import fold
from storage.intake.lists import STATES_KEPT, states_of
from storage.intake.missing import Listed, find_missing, put_missing
from storage.intake.notices import Notice, asked_claims, record_notices
from storage.intake.tasks import open_tasks
from storage.intake.withdraw import withdraw
from storage.verify import verify
from tests.storage.intake.test_commit import move_to
from tests.storage.road import commit, end, entries, new_account, row, start

HEADER = "header"


@pytest.fixture
def report(database, now):
    return Report(database, now)


class Report:
    """Lists of one creditor, sent one after the other; each is what the road would make of it."""

    def __init__(self, database, now):
        self.database, self.now = database, now
        self.account = new_account(database, now)
        self.work = None

    def send(self, numbers, header=HEADER, rejected=(), *, is_whole=True, corrects=None, **rest):
        """The invoice numbers that the list asks about."""
        chunk = entries(*(_row(number, **rest) for number in numbers))
        self.work = start(self.database, self.account, self.now)
        commit(self.database, self.work, chunk, self.now)
        listed = Listed(
            by_header={header: frozenset(entry.identity for entry in chunk)},
            rejected_numbers=frozenset(fold(f"RE-{number}") for number in rejected),
            is_whole=is_whole,
        )
        with self.database.read() as connection:
            missing = find_missing(
                connection, self.account.account_id, self.work.submission_id, listed, corrects=corrects
            )
        with self.database.write() as connection:
            put_missing(connection, self.work, missing)
        end(self.database, self.work, self.now)
        return [int(one.invoice_number.removeprefix("RE-")) for one in missing.claims]

    def states(self, header=HEADER):
        with self.database.read() as connection:
            return states_of(connection, self.account.account_id, header)


def _row(number, moved=(), unnamed=(), **rest):
    customer = f"{'X' if number in moved else 'K'}{number}"
    return row(number, None if number in unnamed else f"RE-{number}", customer=customer, **rest)


def test_what_has_vanished_is_asked_about_once(report):
    assert report.send(range(1, 6)) == []
    assert report.send([1, 2, 3, 6]) == [4, 5]
    assert report.send([1, 2, 3, 6]) == []
    assert report.send([1, 2, 3]) == [6]


def test_a_claim_is_asked_about_again_once_it_has_come_back_and_vanished(report):
    report.send(range(1, 6))
    assert report.send([1, 2, 3, 4]) == [5]
    assert report.send([1, 2, 3, 4, 5]) == []
    assert report.send([1, 2, 3, 4]) == [5]


def test_changed_claims_are_there_and_claims_that_another_list_brought_count_too(report):
    report.send(range(1, 5), header="other")
    assert report.send(range(1, 6)) == []  # all but one are unchanged, and of no list with this header
    assert report.send([1, 2, 3], amount="50.00") == [4, 5]


def test_who_sends_only_new_claims_is_never_asked(report):
    for first in range(1, 100, 10):
        assert report.send(range(first, first + 10)) == []
    assert len(report.states()) == STATES_KEPT


@pytest.mark.parametrize(("again", "asked"), [(3, [4, 5, 6, 7, 8, 9]), (2, [])])
def test_a_third_of_the_open_claims_must_be_there_again(report, again, asked):
    report.send(range(1, 10))
    assert report.send([*range(1, again + 1), 20, 21]) == asked


def test_lists_of_two_branches_with_one_header_are_kept_apart(report):
    for _ in range(2):
        assert report.send(range(1, 6)) == []
        assert report.send(range(11, 16)) == []
    assert report.send(range(1, 5)) == [5]
    assert report.send(range(12, 16)) == [11]
    assert len(report.states()) == 2


def test_another_header_is_another_report(report):
    report.send(range(1, 6))
    assert report.send(range(1, 4), header="other") == []


def test_what_stands_in_a_rejected_row_is_not_missing_until_the_next_list(report):
    report.send(range(1, 6))
    assert report.send([1, 2, 3], rejected=[4]) == [5]
    assert report.send([1, 2, 3]) == [4]


def test_a_list_that_was_not_read_whole_asks_nothing_and_forgets_nothing(report):
    report.send(range(1, 6))
    assert report.send([1, 2, 3], is_whole=False) == []
    assert report.send([1, 2, 3]) == [4, 5]


def test_a_correction_asks_nothing_and_belongs_to_the_list_that_it_corrects(report):
    report.send(range(1, 6))
    assert report.send([6], corrects=report.work.submission_id) == []
    assert report.send([1, 2, 3, 4]) == [5, 6]


def test_an_invoice_under_another_debtor_is_not_missing(report):
    report.send(range(1, 6))
    assert report.send(range(1, 5), moved=[4]) == [5]


def test_claims_of_closed_cases_are_not_missing(report):
    report.send([4], header="other")
    move_to(report.database, "CLEARED")
    report.send(range(1, 6))
    assert report.send([1, 2, 3]) == [5]


def test_withdrawn_claims_are_not_missing(report):
    report.send([4], header="other")
    wrong = report.work.submission_id
    report.send(range(1, 6))
    with report.database.write() as connection:
        withdraw(connection, wrong, "operator", report.now)
    assert report.send([1, 2, 3]) == [5]


def test_a_claim_without_an_invoice_number_is_never_asked_about(report):
    report.send(range(1, 6), unnamed=[4])
    assert report.send([1, 2, 3]) == [5]


def test_notices_become_tasks_and_history_once(report):
    report.send(range(1, 6))
    assert report.send([1, 2, 3]) == [4, 5]
    database, now, account_id = report.database, report.now, report.account.account_id
    asked_by = report.work.submission_id
    with database.read() as connection:
        asked = asked_claims(connection, account_id, asked_by)
    paid, cancelled = (
        Notice(
            case_id=one.case_id,
            position=one.position,
            invoice_number=one.invoice_number,
            answer=answer,
            paid_on="2026-04-01" if answer == "paid" else None,
            cents=one.cents if answer == "paid" else None,
            covers="full" if answer == "paid" else None,
        )
        for one, answer in zip(asked, ("paid", "cancelled"), strict=True)
    )
    reply = start(database, report.account, now)

    with database.write() as connection:
        assert record_notices(connection, reply, asked_by, [paid], now) == 1
    with database.write() as connection:
        assert record_notices(connection, reply, asked_by, [paid, cancelled], now) == 0
    end(database, reply, now)

    with database.read() as connection:
        tasks = open_tasks(connection)
        assert verify(connection).findings == ()
    assert [(one.kind, one.case_id) for one in tasks] == [
        ("payment_notice", paid.case_id),
        ("cancellation_request", cancelled.case_id),
    ]
