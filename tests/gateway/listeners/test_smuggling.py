"""Bytes that another server might read differently than we do."""

import ssl
from pathlib import Path

import pytest

from gateway.listeners.smtp import MailServer, tls_context
from tests.gateway.listeners.stand import DOMAIN, MAIL, Stand, Wire, serving
from tests.peers.certificates import self_signed

FORGED = (
    f"MAIL FROM:<zweite@shop.example>\r\nRCPT TO:<claims@{DOMAIN}>\r\nDATA\r\n"
    "From: zweite@shop.example\r\nSubject: forged\r\n\r\nforged\r\n.\r\n"
).encode()


@pytest.mark.parametrize(
    "false_end", [b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r\n\n.\r\n", b"\n\n.\n\n", b"\n..\r\n", b"\r\n..\r\n"]
)
def test_a_second_mail_behind_a_false_end_of_lfs_is_only_text_of_the_first(
    stand: Stand, server: MailServer, false_end: bytes
):
    with Wire(server.port) as wire:
        wire.up_to_data().send(MAIL.encode() + false_end + FORGED)
        assert wire.reply().startswith("250")
        assert wire.say("QUIT").startswith("221")
        assert wire.reply() == ""
    (row,) = stand.stored()
    assert row["sender"] == "mueller@shop.example"
    assert b"MAIL FROM:<zweite@shop.example>" in row["content"]
    assert row["content"].endswith(b"\r\nforged\r\n")


@pytest.mark.parametrize(
    "false_end", [b"\r.\r", b"\r.\r\n", b"\r\n.\r", b"\r\r\n.\r\r\n", b"\n.\r", b"\n\r.\r\n", b"\r\n\r.\r\n"]
)
def test_a_second_mail_behind_a_false_end_with_a_bare_cr_is_refused_with_the_first(
    stand: Stand, server: MailServer, false_end: bytes
):
    with Wire(server.port) as wire:
        wire.up_to_data().send(MAIL.encode() + false_end + FORGED)
        reply = wire.reply()
        assert reply.startswith("550-5.6.11")
        assert "CR LF" in reply
        assert wire.reply() == ""
    assert stand.stored() == []


def test_commands_behind_the_true_end_are_the_next_commands(stand: Stand, server: MailServer):
    with Wire(server.port) as wire:
        wire.up_to_data().send(MAIL.replace("\r\n.", "\r\n..").encode() + b".\r\nRSET\r\nNOOP\r\nQUIT\r\n")
        assert [wire.reply()[:3] for _ in range(5)] == ["250", "250", "250", "221", ""]
    assert len(stand.stored()) == 1


def test_a_whole_second_message_may_follow_as_pipelining_allows(stand: Stand, server: MailServer):
    with Wire(server.port) as wire:
        wire.up_to_data().send(
            MAIL.replace("\r\n.", "\r\n..").encode()
            + f".\r\nMAIL FROM:<>\r\nRCPT TO:<x@{DOMAIN}>\r\nDATA\r\n".encode()
        )
        assert [wire.reply()[:3] for _ in range(4)] == ["250", "250", "250", "354"]
        wire.send(b"From: zweite@shop.example\r\n\r\n.\r\n")
        assert wire.reply().startswith("250")
    assert [row["sender"] for row in stand.stored()] == ["mueller@shop.example", "zweite@shop.example"]


def test_a_message_sent_before_354_is_refused_with_its_session(stand: Stand, server: MailServer):
    with Wire(server.port) as wire:
        wire.reply()
        wire.send(
            f"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@{DOMAIN}>\r\nDATA\r\n".encode() + MAIL.encode() + b".\r\n"
        )
        replies = [wire.reply()[:3] for _ in range(5)]
        assert replies == ["250", "250", "250", "503", ""]
    assert stand.stored() == []


@pytest.mark.parametrize("line", [b"NOOP\n", b"NOOP\rRSET\r\n", b"\n", b"EHLO c\nMAIL FROM:<>\r\n"])
def test_a_command_line_that_does_not_end_in_crlf_ends_the_session(server: MailServer, line: bytes):
    with Wire(server.port) as wire:
        wire.reply()
        wire.send(line)
        assert wire.reply().startswith("550")
        assert wire.reply() == ""


def test_the_true_end_is_found_when_it_comes_byte_by_byte(stand: Stand, server: MailServer):
    with Wire(server.port) as wire:
        wire.up_to_data()
        for byte in b"From: mueller@shop.example\r\n\r\na\r\n.\r\n":
            wire.send(bytes([byte]))
        assert wire.reply().startswith("250")
    assert stand.stored()[0]["content"] == b"From: mueller@shop.example\r\n\r\na\r\n"


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_the_true_end_is_found_at_every_cut_also_through_tls(stand: Stand, tmp_path: Path, cut: int):
    certificate, key = self_signed(tmp_path)
    context = ssl.create_default_context(cafile=str(certificate))
    with serving(stand.door, tls=tls_context(certificate, key)) as (server, _), Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        assert wire.say("STARTTLS").startswith("220")
        with context.wrap_socket(wire.socket, server_hostname="127.0.0.1") as secure:
            wire.socket = secure
            wire._file = secure.makefile("rb")
            secure.sendall(f"EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<x@{DOMAIN}>\r\nDATA\r\n".encode())
            assert [wire.reply()[:3] for _ in range(4)] == ["250", "250", "250", "354"]
            end = b"\r\n.\r\n"
            secure.sendall(b"From: mueller@shop.example\r\n\r\na" + end[:cut])
            secure.sendall(end[cut:] + b"QUIT\r\n")
            assert [wire.reply()[:3] for _ in range(2)] == ["250", "221"]
    assert stand.stored()[0]["content"] == b"From: mueller@shop.example\r\n\r\na\r\n"


def test_commands_injected_before_the_tls_handshake_are_never_obeyed(stand: Stand, tmp_path: Path):
    certificate, key = self_signed(tmp_path)
    with serving(stand.door, tls=tls_context(certificate, key)) as (server, _), Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        wire.send(b"STARTTLS\r\nMAIL FROM:<injected@else.example>\r\n")
        assert wire.reply().startswith("503")
        assert wire.reply() == ""


def test_a_handshake_that_is_none_ends_the_session_and_the_server_goes_on(stand: Stand, tmp_path: Path):
    certificate, key = self_signed(tmp_path)
    with serving(stand.door, tls=tls_context(certificate, key)) as (server, _):
        with Wire(server.port) as wire:
            wire.reply()
            wire.say("EHLO client.example")
            wire.say("STARTTLS")
            wire.send(b"MAIL FROM:<>\r\n" * 20)
            while wire.socket.recv(4096):
                continue
        with Wire(server.port) as wire:
            assert wire.reply().startswith("220")


@pytest.mark.parametrize(
    "part", [b"", b"From: mueller@shop.example\r\n\r\na\r\n.", b"From: mueller@shop.example\r\n.\r"]
)
def test_a_message_cut_off_before_its_end_is_not_stored(stand: Stand, server: MailServer, part: bytes):
    with Wire(server.port) as wire:
        wire.up_to_data().send(part)
    with Wire(server.port) as wire:
        wire.up_to_data().send(b"From: mueller@shop.example\r\n\r\n.\r\n")
        assert wire.reply().startswith("250")
    assert len(stand.stored()) == 1
