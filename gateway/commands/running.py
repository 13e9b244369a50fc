"""`serve` and `demo`, what stays up; and `tick`, what such a gateway does by itself."""

from typing import Annotated

import typer

from gateway.commands.printing import emit, print_json, table
from gateway.commands.session import AsJson, session_of


def serve(context: typer.Context, as_json: AsJson = False) -> None:
    """Run the gateway until SIGTERM or SIGINT.

    All configured listeners, the workers and the delivery; at the end what is under way is drained.
    """
    session = session_of(context)
    config = session.config(log_level=None)
    from gateway.serve import run  # noqa: PLC0415

    run(config, session.running_clock())
    if as_json:
        print_json({"drained": True})


def demo(
    context: typer.Context,
    once: Annotated[bool, typer.Option("--once", help="End after the tour.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the whole road on a throw-away gateway.

    In a temporary folder on free ports: it mails itself, drops files and shows every answer.
    """
    # The demo has a configuration of its own, so that it never touches what is here.
    _ = context
    from gateway.demo import run  # noqa: PLC0415

    run(once=once, as_json=as_json)


def tick(context: typer.Context, as_json: AsJson = False) -> None:
    """Do everything that is due, all late steps too, once."""
    with session_of(context).gateway() as gateway:
        from storage.lifecycle.tick import tick as do_all  # noqa: PLC0415

        done = do_all(gateway.database, gateway.book_settings, gateway.rhythm, gateway.clock())
    document = {"done": done}
    rows = [(kind.replace("_", " "), count) for kind, count in done.items()]
    emit(
        document,
        as_json,
        lambda console: console.print(table("Done", ("What", "Count"), rows) if rows else "Nothing was due."),
    )
