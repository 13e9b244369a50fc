"""Heads of a chain that somebody kept, as a statement prints them: what was booked then must still stand."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from sqlalchemy import Connection, text

from storage.accounts import account_by_email, account_by_id
from storage.books.entries import CHAIN_START
from storage.errors import RefusedError
from storage.findings import Finding

_HASH = re.compile(r"[0-9a-f]{16,64}", re.ASCII)
_KEPT = "SELECT 1 FROM journal WHERE account_id = :account_id AND substr(hash, 1, :size) = :head LIMIT 1"


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A head of an account's chain, or its first eight bytes and more."""

    account_id: int
    head: bytes


def parse_anchor(connection: Connection, written: str) -> Anchor:
    """An anchor as it is written, `creditor@example.org=ab12…` or `7=ab12…`.

    Raises RefusedError when it is written otherwise, UnknownError when there is no such account.
    """
    who, _, head = written.rpartition("=")
    head = "".join(head.split()).lower()
    if not who or not _HASH.fullmatch(head) or len(head) % 2:
        raise RefusedError(
            f"{written!r} is no anchor: write the account, = and 16 to 64 hexadecimal digits of the head"
        )
    account = account_by_id(connection, int(who)) if who.isdecimal() else account_by_email(connection, who)
    return Anchor(account_id=account.account_id, head=bytes.fromhex(head))


def anchor_findings(connection: Connection, anchors: Sequence[Anchor]) -> Iterator[Finding]:
    """The anchors that are not in their account's chain."""
    for anchor in anchors:
        asked = {"account_id": anchor.account_id, "size": len(anchor.head), "head": anchor.head}
        if CHAIN_START.startswith(anchor.head) or connection.execute(text(_KEPT), asked).first():
            continue
        yield Finding(
            check="books.anchor",
            subject=f"account {anchor.account_id}",
            message=f"its chain does not have the head {anchor.head.hex()}: what was booked was rewritten",
        )
