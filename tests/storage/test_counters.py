"""Serials are given out once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.counters import reserve, reserve_apart
from storage.engine.database import Database


def test_serials_follow_one_another_from_one(database):
    with database.write() as connection:
        assert [reserve(connection, "case-26", count) for count in (3, 1, 2)] == [1, 4, 5]
        assert reserve(connection, "case-27", 1) == 1


def test_nobody_gets_a_serial_that_another_has(store_url, database):
    def take(_: int) -> list[int]:
        store, taken = Database.open(store_url), []
        for _ in range(20):
            with store.write() as connection:
                first = reserve_apart(connection, "x", 3)
                taken += range(first, first + 3)
        store.close()
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [serial for serials in pool.map(take, range(4)) for serial in serials]
    assert len(taken) == len(set(taken)) == 240


def test_a_serial_of_a_transaction_that_failed_is_not_given_out_twice_to_the_living(database):
    with database.write() as connection:
        kept = reserve_apart(connection, "x", 1)
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012  the exception comes in the middle of a transaction
        reserve_apart(connection, "x", 5)
        raise RuntimeError
    with database.write() as connection:
        assert reserve_apart(connection, "x", 1) > kept


def test_gateways_do_not_wait_for_one_another_s_serials(postgres, postgres_template):
    name = postgres.create(postgres_template)
    store = Database.open(postgres.url(name))
    with store.write() as first, store.write() as second:
        assert reserve_apart(first, "x", 2) == 1
        assert reserve_apart(second, "x", 2) == 3
    store.close()
    postgres.drop(name)
