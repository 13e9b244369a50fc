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
        assert claimed.notices_of_a_day(connection, account.account_id, now) == 1
        told = [get_submission(connection, number) for number in ids]

    assert [one.answers for one in told] == [0, 0, 0, 0, 1]
    assert {one.state for one in told} == {"claimed"}


def test_yesterdays_notices_do_not_count_for_today(database: Database, now: datetime):
    account = road.new_account(database, now)
    road.take_in(database, road.arrival(account.account_id, now, trust="claimed"))
    with database.write() as connection:
        claimed.settle(connection, claimed.untold(connection, 500), NOTICE, now)

    with database.read() as connection:
        tomorrow = now + timedelta(days=1, seconds=1)
        assert claimed.notices_of_a_day(connection, account.account_id, tomorrow) == 0
