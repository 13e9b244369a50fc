"""`inkasso demo`: a real gateway in a temporary folder, and a creditor that uses it.

It runs `inkasso serve` as a process of its own and talks to it from outside alone: by SMTP, by the
drop folder, by the command line. What is shown is what came back.
"""

import json
import os
import re
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from gateway import demo_lists
from gateway.demo_screen import Screen
from storage.days import AGENCY_ZONE
from storage.errors import GatewayError

CREDITOR = ("buchhaltung@muster-handel.example", "Muster Handels GmbH")
DOMAIN = "inkasso.example"
PATIENCE_SECONDS = 30
START = datetime(2026, 11, 23, 9, tzinfo=AGENCY_ZONE)  # a clock of its own, so that time can go by


def run(*, once: bool, as_json: bool) -> None:
    """The tour; then, unless `once`, the gateway stays up until Ctrl-C."""
    with tempfile.TemporaryDirectory(prefix="inkasso-demo-") as folder:
        stage = Stage(Path(folder))
        screen = Screen(quiet=as_json)
        with stage.serving():
            screen.opening(stage.addresses())
            steps = tour(stage, screen)
            if as_json:
                sys.stdout.write(json.dumps({"steps": steps, "addresses": stage.addresses()}) + "\n")
                sys.stdout.flush()
            screen.closing(stage.addresses(), stage.password, stays=not once)
            if not once:
                _wait_for_interrupt()
        screen.farewell()


def tour(stage: "Stage", screen: Screen) -> list[dict[str, Any]]:
    """A creditor's first day, step by step; each step is also what `--json` prints."""
    lists = stage.folder / "lists"
    lists.mkdir()
    book = demo_lists.write_workbook(lists / "Offene Posten November.xlsx")
    export = demo_lists.write_csv(lists / "shop-export.csv")
    faulty = demo_lists.write_list_with_mistakes(lists / "Nachtrag.csv")
    steps = [
        _mailed(stage, screen, book, "A creditor mails the workbook that its bookkeeping exports"),
        _dropped(stage, screen, export),
        _mailed(stage, screen, faulty, "A list with mistakes: nothing is guessed, everything is explained"),
    ]
    corrected = demo_lists.write_corrected_list(lists / "Nachtrag.csv")
    steps += [
        _mailed(stage, screen, corrected, "The corrected list comes back: only what changed is taken"),
        _mailed(stage, screen, book, "The same workbook once more, by mistake"),
    ]
    number = re.findall(r"\d\d-\d{6}-\d", steps[0]["answer"])[0]
    steps += [
        _collected(stage, screen, number),
        _audited(stage, screen),
    ]
    return steps


def _mailed(stage: "Stage", screen: Screen, file: Path, title: str) -> dict[str, Any]:
    before = stage.answers()
    screen.step(title, f"SMTP, {file.name}, {file.stat().st_size:,} bytes")
    started = time.perf_counter()
    stage.mail(file)
    answer = stage.next_answer(before)
    seconds = time.perf_counter() - started
    text, files = _text_of(answer), _files_of(answer)
    screen.answer(answer["Subject"], text, files, seconds)
    return {
        "step": title,
        "file": file.name,
        "answer": text,
        "attachments": files,
        "seconds": round(seconds, 3),
    }


def _dropped(stage: "Stage", screen: Screen, file: Path) -> dict[str, Any]:
    title = "The shop drops its export into its folder; two of the invoices are known by now"
    screen.step(title, f"drop folder, {file.name}")
    started = time.perf_counter()
    stage.drop(file)
    outcome = json.loads(stage.appears(f"{file.name}.outcome.json").read_text(encoding="utf-8"))
    seconds = time.perf_counter() - started
    files = sorted(path.name for path in stage.out.iterdir())
    screen.answer(f"out/{file.name}.outcome.json", outcome["text"], files, seconds)
    return {"step": title, "file": file.name, "answer": outcome["text"], "attachments": files,
            "seconds": round(seconds, 3)}  # fmt: skip


def _collected(stage: "Stage", screen: Screen, number: str) -> dict[str, Any]:
    """What becomes of a case: letter 1, the raised fee, a payment, the final document."""
    title = "Three weeks later: letter 1 is out, and the customer pays"
    screen.step(title, f"inkasso tick, inkasso payment book {number}, inkasso case statement {number}")
    started = time.perf_counter()
    for days in (1, 15):
        stage.command("tick", days=days)
    owed = stage.command("case", "show", number, days=22)["owed"]["total"]
    day = (START + timedelta(days=22)).date().isoformat()
    stage.command("payment", "book", number, "--amount", owed, "--value-date", day, days=22)
    sheet = stage.folder / "Abrechnung.txt"
    stage.command("case", "statement", number, "-o", str(sheet), days=22)
    text = sheet.read_text(encoding="utf-8")
    screen.answer(f"inkasso case statement {number}", text, [], time.perf_counter() - started)
    balance = stage.command("balance", "--creditor", CREDITOR[0], days=22)
    return {"step": title, "case": number, "answer": text, "balance": balance["balance"]}


def _audited(stage: "Stage", screen: Screen) -> dict[str, Any]:
    verdict = stage.command("verify")
    screen.audit(verdict)
    if not verdict["ok"]:
        raise GatewayError("the demo's own store does not hold; please report this")
    return {"step": "inkasso verify", **verdict}


