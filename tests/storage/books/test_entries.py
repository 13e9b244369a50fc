"""What may be booked, and how an entry is told to the hash chain."""

from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.books.entries import (
    CHAIN_START,
    Entry,
    EntryKind,
    Leg,
    check_balanced,
    legs_text,
    link,
    merged,
    mirrored,
)
from storage.books.ledgers import Ledger
from storage.errors import RefusedError

DAY = date(2026, 4, 1)
LEGS = st.lists(
    st.builds(
        Leg,
        st.sampled_from([Ledger.PRINCIPAL, Ledger.FEE, Ledger.RECEIVED, Ledger.BALANCE]),
        st.integers(-10, 10),
        st.integers(0, 2),
    ),
    max_size=8,
)


def entry(*legs):
    return Entry(kind=EntryKind.FEE, value_date=DAY, case_id=7, legs=legs)


def test_an_entry_that_balances_in_each_section_may_be_booked():
    check_balanced(entry(Leg(Ledger.FEE, 5), Leg(Ledger.CHARGED_AGENCY, -5)))
    check_balanced(
        entry(
            Leg(Ledger.SETTLED, 5),
            Leg(Ledger.FEE, -5),
            Leg(Ledger.RECEIVED, 7),
            Leg(Ledger.CREDITOR_SHARE, -7),
            Leg(Ledger.TRUST_BANK, 1),
            Leg(Ledger.BALANCE, -1),
        )
    )


@pytest.mark.parametrize(
    ("legs", "written"),
    [
        ((), "no legs"),
        ((Leg(Ledger.FEE, 5),), "FEE 5"),
        ((Leg(Ledger.FEE, 5), Leg(Ledger.CHARGED_AGENCY, -4)), "CHARGED_AGENCY -4"),
        ((Leg(Ledger.FEE, 5), Leg(Ledger.BALANCE, -5)), "BALANCE -5"),
        ((Leg(Ledger.FEE, 0), Leg(Ledger.CHARGED_AGENCY, 0)), "FEE 0"),
        ((Leg(Ledger.FEE, 5), Leg(Ledger.CHARGED_AGENCY, -5), Leg(Ledger.VAT, 0)), "VAT 0"),
    ],
)
def test_what_does_not_balance_or_says_nothing_is_refused(legs, written):
    with pytest.raises(RefusedError, match="would unbalance the books") as refused:
        check_balanced(entry(*legs))
    assert written in str(refused.value)


def test_the_hash_is_that_of_one_line_which_anyone_can_write():
    legs = legs_text([(111, 0, 4635), (132, 0, -4635)])
    line = f"{'00' * 32}|1|2|receipt|260000000001|4|0|BGB366_367|2026-04-01|1776677400000000|{legs}"
    told = (1, 2, "receipt", 260000000001, 4, 0, "BGB366_367", "2026-04-01", 1776677400000000, legs)
    assert legs == "111:0:4635,132:0:-4635"
    assert link(CHAIN_START.hex(), *told) == sha256(line.encode("ascii")).digest()


@pytest.mark.parametrize("changed", range(11))
def test_whatever_is_changed_of_an_entry_changes_its_hash(changed):
    told = ["00" * 32, 1, 2, "fee", 7, 3, 0, "AGREED", "2026-04-01", 5, "111:0:5,132:0:-5"]
    before = link(*told)
    told[changed] = told[changed] + 1 if isinstance(told[changed], int) else told[changed] + "1"
    assert link(*told) != before


@given(LEGS)
def test_legs_and_their_mirror_come_to_nothing(legs):
    assert merged([*legs, *mirrored(legs)]) == ()


@given(LEGS)
def test_merging_keeps_the_sum_of_each_bucket_in_one_leg(legs):
    found = merged(legs)
    buckets = {(leg.ledger, leg.position) for leg in legs}
    assert len({(leg.ledger, leg.position) for leg in found}) == len(found)
    assert all(leg.cents for leg in found)
    for ledger, position in buckets:
        of_it = [leg.cents for leg in legs if (leg.ledger, leg.position) == (ledger, position)]
        assert sum(of_it) == sum(
            one.cents for one in found if (one.ledger, one.position) == (ledger, position)
        )
