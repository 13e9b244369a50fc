"""Ways to spoil a file: by its bytes, and inside the members of a container."""

import io
import random
import zipfile
from collections.abc import Callable

NASTY = (
    b"",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1a",
    b"\r",
    b"\n\n\n",
    b"\x00\x00\x00\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b'"',
    b'""',
    b"'",
    b";",
    b";;;;;;;;",
    b"\t",
    b"|",
    b",",
    b"=",
    b":",
    b"&",
    b"<",
    b">",
    b"]]>",
    b"<!--",
    b"&#0;",
    b"&lol;",
    b"%PDF",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b'=HYPERLINK("http://x")',
    b"=cmd|' /C calc'!A0",
    b"@SUM(1)",
    b"-12,50",
    b"1.234",
    b"1,234",
    b"1.234,56-",
    b"(10,00)",
    b"1e308",
    b"-1e-9",
    b"NaN",
    b"inf",
    b"9" * 400,
    b"0" * 30,
    b"31.02.2025",
    b"29.02.2023",
    b"01/02/2025",
    b"0000-00-00",
    b"99999",
    b"-1",
    b"2958466",
    b"00.00.0000",
    b"1.1.1",
    b"Summe",
    b"Saldo",
    b"bezahlt",
    b"storniert",
    b"Gutschrift",
    b"Fehler",
    b"sep=;",
    "\u202e\u200b\ufeff".encode(),
    "Ⅷ ٣ ১ ½".encode(),
    "😀".encode(),
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"../../etc/passwd",
    b"Name;Betrag;Rechnungsnummer\r\n",
    b"From: a@b\r\nTo: c@d\r\n\r\n",
    b"true",
    b"#N/A",
    b"#REF!",
    b"x" * 5_000,
    b" " * 3_000,
    b"- " * 500,
    b'r="XFD1048576"',
    b'hidden="1"',
    b'table:number-columns-repeated="9999999"',
    b't="e"',
    b'date1904="1"',
)

Mutation = Callable[[random.Random, bytes, bytes], bytes]


def mutate(dice: random.Random, content: bytes, other: bytes) -> bytes:
    """The content spoilt a few times; a container half the time inside one of its members."""
    if content[:2] == b"PK" and dice.random() < 0.7:
        spoilt = _inside(dice, content, other)
        if spoilt is not None:
            return spoilt
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        content = dice.choice(_MUTATIONS)(dice, content, other)
    return content


def _inside(dice: random.Random, content: bytes, other: bytes) -> bytes | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (
        zipfile.BadZipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        ValueError,
        zipfile.zlib.error,
    ):
        return None
    if not members or sum(map(len, members.values())) > 4 << 20:
        return None
    names = sorted(members, key=lambda name: "sheet" in name or "content" in name or "workbook" in name)
    for name in {names[-1], dice.choice(names)}:
        members[name] = dice.choice(_MUTATIONS)(dice, members[name], other)
    if dice.random() < 0.05:
        del members[dice.choice(names)]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return target.getvalue()


def _flip(dice: random.Random, content: bytes, other: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(dice.choice((1, 4, 32))):
        if spoilt:
            spoilt[dice.randrange(len(spoilt))] ^= 1 << dice.randrange(8)
    return bytes(spoilt)


def _set(dice: random.Random, content: bytes, other: bytes) -> bytes:
    spoilt = bytearray(content)
    if spoilt:
        at = dice.randrange(len(spoilt))
        spoilt[at : at + 4] = dice.choice(
            (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", dice.randbytes(4))
        )
    return bytes(spoilt)


def _truncate(dice: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: dice.randrange(len(content) + 1)]


def _cut_out(dice: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _part(dice, content)
    return content[:start] + content[end:]


def _double(dice: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _part(dice, content)
    return content[:end] + content[start:end] * dice.choice((1, 1, 5, 50)) + content[end:]


def _splice(dice: random.Random, content: bytes, other: bytes) -> bytes:
    start, end = _part(dice, other)
    at = dice.randrange(len(content) + 1)
    return content[:at] + other[start:end] + content[at + dice.choice((0, end - start)) :]


def _insert(dice: random.Random, content: bytes, other: bytes) -> bytes:
    at = dice.randrange(len(content) + 1)
    return content[:at] + dice.choice(NASTY) + content[at:]


def _exchange(dice: random.Random, content: bytes, other: bytes) -> bytes:
    """A value between two signs becomes a nasty one."""
    sign = dice.choice((b";", b",", b"\t", b'"', b">", b"="))
    places = [at for at in range(len(content)) if content[at : at + 1] == sign][:5_000]
    if len(places) < 2:
        return _insert(dice, content, other)
    at = dice.randrange(len(places) - 1)
    return content[: places[at] + 1] + dice.choice(NASTY) + content[places[at + 1] :]


def _replace(dice: random.Random, content: bytes, other: bytes) -> bytes:
    """One byte becomes another everywhere: another delimiter, no line breaks."""
    old, new = dice.choice(b";,\t|\r\n\"'. 0=:<"), dice.choice(b";,\t|\r\n\"'. 0=:<\0")
    return content.replace(bytes([old]), bytes([new]))


def _part(dice: random.Random, content: bytes) -> tuple[int, int]:
    start = dice.randrange(len(content) + 1)
    return start, min(len(content), start + dice.choice((1, 4, 40, 400, 4_000)))


_MUTATIONS: tuple[Mutation, ...] = (
    _flip,
    _set,
    _truncate,
    _cut_out,
    _double,
    _splice,
    _insert,
    _exchange,
    _exchange,
    _replace,
)
