"""Answers are handed to one process at a time and end sent, held or given up."""

from datetime import timedelta

import pytest

from storage.errors import LeaseLostError
from storage.intake import outbox
from storage.intake.outbox import Deliverable
from tests.storage.road import OWNER


def answer(number):
    return Deliverable(
        kind="mail",
        recipient=f"a{number}@b.example",
        subject=f"Antwort {number}",
        content=b"\x00text",
        message_id=f"<{number}@x>",
    )


@pytest.fixture
def waiting(database, now):
    with database.write() as connection:
        return outbox.put(connection, 1, 7, [answer(number) for number in range(3)], now)


def claim(database, now, limit=10, owner=OWNER):
    with database.write() as connection:
        return outbox.claim_due(connection, owner, now, 60, limit)


def states(database):
    with database.read() as connection:
        return [one.state for one in outbox.outbox_of(connection, 1, 7)]


def test_answers_are_leased_in_their_order_and_only_once(database, waiting, now):
    first = claim(database, now, limit=2)
    assert [one.outbox_id for one in first] == waiting[:2]
    assert (first[0].recipient, first[0].content, first[0].attempts) == ("a0@b.example", b"\x00text", 1)
    assert [one.outbox_id for one in claim(database, now)] == waiting[2:]
    assert claim(database, now) == []


def test_an_answer_ends_sent_held_or_given_up(database, waiting, now):
    one, two, three = claim(database, now)
    with database.write() as connection:
        outbox.sent(connection, one, now)
        outbox.hold(connection, two, "no TLS")
        outbox.give_up(connection, three, "no such user")
        assert outbox.undelivered_count(connection) == {"waiting": 0, "sending": 0, "held": 1, "given_up": 1}
    assert states(database) == ["sent", "held", "given_up"]
    with pytest.raises(LeaseLostError), database.write() as connection:
        outbox.sent(connection, one, now)


def test_an_answer_that_did_not_pass_is_tried_again_later(database, waiting, now):
    one, *_ = claim(database, now)
    later = now + timedelta(minutes=5)
    with database.write() as connection:
        outbox.retry_later(connection, one, later, "451 try again")
    assert claim(database, now) == []
    (again,) = claim(database, later)
    assert (again.outbox_id, again.attempts) == (one.outbox_id, 2)


def test_a_dead_deliverers_answers_go_to_another_who_sees_that_it_was_tried(database, waiting, now):
    lost, *_ = claim(database, now)
    with database.write() as connection:
        assert outbox.reap(connection, lambda _: True, now) == 0
        assert outbox.reap(connection, lambda _: False, now) == 3
    again = claim(database, now, owner="host/2/b")
    assert [one.attempts for one in again] == [2, 2, 2]
    with pytest.raises(LeaseLostError), database.write() as connection:
        outbox.retry_later(connection, lost, now, "late")


def test_nothing_to_put_is_nothing(database, now):
    with database.write() as connection:
        assert outbox.put(connection, 1, 7, [], now) == []
