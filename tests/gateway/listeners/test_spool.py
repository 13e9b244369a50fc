"""Files for what is too large for memory."""

import os
import subprocess
import sys
from pathlib import Path

from gateway.listeners.spool import clear_left_files, new_file


def test_files_of_dead_processes_are_removed_and_those_of_the_living_kept(tmp_path: Path):
    imports = "import sys; from pathlib import Path; from gateway.listeners.spool import new_file"
    make = f"{imports}; new_file(Path(sys.argv[1])).write(b'x')"
    subprocess.run([sys.executable, "-c", make, str(tmp_path)], check=True, timeout=60)
    earlier_self = tmp_path / f"inkasso-arriving-{os.getpid()}-00000000-x"
    neighbour = tmp_path / f"inkasso-arriving-{os.getppid()}-00000000-x"
    for file in (earlier_self, neighbour, tmp_path / "other"):
        file.touch()
    with new_file(tmp_path) as ours:
        assert len(list(tmp_path.iterdir())) == 5
        clear_left_files(tmp_path)
        assert set(tmp_path.iterdir()) == {Path(ours.name), neighbour, tmp_path / "other"}
    assert Path(ours.name).stat().st_mode & 0o077 == 0
