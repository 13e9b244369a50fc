"""The words of what is wrong with a whole document, and the names of fields and skipped rows."""

from parsers.problem_texts import Words

DOCUMENT_TEXTS: dict[str, Words] = {
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
    "hidden_column": (
        (
            "Die Spalte „{column}“ ist ausgeblendet; wir haben sie nicht übernommen.",
            "Blenden Sie die Spalte ein und senden Sie die Liste noch einmal, wenn ihre Werte gelten.",
        ),
        (
            "Column “{column}” is hidden; we did not take it.",
            "Show the column and send the list again if its values hold.",
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
    "debtors_joined": (
        (
            "Namen oder Anschriften stammen aus {value}, über die Kundennummer zugeordnet.",
            "Nichts zu tun, wenn die Kundennummern dort dieselben sind.",
        ),
        (
            "Names or addresses come from {value}, matched by the customer number.",
            "Nothing to do if the customer numbers there are the same.",
        ),
    ),
    "debtor_from_above": (
        (
            "In {count} Zeilen steht kein Kunde; sie gehören zum Kunden, der darüber genannt ist.",
            "Nichts zu tun, wenn das stimmt; sonst schreiben Sie den Kunden in jede Zeile.",
        ),
        (
            "{count} rows name no customer; they belong to the customer named above them.",
            "Nothing to do if that is right; otherwise name the customer in every row.",
        ),
    ),
    "customers_undecided": (
        (
            "Die Kundenliste nennt zu {count} Kundennummern verschiedene Namen oder Anschriften: {numbers}.",
            "Lassen Sie je Kundennummer nur die richtige Zeile stehen und schicken Sie die Liste neu.",
        ),
        (
            "The customer list gives different names or addresses for {count} customer numbers: {numbers}.",
            "Leave only the right row for each customer number and send the list again.",
        ),
    ),
    "customers_incomplete": (
        (
            "In der Kundenliste fehlt in {count} Zeilen die Kundennummer oder der Name: Zeile {rows}.",
            "Ergänzen Sie, was fehlt, wenn Sie von diesen Kunden Geld zu bekommen haben.",
        ),
        (
            "In the customer list, {count} rows lack the customer number or the name: row {rows}.",
            "Complete them if these customers owe you money.",
        ),
    ),
    "too_many_customers": (
        (
            "Die Kundenliste hat mehr als {customers_max} Kunden, mehr als wir auf einmal zuordnen können.",
            "Schicken Sie nur die Kunden, von denen Rechnungen offen sind.",
        ),
        (
            "The customer list has more than {customers_max} customers, more than we can match at once.",
            "Send only the customers who have open invoices.",
        ),
    ),
    "columns_missing": (
        (
            "Das ist keine vollständige Liste offener Forderungen. Erkannt: {found}. Es fehlt: {missing}.",
            (
                "Senden Sie eine Tabelle (CSV oder XLSX) mit einer Kopfzeile und mindestens diesen "
                "Spalten: Name oder Firma, offener Betrag, und Fälligkeit oder Rechnungsnummer."
            ),
        ),
        (
            "This is not a complete list of open claims. Found: {found}. Missing: {missing}.",
            (
                "Send a table (CSV or XLSX) with a header row and at least these columns: name or company, "
                "open amount, and due date or invoice number."
            ),
        ),
    ),
    "not_claims": (
        (
            (
                "Das ist keine Liste offener Forderungen, sondern sieht nach {looks_like} aus. Erkannt: "
                "{found}. Es fehlt: {missing}."
            ),
            (
                "Senden Sie die Liste der offenen Posten (CSV oder XLSX) mit Name oder Firma, offenem "
                "Betrag, und Fälligkeit oder Rechnungsnummer."
            ),
        ),
        (
            (
                "This is not a list of open claims, it looks like {looks_like}. Found: {found}. Missing: "
                "{missing}."
            ),
            (
                "Send the list of open items (CSV or XLSX) with name or company, open amount, and due date "
                "or invoice number."
            ),
        ),
    ),
    "amounts_split": (
        (
            "Die Beträge sind am Komma auseinandergefallen, weil es in dieser Datei auch die Spalten trennt.",
            "Speichern Sie die Liste mit Semikolon als Trennzeichen oder als XLSX und senden Sie sie neu.",
        ),
        (
            "The amounts fell apart at the comma, because it also separates the columns of this file.",
            "Save the list with semicolons between the columns, or as XLSX, and send it again.",
        ),
    ),
    "no_table": (
        (
            "Die Datei enthält keine Tabelle, die wir lesen können. Gefunden: {found}.",
            (
                "Senden Sie eine Tabelle (CSV oder XLSX) mit einer Kopfzeile: Name oder Firma, offener "
                "Betrag, Fälligkeit oder Rechnungsnummer."
            ),
        ),
        (
            "The file holds no table that we can read. Found: {found}.",
            (
                "Send a table (CSV or XLSX) with a header row: name or company, open amount, due date or "
                "invoice number."
            ),
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
            (
                "Entfernen Sie das Kennwort (Excel: Datei, Informationen, Arbeitsmappe schützen) und "
                "senden Sie sie noch einmal."
            ),
        ),
        (
            "The file is protected by a password; we cannot open it.",
            "Remove the password (Excel: File, Info, Protect Workbook) and send it again.",
        ),
    ),
    "damaged": (
        (
            "Die Datei ist beschädigt oder unvollständig ({detail}).",
            (
                "Öffnen Sie sie in Ihrem Programm, speichern Sie sie neu als XLSX oder CSV und senden Sie "
                "sie noch einmal."
            ),
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
            (
                "Löschen Sie die leeren Zeilen und Spalten rechts und unterhalb der Liste, oder speichern "
                "Sie sie als CSV."
            ),
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
    "reading_stopped": (
        (
            "Die Datei braucht zum Lesen mehr Zeit oder Speicher, als eine Liste brauchen darf.",
            "Speichern Sie die Liste als CSV, teilen Sie sie, wenn sie lang ist, und senden Sie sie neu.",
        ),
        (
            "Reading the file takes more time or memory than a list may take.",
            "Save the list as CSV, split it if it is very long, and send it again.",
        ),
    ),
    "evidence_only": (
        (
            "Das ist ein Dokument und keine Liste. Wir haben es aufbewahrt, aber nichts daraus übernommen.",
            "Senden Sie die Forderungen als Tabelle (XLSX oder CSV) oder die Rechnung als E-Rechnung.",
        ),
        (
            "This is a document and not a list. We have kept it but taken nothing from it.",
            "Send the claims as a table (XLSX or CSV), or the invoice as an e-invoice.",
        ),
    ),
    "nothing_understood": (
        (
            "In der Nachricht haben wir keine eindeutige Forderung erkannt.",
            (
                "Nennen Sie Name, Straße, PLZ und Ort Ihres Kunden, den Betrag und die Rechnungsnummer, oder "
                "schicken Sie eine Tabelle (XLSX oder CSV)."
            ),
        ),
        (
            "We found no clear claim in the message.",
            (
                "Give your customer's name, street, postcode and city, the amount and the invoice number, or "
                "send a table (XLSX or CSV)."
            ),
        ),
    ),
    "no_attachment": (
        (
            "Die E-Mail hat keinen Anhang, den wir lesen können.",
            (
                "Hängen Sie die Liste der offenen Forderungen als XLSX- oder CSV-Datei an und senden Sie "
                "die E-Mail noch einmal."
            ),
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
    "other_table": (
        "Zeile unter einer Überschrift, die keine Forderungen ankündigt",
        "row below a title that announces no claims",
    ),
    "customer_incomplete": (
        "Kundennummer oder Name fehlt oder ist nicht eindeutig",
        "customer number or name is missing or not certain",
    ),
    "customer_undecided": (
        "zu dieser Kundennummer stehen verschiedene Angaben in der Liste",
        "the list says different things of this customer number",
    ),
    "customer_repeated": ("Kunde steht schon weiter oben", "customer stands further above already"),
    "hidden": ("ausgeblendete Zeile, die nicht dazugehören soll", "hidden row that shall not be taken"),
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
