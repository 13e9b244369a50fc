"""The mark of a rehearsal store: its clock may be set, so it can never go live, nor a live one rehearse."""

from sqlalchemy import Connection, select

from storage.engine.database import Database
from storage.engine.schema import accounts, counters
from storage.errors import ConfigError, RefusedError

_MARK = "rehearsal"  # kept among the counters, where a name is unique


def agree_on_rehearsal(database: Database, *, rehearsal: bool) -> None:
    """Check `[store] rehearsal` against a migrated store: one read, unless it is to be marked or refused.

    Raises ConfigError as `mark_or_refuse`.
    """
    with database.read() as connection:
        if is_rehearsal(connection) is rehearsal:
            return
    with database.write() as connection:
        mark_or_refuse(connection, rehearsal)


def mark_or_refuse(connection: Connection, rehearsal: bool) -> None:
    """Mark an empty store that is opened to rehearse; in a transaction that may write.

    Raises ConfigError when a store with accounts is opened to rehearse, or a marked one in earnest.
    """
    if is_rehearsal(connection) is rehearsal:
        return
    if not rehearsal:
        raise ConfigError(
            "this store was made to rehearse and can never go live: "
            "set [store] rehearsal = true, or name another store in [store] url"
        )
    if connection.execute(select(accounts.c.account_id).limit(1)).first() is not None:
        raise ConfigError(
            "this store has accounts and was not made to rehearse: "
            "set [store] rehearsal = false, or name a new store in [store] url"
        )
    connection.execute(counters.insert().values(name=_MARK, value=1))


def is_rehearsal(connection: Connection) -> bool:
    """Whether the store carries the mark."""
    found = select(counters.c.value).where(counters.c.name == _MARK)
    return connection.execute(found).first() is not None


def refuse_live_in_rehearsal(connection: Connection) -> None:
    """Raise RefusedError in a rehearsal store; called before an account goes live."""
    if is_rehearsal(connection):
        raise RefusedError("a rehearsal store can never go live; add the account in a store of its own")
