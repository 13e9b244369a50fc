"""SMTP by a real client: who may hand over what, and what is stored."""

import hashlib
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest

from gateway.addresses import Listen
from gateway.listeners.mail.limits import MailLimits
from gateway.listeners.mail.session import MailSession
from gateway.listeners.smtp import MailServer, tls_context
from tests.gateway.listeners.stand import DOMAIN, MAIL, SIZE_BYTES_MAX, Stand, Wire, serving
from tests.peers.certificates import self_signed

TO = [f"claims@{DOMAIN}"]


@contextmanager
def client(server: MailServer) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", server.port, timeout=20) as session:
        session.ehlo("client.example")
        yield session


def sent(
    session: smtplib.SMTP, mail: str | bytes, to: list[str] = TO, sender: str = "x@y.example"
) -> tuple[int, str]:
    """Code and text of the reply to the message."""
    session.mail(sender)
    for address in to:
        assert session.rcpt(address)[0] == 250
    code, text = session.data(mail)
    return code, text.decode("ascii")


def from_(address: str) -> str:
    return MAIL.replace("Firma M=C3=BCller <mueller@shop.example>", address)


def test_a_known_sender_without_proof_is_stored_as_claimed_and_told_that_it_waits(
    stand: Stand, server: MailServer
):
    with client(server) as session:
        code, text = sent(session, MAIL)
    assert code == 250
    assert "S-000001" in text
    assert "waits for your confirmation" in text
    (row,) = stand.stored()
    assert row["content"] == MAIL.encode()
    assert row["sha256"] == hashlib.sha256(MAIL.encode()).digest()
    assert (row["size_bytes"], row["account_id"]) == (len(MAIL), stand.account.account_id)
    assert (row["channel"], row["trust"], row["sender"]) == ("smtp", "claimed", "mueller@shop.example")
    assert (row["message_id"], row["recipient"]) == ("<1@shop.example>", TO[0])


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_a_session_that_has_logged_in_is_authenticated(stand: Stand, server: MailServer, mechanism: str):
    with client(server) as session:
        session.user, session.password = "mueller@shop.example", stand.password
        session.auth(mechanism, getattr(session, f"auth_{mechanism.lower()}"))
        code, text = sent(session, MAIL)
    assert (code, text) == (250, "2.6.0 Danke, angenommen - accepted as S-000001")
    assert stand.stored()[0]["trust"] == "authenticated"


def test_the_second_login_with_the_same_password_is_remembered_until_it_is_renewed(
    stand: Stand, server: MailServer
):
    from storage.accounts import renew_mail_password
    from tests.gateway.listeners.stand import NOW

    for _ in range(2):
        with client(server) as session:
            assert session.login("mueller@shop.example", stand.password)[0] == 235
    with stand.database.write() as connection:
        renew_mail_password(connection, "mueller@shop.example", NOW)
    with client(server) as session, pytest.raises(smtplib.SMTPAuthenticationError):
        session.login("mueller@shop.example", stand.password)


@pytest.mark.parametrize(
    ("user", "password"),
    [("mueller@shop.example", "wrong"), ("nobody@shop.example", "x"), ("tax@adviser.example", "x"), ("", "")],
)
def test_a_wrong_login_is_refused(stand: Stand, server: MailServer, user: str, password: str):
    with client(server) as session, pytest.raises(smtplib.SMTPAuthenticationError) as refused:
        session.login(user, password)
    assert refused.value.smtp_code in {535, 501}


def test_a_session_is_hung_up_on_after_three_wrong_logins(stand: Stand, server: MailServer):
    wrong = b64encode(b"\0mueller@shop.example\0wrong").decode()
    with Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        replies = [wire.say(f"AUTH PLAIN {wrong}") for _ in range(3)]
        assert [reply[:3] for reply in replies] == ["535", "535", "421"]
        assert wire.reply() == ""


@pytest.mark.parametrize(
    "login", ["AUTH PLAIN !!!!", "AUTH PLAIN " + b64encode(b"a\0b").decode(), "AUTH NTLM", "AUTH"]
)
def test_a_login_that_is_none_is_answered_and_the_session_goes_on(server: MailServer, login: str):
    with Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        assert wire.say(login)[:1] == "5"
        assert wire.say("NOOP").startswith("250")


