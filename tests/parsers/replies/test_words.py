"""Of a reply only its writer's own words are read."""

from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.replies.words import own_words, said_in


@pytest.mark.parametrize(
    "text",
    [
        "Ja\n\nAm 3. Mai 2026 um 10:00 schrieb Inkasso <inkasso@x.example>:\n> Nein",
        "Ja\n\nAm 03.05.2026 um 10:00 Uhr, Inkasso GmbH <inkasso@x.example>\nschrieb:\nNein",
        "Ja\n\nOn Mon, 4 May 2026 at 10:00, Inkasso <inkasso@x.example> wrote:\n> Nein",
        "Ja\n\n-----Ursprüngliche Nachricht-----\nNein",
        "Ja\n\nVon: Inkasso\nGesendet: Montag\nNein",
        "Ja\n________________________________\nFrom: x\nNein",
        "> Nein\nJa\n> Nein",
        "\u200bJa\u00ad\n-- \nNein GmbH",
    ],
)
def test_what_is_quoted_or_signed_is_left_out(text):
    assert own_words(text) == "Ja"


def test_a_sentence_that_begins_with_a_date_is_no_quotation():
    assert (
        own_words("Am 3.2.2026 sind 100 € gekommen\nmehr nicht")
        == "Am 3.2.2026 sind 100 € gekommen\nmehr nicht"
    )


def mail(*lines: bytes):
    return message_from_bytes(b"\r\n".join(lines), policy=policy.default)


def test_a_mail_of_html_alone_is_read_up_to_its_quotation():
    page = (
        b"<html><head><style>p{}</style></head><body><p>Ja,<br>bitte &uuml;bernehmen</p>"
        b'<div class="gmail_quote">Am 1.1. schrieb wer:<blockquote>Nein</blockquote></div></body></html>'
    )
    assert said_in(mail(b"Content-Type: text/html; charset=utf-8", b"", page)) == "Ja,\nbitte übernehmen"


def test_the_plain_part_comes_first():
    parts = (
        b"Content-Type: multipart/alternative; boundary=b", b"", b"--b", b"Content-Type: text/plain", b"",
        b"Ja",
        b"--b", b"Content-Type: text/html", b"", b"<p>Nein</p>", b"--b--",
    )  # fmt: skip
    assert said_in(mail(*parts)) == "Ja"


@pytest.mark.parametrize(
    "header", [b"Content-Type: text/plain; charset=x-klingon", b"Content-Type: text/plain; charset*=@["]
)
def test_an_unknown_charset_is_read_as_well_as_can_be(header):
    assert said_in(mail(header, b"", b"Ja")) == "Ja"


@given(st.text(), st.booleans())
def test_no_text_makes_it_raise(text, is_html):
    kind = b"text/html" if is_html else b"text/plain"
    said_in(mail(b"Content-Type: " + kind + b"; charset=utf-8", b"", text.encode("utf-8", "replace")))
