"""How a reading process begins and ends. Loads no parser, because the gateway imports it too."""

import os
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

from gateway.reading.limits import Limits, hold_to
from gateway.reading.wire import pack, unpack_job


def serve_one(connection: Connection, limits: Limits) -> None:
    """Wait for a job, do it and end; the other side hanging up ends it too."""
    from gateway.reading.child import frames_of  # noqa: PLC0415 - already loaded by the fork server

    os.environ["RUST_BACKTRACE"] = "0"  # a reader that fails says so in one line
    try:
        job = unpack_job(connection.recv_bytes())
        os.chdir(job.scratch)
        tempfile.tempdir = job.scratch
        hold_to(limits, Path(job.path).stat().st_size)
        for frame in frames_of(job):
            connection.send_bytes(pack(frame))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
