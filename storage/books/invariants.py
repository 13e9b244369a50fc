"""What must hold of money that is kept and paid out, as questions that find what does not."""
# ruff: noqa: S608  statements are put together from our own words and numbers only

from storage.books.entries import EntryKind
from storage.books.ledgers import Ledger
from storage.invariants import Invariant

_BOOKED = (
    "SELECT p.account_id, p.ledger, j.booked_on, SUM(p.cents) AS cents FROM postings p "
    "JOIN journal j ON j.account_id = p.account_id AND j.entry = p.entry "
    f"WHERE p.ledger >= {Ledger.TRUST_BANK:d} GROUP BY p.account_id, p.ledger, j.booked_on"
)
_SAME_DAY = "m.account_id = b.account_id AND m.ledger = b.ledger AND m.booked_on = b.booked_on"
_SERIES = "substr(n.name, 9)"  # after `invoice-`

PAYOUTS = (
    Invariant(
        "movement.sum",
        "account",
        "ledger {0} moved by {2} cents on {1}, its postings sum to {3}",
        "SELECT m.account_id, m.account_id, m.ledger, m.booked_on, m.cents, coalesce(b.cents, 0) "
        f"FROM movements m LEFT JOIN ({_BOOKED}) b ON {_SAME_DAY} WHERE m.cents <> coalesce(b.cents, 0) "
        "UNION ALL SELECT b.account_id, b.account_id, b.ledger, b.booked_on, 0, b.cents "
        f"FROM ({_BOOKED}) b LEFT JOIN movements m ON {_SAME_DAY} WHERE m.ledger IS NULL",
    ),
    Invariant(
        "payout.booked",
        "account",
        "its payout {0} is confirmed with {1} cents, but not booked so",
        "SELECT o.account_id, o.account_id, o.payout_id, o.cents FROM payouts o WHERE o.state = 'confirmed' "
        "AND NOT EXISTS (SELECT 1 FROM journal j JOIN postings p ON p.account_id = j.account_id "
        f"AND p.entry = j.entry AND p.ledger = {Ledger.BALANCE:d} AND p.cents = o.cents "
        f"WHERE j.account_id = o.account_id AND j.entry = o.entry AND j.kind = '{EntryKind.PAYOUT}')",
    ),
    Invariant(
        "payout.once",
        "account",
        "its entry {0} pays out, and {1} payouts say so",
        "SELECT j.account_id, j.account_id, j.entry, count(o.payout_id) FROM journal j "
        "LEFT JOIN payouts o ON o.account_id = j.account_id AND o.entry = j.entry AND o.state = 'confirmed' "
        f"WHERE j.kind = '{EntryKind.PAYOUT}' GROUP BY j.account_id, j.entry HAVING count(o.payout_id) <> 1",
    ),
    Invariant(
        "invoice.holes",
        "account",
        "invoices {0} were numbered up to {1}, and {2} are there",
        f"SELECT 0, 0, {_SERIES}, n.value, (SELECT count(*) FROM agency_invoices i "
        f"WHERE i.number LIKE {_SERIES} || '-%') FROM counters n WHERE n.name LIKE 'invoice-%' "
        f"AND n.value <> (SELECT count(*) FROM agency_invoices i WHERE i.number LIKE {_SERIES} || '-%')",
    ),
)
