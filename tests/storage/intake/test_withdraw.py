"""A submission can be taken back whole until a letter has gone out."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.cases.cases import show_case
from storage.errors import RefusedError, UnknownError
from storage.intake.submissions import cases_of, get_submission
from storage.intake.tasks import open_tasks
from storage.intake.withdraw import withdraw
from storage.money import Money
from storage.verify import verify
from tests.storage.intake.test_commit import counts, move_to
from tests.storage.road import commit, end, entries, new_account, row, start, submit


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def take_back(database, work, now):
    with database.write() as connection:
        withdrawal = withdraw(connection, work.submission_id, "operator", now)
    with database.read() as connection:
        assert verify(connection).findings == ()
    return withdrawal


def case_of(database, work):
    with database.read() as connection:
        one = cases_of(connection, work.account_id, work.submission_id)[0]
        return show_case(connection, one.number)


def test_its_cases_are_recalled_and_the_list_can_be_sent_again_as_new(database, account, now):
    chunk = entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="B"), row(4, "R-3", customer="B"))
    work = submit(database, account, now, chunk)
    withdrawal = take_back(database, work, now)
    assert withdrawal.recalled == ("26-000001-5", "26-000002-3")
    assert (withdrawal.reduced, withdrawal.claims, withdrawal.restored) == ((), 3, 0)
    case = case_of(database, work)
    assert (case.status, case.handed_over.total) == ("RECALLED", Money(0))
    assert [(e.from_status, e.to_status, e.trigger, e.actor) for e in case.events][-1] == (
        "VALIDATION",
        "RECALLED",
        "withdrawal",
        "operator",
    )
    again = submit(database, account, now, chunk)
    assert counts(database, again) == {"new": 3}
    fresh = case_of(database, again)
    assert (fresh.number, fresh.status) == ("26-000003-1", "VALIDATION")


def test_claims_that_joined_an_older_case_are_taken_out_of_it(database, account, now):
    first = submit(database, account, now, entries(row(2, "R-1", "10.00", customer="A")))
    second = submit(
        database, account, now, entries(row(2, "R-2", "20.00", customer="A", costs=[("other", "1.00")]))
    )
    withdrawal = take_back(database, second, now)
    assert (withdrawal.recalled, withdrawal.reduced) == ((), ("26-000001-5",))
    case = case_of(database, first)
    assert (case.status, case.handed_over.total) == ("VALIDATION", Money(1_000))
    assert [claim.withdrawn_at for claim in case.claims] == [None, now]
    assert case.events[-1].trigger == "claims_withdrawn"


def test_a_case_whose_first_claims_are_gone_goes_on_with_the_later_ones(database, account, now):
    first = submit(database, account, now, entries(row(2, "R-1", customer="A")))
    second = submit(database, account, now, entries(row(2, "R-2", customer="A")))
    assert take_back(database, first, now).reduced == ("26-000001-5",)
    assert take_back(database, second, now).recalled == ("26-000001-5",)


def test_changed_rows_get_their_values_back(database, account, now):
    first = submit(
        database, account, now, entries(row(2, "R-1", "10.00", customer="A", costs=[("other", "1.00")]))
    )
    second = submit(database, account, now, entries(row(2, "R-1", "20.00", customer="A", phone="1")))
    assert take_back(database, second, now).restored == 1
    case = case_of(database, first)
    assert (case.handed_over.principal, case.handed_over.creditor_costs) == (Money(1_000), Money(100))
    assert case.debtor["phone"] is None
    again = submit(
        database, account, now, entries(row(2, "R-1", "10.00", customer="A", costs=[("other", "1.00")]))
    )
    assert counts(database, again) == {"unchanged": 1}


def test_a_change_that_a_later_submission_has_overtaken_stays_overtaken(database, account, now):
    first = submit(database, account, now, entries(row(2, "R-1", "10.00", customer="A")))
    second = submit(database, account, now, entries(row(2, "R-1", "20.00", customer="A")))
    third = submit(database, account, now, entries(row(2, "R-1", "30.00", customer="A")))
    assert take_back(database, second, now).restored == 0
    assert case_of(database, first).handed_over.principal == Money(3_000)
    assert take_back(database, third, now).restored == 1
    assert case_of(database, first).handed_over.principal == Money(
        1_000
    )  # not what the withdrawn one had said


def test_once_a_letter_has_gone_out_it_is_refused_and_the_cases_are_named(database, account, now):
    work = submit(database, account, now, entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="B")))
    move_to(database, "AUTOCOLLECT")
    with pytest.raises(RefusedError, match="26-000001-5, 26-000002-3"):
        take_back(database, work, now)
    with database.read() as connection:
        assert get_submission(connection, work.submission_id).state == "done"


def test_twice_too_early_and_unknown_are_refused(database, account, now):
    work = start(database, account, now)
    with pytest.raises(RefusedError, match="not finished"):
        take_back(database, work, now)
    commit(database, work, entries(row(2, "R-1")), now)
    end(database, work, now)
    take_back(database, work, now)
    with pytest.raises(RefusedError, match="withdrawn already"):
        take_back(database, work, now)
    with pytest.raises(UnknownError), database.write() as connection:
        withdraw(connection, 4711, "operator", now)


def test_its_questions_to_the_operator_go_with_it(database, account, now):
    submit(database, account, now, entries(row(2, "R-1", "10.00", customer="A")))
    move_to(database, "ENRICHMENT")
    asking = submit(database, account, now, entries(row(2, "R-1", "20.00", customer="A")))
    take_back(database, asking, now)
    with database.read() as connection:
        assert open_tasks(connection) == []


def test_of_two_who_withdraw_at_once_one_is_refused(database, account, now):
    work = submit(database, account, now, entries(row(2, "R-1")))

    def ask(_):
        try:
            return take_back(database, work, now).claims
        except RefusedError:
            return "refused"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(map(str, pool.map(ask, range(2)))) == ["1", "refused"]


def test_a_submission_that_commits_meanwhile_sees_the_claims_either_standing_or_gone(database, account, now):
    chunk = entries(*(row(n, f"R-{n}", customer=f"C{n}") for n in range(2, 102)))
    first = submit(database, account, now, chunk)
    second = start(database, account, now)
    with ThreadPoolExecutor(2) as pool:
        taking = pool.submit(take_back, database, first, now)
        committing = pool.submit(commit, database, second, chunk, now)
        taking.result()
        committing.result()
    end(database, second, now)
    assert counts(database, second) in ({"new": 100}, {"unchanged": 100})
    with database.read() as connection:
        assert verify(connection).findings == ()
