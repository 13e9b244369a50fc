"""The final document of a closed case (Abrechnung) as a sheet and as lines for a spreadsheet program."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from bot.cells import Cell
from bot.statements.figures import cell, day, gain, listed, total_of, unbroken
from bot.statements.sheet import Block, Column, Facts, Note, Sheet, Table
from bot.statements.words import Words, words_in
from bot.wording import folded, known_language, money
from storage.money import Money

if TYPE_CHECKING:
    from storage.books.statements import Amounts, Statement, StatementLine

KINDS = ("principal", "creditor_costs", "interest", "court_costs", "fee", "expenses", "vat", "total")
DIGITS_A_GROUP = 8


class Recipient(msgspec.Struct, frozen=True, kw_only=True):
    """To whom a document goes: the creditor's registered name and the lines of its address."""

    name: str
    address: tuple[str, ...] = ()
    is_test: bool = False


def final_sheet(
    statement: "Statement", recipient: Recipient, language: str, *, credited: Money, stands: bool = True
) -> Sheet:
    """The document in a language.

    credited: what the case has brought to the creditor's balance account; stands: False when the case was
    taken up again since.
    """
    language = known_language(language)
    words = words_in(language)
    notices = ("" if stands else words.reopened, words.test_account if recipient.is_test else "")
    return Sheet(
        language=language,
        kind=words.statement,
        title=f"{words.statement} {statement.number}",
        subtitle=words.subtitle.format(case=statement.case, day=day(statement.closed_on, language)),
        sentence=words.closed.get(statement.category) if stands else None,
        figures=_figures(statement, credited, words, language),
        blocks=tuple(_blocks(statement, recipient, credited, words, language)),
        foot=words.foot.format(number=statement.number, case=statement.case),
        page=words.page,
        notice=" ".join(notice for notice in notices if notice) or None,
    )


def _figures(
    statement: "Statement", credited: Money, words: Words, language: str
) -> tuple[tuple[str, str], ...]:
    received = Money.of(statement.received_agency) + Money.of(statement.received_direct)
    direct = Money.of(statement.received_direct)
    figures = [(words.received, money(received, language))]
    if direct.cents:
        figures.append((words.received_direct, money(direct, language)))
    figures.append((words.your_share, money(Money.of(statement.creditor_share), language)))
    figures.append((words.credited, gain(credited, language)))
    return tuple(figures)


def _blocks(
    statement: "Statement", recipient: Recipient, credited: Money, words: Words, language: str
) -> Iterator[Block]:
    yield _facts(statement, recipient, words, language)
    yield _shares(statement, words, language)
    yield _allocation(statement, words, language)
    yield _costs(statement, credited, words, language)
    if Money.of(statement.surplus).cents:
        yield _surplus(statement, words, language)
    groups = range(0, len(statement.head), DIGITS_A_GROUP)
    yield Note(
        heading=words.journal,
        paragraphs=(words.journal_why,),
        code=" ".join(
            (
                words.journal_entry.format(entry=statement.entry),
                *(statement.head[at : at + DIGITS_A_GROUP] for at in groups),
            )
        ),
    )


def _facts(statement: "Statement", recipient: Recipient, words: Words, language: str) -> Facts:
    address = ", ".join((folded(recipient.name), *(unbroken(line) for line in recipient.address if line)))
    pairs = (
        (words.creditor, address),
        (words.reference, listed(statement.creditor_references, words)),
        (words.debtor, folded(statement.debtor)),
        (words.debtor_number, folded(statement.debtor_number or "")),
        (words.invoices, listed(statement.invoices, words)),
        (words.closing, words.category.get(statement.category, statement.category)),
        (words.handed_over_on, day(statement.handed_over_on, language)),
        (words.closed_on, day(statement.closed_on, language)),
    )
    return Facts(pairs=tuple((name, value) for name, value in pairs if value))


def _shares(statement: "Statement", words: Words, language: str) -> Table:
    """Each payment: to whom it went, and who gets it."""
    columns = [words.to_agency, words.to_creditor, words.your_share, words.agency_share, words.surplus]
    amounts = [_line_amounts(line) for line in statement.lines]
    totals = [
        statement.received_agency,
        statement.received_direct,
        statement.creditor_share,
        statement.agency_share,
        statement.surplus,
    ]
    shown = [at for at in range(len(columns)) if at < len(columns) - 1 or Money.of(totals[at]).cents]
    return Table(
        heading=words.payments,
        intro=words.payments_intro,
        columns=(
            Column(label=words.value_date, is_figure=False),
            *(Column(label=columns[at]) for at in shown),
        ),
        rows=tuple(
            (day(line.value_date, language), *(_blank(of_line[at], language) for at in shown))
            for line, of_line in zip(statement.lines, amounts, strict=True)
        ),
        total=(words.sum, *(cell(Money.of(totals[at]), language) for at in shown)),
    )


