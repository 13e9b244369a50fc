"""Who owes: persons and companies told apart, names and addresses taken out of one cell."""

import re
from functools import lru_cache

import msgspec

from storage.records import DebtorKind

_REMEMBERED = 16_384

# Legal forms are written in their own case, so that a Mr. Ag and a Mrs. Se stay persons.
_LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:g?GmbH|GMBH|gmbh|mbH|MBH|Gesellschaft mbH|Ges\.? ?m\.? ?b\.? ?H\.?|G\.m\.b\.H\.|GesmbH|"
    r"UG|AG|KG|KGaA|OHG|oHG|GbR|GBR|e\. ?K\.|e\.K|eK|e\. ?Kfm\.|e\. ?Kfr\.|eG|e\. ?G\.|e\. ?V\.|eV|SE|"
    r"PartG(?:mbB)?|Part(?:G|nerschaft)?mbB|mbB|Partnerschaftsgesellschaft|Ltd\.?|LTD|Limited|Inc\.?|Corp\.?|LLC|"
    r"PLC|plc|LLP|S\.?A\.?R\.?L\.?|S\.à r\.l\.|S\.A\.|SAS|S\.p\.A\.|SpA|S\.r\.l\.|Srl|B\.V\.|BV|N\.V\.|NV|"
    r"A/S|ApS|AS|AB|Oy|Oyj|OÜ|OG|SIA|UAB|Zrt\.?|Nyrt\.?|Bt\.|S\.L\.U?\.?|SARL|Sàrl|SRL|EURL|SASU|SNC|Lda\.?|"
    r"Pty\.? Ltd\.?|V\.O\.F\.|VOF|CVBA|BVBA|SpA|GesbR|EOOD|OOD|d\.d\.|"
    r"[Ss]p\. ?z ?o\. ?o\.|s\.r\.o\.|a\.s\.|d\.o\.o\.|Kft\.?|Stiftung|Aktiengesellschaft|"
    r"Kommanditgesellschaft|Genossenschaft|K\.d\.ö\.R\.|KdöR|AöR|haftungsbeschränkt)(?![\w])"
)
# Where a whole name is written in capitals, or without any, the case tells nothing.
_LEGAL_FORM_ANY_CASE = re.compile(
    r"(?i)(?<![\w.])(?:g?gmbh|mbh|gbr|ohg|e\. ?k\.|e\. ?kfm\.|e\. ?kfr\.|e\. ?v\.|e\. ?g\.|"
    r"ug \(haftungsbeschränkt\)|ug haftungsbeschränkt|kg|kgaa|aör|kdör|partg(?: ?mbb)?|mbb|ltd\.?|limited|"
    r"inc\.|llc|s\. ?p\. ?a\.|b\. ?v\.|n\. ?v\.|s\.à r\.l\.|"
    r"sp\. ?z ?o\. ?o\.|"
    r"s\.r\.o\.|s\.r\.l\.|s\.a\.r\.l\.|& co\.?|(?:ag|ug|eg|se)(?=$|\s*&))(?![\w])"
)
_SALUTATION = re.compile(r"(?i)^(?:herrn?|frau|mrs?\.?|ms\.?|fr\.|hr\.)\s+(?=\S)")
_COMPANY_SALUTATION = re.compile(r"(?i)^(?:firma|fa\.|messrs\.?)\s+(?=\S)")
_LAST_FIRST = re.compile(r"([^,]+),\s*([^,]+)")
# Before a comma, such a form alone is a family name that was written in capitals: `AG, GÜNTER`.
_FORM_OR_NAME = re.compile(r"\s*(?:AG|SE|EG|UG|OG|KG|AS|AB|OY|SAS)\s*")
_PERSON_NAME = re.compile(r"[^\W\d_][^\d@/;:&+]*")
# Words of trades and public bodies: a comma after them does not part a last from a first name.
_NO_PERSON = re.compile(
    r"(?i)\b(?:gemeinde|stadt|landkreis|kreis|bezirk|land|amt|bundes\w*|landes\w*|praxis|gemeinschaftspraxis|"
    r"kanzlei|hotel|gasthof|gasthaus|gaststätte|restaurant|café|cafe|pension|bäckerei|metzgerei|fleischerei|"
    r"autohaus|elektro|sanitär|malerbetrieb|druckerei|apotheke|schule|kindergarten|kita|verein|weg|"
    r"eigentümergemeinschaft|hausverwaltung|immobilien|stiftung|institut|universität|hochschule|klinik\w*|"
    r"krankenhaus|pfarr\w*|kirchen\w*|verlag|agentur|service|handel|bau|holding|gruppe|group|studio|salon|shop|"
    r"markt|werkstatt|spedition|transporte?|reinigung|gartenbau|metallbau|kfz\S*|filiale|inh|"
    r"inhaber\w*|"
    r"geschäftsführer|abt|abteilung)\b"
)
_NO_FIRST_NAME = re.compile(
    r"(?i)\b(?:und|and|oder|c/o|z\.? ?hd|"
    r"zahnärzte?|ärzte?|ärztin|rechtsanw\w+|steuerberater\w*|partner|söhne|"
    r"sohn|co|amt|\w+amt|\w+abteilung|mbb|gbr)\b"
)
_TITLES = re.compile(r"(?i)(?:\b(?:prof|dr|med|dent|jur|phil|rer|nat|mag|dipl|ing|habil|h\.?c)\b\.?[ -]*)+")
_LAST_NAME_WORDS_MAX, _FIRST_NAME_WORDS_MAX = 4, 3
_POSTCODE_CITY = re.compile(r"(?:([A-Z]{1,3})[ -]{1,3})?(\d{4,5})[ ,]+([^\W\d].*)")
_PREFIXED_POSTCODE = re.compile(r"([A-Z]{1,3})[ -]{0,3}(\d{4,5})")
_ADDRESS_LINE = re.compile(
    r"(.*?[^\W\d].*?)\s*,\s*(?:([A-Z]{1,3})-(?=\d{4,5}\b)|(?=\d{5}\b))(\d{4,5})\s+([^\W\d][^,]*)"
)

