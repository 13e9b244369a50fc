"""Programs that tests talk to; on CI a missing one is a failure, elsewhere a reason to skip."""

import os
import shutil

import pytest


def needed(program: str, package: str | None = None) -> str:
    """The path of an installed program; package: what it comes in, where that has another name."""
    found = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{program} is not installed (Debian: apt install {package or program})")
    return found
