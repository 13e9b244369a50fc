"""Programs that tests talk to; on CI a missing one is a failure, elsewhere a reason to skip."""

import os
import shutil

import pytest


def needed(program: str) -> str:
    """The path of an installed program."""
    found = shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing(f"{program} is not installed (Debian: apt install {program})")
    return found