_COMPANY_LIST = (
    "unternehmen|firma|company|b2b|gewerblich|gewerbe|geschäftskunde|geschaeftskunde|business|"
    "organization|organisation|juristische person|2"
)
_COMPANY_WORDS = frozenset(_COMPANY_LIST.split("|"))
_PRIVATE_LIST = (
    "privat|private|privatperson|privatkunde|person|natürliche person|natuerliche person|verbraucher|"
    "consumer|b2c|individual|1|herr|herrn|frau|mr|mrs|ms|familie|eheleute|mr.|mrs.|ms."
)
_PRIVATE_WORDS = frozenset(_PRIVATE_LIST.split("|"))

_COUNTRIES = {
    name: code
    for code, names in {
        "DE": "de|d|deu|ger|deutschland|germany|brd|bundesrepublik deutschland",
        "AT": "at|a|aut|österreich|oesterreich|austria",
        "CH": "ch|che|schweiz|switzerland",
        "FR": "fr|f|fra|frankreich|france",
        "NL": "nl|nld|niederlande|netherlands|the netherlands|holland",
        "BE": "be|b|bel|belgien|belgium",
        "LU": "lu|l|lux|luxemburg|luxembourg",
        "PL": "pl|pol|polen|poland",
        "CZ": "cz|cze|tschechien|czech republic|czechia|tschechische republik",
        "DK": "dk|dnk|dänemark|daenemark|denmark",
        "IT": "it|i|ita|italien|italy",
        "ES": "es|e|esp|spanien|spain",
        "PT": "pt|p|prt|portugal",
        "GB": "gb|gbr|uk|großbritannien|grossbritannien|united kingdom|england|vereinigtes königreich",
        "IE": "ie|irl|irland|ireland",
        "SE": "se|s|swe|schweden|sweden",
        "NO": "no|n|nor|norwegen|norway",
        "FI": "fi|fin|finnland|finland",
        "HU": "hu|h|hun|ungarn|hungary",
        "SK": "sk|svk|slowakei|slovakia",
        "SI": "si|slo|svn|slowenien|slovenia",
        "HR": "hr|hrv|kroatien|croatia",
        "RO": "ro|rou|rumänien|romania",
        "BG": "bg|bgr|bulgarien|bulgaria",
        "GR": "gr|grc|griechenland|greece",
        "LI": "li|fl|lie|liechtenstein",
        "TR": "tr|tur|türkei|tuerkei|turkey",
        "US": "us|usa|vereinigte staaten|united states",
    }.items()
    for name in names.split("|")
}


class Named(msgspec.Struct, frozen=True, gc=False):
    """A debtor's name as three fields; `is_company` where a legal form or a word decides it."""

    name: str | None
    first_name: str | None
    company: str | None
    is_company: bool


