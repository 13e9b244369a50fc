"""Traps of who owes: two names, two addresses, companies that look like persons."""

import msgspec

from tests.accuracy import columns as col
from tests.accuracy import writing
from tests.accuracy.columns import Column
from tests.accuracy.files import Writing
from tests.accuracy.items import Item, Shares, make_items
from tests.accuracy.layouts import layout
from tests.accuracy.lines import may_ask, plain_list
from tests.accuracy.ordinary import MIXED, core, text
from tests.accuracy.parties import FIRST_NAMES, LAST_NAMES, Tastes


@layout("trap-own-company-column", "two names", "creditor's own name", "CSV")
def own_company(dice, count):
    """`Firma` is the sender's own company in every row; the debtor is `Kunde`."""
    items = make_items(dice, count, Shares(), MIXED)
    columns = [col.constant("Firma", "Größer Handels GmbH"), *core()]
    return text(may_ask(plain_list(items, columns)))


@layout("trap-patient-and-payer", "two names", "persons", "CSV")
def patient_and_payer(dice, count):
    """The patient is treated, the recipient of the invoice owes."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.1))
    patient = Column("Patient", lambda i: f"{LAST_NAMES[i.gross % 9]}, {FIRST_NAMES[i.gross % 7]}")
    return text(may_ask(plain_list(items, core(who=[patient, col.last_first("Rechnungsempfänger")]))))


@layout("trap-contact-beside-unknown-name", "two names", "contact person", "CSV")
def contact(dice, count):
    """A contact person is no debtor, even where the debtor's header is unusual."""
    items = make_items(dice, count, Shares(), MIXED)
    name = dice.choice(
        (
            "Adressat",
            "Geschäftspartner",
            "Kurzbezeichnung",
            "Kundenbezeichnung",
            "Vertragsnehmer",
            "Zahlungspflichtiger",
            "Besteller",
        )
    )
    person = Column(
        dice.choice(("Ansprechpartner", "Kontakt", "Kontaktperson")),
        lambda i: "Frau Weber" if i.party.is_company else "",
    )
    return text(may_ask(plain_list(items, core(who=[person, col.first_last(name)]))))


@layout("trap-representative", "two names", "representative", "CSV")
def representative(dice, count):
    """Names of the sender's own people beside the customer's."""
    items = make_items(dice, count, Shares(), MIXED)
    own = Column(
        dice.choice(("Vertreter", "Sachbearbeiter", "Verkäufer", "Kundenbetreuer", "Bearbeiter")),
        lambda i: LAST_NAMES[i.gross % 5],
    )
    return text(plain_list(items, core(who=[own, col.first_last("Kunde")])))


@layout("trap-billing-and-shipping", "two addresses", "English", "CSV")
def billing_and_shipping(dice, count):
    """The invoice goes to the billing address, the parcel elsewhere."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.2))
    elsewhere = [
        Column("Shipping Name", lambda i: f"{FIRST_NAMES[i.gross % 9]} {LAST_NAMES[i.gross % 11]}"),
        Column("Shipping Street", lambda i: f"Nebenweg {i.gross % 40}"),
        Column("Shipping Zip", lambda i: "99999"),
        Column("Shipping City", lambda i: "Anderswo"),
    ]
    columns = [
        col.invoice_number("Name"),
        col.invoice_date("Created at"),
        col.due_date("Due date"),
        col.first_last("Billing Name"),
        col.street("Billing Street"),
        col.postcode("Billing Zip"),
        col.city("Billing City"),
        *elsewhere,
        col.gross("Total"),
        col.open_amount("Outstanding Balance"),
    ]
    if dice.random() < 0.5:
        columns = [*columns[:3], *columns[7:11], *columns[3:7], *columns[11:]]
    return text(may_ask(plain_list(items, columns)), Writing(amount=writing.point, day=writing.iso))


@layout("trap-delivery-address", "two addresses", "CSV")
def delivery_address(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    columns = [
        col.debtor_number(),
        col.first_last("Kunde"),
        Column("Lieferstraße", lambda i: "Nebenweg 5"),
        Column("Liefer-PLZ", lambda i: "99999"),
        Column("Lieferort", lambda i: "Anderswo"),
        col.street("Rechnungsstraße"),
        col.postcode("Rechnungs-PLZ"),
        col.city("Rechnungsort"),
        col.invoice_number(),
        col.due_date(),
        col.open_amount(),
    ]
    return text(plain_list(items, columns))


@layout("trap-name-in-two-parts", "Name 1 and Name 2", "companies", "CSV")
def name_parts(dice, count):
    """A company's name goes on in `Name 2`, or a person to ask for stands there."""
    items = make_items(dice, count, Shares(), Tastes(companies=1.0))
    second = ("", "Niederlassung Süd", "z. Hd. Frau Weber", "Abt. Einkauf")

    def tells(item):
        more = second[item.level]
        companies = col.spellings(item.party.company)
        return {
            "names": frozenset(
                (None, None, name) for one in companies for name in (one, f"{one} {more}".strip())
            ),
            "kind": "company",
        }

    columns = core(
        who=[Column("Name 1", lambda i: i.party.company, tells), Column("Name 2", lambda i: second[i.level])]
    )
    return text(plain_list(items, columns))


