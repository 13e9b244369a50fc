"""What is asked of the store for one case; built once, for building a question takes longer than asking."""

from sqlalchemy import BigInteger, bindparam, select

from storage.engine.book_tables import balances, journal, postings, progress, receipts
from storage.engine.schema import cases, claims, debtors

_ACCOUNT = bindparam("account_id", type_=BigInteger)
_CASE_ID = bindparam("case_id", type_=BigInteger)

CASE = (
    select(cases.c.status, cases.c.mode, cases.c.opened_at, debtors.c.kind)
    .join(debtors, (debtors.c.account_id == cases.c.account_id) & (debtors.c.debtor_id == cases.c.debtor_id))
    .where(cases.c.account_id == _ACCOUNT, cases.c.case_id == _CASE_ID)
)
PROGRESS = select(progress).where(progress.c.account_id == _ACCOUNT, progress.c.case_id == _CASE_ID)
CLAIMS = (  # withdrawn ones too: nothing is open on them, but what was booked on them is still there
    select(claims)
    .where(claims.c.account_id == _ACCOUNT, claims.c.case_id == _CASE_ID)
    .order_by(claims.c.position)
)
LEGS = (
    select(
        journal.c.entry,
        journal.c.kind,
        journal.c.value_date,
        journal.c.receipt_id,
        postings.c.ledger,
        postings.c.position,
        postings.c.cents,
    )
    .join(postings, (postings.c.account_id == journal.c.account_id) & (postings.c.entry == journal.c.entry))
    .where(journal.c.account_id == _ACCOUNT, journal.c.case_id == _CASE_ID)
    .order_by(postings.c.entry, postings.c.leg)
)
RECEIPTS = (
    select(receipts)
    .where(receipts.c.account_id == _ACCOUNT, receipts.c.case_id == _CASE_ID)
    .order_by(receipts.c.receipt_id)
)
BALANCES = select(balances.c.ledger, balances.c.position, balances.c.cents).where(
    balances.c.account_id == _ACCOUNT, balances.c.case_id == _CASE_ID
)
