"""A store is made to rehearse once and for all."""

import pytest
from sqlalchemy import update

from storage.accounts import all_accounts, approve_account
from storage.engine import schema
from storage.errors import ConfigError, RefusedError
from storage.rehearsal import agree_on_rehearsal, is_rehearsal
from storage.verify import verify
from tests.storage.road import new_account


def test_an_empty_store_opened_to_rehearse_stays_one_with_its_accounts(database, now):
    agree_on_rehearsal(database, rehearsal=True)
    new_account(database, now)
    agree_on_rehearsal(database, rehearsal=True)
    with database.read() as connection:
        assert is_rehearsal(connection)
        assert verify(connection).findings == ()


def test_a_rehearsal_store_is_never_opened_in_earnest(database):
    agree_on_rehearsal(database, rehearsal=True)
    with pytest.raises(ConfigError, match="never go live"):
        agree_on_rehearsal(database, rehearsal=False)


def test_a_store_with_accounts_is_never_opened_to_rehearse(database, now):
    agree_on_rehearsal(database, rehearsal=False)
    new_account(database, now)
    agree_on_rehearsal(database, rehearsal=False)
    with pytest.raises(ConfigError, match="has accounts"):
        agree_on_rehearsal(database, rehearsal=True)


def test_no_account_goes_live_in_a_rehearsal_store(database, now):
    agree_on_rehearsal(database, rehearsal=True)
    with pytest.raises(RefusedError, match="rehearsal"):
        new_account(database, now, live=True, authority=b"%PDF")
    with database.read() as connection:
        assert all_accounts(connection) == []
    account = new_account(database, now)
    with database.write() as connection:
        connection.execute(update(schema.accounts).values(mode="live"))
    with pytest.raises(RefusedError, match="rehearsal"), database.write() as connection:
        approve_account(connection, account.email, now)


def test_outside_of_rehearsal_an_account_with_its_authority_goes_live(database, now):
    agree_on_rehearsal(database, rehearsal=False)
    assert new_account(database, now, live=True, authority=b"%PDF").mode == "live"
