"""`inkasso case statement`: the final document of a closed case."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import print_json
from gateway.commands.session import AsJson, session_of

if TYPE_CHECKING:
    from storage.accounts import Account
    from storage.books.kept_statements import KeptStatement

ENDINGS = (".txt", ".html", ".htm", ".pdf", ".csv")
CaseNumber = Annotated[str, typer.Argument(metavar="NUMBER", help="As 26-004711-2.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o", "--output", metavar="FILE", dir_okay=False, help="TXT, HTML, PDF or CSV by the ending."
    ),
]


def statement(
    context: typer.Context, number: CaseNumber, output: Output = None, as_json: AsJson = False
) -> None:
    """Show the statement of a closed case, or write it to a file."""
    from storage.case_number import parse_case_number  # noqa: PLC0415

    if parse_case_number(number) is None:
        raise typer.BadParameter(f'"{number}" is no case number: form or check digit are wrong')
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise typer.BadParameter(f'"{output}" ends in none of {", ".join(ENDINGS)}', param_hint="-o")
    with session_of(context).gateway() as gateway, gateway.database.read() as connection:
        from storage.accounts import account_by_id  # noqa: PLC0415
        from storage.books.kept_statements import newest_statement  # noqa: PLC0415
        from storage.cases.cases import find_case  # noqa: PLC0415
        from storage.errors import RefusedError  # noqa: PLC0415

        case = find_case(connection, number)
        kept = newest_statement(connection, case.account_id, case.case_id)
        if kept is None:
            raise RefusedError(
                f"case {number} is {case.status} and has no statement; it comes when all is paid"
            )
        account = account_by_id(connection, case.account_id)
    if output is not None:
        from gateway.commands.tables import write_file  # noqa: PLC0415

        write_file(output, written(kept, account, output.suffix.lower()))
    _tell(kept, account, output, as_json)


def written(kept: "KeptStatement", account: "Account", ending: str) -> bytes:
    """The document in the form of a file's ending, in the account's language."""
    if ending == ".csv":
        from bot.cells import csv_bytes  # noqa: PLC0415
        from bot.statements.final import final_header, final_lines  # noqa: PLC0415

        header = final_header(account.language)
        return csv_bytes(header, final_lines(kept.document, account.language))
    from bot.statements.final import final_sheet  # noqa: PLC0415
    from gateway.commands.sheets import recipient_of, sheet_bytes  # noqa: PLC0415

    sheet = final_sheet(
        kept.document,
        recipient_of(account),
        account.language,
        credited=kept.credited,
        stands=kept.stands,
    )
    return sheet_bytes(sheet, ending, kept.document.closed_on)


def _tell(kept: "KeptStatement", account: "Account", output: Path | None, as_json: bool) -> None:
    import msgspec  # noqa: PLC0415

    if as_json:
        document: dict[str, Any] = msgspec.to_builtins(kept.document)
        document["credited"] = str(kept.credited)
        document["state"] = "final" if kept.stands else "reopened"
        if output is not None:
            document["file"] = str(output)
        print_json(document)
    elif output is not None:
        print(f"statement {kept.document.number} written to {output}")
    else:
        print(written(kept, account, ".txt").decode(), end="")
