"""Names that tell accounts apart: folded mail addresses and the names of drop folders. Pure."""

import re
import unicodedata

from storage.errors import RefusedError

_ADDRESS = re.compile(
    r"[^\s@<>\"(),:;\\\[\]\x00-\x1f]+@[^\s@<>\"(),:;\\\[\]\x00-\x1f]+\.[^\s@<>\"(),:;\\\[\].]{2,}"
)
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "&": "-und-"})
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG_LENGTH_MAX = 40


def fold_address(email: str) -> str:
    """An address as it is compared: `Post@Laden.Example` is `post@laden.example`."""
    return unicodedata.normalize("NFC", email.strip()).casefold()


def valid_address(email: str) -> str:
    """The folded address, or RefusedError."""
    folded = fold_address(email)
    if len(folded) > 254 or not _ADDRESS.fullmatch(folded):
        raise RefusedError(f"{email!r} is no mail address; write it as name@domain")
    return folded


def folder_name(name: str) -> str:
    """A name that people recognise and no file system minds: `Müller & Söhne` is `mueller-und-soehne`."""
    spelled = unicodedata.normalize("NFC", name).casefold().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return _NOT_SLUG.sub("-", plain).strip("-")[:_SLUG_LENGTH_MAX].strip("-") or "konto"
