"""Checks a mail password against the accounts of an address.

A password hash is slow by design (argon2: tens of milliseconds and megabytes), so one thread does all
of them, and a check that succeeded is remembered for some minutes, under an HMAC with a key that
lives in this process only. The account's hash is part of it: a renewed password ends the memory.
"""

import asyncio
import hmac
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import argon2
from argon2.exceptions import InvalidHashError, VerificationError

from storage.accounts import Account, mail_password_accounts
from storage.engine.database import Database

REMEMBER_SECONDS = 300.0
REMEMBERED_MAX = 10_000
PASSWORD_LENGTH_MAX = 512


class PasswordCheck:
    """Who owns a login; a wrong address and a wrong password take the same time."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail-password")
        # Checking takes the cost from the hash; this one is for the decoy, and the accounts' own.
        self._hasher = argon2.PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
        self._key = secrets.token_bytes(32)
        self._remembered: dict[bytes, float] = {}
        self._decoy = ""

    async def accounts(self, address: str, password: str) -> tuple[Account, ...]:
        """The accounts of this address that have this password; empty: refused."""
        if not address or not password or len(password) > PASSWORD_LENGTH_MAX:
            return ()
        candidates = await asyncio.to_thread(self._candidates, address)
        if not candidates:
            await self._in_thread(self._refuse_slowly, password)
        return tuple([account for account, known in candidates if await self._matches(known, password)])

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _matches(self, known: str, password: str) -> bool:
        proof = hmac.digest(self._key, f"{known}\0{password}".encode(errors="surrogateescape"), "sha256")
        if self._remembered.get(proof, 0.0) > time.monotonic():
            return True
        if not await self._in_thread(self._verify, known, password):
            return False
        if len(self._remembered) >= REMEMBERED_MAX:
            self._remembered.clear()
        self._remembered[proof] = time.monotonic() + REMEMBER_SECONDS
        return True

    async def _in_thread(self, check: Callable[..., bool], *values: str) -> bool:
        return await asyncio.get_running_loop().run_in_executor(self._thread, check, *values)

    def _candidates(self, address: str) -> list[tuple[Account, str]]:
        with self._database.read() as connection:
            return mail_password_accounts(connection, address)

    def _verify(self, known: str, password: str) -> bool:
        try:
            return self._hasher.verify(known, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            return False

    def _refuse_slowly(self, password: str) -> bool:
        self._decoy = self._decoy or self._hasher.hash(secrets.token_hex(16))
        self._verify(self._decoy, password)
        return False
