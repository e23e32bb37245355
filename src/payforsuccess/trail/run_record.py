"""What a run read, with which code, and what it made, so that it can be done again and compared."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class RunInput:
    """One thing a run read: its name, where it lay (relative), and its fingerprint."""

    name: str
    path: str
    fingerprint: str


@dataclass(frozen=True)
class RunOutput:
    """One thing a run made. `values` holds decimal texts compared on replay, name by name."""

    name: str
    path: str
    fingerprint: str


@dataclass(frozen=True)
class RunRecord:
    """Inputs, deal version, code version and library versions, seed, and outputs of one run.

    Holds no clock and no host inside `inputs`, `settings` and `outputs`: the same run on another
    machine writes the same values there. `started_at` and `machine` are kept apart, as context.
    """

    kind: str
    deal_fingerprint: str
    code_version: str
    library_versions: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    inputs: tuple[RunInput, ...]
    outputs: tuple[RunOutput, ...]
    started_at: str = ""
    machine: str = ""

    def as_plain(self) -> dict[str, object]:
        """The record as mappings and lists, ready for JSON."""
        return {
            **asdict(self),
            "library_versions": dict(self.library_versions),
            "settings": dict(self.settings),
        }
