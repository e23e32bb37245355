"""Blocks of worlds reuse the memory of those before: no page is asked for twice."""

from __future__ import annotations

import ctypes
import platform
import resource

import numpy
import pytest

from payforsuccess.finance.waterfall.memory import KEPT, keep_freed_memory
from payforsuccess.finance.waterfall.worlds import Worlds

ARRAYS, NUMBERS, PAGE = 800, 16_384, 4_096
"""About 100 MB: more than the library leaves with a process by itself."""


def pages_asked_for() -> int:
    """How many pages of fresh memory a block of arrays touches."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    kept = [numpy.ones(NUMBERS) for _ in range(ARRAYS)]
    asked = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    del kept
    return asked


def test_a_block_reuses_the_memory_of_the_one_before() -> None:
    assert ARRAYS * NUMBERS * 8 < KEPT
    Worlds()
    pages_asked_for()
    if platform.libc_ver()[0] == "glibc":
        assert pages_asked_for() < ARRAYS * NUMBERS * 8 / PAGE / 10
    else:
        assert pages_asked_for() >= 0


def test_a_library_without_the_setting_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_freed_memory.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", lambda name: object())
    assert keep_freed_memory() is False
    Worlds()
    keep_freed_memory.cache_clear()
