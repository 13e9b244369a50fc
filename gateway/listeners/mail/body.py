"""Takes a message out of the bytes that follow DATA: its exact end, its dots, its line endings.

RFC 5321 ends a message with CRLF "." CRLF and with nothing else. Servers that also took LF "." LF or
CR "." CR have let one mail carry a second one with a forged sender past the first server's checks
("SMTP smuggling"). Here only the five exact bytes end a message, and a message with any bare CR or
bare LF is refused, never mended: whoever relays such a thing has read it differently than we would.

Pieces are cut so that neither the end mark nor a CRLF is ever split: what could be the beginning of
an end mark is held back until more arrives. So it does not matter how the bytes were chunked, and
every piece is checked, freed of its dots, hashed and kept on its own: a large message goes to a
file while it arrives and is in memory at no time.
"""

import contextlib
import hashlib
from pathlib import Path
from typing import IO

from gateway.listeners import spool

END = b"\r\n.\r\n"
DOT_LINE = b"\r\n."
MEMORY_BYTES_MAX = 1 << 20
HEAD_BYTES_MAX = 256 << 10
DRAIN_FACTOR = 4


class Body:
    """One message on its way in. Feed it chunks until it hands back what follows the message.

    `too_large` and `has_bare_newline` are known while it arrives; from then on it keeps nothing, but
    reads to the end, as a reply may be sent only there. `is_hopeless`: not worth reading on.
    """

    def __init__(self, size_bytes_max: int, spool_folder: Path | None = None) -> None:
        self._size_bytes_max = size_bytes_max
        self._spool = spool_folder
        self._held = b"\r\n"  # stands for the end of the DATA line, so that a dot right after it is seen
        self._is_first = True
        self._pieces: list[bytes] = []
        self._kept_bytes = 0
        self._file: IO[bytes] | None = None
        self._hash = hashlib.sha256()
        self._raw_bytes = 0
        self.size_bytes = 0
        self.too_large = False
        self.has_bare_newline = False
        self.head = b""

    @property
    def is_hopeless(self) -> bool:
        """Whether so much has been thrown away that the session is better ended."""
        return self._raw_bytes > self._size_bytes_max * DRAIN_FACTOR + MEMORY_BYTES_MAX

    @property
    def is_in_file(self) -> bool:
        """Whether the content is in a file that `close` removes."""
        return self._file is not None

    @property
    def sha256(self) -> bytes:
        """Of the content."""
        return self._hash.digest()

    def feed(self, chunk: bytes) -> bytes | None:
        """Take a chunk; None: more is needed; else the bytes that came behind the end of the message."""
        data = self._held + chunk
        self._raw_bytes += len(chunk)
        dot = data.find(DOT_LINE)  # one search for both: no such line, no end and nothing to unstuff
        end = data.find(END, dot) if dot >= 0 else -1
        if end >= 0:
            self._take(data[: end + 2], has_dots=dot < end)
            self._finish()
            return data[end + len(END) :]
        held = _length_held_back(data)
        self._held = data[len(data) - held :]
        self._take(data[: len(data) - held], has_dots=dot >= 0)
        return None

    def content(self) -> bytes | Path:
        """The message as it was written, complete: bytes, or the file that holds them until `close`."""
        if self._file is not None:
            return Path(self._file.name)
        return self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)

    def close(self) -> None:
        """Forget the message, and its file if it has one."""
        self._pieces.clear()
        if self._file is not None:
            self._file.close()
            with contextlib.suppress(FileNotFoundError):
                Path(self._file.name).unlink()
            self._file = None

    def _take(self, piece: bytes, *, has_dots: bool) -> None:
        if not piece:
            return
        lines = piece.count(b"\r\n")
        if piece.count(b"\n") != lines or piece.count(b"\r") != lines:
            self.has_bare_newline = True
        if has_dots:
            piece = piece.replace(DOT_LINE, b"\r\n")
        if self._is_first:
            piece = piece[2:]
            self._is_first = False
        self.size_bytes += len(piece)
        self.too_large = self.too_large or self.size_bytes > self._size_bytes_max
        if self.too_large or self.has_bare_newline:
            self.close()
        else:
            self._keep(piece)

    def _keep(self, piece: bytes) -> None:
        self._hash.update(piece)
        self._pieces.append(piece)
        self._kept_bytes += len(piece)
        if self._kept_bytes > MEMORY_BYTES_MAX:
            self._put_away()

    def _put_away(self) -> None:
        """Write what is in memory to the file; it needs no flush to disk, the commit copies it."""
        kept = b"".join(self._pieces)
        if self._file is None:
            self.head = kept[:HEAD_BYTES_MAX]
            self._file = spool.new_file(self._spool)
        self._file.write(kept)
        self._pieces.clear()
        self._kept_bytes = 0

    def _finish(self) -> None:
        if self._file is not None:
            self._put_away()
            self._file.flush()
        elif self._pieces:
            self._pieces = [b"".join(self._pieces)] if len(self._pieces) > 1 else self._pieces
            self.head = self._pieces[0][:HEAD_BYTES_MAX]


def _length_held_back(data: bytes) -> int:
    """How many of the last bytes might be the beginning of an end mark."""
    for length in (4, 3, 2, 1):
        if data.endswith(END[:length]):
            return length
    return 0
