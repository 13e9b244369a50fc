"""The audit of the books finds what is wrong with every posting, and nothing in books that are sound.

Most damage is covered up: balances and hash chain fit it, as if an intruder had rewritten them too.
"""

import pytest
from sqlalchemy import text

from storage.books.audit.anchors import Anchor, parse_anchor
from storage.books.audit.receipts import BookedLeg, reversal_messages
from storage.books.entries import CHAIN_START
from storage.engine.database import Database
from storage.errors import RefusedError, UnknownError
from storage.findings import FINDINGS_A_CHECK
from storage.verify import verify
from tests.conftest import NOW
from tests.storage.books.filled import fill_books
from tests.storage.books.forger import cover_up, unguarded

# The entries of account 1 that are damaged.
OTHER_HASH = "(SELECT hash FROM journal WHERE account_id = 2)"
CLAIM, FEE, RECEIPT, SURPLUS, RETURN, UNDONE, UNPAID, PAYOUT = 5, 6, 10, 18, 22, 24, 25, 26


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(request, tmp_path_factory):
    """A store with full books; tests take back what they do to it."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('books')}/store.db"
    else:
        server = request.getfixturevalue("postgres")
        url = server.url(server.create())
    store = Database.open(url)
    store.migrate()
    fill_books(store, NOW)
    yield store
    store.close()


class TakenBackError(Exception):
    """Carries an audit out of a transaction that must not stay."""


def audit_after(database, *damage, covered_up=False, anchors=()):
    """The findings after some statements by hand, which are taken back."""
    with pytest.raises(TakenBackError) as taken_back, database.write() as connection:  # noqa: PT012  in one transaction
        with unguarded(connection):
            for statement in damage:
                assert connection.execute(text(statement)).rowcount > 0
            if covered_up:
                cover_up(connection)
        raise TakenBackError(verify(connection, anchors=anchors).findings)
    return taken_back.value.args[0]


def test_sound_books_have_no_findings(busy):
    with busy.read() as connection:
        assert verify(connection).findings == ()


def test_covering_up_leaves_sound_books_as_they_are(busy):
    assert audit_after(busy, covered_up=True) == ()


def legs(entry, change):
    return f"UPDATE postings SET {change} WHERE account_id = 1 AND entry = {entry}"


def journal(entry, change):
    return f"UPDATE journal SET {change} WHERE account_id = 1 AND entry = {entry}"


def posting(entry, leg, ledger, cents):
    return f"INSERT INTO postings VALUES (1, {entry}, {leg}, {ledger}, 0, {cents})"


def claim(position, change):
    return f"UPDATE claims SET {change} WHERE case_id = 260000000001 AND position = {position}"


def receipt(number, change):
    return f"UPDATE receipts SET {change} WHERE account_id = 1 AND receipt_id = {number}"


def payout(number, change):
    return f"UPDATE payouts SET {change} WHERE account_id = 1 AND payout_id = {number}"


def copied(table, key, number, **changed):
    """A row once more with other values."""
    columns = {
        "journal": "entry kind case_id value_date booked_on booked_at actor hash",
        "receipts": "receipt_id case_id channel method state cents value_date booked_at policy",
    }[table].split()
    values = ", ".join(str(changed.get(column, column)) for column in columns)
    return (
        f"INSERT INTO {table} (account_id, {', '.join(columns)}) SELECT account_id, {values} FROM {table} "
        f"WHERE account_id = 1 AND {key} = {number}"
    )


COVERED_UP = [
    ("entry.balance", legs(FEE, "cents = cents - 1") + " AND ledger = 132"),
    ("entry.balance", legs(UNPAID, "ledger = 139") + " AND ledger = 132"),
    ("entry.balance", posting(FEE, 3, 114, 0)),
    ("entry.legs", legs(FEE, "leg = 7") + " AND leg = 2"),
    ("entry.legs", posting(99, 0, 111, 5), posting(99, 1, 132, -5)),
    ("entry.legs", copied("journal", "entry", UNPAID, entry=27)),
    ("entry.kind", journal(UNPAID, "kind = 'gift'")),
    ("entry.case", journal(UNPAID, "case_id = NULL")),
    ("entry.case", journal(UNPAID, "case_id = 260000000099")),
    ("entry.dates", journal(UNPAID, "booked_on = '2026-04-19'")),
    ("entry.dates", journal(UNPAID, "value_date = '2027-01-01'")),
    (
        "entry.gap",
        f"DELETE FROM postings WHERE account_id = 1 AND entry = {UNPAID}",
        f"DELETE FROM journal WHERE account_id = 1 AND entry = {UNPAID}",
    ),
    ("case.open", legs(UNPAID, "cents = -cents")),
    ("case.open", legs(UNPAID, "ledger = 121") + " AND ledger = 112"),
    ("case.claims_booked", legs(CLAIM, "cents = cents * 2")),
    ("case.claims_booked", legs(CLAIM, "position = 9") + " AND ledger = 101"),
    ("case.shares", legs(SURPLUS, "ledger = 212") + " AND ledger = 213"),
    (
        "case.shares",
        legs(SURPLUS, "cents = cents - 9") + " AND ledger = 201",
        legs(SURPLUS, "cents = cents + 9") + " AND ledger = 211",
    ),
    ("case.reversals", journal(RETURN, "reverses = NULL")),
    ("case.reversals", journal(UNDONE, "reverses = 99")),
    ("case.reversals", journal(RETURN, "reverses = 19")),
    (
        "case.reversals",
        legs(UNDONE, "cents = cents + 1") + " AND ledger = 111",
        legs(UNDONE, "cents = cents - 1") + " AND ledger = 132",
    ),
    (
        "case.replay",
        legs(RECEIPT, "cents = cents + 1") + " AND ledger = 101 AND position = 1",
        legs(RECEIPT, "cents = cents - 1") + " AND ledger = 101 AND position = 2",
    ),
    ("entry.covered", legs(PAYOUT, "cents = cents / 5 * 32"), payout(1, "cents = 32000")),
    (
        "entry.covered",
        legs(PAYOUT, "cents = cents * 7"),
        legs(PAYOUT, "ledger = 314") + " AND ledger = 301",
        payout(1, "cents = 35000"),
    ),
]

PLAIN = [
    ("entry.hash", journal(RECEIPT, "policy = 'ÄNDERUNG'")),
    ("entry.hash", journal(RECEIPT, "booked_at = booked_at + 1")),
    ("entry.hash", journal(RECEIPT, f"hash = {OTHER_HASH}")),
    ("books.head", "UPDATE chain_heads SET entry = entry - 1 WHERE account_id = 1"),
    ("books.head", f"UPDATE chain_heads SET hash = {OTHER_HASH} WHERE account_id = 1"),
    ("books.head", "DELETE FROM chain_heads WHERE account_id = 2"),
    ("books.head", "INSERT INTO chain_heads SELECT 9, entry, hash FROM chain_heads WHERE account_id = 1"),
    ("books.balance", "UPDATE balances SET cents = cents + 1 WHERE case_id = 260000000005 AND ledger = 111"),
    ("books.balance", "DELETE FROM balances WHERE case_id = 260000000005 AND ledger = 111"),
    ("books.balance", "DELETE FROM balances WHERE account_id = 1 AND case_id = 0"),
    ("books.balance", "INSERT INTO balances VALUES (1, 260000000005, 113, 0, 0)"),
    ("books.balance", "INSERT INTO balances VALUES (1, 0, 314, 0, 0)"),
    ("books.balance", "INSERT INTO balances VALUES (7, 260000000005, 113, 0, 0)"),
    ("case.receipts", "DELETE FROM receipts WHERE receipt_id = 5"),
    ("case.receipts", receipt(5, "cents = cents + 1")),
    ("case.receipts", receipt(5, "channel = 'direct'")),
    ("case.receipts", receipt(5, "value_date = '2026-05-05'")),
    ("case.receipts", copied("receipts", "receipt_id", 5, receipt_id=9, case_id=260000000004)),
    ("case.replay", claim(1, "default_since = '2026-03-26'")),
    ("case.replay", claim(1, "default_since = '1990-02-16', due_date = NULL")),
    ("movement.sum", "UPDATE movements SET cents = cents + 1 WHERE account_id = 1 AND ledger = 311"),
    ("movement.sum", "UPDATE movements SET first_entry = first_entry + 1 WHERE ledger = 301"),
    ("movement.sum", "UPDATE movements SET last_entry = last_entry + 1 WHERE ledger = 301"),
    ("movement.sum", "DELETE FROM movements WHERE ledger = 301"),
    ("movement.sum", "INSERT INTO movements VALUES (1, 312, '2020-02-02', 0, 1, 1)"),
    ("movement.sum", "INSERT INTO movements VALUES (9, 312, '2020-02-02', 5, 1, 1)"),
    ("payout.entry", payout(2, f"entry = {UNDONE}")),
    ("payout.cents", payout(1, "cents = 4999")),
    ("payout.once", "DELETE FROM payouts WHERE payout_id = 1"),
]  # fmt: skip

# What cannot be broken without breaking another rule as well.
TOGETHER = [
    ({"case.receipts", "case.replay"}, False, receipt(5, "state = 'booked'")),
    ({"case.receipts", "case.replay"}, False, receipt(4, "state = 'returned'")),
    ({"case.receipts", "case.replay"}, True, legs(RETURN, "ledger = 112") + " AND ledger = 111"),
    ({"case.replay", "case.claims_booked", "case.open"}, True, legs(1, "position = 9") + " AND position = 2"),
    ({"account.trust", "books.balance"}, False, "UPDATE balances SET cents = cents + 1 WHERE ledger = 301"),
    ({"account.trust", "entry.balance"}, True, legs(PAYOUT, "cents = cents + 1") + " AND ledger = 301"),
    ({"payout.entry", "payout.once"}, False, payout(1, f"entry = {UNDONE}")),
    ({"payout.entry", "payout.once"}, False, payout(1, "entry = NULL")),
    ({"payout.entry", "payout.once"}, False, payout(1, "entry = 99")),
]  # fmt: skip


def numbered(damage):
    return [f"{check}-{number}" for number, (check, *_) in enumerate(damage)]


@pytest.mark.parametrize("damage", COVERED_UP, ids=numbered(COVERED_UP))
def test_damage_that_is_covered_up_is_found_by_its_rule_alone(busy, damage):
    check, *statements = damage
    found = audit_after(busy, *statements, covered_up=True)
    assert {finding.check for finding in found} == {check}
    must_read_well(found)


@pytest.mark.parametrize("damage", PLAIN, ids=numbered(PLAIN))
def test_plain_damage_is_found_by_its_rule_alone(busy, damage):
    check, *statements = damage
    found = audit_after(busy, *statements)
    assert {finding.check for finding in found} == {check}
    must_read_well(found)


@pytest.mark.parametrize(("checks", "covered_up", "damage"), TOGETHER)
def test_damage_that_breaks_two_rules_is_found_by_both(busy, checks, covered_up, damage):
    found = audit_after(busy, damage, covered_up=covered_up)
    assert {finding.check for finding in found} == checks
    must_read_well(found)


def must_read_well(found):
    assert all(finding.subject and "{" not in finding.message for finding in found)
    assert all(finding.message[0].islower() for finding in found)


def test_a_finding_names_the_entry_and_says_what_is_wrong(busy):
    damage = legs(FEE, "cents = cents - 1") + " AND ledger = 132"
    (found,) = audit_after(busy, damage, covered_up=True)
    assert found.subject == "entry 6 of account 1"
    assert found.message == "does not balance: its claims sum to -1 cents, not to 0"


def test_an_entry_that_was_changed_does_not_cast_doubt_on_those_after_it(busy):
    (found,) = audit_after(busy, journal(RECEIPT, "policy = 'AGREED'"))
    assert found.subject == "entry 10 of account 1"


def test_no_more_findings_of_one_check_are_told_than_anyone_reads(busy):
    rows = ", ".join(f"(1, {case}, 113, 0, 0)" for case in range(1, 99))
    found = audit_after(busy, f"INSERT INTO balances VALUES {rows}")
    assert len(found) == FINDINGS_A_CHECK


@pytest.mark.parametrize("table", ["case_events", "journal", "postings"])
@pytest.mark.parametrize("action", ["update", "delete"])
def test_a_missing_guard_is_found(busy, table, action):
    with pytest.raises(TakenBackError) as taken_back, busy.write() as connection:  # noqa: PT012  in one transaction
        on = f" ON {table}" if busy.dialect == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER {table}_no_{action}{on}")
        raise TakenBackError(verify(connection).findings)
    (found,) = taken_back.value.args[0]
    assert (found.check, found.subject) == ("store.guard", f"{table}_no_{action}")


def test_a_head_that_was_kept_is_in_the_chain_as_long_as_nothing_was_rewritten(busy):
    with busy.read() as connection:
        head = connection.execute(
            text("SELECT hash FROM journal WHERE account_id = 1 AND entry = 20")
        ).scalar()
    kept = [Anchor(account_id=1, head=bytes(head)), Anchor(account_id=1, head=bytes(head)[:8])]

    assert audit_after(busy, anchors=[*kept, Anchor(account_id=2, head=CHAIN_START)]) == ()
    (found, again) = audit_after(busy, journal(FEE, "policy = 'X'"), covered_up=True, anchors=kept)
    assert (found.check, found.subject, again.check) == ("books.anchor", "account 1", "books.anchor")
    (foreign,) = audit_after(busy, anchors=[Anchor(account_id=2, head=bytes(head))])
    assert foreign.subject == "account 2"


def test_an_anchor_is_written_with_the_account_or_its_address(busy):
    head = "ab12" * 16
    with busy.read() as connection:
        by_number = parse_anchor(connection, f"2={head.upper()}")
        by_address = parse_anchor(connection, f"Zwei@laden.example={head[:16]}")
    assert by_number == Anchor(account_id=2, head=bytes.fromhex(head))
    assert by_address == Anchor(account_id=2, head=bytes.fromhex(head[:16]))


@pytest.mark.parametrize("written", ["", "ab12" * 16, "1=", "1=ab12", "1=" + "xy" * 16, "1=" + "a" * 17])
def test_an_anchor_that_is_written_otherwise_is_refused(busy, written):
    with busy.read() as connection, pytest.raises(RefusedError, match="is no anchor"):
        parse_anchor(connection, written)


def test_an_anchor_of_nobody_is_refused(busy):
    with busy.read() as connection, pytest.raises(UnknownError):
        parse_anchor(connection, "niemand@nirgends.example=" + "ab" * 32)


def test_a_second_reversal_of_an_entry_is_found():
    def leg(entry, kind, cents, reverses):
        return BookedLeg(1, 2, entry, kind, "2026-04-01", None, reverses, 111, 0, cents)

    booked = [leg(1, "fee", 5, None), leg(2, "reversal", -5, 1), leg(3, "reversal", -5, 1)]
    assert list(reversal_messages(booked)) == ["entry 3 reverses entry 1 once more"]
