"""Intents, ranked: every rule names what must and what must not be said, and how strongly that speaks.

An intent's score is that of its strongest rule. Where the best does not lead by MARGIN, the sender
is offered the choices and nothing is guessed. Where none reaches CERTAIN, the intent is OTHER, with
whatever there is a sign of as choices.

What is said is a set of names: the concepts of vocabulary.toml, and the facts that were found
(HAS_CASE, HAS_NAME, HAS_STATUS …, see `understand.py`).
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.understanding.request import Intent

MARGIN = 1.0
CERTAIN = 3.0
CHOICES_MAX = 4

# `A|B`: one of them; `-A`: must not be said. A group that is in nearly all rules of an intent has a name.
_RULES = """
case_status
  2 CASE -CASES
  2 DEBTOR
  2 OWED
  5 STATE
  5 HOWSTANDS CASE|HAS_CASE|HAS_REFERENCE|HAS_NAME|DEBTOR|HAS_FAILED
  3 HAS_CASE
  5 HAS_CASE CASES
  3 HAS_REFERENCE
  3 HAS_NAME
  3 HAS_FAILED
  7 WHY STATUS_CODE -CASES
  6 WHY S_UNFOUNDED|REJECTED -CASES
  7 WHY CASE|HAS_CASE HAS_STATUS|REJECTED -CASES
  4 WHY CASE|HAS_CASE
  7 WHY CANCEL|WITHDRAW|CLOSE
  6 OWED HOWMUCH -CASES
  5 OWED HAS_CASE|HAS_NAME|HAS_REFERENCE -CASES
  6 COURT ASKS -CASES
  4 COURT
  7 COURT QUESTION -CASES -COSTS -LIMITATION -WHICH
  6 OBJECT ASKS -CASES
  4 OBJECT -CASES
  6 PLAN RUNS|ASKS -CASES
  6 DOCUMENTS NEED
  5 NEXTSTEP
  7 MUSTPAY HAS_CASE|HAS_NAME|HAS_REFERENCE|DEBTOR -MAYPAY -COSTS -HAVETOPAY
  5 HAS_STATUS ASKS HAS_NAME|HAS_CASE|HAS_REFERENCE -C_INSTALLMENT -PAID -LIST -CANCEL
  6 NEXTSTEP WHEN|HAS_CASE|HAS_NAME|MEANS
  5 LETTER ASKS|WHEN
  7 ASKS S_CANCELLED|S_RECALLED|S_CLEARED HAS_CASE|HAS_REFERENCE|HAS_NAME -CANCEL -PAID
  6 ASKS CASE S_CANCELLED|S_RECALLED|S_CLEARED -CASES -PAID
  6 STATUS_CODE ASKS HAS_CASE|HAS_REFERENCE|HAS_NAME -MEANS -C_INSTALLMENT
cases_list
  2 CASES
  2 HAS_COMPARISON
  2 HAS_STATUS
  2 LIST HAS_PERIOD
  2 OPEN
  9 COUNT CASES -LIMITATION -HAS_CASE -OVERVIEW -PERCENT
  9 COUNT CASES OVERVIEW -PERCENT
  8 OVERVIEW CASES
  9 OVERVIEW CASES HAS_STATUS|OPEN|HAS_COMPARISON
  8 WHICH DEBTOR HAS_STATUS
  7 LIST|COUNT CASES -LIMITATION -HAS_CASE
  6 CASES HAS_STATUS|HAS_COMPARISON|OPEN -WHY -HAS_CASE -CLAIMED
  5 CASES HAS_PERIOD -LIMITATION -HAS_CASE
  7 CASES ARRIVED|HANDED -HAS_CASE
  5 LIST|COUNT HAS_STATUS -STATEMENT -PAYMENT -HAS_CASE
  4 STATUS_CODE -WHY -MEANS -HAS_CASE -HAS_NAME -HAS_REFERENCE
  4 LIST CASE -HAS_CASE
  4 LIST DEBTOR
  7 LIST ARRIVED OURS -PAYMENT -MONEY -FIGURE
balance
  7 BALANCE
  5 HOWMUCH MONEY -PAYOUT
  4 ACCOUNT
  4 MONEY -ASKS -HAS_CASE -HAS_NAME
payouts
  7 PAYOUT
  6 WHEN MONEY
  8 TOUS WHEN|ASKS|HOWMUCH|HAS_PERIOD
  7 GET OURS HOWMUCH|WHEN -PAYMENT -HAS_NAME -HAS_CASE
  4 MONEY -ASKS -HAS_CASE -HAS_NAME
  8 PAID YOUPAID -DEBTOR -HAS_NAME -COSTS
payments_list
  2 PAID
  2 HAS_COMPARISON
  2 HAS_PERIOD
  2 ARRIVED
  2 C_INSTALLMENT|C_DIRECT|C_FULL
  4 PAYMENT
  7 PAYMENT LIST|HAS_PERIOD|ARRIVED|COUNT|HAS_COMPARISON
  6 PAYMENT ASKS
  6 PAID ASKS -MUSTPAY -HAVETOPAY -CANCEL -CASES -MAYPAY -CLOSE
  6 PAID QUESTION HAS_CASE|HAS_REFERENCE|HAS_NAME|DEBTOR -HAVETOPAY -CANCEL -CASES -MAYPAY -CLOSE
  7 PAID WHO
  9 WHICH DEBTOR PAID -C_INSTALLMENT
  6 NOTPAID -COSTS -HAVETOPAY -CANCEL -CASES
  7 MONEY|FIGURE ARRIVED -CASE
  6 PAYMENT QUESTION
  6 CAMEIN HAS_CASE|HAS_REFERENCE|HAS_NAME -CASES -LETTER -DOCUMENTS -HANDED
  6 ARRIVED HAS_PERIOD -CASE -HANDED -BALANCE
  6 C_INSTALLMENT HAS_PERIOD -CASES -STATEMENT
  7 C_DIRECT LIST|HAS_PERIOD -STATEMENT -CASES
  6 C_INSTALLMENT ARRIVED|PAID -CASES -STATEMENT
  5 C_INSTALLMENT LIST -CASES
