"""The balance account of a real store fits its sheet."""

from datetime import date

import pytest

from bot.statements.account import BalanceAccount, account_sheet
from bot.statements.as_text import text_of
from storage.books.balance import balance_of, newest_entries
from storage.engine.database import Database
from tests.bot.documents import RECIPIENT
from tests.storage.books.shop import open_shop


@pytest.fixture
def database(sqlite_path):
    store = Database.open(f"sqlite:///{sqlite_path}")
    yield store
    store.close()


def test_the_newest_entries_of_a_store_end_in_its_balance(database):
    shop, day = open_shop(database), date(2026, 8, 1)
    with database.read() as connection:
        held = balance_of(connection, shop.account.account_id, day)
        entries = newest_entries(connection, shop.account.account_id, day, 2)
    text = text_of(account_sheet(BalanceAccount(balance=held, as_of=day, entries=entries), RECIPIENT, "de"))
    assert "Frühere Buchungen" in text
    assert "Direktzahlung" in text
    assert text.splitlines()[-3].split() == ["Ihr", "Guthaben", "506,78"]  # 262.40 + 300.00 - 55.62
