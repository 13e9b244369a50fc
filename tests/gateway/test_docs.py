import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gateway.command_line import app

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def code_lines(text):
    """The lines of all shell blocks, without their comments."""
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from (line.partition("  #")[0].strip() for line in block.splitlines() if line.strip())


def commands(text):
    """Every command line of ours in a document, in blocks and within sentences."""
    inline = re.findall(r"`(inkasso [a-z][^`]*)`", text)
    return [line for line in [*code_lines(text), *inline] if line.startswith("inkasso ")]


HEAVY = [
    "alembic",
    "fastapi",
    "jinja2",
    "numpy",
    "openpyxl",
    "pandas",
    "pydantic",
    "rich",
    "sqlalchemy",
    "structlog",
]
COMMANDS = sorted({line for document in DOCUMENTS for line in commands(document.read_text(encoding="utf-8"))})


def help_of(words):
    """The help of the command that the words begin with."""
    for count in (2, 1):
        shown = CliRunner().invoke(app, [*words[:count], "--help"])
        if shown.exit_code == 0 and f"inkasso {' '.join(words[:count])} " in shown.output:
            return shown.output
    raise AssertionError(f"there is no command {words}")


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_the_documents_exists_with_its_options(line):
    words = shlex.split(line)[1:]

    shown = help_of(words)

    for word in words:
        if word.startswith("-"):
            assert re.search(rf"(^|[\s,]){re.escape(word)}\b", shown), word


def test_the_readme_opens_with_the_two_commands():
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert [line.split("#")[0].strip() for line in lines if line and line[0] not in "#`"][:2] == [
        "make demo",
        "make test",
    ]
    assert any("no legal advice" in line for line in lines)


def test_every_make_target_in_the_documents_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

    for document in DOCUMENTS:
        assert set(re.findall(r"`?make ([a-z]+)", "\n".join(code_spans(document)))) <= targets, document.name


def code_spans(document):
    text = document.read_text(encoding="utf-8")
    return [*code_lines(text), *re.findall(r"`(make [a-z]+)`", text)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_somewhere(document):
    for target in re.findall(r"\]\(([^)#]+)", document.read_text(encoding="utf-8")):
        assert target.startswith("http") or (document.parent / target).exists(), target


def test_every_setting_in_the_documents_exists():
    from gateway.config import Config

    for document in DOCUMENTS:
        for section, key in re.findall(r"INKASSO_([A-Z]+)__([A-Z_]+)", document.read_text(encoding="utf-8")):
            assert key.lower() in Config.model_fields[section.lower()].annotation.model_fields


def test_the_import_line_is_told_as_it_is_held():
    assert "gateway -> bot -> parsers -> storage" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_ci_runs_is_a_sound_script():
    script = ROOT / ".ci/run"

    assert script.stat().st_mode & 0o111
    subprocess.run(["bash", "-n", str(script)], check=True)
    assert "make check" in script.read_text(encoding="utf-8")


def test_help_loads_nothing_heavy():
    code = (
        "import sys, gateway.command_line as line\n"
        "try: line.main(['--help'])\n"
        "except SystemExit as left: assert left.code == 0\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)))"
    )

    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert shown.stdout.splitlines()[-1] == "[]"
