"""Every move of a case that there is, and every other one refused."""

from datetime import date
from itertools import product

import pytest

from storage.lifecycle.facts import CONDITIONS, Facts
from storage.lifecycle.moves import Move, Refusal, move, move_to, triggers_of
from storage.lifecycle.refusal_texts import REFUSAL_TEXTS
from storage.lifecycle.statuses import OPEN, TERMINAL, Status
from storage.lifecycle.table import TRANSITIONS
from storage.lifecycle.words import Actor, Category, Effect, Guard, Trigger

# Rule, from, trigger, to, who. "open" is every status that is no end, "same" stays, "previous" goes back.
TABLE = """
 1 -                            handover                  VALIDATION    creditor agency
 2 VALIDATION                   checks_passed             ENRICHMENT    system agency
 3 ENRICHMENT                   data_completed            AUTOCOLLECT   system agency
 4 VALIDATION,ENRICHMENT        data_asked                same          system agency
 5 VALIDATION,ENRICHMENT        not_justified             UNFOUNDED     agency
 6 AUTOCOLLECT                  next_step                 same          system agency
 7 AUTOCOLLECT                  attempts_exhausted        LEGALCOLLECT  system legal agency
 8 A,I,L,M                      objection                 COMMUNICATION legal agency
 9 COMMUNICATION                objection_refuted         AUTOCOLLECT   agency
10 COMMUNICATION                objection_justified       UNFOUNDED     creditor agency
11 COMMUNICATION                court_despite_dispute     LEGALCOLLECT  creditor legal agency
12 A,C,L,M                      plan_agreed               INSTALLMENT   agency
13 open                         recall                    RECALLED      creditor agency
14 open                         handed_over_by_error      CANCELLED     creditor agency
15 INSTALLMENT                  plan_completed            CLEARED       bank system agency
16 INSTALLMENT                  plan_broken               previous      system agency
17 open                         paid_in_full              CLEARED       bank system agency
18 open                         settlement_paid           CLEARED       bank system agency
18 open                         settlement_lapsed         same          system agency
19 open                         paid_directly             CLEARED       creditor agency
20 open                         part_paid_directly        same          creditor agency
21 open                         paid_before_handover      CANCELLED     creditor agency
21 open                         part_paid_before_handover same          creditor agency
22 A,I,C,L                      obstacle_found            MONITORING    system agency
23 MONITORING                   obstacle_gone             previous      system agency
24 LEGALCOLLECT                 no_prospects              MONITORING    legal agency
25 CLEARED                      payment_returned          previous      bank system agency
26 UNFOUNDED,CANCELLED,RECALLED correction                previous      agency
"""
GROUPS = {
    "open": "VALIDATION,ENRICHMENT,AUTOCOLLECT,COMMUNICATION,INSTALLMENT,LEGALCOLLECT,MONITORING",
    "A,I,L,M": "AUTOCOLLECT,INSTALLMENT,LEGALCOLLECT,MONITORING",
    "A,C,L,M": "AUTOCOLLECT,COMMUNICATION,LEGALCOLLECT,MONITORING",
    "A,I,C,L": "AUTOCOLLECT,INSTALLMENT,COMMUNICATION,LEGALCOLLECT",
}
ROWS = [line.split(maxsplit=4) for line in TABLE.strip().splitlines()]
ALLOWED = {
    (None if source == "-" else Status(source), Trigger(trigger)): (int(number), target, actors.split())
    for number, sources, trigger, target, actors in ROWS
    for source in GROUPS.get(sources, sources).split(",")
}
EVERY_STATUS = [None, *Status]
EVERYTHING_HOLDS = Facts(
    held=False,
    paused=False,
    disputed=False,
    time_barred=False,
    open_cents=10_000,
    account_approved=True,
    authority_recorded=True,
    formal_checks_passed=True,
    servable_address=True,
    contacts_made=1,
    contacts_planned=4,
    court_announced=True,
    prospects=True,
    court_ordered=True,
    creditor_warned=True,
    objection_in_writing=True,
    proof_sent=True,
    plan_notice_given=True,
    plan_in_text_form=True,
    rate_overdue=True,
    settlement_consented=True,
    settlement_met=True,
    payment_amount_known=True,
    payment_date_known=True,
    first_letter_sent=True,
    first_letter_received=True,
    prepayment_evidence=True,
    payment_bounced=True,
    reason="weil",
    review_on=date(2026, 12, 1),
    second_person=True,
)
PAID = {"open_cents": 0}
DIFFERENT = {
    Trigger.ATTEMPTS_EXHAUSTED: {"contacts_made": 4},
    Trigger.PLAN_COMPLETED: PAID,
    Trigger.PAID_IN_FULL: PAID,
    Trigger.PAID_DIRECTLY: PAID,
    Trigger.SETTLEMENT_LAPSED: {"settlement_met": False, "settlement_expired": True},
    Trigger.NO_PROSPECTS: {"prospects": False},
}


