"""`inkasso case`: one case with its claims and its history."""

from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from gateway.commands.printing import emit, facts, moment, plain, table
from gateway.commands.session import AsJson, session_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.tree import Tree

    from storage.books.figures import CaseFigures
    from storage.cases.cases import CaseView

app = typer.Typer(help="Cases.", no_args_is_help=True)
CaseNumber = Annotated[str, typer.Argument(metavar="NUMBER", help="As 26-004711-2.")]


@app.callback()
def _group() -> None:
    """Cases."""  # without this a group of one command would be that command


@app.command()
def show(
    context: typer.Context,
    number: CaseNumber,
    why: Annotated[bool, typer.Option("--why", help="Derive every figure.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show one case with its claims, what is owed and its history."""
    from storage.case_number import parse_case_number  # noqa: PLC0415

    if parse_case_number(number) is None:
        raise typer.BadParameter(f'"{number}" is no case number: form or check digit are wrong')
    with session_of(context).gateway() as gateway:
        from storage.books.figures import case_figures  # noqa: PLC0415
        from storage.cases.cases import show_case  # noqa: PLC0415
        from storage.days import today_of  # noqa: PLC0415

        with gateway.database.read() as connection:
            case = show_case(connection, number)
            account_id, today = case.creditor.account_id, today_of(gateway.clock())
            figures = case_figures(connection, account_id, case.case_id, gateway.book_settings, today)
            document = _document(case, figures)
            if why:
                from storage.books.why import explain_case  # noqa: PLC0415

                tree = explain_case(connection, account_id, case.case_id, gateway.book_settings, today)
                document["why"] = msgspec.to_builtins(tree)
    emit(document, as_json, lambda console: _show(console, document))


def _document(case: "CaseView", figures: "CaseFigures") -> dict[str, Any]:
    """The contract's `case`."""
    owed = figures.owed
    return {
        "number": case.number,
        "status": case.status,
        "status_since": case.status_since,
        "mode": case.mode,
        "creditor": case.creditor.email,
        "linked_case": case.linked_case,
        "debtor": case.debtor,
        "claims": [
            {
                "invoice_number": claim.invoice_number,
                "principal": str(claim.principal),
                "currency": claim.principal.currency,
                "invoice_date": claim.invoice_date,
                "due_date": claim.due_date,
                "default_since": claim.default_since,
                "default_reason": claim.default_reason,
                "ground": claim.ground,
                "contract_date": claim.contract_date,
                "creditor_reference": claim.creditor_reference,
                "row": claim.row,
                "withdrawn_at": claim.withdrawn_at,
            }
            for claim in case.claims
        ],
        "owed": {
            "principal": str(owed.principal),
            "creditor_costs": str(owed.creditor_costs),
            "interest": str(owed.interest),
            "fee": str(owed.fee),
            "expenses": str(owed.expenses),
            "vat": str(owed.vat),
            "court_costs": str(owed.court_costs),
            "total": str(owed.total),
        },
        "received": {"agency": str(figures.received_agency), "direct": str(figures.received_direct)},
        "creditor_share": str(figures.creditor_share),
        "agency_share": str(figures.agency_share),
        "surplus": str(figures.surplus),
        "statement": None if figures.statement is None else msgspec.json.decode(figures.statement),
        "events": [
            {
                "at": event.at,
                "actor": event.actor,
                "from": event.from_status,
                "to": event.to_status,
                "trigger": event.trigger,
                "reason": event.reason,
                "detail": event.detail,
            }
            for event in case.events
        ],
        "evidence": [
            {"submission": one.submission, "document": one.document, "kind": one.kind, "name": one.name}
            for one in case.evidence
        ],
    }


def _show(console: "Console", case: dict[str, Any]) -> None:
    debtor = {name.replace("_", " ").capitalize(): value for name, value in case["debtor"].items()}
    pairs = [
        ("Status", f"{case['status']} since {moment(case['status_since'])}"),
        ("Mode", case["mode"]),
        ("Creditor", case["creditor"]),
        ("Linked case", case["linked_case"]),
    ]
    console.print(facts(f"Case {case['number']}", pairs))
    console.print(facts("Debtor", debtor.items()))
    columns = ("Invoice", "Of", "Due", "In default since", "Principal", "")
    console.print(table("Claims", columns, [_claim(claim) for claim in case["claims"]]))
    owed = {name.replace("_", " ").capitalize(): amount for name, amount in case["owed"].items()}
    console.print(facts("Owed", owed.items()))
    if case["evidence"]:
        proofs = [(one["submission"], one["kind"], one["name"]) for one in case["evidence"]]
        console.print(table("Evidence", ("Submission", "Kind", "Name"), proofs))
    if "why" in case:
        console.print(_why(case["why"]))
    history = [_event(event) for event in case["events"]]
    console.print(table("History", ("At", "By", "From", "To", "Trigger", "Reason"), history))


def _why(reasons: list[dict[str, Any]]) -> "Tree":
    """The derivations as a tree: amount, figure, rule, and the entry that booked it."""
    from rich.tree import Tree  # noqa: PLC0415

    tree = Tree("Why")
    for reason in reasons:
        _grow(tree, reason)
    return tree


def _grow(tree: "Tree", reason: dict[str, Any]) -> None:
    figure = reason["figure"].replace("_", " ")
    entry = f", entry {reason['entry']}" if "entry" in reason else ""
    dated = f", value date {reason['value_date']}" if "value_date" in reason else ""
    policy = f", {reason['policy']}" if "policy" in reason else ""
    line = f"{reason['amount']:>10}  {figure}: {reason['rule']}{policy}{dated}{entry}"
    branch = tree.add(plain(line))
    for line in _derived(reason):
        branch.add(plain(line))
    for part in reason.get("parts", ()):
        _grow(branch, part)


def _derived(reason: dict[str, Any]) -> list[str]:
    """A derivation in lines."""
    derivation = reason.get("derivation")
    if not derivation:
        return []
    if reason["figure"] == "interest":
        return [
            f"claim {position}: {one['principal']} from {one['first']} to {one['last']}, {one['days']} days "
            f"of {one['days_in_year']} at {one['rate']} % (base rate {one['base_rate']} %) = {one['exact']}"
            for position, of_claim in derivation.items()
            for one in of_claim["segments"]
        ]
    return [f"{name.replace('_', ' ')}: {value}" for name, value in derivation.items()]


def _claim(claim: dict[str, Any]) -> tuple[object, ...]:
    taken_back = "taken back" if claim["withdrawn_at"] else ""
    names = ("invoice_number", "invoice_date", "due_date", "default_since", "principal")
    return (*(claim[name] for name in names), taken_back)


def _event(event: dict[str, Any]) -> tuple[object, ...]:
    return (moment(event["at"]), *(event[name] for name in ("actor", "from", "to", "trigger", "reason")))