statements
  2 HAS_PERIOD
  2 C_SETTLEMENT
  8 STATEMENT
export
  9 FILE
cancel_case
  8 CANCEL -COSTS -WHICH -WHY -KEEP
  8 WITHDRAW -COSTS -WHICH -WHY -KEEP
  9 CLOSE PAID -WHY -KEEP -QUESTION
  6 CLOSE -WHY -KEEP -ACCOUNT
  8 CLOSE CASE|HAS_CASE|HAS_REFERENCE|HAS_NAME|COLLECT -COSTS -WHY -KEEP -WHICH
  6 CALLVERB CASE|HAS_CASE|HAS_REFERENCE|HAS_NAME -TALK
  5 CALLBACK HAS_CASE|HAS_REFERENCE -PLEASE
  7 CALLBACK CASE -PLEASE -TALK
report_payment
  2 PAID -QUESTION
  2 HAS_EXACT -QUESTION
  4 PAYMENT -LIST -HAS_PERIOD -ASKS
  8 PAYMENT|C_DIRECT|C_INSTALLMENT REPORT
  7 PAID TOUSPAID -QUESTION -NOTPAID -CLAIMED -PROMISED
  7 PAID DIRECT -QUESTION -NOTPAID -CLAIMED -PROMISED
  5 PAID CASE|HAS_CASE|HAS_NAME|HAS_REFERENCE|DEBTOR -QUESTION -NOTPAID -CLAIMED -PROMISED
  5 C_DIRECT -LIST -HAS_PERIOD
update_debtor
  2 ADDRESS
  2 DEBTOR CHANGED
  8 ADDRESS CHANGED
  7 MOVED -CASES
  7 DIED -CASES
  5 ADDRESS DEBTOR|HAS_NAME|HAS_CASE
costs
  8 COSTS
  8 HAVETOPAY
limitation
  9 LIMITATION
explain_status
  2 HAS_STATUS
  2 STATUSWORD
  8 MEANS HAS_STATUS -WHY -CASES -COSTS
  9 MEANS STATUS_CODE -WHY
  6 MEANSIT
  8 STATUSES
why
  2 WHY
  2 FIGURE
  10 WHY HAS_EXACT
  7 MEANS HAS_EXACT -HAS_STATUS
  7 MADEOF HAS_EXACT|FIGURE|HAS_CASE|WHY
  6 WHY FIGURE
  4 HAS_EXACT QUESTION
  2 HAS_EXACT
overview
  9 OVERVIEW PERCENT
  8 OVERVIEW -STATEMENT -PAYMENT -PAYOUT -BALANCE -COSTS -LIMITATION -HAS_CASE -HAS_NAME -HAS_REFERENCE
help
  6 HELP
  8 CANDO
  7 HOWTO HANDED|CASE
  8 HOWTO HANDED CASE
  4 HOWTO
  7 HANDOVERWISH -CANCEL -CLOSE -WITHDRAW
  9 MAYPAY PAID
human
  2 CHANGED OURS
  8 TALK HUMAN|OURS
  8 KEEP
  5 WHATNOW
  9 ACCOUNT CLOSE
  6 TALK
  6 HUMAN
  8 BANKDATA
  4 ACCOUNT
  8 ACCOUNT CHANGED
  7 CALLBACK -HAS_CASE
  8 CALLBACK PLEASE
  5 CALLBACK
  5 CALLVERB
  7 COMPLAIN
  7 OPINION
  5 AGREE
"""


class Rule(NamedTuple):
    """One way to say what is wanted."""

    intent: Intent
    score: float
    needs: tuple[frozenset[str], ...]
    bars: frozenset[str]


class Ranked(NamedTuple):
    """Intents by score, the best first; `choices` where the best does not lead by enough."""

    scores: tuple[tuple[Intent, float], ...]

    @property
    def best(self) -> Intent:
        """The intent of the highest score, if that is certain enough."""
        return self.scores[0][0] if self.scores and self.scores[0][1] >= CERTAIN else Intent.OTHER

    @property
    def strength(self) -> float:
        """The highest score."""
        return self.scores[0][1] if self.scores else 0.0

    @property
    def choices(self) -> tuple[Intent, ...]:
        """What is offered to choose; empty where the best intent is certain."""
        near = tuple(intent for intent, score in self.scores if self.strength - score < MARGIN)
        return near[:CHOICES_MAX] if len(near) > 1 or self.best is Intent.OTHER else ()


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules, from the table above."""
    found = []
    intent = Intent.OTHER
    for line in _RULES.splitlines():
        if not line.startswith(" "):
            intent = Intent(line) if line else intent
            continue
        score, *groups = line.split()
        found.append(
            Rule(
                intent,
                float(score),
                tuple(frozenset(group.split("|")) for group in groups if not group.startswith("-")),
                frozenset(group[1:] for group in groups if group.startswith("-")),
            )
        )
    return tuple(found)


def ranked(said: Iterable[str]) -> Ranked:
    """The intents that what is said speaks for."""
    names = frozenset(said)
    best: dict[Intent, float] = {}
    for rule in rules():
        if rule.score <= best.get(rule.intent, 0.0) or rule.bars & names:
            continue
        if all(group & names for group in rule.needs):
            best[rule.intent] = rule.score
    return Ranked(tuple(sorted(best.items(), key=lambda one: -one[1])))
