"""The language of a message: German or English, German where nothing tells."""

import re

from bot.understanding.spelling import folded

_WORDS = re.compile(r"[^\W\d_]+")
_GERMAN = frozenset(
    {
        *("der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "ist", "sind", "war"),
        *("hat", "haben", "wird", "wurde", "und", "oder", "nicht", "kein", "keine", "ich", "wir"),
        *("sie", "ihr", "er", "es", "mir", "uns", "mein", "meine", "unser", "wie", "was", "wann"),
        *("wo", "warum", "welche", "welcher", "welches", "zu", "zum", "zur", "bei", "von", "vom"),
        *("fuer", "mit", "im", "am", "auf", "aus", "seit", "bis", "ueber", "unter", "bitte", "noch"),
        *("schon", "gibt", "alle", "akte", "akten", "fall", "faelle", "stand", "sachstand", "kunde"),
        *("schuldner", "geld", "guthaben", "auszahlung", "abrechnung", "zahlung", "zahlungen"),
        *("kosten", "hallo", "danke", "kann", "koennen"),
    }
)
_ENGLISH = frozenset(
    {
        *("the", "a", "an", "is", "are", "was", "were", "has", "have", "had", "will", "would", "and"),
        *("or", "not", "no", "i", "we", "you", "he", "she", "it", "me", "us", "my", "our", "your"),
        *("how", "what", "when", "where", "why", "which", "to", "of", "on", "for", "with", "in"),
        *("at", "from", "since", "until", "over", "please", "still", "yet", "all", "case", "cases"),
        *("file", "files", "customer", "debtor", "money", "balance", "payout", "statement"),
        *("payment", "payments", "costs", "hello", "hi", "thanks", "can", "could", "do", "does"),
        *("did"),
    }
)


def language_of(text: str) -> str:
    """`de` or `en`, by the little words that occur."""
    words = _WORDS.findall(folded(text[:1_000]))
    german, english = sum(word in _GERMAN for word in words), sum(word in _ENGLISH for word in words)
    return "en" if english > german else "de"
