"""A creditor's life at random: handovers, payments, returns, plans, settlements, moves, payouts and time.

After every step the books must hold: debits equal credits, both views agree, no bucket is below zero,
what is kept equals what was posted, nothing is paid out that did not come in, and the facts alone give
the same books again.
"""

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storage.books.balance import all_entries, balance_of
from storage.books.bookkeeping import Books
from storage.books.claim_account import claim_account
from storage.books.confirmation import Confirmed, confirm
from storage.books.decisions import waive
from storage.books.ledgers import OPEN_BUCKETS, Ledger
from storage.books.months import last_day, month_before, month_of
from storage.books.payments import PaymentTold, book_payment
from storage.books.payouts import cancel, prepare
from storage.books.plans import PlanTold, agree_plan
from storage.books.returns import find_receipt, refund, return_payment
from storage.books.settlements import agree_settlement
from storage.engine.database import Database
from storage.errors import RefusedError
from storage.lifecycle.by_hand import VOUCHED, MoveTold, move_by_hand
from storage.lifecycle.statuses import Status
from storage.lifecycle.tick import tick
from storage.money import Money
from storage.verify import verify
from tests.storage.books.bookings import IBAN
from tests.storage.books.collected import RHYTHM, SETTINGS, claim, creditor, hand_over

BERLIN = ZoneInfo("Europe/Berlin")
FIRST_DAY = datetime(2026, 2, 1, 10, tzinfo=BERLIN)
LAST_DAY = datetime(2026, 12, 20, 10, tzinfo=BERLIN)
METHODS = st.sampled_from(["transfer", "transfer", "direct_debit", "direct"])
AMOUNTS = st.one_of(st.integers(1, 60_000), st.sampled_from([25_000, 25_500, 31_802]))


