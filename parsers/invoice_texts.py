"""The words of what is wrong with an invoice, and other words for what is wrong with rows as well.

An invoice has no columns and no rows, so what a list is told of its columns is said differently here.
"""

from parsers.problem_texts import Words

_AS_ROW_DE = "Ist trotzdem etwas offen, schicken Sie es uns als Zeile einer Tabelle (XLSX oder CSV)."
_AS_ROW_EN = "If something is owed all the same, send it as a row of a table (XLSX or CSV)."
_NEW_DE = "Stellen Sie die Rechnung neu aus, oder schicken Sie die Forderung als Zeile einer Tabelle (XLSX)."
_NEW_EN = "Issue the invoice anew, or send the claim as a row of a table (XLSX)."

INVOICE_TEXTS: dict[str, Words] = {
    "credit_note": (
        (
            "Das ist eine Gutschrift und keine Forderung.",
            "Schicken Sie die Rechnung, die noch offen ist; was gutgeschrieben wurde, ziehen Sie davon ab.",
        ),
        (
            "This is a credit note and not a claim.",
            "Send the invoice that is still open, less what has been credited.",
        ),
    ),
    "corrected_invoice": (
        (
            "Das ist eine Rechnungskorrektur; ob sie eine andere Rechnung ersetzt, wissen wir nicht.",
            (
                "Schreiben Sie uns, was insgesamt noch offen ist, am besten als Zeile einer Tabelle (XLSX "
                "oder CSV)."
            ),
        ),
        (
            "This is a corrected invoice; we cannot know whether it replaces another one.",
            "Tell us what is still owed in all, best as a row of a table (XLSX or CSV).",
        ),
    ),
    "self_billed_invoice": (
        (
            "Diese Abrechnung hat der Käufer ausgestellt (Gutschriftverfahren); sie belegt keine Forderung.",
            _AS_ROW_DE,
        ),
        ("This invoice was issued by the buyer (self-billing); it does not prove a claim.", _AS_ROW_EN),
    ),
    "prepayment_invoice": (
        (
            "Das ist eine Vorauszahlungsrechnung; ob schon geliefert wurde, steht nicht darin.",
            "Ist geliefert, schicken Sie uns die Schlussrechnung oder die Forderung als Zeile einer Tabelle.",
        ),
        (
            "This is an invoice for a prepayment; it does not say whether anything was delivered.",
            "If it was, send the final invoice, or the claim as a row of a table.",
        ),
    ),
    "no_invoice": (
        ("Das ist keine Rechnung, die zur Zahlung auffordert (Dokumentart {value}).", _AS_ROW_DE),
        ("This is not an invoice that asks for payment (document type {value}).", _AS_ROW_EN),
    ),
    "test_invoice": (
        (
            "Die Rechnung ist als Test gekennzeichnet.",
            "Schicken Sie uns die echte Rechnung; vielleicht steht Ihr Programm noch im Testbetrieb.",
        ),
        (
            "The invoice is marked as a test.",
            "Send the real invoice; your invoicing program may still be in test mode.",
        ),
    ),
    "sums_differ": (
        ("Die Summen der Rechnung passen nicht zusammen: {value}.", _NEW_DE),
        ("The sums of the invoice do not agree: {value}.", _NEW_EN),
    ),
    "invoice_number_missing": (
        ("Der Rechnung fehlt ihre Nummer.", _NEW_DE),
        ("The invoice has no number.", _NEW_EN),
    ),
    "currency_missing": (
        ("Die Rechnung sagt nicht, in welcher Währung sie lautet.", _NEW_DE),
        ("The invoice does not say which currency it is in.", _NEW_EN),
    ),
    "invoice_to_sender": (
        (
            "Diese Rechnung ist an Sie selbst gerichtet ({value}), nicht an einen Ihrer Kunden.",
            "Schicken Sie uns die Rechnungen, die Sie Ihren Kunden gestellt haben.",
        ),
        (
            "This invoice is addressed to yourself ({value}), not to one of your customers.",
            "Send the invoices that you have issued to your customers.",
        ),
    ),
    "seller_differs": (
        (
            "Ausgestellt hat die Rechnung „{value}“, Ihr Konto bei uns heißt anders.",
            "Nichts zu tun, wenn das Ihr Betrieb ist; sonst nehmen Sie die Übergabe bitte zurück.",
        ),
        (
            "The invoice was issued by “{value}”, your account with us has another name.",
            "Nothing to do if that is your business; otherwise please take the handover back.",
        ),
    ),
    "several_invoices": (
        (
            "In der PDF-Datei stecken {count} verschiedene E-Rechnungen; wir wissen nicht, welche gilt.",
            "Schicken Sie uns die gültige Rechnung als XML-Datei.",
        ),
        (
            "The PDF file holds {count} different e-invoices; we cannot know which one is valid.",
            "Send the valid invoice as an XML file.",
        ),
    ),
    "xml_definitions": (
        (
            "Die XML-Datei enthält Definitionen (DTD), die in einer Rechnung nichts zu suchen haben.",
            "Erzeugen Sie die E-Rechnung mit Ihrem Rechnungsprogramm neu und senden Sie sie noch einmal.",
        ),
        (
            "The XML file holds definitions (DTD) that have no place in an invoice.",
            "Create the e-invoice anew with your invoicing program and send it again.",
        ),
    ),
}

