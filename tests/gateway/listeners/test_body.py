"""The end of a message, its dots and its line endings, wherever the bytes are cut."""

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.listeners.mail.body import MEMORY_BYTES_MAX, Body


def fed(
    chunks: list[bytes], size_bytes_max: int = 10_000_000, spool: Path | None = None
) -> tuple[Body, bytes | None]:
    body = Body(size_bytes_max, spool)
    rest = None
    for number, chunk in enumerate(chunks):
        rest = body.feed(chunk)
        if rest is not None:
            return body, rest + b"".join(chunks[number + 1 :])
    return body, rest


STUFFED = b"Subject: x\r\n\r\n..\r\n...a\r\nb.\r\n\r\n.c\r\n.\r\nQUIT\r\n"
CONTENT = b"Subject: x\r\n\r\n.\r\n..a\r\nb.\r\n\r\nc\r\n"


@pytest.mark.parametrize("first", range(len(STUFFED)))
def test_a_message_is_the_same_wherever_two_cuts_fall(first: int):
    for second in range(first, len(STUFFED)):
        body, rest = fed([STUFFED[:first], STUFFED[first:second], STUFFED[second:]])
        assert (body.content(), rest) == (CONTENT, b"QUIT\r\n")
        assert not body.has_bare_cr


def test_a_message_that_comes_byte_by_byte_is_the_same():
    body, rest = fed([STUFFED[at : at + 1] for at in range(len(STUFFED))])
    assert (body.content(), rest) == (CONTENT, b"QUIT\r\n")


@pytest.mark.parametrize("behind", [b"", b"MAIL FROM:<a@b.example>\r\n"])
def test_a_dot_right_after_data_is_an_empty_message(behind: bytes):
    body, rest = fed([b".\r\n" + behind])
    assert (body.content(), rest, body.size_bytes) == (b"", behind, 0)


@pytest.mark.parametrize(
    "false_end",
    [
        b"\n.\n",
        b"\n.\r\n",
        b"\r.\r",
        b"\r.\r\n",
        b"\r\n.\n",
        b"\r\n.\r",
        b"\n\n.\r\n",
        b"\r\n\x00.\r\n",
        b"\r\n .\r\n",
    ],
)
def test_nothing_but_crlf_dot_crlf_ends_a_message(false_end: bytes):
    _, rest = fed([b"Subject: x\r\n\r\na" + false_end + b"MAIL FROM:<forged@shop.example>\r\n"])
    assert rest is None
    _, rest = fed([b"Subject: x\r\n\r\na" + false_end + b"MAIL FROM:<forged@shop.example>\r\n", b"\r\n.\r\n"])
    assert rest == b""


LF_STUFFED = b"Subject: x\n\n..\n...a\nb.\n\n.c\n.\nd\r\n..e\r\n...\n.\r\n.f\n\r\n.\r\nQUIT\r\n"
LF_CONTENT = b"Subject: x\n\n.\n..a\nb.\n\n.c\n.\nd\r\n.e\r\n..\n.\r\nf\n\r\n"


@pytest.mark.parametrize("first", range(len(LF_STUFFED)))
def test_bare_lfs_are_content_and_only_dots_doubled_behind_them_are_undoubled(first: int):
    for second in range(first, len(LF_STUFFED)):
        body, rest = fed([LF_STUFFED[:first], LF_STUFFED[first:second], LF_STUFFED[second:]])
        assert (body.content(), rest, body.has_bare_cr) == (LF_CONTENT, b"QUIT\r\n", False)


@given(lines=st.lists(st.tuples(st.text("a.", max_size=4), st.sampled_from(["\n", "\r\n"]))), data=st.data())
def test_what_a_script_stuffed_behind_mixed_line_ends_comes_out_as_it_was(
    lines: list[tuple[str, str]], data: st.DataObject
):
    content = "".join(line + end for line, end in [*lines, ("", "\r\n")]).encode()
    raw = re.sub(rb"(?m)^\.", b"..", content) + b".\r\n"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    body, rest = fed([raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)])
    assert (body.content(), rest, body.has_bare_cr) == (content, b"", False)


@pytest.mark.parametrize(
    "content", [b"a\rb\r\n", b"a\r\r\nb\r\n", b"\r", b"\n\r", b"a\r\n\rb\r\n", b"a\n.\rb", b"a\r\n.\r."]
)
def test_a_bare_cr_anywhere_is_seen_at_every_cut(content: bytes):
    raw = content + b"\r\n.\r\n"
    for cut in range(len(raw)):
        body, _ = fed([raw[:cut], raw[cut:]])
        assert body.has_bare_cr


@given(lines=st.lists(st.binary(max_size=9).filter(lambda line: not set(line) & {10, 13})), data=st.data())
def test_what_was_stuffed_comes_out_as_it_was(lines: list[bytes], data: st.DataObject):
    content = b"".join(line + b"\r\n" for line in lines)
    raw = b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines) + b".\r\n"
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=6)))
    chunks = [raw[a:b] for a, b in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    body, rest = fed(chunks)
    assert (body.content(), rest, body.has_bare_cr) == (content, b"", False)
    assert body.size_bytes == len(content)


@given(raw=st.binary(max_size=200) | st.text("\r\n.a").map(str.encode), cut=st.integers(0, 200))
def test_bytes_of_any_kind_are_taken_alike_in_one_or_two_pieces(raw: bytes, cut: int):
    whole, rest = fed([raw])
    parts, rest_of_parts = fed([raw[:cut], raw[cut:]])
    assert (rest, whole.has_bare_cr) == (rest_of_parts, parts.has_bare_cr)
    if rest is not None:
        assert whole.content() == parts.content()


def test_a_message_of_exactly_the_limit_is_kept_and_one_byte_more_is_not():
    assert fed([b"12345678\r\n.\r\n"], 10)[0].too_large is False
    body, rest = fed([b"123456789\r\n.\r\nRSET\r\n"], 10)
    assert (body.too_large, rest, body.content()) == (True, b"RSET\r\n", b"")


def test_a_client_that_never_ends_is_hopeless_after_four_times_the_limit():
    body, rest = fed([b"x" * 100_000] * 20, 100_000)
    assert rest is None
    assert body.is_hopeless


def test_a_large_message_lies_in_a_file_until_it_is_closed(tmp_path: Path):
    lines = b"".join(b".%07d\r\n" % number for number in range(300_000))
    raw = lines.replace(b".", b"..")
    chunks = [raw[at : at + 65_537] for at in range(0, len(raw), 65_537)]
    body, rest = fed([*chunks, b".\r", b"\nQUIT\r\n"], spool=tmp_path)
    content = body.content()
    assert isinstance(content, Path)
    assert len(lines) > 2 * MEMORY_BYTES_MAX
    assert (content.read_bytes(), rest) == (lines, b"QUIT\r\n")
    assert lines.startswith(body.head)
    assert body.sha256 == hashlib.sha256(lines).digest()
    body.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", range(1, 9))
def test_a_bare_cr_is_seen_wherever_the_bytes_are_cut(at: int):
    raw = b"a\rb\r\n\r\n.\r\n"
    body, rest = fed([raw[:at], raw[at:]])
    assert (body.has_bare_cr, rest) == (True, b"")
