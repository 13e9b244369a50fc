import asyncio
import contextlib
import datetime as dt
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from gateway.check import find_faults
from gateway.config import Config

TODAY = dt.datetime.now(dt.UTC)  # a handshake asks the machine's own clock


def certificate(folder, *, days_left):
    """A self-signed certificate and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "inkasso.example")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(TODAY - dt.timedelta(days=30))
        .not_valid_after(TODAY + dt.timedelta(days=days_left))
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    files[1].write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return files


def config(folder, **sections):
    """A configuration that keeps to `folder` and listens nowhere."""
    quiet = {name: {"listen": ""} for name in ("smtp", "lmtp", "sftp", "http")}
    places = {
        "store": {"url": f"sqlite:///{folder}/store/inkasso.db"},
        "drop": {"folder": folder / "drop"},
        "delivery": {"outbox": folder / "outbox"},
    }
    merged = {name: keys | sections.pop(name, {}) for name, keys in (quiet | places).items()}
    return Config(**merged, **sections)


def faults(config):
    return [(fault.key, fault.message) for fault in find_faults(config)]


@contextlib.contextmanager
def mail_server(greeting, tls=None):
    """The address of a server that speaks enough SMTP to be greeted, on a thread of its own."""
    started = threading.Event()
    loop = asyncio.new_event_loop()
    port = []

    async def talk(reader, writer):
        writer.write(greeting + b"\r\n")
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                writer.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 fine\r\n")
                await writer.drain()
        writer.close()

    async def serve():
        server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=tls)
        port.append(server.sockets[0].getsockname()[1])
        started.set()
        async with server:
            await stop.wait()

    stop = asyncio.Event()
    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    started.wait()
    try:
        yield f"127.0.0.1:{port[0]}"
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def test_a_config_that_can_serve_has_no_faults(tmp_path):
    assert faults(config(tmp_path)) == []
    assert (tmp_path / "store" / "inkasso.db").exists()


def test_all_faults_are_told_at_once(tmp_path):
    (tmp_path / "file").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        threading.Thread(target=_accept_and_close, args=(taken,), daemon=True).start()
        found = faults(
            config(
                tmp_path,
                store={"url": f"sqlite:///{tmp_path}/file/inkasso.db"},
                drop={"folder": tmp_path / "file" / "drop"},
                delivery={"smarthost": "127.0.0.1:1"},
                smtp={"listen": address},
            )
        )

    assert [key for key, _ in found] == ["store.url", "drop.folder", "delivery.smarthost", "smtp.listen"]


def _accept_and_close(taken):
    with contextlib.suppress(OSError):
        taken.accept()[0].close()


def test_an_outbox_that_cannot_be_written_is_a_fault(tmp_path):
    (tmp_path / "outbox").write_text("a file where the folder should be")

    assert [key for key, _ in faults(config(tmp_path))] == ["delivery.outbox"]


def test_a_port_that_a_gateway_of_ours_holds_is_none(tmp_path):
    with mail_server(b"220 mail.example ESMTP inkasso-gateway") as address:
        assert faults(config(tmp_path, smtp={"listen": address})) == []


def test_a_port_that_another_mail_server_holds_is_a_fault(tmp_path):
    with mail_server(b"220 mail.example ESMTP Postfix") as address:
        assert [key for key, _ in faults(config(tmp_path, smtp={"listen": address}))] == ["smtp.listen"]


@pytest.mark.parametrize(
    ("days_left", "expected"), [(10, []), (-1, [("http.certificate", "it has expired")])]
)
def test_a_certificate_is_used_as_a_client_would(tmp_path, days_left, expected):
    files = certificate(tmp_path / "tls", days_left=days_left)

    assert expected == faults(config(tmp_path, http={"certificate": str(files[0]), "key": str(files[1])}))


def test_a_certificate_with_another_ones_key_is_a_fault(tmp_path):
    files = certificate(tmp_path / "one", days_left=10)[0], certificate(tmp_path / "other", days_left=10)[1]

    found = faults(config(tmp_path, smtp={"certificate": str(files[0]), "key": str(files[1])}))

    assert [key for key, _ in found] == ["smtp.certificate"]


def test_a_smarthost_is_greeted(tmp_path):
    with mail_server(b"220 mail.example ESMTP") as address:
        assert faults(config(tmp_path, delivery={"smarthost": address})) == []


def test_a_smarthost_with_a_certificate_of_its_own_making_is_a_fault(tmp_path):
    files = certificate(tmp_path / "tls", days_left=10)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*files)

    with mail_server(b"220 mail.example ESMTP", tls) as address:
        found = faults(config(tmp_path, delivery={"smarthost": f"smtps://{address}"}))

    assert [key for key, _ in found] == ["delivery.smarthost"]
    assert "CERTIFICATE_VERIFY_FAILED" in found[0][1]
