"""The agency's own side: its share leaves the trust account, and each creditor gets its invoice.

The service is the creditor's, whoever pays: what debtors paid of it is marked as settled by them. The VAT
of it is theirs only where the creditor cannot deduct it; else it stays open towards the creditor, apart
from the payout, from which nothing is ever netted.
"""
# ruff: noqa: S608  statements are put together from our own words and numbers only

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction

import msgspec
from sqlalchemy import Connection, text

from storage.books.entries import Entry, EntryKind, Leg
from storage.books.ledgers import Ledger
from storage.books.months import first_day, last_day
from storage.books.payable import Standing
from storage.case_number import format_case_number
from storage.counters import reserve
from storage.days import today_of
from storage.engine.bulk import insert_rows
from storage.engine.instants import to_micros
from storage.law.exact import half_up
from storage.law.fees import vat_percent
from storage.money import Money

_INVOICES = (
    "account_id",
    "invoice_id",
    "number",
    "month",
    "issued_on",
    "net_cents",
    "vat_cents",
    "settled_cents",
    "content",
    "created_at",
)
SETTLED = "vom Schuldner ausgeglichen"

# The shares of each case whose share moved in the month: before it, and through it.
_SHARES = (
    "WITH moved AS (SELECT m.account_id, MIN(m.first_entry) AS first_entry, MAX(m.last_entry) AS last_entry "
    "FROM accounts a CROSS JOIN movements m WHERE a.account_id BETWEEN :first AND :last "
    f"AND m.account_id = a.account_id AND m.ledger = {Ledger.AGENCY:d} "
    "AND m.booked_on BETWEEN :begin AND :end "
    "AND NOT EXISTS (SELECT 1 FROM agency_invoices i WHERE i.account_id = a.account_id AND i.month = :month) "
    "GROUP BY m.account_id), "
    "touched AS (SELECT DISTINCT j.account_id, j.case_id FROM moved v "
    "CROSS JOIN postings p CROSS JOIN journal j WHERE p.account_id = v.account_id "
    f"AND p.entry BETWEEN v.first_entry AND v.last_entry AND p.ledger = {Ledger.AGENCY:d} "
    "AND j.account_id = p.account_id AND j.entry = p.entry "
    "AND j.case_id IS NOT NULL AND j.booked_on BETWEEN :begin AND :end) "
    "SELECT t.account_id, t.case_id, g.vat_charged, "
    "-SUM(CASE WHEN j.booked_on < :begin THEN p.cents ELSE 0 END) AS before, -SUM(p.cents) AS through "
    "FROM touched t CROSS JOIN journal j CROSS JOIN postings p "
    "LEFT JOIN progress g ON g.account_id = t.account_id AND g.case_id = t.case_id "
    "WHERE j.account_id = t.account_id AND j.case_id = t.case_id AND j.booked_on <= :end "
    f"AND p.account_id = j.account_id AND p.entry = j.entry AND p.ledger = {Ledger.AGENCY:d} "
    "GROUP BY t.account_id, t.case_id, g.vat_charged ORDER BY t.account_id, t.case_id"
)


class InvoiceLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the agency charges for one case, in the contract's form of money.

    settled: what the debtor paid of net and VAT; a line below zero takes back what was invoiced before,
    since a payment was returned or a fee reversed.
    """

    case: str
    net: str
    vat_percent: int
    vat: str
    settled: str
    settled_by: str = SETTLED


class AgencyInvoice(msgspec.Struct, frozen=True, kw_only=True):
    """The agency's invoice to one creditor for one month. open: what of it the creditor still owes."""

    account_id: int
    number: str
    month: str
    issued_on: date
    net: Money
    vat: Money
    settled: Money
    lines: tuple[InvoiceLine, ...]

    @property
    def open(self) -> Money:
        """What the creditor owes of it, below zero what it gets back."""
        return self.net + self.vat - self.settled


