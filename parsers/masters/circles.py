"""The circle that a number counts in: customer 10021 and account 10021 need not be the same."""

import re
from functools import lru_cache

from storage.identity import fold

CUSTOMER, ACCOUNT = "customer", "account"
_ACCOUNT = re.compile(r"konto|kto|debi|deb|account|acct|acc")
_CUSTOMER = re.compile(r"kund|cust|client|mitgl|member|patient|mieter")


@lru_cache(maxsize=1_024)
def circle_of(header: str) -> str:
    """Whether a column counts customers, or accounts of the bookkeeping."""
    name = fold(header)
    if _CUSTOMER.search(name):
        return CUSTOMER
    return ACCOUNT if _ACCOUNT.search(name) else CUSTOMER
