"""`inkasso check`: tries everything that serving needs, and tells all faults at once."""

import http.client
import smtplib
import socket
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from gateway.addresses import Listen, Smarthost
from gateway.config_faults import Fault
from storage.errors import GatewayError

if TYPE_CHECKING:
    from gateway.config import Config, Listener

TIMEOUT_SECONDS = 10
EXPIRED = 10  # OpenSSL's X509_V_ERR_CERT_HAS_EXPIRED


def find_faults(config: "Config") -> Iterator[Fault]:
    """Everything that would keep a gateway of this configuration from serving."""
    yield from _store_faults(config.store.url)
    yield from _folder_faults("drop.folder", config.drop.folder)
    relay = config.delivery.relay
    if relay is None:
        yield from _folder_faults("delivery.outbox", config.delivery.outbox)
    else:
        yield from _relay_faults(relay)
    for name, section in (("smtp", config.smtp), ("lmtp", config.lmtp), ("http", config.http)):
        yield from _port_faults(name, section)
        if section.certificate:
            yield from _certificate_faults(name, Path(section.certificate), Path(section.key))


def _store_faults(url: str) -> Iterator[Fault]:
    from storage.engine.database import Database  # noqa: PLC0415

    try:
        with closing(Database.open(url)) as database:
            database.migrate()
            with database.write():
                pass
    except (GatewayError, OSError) as error:
        yield Fault(
            "store.url", f"the store cannot be used: {error}", "Start it, or mend its address and rights."
        )


def _folder_faults(key: str, folder: Path) -> Iterator[Fault]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".check-") as file:
            file.write(b"can be written")
            file.flush()
    except OSError as error:
        yield Fault(
            key, f"{folder} cannot be written ({error.strerror})", "Give the gateway's user the right to."
        )


def _port_faults(name: str, section: "Listener") -> Iterator[Fault]:
    address = section.address
    if address is None or address.port == 0:
        return
    try:
        with _bound(address):
            return
    except OSError as error:
        reason = error.strerror
    if not _is_ours(name, address, secure=bool(section.certificate)):
        yield Fault(
            f"{name}.listen",
            f"{section.listen} cannot be listened on ({reason})",
            "End what holds it, or choose another port.",
        )


def _bound(address: Listen) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((address.host, address.port))
        bound.listen(1)
    except OSError:
        bound.close()
        raise
    return bound


def _is_ours(name: str, address: Listen, *, secure: bool) -> bool:
    """Whether a gateway of ours holds the port already."""
    try:
        return _healthy(address, secure=secure) if name == "http" else _greets(address)
    except (OSError, http.client.HTTPException):
        return False


def _healthy(address: Listen, *, secure: bool) -> bool:
    connection = http.client.HTTPConnection(address.host, address.port, timeout=TIMEOUT_SECONDS)
    if secure:  # whom the certificate names does not matter for the question whether it is us
        context = ssl._create_unverified_context()  # noqa: S323, SLF001
        connection = http.client.HTTPSConnection(
            address.host, address.port, timeout=TIMEOUT_SECONDS, context=context
        )
    with closing(connection):
        connection.request("GET", "/healthz")
        return b'"inkasso-gateway"' in connection.getresponse().read(1_000)


def _greets(address: Listen) -> bool:
    with socket.create_connection((address.host, address.port), TIMEOUT_SECONDS) as connection:
        return b"inkasso" in connection.recv(500)


def _certificate_faults(name: str, certificate: Path, key: Path) -> Iterator[Fault]:
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        server.load_cert_chain(certificate, key)
        problem = _handshake_problem(server, certificate)
    except (ssl.SSLError, OSError) as error:
        reason = error.strerror or "they are no PEM files that belong together"
        yield Fault(
            f"{name}.certificate", f"it and its key cannot be used ({reason})", "Give a pair that belongs."
        )
        return
    if problem is not None:
        yield Fault(f"{name}.certificate", problem, "Renew it.")


def _handshake_problem(server: ssl.SSLContext, certificate: Path) -> str | None:
    """Why a client would not take the certificate today, whoever has signed it."""
    client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    client.check_hostname = False
    client.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    client.load_verify_locations(certificate)
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    asking = client.wrap_bio(to_client, to_server)
    answering = server.wrap_bio(to_server, to_client, server_side=True)
    try:
        for _ in range(4):
            for side in (asking, answering):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
    except ssl.SSLCertVerificationError as error:
        return "it has expired" if error.verify_code == EXPIRED else error.verify_message
    return None


def _relay_faults(relay: Smarthost) -> Iterator[Fault]:
    """Say hello to the smarthost, over TLS and signed in as for a real answer; nothing is sent."""
    context = ssl.create_default_context()
    try:
        with _session(relay, context) as session:
            if relay.tls == "starttls":
                session.starttls(context=context)
            if relay.user:
                session.login(relay.user, relay.password)
            session.noop()
    except (smtplib.SMTPException, OSError) as error:
        yield Fault(
            "delivery.smarthost",
            f"{relay.host}:{relay.port} does not take mail from us ({error})",
            "Check host, port, user and password.",
        )


def _session(relay: Smarthost, context: ssl.SSLContext) -> smtplib.SMTP:
    if relay.tls == "implicit":
        return smtplib.SMTP_SSL(relay.host, relay.port, timeout=TIMEOUT_SECONDS, context=context)
    return smtplib.SMTP(relay.host, relay.port, timeout=TIMEOUT_SECONDS)
