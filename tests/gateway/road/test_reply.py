"""Answers by mail: threaded, marked as automatic, and nothing a sender wrote can become a header."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from bot.answer import Answer
from gateway.road.reply import Attachment, Thread, compose, thread_of

NOW = datetime(2026, 4, 20, 9, 30, tzinfo=UTC)
ANSWER = Answer(subject="Re: Offene Posten [S-000042]", text="Grüße\n", html="<p>Grüße</p>")


def composed(thread: Thread, *attachments: Attachment) -> EmailMessage:
    raw = compose(
        ANSWER,
        sender="inkasso@inkasso.example",
        recipient="a@b.example",
        message_id="<s-000042.answer@inkasso.example>",
        thread=thread,
        attachments=attachments,
        now=NOW,
    )
    return message_from_bytes(raw, policy=policy.default)


def test_an_answer_stands_below_the_mail_it_answers():
    thread = thread_of(
        b"Subject: =?utf-8?q?Offene_Posten_M=C3=A4rz?=\r\n"
        b"Message-ID: <2@shop.example>\r\nReferences: <0@shop.example>\r\n <1@shop.example>\r\n\r\nHallo"
    )

    mail = composed(thread)

    assert thread.subject == "Offene Posten März"
    assert mail["In-Reply-To"] == "<2@shop.example>"
    assert mail["References"] == "<0@shop.example> <1@shop.example> <2@shop.example>"


def test_no_robot_answers_an_answer():
    mail = composed(Thread())

    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["In-Reply-To"] is None


def test_broken_headers_are_left_out():
    thread = thread_of(
        b"Subject: =?x-unknown?b?!!!?=\r\nMessage-ID: <@[>\r\nReferences: nothing <a b> <ok@x>\r\n\r\n"
    )

    assert thread.references == ("<ok@x>",)
    assert composed(thread)["Auto-Submitted"] == "auto-replied"


def test_a_name_with_a_line_break_stays_one_header():
    mail = composed(Thread(), Attachment(name="böse\r\nBcc: x@y.example\r\n.csv", content=b"a;b"))

    assert mail["Bcc"] is None
    assert len(list(mail.iter_attachments())) == 1


def test_bytes_that_are_no_mail_have_no_thread():
    assert thread_of(b"\x00\xff" * 500) == Thread()
