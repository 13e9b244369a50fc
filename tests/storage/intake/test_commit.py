"""Chunks are committed exactly once and become the right cases."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.books.settings import BookSettings
from storage.cases.cases import show_case
from storage.cases.export import CaseChoice, export_cases
from storage.engine import schema
from storage.intake import inbox
from storage.intake.commit import begin, commit_chunk, finish, progress
from storage.intake.documents import documents_of, put_document
from storage.intake.findings import row_findings, warnings_of
from storage.intake.outbox import Deliverable, outbox_of
from storage.intake.plan import Decision, Seen, plan_chunk
from storage.intake.submissions import cases_of, get_submission, submissions_of, totals_of
from storage.money import Money
from storage.records import DocumentHead, DocumentTail, Kind
from storage.verify import verify
from tests.storage.road import (
    BAD_AMOUNT,
    LEASE_SECONDS,
    MISSING_DATE,
    OWNER,
    arrival,
    commit,
    commit_in,
    end,
    entries,
    lease,
    new_account,
    rejected,
    row,
    skipped,
    start,
    submit,
    take_in,
)

DECISIONS = ("new", "unchanged", "changed", "rejected", "skipped")


@pytest.fixture
def account(database, now):
    return new_account(database, now)


def counts(database, work):
    with database.read() as connection:
        summary = get_submission(connection, work.submission_id)
    assert summary.rows_total == sum(getattr(summary, name) for name in DECISIONS)
    return {name: count for name in DECISIONS if (count := getattr(summary, name))}


def brought(database, work):
    with database.read() as connection:
        return [
            (one.debtor, one.claims, one.principal_cents)
            for one in cases_of(connection, work.account_id, work.submission_id)
        ]


def must_hold(database):
    with database.read() as connection:
        assert verify(connection).findings == ()


def test_a_list_becomes_cases_with_their_claims(database, account, now):
    items = [
        row(2, "R-1", "10.00", customer="A"),
        row(3, "R-2", "20.00", customer="B", costs=[("dunning_fee", "5.00")]),
    ]
    work = submit(database, account, now, entries(*items, rejected(4), skipped(5)))
    assert counts(database, work) == {"new": 2, "rejected": 1, "skipped": 1}
    assert brought(database, work) == [("A", 1, 1_000), ("B", 1, 2_000)]
    with database.read() as connection:
        second = cases_of(connection, account.account_id, work.submission_id)[1]
        case = show_case(connection, second.number)
        assert totals_of(connection, account.account_id, work.submission_id) == (2, 2, 3_000)
        assert [one.submission_id for one in submissions_of(connection, account.account_id)] == [
            work.submission_id
        ]
    assert (case.number, case.status, case.mode) == ("26-000002-3", "VALIDATION", "test")
    assert (case.handed_over.principal, case.handed_over.creditor_costs, case.handed_over.total) == (
        Money(2_000),
        Money(500),
        Money(2_500),
    )
    assert [(e.from_status, e.to_status, e.trigger, e.actor) for e in case.events] == [
        (None, "VALIDATION", "handover", "creditor")
    ]
    assert case.debtor["number"] == "B"
    assert case.creditor == account
    must_hold(database)


def test_rows_of_one_debtor_become_one_case_even_in_different_chunks(database, account, now):
    one = entries(
        row(2, "R-1", "1.00", customer="A"),
        row(3, "R-2", "2.00", customer="B"),
        row(4, "R-3", "3.00", customer="A"),
    )
    two = entries(row(5, "R-4", "4.00", customer="A"))
    work = submit(database, account, now, one, two)
    assert brought(database, work) == [("A", 3, 800), ("B", 1, 200)]
    with database.read() as connection:
        case = show_case(connection, cases_of(connection, account.account_id, work.submission_id)[0].number)
    assert [claim.invoice_number for claim in case.claims] == ["R-1", "R-3", "R-4"]
    assert [event.trigger for event in case.events] == ["handover"]
    must_hold(database)


def test_a_later_submission_joins_a_case_that_is_still_checked(database, account, now):
    submit(database, account, now, entries(row(2, "R-1", customer="A")))
    later = submit(database, account, now, entries(row(2, "R-2", customer="A")))
    with database.read() as connection:
        (joined,) = cases_of(connection, account.account_id, later.submission_id)
        case = show_case(connection, joined.number)
    assert [claim.invoice_number for claim in case.claims] == ["R-1", "R-2"]
    assert [(event.trigger, event.submission_id) for event in case.events][1] == (
        "claims_joined",
        later.submission_id,
    )
    must_hold(database)


def test_a_case_under_way_takes_no_more_and_the_new_one_is_linked(database, account, now):
    submit(database, account, now, entries(row(2, "R-1", customer="A")))
    move_to(database, "AUTOCOLLECT")
    later = submit(database, account, now, entries(row(2, "R-2", customer="A")))
    third = submit(database, account, now, entries(row(2, "R-3", customer="A")))
    with database.read() as connection:
        (opened,) = cases_of(connection, account.account_id, later.submission_id)
        (joined,) = cases_of(connection, account.account_id, third.submission_id)
        assert show_case(connection, opened.number).linked_case == "26-000001-5"
    assert (opened.number, joined.number) == ("26-000002-3", "26-000002-3")
    must_hold(database)


def move_to(database, status):
    """As the lifecycle will move a case, which is not built yet."""
    with database.write() as connection:
        cases = connection.execute(schema.cases.select()).all()
        for case in cases:
            connection.execute(
                schema.case_events.insert().values(
                    account_id=case.account_id,
                    case_id=case.case_id,
                    number=2,
                    at=case.opened_at,
                    actor="system",
                    from_status=case.status,
                    to_status=status,
                    trigger="step",
                )
            )
        connection.execute(schema.cases.update().values(status=status))


def test_what_one_row_leaves_open_of_a_debtor_another_fills_in(database, account, now):
    first = row(2, "R-1", customer="A", phone="0341 1")
    second = row(3, "R-2", customer="A", email="a@b.example", phone="0341 2")
    work = submit(database, account, now, entries(first), entries(second))
    with database.read() as connection:
        case = show_case(connection, cases_of(connection, account.account_id, work.submission_id)[0].number)
    assert (case.debtor["phone"], case.debtor["email"]) == ("0341 1", "a@b.example")
    assert case.events[1].detail == {"differing": [{"document": 0, "row": 3, "debtor": {"phone": "0341 2"}}]}
    must_hold(database)


def test_the_same_list_again_changes_nothing(database, account, now):
    chunk = entries(row(2, "R-1"), row(3, "R-2"), rejected(4))
    submit(database, account, now, chunk)
    again = submit(database, account, now, chunk)
    assert counts(database, again) == {"unchanged": 2, "rejected": 1}
    assert brought(database, again) == []
    must_hold(database)


def test_a_row_that_comes_twice_in_one_submission_is_one_claim(database, account, now):
    twice = [*entries(row(2, "R-1")), *entries(row(2, "R-1"), document=1)]
    work = submit(database, account, now, twice)
    assert counts(database, work) == {"new": 1, "unchanged": 1}
    other = submit(database, account, now, entries(row(2, "R-2")), entries(row(2, "R-2"), document=1))
    assert counts(database, other) == {"new": 1, "unchanged": 1}
    must_hold(database)


def test_two_accounts_never_share_a_claim(database, account, now):
    other = new_account(database, now, "b@laden.example")
    chunk = entries(row(2, "R-1", customer="A"))
    works = [submit(database, owner, now, chunk) for owner in (account, other)]
    assert [counts(database, work) for work in works] == [{"new": 1}, {"new": 1}]
    must_hold(database)


def test_a_killed_worker_leaves_whole_chunks_and_the_next_one_goes_on(database, account, now):
    one, two = entries(row(2, "R-1"), rejected(3)), entries(row(4, "R-2"), skipped(5))
    killed = start(database, account, now)
    commit(database, killed, one, now)
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012  the exception comes in the middle of a transaction
        commit_in(connection, killed, two, now)
        raise RuntimeError  # the end comes in the middle of a chunk
    with database.write() as connection:
        assert inbox.reap(connection, lambda _: False, now) == 1
    work = lease(database, now, "host/2/b")
    with database.read() as connection:
        done = progress(connection, work)
    assert (work.attempts, done.document, done.row) == (2, 0, 3)
    commit(database, work, [*one, *two], now)  # it reads everything again
    end(database, work, now)
    assert counts(database, work) == {"new": 2, "rejected": 1, "skipped": 1}
    must_hold(database)


def test_a_chunk_is_never_committed_twice(database, account, now):
    work, chunk = start(database, account, now), entries(row(2, "R-1"))
    commit(database, work, chunk, now)
    with pytest.raises(AssertionError, match="once"), database.write() as connection:
        commit_chunk(connection, work, plan_chunk(connection, account.account_id, chunk), now)


def test_an_empty_chunk_is_nothing(database, account, now):
    work = submit(database, account, now, [])
    assert counts(database, work) == {}


def test_refused_and_skipped_rows_are_kept_with_their_reasons(database, account, now):
    work = submit(database, account, now, entries(rejected(2), skipped(3)), entries(rejected(2), document=1))
    with database.read() as connection:
        found = list(row_findings(connection, account.account_id, work.submission_id))
        second = list(row_findings(connection, account.account_id, work.submission_id, document=1))
        one = list(
            row_findings(connection, account.account_id, work.submission_id, limit=1, rejected_only=True)
        )
    assert [(f.document, f.row, f.reason, len(f.problems)) for f in found] == [
        (0, 2, None, 1),
        (0, 3, "total", 0),
        (1, 2, None, 1),
    ]
    assert found[0].problems == (BAD_AMOUNT,)
    assert (len(second), len(one)) == (1, 1)


def test_findings_are_read_page_by_page(database, account, now):
    work = submit(database, account, now, entries(*(rejected(number) for number in range(2, 2_503))))
    with database.read() as connection:
        rows = [finding.row for finding in row_findings(connection, account.account_id, work.submission_id)]
    assert rows == list(range(2, 2_503))


def test_warnings_are_counted_not_repeated(database, account, now):
    def warned(first, last):
        return entries(*(row(n, f"R-{n}", warnings=(MISSING_DATE,)) for n in range(first, last)))

    work = submit(database, account, now, warned(2, 22), warned(22, 32))
    with database.read() as connection:
        (warning,) = warnings_of(connection, account.account_id, work.submission_id)
    assert (warning.code, warning.field, warning.rows) == ("no_contract_date", "contract_date", 30)
    assert warning.first_rows == [(0, number) for number in range(2, 12)]


def test_documents_are_kept_as_they_were_read(database, account, now):
    work = start(database, account, now)
    head = DocumentHead(kind=Kind.CLAIMS, name="liste.csv", columns={"amount": "Betrag"}, header_row=1)
    with database.write() as connection:
        put_document(connection, work, 0, head)
        put_document(connection, work, 0, head, DocumentTail(rows_total=7, problems=(BAD_AMOUNT,)))
    with database.read() as connection:
        (kept,) = documents_of(connection, account.account_id, work.submission_id)
    assert (kept.head, kept.rows_total, kept.problems) == (head, 7, (BAD_AMOUNT,))


def test_the_answer_is_part_of_the_last_transaction(database, account, now):
    work = start(database, account, now)
    answer = Deliverable(
        kind="mail", recipient="a@b.example", subject="S", content=b"text", message_id="<1@x>"
    )
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012  the exception comes in the middle of a transaction
        finish(connection, work, deliverables=[answer], now=now)
        raise RuntimeError
    with database.read() as connection:
        assert outbox_of(connection, account.account_id, work.submission_id) == []
        assert get_submission(connection, work.submission_id).state == "received"
    with database.write() as connection:
        finish(connection, work, deliverables=[answer], now=now)
    with database.read() as connection:
        (kept,) = outbox_of(connection, account.account_id, work.submission_id)
        summary = get_submission(connection, work.submission_id)
    assert (kept.state, kept.recipient) == ("waiting", "a@b.example")
    assert (summary.state, summary.queue, summary.answers, summary.finished_at) == ("done", "done", 1, now)
    must_hold(database)


@pytest.mark.parametrize("state", ["claimed", "asked", "set_aside"])
def test_a_submission_can_end_without_being_read(database, account, now, state):
    work = start(database, account, now)
    with database.write() as connection:
        finish(connection, work, state=state, reason="why", unanswered="not due", now=now)
    with database.read() as connection:
        summary = get_submission(connection, work.submission_id)
    assert (summary.state, summary.queue, summary.reason) == (state, state, "why")
    must_hold(database)


def test_case_serials_run_on_over_submissions_and_accounts(database, account, now):
    other = new_account(database, now, "b@laden.example")
    submit(database, account, now, entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="B")))
    work = submit(database, other, now, entries(row(2, "R-1", customer="A")))
    with database.read() as connection:
        assert cases_of(connection, other.account_id, work.submission_id)[0].number == "26-000003-1"


# ---- the plan --------------------------------------------------------------------------------------

ITEMS = st.lists(
    st.one_of(
        st.tuples(
            st.just("row"),
            st.sampled_from(["R-1", "R-2", "R-3"]),
            st.sampled_from(["1.00", "2.00"]),
            st.sampled_from(["A", "B"]),
        ),
        st.just(("rejected",)),
        st.just(("skipped",)),
    ),
    max_size=12,
)


def drawn(items):
    made = []
    for number, (kind, *values) in enumerate(items, 2):
        if kind == "row":
            made.append(row(number, values[0], values[1], customer=values[2]))
        else:
            made.append(rejected(number) if kind == "rejected" else skipped(number))
    return entries(*made)


def cut(chunk, size):
    return [chunk[start : start + size] for start in range(0, len(chunk), size)]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=ITEMS, items=ITEMS, size=st.integers(1, 6))
def test_a_dry_run_says_exactly_what_the_commit_does(database, now, before, items, size):
    with database.read() as connection:
        number = connection.execute(schema.accounts.select()).all()
    account = new_account(database, now, f"p{len(number)}@laden.example")
    submit(database, account, now, drawn(before))
    chunk, seen, digest, decisions = drawn(items), Seen(), b"", []
    with database.read() as connection:
        for piece in cut(chunk, size):
            plan = plan_chunk(connection, account.account_id, piece, digest, seen)
            digest = plan.digest
            decisions += [one.decision.value for one in plan.planned]
    work = submit(database, account, now, *cut(chunk, size))
    with database.read() as connection:
        assert (get_submission(connection, work.submission_id).digest or b"") == digest
    assert counts(database, work) == {name: decisions.count(name) for name in DECISIONS if name in decisions}
    must_hold(database)


@pytest.mark.parametrize("places", [range(2, 42), (2, 41), (5, 6, 7, 99), (7, 6, 41, 40)])
def test_known_rows_are_found_whether_they_lie_side_by_side_or_far_apart(database, account, now, places):
    listed = {place: row(place, f"R-{place:03}") for place in range(2, 42)}
    submit(database, account, now, entries(*listed.values()))
    other = new_account(database, now, "other@laden.example")
    submit(database, other, now, entries(row(2, "R-099")))
    with database.read() as connection:
        plan = plan_chunk(
            connection, account.account_id, entries(*(row(place, f"R-{place:03}") for place in places))
        )
    expected = [Decision.UNCHANGED if place in listed else Decision.NEW for place in places]
    assert [one.decision for one in plan.planned] == expected


def test_a_plan_tells_new_from_known_and_where_the_known_are(database, account, now):
    submit(database, account, now, entries(row(2, "R-1", customer="A"), row(3, "R-2", customer="A")))
    chunk = entries(
        row(2, "R-1", customer="A"), row(3, "R-2", "2.00", customer="A"), row(4, "R-3"), rejected(5)
    )
    with database.read() as connection:
        plan = plan_chunk(connection, account.account_id, chunk)
    assert [(one.decision, one.position) for one in plan.planned] == [
        (Decision.UNCHANGED, 1),
        (Decision.CHANGED, 2),
        (Decision.NEW, None),
        (Decision.REJECTED, None),
    ]


def test_any_other_row_gives_another_plan(database, account):
    chunks = [
        entries(row(2, "R-1")),
        entries(row(3, "R-1")),
        entries(row(2, "R-1", "2.00")),
        entries(row(2, "R-2")),
        entries(row(2, "R-1"), document=1),
        entries(rejected(2)),
        entries(skipped(2)),
    ]
    with database.read() as connection:
        digests = {plan_chunk(connection, account.account_id, chunk).digest for chunk in chunks}
    assert len(digests) == len(chunks)


def test_begin_keeps_the_account_for_this_transaction(database, account, now):
    """What another gateway does with the account waits until the chunk is committed."""
    take_in(database, arrival(account.account_id, now))
    with database.write() as connection:
        (work,) = inbox.claim(connection, OWNER, now, LEASE_SECONDS, 1)
        assert begin(connection, work).has(0, 1) is False
    with database.read() as connection:
        assert (
            list(export_cases(connection, account.account_id, BookSettings(), CaseChoice(today=now.date())))
            == []
        )
