"""The stages of court dunning, a thing beside the status: a titled case may well be in INSTALLMENT.

The table is data like that of the statuses. Deadlines of the ZPO: two weeks to object from service
(§§ 692, 694); the enforcement order not before that, and within six months of service (§§ 699, 701), else the
payment order is void.
"""

from datetime import date, timedelta
from enum import StrEnum

import msgspec

from storage.law.periods import months_later
from storage.lifecycle.words import Actor

OBJECTION_DAYS = 14
ENFORCEMENT_MONTHS = 6


class LegalStage(StrEnum):
    """How far court dunning has come."""

    NONE = "none"
    EVALUATION = "evaluation"
    CREDITOR_OK = "creditor_ok"
    ORDER_DRAFTED = "order_drafted"
    ORDER_FILED = "order_filed"
    QUERIED = "queried"  # the court has questions (Monierung)
    NOT_SERVED = "not_served"
    SERVED = "served"
    OBJECTED = "objected"  # the case goes to COMMUNICATION
    ENFORCEMENT_FILED = "enforcement_filed"
    TITLED = "titled"


class LegalTrigger(StrEnum):
    """What happened; each has one entry in the table."""

    BEGIN = "begin"
    CONSENT = "consent"
    DRAFT = "draft"
    FILE = "file"
    QUERY = "query"
    ANSWER = "answer"
    SERVICE_FAILED = "service_failed"
    SERVE_AGAIN = "serve_again"
    SERVICE = "service"
    OBJECT = "object"
    FILE_ENFORCEMENT = "file_enforcement"
    LAPSE = "lapse"
    TITLE = "title"
    ABANDON = "abandon"


class LegalRefusalCode(StrEnum):
    """Why a step was refused."""

    NO_SUCH_STEP = "no_such_legal_step"
    ACTOR_NOT_ALLOWED = "legal_actor_not_allowed"
    SERVICE_DATE_MISSING = "service_date_missing"
    OBJECTION_RUNNING = "objection_period_running"
    ORDER_VOID = "order_void"
    ORDER_VALID = "order_still_valid"


LEGAL_REFUSAL_TEXTS: dict[LegalRefusalCode, tuple[str, str]] = {
    LegalRefusalCode.NO_SUCH_STEP: (
        "Diesen Schritt gibt es im jetzigen Stand des Mahnverfahrens nicht.",
        "This step does not exist at the present stage of court dunning.",
    ),
    LegalRefusalCode.ACTOR_NOT_ALLOWED: (
        "Diesen Schritt darf jemand anderes tun, aber nicht Sie.",
        "This step is for somebody else to take.",
    ),
    LegalRefusalCode.SERVICE_DATE_MISSING: (
        "Der Tag, an dem der Mahnbescheid zugestellt wurde, fehlt.",
        "The day on which the court payment order was served is missing.",
    ),
    LegalRefusalCode.OBJECTION_RUNNING: (
        "Der Kunde kann noch zwei Wochen ab Zustellung widersprechen.",
        "The debtor may still object, within two weeks of service.",
    ),
    LegalRefusalCode.ORDER_VOID: (
        "Seit der Zustellung sind mehr als sechs Monate vergangen; der Mahnbescheid wirkt nicht mehr.",
        "More than six months have passed since service; the court payment order is void.",
    ),
    LegalRefusalCode.ORDER_VALID: (
        "Der Mahnbescheid wirkt noch; seit der Zustellung sind keine sechs Monate vergangen.",
        "The court payment order is still valid; six months since service have not passed.",
    ),
}


class LegalStep(msgspec.Struct, frozen=True, kw_only=True):
    """One way from stage to stage."""

    sources: frozenset[LegalStage]
    target: LegalStage
    trigger: LegalTrigger
    actors: frozenset[Actor]


class LegalFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The day of the step, and the day on which the payment order was served."""

    today: date
    served_on: date | None = None


class LegalMove(msgspec.Struct, frozen=True, kw_only=True):
    """A permitted step."""

    source: LegalStage
    target: LegalStage
    trigger: LegalTrigger
    actor: Actor


class LegalRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """A refused step and why."""

    code: LegalRefusalCode

    @property
    def english(self) -> str:
        """The reason in one sentence."""
        return LEGAL_REFUSAL_TEXTS[self.code][1]

    @property
    def german(self) -> str:
        """The reason in one sentence."""
        return LEGAL_REFUSAL_TEXTS[self.code][0]


_S = LegalStage
_LAWYER = frozenset({Actor.LEGAL, Actor.AGENCY})
_COURT = _LAWYER | {Actor.SYSTEM}  # what the court says, read by a person or from its file
_CREDITOR = frozenset({Actor.CREDITOR, Actor.AGENCY})


def _step(
    sources: tuple[LegalStage, ...], trigger: LegalTrigger, target: LegalStage, actors: frozenset[Actor]
) -> LegalStep:
    return LegalStep(sources=frozenset(sources), target=target, trigger=trigger, actors=actors)


LEGAL_STEPS: tuple[LegalStep, ...] = (
    _step((_S.NONE, _S.OBJECTED), LegalTrigger.BEGIN, _S.EVALUATION, _COURT),
    _step((_S.EVALUATION,), LegalTrigger.CONSENT, _S.CREDITOR_OK, _CREDITOR),
    _step((_S.CREDITOR_OK,), LegalTrigger.DRAFT, _S.ORDER_DRAFTED, _COURT),
    _step((_S.ORDER_DRAFTED,), LegalTrigger.FILE, _S.ORDER_FILED, _LAWYER),
    _step((_S.ORDER_FILED,), LegalTrigger.QUERY, _S.QUERIED, _COURT),
    _step((_S.QUERIED,), LegalTrigger.ANSWER, _S.ORDER_FILED, _LAWYER),
    _step((_S.ORDER_FILED,), LegalTrigger.SERVICE_FAILED, _S.NOT_SERVED, _COURT),
    _step((_S.NOT_SERVED,), LegalTrigger.SERVE_AGAIN, _S.ORDER_FILED, _LAWYER),
    _step((_S.ORDER_FILED,), LegalTrigger.SERVICE, _S.SERVED, _COURT),
    _step((_S.SERVED, _S.ENFORCEMENT_FILED, _S.TITLED), LegalTrigger.OBJECT, _S.OBJECTED, _COURT),
    _step((_S.SERVED,), LegalTrigger.FILE_ENFORCEMENT, _S.ENFORCEMENT_FILED, _LAWYER),
    _step((_S.SERVED,), LegalTrigger.LAPSE, _S.EVALUATION, _COURT),
    _step((_S.ENFORCEMENT_FILED,), LegalTrigger.TITLE, _S.TITLED, _COURT),
    _step((_S.EVALUATION, _S.CREDITOR_OK, _S.ORDER_DRAFTED), LegalTrigger.ABANDON, _S.NONE, _LAWYER),
)
LEGAL_BY_TRIGGER: dict[LegalTrigger, LegalStep] = {one.trigger: one for one in LEGAL_STEPS}
assert len(LEGAL_BY_TRIGGER) == len(LEGAL_STEPS) == len(LegalTrigger), "each trigger has one entry"


def objection_until(served_on: date) -> date:
    """The last day on which the debtor's objection is in time for certain."""
    return served_on + timedelta(days=OBJECTION_DAYS)


def enforcement_until(served_on: date) -> date:
    """The last day to apply for the enforcement order; after it the payment order is void (§ 701 ZPO)."""
    return months_later(served_on, ENFORCEMENT_MONTHS)


def legal_move(
    stage: LegalStage, trigger: LegalTrigger, actor: Actor, facts: LegalFacts
) -> LegalMove | LegalRefusal:
    """What a trigger does to a stage, or why it does nothing."""
    step = LEGAL_BY_TRIGGER[trigger]
    if stage not in step.sources:
        return LegalRefusal(code=LegalRefusalCode.NO_SUCH_STEP)
    if actor not in step.actors:
        return LegalRefusal(code=LegalRefusalCode.ACTOR_NOT_ALLOWED)
    code = _deadline(trigger, facts)
    if code is not None:
        return LegalRefusal(code=code)
    return LegalMove(source=stage, target=step.target, trigger=trigger, actor=actor)


def _deadline(trigger: LegalTrigger, facts: LegalFacts) -> LegalRefusalCode | None:
    if trigger not in {LegalTrigger.SERVICE, LegalTrigger.FILE_ENFORCEMENT, LegalTrigger.LAPSE}:
        return None
    if facts.served_on is None or facts.served_on > facts.today:
        return LegalRefusalCode.SERVICE_DATE_MISSING
    void = facts.today > enforcement_until(facts.served_on)
    if trigger is LegalTrigger.LAPSE:
        return None if void else LegalRefusalCode.ORDER_VALID
    if trigger is LegalTrigger.SERVICE:
        return None
    if void:
        return LegalRefusalCode.ORDER_VOID
    return LegalRefusalCode.OBJECTION_RUNNING if facts.today <= objection_until(facts.served_on) else None
