"""LMTP by a real client."""

import smtplib

from gateway.listeners.smtp import start_lmtp
from tests.gateway.listeners.stand import DOMAIN, MAIL, Stand, Wire, serving


def test_lmtp_answers_once_for_each_recipient_and_stores_once(stand: Stand):
    with serving(stand.door, start_lmtp) as (server, _), Wire(server.port) as wire:
        assert "LMTP" in wire.reply()
        assert wire.say("EHLO mx.example").startswith("500")
        assert wire.say("HELO mx.example").startswith("500")
        assert wire.say("MAIL FROM:<>").startswith("503")
        assert wire.say("LHLO mx.example").startswith("250")
        wire.say("MAIL FROM:<>")
        codes = [wire.say(f"RCPT TO:<{to}>")[:3] for to in (f"a@{DOMAIN}", "b@else.example", f"c@{DOMAIN}")]
        assert codes == ["250", "550", "250"]
        wire.say("DATA")
        wire.send(MAIL.replace("\r\n.", "\r\n..").encode() + b".\r\n")
        assert ["S-000001" in wire.reply() for _ in range(2)] == [True, True]
        assert wire.say("QUIT").startswith("221")
    (row,) = stand.stored()
    assert (row["channel"], row["trust"], row["content"]) == ("lmtp", "claimed", MAIL.encode())


def test_a_refused_message_is_refused_for_each_recipient(stand: Stand):
    with serving(stand.door, start_lmtp) as (server, _), Wire(server.port) as wire:
        wire.reply()
        for command in ("LHLO mx", "MAIL FROM:<>", f"RCPT TO:<a@{DOMAIN}>", f"RCPT TO:<b@{DOMAIN}>", "DATA"):
            wire.say(command)
        wire.send(b"From: stranger@else.example\r\n\r\n.\r\n")
        assert [wire.reply()[:3] for _ in range(2)] == ["550", "550"]
        assert wire.say("NOOP").startswith("250")


def test_a_plain_lmtp_client_works(stand: Stand):
    with serving(stand.door, start_lmtp) as (server, _), smtplib.LMTP("127.0.0.1", server.port) as session:
        assert session.sendmail("x@y.example", [f"a@{DOMAIN}"], MAIL) == {}
    assert len(stand.stored()) == 1
