"""Short ways to read a source in tests."""

from datetime import date
from pathlib import Path

from parsers.document_json import documents_json
from parsers.reading import Options, read_source

TODAY = date(2026, 4, 20)


def read(path: Path, *, is_mail: bool = False, **options) -> list[dict]:
    """The documents of a file, as the contract writes them."""
    return documents_json(
        read_source(path, path.name, is_mail=is_mail, options=Options(today=TODAY, **options))
    )["documents"]


def read_bytes(folder: Path, content: bytes, **options) -> list[dict]:
    path = folder / "source"
    path.write_bytes(content)
    return read(path, **options)


def read_lines(folder: Path, *lines: str, **options) -> dict:
    """The one document of a list written as CSV."""
    (document,) = read_bytes(folder, "\r\n".join(lines).encode(), **options)
    return document
