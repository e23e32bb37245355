"""The initiative of a deal, where its file lies beside the deal."""

from __future__ import annotations

from pathlib import Path

from payforsuccess.governance.initiative import Initiative
from payforsuccess.runs.initiative.files import FILE, InitiativeFolder
from payforsuccess.trail import RunInput


def initiative_beside(root: Path) -> tuple[Initiative | None, tuple[RunInput, ...]]:
    """What `initiative.yaml` in the folder says, with its checksum; nothing where there is none."""
    folder = InitiativeFolder(root)
    return folder.read(Initiative, FILE), folder.inputs(FILE)