def test_an_authenticated_session_may_not_write_for_others(stand: Stand, server: MailServer):
    with client(server) as session:
        session.login("mueller@shop.example", stand.password)
        for foreign in ("zweite@shop.example", "stranger@else.example"):
            code, text = sent(session, from_(foreign))
            assert code == 550
            assert "does not belong to the account" in text
    assert stand.stored() == []


def test_one_address_for_two_accounts_is_decided_by_login_or_tag_or_left_open(
    stand: Stand, server: MailServer
):
    mail = from_("tax@adviser.example")
    with client(server) as session:
        sent(session, mail)
        sent(session, mail, [f"claims+{stand.other.drop_folder}@{DOMAIN}"])
        session.login("tax@adviser.example", stand.other_password)
        sent(session, mail)
        sent(session, mail, [f"claims+{stand.account.drop_folder}@{DOMAIN}"])
    rows = [(row["account_id"], row["trust"]) for row in stand.stored()]
    other = stand.other.account_id
    assert rows == [(0, "claimed"), (other, "claimed"), (other, "authenticated"), (other, "authenticated")]


@pytest.mark.parametrize("envelope", ["", "MAILER-DAEMON@else.example"])
def test_an_unknown_sender_is_refused_at_the_door_with_what_to_do(
    stand: Stand, server: MailServer, envelope: str
):
    with client(server) as session:
        code, text = sent(session, from_("Fremd <stranger@else.example>"), sender=envelope)
    assert code == 550
    assert "<stranger@else.example> ist hier nicht bekannt" in text
    assert "ask your collection agency to register this address" in text
    assert stand.stored() == []


def test_the_null_sender_may_hand_over_for_a_known_address(stand: Stand, server: MailServer):
    with client(server) as session:
        assert sent(session, MAIL, sender="")[0] == 250


@pytest.mark.parametrize(
    "head",
    [
        "Subject: x\r\n",
        "From: a@b.example, c@d.example\r\n",
        "From: mueller@shop.example\r\n" * 2,
        "From: ?\r\n",
    ],
)
def test_a_mail_without_exactly_one_sender_is_refused_with_the_reason(
    stand: Stand, server: MailServer, head: str
):
    with client(server) as session:
        code, text = sent(session, head + "\r\nHallo\r\n")
    assert code == 550
    assert "From" in text
    assert stand.stored() == []


@pytest.mark.parametrize(
    "address",
    [
        "a@else.example",
        f"a@sub.{DOMAIN}",
        f"a%else.example@x{DOMAIN}",
        "webmaster",
        "postmaster@else.example",
    ],
)
def test_other_domains_are_no_relay(server: MailServer, address: str):
    with client(server) as session:
        session.mail("x@y.example")
        code, text = session.rcpt(address)
    assert code in {550, 553}
    assert code == 553 or b"no relay" in text


@pytest.mark.parametrize("address", [f"ANY+tag@{DOMAIN.upper()}", f"umläut@{DOMAIN}", f"x'y=z/@{DOMAIN}"])
def test_every_local_part_of_our_domain_is_taken_in_any_case(server: MailServer, address: str):
    with Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        assert wire.say("MAIL FROM:<> SMTPUTF8").startswith("250")
        assert wire.say(f"RCPT TO:<{address}>").startswith("250")


