"""Flags and printing: one file a command, and each command calls one run."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from typing import NoReturn

GARBAGE_AT = (50_000, 20, 50)
"""How many objects are made before Python looks for circles among them. Its own 700 cost a fifth of
a run, which makes many small objects, that last, where it turns measures into SQL."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `pfs` with these arguments, or its own, and leave with the exit code."""
    gc.set_threshold(*GARBAGE_AT)
    try:
        from payforsuccess.cli.ending import run_to_the_end

        code = run_to_the_end(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:  # before there was anything to stop
        code = 130
    sys.exit(code)
