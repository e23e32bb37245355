"""How much of the machine the engine may take, and where people say so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal

_MEMORY = re.compile(r"[1-9][0-9]*(MB|GB|MiB|GiB)")

FEW_ROWS = 250_000
"""Rows up to which one processor reads as quickly as two: sharing takes more than it saves."""


@dataclass(frozen=True)
class StoreSettings:
    """How much of the machine the engine may take.

    memory: what it holds at most, such as 500MB or 8GB; sorts and joins of more rows than that go
    on on disk. threads: how many processors it uses. spill_to: the folder for what does not fit in
    memory; the system's folder for temporary files where left out.
    """

    memory: str = "1GB"
    threads: int = 2
    spill_to: Path | None = None


def settings_from(environment: Mapping[str, str], *, rows: int | None = None) -> StoreSettings:
    """The settings that PFS_MEMORY, PFS_THREADS and PFS_SPILL name; the usual ones otherwise.

    rows: about how many will be read, where it is known; few are left to one processor. Refuses
    values that cannot be meant, all of them together.
    """
    usual = StoreSettings()
    memory = environment.get("PFS_MEMORY") or usual.memory
    is_small = rows is not None and rows <= FEW_ROWS
    threads = environment.get("PFS_THREADS") or ("1" if is_small else str(usual.threads))
    spill = environment.get("PFS_SPILL")
    problems = []
    if not _MEMORY.fullmatch(memory):
        problems.append(_wrong("PFS_MEMORY", "Give a number with MB or GB, such as 4GB."))
    if not (threads.isdecimal() and 1 <= int(threads) <= 1024):
        problems.append(_wrong("PFS_THREADS", "Give a whole number from 1 to 1024."))
    if spill and not Path(spill).is_dir():
        problems.append(_wrong("PFS_SPILL", "Name a folder that is there."))
    if problems:
        raise Refusal(problems)
    return StoreSettings(memory, int(threads), Path(spill) if spill else None)


def _wrong(name: str, do: str) -> Problem:
    return Problem(f"The setting {name} cannot be used as it is.", do, Place(name))
