"""How often Python looks for cycles of garbage.

A list of a million rows makes many objects and no cycle. Looking after every 700 of them, as Python
does by itself, is a tenth of an import.
"""

import gc

OBJECTS_A_LOOK = 100_000


def collect_rarely() -> None:
    """Look less often from now on, and never again at what is loaded already."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_A_LOOK, 20, 20)
