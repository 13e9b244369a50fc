"""The words of payment notices, German and English, and what each says; misspelt ones too.

Words are compared folded (`storage.identity.fold`). A word that is in no list and close to none is
not understood, and its sentence is asked back: what decides over money is never guessed.
"""

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from parsers.notices.doubts import Why
from parsers.notices.senses import Sense
from parsers.replies.missing_words import DOUBTS, FILLERS
from storage.identity import fold


def _set(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


_SENSES: dict[Sense, frozenset[str]] = {
    Sense.PAID: _set(
        "bezahlt bezahlte gezahlt zahlte beglichen beglich überwiesen überwies ausgeglichen "
        "eingezahlt einbezahlt entrichtet getilgt paid payed settled transferred transfered remitted "
        "wired"
    ),
    Sense.CAME: _set(
        "eingegangen eingetroffen erhalten erhielt erhielten bekommen bekam bekamen angekommen "
        "gekommen kam kamen ging gingen verbucht gebucht vereinnahmt kassiert geleistet received "
        "recvd recd rcvd got came arrived erfolgt erfolgte verzeichnen verzeichnet verbuchen "
        "entgegengenommen vorbeigebracht"
    ),
    Sense.MONEY: _set(
        "zahlung zahlungen zahlungseingang zahlungseingänge geldeingang eingang eingänge "
        "direktzahlung direktzahlungen einzahlung zahlbetrag zahlungsdatum zahltag wertstellung "
        "valuta restzahlung schlusszahlung valutadatum eingangsdatum buchungstag buchungsdatum geld "
        "erhalt geldbetrag buchen buchung verbuchen book booking payment payments money deposit "
        "receipt"
    ),
    Sense.WAY: _set("bar barzahlung paypal cash kasse ec karte card klarna stripe"),
    Sense.FULL: _set(
        "alles voll volle vollen voller vollständig vollständige komplett komplette kompletten ganz "
        "ganze ganzen restlos fully full completely complete entire entirely everything whole"
    ),
    Sense.PARTIAL: _set(
        "teilweise teilzahlung teilzahlungen anzahlung teilbetrag teil teile hälfte partly partial "
        "partially part half abschlag abschlagszahlung"
    ),
    Sense.PRINCIPAL: _set("hauptforderung hauptsache hauptsumme principal hauptbetrag"),
    Sense.ALL: _set("beide beides jeweils je alle allen both each all sämtliche"),
    Sense.FEE: _set(
        "gebühr gebühren paypalgebühr paypalgebühren transaktionsgebühr fee fees kosten costs zinsen "
        "interest mahngebühr mahngebühren mahnkosten verzugszinsen nebenkosten inkassokosten "
        "inkassogebühren"
    ),
    Sense.LESS: _set("abzüglich abzgl minus less abzug nach"),
    Sense.NET: _set("netto net"),
    Sense.OPEN: _set(
        "offen ausstehend ausstehen aussteht fehlen fehlt verbleiben verbleibt verbleibend folgt open "
        "outstanding remaining remains missing balance restforderung restschuld rest restbetrag "
        "remainder restlich restliche"
    ),
    Sense.TOTAL: _set("summe gesamt insgesamt gesamtsumme gesamtbetrag zusammen total altogether sum"),
    Sense.DISCOUNT: _set("skonto discount skontoabzug rabatt nachlass"),
    Sense.INVOICE: _set(
        "rechnung rechnungen rechnungsbetrag rechnungssumme rg rgnr re rnr invoice invoices inv bill "
        "beleg faktura mahnung schreiben brief letter reminder mail email bestellung auftrag order"
    ),
    Sense.DUE: _set(
        "fällig fälligkeit zahlbar zahlungsziel zahlungsfrist zahlungsaufforderung zahlungserinnerung "
        "rechnungsdatum lieferdatum vertragsdatum leistungsdatum mahndatum bestelldatum "
        "zahlungsverzug saldo kontostand frist deadline due payable overdue überfällig"
    ),
    Sense.FROM: _set("vom dated"),
    Sense.COUNTED: _set(
        "raten rate mal tage tagen days fälle fällen cases posten stück installment instalment "
        "installments instalments wochen weeks"
    ),
    Sense.CLAIM: _set(
        "forderung forderungen einziehen einzutreiben beitreiben mahnen übergeben übergebe claim "
        "claims collect"
    ),
    Sense.TELLING: _set(
        "gesehen festgestellt entnommen entnehmen ersichtlich ersehen bemerkt aufgefallen prüfung "
        "geprüft überprüft mitgeteilt informiert informierte weitergegeben nachricht anruf angerufen "
        "telefonat telefonisch besprochen abgesprochen meldet melden melde meldung gemeldet schreibt "
        "schrieb geschrieben teilt erfasst erfassen hinterlegt bearbeitet verarbeitet zahlungsmeldung "
        "eingangsmeldung erfahren gehört seen noticed see inform informed advise advised advising "
        "notify notified notification told called wrote heard learned checked"
    ),
    Sense.STATEMENT: _set("kontoauszug auszug kontoauszugs bankauszug"),
    Sense.NOT: _set("nicht not kein keine keinen keiner keinerlei no nie niemals never nichts nothing none"),
    Sense.WILL_PAY: _set(
        "zahlt zahlen überweist überweisen bezahlen will wird werden wollen möchte kommt kommen pay "
        "pays would could zahle bekomme bekommt sendet schickt settle settles receive receives get "
        "gets arrive arrives send sends come comes paying bezahle überweise erhalte erhält geht gehen"
    ),
    Sense.CANCEL: _set("stornieren storno stornierung cancel cancellation zurückziehen withdraw"),
    Sense.FILLER: _set(
        "az aktenzeichen akte akten file case fall ref sache betreff subject betr betrag beträge "
        "betrages amount summen höhe wert date datum über ueber for per kd kdnr kundennr customer "
        "nochmal nochmals erneut weitere weiteren weiterer weiteres again another direkt direct "
        "directly direktüberweisung buchen buchung book booking notieren vermerken folgende folgenden "
        "following schließen schliessen geschlossen close closed beenden einstellen stoppen stop "
        "abschließen erledigt fyi info infos zk z.k. kenntnis kenntnisnahme nur only lt lauf noch "
        "sofort once then dann unsere unserer unserem eurem euch eure ihrem ihnen mir mich ich i me "
        "my mein meine meinem der die das er sie schon bereits already soeben just eben inzwischen "
        "heutigen account konto geschäftskonto bankkonto hausbank sparkasse volksbank bank iban "
        "girokonto by into onto via through durch within thus hence therefore daher deshalb somit "
        "damit dass that which welche welcher den dem eines einer einem one nun now pls please plz "
        "bitte herr herrn frau firma familie fa hr fr mr mrs ms schuldner schuldnerin schuldners "
        "kunde kundin kunden debtor customers client clients gläubiger mandant kundennummer nummer nr "
        "no number id rechnungsnummer zeichen und sowie and plus u including inclusive inkl incl zzgl "
        "eur euro euros wurde wurden worden ist sind war waren hat haben hatte hab habn hats had has "
        "have been was were is are be being gern gerne gruss grüße gruesse hallo hi hello moin liebe "
        "lieber team thanks danke vielen dank many cheers ok okay also zu zum zur in im an am auf aus "
        "bei mit von seit on at to the a of from with we us our your his her their they he she it "
        "this these re wg wegen bzgl bezüglich betreffend betrifft regarding concerning überweisung "
        "überweisungen banküberweisung einmalig uhr nachmittag vormittag abend abends morgens früh "
        "mittag letzte letzten erste ersten first second last zweite zweiten dritte dritten third "
        "rate rechtzeitig pünktlich unaufgefordert selbst persönlich personally himself herself laden "
        "shop office büro praxis kanzlei ladengeschäft vor ort soll stand bestätigen bestätigung "
        "confirm confirmed updaten update aktualisieren berücksichtigen beachten reduzieren reduce "
        "mindern abziehen ein note noted kindly dear sir madam there everyone all's unser uns "
        "gutschreiben verbuchen eintragen ergänzen übernehmen record enter register daten angaben "
        "details information informieren mitteilen mitzuteilen teile teilen inform tell letting know "
        "wollte wollten kurz mal da hier so wie as folgt beigefügt anbei attached siehe see unten "
        "below oben above guten tag morgen sonst otherwise else auch too doch dies diese dieser "
        "diesen dieses deren dessen ihn ihm ihr ihre ihrer ihren sein seine seiner unseren unserm "
        "unsres gestrigen privat privatkonto geschäftlich ihrerseits seinerseits ebenfalls likewise "
        "further dankend dankeschön beste freundliche wunsch gemäß according danach aufgrund because "
        "weil nachdem after sehr geehrte damen herren weiter mahnen letters letter vorgang vorgangs "
        "angelegenheit matter sich art zahldatum bezahldatum zahlungstag empfangen zwei drei vier "
        "fünf sechs sieben acht neun zehn two three four five six seven eight nine ten einen eins "
        "bleibt bleiben steht stehen bestehen wieder value let knows hiermit hereby sowohl jetzt "
        "today's heutige heutiger accordingly updated records mark marked status towards mwst ust "
        "transfer transfers wire zahlungsart zahlart onlineüberweisung sofortüberweisung "
        "echtzeitüberweisung kreditkarte kartenzahlung quittung screenshot anhang attachment "
        "kontoinhaber zahler absender einzahler verwendungszweck auftraggeber empfänger gmbh ag kg ug "
        "ohg ev co mbh partner einzelheiten hinweis zur-info weitergeleitet weiterleiten sachen "
        "angelegenheiten freundlicherweise endlich finally tatsächlich indeed zwischenzeitlich "
        "meanwhile erfreulicherweise buchhaltung accounting abteilung department forward sent "
        "gezahlten überwiesenen eingegangene eingegangenen erhaltene erhaltenen bezahlte bezahlten "
        "genannten obigen above-mentioned oben-genannten offenen ausstehenden gestellten einzige "
        "einzigen gesamte laufende laufenden zusätzlich additionally ferner bareinzahlung einzelnen "
        "kein-problem prima super toll great good gut fine perfect perfekt schön hausverwaltung "
        "handelt es um betragen beträgt betrug lautet bitten bittet"
    ),
}
# What is written around a notice, and says nothing of it.
_AROUND = _set(
    "nehmen nehmt akten konnte konnten o g og genannter genannte mandantin mandanten "
    "mandantschaft legte gelegt tisch tresen kontoauszüge umsatz umsätze umsatzliste "
    "buchungsliste zahlungsliste liste übersicht aufstellung tabelle zeile kassenbuch kassenbeleg "
    "quittiert bargeld bares scheine münzen automat terminal girocard überweisungsweg "
    "onlinebanking online banking bankverbindung hauskonto kontoeingang überweisungseingang "
    "geldeingänge angelegenheit angelegenheiten unternehmen kanzlei praxis werkstatt filiale büro "
    "verwaltung kollege kollegin kolleginnen kollegen mitarbeiter mitarbeiterin sachbearbeiter "
    "sachbearbeiterin chef chefin sekretariat buchhalter buchhalterin steuerberater steuerkanzlei "
    "wäre wären dankbar nett freundlich kurz kurze kurzer kurzen schnell baldmöglichst umgehend "
    "zeitnah gleich eigentlich natürlich selbstverständlich jedenfalls übrigens nebenbei anbei "
    "hierzu dazu hiervon damit dabei davor daraufhin anschließend sodann schließlich zuletzt "
    "zunächst erstmals heut gerade eben ebendieser nunmehr diesbezüglich hinsichtlich "
    "bezugnehmend bezug rücksprache vorgenannten vorgenannte oben obiger obige obigem gleichen "
    "selben derselbe dieselbe demselben jener jene sowie ebenso samt nebst aktualisierung vermerk "
    "vermerken hinterlegen bearbeiten bearbeitung berücksichtigung kenntnisnahme weiterleitung "
    "rückmeldung antwort bescheid gruß grüsse schönen schöne schöner angenehmen wochenende "
    "feierabend ostern frohe frohes glück forderungsbetrag gesamtforderung zahlungseingangs "
    "rechnungsempfänger kundenkonto debitorenkonto debitor debitorennummer kundin vertragspartner "
    "besteller käufer käuferin mieter mieterin patient patientin mitglied mandat aktenzeichens "
    "inkassofall inkassovorgang inkassosache mahnsache fallnummer vorgangsnummer confirm confirms "
    "confirming receipt collection regarding respect relation connection hereby attached enclosed "
    "shows shown appeared today's morning afternoon evening directly straight counter desk shop "
    "store till cheers amy colleagues colleague office team finance department accounts ledger "
    "books system sum amounting lump single separate following listed list overview table row "
    "kindly appreciate appreciated grateful asap promptly quickly also too well as same "
    "aforementioned mentioned concerned successfully electronically app person lady gentleman "
    "mister owner tenant member buyer everything's that's it's he's she's they've we've i've"
)
_NO_PAYMENT: dict[Why, frozenset[str]] = {
    Why.PROMISE: _set(
        "angekündigt ankündigung versprochen verspricht zugesagt promised promises offers offered "
        "bietet angeboten unterwegs monatlich mtl monthly ratenzahlung ratenvereinbarung vereinbart "
        "morgen tomorrow demnächst bald soon künftig future zahlungszusage zahlungsversprechen "
        "ratenplan pending announced"
    ),
    Why.CHEQUE: _set("scheck schecks verrechnungsscheck cheque cheques wechsel"),
    Why.ASSERTION: _set(
        "behauptet behaupten angeblich angeblichen sagt sagte meint meinte claims claimed says said "
        "allegedly apparently reportedly nachweislich bestreitet disputes vorgeblich wohl laut"
    ),
    Why.DOUBLE: _set("doppelt doppelte zweimal twice duplicate doppelzahlung double"),
    Why.OVERPAID: _set("überzahlt überzahlung zuviel overpaid overpayment"),
    Why.DISREGARD: _set("ignorieren disregard ignore irrtum mistake gegenstandslos"),
    Why.WAIVER: _set(
        "erlassen erlass verzichtet verzichten verzicht waived waive kulanz ausgebucht abgeschrieben"
    ),
    Why.SET_OFF: _set(
        "verrechnet verrechnung verrechnen aufgerechnet aufrechnung gegenforderung offset setoff "
        "gegengerechnet"
    ),
    Why.SETTLEMENT: _set("vergleich verglichen geeinigt einigung settlement agreed vergleichsbetrag"),
    Why.CREDIT_NOTE: _set(
        "gutschrift gutgeschrieben gutschriften retoure retouren retour credit credited "
        "stornorechnung rechnungskorrektur"
    ),
    Why.REFUND: _set(
        "zurück zurücküberwiesen zurückgezahlt rückzahlung rücküberweisung erstattet erstattung "
        "refund refunded back rückerstattung zurückerstattet zurückgeschickt"
    ),
    Why.REVERSAL: _set(
        "rücklastschrift zurückgebucht rückbuchung rückgabe zurückgegeben zurückgegangen geplatzt "
        "widerrufen bounced returned chargeback reversed reverse reversal rückläufer rückgeb"
    ),
    Why.NOT_TO_YOU: _set("auszahlung auszahlungen ausgezahlt payout payouts ausschüttung"),
    Why.NOT_PAID: _set("unbezahlt unpaid unbeglichen"),
}
# What a word that is in no list can betray by its beginning or middle.
_STEMS: tuple[tuple[Why, re.Pattern[str]], ...] = (
    (
        Why.REVERSAL,
        re.compile(
            "ruecklast|rueckbuch|rueckgab|chargeb|bounce|revers|geplatz|returned|zurueckgew|zurueckgeg|zurueckgeb|"
            "abgelehnt|abgewiesen|fehlgeschlagen|rejected|declined|failed|storniert|cancelled|canceled|voided"
        ),
    ),
    (
        Why.DISREGARD,
        re.compile(
            "fehler|mistake|error|irrtum|loesch|rausnehm|entfern|delet|remov|undo|gegenstandsl|missverst"
        ),
    ),
    (Why.REFUND, re.compile("zurueck|zurrueck|rueckzahl|rueckueber|rueckerst|refund|erstatt")),
    (Why.CREDIT_NOTE, re.compile("gutschr|gutgeschr|retour")),
    (Why.SET_OFF, re.compile("verrechn|aufrechn|gegenforder|gegenrechn")),
    (Why.CHEQUE, re.compile("scheck|cheque")),
    (Why.SETTLEMENT, re.compile("vergleich|verglich|geeinig")),
    (
        Why.PROMISE,
        re.compile("versproch|versprech|angekuend|ratenz|ratenv|promis|angewiesen|veranlass|zusag|ratenplan"),
    ),
    (Why.ASSERTION, re.compile("behaupt|angeblich|allege|aussage")),
    (Why.DOUBLE, re.compile("doppel|duplic")),
    (Why.OVERPAID, re.compile("ueberzahl|overpa")),
    (Why.NOT_TO_YOU, re.compile("auszahl|ausgezahl|payout")),
    (Why.WAIVER, re.compile("verzicht|waive")),
)
_DOUBTS = (
    DOUBTS
    | _set(
        "oder or vielleicht evtl eventuell ca circa etwa ungefähr rund about roughly approximately "
        "approx vermutlich wahrscheinlich glaube denke unsicher unklar falls wenn if maybe perhaps "
        "probably think believe müsste müßte dürfte scheinbar anscheinend seems versehentlich "
        "versehen irrtümlich lastschrift abbuchung abgebucht umbuchung umgebucht nachzahlung "
        "zuzahlung abzahlung behalten enthalten einbehalten vorbehalten erhoben erhöht gestundet "
        "stundung repayment debited debit prepayment bestellt behielt belastet contained retained "
        "mindestens höchstens knapp fast almost nearly usd chf gbp dollar franken pfund test beispiel "
        "example"
    )
) - _set("rate raten half hälfte statt instead without ohne aber but nur only mtl doch morgen")
_HARMLESS = _set("aber but jedoch however allerdings dennoch doch ohne without excluding ausgenommen")

_MEANINGS: dict[str, tuple[Sense, Why | None]] = {}
for _words in (FILLERS, _HARMLESS, _AROUND):
    _MEANINGS |= dict.fromkeys(_words, (Sense.FILLER, None))
_MEANINGS |= dict.fromkeys(_SENSES[Sense.FILLER], (Sense.FILLER, None))
_MEANINGS |= dict.fromkeys(_DOUBTS, (Sense.DOUBT, None))
for _sense, _words in _SENSES.items():
    if _sense is not Sense.FILLER:
        _MEANINGS |= dict.fromkeys(_words, (_sense, None))
for _why, _words in _NO_PAYMENT.items():
    _MEANINGS |= dict.fromkeys(_words, (Sense.NO_PAYMENT, _why))
_MEANINGS.pop("", None)
_ALL_WORDS = sorted(_MEANINGS)
_TELLING = (Sense.CAME, Sense.PAID, Sense.MONEY, Sense.FILLER)
_HARMLESS_SENSES = frozenset(_TELLING)
# A short word with a capital may be a name: `Moller` is not `voller`.
_NEVER_NAMES = frozenset(
    {Sense.FULL, Sense.ALL, Sense.PARTIAL, Sense.OPEN, Sense.TOTAL, Sense.NET, Sense.LESS, Sense.OF}
)
_NAMES_MAX = 8
_SPELT_RIGHT = frozenset({Sense.CLAIM, Sense.DUE, Sense.FROM})  # beside these a day is no payment's
_LONG, _SHORT_MAX, _CLOSE_MAX = 9, 4, 60


@lru_cache(maxsize=8_192)
def meaning_of(word: str) -> tuple[Sense, Why | None]:
    """What a word says; UNKNOWN where that is not certain."""
    folded = fold(word)
    known = _MEANINGS.get(folded)
    if known is not None:
        return known
    for why, stem in _STEMS:
        if stem.search(folded):
            return Sense.NO_PAYMENT, why
    if folded[:1] == "u" and folded.startswith("un") and folded[2:] in _MEANINGS:
        return Sense.DOUBT, None  # the contrary of a word that is known
    found = _misspelt(folded)
    is_name = word[:1].isupper() and len(folded) < _NAMES_MAX and found[0] in _NEVER_NAMES
    return (Sense.UNKNOWN, None) if is_name or found[0] in _SPELT_RIGHT else found


def is_word(word: str) -> bool:
    """Whether a word is in a list as it is spelt, so that it is hardly somebody's name."""
    folded = fold(word)
    return folded in _MEANINGS or any(stem.search(folded) for _, stem in _STEMS)


def _misspelt(folded: str) -> tuple[Sense, Why | None]:
    """What the closest words say, where they agree and nothing grave is as close."""
    size = len(folded)
    if not 3 <= size <= _CLOSE_MAX:
        return Sense.UNKNOWN, None
    most = 2 if size >= _LONG else 1
    found = process.extract(folded, _ALL_WORDS, scorer=OSA.distance, score_cutoff=most, limit=12)
    if size <= _SHORT_MAX:  # of short words only letters that have changed places
        found = [one for one in found if sorted(one[0]) == sorted(folded)]
    if not found:
        return Sense.UNKNOWN, None
    nearest = min(distance for _, distance, _ in found)
    senses = {_MEANINGS[word] for word, distance, _ in found if distance == nearest}
    if len(senses) > 1 and {sense for sense, _ in senses} <= _HARMLESS_SENSES:
        senses = {min(senses, key=lambda one: _TELLING.index(one[0]))}  # no figure depends on which
    return senses.pop() if len(senses) == 1 else (Sense.UNKNOWN, None)