_STEMS = ("Nordic Trade", "Kovac Logistics", "Iberia Foods", "Delta Shipping", "Rossi Moda")
_FOREIGN = (
    "S.L.",
    "S.A.",
    "SARL",
    "S.A.R.L.",
    "Oy",
    "A/S",
    "AS",
    "AB",
    "d.o.o.",
    "Kft.",
    "Zrt.",
    "S.r.l.",
    "SRL",
    "Lda.",
    "LLC",
    "Pty Ltd",
    "NV",
    "B.V.",
    "SAS",
    "EURL",
    "V.O.F.",
    "Sp. z o. o.",
    "a.s.",
    "OÜ",
    "SIA",
    "UAB",
    "GesmbH",
    "Ges.m.b.H.",
    "Sàrl",
    "LLP",
    "PLC",
    "Corp.",
    "Inc",
    "Limited",
    "OG",
)


@layout("trap-foreign-companies", "companies", "foreign legal forms", "CSV")
def foreign_companies(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    items = [
        _renamed(
            i,
            f"{dice.choice(_STEMS)} {dice.choice(_FOREIGN)}",
        )
        for i in items
    ]
    return text(plain_list(items, core()))


def _renamed(item: Item, company: str, *, is_certain=True) -> Item:
    if not item.party.is_company:
        return item
    return msgspec.structs.replace(
        item, party=msgspec.structs.replace(item.party, company=company, is_certain=is_certain)
    )


@layout("trap-upper-case", "companies", "upper case", "CSV")
def upper_case(dice, count):
    """Old programs know capitals only, in names and legal forms."""
    items = make_items(dice, count, Shares(), MIXED)
    items = [
        msgspec.structs.replace(
            i,
            party=msgspec.structs.replace(
                i.party,
                company=i.party.company and i.party.company.upper(),
                last_name=i.party.last_name.upper().replace("ẞ", "SS"),
                first_name=i.party.first_name.upper(),
            ),
        )
        for i in items
    ]
    return text(plain_list(items, core(who=[col.last_first("NAME")])))


_SMALL = ("gmbh", "gmbh & co. kg", "gmbh & co kg", "ug (haftungsbeschränkt)", "gbr", "ohg", "e.k.", "e.v.")


@layout("trap-lower-case", "companies", "lower case", "CSV")
def lower_case(dice, count):
    items = make_items(dice, count, Shares(), MIXED)
    items = [
        _renamed(
            i,
            f"{dice.choice(LAST_NAMES[:9]).lower()} {dice.choice(_SMALL)}",
        )
        for i in items
    ]
    return text(plain_list(items, core()))


@layout("trap-company-with-comma", "companies", "Name, Vorname", "CSV")
def company_with_comma(dice, count):
    """A comma in a company's name is none between last and first name."""
    items = make_items(dice, count, Shares(), MIXED)
    names = (
        ("Elektro Meier, Inh. Karl Meier", False),
        ("Meier, Schulz & Kollegen, Rechtsanwälte", False),
        ("Weiß, Groß und Partner mbB", True),
        ("Hotel Post, Inhaber Familie Weiß", False),
        ("Autohaus Nord, Zweigniederlassung der Nord AG", True),
        ("Praxis Dr. Weiß, Zahnärzte", False),
        ("Gemeinde Süd, Bauamt", False),
    )
    drawn = dice.choices(names, k=count)
    items = [_renamed(i, name, is_certain=certain) for i, (name, certain) in zip(items, drawn, strict=True)]
    return text(plain_list(items, core(who=[col.last_first("Name")])))


@layout("trap-salutation-in-name", "salutation in the name", "Name, Vorname", "CSV")
def salutation_in_name(dice, count):
    """`Frau Müller, Anna`, `Firma Bäcker Schulz`."""
    items = make_items(dice, count, Shares(), Tastes(formless=0.3))

    def cell(item):
        return f"{item.party.salutation} {col.name_cell_last_first(item)}"

    def tells(item):
        if item.party.is_company:
            companies = col.spellings(item.party.company)
            return {
                "names": frozenset((None, None, name) for one in companies for name in (one, f"Firma {one}")),
                "kind": "company",
            }
        return col.apart_names(item)

    return text(plain_list(items, core(who=[Column("Name", cell, tells)])))


@layout("trap-couples", "persons", "couples", "CSV")
def couples(dice, count):
    """Two debtors in one cell stay together."""
    items = make_items(dice, count, Shares(), Tastes(companies=0.0))

    def cell(item):
        p = item.party
        return (
            f"{p.first_name} und Eva {p.last_name}",
            f"{p.last_name}, {p.first_name} und Eva",
            f"Eheleute {p.last_name}",
            f"{p.first_name} {p.last_name} u. Eva Groß",
        )[item.level]

    def tells(item):
        p, whole = item.party, cell(item)
        names = {(whole, None, None)}
        if item.level == 0:
            names.add((p.last_name, f"{p.first_name} und Eva", None))
        if item.level == 1:
            names = {(p.last_name, f"{p.first_name} und Eva", None), (whole, None, None)}
        if item.level == 2:
            names.add((p.last_name, None, None))
        return {"names": frozenset(names), "kind": "private"}

    return text(plain_list(items, core(who=[Column("Mieter", cell, tells)])))
