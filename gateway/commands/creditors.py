"""`inkasso creditor`: accounts, by the operator. No command here sends a mail."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.printing import counted, emit, facts, table
from gateway.commands.session import AsJson, OwnerEmail, session_of

if TYPE_CHECKING:
    from rich.console import Console

    from storage.accounts import Account

app = typer.Typer(help="Accounts of creditors.", no_args_is_help=True)
ROOMS = ("in", "done", "failed", "out")
Authority = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        exists=True,
        dir_okay=False,
        readable=True,
        help="The document of the power of attorney.",
    ),
]


@app.command()
def add(  # noqa: PLR0917 - a command has the options that it has
    context: typer.Context,
    email: OwnerEmail,
    name: Annotated[str, typer.Option(help="The creditor's registered name.")],
    street: Annotated[str | None, typer.Option(help="Street and number.")] = None,
    postcode: Annotated[str | None, typer.Option(help="Five digits.")] = None,
    city: Annotated[str | None, typer.Option()] = None,
    iban: Annotated[str | None, typer.Option(help="Where its money is paid out to.")] = None,
    no_vat_deduction: Annotated[
        bool, typer.Option("--no-vat-deduction", help="It cannot deduct input tax.")
    ] = False,
    live: Annotated[bool, typer.Option("--live", help="No test account; needs --authority.")] = False,
    authority: Authority = None,
    as_json: AsJson = False,
) -> None:
    """Add an account.

    Verified, approved, in test mode unless --live. Its mail password is shown this once.
    """
    with session_of(context).gateway() as gateway:
        from storage.accounts import add_account  # noqa: PLC0415

        document = authority.read_bytes() if authority else None
        with gateway.database.write() as connection:
            account, password = add_account(
                connection,
                email=email,
                name=name,
                street=street,
                postcode=postcode,
                city=city,
                iban=iban,
                vat_deduction=not no_vat_deduction,
                live=live,
                authority=document,
                now=gateway.clock(),
            )
        folder = _folder(gateway.config.drop.folder, account)
        for room in ROOMS:
            (folder / room).mkdir(parents=True, exist_ok=True)
    _print(_creditor(account, folder) | {"smtp_password": password}, as_json)


@app.command()
def show(context: typer.Context, email: OwnerEmail, as_json: AsJson = False) -> None:
    """Show one account."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415

        with gateway.database.read() as connection:
            account = account_by_email(connection, email)
    _print(_creditor(account, _folder(gateway.config.drop.folder, account)), as_json)


@app.command()
def verify(context: typer.Context, email: OwnerEmail, as_json: AsJson = False) -> None:
    """Mark the owner's address as the creditor's."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import verify_account  # noqa: PLC0415

        with gateway.database.write() as connection:
            account = verify_account(connection, email, gateway.clock())
    _print(_creditor(account, _folder(gateway.config.drop.folder, account)), as_json)


@app.command()
def approve(
    context: typer.Context, email: OwnerEmail, authority: Authority = None, as_json: AsJson = False
) -> None:
    """Approve an account; its cases no longer wait."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import approve_account  # noqa: PLC0415

        document = authority.read_bytes() if authority else None
        with gateway.database.write() as connection:
            account = approve_account(connection, email, gateway.clock(), document)
    _print(_creditor(account, _folder(gateway.config.drop.folder, account)), as_json)


@app.command()
def token(context: typer.Context, email: OwnerEmail, as_json: AsJson = False) -> None:
    """Renew the mail password.

    Shown this once; the old one is void.
    """
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email, renew_mail_password  # noqa: PLC0415

        with gateway.database.write() as connection:
            password = renew_mail_password(connection, email, gateway.clock())
            account = account_by_email(connection, email)
    folder = _folder(gateway.config.drop.folder, account)
    _print(_creditor(account, folder) | {"smtp_password": password}, as_json)


@app.command()
def terms(
    context: typer.Context,
    email: OwnerEmail,
    settlement_percent: Annotated[
        int | None,
        typer.Option(
            "--settlement-percent",
            metavar="P",
            min=0,
            max=100,
            help="From how many percent on it accepts a settlement without being asked; 0: never.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show or set what was agreed with a creditor."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import account_by_email  # noqa: PLC0415
        from storage.books.settlements import limit_of, set_limit  # noqa: PLC0415

        with gateway.database.write() as connection:
            account = account_by_email(connection, email)
            if settlement_percent is not None:
                set_limit(connection, account.account_id, settlement_percent or None)
            limit = limit_of(connection, account.account_id)
    document = {"email": account.email, "settlement_percent": limit}
    limited = "always asked" if limit is None else f"from {limit} % on without being asked"
    emit(
        document,
        as_json,
        lambda console: console.print(facts(account.name, (("Settlements", limited),))),
    )


@app.command("list")
def list_all(context: typer.Context, as_json: AsJson = False) -> None:
    """List all accounts."""
    with session_of(context).gateway() as gateway:
        from storage.accounts import all_accounts  # noqa: PLC0415

        with gateway.database.read() as connection:
            accounts = all_accounts(connection)
    drop = gateway.config.drop.folder
    creditors = [_creditor(account, _folder(drop, account)) for account in accounts]
    rows = [(one["email"], one["name"], one["mode"], one["status"]) for one in creditors]
    emit(
        {"creditors": creditors},
        as_json,
        lambda console: console.print(
            table(counted(len(rows), "creditor"), ("E-mail", "Name", "Mode", "Status"), rows)
        ),
    )


def _folder(drop: Path, account: "Account") -> Path:
    return drop.resolve() / account.drop_folder


def _creditor(account: "Account", folder: Path) -> dict[str, Any]:
    return {
        "email": account.email,
        "name": account.name,
        "mode": account.mode,
        "status": account.status,
        "street": account.street,
        "postcode": account.postcode,
        "city": account.city,
        "country": account.country,
        "iban": account.iban,
        "vat_deduction": account.vat_deduction,
        "language": account.language,
        "drop_folder": str(folder),
    }


def _print(creditor: dict[str, Any], as_json: bool) -> None:
    def show_it(console: "Console") -> None:
        place = " ".join(part for part in (creditor["postcode"], creditor["city"]) if part)
        console.print(
            facts(
                creditor["name"],
                (
                    ("E-mail", creditor["email"]),
                    ("Mode", creditor["mode"]),
                    ("Status", creditor["status"]),
                    ("Street", creditor["street"]),
                    ("Place", place),
                    ("IBAN", creditor["iban"]),
                    ("Drop folder", creditor["drop_folder"]),
                    ("Mail password", creditor.get("smtp_password")),
                ),
            )
        )
        if "smtp_password" in creditor:
            console.print("\nThe mail password is shown this once; keep it safe.", style="yellow")

    emit(creditor, as_json, show_it)
