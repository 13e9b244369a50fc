"""The swiss army knife for SMTP, as an operator would use it, and Postfix's load generator."""

import os
import subprocess
from pathlib import Path

import pytest

from gateway.listeners.smtp import MailServer, tls_context
from tests.gateway.listeners.stand import DOMAIN, Stand, serving
from tests.peers.certificates import self_signed
from tests.peers.installed import needed


def swaks(port: int, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            needed("swaks"),
            "--server",
            "127.0.0.1",
            "--port",
            str(port),
            "--to",
            f"claims@{DOMAIN}",
            *options,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("tls", [False, True])
def test_swaks_sends_an_attachment_with_login(stand: Stand, tmp_path: Path, tls: bool):
    if tls and "=== TLS supported" not in swaks(1, "--support").stdout:
        pytest.fail("no Net::SSLeay") if os.environ.get("CI") == "true" else pytest.skip("no Net::SSLeay")
    context = tls_context(*self_signed(tmp_path)) if tls else None
    sheet = tmp_path / "Liste.csv"
    sheet.write_text("Name;Betrag\nMeier;12,50\n")
    options = (
        *(["--tls"] if tls else []),
        "--auth",
        "PLAIN",
        "--auth-user",
        "mueller@shop.example",
        "--auth-password",
        stand.password,
    )
    with serving(stand.door, tls=context) as (server, _):
        done = swaks(server.port, "--from", "mueller@shop.example", "--attach", f"@{sheet}", *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "accepted as S-000001" in done.stdout
    (row,) = stand.stored()
    assert row["trust"] == "authenticated"
    assert b"Liste.csv" in row["content"]


@pytest.mark.parametrize("option", ["--pipeline", "--quit-after=DATA"])
def test_swaks_without_login_is_claimed_or_cut_off(stand: Stand, server: MailServer, option: str):
    done = swaks(server.port, "--from", "mueller@shop.example", option)
    assert (done.returncode == 0) == (len(stand.stored()) == 1), done.stdout + done.stderr
    assert option != "--pipeline" or done.returncode == 0


def test_an_unknown_sender_sees_in_swaks_what_to_do(server: MailServer):
    done = swaks(server.port, "--from", "stranger@else.example")
    assert done.returncode == 26  # a failure after DATA
    assert "register this address" in done.stdout


@pytest.mark.parametrize("connections", [[], ["-d"]])
def test_a_load_of_many_sessions_loses_and_doubles_nothing(
    stand: Stand, server: MailServer, connections: list[str]
):
    load = [needed("smtp-source", "postfix"), "-s", "10", "-m", "60", "-l", "4096", *connections]
    addresses = ["-f", "mueller@shop.example", "-t", f"claims@{DOMAIN}", f"127.0.0.1:{server.port}"]
    subprocess.run([*load, *addresses], check=True, timeout=60)
    rows = stand.stored()
    assert len(rows) == 60
    assert len({row["message_id"] for row in rows}) == 60
