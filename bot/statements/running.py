"""The running list of statements (Abrechnungsliste), as a sheet and as lines for a spreadsheet program."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from bot.cells import Cell, joined
from bot.statements.figures import cell, day, listed, total_of
from bot.statements.final import Recipient
from bot.statements.sheet import Column, Facts, Sheet, Table
from bot.statements.words import Words, words_in
from bot.wording import folded, known_language, money, number
from storage.money import Money

if TYPE_CHECKING:
    from storage.books.statement_list import ListedCase


def running_sheet(
    cases: Iterable["ListedCase"], recipient: Recipient, language: str, since: date | None, through: date
) -> Sheet:
    """The list of the time between two days of booking; since=None: from the beginning."""
    language = known_language(language)
    words = words_in(language)
    shown = list(cases)
    share = total_of(case.creditor_share for case in shown)
    return Sheet(
        language=language,
        kind=words.running,
        title=words.running,
        subtitle=_time(since, through, words, language),
        sentence=None,
        figures=(
            (words.cases_paid, number(len(shown), language)),
            (words.received, money(total_of(_received(case) for case in shown), language)),
            (words.your_share, money(share, language)),
        ),
        blocks=(
            Facts(pairs=((words.creditor, folded(recipient.name)),)),
            _table(shown, words, language),
        ),
        foot=f"{words.running} · {_time(since, through, words, language)} · {words.in_euro}",
        page=words.page,
        notice=words.test_account if recipient.is_test else None,
    )


def _time(since: date | None, through: date, words: Words, language: str) -> str:
    if since is None:
        return words.running_all.format(to=day(through, language))
    return words.running_span.format(since=day(since, language), to=day(through, language))


def _received(case: "ListedCase") -> Money:
    return case.received_agency + case.received_direct


def _table(cases: list["ListedCase"], words: Words, language: str) -> Table:
    figures = ("received_agency", "received_direct", "creditor_share", "agency_share", "paid_out")
    heads = (words.to_agency, words.to_creditor, words.your_share, words.agency_share, words.paid_out)
    return Table(
        heading=words.cases_paid,
        intro=words.running_intro if cases else None,
        nothing=words.no_payments,
        columns=(
            Column(label=words.case, is_figure=False),
            Column(label=words.debtor, is_figure=False, wide=True),
            Column(label=words.closing_or_status, is_figure=False, wide=True),
            *(Column(label=head) for head in heads),
        ),
        rows=tuple(
            (
                case.number,
                " · ".join(part for part in (folded(case.debtor), _reference(case, words)) if part),
                f"{words.category[case.category]} · {case.status}",
                *(_figure(getattr(case, name), words, language) for name in figures),
            )
            for case in cases
        ),
        total=(
            words.sum,
            "",
            "",
            *(cell(total_of(_known(cases, name)), language) for name in figures),
        )
        if cases
        else None,
    )


def _known(cases: list["ListedCase"], name: str) -> Iterable[Money]:
    return (amount for amount in (getattr(case, name) for case in cases) if amount is not None)


def _figure(amount: Money | None, words: Words, language: str) -> str:
    """An amount; nothing where it is zero, a word where it is not known."""
    if amount is None:
        return words.held_back
    return cell(amount, language) if amount.cents else ""


def _reference(case: "ListedCase", words: Words) -> str:
    return listed(case.creditor_references, words)


def running_header(language: str) -> list[str]:
    """The names of the columns."""
    words = words_in(language)
    return [
        words.case,
        words.reference,
        words.invoices,
        words.debtor_number,
        words.debtor,
        words.closing,
        words.status,
        words.to_agency,
        words.to_creditor,
        words.your_share,
        words.agency_share,
        words.surplus,
        words.movement_of_balance,
        words.paid_out,
        words.last_booked,
        words.statement_number,
    ]


def running_cells(case: "ListedCase", language: str) -> tuple[Cell, ...]:
    """One line of the list."""
    return (
        case.number,
        joined(case.creditor_references),
        joined(case.invoices),
        case.debtor_number,
        case.debtor,
        words_in(language).category[case.category],
        case.status,
        case.received_agency,
        case.received_direct,
        case.creditor_share,
        case.agency_share,
        case.surplus,
        case.credited,
        case.paid_out,
        case.last_booked_on,
        case.statement,
    )
