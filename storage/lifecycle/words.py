"""The closed sets that the table of transitions is written in: actors, triggers, guards, effects."""

from enum import StrEnum


class Actor(StrEnum):
    """Who moves a case. A debtor moves none: what a debtor writes is read and recorded by the agency."""

    CREDITOR = "creditor"
    SYSTEM = "system"
    AGENCY = "agency"  # the operator
    LEGAL = "legal"  # a person of the legal department
    BANK = "bank"  # an entry of the agency's own bank account
    DEBTOR = "debtor"  # is refused everywhere


class Trigger(StrEnum):
    """What happened; each has one entry in the table."""

    HANDOVER = "handover"
    CHECKS_PASSED = "checks_passed"
    DATA_COMPLETED = "data_completed"
    DATA_ASKED = "data_asked"
    NOT_JUSTIFIED = "not_justified"
    NEXT_STEP = "next_step"
    ATTEMPTS_EXHAUSTED = "attempts_exhausted"
    OBJECTION = "objection"
    OBJECTION_REFUTED = "objection_refuted"
    OBJECTION_JUSTIFIED = "objection_justified"
    COURT_DESPITE_DISPUTE = "court_despite_dispute"
    PLAN_AGREED = "plan_agreed"
    RECALL = "recall"
    HANDED_OVER_BY_ERROR = "handed_over_by_error"
    PLAN_COMPLETED = "plan_completed"
    PLAN_BROKEN = "plan_broken"
    PAID_IN_FULL = "paid_in_full"
    SETTLEMENT_PAID = "settlement_paid"
    SETTLEMENT_LAPSED = "settlement_lapsed"
    PAID_DIRECTLY = "paid_directly"
    PART_PAID_DIRECTLY = "part_paid_directly"
    PAID_BEFORE_HANDOVER = "paid_before_handover"
    PART_PAID_BEFORE_HANDOVER = "part_paid_before_handover"
    OBSTACLE_FOUND = "obstacle_found"
    OBSTACLE_GONE = "obstacle_gone"
    NO_PROSPECTS = "no_prospects"
    PAYMENT_RETURNED = "payment_returned"
    CORRECTION = "correction"


class Guard(StrEnum):
    """A condition of a move; its value is also the code of the refusal where it does not hold."""

    ACCOUNT_APPROVED = "account_not_approved"
    AUTHORITY_RECORDED = "authority_missing"
    NOT_HELD = "case_held"
    FORMAL_CHECKS = "formal_checks_open"
    NOT_TIME_BARRED = "time_barred"
    SERVABLE_ADDRESS = "address_not_servable"
    UNDISPUTED = "claim_disputed"
    NOT_PAUSED = "case_paused"
    OPEN_AMOUNT = "nothing_open"
    CONTACTS_LEFT = "contacts_exhausted"
    CONTACTS_EXHAUSTED = "contacts_left"
    COURT_ANNOUNCED = "court_not_announced"
    PROSPECTS_CONFIRMED = "prospects_not_confirmed"
    COURT_ORDERED = "creditor_has_not_ordered_court"
    WARNED_OF_DISPUTE = "creditor_not_warned"
    OBJECTION_COUNTS = "objection_not_in_writing"
    PROOF_SENT = "proof_not_sent"
    PLAN_NOTICE = "plan_notice_missing"
    PLAN_IN_TEXT_FORM = "plan_not_in_text_form"
    RATE_OVERDUE = "no_rate_overdue"
    PAID_UP = "amount_still_open"
    SETTLEMENT_CONSENTED = "settlement_without_consent"
    SETTLEMENT_MET = "settlement_not_met"
    SETTLEMENT_EXPIRED = "settlement_still_running"
    PAYMENT_KNOWN = "payment_amount_or_date_missing"
    LETTER_RECEIVED = "first_letter_not_received"
    PREPAYMENT_PROVEN = "prepayment_not_proven"
    REVIEW_DATE = "review_date_missing"
    REASON_GIVEN = "reason_missing"
    PROSPECTS_DENIED = "prospects_not_denied"
    PAYMENT_BOUNCED = "no_payment_returned"
    SECOND_PERSON = "second_person_missing"
    PREVIOUS_KNOWN = "previous_status_unknown"


class Effect(StrEnum):
    """What the store does with a move, in the same transaction."""

    BOOK_FEE_SIMPLE = "book_fee_simple"  # 0.5, when letter 1 goes out
    RAISE_FEE_NORMAL = "raise_fee_normal"  # once: the difference to 0.9, from day 14 after letter 1
    SEND_FIRST_LETTER = "send_first_letter"
    PLAN_NEXT_STEP = "plan_next_step"
    STOP_CLOCK = "stop_clock"
    RESUME_CLOCK = "resume_clock"
    ASK_CREDITOR = "ask_creditor"
    ASK_FOR_PROOF = "ask_for_proof"
    INFORM_DEBTOR = "inform_debtor"
    REVERSE_FEES = "reverse_fees"
    BEGIN_LEGAL = "begin_legal"
    BEGIN_PLAN = "begin_plan"
    CALL_IN_REST = "call_in_rest"  # the default clause: the rest is due at once
    RESTART_LIMITATION = "restart_limitation"  # a plan is an acknowledgement, § 212 BGB
    RECHECK_LIMITATION = "recheck_limitation"
    SHOW_COURT_OUTLAYS = "show_court_outlays"  # the operator decides who bears them
    FINAL_STATEMENT = "final_statement"
    REOPEN_STATEMENT = "reopen_statement"
    WAIVE_REST = "waive_rest"
    DROP_WAIVER = "drop_waiver"
    BOOK_DIRECT_PAYMENT = "book_direct_payment"
    DEBIT_AGENCY_SHARE = "debit_agency_share"
    LOWER_PRINCIPAL = "lower_principal"  # with the base of fee and interest; letter 1 anew, if it was sent
    SET_REVIEW_DATE = "set_review_date"
    REVERSE_RECEIPT = "reverse_receipt"
    CLAW_BACK_PAYOUT = "claw_back_payout"
    NOTE_FOR_AUDIT = "note_for_audit"


class Category(StrEnum):
    """How a case was paid, for its statement; no status."""

    FULL_PAYMENT = "full_payment"
    INSTALLMENT = "installment"
    SETTLEMENT = "settlement"
    DIRECT_PAYMENT = "direct_payment"
