"""Waits in the event loop for a commit that a thread makes."""

import asyncio
from concurrent.futures import Future
from typing import Protocol

from storage.intake.inbox import Arrival


class Commits(Protocol):
    """What the listeners need of the group commit."""

    def submit(self, arrival: Arrival) -> "Future[int]":
        """Queue it; the future holds the submission's id once it is on disk."""
        ...


async def committed(commits: Commits, arrival: Arrival) -> int:
    """The submission's id, after its commit. Raises what the commit raised.

    Not `asyncio.wrap_future`: when a client hangs up, that would cancel the thread's own future,
    which the batch that is being committed still has to fill.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[int] = loop.create_future()

    def hand_over(finished: "Future[int]") -> None:
        if done.done():  # the client has gone; its message is stored all the same
            return
        if error := finished.exception():
            done.set_exception(error)
        else:
            done.set_result(finished.result())

    def wake_loop(finished: "Future[int]") -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(hand_over, finished)

    commits.submit(arrival).add_done_callback(wake_loop)
    return await done
