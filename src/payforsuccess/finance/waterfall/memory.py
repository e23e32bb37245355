"""Freed memory kept for the next block of worlds, where the C library can be told to."""

from __future__ import annotations

import ctypes
from functools import cache

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
"""What the GNU C library calls the two settings (`M_TRIM_THRESHOLD`, `M_MMAP_THRESHOLD`)."""
KEPT = 2**29
"""Freed memory that stays with the process: more than a block of worlds takes, by far."""
LARGEST_KEPT = 2**25
"""From this size on an array is asked of the system by itself: the most the library takes."""


@cache
def keep_freed_memory() -> bool:
    """Have the C library keep what a block of worlds frees; whether it could be told, asked once.

    A block of many periods or tranches takes more than the library leaves with a process, and
    asking the system for it page by page, block after block, takes up to half of all time. Up to
    `KEPT` bytes then stay with the process until it ends. Other C libraries than GNU's have no such
    setting, and are left as they are: that costs time and changes no result.
    """
    try:
        told = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return False
    # The second is set with the first: to set one alone keeps the library from learning the other.
    return bool(told(TRIM_THRESHOLD, KEPT) and told(MMAP_THRESHOLD, LARGEST_KEPT))
