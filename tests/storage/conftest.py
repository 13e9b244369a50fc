"""Stores for the tests of storage: on PostgreSQL one that is emptied, far cheaper than a new one each."""

from collections.abc import Iterator

import psycopg
import pytest

from storage.engine.schema import metadata
from tests.peers.postgres import PostgresServer

_EMPTY = f"TRUNCATE {', '.join(metadata.tables)}"


@pytest.fixture(scope="session")
def postgres_store(postgres: PostgresServer, postgres_template: str) -> str:
    """The address of the one store; its schema is nobody's to change."""
    return postgres.url(postgres.create(postgres_template))


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty, migrated store, for tests that open it themselves."""
    if request.param == "sqlite":
        yield f"sqlite:///{request.getfixturevalue('sqlite_path')}"
        return
    url = request.getfixturevalue("postgres_store")
    yield url
    _empty(url)


def _empty(url: str) -> None:
    """Leave nothing behind, neither rows nor connections of tests and of the processes they killed."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute("SET session_replication_role = replica")  # the history guards itself otherwise
        connection.execute(_EMPTY)