# The codes are those of rows; the words are for one invoice.
INVOICE_WORDS: dict[str, Words] = {
    "awaits_answer": (
        (
            "Die Rechnung wartet auf Ihre Antwort: {question}",
            "Prüfen Sie die Angaben und antworten Sie, oder {advice}",
        ),
        ("The invoice waits for your answer: {question}", "Check the details and answer, or {advice}"),
    ),
    "amount_missing": (
        ("Die Rechnung sagt nicht, welcher Betrag zu zahlen ist.", _NEW_DE),
        ("The invoice does not say which amount is to be paid.", _NEW_EN),
    ),
    "amount_unreadable": (
        ("Der zu zahlende Betrag „{value}“ ist nicht lesbar.", _NEW_DE),
        ("The amount to be paid, “{value}”, cannot be read.", _NEW_EN),
    ),
    "amount_decimals": (
        ("Der zu zahlende Betrag „{value}“ hat Bruchteile von Cent.", _NEW_DE),
        ("The amount to be paid, “{value}”, has fractions of a cent.", _NEW_EN),
    ),
    "amount_zero": (
        ("Laut Rechnung ist nichts mehr zu zahlen.", _AS_ROW_DE),
        ("According to the invoice nothing is left to pay.", _AS_ROW_EN),
    ),
    "amount_negative": (
        ("Laut Rechnung hat der Kunde ein Guthaben ({value}); das ist keine Forderung.", _AS_ROW_DE),
        ("According to the invoice the customer has a credit ({value}); that is not a claim.", _AS_ROW_EN),
    ),
    "currency_not_euro": (
        (
            "Die Rechnung lautet auf {value}; wir können nur Euro annehmen.",
            "Schicken Sie uns die Forderung in Euro umgerechnet als Zeile einer Tabelle (XLSX oder CSV).",
        ),
        (
            "The invoice is in {value}; we can take only euros.",
            "Send the claim converted into euros as a row of a table (XLSX or CSV).",
        ),
    ),
    "date_unreadable": (
        ("„{value}“ ({column}) ist kein lesbares Datum.", _NEW_DE),
        ("“{value}” ({column}) is not a readable date.", _NEW_EN),
    ),
    "date_impossible": (
        ("Den Tag „{value}“ ({column}) gibt es nicht.", _NEW_DE),
        ("There is no such day as “{value}” ({column}).", _NEW_EN),
    ),
    "date_implausible": (
        ("Das Jahr von „{value}“ ({column}) kann nicht stimmen.", _NEW_DE),
        ("The year of “{value}” ({column}) cannot be right.", _NEW_EN),
    ),
    "name_missing": (
        ("Die Rechnung nennt keinen Kunden.", _NEW_DE),
        ("The invoice names no customer.", _NEW_EN),
    ),
    "already_settled": (
        ("In der Rechnung steht: „{value}“", _AS_ROW_DE),
        ("The invoice says: “{value}”", _AS_ROW_EN),
    ),
    "missing_address": (
        (
            "Die Anschrift des Kunden ist unvollständig; ohne sie kann der erste Brief nicht hinausgehen.",
            (
                "Schicken Sie Rechnungsnummer, Name, Betrag, Straße, PLZ und Ort als Zeile einer Tabelle; "
                "nichts wird doppelt angelegt."
            ),
        ),
        (
            "The customer's address is incomplete; without it the first letter cannot go out.",
            (
                "Send invoice number, name, amount, street, postcode and city as a row of a table; nothing "
                "is entered twice."
            ),
        ),
    ),
    "missing_contract_date": (
        (
            (
                "Das Vertragsdatum steht nicht in der Rechnung; bei Privatkunden gehört es in den ersten "
                "Brief (§ 13a RDG)."
            ),
            "Nennen Sie uns das Datum des Vertrags oder der Bestellung.",
        ),
        (
            (
                "The contract date is not in the invoice; for private customers the first letter must "
                "state it (§ 13a RDG)."
            ),
            "Tell us the date of the contract or order.",
        ),
    ),
    "missing_ground": (
        (
            (
                "Wofür die Rechnung ist, steht nicht darin; bei Privatkunden gehört es in den ersten Brief "
                "(§ 13a RDG)."
            ),
            "Nennen Sie uns, was Sie geliefert oder geleistet haben.",
        ),
        (
            (
                "The invoice does not say what it is for; for private customers the first letter must "
                "state it (§ 13a RDG)."
            ),
            "Tell us what you delivered or did.",
        ),
    ),
    "missing_due_date": (
        (
            "Die Rechnung nennt keinen eindeutigen Zahlungstermin; ohne ihn gibt es keine Verzugszinsen.",
            "Nennen Sie uns das Fälligkeitsdatum, zum Beispiel 31.03.2025.",
        ),
        (
            "The invoice gives no clear date for payment; without it no default interest can be charged.",
            "Tell us the due date, for example 2025-03-31.",
        ),
    ),
    "missing_invoice_date": (
        (
            "Das Rechnungsdatum fehlt; ohne es lässt sich die Verjährung nicht prüfen.",
            "Nennen Sie uns das Datum, zum Beispiel 17.03.2025.",
        ),
        (
            "The invoice date is missing; without it limitation cannot be checked.",
            "Tell us the date, for example 2025-03-17.",
        ),
    ),
    "missing_first_name": (
        (
            "Der Vorname fehlt; ein Mahnbescheid gegen eine Privatperson ist ohne ihn nicht möglich.",
            "Nennen Sie uns den Vornamen Ihres Kunden.",
        ),
        (
            "The first name is missing; a court payment order against a private person needs it.",
            "Tell us your customer's first name.",
        ),
    ),
    "not_yet_due": (
        (
            "Die Rechnung ist erst am {value} fällig; vorher unternehmen wir nichts.",
            "Stimmt das Datum, ist nichts zu tun.",
        ),
        (
            "The invoice is due only on {value}; nothing is done before that.",
            "If the date is right, there is nothing to do.",
        ),
    ),
    "due_before_invoice": (
        (
            "Die Fälligkeit {value} liegt vor dem Rechnungsdatum; so kann der Verzug nicht belegt werden.",
            "Nennen Sie uns das richtige Fälligkeitsdatum.",
        ),
        (
            "The due date {value} lies before the invoice date; default cannot be shown like this.",
            "Tell us the right due date.",
        ),
    ),
    "invoice_in_future": (
        (
            "Das Rechnungsdatum {value} liegt in der Zukunft; so geht kein Brief hinaus.",
            "Nennen Sie uns das richtige Rechnungsdatum.",
        ),
        (
            "The invoice date {value} lies in the future; no letter goes out like this.",
            "Tell us the right invoice date.",
        ),
    ),
    "postcode_invalid": (
        ("„{value}“ ist keine gültige PLZ; ein Brief käme nicht an.", "Nennen Sie uns die richtige PLZ."),
        ("“{value}” is not a valid postcode; a letter would not arrive.", "Tell us the right postcode."),
    ),
    "email_invalid": (
        (
            "„{value}“ ist keine gültige E-Mail-Adresse; Ihr Kunde bekommt keine E-Mails.",
            "Nennen Sie uns die richtige Adresse, zum Beispiel name@example.org.",
        ),
        (
            "“{value}” is not a valid e-mail address; your customer gets no e-mails.",
            "Tell us the right address, for example name@example.org.",
        ),
    ),
    "iban_invalid": (
        ("„{value}“ ist keine gültige IBAN.", "Nichts zu tun; wir verwenden sie nicht."),
        ("“{value}” is not a valid IBAN.", "Nothing to do; we do not use it."),
    ),
}
