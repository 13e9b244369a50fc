"""The transitions of a case, as data: 26 rules, two of them with a second half.

Marks of the source: S is the product's description, I our own choice where it is silent. What a debtor does
(an objection, a plan) is recorded by the agency or by the legal department, since a debtor moves no status;
what a creditor reports may be recorded by the agency for them.
"""

from enum import StrEnum

import msgspec

from storage.lifecycle.statuses import OPEN, TERMINAL, Status
from storage.lifecycle.words import Actor, Category, Effect, Guard, Trigger


class Place(StrEnum):
    """A target that depends on the case."""

    SAME = "same"
    PREVIOUS = "previous"  # the open status before this one; it must be known
    PREVIOUS_OR_AUTOCOLLECT = "previous_or_autocollect"


class Transition(msgspec.Struct, frozen=True, kw_only=True):
    """One way of a case. No sources: it has no status yet. Guards are asked in their order."""

    number: int
    sources: frozenset[Status]
    target: Status | Place
    trigger: Trigger
    actors: frozenset[Actor]
    guards: tuple[Guard, ...] = ()
    effects: tuple[Effect, ...] = ()
    category: Category | None = None
    source: str


_A, _C, _I, _L, _M = (
    Status.AUTOCOLLECT,
    Status.COMMUNICATION,
    Status.INSTALLMENT,
    Status.LEGALCOLLECT,
    Status.MONITORING,
)
_NEW = frozenset({Status.VALIDATION, Status.ENRICHMENT})
_SYSTEM = frozenset({Actor.SYSTEM})
_HOUSE = frozenset({Actor.SYSTEM, Actor.AGENCY})
_AGENCY = frozenset({Actor.AGENCY})
_CREDITOR = frozenset({Actor.CREDITOR, Actor.AGENCY})
_MONEY = frozenset({Actor.BANK, Actor.SYSTEM, Actor.AGENCY})
_LAWYER = frozenset({Actor.LEGAL, Actor.AGENCY})
_APPROVED = (Guard.ACCOUNT_APPROVED, Guard.AUTHORITY_RECORDED, Guard.NOT_HELD)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        number=1,
        sources=frozenset(),
        target=Status.VALIDATION,
        trigger=Trigger.HANDOVER,
        actors=_CREDITOR,
        source="S1 S4 S5",
    ),
    Transition(
        number=2,
        sources=frozenset({Status.VALIDATION}),
        target=Status.ENRICHMENT,
        trigger=Trigger.CHECKS_PASSED,
        actors=_HOUSE,
        guards=(*_APPROVED, Guard.FORMAL_CHECKS, Guard.NOT_TIME_BARRED),
        source="S3 order, guard I",
    ),
    Transition(
        number=3,
        sources=frozenset({Status.ENRICHMENT}),
        target=_A,
        trigger=Trigger.DATA_COMPLETED,
        actors=_HOUSE,
        guards=(
            *_APPROVED,
            Guard.NOT_PAUSED,
            Guard.NOT_TIME_BARRED,
            Guard.OPEN_AMOUNT,
            Guard.SERVABLE_ADDRESS,
        ),
        effects=(Effect.BOOK_FEE_SIMPLE, Effect.SEND_FIRST_LETTER, Effect.PLAN_NEXT_STEP),
        source="S3, guard I",
    ),
    Transition(
        number=4,
        sources=_NEW,
        target=Place.SAME,
        trigger=Trigger.DATA_ASKED,
        actors=_HOUSE,
        effects=(Effect.ASK_CREDITOR,),
        source="I",
    ),
    Transition(
        number=5,
        sources=_NEW,
        target=Status.UNFOUNDED,
        trigger=Trigger.NOT_JUSTIFIED,
        actors=_AGENCY,
        guards=(Guard.REASON_GIVEN,),
        effects=(Effect.STOP_CLOCK,),
        source="S3 state, edge I",
    ),
    Transition(
        number=6,
        sources=frozenset({_A}),
        target=Place.SAME,
        trigger=Trigger.NEXT_STEP,
        actors=_HOUSE,
        guards=(Guard.NOT_HELD, Guard.NOT_PAUSED, Guard.UNDISPUTED, Guard.OPEN_AMOUNT, Guard.CONTACTS_LEFT),
        effects=(Effect.RAISE_FEE_NORMAL, Effect.PLAN_NEXT_STEP),
        source="S3, fee I",
    ),
    Transition(
        number=7,
        sources=frozenset({_A}),
        target=_L,
        trigger=Trigger.ATTEMPTS_EXHAUSTED,
        actors=_LAWYER | _SYSTEM,
        guards=(
            Guard.NOT_HELD,
            Guard.NOT_PAUSED,
            Guard.CONTACTS_EXHAUSTED,
            Guard.COURT_ANNOUNCED,
            Guard.UNDISPUTED,
            Guard.SERVABLE_ADDRESS,
            Guard.NOT_TIME_BARRED,
            Guard.OPEN_AMOUNT,
            Guard.PROSPECTS_CONFIRMED,
            Guard.COURT_ORDERED,
        ),
        effects=(Effect.BEGIN_LEGAL,),
        source="S3, part I",
    ),
    Transition(
        number=8,
        sources=frozenset({_A, _I, _L, _M}),
        target=_C,
        trigger=Trigger.OBJECTION,
        actors=_LAWYER,
        guards=(Guard.OBJECTION_COUNTS,),
        effects=(Effect.STOP_CLOCK, Effect.ASK_FOR_PROOF),
        source="S3, from-set I",
    ),
    Transition(
        number=9,
        sources=frozenset({_C}),
        target=_A,
        trigger=Trigger.OBJECTION_REFUTED,
        actors=_AGENCY,
        guards=(Guard.PROOF_SENT,),
        effects=(Effect.RESUME_CLOCK,),
        source="I",
    ),
    Transition(
        number=10,
        sources=frozenset({_C}),
        target=Status.UNFOUNDED,
        trigger=Trigger.OBJECTION_JUSTIFIED,
        actors=_CREDITOR,
        guards=(Guard.REASON_GIVEN,),
        effects=(Effect.REVERSE_FEES, Effect.INFORM_DEBTOR),
        source="S3 state, edge I",
    ),
    Transition(
        number=11,
        sources=frozenset({_C}),
        target=_L,
        trigger=Trigger.COURT_DESPITE_DISPUTE,
        actors=_CREDITOR | _LAWYER,
        guards=(
            Guard.WARNED_OF_DISPUTE,
            Guard.COURT_ORDERED,
            Guard.SERVABLE_ADDRESS,
            Guard.NOT_TIME_BARRED,
            Guard.OPEN_AMOUNT,
        ),
        effects=(Effect.BEGIN_LEGAL,),
        source="I",
    ),
    Transition(
        number=12,
        sources=frozenset({_A, _C, _L, _M}),
        target=_I,
        trigger=Trigger.PLAN_AGREED,
        actors=_AGENCY,
        guards=(Guard.PLAN_NOTICE, Guard.PLAN_IN_TEXT_FORM, Guard.OPEN_AMOUNT),
        effects=(Effect.STOP_CLOCK, Effect.BEGIN_PLAN, Effect.RESTART_LIMITATION),
        source="S3, guard I",
    ),
    Transition(
        number=13,
        sources=OPEN,
        target=Status.RECALLED,
        trigger=Trigger.RECALL,
        actors=_CREDITOR,
        effects=(Effect.STOP_CLOCK, Effect.REVERSE_FEES, Effect.INFORM_DEBTOR, Effect.SHOW_COURT_OUTLAYS),
        source="S3",
    ),
    Transition(
        number=14,
        sources=OPEN,
        target=Status.CANCELLED,
        trigger=Trigger.HANDED_OVER_BY_ERROR,
        actors=_CREDITOR,
        guards=(Guard.REASON_GIVEN,),
        effects=(Effect.STOP_CLOCK, Effect.REVERSE_FEES, Effect.INFORM_DEBTOR, Effect.SHOW_COURT_OUTLAYS),
        source="S2 S3",
    ),
    Transition(
        number=15,
        sources=frozenset({_I}),
        target=Status.CLEARED,
        trigger=Trigger.PLAN_COMPLETED,
        actors=_MONEY,
        guards=(Guard.PAID_UP,),
        effects=(Effect.FINAL_STATEMENT,),
        category=Category.INSTALLMENT,
        source="S2 S3",
    ),
    Transition(
        number=16,
        sources=frozenset({_I}),
        target=Place.PREVIOUS_OR_AUTOCOLLECT,
        trigger=Trigger.PLAN_BROKEN,
        actors=_HOUSE,
        guards=(Guard.RATE_OVERDUE,),
        effects=(Effect.CALL_IN_REST, Effect.RESUME_CLOCK),
        source="I",
    ),
    Transition(
        number=17,
        sources=OPEN,
        target=Status.CLEARED,
        trigger=Trigger.PAID_IN_FULL,
        actors=_MONEY,
        guards=(Guard.PAID_UP,),
        effects=(Effect.STOP_CLOCK, Effect.FINAL_STATEMENT),
        category=Category.FULL_PAYMENT,
        source="S2",
    ),
    Transition(
        number=18,
        sources=OPEN,
        target=Status.CLEARED,
        trigger=Trigger.SETTLEMENT_PAID,
        actors=_MONEY,
        guards=(Guard.SETTLEMENT_CONSENTED, Guard.SETTLEMENT_MET),
        effects=(Effect.STOP_CLOCK, Effect.WAIVE_REST, Effect.FINAL_STATEMENT),
        category=Category.SETTLEMENT,
        source="S2 category, I",
    ),
    Transition(
        number=18,
        sources=OPEN,
        target=Place.SAME,
        trigger=Trigger.SETTLEMENT_LAPSED,
        actors=_HOUSE,
        guards=(Guard.SETTLEMENT_EXPIRED,),
        effects=(Effect.DROP_WAIVER, Effect.RESUME_CLOCK),
        source="I: too late, the waiver lapses",
    ),
    Transition(
        number=19,
        sources=OPEN,
        target=Status.CLEARED,
        trigger=Trigger.PAID_DIRECTLY,
        actors=_CREDITOR,
        guards=(Guard.PAYMENT_KNOWN, Guard.LETTER_RECEIVED, Guard.PAID_UP),
        effects=(
            Effect.STOP_CLOCK,
            Effect.BOOK_DIRECT_PAYMENT,
            Effect.DEBIT_AGENCY_SHARE,
            Effect.FINAL_STATEMENT,
        ),
        category=Category.DIRECT_PAYMENT,
        source="S2, effect I",
    ),
    Transition(
        number=20,
        sources=OPEN,
        target=Place.SAME,
        trigger=Trigger.PART_PAID_DIRECTLY,
        actors=_CREDITOR,
        guards=(Guard.PAYMENT_KNOWN,),
        effects=(Effect.BOOK_DIRECT_PAYMENT,),
        source="S2",
    ),
    Transition(
        number=21,
        sources=OPEN,
        target=Status.CANCELLED,
        trigger=Trigger.PAID_BEFORE_HANDOVER,
        actors=_CREDITOR,
        guards=(Guard.PAYMENT_KNOWN, Guard.PREPAYMENT_PROVEN),
        effects=(Effect.STOP_CLOCK, Effect.REVERSE_FEES, Effect.INFORM_DEBTOR),
        source="S2",
    ),
    Transition(
        number=21,
        sources=OPEN,
        target=Place.SAME,
        trigger=Trigger.PART_PAID_BEFORE_HANDOVER,
        actors=_CREDITOR,
        guards=(Guard.PAYMENT_KNOWN, Guard.PREPAYMENT_PROVEN),
        effects=(Effect.LOWER_PRINCIPAL,),
        source="I",
    ),
    Transition(
        number=22,
        sources=frozenset({_A, _I, _C, _L}),
        target=_M,
        trigger=Trigger.OBSTACLE_FOUND,
        actors=_HOUSE,
        guards=(Guard.REASON_GIVEN, Guard.REVIEW_DATE),
        effects=(Effect.STOP_CLOCK, Effect.SET_REVIEW_DATE),
        source="S3, from-set I",
    ),
    Transition(
        number=23,
        sources=frozenset({_M}),
        target=Place.PREVIOUS_OR_AUTOCOLLECT,
        trigger=Trigger.OBSTACLE_GONE,
        actors=_HOUSE,
        guards=(Guard.REASON_GIVEN, Guard.NOT_TIME_BARRED),
        effects=(Effect.RECHECK_LIMITATION, Effect.RESUME_CLOCK),
        source="S3, target I",
    ),
    Transition(
        number=24,
        sources=frozenset({_L}),
        target=_M,
        trigger=Trigger.NO_PROSPECTS,
        actors=_LAWYER,
        guards=(Guard.PROSPECTS_DENIED, Guard.REVIEW_DATE),
        effects=(Effect.STOP_CLOCK, Effect.SET_REVIEW_DATE),
        source="I",
    ),
    Transition(
        number=25,
        sources=frozenset({Status.CLEARED}),
        target=Place.PREVIOUS,
        trigger=Trigger.PAYMENT_RETURNED,
        actors=_MONEY,
        guards=(Guard.PAYMENT_BOUNCED, Guard.PREVIOUS_KNOWN),
        effects=(
            Effect.REVERSE_RECEIPT,
            Effect.CLAW_BACK_PAYOUT,
            Effect.REOPEN_STATEMENT,
            Effect.RESUME_CLOCK,
        ),
        source="I",
    ),
    Transition(
        number=26,
        sources=TERMINAL - {Status.CLEARED},
        target=Place.PREVIOUS,
        trigger=Trigger.CORRECTION,
        actors=_AGENCY,
        guards=(Guard.REASON_GIVEN, Guard.SECOND_PERSON, Guard.PREVIOUS_KNOWN),
        effects=(Effect.NOTE_FOR_AUDIT, Effect.RECHECK_LIMITATION, Effect.RESUME_CLOCK),
        source="I",
    ),
)
BY_TRIGGER: dict[Trigger, Transition] = {one.trigger: one for one in TRANSITIONS}
assert len(BY_TRIGGER) == len(TRANSITIONS) == len(Trigger), "each trigger has one entry"
