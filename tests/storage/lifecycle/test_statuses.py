"""What is kept beside the status."""

import subprocess
import sys

import pytest

from storage.engine.schema import STATUSES
from storage.lifecycle.statuses import PaymentState, ProcessingState, Status, payment_state, processing_state


def test_the_store_knows_the_same_statuses():
    assert tuple(Status) == STATUSES
    assert {type(status) for status in STATUSES} == {str}


@pytest.mark.parametrize(
    ("received", "still_open", "state"),
    [
        (0, 100, PaymentState.UNPAID),
        (-5, 100, PaymentState.UNPAID),
        (1, 99, PaymentState.PART_PAID),
        (100, 0, PaymentState.PAID),
        (101, -1, PaymentState.OVERPAID),
    ],
)
def test_payment_states(received, still_open, state):
    assert payment_state(received_cents=received, open_cents=still_open) is state


@pytest.mark.parametrize(
    ("held", "paused", "waiting", "state"),
    [
        (True, True, True, ProcessingState.HELD),
        (False, True, True, ProcessingState.PAUSED),
        (False, False, True, ProcessingState.WAITING),
        (False, False, False, ProcessingState.RUNNING),
    ],
)
def test_the_strongest_reason_not_to_go_on_is_told(held, paused, waiting, state):
    assert processing_state(held=held, paused=paused, waiting=waiting) is state


def test_the_rules_load_no_database_library():
    law = "interest fees lump_sum limitation courts default"
    lifecycle = "moves direct_payment legal autocollect"
    rooms = ", ".join(
        [f"storage.law.{name}" for name in law.split()]
        + [f"storage.lifecycle.{name}" for name in lifecycle.split()]
    )
    check = f"import sys, {rooms}; print('sqlalchemy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
