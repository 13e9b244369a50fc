"""Taking a whole submission back, until the first letter of one of its cases has gone out.

Its claims are withdrawn and their identities freed, so that a corrected list is new again; a case
that is left without claims is recalled; rows that it changed get back what the last submission that
still stands said of them. Nothing of this is deleted: the history shows all of it. Master data that
the submission brought is forgotten, so that no later list is joined with it.
"""

from collections.abc import Mapping
from datetime import datetime

import msgspec
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    and_,
    func,
    insert,
    literal,
    null,
    select,
    text,
    update,
)

from storage.accounts import lock_account
from storage.books.bookkeeping import Books
from storage.books.claim_account import Charge
from storage.books.claim_changes import (
    Follower,
    follow_changed,
    in_books,
    look_again,
    write_off_withdrawn,
    written_off_with,
)
from storage.books.settings import BookSettings
from storage.case_number import format_case_number
from storage.customers import forget_customers
from storage.engine.book_tables import progress
from storage.engine.bulk import insert_rows, select_by_keys
from storage.engine.instants import to_micros
from storage.engine.schema import case_events, cases, claims, inbox, submissions
from storage.errors import RefusedError
from storage.intake.changes import (
    Place,
    RowChange,
    Version,
    asked_by,
    current_claims,
    write_debtors,
    write_versions,
)
from storage.intake.handover import EVENT_COLUMNS, JOINABLE, last_event_numbers
from storage.intake.submissions import format_submission, get_submission
from storage.intake.tasks import resolve_tasks_of

_BOOK_SETTINGS = BookSettings()
_NAMED_MAX = 10
_CASES_A_TIME = 2_000
_CHANGE = msgspec.json.Decoder(RowChange)


