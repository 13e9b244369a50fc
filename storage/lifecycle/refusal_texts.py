"""Why a move was refused, in one sentence: code to (German, English)."""

from storage.lifecycle.words import Guard

Words = tuple[str, str]

NO_SUCH_MOVE = "no_such_move"
ACTOR_NOT_ALLOWED = "actor_not_allowed"
DEBTOR_MOVES_NOTHING = "debtor_moves_nothing"
NO_WAY_THERE = "no_way_there"

REFUSAL_TEXTS: dict[str, Words] = {
    NO_SUCH_MOVE: (
        "Aus dem jetzigen Status der Akte gibt es diesen Schritt nicht.",
        "This step does not exist from the present status of the case.",
    ),
    NO_WAY_THERE: (
        "Aus dem jetzigen Status der Akte führt kein Weg in den gewünschten Status.",
        "No step leads from the present status of the case to the one that is wanted.",
    ),
    ACTOR_NOT_ALLOWED: (
        "Diesen Schritt darf jemand anderes tun, aber nicht Sie.",
        "This step is for somebody else to take.",
    ),
    DEBTOR_MOVES_NOTHING: (
        "Eine Nachricht des Kunden ändert keinen Status; sie wird erst von uns gelesen.",
        "A debtor's message changes no status; it is read by us first.",
    ),
    Guard.ACCOUNT_APPROVED: (
        "Das Gläubigerkonto ist noch nicht freigegeben.",
        "The creditor's account is not approved yet.",
    ),
    Guard.AUTHORITY_RECORDED: (
        "Die Vollmacht des Gläubigers liegt noch nicht vor.",
        "The creditor's power of attorney is not on file yet.",
    ),
    Guard.NOT_HELD: (
        "Die Akte wird angehalten, bis der Gläubiger oder wir sie freigeben.",
        "The case is held until the creditor or the agency releases it.",
    ),
    Guard.FORMAL_CHECKS: (
        "Es fehlen noch Pflichtangaben zur Forderung.",
        "Required particulars of the claim are still missing.",
    ),
    Guard.NOT_TIME_BARRED: (
        "Die Forderung ist wahrscheinlich verjährt; der Gläubiger muss bestätigen, dass es weitergehen soll.",
        "The claim is probably time-barred; the creditor must confirm that we go on.",
    ),
    Guard.SERVABLE_ADDRESS: (
        "Es fehlt eine Anschrift, an die zugestellt werden kann.",
        "There is no address that letters can be served at.",
    ),
    Guard.UNDISPUTED: ("Die Forderung ist bestritten.", "The claim is disputed."),
    Guard.NOT_PAUSED: (
        "Die Akte ruht, bis eine offene Frage geklärt ist.",
        "The case is paused until an open question is settled.",
    ),
    Guard.OPEN_AMOUNT: ("Es ist nichts mehr offen.", "Nothing is owed any more."),
    Guard.CONTACTS_LEFT: (
        "Alle vorgesehenen Schreiben und Anrufe sind erfolgt.",
        "All letters and calls that were planned have been made.",
    ),
    Guard.CONTACTS_EXHAUSTED: (
        "Es stehen noch Schreiben oder Anrufe aus.",
        "Letters or calls that were planned are still to be made.",
    ),
    Guard.COURT_ANNOUNCED: (
        "Dem Kunden wurde das gerichtliche Verfahren noch nicht angekündigt.",
        "Court proceedings have not been announced to the debtor yet.",
    ),
    Guard.PROSPECTS_CONFIRMED: (
        "Die Rechtsabteilung hat die Aussichten noch nicht bejaht.",
        "The legal department has not confirmed the prospects yet.",
    ),
    Guard.COURT_ORDERED: (
        "Der Gläubiger hat dem gerichtlichen Verfahren noch nicht zugestimmt.",
        "The creditor has not agreed to court proceedings yet.",
    ),
    Guard.WARNED_OF_DISPUTE: (
        "Der Gläubiger wurde noch nicht gewarnt, dass der Kunde vor Gericht widersprechen wird.",
        "The creditor has not been warned yet that the debtor will oppose the claim in court.",
    ),
    Guard.OBJECTION_COUNTS: (
        "Ein Einwand zählt nur schriftlich oder von einem Anwalt oder Betreuer.",
        "An objection counts only in writing, or from a lawyer or guardian.",
    ),
    Guard.PROOF_SENT: (
        "Der Nachweis zur Forderung wurde dem Kunden noch nicht geschickt.",
        "The proof of the claim has not been sent to the debtor yet.",
    ),
    Guard.PLAN_NOTICE: (
        "Der Kunde wurde nicht vorher über die Kosten der Ratenzahlung belehrt (§ 13a Abs. 3 RDG).",
        "The debtor was not told beforehand what the plan costs (§ 13a(3) RDG).",
    ),
    Guard.PLAN_IN_TEXT_FORM: (
        "Die Ratenzahlung ist nicht in Textform vereinbart.",
        "The plan is not agreed in text form.",
    ),
    Guard.RATE_OVERDUE: ("Es ist keine Rate überfällig.", "No rate is overdue."),
    Guard.PAID_UP: ("Es ist noch ein Betrag offen.", "An amount is still open."),
    Guard.SETTLEMENT_CONSENTED: (
        "Der Gläubiger hat dem Vergleich nicht zugestimmt.",
        "The creditor has not agreed to the settlement.",
    ),
    Guard.SETTLEMENT_MET: (
        "Der Vergleichsbetrag ist nicht rechtzeitig und vollständig eingegangen.",
        "The agreed sum has not come in time and in full.",
    ),
    Guard.SETTLEMENT_EXPIRED: (
        "Die Frist des Vergleichs läuft noch, oder er ist erfüllt.",
        "The settlement is still running, or it has been met.",
    ),
    Guard.PAYMENT_KNOWN: (
        "Betrag und Datum der Zahlung müssen bekannt sein.",
        "The amount and the date of the payment must be known.",
    ),
    Guard.LETTER_RECEIVED: (
        "Der Kunde hat unser erstes Schreiben noch nicht erhalten.",
        "The debtor has not received our first letter yet.",
    ),
    Guard.PREPAYMENT_PROVEN: (
        "Unser erstes Schreiben ist schon hinaus; die Zahlung vor der Übergabe muss belegt sein.",
        "Our first letter has left; payment before the handover must be proven.",
    ),
    Guard.REVIEW_DATE: (
        "Es fehlt der Tag, an dem die Akte wieder geprüft wird.",
        "The day on which the case is looked at again is missing.",
    ),
    Guard.REASON_GIVEN: ("Es fehlt eine Begründung.", "A reason is missing."),
    Guard.PROSPECTS_DENIED: (
        "Die Rechtsabteilung hat die Aussichten nicht verneint.",
        "The legal department has not denied the prospects.",
    ),
    Guard.PAYMENT_BOUNCED: ("Es wurde keine Zahlung zurückgegeben.", "No payment has been returned."),
    Guard.SECOND_PERSON: (
        "Eine zweite Person muss die Korrektur bestätigen.",
        "A second person must confirm the correction.",
    ),
    Guard.PREVIOUS_KNOWN: (
        "Der frühere Status der Akte ist nicht bekannt.",
        "The earlier status of the case is not known.",
    ),
}