class CreditorsLife(RuleBasedStateMachine):
    """One account; cases and receipts are found in the store by what was done before."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="books-"))
        self.database = Database.open(f"sqlite:///{self.folder / 'store.db'}")
        self.database.migrate()
        self.now = FIRST_DAY
        self.account = creditor(self.database, self.now, iban=IBAN)
        self.lists = 0
        self.cases: list[int] = []
        self.receipts = 0
        self.prepared: str | None = None

    def teardown(self) -> None:
        with self.database.read() as connection:
            found = verify(connection, SETTINGS).findings
        self.database.close()
        shutil.rmtree(self.folder)
        assert found == ()

    @rule(amount=st.integers(100, 300_000), fee=st.integers(0, 2_000), claims=st.integers(1, 3))
    def hand_over(self, amount: int, fee: int, claims: int) -> None:
        if len(self.cases) == 3:
            return
        self.lists += 1
        costs = [("dunning_fee", str(Money(fee)))] if fee else []
        rows = [
            claim(
                number,
                f"RE-{self.lists}-{number}",
                str(Money(amount + number)),
                customer=f"K{self.lists}",
                costs=costs,
            )
            for number in range(1, claims + 1)
        ]
        self.cases = hand_over(self.database, self.account, self.now, *rows)

    @rule(days=st.integers(1, 40))
    def time_goes_by(self, days: int) -> None:
        self.now = min(self.now + timedelta(days=days), LAST_DAY)
        tick(self.database, SETTINGS, RHYTHM, self.now)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), cents=AMOUNTS, days=st.integers(0, 60), method=METHODS)
    def a_payment_is_told(self, data: Any, cents: int, days: int, method: str) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        told = PaymentTold(
            amount=Money(cents),
            value_date=(self.now - timedelta(days=days)).date(),
            is_direct=method == "direct",
            method="direct_debit" if method == "direct_debit" else "transfer",
            again=True,
        )
        booked = self._try(lambda books: book_payment(books, case_id, told))
        if booked is not None and booked.receipt_id is not None:
            self.receipts = max(self.receipts, booked.receipt_id)

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def exactly_what_is_owed_is_paid(self, data: Any) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        with self.database.write() as connection:
            books = Books(connection, self.account.account_id, SETTINGS, "operator", self.now)
            owed = books.case(case_id).account(books.today).owed
        told = PaymentTold(amount=Money(owed), value_date=self.now.date(), again=True)
        booked = self._try(lambda books: book_payment(books, case_id, told))
        if booked is not None and booked.receipt_id is not None:
            self.receipts = max(self.receipts, booked.receipt_id)

    @precondition(lambda self: self.receipts)
    @rule(data=st.data(), fee=st.sampled_from([None, Money(300)]))
    def a_payment_is_returned(self, data: Any, fee: Money | None) -> None:
        receipt_id = data.draw(st.integers(1, self.receipts))
        self._try(lambda books: return_payment(books, receipt_id, "returned", fee))

    @precondition(lambda self: self.receipts)
    @rule(data=st.data())
    def what_is_too_much_is_paid_back(self, data: Any) -> None:
        receipt_id = data.draw(st.integers(1, self.receipts))

        def pay_back(books: Books) -> Any:
            _, case_id = find_receipt(books, receipt_id)
            return refund(books, receipt_id, Money(books.case(case_id).unused.get(receipt_id, 0)), "surplus")

        self._try(pay_back)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), status=st.sampled_from(sorted(Status)), person=st.sampled_from([None, "bernd"]))
    def a_case_is_moved_by_hand(self, data: Any, status: Status, person: str | None) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        told = MoveTold(
            target=status,
            reason="so entschieden",
            review_on=self.now.date() + timedelta(days=30),
            confirmed_by=person,
            vouched=frozenset(VOUCHED),
        )
        self._try(lambda books: move_by_hand(books, case_id, told, RHYTHM))

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), rates=st.integers(2, 12), fee=st.booleans())
    def a_plan_is_agreed(self, data: Any, rates: int, fee: bool) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        told = PlanTold(
            first_due_on=self.now.date() + timedelta(days=10),
            count=rates,
            notice_given=True,
            in_text_form=True,
            fee_announced=fee,
        )
        self._try(lambda books: agree_plan(books, case_id, told))

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), percent=st.integers(10, 99))
    def a_settlement_is_agreed(self, data: Any, percent: int) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        due_on = self.now.date() + timedelta(days=14)

        def agree(books: Books) -> Any:
            owed = books.case(case_id).account(books.today).owed
            return agree_settlement(books, case_id, Money(owed * percent // 100), due_on, "creditor")

        self._try(agree)

    @precondition(lambda self: self.cases)
    @rule(data=st.data(), kind=st.sampled_from([None, "interest", "fee"]), cents=st.integers(1, 3_000))
    def something_is_waived(self, data: Any, kind: str | None, cents: int) -> None:
        case_id = data.draw(st.sampled_from(self.cases))
        self._try(
            lambda books: waive(books, case_id, "Kulanz", of=kind, amount=Money(cents), creditor_agrees=True)
        )

    @precondition(lambda self: self.cases and month_of(self.now.date()) < month_of(LAST_DAY.date()))
    @rule()
    def a_month_ends_and_its_payouts_are_prepared(self) -> None:
        month = month_of(self.now.date())
        self.now = datetime.combine(last_day(month) + timedelta(days=2), self.now.time(), BERLIN)
        tick(self.database, SETTINGS, RHYTHM, self.now)
        prepare(self.database, month, by="anna", settings=SETTINGS, now=self.now)
        self.prepared = month

    @precondition(lambda self: self.prepared)
    @rule()
    def what_was_prepared_is_confirmed(self) -> None:
        assert self.prepared is not None
        done = confirm(self.database, self.prepared, by="bernd", now=self.now)
        if done.new:
            assert self._cents("SELECT sum(cents) FROM balances WHERE ledger = 301") >= 0
            assert self._cents("SELECT sum(cents) FROM balances WHERE ledger = 311") <= 0
        if done.refused:
            with self.database.write() as connection:
                cancel(connection, self.account.account_id, now=self.now)
        self._must_be_done(self.prepared)

    def _must_be_done(self, month: str) -> None:
        """Confirming again pays and invoices nothing more."""
        again: Confirmed = confirm(self.database, month, by="bernd", now=self.now)
        assert (again.new, again.refused, again.invoices, again.agency) == (0, (), (), Money(0))

    def _cents(self, asked: str) -> int:
        with self.database.read() as connection:
            return connection.exec_driver_sql(asked).scalar() or 0

    def _try(self, step: Any) -> Any:
        """Take a step; a refusal is an answer."""
        try:
            with self.database.write() as connection:
                return step(Books(connection, self.account.account_id, SETTINGS, "operator", self.now))
        except RefusedError:
            return None

    @invariant()
    def debits_equal_credits(self) -> None:
        with self.database.read() as connection:
            unbalanced = connection.exec_driver_sql(
                "SELECT entry, ledger / 100, sum(cents) FROM postings GROUP BY entry, ledger / 100 "
                "HAVING sum(cents) <> 0"
            ).all()
        assert unbalanced == []

    @invariant()
    def what_is_kept_is_what_was_posted(self) -> None:
        with self.database.read() as connection:
            posted = connection.exec_driver_sql(
                "SELECT CASE WHEN ledger >= 301 THEN 0 ELSE case_id END, ledger, position, sum(cents) "
                "FROM postings JOIN journal USING (account_id, entry) GROUP BY 1, 2, 3"
            ).all()
            kept = connection.exec_driver_sql("SELECT case_id, ledger, position, cents FROM balances").all()
        assert {tuple(row) for row in posted if row[3]} == {tuple(row) for row in kept if row[3]}

    @invariant()
    def payouts_never_exceed_what_came_in(self) -> None:
        paid = self._cents("SELECT sum(cents) FROM payouts WHERE state = 'confirmed'")
        booked = (
            "SELECT sum(cents) FROM postings JOIN journal USING (account_id, entry) WHERE kind = 'payout' "
        )
        assert paid <= self._cents("SELECT sum(cents) FROM receipts WHERE channel = 'agency'")
        assert paid == self._cents(f"{booked} AND ledger = 311") == -self._cents(f"{booked} AND ledger = 301")

    @invariant()
    def a_balance_is_its_postings(self) -> None:
        today, account_id = self.now.date(), self.account.account_id
        with self.database.read() as connection:
            for day in (today, last_day(month_before(month_of(today)))):
                told = sum(one.amount.cents for one in all_entries(connection, account_id, day))
                assert told == balance_of(connection, account_id, day).cents
            now = balance_of(connection, account_id).cents
        assert now == -self._cents("SELECT sum(cents) FROM postings WHERE ledger = 311")

    @invariant()
    def both_views_agree_and_the_facts_give_the_same_books(self) -> None:
        with self.database.write() as connection:
            books = Books(connection, self.account.account_id, SETTINGS, "test", self.now)
            for case_id in self.cases:
                book = books.case(case_id)
                received = book.total(Ledger.RECEIVED) + book.total(Ledger.RECEIVED_DIRECT)
                shares = (Ledger.CREDITOR_SHARE, Ledger.AGENCY_SHARE, Ledger.SURPLUS)
                assert book.total(Ledger.SETTLED) == received
                assert received == -sum(book.total(ledger) for ledger in shares)
                assert all(book.total(ledger) <= 0 for ledger in shares)
                charged = -book.total(Ledger.CHARGED_CREDITOR)
                assert -book.total(Ledger.CREDITOR_SHARE) == min(received, charged)
                again = claim_account(book.claims, book.charges, book.payments)
                kept = {
                    bucket: cents
                    for bucket, cents in book.booked.items()
                    if bucket[0] in OPEN_BUCKETS and cents
                }
                assert again.open == kept
                assert all(cents > 0 for cents in kept.values())
                assert book.total(Ledger.SURPLUS) == book.total(Ledger.OVERPAID)


CreditorsLife.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestCreditorsLife = CreditorsLife.TestCase
