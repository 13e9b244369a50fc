"""The stages of court dunning: every step that there is, and every other one refused."""

from datetime import date
from itertools import product

import pytest

from storage.lifecycle.legal import (
    LEGAL_REFUSAL_TEXTS,
    LegalFacts,
    LegalMove,
    LegalRefusal,
    LegalRefusalCode,
    LegalStage,
    LegalTrigger,
    enforcement_until,
    legal_move,
    objection_until,
)
from storage.lifecycle.words import Actor

SERVED = date(2026, 8, 31)
TABLE = """
none,objected                          begin            evaluation
evaluation                             consent          creditor_ok
creditor_ok                            draft            order_drafted
order_drafted                          file             order_filed
order_filed                            query            queried
queried                                answer           order_filed
order_filed                            service_failed   not_served
not_served                             serve_again      order_filed
order_filed                            service          served
served,enforcement_filed,titled        object           objected
served                                 file_enforcement enforcement_filed
served                                 lapse            evaluation
enforcement_filed                      title            titled
evaluation,creditor_ok,order_drafted   abandon          none
"""
ALLOWED = {
    (LegalStage(source), LegalTrigger(trigger)): LegalStage(target)
    for sources, trigger, target in map(str.split, TABLE.strip().splitlines())
    for source in sources.split(",")
}


def fitting(trigger):
    day = date(2027, 3, 1) if trigger is LegalTrigger.LAPSE else date(2026, 9, 15)
    return LegalFacts(today=day, served_on=SERVED)


@pytest.mark.parametrize(("stage", "trigger"), list(ALLOWED), ids=str)
def test_a_step_of_the_table_is_allowed(stage, trigger):
    made = legal_move(stage, trigger, Actor.AGENCY, fitting(trigger))
    assert isinstance(made, LegalMove)
    assert (made.source, made.target) == (stage, ALLOWED[stage, trigger])


def test_every_other_step_is_refused():
    for pair in product(LegalStage, LegalTrigger):
        if pair not in ALLOWED:
            answer = legal_move(*pair, Actor.AGENCY, fitting(pair[1]))
            assert answer == LegalRefusal(code=LegalRefusalCode.NO_SUCH_STEP), pair


def test_neither_debtor_nor_bank_takes_a_step():
    for (stage, trigger), actor in product(ALLOWED, (Actor.DEBTOR, Actor.BANK)):
        answer = legal_move(stage, trigger, actor, fitting(trigger))
        assert answer.code is LegalRefusalCode.ACTOR_NOT_ALLOWED


def test_the_creditor_consents_and_no_machine_files():
    facts = fitting(LegalTrigger.FILE)
    assert isinstance(
        legal_move(LegalStage.EVALUATION, LegalTrigger.CONSENT, Actor.CREDITOR, facts), LegalMove
    )
    assert isinstance(
        legal_move(LegalStage.EVALUATION, LegalTrigger.CONSENT, Actor.SYSTEM, facts), LegalRefusal
    )
    assert isinstance(
        legal_move(LegalStage.ORDER_DRAFTED, LegalTrigger.FILE, Actor.SYSTEM, facts), LegalRefusal
    )


def test_the_deadlines_run_from_service():
    assert objection_until(SERVED) == date(2026, 9, 14)
    assert enforcement_until(SERVED) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 8, 30), LegalRefusalCode.SERVICE_DATE_MISSING),
        (date(2026, 9, 14), LegalRefusalCode.OBJECTION_RUNNING),
        (date(2026, 9, 15), None),
        (date(2027, 2, 28), None),
        (date(2027, 3, 1), LegalRefusalCode.ORDER_VOID),
    ],
)
def test_the_enforcement_order_has_its_time(today, code):
    answer = legal_move(
        LegalStage.SERVED,
        LegalTrigger.FILE_ENFORCEMENT,
        Actor.LEGAL,
        LegalFacts(today=today, served_on=SERVED),
    )
    assert getattr(answer, "code", None) is code


def test_a_payment_order_lapses_only_after_six_months():
    early = legal_move(
        LegalStage.SERVED,
        LegalTrigger.LAPSE,
        Actor.SYSTEM,
        LegalFacts(today=date(2027, 2, 28), served_on=SERVED),
    )
    assert early.code is LegalRefusalCode.ORDER_VALID


def test_service_without_its_day_is_refused():
    answer = legal_move(
        LegalStage.ORDER_FILED, LegalTrigger.SERVICE, Actor.SYSTEM, LegalFacts(today=date(2026, 9, 1))
    )
    assert answer.code is LegalRefusalCode.SERVICE_DATE_MISSING


def test_every_refusal_has_its_sentence_in_both_languages():
    assert set(LEGAL_REFUSAL_TEXTS) == set(LegalRefusalCode)
    for code in LegalRefusalCode:
        refusal = LegalRefusal(code=code)
        assert refusal.german != refusal.english
