"""The words of what a row that is taken is warned of; each names what it will stop later."""

from parsers.problem_texts import Words

WARNING_TEXTS: dict[str, Words] = {
    "repeated_row": (
        (
            "Diese Zeile steht schon gleichlautend in Zeile {row}; sie zählt nur einmal.",
            "Nichts zu tun; sind es zwei Rechnungen, geben Sie ihnen verschiedene Rechnungsnummern.",
        ),
        (
            "This row repeats row {row} word for word; it counts once.",
            "Nothing to do; if they are two invoices, give them different invoice numbers.",
        ),
    ),
    "missing_address": (
        (
            (
                "Die Anschrift ist unvollständig (Straße, PLZ und Ort); ohne sie kann der erste Brief "
                "nicht hinausgehen."
            ),
            "Tragen Sie Straße mit Hausnummer, PLZ und Ort ein und senden Sie die Liste noch einmal.",
        ),
        (
            (
                "The address is incomplete (street, postcode and city); without it the first letter cannot "
                "go out."
            ),
            "Enter street with house number, postcode and city and send the list again.",
        ),
    ),
    "missing_contract_date": (
        (
            (
                "Das Vertragsdatum fehlt; bei Privatkunden muss es im ersten Brief stehen (§ 13a RDG), "
                "vorher geht er nicht hinaus."
            ),
            "Ergänzen Sie eine Spalte „Vertragsdatum“ mit Daten wie 31.03.2025.",
        ),
        (
            (
                "The contract date is missing; for private customers the first letter must state it (§ 13a "
                "RDG) and waits until then."
            ),
            "Add a column “Contract date” with dates like 2025-03-31.",
        ),
    ),
    "missing_ground": (
        (
            (
                "Der Forderungsgrund fehlt; bei Privatkunden muss er im ersten Brief stehen (§ 13a RDG), "
                "vorher geht er nicht hinaus."
            ),
            (
                "Ergänzen Sie eine Spalte „Forderungsgrund“, zum Beispiel „Kaufvertrag“ oder „Reparatur "
                "Heizung“."
            ),
        ),
        (
            (
                "The ground of the claim is missing; for private customers the first letter must state it "
                "(§ 13a RDG) and waits until then."
            ),
            "Add a column “Ground”, for example “sales contract” or “boiler repair”.",
        ),
    ),
    "missing_due_date": (
        (
            "Die Fälligkeit fehlt; ohne sie können keine Verzugszinsen berechnet werden.",
            "Tragen Sie in der Spalte „Fälligkeit“ das Datum ein, zum Beispiel 31.03.2025.",
        ),
        (
            "The due date is missing; without it no default interest can be charged.",
            "Enter the date in a column “Due date”, for example 2025-03-31.",
        ),
    ),
    "missing_invoice_number": (
        (
            "Die Rechnungsnummer fehlt; Zahlungen und spätere Listen lassen sich schlechter zuordnen.",
            "Tragen Sie die Rechnungsnummer in einer Spalte „Rechnungsnummer“ ein.",
        ),
        (
            "The invoice number is missing; payments and later lists are harder to match.",
            "Enter the invoice number in a column “Invoice number”.",
        ),
    ),
    "missing_invoice_date": (
        (
            "Das Rechnungsdatum fehlt; ohne es lässt sich die Verjährung nicht prüfen.",
            "Tragen Sie das Datum in einer Spalte „Rechnungsdatum“ ein, zum Beispiel 17.03.2025.",
        ),
        (
            "The invoice date is missing; without it limitation cannot be checked.",
            "Enter the date in a column “Invoice date”, for example 2025-03-17.",
        ),
    ),
    "missing_first_name": (
        (
            "Der Vorname fehlt; ein Mahnbescheid gegen eine Privatperson ist ohne ihn nicht möglich.",
            "Tragen Sie den Vornamen in einer Spalte „Vorname“ ein.",
        ),
        (
            "The first name is missing; a court payment order against a private person needs it.",
            "Enter the first name in a column “First name”.",
        ),
    ),
    "default_without_reason": (
        (
            "Zum Verzugsbeginn fehlt der Grund; wird er bestritten, stocken die Verzugszinsen.",
            "Ergänzen Sie eine Spalte „Verzugsgrund“, zum Beispiel „Mahnung vom 31.03.2025“.",
        ),
        (
            "The start of default has no reason; if it is disputed, default interest stops.",
            "Add a column “Default reason”, for example “reminder of 2025-03-31”.",
        ),
    ),
    "not_yet_due": (
        (
            "Die Forderung ist erst am {value} fällig; vorher unternehmen wir nichts.",
            "Prüfen Sie die Fälligkeit in der Spalte „{column}“; stimmt sie, ist nichts zu tun.",
        ),
        (
            "The claim is due only on {value}; nothing is done before that.",
            "Check the date in column “{column}”; if it is right, there is nothing to do.",
        ),
    ),
    "time_barred": (
        (
            (
                "Die Forderung ({value}) ist wahrscheinlich seit dem {until} verjährt; ohne Nachweis "
                "verfolgen wir sie nicht von selbst."
            ),
            (
                "Senden Sie uns, was die Verjährung aufhält (Titel, Mahnbescheid, Anerkenntnis, Raten), oder "
                "nehmen Sie die Zeile heraus."
            ),
        ),
        (
            (
                "The claim ({value}) has probably been time-barred since {until}; without evidence we do not "
                "pursue it on our own."
            ),
            (
                "Send us what stops limitation (title, court order, acknowledgement, instalments), or take "
                "the row out."
            ),
        ),
    ),
    "time_barred_soon": (
        (
            (
                "Die Forderung ({value}) verjährt mit Ablauf des {until}; bis dahin muss ein Mahnbescheid "
                "beantragt sein."
            ),
            "Nichts zu tun; senden Sie Unterlagen (Vertrag, Rechnung, Mahnungen) am besten gleich mit.",
        ),
        (
            (
                "The claim ({value}) becomes time-barred at the end of {until}; a court order must be "
                "applied for by then."
            ),
            "Nothing to do; best send the documents (contract, invoice, reminders) right away.",
        ),
    ),
    "due_before_invoice": (
        (
            "Die Fälligkeit {value} liegt vor dem Rechnungsdatum; so kann der Verzug nicht belegt werden.",
            "Prüfen Sie beide Daten und senden Sie die Zeile berichtigt.",
        ),
        (
            "The due date {value} lies before the invoice date; default cannot be shown like this.",
            "Check both dates and send the row corrected.",
        ),
    ),
    "invoice_in_future": (
        (
            "Das Rechnungsdatum {value} liegt in der Zukunft; so geht kein Brief hinaus.",
            "Prüfen Sie das Datum in der Spalte „{column}“ und senden Sie die Zeile berichtigt.",
        ),
        (
            "The invoice date {value} lies in the future; no letter goes out like this.",
            "Check the date in column “{column}” and send the row corrected.",
        ),
    ),
    "open_exceeds_total": (
        (
            "Offen ist mehr ({value}) als der Rechnungsbetrag; der Kunde wird das bestreiten.",
            "Prüfen Sie die Spalte „{column}“; Mahn- und Bankgebühren gehören in eigene Spalten.",
        ),
        (
            "More is open ({value}) than the invoice amount; the customer will dispute this.",
            "Check column “{column}”; dunning and bank fees belong in columns of their own.",
        ),
    ),
    "postcode_padded": (
        (
            "Die PLZ „{value}“ hat ihre führende Null verloren; wir haben sie ergänzt.",
            "Nichts zu tun, wenn 0{value} stimmt; formatieren Sie die Spalte „{column}“ sonst als Text.",
        ),
        (
            "Postcode “{value}” has lost its leading zero; we have put it back.",
            "Nothing to do if 0{value} is right; otherwise format column “{column}” as text.",
        ),
    ),
    "postcode_invalid": (
        (
            "„{value}“ ist keine gültige PLZ; ein Brief käme nicht an.",
            (
                "Tragen Sie in der Spalte „{column}“ die PLZ ein (Deutschland: fünf Ziffern, zum Beispiel "
                "01067)."
            ),
        ),
        (
            "“{value}” is not a valid postcode; a letter would not arrive.",
            "Enter the postcode in column “{column}” (Germany: five digits, for example 01067).",
        ),
    ),
    "iban_invalid": (
        (
            "Die IBAN „{value}“ hat einen Schreibfehler; Zahlungen von diesem Konto werden nicht erkannt.",
            (
                "Prüfen Sie die IBAN in der Spalte „{column}“ (deutsche haben 22 Stellen) oder leeren Sie "
                "das Feld."
            ),
        ),
        (
            "IBAN “{value}” has a typing error; payments from that account will not be recognised.",
            "Check the IBAN in column “{column}” (German ones have 22 characters) or empty the field.",
        ),
    ),
    "email_invalid": (
        (
            "„{value}“ ist keine gültige E-Mail-Adresse; E-Mails an den Kunden entfallen.",
            "Tragen Sie in der Spalte „{column}“ genau eine Adresse ein, zum Beispiel name@example.org.",
        ),
        (
            "“{value}” is not a valid e-mail address; the customer gets no e-mails.",
            "Enter exactly one address in column “{column}”, for example name@example.org.",
        ),
    ),
    "country_unknown": (
        (
            "Das Land „{value}“ kennen wir nicht; ein Brief ins Ausland braucht es.",
            "Schreiben Sie in der Spalte „{column}“ das Länderkürzel, zum Beispiel DE oder AT.",
        ),
        (
            "We do not know country “{value}”; a letter abroad needs it.",
            "Write the country code in column “{column}”, for example DE or AT.",
        ),
    ),
    "birth_date_unlikely": (
        (
            "Das Geburtsdatum „{value}“ ist nicht eindeutig oder unwahrscheinlich; wir lassen es weg.",
            "Schreiben Sie in der Spalte „{column}“ das Jahr vierstellig, zum Beispiel 31.03.1980.",
        ),
        (
            "Birth date “{value}” is uncertain or unlikely; we leave it out.",
            "Write the year with four digits in column “{column}”, for example 1980-03-31.",
        ),
    ),
}
