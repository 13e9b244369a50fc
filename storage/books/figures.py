"""The figures of one case as they are on a day: owed, received, shared; every one from the books."""

from datetime import date

import msgspec
from sqlalchemy import Connection, select

from storage.books.bookkeeping import claim_charges
from storage.books.case_book import CaseBook, load_case_book
from storage.books.claim_account import ClaimAccount, claim_account
from storage.books.ledgers import FIGURES, Ledger
from storage.books.settings import BookSettings
from storage.engine.book_tables import statements
from storage.money import Money


class OwedFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the debtor owes with interest up to and including a day."""

    principal: Money
    creditor_costs: Money
    interest: Money
    fee: Money
    expenses: Money
    vat: Money
    court_costs: Money

    @property
    def total(self) -> Money:
        """All of it."""
        parts = (
            self.creditor_costs,
            self.interest,
            self.fee,
            self.expenses,
            self.vat,
            self.court_costs,
        )
        return sum(parts, start=self.principal)


class CaseFigures(msgspec.Struct, frozen=True, kw_only=True):
    """One case. surplus: received above all that was owed; statement: the final document as JSON."""

    owed: OwedFigures
    received_agency: Money
    received_direct: Money
    creditor_share: Money
    agency_share: Money
    surplus: Money
    statement: str | None


def case_figures(
    connection: Connection, account_id: int, case_id: int, settings: BookSettings, day: date
) -> CaseFigures:
    """The figures of a case. Raises StatutoryDataMissingError when a base rate is not known."""
    book = load_case_book(connection, account_id, case_id, settings)
    standing = select(statements.c.content).filter_by(account_id=account_id, case_id=case_id, state="final")
    return CaseFigures(
        owed=owed_figures(account_on(connection, book, day)),
        received_agency=Money(book.total(Ledger.RECEIVED)),
        received_direct=Money(book.total(Ledger.RECEIVED_DIRECT)),
        creditor_share=Money(-book.total(Ledger.CREDITOR_SHARE)),
        agency_share=Money(-book.total(Ledger.AGENCY_SHARE)),
        surplus=Money(-book.total(Ledger.SURPLUS)),
        statement=connection.execute(standing).scalar(),
    )


def account_on(connection: Connection, book: CaseBook, day: date) -> ClaimAccount:
    """What is owed on a day; of a case that is not in the books yet, what was handed over."""
    if book.booked:
        return book.account(day)
    charges = claim_charges(connection, book.account_id, book.case_id)
    return claim_account(book.claims, charges, [], day)


def owed_figures(account: ClaimAccount) -> OwedFigures:
    """What is open, by the words of the contract."""
    return OwedFigures(
        **{name: Money(sum(map(account.open_of, ledgers))) for name, ledgers in FIGURES.items()}
    )