def with_(facts, **changes):
    return Facts(**{name: getattr(facts, name) for name in Facts.__struct_fields__} | changes)


def fitting(trigger, status=None):
    """Facts under which all guards of a trigger hold; the previous status is not the present one."""
    previous = Status.LEGALCOLLECT if status is Status.INSTALLMENT else Status.INSTALLMENT
    return with_(EVERYTHING_HOLDS, previous=previous, **DIFFERENT.get(trigger, {}))


@pytest.mark.parametrize(("status", "trigger"), list(ALLOWED), ids=str)
def test_a_move_of_the_table_is_allowed(status, trigger):
    number, target, actors = ALLOWED[status, trigger]
    facts = fitting(trigger, status)
    expected = {"same": status, "previous": facts.previous}.get(target) or Status(target)
    for actor in map(Actor, actors):
        made = move(status, trigger, actor, facts)
        assert isinstance(made, Move)
        assert (made.number, made.source, made.target, made.trigger) == (number, status, expected, trigger)


def test_every_other_move_is_refused():
    refused = [pair for pair in product(EVERY_STATUS, Trigger) if pair not in ALLOWED]
    assert len(refused) == len(EVERY_STATUS) * len(Trigger) - len(ALLOWED)
    for (status, trigger), actor in product(refused, set(Actor) - {Actor.DEBTOR}):
        assert move(status, trigger, actor, fitting(trigger, status)) == Refusal(code="no_such_move")


def test_every_actor_that_the_table_does_not_name_is_refused():
    for (status, trigger), (_, _, actors) in ALLOWED.items():
        for actor in set(Actor) - set(map(Actor, actors)) - {Actor.DEBTOR}:
            answer = move(status, trigger, actor, fitting(trigger, status))
            assert answer == Refusal(code="actor_not_allowed"), (status, trigger, actor)


def test_a_debtor_moves_nothing():
    for status, trigger in product(EVERY_STATUS, Trigger):
        assert move(status, trigger, Actor.DEBTOR, fitting(trigger)).code == "debtor_moves_nothing"
    assert move_to(Status.AUTOCOLLECT, Status.RECALLED, Actor.DEBTOR, EVERYTHING_HOLDS).code == (
        "debtor_moves_nothing"
    )


# What makes each guard fail, when all else holds.
BROKEN = {
    Guard.ACCOUNT_APPROVED: {"account_approved": False},
    Guard.AUTHORITY_RECORDED: {"authority_recorded": False},
    Guard.NOT_HELD: {"held": True},
    Guard.FORMAL_CHECKS: {"formal_checks_passed": False},
    Guard.NOT_TIME_BARRED: {"time_barred": True},
    Guard.SERVABLE_ADDRESS: {"servable_address": False},
    Guard.UNDISPUTED: {"disputed": True},
    Guard.NOT_PAUSED: {"paused": True},
    Guard.OPEN_AMOUNT: {"open_cents": 0},
    Guard.CONTACTS_LEFT: {"contacts_made": 4},
    Guard.CONTACTS_EXHAUSTED: {"contacts_made": 3},
    Guard.COURT_ANNOUNCED: {"court_announced": False},
    Guard.PROSPECTS_CONFIRMED: {"prospects": None},
    Guard.COURT_ORDERED: {"court_ordered": False},
    Guard.WARNED_OF_DISPUTE: {"creditor_warned": False},
    Guard.OBJECTION_COUNTS: {"objection_in_writing": False},
    Guard.PROOF_SENT: {"proof_sent": False},
    Guard.PLAN_NOTICE: {"plan_notice_given": False},
    Guard.PLAN_IN_TEXT_FORM: {"plan_in_text_form": False},
    Guard.RATE_OVERDUE: {"rate_overdue": False},
    Guard.PAID_UP: {"open_cents": 1},
    Guard.SETTLEMENT_CONSENTED: {"settlement_consented": False},
    Guard.SETTLEMENT_MET: {"settlement_met": False},
    Guard.SETTLEMENT_EXPIRED: {"settlement_expired": False},
    Guard.PAYMENT_KNOWN: {"payment_date_known": False},
    Guard.LETTER_RECEIVED: {"first_letter_received": False},
    Guard.PREPAYMENT_PROVEN: {"prepayment_evidence": False},
    Guard.REVIEW_DATE: {"review_on": None},
    Guard.REASON_GIVEN: {"reason": " "},
    Guard.PROSPECTS_DENIED: {"prospects": None},
    Guard.PAYMENT_BOUNCED: {"payment_bounced": False},
    Guard.SECOND_PERSON: {"second_person": False},
    Guard.PREVIOUS_KNOWN: {"previous": None},
}
GUARDED = [(one, guard) for one in TRANSITIONS for guard in one.guards]


