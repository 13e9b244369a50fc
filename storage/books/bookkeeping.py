"""The books of one creditor's account, open for booking within one transaction."""

from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from storage.accounts import lock_account
from storage.books.booking import Change, entries_of
from storage.books.case_book import CaseBook, load_case_book
from storage.books.claim_account import Charge
from storage.books.entries import EntryKind
from storage.books.journal import Journal
from storage.books.ledgers import COST_LEDGERS, Ledger
from storage.books.settings import BookSettings
from storage.engine.book_tables import progress
from storage.engine.schema import accounts, claims, creditor_costs
from storage.errors import RefusedError


class Books:
    """One account's books; whoever opens them waits for everyone else who books there."""

    def __init__(  # noqa: PLR0917 - what a booking needs
        self,
        connection: Connection,
        account_id: int,
        settings: BookSettings,
        actor: str,
        now: datetime,
        journal: Journal | None = None,
    ) -> None:
        self.connection = connection
        self.account_id = account_id
        self.settings = settings
        self.actor = actor
        self.now = now
        lock_account(connection, account_id)  # claims stand still too; always the account, then its journal
        self.journal = journal or Journal(connection, account_id, actor, now)

    @property
    def today(self) -> date:
        """The day of booking, the agency's."""
        return self.journal.today

    def case(self, case_id: int) -> CaseBook:
        """The book of a case as it is now."""
        return load_case_book(self.connection, self.account_id, case_id, self.settings)

    def book(self, case_book: CaseBook, change: Change) -> list[int]:
        """Book a change of a case; returns the numbers of its entries. Raises RefusedError."""
        return self.journal.post(entries_of(case_book, change, self.settings))

    def take_in(self, case_id: int) -> CaseBook:
        """Take the claims of a case into the books, once: it gets its progress and its first entry."""
        case_book = self.case(case_id)
        if case_book.progress is not None and case_book.booked:
            return case_book
        charges = claim_charges(self.connection, self.account_id, case_id)
        if not charges:
            raise RefusedError("the case has no claim that stands; nothing can be booked")
        if case_book.progress is None:
            self.start_progress(case_book)
        self.book(
            self.case(case_id),
            Change(kind=EntryKind.CLAIM, value_date=case_book.handed_over_on, charges=charges),
        )
        return self.case(case_id)

    def start_progress(self, case_book: CaseBook) -> None:
        """Begin to keep how far a case is."""
        deducts = self.connection.execute(
            select(accounts.c.vat_deduction).filter_by(account_id=self.account_id)
        ).scalar_one()
        self.connection.execute(
            insert(progress).values(
                account_id=self.account_id,
                case_id=case_book.case_id,
                ordered_on=case_book.handed_over_on.isoformat(),
                vat_charged=not deducts,
                fee_tenths=0,
                legal_stage="none",
                processing="running",
                payment="unpaid",
            )
        )

    def set_progress(self, case_id: int, **values: object) -> None:
        """Change what is kept of how far a case is."""
        changed = update(progress).filter_by(account_id=self.account_id, case_id=case_id).values(**values)
        self.connection.execute(changed)


def claim_charges(connection: Connection, account_id: int, case_id: int) -> tuple[Charge, ...]:
    """What a case's claims charge when they are taken into the books: principals and creditor costs."""
    stand = select(claims.c.position, claims.c.principal_cents).filter_by(
        account_id=account_id, case_id=case_id, withdrawn_at=None
    )
    principals = {row.position: row.principal_cents for row in connection.execute(stand)}
    costs = select(creditor_costs).filter_by(account_id=account_id, case_id=case_id)
    found = [
        Charge(bucket=(COST_LEDGERS.get(row.kind, Ledger.OTHER_COST), row.position), cents=row.cents)
        for row in connection.execute(costs)
        if row.position in principals and row.cents
    ]
    of_claims = [Charge(bucket=(Ledger.PRINCIPAL, at), cents=cents) for at, cents in principals.items()]
    return tuple(sorted([*of_claims, *found], key=lambda charge: (charge.bucket[1], charge.bucket[0])))
