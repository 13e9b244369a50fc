"""What is kept of customers: the latest word of each account, however often it is said."""

import pytest

from storage.customers import forget_customers, keep_customers, kept_customers_of
from storage.intake.commit import begin
from storage.records import Customer, Debtor, DebtorKind
from tests.storage.road import end, new_account, start

MUSTER = Debtor(
    kind=DebtorKind.COMPANY, company="Muster GmbH", street="Weg 1", postcode="10115", city="Berlin"
)
MEIER = Debtor(name="Meier\x00", first_name="Anna", birth_date=None, iban="DE02120300000000202051")


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def keep(database, work, now, **told):
    customers = [Customer(circle="customer", number=number, debtor=debtor) for number, debtor in told.items()]
    with database.write() as connection:
        begin(connection, work)
        keep_customers(connection, work, customers, now)


def kept(database, account, count_max=100):
    with database.read() as connection:
        found = list(kept_customers_of(connection, account.account_id, count_max))
    return {one.number: one.debtor for one in found}


def sent(database, account, now, **told):
    work = start(database, account, now)
    keep(database, work, now, **told)
    end(database, work, now)
    return work


def test_what_is_kept_comes_back_and_to_keep_it_again_is_harmless(database, account, now):
    work = start(database, account, now)
    keep(database, work, now, k1=MUSTER, k2=MEIER)
    keep(database, work, now, k1=MUSTER, k2=MEIER)

    found = kept(database, account)

    assert found["k1"] == MUSTER
    assert found["k2"].name == "Meier\ufffd"  # what no store takes is shown as lost
    assert len(found) == 2


def test_the_latest_submission_wins_and_forgets_what_it_cannot_decide(database, account, now):
    sent(database, account, now, k1=MUSTER, k2=MUSTER, k3=MUSTER)
    sent(database, account, now, k1=MEIER, k2=None)

    found = kept(database, account)

    assert {number: debtor.label for number, debtor in found.items()} == {
        "k1": "Meier\ufffd, Anna",
        "k3": "Muster GmbH",
    }


def test_those_told_of_last_come_first_where_there_are_too_many(database, account, now):
    sent(database, account, now, k1=MUSTER, k2=MUSTER)
    sent(database, account, now, k3=MEIER)

    assert list(kept(database, account, 1)) == ["k3"]


def test_a_submission_and_an_account_are_forgotten_and_known_alone(database, account, now):
    other = new_account(database, now, "andere@laden.example", name="Andere")
    sent(database, account, now, k1=MUSTER)
    last = sent(database, account, now, k2=MUSTER)
    with database.write() as connection:
        forget_customers(connection, account.account_id, last.submission_id)

    assert (list(kept(database, account)), kept(database, other)) == (["k1"], {})
