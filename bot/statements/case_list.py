"""The list of a creditor's cases for a spreadsheet program: its header and its cells."""

from typing import TYPE_CHECKING

from bot.cells import Cell, agency_day, joined

if TYPE_CHECKING:
    from storage.cases.export import ExportedCase

_COLUMNS = (
    ("Aktenzeichen", "Case number"),
    ("Ihre Referenz", "Your reference"),
    ("Status", "Status"),
    ("Status seit", "Status since"),
    ("Kundennummer", "Customer number"),
    ("Kunde", "Debtor"),
    ("Rechnungen", "Invoices"),
    ("Hauptforderung", "Principal"),
    ("Nebenforderungen", "Creditor costs"),
    ("Zinsen", "Interest"),
    ("Inkassokosten", "Collection fees"),
    ("Gerichtskosten", "Court costs"),
    ("Erlassen oder berichtigt", "Waived or corrected"),
    ("Gezahlt an die Agentur", "Paid to the agency"),
    ("Gezahlt an den Gläubiger", "Paid to the creditor"),
    ("Überzahlung", "Overpaid"),
    ("Offen", "Owed"),
    ("Ihr Anteil", "Your share"),
    ("Währung", "Currency"),
    ("Übergeben am", "Handed over on"),
    ("Letzter Schritt", "Last step"),
    ("Letzter Schritt am", "Last step on"),
    ("Nächster Schritt", "Next step"),
    ("Nächster Schritt am", "Next step on"),
    ("Was Sie tun können", "What you can do"),
)
_STEPS = {
    "handover": ("Übergabe", "handover"),
    "claims_joined": ("Forderung ergänzt", "claims joined"),
    "row_changed": ("Daten geändert", "data changed"),
    "withdrawal": ("zurückgenommen", "taken back"),
    "checks": ("Prüfung der Angaben", "check of the data"),
    "checks_passed": ("Angaben geprüft", "data checked"),
    "data_asked": ("Angaben erfragt", "data asked for"),
    "data_completed": ("Angaben vollständig", "data complete"),
    "not_justified": ("Forderung nicht begründet", "claim not justified"),
    "letter_1_dispatched": ("erster Brief verschickt", "first letter sent"),
    "contact": ("Schreiben an den Kunden", "letter to the customer"),
    "call_out": ("Anrufe beim Kunden", "calls to the customer"),
    "announcement": ("Ankündigung des gerichtlichen Mahnverfahrens", "announcement of court action"),
    "exhausted": ("Prüfung durch die Rechtsabteilung", "check by the legal department"),
    "attempts_exhausted": ("alle Schreiben verschickt", "all letters sent"),
    "objection": ("Einwand des Kunden", "the customer’s objection"),
    "objection_refuted": ("Einwand widerlegt", "objection refuted"),
    "objection_justified": ("Einwand berechtigt", "objection justified"),
    "court_despite_dispute": ("Gericht trotz Einwand", "court despite the objection"),
    "plan_agreed": ("Ratenzahlung vereinbart", "instalments agreed"),
    "plan_completed": ("alle Raten bezahlt", "all instalments paid"),
    "plan_broken": ("Ratenzahlung gescheitert", "instalments not kept"),
    "recall": ("Rückruf", "recall"),
    "handed_over_by_error": ("irrtümlich übergeben", "handed over by mistake"),
    "payment_received": ("Zahlung eingegangen", "payment received"),
    "payment_returned": ("Zahlung zurückgebucht", "payment returned"),
    "paid_in_full": ("vollständig bezahlt", "paid in full"),
    "settlement_paid": ("Vergleich bezahlt", "settlement paid"),
    "settlement_lapsed": ("Vergleich nicht bezahlt", "settlement not paid"),
    "paid_directly": ("direkt an Sie bezahlt", "paid directly to you"),
    "part_paid_directly": ("teilweise direkt an Sie bezahlt", "paid in part directly to you"),
    "paid_before_handover": ("vor der Übergabe bezahlt", "paid before handover"),
    "part_paid_before_handover": ("vor der Übergabe teilweise bezahlt", "paid in part before handover"),
    "obstacle_found": ("Hindernis gefunden", "obstacle found"),
    "obstacle_gone": ("Hindernis behoben", "obstacle gone"),
    "no_prospects": ("keine Aussicht auf Erfolg", "no prospects"),
    "correction": ("Berichtigung", "correction"),
}
_TASKS = {
    "ground": ("Nennen Sie den Grund der Forderung, etwa „Kaufvertrag“.", "Tell us what the claim is for."),
    "contract_date": ("Nennen Sie das Datum des Vertrags.", "Tell us the date of the contract."),
    "default_since": (
        "Nennen Sie, seit wann Ihr Kunde in Verzug ist.",
        "Tell us since when your customer is in default.",
    ),
    "creditor_address": ("Ergänzen Sie Ihre eigene Anschrift.", "Complete your own address."),
    "debtor_address": ("Nennen Sie die Anschrift Ihres Kunden.", "Tell us your customer’s address."),
    "time_barred": (
        "Die Forderung ist wahrscheinlich verjährt. Sagen Sie uns, was dagegen spricht.",
        "The claim has probably lapsed. Tell us what speaks against it.",
    ),
    "held": ("Bestätigen Sie die Übergabe mit JA.", "Confirm the handover with YES."),
}
_PROOF = (
    "Ihr Kunde widerspricht. Schicken Sie uns Belege zur Forderung.",
    "Your customer objects. Send us proof of the claim.",
)
_NOTHING = ("nichts", "nothing")


def case_header(language: str) -> list[str]:
    """The names of the columns."""
    return [names[_at(language)] for names in _COLUMNS]


def case_cells(case: "ExportedCase", language: str) -> tuple[Cell, ...]:
    """One line of the list."""
    return (
        case.number,
        joined(case.creditor_references),
        case.status,
        agency_day(case.status_since),
        case.debtor_number,
        case.debtor,
        joined(case.invoices),
        case.principal,
        case.creditor_costs,
        case.interest,
        case.fees,
        case.court_costs,
        case.waived,
        case.received_agency,
        case.received_direct,
        case.surplus,
        case.owed,
        case.creditor_share,
        case.principal.currency,
        agency_day(case.opened_at),
        _step(case.last_step, language),
        agency_day(case.last_step_at),
        None if case.next_step is None else _step(case.next_step, language),
        case.next_on,
        _task(case, language),
    )


def _step(step: str, language: str) -> str:
    return _STEPS[step][_at(language)] if step in _STEPS else step


def _task(case: "ExportedCase", language: str) -> str | None:
    """What the creditor should do now."""
    at = _at(language)
    if case.waits_for is None:
        return None
    if case.status == "COMMUNICATION":
        return _PROOF[at]
    asked = [_TASKS[code][at] for code in case.waits_for if code in _TASKS]
    return " ".join(asked) or _NOTHING[at]


def _at(language: str) -> int:
    return 1 if language == "en" else 0