class Stage:
    """The throw-away gateway and its one creditor."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.smtp_port, self.http_port = _free_ports(2)
        self._config = folder / "config.toml"
        self._config.write_text(self._written_config(), encoding="utf-8")
        self._outbox = folder / "outbox"
        self._log = folder / "gateway.log"
        self._process: subprocess.Popen[bytes] | None = None
        creditor = self.command(
            "creditor", "add", "--email", CREDITOR[0], "--name", CREDITOR[1],
            "--street", "Am Markt 1", "--postcode", "04109", "--city", "Leipzig",
        )  # fmt: skip
        self.password = str(creditor["smtp_password"])
        self._drop: Path = folder / "drop" / str(creditor["drop_folder"])
        self.out = self._drop / "out"

    def addresses(self) -> dict[str, str]:
        """Where the gateway is to be found."""
        return {
            "SMTP": f"127.0.0.1:{self.smtp_port}",
            "page": f"http://127.0.0.1:{self.http_port}/",
            "drop folder": str(self._drop / "in"),
            "answers": str(self._outbox),
            "configuration": str(self._config),
        }

    def command(self, *words: str, days: int = 0) -> Any:
        """What `inkasso … --json` prints, so many days after the tour has begun."""
        now = ("--now", (START + timedelta(days=days)).isoformat())
        done = subprocess.run(  # noqa: S603 - our own command
            [*_inkasso(), "--config", str(self._config), *now, *words, "--json"],
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        if done.returncode:
            raise GatewayError(f"inkasso {words[0]} ended with {done.returncode}: {done.stderr.decode()}")
        return json.loads(done.stdout)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The gateway as a process of its own; ended with SIGTERM, as a service manager does."""
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                [*_inkasso(), "--config", str(self._config), "--now", START.isoformat(), "serve"],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        try:
            self._wait(self._is_ready, "the gateway to be ready")
            yield
        finally:
            self._process.terminate()
            self._process.wait(PATIENCE_SECONDS)

    def mail(self, file: Path) -> None:
        """Send a file as the creditor's mail program does."""
        mail = EmailMessage()
        mail["From"], mail["To"] = CREDITOR[0], f"claims@{DOMAIN}"
        mail["Subject"], mail["Message-ID"] = file.stem, f"<{time.time_ns()}@muster-handel.example>"
        mail.set_content("Guten Tag,\n\nanbei unsere Liste.\n\nMit freundlichen Grüßen\nBuchhaltung\n")
        content = file.read_bytes()
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=file.name)
        with smtplib.SMTP("127.0.0.1", self.smtp_port, timeout=PATIENCE_SECONDS) as client:
            client.login(CREDITOR[0], self.password)
            client.send_message(mail)

    def drop(self, file: Path) -> None:
        """Put a file into the folder: under a hidden name first, then renamed into place."""
        hidden = self._drop / "in" / f".{file.name}.part"
        hidden.write_bytes(file.read_bytes())
        hidden.rename(self._drop / "in" / file.name)

    def answers(self) -> set[Path]:
        """The mails in the outbox."""
        return set(self._outbox.glob("*.eml"))

    def next_answer(self, before: set[Path]) -> EmailMessage:
        """The answer that was not there before, waited for."""
        fresh: set[Path] = self._wait(lambda: self.answers() - before, "an answer")
        answer = message_from_bytes(fresh.pop().read_bytes(), policy=policy.default)
        assert isinstance(answer, EmailMessage)
        return answer

    def appears(self, name: str) -> Path:
        """A file in `out/`, waited for."""
        path = self.out / name
        self._wait(path.exists, f"{name} in out/")
        return path

    def _wait(self, holds: Any, what: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (result := holds()):
            ended = self._process is not None and self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                tail = self._log.read_text(errors="replace")[-2_000:]
                raise GatewayError(f"waited in vain for {what}; the gateway said:\n{tail}")
            time.sleep(0.01)
        return result

    def _is_ready(self) -> bool:
        with suppress(OSError, urllib.error.URLError):
            url = f"http://127.0.0.1:{self.http_port}/readyz"
            with urllib.request.urlopen(url, timeout=2) as response:
                return bool(response.status == 200)
        return False

    def _written_config(self) -> str:
        """All there is to configure."""
        quoted = {name: json.dumps(str(self.folder / name)) for name in ("drop", "outbox")}
        return (
            f'[store]\nurl = "sqlite:///{self.folder}/inkasso.db"\nrehearsal = true\n'
            f'[smtp]\nlisten = "127.0.0.1:{self.smtp_port}"\n'
            f'[sftp]\nlisten = ""\n'
            f'[http]\nlisten = "127.0.0.1:{self.http_port}"\n'
            f"[drop]\nfolder = {quoted['drop']}\nsettle_seconds = 0.5\n"
            f"[delivery]\noutbox = {quoted['outbox']}\n"
        )


def _inkasso() -> list[str]:
    return [str(Path(sys.executable).with_name("inkasso"))]


def _text_of(answer: EmailMessage) -> str:
    body = answer.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def _files_of(answer: EmailMessage) -> list[str]:
    return [part.get_filename() or "" for part in answer.iter_attachments()]


def _wait_for_interrupt() -> None:
    if os.name != "posix":
        with suppress(KeyboardInterrupt):
            time.sleep(1 << 30)
        return
    ends = {signal.SIGINT, signal.SIGTERM}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # else the second of them would end us before we tidy up
    signal.sigwait(ends)


def _free_ports(count: int) -> list[int]:
    listening = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [int(each.getsockname()[1]) for each in listening]
    finally:
        for each in listening:
            each.close()
