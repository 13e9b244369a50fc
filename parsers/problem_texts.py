"""The words of what keeps a row from being taken: code to (message, fix), German then English."""

Words = tuple[tuple[str, str], tuple[str, str]]

REJECTION_TEXTS: dict[str, Words] = {
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
    "debtor_unknown": (
        (
            "Zu Kunde {number} kennen wir weder Namen noch Anschrift.",
            "Schicken Sie die Kundenliste (Stammdaten) dazu, oder tragen Sie den Namen ein.",
        ),
        (
            "We know neither name nor address of customer {number}.",
            "Send the customer list (master data) along, or enter the name.",
        ),
    ),
    "debtor_undecided": (
        (
            "Zu Kunde {number} nennt Ihre Kundenliste verschiedene Namen oder Anschriften.",
            (
                "Lassen Sie in der Kundenliste nur die richtige Zeile stehen und schicken Sie beide Listen "
                "noch einmal, oder tragen Sie Namen und Anschrift in dieser Zeile ein."
            ),
        ),
        (
            "Your customer list gives different names or addresses for customer {number}.",
            (
                "Leave only the right row in the customer list and send both lists again, or enter name and "
                "address in this row."
            ),
        ),
    ),
    "due_and_number_missing": (
        (
            "Die Zeile hat weder ein Fälligkeitsdatum noch eine Rechnungsnummer.",
            (
                "Tragen Sie mindestens eines von beiden ein: Fälligkeit als TT.MM.JJJJ oder die "
                "Rechnungsnummer."
            ),
        ),
        (
            "The row has neither a due date nor an invoice number.",
            "Enter at least one of them: the due date as YYYY-MM-DD or the invoice number.",
        ),
    ),
    "identifier_mangled": (
        (
            (
                "„{value}“ in der Spalte „{column}“ hat das Tabellenprogramm verändert; die echte Nummer "
                "ist nicht mehr zu erkennen."
            ),
            "Formatieren Sie die Spalte als Text und tragen Sie die Nummer neu ein.",
        ),
        (
            (
                "“{value}” in column “{column}” was altered by the spreadsheet program; the real number is "
                "lost."
            ),
            "Format the column as text and enter the number again.",
        ),
    ),
    "cells_too_many": (
        (
            (
                "Die Zeile hat mehr Felder ({found}) als die Kopfzeile ({expected}); die Werte stehen "
                "unter falschen Spalten."
            ),
            (
                "Setzen Sie Felder, in denen das Trennzeichen „{delimiter}“ vorkommt, in "
                "Anführungszeichen, oder senden Sie die Liste als XLSX."
            ),
        ),
        (
            (
                "The row has more fields ({found}) than the header ({expected}); its values stand under "
                "the wrong columns."
            ),
            (
                "Put fields that contain the separator “{delimiter}” in quotation marks, or send the list "
                "as XLSX."
            ),
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
    "columns_overrun": (
        (
            "In dieser Zeile ragt ein Wert in die Spalte daneben: „{value}“.",
            "Rücken Sie die Werte unter ihre Überschriften, oder senden Sie die Liste als XLSX oder CSV.",
        ),
        (
            "In this row a value runs into the column beside it: “{value}”.",
            "Move the values below their headers, or send the list as XLSX or CSV.",
        ),
    ),
    "value_twice": (
        (
            "In diesem Datensatz steht „{value}“ mehrmals mit verschiedenen Werten.",
            "Trennen Sie die Datensätze durch eine Leerzeile, mit einem Wert je Feld.",
        ),
        (
            "In this record “{value}” stands more than once with different values.",
            "Put a blank line between records, with one value for each field.",
        ),
    ),
    "open_quote": (
        (
            (
                "Ein Anführungszeichen wird in dieser Zeile geöffnet und erst {lines} Zeilen später "
                "geschlossen; die Zeilen dazwischen sind verschluckt."
            ),
            "Entfernen Sie das Anführungszeichen bei „{value}“ und senden Sie die Liste noch einmal.",
        ),
        (
            (
                "A quotation mark opens in this row and closes only {lines} lines later; the rows between "
                "are swallowed."
            ),
            "Remove the quotation mark at “{value}” and send the list again.",
        ),
    ),
    "cut_off": (
        (
            "Die letzte Zeile der Datei scheint in der Spalte „{column}“ abgeschnitten zu sein („{value}“).",
            (
                "Senden Sie die Datei bitte noch einmal vollständig. Stimmt der Wert doch, schreiben Sie ihn "
                "wie in den anderen Zeilen und schließen Sie die Zeile mit der Eingabetaste ab."
            ),
        ),
        (
            "The last line of the file seems to be cut off in column “{column}” (“{value}”).",
            (
                "Please send the whole file again. If the value is right after all, write it as in the other "
                "rows and end the line with the Enter key."
            ),
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
            (
                "Diese Rechnung steht auch in Zeile {row}, dort mit anderen Angaben; wir können nicht "
                "wissen, welche stimmt."
            ),
            (
                "Löschen Sie die falsche der beiden Zeilen ({own} oder {row}) oder geben Sie ihnen "
                "verschiedene Rechnungsnummern."
            ),
        ),
        (
            "This invoice is also in row {row}, with other details; we cannot know which is right.",
            "Delete the wrong one of the two rows ({own} or {row}) or give them different invoice numbers.",
        ),
    ),
    "awaits_answer": (
        (
            "Die Zeile wartet auf Ihre Antwort: {question}",
            (
                "Beantworten Sie die Frage oder senden Sie die Liste so, dass sie sich nicht mehr stellt: "
                "{advice}"
            ),
        ),
        (
            "The row waits for your answer: {question}",
            "Answer the question, or send the list so that it no longer arises: {advice}",
        ),
    ),
    "already_settled": (
        (
            "Die Spalte „{column}“ sagt „{value}“; dann ist nichts oder weniger als der Betrag offen.",
            (
                "Löschen Sie die Zeile; ist noch etwas offen, tragen Sie es in eine Spalte „Offen“ ein und "
                "leeren Sie dieses Feld."
            ),
        ),
        (
            "Column “{column}” says “{value}”; then nothing, or less than the amount, is open.",
            (
                "Delete the row; if something is still open, enter it in a column “Open amount” and empty "
                "this field."
            ),
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
}
