"""PostgreSQL is told how large the tables are, where it cannot know.

It counts rows in passing, and counts none of a large intake that is not committed yet: for a minute or
so it then takes a table of a million rows for one of a single row and reads it whole for every row of
another. Whoever is about to ask about all accounts has such tables counted before.
"""

from sqlalchemy import text

from storage.engine.database import Database
from storage.engine.schema import metadata

# A table has more rows than pages, unless its rows were not seen when they were counted.
_MISCOUNTED = text(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace "
    "AND relpages > 0 AND reltuples < relpages ORDER BY relname"
)


def count_miscounted(database: Database) -> list[str]:
    """Count the tables anew of which PostgreSQL knows less than a row a page; returns their names."""
    if database.dialect == "sqlite":
        return []
    with database.write() as connection:
        found = [name for name in connection.execute(_MISCOUNTED).scalars() if name in metadata.tables]
        if found:
            # Whoever counts one of them already is not waited for.
            connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {', '.join(found)}")
    return found
