"""What an audit reports."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

FINDINGS_A_CHECK = 50


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that does not hold: which rule, what it concerns, what is wrong."""

    check: str
    subject: str
    message: str


def first_of_each_check(findings: Iterable[Finding]) -> Iterator[Finding]:
    """No more findings of one check than anyone reads."""
    counted: Counter[str] = Counter()
    for finding in findings:
        counted[finding.check] += 1
        if counted[finding.check] <= FINDINGS_A_CHECK:
            yield finding
