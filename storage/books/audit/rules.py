"""What must hold of the money of an account and of its payouts, as questions that find what does not."""
# ruff: noqa: S608  statements are put together from our own words only

from storage.books.ledgers import Ledger
from storage.invariants import Invariant

_BALANCE, _TRUST = int(Ledger.BALANCE), int(Ledger.TRUST_BANK)
_SERIES = "substr(n.name, 9)"  # after `invoice-`

BOOK_RULES = (
    Invariant(
        "entry.case",
        "case",
        "is in the journal but does not exist",
        "SELECT DISTINCT j.account_id, j.case_id FROM journal j WHERE j.case_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM cases k WHERE k.account_id = j.account_id AND k.case_id = j.case_id)",
    ),
    Invariant(
        "account.trust",
        "account",
        "has {0} cents in the trust account, but {1} cents belong to creditor, agency, debtors and the bank",
        f"SELECT account_id, account_id, sum(CASE WHEN ledger = {_TRUST} THEN cents ELSE 0 END), "
        f"-sum(CASE WHEN ledger = {_TRUST} THEN 0 ELSE cents END) FROM balances "
        f"WHERE case_id = 0 AND ledger >= {_TRUST} GROUP BY account_id HAVING sum(cents) <> 0",
    ),
    Invariant(
        "payout.entry",
        "payout",
        "is {0}, and {1}",
        "SELECT p.account_id, p.payout_id, p.state, CASE WHEN p.entry IS NULL THEN 'no entry books it' "
        "WHEN j.entry IS NULL THEN 'its entry does not exist' "
        "ELSE 'entry ' || p.entry || ' is a ' || j.kind END "
        "FROM payouts p LEFT JOIN journal j ON j.account_id = p.account_id AND j.entry = p.entry "
        "WHERE (p.state = 'confirmed' AND coalesce(j.kind, '') <> 'payout') "
        "OR (p.state <> 'confirmed' AND p.entry IS NOT NULL)",
    ),
    Invariant(
        "payout.cents",
        "payout",
        "is of {0} cents, its entry takes {1} from the balance",
        "SELECT p.account_id, p.payout_id, p.cents, coalesce(g.cents, 0) FROM payouts p "
        "JOIN journal j ON j.account_id = p.account_id AND j.entry = p.entry AND j.kind = 'payout' "
        "LEFT JOIN postings g ON g.account_id = p.account_id AND g.entry = p.entry "
        f"AND g.ledger = {_BALANCE} WHERE p.state = 'confirmed' AND p.cents <> coalesce(g.cents, 0)",
    ),
    Invariant(
        "payout.once",
        "account",
        "has an entry {0} that pays out, and {1} payouts that it books",
        "SELECT j.account_id, j.account_id, j.entry, count(p.payout_id) FROM journal j LEFT JOIN payouts p "
        "ON p.account_id = j.account_id AND p.entry = j.entry WHERE j.kind = 'payout' "
        "GROUP BY j.account_id, j.entry HAVING count(p.payout_id) <> 1",
    ),
    Invariant(
        "invoice.holes",
        "store",
        "invoices {0} were numbered up to {1}; {2} are there, with {3} different numbers",
        f"SELECT 0, 0, {_SERIES}, n.value, count(i.number), count(DISTINCT i.number) FROM counters n "
        f"LEFT JOIN agency_invoices i ON i.number LIKE {_SERIES} || '-%' WHERE n.name LIKE 'invoice-%' "
        "GROUP BY n.name, n.value HAVING count(i.number) <> n.value OR count(DISTINCT i.number) <> n.value",
    ),
)
