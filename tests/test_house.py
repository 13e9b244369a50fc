"""The house: which way imports point, which packages there are, how long a file may be."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("gateway", "bot", "parsers", "storage")
LINES_MAX = 400
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
PARSERS = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "parsers").rglob("*.py")
)
# Loaded when a workbook with mistakes is written back, and only then.
ON_DEMAND = {"parsers.sheets.annotated_values", "parsers.sheets.annotated_workbook"}
STORAGE_FOR_PARSERS = {
    "storage.money",
    "storage.records",
    "storage.errors",
    "storage.identity",
    "storage.case_number",
}
HEAVY = ("sqlalchemy", "pandas", "openpyxl", "numpy", "gateway", "bot")


def imports_of(path):
    """Every module that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_one_way(path):
    room = path.relative_to(ROOT).parts[0]
    above = set(ROOMS[: ROOMS.index(room)])
    assert not {name for name in imports_of(path) if name.partition(".")[0] in above}


@pytest.mark.parametrize(
    "path", [path for path in MODULES if "parsers" in path.parts], ids=lambda path: path.stem
)
def test_a_parser_takes_only_records_from_the_store(path):
    taken = {name for name in imports_of(path) if name.partition(".")[0] == "storage"}
    assert taken <= STORAGE_FOR_PARSERS


def test_importing_the_parsers_loads_nothing_heavy():
    imports = "; ".join(f"import {name}" for name in PARSERS if name not in ON_DEMAND)
    check = f"import sys; {imports}; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_package_list_is_what_is_on_disk():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    on_disk = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for room in ROOMS
        for path in (ROOT / room).rglob("__init__.py")
    }
    assert set(project["tool"]["setuptools"]["packages"]) == on_disk


def test_no_file_is_longer_than_a_reader_can_hold():
    long = {
        str(path.relative_to(ROOT)): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LINES_MAX
    }
    assert not long


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
