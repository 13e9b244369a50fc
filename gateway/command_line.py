"""The command `inkasso`: names and options of its commands; each loads what it needs when it runs.

Exit 0: done. 1: the command's own check failed, or trying again may help. 2: the command was put
wrongly, a file cannot be opened, the configuration is refused. Errors are one sentence on stderr.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from gateway.commands import (
    agreements,
    audit,
    balance,
    creditors,
    export,
    intake,
    payments,
    payouts,
    queue,
    running,
    statements,
    submissions,
)
from gateway.commands.session import Session
from storage.errors import ConfigError, GatewayError, UnknownError

# Plain help: the coloured one costs more than all the rest of `inkasso --help`.
app = typer.Typer(
    name="inkasso",
    help="Spreadsheets by mail or folder become cases, and every sender gets an answer.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
)


@app.callback()
def put_globally(
    context: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="The configuration; else config.toml here, else the defaults."),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(metavar="DATETIME", help="The time to act at; only in a rehearsal store."),
    ] = None,
) -> None:
    """Keep what stands before the command for the command."""
    context.obj = Session(config, now)


app.command("serve")(running.serve)
app.command("demo")(running.demo)
app.command("read")(intake.read)
app.command("submit")(intake.submit)
app.add_typer(creditors.app, name="creditor")
app.add_typer(submissions.app, name="submission")
app.add_typer(queue.app, name="queue")
agreements.app.command("statement")(statements.statement)
app.add_typer(agreements.app, name="case")
app.add_typer(export.app, name="export")
app.add_typer(payments.app, name="payment")
app.command("balance")(balance.balance)
app.add_typer(payouts.app, name="payout")
app.command("tick")(running.tick)
app.command("verify")(audit.verify)
app.command("check")(audit.check)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    try:
        app(args=arguments)
    except GatewayError as error:
        _leave(str(error), 2 if isinstance(error, ConfigError | UnknownError) else 1)
    except OSError as error:
        _leave(f"{error.filename or 'a file'}: {error.strerror}", 1)


def _leave(sentence: str, code: int) -> None:
    print(f"inkasso: {sentence}", file=sys.stderr)  # noqa: T201 - this is where a command speaks
    sys.exit(code)


if __name__ == "__main__":
    main()
