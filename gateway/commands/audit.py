"""`inkasso verify` and `inkasso check`: whether the store holds, whether the gateway could serve."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import counted, emit, table
from gateway.commands.session import AsJson, session_of

if TYPE_CHECKING:
    from rich.console import Console

    from gateway.config_faults import Fault


Anchors = Annotated[
    list[str] | None,
    typer.Option(
        "--anchor",
        metavar="ACCOUNT=HEAD",
        help="A chain head that a statement named, as creditor@example.org=ab12…; may be given again.",
    ),
]


def verify(context: typer.Context, anchor: Anchors = None, as_json: AsJson = False) -> None:
    """Audit the store.

    Exit 1 with findings if anything does not hold. Queued work is pending, no finding.
    """
    with session_of(context).gateway() as gateway:
        from storage.books.audit.anchors import parse_anchor  # noqa: PLC0415
        from storage.engine.table_sizes import count_miscounted  # noqa: PLC0415
        from storage.verify import verify as audit  # noqa: PLC0415

        count_miscounted(gateway.database)
        with gateway.database.read() as connection:
            anchors = [parse_anchor(connection, written) for written in anchor or ()]
            outcome = audit(connection, gateway.book_settings, anchors)
    findings = [
        {"check": one.check, "subject": one.subject, "message": one.message} for one in outcome.findings
    ]
    document = {"ok": outcome.ok, "findings": findings, "pending": outcome.pending}
    emit(document, as_json, lambda console: _show_audit(console, document))
    if not outcome.ok:
        raise typer.Exit(1)


def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Try all that serving needs.

    The configuration, the store, folders, ports, certificates, the smarthost; all faults at once.
    """
    from gateway.config_faults import RefusedConfigError  # noqa: PLC0415

    try:
        config = session_of(context).config()
    except RefusedConfigError as refused:
        _print_faults(refused.faults, as_json)
        raise typer.Exit(2) from None
    from gateway.check import find_faults  # noqa: PLC0415

    faults = tuple(find_faults(config))
    _print_faults(faults, as_json)
    if faults:
        raise typer.Exit(1)


def _show_audit(console: "Console", document: dict[str, Any]) -> None:
    if document["ok"]:
        console.print("The store holds.", style="green")
    else:
        rows = [(one["check"], one["subject"], one["message"]) for one in document["findings"]]
        console.print(table(counted(len(rows), "finding"), ("Check", "Subject", "What does not hold"), rows))
    if document["pending"]:
        console.print(f"{document['pending']} still pending in the queues.", style="dim")


def _print_faults(faults: "tuple[Fault, ...]", as_json: bool) -> None:
    def show(console: "Console") -> None:
        if not faults:
            console.print("The gateway can serve.", style="green")
            return
        rows = [(fault.key, fault.message, fault.fix) for fault in faults]
        console.print(table(counted(len(rows), "fault"), ("Key", "What is wrong", "How to mend it"), rows))

    listed = [{"key": fault.key, "message": fault.message, "fix": fault.fix} for fault in faults]
    emit({"ok": not faults, "faults": listed}, as_json, show)
