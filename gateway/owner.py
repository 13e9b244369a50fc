"""Who is at work: one name a process, whether the process of a name still lives, and whose it is."""

import os
import pwd
import secrets
import socket
from pathlib import Path


def name_of_this_process() -> str:
    """`host/pid/start/random`: the start time tells a pid that has been given out again."""
    pid = os.getpid()
    return f"{socket.gethostname()}/{pid}/{_started(pid)}/{secrets.token_hex(4)}"


def is_alive(owner: str) -> bool:
    """Whether the process of that name may still be at work; one on another machine may."""
    parts = owner.split("/")
    if len(parts) != 4 or parts[0] != socket.gethostname() or not parts[1].isdigit():
        return True
    return _started(int(parts[1])) == parts[2]


def name_of_this_person() -> str:
    """The login that this process runs as, by the system: what the environment says, anyone may set."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # a container may run as a number without a name
        return f"uid {number}"


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks; empty when there is none.

    Without /proc every pid looks alike, and leases of dead processes run out instead.
    """
    if not Path("/proc/self/stat").exists():
        return "unknown"
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
    state, *fields = stat.rpartition(")")[2].split()
    return "" if state in "ZX" else fields[18]
