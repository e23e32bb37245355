"""Writes the broken deal files of `bad/` and their messages: `python -m tests.scenarios.remake`.

Run it after a change of the small deal, of a mistake or of a message; then read the difference.
"""

from __future__ import annotations

from pathlib import Path

from payforsuccess.deal.reading import read_deal
from payforsuccess.errors import Refusal
from tests.scenarios.mistakes import MISTAKES, Mistake

HERE = Path(__file__).parent
GOOD = HERE / "good" / "small.yaml"
BAD = HERE / "bad"


def broken(mistake: Mistake) -> bytes:
    """The small deal with the mistake in it."""
    text = GOOD.read_text(encoding="utf-8")
    for old, new in mistake.edits:
        if text.count(old) != 1:
            raise ValueError(f"{mistake.name}: {old!r} stands {text.count(old)} times in the deal")
        text = text.replace(old, new)
    heading, rest = text.split("\n", 1)
    assert heading.startswith("#")
    return f"# The mistake: {mistake.says}.\n{rest}".encode(mistake.encoding)


def message(data: bytes, file: str) -> str:
    """What is printed about a broken deal file."""
    try:
        read_deal(data, file=file)
    except Refusal as refusal:
        return f"{refusal}\n"
    return "No problem was found.\n"


def remake() -> None:
    """Write every broken deal and its message anew, and take away those no longer listed."""
    BAD.mkdir(exist_ok=True)
    for old in BAD.iterdir():
        old.unlink()
    for mistake in MISTAKES:
        data = broken(mistake)
        file = f"{mistake.name}.yaml"
        (BAD / file).write_bytes(data)
        (BAD / f"{mistake.name}.expected").write_text(message(data, file), encoding="utf-8")


if __name__ == "__main__":
    remake()
