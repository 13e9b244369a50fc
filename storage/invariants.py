"""What must hold in the store at any moment, as questions that find what does not.

Each is one statement over whole tables, the same on both engines; its rows are what is wrong: the
account, the number of what it concerns, and details. The sentence is filled with these columns.
"""
# ruff: noqa: S608  statements are put together from our own words only

from typing import NamedTuple

from storage.engine.schema import STATUSES

_SAME_CASE = "{a}.account_id = {b}.account_id AND {a}.case_id = {b}.case_id"
_KNOWN = ", ".join(f"'{status}'" for status in STATUSES)


class Invariant(NamedTuple):
    """One rule. about: what `subject` is a number of, case, submission, account, debtor, payout or store."""

    check: str
    about: str
    message: str
    violations: str


def _joined(a: str, b: str) -> str:
    return _SAME_CASE.format(a=a, b=b)


def _counted(column: str, counting: str, what: str) -> Invariant:
    """A count that a submission keeps must equal the rows that it made."""
    return Invariant(
        f"submission.{column}",
        "submission",
        f"says {{0}} {what}, the store has {{1}}",
        f"SELECT s.account_id, s.submission_id, s.{column}, coalesce(f.found, 0) FROM submissions s "
        f"LEFT JOIN (SELECT account_id, submission_id, count(*) AS found FROM {counting} "
        "GROUP BY account_id, submission_id) f "
        "ON f.account_id = s.account_id AND f.submission_id = s.submission_id "
        f"WHERE s.{column} <> coalesce(f.found, 0)",
    )


CASES = (
    Invariant(
        "case.status",
        "case",
        "has the status {0}, which does not exist",
        f"SELECT account_id, case_id, status FROM cases WHERE status NOT IN ({_KNOWN})",
    ),
    Invariant(
        "case.number",
        "case",
        "has a number that was never given out",
        "SELECT k.account_id, k.case_id FROM cases k LEFT JOIN counters n "
        "ON n.name = 'case-' || substr(CAST(k.case_id AS TEXT), 1, 2) "
        "WHERE k.case_id < 100000000001 OR k.case_id % 10000000000 > coalesce(n.value, 0) "
        "OR k.case_id % 10000000000 = 0",
    ),
    Invariant(
        "case.claims",
        "case",
        "has no claim",
        "SELECT k.account_id, k.case_id FROM cases k "
        f"WHERE NOT EXISTS (SELECT 1 FROM claims c WHERE {_joined('c', 'k')})",
    ),
    Invariant(
        "case.debtor",
        "case",
        "has no debtor",
        "SELECT k.account_id, k.case_id FROM cases k WHERE NOT EXISTS "
        "(SELECT 1 FROM debtors d WHERE d.account_id = k.account_id AND d.debtor_id = k.debtor_id)",
    ),
    Invariant(
        "case.link",
        "case",
        "is linked to a case that does not exist",
        "SELECT k.account_id, k.case_id FROM cases k WHERE k.linked_case_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM cases o WHERE o.account_id = k.account_id AND o.case_id = k.linked_case_id)",
    ),
    Invariant(
        "debtor.case",
        "debtor",
        "points to a case that is not its own",
        "SELECT d.account_id, d.debtor_id FROM debtors d WHERE NOT EXISTS (SELECT 1 FROM cases k "
        "WHERE k.account_id = d.account_id AND k.case_id = d.current_case_id AND k.debtor_id = d.debtor_id)",
    ),
    Invariant(
        "case.history",
        "case",
        "is {0}, its history ends in {1}",
        "SELECT k.account_id, k.case_id, k.status, coalesce(e.to_status, 'nothing') FROM cases k "
        "LEFT JOIN (SELECT account_id, case_id, max(number) AS last FROM case_events "
        f"GROUP BY account_id, case_id) m ON {_joined('m', 'k')} "
        f"LEFT JOIN case_events e ON {_joined('e', 'k')} AND e.number = m.last "
        "WHERE coalesce(e.to_status, '') <> k.status",
    ),
    Invariant(
        "case.chain",
        "case",
        "has a history with a gap before event {0}",
        "SELECT account_id, case_id, number FROM (SELECT account_id, case_id, number, from_status, "
        "lag(to_status) OVER w AS status_before, lag(number) OVER w AS number_before FROM case_events "
        "WINDOW w AS (PARTITION BY account_id, case_id ORDER BY number)) h "
        "WHERE coalesce(from_status, '') <> coalesce(status_before, '') "
        "OR number <> coalesce(number_before, 0) + 1",
    ),
    Invariant(
        "event.case",
        "case",
        "has a history but does not exist",
        "SELECT DISTINCT e.account_id, e.case_id FROM case_events e "
        f"WHERE NOT EXISTS (SELECT 1 FROM cases k WHERE {_joined('k', 'e')})",
    ),
)

