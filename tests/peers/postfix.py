"""A Postfix of our own on loopback that accepts mail for any address and discards it."""

import os
import pwd
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = peer.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = discard
local_transport = discard
relay_transport = discard
alias_maps =
alias_database =
smtpd_client_connection_count_limit = 0
maillog_file = {folder}/log/mail.log
maillog_file_prefixes = {folder}
"""
MASTER = """\
127.0.0.1:{port} inet n - n - 100 smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix_that_discards(folder: Path, port: int) -> Iterator[None]:
    """Started by root in a folder of its own; stopped by its own configuration, never another's."""
    settings = folder / "etc"
    for part in ("etc", "queue", "data", "log"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.getuid() and parent != Path("/tmp"):
            parent.chmod(0o755)
        if parent == Path("/tmp"):
            break
    os.chown(folder / "data", pwd.getpwnam("postfix").pw_uid, 0)
    (settings / "main.cf").write_text(MAIN.format(folder=folder))
    (settings / "master.cf").write_text(MASTER.format(port=port))
    command = ["postfix", "-c", str(settings)]
    try:
        subprocess.run([*command, "start"], check=True, capture_output=True, timeout=60)
        _wait(port)
        yield
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True, timeout=60)


def _wait(port: int) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Postfix did not open its port")
