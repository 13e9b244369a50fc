"""Where we listen and where answers go: the written forms of the configuration, taken apart.

Pure. A text in no such form raises FormError, which carries what is wrong and how to mend it.
"""

import ipaddress
import re
from urllib.parse import SplitResult, unquote, urlsplit

import msgspec

_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*\.?")
_DOMAIN = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_LOCAL_PART = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_SMARTHOST_FIX = (
    'Write "host:587" or "smtp://user:password@host:587" (both with STARTTLS), or '
    '"smtps://user:password@host:465"; special signs in the password as %40 and the like.'
)


class FormError(ValueError):
    """A text has no form that we know; `fix` says how to write it."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class Listen(msgspec.Struct, frozen=True):
    """A host and a port to listen on; port 0 is any free one."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_loopback(self.host)

    def collides_with(self, other: "Listen") -> bool:
        """Whether both cannot be bound at once."""
        if self.port != other.port or self.port == 0:
            return False
        everywhere = {"0.0.0.0", "::"}  # noqa: S104 - named, not bound
        hosts = {_plain(self.host), _plain(other.host)}
        return len(hosts) == 1 or bool(hosts & everywhere)


class Smarthost(msgspec.Struct, frozen=True, kw_only=True):
    """The relay for outgoing mail; `tls` is starttls, implicit, or none on this machine alone."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    tls: str = "starttls"

    def __repr__(self) -> str:
        return f"Smarthost({self.host}:{self.port}, tls={self.tls})"  # never the password


def is_loopback(host: str) -> bool:
    """Whether a host is this machine and nobody else's."""
    try:
        return ipaddress.ip_address(_plain(host)).is_loopback
    except ValueError:
        return False


def parse_listen(text: str) -> Listen | None:
    """`host:port`; None for an empty text, which switches a part off."""
    if not text.strip():
        return None
    host, colon, port = text.strip().rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or int(port) > 65535 or not _is_host(host):
        raise FormError(
            f'"{text}" is not host:port',
            'Write an address and a port, such as "127.0.0.1:8025", or "" to switch this part off.',
        )
    return Listen(host.strip("[]"), int(port))


def parse_smarthost(text: str) -> Smarthost | None:
    """The relay of `host:port`, `smtp://…` or `smtps://…`; None for an empty text."""
    if not text.strip():
        return None
    written = text.strip() if "://" in text else f"smtp://{text.strip()}"
    try:
        url = urlsplit(written)
        port = url.port
    except ValueError:
        raise FormError("has no readable host and port", _SMARTHOST_FIX) from None
    if (
        url.scheme not in {"smtp", "smtps"}
        or not url.hostname
        or not _is_host(url.hostname)
        or _has_rest(url)
    ):
        raise FormError("is no mail relay", _SMARTHOST_FIX)
    if (url.username is None) != (url.password is None):
        raise FormError("has a user or a password, but not both", _SMARTHOST_FIX)
    return Smarthost(
        host=url.hostname,
        port=port or (465 if url.scheme == "smtps" else 587),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=_tls(url.scheme, url.hostname),
    )


def parse_domain(text: str) -> str:
    """A domain for mail in its folded form; umlauts only as `xn--`."""
    folded = text.strip().lower()
    if not _DOMAIN.fullmatch(folded):
        raise FormError(
            f'"{text}" is no domain', 'Write the part behind the @ alone, such as "inkasso.example".'
        )
    return folded


def parse_sender(text: str) -> str:
    """One mail address without a name beside it."""
    local, at, domain = text.strip().rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or not _DOMAIN.fullmatch(domain.lower()):
        raise FormError(
            f'"{text}" is no mail address',
            'Write one address alone, such as "inkasso@inkasso.example", or "" for inkasso@ at the domain.',
        )
    return f"{local}@{domain.lower()}"


def _tls(scheme: str, host: str) -> str:
    if scheme == "smtps":
        return "implicit"
    # Mail with debtors' data leaves this machine only over TLS.
    return "none" if is_loopback(host) else "starttls"


def _has_rest(url: SplitResult) -> bool:
    return url.path not in {"", "/"} or bool(url.query) or bool(url.fragment)


def _plain(host: str) -> str:
    return "127.0.0.1" if host.lower() == "localhost" else host


def _is_host(host: str) -> bool:
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return bool(_HOST_NAME.fullmatch(host))
    return True
