"""A real PostgreSQL for tests: started unprivileged on a free loopback port, gone with the session.

Databases are made from a migrated template, so that a test has a fresh store in milliseconds.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path

import psycopg

START_SECONDS_MAX = 60
_ROOT = Path("/usr/lib/postgresql")
_UNPRIVILEGED = ("postgres", "nobody")


class PostgresServer:
    """A server in a temporary folder. `durable=False` leaves out flushing, which no test can see."""

    def __init__(self, programs: Path, *, durable: bool = False) -> None:
        self._programs = programs
        self._durable = durable
        self._folder = Path(tempfile.mkdtemp(prefix="inkasso-pg-"))
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self.port = _free_port()

    @classmethod
    def installed(cls) -> Path | None:
        """The folder of the newest installed server's programs."""
        found = sorted(_ROOT.glob("*/bin"), key=lambda path: float(path.parent.name))
        usable = [path for path in found if (path / "initdb").exists()]
        return usable[-1] if usable else None

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, _other_user())
        data = self._folder / "data"
        self._run(
            "initdb", "-D", str(data), "-U", "inkasso", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "shared_buffers": "128MB",
            "max_connections": "100",
            "max_wal_size": "2GB",
        }
        if not self._durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen(
            _as_other_user(str(self._programs / "postgres"), "-D", str(data), *options),
            stdout=log,
            stderr=log,
        )
        log.close()
        self._wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # at once, whoever is still connected
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://inkasso@127.0.0.1:{self.port}/{database}"

    def create(self, template: str = "template1") -> str:
        """The name of a fresh database."""
        name = f"store_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy")
        return name

    def drop(self, database: str) -> None:
        self._execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="inkasso", dbname="postgres", autocommit=True
        ) as c:
            c.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        command = _as_other_user(str(self._programs / program), *arguments)
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder)

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                self._execute("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self._folder / "log").read_text()) from None
                time.sleep(0.05)
            else:
                return


def _other_user() -> str:
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(user for user in _UNPRIVILEGED if user in known)


def _as_other_user(*command: str) -> list[str]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return list(command)
    user = _other_user()
    return ["setpriv", f"--reuid={user}", f"--regid={_group_of(user)}", "--clear-groups", "--", *command]


def _group_of(user: str) -> str:
    import pwd

    return str(pwd.getpwnam(user).pw_gid)


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]
