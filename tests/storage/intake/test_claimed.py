"""Messages without proof: never worked on, told of once, folded when there are many."""

from datetime import datetime, timedelta

from storage.engine.database import Database
from storage.intake import claimed, inbox
from storage.intake.outbox import Deliverable
from storage.intake.submissions import get_submission
from tests.storage import road

NOTICE = Deliverable(kind="mail", recipient="a@b.example", subject="?", content=b"?", message_id="<1@x>")


def test_a_claimed_message_never_enters_the_queue(database: Database, now: datetime):
    account = road.new_account(database, now)
    road.take_in(database, road.arrival(account.account_id, now, trust="claimed"))

    with database.write() as connection:
        assert inbox.claim(connection, road.OWNER, now, 60, 10) == []
        assert inbox.waiting_count(connection)["waiting"] == 0


def test_one_notice_stands_for_all_messages_since_the_last(database: Database, now: datetime):
    account = road.new_account(database, now)
    many = [road.arrival(account.account_id, now, trust="claimed") for _ in range(5)]
    ids = road.take_in(database, *many)

    with database.write() as connection:
        messages = claimed.untold(connection, 500)
        claimed.settle(connection, messages, NOTICE, now)
    with database.write() as connection:
        assert claimed.untold(connection, 500) == []
        assert claimed.notices_of_a_day(connection, messages[-1], now) == 1
        told = [get_submission(connection, number) for number in ids]

    assert [one.answers for one in told] == [0, 0, 0, 0, 1]
    assert {one.state for one in told} == {"claimed"}


def test_yesterdays_notices_do_not_count_for_today(database: Database, now: datetime):
    account = road.new_account(database, now)
    road.take_in(database, road.arrival(account.account_id, now, trust="claimed"))
    with database.write() as connection:
        (message,) = claimed.untold(connection, 500)
        claimed.settle(connection, [message], NOTICE, now)

    with database.read() as connection:
        tomorrow = now + timedelta(days=1, seconds=1)
        assert claimed.notices_of_a_day(connection, message, tomorrow) == 0


def test_what_was_folded_is_told_of_with_the_next_notice(database: Database, now: datetime):
    account = road.new_account(database, now)
    road.take_in(database, *(road.arrival(account.account_id, now, trust="claimed") for _ in range(3)))
    with database.write() as connection:
        claimed.settle(connection, claimed.untold(connection, 500), None, now)

    with database.write() as connection:
        (group,) = claimed.folded(connection, 500)
        claimed.settle(connection, group, NOTICE, now + timedelta(days=1))
    with database.write() as connection:
        assert claimed.folded(connection, 500) == []
        assert claimed.notices_of_a_day(connection, group[-1], now + timedelta(days=1)) == 1

    assert len(group) == 3


def test_two_advisers_without_an_account_are_told_apart(database: Database, now: datetime):
    senders = ("x@rat.example", "y@rat.example", "x@rat.example")
    road.take_in(database, *(road.arrival(0, now, trust="claimed", sender=sender) for sender in senders))

    with database.write() as connection:
        messages = claimed.untold(connection, 500)
        claimed.settle(connection, [messages[0], messages[2]], NOTICE, now)
        claimed.settle(connection, [messages[1]], NOTICE, now)
        counts = [claimed.notices_of_a_day(connection, message, now) for message in messages]

    assert counts == [1, 1, 1]
    assert len({claimed.addressee(message) for message in messages}) == 2
