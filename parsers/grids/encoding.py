"""Which character encoding a text file has.

A byte order mark decides; then strict UTF-8 over the whole file; then the old one-byte encodings
by how German their umlauts look, because a detector by statistics takes cp850 for something else.
"""

import codecs
import re
from collections import Counter
from itertools import islice
from pathlib import Path

_CHUNK_BYTES = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OLD = ("cp1252", "cp850", "mac_roman")
_COMMON = "cp1252"
_COMMON_FAVOUR = 1.3  # between equals, Windows is far more often right
_GERMAN = frozenset("äöüÄÖÜß")
_USUAL = dict.fromkeys("éèáàâçñóòôíìúøåæëïêîûýÉÈÇÅØÁ", 8) | {"Š": 6, "Ž": 6, "š": 4, "ž": 4}
_VOWELS = frozenset("aeiou")
_BEFORE_SHARP_S = frozenset("aeiouäöüy")
_SIGNS = frozenset("€§°´–’„“”\xa0")
_FOUND = re.compile(rb"(?s)(.?)([\x80-\xff])(?=(.?))")
_FOUND_MAX = 20_000
_NULS_SHARE_MIN = 0.3


def detect_encoding(path: Path) -> str:
    """The encoding in Python's spelling; always one, the file's bytes decide how well it fits."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf8 = True
    found: Counter[tuple[bytes, bytes, bytes]] = Counter()
    with path.open("rb") as file:
        chunk = file.read(_CHUNK_BYTES)
        marked = _by_mark(chunk) or _by_nuls(chunk)
        if marked:
            return marked
        while chunk:
            if is_utf8:
                is_utf8 = _decodes(decoder, chunk, final=False)
            if found.total() < _FOUND_MAX:
                found.update(
                    (match[1], match[2], match[3]) for match in islice(_FOUND.finditer(chunk), _FOUND_MAX)
                )
            chunk = file.read(_CHUNK_BYTES)
    if is_utf8 and _decodes(decoder, b"", final=True):
        return "utf-8"
    return max(_OLD, key=lambda name: _german_look(name, found))


def _by_mark(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _by_nuls(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of western text is zero."""
    if len(head) < 4 or b"\0" not in head:
        return None
    even, odd = head[::2], head[1::2]
    if odd.count(0) > len(odd) * _NULS_SHARE_MIN and odd.count(0) > 4 * even.count(0):
        return "utf-16-le"
    if even.count(0) > len(even) * _NULS_SHARE_MIN and even.count(0) > 4 * odd.count(0):
        return "utf-16-be"
    return None


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _german_look(name: str, found: Counter[tuple[bytes, bytes, bytes]]) -> float:
    score = sum(
        count * _weight(*(one.decode(name, "replace") for one in (byte, before, after)))
        for (before, byte, after), count in found.items()
    )
    return score * _COMMON_FAVOUR if name == _COMMON and score > 0 else score


def _weight(char: str, before: str, after: str) -> int:
    """How likely a creditor in Germany writes this character between those two."""
    if char == "\ufffd" or not (char.isprintable() or char == "\xa0"):
        return -20
    return (_weight_of_letter if char.isalpha() else _weight_of_sign)(char, before, after)


def _weight_of_letter(char: str, before: str, after: str) -> int:
    follows_vowel = before.lower() in _VOWELS
    begins = not (before.isalpha() or char.isupper())
    if char.isupper() and (before.islower() or (before.isalpha() and after.islower())):
        return -10
    if char == "ß":
        return 10 if before.lower() in _BEFORE_SHARP_S else 2
    if char in _GERMAN:
        return 2 if follows_vowel else 6 if begins else 10
    if char == "á" and follows_vowel:
        return 1
    return _USUAL.get(char, 2) // (2 if begins else 1)


def _weight_of_sign(char: str, before: str, after: str) -> int:
    is_inside = before.isalpha() and after.isalpha()
    if char == "§":
        is_inside = before.isalpha() or after.isalpha()
    elif char == "€":
        is_inside = after.isalpha()
    return 8 if char in _SIGNS and not is_inside else -4
