"""The words of every problem: code → ((message, fix) in German, (message, fix) in English)."""

Words = tuple[tuple[str, str], tuple[str, str]]

TEXTS: dict[str, Words] = {
    "amount_missing": (
        (
            "In der Spalte „{column}“ steht kein Betrag.",
            "Tragen Sie den offenen Betrag ein, zum Beispiel 123,45.",
        ),
        ("There is no amount in column “{column}”.", "Enter the open amount, for example 123.45."),
    ),
    "amount_unreadable": (
        (
            "„{value}“ in der Spalte „{column}“ ist kein lesbarer Betrag.",
            "Schreiben Sie nur die Zahl in Euro und Cent, zum Beispiel 1234,56.",
        ),
        (
            "“{value}” in column “{column}” is not a readable amount.",
            "Write just the number in euros and cents, for example 1234.56.",
        ),
    ),
    "amount_decimals": (
        (
            "„{value}“ in der Spalte „{column}“ hat mehr als zwei Nachkommastellen.",
            "Runden Sie auf ganze Cent, zum Beispiel 12,35; in Excel mit =RUNDEN(Zelle;2).",
        ),
        (
            "“{value}” in column “{column}” has more than two decimals.",
            "Round to whole cents, for example 12.35; in Excel with =ROUND(cell,2).",
        ),
    ),
    "amount_zero": (
        (
            "Der Betrag in der Spalte „{column}“ ist null; es ist nichts offen.",
            "Löschen Sie die Zeile oder tragen Sie den offenen Betrag ein.",
        ),
        (
            "The amount in column “{column}” is zero; nothing is owed.",
            "Delete the row or enter the amount that is still open.",
        ),
    ),
    "amount_negative": (
        (
            "„{value}“ in der Spalte „{column}“ ist ein Guthaben (Gutschrift), keine Forderung.",
            "Löschen Sie die Zeile und ziehen Sie die Gutschrift vom offenen Betrag der Rechnung ab.",
        ),
        (
            "“{value}” in column “{column}” is a credit, not a claim.",
            "Delete the row and deduct the credit note from the open amount of the invoice.",
        ),
    ),
    "currency_not_euro": (
        (
            "Die Währung „{value}“ in der Spalte „{column}“ können wir nicht annehmen, nur Euro.",
            "Rechnen Sie den Betrag in Euro um und schreiben Sie als Währung EUR.",
        ),
        (
            "We cannot take currency “{value}” in column “{column}”, only euros.",
            "Convert the amount to euros and write EUR as the currency.",
        ),
    ),
    "date_unreadable": (
        (
            "„{value}“ in der Spalte „{column}“ ist kein lesbares Datum.",
            "Schreiben Sie das Datum als TT.MM.JJJJ, zum Beispiel 31.03.2025.",
        ),
        (
            "“{value}” in column “{column}” is not a readable date.",
            "Write the date as YYYY-MM-DD, for example 2025-03-31.",
        ),
    ),
    "date_impossible": (
        (
            "Den Tag „{value}“ in der Spalte „{column}“ gibt es nicht.",
            "Tragen Sie das richtige Datum als TT.MM.JJJJ ein, zum Beispiel 28.02.2025.",
        ),
        (
            "There is no such day as “{value}” in column “{column}”.",
            "Enter the right date as YYYY-MM-DD, for example 2025-02-28.",
        ),
    ),
    "date_implausible": (
        (
            "Das Jahr von „{value}“ in der Spalte „{column}“ kann nicht stimmen.",
            "Prüfen Sie das Jahr und schreiben Sie das Datum als TT.MM.JJJJ, zum Beispiel 31.03.2025.",
        ),
        (
            "The year of “{value}” in column “{column}” cannot be right.",
            "Check the year and write the date as YYYY-MM-DD, for example 2025-03-31.",
        ),
    ),
    "date_without_year": (
        (
            "Dem Datum „{value}“ in der Spalte „{column}“ fehlt das Jahr.",
            "Ergänzen Sie das Jahr: TT.MM.JJJJ, zum Beispiel 31.03.2025.",
        ),
        (
            "The date “{value}” in column “{column}” has no year.",
            "Add the year: YYYY-MM-DD, for example 2025-03-31.",
        ),
    ),
    "name_missing": (
        (
            "In der Spalte „{column}“ fehlt der Name des Kunden.",
            "Tragen Sie den Nachnamen oder die Firma des Kunden ein, in jeder Zeile.",
        ),
        (
            "The customer's name is missing in column “{column}”.",
            "Enter the customer's last name or company, in every row.",
        ),
    ),
    "due_and_number_missing": (
        (
            "Die Zeile hat weder ein Fälligkeitsdatum noch eine Rechnungsnummer.",
            "Tragen Sie mindestens eines von beiden ein: Fälligkeit als TT.MM.JJJJ oder die Rechnungsnummer.",
        ),
        (
            "The row has neither a due date nor an invoice number.",
            "Enter at least one of them: the due date as YYYY-MM-DD or the invoice number.",
        ),
    ),
    "identifier_mangled": (
        (
            "„{value}“ in der Spalte „{column}“ hat das Tabellenprogramm verändert; die echte Nummer ist nicht mehr zu erkennen.",
            "Formatieren Sie die Spalte als Text und tragen Sie die Nummer neu ein.",
        ),
        (
            "“{value}” in column “{column}” was altered by the spreadsheet program; the real number is lost.",
            "Format the column as text and enter the number again.",
        ),
    ),
    "cells_too_many": (
        (
            "Die Zeile hat mehr Felder ({found}) als die Kopfzeile ({expected}); die Werte stehen unter falschen Spalten.",
            "Setzen Sie Felder, in denen das Trennzeichen „{delimiter}“ vorkommt, in Anführungszeichen, oder senden Sie die Liste als XLSX.",
        ),
        (
            "The row has more fields ({found}) than the header ({expected}); its values stand under the wrong columns.",
            "Put fields that contain the separator “{delimiter}” in quotation marks, or send the list as XLSX.",
        ),
    ),
    "cells_too_few": (
        (
            "Die Zeile bricht nach {found} von {expected} Feldern ab.",
            "Entfernen Sie den Zeilenumbruch in der Zeile oder ergänzen Sie die fehlenden Felder.",
        ),
        (
            "The row ends after {found} of {expected} fields.",
            "Remove the line break inside the row or add the missing fields.",
        ),
    ),
    "open_quote": (
        (
            "Ein Anführungszeichen wird in dieser Zeile geöffnet und erst {lines} Zeilen später geschlossen; die Zeilen dazwischen sind verschluckt.",
            "Entfernen Sie das Anführungszeichen bei „{value}“ und senden Sie die Liste noch einmal.",
        ),
        (
            "A quotation mark opens in this row and closes only {lines} lines later; the rows between are swallowed.",
            "Remove the quotation mark at “{value}” and send the list again.",
        ),
    ),
    "broken_characters": (
        (
            "„{value}“ in der Spalte „{column}“ enthält zerstörte Zeichen (Umlaute).",
            "Exportieren Sie die Liste neu als „CSV UTF-8“ oder als XLSX, oder schreiben Sie den Text neu.",
        ),
        (
            "“{value}” in column “{column}” contains broken characters.",
            "Export the list again as “CSV UTF-8” or as XLSX, or type the text again.",
        ),
    ),
    "contradictory_repeat": (
        (
            "Diese Rechnung steht auch in Zeile {row}, dort mit anderen Angaben; wir können nicht wissen, welche stimmt.",
            "Löschen Sie die falsche der beiden Zeilen ({own} oder {row}) oder geben Sie ihnen verschiedene Rechnungsnummern.",
        ),
        (
            "This invoice is also in row {row}, with other details; we cannot know which is right.",
            "Delete the wrong one of the two rows ({own} or {row}) or give them different invoice numbers.",
        ),
    ),
    "awaits_answer": (
        (
            "Die Zeile wartet auf Ihre Antwort: {question}",
            "Beantworten Sie die Frage oder senden Sie die Liste so, dass sie sich nicht mehr stellt: {advice}",
        ),
        (
            "The row waits for your answer: {question}",
            "Answer the question, or send the list so that it no longer arises: {advice}",
        ),
    ),
    "already_settled": (
        (
            "Die Zeile ist in der Spalte „{column}“ als „{value}“ gekennzeichnet; es ist nichts zu fordern.",
            "Löschen Sie die Zeile; ist die Forderung doch offen, leeren Sie dieses Feld.",
        ),
        (
            "The row is marked “{value}” in column “{column}”; there is nothing to claim.",
            "Delete the row; if the claim is open after all, empty this field.",
        ),
    ),
    "sign_unreadable": (
        (
            "„{value}“ in der Spalte „{column}“ sagt nicht, ob Soll oder Haben gemeint ist.",
            "Schreiben Sie S für eine Forderung oder H für eine Gutschrift.",
        ),
        (
            "“{value}” in column “{column}” does not say debit or credit.",
            "Write D for a claim or C for a credit.",
        ),
    ),
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
            "Die Anschrift ist unvollständig (Straße, PLZ und Ort); ohne sie kann der erste Brief nicht hinausgehen.",
            "Tragen Sie Straße mit Hausnummer, PLZ und Ort ein und senden Sie die Liste noch einmal.",
        ),
        (
            "The address is incomplete (street, postcode and city); without it the first letter cannot go out.",
            "Enter street with house number, postcode and city and send the list again.",
        ),
    ),
    "missing_contract_date": (
        (
            "Das Vertragsdatum fehlt; bei Privatkunden muss es im ersten Brief stehen (§ 13a RDG), vorher geht er nicht hinaus.",
            "Ergänzen Sie eine Spalte „Vertragsdatum“ mit Daten wie 31.03.2025.",
        ),
        (
            "The contract date is missing; for private customers the first letter must state it (§ 13a RDG) and waits until then.",
            "Add a column “Contract date” with dates like 2025-03-31.",
        ),
    ),
    "missing_ground": (
        (
            "Der Forderungsgrund fehlt; bei Privatkunden muss er im ersten Brief stehen (§ 13a RDG), vorher geht er nicht hinaus.",
            "Ergänzen Sie eine Spalte „Forderungsgrund“, zum Beispiel „Kaufvertrag“ oder „Reparatur Heizung“.",
        ),
        (
            "The ground of the claim is missing; for private customers the first letter must state it (§ 13a RDG) and waits until then.",
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
            "Tragen Sie in der Spalte „{column}“ die PLZ ein (Deutschland: fünf Ziffern, zum Beispiel 01067).",
        ),
        (
            "“{value}” is not a valid postcode; a letter would not arrive.",
            "Enter the postcode in column “{column}” (Germany: five digits, for example 01067).",
        ),
    ),
    "iban_invalid": (
        (
            "Die IBAN „{value}“ hat einen Schreibfehler; Zahlungen von diesem Konto werden nicht erkannt.",
            "Prüfen Sie die IBAN in der Spalte „{column}“ (deutsche haben 22 Stellen) oder leeren Sie das Feld.",
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
    "hidden_sheet": (
        (
            "Das Blatt „{value}“ ist ausgeblendet; wir haben es nicht gelesen.",
            "Blenden Sie das Blatt ein und senden Sie die Datei noch einmal, wenn seine Zeilen dazugehören.",
        ),
        (
            "Sheet “{value}” is hidden; we did not read it.",
            "Unhide the sheet and send the file again if its rows belong to the list.",
        ),
    ),
    "column_ambiguous": (
        (
            "Mehrere Spalten ({columns}) könnten „{column}“ sein; wir haben keine davon übernommen.",
            "Lassen Sie nur eine davon stehen, mit der Überschrift „{column}“.",
        ),
        (
            "Several columns ({columns}) could be “{column}”; we took none of them.",
            "Leave only one of them, with the header “{column}”.",
        ),
    ),
    "columns_missing": (
        (
            "Das ist keine vollständige Liste offener Forderungen. Erkannt: {found}. Es fehlt: {missing}.",
            "Senden Sie eine Tabelle (CSV oder XLSX) mit einer Kopfzeile und mindestens diesen Spalten: "
            "Name oder Firma, offener Betrag, und Fälligkeit oder Rechnungsnummer.",
        ),
        (
            "This is not a complete list of open claims. Found: {found}. Missing: {missing}.",
            "Send a table (CSV or XLSX) with a header row and at least these columns: "
            "name or company, open amount, and due date or invoice number.",
        ),
    ),
    "not_claims": (
        (
            "Das ist keine Liste offener Forderungen, sondern sieht nach {looks_like} aus. Erkannt: {found}. Es fehlt: {missing}.",
            "Senden Sie die Liste der offenen Posten (CSV oder XLSX) mit Name oder Firma, offenem Betrag, "
            "und Fälligkeit oder Rechnungsnummer.",
        ),
        (
            "This is not a list of open claims, it looks like {looks_like}. Found: {found}. Missing: {missing}.",
            "Send the list of open items (CSV or XLSX) with name or company, open amount, "
            "and due date or invoice number.",
        ),
    ),
    "no_table": (
        (
            "Die Datei enthält keine Tabelle, die wir lesen können. Gefunden: {found}.",
            "Senden Sie eine Tabelle (CSV oder XLSX) mit einer Kopfzeile: Name oder Firma, offener Betrag, "
            "Fälligkeit oder Rechnungsnummer.",
        ),
        (
            "The file holds no table that we can read. Found: {found}.",
            "Send a table (CSV or XLSX) with a header row: name or company, open amount, "
            "due date or invoice number.",
        ),
    ),
    "empty_file": (
        ("Die Datei ist leer.", "Prüfen Sie den Export und senden Sie die Liste noch einmal."),
        ("The file is empty.", "Check the export and send the list again."),
    ),
    "no_rows": (
        (
            "Die Tabelle hat eine Kopfzeile, aber keine Zeilen darunter.",
            "Prüfen Sie den Export (Zeitraum, Filter) und senden Sie die Liste noch einmal.",
        ),
        (
            "The table has a header but no rows below it.",
            "Check the export (period, filter) and send the list again.",
        ),
    ),
    "encrypted": (
        (
            "Die Datei ist mit einem Kennwort geschützt; wir können sie nicht öffnen.",
            "Entfernen Sie das Kennwort (Excel: Datei, Informationen, Arbeitsmappe schützen) und senden Sie sie noch einmal.",
        ),
        (
            "The file is protected by a password; we cannot open it.",
            "Remove the password (Excel: File, Info, Protect Workbook) and send it again.",
        ),
    ),
    "damaged": (
        (
            "Die Datei ist beschädigt oder unvollständig ({detail}).",
            "Öffnen Sie sie in Ihrem Programm, speichern Sie sie neu als XLSX oder CSV und senden Sie sie noch einmal.",
        ),
        (
            "The file is damaged or incomplete ({detail}).",
            "Open it in your program, save it again as XLSX or CSV and send it again.",
        ),
    ),
    "archive_bomb": (
        (
            "Die Datei würde entpackt unverhältnismäßig groß; wir öffnen sie nicht.",
            "Senden Sie die Liste ungepackt als CSV oder XLSX.",
        ),
        (
            "Unpacked, the file would become disproportionately large; we do not open it.",
            "Send the list unpacked as CSV or XLSX.",
        ),
    ),
    "nested_too_deep": (
        (
            "Hier sind Dateien zu tief ineinander verpackt (mehr als {depth_max} Ebenen).",
            "Senden Sie die Liste direkt als Anhang, als CSV oder XLSX.",
        ),
        (
            "Files are nested too deeply here (more than {depth_max} levels).",
            "Attach the list directly, as CSV or XLSX.",
        ),
    ),
    "too_many_files": (
        (
            "Es sind mehr als {members_max} Dateien; die übrigen haben wir nicht gelesen.",
            "Teilen Sie die Dateien auf mehrere Sendungen auf.",
        ),
        (
            "There are more than {members_max} files; we did not read the rest.",
            "Split the files over several messages.",
        ),
    ),
    "too_many_rows": (
        (
            "Die Tabelle hat mehr als {rows_max} Zeilen.",
            "Teilen Sie die Liste in mehrere Dateien auf.",
        ),
        ("The table has more than {rows_max} rows.", "Split the list into several files."),
    ),
    "sheet_too_large": (
        (
            "Das Blatt reicht bis Zeile {rows}, Spalte {columns}; so große Bereiche öffnen wir nicht.",
            "Löschen Sie die leeren Zeilen und Spalten rechts und unterhalb der Liste, oder speichern Sie sie als CSV.",
        ),
        (
            "The sheet reaches to row {rows}, column {columns}; we do not open ranges of that size.",
            "Delete the empty rows and columns to the right of and below the list, or save it as CSV.",
        ),
    ),
    "unsupported_format": (
        (
            "Dateien dieser Art ({detail}) können wir nicht als Liste lesen.",
            "Speichern Sie die Liste als XLSX oder CSV und senden Sie sie noch einmal.",
        ),
        (
            "We cannot read files of this kind ({detail}) as a list.",
            "Save the list as XLSX or CSV and send it again.",
        ),
    ),
    "no_attachment": (
        (
            "Die E-Mail hat keinen Anhang, den wir lesen können.",
            "Hängen Sie die Liste der offenen Forderungen als XLSX- oder CSV-Datei an und senden Sie die E-Mail noch einmal.",
        ),
        (
            "The e-mail has no attachment that we can read.",
            "Attach the list of open claims as an XLSX or CSV file and send the e-mail again.",
        ),
    ),
}

SKIP_TEXTS: dict[str, tuple[str, str]] = {
    "blank": ("leere Zeile", "blank row"),
    "total": ("Summenzeile", "row of totals"),
    "remark": ("Bemerkung ohne Forderung", "remark without a claim"),
    "header": ("wiederholte Kopfzeile", "repeated header"),
}

FIELD_LABELS: dict[str, tuple[str, str]] = {
    "creditor_reference": ("Ihr Zeichen", "Your reference"),
    "debtor.number": ("Kundennummer", "Customer number"),
    "debtor.kind": ("Kundenart", "Customer type"),
    "debtor.name": ("Name", "Name"),
    "debtor.first_name": ("Vorname", "First name"),
    "debtor.company": ("Firma", "Company"),
    "debtor.street": ("Straße", "Street"),
    "debtor.postcode": ("PLZ", "Postcode"),
    "debtor.city": ("Ort", "City"),
    "debtor.country": ("Land", "Country"),
    "debtor.email": ("E-Mail", "E-mail"),
    "debtor.phone": ("Telefon", "Phone"),
    "debtor.birth_date": ("Geburtsdatum", "Date of birth"),
    "debtor.iban": ("IBAN", "IBAN"),
    "invoice_number": ("Rechnungsnummer", "Invoice number"),
    "invoice_date": ("Rechnungsdatum", "Invoice date"),
    "due_date": ("Fälligkeit", "Due date"),
    "amount": ("offener Betrag", "open amount"),
    "currency": ("Währung", "Currency"),
    "ground": ("Forderungsgrund", "Ground"),
    "contract_date": ("Vertragsdatum", "Contract date"),
    "default_since": ("Verzug ab", "In default since"),
    "default_reason": ("Verzugsgrund", "Default reason"),
    "creditor_costs[dunning_fee]": ("Mahngebühr", "Dunning fee"),
    "creditor_costs[bank_return_fee]": ("Rücklastschriftgebühr", "Bank return fee"),
}
