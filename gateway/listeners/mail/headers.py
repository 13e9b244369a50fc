"""Reads of a mail's header block what the door must know: who it says it is from, and its Message-ID.

Only the first 256 KiB are looked at, by hand: the full reading of a mail is the worker's, in a
process of its own. Never raises on content. A From that two readers could understand differently is
no sender (RFC 5322, 3.6.2 asks for one From; two of them are the classic forgery). Lines may end with
CRLF or with a bare LF, mixed too: the worker's reader takes both.

This runs in the event loop on what strangers send, so each step is linear in its bytes: patterns do
not give back what they have taken (`*+`) unless the next sign decides at once, and a From longer
than any real one is not looked into.
"""

import re
from enum import Enum

import msgspec

_END_OF_HEADERS = re.compile(rb"\n\r?\n")
_FIELD = re.compile(rb"^(from|message-id)[ \t]*+:([^\n]*+(?:\n[ \t][^\n]*+)*+)", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+("?)', re.DOTALL)
_ADDRESS = r"[^\s<>()\[\]:;@\\,\"\x00-\x1f\x7f]+@[^\s<>()\[\]:;@\\,\"\x00-\x1f\x7f]+"
_BARE = re.compile(rf"\s*({_ADDRESS})\s*")
_ANGLED = re.compile(rf"([^<>@:;]*|\s*{_ADDRESS}\s*)<\s*({_ADDRESS})\s*>\s*")
_MESSAGE_ID_LENGTH_MAX = 998
_FROM_LENGTH_MAX = 2000
_ADDRESS_LENGTH_MAX = 320  # 64 + "@" + 255, RFC 5321, 4.5.3.1


class FromFault(Enum):
    """Why a mail has no sender, in German and English for the reply."""

    MISSING = ("Die Nachricht hat keine Absenderzeile (From).", "The message has no From header.")
    SEVERAL_HEADERS = (
        "Die Nachricht hat mehrere Absenderzeilen (From); genau eine ist erlaubt.",
        "The message has several From headers; exactly one is allowed.",
    )
    NOT_ONE_ADDRESS = (
        "Die Absenderzeile (From) muss genau eine lesbare Adresse nennen.",
        "The From header must hold exactly one readable address.",
    )
    HEADERS_TOO_LONG = ("Der Kopf der Nachricht ist zu lang.", "The header of the message is too long.")


class Headers(msgspec.Struct, frozen=True, kw_only=True):
    """What the door has read; without `fault` there is a `sender`."""

    sender: str = ""
    fault: FromFault | None = None
    message_id: str | None = None


def read_headers(head: bytes, *, is_whole: bool) -> Headers:
    """Read the beginning of a mail; `is_whole`: nothing comes after it."""
    end = _end_of_headers(head)
    if end < 0 and not is_whole:
        return Headers(fault=FromFault.HEADERS_TOO_LONG)
    found: dict[bytes, list[bytes]] = {b"from": [], b"message-id": []}
    for field in _FIELD.finditer(head, 0, end if end >= 0 else len(head)):
        found[field[1].lower()].append(field[2])
    message_id = _message_id(found[b"message-id"])
    senders = found[b"from"]
    if len(senders) != 1:
        fault = FromFault.SEVERAL_HEADERS if senders else FromFault.MISSING
        return Headers(fault=fault, message_id=message_id)
    address = only_address(_unfold(senders[0]))
    if address is None:
        return Headers(fault=FromFault.NOT_ONE_ADDRESS, message_id=message_id)
    return Headers(sender=address, message_id=message_id)


def only_address(value: str) -> str | None:
    """The one address that a From header names, or None.

    `Name <a@b.de>`, `"Name, GmbH" <a@b.de>`, `a@b.de (Name)` and `a@b.de <a@b.de>` name one;
    lists, groups, and an address as the name of another one do not.
    """
    if len(value) > _FROM_LENGTH_MAX:
        return None
    plain = _without_comments(_QUOTED.sub(_sign_of_quoted, value))
    if plain is None:
        return None
    address = None
    if bare := _BARE.fullmatch(plain):
        address = bare[1]
    elif (angled := _ANGLED.fullmatch(plain)) and _names_no_other(angled[1], angled[2]):
        address = angled[2]
    return address if address is not None and len(address) <= _ADDRESS_LENGTH_MAX else None


def _sign_of_quoted(found: re.Match[str]) -> str:
    """A sign that may stand in a name but in no address; a quote that never ends stays as it is."""
    return "\x01" if found[1] else found[0]


def _names_no_other(name: str, address: str) -> bool:
    return "@" not in name or name.strip().lower() == address.lower()


def _without_comments(text: str) -> str | None:
    """The text without (comments, which (nest)); None when the brackets do not match."""
    if "(" not in text and ")" not in text:
        return text
    kept, depth = [], 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return None
        if depth == 0:
            kept.append(" " if sign == ")" else sign)
    return None if depth else "".join(kept)


def _message_id(values: list[bytes]) -> str | None:
    if not values:
        return None
    text = _unfold(values[0]).strip()[:_MESSAGE_ID_LENGTH_MAX]
    return (text if text.isprintable() else "".join(filter(str.isprintable, text))) or None


def _end_of_headers(head: bytes) -> int:
    """Where the blank line begins, or -1."""
    if head.startswith((b"\n", b"\r\n")):
        return 0
    found = _END_OF_HEADERS.search(head)
    return found.start() + 1 if found else -1


def _unfold(value: bytes) -> str:
    return value.replace(b"\r\n", b"").replace(b"\n", b"").decode("utf-8", errors="replace")
