"""A row with other content updates its claim while the case is checked, and asks the operator later."""

import pytest

from storage.cases.cases import show_case
from storage.intake.submissions import cases_of, get_submission
from storage.intake.tasks import open_tasks, resolve_task
from storage.money import Money
from storage.records import DebtorKind
from storage.verify import verify
from tests.storage.intake.test_commit import move_to
from tests.storage.road import entries, new_account, row, submit


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def only_case(database, account, work):
    with database.read() as connection:
        assert verify(connection).findings == ()
        (one,) = cases_of(connection, account.account_id, work.submission_id)
        return show_case(connection, one.number)


def test_a_corrected_row_updates_claim_costs_and_debtor_and_keeps_the_old_values(database, account, now):
    wrong = row(
        2, "R-1", "100.00", customer="A", phone="1", costs=[("dunning_fee", "5.00"), ("other", "1.00")]
    )
    right = row(
        2, "R-1", "90.00", customer="A", email="a@b.example", costs=[("dunning_fee", "2.50")], ground="Miete"
    )
    first = submit(database, account, now, entries(wrong))
    second = submit(database, account, now, entries(right))
    case = only_case(database, account, first)
    assert (case.handed_over.principal, case.handed_over.creditor_costs) == (Money(9_000), Money(250))
    assert (case.debtor["email"], case.debtor["phone"], case.claims[0].ground) == (
        "a@b.example",
        "1",
        "Miete",
    )
    event = case.events[-1]
    assert (event.trigger, event.submission_id) == ("row_changed", second.submission_id)
    assert event.detail["old"]["claim"]["principal_cents"] == 10_000
    assert event.detail["new"]["claim"]["principal_cents"] == 9_000
    assert event.detail["old"]["costs"] == [["dunning_fee", 500], ["other", 100]]
    with database.read() as connection:
        assert get_submission(connection, second.submission_id).changed == 1
    assert submit_again_counts(database, account, now, right) == {"unchanged": 1}


def test_a_row_corrected_to_somebody_else_keeps_nothing_of_the_former_debtor(database, account, now):
    firm = row(
        2,
        "X-1",
        customer="K5",
        name=None,
        company="Foo GmbH",
        kind=DebtorKind.COMPANY,
        email="foo@foo.example",
    )
    person = row(2, "X-1", customer="K5", name="Lehmann", first_name="Karl", city="München")
    first = submit(database, account, now, entries(firm))
    submit(database, account, now, entries(person))
    case = only_case(database, account, first)
    told = {name: case.debtor[name] for name in ("name", "first_name", "company", "email", "city")}
    assert told == {
        "name": "Lehmann",
        "first_name": "Karl",
        "company": None,
        "email": None,
        "city": "München",
    }
    assert case.events[-1].detail["old"]["debtor"]["email"] == "foo@foo.example"


def test_a_name_that_is_only_spelled_otherwise_is_the_same_person(database, account, now):
    before = row(2, "X-1", customer="K5", name="Müller", email="m@b.example")
    after = row(2, "X-1", customer="K5", name="MUELLER", phone="1")
    first = submit(database, account, now, entries(before))
    submit(database, account, now, entries(after))
    case = only_case(database, account, first)
    assert (case.debtor["name"], case.debtor["email"], case.debtor["phone"]) == (
        "MUELLER",
        "m@b.example",
        "1",
    )


def submit_again_counts(database, account, now, *items):
    work = submit(database, account, now, entries(*items))
    with database.read() as connection:
        summary = get_submission(connection, work.submission_id)
    return {name: count for name in ("new", "unchanged", "changed") if (count := getattr(summary, name))}


def test_a_row_that_changes_twice_in_one_chunk_keeps_both_steps(database, account, now):
    first = submit(database, account, now, entries(row(2, "R-1", "1.00", customer="A")))
    both = [
        *entries(row(2, "R-1", "2.00", customer="A")),
        *entries(row(2, "R-1", "3.00", customer="A"), document=1),
    ]
    submit(database, account, now, both)
    case = only_case(database, account, first)
    steps = [event.detail for event in case.events[1:]]
    assert [(s["old"]["claim"]["principal_cents"], s["new"]["claim"]["principal_cents"]) for s in steps] == [
        (100, 200),
        (200, 300),
    ]
    assert case.handed_over.principal == Money(300)


def test_a_row_can_be_new_and_changed_in_one_chunk(database, account, now):
    both = [
        *entries(row(2, "R-1", "2.00", customer="A")),
        *entries(row(2, "R-1", "3.00", customer="A"), document=1),
    ]
    case = only_case(database, account, submit(database, account, now, both))
    assert case.handed_over.principal == Money(300)
    assert [event.trigger for event in case.events] == ["handover", "row_changed"]


def test_two_rows_of_one_debtor_that_change_together_keep_both_changes(database, account, now):
    before = entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="A"))
    after = entries(row(2, "R-1", customer="A", phone="1"), row(3, "R-2", customer="A", email="a@b.example"))
    first = submit(database, account, now, before)
    submit(database, account, now, after)
    case = only_case(database, account, first)
    assert (case.debtor["phone"], case.debtor["email"]) == ("1", "a@b.example")


def test_once_a_case_is_under_way_a_change_is_a_question_to_the_operator(database, account, now):
    first = submit(database, account, now, entries(row(2, "R-1", "100.00", customer="A")))
    move_to(database, "ENRICHMENT")
    changed = row(2, "R-1", "90.00", customer="A")
    assert submit_again_counts(database, account, now, changed) == {"changed": 1}
    assert submit_again_counts(database, account, now, changed) == {"changed": 1}  # asked once all the same
    case = only_case(database, account, first)
    assert case.handed_over.principal == Money(10_000)
    with database.write() as connection:
        (task,) = open_tasks(connection, "change_request")
        assert task.detail["new"]["claim"]["principal_cents"] == 9_000
        resolve_task(connection, task.task_id, "refused", now)
        assert open_tasks(connection) == []
