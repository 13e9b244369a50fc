"""Words that say something only together: `nicht weiter mahnen` is no `nicht`."""

from parsers.notices.doubts import Why
from parsers.notices.senses import Sense

_YOUR_COSTS = (
    r"(?:(?:ihre[rn]?|eure[rn]?|die|der|your|the)\s+)?"
    r"(?:inkasso\w*|kosten|geb(?:ü|ue)hren|costs|fees|zinsen|interest|mahn(?:kosten|geb(?:ü|ue)hren))"
)
_YOUR_COSTS += rf"(?:\s*(?:/|und|and|,)\s*{_YOUR_COSTS})?"
_HANDED_OVER = (
    r"(?:(?:der|die|zur|dem|ihrer|eurer|unserer|the|our)\s+)?(?:inkasso-?)?"
    r"(?:(?:ü|ue)bergabe|abgabe|beauftragung|einschaltung|auftrag|hand-?over|assignment)"
    r"(?:\s+(?:an\s+(?:sie|euch|das\s+inkasso)|to\s+you))?"
)
_YOUR_LETTER = (
    r"(?:(?:ihrem|ihres|eurem|dem|your|the)\s+)?(?:(?:ersten?|first|1\.|1st|letzten?|last)\s+)?"
    r"(?:inkasso)?(?:schreiben|brief|mahnschreiben|mahnung|letter|reminder)"
)
_WE_SENT = (
    r"(?:we|wir)\s+(?:\w+\s+){0,4}?(?:sent|handed|passed|gave|submitted|transferred|(?:ü|ue)bergeben|abgegeben)"
    r"(?:\s+(?:haben|hatten|over|on|it|the|case|file|claim|to|you))*"
)
_GREETING = (
    r"^(?:hallo|guten\s+(?:tag|morgen|abend)|moin|hi|hello|dear|sehr\s+geehrte\w*|liebe[rs]?|servus|"
    r"gr(?:ü|ue)(?:ß|ss)\s+gott|good\s+(?:morning|afternoon|evening|day))\b[^,!\n:\d]{0,60}(?:[,!]|$)"
)
_NUMBER_WORDS = (
    "einem|einen|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|two|three|four|five|six|seven|a|one"
)

# From the creditor to the customer, not the other way round.
_PAID_BY_US = (
    r"\b(?:wir|ich)\s+(?:haben|habe|hatten|hatte)\b(?="
    r"(?:(?!\b(?:dass|that|kunde|kundin|schuldner|schuldnerin|er|sie|bekommen|erhalten)\b)[^!?\n]){0,90}?"
    r"\b(?:(?:ü|ue)berwiesen|gezahlt|bezahlt|ausgezahlt|beglichen|angewiesen)\b(?!\s+(?:bekommen|worden)))|"
    r"\b(?:wir|ich)\s+(?:(?:ü|ue)berwies\w*|(?:be)?zahl(?:t?en|te)|beglich\w*)\b|"
    r"\b(?:we|i)(?:\s+have|\s+had|['’]ve)?(?:\s+(?:already|just|also|now))?\s+"
    r"(?:paid|transferred|wired|sent|remitted)\b"
)
_PAID_TO_CUSTOMER = (
    r"\ban\s+(?:den|die|unseren|unsere|ihn)(?:\s+(?:kunden|kundin|schuldner(?:in)?|k(?:ä|ae)ufer(?:in)?)\b|(?<=\bihn)\b)|"
    r"(?<!von )(?<!mit )(?<!bei )(?<!aus )(?<!nach )(?<!seitens )"
    r"\b(?:dem\s+(?:kunden|schuldner|k(?:ä|ae)ufer)|ihm)\b|"
    r"\bto\s+(?:(?:the|our)\s+)?(?:debtor|customer|client|buyer|him|her|them)\b(?!['’]s)|"
    r"\b(?:debtor|customer|client|he|she|they)\s+(?:(?:has|have|had)\s+been|was|were|got)\s+paid\b|"
    r"\b(?:kundin|kunde|schuldner(?:in)?)\s+(?:wurde|ist)\s+(?:bezahlt|ausgezahlt)\b"
)

_CUSTOMER_SAYS = (
    r"\b(?:kundin|kunde|schuldner(?:in)?|er|sie|customer|debtor|client|he|she)\s+(?:(?:hat|has|had)\s+)?"
    r"(?:[^\W\d]+\s+){0,4}?(?:mitgeteilt|geschrieben|informiert|angerufen|teilt|schreibt|schrieb|meldet|told|"
    r"informed|wrote|notified|writes)\b"
)