def taken_share(standing: Standing, paid_out: int, today: date) -> Entry | None:
    """The entry by which the agency takes its share, after so many cents were paid out; None for nothing.

    Never more than lies in the trust account beyond what is the creditor's and what goes back to debtors,
    and nothing that could still be returned.
    """
    others = max(standing.balance_now - paid_out, 0) + max(standing.refunds, 0)
    cents = min(standing.agency - standing.held_now.agency, standing.trust - paid_out - others)
    if cents <= 0:
        return None
    legs = (Leg(Ledger.TRUST_BANK, -cents), Leg(Ledger.AGENCY, cents))
    return Entry(kind=EntryKind.AGENCY, value_date=today, legs=legs)


def issue_invoices(
    connection: Connection, first: int, last: int, month: str, *, modes: Mapping[int, str], now: datetime
) -> list[AgencyInvoice]:
    """Issue the invoices of a month for a range of accounts, each once; the numbers have no holes.

    Test accounts have numbers of their own, so that none is missing among the real ones. Raises
    StatutoryDataMissingError.
    """
    lines: dict[int, list[InvoiceLine]] = {}
    percent = vat_percent(last_day(month))
    found = connection.execute(
        text(_SHARES),
        {
            "first": first,
            "last": last,
            "month": month,
            "begin": first_day(month).isoformat(),
            "end": last_day(month).isoformat(),
        },
    )
    for row in found:
        line = _line(row.case_id, bool(row.vat_charged), int(row.before), int(row.through), percent)
        if line is not None:
            lines.setdefault(row.account_id, []).append(line)
    issued: list[AgencyInvoice] = []
    for mode, prefix in (("live", "RE"), ("test", "TEST")):
        of_mode = {account_id: own for account_id, own in lines.items() if modes[account_id] == mode}
        issued += _numbered(connection, of_mode, prefix, month, today_of(now))
    _keep(connection, issued, now)
    return issued


def _line(case_id: int, vat_charged: bool, before: int, through: int, percent: int) -> InvoiceLine | None:
    """The month's part of a case: rounded through the month less rounded before, so that cents add up."""
    settled = through - before
    if not settled:
        return None
    vat = _vat(through, percent, vat_charged) - _vat(before, percent, vat_charged)
    net = settled - vat if vat_charged else settled
    return InvoiceLine(
        case=format_case_number(case_id),
        net=str(Money(net)),
        vat_percent=percent,
        vat=str(Money(vat)),
        settled=str(Money(settled)),
    )


def _vat(received: int, percent: int, vat_charged: bool) -> int:
    """The VAT of what was received for the agency: within it, or on top of it."""
    return half_up(Fraction(received * percent, 100 + percent if vat_charged else 100))


def _numbered(
    connection: Connection, lines: Mapping[int, Sequence[InvoiceLine]], prefix: str, month: str, today: date
) -> list[AgencyInvoice]:
    if not lines:
        return []
    series = f"{prefix}-{today.year}"
    serial = reserve(connection, f"invoice-{series}", len(lines))
    return [
        AgencyInvoice(
            account_id=account_id,
            number=f"{series}-{serial + at:06d}",
            month=month,
            issued_on=today,
            net=_sum([line.net for line in own]),
            vat=_sum([line.vat for line in own]),
            settled=_sum([line.settled for line in own]),
            lines=tuple(own),
        )
        for at, (account_id, own) in enumerate(lines.items())
    ]


def _keep(connection: Connection, issued: Sequence[AgencyInvoice], now: datetime) -> None:
    if not issued:
        return
    first = reserve(connection, "agency_invoice", len(issued))
    rows = [
        (
            one.account_id,
            first + at,
            one.number,
            one.month,
            one.issued_on.isoformat(),
            one.net.cents,
            one.vat.cents,
            one.settled.cents,
            msgspec.json.encode(one.lines).decode(),
            to_micros(now),
        )
        for at, one in enumerate(issued)
    ]
    insert_rows(connection, "agency_invoices", _INVOICES, rows)


def _sum(amounts: Sequence[str]) -> Money:
    return Money(sum(Money.of(amount).cents for amount in amounts))
