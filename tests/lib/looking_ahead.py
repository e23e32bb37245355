"""The shipped example as it is before any records: its deal and what is assumed, in a folder.

looking_ahead(tmp_path)                                         deal.yaml and assumptions.yaml
looking_ahead(tmp_path, assumed={"people: 70": "people: -70"})  with texts in the files changed
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "just-in-reach"
FEW = ("--worlds", "64", "--scrambles", "2")
"""Draws enough to see that a command works."""


def looking_ahead(
    folder: Path,
    *,
    deal: Mapping[str, str] | None = None,
    assumed: Mapping[str, str] | None = None,
) -> Path:
    """The folder; each text that is to be changed must stand in its file."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, changes in (("deal.yaml", deal or {}), ("assumptions.yaml", assumed or {})):
        text = (EXAMPLE / name).read_text("utf-8")
        for before, after in changes.items():
            assert before in text, before
            text = text.replace(before, after)
        (folder / name).write_text(text, "utf-8")
    return folder
