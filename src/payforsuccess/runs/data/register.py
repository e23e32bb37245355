"""How many statements were issued, kept beside them: the newest one cannot go missing unnoticed.

Each statement names the one before it, so a gap in their chain shows. Only the newest has none
after it; the register names it. It is written after the statement's folder, so a killed process
leaves it at most one behind, and the next issue brings it up to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.runs.files import json_bytes, read_json, text_of, write_whole

REGISTER = "chain.json"


def write_register(folder: Path, statements: Sequence[Statement]) -> None:
    """Put the newest statement into the register, unless it stands there already."""
    last = statements[-1]
    content = json_bytes({"format": 1, "issued": last.number, "fingerprint": last.fingerprint})
    path = folder / REGISTER
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


def refuse_missing(folder: Path, statements: Sequence[Statement]) -> None:
    """Refuse statements that are fewer, or others, than the register says; it may be absent."""
    path = folder / REGISTER
    if not path.is_file():
        return
    plain = read_json(path)
    issued = plain.get("issued") if isinstance(plain, dict) else None
    if not isinstance(plain, dict) or not isinstance(issued, int) or issued < 1:
        what = "The register of issued statements cannot be read."
    elif issued > len(statements):
        what = (
            f"Statement {issued} was issued, and it is not here: "
            f"{'one is' if issued - len(statements) == 1 else 'several are'} missing."
        )
    elif statements[issued - 1].fingerprint != text_of(plain, "fingerprint"):
        what = f"Statement {issued} is not the one that was issued: it was exchanged."
    else:
        return
    raise Refusal(Problem(what, sentence("Put the originals back."), Place(str(path))))
