"""Debtors as they stand in real books: persons and companies of all legal forms, seeded."""

import random

import msgspec

FIRST_NAMES = [
    "Anna",
    "Jörg",
    "Günter",
    "Ulrike",
    "Björn",
    "Zoë",
    "Peter",
    "Käthe",
    "Max",
    "Ida",
    "Hans-Peter",
    "Karl-Heinz",
    "Marie-Luise",
    "Jürgen",
    "Sören",
    "René",
    "Mehmet",
    "Ayşe",
    "Fatma",
    "José",
    "Nguyen Thi",
    "André",
    "Agnieszka",
    "Giovanni",
    "Ömer",
    "Ute",
    "Bärbel",
    "Wolfgang",
    "Sabine",
    "Thomas",
    "Petra",
    "Aleksandra",
    "Dorothée",
    "Eike",
    "Kim",
    "Jean-Luc",
    "Änne",
    "Olaf",
    "Ingeborg",
    "Friedrich",
]
LAST_NAMES = [
    "Müller",
    "Schmidt",
    "Schäfer",
    "Weiß",
    "Köhler",
    "Jürgens",
    "Groß",
    "Öztürk",
    "Maier",
    "Vogel",
    "Müller-Lüdenscheidt",
    "von der Heyde",
    "zu Salm",
    "Ag",
    "Herr",
    "Kaufmann",
    "Summer",
    "García López",
    "Nguyen",
    "Kowalczyk",
    "d'Angelo",
    "O'Neill",
    "Sørensen",
    "Lefèvre",
    "Özdemir",
    "Böhm",
    "Süß",
    "Weber-Krüger",
    "Graf von Hohenstein",
    "de Vries",
    "van den Berg",
    "Rest",
    "Offen",
    "Soll",
    "Haben",
    "Zahl",
    "Bank",
    "Januar",
    "Mai",
    "Stein",
    "Ostermann",
    "Größer",
    "Jäger",
    "Kübler",
    "Fischer",
    "Meyer",
    "Wagner",
    "Becker",
    "Schulz",
    "Hoffmann",
    "Ort",
    "Nord",
    "Sander",
    "Teil",
    "Heine",
]
WIDE_LAST_NAMES = ("Dvořák", "Łukaszewicz", "Şahin", "Yıldız", "Horváth", "Ångström", "Çelik", "Kovačević")
STREETS = [
    "Hauptstraße",
    "Am Bäckerweg",
    "Lindenallee",
    "Goethestr.",
    "Königsplatz",
    "Straße des 17. Juni",
    "An der Alten Mühle",
    "Bgm.-Böhm-Str.",
    "Große Elbstraße",
    "Im Gässle",
    "Kirchgasse",
    "Schloßstraße",
    "Weg zum Süßen See",
    "Römerberg",
    "Zur Quelle",
]
HOUSES = ("1", "7", "12", "12a", "12 b", "3-5", "104", "88", "2 1/2", "21c", "17/3")
GERMAN_PLACES = (
    ("01067", "Dresden"),
    ("01445", "Radebeul"),
    ("03046", "Cottbus"),
    ("04109", "Leipzig"),
    ("06108", "Halle (Saale)"),
    ("07743", "Jena"),
    ("08056", "Zwickau"),
    ("09111", "Chemnitz"),
    ("10115", "Berlin"),
    ("14467", "Potsdam"),
    ("18055", "Rostock"),
    ("20095", "Hamburg"),
    ("23552", "Lübeck"),
    ("27568", "Bremerhaven"),
    ("30159", "Hannover"),
    ("33602", "Bielefeld"),
    ("35390", "Gießen"),
    ("40213", "Düsseldorf"),
    ("45127", "Essen"),
    ("48143", "Münster"),
    ("50667", "Köln"),
    ("53111", "Bonn"),
    ("60311", "Frankfurt am Main"),
    ("63065", "Offenbach"),
    ("65183", "Wiesbaden"),
    ("68159", "Mannheim"),
    ("70173", "Stuttgart"),
    ("72070", "Tübingen"),
    ("78462", "Konstanz"),
    ("80331", "München"),
    ("86150", "Augsburg"),
    ("90402", "Nürnberg"),
    ("93047", "Regensburg"),
    ("97070", "Würzburg"),
    ("99084", "Erfurt"),
    ("82467", "Garmisch-Partenkirchen"),
    ("61348", "Bad Homburg v. d. Höhe"),
    ("26388", "Wilhelmshaven"),
    ("25980", "Sylt / Westerland"),
    ("55116", "Mainz"),
)
AUSTRIAN_PLACES = (
    ("1010", "Wien"),
    ("8010", "Graz"),
    ("5020", "Salzburg"),
    ("6020", "Innsbruck"),
    ("4020", "Linz"),
)
SWISS_PLACES = (
    ("8001", "Zürich"),
    ("3011", "Bern"),
    ("1204", "Genève"),
    ("4051", "Basel"),
    ("6003", "Luzern"),
)
TRADES = [
    "Bäckerei",
    "Sanitär",
    "Elektro",
    "Autohaus",
    "Malerbetrieb",
    "Spedition",
    "Gartenbau",
    "Metallbau",
    "Druckerei",
    "Zimmerei",
    "Gasthof",
    "Kfz-Service",
]
FORMS = [
    "GmbH",
    "gGmbH",
    "GmbH & Co. KG",
    "UG (haftungsbeschränkt)",
    "AG",
    "SE",
    "KG",
    "KGaA",
    "OHG",
    "GbR",
    "e.K.",
    "e. K.",
    "e.Kfm.",
    "e.Kfr.",
    "eG",
    "e.V.",
    "PartG mbB",
    "PartGmbB",
    "Ltd.",
    "Inc.",
    "S.à r.l.",
    "B.V.",
    "S.p.A.",
    "Sp. z o.o.",
    "s.r.o.",
    "GmbH i.G.",
    "AöR",
    "AG & Co. KGaA",
    "mbH",
    "GmbH i. L.",
]
WHOLE_COMPANIES = (
    "Stadtwerke Köln AöR",
    "Saldo Steuerberatungsgesellschaft mbH",
    "Gesamt-Bau GmbH",
    "Müller, Schulze & Partner GbR",
    "TotalMobil GmbH",
    "Summe & Söhne OHG",
    "Zahlungsdienst Nord AG",
    "Übertrag Logistik GmbH",
    "1a Autoteile GmbH",
    "4711 Duftwerk GmbH",
    "Rechnungswesen Plus UG (haftungsbeschränkt)",
    "Weiß & Groß GbR",
    "Dr. Öz Praxis-MVZ GmbH",
    "Bank11 für Privatkunden GmbH",
    "WEG Hauptstraße 12 GbR",
    "Fa. Krüger GmbH",
    'Café "Zur Post" GmbH',
    "Weber; Vogel & Partner GbR",
    "Haus | Garten GmbH",
    "Storno24 GmbH",
    "Kunde & Partner GmbH",
)
FORMLESS = (
    "Bäckerei Schäfer",
    "Zahnarztpraxis Dr. Weiß",
    "Gasthof Zum Ochsen",
    "Autohaus am Ring",
    "Blumen-Müller",
    "Kfz-Werkstatt Yılmaz".replace("ı", "i"),
    "Gemeinde Süderbrarup",
    "Elektro Meier Inh. Karl Meier",
)
TITLES = ("Dr.", "Prof. Dr.", "Dipl.-Ing.")


