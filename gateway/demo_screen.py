"""How the demo looks in a terminal."""

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

WIDTH_MAX = 100


class Screen:
    """Prints the tour; prints nothing when quiet."""

    def __init__(self, *, quiet: bool) -> None:
        console = Console(quiet=quiet, highlight=False)
        self._console = Console(quiet=quiet, highlight=False, width=min(console.width, WIDTH_MAX))
        self._step = 0

    def opening(self, addresses: dict[str, str]) -> None:
        """What runs, and where."""
        self._console.print()
        self._console.print(
            Text("inkasso-gateway", style="bold"), Text("a real gateway, thrown away afterwards")
        )
        self._console.print(_listed(addresses))

    def step(self, title: str, channel: str) -> None:
        """A step begins."""
        self._step += 1
        self._console.print()
        self._console.print(Rule(Text(f" {self._step}  {title} ", style="bold"), align="left", style="cyan"))
        self._console.print(Text(f"→ {channel}", style="cyan"))

    def answer(self, subject: str, text: str, files: Sequence[str], seconds: float) -> None:
        """What came back, and how soon."""
        parts = [Text(text.rstrip())]
        if files:
            parts.append(Text("\n" + "\n".join(f"📎 {name}" for name in files), style="dim"))
        self._console.print(Text(f"← answered in {seconds * 1000:.0f} ms", style="green"))
        title = Text(subject, style="bold")
        self._console.print(
            Panel(Group(*parts), title=title, title_align="left", box=box.ROUNDED, border_style="dim")
        )

    def audit(self, verdict: dict[str, Any]) -> None:
        """What `inkasso verify` found."""
        self._step += 1
        self._console.print()
        self._console.print(
            Rule(Text(f" {self._step}  inkasso verify ", style="bold"), align="left", style="cyan")
        )
        if verdict["ok"]:
            self._console.print(
                Text("✓ the store holds: every row accounted for, one answer each", style="green")
            )
        else:
            self._console.print(Text(f"✗ {verdict['findings']}", style="bold red"))

    def closing(self, addresses: dict[str, str], password: str, *, stays: bool) -> None:
        """What to try now."""
        if not stays:
            return
        self._console.print()
        self._console.print(Rule(Text(" Your turn ", style="bold"), align="left", style="cyan"))
        self._console.print(_listed(addresses))
        self._console.print(
            Text(
                "Mail it yourself:  swaks --server {SMTP} --to claims@inkasso.example \\\n"
                "    --from buchhaltung@muster-handel.example \\\n"
                "    --auth-user buchhaltung@muster-handel.example \\\n"
                "    --auth-password {password} --attach @list.xlsx\n"
                "or copy a list into the drop folder. Ctrl-C ends and removes everything.".format(
                    password=password, **addresses
                )
            )
        )

    def farewell(self) -> None:
        """The last line."""
        self._console.print(Text("\nThe gateway has drained and everything it wrote is gone.", style="dim"))


def _listed(addresses: dict[str, str]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, value in addresses.items():
        table.add_row(Text(name, style="dim"), Text(value, overflow="fold"))
    return table