def _line_amounts(line: "StatementLine") -> tuple[Money, ...]:
    amount, none = Money.of(line.amount), Money(0)
    direct = line.paid_to == "creditor"
    return (
        none if direct else amount,
        amount if direct else none,
        Money.of(line.creditor_share),
        Money.of(line.agency_share),
        Money.of(line.surplus),
    )


def _allocation(statement: "Statement", words: Words, language: str) -> Table:
    """By kind: what was charged, what was let off, what each payment paid of it."""
    sums = [paid(statement, kind) for kind in KINDS]
    charged, waived = _kinds(statement.charged), _kinds(statement.waived)
    shown = [at for at, kind in enumerate(KINDS) if kind == "total" or sums[at].cents or charged[at].cents]
    rows = [(words.charged, charged)]
    if any(amount.cents for amount in waived):
        rows.append((words.waived, tuple(-amount for amount in waived)))
    rows += [(day(line.value_date, language), _kinds(line.allocation)) for line in statement.lines]
    return Table(
        heading=words.allocation,
        intro=words.allocation_intro,
        columns=(
            Column(label="", is_figure=False),
            *(Column(label=words.kind_of_cost[KINDS[at]]) for at in shown),
        ),
        rows=tuple((name, *(_blank(amounts[at], language) for at in shown)) for name, amounts in rows),
        total=(words.paid, *(cell(sums[at], language) for at in shown)),
    )


def paid(statement: "Statement", kind: str) -> Money:
    """What all payments have paid of one kind."""
    return total_of(Money.of(getattr(line.allocation, kind)) for line in statement.lines)


def _costs(statement: "Statement", credited: Money, words: Words, language: str) -> Note:
    net, vat = Money.of(statement.invoice_net), Money.of(statement.invoice_vat)
    gross, share = net + vat, Money.of(statement.agency_share)
    if not gross.cents:
        return Note(heading=words.costs, paragraphs=(words.no_costs,))
    invoiced = words.costs_invoiced.format(
        net=money(net, language),
        percent=statement.vat_percent,
        vat=money(vat, language),
        gross=money(gross, language),
    )
    left = gross - share
    told = words.costs_left if left.cents > 0 else words.costs_paid
    paragraphs = [
        f"{invoiced} {told.format(paid=money(share, language), left=money(left, language))}",
        words.not_netted,
    ]
    if credited.cents < 0:
        paragraphs.append(words.set_off.format(amount=money(-credited, language)))
    return Note(heading=words.costs, paragraphs=tuple(paragraphs))


def _surplus(statement: "Statement", words: Words, language: str) -> Note:
    """What was paid above all that was owed, and who gives it back."""
    said = []
    if Money.of(statement.received_agency).cents:
        said.append(words.surplus_agency)
    if Money.of(statement.received_direct).cents:
        said.append(words.surplus_creditor)
    amount = money(Money.of(statement.surplus), language)
    return Note(heading=f"{words.surplus}: {amount}", paragraphs=(" ".join(said),))


def _blank(amount: Money, language: str) -> str:
    """In a row, nothing is said where nothing was paid."""
    return cell(amount, language) if amount.cents else ""


def final_header(language: str) -> list[str]:
    """The header of the lines."""
    words = words_in(language)
    kinds = words.kind_of_cost
    return [
        words.statement_number,
        words.case,
        words.reference,
        words.invoices,
        words.debtor_number,
        words.debtor,
        words.closing,
        words.handed_over_on,
        words.closed_on,
        words.line,
        words.value_date,
        words.to_agency,
        words.to_creditor,
        *(kinds[kind] for kind in KINDS),
        words.your_share,
        words.agency_share,
        words.surplus,
    ]


def final_lines(statement: "Statement", language: str) -> Iterator[Sequence[Cell]]:
    """What was charged, what was let off, then each payment."""
    words = words_in(language)
    head = (
        statement.number,
        statement.case,
        ", ".join(statement.creditor_references),
        ", ".join(statement.invoices),
        statement.debtor_number,
        statement.debtor,
        words.category.get(statement.category, statement.category),
        statement.handed_over_on,
        statement.closed_on,
    )
    for kind, amounts in (("charged", statement.charged), ("waived", statement.waived)):
        if kind == "charged" or Money.of(amounts.total).cents:
            yield (*head, words.line_kinds[kind], None, None, None, *_kinds(amounts), None, None, None)
    for line in statement.lines:
        to_agency, to_creditor, *shares = _line_amounts(line)
        paid_to = (to_agency, to_creditor)
        yield (
            *head,
            words.line_kinds["payment"],
            line.value_date,
            *paid_to,
            *_kinds(line.allocation),
            *shares,
        )


def _kinds(amounts: "Amounts") -> tuple[Money, ...]:
    return tuple(Money.of(getattr(amounts, kind)) for kind in KINDS)
