"""What became of every row: right, asked, refused rightly, missed or wrong.

Strict where it hurts: an accepted row is right only if amount, currency, both dates, the invoice
number and everything that says who owes are exactly what the list says. All that is said of
documents is taken from the contract form (`read --json`).
"""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from tests.accuracy.truth import Case, Claim, Facts, Refuse, Truth


class Outcome(StrEnum):
    RIGHT = "right"
    ASKED = "asked"
    REFUSED = "refused rightly"
    MISSED = "missed"
    WRONG = "WRONG"


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one row; `decided` says whether the file decides the row and it is a claim."""

    row: int
    outcome: Outcome
    decided: bool = False
    reason: str = ""


class Score(msgspec.Struct, frozen=True, kw_only=True):
    """All verdicts on one file."""

    case: Case
    verdicts: list[Verdict]
    is_asked: bool

    @property
    def is_asked_needlessly(self):
        return self.is_asked and self.case.decides


_PLAIN = ("invoice_number", "invoice_date", "due_date")
_COSTS = ("dunning_fee", "bank_return_fee", "interest", "other")
_DEBTOR = ("number", "street", "postcode", "city")


def score(case: Case, documents: list[dict]) -> Score:
    """The verdicts on all rows of a file, in the order of its rows."""
    accepted, refused, asking = _gather(documents)
    if case.by_invoice:
        accepted = _by_invoice(case, accepted)
    verdicts = [
        _verdict(row, truth, accepted.pop(row, []), refused.get(row), asking)
        for row, truth in sorted(case.truths.items())
    ]
    verdicts += [
        _wrong(row, f"accepted what is no item ({_shown(claim)})")
        for row, extra in accepted.items()
        for claim in extra
    ]
    return Score(case=case, verdicts=verdicts, is_asked=asking)


def _gather(documents: list[dict]):
    accepted: dict[int, list[dict]] = {}
    refused: dict[int, list[str]] = {}
    asking = False
    for document in documents:
        if document.get("kind") == "master_data":  # its rows are no items, whatever their numbers
            continue
        asking |= bool(document.get("needs_answer"))
        for row in document.get("accepted", ()):
            accepted.setdefault(row["row"], []).append(row)
        for row in document.get("rejected", ()):
            refused.setdefault(row["row"], []).extend(problem["code"] for problem in row["problems"])
        for row in document.get("skipped", ()):
            refused.setdefault(row["row"], []).append(f"skipped: {row['reason']}")
    return accepted, refused, asking


def _by_invoice(case: Case, accepted: dict[int, list[dict]]) -> dict[int, list[dict]]:
    numbers = {
        truth.facts.get("invoice_number"): row
        for row, truth in case.truths.items()
        if isinstance(truth, Claim)
    }
    found: dict[int, list[dict]] = {}
    for row, claims in accepted.items():
        for claim in claims:
            place = numbers.get(claim["invoice_number"], row if row not in case.truths else -row)
            found.setdefault(place, []).append(claim)
    return found


def _verdict(row: int, truth: Truth, claims: list[dict], codes: list[str] | None, asking: bool) -> Verdict:
    if len(claims) > 1:
        return _wrong(row, "accepted twice", decided=isinstance(truth, Claim) and not truth.may_ask)
    claim = claims[0] if claims else None
    if isinstance(truth, Claim):
        return _of_claim(row, truth, claim, codes, asking)
    if claim is not None:
        what = (
            f"accepted a row that is refused rightly ({truth.why})"
            if isinstance(truth, Refuse)
            else (f"accepted what must be asked ({truth.about})")
        )
        return _wrong(row, what)
    if isinstance(truth, Refuse):
        return Verdict(row=row, outcome=Outcome.REFUSED)
    if asking and (codes is None or "awaits_answer" in codes):
        return Verdict(row=row, outcome=Outcome.ASKED)
    return Verdict(row=row, outcome=Outcome.MISSED, reason=f"not asked ({truth.about}): {_codes(codes)}")


def _of_claim(row: int, truth: Claim, claim: dict | None, codes: list[str] | None, asking: bool) -> Verdict:
    decided = not truth.may_ask
    if claim is None:
        if asking and (codes is None or "awaits_answer" in codes):
            return Verdict(row=row, outcome=Outcome.ASKED, decided=decided, reason="asked")
        if truth.may_refuse:
            return Verdict(row=row, outcome=Outcome.REFUSED, decided=decided)
        return Verdict(row=row, outcome=Outcome.MISSED, decided=decided, reason=_codes(codes))
    differing = differences(truth.facts, claim)
    if differing:
        return _wrong(row, "; ".join(differing), decided=decided)
    return Verdict(row=row, outcome=Outcome.RIGHT, decided=decided)


def differences(facts: Facts, claim: dict) -> list[str]:
    """What an accepted row says otherwise than the list does; empty where all is right."""
    debtor = claim["debtor"]
    found = [_difference(field, facts.get(field), claim[field]) for field in _PLAIN] + [
        _difference(field, facts.get(field), debtor[field]) for field in _DEBTOR
    ]
    found.append(_difference("amount", _money(facts.get("amount")), claim["amount"]))
    found += [
        _difference(f"cost {kind}", facts.get(f"costs.{kind}", 0), _costs(claim, kind)) for kind in _COSTS
    ]
    found.append(_difference("currency", facts.get("currency", "EUR"), claim["currency"]))
    names = (debtor["name"], debtor["first_name"], debtor["company"])
    if debtor["company"] and debtor["name"] and debtor["name"] == facts.get("contact"):
        names = (None, None, debtor["company"])  # a company may keep the person to ask for
    if names not in facts.get("names", ()):
        found.append(f"names: {names} for {sorted(facts.get('names', ()), key=str)}")
    if "kind" in facts:
        found.append(_difference("kind", facts["kind"], debtor["kind"]))
    if "country" in facts:
        found.append(_difference("country", facts["country"], debtor["country"]))
    return [text for text in found if text]


def _costs(claim: dict, kind: str) -> int:
    """Cents of one kind of the creditor's costs."""
    written = [cost["amount"] for cost in claim["creditor_costs"] if cost["kind"] == kind]
    return sum(int(amount.replace(".", "")) for amount in written)


def _difference(field: str, expected: object, read: object) -> str:
    return "" if expected == read else f"{field}: {read!r} for {expected!r}"


def _money(cents: object) -> str | None:
    return None if cents is None else f"{cents // 100}.{cents % 100:02d}"


def _codes(codes: Iterable[str] | None) -> str:
    return ", ".join(sorted(set(codes))) if codes else "no word of it"


def _wrong(row: int, reason: str, *, decided: bool = False) -> Verdict:
    return Verdict(row=row, outcome=Outcome.WRONG, decided=decided, reason=reason)


def _shown(claim: dict) -> str:
    debtor = claim["debtor"]
    return f"{debtor['company'] or debtor['name']}, {claim['invoice_number']}, {claim['amount']}"