class Party(msgspec.Struct, frozen=True, kw_only=True):
    """One debtor. `is_certain` is False where nothing but the reader's knowledge tells a company."""

    number: str
    company: str | None = None
    is_certain: bool = True
    salutation: str = ""
    title: str = ""
    first_name: str = ""
    last_name: str = ""
    street_name: str
    house: str
    postcode: str
    city: str
    country: str
    email: str
    phone: str

    @property
    def is_company(self):
        return self.company is not None

    @property
    def street(self):
        return f"{self.street_name} {self.house}"


class Tastes(msgspec.Struct, frozen=True, kw_only=True):
    """What debtors a creditor has."""

    companies: float = 0.4
    formless: float = 0.0
    titles: float = 0.0
    abroad: float = 0.0
    wide: bool = False  # names beyond the eight-bit character sets
    digits: int = 5


def make_parties(dice: random.Random, count: int, tastes: Tastes) -> list[Party]:
    """Different debtors with different numbers."""
    first = dice.randrange(10 ** (tastes.digits - 1), 6 * 10 ** (tastes.digits - 1))
    return [_party(dice, str(first + index), tastes) for index in range(count)]


def _party(dice: random.Random, number: str, tastes: Tastes) -> Party:
    country, (postcode, city) = "DE", dice.choice(GERMAN_PLACES)
    if dice.random() < tastes.abroad:
        country, places = dice.choice((("AT", AUSTRIAN_PLACES), ("CH", SWISS_PLACES)))
        postcode, city = dice.choice(places)
    facts = {
        "number": number,
        "street_name": dice.choice(STREETS),
        "house": dice.choice(HOUSES) if dice.random() < 0.4 else str(dice.randrange(1, 180)),
        "postcode": postcode,
        "city": city,
        "country": country,
        "email": f"kunde{number}@example.org",
        "phone": f"0{dice.randrange(20, 99)}1 {dice.randrange(10_000, 999_999)}",
    }
    if dice.random() < tastes.companies:
        if dice.random() < tastes.formless:
            return Party(company=dice.choice(FORMLESS), is_certain=False, salutation="Firma", **facts)
        return Party(company=_company(dice), salutation="Firma", **facts)
    names = WIDE_LAST_NAMES if tastes.wide and dice.random() < 0.2 else LAST_NAMES
    first = dice.choice(FIRST_NAMES)
    return Party(
        salutation=dice.choice(("Herr", "Frau")),
        title=dice.choice(TITLES) if dice.random() < tastes.titles else "",
        first_name=first if tastes.wide else first.replace("ş", "s"),
        last_name=dice.choice(names),
        **facts,
    )


def _company(dice: random.Random) -> str:
    if dice.random() < 0.25:
        return dice.choice(WHOLE_COMPANIES)
    owner = dice.choice(LAST_NAMES)
    stem = dice.choice(
        (f"{dice.choice(TRADES)} {owner}", f"{owner} & Söhne", f"{owner} {dice.choice(TRADES)}")
    )
    return f"{stem} {dice.choice(FORMS)}"
