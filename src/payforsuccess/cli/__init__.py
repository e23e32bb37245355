"""Flags and printing: one file a command, and each command calls one run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import NoReturn


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run `pfs` with these arguments, or its own, and leave with the exit code."""
    try:
        from payforsuccess.cli.ending import run_to_the_end

        code = run_to_the_end(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:  # before there was anything to stop
        code = 130
    sys.exit(code)