class Withdrawal(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken back.

    recalled: numbers of the cases that had no other claims; reduced: of those that go on without its
    claims; claims: how many were withdrawn; restored: how many changed rows got their values back.
    """

    submission_id: int
    recalled: tuple[str, ...]
    reduced: tuple[str, ...]
    claims: int
    restored: int


class _Target(msgspec.Struct, frozen=True):
    """What a claim that the submission changed goes back to, and the change that is undone."""

    undone: RowChange
    version: Version


def withdraw(
    connection: Connection,
    submission_id: int,
    actor: str,
    now: datetime,
    settings: BookSettings = _BOOK_SETTINGS,
) -> Withdrawal:
    """Take a submission back. Raises UnknownError, or RefusedError with the cases that stand against it.

    settings: by which what a payment has brought into the books already is written off.
    """
    account_id = get_submission(connection, submission_id).account_id
    lock_account(connection, account_id)
    summary = get_submission(connection, submission_id)  # as it is now that nobody else can change it
    _must_be_finished(summary.state, submission_id)
    changed = _changes_of(connection, account_id, submission_id) if summary.changed else {}
    _must_not_be_under_way(connection, account_id, submission_id, changed)
    who = Follower(account_id=account_id, actor=actor, settings=settings, now=now)
    brought = _standing_claims(connection, account_id, submission_id)
    books, written_off = _planned_write_offs(connection, who, brought)
    _close(connection, account_id, submission_id)
    note = _Note(account_id=account_id, submission_id=submission_id, actor=actor, at=to_micros(now))
    restored = _restore(connection, note, changed, who)
    withdrawn = _withdraw_claims(connection, note)
    for case_id, charges in written_off.items():
        assert books is not None, "what is written off was in the books"
        write_off_withdrawn(books, case_id, charges, note=format_submission(submission_id))
    look_again(connection, who, brought)
    reduced = _note_reduced(connection, note)
    recalled = _recall_empty(connection, note)
    forget_customers(connection, account_id, submission_id)
    for kind in ("change_request", "set_aside", "payment_notice", "cancellation_request"):
        resolve_tasks_of(connection, account_id, submission_id, kind, resolution="withdrawn", now=now)
    return Withdrawal(
        submission_id=submission_id, recalled=recalled, reduced=reduced, claims=withdrawn, restored=restored
    )


class _Note(msgspec.Struct, frozen=True, kw_only=True):
    """What all events of one withdrawal have in common."""

    account_id: int
    submission_id: int
    actor: str
    at: int


def _standing_claims(connection: Connection, account_id: int, submission_id: int) -> dict[int, set[int]]:
    """The positions of the claims that a submission has brought and that still stand, by case."""
    found = select(claims.c.case_id, claims.c.position).filter_by(
        account_id=account_id, submission_id=submission_id, withdrawn_at=None
    )
    brought: dict[int, set[int]] = {}
    for case_id, position in connection.execute(found):
        brought.setdefault(case_id, set()).add(position)
    return brought


def _planned_write_offs(
    connection: Connection, who: Follower, brought: Mapping[int, set[int]]
) -> tuple[Books | None, dict[int, tuple[Charge, ...]]]:
    """What goes out of the books with the claims; worked out before anything is written: it may fail."""
    case_ids = sorted(brought)
    booked = [
        case_id
        for start in range(0, len(case_ids), _CASES_A_TIME)
        for case_id in in_books(connection, who.account_id, case_ids[start : start + _CASES_A_TIME])
    ]
    if not booked:
        return None, {}
    books = Books(connection, who.account_id, who.settings, who.actor, who.now)
    return books, {case_id: written_off_with(books, case_id, brought[case_id]) for case_id in booked}


def _must_be_finished(state: str, submission_id: int) -> None:
    label = format_submission(submission_id)
    if state == "withdrawn":
        raise RefusedError(f"{label} is withdrawn already")
    if state not in {"done", "set_aside"}:
        raise RefusedError(f"{label} is not finished ({state}); withdraw it when it is done")


def _must_not_be_under_way(
    connection: Connection, account_id: int, submission_id: int, changed: Mapping[int, object]
) -> None:
    """Refuse when a case that the submission touched is beyond its checks."""
    brought = select(claims.c.case_id).filter_by(account_id=account_id, submission_id=submission_id)
    under_way = (
        select(cases.c.case_id)
        .where(cases.c.account_id == account_id, cases.c.case_id.in_(brought))
        .where(cases.c.status.not_in([*JOINABLE, "RECALLED"]))
        .order_by(cases.c.case_id)
        .limit(_NAMED_MAX)
    )
    beyond = list(connection.execute(under_way).scalars())
    statuses = select_by_keys(
        connection, "k.case_id, k.status", "cases k", "k.case_id", account_id=account_id, values=changed
    )
    beyond += [case_id for case_id, status in statuses if status not in {*JOINABLE, "RECALLED"}]
    written_to = select(progress.c.case_id).where(
        progress.c.account_id == account_id,
        progress.c.case_id.in_(brought),
        progress.c.letter_on.is_not(None),
    )
    beyond += connection.execute(written_to.limit(_NAMED_MAX)).scalars()
    if not beyond:
        return
    named = ", ".join(format_case_number(case_id) for case_id in sorted(set(beyond))[:_NAMED_MAX])
    raise RefusedError(
        f"{format_submission(submission_id)} cannot be withdrawn: the first letter has gone out for {named}; "
        "recall these cases one by one"
    )


def _close(connection: Connection, account_id: int, submission_id: int) -> None:
    """Take the submission out of every queue; a worker that has just begun with it stands against that."""
    mine = {"account_id": account_id, "submission_id": submission_id}
    idle = (
        update(inbox).filter_by(**mine).where(inbox.c.state.in_(["done", "set_aside"])).values(state="done")
    )
    if connection.execute(idle).rowcount != 1:
        raise RefusedError(
            f"{format_submission(submission_id)} is being worked on; withdraw it when it is done"
        )
    connection.execute(update(submissions).filter_by(**mine).values(state="withdrawn"))


def _changes_of(connection: Connection, account_id: int, submission_id: int) -> dict[int, set[int]]:
    """The positions that a submission changed, by case."""
    found = select(case_events.c.case_id, case_events.c.detail).where(
        case_events.c.account_id == account_id,
        case_events.c.submission_id == submission_id,
        text("trigger = 'row_changed'"),  # as the index of changes says it
    )
    changed: dict[int, set[int]] = {}
    for case_id, detail in connection.execute(found):
        changed.setdefault(case_id, set()).add(_CHANGE.decode(detail).position)
    return changed


def _restore(connection: Connection, note: _Note, changed: Mapping[int, set[int]], who: Follower) -> int:
    restored = 0
    case_ids = sorted(changed)
    for start in range(0, len(case_ids), _CASES_A_TIME):
        some = case_ids[start : start + _CASES_A_TIME]
        targets = _targets(connection, note, {case_id: changed[case_id] for case_id in some})
        restored += _restore_to(connection, note, targets, who)
    return restored


def _targets(connection: Connection, note: _Note, changed: Mapping[int, set[int]]) -> dict[Place, _Target]:
    """What the last standing submission said of each changed claim, else what it was before all changes."""
    events = select_by_keys(
        connection,
        "e.case_id, e.submission_id, s.state, e.detail",
        "case_events e",
        "e.case_id",
        account_id=note.account_id,
        values=changed,
        joined="JOIN submissions s ON s.account_id = e.account_id AND s.submission_id = e.submission_id",
        ending="AND e.trigger = 'row_changed' ORDER BY e.case_id, e.number",
    )
    standing: dict[Place, Version] = {}
    undone: dict[Place, RowChange] = {}
    for case_id, submission_id, state, detail in events:
        change = _CHANGE.decode(detail)
        place = (case_id, change.position)
        standing.setdefault(place, change.old)
        if state != "withdrawn":
            standing[place] = change.new
        if submission_id == note.submission_id:
            undone[place] = change
    return {place: _Target(change, standing[place]) for place, change in undone.items()}


def _restore_to(connection: Connection, note: _Note, targets: Mapping[Place, _Target], who: Follower) -> int:
    current = current_claims(connection, note.account_id, {case_id for case_id, _ in targets})
    claims_back: dict[Place, Version] = {}
    debtors_back: dict[int, Version] = {}
    rows = []
    numbers = last_event_numbers(connection, note.account_id, {case_id for case_id, _ in targets})
    for place, target in targets.items():
        claim = current[place]
        if claim.version.content == target.version.content:
            continue  # a later submission has said otherwise since, and stands
        claims_back[place] = target.version
        if claim.version.debtor == target.undone.new.debtor:
            debtors_back[claim.debtor_id] = target.version
        back = msgspec.structs.replace(target.undone, old=claim.version, new=target.version)
        case_id = place[0]
        numbers[case_id] += 1
        head = (note.account_id, case_id, numbers[case_id], note.at, note.actor, claim.status, claim.status)
        detail = msgspec.json.encode(back).decode()
        rows.append((*head, "row_restored", None, note.submission_id, detail))
    write_versions(connection, note.account_id, claims_back)
    write_debtors(connection, note.account_id, debtors_back)
    insert_rows(connection, "case_events", EVENT_COLUMNS, rows)
    told = {
        place: (asked_by(current[place].version), asked_by(version)) for place, version in claims_back.items()
    }
    follow_changed(connection, who, told)
    return len(claims_back)


def _withdraw_claims(connection: Connection, note: _Note) -> int:
    mine = update(claims).filter_by(account_id=note.account_id, submission_id=note.submission_id)
    return connection.execute(mine.values(identity=None, withdrawn_at=note.at)).rowcount


def _note_reduced(connection: Connection, note: _Note) -> tuple[str, ...]:
    """An event for each case that goes on with claims of other submissions."""
    return _write_events(connection, note, "claims_withdrawn", cases.c.status, _has_claims())


def _recall_empty(connection: Connection, note: _Note) -> tuple[str, ...]:
    """Recall each case that has no claim left."""
    empty = and_(~_has_claims(), cases.c.status.in_(JOINABLE))
    recalled = _write_events(connection, note, "withdrawal", literal("RECALLED"), empty)
    stopped = select(cases.c.case_id).where(*_brought(note), empty)
    connection.execute(
        update(progress)
        .where(progress.c.account_id == note.account_id, progress.c.case_id.in_(stopped))
        .values(processing="running", paused_until=None, waits_for=None, next_step=None, next_on=None)
    )
    connection.execute(
        update(cases).where(*_brought(note), empty).values(status="RECALLED", status_since=note.at)
    )
    return recalled


def _write_events(
    connection: Connection,
    note: _Note,
    trigger: str,
    to_status: ColumnElement[str],
    which: ColumnElement[bool],
) -> tuple[str, ...]:
    """Write one event for each case that the submission brought claims to and that `which` holds for."""
    concerned = select(cases.c.case_id).where(*_brought(note), which).order_by(cases.c.case_id)
    numbers = tuple(format_case_number(case_id) for case_id in connection.execute(concerned).scalars())
    earlier = select(func.coalesce(func.max(case_events.c.number), 0) + 1).where(
        case_events.c.account_id == cases.c.account_id, case_events.c.case_id == cases.c.case_id
    )
    written = select(
        cases.c.account_id,
        cases.c.case_id,
        earlier.scalar_subquery(),
        literal(note.at, BigInteger),
        literal(note.actor),
        cases.c.status,
        to_status,
        literal(trigger),
        null(),
        literal(note.submission_id, BigInteger),
        null(),
    ).where(*_brought(note), which)
    connection.execute(insert(case_events).from_select(EVENT_COLUMNS, written))
    return numbers


def _brought(note: _Note) -> tuple[ColumnElement[bool], ...]:
    brought = select(claims.c.case_id).filter_by(account_id=note.account_id, submission_id=note.submission_id)
    return cases.c.account_id == note.account_id, cases.c.case_id.in_(brought)


def _has_claims() -> ColumnElement[bool]:
    return (
        select(claims.c.position)
        .where(
            claims.c.account_id == cases.c.account_id,
            claims.c.case_id == cases.c.case_id,
            claims.c.withdrawn_at.is_(None),
        )
        .exists()
    )
