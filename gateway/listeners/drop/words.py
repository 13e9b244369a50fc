"""What `out/` says of files, as JSON: that one was taken, or why one was not and what to do."""

from datetime import datetime

import msgspec

# code: (German message, German way out, English message, English way out)
_REASONS = {
    "too_large": (
        "Die Datei ist größer als 1 GiB und wurde nicht angenommen.",
        "Bitte die Liste auf mehrere Dateien aufteilen und diese einzeln ablegen.",
        "The file is larger than 1 GiB and was not taken.",
        "Split the list into several files and drop them one by one.",
    ),
    "not_a_file": (
        "Das ist keine gewöhnliche Datei (sondern etwa eine Verknüpfung) und wurde nicht angenommen.",
        "Bitte die Datei selbst ablegen.",
        "This is no ordinary file (but a link, say) and was not taken.",
        "Drop the file itself.",
    ),
    "no_permission": (
        "Die Datei darf vom Eingang nicht gelesen werden und wurde nicht angenommen.",
        "Bitte die Leserechte der Datei ändern und sie erneut ablegen.",
        "The gateway may not read this file; it was not taken.",
        "Change the permissions of the file and drop it again.",
    ),
}


def received(*, label: str, name: str, size_bytes: int, sha256: bytes, received_at: datetime) -> bytes:
    """`<name>.received.json`."""
    return _json(
        {
            "submission": label,
            "name": name,
            "size_bytes": size_bytes,
            "sha256": sha256.hex(),
            "received_at": received_at,
        }
    )


def not_taken(*, name: str, code: str, language: str, at: datetime) -> bytes:
    """`<name>.outcome.json` of a file that never became a submission."""
    german, german_fix, english, english_fix = _REASONS[code]
    message, fix = (english, english_fix) if language == "en" else (german, german_fix)
    problem = {"code": code, "field": None, "value": None, "message": message, "fix": fix}
    return _json(
        {
            "submission": None,
            "name": name,
            "received_at": at,
            "ok": False,
            "problems": [problem],
            "text": f"{message} {fix}",
            "files": [],
        }
    )


def _json(content: dict[str, object]) -> bytes:
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