@pytest.mark.parametrize(
    ("transition", "guard"), GUARDED, ids=lambda value: str(getattr(value, "trigger", value))
)
def test_each_guard_stops_its_move_and_says_why(transition, guard):
    status = min(transition.sources)
    facts = with_(fitting(transition.trigger, status), **BROKEN[guard])
    answer = move(status, transition.trigger, min(transition.actors), facts)
    assert answer == Refusal(code=guard.value, unmet=(guard,))
    assert answer.german.endswith(".")
    assert answer.english.endswith(".")
    assert answer.german != answer.english


def test_every_guard_is_used_and_can_fail():
    assert {guard for _, guard in GUARDED} == set(Guard) == set(BROKEN) == set(CONDITIONS)


def test_a_refusal_names_all_that_is_missing():
    facts = Facts(held=True, paused=False, disputed=False, time_barred=False, open_cents=100)
    answer = move(Status.VALIDATION, Trigger.CHECKS_PASSED, Actor.SYSTEM, facts)
    assert answer.code == Guard.ACCOUNT_APPROVED
    assert answer.unmet == (
        Guard.ACCOUNT_APPROVED,
        Guard.AUTHORITY_RECORDED,
        Guard.NOT_HELD,
        Guard.FORMAL_CHECKS,
    )


def test_every_refusal_has_its_sentence_in_both_languages():
    own = {"no_such_move", "actor_not_allowed", "debtor_moves_nothing", "no_way_there"}
    assert set(REFUSAL_TEXTS) == {guard.value for guard in Guard} | own
    assert all(text.strip() for pair in REFUSAL_TEXTS.values() for text in pair)


def test_a_probably_time_barred_claim_passes_with_the_creditors_word():
    facts = with_(fitting(Trigger.CHECKS_PASSED), time_barred=True, limitation_answered=True)
    assert isinstance(move(Status.VALIDATION, Trigger.CHECKS_PASSED, Actor.SYSTEM, facts), Move)


def test_a_lawyer_counts_as_an_objection_and_a_phone_call_does_not():
    lawyer = with_(fitting(Trigger.OBJECTION), objection_in_writing=False, represented=True)
    phone = with_(fitting(Trigger.OBJECTION), objection_in_writing=False)
    assert move(Status.AUTOCOLLECT, Trigger.OBJECTION, Actor.AGENCY, lawyer).target is Status.COMMUNICATION
    assert move(Status.AUTOCOLLECT, Trigger.OBJECTION, Actor.AGENCY, phone).code == "objection_not_in_writing"


def test_payment_before_handover_needs_proof_only_once_the_first_letter_has_left():
    facts = with_(fitting(Trigger.PAID_BEFORE_HANDOVER), first_letter_sent=False, prepayment_evidence=False)
    made = move(Status.ENRICHMENT, Trigger.PAID_BEFORE_HANDOVER, Actor.CREDITOR, facts)
    assert made.target is Status.CANCELLED


@pytest.mark.parametrize(("open_cents", "target"), [(-5, Status.CLEARED), (0, Status.CLEARED), (1, None)])
def test_a_case_is_cleared_when_nothing_is_open(open_cents, target):
    facts = with_(EVERYTHING_HOLDS, open_cents=open_cents)
    answer = move(Status.AUTOCOLLECT, Trigger.PAID_IN_FULL, Actor.BANK, facts)
    assert getattr(answer, "target", None) is target