CLAIMS = (
    Invariant(
        "claim.case",
        "case",
        "has claims but does not exist",
        "SELECT DISTINCT c.account_id, c.case_id FROM claims c "
        f"WHERE NOT EXISTS (SELECT 1 FROM cases k WHERE {_joined('k', 'c')})",
    ),
    Invariant(
        "claim.principal",
        "case",
        "has a claim of {0} cents at position {1}",
        "SELECT account_id, case_id, principal_cents, position FROM claims WHERE principal_cents <= 0",
    ),
    Invariant(
        "claim.identity",
        "case",
        "has a claim that another case has too",
        "SELECT account_id, min(case_id) FROM claims WHERE identity IS NOT NULL "
        "GROUP BY account_id, identity HAVING count(*) > 1",
    ),
    Invariant(
        "claim.withdrawn",
        "case",
        "has a claim at position {0} that is neither withdrawn nor known by its identity, or both",
        "SELECT account_id, case_id, position FROM claims "
        "WHERE (identity IS NULL AND withdrawn_at IS NULL) "
        "OR (identity IS NOT NULL AND withdrawn_at IS NOT NULL)",
    ),
    Invariant(
        "claim.submission",
        "case",
        "has a claim that came with no submission",
        "SELECT DISTINCT c.account_id, c.case_id FROM claims c WHERE NOT EXISTS (SELECT 1 FROM submissions s "
        "WHERE s.account_id = c.account_id AND s.submission_id = c.submission_id)",
    ),
    Invariant(
        "cost.claim",
        "case",
        "has a creditor's cost at position {0} without a claim",
        "SELECT n.account_id, n.case_id, n.position FROM creditor_costs n WHERE NOT EXISTS "
        f"(SELECT 1 FROM claims c WHERE {_joined('c', 'n')} AND c.position = n.position)",
    ),
)

SUBMISSIONS = (
    Invariant(
        "submission.rows",
        "submission",
        "counts {0} rows, their outcomes are {1}",
        "SELECT account_id, submission_id, rows_total, new + unchanged + changed + rejected + skipped "
        "FROM submissions WHERE rows_total <> new + unchanged + changed + rejected + skipped",
    ),
    _counted("new", "claims", "new claims"),
    _counted("rejected", "row_problems WHERE decision = 'rejected'", "refused rows"),
    _counted("skipped", "row_problems WHERE decision = 'skipped'", "skipped rows"),
    _counted("answers", "outbox WHERE kind = 'mail'", "answers"),
    Invariant(
        "submission.answer",
        "submission",
        "came by {0}, is done and has no answer",
        "SELECT s.account_id, s.submission_id, s.channel FROM submissions s WHERE s.state = 'done' "
        "AND s.channel IN ('smtp', 'lmtp', 'folder') AND s.unanswered IS NULL AND NOT EXISTS (SELECT 1 "
        "FROM outbox o WHERE o.account_id = s.account_id AND o.submission_id = s.submission_id)",
    ),
    Invariant(
        "submission.once",
        "submission",
        "was answered {0} times",
        "SELECT s.account_id, s.submission_id, s.answers FROM submissions s WHERE s.answers > 1 "
        "AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.account_id = s.account_id "
        "AND t.submission_id = s.submission_id AND t.kind = 'set_aside')",
    ),
    Invariant(
        "submission.queue",
        "submission",
        "is {0}, but {1} in the queue",
        "SELECT s.account_id, s.submission_id, s.state, coalesce(i.state, 'missing') FROM submissions s "
        "LEFT JOIN inbox i ON i.account_id = s.account_id AND i.submission_id = s.submission_id "
        "WHERE i.state IS NULL OR NOT (i.state = s.state OR (s.state = 'withdrawn' AND i.state = 'done') "
        "OR (s.state = 'received' AND i.state IN ('waiting', 'working', 'claimed')) "
        "OR (s.state = 'set_aside' AND i.state IN ('waiting', 'working')))",
    ),
    Invariant(
        "inbox.submission",
        "submission",
        "waits in the queue but does not exist",
        "SELECT i.account_id, i.submission_id FROM inbox i WHERE NOT EXISTS (SELECT 1 FROM submissions s "
        "WHERE s.account_id = i.account_id AND s.submission_id = i.submission_id)",
    ),
    Invariant(
        "submission.withdrawn",
        "submission",
        "is withdrawn, but a claim of it stands",
        "SELECT DISTINCT s.account_id, s.submission_id FROM submissions s JOIN claims c "
        "ON c.account_id = s.account_id AND c.submission_id = s.submission_id "
        "WHERE s.state = 'withdrawn' AND c.withdrawn_at IS NULL",
    ),
    Invariant(
        "submission.number",
        "submission",
        "has a number that was never given out",
        "SELECT account_id, submission_id FROM submissions WHERE submission_id > "
        "coalesce((SELECT value FROM counters WHERE name = 'submission'), 0)",
    ),
)

ACCOUNTS = (
    Invariant(
        "account.owner",
        "account",
        "is approved, but its owner's address is not verified",
        "SELECT a.account_id, a.account_id FROM accounts a WHERE a.status = 'approved' AND NOT EXISTS "
        "(SELECT 1 FROM addresses d WHERE d.account_id = a.account_id AND d.email = a.email "
        "AND d.role = 'owner' AND d.verified_at IS NOT NULL)",
    ),
    Invariant(
        "account.authority",
        "account",
        "is live without a power of attorney",
        "SELECT a.account_id, a.account_id FROM accounts a WHERE a.mode = 'live' AND NOT EXISTS "
        "(SELECT 1 FROM authorities u WHERE u.account_id = a.account_id)",
    ),
)

INVARIANTS = (*ACCOUNTS, *SUBMISSIONS, *CASES, *CLAIMS)
