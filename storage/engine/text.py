"""Text as both engines take it. Pure."""


def storable(text: str) -> str:
    """Text without what a store refuses: PostgreSQL takes no NUL, neither takes half a surrogate pair."""
    if "\x00" in text:
        text = text.replace("\x00", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text


def storable_or_none(text: str | None) -> str | None:
    """As `storable`, for text that may be absent."""
    return None if text is None else storable(text)
