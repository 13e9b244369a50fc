"""Words around and within names, folded: what stands before a name, what ends it, what is none."""

from bot.understanding.periods import period_words

# A name follows for certain.
STRONG = frozenset(
    {
        *("herr", "herrn", "hr", "hrn", "frau", "fr", "fa", "firma", "familie", "fam", "mr", "mrs"),
        *("ms", "miss", "mister", "messrs", "eheleute", "schuldnername"),
    }
)
CALLED = frozenset({"heisst", "named", "called"})
STRONG_PAIRS = frozenset(
    {("name", "ist"), ("name", "is"), ("name", "war"), ("name", "was"), ("name", "lautet")}
)
# A name may follow: after most only a word that is not known, after NOUNS even one that is nearly known.
NOUNS = frozenset(
    {
        *("fall", "akte", "sache", "sachen", "forderung", "vorgang", "schuldner", "schuldnerin", "kunde"),
        *("kundin", "debtor", "customer", "client", "case"),
    }
)
# After these only a capital word is a name: too much else stands there.
BEFORE_CAPITALS = frozenset(
    {
        *("ist", "is", "ueber", "mit", "with", "of", "about", "sachstand", "stand", "status", "update"),
        *("neuigkeiten", "neues", "auskunft"),
    }
)
WEAK = (
    NOUNS
    | BEFORE_CAPITALS
    | {
        *("zu", "zum", "zur", "bei", "beim", "von", "gegen", "fuer", "bzgl", "betr", "betreff", "macht"),
        *("schuldners", "kunden", "debitor", "name", "hat", "schuldet", "zahlt", "bezahlt"),
        *("on", "for", "from", "against", "regarding", "re", "file", "claim", "matter", "does", "did"),
        *("has", "owe"),
    }
)
ARTICLES = frozenset({"der", "die", "den", "dem", "the", "a"})
BEFORE_NAMES = ARTICLES | {
    *("dr", "prof", "dipl", "ing", "med", "familie", "herr", "herrn", "frau", "firma", "mr", "mrs"),
    *("ms", "fa"),
}

COMPANY = frozenset(
    {
        *("gmbh", "ag", "kg", "ug", "ohg", "gbr", "ek", "ev", "se", "mbh", "ltd", "limited", "inc"),
        *("llc", "corp", "co", "kgaa", "eg", "partg", "plc", "e.k", "e.v", "e.g", "e.kfm"),
    }
)
JOINS = frozenset({"&", ".", "+"})
PARTICLES = frozenset(
    {"van", "von", "vom", "zu", "zur", "de", "del", "di", "da", "el", "al", "le", "la", "der", "den"}
)
LINKS = frozenset({"&", "und", "and", "von", "van", "de", "zu", "der", "den", "el", "al"})
# What a business may be called; its name begins with this word.
HOUSES = frozenset(
    {
        *("praxis", "kanzlei", "hotel", "pension", "restaurant", "gaststaette", "cafe", "autohaus"),
        *("apotheke", "baeckerei", "metzgerei", "tischlerei", "schreinerei", "malerbetrieb", "salon"),
        *("gaertnerei", "studio", "agentur", "verlag", "spedition", "klinik", "kita", "stiftung"),
    }
)
# Between two names.
AND = frozenset({"und", "and", "&", ",", "u", "sowie"})

# No names: endings of things, months and days, and what is named in mails.
THINGS = (
    *("ung", "ungen", "heit", "keit", "schaft", "tion", "tionen", "ieren", "iert"),
    *("uebersicht", "liste", "datum"),
)
TIMES = frozenset(period_words())
NEVER = frozenset({"csv", "xlsx", "pdf", "excel", "iban", "paypal", "sepa", "email", "mail", "ok"})
