"""Several processes on one account at once: nothing is lost, nothing is paid twice."""

from datetime import UTC, datetime
from multiprocessing import get_context

from sqlalchemy import func, select

from storage.books.balance import balance_of
from storage.books.entries import CHAIN_START, legs_text, link
from storage.books.ledgers import Ledger
from storage.books.payouts import prepare
from storage.engine.book_tables import agency_invoices, chain_heads, journal, payouts, postings, receipts
from tests.storage.books import at_once
from tests.storage.books.bookings import IBAN, SETTINGS, Bookkeeper, sums_that_differ

APRIL = datetime(2026, 4, 20, 9, 0, tzinfo=UTC)
MAY = at_once.MAY
SECONDS_MAX = 120


def run(*lives):
    """Run each as a process of its own and wait for all to end well."""
    started = [get_context("spawn").Process(target=life, args=arguments) for life, *arguments in lives]
    for process in started:
        process.start()
    for process in started:
        process.join(SECONDS_MAX)
    for process in started:
        process.kill()  # none goes on when another has failed
    assert [process.exitcode for process in started] == [0] * len(started)


def broken_links(database, account_id):
    """Entries whose hash does not follow from the one before, and a head that is not the last."""
    with database.read() as connection:
        entries = connection.execute(
            select(journal).filter_by(account_id=account_id).order_by(journal.c.entry)
        ).all()
        head = connection.execute(select(chain_heads).filter_by(account_id=account_id)).one()
        previous, broken = CHAIN_START, []
        for number, row in enumerate(entries, 1):
            legs = connection.execute(
                select(postings.c.ledger, postings.c.position, postings.c.cents)
                .filter_by(account_id=account_id, entry=row.entry)
                .order_by(postings.c.leg)
            )
            previous = link(
                previous.hex(), account_id, row.entry, row.kind, row.case_id or 0, row.receipt_id or 0,
                row.reverses or 0, row.policy or "", row.value_date, row.booked_at, legs_text(legs),
            )  # fmt: skip
            if (row.entry, bytes(row.hash)) != (number, previous):
                broken.append(row.entry)
    return broken if (head.entry, bytes(head.hash)) == (len(entries), previous) else [*broken, "head"]


def test_what_is_booked_while_it_is_paid_out_is_paid_once(database, store_url):
    keeper = Bookkeeper(database, APRIL, live=True, iban=IBAN)
    keeper.allow_on_demand()
    case_id = keeper.case(APRIL, "1000.00")
    context, count = get_context("spawn"), 40
    start, booked = context.Barrier(3), context.Event()
    common = (store_url, start, booked, keeper.account_id)
    run(
        (at_once.book_receipts, *common, (case_id, count)),
        (at_once.pay_out_on_demand, *common, "anna"),
        (at_once.pay_out_on_demand, *common, "bernd"),
    )
    received = sum(100 + number for number in range(count))
    with database.read() as connection:
        assert connection.execute(select(func.sum(receipts.c.cents))).scalar() == received
        paid = connection.execute(select(payouts.c.cents, payouts.c.entry, payouts.c.state)).all()
        assert balance_of(connection, keeper.account_id).cents == 0
        booked_out = (
            select(func.sum(postings.c.cents))
            .join(
                journal,
                (journal.c.account_id == postings.c.account_id) & (journal.c.entry == postings.c.entry),
            )
            .where(journal.c.kind == "payout", postings.c.ledger == int(Ledger.BALANCE))
        )
        assert connection.execute(booked_out).scalar() == received
    assert {one.state for one in paid} == {"confirmed"}
    assert sum(one.cents for one in paid) == received
    assert len({one.entry for one in paid}) == len(paid)
    assert not sums_that_differ(database)
    assert not broken_links(database, keeper.account_id)


def test_a_month_confirmed_by_two_while_receipts_come_in_is_paid_and_invoiced_once(database, store_url):
    keeper = Bookkeeper(database, APRIL, live=True, iban=IBAN)
    case_id = keeper.case(APRIL, "60.00")
    keeper.charge_fee(case_id, APRIL, "30.00")
    keeper.pay(case_id, "70.00", APRIL)
    other = keeper.case(APRIL, "1000.00", "RE-2")
    prepare(database, "2026-04", by="carla", settings=SETTINGS, now=MAY)
    context, count = get_context("spawn"), 20
    start, booked = context.Barrier(3), context.Event()
    run(
        (at_once.book_receipts, store_url, start, booked, keeper.account_id, (other, count)),
        (at_once.confirm_month, store_url, start, "2026-04", "anna"),
        (at_once.confirm_month, store_url, start, "2026-04", "bernd"),
    )
    with database.read() as connection:
        kinds = connection.execute(
            select(journal.c.kind, func.count())
            .where(journal.c.kind.in_(("payout", "agency", "receipt")))
            .group_by(journal.c.kind)
        ).all()
        assert balance_of(connection, keeper.account_id).cents == sum(100 + n for n in range(count))
        numbers = connection.execute(select(agency_invoices.c.number)).scalars().all()
    assert dict(map(tuple, kinds)) == {"payout": 1, "agency": 1, "receipt": count + 1}
    assert numbers == ["RE-2026-000001"]
    assert not sums_that_differ(database)
    assert not broken_links(database, keeper.account_id)
