"""Whether two names are one business: as invoices, registers and accounts write them."""

import re

from rapidfuzz import fuzz

from storage.identity import fold

ALIKE_MIN = 92.0
_LEGAL_FORM = re.compile(
    r"(?:ggmbh|gmbh|ug|haftungsbeschraenkt|ag|kgaa|kg|ohg|gbr|ek|ekfm|ekfr|ev|eg|se|ltd|inc|partg|mbb|co|und)+$"
)


def is_same_business(one: str, other: str) -> bool:
    """Whether two names mean the same, with or without legal form and whatever their spelling."""
    first, second = (_bare(fold(name)) for name in (one, other))
    return bool(first) and (first == second or fuzz.ratio(first, second) >= ALIKE_MIN)


def _bare(name: str) -> str:
    """A folded name without its legal form, unless it is nothing else."""
    return _LEGAL_FORM.sub("", name) or name
