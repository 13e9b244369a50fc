"""The questions about notices, in German and English; `{about}` are words of the sender, or a payment."""

from parsers.notices.doubts import Why

UNDERSTOOD = (
    "Verstanden haben wir: {about}.",
    "This is what we understood: {about}.",
)
NOTHING_BOOKED = (
    "Gebucht ist noch nichts; sobald Sie geantwortet haben, geht es weiter.",
    "Nothing has been booked yet; we go on as soon as you have answered.",
)
TEXTS: dict[Why, tuple[str, str]] = {
    Why.REFUND: (
        ("Sie schreiben, dass Geld an den Kunden ging{about}. Was hat der Kunde am Ende bezahlt, und wann?"),
        (
            "You write that money went to the customer{about}. What has the customer paid in the end, and"
            " when?"
        ),
    ),
    Why.REVERSAL: (
        (
            "Sie schreiben von einer Zahlung, die zurückging oder nicht zustande kam{about}. Welcher "
            "Betrag welcher Zahlung ist das, und von welchem Tag?"
        ),
        (
            "You write of a payment that was returned or did not go through{about}. Which amount of which"
            " payment is it, and of which day?"
        ),
    ),
    Why.CREDIT_NOTE: (
        (
            "Eine Gutschrift ist keine Zahlung{about}. Sollen wir die Forderung senken? Dann nennen Sie "
            "bitte Aktenzeichen, Betrag und Datum der Gutschrift."
        ),
        (
            "A credit note is no payment{about}. Shall we reduce the claim? Then please give us the file "
            "number, the amount and the date of the credit note."
        ),
    ),
    Why.PROMISE: (
        (
            "Das lesen wir als angekündigte Zahlung{about}; sie zählt erst, wenn das Geld bei Ihnen ist. "
            "Ist schon etwas eingegangen? Dann nennen Sie bitte Betrag und Tag."
        ),
        (
            "We read this as a payment that is still to come{about}; it counts once you have the money. "
            "Has anything arrived already? Then please give us the amount and the day."
        ),
    ),
    Why.SET_OFF: (
        ("Sie schreiben von einer Verrechnung{about}. Welcher Betrag ist womit und wann verrechnet worden?"),
        "You write of a set-off{about}. Which amount was set off, against what and when?",
    ),
    Why.SETTLEMENT: (
        (
            "Sie schreiben von einer Einigung mit dem Kunden{about}. Welcher Betrag ist vereinbart, was "
            "ist davon an welchem Tag eingegangen, und soll der Rest erlassen sein?"
        ),
        (
            "You write of an agreement with the customer{about}. Which amount was agreed, what has "
            "arrived on which day, and shall the rest be waived?"
        ),
    ),
    Why.CHEQUE: (
        (
            "Sie schreiben von einem Scheck{about}. Ist er eingelöst? Dann nennen Sie bitte den Betrag "
            "und den Tag der Gutschrift."
        ),
        (
            "You write of a cheque{about}. Has it been cleared? Then please give us the amount and the "
            "day of the credit."
        ),
    ),
    Why.ASSERTION: (
        (
            "Das lesen wir als Angabe des Kunden{about}. Ist das Geld wirklich bei Ihnen eingegangen? "
            "Dann nennen Sie bitte Betrag und Tag; wenn nicht, antworten Sie bitte „nicht eingegangen“."
        ),
        (
            "We read this as what the customer says{about}. Has the money really arrived? Then please "
            "give us the amount and the day; if not, please answer “not received”."
        ),
    ),
    Why.DOUBLE: (
        (
            "Sie schreiben von einer doppelten Zahlung{about}. Welche Beträge sind an welchen Tagen "
            "eingegangen, und was davon behalten Sie?"
        ),
        (
            "You write of a double payment{about}. Which amounts arrived on which days, and which of them"
            " do you keep?"
        ),
    ),
    Why.OVERPAID: (
        ("Sie schreiben, dass zu viel bezahlt wurde{about}. Welcher Betrag ist an welchem Tag eingegangen?"),
        "You write that too much was paid{about}. Which amount arrived on which day?",
    ),
    Why.DISREGARD: (
        (
            "Sie nehmen eine Meldung zurück oder sprechen von einem Versehen{about}. Um welche Zahlung "
            "geht es: Aktenzeichen, Betrag und Tag?"
        ),
        (
            "You take something back or speak of a mistake{about}. Which payment is it about: file "
            "number, amount and day?"
        ),
    ),
    Why.WAIVER: (
        (
            "Sie schreiben von einem Verzicht{about}. Auf welchen Betrag verzichten Sie, und was ist "
            "wirklich bezahlt?"
        ),
        "You write of a waiver{about}. Which amount do you waive, and what has really been paid?",
    ),
    Why.NOT_TO_YOU: (
        (
            "Das lesen wir als Geld, das zwischen Ihnen und uns geflossen ist{about}, nicht als Zahlung "
            "des Kunden an Sie. Stimmt das, oder hat der Kunde an Sie bezahlt: Betrag und Tag?"
        ),
        (
            "We read this as money between you and us{about}, not as a payment of the customer to you. Is"
            " that right, or did the customer pay you: amount and day?"
        ),
    ),
    Why.NOT_PAID: (
        (
            "Das lesen wir als „nicht bezahlt“{about}. Stimmt das, oder ist doch etwas eingegangen: "
            "Betrag und Tag?"
        ),
        "We read this as “not paid”{about}. Is that right, or has something arrived: amount and day?",
    ),
    Why.CASE_MISSING: (
        (
            "Zu welcher Akte gehört die Zahlung{about}? Bitte nennen Sie das Aktenzeichen oder die "
            "Rechnungsnummer."
        ),
        (
            "Which file does the payment belong to{about}? Please give us the file number or the invoice "
            "number."
        ),
    ),
    Why.CASE_WRONG: (
        (
            "Das Aktenzeichen „{about}“ kann nicht stimmen, seine Prüfziffer passt nicht. Wie lautet es "
            "richtig?"
        ),
        ("The file number “{about}” cannot be right, its check digit does not fit. What is the right one?"),
    ),
    Why.CASES_MIXED: (
        (
            "Welcher Betrag gehört wozu{about}? Bitte schreiben Sie eine Zeile je Zahlung: Aktenzeichen, "
            "Betrag, Tag."
        ),
        ("Which amount belongs to what{about}? Please write one line a payment: file number, amount, day."),
    ),
    Why.AMOUNT_MISSING: (
        "Welcher Betrag ist eingegangen{about}?",
        "Which amount has arrived{about}?",
    ),
    Why.AMOUNT_UNCLEAR: (
        "Welcher Betrag ist genau eingegangen{about}? Wir konnten ihn nicht sicher lesen.",
        "Which amount exactly has arrived{about}? We could not read it for certain.",
    ),
    Why.AMOUNT_BARE: (
        "Die Zahl lesen wir als Betrag in Euro{about}. Stimmt das?",
        "We read the number as an amount in euros{about}. Is that right?",
    ),
    Why.AMOUNTS_SEVERAL: (
        "Sie nennen mehrere Beträge{about}. Welcher davon ist an welchem Tag eingegangen?",
        "You name several amounts{about}. Which of them arrived on which day?",
    ),
    Why.AMOUNT_NET: (
        "Welchen Betrag hat der Kunde selbst bezahlt{about}, vor Abzug der Gebühr?",
        "Which amount did the customer pay himself{about}, before the fee was taken off?",
    ),
    Why.CURRENCY: (
        "Wie viel ist in Euro eingegangen{about}?",
        "How much has arrived in euros{about}?",
    ),
    Why.MORE_THAN_OPEN: (
        "Es kam mehr, als offen war{about}. Sollen wir den ganzen Betrag buchen?",
        "More arrived than was open{about}. Shall we book the whole amount?",
    ),
    Why.DISCOUNT: (
        "Es geht um einen Abzug (Skonto){about}. Ist das der Betrag, der wirklich eingegangen ist?",
        "There was a discount{about}. Is this the amount that has really arrived?",
    ),
    Why.DATE_MISSING: (
        "An welchem Tag ist das Geld bei Ihnen eingegangen{about}?",
        "On which day did the money arrive{about}?",
    ),
    Why.DATE_VAGUE: (
        "An welchem Tag genau ist das Geld eingegangen{about}? Bitte nennen Sie Tag, Monat und Jahr.",
        "On which day exactly did the money arrive{about}? Please give us day, month and year.",
    ),
    Why.DATE_IMPOSSIBLE: (
        "Den genannten Tag gibt es nicht{about}. Wann ist das Geld eingegangen?",
        "There is no such day{about}. When did the money arrive?",
    ),
    Why.DATE_FUTURE: (
        "Der genannte Tag liegt in der Zukunft{about}. Ist das Geld schon da, und seit wann?",
        "That day is still to come{about}. Is the money there already, and since when?",
    ),
    Why.DATE_UNCLEAR: (
        ("Welcher Tag ist gemeint{about}? Bitte nennen Sie Tag, Monat und Jahr, zum Beispiel 5. April 2026."),
        "Which day is meant{about}? Please give us day, month and year, for example 5 April 2026.",
    ),
    Why.DATE_OLD: (
        "Das Datum liegt mehrere Jahre zurück{about}. Stimmt das Jahr?",
        "The date is several years ago{about}. Is the year right?",
    ),
    Why.DATES_SEVERAL: (
        "Sie nennen mehrere Tage{about}. An welchem ist das Geld eingegangen?",
        "You name several days{about}. On which of them did the money arrive?",
    ),
    Why.CONTRADICTION: (
        (
            "Ihre Angaben passen noch nicht zusammen{about}. Was gilt: welcher Betrag, an welchem Tag, "
            "und wofür?"
        ),
        (
            "Your details do not fit together yet{about}. What holds: which amount, on which day, and for"
            " what?"
        ),
    ),
    Why.CANCEL: (
        ("Sie bitten um eine Stornierung. Sollen wir die Zahlung buchen oder die ganze Akte zurücknehmen?"),
        "You ask for a cancellation. Shall we book the payment, or take back the whole file?",
    ),
    Why.QUESTION: (
        (
            "Ihre Nachricht enthält eine Frage. Sollen wir die Zahlung trotzdem so buchen, wie wir sie "
            "verstanden haben?"
        ),
        "Your message holds a question. Shall we book the payment as we understood it all the same?",
    ),
    Why.UNCLEAR: (
        "Diese Worte haben wir nicht sicher verstanden: {about}. Stimmt, was wir gelesen haben?",
        "We are not certain of these words: {about}. Is what we read right?",
    ),
    Why.TOO_LONG: (
        (
            "Ihre Nachricht ist länger, als wir sie sicher lesen können. Bitte senden Sie die Zahlungen "
            "als Tabelle: Aktenzeichen, Betrag, Tag."
        ),
        (
            "Your message is longer than we can read for certain. Please send the payments as a table: "
            "file number, amount, day."
        ),
    ),
}
