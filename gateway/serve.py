"""`inkasso serve`: one process with listeners, workers, delivery and HTTP in one event loop.

It begins with what is behind the door and opens the door last; it ends the other way round: the
listeners close, the chunk under way is committed, what is in the outbox is handed over.
"""

import asyncio
import signal
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import structlog
import uvicorn
import uvloop

from gateway.addresses import Listen
from gateway.clock import Clock
from gateway.composition import Gateway, open_gateway
from gateway.config import Config, Listener
from gateway.delivery import (
    DropFolderOut,
    FailedFiles,
    OutboxFolder,
    OutcomeTables,
    Postman,
    Smarthost,
    Transport,
)
from gateway.garbage import keep_free_memory
from gateway.http import create_app
from gateway.listeners.door import Door
from gateway.listeners.folder import DropFolder
from gateway.listeners.smtp import start_lmtp, start_smtp, tls_context
from gateway.metrics import Metrics
from gateway.road.worker import Worker
from gateway.status import GatewayStatus
from gateway.ticker import Ticker
from storage.errors import GatewayError
from storage.intake.inbox import Arrival, is_work

DRAIN_SECONDS = 10

log = structlog.get_logger("serve")


def run(config: Config, clock: Clock) -> None:
    """Serve until SIGTERM or SIGINT, then drain."""
    keep_free_memory()
    with open_gateway(config, clock) as gateway, asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(Service(gateway).run())


class Service:
    """Everything that runs while the gateway serves."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._config = gateway.config
        self._status = GatewayStatus(gateway.database, Metrics(), gateway.clock)
        self._stop = asyncio.Event()

    async def run(self) -> None:
        """Start, wait for the signal, drain."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop.set)
        async with AsyncExitStack() as parts:
            await self._start(parts)
            log.info("serving", **self._addresses())
            await self._stop.wait()
            log.info("draining")
        log.info("ended")

    async def _start(self, parts: AsyncExitStack) -> None:
        """What is started first is stopped last."""
        gateway = self._gateway
        folder = DropFolder(
            gateway.database,
            gateway.group_commit,
            gateway.clock,
            folder=gateway.drop_folder,
            settle_seconds=self._config.drop.settle_seconds,
        )
        postman = await self._start_postman(parts, folder)
        worker = self._start_worker(parts, postman)

        def committed(arrivals: Sequence[Arrival]) -> None:
            self._status.committed(arrivals)
            if any(is_work(arrival) for arrival in arrivals):
                worker.wake()

        ticker = self._start_ticker(parts)
        self._status.is_working = lambda: worker.is_alive and postman.is_alive and ticker.is_alive
        gateway.answers.on_told = self._status.told
        gateway.group_commit.on_commit = committed
        gateway.group_commit.start()
        parts.push_async_callback(asyncio.to_thread, gateway.group_commit.stop)
        await folder.start()
        parts.push_async_callback(folder.stop)
        await self._open_door(parts)
        parts.callback(setattr, self._status, "is_draining", True)
        await self._start_http(parts)

    async def _start_postman(self, parts: AsyncExitStack, folder: DropFolder) -> Postman:
        gateway = self._gateway
        postman = Postman(
            gateway.database,
            gateway.clock,
            gateway.owner,
            self._transports(folder),
            on_result=self._status.handed_over,
        )
        task = asyncio.create_task(postman.run())

        async def stop() -> None:
            postman.stop()
            await task
            # What is not handed over now stays in the outbox for the next start.
            with suppress(TimeoutError, GatewayError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    while await postman.empty_once():
                        continue

        parts.push_async_callback(stop)
        return postman

    def _start_worker(self, parts: AsyncExitStack, postman: Postman) -> Worker:
        gateway, loop = self._gateway, asyncio.get_running_loop()
        worker = Worker(
            database=gateway.database,
            road=gateway.road,
            answers=gateway.answers,
            clock=gateway.clock,
            owner=gateway.owner,
            on_answer=partial(loop.call_soon_threadsafe, postman.wake),
        )
        gateway.pool.warm()
        worker.start()
        parts.push_async_callback(asyncio.to_thread, worker.stop)
        return worker

    def _start_ticker(self, parts: AsyncExitStack) -> Ticker:
        gateway = self._gateway
        ticker = Ticker(
            gateway.database,
            gateway.book_settings,
            gateway.rhythm,
            gateway.clock,
            wait=timedelta(hours=gateway.config.autocollect.wait_hours),
        )
        ticker.start()
        parts.push_async_callback(asyncio.to_thread, ticker.stop)
        return ticker

    async def _open_door(self, parts: AsyncExitStack) -> None:
        gateway, config = self._gateway, self._config
        door = Door(
            gateway.database,
            gateway.group_commit,
            gateway.clock,
            domain=config.intake.domain,
            message_size_bytes_max=config.intake.message_size_bytes_max,
        )
        self._status.watch(door)
        parts.callback(door.close)
        for section, start in ((config.smtp, start_smtp), (config.lmtp, start_lmtp)):
            if section.address is not None:
                server = await start(section.address, door, tls_context=_tls(section))
                parts.push_async_callback(server.stop)

    async def _start_http(self, parts: AsyncExitStack) -> None:
        section = self._config.http
        if section.address is None:
            return
        listening = bound(section.address)
        server = _QuietServer(_http_config(section, self._status, self._config.intake.domain))
        task = asyncio.create_task(server.serve(sockets=[listening]))

        async def stop() -> None:
            server.should_exit = True
            await task

        parts.push_async_callback(stop)

    def _transports(self, folder: DropFolder) -> dict[str, Transport]:
        delivery = self._config.delivery
        relay = delivery.relay
        mails: Transport = OutboxFolder(Path(delivery.outbox))
        if relay is not None:
            mails = Smarthost(
                host=relay.host,
                port=relay.port,
                user=relay.user,
                password=relay.password,
                tls=relay.tls,
                sender=delivery.sender,
            )
        drop = self._gateway.drop_folder
        return {
            "mail": mails,
            "file": DropFolderOut(drop),
            "table": OutcomeTables(self._gateway.database, drop),
            "failed": FailedFiles(folder),
        }

    def _addresses(self) -> dict[str, str]:
        sections = {"smtp": self._config.smtp, "lmtp": self._config.lmtp, "http": self._config.http}
        listening = {name: section.listen for name, section in sections.items() if section.listen}
        return {**listening, "drop": str(self._gateway.drop_folder)}


def _tls(section: Listener) -> ssl.SSLContext | None:
    return tls_context(Path(section.certificate), Path(section.key)) if section.certificate else None


class _QuietServer(uvicorn.Server):
    """A server that leaves the process's signals to us."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


def bound(address: Listen) -> socket.socket:
    """A socket bound to an address. Raises OSError when it is not to be had."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((address.host, address.port))
    return listening


def _http_config(section: Listener, status: GatewayStatus, domain: str) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(status, domain),
        ssl_certfile=section.certificate or None,
        ssl_keyfile=section.key or None,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=5,
    )
