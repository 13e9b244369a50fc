"""How often Python looks for cycles of garbage, and how much free memory a process keeps.

A list of a million rows makes many objects and no cycle. Looking after every 700 of them, as Python
does by itself, is a tenth of an import.
"""

import ctypes
import gc

OBJECTS_A_LOOK = 100_000
KEPT_FREE_BYTES = 32 << 20
OWN_MAPPING_BYTES = 4 << 20

# The numbers by which glibc's mallopt knows them, from its malloc.h.
_M_TRIM_THRESHOLD = -1
_M_MMAP_THRESHOLD = -3


def collect_rarely() -> None:
    """Look less often from now on, and never again at what is loaded already."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS_A_LOOK, 20, 20)


def keep_free_memory() -> None:
    """Keep some memory that is free for the next message, where the C library can be told to (glibc).

    By itself it gives the memory of each larger message back at once, and every page of the next one
    is then asked of the system again: 0.3 ms for 200 KiB, as long as all else that is done with it.
    """
    tell = getattr(ctypes.CDLL(None), "mallopt", None)
    if tell is not None:
        tell(_M_TRIM_THRESHOLD, KEPT_FREE_BYTES)
        tell(_M_MMAP_THRESHOLD, OWN_MAPPING_BYTES)
