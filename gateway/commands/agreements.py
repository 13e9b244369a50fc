"""`inkasso case move`, `plan`, `settlement` and `fee`: what the operator decides on a case."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gateway.commands.books import books_of_case, case_document, day_of, euros_of, pairs_of
from gateway.commands.cases import CaseNumber, app
from gateway.commands.printing import emit, facts, table
from gateway.commands.session import AsJson
from storage.lifecycle.statuses import Status

if TYPE_CHECKING:
    from rich.console import Console

    from storage.books.plans import PlanView

__all__ = ["app"]  # with the commands of this module

Reason = Annotated[str, typer.Option("--reason", metavar="R", help="Why; it is kept.")]


class Rate(StrEnum):
    """The agency's fee by hand."""

    NONE = "none"
    SIMPLE = "0.5"
    NORMAL = "0.9"
    EXTENSIVE = "1.3"


class ConsentOf(StrEnum):
    """Who agrees to a settlement for the creditor."""

    CREDITOR = "creditor"
    LIMIT = "limit"


@app.command()
def move(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    number: CaseNumber,
    status: Annotated[
        Status, typer.Argument(metavar="STATUS", help="As COMMUNICATION.", case_sensitive=False)
    ],
    reason: Reason,
    review_on: Annotated[
        str | None, typer.Option("--review-on", metavar="D", help="To MONITORING: when to look again.")
    ] = None,
    confirmed_by: Annotated[
        str | None, typer.Option("--confirmed-by", metavar="NAME", help="The second person of a correction.")
    ] = None,
    in_writing: Annotated[bool, typer.Option("--in-writing", help="The objection came in writing.")] = False,
    represented: Annotated[
        bool, typer.Option("--represented", help="A lawyer or guardian acts for the debtor.")
    ] = False,
    proof_sent: Annotated[
        bool, typer.Option("--proof-sent", help="The debtor was sent proof of the claim.")
    ] = False,
    court_announced: Annotated[
        bool, typer.Option("--court-announced", help="The debtor was told that it goes to court.")
    ] = False,
    court_ordered: Annotated[
        bool, typer.Option("--court-ordered", help="The creditor has ordered court action.")
    ] = False,
    creditor_warned: Annotated[
        bool, typer.Option("--creditor-warned", help="The creditor knows that it will be opposed.")
    ] = False,
    limitation_answered: Annotated[
        bool, typer.Option("--limitation-answered", help="The creditor wants it although it may have lapsed.")
    ] = False,
    prospects: Annotated[
        bool | None, typer.Option("--prospects/--no-prospects", help="What the legal department found.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Move a case by hand, with all that follows from it.

    What the store cannot know is vouched for by an option.
    """
    vouched = {
        "objection_in_writing": in_writing,
        "represented": represented,
        "proof_sent": proof_sent,
        "court_announced": court_announced,
        "court_ordered": court_ordered,
        "creditor_warned": creditor_warned,
        "limitation_answered": limitation_answered,
    }
    review = None if review_on is None else day_of(review_on, "--review-on")
    with books_of_case(context, number) as (gateway, books, case_id):
        from gateway.owner import name_of_this_person  # noqa: PLC0415
        from storage.lifecycle.by_hand import MoveTold, move_by_hand  # noqa: PLC0415

        told = MoveTold(
            target=status,
            reason=reason,
            review_on=review,
            confirmed_by=confirmed_by,
            told_by=name_of_this_person(),
            prospects=prospects,
            vouched=frozenset(name for name, is_so in vouched.items() if is_so),
        )
        step = move_by_hand(books, case_id, told, gateway.rhythm)
        document = case_document(books, case_id) | {"from": str(step.source), "trigger": step.trigger.value}
    emit(document, as_json, lambda console: console.print(facts("Moved", pairs_of(document))))


@app.command()
def plan(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    number: CaseNumber,
    first: Annotated[
        str | None, typer.Option("--first", metavar="D", help="When the first rate is due, as 2026-04-15.")
    ] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option("--rate", metavar="A", help="Of each rate; several times: one after the other."),
    ] = None,
    rates: Annotated[int | None, typer.Option("--rates", metavar="N", min=1, help="How many.")] = None,
    notice_given: Annotated[
        bool, typer.Option("--notice-given", help="The debtor was told before what it costs (§ 13a RDG).")
    ] = False,
    text_form: Annotated[bool, typer.Option("--text-form", help="It is agreed in text form.")] = False,
    fee_announced: Annotated[
        bool, typer.Option("--fee-announced", help="The notice named the fee for it, which is charged.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Agree a plan of monthly rates; without options, show the plan.

    The last rate is the rest with the interest until then.
    """
    amounts = tuple(euros_of(one, "--rate") for one in rate or ())
    if first is None and (amounts or rates):
        raise typer.BadParameter("a plan needs the day of its first rate", param_hint="--first")
    due = None if first is None else day_of(first, "--first")
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.plans import PlanTold, agree_plan, show_plan  # noqa: PLC0415
        from storage.errors import RefusedError  # noqa: PLC0415

        if due is None:
            shown = show_plan(books, case_id)
            if shown is None:
                raise RefusedError(f"{number} has no plan")
        else:
            told = PlanTold(
                first_due_on=due,
                rate=amounts[0] if len(amounts) == 1 else None,
                count=rates,
                amounts=amounts if len(amounts) > 1 else (),
                notice_given=notice_given,
                in_text_form=text_form,
                fee_announced=fee_announced,
            )
            shown = agree_plan(books, case_id, told)
        document = case_document(books, case_id) | {"plan": _plan(shown)}
    emit(document, as_json, lambda console: _show_plan(console, document))


@app.command()
def settlement(  # noqa: PLR0917 - the options of a command
    context: typer.Context,
    number: CaseNumber,
    amount: Annotated[str, typer.Option("--amount", metavar="A", help="What is paid instead of all.")],
    until: Annotated[str, typer.Option("--until", metavar="D", help="The last day, as 2026-04-15.")],
    consent: Annotated[
        ConsentOf, typer.Option("--consent", help="The creditor's, or the limit on its account.")
    ],
    as_json: AsJson = False,
) -> None:
    """Agree a settlement; paid in time it clears the case, and the rest is waived."""
    agreed, due = euros_of(amount), day_of(until, "--until")
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.settlements import agree_settlement  # noqa: PLC0415

        kept = agree_settlement(books, case_id, agreed, due, consent.value)
        document = case_document(books, case_id) | {
            "settlement": kept.number,
            "amount": str(kept.amount),
            "due_on": kept.due_on,
            "consent": kept.consent,
        }
    emit(document, as_json, lambda console: console.print(facts("Settlement", pairs_of(document))))


@app.command()
def fee(
    context: typer.Context,
    number: CaseNumber,
    rate: Annotated[Rate, typer.Option("--rate", help="1.3 only for what is especially extensive.")],
    reason: Reason,
    as_json: AsJson = False,
) -> None:
    """Set the fee by hand; it also decides what waits in the queue as fee_review."""
    tenths = 0 if rate is Rate.NONE else int(rate.value.replace(".", ""))
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.decisions import decide_fee  # noqa: PLC0415

        changed = decide_fee(books, case_id, tenths, reason)
        document = case_document(books, case_id) | {"rate": rate.value, "changed_by": str(changed)}
    emit(document, as_json, lambda console: console.print(facts("Fee", pairs_of(document))))


@app.command("letter-again")
def letter_again(context: typer.Context, number: CaseNumber, reason: Reason, as_json: AsJson = False) -> None:
    """Send letter 1 again, since what it claimed was corrected."""
    with books_of_case(context, number) as (_, books, case_id):
        from storage.books.decisions import send_letter_again  # noqa: PLC0415

        send_letter_again(books, case_id, reason)
        document = case_document(books, case_id)
    emit(document, as_json, lambda console: console.print(facts("Letter 1", pairs_of(document))))


def _plan(shown: "PlanView") -> dict[str, Any]:
    return {
        "number": shown.number,
        "state": shown.state,
        "agreed_on": shown.agreed_on,
        "total": str(shown.total),
        "received": str(shown.received),
        "missed": shown.missed,
        "rates": [
            {
                "number": one.number,
                "due_on": one.due_on,
                "amount": str(one.amount),
                "paid": str(one.paid),
                "is_rest": one.is_rest,
            }
            for one in shown.installments
        ],
    }


def _show_plan(console: "Console", document: dict[str, Any]) -> None:
    told = document["plan"]
    console.print(facts(f"Case {document['case']}", pairs_of(document)))
    console.print(facts(f"Plan {told['number']}", pairs_of(told)))
    rows = [
        (one["number"], one["due_on"], one["amount"], one["paid"], "and interest" if one["is_rest"] else "")
        for one in told["rates"]
    ]
    console.print(table("Rates", ("Rate", "Due", "Amount", "Paid", ""), rows))
