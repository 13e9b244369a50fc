"""What the debtor owes, as tables; and that the order of telling never matters."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.books.claim_account import Charge, ClaimTerms, Payment, Policy, claim_account
from storage.books.ledgers import Ledger
from storage.law.interest import InterestTerms, default_interest

INTEREST = default_interest(InterestTerms(points=5))
DUE = date(2026, 1, 15)
FEE = (Ledger.FEE, 0)
EXPENSES = (Ledger.EXPENSES, 0)


def terms(
    position: int = 1, *, bearing: bool = True, due: date = DUE, since: date = date(2026, 1, 16)
) -> ClaimTerms:
    return ClaimTerms(
        position=position,
        default_since=since if bearing else None,
        interest=INTEREST if bearing else None,
        due_on=due,
    )


def charge(ledger: Ledger, cents: int, position: int = 1, on: date | None = None) -> Charge:
    return Charge(bucket=(ledger, position), cents=cents, on=on)


def payment(
    number: int, cents: int, day: date, policy: Policy = Policy.BGB366_367, position: int | None = None
) -> Payment:
    return Payment(receipt_id=number, cents=cents, value_date=day, policy=policy, position=position)


CASE = [
    charge(Ledger.PRINCIPAL, 25_000),
    charge(Ledger.DUNNING_FEE, 500),
    charge(Ledger.FEE, 4_635, 0, date(2026, 3, 1)),
    charge(Ledger.EXPENSES, 927, 0, date(2026, 3, 1)),
]
FIRST = payment(1, 10_000, date(2026, 4, 10))
SECOND = payment(2, 21_802, date(2026, 7, 20))


def test_the_worked_vector_first_costs_then_interest_then_principal():
    account = claim_account([terms()], CASE, [FIRST])
    assert account.allocations[1] == {
        FEE: 4_635,
        EXPENSES: 927,
        (Ledger.DUNNING_FEE, 1): 500,
        (Ledger.INTEREST, 1): 365,
        (Ledger.PRINCIPAL, 1): 3_573,
    }
    assert account.open == {(Ledger.PRINCIPAL, 1): 21_427}


def test_the_worked_vector_is_paid_to_the_cent_by_its_second_payment():
    account = claim_account([terms()], CASE, [FIRST, SECOND])
    assert account.allocations[2] == {(Ledger.INTEREST, 1): 375, (Ledger.PRINCIPAL, 1): 21_427}
    assert (account.open, account.interest, account.unused) == ({}, {1: 740}, {1: 0, 2: 0})


def test_the_order_in_which_payments_are_told_does_not_matter():
    told = [FIRST, SECOND, payment(3, 2_500, date(2026, 5, 4))]
    accounts = [claim_account([terms()], CASE, list(order)) for order in permutations(told)]
    assert all(account.open == accounts[0].open for account in accounts)
    assert all(account.allocations == accounts[0].allocations for account in accounts)


POLICIES = [
    (Policy.BGB366_367, {FEE: 4_635, EXPENSES: 365}),
    (Policy.BGB497, {FEE: 4_635, EXPENSES: 365}),
    (Policy.DESIGNATED, {(Ledger.PRINCIPAL, 1): 5_000}),
]


@pytest.mark.parametrize(("policy", "allocation"), POLICIES)
def test_the_policy_of_a_payment_says_where_it_goes_first(policy, allocation):
    account = claim_account([terms()], CASE, [payment(1, 5_000, date(2026, 4, 10), policy=policy)])
    assert account.allocations[1] == allocation


def test_a_consumer_loan_is_paid_before_its_interest():
    account = claim_account([terms()], CASE, [payment(1, 10_000, date(2026, 4, 10), policy=Policy.BGB497)])
    assert account.allocations[1] == {
        FEE: 4_635,
        EXPENSES: 927,
        (Ledger.DUNNING_FEE, 1): 500,
        (Ledger.PRINCIPAL, 1): 3_938,
    }
    assert account.open_of(Ledger.INTEREST) == 365


def test_the_older_claim_comes_first_with_its_own_costs_and_interest():
    young = terms(1, due=date(2026, 2, 1), bearing=False)
    old = terms(2, due=date(2026, 1, 1), bearing=False)
    charges = [
        charge(Ledger.PRINCIPAL, 10_000, 1),
        charge(Ledger.PRINCIPAL, 5_000, 2),
        charge(Ledger.DUNNING_FEE, 300, 2),
    ]
    account = claim_account([young, old], charges, [payment(1, 6_000, date(2026, 4, 1))])
    assert account.allocations[1] == {
        (Ledger.DUNNING_FEE, 2): 300,
        (Ledger.PRINCIPAL, 2): 5_000,
        (Ledger.PRINCIPAL, 1): 700,
    }


def test_claims_of_one_day_share_pro_rata_and_no_cent_is_lost():
    claims = [terms(1, bearing=False), terms(2, bearing=False), terms(3, bearing=False)]
    charges = [charge(Ledger.PRINCIPAL, 1_000, position) for position in (1, 2, 3)]
    account = claim_account(claims, charges, [payment(1, 100, date(2026, 4, 1))])
    assert sorted(account.allocations[1].values()) == [33, 33, 34]


def test_a_claim_that_the_debtor_names_comes_first():
    claims = [terms(1, bearing=False), terms(2, bearing=False, due=date(2026, 3, 1))]
    charges = [charge(Ledger.PRINCIPAL, 1_000, position) for position in (1, 2)]
    account = claim_account(
        claims, charges, [payment(1, 600, date(2026, 4, 1), policy=Policy.DESIGNATED, position=2)]
    )
    assert account.allocations[1] == {(Ledger.PRINCIPAL, 2): 600}


def test_what_was_paid_too_much_counts_for_what_is_charged_later():
    charges = [charge(Ledger.PRINCIPAL, 1_000), charge(Ledger.BANK_RETURN_FEE, 300, 1, date(2026, 5, 1))]
    account = claim_account([terms(bearing=False)], charges, [payment(1, 1_200, date(2026, 4, 1))])
    assert account.open == {(Ledger.BANK_RETURN_FEE, 1): 100}
    assert account.unused == {1: 0}


def test_what_was_paid_on_a_fee_that_is_taken_back_counts_for_the_rest():
    charges = [
        *CASE,
        charge(Ledger.FEE, -4_635, 0, date(2026, 6, 1)),
        charge(Ledger.EXPENSES, -927, 0, date(2026, 6, 1)),
    ]
    account = claim_account([terms()], charges, [FIRST])
    assert account.interest == {1: 365 + 191}  # 214.27 for 52 days: what is free pays interest first
    assert account.open == {(Ledger.PRINCIPAL, 1): 25_000 - (10_000 - 500 - 365 - 191)}


def test_interest_that_was_let_off_before_an_older_payment_was_told_is_let_off_only_as_far_as_it_came_up():
    charges = [charge(Ledger.PRINCIPAL, 25_000), charge(Ledger.INTEREST, -365, 1, date(2026, 4, 10))]
    early, late = payment(1, 20_000, date(2026, 1, 20)), payment(2, 5_021, date(2026, 4, 10))
    account = claim_account([terms()], charges, [early])
    assert account.open == {(Ledger.PRINCIPAL, 1): 5_000 + 21 - 21}
    assert account.unused == {1: 0}
    later = claim_account([terms()], charges, [early], date(2026, 4, 11))
    assert later.open_of(Ledger.INTEREST) == 1, "what comes up since is owed"
    assert claim_account([terms()], charges, [early, late]).unused == {1: 0, 2: 21}


def test_a_waived_principal_leaves_the_interest_until_then():
    charges = [charge(Ledger.PRINCIPAL, 25_000), charge(Ledger.PRINCIPAL, -25_000, 1, date(2026, 4, 10))]
    assert claim_account([terms()], charges, []).open == {(Ledger.INTEREST, 1): 365}


def test_a_payment_of_the_whole_principal_stops_interest():
    account = claim_account(
        [terms()], CASE, [payment(1, 25_000, date(2026, 4, 10), policy=Policy.DESIGNATED)], date(2026, 12, 31)
    )
    assert account.open_of(Ledger.INTEREST) == 365


charges_of_claims = st.lists(st.integers(1, 100_000), min_size=1, max_size=4)
payments_told = st.lists(
    st.tuples(st.integers(1, 60_000), st.integers(0, 300), st.sampled_from(list(Policy))), max_size=6
)


@given(charges_of_claims, payments_told, st.integers(0, 10_000), st.randoms())
def test_cents_are_never_made_or_lost(principals, told, fee, random):
    claims = [
        terms(number, due=DUE + timedelta(days=number % 2)) for number, _ in enumerate(principals, start=1)
    ]
    charges = [charge(Ledger.PRINCIPAL, cents, number) for number, cents in enumerate(principals, start=1)]
    charges += [charge(Ledger.FEE, fee, 0, date(2026, 3, 1))] if fee else []
    paid = [
        payment(number, cents, date(2026, 1, 20) + timedelta(days=days), policy=policy)
        for number, (cents, days, policy) in enumerate(told, start=1)
    ]
    account = claim_account(claims, charges, paid)
    allocated = sum(cents for of_one in account.allocations.values() for cents in of_one.values())
    assert allocated + sum(account.unused.values()) == sum(one.cents for one in paid)
    charged = sum(one.cents for one in charges) + sum(account.interest.values())
    assert account.owed == charged - allocated
    assert all(cents > 0 for cents in account.open.values())
    shuffled = random.sample(paid, len(paid))
    assert claim_account(claims, charges, shuffled) == account
