"""Payouts: what is paid, what is held back and why, by whom, and never twice."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from storage.books.balance import balance_of
from storage.books.confirmation import confirm, confirm_on_demand
from storage.books.entries import Entry, EntryKind, Leg
from storage.books.journal import account_balance
from storage.books.ledgers import Ledger
from storage.books.payout_records import ACCOUNTS_A_TIME, Reason
from storage.books.payouts import cancel, next_payout, prepare, prepare_on_demand
from storage.engine.book_tables import agency_invoices, balances, payout_ibans, payouts
from storage.errors import RefusedError
from storage.money import Money
from tests.storage.books.bookings import IBAN, SETTINGS, Bookkeeper, sums_that_differ
from tests.storage.books.many import many_creditors

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
JUNE = datetime(2026, 6, 2, 9, 0, tzinfo=UTC)
AUGUST = datetime(2026, 8, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def keeper(database):
    return Bookkeeper(database, APRIL, live=True, iban=IBAN)


def prepared(database, month="2026-04", now=MAY, by="anna"):
    return prepare(database, month, by=by, settings=SETTINGS, now=now)


def confirmed(database, month="2026-04", now=MAY, by="bernd"):
    return confirm(database, month, by=by, now=now)


def amounts(payouts):
    return [(one.payee.email, str(one.amount)) for one in payouts]


def why(held_back):
    return [(str(one.amount), one.reason) for one in held_back]


def balance(database, keeper):
    with database.read() as connection:
        return str(balance_of(connection, keeper.account_id))


def in_trust(database, keeper, ledger=Ledger.TRUST_BANK):
    with database.read() as connection:
        return str(Money(account_balance(connection, keeper.account_id, ledger)))


def forecast(database, keeper, now):
    with database.read() as connection:
        found = next_payout(connection, keeper.account_id, settings=SETTINGS, now=now)
    return found and (found.due_on, str(found.amount))


def test_a_month_pays_out_what_the_balance_held_at_its_end(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    keeper.pay(case_id, "25.00", MAY)

    first = prepared(database)
    assert amounts(first.payouts) == [("post@laden.example", "40.00")]
    (payout,) = first.payouts
    assert (payout.state, payout.due_on, payout.as_of) == ("open", date(2026, 5, 15), date(2026, 4, 30))
    assert (payout.iban, payout.iban_version, payout.prepared_by) == (IBAN, 1, "anna")
    assert balance(database, keeper) == "65.00"  # nothing is booked yet

    done = confirmed(database)
    assert (done.new, amounts(done.payouts), done.refused) == (1, [("post@laden.example", "40.00")], ())
    assert (balance(database, keeper), in_trust(database, keeper)) == ("25.00", "25.00")
    assert not sums_that_differ(database)


def test_doing_it_again_changes_nothing(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    once, twice = prepared(database), prepared(database, by="carla")
    assert (once.new, twice.new, once.payouts) == (1, 0, twice.payouts)
    first, again = confirmed(database), confirmed(database, by="carla")
    assert (first.new, again.new, first.payouts) == (1, 0, again.payouts)
    assert prepared(database).new == 0
    assert balance(database, keeper) == "0.00"


def test_the_next_month_pays_the_rest(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    keeper.pay(case_id, "25.00", MAY)
    prepared(database)
    confirmed(database)
    prepared(database, "2026-05", JUNE)
    confirmed(database, "2026-05", JUNE)
    assert balance(database, keeper) == "0.00"


def test_a_month_left_out_is_paid_with_the_next_and_not_again(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    assert amounts(prepared(database, "2026-05", JUNE).payouts) == [("post@laden.example", "40.00")]
    confirmed(database, "2026-05", JUNE)
    assert prepared(database, "2026-04", JUNE).payouts == ()


def test_money_of_this_month_does_not_fill_what_was_paid_out_on_demand(database, keeper):
    keeper.allow_on_demand()
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    with database.write() as connection:
        payout = prepare_on_demand(connection, keeper.account_id, by="anna", now=MAY)
        assert (payout.kind, str(payout.amount), payout.due_on) == ("on_demand", "40.00", date(2026, 5, 4))
        done = confirm_on_demand(connection, keeper.account_id, by="bernd", now=MAY)
    assert (done.state, done.confirmed_by) == ("confirmed", "bernd")
    keeper.pay(case_id, "30.00", MAY)
    outcome = prepared(database)
    assert (outcome.payouts, outcome.held_back) == ((), ())


def test_a_receipt_that_was_returned_since_is_not_paid_out(database, keeper):
    case_id = keeper.case(APRIL)
    returned = keeper.pay(case_id, "40.00", APRIL)
    keeper.pay(case_id, "10.00", APRIL)
    keeper.bring_back(returned, MAY)
    keeper.pay(case_id, "50.00", MAY)
    assert amounts(prepared(database).payouts) == [("post@laden.example", "10.00")]


def test_a_receipt_of_this_month_that_was_returned_leaves_last_months_payout_alone(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    keeper.bring_back(keeper.pay(case_id, "30.00", MAY), MAY)
    assert amounts(prepared(database).payouts) == [("post@laden.example", "40.00")]


def test_no_payout_leaves_a_balance_below_zero(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    debit = (Leg(Ledger.BALANCE, 1_500), Leg(Ledger.AGENCY, -1_500))
    day = date(2026, 5, 4)
    keeper.post(MAY, Entry(kind=EntryKind.DIRECT_PAYMENT, value_date=day, case_id=case_id, legs=debit))
    assert amounts(prepared(database).payouts) == [("post@laden.example", "25.00")]


def test_a_receipt_by_direct_debit_waits_until_it_can_no_longer_be_returned(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL, method="direct_debit")  # held through 15 June
    keeper.pay(case_id, "25.00", APRIL)
    assert amounts(prepared(database).payouts) == [("post@laden.example", "25.00")]
    confirmed(database)
    held = prepared(database, "2026-05", JUNE)
    assert (held.payouts, why(held.held_back)) == ((), [("40.00", Reason.DIRECT_DEBIT)])
    july = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
    assert amounts(prepared(database, "2026-06", july).payouts) == [("post@laden.example", "40.00")]


def test_only_the_creditors_part_of_a_held_receipt_waits(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "80.00", APRIL)
    keeper.pay(case_id, "50.00", APRIL, method="direct_debit")  # 20 to the creditor, 30 to the agency
    assert balance(database, keeper) == "100.00"
    assert amounts(prepared(database).payouts) == [("post@laden.example", "80.00")]
    assert str(confirmed(database).agency) == "0.00"
    assert in_trust(database, keeper) == "50.00"


def test_without_an_iban_nothing_is_paid_out_but_it_is_told(database):
    keeper = Bookkeeper(database, APRIL, live=True)
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    outcome = prepared(database)
    assert (outcome.payouts, why(outcome.held_back)) == ((), [("40.00", Reason.NO_IBAN)])


def test_an_iban_that_waits_for_verification_is_not_paid_to(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    new = {"account_id": keeper.account_id, "version": 2, "iban": "DE02120300000000202051"}
    with database.write() as connection:
        connection.execute(payout_ibans.insert().values(**new, recorded_at=1))
    (payout,) = prepared(database).payouts
    assert (payout.iban, payout.iban_version) == (IBAN, 1)

    with database.write() as connection:
        cancel(connection, keeper.account_id, now=MAY)
        connection.execute(payout_ibans.update().values(verified_at=None))
    assert why(prepared(database).held_back) == [("40.00", Reason.IBAN_NOT_VERIFIED)]


def test_a_payout_keeps_the_iban_that_it_was_prepared_with(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    prepared(database)
    new = {"account_id": keeper.account_id, "version": 2, "iban": "DE02120300000000202051"}
    with database.write() as connection:
        connection.execute(payout_ibans.insert().values(**new, recorded_at=1, verified_at=2))
    (payout,) = confirmed(database).payouts
    assert (payout.iban, payout.iban_version) == (IBAN, 1)


def test_a_suspended_account_is_not_paid(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    keeper.suspend()
    assert why(prepared(database).held_back) == [("40.00", Reason.SUSPENDED)]


def test_a_balance_below_zero_is_carried_over_and_filled_up_first(database, keeper):
    case_id = keeper.case(APRIL)
    debit = (Leg(Ledger.BALANCE, 1_500), Leg(Ledger.AGENCY, -1_500))
    day = date(2026, 4, 20)
    keeper.post(APRIL, Entry(kind=EntryKind.DIRECT_PAYMENT, value_date=day, case_id=case_id, legs=debit))
    outcome = prepared(database)
    assert [str(one.balance) for one in outcome.carried_over] == ["-15.00"]
    assert outcome.payouts == ()
    keeper.pay(case_id, "40.00", MAY)
    assert amounts(prepared(database, "2026-05", JUNE).payouts) == [("post@laden.example", "25.00")]


def test_money_that_is_not_in_trust_is_never_paid_out(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    lost = (Leg(Ledger.TRUST_BANK, -1), Leg(Ledger.AGENCY, 1))
    keeper.post(APRIL, Entry(kind=EntryKind.AGENCY, value_date=date(2026, 4, 20), legs=lost))
    assert why(prepared(database).held_back) == [("40.00", Reason.TRUST_SHORT)]


def test_money_that_left_trust_after_preparing_is_not_paid_out(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    prepared(database)
    lost = (Leg(Ledger.TRUST_BANK, -1), Leg(Ledger.AGENCY, 1))
    keeper.post(MAY, Entry(kind=EntryKind.AGENCY, value_date=date(2026, 5, 4), legs=lost))
    outcome = confirmed(database)
    assert (outcome.new, why(outcome.refused)) == (0, [("40.00", Reason.TRUST_SHORT)])
    assert balance(database, keeper) == "40.00"


def test_a_balance_that_fell_after_preparing_is_refused_until_prepared_anew(database, keeper):
    case_id = keeper.case(APRIL)
    returned = keeper.pay(case_id, "30.00", APRIL)
    keeper.pay(case_id, "10.00", APRIL)
    prepared(database)
    keeper.bring_back(returned, MAY)
    assert why(confirmed(database).refused) == [("40.00", Reason.BALANCE_FELL)]
    with database.write() as connection:
        assert cancel(connection, keeper.account_id, now=MAY).state == "cancelled"
    assert amounts(prepared(database).payouts) == [("post@laden.example", "10.00")]
    assert confirmed(database).new == 1


def test_who_prepares_a_payout_never_confirms_it(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    prepared(database, by="anna")
    assert why(confirmed(database, by="anna").refused) == [("40.00", Reason.SAME_PERSON)]
    assert balance(database, keeper) == "40.00"
    assert confirmed(database, by="bernd").new == 1


def test_a_test_account_is_paid_out_in_its_books_alone(database):
    keeper = Bookkeeper(database, APRIL, iban=IBAN)
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    prepared(database, by="anna")
    (payout,) = confirmed(database, by="anna").payouts
    assert not payout.is_for_the_bank
    assert balance(database, keeper) == "0.00"


def test_a_month_that_has_not_ended_is_refused(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    last_minute = datetime(2026, 4, 30, 21, 59, tzinfo=UTC)
    with pytest.raises(RefusedError, match="has not ended"):
        prepared(database, now=last_minute)
    with pytest.raises(RefusedError, match="has not ended"):
        confirmed(database, now=last_minute)
    assert prepared(database, now=datetime(2026, 4, 30, 22, 0, tzinfo=UTC)).new == 1


def test_one_open_payout_an_account(database, keeper):
    keeper.allow_on_demand()
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    prepared(database)
    with database.write() as connection, pytest.raises(RefusedError, match="another payout is open"):
        prepare_on_demand(connection, keeper.account_id, by="anna", now=MAY)
    assert why(prepared(database, "2026-05", JUNE).held_back) == [("40.00", Reason.OPEN_PAYOUT)]


def test_on_demand_needs_that_it_was_agreed(database, keeper):
    keeper.pay(keeper.case(APRIL), "40.00", APRIL)
    with database.write() as connection, pytest.raises(RefusedError, match="not agreed"):
        prepare_on_demand(connection, keeper.account_id, by="anna", now=MAY)


def test_nothing_is_cancelled_where_nothing_is_open(database, keeper):
    with database.write() as connection, pytest.raises(RefusedError, match="no open payout"):
        cancel(connection, keeper.account_id, now=MAY)


def test_the_forecast_is_this_months_unless_last_months_is_still_to_come(database, keeper):
    case_id = keeper.case(APRIL)
    assert forecast(database, keeper, APRIL) is None
    keeper.pay(case_id, "40.00", APRIL)
    keeper.pay(case_id, "10.00", APRIL, method="direct_debit")
    assert forecast(database, keeper, APRIL) == (date(2026, 5, 15), "40.00")
    keeper.pay(case_id, "25.00", MAY)
    assert forecast(database, keeper, MAY) == (date(2026, 5, 15), "40.00")
    prepared(database)
    assert forecast(database, keeper, MAY) == (date(2026, 5, 15), "40.00")
    confirmed(database)
    assert forecast(database, keeper, MAY) == (date(2026, 6, 15), "25.00")


def test_the_agency_takes_its_share_once_and_invoices_it_as_paid_by_the_debtor(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "130.00", APRIL)
    prepared(database)
    done = confirmed(database)
    assert (str(done.agency), in_trust(database, keeper)) == ("30.00", "0.00")
    (invoice,) = done.invoices
    assert invoice.number == "RE-2026-000001"
    assert [str(one) for one in (invoice.net, invoice.vat, invoice.settled, invoice.open)] == [
        "30.00",
        "5.70",
        "30.00",
        "5.70",
    ]
    assert balance(database, keeper) == "0.00"  # the VAT is never netted
    again = confirmed(database)
    assert (str(again.agency), again.invoices) == ("0.00", ())


def test_vat_that_the_debtor_paid_is_part_of_what_came_in(database):
    keeper = Bookkeeper(database, APRIL, live=True, iban=IBAN, vat_deduction=False)
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "55.62", "10.57")
    keeper.pay(case_id, "133.00", APRIL)
    keeper.pay(case_id, "33.19", MAY)
    confirmed(database)
    invoices = [*confirmed(database, "2026-05", JUNE).invoices]
    with database.read() as connection:
        kept = connection.execute(select(agency_invoices).order_by(agency_invoices.c.month)).all()
    assert [(one.month, one.net_cents, one.vat_cents, one.settled_cents) for one in kept] == [
        ("2026-04", 2773, 527, 3300),
        ("2026-05", 2789, 530, 3319),
    ]
    assert [str(one.open) for one in invoices] == ["0.00"]
    assert sum(one.vat_cents for one in kept) == 1057


def test_a_return_takes_back_what_was_invoiced(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "100.00", APRIL)
    last = keeper.pay(case_id, "30.00", APRIL)
    prepared(database)
    confirmed(database)
    keeper.bring_back(last, MAY)
    (invoice,) = confirmed(database, "2026-05", JUNE).invoices
    assert (str(invoice.net), str(invoice.vat), str(invoice.settled)) == ("-30.00", "-5.70", "-30.00")
    # What the agency took is missing in trust now; nothing of a creditor fills it.
    assert in_trust(database, keeper, Ledger.AGENCY) == "30.00"


def test_the_agency_never_takes_what_is_the_creditors(database, keeper):
    case_id = keeper.case(APRIL)
    keeper.pay(case_id, "40.00", APRIL)
    debit = (Leg(Ledger.BALANCE, 1_500), Leg(Ledger.AGENCY, -1_500))
    day = date(2026, 4, 20)
    keeper.post(APRIL, Entry(kind=EntryKind.DIRECT_PAYMENT, value_date=day, case_id=case_id, legs=debit))
    done = confirmed(database)  # nothing was prepared
    assert (str(done.agency), balance(database, keeper), in_trust(database, keeper)) == (
        "15.00",
        "25.00",
        "25.00",
    )


def test_a_share_without_money_stays_where_it_is(database, keeper):
    case_id = keeper.case(APRIL)
    debit = (Leg(Ledger.BALANCE, 1_500), Leg(Ledger.AGENCY, -1_500))
    day = date(2026, 4, 20)
    keeper.post(APRIL, Entry(kind=EntryKind.DIRECT_PAYMENT, value_date=day, case_id=case_id, legs=debit))
    assert str(confirmed(database).agency) == "0.00"


def test_invoice_numbers_have_no_holes_and_test_accounts_their_own(database, keeper):
    others = [keeper, *(Bookkeeper(database, APRIL, f"{n}@laden.example", live=n != 2) for n in (1, 2, 3))]
    for other in others:
        case_id = other.case(APRIL)
        other.charge_fee(case_id, APRIL, "30.00")
        other.pay(case_id, "130.00", APRIL)
    numbers = [one.number for one in confirmed(database).invoices]
    assert numbers == ["RE-2026-000001", "RE-2026-000002", "RE-2026-000003", "TEST-2026-000001"]


def test_more_creditors_than_one_transaction_takes_are_each_paid_once(database):
    count = ACCOUNTS_A_TIME + 7
    ids = many_creditors(database, count, APRIL)
    outcome = prepared(database)
    assert [one.payee.account_id for one in outcome.payouts] == ids
    assert {str(one.amount) for one in outcome.payouts} == {"60.00"}
    done = confirmed(database)
    assert (done.new, str(done.agency)) == (count, str(Money(1_000 * count)))
    assert [one.number for one in done.invoices] == [f"TEST-2026-{n:06d}" for n in range(1, count + 1)]
    with database.read() as connection:
        assert set(connection.execute(select(payouts.c.state)).scalars()) == {"confirmed"}
        left = connection.execute(select(func.max(func.abs(balances.c.cents)))).scalar()
    assert left == 0
    assert not sums_that_differ(database)
