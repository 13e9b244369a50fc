"""The own words of a reply: what its writer typed, without what he quotes, signs with or formats.

Mail programs mark quotations in many ways. Whatever looks like the beginning of one ends the reply,
since words that were ours must never be read as an answer.
"""

import re
from email.message import EmailMessage, Message
from html.parser import HTMLParser
from itertools import pairwise

CHARACTERS_MAX = 4_000
LINES_MAX = 60
_HTML_CHARACTERS_MAX = 200_000
_QUOTED = re.compile(r"\s*(?:>|\|)")
_FORWARDED = "ursprüngliche nachricht|original message|weitergeleitete nachricht|forwarded message"
_QUOTES_FROM_HERE = re.compile(
    r"(?i)\s*(?:"
    r"(?:am|on)\b.{4,120}\b(?:schrieb|wrote)\b.*"  # Am 3. Mai 2026 um 10:00 schrieb …:
    r"|.{0,120}\b(?:schrieb|wrote)\b[^.!?]{0,80}:\s*"
    rf"|[-_*\s]*(?:{_FORWARDED})[-_*\s]*"
    r"|[*]?(?:von|from|gesendet|sent)[*]?:\s.*"
    r"|_{5,}\s*"
    r")"
)
# The same line, broken by the mail program before "schrieb".
_DATED = re.compile(r"(?i)\s*(?:am|on)\b.{4,120}\d.{0,80}")
_WROTE = re.compile(r"(?i)\s*(?:.*\b)?(?:schrieb|wrote)\b.*:\s*")
_SIGNATURE = re.compile(r"--\s?")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BREAKING = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "hr"})
_SILENT = frozenset({"style", "script", "head", "title"})
_QUOTING = re.compile(
    r"(?i)gmail_quote|yahoo_quoted|moz-cite-prefix|divrplyfwdmsg|appendonsend|ms-outlook-mobile-ref"
)


def said_in(mail: EmailMessage) -> str:
    """What the writer of a mail says in its body; empty where that cannot be told."""
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
    except Exception:  # noqa: BLE001 - header parsers raise many kinds on hostile values
        return ""
    if body is None:
        return ""
    text = _text_of(body)
    return own_words(_from_html(text) if _is_html(body) else text)


def own_words(text: str) -> str:
    """The lines above the first quotation or signature, without empty ones; at most CHARACTERS_MAX."""
    kept: list[str] = []
    lines = _INVISIBLE.sub("", text[: CHARACTERS_MAX * 4]).splitlines()
    for line, following in pairwise((*lines, "")):
        if _SIGNATURE.fullmatch(line) or _begins_quotation(line, following):
            break
        if line.strip() and not _QUOTED.match(line):
            kept.append(" ".join(line.split()))
        if len(kept) >= LINES_MAX:
            break
    return "\n".join(kept)[:CHARACTERS_MAX]


def _begins_quotation(line: str, following: str) -> bool:
    if _QUOTES_FROM_HERE.fullmatch(line):
        return True
    return _DATED.fullmatch(line) is not None and _WROTE.fullmatch(following) is not None


def _is_html(part: Message) -> bool:
    try:
        return part.get_content_subtype() == "html"
    except Exception:  # noqa: BLE001
        return False


def _text_of(part: Message) -> str:
    try:
        payload = part.get_payload(decode=True)
        charset = part.get_content_charset() or "utf-8"
    except Exception:  # noqa: BLE001 - an unknown transfer encoding or charset raises many kinds
        return ""
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(charset, "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")


class _Words(HTMLParser):
    """The text of a page up to its first quotation, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0
        self._has_ended = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote" or any(
            name in ("class", "id") and value and _QUOTING.search(value) for name, value in attrs
        ):
            self._has_ended = True
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _BREAKING:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent and not self._has_ended:
            self.parts.append(data.replace("\r", " ").replace("\n", " "))


def _from_html(page: str) -> str:
    words = _Words()
    try:
        words.feed(page[:_HTML_CHARACTERS_MAX])
    except (AssertionError, ValueError):  # what no browser would read either
        return ""
    return "".join(words.parts)
