"""A sheet as an HTML page that stands for itself: on screen, on a phone, printed on A4.

Nothing is loaded from anywhere, no script runs, and every value is escaped.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.statements.sheet import Sheet

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATES = Path(__file__).parent / "templates"


def page_of(sheet: Sheet) -> str:
    """The whole page."""
    return _template().render(sheet=sheet)


@lru_cache(maxsize=1)
def _template() -> "Template":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415 - slow to import

    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["facts"] = lambda block: type(block).__name__ == "Facts"
    environment.tests["table"] = lambda block: type(block).__name__ == "Table"
    return environment.get_template("sheet.html.j2")
