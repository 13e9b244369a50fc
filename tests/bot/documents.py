"""Documents of the books as the store would hand them over, for the golden files and the tests of wording."""

from datetime import date

import msgspec

from bot.statements.account import BalanceAccount
from bot.statements.final import Recipient
from storage.books.statement_list import ListedCase
from storage.books.statements import Amounts, Statement, StatementLine
from storage.money import Money

RECIPIENT = Recipient(name="Blumenhaus Größel GmbH & Co. KG", address=("Königstraße 12", "04109 Leipzig"))
HEAD = "a3f1c09be2d7448190fe37c2ab5510d86e9974c1b20fdd43e8a1775c90be6f12"


def amounts(**kinds: str) -> Amounts:
    told = dict.fromkeys(
        ("principal", "creditor_costs", "interest", "court_costs", "fee", "expenses", "vat"), "0.00"
    )
    told |= kinds
    total = sum((Money.of(amount) for amount in told.values()), Money(0))
    return Amounts(**told, total=str(total))


def line(day: date, paid_to: str, amount: str, creditor: str, agency: str, **kinds: str) -> StatementLine:
    return StatementLine(
        value_date=day,
        paid_to=paid_to,
        amount=amount,
        allocation=amounts(**kinds),
        creditor_share=creditor,
        agency_share=agency,
        surplus="0.00",
    )


def statement(**changes) -> Statement:
    """The worked example: 250.00 with 5.00 of dunning fees, paid in two payments."""
    first = line(
        date(2026, 4, 10),
        "agency",
        "100.00",
        "100.00",
        "0.00",
        principal="35.73",
        creditor_costs="5.00",
        interest="3.65",
        fee="46.35",
        expenses="9.27",
    )
    second = line(
        date(2026, 7, 20), "agency", "218.02", "162.40", "55.62", principal="214.27", interest="3.75"
    )
    charged = amounts(
        principal="250.00", creditor_costs="5.00", interest="7.40", fee="46.35", expenses="9.27"
    )
    told = {
        "number": "A-1-000007",
        "case": "26-000123-4",
        "category": "full_payment",
        "closed_on": date(2026, 7, 20),
        "handed_over_on": date(2026, 2, 1),
        "creditor_references": ["K-0815"],
        "invoices": ["RE-1001", "RE-1007"],
        "debtor_number": "10023",
        "debtor": "Müßig, Zoë",
        "charged": charged,
        "waived": amounts(),
        "lines": [first, second],
        "received_agency": "318.02",
        "received_direct": "0.00",
        "creditor_share": "262.40",
        "agency_share": "55.62",
        "surplus": "0.00",
        "invoice_net": "55.62",
        "vat_percent": 19,
        "invoice_vat": "10.57",
        "entry": 14,
        "head": HEAD,
    }
    return Statement(**(told | changes))


def settled() -> Statement:
    """100.00 less for the agency, by a settlement that the debtor paid to the creditor."""
    only = line(date(2026, 5, 4), "creditor", "300.00", "262.40", "37.60", principal="250.00", fee="50.00")
    return statement(
        category="settlement",
        lines=[only],
        charged=amounts(principal="250.00", fee="60.00"),
        waived=amounts(fee="10.00"),
        received_agency="0.00",
        received_direct="300.00",
        agency_share="37.60",
        invoice_net="37.60",
        invoice_vat="7.14",
        creditor_references=[],
        debtor_number=None,
    )


def overpaid() -> Statement:
    """20.00 more than was owed, paid to the agency."""
    usual = statement()
    last = msgspec.structs.replace(usual.lines[-1], amount="238.02", surplus="20.00")
    return statement(lines=[usual.lines[0], last], received_agency="338.02", surplus="20.00")


class Entry(msgspec.Struct):
    """A booking on the balance account, as another part of the store would tell it."""

    value_date: date
    booked_on: date
    kind: str
    case: str | None
    amount: Money


def account(**changes) -> BalanceAccount:
    entries = [
        Entry(date(2026, 4, 10), date(2026, 4, 10), "receipt", "26-000001-5", Money(10_000)),
        Entry(date(2026, 5, 15), date(2026, 5, 15), "payout", None, Money(-10_000)),
        Entry(date(2026, 6, 1), date(2026, 6, 2), "direct_payment", "26-000003-1", Money(-5_418)),
        Entry(date(2026, 7, 20), date(2026, 7, 20), "receipt", "26-000001-5", Money(116_240)),
    ]
    told = {
        "balance": Money(234_278),
        "as_of": date(2026, 8, 1),
        "entries": entries,
        "payout_on": date(2026, 8, 14),
        "payout": Money(234_278),
    }
    return BalanceAccount(**(told | changes))


def listed(**changes) -> ListedCase:
    told = {
        "number": "26-000001-5",
        "creditor_references": ("K-0815",),
        "invoices": ("RE-1",),
        "debtor_number": "10021",
        "debtor": "Müßig, Zoë",
        "category": "full_payment",
        "status": "CLEARED",
        "received_agency": Money(31_802),
        "received_direct": Money(0),
        "creditor_share": Money(26_240),
        "agency_share": Money(5_562),
        "surplus": Money(0),
        "credited": Money(26_240),
        "paid_out": Money(10_000),
        "last_booked_on": date(2026, 7, 20),
        "statement": "A-1-000001",
    }
    return ListedCase(**(told | changes))
