"""`inkasso queue`: what waits for the operator's decision."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.intake import show_outcome
from gateway.commands.printing import emit, facts, moment, table
from gateway.commands.session import AsJson, session_of
from gateway.commands.submissions import submission_number
from gateway.commands.task_words import says
from storage.errors import RefusedError

if TYPE_CHECKING:
    from rich.console import Console
    from sqlalchemy import Connection

    from storage.intake.tasks import Task

app = typer.Typer(help="What waits for the operator.", no_args_is_help=True)
TaskId = Annotated[str, typer.Argument(metavar="ID", help="A task's number, or a submission's: S-000042.")]

_DECIDED_BY = {  # a resolution alone would leave the case waiting
    "fee_review": "inkasso case fee",
    "letter_again": "inkasso case letter-again",
}


@app.command("list")
def list_open(context: typer.Context, as_json: AsJson = False) -> None:
    """List all that is open.

    Submissions set aside, change requests, payments and cancellations that creditors report.
    """
    with session_of(context).gateway() as gateway:
        from storage.intake.tasks import open_tasks  # noqa: PLC0415

        with gateway.database.read() as connection:
            items = [_item(connection, task) for task in open_tasks(connection)]
    rows = [
        (one["id"], one["kind"], _concerns(one), one["creditor"], one["since"], one["says"]) for one in items
    ]
    emit(
        {"queue": items},
        as_json,
        lambda console: console.print(
            table(f"{len(rows)} open", ("ID", "Kind", "Concerns", "Creditor", "Since", "Says"), rows)
            if rows
            else "Nothing waits."
        ),
    )


@app.command()
def show(context: typer.Context, task_id: TaskId, as_json: AsJson = False) -> None:
    """Show one task."""
    with session_of(context).gateway() as gateway, gateway.database.read() as connection:
        item = _item(connection, _find(connection, task_id))
    emit(item, as_json, lambda console: _show(console, item))


@app.command()
def retry(context: typer.Context, task_id: TaskId, as_json: AsJson = False) -> None:
    """Try a submission that was set aside again."""
    with session_of(context).gateway() as gateway:
        from gateway.road.submit import retry_submission  # noqa: PLC0415

        with gateway.database.read() as connection:
            task = _find(connection, task_id)
        if task.kind != "set_aside" or task.submission_id is None:
            raise RefusedError(
                f"task {task.task_id} is a {task.kind}; only submissions set aside are tried again"
            )
        outcome = retry_submission(gateway, task.submission_id)
    emit(outcome, as_json, lambda console: show_outcome(console, outcome))


@app.command()
def resolve(
    context: typer.Context,
    task_id: TaskId,
    reason: Annotated[str, typer.Option(help="What was decided; it is kept.")] = "resolved by the operator",
    as_json: AsJson = False,
) -> None:
    """Close a task."""
    with session_of(context).gateway() as gateway:
        from storage.intake.tasks import resolve_task  # noqa: PLC0415

        with gateway.database.write() as connection:
            task = _find(connection, task_id)
            if task.kind in _DECIDED_BY:
                raise RefusedError(
                    f"task {task.task_id} is a {task.kind}: decide it with `{_DECIDED_BY[task.kind]}`"
                )
            item = _item(connection, resolve_task(connection, task.task_id, reason, gateway.clock()))
    emit(item, as_json, lambda console: _show(console, item))


def _find(connection: "Connection", text: str) -> "Task":
    from storage.intake.tasks import get_task, open_tasks  # noqa: PLC0415

    if text.isascii() and text.isdigit():
        return get_task(connection, int(text))
    submission = submission_number(text)
    for task in open_tasks(connection):
        if task.submission_id == submission:
            return task
    raise RefusedError(f"nothing in the queue concerns {text}; `inkasso queue list` shows all")


def _item(connection: "Connection", task: "Task") -> dict[str, Any]:
    from storage.accounts import account_by_id  # noqa: PLC0415
    from storage.case_number import format_case_number  # noqa: PLC0415
    from storage.intake.submissions import format_submission  # noqa: PLC0415

    known = task.account_id > 0  # 0: which of its accounts the sender means is not decided yet
    return {
        "id": task.task_id,
        "kind": task.kind,
        "state": task.state,
        "creditor": account_by_id(connection, task.account_id).email if known else None,
        "submission": format_submission(task.submission_id) if task.submission_id is not None else None,
        "case": format_case_number(task.case_id) if task.case_id is not None else None,
        "since": task.created_at,
        "says": says(task.kind, task.detail),
        "detail": task.detail,
        "resolved_at": task.resolved_at,
        "resolution": task.resolution,
    }


def _concerns(item: dict[str, Any]) -> str | None:
    """What a notice is about is its case; of anything else the submission tells more."""
    of_case = item["kind"] in {"payment_notice", "cancellation_request"}
    concerned: str | None = item["case"] if of_case else item["submission"] or item["case"]
    return concerned


def _show(console: "Console", item: dict[str, Any]) -> None:
    pairs: list[tuple[str, object]] = [
        ("Says", item["says"]),
        ("State", item["state"]),
        ("Creditor", item["creditor"]),
        ("Submission", item["submission"]),
        ("Case", item["case"]),
        ("Since", moment(item["since"])),
        ("Resolved", moment(item["resolved_at"])),
        ("Decision", item["resolution"]),
    ]
    pairs += [(name.replace("_", " ").capitalize(), str(value)) for name, value in item["detail"].items()]
    console.print(facts(f"Task {item['id']}: {item['kind']}", pairs))
