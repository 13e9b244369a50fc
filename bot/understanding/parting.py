"""One message, its questions apart: by lines, sentences, and `and` between two that could stand alone."""

import re

from parsers.replies.words import own_words

CHARACTERS_MAX = 4_096
PARTS_MAX = 12
HALVED_LENGTH_MAX = 400  # longer sentences are no questions
_TAGS = re.compile(r"</?[A-Za-z!][^<>]{0,200}>")
_MARKUP = re.compile(r"[*_`~#|\\]+(?=\S)|(?<=\S)[*_`~|\\]+|^\s{0,3}#+\s", re.MULTILINE)
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ue000-\uf8ff]+"
)
_CLOSING = re.compile(
    r"(?im)^\s*(?:(?:vielen\s+)?(?:dank|danke|thanks|thank you)\W*(?:und|and)?\s+)?"
    r"(?:(?:mit\s+)?(?:freundliche[nm]?|beste[nm]?|viele[nm]?|liebe[nm]?|herzliche[nm]?|schöne[nm]?)\s+grü(?:ß|ss)\w*"
    r"|mfg|lg|vg|gruß|grüße|(?:kind|best|warm)?\s*regards|cheers|sincerely|yours\s+\w+|best wishes)\b.*"
)
_GREETING = re.compile(
    r"(?i)^\s*(?:(?:sehr\s+geehrte[rns]?|liebe[rs]?|dear|hallo|hello|hi|hey|guten\s+(?:tag|morgen|abend)|moin|servus)\b"
    r"(?:\s+(?:damen\s+und\s+herren|sir\s+or\s+madam|herrn?|frau|mrs?\.?|ms\.?|dr\.?|zusammen|team|all|there"
    r"|(?-i:[A-ZÄÖÜ][\w-]+))){0,4}\s*[,!.:\n]+)"
)
_NUMBERED = re.compile(r"(?m)^\s*(?:\d{1,2}[.)]|[-*•–a-d][.)]?)\s+(?=\S)")
_ENDS = re.compile(
    r"(?<=[?!])\s*(?=\S)|;\s+|\n+"
    r"|(?<=[^\W\d_]{2})\.\s+|(?<=-\d)\.\s+|(?<=\d,\d\d)\.\s+(?=[^\W\d_])|(?<=[€)])\.\s+"
)
_LAST_WORD = re.compile(r"[^\W\d_]+$")
_ABBREVIATIONS = frozenset(
    {
        *("co", "fa", "fam", "nr", "az", "hr", "hrn", "fr", "dr", "mr", "ms", "mrs", "ca", "st"),
        *("no", "wg", "kd", "rg", "re", "tel", "inv", "ref", "bzw", "ggf", "inkl", "evtl"),
        *("bzgl", "prof", "betr", "str", "mtl", "betreff", "exkl", "zzgl", "abzgl", "aktenz"),
        *("rechnungsnr", "kundennr", "vgl", "approx", "incl", "acc", "abr", "ausz", "guth"),
    }
)
_AND = re.compile(
    r"(?i)\s*[,–-]?\s+(?:und|and|sowie|außerdem|ausserdem|also|ferner|zusätzlich|as well as)\s+"
    r"(?:auch\s+|also\s+)?"
    r"|\s*,\s+(?=(?:wann|was|wie|welche\w*|warum|wieso|bitte|what|when|how|which|why|please|ist|gibt)\b)"
    r"|(\s*,\s+)(?!\d)"
)
_CLAUSE = re.compile(
    r"(?i)\s*(?:wenn|falls|weil|da|dass|ob|bevor|nachdem|obwohl|damit|denn"
    r"|if|because|since|when\s+(?:he|she|i|we)|that|whether|before)\b"
)
_RELATIVE = re.compile(
    r"(?i)\s*(?:der|die|das|welche\w*|hat|haben|ist|er|sie|kunde|schuldner"
    r"|which|who|has|have|is|he|she|they|debtor|customer)\b"
)


def said(text: str) -> str:
    """The writer's own words as plain text, greeting and closing cut off."""
    # What is cut at the limit is cut before anything looks at it.
    visible = _UNSEEN.sub(" ", text[:CHARACTERS_MAX])
    own = own_words(_TAGS.sub(" ", visible))
    closing = _CLOSING.search(own)
    if closing is not None and own[: closing.start()].strip():
        own = own[: closing.start()]
    own = _MARKUP.sub(" ", _NUMBERED.sub("", own))
    return _GREETING.sub("", own).strip()


def sentences(text: str) -> list[str]:
    """The sentences of a text, at most PARTS_MAX."""
    parts = [part.strip() for part in _split(_ENDS, text)]
    return [part for part in parts if any(map(str.isalnum, part))][:PARTS_MAX] or ([text] if text else [])


def halves(sentence: str) -> list[tuple[str, str, bool]]:
    """Each way to cut a sentence in two at `and` or a comma; and whether it is no more than a comma."""
    if len(sentence) > HALVED_LENGTH_MAX:
        return []
    return [
        (sentence[: match.start()], sentence[match.end() :], match[1] is not None)
        for match in list(_AND.finditer(sentence))[:6]
        if match.start() and match.end() < len(sentence)
    ]


def is_clause(half: str) -> bool:
    """Whether the second half of a sentence hangs on the first: `wenn ich …`, `because …`."""
    return _CLAUSE.match(half) is not None or (
        not half.rstrip().endswith("?") and _RELATIVE.match(half) is not None
    )


def _is_short(word: str) -> bool:
    return word in _ABBREVIATIONS or word.endswith("str")


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    parts, start = [], 0
    for match in pattern.finditer(text):
        word = _LAST_WORD.search(text[: match.start()][-20:])
        if match.group().startswith(".") and word is not None and _is_short(word.group().casefold()):
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]
