"""Who a mail says it is from."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.listeners.mail.headers import FromFault, only_address, read_headers


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("a@b.de", "a@b.de"),
        (" <a@b.de> ", "a@b.de"),
        ("Firma Müller <a@b.de>", "a@b.de"),
        ('"Müller, GmbH" <a@b.de>', "a@b.de"),
        ('"chef@bank.example" <a@b.de>', "a@b.de"),
        (r'"a \" <x@y.de>" <a@b.de>', "a@b.de"),
        ("Müller, Hans <a@b.de>", "a@b.de"),
        ("a@b.de <A@b.de>", "A@b.de"),
        ("a@b.de (Hans (der Chef))", "a@b.de"),
        ("=?utf-8?q?M=C3=BCller?= <a@b.de>", "a@b.de"),
        ("müller@käse.de", "müller@käse.de"),
        ("Hans <a+liste@b.de>", "a+liste@b.de"),
        ("", None),
        ("Hans", None),
        ("a@b.de, c@d.de", None),
        ("<a@b.de>, <c@d.de>", None),
        ("<a@b.de> <c@d.de>", None),
        ("chef@bank.example <a@b.de>", None),
        ("Liste: a@b.de;", None),
        ("undisclosed-recipients:;", None),
        ('"a b"@c.de', None),
        ("a@b@c.de", None),
        ("a@b.de (nicht zu", None),
        ("a@b.de)", None),
        ("<>", None),
        ("<a@b.de", None),
        ('19" Rack <a@b.de>', "a@b.de"),
        (r'"Rack \" <a@b.de>', "a@b.de"),
        ('"' + r"\"" * 500 + '" <a@b.de>', "a@b.de"),
        ("a\x00@b.de", None),
        ("x" * 400 + "@b.de", None),
    ],
)
def test_a_from_header_names_one_address_or_none(value: str, address: str | None):
    assert only_address(value) == address


@pytest.mark.parametrize(
    ("head", "fault"),
    [
        (b"Subject: x\r\n\r\nFrom: a@b.de\r\n", FromFault.MISSING),
        (b"\r\nFrom: a@b.de\r\n", FromFault.MISSING),
        (b"", FromFault.MISSING),
        (b"From: a@b.de\r\nFrom: a@b.de\r\n\r\n", FromFault.SEVERAL_HEADERS),
        (b"From : a@b.de\r\nFROM:c@d.de\r\n\r\n", FromFault.SEVERAL_HEADERS),
        (b"X: y\r\n From: c@d.de\r\n\r\n", FromFault.MISSING),
        (b"From: a@b.de,\r\n c@d.de\r\n\r\n", FromFault.NOT_ONE_ADDRESS),
        (b"From: \xff\xfe\r\n\r\n", FromFault.NOT_ONE_ADDRESS),
        (b"From: a@b.de\nFrom: c@d.de\n\n", FromFault.SEVERAL_HEADERS),
        (b"From: a@b.de\r\nFrom: c@d.de\n\r\n", FromFault.SEVERAL_HEADERS),
        (b"X: y\nFrom: a@b.de\r\nFrom: c@d.de\r\n", FromFault.SEVERAL_HEADERS),
        (b"X: y\n\r\nFrom: a@b.de\r\n\r\n", FromFault.MISSING),
        (b"X: y\r\n\nFrom: a@b.de\r\n\r\n", FromFault.MISSING),
        (b"\nFrom: a@b.de\n\n", FromFault.MISSING),
        (b"From: a@b.de\rX\n\n", FromFault.NOT_ONE_ADDRESS),
        (b"From: " + b"x" * 2_000 + b" <a@b.de>\r\n\r\n", FromFault.NOT_ONE_ADDRESS),
    ],
)
def test_two_or_no_senders_are_a_fault(head: bytes, fault: FromFault):
    assert read_headers(head, is_whole=True).fault == fault


def test_a_folded_from_header_is_read_whole():
    read = read_headers(b"from:\r\n =?utf-8?q?M?=\r\n\t<a@b.de>\r\nSubject: x\r\n\r\n", is_whole=True)
    assert (read.sender, read.fault) == ("a@b.de", None)


def test_headers_are_found_behind_bare_lfs():
    head = b"Subject: x\nFrom: Hans\n <a@b.de>\nMessage-ID:\n\t<1@x>\nTo: y\n\nFrom: c@d.de\n"
    read = read_headers(head, is_whole=False)
    assert (read.sender, read.fault, read.message_id) == ("a@b.de", None, "<1@x>")


def test_a_header_without_end_within_the_bound_is_a_fault():
    assert read_headers(b"From: a@b.de\r\nX: y\r\n", is_whole=False).fault == FromFault.HEADERS_TOO_LONG
    assert read_headers(b"From: a@b.de\r\nX: y\r\n", is_whole=True).sender == "a@b.de"


@pytest.mark.parametrize(
    ("header", "message_id"),
    [
        (b"Message-ID: <1@x>\r\n", "<1@x>"),
        (b"message-id:\r\n <@[>\r\n", "<@[>"),
        (b"Message-ID: \r\n", None),
        (b"Message-ID: <a\x07b\xff>\r\n", "<ab\ufffd>"),
        (b"", None),
    ],
)
def test_a_message_id_of_any_form_is_kept_as_text(header: bytes, message_id: str | None):
    assert read_headers(b"From: a@b.de\r\n" + header + b"\r\n", is_whole=True).message_id == message_id


@given(head=st.binary(max_size=300), is_whole=st.booleans())
def test_reading_headers_never_raises_on_bytes(head: bytes, is_whole: bool):
    read_headers(head, is_whole=is_whole)


@given(value=st.text(alphabet='ab@.,<>()":; \\\t', max_size=30))
def test_an_address_that_is_named_stands_in_the_value(value: str):
    address = only_address(value)
    assert address is None or (address in value and address.count("@") == 1)


def test_a_long_header_block_is_read_in_one_pass():
    head = b"X: " + b"a " * 50_000 + b"\r\n" + b"Y: b\r\n c\r\n" * 10_000 + b"From: a@b.de\r\n\r\n"
    assert read_headers(head, is_whole=True).sender == "a@b.de"


NASTY_HEADS = r"""
import itertools
from gateway.listeners.mail.body import HEAD_BYTES_MAX
from gateway.listeners.mail.headers import only_address, read_headers

STARTS = ["From: ", 'From: "', "From: <", "From: (", "From", "Message-ID: ", "X: ", "", "\n"]
UNITS = ["\\\"", '"', '""', "\\", "(", "()", '("', "<", "<>", "@", "a@b", "a@b.de, ", "a ", " ", "\t", ":"]
UNITS += ["\r\n ", "\n ", "\n\t", " \n", "\r\n\r", "From:\n", "From :\r\n", "Message-ID:\n", "ä", "\0"]
ENDS = [b"", b"\r\n\r\n", b" <a@b.de>\n\n"]
for start, unit, end in itertools.product(STARTS, UNITS, ENDS):
    head = (start + unit * HEAD_BYTES_MAX)[:HEAD_BYTES_MAX].encode()[: HEAD_BYTES_MAX - len(end)] + end
    read_headers(head, is_whole=True)
    only_address(unit * (2_000 // len(unit)))
print("decided")
"""


def test_the_longest_heads_of_nasty_kinds_are_decided_and_freeze_nobody():
    """Some seconds for hundreds of them; one step that is not linear takes minutes for a single one."""
    program = [sys.executable, "-c", NASTY_HEADS]
    done = subprocess.run(program, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("decided\n", "")
