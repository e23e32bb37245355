"""Put what the commands print now into the pages: python -m tests.docs.refresh [PAGE ...]

Only blocks whose output no longer fits are rewritten; one with lines left out is named, to be
mended by hand. Read the difference before you commit it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from payforsuccess.errors import EXIT_BUG
from tests.docs.pages import ROOT, SESSIONS
from tests.lib.console import ANY_LINES, Session, is_printed, steps_of


def refresh(page: Path) -> None:
    """Run the page and rewrite what differs."""
    lines = page.read_text("utf-8").splitlines()
    out, copied = [], 0
    with tempfile.TemporaryDirectory() as folder:
        session = Session(Path(folder))
        for step in steps_of(page.read_text("utf-8")):
            call = session.prepared(step)
            if call is None:
                continue
            answer = session.run(call.command)
            if answer.code == EXIT_BUG:
                sys.exit(f"{page.name}:{call.line}  {call.command}\n{answer.printed}")
            start = call.line + _continued(lines, call.line - 1)
            end = start + (len(call.printed.split("\n")) if call.printed else 0)
            out += lines[copied:start]
            is_new = call.printed.strip() == "?"
            fits = is_printed(call.printed, answer.printed)
            keep = (not call.printed and answer.code == 0) or (fits and not is_new)
            if not keep and ANY_LINES in call.printed.splitlines():
                print(f"{page.relative_to(ROOT)}:{call.line}  mend by hand: lines are left out")
                keep = True
            out += lines[start:end] if keep else answer.printed.split("\n")
            copied = end
            if not keep:
                print(f"{page.relative_to(ROOT)}:{call.line}  {call.command}")
    page.write_text("\n".join([*out, *lines[copied:]]) + "\n", "utf-8")


def _continued(lines: list[str], at: int) -> int:
    """How many lines more than one the command at this line takes."""
    count = 0
    while lines[at + count].endswith("\\") or lines[at + count + 1].startswith("> "):
        count += 1
    return count


if __name__ == "__main__":
    os.environ["COLUMNS"] = "90"
    for page in [Path(name).resolve() for name in sys.argv[1:]] or SESSIONS:
        refresh(page)
