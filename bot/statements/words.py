"""The words of statements, lists and the balance account, one record a language."""

from collections.abc import Mapping

import msgspec

from bot.wording import known_language

OTHER = "other"  # the category of a case that is not closed and was paid in part


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said in one language; braces are filled with figures and names."""

    statement: str
    subtitle: str
    closed: Mapping[str, str]
    category: Mapping[str, str]
    kind_of_cost: Mapping[str, str]
    movement: Mapping[str, str]
    reopened: str
    test_account: str
    creditor: str
    reference: str
    debtor: str
    debtor_number: str
    invoices: str
    and_more: str
    closing: str
    handed_over_on: str
    closed_on: str
    case: str
    status: str
    received: str
    your_share: str
    agency_share: str
    surplus: str
    credited: str
    received_direct: str
    payments: str
    payments_intro: str
    value_date: str
    booked_on: str
    to_agency: str
    to_creditor: str
    sum: str
    allocation: str
    allocation_intro: str
    charged: str
    waived: str
    paid: str
    costs: str
    costs_invoiced: str
    costs_paid: str
    costs_left: str
    not_netted: str
    set_off: str
    no_costs: str
    surplus_agency: str
    surplus_creditor: str
    journal: str
    journal_entry: str
    journal_why: str
    in_euro: str
    foot: str
    page: str
    line: str
    line_kinds: Mapping[str, str]
    amount: str
    paid_out: str
    running: str
    running_all: str
    running_span: str
    running_intro: str
    no_payments: str
    cases_paid: str
    balance: str
    balance_as_of: str
    balance_now: str
    balance_owing: str
    next_payout: str
    next_payout_on: str
    no_payout: str
    movements: str
    movements_intro: str
    no_movements: str
    earlier: str
    kind: str
    statement_number: str
    last_booked: str
    entry: str
    movement_of_balance: str
    closing_or_status: str
    held_back: str
    balance_after: str


_GERMAN = Words(
    statement="Abrechnung",
    subtitle="Akte {case} · abgeschlossen am {day}",
    closed={
        "full_payment": "Ihr Kunde hat vollständig bezahlt. Die Akte ist abgeschlossen.",
        "installment": "Ihr Kunde hat alle Raten bezahlt. Die Akte ist abgeschlossen.",
        "settlement": "Ihr Kunde hat den Vergleich erfüllt. Die Akte ist abgeschlossen.",
        "direct_payment": "Ihr Kunde hat direkt an Sie gezahlt. Die Akte ist abgeschlossen.",
    },
    category={
        "full_payment": "Vollständige Zahlung",
        "installment": "Ratenzahlung",
        "settlement": "Vergleich",
        "direct_payment": "Direktzahlung",
        OTHER: "Teilzahlung",
    },
    kind_of_cost={
        "principal": "Hauptforderung",
        "creditor_costs": "Nebenforderungen",
        "interest": "Zinsen",
        "court_costs": "Gerichtskosten",
        "fee": "Inkassokosten",
        "expenses": "Auslagen",
        "vat": "USt",
        "total": "Summe",
    },
    movement={
        "receipt": "Zahlungseingang",
        "direct_payment": "Direktzahlung",
        "allocation": "Neu verrechnet",
        "reversal": "Rückbuchung",
        "refund": "Rückzahlung an den Kunden",
        "payout": "Auszahlung",
        "correction": "Berichtigung",
        "waiver": "Erlass",
    },
    reopened="Diese Abrechnung gilt nicht mehr: Eine Zahlung wurde zurückgebucht, die Akte läuft weiter.",
    test_account="Testkonto: Hier fließt kein Geld.",
    creditor="Gläubiger",
    reference="Ihre Referenz",
    debtor="Kunde",
    debtor_number="Kundennummer",
    invoices="Rechnungen",
    and_more="und {count} weitere",
    closing="Art der Zahlung",
    handed_over_on="Übergeben am",
    closed_on="Abgeschlossen am",
    case="Aktenzeichen",
    status="Status",
    received="Eingegangen",
    your_share="Ihr Anteil",
    agency_share="Anteil der Agentur",
    surplus="Überzahlung",
    credited="Ihr Guthabenkonto",
    received_direct="davon direkt an Sie",
    payments="Zahlungen und ihre Verteilung",
    payments_intro=(
        "Ihr Geld kommt zuerst: Was eingeht, gehört Ihnen, bis alles bezahlt ist, was Ihnen aus dieser Akte "
        "zusteht. Erst danach werden die Kosten der Agentur gedeckt."
    ),
    value_date="Wertstellung",
    booked_on="Gebucht am",
    to_agency="an die Agentur",
    to_creditor="an den Gläubiger",
    sum="Summe",
    allocation="Die Forderung und was darauf bezahlt wurde",
    allocation_intro=(
        "Wenn nichts anderes bestimmt oder vereinbart ist, werden Zahlungen nach dem Gesetz erst auf Kosten, "
        "dann auf Zinsen, dann auf die Hauptforderung angerechnet (§ 367 BGB)."
    ),
    charged="Berechnet",
    waived="Erlassen oder berichtigt",
    paid="Bezahlt",
    costs="Kosten der Agentur",
    costs_invoiced=(
        "Über unsere Kosten bekommen Sie eine eigene Rechnung: {net} zuzüglich {percent} % Umsatzsteuer "
        "({vat}), zusammen {gross}."
    ),
    costs_paid="Ihr Kunde hat davon {paid} bezahlt. Auf der Rechnung bleibt nichts offen.",
    costs_left="Ihr Kunde hat davon {paid} bezahlt. Auf der Rechnung bleiben {left} offen.",
    not_netted="Die Umsatzsteuer wird nicht mit Ihrem Guthaben verrechnet.",
    set_off=(
        "Ihr Kunde hat Ihnen direkt mehr gezahlt, als Ihr Anteil beträgt. Den Unterschied von {amount} "
        "haben wir von Ihrem Guthabenkonto abgebucht."
    ),
    surplus_agency="Was bei der Agentur zu viel einging, geht an Ihren Kunden zurück.",
    surplus_creditor="Was Ihr Kunde Ihnen direkt zu viel gezahlt hat, erstatten Sie ihm bitte selbst.",
    no_costs="In dieser Akte sind für Sie keine Kosten der Agentur angefallen.",
    journal="Prüfwert des Journals",
    journal_entry="Eintrag {entry}:",
    journal_why=(
        "Jede Buchung trägt einen Prüfwert, in den der vorige eingeht. Bewahren Sie ihn auf: Passt er später "
        "nicht mehr zu unserem Journal, wurde eine frühere Buchung verändert."
    ),
    in_euro="Alle Beträge in Euro.",
    foot="{number} · Akte {case} · Alle Beträge in Euro. Dieses Dokument wurde automatisch erstellt.",
    page="Seite {page} von {pages}",
    line="Zeile",
    line_kinds={"payment": "Zahlung", "charged": "berechnet", "waived": "erlassen oder berichtigt"},
    amount="Betrag",
    paid_out="Davon ausgezahlt",
    running="Abrechnungsliste",
    running_all="Alle Zahlungen bis {to}",
    running_span="Gebucht vom {since} bis {to}",
    running_intro="Hier steht jede Akte, auf die in dieser Zeit eine Zahlung gebucht wurde.",
    no_payments="In dieser Zeit wurde nichts gebucht.",
    cases_paid="Akten mit Zahlungen",
    balance="Guthabenkonto",
    balance_as_of="Stand {day}",
    balance_now="Ihr Guthaben",
    balance_owing="Ihr Konto ist im Minus. Wir verrechnen das mit den nächsten Zahlungseingängen.",
    next_payout="Nächste Auszahlung",
    next_payout_on="Voraussichtlich am {day}: {amount}.",
    no_payout="Zurzeit steht keine Auszahlung an.",
    movements="Buchungen",
    movements_intro="Ein Minus verringert Ihr Guthaben, etwa eine Auszahlung oder eine Rückbuchung.",
    no_movements="Auf diesem Konto wurde noch nichts gebucht.",
    earlier="Frühere Buchungen",
    kind="Vorgang",
    statement_number="Abrechnung",
    last_booked="Zuletzt gebucht am",
    entry="Buchung",
    movement_of_balance="Veränderung Ihres Guthabens",
    closing_or_status="Art und Status",
    held_back="zurückgestellt",
    balance_after="Guthaben danach",
)

_ENGLISH = Words(
    statement="Statement",
    subtitle="Case {case} · closed on {day}",
    closed={
        "full_payment": "Your customer has paid in full. The case is closed.",
        "installment": "Your customer has paid all instalments. The case is closed.",
        "settlement": "Your customer has met the settlement. The case is closed.",
        "direct_payment": "Your customer has paid you directly. The case is closed.",
    },
    category={
        "full_payment": "Full payment",
        "installment": "Instalments",
        "settlement": "Settlement",
        "direct_payment": "Direct payment",
        OTHER: "Part payment",
    },
    kind_of_cost={
        "principal": "Principal",
        "creditor_costs": "Your costs",
        "interest": "Interest",
        "court_costs": "Court costs",
        "fee": "Collection fee",
        "expenses": "Expenses",
        "vat": "VAT",
        "total": "Total",
    },
    movement={
        "receipt": "Payment received",
        "direct_payment": "Direct payment",
        "allocation": "Allocated anew",
        "reversal": "Payment returned",
        "refund": "Paid back to the customer",
        "payout": "Payout",
        "correction": "Correction",
        "waiver": "Waiver",
    },
    reopened="This statement no longer stands: a payment was returned, and the case goes on.",
    test_account="Test account: no money moves here.",
    creditor="Creditor",
    reference="Your reference",
    debtor="Customer",
    debtor_number="Customer number",
    invoices="Invoices",
    and_more="and {count} more",
    closing="Kind of payment",
    handed_over_on="Handed over on",
    closed_on="Closed on",
    case="Case number",
    status="Status",
    received="Received",
    your_share="Your share",
    agency_share="Agency’s share",
    surplus="Overpaid",
    credited="Your balance account",
    received_direct="of it directly to you",
    payments="Payments and who gets them",
    payments_intro=(
        "You come first: what comes in is yours until all that is due to you from this case is paid. Only "
        "then are the agency’s costs covered."
    ),
    value_date="Value date",
    booked_on="Booked on",
    to_agency="to the agency",
    to_creditor="to the creditor",
    sum="Total",
    allocation="The claim and what was paid on it",
    allocation_intro=(
        "Unless something else was designated or agreed, the law counts payments towards costs first, then "
        "interest, then the principal (§ 367 BGB)."
    ),
    charged="Charged",
    waived="Waived or corrected",
    paid="Paid",
    costs="The agency’s costs",
    costs_invoiced=(
        "You get a separate invoice for our costs: {net} plus {percent}% VAT ({vat}), {gross} in all."
    ),
    costs_paid="Your customer has paid {paid} of it. Nothing is left open on the invoice.",
    costs_left="Your customer has paid {paid} of it. {left} is left open on the invoice.",
    not_netted="The VAT is not set off against your balance.",
    set_off=(
        "Your customer has paid you directly more than your share. We have taken the difference of {amount} "
        "from your balance account."
    ),
    surplus_agency="What the agency received in excess goes back to your customer.",
    surplus_creditor="Please pay back yourself what your customer paid you directly in excess.",
    no_costs="There are no costs of the agency for you in this case.",
    journal="Check value of the journal",
    journal_entry="Entry {entry}:",
    journal_why=(
        "Each booking carries a check value that covers the one before it. Keep it: if it no longer fits our "
        "journal one day, an earlier booking was changed."
    ),
    in_euro="All amounts in euros.",
    foot="{number} · Case {case} · All amounts in euros. This document was made automatically.",
    page="Page {page} of {pages}",
    line="Line",
    line_kinds={"payment": "payment", "charged": "charged", "waived": "waived or corrected"},
    amount="Amount",
    paid_out="Paid out of it",
    running="List of statements",
    running_all="All payments up to {to}",
    running_span="Booked from {since} to {to}",
    running_intro="Every case on which a payment was booked in this time.",
    no_payments="Nothing was booked in this time.",
    cases_paid="Cases with payments",
    balance="Balance account",
    balance_as_of="As of {day}",
    balance_now="Your balance",
    balance_owing="Your account is below zero. We set that off against the next payments.",
    next_payout="Next payout",
    next_payout_on="Expected on {day}: {amount}.",
    no_payout="No payout is due at present.",
    movements="Entries",
    movements_intro="A minus lowers your balance, such as a payout or a returned payment.",
    no_movements="Nothing has been booked on this account yet.",
    earlier="Earlier entries",
    kind="What it was",
    statement_number="Statement",
    last_booked="Last booked on",
    entry="Entry",
    movement_of_balance="Change of your balance",
    closing_or_status="Kind and status",
    held_back="held",
    balance_after="Balance after it",
)

_WORDS = {"de": _GERMAN, "en": _ENGLISH}


def words_in(language: str) -> Words:
    """The words of a language, German where there are none."""
    return _WORDS[known_language(language)]