def test_a_message_above_the_announced_size_is_refused_at_once_or_after_its_end(
    stand: Stand, server: MailServer
):
    with client(server) as session:
        assert session.esmtp_features["size"] == str(SIZE_BYTES_MAX)
        code, text = session.mail("x@y.example", [f"SIZE={SIZE_BYTES_MAX + 1}"])
        assert code == 552
        code, text = sent(session, MAIL + "x" * 78 * (SIZE_BYTES_MAX // 78))
        assert (code, "too large" in text) == (552, True)
        assert sent(session, MAIL)[0] == 250
    assert len(stand.stored()) == 1


def test_a_large_message_is_stored_as_it_was(stand: Stand, server: MailServer):
    mail = MAIL + ".%070d\r\n" * 30_000 % tuple(range(30_000))
    with client(server) as session:
        assert sent(session, mail)[0] == 250
    (row,) = stand.stored()
    assert row["content"] == mail.encode()
    assert row["sha256"] == hashlib.sha256(mail.encode()).digest()


def test_what_a_python_script_sends_as_bytes_with_lf_line_ends_is_stored_as_it_was(
    stand: Stand, server: MailServer
):
    message = EmailMessage()
    message["From"], message["To"] = "Müller <mueller@shop.example>", TO[0]
    message["Subject"], message["Message-ID"] = "Liste", "<lf@shop.example>"
    message.set_content("Hallo\n.ein Punkt\n..zwei\n.\n...\n\n.\n\nEnde\n")
    message.add_attachment("Name;Betrag\n.net GmbH;12,00\n", filename="liste.csv", subtype="csv")
    raw = message.as_bytes()
    assert b"\r" not in raw
    with client(server) as session:
        assert session.sendmail("x@y.example", TO, raw) == {}
        assert session.noop()[0] == 250
    (row,) = stand.stored()
    assert row["content"] == raw + b"\r\n"  # smtplib ends it so
    assert (row["sender"], row["message_id"]) == ("mueller@shop.example", "<lf@shop.example>")


@pytest.mark.parametrize("path", ["<postmaster>", "<POSTMASTER>", " <Postmaster>"])
def test_the_postmaster_needs_no_domain(stand: Stand, server: MailServer, path: str):
    with Wire(server.port) as wire:
        wire.reply()
        wire.say("EHLO client.example")
        wire.say("MAIL FROM:<mueller@shop.example>")
        assert wire.say(f"RCPT TO:{path}").startswith("250")
        assert wire.say("DATA").startswith("354")
        wire.send(b"From: mueller@shop.example\r\n\r\n.\r\n")
        assert wire.reply().startswith("250")
    assert stand.stored()[0]["recipient"] == f"postmaster@{DOMAIN}"


def test_many_messages_go_through_one_session(stand: Stand, server: MailServer):
    with client(server) as session:
        texts = [sent(session, MAIL)[1] for _ in range(5)]
    assert [f"S-{number:06d}" in text for number, text in enumerate(texts, 1)] == [True] * 5


def test_a_parameter_that_postfix_sends_after_a_login_is_taken(server: MailServer):
    with client(server) as session:
        assert session.mail("x@y.example", ["AUTH=<>", "BODY=8BITMIME"])[0] == 250


@pytest.mark.parametrize("factory", ["asyncio", "uvloop"])
def test_with_a_certificate_logins_need_tls_and_all_works_through_it(
    stand: Stand, tmp_path: Path, factory: str
):
    import importlib

    certificate, key = self_signed(tmp_path)
    trusting = ssl.create_default_context(cafile=str(certificate))
    loop = importlib.import_module(factory).new_event_loop
    with (
        serving(stand.door, tls=tls_context(certificate, key), factory=loop) as (server, _),
        client(server) as session,
    ):
        assert "auth" not in session.esmtp_features
        assert session.docmd("AUTH", "PLAIN " + b64encode(b"\0a\0b").decode())[0] == 538
        session.starttls(context=trusting)
        session.ehlo("client.example")
        assert "starttls" not in session.esmtp_features
        session.login("mueller@shop.example", stand.password)
        large = MAIL + "x\r\n" * 500_000
        assert sent(session, MAIL)[0] == 250
        assert sent(session, large)[0] == 250
    assert [row["trust"] for row in stand.stored()] == ["authenticated"] * 2
    assert stand.stored()[1]["content"] == large.encode()


def test_without_a_certificate_logins_are_offered_on_loopback_alone(stand: Stand):
    def needs_tls(host: str) -> bool:
        return MailServer(MailSession, Listen(host, 0), stand.door, None, MailLimits()).login_needs_tls

    assert [needs_tls(host) for host in ("127.0.0.1", "::1", "0.0.0.0", "192.0.2.1")] == [
        False,
        False,
        True,
        True,
    ]


def test_a_client_that_ends_its_side_right_after_the_message_still_gets_its_answer(
    stand: Stand, server: MailServer
):
    with Wire(server.port) as wire:
        wire.up_to_data().send(MAIL.replace("\r\n.", "\r\n..").encode() + b".\r\nQUIT\r\n")
        wire.socket.shutdown(socket.SHUT_WR)
        assert wire.reply().startswith("250")
        assert wire.reply().startswith("221")
        assert wire.reply() == ""
    assert len(stand.stored()) == 1


def test_half_a_message_at_the_end_of_what_a_client_says_is_nothing(stand: Stand, server: MailServer):
    with Wire(server.port) as wire:
        wire.up_to_data().send(MAIL.encode())
        wire.socket.shutdown(socket.SHUT_WR)
        assert wire.reply() == ""
    assert stand.stored() == []
