"""What each report of an account has listed last, so that the next list shows what has vanished from it.

A creditor may write several lists with one header: of two branches, or each week only what is new. So
the newest few lists of a header are kept side by side, each as the identities of its claims in one
value. A list that goes on from some of them takes their place. A claim that was asked about is in none
of them any more: it is asked about again only when it has appeared and vanished once more.
"""

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import Connection, delete, select

from storage.engine.schema import list_states

CLAIMS_MAX = 100_000
STATES_KEPT = 6

_IDENTITIES = msgspec.msgpack.Decoder(list[bytes])
_PACK = msgspec.msgpack.Encoder()


class ListState(msgspec.Struct, frozen=True, kw_only=True):
    """What the list of one submission held, or still awaits a word on."""

    fingerprint: str
    submission_id: int
    identities: frozenset[bytes]


def states_of(connection: Connection, account_id: int, fingerprint: str) -> list[ListState]:
    """The newest lists with one header, newest first."""
    found = select(list_states).filter_by(account_id=account_id, fingerprint=fingerprint)
    return [
        ListState(
            fingerprint=fingerprint,
            submission_id=row.submission_id,
            identities=frozenset(_IDENTITIES.decode(row.identities)),
        )
        for row in connection.execute(found.order_by(list_states.c.submission_id.desc()).limit(STATES_KEPT))
    ]


def put_state(connection: Connection, account_id: int, state: ListState, ended: Iterable[int]) -> None:
    """Keep the state of a list; those of the submissions `ended`, and all but the newest, go."""
    mine = {"account_id": account_id, "fingerprint": state.fingerprint}
    known = select(list_states.c.submission_id).filter_by(**mine)
    newest = sorted({*connection.execute(known).scalars(), state.submission_id} - set(ended), reverse=True)
    gone = {*ended, state.submission_id, *newest[STATES_KEPT:]}
    connection.execute(delete(list_states).filter_by(**mine).where(list_states.c.submission_id.in_(gone)))
    connection.execute(
        list_states.insert().values(
            **mine, submission_id=state.submission_id, identities=_packed(state.identities)
        )
    )


def _packed(identities: Collection[bytes]) -> bytes:
    return _PACK.encode(sorted(identities))
