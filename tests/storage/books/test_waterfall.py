"""Who gets what came in: the creditor first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.books.waterfall import share

CENTS = st.integers(0, 10**9)


@pytest.mark.parametrize(
    ("received", "charged_creditor", "charged_agency", "expected"),
    [
        (0, 25_500, 5_562, (0, 0, 0)),
        (10_000, 25_500, 5_562, (10_000, 0, 0)),  # nothing to the agency before the creditor has all
        (25_500, 25_500, 5_562, (25_500, 0, 0)),
        (25_501, 25_500, 5_562, (25_500, 1, 0)),
        (31_802, 26_240, 5_562, (26_240, 5_562, 0)),  # the whole worked example
        (40_000, 25_500, 5_562, (25_500, 5_562, 8_938)),
        (500, 0, 0, (0, 0, 500)),
        (500, 0, 300, (0, 300, 200)),
    ],
)
def test_receipts_are_shared_creditor_first(received, charged_creditor, charged_agency, expected):
    found = share(received, charged_creditor, charged_agency)
    assert (found.creditor, found.agency, found.surplus) == expected


@given(CENTS, CENTS, CENTS)
def test_every_cent_has_one_owner_and_the_agency_waits_for_the_creditor(received, creditor, agency):
    found = share(received, creditor, agency)
    assert found.creditor + found.agency + found.surplus == received
    assert 0 <= found.creditor <= creditor
    assert 0 <= found.agency <= agency
    assert found.agency == 0 or found.creditor == creditor
    assert found.surplus == 0 or (found.creditor, found.agency) == (creditor, agency)


@given(CENTS, CENTS, CENTS, st.integers(1, 10**6))
def test_nobody_loses_when_more_comes_in(received, creditor, agency, more):
    before, after = share(received, creditor, agency), share(received + more, creditor, agency)
    assert (after.creditor, after.agency) >= (before.creditor, before.agency)
    assert after.agency >= before.agency
    assert after.surplus >= before.surplus
