"""How creditors call the columns of their lists, in German and English (DOMAIN, section 9).

Each field has up to three ranks: names that mean just this, usual names, and weak ones that mean
it only where nothing better is there. Folding (case, umlauts, dots, `Nr.`) is done by the reader.
"""

from parsers.sheets.fields import Field

SYNONYMS: dict[Field, tuple[str, ...]] = {
    Field.CREDITOR_REFERENCE: (
        (
            "Ihr Zeichen|Unser Zeichen|Mandantenzeichen|Gläubigerreferenz|Gläubigerzeichen|GlZeichen|"
            "Geschäftszeichen|Aktennummer Auftraggeber|creditor reference|creditor ref|client reference|"
            "your reference|client ref|merchant reference|our reference|our ref"
        ),
        "Vorgangsnummer|Vorgang|Auftragsnummer|case ref|order no|order number|external id",
        "Gläubiger-Nr|Mandant|Mandanten-Nr",
    ),
    Field.NUMBER: (
        (
            "Mandatsnummer|Cust. No.|Customer Nr|"
            "Kundennummer|Kd-Nr|Kunden-Nr.|Kunden ID|Debitorennummer|Debitor-Nr|Deb.-Nr.|Debitorenkonto|"
            "Debitoren-Konto|Personenkonto|Kundenkonto|Mitgliedsnummer|Mitglieds-Nr|Mitglied-Nr|Vertragskonto|KUNNR|"
            "Schuldner-Nr|Patientennummer|Mieternummer|customer no|customer id|customer number|debtor no|"
            "debtor id|debtor number|client number|customer account|account code"
        ),
        "Debitor|Konto|Kontonr|account|account no|client id|client no|member id|member no|partner id",
    ),
    Field.KIND: (
        (
            "Adressattyp|Kundenart|Kundentyp|Kundengruppe|Schuldnerart|Personenart|Rechtsform|Debitorenart|"
            "customer type|debtor type|debtor kind|acting as|legal status|B2B/B2C"
        ),
    ),
    Field.SALUTATION: ("Anrede|salutation|form of address",),
    Field.NAME: (
        (
            "Nachname|Familienname|Zuname|last name|surname|family name|lastname|Rechnungsempfänger|"
            "bill to|Billing Name|bill to name"
        ),
        (
            "Name|Name1|Name 1|Schuldner|Schuldnername|Name des Schuldners|Kunde|Kundenname|"
            "Name des Kunden|Debitorname|Debitorenname|Vertragspartner|"
            "Vertragsnehmer|Geschäftspartner|Adressat|Leistungsempfänger|Patient|Mieter|"
            "Nachname Vorname|Name Vorname|Vor- und Nachname|Vorname Nachname|Kunde/Firma|Name/Firma|"
            "Firma/Name|Name oder Firma|Name Adressattyp natürl. Person|debtor name|debtor|customer|"
            "customer name|client|client name|full name"
            "|Invoice Partner Display Name|Invoice Partner|Partner|Partner Name|Customer/Display Name|"
            "Kundenbezeichnung|Debitorenbezeichnung|"
            "Name des Mieters|Name des Patienten|Mitgliedsname|Name des Mitglieds"
        ),
        "Empfänger|Mitglied|recipient|Auftraggeber|Kurzbezeichnung|Matchcode|Kurzname|Besteller",
        "Ansprechpartner|Kontaktperson|Kontakt|contact|contact person",
    ),
    Field.FIRST_NAME: (
        (
            "Vorname|Vorname (Adressattyp natürl. Person)|"
            "Vorname(n)|Vornamen|Rufname|Vorn.|Vorname/Initialen|first name|given name|forename|"
            "firstname|fname"
        ),
        "",
        "Name2|Name 2",
    ),
    Field.COMPANY: (
        (
            "Firma|Firmenname|Firmenbezeichnung|Unternehmen|Unternehmensname|Name (Unternehmen)|Firma1|"
            "Handelsname|GlFirma|Name (Adressattyp Unternehmen)|company|company name|organization|"
            "organisation|business name|legal name|corporate name"
            "|organization name|organisation name|Firma/Organisation|Name der Firma"
        ),
        "Organisation|Betrieb|Gesellschaft|entity",
    ),
    Field.STREET: (
        (
            "Rechnungsstraße|Straßenname|street name|Straße (Rechnung)|"
            "Straße (Rechnungsadresse)|Rechnungsadresse Straße|Straße|Strasse|Str.|"
            "Straße/Hausnr|Strasse und Nr|Straße und Hausnummer|Straße Nr|"
            "Straße Hausnr.|street|street address|road|street and number"
        ),
        (
            "Rechnungsanschrift|Anschrift|Adresse|Adresszeile 1|Rechnungsadresse|"
            "address|address line 1|addr1|billing address|"
            "address1|billing street"
        ),
    ),
    Field.HOUSE_NUMBER: ("Hausnummer|Haus-Nr|Hnr|Hs.-Nr.|Hausnr.|house no|house number|street number",),
    Field.POSTCODE: (
        (
            "PLZ|Postleitzahl|LKZ-PLZ|Post-LZ|Zustell-PLZ|Rechnungs-PLZ|zip|zip code|postcode|postal code|"
            "post code|pcode|billing zip|billing postcode"
        ),
        (
            "Postleitzahl Ort|Postleitzahl/Ort|Postleitzahl und Ort|PLZ Ort|PLZ/Ort|PLZ, Ort|PLZ und Ort|"
            "Plz Wohnort|zip city|postcode city|zip/city"
        ),
    ),
    Field.CITY: (
        (
            "Ort|Stadt|Wohnort|Ortschaft|Gemeinde|Sitz|Rechnungsort|Ortsname|city|town|locality|"
            "billing city|municipality"
        ),
        "place",
    ),
    Field.COUNTRY: (
        (
            "Land|LKZ|Länderkennzeichen|Länderkürzel|Staat|ISO-Land|Ländercode|Nation|country|country code|"
            "iso country|ctry|billing country"
        ),
    ),
    Field.EMAIL: (
        (
            "E-Mail|Email|Mail|Mailadresse|E-Mail-Adresse|Elektronische Post|Kontakt-Mail|eMail1|"
            "email address|contact email|billing email|mail address"
        ),
    ),
    Field.PHONE: (
        (
            "Telefon|Tel|Tel.|Telefonnummer|Tel.-Nr.|Telefon1|Fon|phone|telephone|phone number|contact no|"
            "telephone number"
        ),
        (
            "Rufnummer|Festnetz|Mobil|Handy|Mobilnummer|Mobiltelefon|Handynummer|mobile|cell|mobile phone|"
            "mobile number"
        ),
    ),
    Field.BIRTH_DATE: (
        (
            "Geburtsdatum|Geb.-Datum|geb. am|Geburtstag|GebDat|Geb.|Geburtsdt|geboren am|date of birth|dob|"
            "birth date|birthday|birthdate|born"
        ),
    ),
    Field.IBAN: (
        "IBAN|IBAN-Nr.|Konto-IBAN|Debitor-IBAN|Kunden-IBAN|account iban|debtor iban",
        "Bankverbindung|Kontoverbindung|Kontonummer|bank account|account number",
    ),
    Field.INVOICE_NUMBER: (
        (
            "Fakt.-Nr.|Rechnungsnummer|Rechnungsnr|Rechnungs-Nr.|RE-Nr|ReNr|Rg-Nr|Rg.Nr|Rech.-Nr.|Rechn.-Nr.|RNr|"
            "Faktura|Fakturanummer|OP-Nummer|OP-Nr|FoZeichen|invoice no|invoice number|invoice #|inv no|"
            "bill no|bill number|invoice id|invoice"
        ),
        (
            "Rechnung|Belegnummer|Beleg-Nr|Belegfeld 1|Beleg|XBLNR|Dokumentnummer|document no|doc number|"
            "document reference|document number|voucher no"
        ),
        "number|reference|Nummer|Referenz|Num",
    ),
    Field.INVOICE_DATE: (
        (
            "Datum der Rechnung|Rg.-Dat.|Rech.-Dat.|Re.-Dat.|Rg. vom|Rechn. vom|RE vom|issued|"
            "Rechnungsdatum|Rg-Datum|RE-Datum|Rech.-Datum|ReDat|Faktdatum|Fakturadatum|Rechnung vom|"
            "invoice date|bill date|date of invoice|inv date"
        ),
        "Belegdatum|Ausstellungsdatum|BLDAT|document date|issue date|issued date|date issued",
        "Datum|date|vom",
        "",
        "Buchungsdatum|posting date|Leistungsdatum",
    ),
    Field.DUE_DATE: (
        (
            "Fälligkeit|Fällig.-Datum|Zahlungsziel bis|Fälligkeitsdatum|Fällig (netto)|"
            "fällig am|Fällig|fällig seit|zahlbar bis|Nettofälligkeit|FäDat|"
            "Zieldatum|due date|due|due on|payable until|payment due|payment due date|net due date|"
            "maturity|invoice date due|deadline|date due|pay by|maturity date"
            "|zu zahlen bis|zahlen bis|Zahlung bis|bezahlen bis|zu bezahlen bis|Zahlungsfrist bis|"
            "fällig zum|fällig ab|Zahltermin|Zahlungstermin|älteste Fälligkeit|Fälligkeit älteste Rechnung|"
            "Fälligkeit der ältesten Rechnung|oldest due date|Fällig bis"
        ),
        (
            "Zahlungsziel|Zahlungsfrist|Zahlbar in|Zahlungsbedingung|Ziel|payment terms|payment term|terms|"
            "net days"
        ),
        "Belegfeld 2",
    ),
    Field.AMOUNT: (
        (
            "Offen|offener Betrag|Offener Rechnungsbetrag|Betrag offen|offener Saldo|Restbetrag|Rest|"
            "noch offen|OP-Betrag|Offene Posten|Offener Posten|Restforderung|Hauptforderung|"
            "Forderungsbetrag|Forderung|Forderungshöhe|Außenstand|Aussenstände|FoHaupt|offene Summe|"
            "open amount|amount due|outstanding|outstanding amount|amount outstanding|open balance|"
            "remaining|remaining amount|residual|amount residual|residual amount|principal|main claim|"
            "main claim amount|overdue amount|balance due|amount open|unpaid amount|open|amount owed|"
            "davon offen|davon noch offen|noch offener Betrag|Betrag noch offen|offener Rest|"
            "offener Restbetrag|"
            "Rest offen|Restschuld|Restsumme|Restsaldo|noch zu zahlen|noch zu zahlender Betrag|"
            "noch zu bezahlen|verbleibender Betrag|still open|still owed|still due|still to pay|"
            "remaining balance|outstanding balance|unpaid balance|amount remaining|amount unpaid|"
            "amount still open|total outstanding"
            "|offene Forderung|unbezahlt|unbezahlter Betrag|"
            "Rückstand|offener Rückstand|Rückstand offen|rückständiger Betrag|Mietrückstand|"
            "Beitragsrückstand|Zahlungsrückstand|arrears|amount in arrears"
        ),
        "Saldo|balance|zu zahlen|zu bezahlen|zu zahlender Betrag|unpaid|owed|amount payable",
    ),
    Field.GROSS: (
        (
            "Betrag|Rechnungsbetrag|Bruttobetrag|Brutto|Gesamtbetrag|Rg-Betrag|RE-Betrag|Endbetrag|"
            "Betrag brutto|Rechnungsbetrag brutto|Rechnungssumme|DMBTR|WRBTR|amount|invoice amount|total|"
            "gross|gross amount|total amount|amount in local currency|invoice total|grand total|"
            "bill amount|amount gross"
            "|Betrag in Hauswährung|Betrag in HW|Betrag Hauswährung|Betr. in HW|Betrag in Belegwährung|"
            "amount in document currency|Sollmiete|Bruttorechnungsbetrag"
        ),
        "Summe|EUR|Euro",
        "Umsatz",
    ),
    Field.DEBIT: ("Soll|Sollbetrag|debit|debit amount|Betrag Soll|Umsatz Soll",),
    Field.CREDIT: ("Haben|Habenbetrag|credit|credit amount|Betrag Haben|Umsatz Haben",),
    Field.SIGN: (
        (
            "SH-Kz|S/H-Kennz.|Soll/Haben Kz.|Buchungsseite|Vorzeichen|Soll/Haben-Kennzeichen|"
            "Soll/Haben|S/H|S-H|SH|SHKZG|SH-Kennzeichen|S/H-Kz|D/C|DC|debit/credit|"
            "debit credit indicator"
        ),
    ),
    Field.STATUS: (
        "Status|Zahlungsstatus|Zahlstatus|Rechnungsstatus|OP-Status|payment status|invoice status|state",
    ),
    Field.FLAG: (
        (
            "Storniert|Storniert am|Storno|Erledigt|Erledigt am|Ausgebucht|Ausgebucht am|Beglichen|"
            "Beglichen am|Ausgeglichen|Ausgeglichen am|Gelöscht|Gelöscht am|cancelled|canceled|"
            "cancelled on|voided|void|written off|written off on|closed|closed on|settled|settled on"
        ),
        "Gutschrift|credited",
    ),
    Field.DOCUMENT_TYPE: (
        (
            "BA|Bel.-Art|Belegart|Belegtyp|Buchungsart|Vorgangsart|Dokumentart|Dokumenttyp|Postenart|OP-Art|"
            "document type|doc type|transaction type|voucher type"
        ),
        "Typ|Art|type",
    ),
    Field.PAID_AMOUNT: (
        (
            "Bezahlt|gezahlt|bezahlter Betrag|gezahlter Betrag|Zahlbetrag|Zahlungsbetrag|Zahlung|Zahlungen|"
            "geleistete Zahlung|Teilzahlung|Teilzahlungen|Anzahlung|bereits bezahlt|bereits gezahlt|paid|"
            "amount paid|paid amount|payment amount|payment|payments|received|amount received|part payment"
        ),
    ),
    Field.PAID_ON: (
        (
            "Zahlungsdatum|Zahldatum|Zahlungseingang|Zahlung am|Zahlung vom|bezahlt am|gezahlt am|"
            "Eingangsdatum|Eingang am|payment date|paid on|date paid|paid date|received on|date of payment|"
            "date received"
        ),
    ),
    Field.CURRENCY: (
        (
            "Währung|Whg|Wkz|Währungskz|WKZ Umsatz|Währungscode|Belegwährung|WAERS|Waehrungskennzeichen|"
            "currency|ccy|cur|curr|currency code|iso currency|"
            "Hauswährung|Hauswähr|document currency|local currency"
        ),
    ),
    Field.DUNNING_FEE: (
        (
            "Mahngebühr|Mahngebühren|Mahnkosten|Mahnspesen|MG|dunning fee|dunning fees|reminder fee|"
            "late fee|reminder fees"
        ),
        (
            "Nebenkosten|Nebenforderungen|Nebenforderung|Bearbeitungsgebühr|Spesen|FoKosten|"
            "collection charges|additional charges|admin fee"
        ),
    ),
    Field.BANK_RETURN_FEE: (
        (
            "Rücklastschriftgebühr|Rücklastschriftgebühren|RLS-Gebühr|Bankrücklastkosten|"
            "Rückbuchungsgebühr|Retourengebühr|Rücklastkosten|Rücklastschriftkosten|return debit fee|"
            "chargeback fee|returned debit fee|NSF fee|bank return fee"
        ),
        "Rücklastschrift|RLS|Bankrücklast|Bankspesen|Bankgebühren|bank charge|bank fee",
    ),
    Field.GROUND: (
        (
            "Forderungsgrund|Anspruchsgrund|Grund|Rechtsgrund|Vertragsgegenstand|Art der Forderung|FoGrund|"
            "ground|claim reason|subject matter|ground of claim|subject matter of claim"
        ),
        "Leistung|Betreff|Bezeichnung|Produkt|Gegenstand|subject|description|service|product|reason",
        "Buchungstext|Verwendungszweck|text|purpose",
    ),
    Field.CONTRACT_DATE: (
        (
            "Vertragsdatum|Vertragsabschluss|Vertrag vom|Abschlussdatum|Abschluss|Vertragsschluss|"
            "contract date|agreement date|date of contract|signed on|occurence date|occurrence date"
        ),
        "Bestelldatum|Auftragsdatum|order date",
        "Vertragsbeginn",
    ),
    Field.DEFAULT_SINCE: (
        (
            "Verzug ab|Verzugsdatum|Verzug seit|Verzugsbeginn|in Verzug seit|Zinsen ab|Zinsbeginn|"
            "default date|in default since|delay date|interest from|default start|overdue since"
        ),
        "",
        "Mahndatum",
    ),
    Field.DEFAULT_REASON: ("Verzugsgrund|Grund des Verzugs|Verzug durch|default reason|reason of default",),
    # What is not a claim's column but tells other tables apart, or keeps false friends away.
    Field.BANK: (
        (
            "Buchungstag|Wertstellung|Wertstellungsdatum|Wertstellungstag|Valuta|Valutadatum|Valutatag|"
            "Auftragskonto|IBAN Auftragskonto|Umsatzart|Umsatztyp|Kundenreferenz (End-to-End)|"
            "Saldo nach Buchung|Transaktionscode|Transaktionsnummer|transaction id|transaction no|"
            "transaction number|transaction date|Begünstigter/Zahlungspflichtiger|Zahlungspflichtiger|"
            "Zahlungspflichtige*r|Zahlungsempfänger|Zahlungsempfänger*in|Kontostand|Guthaben|"
            "Auswirkung auf Guthaben|Name Zahlungsbeteiligter|IBAN Zahlungsbeteiligter|value date|"
            "booking date|counterparty|payee|payer|BIC (SWIFT-Code)|Kontonummer/IBAN|"
            "Absender E-Mail-Adresse|Empfänger E-Mail-Adresse|Sammlerreferenz|operation number|Sender|"
            "Einzahler"
        ),
    ),
    Field.PAYABLE: (
        (
            "Lieferant|Lieferantennummer|Lieferanten-Nr|Kreditor|Kreditorennummer|Kreditor-Nr|supplier|"
            "vendor|supplier name|vendor name|supplier no|vendor no"
        ),
    ),
    Field.KNOWN: (
        (
            "Aktenzeichen|Az|Akte|Aktennr|Inkassoakte|Fallnummer|Fall-Nr|Inkasso-Nr|Unser Aktenzeichen|"
            "file number|case number|case id|file no|claim id|reference number|mandate no|Mahnstufe|MS|"
            "Mahnst.|Mahnstatus|Mahnlevel|Anzahl Mahnungen|letzte Mahnung|MAHNS|Mahnkennzeichen|Mahnung Nr|"
            "Mahnsperre|dunning level|reminder level|reminders sent|dunning stage|last reminder date|"
            "collection stage|Tage überfällig|überfällig seit Tagen|Tage im Verzug|Verzugstage|"
            "days overdue|days late|age|Alter|Netto|Nettobetrag|Betrag netto|net|net amount|MwSt|"
            "MwSt.-Betrag|USt|Umsatzsteuer|Mehrwertsteuer|Steuer|Steuersatz|vat|vat amount|tax|tax amount|"
            "Skonto|discount|Zinsen|Verzugszinsen|interest|Gesamtforderung|total claim amount|Gegenkonto|"
            "Kontonummer Bank|BIC|BLZ|Bank|Bankname|Gläubiger-ID|Mandatsreferenz|Zahlungsart|Zahlungsweise|"
            "payment method|Sachbearbeiter|Bemerkung|Notiz|Hinweis|comment|remark|note|notes|Filiale|"
            "Kostenstelle|Projekt|Pos|Position|Lfd. Nr.|Lfd.-Nr|Nr|No|#|Fehler|Error|Errors|Zeile|Row|"
            "Lieferdatum|delivery date|Mahndatum 1|Mahndatum 2|1. Mahnung|2. Mahnung|3. Mahnung|Fax|"
            "Bundesland|Titel|Postfach|Gebühr|Gebühren|fee|fees|Kosten|Menge|Anzahl|quantity|USt-IdNr|"
            "vat id|Jahr|Monat|year|month|GlSitz|FoZinsen|Fälliger Betrag Skonto|Adresszusatz|"
            "address line 2|Straße 2|Lieferadresse|shipping address|delivery address|Lieferanschrift|"
            "Liefer-PLZ|Lieferort|shipping city|shipping zip|Uhrzeit|Zeit|time"
        ),
    ),
}
