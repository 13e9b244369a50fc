"""A real gateway as its own process, with what its users have: mail, a drop folder, the command line."""

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

COMMAND = [str(Path(sys.executable).with_name("inkasso"))]
START_SECONDS = 30
OWNER = "buchhaltung@muster.example"


class RunningGateway:
    """A gateway in a folder of its own; started, killed and started again at will."""

    def __init__(self, folder: Path, store_url: str | None = None, **sections: dict[str, object]) -> None:
        self.folder = folder
        self.smtp_port, self.lmtp_port, self.http_port = free_ports(3)
        self.outbox = folder / "outbox"
        self.drop = folder / "drop"
        self.config = folder / "config.toml"
        self.config.write_text(self._config(store_url, sections), encoding="utf-8")
        self.passwords: dict[str, str] = {}
        self.folders: dict[str, Path] = {}
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "gateway.log"

    def run(self, *arguments: str, check: bool = True) -> Any:
        """One command with --json; its document."""
        done = subprocess.run(
            [*COMMAND, "--config", str(self.config), *arguments, "--json"],
            capture_output=True, text=True, timeout=600, check=False, cwd=self.folder,
        )  # fmt: skip
        if check and done.returncode:
            raise AssertionError(f"{arguments} ended with {done.returncode}: {done.stderr}")
        return json.loads(done.stdout) if done.stdout else None

    def add_creditor(self, email: str = OWNER, name: str = "Muster Handels GmbH") -> dict[str, Any]:
        creditor = self.run(
            "creditor", "add", "--email", email, "--name", name,
            "--street", "Am Markt 1", "--postcode", "04109", "--city", "Leipzig",
        )  # fmt: skip
        self.passwords[email] = creditor["smtp_password"]
        self.folders[email] = self.drop / creditor["drop_folder"]
        return creditor

    def start(self) -> None:
        log = self.log.open("ab")
        self.process = subprocess.Popen(
            [*COMMAND, "--config", str(self.config), "serve"],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder, start_new_session=True,
        )  # fmt: skip
        log.close()
        self.wait_until(self._is_ready, START_SECONDS, "the gateway is ready")

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(60)
        self.process = None
        return code

    def kill(self) -> None:
        """kill -9, at whatever it is doing."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def mail(self, *attachments: Path, email: str = OWNER, **headers: str) -> dict[str, Any]:
        """Send files as a creditor does, logged in; says under which subject the answer will come."""
        message = EmailMessage()
        message["From"], message["To"] = email, "claims@inkasso.example"
        message["Subject"] = headers.pop("subject", "Offene Posten")
        message["Message-ID"] = headers.pop("message_id", f"<{time.time_ns()}@muster.example>")
        message.set_content("Guten Tag,\n\nanbei unsere offenen Posten.\n\nViele Grüße\n")
        for path in attachments:
            message.add_attachment(
                path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name
            )
        self.send(message, email)
        return {"message_id": message["Message-ID"]}

    def send(
        self, message: EmailMessage | bytes, email: str | None = OWNER, sender: str | None = None
    ) -> None:
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=60) as client:
            if email:
                client.login(email, self.passwords[email])
            envelope = sender or email or "nobody@nowhere.example"
            raw = message if isinstance(message, bytes) else message.as_bytes(policy=policy.SMTP)
            client.sendmail(envelope, ["claims@inkasso.example"], raw)

    def answers(self) -> list[EmailMessage]:
        files = sorted(self.outbox.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]  # type: ignore[misc]

    def answer_to(self, message_id: str, seconds: float = 60) -> EmailMessage:
        """The one answer to a mail, waited for."""
        self.wait_until(lambda: self._answers_to(message_id), seconds, f"an answer to {message_id}")
        found = self._answers_to(message_id)
        assert len(found) == 1, "one answer a submission"
        return found[0]

    def drop_file(self, path: Path, email: str = OWNER) -> Path:
        """Put a file into the account's folder as a careful client does: hidden, then renamed."""
        incoming = self.folders[email] / "in"
        hidden = incoming / f".{path.name}.part"
        hidden.write_bytes(path.read_bytes())
        return hidden.rename(incoming / path.name)

    def wait_until(self, holds: Any, seconds: float, what: str) -> Any:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if result := holds():
                return result
            if self.process is not None and self.process.poll() is not None:
                raise AssertionError(f"the gateway ended with {self.process.returncode}: {self.tail()}")
            time.sleep(0.02)
        raise AssertionError(f"not within {seconds} s: {what}\n{self.tail()}")

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-4_000:] if self.log.exists() else ""

    def http(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.http_port}{path}", timeout=5) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def _answers_to(self, message_id: str) -> list[EmailMessage]:
        return [answer for answer in self.answers() if answer["In-Reply-To"] == message_id]

    def _is_ready(self) -> bool:
        with suppress(OSError):
            return self.http("/readyz")[0] == 200
        return False

    def _config(self, store_url: str | None, sections: dict[str, dict[str, object]]) -> str:
        url = store_url or f"sqlite:///{self.folder}/inkasso.db"
        base: dict[str, dict[str, object]] = {
            "store": {"url": url},
            "smtp": {"listen": f"127.0.0.1:{self.smtp_port}"},
            "lmtp": {"listen": f"127.0.0.1:{self.lmtp_port}"},
            "sftp": {"listen": ""},
            "http": {"listen": f"127.0.0.1:{self.http_port}"},
            "drop": {"folder": str(self.drop), "settle_seconds": 0.3},
            "delivery": {"outbox": str(self.outbox), "sender": "inkasso@inkasso.example"},
        }
        for name, keys in sections.items():
            base.setdefault(name, {}).update(keys)
        return "".join(
            f"[{name}]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
            for name, keys in base.items()
        )


@contextmanager
def running(
    folder: Path, store_url: str | None = None, **sections: dict[str, object]
) -> Iterator[RunningGateway]:
    """A gateway with one creditor, started; stopped (or killed) at the end."""
    gateway = RunningGateway(folder, store_url, **sections)
    gateway.add_creditor()
    gateway.start()
    try:
        yield gateway
    finally:
        if gateway.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(gateway.process.pid, signal.SIGKILL)
            gateway.process.wait()


def free_ports(count: int) -> list[int]:
    """Ports that were free a moment ago."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()