# In this order; the first that fits counts.
PHRASES: tuple[tuple[Sense, Why | None, str], ...] = (
    (Sense.FILLER, None, _GREETING),
    (
        Sense.FILLER,
        None,
        (
            r"\b(?:nicht|nicht\s+mehr|nicht\s+weiter|don'?t|do\s+not)\s+(?:mehr\s+|weiter\s+)?"
            r"(?:mahnen|anschreiben|anmahnen|remind|chase|send\s+(?:any\s+)?(?:more\s+)?letters)\b|"
            r"\bstop\s+the\s+letters\b|\bkeine\s+(?:weiteren\s+)?(?:mahnungen|schreiben|briefe)\b|"
            r"\b(?:forderung|claim)\s+(?:bitte\s+)?(?:entsprechend\s+)?(?:reduzieren|anpassen|mindern)\b"
        ),
    ),
    (
        Sense.FILLER,
        None,
        (
            r"\b(?:(?:habe?n?|liegt|have)\s+)?(?:(?:gerade|leider)\s+)?(?:kein|no)\s+"
            r"(?:az|aktenzeichen|file\s+(?:no|number)|case\s+(?:no|number))\b\.?(?:\s+(?:zur|at)\s+hand)?(?:\s+vor)?"
        ),
    ),
    (
        Sense.FILLER,
        None,
        (
            r"\b(?:versehentlich|irrt(?:ü|ue)mlich|aus\s+versehen)\s+(?:direkt\s+)?(?:an|bei)\s+uns\b|"
            r"\blet(?:ting)?\s+you\s+know\b|\b(?:wie\s+vereinbart|as\s+agreed)\b|\b(?:mistakenly|accidentally)\s+paid\s+us\b"
        ),
    ),
    (
        Sense.NO_PAYMENT,
        Why.PROMISE,
        r"\b\d+(?:[.,]\d\d)?\s*(?:€|eur(?:o|os)?)?\s*(?:/|per|pro|a|im)\s*(?:month|monat)\b",
    ),
    (
        Sense.NO_PAYMENT,
        Why.PROMISE,
        (
            r"\b(?:n(?:ä|ae)chste[nrs]?|kommende[nrs]?|next)\s+(?:woche|monat|week|month|\w+tag|mittwoch|\w+day)\b|"
            r"\b(?:ab|from)\s+(?:januar|februar|m(?:ä|ae)rz|april|mai|juni|juli|august|september|oktober|november|"
            r"dezember|january|february|march|may|june|july|october|december)\b"
        ),
    ),
    (
        Sense.NO_PAYMENT,
        Why.ASSERTION,
        r"\b(?:er|sie|he|she|kunde|schuldner)\s+(?:habe|h(?:ä|ae)tte|would\s+have)\b",
    ),
    (
        Sense.NO_PAYMENT,
        Why.CREDIT_NOTE,
        r"\b(?:credit|correction)\s+note\b|\bdem\s+kunden\s+(?:\S+\s+){0,3}gutgeschrieben\b",
    ),
    (
        Sense.NO_PAYMENT,
        Why.REVERSAL,
        r"\bdirect\s+debit\b|\b(?:ging|geht|gingen)\s+(?:wieder\s+)?zur(?:ü|ue)ck\b",
    ),
    (
        Sense.NO_PAYMENT,
        Why.REFUND,
        r"\b(?:zur(?:ü|ue)ck)(?:\s+|-)?(?:(?:ü|ue)berwiesen|gezahlt|erstattet)\b|\bsending\s+back\b",
    ),
    (
        Sense.FILLER,
        None,
        r"\b(?:we|i|ich|wir)\s+(?:can|kann|k(?:ö|oe)nnen|darf|d(?:ü|ue)rfen)\s+(?:hiermit\s+)?(?:confirm|best(?:ä|ae)tigen)\b",
    ),
    (
        Sense.PARTIAL,
        None,
        r"\b(?:der\s+)?rest(?:betrag)?\s+(?:kommt|folgt|soll|zahlt\s+er|zahlt\s+sie|will\s+er|will\s+sie)\b[^.,;\n\d]{0,40}",
    ),
    (
        Sense.NO_PAYMENT,
        Why.ASSERTION,
        _CUSTOMER_SAYS,
    ),
    (Sense.NO_PAYMENT, Why.REFUND, rf"{_PAID_BY_US}|{_PAID_TO_CUSTOMER}"),
    (
        Sense.FILLER,
        None,
        r"\b(?:stand|status|as\s+of|per)\b:?\s*(?:vom\s+)?(?:heute|gestern|today|yesterday|\d{1,2}\.\s?\d{1,2}\.(?:\d{2,4})?)(?!\w)",
    ),
    (
        Sense.NO_PAYMENT,
        Why.SETTLEMENT,
        r"\b(?:final|full\s+and\s+final)\s+settlement\b|\bgegen\s+erledigung\b",
    ),
    (
        Sense.NO_PAYMENT,
        Why.NOT_TO_YOU,
        (
            r"\b(?:an\s+(?:sie|euch)|to\s+you)\b|"
            r"\b(?:auf\s+)?(?:ihr|euer|your)\s+(?:\w+)?(?:konto|account)\b|\b(?:ihre|eure|your)\s+(?:rechnung|invoice)\b|"
            r"\bpay(?:s|ing)?\s+out\b|\bpaid\b(?=[^.!?\n]{0,60}\bto\s+you\b)"
        ),
    ),
    (Sense.NO_PAYMENT, Why.SET_OFF, r"\bset\s*-?\s*off\b"),
    (
        Sense.NO_PAYMENT,
        Why.DISREGARD,
        r"\b(?:another|other|wrong|anderen|falschen)\s+(?:client|customer|kunden|debtor)\b",
    ),
    (Sense.NO_PAYMENT, Why.DOUBLE, r"\b2\s*x\b|\b(?:two|2)\s+times\b"),
    (
        Sense.PRINCIPAL,
        None,
        r"\b(?:nur|only)\s+(?:die\s+|the\s+)?(?:hauptforderung|principal|hauptsache)\b",
    ),
    (
        Sense.FULL,
        None,
        (
            r"\b(?:inkl(?:usive)?|incl(?:uding)?|including|mit|samt)\b\.?\s+(?:(?:aller|allen|all|s(?:ä|ae)mtlicher|ihrer|ihren|"
            r"eurer|your)\s+){1,2}(?:kosten|geb(?:ü|ue)hren|inkasso\w*|costs|fees)\b|"
            r"\b(?:inkl(?:usive)?|mit|samt)\b\.?\s+inkasso\w*"
        ),
    ),
    (
        Sense.FILLER,
        None,
        (
            rf"\b(?:nicht\s+(?:aber\s+|jedoch\s+)?|(?:but\s+)?not\s+|ohne\s+|without\s+|excluding\s+|au(?:ß|ss)er\s+){_YOUR_COSTS}\b|"
            rf"\b(?:aber\s+|but\s+)?{_YOUR_COSTS}\s+(?:(?:aber|jedoch|sind|ist|hat|er|sie|wurden|wurde|are|were|is|noch|still)\s+){{0,4}}"
            r"(?:nicht(?:\s+(?:bezahlt|beglichen|gezahlt))?|offen|open|unpaid|not(?:\s+paid)?)\b"
        ),
    ),
    (
        Sense.WITH_COSTS,
        None,
        (
            r"\b(?:inkl(?:usive)?|incl(?:uding)?|mit|samt|nebst|und|and|zzgl)\b\.?\s+(?:der\s+|the\s+)?(?:mahn(?:kosten|geb(?:ü|ue)hr(?:en)?)|zinsen|"
            r"verzugszinsen|interest|kosten|costs|fees|nebenkosten)\b"
        ),
    ),
    (
        Sense.FULL,
        None,
        (
            r"\b(?:in\s+)?(?:voller|full|ganzer)\s+(?:h(?:ö|oe)he|amount|sum)\b|\bin\s+full\b|"
            r"\b(?:den\s+|der\s+)?(?:gesamten?|vollen?|kompletten?|ganzen?)\s+(?:offenen\s+)?(?:betrag|forderung|summe|schuld)\b|"
            r"\bgesamtforderung\b|\bpaid\s+(?:it\s+)?all\b|\ball\s+paid\b"
        ),
    ),
    (
        Sense.PARTIAL,
        None,
        r"\bzur\s+h(?:ä|ae)lfte\b|\bin\s+part\b|\bpart\s+payment\b|\ba\s+conto\b|\brest\s+(?:\w+\s+){0,2}(?:offen|open|folgt|aus|outstanding)\b",
    ),
    (
        Sense.BEFORE,
        None,
        (
            rf"\b(?:vor|before|prior\s+to)\s+{_HANDED_OVER}\b|\b(?:bevor|ehe|before)\s+{_WE_SENT}\b|"
            r"\bbevor\s+(?:wir\s+)?(?:\w+\s+){0,4}(?:ü|ue)bergeben\s+(?:haben|wurde|hatten)\b|"
            r"\bbefore\s+you\s+(?:took\s+over|were\s+instructed)\b"
        ),
    ),
    (
        Sense.AFTER,
        None,
        (
            rf"(?:\b(?:\d{{1,3}}|{_NUMBER_WORDS}|einige|some|a\s+few|kurz)\s+(?:tagen?|days?|wochen?|weeks?)\s+)?"
            rf"\b(?:nach|after|aufgrund|auf)\s+(?:{_HANDED_OVER}|{_YOUR_LETTER})\b"
        ),
    ),
    (
        Sense.FULL,
        None,
        r"\b(?:nichts|kein\w*|nothing|no)\s+(?:mehr\s+|more\s+|rest\s+)?(?:offen|open|outstanding|left)\b",
    ),
    (
        Sense.FILLER,
        None,
        (
            r"\bsch(?:ö|oe)ne[ns]?\s+(?:wochenende|tag|woche|abend|feiertage|ostern)\b|\bhave\s+a\s+(?:nice|good)\s+\w+\b|"
            r"\b(?:ich\s+)?hoffe,?\s+(?:es\s+geht\s+)?ihnen\s+(?:geht\s+es\s+)?gut\b|\bhope\s+(?:this|you)\b.{0,30}\bwell\b"
        ),
    ),
    (
        Sense.FILLER,
        None,
        (
            r"\b(?:(?:akte|fall|sache|file|case|vorgang)\s+)?(?:kann|soll|darf|can|may)\s+(?:\w+\s+){0,2}"
            r"(?:geschlossen|beendet|eingestellt|abgeschlossen|be\s+closed)(?:\s+werden)?\b|"
            r"\b(?:outstanding|open|remaining|offenen?)\s+(?:invoice|amount|balance|debt|sum|claim|bill|betrag|rechnung|forderung|posten)\b|"
            r"\bhat\s+sich\s+gemeldet\b|\bin\s+relation\s+to\b|"
            r"\b(?:f(?:ü|ue)r|for)\s+(?:ihre|eure|die|your|the)\s+(?:arbeit|hilfe|unterst(?:ü|ue)tzung|m(?:ü|ue)he|help|support|work)\b"
        ),
    ),
    (Sense.OF, None, r"\b(?:out\s+of|instead\s+of|anstatt|anstelle\s+von|statt)\b"),
    (Sense.DISCOUNT, None, r"\b\d{1,2}(?:[.,]\d{1,2})?\s?%\s*(?:skonto|discount|rabatt|nachlass)?"),
    (
        Sense.STATEMENT,
        None,
        r"\b(?:lt|laut|gem(?:ä|ae)(?:ß|ss)|per|according\s+to)\.?\s+(?:unserem\s+|dem\s+|our\s+|the\s+)?(?:konto)?auszug\b",
    ),
    (
        Sense.FILLER,
        None,
        r"\b(?:lt|laut)\.?\s+(?:(?:unserem|unserer|dem|der)\s+)?(?:konto|bank|buchhaltung|buchung|bankauszug|online-?banking)\b",
    ),
    (
        Sense.FILLER,
        None,
        r"\b(?:i\.\s?h\.\s?v\.?|in\s+h(?:ö|oe)he\s+von|z\.\s?hd\.|z\.\s?k\.|m\.\s?f\.\s?g\.|u\.\s?a\.|d\.\s?h\.)",
    ),
    (
        Sense.FILLER,
        None,
        r"\b\d{1,2}\.\s?(?:rate|mahnung|teilzahlung|zahlung|abschlag)\b|\b(?:1st|2nd|3rd|\dth)\s+(?:rate|instal\w+)\b",
    ),
    (
        Sense.FILLER,
        None,
        r"\b(?:um\s+|at\s+|gegen\s+)?\d{1,2}[:.]\d{2}\s*uhr\b|\bat\s+\d{1,2}(?::\d{2})?\s*[ap]m\b",
    ),
    (Sense.FILLER, None, r"\bguten\s+morgen\b|\b(?:betreff|subject|betr)\b\s*[:.]?"),
)
