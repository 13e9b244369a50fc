"""Bringing a store to the newest schema with Alembic, without any ini file.

The caller's transaction holds the whole upgrade, so that a gateway killed in between leaves the old
schema; a lock lets one of many starting gateways do the work while the others wait for it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from storage.engine import schema

_HERE = Path(__file__).parent
_UPGRADE_LOCK = 0x1A4A550  # any number that no other program locks by chance


def is_current(connection: Connection) -> bool:
    """Whether the store is at the newest schema."""
    if not inspect(connection).has_table("alembic_version"):
        return False
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found == schema.HEAD


def upgrade(connection: Connection) -> None:
    """Run what is missing, inside the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
    if is_current(connection):
        return
    _run(connection)


def _run(connection: Connection) -> None:
    from alembic.config import Config  # noqa: PLC0415  slow to load and needed once in a store's life
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.set_main_option("version_locations", str(_HERE / "versions"))
    config.set_main_option("path_separator", "newline")
    script = ScriptDirectory.from_config(config)

    def missing(revision: Any, _: Any) -> Iterable[Any]:
        return script._upgrade_revs("head", revision)  # noqa: SLF001  what `alembic upgrade` itself calls

    with EnvironmentContext(config, script, fn=missing, destination_rev="head") as environment:
        environment.configure(connection=connection)
        environment.run_migrations()