class Place(msgspec.Struct, frozen=True, gc=False):
    """Postcode and city out of one cell; a country prefix (`D-`, `A-`) where one was written."""

    postcode: str
    city: str | None
    country: str | None


@lru_cache(maxsize=_REMEMBERED)
def has_legal_form(text: str) -> bool:
    """Whether a name is a company's by its legal form."""
    if _LEGAL_FORM.search(text) is not None:
        return True
    return (text.isupper() or text.islower()) and _LEGAL_FORM_ANY_CASE.search(text) is not None


def is_plain_name(text: str) -> bool:
    """Whether a name needs no second look: no comma, no legal form, no salutation, no odd characters."""
    return (
        "," not in text
        and _PERSON_NAME.fullmatch(text) is not None
        and not has_legal_form(text)
        and not _SALUTATION.match(text)
        and not _COMPANY_SALUTATION.match(text)
    )


@lru_cache(maxsize=_REMEMBERED)
def name_debtor(name: str | None, first: str | None, company: str | None, kind: DebtorKind | None) -> Named:
    """Name, first name and company from the cells of a row; `kind` is what the row itself says."""
    if company:
        return Named(name, first, company, is_company=True)
    if not name:
        return Named(None, first, None, is_company=kind is DebtorKind.COMPANY)
    firm = _COMPANY_SALUTATION.match(name)
    is_company = kind is DebtorKind.COMPANY or (has_legal_form(name) and not _is_named_like_a_form(name))
    if firm or is_company:
        full = name[firm.end() :] if firm else name
        return Named(None, None, f"{full} {first}" if first else full, is_company=True)
    greeting = _SALUTATION.match(name)
    plain = name[greeting.end() :] if greeting else name
    parts = None if first else _LAST_FIRST.fullmatch(plain)
    if parts and _is_last_name(parts[1]) and _is_first_name(parts[2]):
        return Named(parts[1].strip(), parts[2].strip(), None, is_company=False)
    return Named(plain, first, None, is_company=False)


def _is_named_like_a_form(name: str) -> bool:
    """Whether what looks like a legal form is all that stands before the comma of a person's name."""
    parts = _LAST_FIRST.fullmatch(name)
    return (
        parts is not None
        and _FORM_OR_NAME.fullmatch(parts[1]) is not None
        and not has_legal_form(parts[2])
        and _is_first_name(parts[2])
    )


def _is_last_name(text: str) -> bool:
    return (
        _PERSON_NAME.fullmatch(text) is not None
        and len(text.split()) <= _LAST_NAME_WORDS_MAX
        and not _NO_PERSON.search(text)
    )


def _is_first_name(text: str) -> bool:
    text = _TITLES.sub("", text).strip() or text
    return (
        _PERSON_NAME.fullmatch(text) is not None
        and len(text.split()) <= _FIRST_NAME_WORDS_MAX
        and not _NO_PERSON.search(text)
        and not _NO_FIRST_NAME.search(text)
    )


@lru_cache(maxsize=_REMEMBERED)
def kind_of_word(word: str) -> DebtorKind | None:
    """What a customer-type column or a salutation says; None where it says nothing (DATEV's 0)."""
    folded = word.strip().casefold()
    if folded in _COMPANY_WORDS:
        return DebtorKind.COMPANY
    return DebtorKind.PRIVATE if folded in _PRIVATE_WORDS else None


@lru_cache(maxsize=_REMEMBERED)
def country_code(text: str) -> str | None:
    """The ISO code of a country's name, code or number-plate letters; None where it is unknown."""
    return _COUNTRIES.get(text.casefold().strip(" ."))


@lru_cache(maxsize=_REMEMBERED)
def place_of(text: str) -> Place | None:
    """Postcode and city from `12345 Köln` or `D-12345`; None where a cell holds neither."""
    match = _POSTCODE_CITY.fullmatch(text)
    if match:
        return Place(match[2], match[3].strip(), country_code(match[1]) if match[1] else None)
    match = _PREFIXED_POSTCODE.fullmatch(text)
    if match and country_code(match[1]):
        return Place(match[2], None, country_code(match[1]))
    return None


@lru_cache(maxsize=_REMEMBERED)
def address_of(text: str) -> tuple[str, Place] | None:
    """Street and place from `Hauptstr. 1, 12345 Köln`; None where a cell is no whole address."""
    match = _ADDRESS_LINE.fullmatch(text)
    if match is None:
        return None
    country = country_code(match[2]) if match[2] else None
    return match[1].strip(), Place(match[3], match[4].strip(), country)