def test_within_the_tolerance_a_case_is_cleared():
    facts = with_(EVERYTHING_HOLDS, open_cents=5, tolerance_cents=5)
    assert move(Status.AUTOCOLLECT, Trigger.PAID_IN_FULL, Actor.BANK, facts).target is Status.CLEARED
    assert move(Status.AUTOCOLLECT, Trigger.NEXT_STEP, Actor.SYSTEM, facts).code == "nothing_open"


@pytest.mark.parametrize(
    ("trigger", "category"),
    [
        (Trigger.PAID_IN_FULL, Category.FULL_PAYMENT),
        (Trigger.PLAN_COMPLETED, Category.INSTALLMENT),
        (Trigger.SETTLEMENT_PAID, Category.SETTLEMENT),
        (Trigger.PAID_DIRECTLY, Category.DIRECT_PAYMENT),
    ],
)
def test_what_clears_a_case_decides_the_category_of_its_statement(trigger, category):
    facts = fitting(trigger, Status.INSTALLMENT)
    assert move(Status.INSTALLMENT, trigger, Actor.AGENCY, facts).category is category


def test_only_a_move_to_cleared_has_a_category_and_a_final_statement():
    for one in TRANSITIONS:
        cleared = one.target is Status.CLEARED
        assert (one.category is not None) == cleared == (Effect.FINAL_STATEMENT in one.effects), one.trigger


@pytest.mark.parametrize("trigger", [Trigger.PLAN_BROKEN, Trigger.OBSTACLE_GONE])
def test_without_a_previous_status_a_case_goes_back_to_autocollect(trigger):
    status = Status.INSTALLMENT if trigger is Trigger.PLAN_BROKEN else Status.MONITORING
    facts = with_(fitting(trigger), previous=None)
    assert move(status, trigger, Actor.SYSTEM, facts).target is Status.AUTOCOLLECT


@pytest.mark.parametrize("previous", [*sorted(TERMINAL), Status.MONITORING])
def test_a_previous_status_that_cannot_be_is_refused(previous):
    facts = with_(EVERYTHING_HOLDS, previous=previous)
    answer = move(Status.MONITORING, Trigger.OBSTACLE_GONE, Actor.AGENCY, facts)
    assert answer.code == "previous_status_unknown"


def test_by_hand_only_the_ways_of_the_table_lead_anywhere():
    ways = {(Status.INSTALLMENT, Status.AUTOCOLLECT), (Status.MONITORING, Status.AUTOCOLLECT)}
    ways |= {
        (status, Status(target))
        for (status, _), (_, target, _) in ALLOWED.items()
        if status is not None and target not in {"same", "previous"}
    }
    for status, target in product(Status, Status):
        answer = move_to(status, target, Actor.AGENCY, EVERYTHING_HOLDS)
        refused = isinstance(answer, Refusal) and answer.code == "no_way_there"
        assert refused == ((status, target) not in ways), (status, target)


def test_by_hand_a_case_in_monitoring_goes_on_or_back_to_where_it_was():
    facts = with_(EVERYTHING_HOLDS, previous=Status.LEGALCOLLECT)
    for target in (Status.LEGALCOLLECT, Status.AUTOCOLLECT):
        assert move_to(Status.MONITORING, target, Actor.AGENCY, facts).target is target


def test_by_hand_a_refusal_is_that_of_the_nearest_way():
    facts = with_(EVERYTHING_HOLDS, settlement_met=False)
    answer = move_to(Status.AUTOCOLLECT, Status.CLEARED, Actor.AGENCY, facts)
    assert answer.code == "amount_still_open"
    assert move_to(Status.CLEARED, Status.CANCELLED, Actor.AGENCY, facts).code == "no_way_there"
    assert (
        move_to(Status.COMMUNICATION, Status.AUTOCOLLECT, Actor.CREDITOR, facts).code == "actor_not_allowed"
    )


def test_what_can_happen_to_a_case_is_told():
    assert triggers_of(None) == (Trigger.HANDOVER,)
    assert triggers_of(Status.CLEARED) == (Trigger.PAYMENT_RETURNED,)
    assert Trigger.NEXT_STEP in triggers_of(Status.AUTOCOLLECT)


def test_open_and_terminal_are_all_statuses():
    assert set(Status) == OPEN | TERMINAL
    assert not OPEN & TERMINAL
    assert len(Status) == 11
