"""`pfs` as a person runs it, within the test's own process: exit code, stdout, stderr."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.cli.ending import run_to_the_end


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def plain(self) -> object:
        """stdout as JSON."""
        return json.loads(self.out)


def pfs(*arguments: str | Path) -> Done:
    """Run one command."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run_to_the_end([str(argument) for argument in arguments])
    return Done(code, out.getvalue(), err.getvalue())
