"""Lists of cases, and one case looked up by its number."""

from datetime import timedelta

import pytest

from storage.books.settings import BookSettings
from storage.cases import export
from storage.cases.cases import find_case, show_case
from storage.cases.export import CaseChoice, export_cases
from storage.errors import RefusedError, UnknownError
from storage.intake.withdraw import withdraw
from storage.money import Money
from tests.conftest import NOW
from tests.storage.intake.test_commit import move_to
from tests.storage.road import entries, new_account, row, submit


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def exported(database, account, **filters):
    with database.read() as connection:
        choice = CaseChoice(today=NOW.date(), **filters)
        return list(export_cases(connection, account.account_id, BookSettings(), choice))


def test_a_list_holds_every_case_with_what_its_claims_come_to(database, account, now):
    items = (
        row(
            2,
            "R-1",
            "10.00",
            customer="A",
            creditor_reference="X",
            costs=[("dunning_fee", "2.50"), ("other", "0.50")],
        ),
        row(3, "R-2", "5.00", customer="A", creditor_reference="X"),
        row(4, None, "7.00", customer="B"),
    )
    submit(database, account, now, entries(*items))
    one, two = exported(database, account)
    assert (one.number, one.debtor, one.debtor_number, one.claims) == ("26-000001-5", "A", "A", 2)
    assert (one.invoices, one.creditor_references) == (("R-1", "R-2"), ("X",))
    assert (one.principal, one.creditor_costs, one.owed) == (Money(1_500), Money(300), Money(1_800))
    assert (one.status, one.last_step, one.last_step_at, one.opened_at) == (
        "VALIDATION",
        "handover",
        now,
        now,
    )
    assert (two.invoices, two.owed) == ((), Money(700))


def test_withdrawn_claims_are_in_no_list_but_their_case_is(database, account, now):
    work = submit(database, account, now, entries(row(2, "R-1", customer="A")))
    with database.write() as connection:
        withdraw(connection, work.submission_id, "operator", now)
    (one,) = exported(database, account)
    assert (one.status, one.claims, one.owed, one.last_step) == ("RECALLED", 0, Money(0), "withdrawal")


def test_a_list_can_be_of_one_status_or_time(database, account, now):
    submit(database, account, now, entries(row(2, "R-1", customer="A")))
    move_to(database, "AUTOCOLLECT")
    later = now + timedelta(days=3)
    submit(database, account, later, entries(row(2, "R-2", customer="B")))
    assert [one.debtor for one in exported(database, account, status="AUTOCOLLECT")] == ["A"]
    assert [one.debtor for one in exported(database, account, opened_from=later)] == ["B"]
    assert [one.debtor for one in exported(database, account, opened_before=later)] == ["A"]
    with pytest.raises(RefusedError, match="no status"):
        exported(database, account, status="OPEN")


def test_long_lists_are_read_page_by_page(database, account, now, monkeypatch):
    monkeypatch.setattr(export, "_CASES_A_TIME", 10)
    items = [row(n, f"R-{n}", customer=f"C{n}") for n in range(2, 27)]
    submit(database, account, now, entries(*items))
    assert len({one.number for one in exported(database, account)}) == 25


def test_each_account_sees_its_own_cases_only(database, account, now):
    other = new_account(database, now, "b@laden.example")
    submit(database, account, now, entries(row(2, "R-1", customer="A")))
    assert exported(database, other) == []


@pytest.mark.parametrize(
    ("number", "error"), [("26-000001-6", RefusedError), ("26-000001-5", UnknownError), ("x", RefusedError)]
)
def test_a_number_that_is_none_or_nobodys_is_told_apart(database, number, error):
    with pytest.raises(error), database.read() as connection:
        show_case(connection, number)


def test_a_case_is_found_by_its_number_whoever_owns_it(database, account, now):
    other = new_account(database, now, "b@laden.example")
    submit(database, other, now, entries(row(2, "R-1", customer="A")))
    with database.read() as connection:
        assert find_case(connection, "26 000001 5").account_id == other.account_id
