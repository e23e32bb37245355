"""Flags and printing: one file a command, and each command calls one run."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

GARBAGE_AT = (50_000, 20, 50)
"""How many objects are made before Python looks for circles among them. Its own 700 cost a fifth of
a run, which makes many small objects, that last, where it turns measures into SQL."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `pfs` with these arguments, or those of its own process, and leave with the exit code."""
    gc.set_threshold(*GARBAGE_AT)
    try:
        from payforsuccess.cli.ending import run_to_the_end

        code = run_to_the_end(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:  # before there was anything to stop
        code = 130
    if arguments is None:
        _leave_at_once(code)
    sys.exit(code)


def _leave_at_once(code: int) -> NoReturn:
    """End the process once all that was promised for the end is done and all is written.

    Python would take every object apart first, which takes a twentieth of a run that measures.
    """
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)
